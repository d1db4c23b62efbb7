"""The engines that list the cells of an arrangement, and the choice between them.

An engine searches the cells of a cone under hyperplanes, given as rows: distinct, none zero, as long as their rank, and
the first one positive. Whoever lists regions or faces calls its methods and never asks for its name; so an engine is
added by a class here and its entry in `ENGINES`. `sweep` and `rays` are compiled; `lp` solves linear programs, and
needs no loading.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import comb
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from arrangements.arguments import read_choice
from arrangements.arrangement import Arrangement
from arrangements.cells import CellBlock, Signs, Statistics
from arrangements.exact.integer_matrix import Integers
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words
from arrangements.lp.incremental_search import Search
from arrangements.rays.ray_search import RaySearch
from arrangements.sweep.sampling import share_in_doubt
from arrangements.sweep.sweep_search import SweepSearch

_FEW = 5_000  # regions that `lp` lists before the compiled kernel is even loaded
_SURE = 9  # rank up to which `rays` was faster on everything measured
_PROBE = 300  # nodes that are split to see how many rays they need
_MANY = 150  # rays a node from which on `lp` was faster

_RAYS = 0.4  # microseconds that `rays` takes for a region of rank 4 and less
_GROWTH = 1.9  # and by how much more for each rank above: 20 microseconds at rank 10
_DOUBT = 150.0  # and what a vertex of a sweep takes that the kernel cannot prove, if points are wanted; 7 if not

Entry = TypeVar("Entry")


class FoundCell(Protocol):
    """The protocol of a cell that a search found: -1 or +1 for each row, and an integer point inside."""

    @property
    def signs(self) -> NDArray[np.int8]:
        """The signs, one for each row."""

    @property
    def witness(self) -> Integers:
        """The integer point inside."""


class CellSearch(Protocol):
    """The protocol of a search that stops after about `budget` nodes and leaves the rest in `frontier`."""

    frontier: tuple[Signs, ...]

    def cells(self, budget: int | None = None) -> Iterator[FoundCell]:
        """Yield every cell once."""

    def count(self, budget: int | None = None) -> int:
        """Count the cells; none is kept."""

    def counts(self, budget: int | None = None) -> Iterator[int]:
        """Their number as a sum, whose terms come as they are counted."""

    def blocks(self, budget: int | None = None) -> Iterator[CellBlock]:
        """Yield every cell once, some at a time, with a point in each."""

    def words(self, budget: int | None = None) -> Iterator[Words]:
        """Yield the packed signs of every cell, some at a time, without points."""


class Engine(Protocol):
    """The protocol of an engine.

    Attributes:
        name: what users call it, in small letters.
        compiled: whether it finds cells by blocks; one that finds them one by one need not wait for a block.
        highest_rank: the rank from which on it cannot start, if there is one.
    """

    name: str
    compiled: bool
    highest_rank: int | None

    def search(
        self, rows: Sequence[Row], statistics: Statistics | None = None, frontier: Iterable[Signs] | None = None
    ) -> CellSearch:
        """Make a search of all cells, or of the nodes that an earlier search left in its frontier."""


class ExtremeRays:
    """Engine `rays`: a compiled search that holds every cone by its extreme rays."""

    name = "rays"
    compiled = True
    highest_rank: int | None = 60  # it starts from 2^rank orthants

    def search(
        self, rows: Sequence[Row], statistics: Statistics | None = None, frontier: Iterable[Signs] | None = None
    ) -> RaySearch:
        """A search as `Engine` says."""
        return RaySearch(rows, 1, statistics, frontier=frontier)


class LinearPrograms:
    """Engine `lp`: an incremental search, hyperplane by hyperplane, by witnesses, circuits and linear programs."""

    name = "lp"
    compiled = False
    highest_rank: int | None = None

    def search(
        self, rows: Sequence[Row], statistics: Statistics | None = None, frontier: Iterable[Signs] | None = None
    ) -> Search:
        """A search as `Engine` says."""
        return Search(rows, 1, rows[0], statistics, frontier)


class LowestVertices:
    """Engine `sweep`: a compiled search of the vertices, each of which is the lowest one of its regions."""

    name = "sweep"
    compiled = True
    highest_rank: int | None = 60  # it would have 2^rank vertices or more

    def search(
        self, rows: Sequence[Row], statistics: Statistics | None = None, frontier: Iterable[Signs] | None = None
    ) -> SweepSearch:
        """A search as `Engine` says."""
        return SweepSearch(rows, statistics, frontier)


SWEEP: Engine = LowestVertices()
RAYS: Engine = ExtremeRays()
LP: Engine = LinearPrograms()
ENGINES: Mapping[str, Engine] = {engine.name: engine for engine in (SWEEP, RAYS, LP)}


def named_engine(name: str, engines: Mapping[str, Entry]) -> Entry | None:
    """Look an engine up by its name.

    Args:
        name: in small or capital letters.
        engines: by their names.

    Returns:
        The engine, or None for "auto".

    Raises:
        InputError: none of them has this name.

    Example:
        >>> named_engine("LP", ENGINES) is LP, named_engine("auto", ENGINES)
        (True, None)
    """
    return engines.get(read_choice(name, ["auto", *engines], "engine"))


def choose_engine(engine: str, arrangement: Arrangement) -> Engine:
    """Choose an engine: the one that is named, or for `auto` the one that `choice` finds.

    Args:
        engine: "auto", "sweep", "rays" or "lp", in small or capital letters.
        arrangement: the hyperplanes.

    Raises:
        InputError: unknown engine.

    Example:
        >>> from arrangements.families import family
        >>> [choose_engine("auto", family(name)).name for name in ("braid:4", "braid:9", "random:30,5,0")]
        ['lp', 'rays', 'sweep']
    """
    return choice(engine, arrangement).engine


class Choice(NamedTuple):
    """An engine, and why it was chosen."""

    engine: Engine
    why: str


def choice(engine: str, arrangement: Arrangement) -> Choice:
    """Choose an engine, and say why: for `auto`, by rules that were measured.

    `lp` takes few regions, judged by the largest number that so many hyperplanes of this rank can have (Schlaefli;
    Cover 1965; with offsets Buck 1943), since no kernel has to be loaded for it. Of others, some vertices are looked
    at: each that the kernel of `sweep` leaves in doubt, since more rows meet or nearly so, takes a fixed time, and each
    other one is a region; the time of `rays` for a region grows with the rank. At high rank a cone can have any number
    of rays, from as many as its dimension on: some nodes are split to see, and `lp` takes those with many.

    Args:
        engine: "auto", "sweep", "rays" or "lp", in small or capital letters.
        arrangement: the hyperplanes.

    Raises:
        InputError: unknown engine.

    Example:
        >>> from arrangements.families import family
        >>> choice("auto", family("braid:4")).why
        'at most 32 regions, and nothing has to be loaded for them'
    """
    if (chosen := named_engine(engine, ENGINES)) is not None:
        return Choice(chosen, "it was asked for")
    rank, hyperplanes = arrangement.rank, len(arrangement.hyperplanes)
    if arrangement.is_affine:
        most = sum(comb(hyperplanes, k) for k in range(rank + 1))
    else:
        most = 2 * sum(comb(hyperplanes - 1, k) for k in range(rank))
    if hyperplanes == 0 or most <= _FEW:
        return Choice(LP, f"at most {max(most, 1):,} regions, and nothing has to be loaded for them")
    if not can_start(RAYS, rank):
        return Choice(LP, f"rank {rank}, from which on no other engine can start")
    share = share_in_doubt(arrangement.essential.rows)
    if share * _DOUBT < (1 - share) * _RAYS * _GROWTH ** max(0, rank - 4):
        return Choice(SWEEP, f"at about {share:.1%} of the vertices more rows meet, or nearly so")
    why = f"at about {share:.1%} of the vertices more rows meet, or nearly so"
    if rank <= _SURE:
        return Choice(RAYS, why)
    rays = _rays_a_node(arrangement)
    return Choice(RAYS if rays <= _MANY else LP, f"{why}, and a cone has about {rays:.0f} new rays")


def can_start(engine: Engine, rank: int) -> bool:
    """Whether an engine can search an arrangement of that rank.

    Args:
        engine: one of `ENGINES`.
        rank: that of the normals.

    Example:
        >>> can_start(RAYS, 61), can_start(LP, 61)
        (False, True)
    """
    return engine.highest_rank is None or rank <= engine.highest_rank


def _rays_a_node(arrangement: Arrangement) -> float:
    probe = Statistics()
    search = RaySearch(arrangement.essential.rows, 1, probe)
    search.count(_PROBE)
    return search.new_rays / max(1, probe.nodes)
