"""Training on arrays: exactly where a stated time allows, over sub-networks drawn at random elsewhere.

n, d  rows and columns;  r  regions of the first layer;  k  outputs;  m  width

"auto" searches exactly where r n k is small for the time (`multilayer.estimators.time_budget`). Elsewhere, and where
the search ends with a gap, it draws (Ergen and Pilanci 2021, Remark 3), and the better network stays. Each block then
has a wall for each row and neuron, d numbers each, and so draws m n d is kept to 60000: some seconds for each output.
One draw is made whatever it takes, which at 1797 rows of 64 columns was a minute.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from arrangements.errors import InputError
from arrangements.exact.directed_rounding import text_above
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import Vector
from arrangements.first_layer.layer import FirstLayer
from convex.heuristics.sampled_blocks import solve_sampled
from convex.networks.network import Network
from convex.problem.bracket import OPTIMAL
from convex.problem.scaling import check_printable
from convex.problem.total_loss import TotalLoss
from convex.problem.training_problem import Problem
from convex.solving.separable_outputs import JointSolution
from convex.solving.starting_point import StartingPoint
from multilayer.estimators.settings import Settings
from multilayer.estimators.time_budget import budgeted_solve, too_large

UPPER_BOUND = "upper-bound"
_WALLS = 60_000  # draws m n d
_MEMORY = 2**27  # m^2 n^2, numbers in the walls of one block
_DRAWN_WIDTH = 4  # of draws for unlimited width


@dataclass(frozen=True)
class Fit:
    """What training found.

    Attributes:
        method: "exact" or "sampled".
        status: "optimal" or "gap-above-tolerance" after an exact search, "upper-bound" after draws.
        reason: why it is not proven optimal, in a few words; None where it is, or draws alone were asked for.
        upper: the objective of the networks, summed over the outputs, exact.
        lower: a proven bound on it; None after draws.
        networks: one for each output, rational weights.
        joint: the proofs of an exact search; None after draws, and where there was nothing to search.
        draws: how many were made for each output; 0 where the exact search was enough.
    """

    method: str
    status: str
    reason: str | None
    upper: Fraction
    lower: Fraction | None
    networks: tuple[Network, ...]
    joint: JointSolution | None = None
    draws: int = 0

    @property
    def layer(self) -> FirstLayer | None:
        """The regions of the rows, where they were listed."""
        return None if self.joint is None else self.joint.solutions[0].neurons.layer


def reduced_draws(draws: int, width: int, rows: int, columns: int) -> int:
    """The draws that are made: so few that draws * width * rows * columns <= 60000, but one.

    Example:
        >>> [reduced_draws(200, 2, rows, 10) for rows in (10, 100, 10000)]
        [200, 30, 1]
    """
    return max(1, min(draws, _WALLS // (width * rows * columns)))


def fit_outputs(
    x: Floats,
    columns: Sequence[Sequence[float]],
    settings: Settings,
    seed: int = 0,
    *,
    progress: Callable[[str], None] = lambda message: None,
    last: Fit | None = None,
    weights: Vector | None = None,
) -> Fit:
    """Train one network for each column of targets.

    Args:
        x: data, n x d, read as the dyadic rationals that it holds.
        columns: k columns of n targets.
        settings: how.
        seed: of the draws.
        progress: told what is going on.
        last: an earlier fit to begin with, perhaps of other settings or data: its list of regions serves where the rows
            are the same, and its networks are begun with where they have the same numbers of outputs and columns.
        weights: of the rows, positive; None if all are 1.

    Raises:
        InputError: values that make no problem, or too many rows for the memory that draws take.
        LimitError: method "exact", and more regions than one program can hold.
        SolverError: the solver returned no point.

    Example:
        >>> from convex.problem.losses import SQUARED
        >>> import numpy as np
        >>> settings = Settings.read(SQUARED, 1, 0.5, "auto", 10, 1000, 1e-8)
        >>> found = fit_outputs(np.array([[1.0], [-1.0]]), [[1, 1]], settings)
        >>> found.method, found.status, float(round(found.upper, 6))
        ('exact', 'optimal', 0.75)
    """
    for column in columns:
        check_printable([Fraction(float(value)) for value in column], settings.loss, weights)
    if not x.any():
        return _zero(columns, settings, weights)
    problems = [Problem.read(x, column, settings.beta, settings.loss, weights=weights) for column in columns]
    reason = too_large(problems, settings.seconds) if settings.method == "auto" else None
    if settings.method == "sampled" or reason is not None:
        return _with_last(_sampled(problems, settings, seed, reason), problems, settings, last)
    found = _exact(problems, settings, progress, last)
    if settings.method == "exact" or found.status == OPTIMAL or not _can_draw(problems, settings):
        return found
    progress("drawing sub-networks, because the search ended with a gap")
    return _joined(found, _with_last(_sampled(problems, settings, seed, None), problems, settings, last), settings)


def _zero(columns: Sequence[Sequence[float]], settings: Settings, weights: Vector | None) -> Fit:
    """Every network answers 0 on rows that are all zero, so the empty one is optimal and its loss the optimum."""
    loss = Fraction(0)
    for column in columns:
        targets = tuple(Fraction(float(value)) for value in column)
        settings.loss.check(targets)
        loss += TotalLoss(settings.loss, targets, weights).value([Fraction(0)] * len(targets))
    return Fit("exact", OPTIMAL, None, loss, loss, (Network(()),) * len(columns))


def _exact(problems: Sequence[Problem], settings: Settings, progress: Callable[[str], None], last: Fit | None) -> Fit:
    layer = None if last is None else last.layer
    joint = budgeted_solve(
        problems,
        settings.width,
        settings.seconds if settings.method == "auto" else None,
        tolerance=settings.tolerance,
        limit=settings.limit,
        progress=progress,
        layer=layer if layer is not None and layer.arrangement == problems[0].arrangement else None,
        starts=_starts(last, problems),
    )
    return _of_joint(joint, settings)


def _starts(last: Fit | None, problems: Sequence[Problem]) -> list[StartingPoint]:
    """The networks of an earlier fit, where they take these columns; the search begins with each that is of use."""
    if last is None or len(last.networks) != len(problems):
        return []
    fitting = all(_fits(network, problem, None) for network, problem in zip(last.networks, problems, strict=True))
    return [StartingPoint(network) for network in last.networks] if fitting else []


def _of_joint(joint: JointSolution, settings: Settings, draws: int = 0) -> Fit:
    reason = None
    if joint.status != OPTIMAL:
        limits = f"limit of {settings.limit} steps"
        if settings.method == "auto" and settings.seconds is not None:
            limits = f"time_limit of {settings.seconds:g} seconds or the {limits}"
        stopped = any(solution.limited for solution in joint.solutions)
        cause = f"the {limits} ended the search" if stopped else "the search is over"
        reason = f"{cause}, and a relative gap of {text_above(joint.relative_gap, 2)} is left"
    networks = tuple(solution.network for solution in joint.solutions)
    return Fit("exact", joint.status, reason, joint.upper, joint.lower, networks, joint, draws)


def _sampled(problems: Sequence[Problem], settings: Settings, seed: int, reason: str | None) -> Fit:
    rows, columns, width = len(problems[0].x), len(problems[0].x[0]), settings.width or _DRAWN_WIDTH
    if not _can_draw(problems, settings):
        raise InputError(f"{rows} rows at width {width} are too many to draw: width * rows must be below 11586")
    draws = reduced_draws(settings.draws, width, rows, columns)
    found = [solve_sampled(problem, width, draws, seed=seed) for problem in problems]
    upper = sum((sample.upper for sample in found), Fraction(0))
    return Fit("sampled", UPPER_BOUND, reason, upper, None, tuple(sample.network for sample in found), draws=draws)


def _can_draw(problems: Sequence[Problem], settings: Settings) -> bool:
    return (len(problems[0].x) * (settings.width or _DRAWN_WIDTH)) ** 2 <= _MEMORY


def _with_last(found: Fit, problems: Sequence[Problem], settings: Settings, last: Fit | None) -> Fit:
    """The better of each network and that of an earlier fit, as an upper bound."""
    if last is None or len(last.networks) != len(problems):
        return found
    networks = [
        min(pair, key=lambda network: network.objective(problem))
        if _fits(pair[1], problem, settings.width)
        else pair[0]
        for problem, *pair in zip(problems, found.networks, last.networks, strict=True)
    ]
    upper = sum((network.objective(p) for network, p in zip(networks, problems, strict=True)), Fraction(0))
    return replace(found, upper=upper, networks=tuple(networks))


def _fits(network: Network, problem: Problem, width: int | None) -> bool:
    columns = len(problem.x[0])
    return (width is None or network.width <= width) and all(
        len(w) == columns for part in network.subnetworks for w in part.first
    )


def _joined(found: Fit, drawn: Fit, settings: Settings) -> Fit:
    """A search with its proven bound, and networks from draws where these are better."""
    assert found.joint is not None
    solutions = []
    for solution, network in zip(found.joint.solutions, drawn.networks, strict=True):
        upper = network.objective(solution.problem)
        better = upper < solution.upper
        solutions.append(replace(solution, network=network, upper=upper, blocks=()) if better else solution)
    return _of_joint(replace(found.joint, solutions=tuple(solutions)), settings, drawn.draws)
