"""Which engine lists the cells: `rays`, compiled, or `lp`, whose linear programs need no loading; and its search."""

from collections.abc import Iterable, Sequence
from math import comb

from arrangements.arrangement import Arrangement
from arrangements.cells import Signs, Statistics
from arrangements.errors import InputError
from arrangements.exact.linear_algebra import Row
from arrangements.lp.incremental_search import Search
from arrangements.rays.ray_search import RaySearch

ENGINES = ("auto", "rays", "lp")
_FEW = 5_000  # regions that `lp` lists before the compiled kernel is even loaded
_FEW_TUPLES = 2_000  # the same of tuples
_SURE = 9  # rank up to which `rays` was faster on everything measured
_PROBE = 300  # nodes that are split to see how many rays they need
_MANY = 150  # rays a node from which on `lp` was faster
HIGHEST = 60  # rank up to which `rays` can start at all: from 2^rank orthants


def known_engine(engine: str) -> str:
    """The name itself.

    Raises:
        InputError: unknown engine.
    """
    if engine not in ENGINES:
        raise InputError(f"unknown engine {engine!r}; choose one of {', '.join(ENGINES)}")
    return engine


def choose_engine(engine: str, arrangement: Arrangement) -> str:
    """The engine that a name stands for: `auto` takes `lp` for few regions and where cones have many rays, else `rays`.

    Few is judged by the largest number that so many hyperplanes of this rank can have (Schlaefli; Cover 1965). At high
    rank a cone can have any number of rays, from as many as its dimension on: some nodes are split to see.

    Args:
        engine: "auto", "rays" or "lp".
        arrangement: the hyperplanes.

    Raises:
        InputError: unknown engine.

    Example:
        >>> from arrangements.families import family
        >>> choose_engine("auto", family("braid:4")), choose_engine("auto", family("braid:9"))
        ('lp', 'rays')
    """
    if known_engine(engine) != "auto":
        return engine
    rank, hyperplanes = arrangement.rank, len(arrangement.hyperplanes)
    if rank > HIGHEST or hyperplanes == 0 or 2 * sum(comb(hyperplanes - 1, k) for k in range(rank)) <= _FEW:
        return "lp"
    return "rays" if rank <= _SURE or _rays_a_node(arrangement) <= _MANY else "lp"


def _rays_a_node(arrangement: Arrangement) -> float:
    probe = Statistics()
    search = RaySearch(arrangement.essential.rows, 1, probe)
    search.count(_PROBE)
    return search.new_rays / max(1, probe.nodes)


def choose_second_engine(engine: str, tuples: int) -> str:
    """The engine that a name stands for: `auto` takes `lp` where the kernel would not even be loaded in its time.

    Args:
        engine: "auto", "rays" or "lp".
        tuples: how many there are.

    Raises:
        InputError: unknown engine.
    """
    known_engine(engine)
    if engine == "auto":
        return "lp" if tuples <= _FEW_TUPLES else "rays"
    return engine


def search_of(
    rows: Sequence[Row], engine: str, statistics: Statistics | None = None, frontier: Iterable[Signs] | None = None
) -> Search | RaySearch:
    """The search of the cells on the positive side of the first row.

    Args:
        rows: distinct hyperplanes, as long as their rank.
        engine: "rays" or "lp".
        statistics: counters to add to.
        frontier: nodes to search in place of the whole, as an earlier search by the same engine left them.

    Example:
        >>> [search_of([(1, 0), (0, 1), (1, 1)], engine).count() for engine in ("rays", "lp")]
        [3, 3]
    """
    if engine == "lp":
        return Search(rows, 1, rows[0], statistics, frontier)
    return RaySearch(rows, 1, statistics, frontier=frontier)
