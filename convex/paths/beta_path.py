"""The optimum over an interval of beta, proven: solve at a few knots until curves below and above it are close.

L, U  the highest chords of the proven lower bounds, and the least of the networks' lines (`convex.paths.curves`)

The next knot goes where the relative gap between U and L is largest (`convex.paths.refinement`). A solve begins with
what its neighbours left: the network that costs least at this beta, and, where the loss allows, their dual vector: if v
is dual feasible at weight b, t v is so at weight t b, by the same cover. So does a path that goes on from the knots of
an earlier one.
"""

from bisect import bisect
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from time import perf_counter

from arrangements.arguments import check_callable, check_kind, read_list
from arrangements.errors import InputError, shown
from arrangements.exact.directed_rounding import text_above, text_below
from arrangements.exact.numbers import exact_number
from arrangements.first_layer.layer import FirstLayer
from convex.columns.stopping import Stop, never
from convex.networks.network import Network
from convex.paths.curves import Gap, Line, Point, chord_at, concave_points, largest_gap, least_lines
from convex.paths.piecewise_affine import Interval, positive
from convex.paths.refinement import FINER, next_beta
from convex.problem.arguments import read_seconds, read_tolerance, read_width
from convex.problem.regions import first_layer_of
from convex.problem.training_problem import Problem, as_problem
from convex.proofs.cover_proof import CoverProof
from convex.proofs.weak_duality import dual_value
from convex.solving.separable_outputs import JointSolution, solve_outputs
from convex.solving.starting_point import StartingPoint

_MOST = 1000  # knots


@dataclass(frozen=True)
class Knot:
    """A certified optimum at one beta.

    Attributes:
        beta: weight of the penalty.
        solution: what was proven there, for all outputs.
        line: what its network costs at every beta.

    Example:
        >>> (knot,) = solve_path([Problem.read([[1], [-1]], [1, 1], 1)], 1, (3, 3)).knots
        >>> knot.beta, knot.line, knot.solution.status
        (Fraction(3, 1), Line(loss=Fraction(1, 1), penalty=Fraction(0, 1)), 'optimal')
    """

    beta: Fraction
    solution: JointSolution
    line: Line


@dataclass(frozen=True)
class BetaPath:
    """Proven curves below and above the optimum P*(beta) of a width over an interval.

    Attributes:
        knots: by beta; the curves are proven from the first to the last.
        idle: what the empty network costs.
        tolerance: largest relative gap that was asked for.
        betas: the interval for which it was asked; both ends are knots, and those of an earlier path may be outside.
        solves: how many optima were certified for it, without those of an earlier path.

    Example:
        >>> path = solve_path([Problem.read([[1], [-1]], [1, 1], 1)], 1, ("0.1", 2), tolerance="0.01")
        >>> path.complete, float(path.largest_gap.relative) <= 0.01, len(path.knots)
        (True, True, 14)
        >>> path.lower_at("0.7") <= solve_outputs([Problem.read([[1], [-1]], [1, 1], "0.7")], 1).upper
        True
    """

    knots: tuple[Knot, ...]
    idle: Line
    tolerance: Fraction
    betas: Interval
    solves: int = 0

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all networks, the empty one among them."""
        return (self.idle, *(knot.line for knot in self.knots))

    @cached_property
    def lower_points(self) -> tuple[Point, ...]:
        """The corners of the lower curve: the proven bounds at the knots, without those below a chord of others."""
        return concave_points(Point(knot.beta, knot.solution.lower) for knot in self.knots)

    @cached_property
    def largest_gap(self) -> Gap:
        """The largest relative gap between the curves over the interval asked for, and where it is; exact."""
        return largest_gap(self.lower_points, self.lines, self.betas)

    @property
    def complete(self) -> bool:
        """Whether it is within the tolerance."""
        return self.largest_gap.relative <= self.tolerance

    @cached_property
    def above_tolerance(self) -> tuple[Interval, ...]:
        """The parts of the interval asked for, inside which the relative gap is above the tolerance; exact.

        Empty where the path is complete, and where the interval is one beta.
        """
        low, high = self.betas
        corners = (*self.lower_points, *least_lines(self.lines, low, high))
        betas = sorted({low, high, *(corner.beta for corner in corners if low <= corner.beta <= high)})
        return positive(lambda beta: (1 - self.tolerance) * self.upper_at(beta) - self.lower_at(beta), betas)

    def lower_at(self, beta: object) -> Fraction:
        """Evaluate the proven lower bound on the optimum at one beta of the interval.

        Args:
            beta: a number, as for `Problem.read`.

        Raises:
            InputError: it is outside.
        """
        return chord_at(self.lower_points, self._inside(beta))

    def upper_at(self, beta: object) -> Fraction:
        """Find the least that one of the networks costs at one beta of the interval.

        Args:
            beta: a number, as for `Problem.read`.

        Raises:
            InputError: it is outside.
        """
        inside = self._inside(beta)
        return min(line.at(inside) for line in self.lines)

    def networks_at(self, beta: object) -> tuple[Network, ...]:
        """Find the networks that cost least at one beta of the interval, one for each output: `upper_at` in all.

        Args:
            beta: a number, as for `Problem.read`.

        Raises:
            InputError: it is outside.

        Example:
            >>> problem = Problem.read([[1], [-1]], [1, 1], 1)
            >>> path = solve_path([problem], 1, ("0.1", 2), tolerance="0.01")
            >>> (network,) = path.networks_at("0.7")
            >>> network.objective(problem.with_beta("0.7")) == path.upper_at("0.7")
            True
        """
        inside = self._inside(beta)
        best = min(self.knots, key=lambda knot: knot.line.at(inside))
        if self.idle.at(inside) <= best.line.at(inside):
            return (Network(()),) * len(best.solution.solutions)
        return tuple(solution.network for solution in best.solution.solutions)

    def _inside(self, beta: object) -> Fraction:
        exact, low, high = exact_number(beta, "beta"), self.knots[0].beta, self.knots[-1].beta
        if not low <= exact <= high:
            raise InputError(
                f"beta is {shown(beta)}, outside of the interval from {text_below(low)} to {text_above(high)} of this "
                "path; solve one over a larger interval"
            )
        return exact


def solve_path(
    problems: Sequence[Problem],
    width: int | None,
    betas: tuple[object, object],
    *,
    tolerance: object = Fraction(1, 1000),
    limit: int = 100_000_000,
    seconds: float | None = None,
    stopped: Callable[[], bool] = never,
    progress: Callable[[str], None] = lambda message: None,
    layer: FirstLayer | None = None,
    executor: Executor | None = None,
    known: Sequence[Knot] = (),
) -> BetaPath:
    """Prove curves below and above the optimum of a width over an interval of beta, within a relative gap.

    By Theorem 1 of Ergen and Pilanci (2021) at each knot; between them because the optimum is concave in beta.

    Args:
        problems: one for each output, on the same rows; each beta takes the place of theirs.
        width: first-layer neurons in one sub-network; None for any number.
        betas: the ends of the interval, positive, the smaller one first.
        tolerance: largest relative gap asked for, above 0: a number or text such as "1e-3".
        limit: steps of each search.
        seconds: time for all; then the curves are what was proven so far. None for any time.
        stopped: asked many times a second whether to stop.
        progress: told what is going on.
        layer: the regions of the rows, where they are listed already.
        executor: as for `solve`.
        known: knots of an earlier path of the same problems and width, over any interval. All are in the new path,
            one at each beta; where the gap at one is too large for the tolerance, the search there goes on.

    Returns:
        The curves; both ends are always solved, with what bounds there are after a stop. Where a search meets its
        limit, the rest of the interval is refined all the same.

    Raises:
        InputError: no problem, or an argument that cannot be used.
        LimitError: more regions than one program can hold.
        SolverError: the solver returned no point.

    Example:
        >>> problem = Problem.read([[1], [-1]], [1, 1], 1)
        >>> path = solve_path([problem], None, ("0.5", "0.5"))
        >>> [float(round(bound, 6)) for bound in (path.lower_at("0.5"), path.upper_at("0.5"))]
        [0.75, 0.75]
        >>> wider = solve_path([problem], None, ("0.25", "0.5"), known=path.knots)
        >>> len(wider.knots) - wider.solves
        1
    """
    problems = [as_problem(problem) for problem in read_list(problems, "problems", "problems, one for each output")]
    neurons, gap = read_width(width), read_tolerance(tolerance)
    if not gap:
        raise InputError("tolerance is 0; between two knots a gap is left: give a number above 0, such as 1e-3")
    low, high = read_interval(betas)
    check_callable(stopped, "stopped")
    check_callable(progress, "progress")
    if not problems:
        raise InputError("there is no problem; give one for each output")
    regions = first_layer_of(problems[0], layer)
    stop = Stop(None if seconds is None else perf_counter() + read_seconds(seconds), stopped)
    idle = line_of([Network(())] * len(problems), problems)
    path = BetaPath((), idle, gap, (low, high))
    for knot in read_known(known, problems, neurons):
        path = _with_knot(path, knot)
    tried: set[Fraction] = set()
    waiting = [end for end in dict.fromkeys((high, low)) if end not in _betas_of(path)]
    while True:
        if not waiting:
            beta = None if stop() or len(path.knots) >= _MOST else _next(path, tried, progress)
            if beta is None:
                return path
            waiting = [beta]
        beta = waiting.pop()
        own = [problem.with_beta(beta) for problem in problems]
        left = None if stop.ends is None else max(stop.ends - perf_counter(), 1e-3)
        found = solve_outputs(
            own,
            neurons,
            tolerance=gap / FINER,
            limit=limit,
            seconds=left,
            stopped=stopped,
            starts=_starts(path, own),
            progress=_at(beta, progress),
            layer=regions,
            executor=executor,
        )
        networks = [solution.network for solution in found.solutions]
        path = replace(_with_knot(path, Knot(beta, found, line_of(networks, own))), solves=path.solves + 1)
        tried.add(beta)


def _next(path: BetaPath, tried: set[Fraction], progress: Callable[[str], None]) -> Fraction | None:
    """Tell how far the path is, and choose the next beta; None at its end."""
    worst = path.largest_gap
    at, size = float(worst.beta), float(worst.relative)
    progress(f"{len(path.knots)} knots: the largest relative gap is {size:.2g}, at beta {at:.6g}")
    gaps = {knot.beta: knot.solution.relative_gap for knot in path.knots}
    return next_beta(gaps, path.lower_points, path.lines, path.betas, path.tolerance, tried)


def read_known(known: object, problems: Sequence[Problem], width: int | None) -> list[Knot]:
    """Read knots of an earlier path.

    Args:
        known: a list of them.
        problems: one for each output; each beta takes the place of theirs.
        width: neurons in one sub-network; None for any number.

    Raises:
        InputError: there is something else among them, or a knot of other problems or another width.
    """
    knots = [
        check_kind(knot, Knot, "known", "give knots of a path")
        for knot in read_list(known, "known", "knots of an earlier path")
    ]
    for knot in knots:
        own = [solution.problem for solution in knot.solution.solutions]
        if own != [problem.with_beta(knot.beta) for problem in problems] or knot.solution.width != width:
            raise InputError(
                f"known has a knot at beta {knot.beta} of another problem or width; give knots of the same"
            )
    return knots


def read_interval(betas: tuple[object, object]) -> tuple[Fraction, Fraction]:
    """Read the ends of an interval of beta.

    Args:
        betas: two positive numbers, the smaller one first; the same for a single beta.

    Raises:
        InputError: they are not.

    Example:
        >>> read_interval(("0.001", 1))
        (Fraction(1, 1000), Fraction(1, 1))
    """
    ends = read_list(betas, "betas", "the two ends of an interval")
    if len(ends) != 2:
        raise InputError(f"betas has {len(ends)} numbers; give the two ends of an interval")
    low, high = (exact_number(end, "beta") for end in ends)
    if not 0 < low <= high:
        raise InputError(
            f"betas are {shown(ends[0])} and {shown(ends[1])}; they must be above 0, the smaller one first"
        )
    return low, high


def line_of(networks: Sequence[Network], problems: Sequence[Problem]) -> Line:
    """Evaluate the loss and the penalty of networks, one for each output.

    Args:
        networks: feasible for (4) of Ergen and Pilanci (2021).
        problems: one for each output, with the same beta.

    Example:
        >>> line_of([Network(())], [Problem.read([[1], [-1]], [1, 1], 1)])
        Line(loss=Fraction(1, 1), penalty=Fraction(0, 1))
    """
    pairs = list(zip(networks, problems, strict=True))
    penalty = sum((network.penalty for network, _ in pairs), Fraction(0))
    cost = sum((network.objective(problem) for network, problem in pairs), Fraction(0))
    return Line(cost - problems[0].beta * penalty, penalty)


def _at(beta: Fraction, progress: Callable[[str], None]) -> Callable[[str], None]:
    """Progress that says at which beta."""
    return lambda message: progress(f"beta {float(beta):.6g}: {message}")


def _with_knot(path: BetaPath, knot: Knot) -> BetaPath:
    """The path with one knot more; of two at one beta, that with the smaller gap."""
    known = {other.beta: other for other in path.knots}
    if knot.beta not in known or knot.solution.gap < known[knot.beta].solution.gap:
        known[knot.beta] = knot
    return replace(path, knots=tuple(known[beta] for beta in sorted(known)))


def _betas_of(path: BetaPath) -> list[Fraction]:
    return [knot.beta for knot in path.knots]


def _starts(path: BetaPath, problems: Sequence[Problem]) -> tuple[StartingPoint, ...]:
    """The network that costs least at this beta, and the best bound that a neighbour's dual vector proves."""
    if not path.knots:
        return ()
    beta = problems[0].beta
    cheapest = min(path.knots, key=lambda knot: knot.line.at(beta))
    place = bisect(_betas_of(path), beta)
    near = path.knots[max(place - 1, 0) : place + 1]
    return tuple(
        StartingPoint(cheapest.solution.solutions[k].network, _best_proof(near, k, problem))
        for k, problem in enumerate(problems)
    )


def _best_proof(knots: Sequence[Knot], output: int, problem: Problem) -> CoverProof | None:
    proofs = []
    for knot in knots:
        proof, factor = knot.solution.solutions[output].proof, problem.beta / knot.beta
        v = tuple(proof.scale * factor * a for a in proof.v)
        if problem.total_loss.clip(v) == v:
            proofs.append(replace(proof, value=dual_value(problem, v), scale=proof.scale * factor))
    return max(proofs, key=lambda proof: proof.value, default=None)
