"""The command demo: the whole pipeline on a bundled table; list, count, bound, solve in two ways, prove."""

from dataclasses import dataclass
from typing import NamedTuple

from convex.listed.full_program import FullSolution, solve_full_program
from convex.problem.losses import SQUARED
from convex.proofs.certified_optimum import Solution
from convex.solving.certified_solve import solve
from multilayer.io.tables import Table, read_source
from multilayer.pipeline.bounds import Report, first_layer_bounds
from multilayer.pipeline.counts import SecondCount, count_second
from multilayer.pipeline.learning.full_programs import check_intervals_meet
from multilayer.pipeline.learning.training import training_of
from multilayer.pipeline.limits import checked_layer, checked_regions

WIDTH = 2
_LIMIT = 10**6


class Example(NamedTuple):
    """A bundled table, the weight of the penalty, and what the table is about."""

    table: str
    beta: str
    story: str


EXAMPLES = (
    Example(
        "galileo",
        "0.001",
        "Galileo's ramp, 1608: how far a ball flies against the height it rolled down from "
        "(folio 116v; Dickey and Arnold 1995). In thousands of punti.",
    ),
    Example("xor", "0.1", "XOR: the exclusive or of two bits."),
)


@dataclass(frozen=True)
class Result:
    """The results on one example.

    Attributes:
        example: the example.
        table: its table.
        regions: how many were listed.
        exact_count: how many there are, counted without listing.
        bounds: (13).
        layers: counts of the second layer, for each width up to the one that is solved.
        full: program (12) over all pairs of the width, as the paper writes it.
        solution: the certified optimum, found without listing a pair.
    """

    example: Example
    table: Table
    regions: int
    exact_count: int
    bounds: Report
    layers: tuple[SecondCount, ...]
    full: FullSolution
    solution: Solution


def run_example(example: Example) -> Result:
    """List both layers of an example, count and bound them, and solve it."""
    table = read_source(example.table, last_is_target=True)
    exact = checked_regions(table, _LIMIT)
    first = checked_layer(table, WIDTH, limit=_LIMIT)
    layers = tuple(count_second(table, width, limit=_LIMIT, first=first) for width in range(1, WIDTH + 1))
    (problem,) = training_of(table, example.beta, SQUARED).problems
    full, solution = solve_full_program(problem, WIDTH, layer=first), solve(problem, WIDTH, layer=first)
    check_intervals_meet([full], [solution])
    bounds = first_layer_bounds(len(table.x), table.arrangement.rank)
    return Result(example, table, len(first.cells), exact, bounds, layers, full, solution)
