"""An exact search within a stated time: which tables it is begun on, and how it is stopped.

n, r, k  rows, regions of the first layer, outputs

A search that is stopped has proven bounds. It is begun only where the regions, which are counted exactly
before any is listed, are few enough for the time: then listing them and one round of the search fit in it.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from arrangements.errors import LimitError
from arrangements.first_layer.layer import FirstLayer
from convex.problem.regions import MOST_REGIONS
from convex.problem.training_problem import Problem
from convex.solving.separable_outputs import JointSolution, solve_outputs
from convex.solving.starting_point import StartingPoint
from theory import region_number

_A_SECOND = 2500  # regions times rows times outputs
_SHORTEST = 1e-3  # seconds: a search has some time, if only to say what is proven at once

Progress = Callable[[str], None]


def affordable_regions(problems: Sequence[Problem], seconds: float | None) -> int:
    """The regions of the first layer up to which an exact search is begun.

    Args:
        problems: one for each output, on the same rows.
        seconds: the time; None for any.

    Example:
        >>> balloons = [Problem.read([[1, 2]] * 16, [0] * 16, 1)]
        >>> affordable_regions(balloons, 10), affordable_regions(balloons * 2, 10), affordable_regions(balloons, None)
        (1562, 781, 20000)
    """
    if seconds is None:
        return MOST_REGIONS
    return min(MOST_REGIONS, int(_A_SECOND * seconds / (len(problems[0].x) * len(problems))))


def too_large(problems: Sequence[Problem], seconds: float | None) -> str | None:
    """Say why an exact search is not begun; None where it is. The regions are counted exactly, not listed.

    Args:
        problems: one for each output, on the same rows.
        seconds: the time; None for any.

    Example:
        >>> tall = [Problem.read([[1, k, k * k] for k in range(30)], [0] * 30, 1)]
        >>> too_large(tall, 1)
        'the first layer has more than 83 regions, too many for a time_limit of 1 seconds'
        >>> too_large(tall, 60) is None
        True
    """
    most = affordable_regions(problems, seconds)
    try:
        region_number(problems[0].arrangement, limit=most)
    except LimitError:
        share = "an exact search" if seconds is None else f"a time_limit of {seconds:g} seconds"
        return f"the first layer has more than {most} regions, too many for {share}"
    return None


def budgeted_solve(
    problems: Sequence[Problem],
    width: int | None,
    seconds: float | None,
    *,
    tolerance: Fraction,
    limit: int,
    progress: Progress = lambda message: None,
    layer: FirstLayer | None = None,
    starts: Sequence[StartingPoint] = (),
) -> JointSolution:
    """Solve with proof within a time, and return the bounds that were proven in it.

    Args:
        problems: one for each output, on the same rows.
        width: neurons in one sub-network; None for any number.
        seconds: for all outputs together; None for as long as it takes.
        tolerance: relative gap asked for.
        limit: steps of the search for each output.
        progress: told what is going on.
        layer: the regions of the rows, where they are listed already.
        starts: where the search for each output begins, or none.

    Raises:
        InputError: an argument that cannot be used.
        LimitError: more than `MOST_REGIONS` regions.
        SolverError: the solver returned no point.

    Example:
        >>> problems = [Problem.read([[1], [-1]], [1, 1], "0.5")]
        >>> [budgeted_solve(problems, 1, s, tolerance=Fraction(1, 10**8), limit=99).status for s in (60, None)]
        ['optimal', 'optimal']
    """
    return solve_outputs(
        problems,
        width,
        tolerance=tolerance,
        limit=limit,
        seconds=None if seconds is None else max(seconds, _SHORTEST),
        progress=progress,
        layer=layer,
        starts=starts,
    )
