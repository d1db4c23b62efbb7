"""Central arrangements whose normals are unit vectors, or vertices of the cube, cross-polytope or demicube.

n        number of coordinates, without the leading 1 that some families put first
e_i      unit vectors
"""

from itertools import product

from arrangements.arrangement import Arrangement
from arrangements.families.rows import check_sizes, read_size, unit_rows


def coordinate(n: int) -> Arrangement:
    """Make the Boolean arrangement: the n coordinate hyperplanes x_i = 0 in R^n; its 2^n regions are the orthants.

    Args:
        n: number of coordinates.

    Raises:
        InputError: n is below 1, or too large.

    Example:
        >>> coordinate(2).normals
        ((1, 0), (0, 1))
    """
    n = read_size(n, "n")
    check_sizes(n, n, n=n)
    return Arrangement(tuple(unit_rows(n)), None, n)


def resonance(n: int) -> Arrangement:
    """Make the resonance (all-subsets) arrangement: the 2^n - 1 non-zero 0/1 vectors in R^n.

    Args:
        n: number of coordinates.

    Raises:
        InputError: n is below 1, or too large.

    No formula for the number of regions is known: 2, 6, 32, 370, 11292, 1066044, ... (OEIS A034997; Kamiya, Takemura
    and Terao 2011).

    Example:
        >>> resonance(2).normals
        ((0, 1), (1, 0), (1, 1))
    """
    n = read_size(n, "n")
    check_sizes(_power(n), n, n=n)
    return Arrangement(tuple(product((0, 1), repeat=n))[1:], None, n)


def threshold(n: int) -> Arrangement:
    """Make the threshold arrangement: the 2^n vectors (1, x), x in {0,1}^n, in R^(n+1).

    Args:
        n: number of Boolean variables.

    Raises:
        InputError: n is below 1, or too large.

    Its regions are the threshold functions of n variables (Cover 1965): 4, 14, 104, 1882, 94572, ... (OEIS A000609).

    Example:
        >>> threshold(1).normals
        ((1, 0), (1, 1))
    """
    n = read_size(n, "n")
    check_sizes(_power(n), n + 1, n=n)
    return Arrangement(tuple((1, *x) for x in product((0, 1), repeat=n)), None, n + 1)


def crosspolytope(n: int) -> Arrangement:
    """Make the 2n vectors (1, e_i) and (1, -e_i) in R^(n+1), the lifted vertices of the cross-polytope.

    Args:
        n: dimension of the cross-polytope.

    Raises:
        InputError: n is below 1, or too large.

    It has 2 3^n - 2^n regions (OEIS A027649): where the first coordinate t is positive, each x_i is below -t, between,
    or above t, which makes 3^n; as many where t is negative; and 2^n of them, where all |x_i| > |t|, on both sides.

    Example:
        >>> crosspolytope(1).normals
        ((1, 1), (1, -1))
    """
    n = read_size(n, "n")
    check_sizes(2 * n, n + 1, n=n)
    return Arrangement(tuple((1, *(s * x for x in unit)) for unit in unit_rows(n) for s in (1, -1)), None, n + 1)


def demicube(n: int) -> Arrangement:
    """Make the 2^(n-1) vectors (1, x), x in {0,1}^n of odd weight, in R^(n+1), the lifted vertices of the demicube.

    Args:
        n: dimension of the cube.

    Raises:
        InputError: n is below 1, or too large.

    No formula for the number of regions is known: 4, 16, 146, 3756, 291558 from n = 2.

    Example:
        >>> demicube(2).normals
        ((1, 0, 1), (1, 1, 0))
    """
    n = read_size(n, "n")
    check_sizes(_power(n), n + 1, n=n)
    return Arrangement(tuple((1, *x) for x in product((0, 1), repeat=n) if sum(x) % 2), None, n + 1)


def _power(n: int) -> int:
    """2^n; 2^64, too large as well, where that would be a number of millions of digits."""
    return 1 << max(0, min(n, 64))
