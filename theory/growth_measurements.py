"""Growth of the counts of both layers with the rows: measured on random tables, beside the proven exponents.

n, r, m  rows, their rank, width
P1       regions; P2  distinct second-layer masks
a        exponent: a count grows as n^a if log count / log n tends to a

The tables are `random:n,r,seed`, n rows of round(1000 N(0, 1)), in general position; all counts are exact. A slope that
is fitted to them describes the sizes at hand and decides nothing: it is not an estimate of the limit, which for small n
may be far away.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import comb, log

from arrangements.arguments import check_kind, read_choice, read_list, read_whole
from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, LimitError, shown
from arrangements.families import family
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.pairs import count_second_layer
from theory.asymptotics import growth_exponent, growth_exponents
from theory.counting.zaslavsky import region_number
from theory.cover_bound import checked_sizes, cover, two_to_n
from theory.formulas import formula, symbols
from theory.joint_bound import joint, joint_unordered
from theory.paper_bounds import eq13_closed, eq14_product
from theory.width_two_formulas import width_two_bound

TUPLES = 5_000_000  # of one table: about half a minute
_LONG = 10**30
_LARGEST_SEED = 10**9 - 1  # that the name of a family has room for
COUNTS = ("regions", "tuples", "pairs", "masks")


@dataclass(frozen=True)
class Growth:
    """The counts of one table, and the bounds for its size.

    Attributes:
        rows: n.
        regions: P1.
        tuples: sets of m distinct signed masks.
        pairs: blocks of the convex program.
        masks: P2.
        cover: first bound of (13), on the regions.
        eq13: the largest count that the second bound of (13) allows.
        eq14_product: first bound of (14), on the masks.
        joint: joint bound, on pairs and masks.
        joint_unordered: the sharper joint bound, on both.
        width_two: P1^2 for general position, on the masks of width 2; None for other widths.
        two_to_n: the number of all masks.

    Example:
        >>> (found,) = measure_growth(2, 2, [5])
        >>> found.regions == found.cover, found.masks, found.joint_unordered, found.two_to_n
        (True, 22, 1030, 32)
    """

    rows: int
    regions: int
    tuples: int
    pairs: int
    masks: int
    cover: int
    eq13: int
    eq14_product: int
    joint: int
    joint_unordered: int
    width_two: int | None
    two_to_n: int


def measure_growth(r: int, m: int, rows: Iterable[int], *, seed: int = 0, limit: int = TUPLES) -> list[Growth]:
    """Count both layers of random:n,r,seed for each number of rows n, in increasing order.

    Everything is checked for all sizes before anything is listed.

    Args:
        r: rank.
        m: width.
        rows: the numbers n, at least r each.
        seed: of the tables.
        limit: most tuples of one table.

    Raises:
        InputError: impossible sizes, a width above the 2 (2^r - 1) signed masks that every table has, or a table that
            is not in general position.
        LimitError: a table may have more than `limit` tuples.

    Example:
        >>> [(found.rows, found.regions, found.pairs, found.masks) for found in measure_growth(2, 2, (5, 8))]
        [(5, 10, 330, 22), (8, 16, 1056, 58)]
    """
    sizes = sorted({read_whole(n, "rows") for n in read_list(rows, "rows", "integers")})
    draw, most = read_whole(seed, "seed", 0, _LARGEST_SEED), read_whole(limit, "limit")
    tables = [(n, _table(n, r, m, draw, most)) for n in sizes]
    if not tables:
        raise InputError("no number of rows is given; there must be one at least")
    return [_measured(n, r, m, table) for n, table in tables]


def iter_growth(r: int, m: int, rows: Iterable[int], *, seed: int = 0, limit: int = TUPLES) -> Iterator[Growth]:
    """Count as `measure_growth` does, one size after the other; a size above the limit ends it, after all smaller ones.

    Args:
        r: rank.
        m: width.
        rows: the numbers n, at least r each.
        seed: of the tables.
        limit: most tuples of one table.

    Raises:
        InputError: as for `measure_growth`, before anything is listed.
        LimitError: a table may have more than `limit` tuples; after the tables of fewer rows.

    Example:
        >>> [found.masks for found in iter_growth(2, 2, (5, 8))]
        [22, 58]
    """
    sizes = sorted({read_whole(n, "rows") for n in read_list(rows, "rows", "integers")})
    draw, most = read_whole(seed, "seed", 0, _LARGEST_SEED), read_whole(limit, "limit")
    tables: list[tuple[int, Arrangement]] = []
    refused = None
    for n in sizes:
        try:
            tables.append((n, _table(n, r, m, draw, most)))
        except LimitError as error:
            refused = error
            break
    for n, table in tables:
        yield _measured(n, r, m, table)
    if refused is not None:
        raise refused


def _table(n: int, r: int, m: int, seed: int, limit: int) -> Arrangement:
    n, r, m = checked_sizes(n, r, m)
    table = family(f"random:{n},{r},{seed}")  # refuses tables too large for the numbers below
    signed = 2 * (2**r - 1)
    if m > signed:
        raise InputError(f"width {shown(m)} exceeds {signed}, the signed masks that every table of rank {r} has")
    # C(N, m) >= (N / m)^m, so that for a large m it is above the limit without being computed
    most = 2 * cover(n, r)
    tuples = comb(most, m) if m <= limit.bit_length() or most < 2 * m else None
    if tuples is None or tuples > limit:
        number = f"up to {tuples:,}" if tuples is not None and tuples < _LONG else "far more"
        raise LimitError(
            f"{n} rows of rank {r} have {number} tuples of width {shown(m)}, above the limit of {limit:,}; "
            "take fewer rows, or raise the limit"
        )
    # fewer regions than the bound: the exponents below are those of general position
    if region_number(table) != cover(n, r):
        raise InputError(f"random:{n},{r},{seed} is not in general position; take another seed")
    return table


def _measured(n: int, r: int, m: int, table: Arrangement) -> Growth:
    layer = FirstLayer.of(table)
    counts = count_second_layer(layer, m)
    return Growth(
        n,
        len(layer.cells),
        *counts,
        cover(n, r),
        eq13_closed(n, r).floor(),
        eq14_product(n, r, m),
        joint(n, r, m),
        joint_unordered(n, r, m),
        width_two_bound(n, r) if m == 2 else None,
        two_to_n(n),
    )


def fitted_exponent(rows: Sequence[int], counts: Sequence[int]) -> float:
    """Fit the slope of log count over log n by least squares: it describes these sizes and proves nothing of others.

    Args:
        rows: the numbers n, not all equal.
        counts: one positive count for each.

    Raises:
        InputError: fewer than two different sizes, numbers below 1, or lengths that differ.

    Example:
        >>> round(fitted_exponent([2, 4, 8], [3 * 2**3, 3 * 4**3, 3 * 8**3]), 9)
        3.0
    """
    rows = [read_whole(n, "rows") for n in read_list(rows, "rows", "integers")]
    counts = [read_whole(count, "counts") for count in read_list(counts, "counts", "integers")]
    if len(rows) != len(counts):
        raise InputError(f"there are {len(counts)} counts for {len(rows)} numbers of rows")
    if len(set(rows)) < 2:
        raise InputError(f"a slope needs two different numbers of rows; got {shown(rows)}")
    x, y = [log(n) for n in rows], [log(count) for count in counts]
    middle = sum(x) / len(x)
    return sum((a - middle) * b for a, b in zip(x, y, strict=True)) / sum((a - middle) ** 2 for a in x)


def last_half(found: Sequence[Growth]) -> Sequence[Growth]:
    """Keep the larger half of the sizes, two at least where there are two.

    Args:
        found: the counts of all sizes, in increasing order.

    Example:
        >>> [each.rows for each in last_half(measure_growth(1, 1, (2, 3, 4, 5, 6)))]
        [4, 5, 6]
    """
    listed = _checked(found)
    return listed[-max(2, (len(listed) + 1) // 2) :]


def fitted_exponents(found: Sequence[Growth]) -> dict[str, float]:
    """Fit the exponent of every count.

    Args:
        found: the counts of two sizes at least.

    Raises:
        InputError: fewer than two different sizes.

    Example:
        >>> {name: round(a, 2) for name, a in fitted_exponents(measure_growth(2, 2, range(4, 13))).items()}
        {'regions': 1.0, 'tuples': 2.04, 'pairs': 2.5, 'masks': 2.06}
    """
    listed = _checked(found)
    rows = [each.rows for each in listed]
    return {name: fitted_exponent(rows, [getattr(each, name) for each in listed]) for name in COUNTS}


def _checked(found: object) -> list[Growth]:
    listed = read_list(found, "found", "counts by measure_growth")
    return [check_kind(each, Growth, "found", "give what measure_growth returned") for each in listed]


def proven_exponents(r: int, m: int) -> dict[str, int]:
    """Compute the exponents a of n in general position: exact for regions and tuples, upper bounds for pairs and masks.

    Args:
        r: rank.
        m: width.

    Raises:
        InputError: r or m is not an integer above 0.

    Theorem: there are exactly cover(n, r) regions (Schlaefli 1852; Cover 1965). At most one of them is active nowhere,
    so there are between C(2 P1 - 2, m) and C(2 P1, m) tuples, which are polynomials of the same degree in n. Pairs and
    masks number at most `theory.joint`, masks of width 2 also at most
    `theory.width_two_bound`.

    Example:
        >>> proven_exponents(2, 2)
        {'regions': 1, 'tuples': 2, 'pairs': 3, 'masks': 2}
    """
    import sympy

    _, r, m = checked_sizes(r, r, m)
    n, bounds = symbols()[0], growth_exponents(r, m)
    tuples = int(growth_exponent(sympy.binomial(2 * formula("cover", r), m), n))
    masks = [bounds["joint"]]
    if m == 2:
        masks.append(int(growth_exponent(formula("width_two_bound", r), n)))
    return {"regions": bounds["cover"], "tuples": tuples, "pairs": bounds["joint"], "masks": min(masks)}


def exact_order(name: str) -> bool:
    """Whether the proven exponent of this count is its exact order in general position, not only an upper bound.

    Args:
        name: one of COUNTS.

    Raises:
        InputError: there is no such count.

    Example:
        >>> [exact_order(name) for name in COUNTS]
        [True, True, False, False]
    """
    return read_choice(name, COUNTS, "count") in ("regions", "tuples")
