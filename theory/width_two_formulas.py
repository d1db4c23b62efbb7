"""Width two: the second-layer masks from the first layer alone, and closed formulas in the plane.

x_i   row i; A, B  positive sets {i : x_i.w > 0} of regions, as bits; K_A  the cone of the region of A
a, b  weights of the two neurons; u_i = +-(x_i.a)_+ +- (x_i.b)_+
Z     zero set of a mask: the rows whose bit is 0, those with u_i < 0
k     distinct directions among the rows (rays: x and 3 x are one, x and -x two); h  distinct lines; r  rank
L     active regions: those with A not empty

Signs (+,-): u_i < 0 iff x_i.b > 0 and x_i.(b - a) > 0, where b and b - a are any two vectors. So the zero sets are the
intersections A & B of two positive sets, whatever the rank. Signs (-,-): u_i < 0 iff x_i.a > 0 or x_i.b > 0, so they
are the unions A | B, the complements (among non-zero rows) of the intersections, for -w turns A into its complement.
Signs (+,+): the empty set, which is A & -A.
"""

from itertools import combinations_with_replacement
from math import comb
from typing import NamedTuple

from arrangements.arguments import check_kind, read_whole
from arrangements.errors import InputError
from arrangements.exact.linear_algebra import primitive
from arrangements.first_layer.region_search import iter_regions
from theory.counting.zaslavsky import Rows, read_arrangement
from theory.cover_bound import cover


def positive_sets(arrangement: Rows) -> frozenset[int]:
    """List the positive sets of all regions, bit i for row i.

    Args:
        arrangement: the rows of the data, through 0: a central arrangement, or the table of its rows.

    Raises:
        InputError: the rows are affine, or no table of numbers.

    Example:
        >>> sorted(positive_sets([[1], [2], [-1]]))
        [3, 4]
    """
    arrangement = read_arrangement(arrangement)
    if arrangement.is_affine:
        raise InputError("the arrangement is affine; masks of width 2 need rows through 0")
    return frozenset(sum(1 << i for i, sign in enumerate(cell.signs) if sign > 0) for cell in iter_regions(arrangement))


def opposite_zero_sets(arrangement: Rows) -> frozenset[int]:
    """List the zero sets of the masks of (x.a)_+ - (x.b)_+ with generic a, b: the intersections of two positive sets.

    Args:
        arrangement: the rows of the data, through 0: a central arrangement, or the table of its rows.

    Raises:
        InputError: the rows are affine, or no table of numbers.

    Example:
        >>> sorted(opposite_zero_sets([[1, 0], [0, 1]]))
        [0, 1, 2, 3]
    """
    return frozenset(a & b for a, b in combinations_with_replacement(positive_sets(arrangement), 2))


def width_two_masks(arrangement: Rows) -> frozenset[int]:
    """List all second-layer masks of width 2, bit i for row i, from the regions alone: no product cone is searched.

    Args:
        arrangement: the rows of the data, through 0: a central arrangement, or the table of its rows.

    Raises:
        InputError: the rows are affine, or no table of numbers.

    Example:
        >>> sorted(width_two_masks([[1], [-1]]))
        [0, 1, 2, 3]
    """
    arrangement = read_arrangement(arrangement)
    rows = (1 << len(arrangement.normals)) - 1
    sets = positive_sets(arrangement)
    pairs = list(combinations_with_replacement(sets, 2))
    return frozenset(rows & ~zero for a, b in pairs for zero in (a & b, a | b))


def width_two_bound(n: int, r: int) -> int:
    """Evaluate the bound P1^2 <= cover(n, r)^2 = O(n^(2r-2)) on the second-layer masks of width 2.

    Args:
        n: rows of the data.
        r: their rank.

    Raises:
        InputError: the sizes are impossible.

    Theorem: of intersections A & B there are at most C(P1 + 1, 2), as many of unions, and the P1 positive sets are
    both. So P2 <= P1 (P1 + 1) - P1 = P1^2. The joint bound has the exponent 2r - 1: it counts pairs, and
    a mask does not tell how long b is beside b - a.

    Example:
        >>> width_two_bound(5, 2)
        100
    """
    return cover(n, r) ** 2


class Plane(NamedTuple):
    """The numbers on which the counts of width 2 depend for rows of rank 1 or 2: k, h, and the active regions L."""

    directions: int
    lines: int
    active: int

    @classmethod
    def of(cls, arrangement: Rows) -> "Plane":
        """Read k, h and L off the rows.

        Args:
            arrangement: the rows of the data: an arrangement, or the table of its rows.

        Raises:
            InputError: the rank is not 1 or 2, or there are offsets.

        Example:
            >>> Plane.of([[1, 0], [2, 0], [-1, 0], [0, 1], [0, 0]])
            Plane(directions=3, lines=2, active=4)
        """
        arrangement = read_arrangement(arrangement)
        if arrangement.is_affine or arrangement.rank not in (1, 2):
            kind = "affine" if arrangement.is_affine else f"of rank {arrangement.rank}"
            raise InputError(f"the rows are {kind}; closed formulas for width 2 need rows through 0 of rank 1 or 2")
        directions = {primitive(row) for row in arrangement.normals if any(row)}
        lines = len(arrangement.hyperplanes)
        return cls(len(directions), lines, sum(1 for a in positive_sets(arrangement) if a))


def plane_opposite_masks(plane: Plane) -> int:
    """Count the masks of (x.a)_+ - (x.b)_+ in the plane: 1 + C(k, 2) + h; 1 + n (n + 1) / 2 if no two are parallel.

    Args:
        plane: what the rows have, by `Plane.of`.

    Theorem: let rows x_i of rank 1 or 2 have k directions on h lines. Then that many masks exist.

    Proof. Zero sets are what lies in the intersection of two open half-planes through 0, an open arc of directions of
    length at most pi. The empty set is one. Any other has a unique first and a unique last direction counterclockwise,
    because it lies in an open half-plane; and each direction alone, and each pair of directions that are not opposite,
    is first and last of exactly one. Of the C(k, 2) pairs k - h are opposite. QED.

    Example:
        >>> plane_opposite_masks(Plane(5, 5, 10))
        16
    """
    k, h, _ = _checked(plane)
    return 1 + k + comb(k, 2) - (k - h)


def plane_masks(plane: Plane) -> int:
    """Count the second-layer masks of width 2 in the plane: k^2 - k + 2; n^2 - n + 2 if no two rows share a direction.

    Args:
        plane: what the rows have, by `Plane.of`.

    Theorem: let rows of rank 1 or 2 have k directions. Then P2 = k^2 - k + 2 at width 2.

    Proof. By the module's introduction the zero sets are those of `plane_opposite_masks` and their complements. A set
    is both iff it and its complement lie in open half-planes, as arcs. The cones of the two arcs are pointed and meet
    in 0 only, so a line through 0 separates them: these are the 2 h positive sets of the regions. So
    P2 = 2 (1 + k + C(k, 2) - (k - h)) - 2 h. QED.

    Example:
        >>> plane_masks(Plane(5, 5, 10)), plane_masks(Plane(8, 8, 16))
        (22, 58)
    """
    k, _, _ = _checked(plane)
    return k * k - k + 2


def plane_pairs(plane: Plane) -> int:
    """Count the pairs of width 2 in the plane: 2 L (L - 1) + k h (h + 1).

    Args:
        plane: what the rows have, by `Plane.of`.

    This is n^3 + 9 n^2 - 4 n for n rows, no two of them parallel, in no open half-plane, and n^3 + 9 n^2 - 12 n + 4 if
    they lie in one.

    Theorem: let rows of rank 1 or 2 have k directions on h lines and L active regions. Then that many pairs exist.

    Proof. Equal output signs force s: there are 2 C(L, 2) = L (L - 1) such tuples, with one pair each. A tuple of
    (A, +) and (B, -) has as many pairs as sign vectors of x_i.c, i in A & B, with c = b - a in the open cone
    K_B - K_A. Let A = B: c is any vector, and the lines of the rows in A cut the plane into twice their number. Let
    A != B: K_B and -K_A are sectors, not opposite, of the h lines, and their sum consists of them and what lies between
    on the short side; the lines crossed there are those where -A and B have different signs, A and B the same ones.
    So the pairs are one more than the lines that have a row in A & B, all of which are crossed.

    It is left to count (tuple, line) with a row of the line in A & B. A line with one direction is positive on h of the
    2 h regions: h^2 tuples, h of them with A = B. A line with both directions has such a row where A and B agree on it:
    2 h^2 tuples, 2 h of them with A = B. With k directions in all, k h^2 and k h. A dead region is in none of them.
    The sum is L (L - 1) for the ones, (k h^2 - k h) for A != B, and 2 k h for A = B. QED.

    Example:
        >>> plane_pairs(Plane(5, 5, 10)), plane_pairs(Plane(8, 8, 16))
        (330, 1056)
    """
    k, h, active = _checked(plane)
    return 2 * active * (active - 1) + k * h * (h + 1)


def _checked(plane: object) -> Plane:
    found = check_kind(plane, Plane, "plane", "make one with Plane.of(rows)")
    return Plane(*(read_whole(number, name, 0) for name, number in zip(Plane._fields, found, strict=True)))
