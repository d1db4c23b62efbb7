"""Affine arrangements on the integers: deformations of the braid arrangement, and the boxed threshold arrangement.

n        number of coordinates x_1, .., x_n
C_n      Catalan number
"""

from itertools import combinations

from arrangements.arrangement import Arrangement
from arrangements.families.graph_arrangements import deformed
from arrangements.families.graphs import complete_graph
from arrangements.families.rows import affine, check_sizes, pair_row, pair_rows, read_size, unit_rows


def shi(n: int) -> Arrangement:
    """Make the Shi arrangement: x_i - x_j = 0 and x_i - x_j = 1 for i < j, n(n-1) rows in R^n.

    Args:
        n: number of coordinates.

    Raises:
        InputError: n is below 1, or too large.

    Theorem (Shi 1986): it has (n+1)^(n-1) regions.

    Example:
        >>> list(shi(2))
        [((1, -1), 0), ((1, -1), 1)]
    """
    return deformed(complete_graph(n), (0, 1))


def catalan(n: int) -> Arrangement:
    """Make the Catalan arrangement: x_i - x_j = -1, 0 and 1 for i < j, 3n(n-1)/2 rows in R^n.

    Args:
        n: number of coordinates.

    Raises:
        InputError: n is below 1, or too large.

    Theorem (Stanley 1996): it has n! C_n regions.

    Example:
        >>> catalan(2).offsets
        (-1, 0, 1)
    """
    return deformed(complete_graph(n), (-1, 0, 1))


def linial(n: int) -> Arrangement:
    """Make the Linial arrangement: x_i - x_j = 1 for i < j, n(n-1)/2 rows in R^n.

    Args:
        n: number of coordinates.

    Raises:
        InputError: n is below 1, or too large.

    Theorem (Postnikov and Stanley 2000; Athanasiadis 1996): it has 2^-n sum_k C(n, k) (k+1)^(n-1) regions, the
    number of alternating trees on n+1 vertices (OEIS A007889).

    Example:
        >>> linial(3).normals
        ((1, -1, 0), (1, 0, -1), (0, 1, -1))
    """
    return deformed(complete_graph(n), (1,))


def semiorder(n: int) -> Arrangement:
    """Make the semiorder arrangement: x_i - x_j = -1 and x_i - x_j = 1 for i < j, n(n-1) rows in R^n.

    Args:
        n: number of coordinates.

    Raises:
        InputError: n is below 1, or too large.

    Theorem (Stanley 1996; Scott and Suppes 1958): its regions are the semiorders on n labelled elements, 1, 3, 19, 183,
    2371, .. (OEIS A006531).

    Example:
        >>> semiorder(2).offsets
        (-1, 1)
    """
    return deformed(complete_graph(n), (-1, 1))


def ish(n: int) -> Arrangement:
    """Make the Ish arrangement: x_i = x_j and x_1 - x_j = i for i < j, n(n-1) rows in R^n.

    Args:
        n: number of coordinates.

    Raises:
        InputError: n is below 1, or too large.

    Theorem (Armstrong 2013; Armstrong and Rhoades 2012): it has the characteristic polynomial of the Shi arrangement,
    and so (n+1)^(n-1) regions.

    Example:
        >>> ish(3).offsets
        (0, 0, 0, 1, 1, 2)
    """
    n = read_size(n, "n")
    check_sizes(n * (n - 1), n, n=n)
    equal = [(row, 0) for row in pair_rows(n, -1)]
    return affine(equal + [(pair_row(n, 0, j, -1), i + 1) for i, j in combinations(range(n), 2)], n)


def boxed_threshold(n: int) -> Arrangement:
    """Make the boxed threshold arrangement: x_i = 0, x_i = 1, and x_i + x_j = 1 for i < j, n(n+3)/2 rows in R^n.

    Args:
        n: number of coordinates.

    Raises:
        InputError: n is below 1, or too large.

    Its bounded regions fill the unit cube and are the labelled threshold graphs (OEIS A005840). Song (2017) found its
    characteristic polynomial, Deshpande, Menon and Singh (J. Integer Seq. 24, 2021) named it and counted its regions:
    3, 12, 64, 436, 3624, ..

    Example:
        >>> boxed_threshold(2).normals
        ((1, 0), (1, 0), (0, 1), (0, 1), (1, 1))
    """
    n = read_size(n, "n")
    check_sizes(n * (n + 3) // 2, n, n=n)
    walls = [(row, offset) for row in unit_rows(n) for offset in (0, 1)]
    return affine(walls + [(row, 1) for row in pair_rows(n, 1)], n)
