"""Networks with several outputs: the losses separate, so that one scalar program for each output is enough.

f_l, y_l   output l of the network and its targets;  w_3k  output weights of sub-network k, one for each l

    minimise sum_l l(f_l, y_l) + beta/2 sum_k (||w_2k||^2 + ||w_3k||_1^2)   subject to ||W_1k||_F <= 1

*Why this regulariser.* With the l1 norm of the output weights, balancing each sub-network gives the penalty
beta ||w_2k|| ||w_3k||_1, so a sub-network with weights w_3k is worth the same as one for each output l with the weight
w_3kl alone: outputs add up to the same function, penalties to the same sum. Hence only sub-networks with one output are
needed, the losses separate, and the program is one scalar program (Ergen and Pilanci 2021, (12)) for each output, over
the same first layer. (With the l2 norm instead, outputs would share sub-networks and the dual constraint
max ||V^T (u)_+||_2 <= beta is no longer a maximum over finitely many linear pieces.)
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from fractions import Fraction
from time import perf_counter

from arrangements.arguments import check_callable, read_list
from arrangements.errors import InputError
from arrangements.first_layer.layer import FirstLayer
from convex.columns.stopping import never
from convex.problem.arguments import read_seconds, read_tolerance, read_width
from convex.problem.bracket import Interval
from convex.problem.regions import first_layer_of
from convex.problem.training_problem import Problem, as_problem
from convex.proofs.certified_optimum import Solution
from convex.solving.certified_solve import solve
from convex.solving.starting_point import StartingPoint

_LEAST = 1e-3  # seconds for an output when none are left


@dataclass(frozen=True)
class JointSolution(Interval):
    """The solutions of all outputs, and the sums of their bounds.

    Attributes:
        solutions: one for each output.
        tolerance: largest relative gap of the sums that is called optimal.

    Example:
        >>> problems = [Problem.read([[1], [-1]], y, "0.5") for y in ([1, 1], [0, 0])]
        >>> joint = solve_outputs(problems, 1)
        >>> joint.upper == sum(solution.upper for solution in joint.solutions), joint.width, joint.status
        (True, 1, 'optimal')
    """

    solutions: tuple[Solution, ...]
    tolerance: Fraction

    @property
    def width(self) -> int | None:
        """The number of first-layer neurons allowed in one sub-network; None for any number."""
        return self.solutions[0].width

    @property
    def upper(self) -> Fraction:
        """The objective of the network, exact."""
        return sum((solution.upper for solution in self.solutions), Fraction(0))

    @property
    def lower(self) -> Fraction:
        """The proven bound, exact."""
        return sum((solution.lower for solution in self.solutions), Fraction(0))


def solve_outputs(
    problems: Sequence[Problem],
    width: int | None,
    *,
    tolerance: object = Fraction(1, 10**8),
    limit: int = 100_000_000,
    seconds: float | None = None,
    stopped: Callable[[], bool] = never,
    starts: Sequence[StartingPoint] = (),
    progress: Callable[[str], None] = lambda message: None,
    layer: FirstLayer | None = None,
    executor: Executor | None = None,
) -> JointSolution:
    """Solve a problem with several outputs to global optimality, with proof; the regions are listed once.

    By Theorem 1 of Ergen and Pilanci (2021) for each output; the module says why outputs separate.

    Args:
        problems: one for each output, on the same rows, with the same weights of rows, beta and loss.
        width: first-layer neurons in one sub-network; None for any number.
        tolerance: relative gap asked for, a number or text such as "1e-6".
        limit: steps of search for each output.
        seconds: time for all outputs; what one leaves is for the others. None for any time.
        stopped: asked many times a second whether to stop, with the best bounds so far.
        starts: a starting point for each output, or none.
        progress: told what is going on.
        layer: the regions of the rows, where they are listed already.
        executor: as for `solve`.

    Raises:
        InputError: no problem, problems that differ in more than their targets, or an argument that cannot be used.
        LimitError: more than `convex.problem.regions.MOST_REGIONS` regions.
        SolverError: the solver returned no point.

    Example:
        >>> problems = [Problem.read([[1], [-1]], y, "0.5") for y in ([1, 1], [1, 0])]
        >>> joint = solve_outputs(problems, 1)
        >>> joint.status, float(round(joint.upper, 6))
        ('optimal', 1.125)
    """
    problems = [as_problem(problem) for problem in read_list(problems, "problems", "problems, one for each output")]
    if len({(problem.x, problem.weights, problem.beta, problem.loss) for problem in problems}) != 1:
        raise InputError(
            "the outputs of one network need the same rows, weights, beta and loss, and there must be one at least"
        )
    gap, width, regions = read_tolerance(tolerance), read_width(width), first_layer_of(problems[0], layer)
    check_callable(stopped, "stopped")
    starts = read_list(starts, "starts", "starting points, one for each output")
    if starts and len(starts) != len(problems):
        raise InputError(f"there are {len(starts)} starting points for {len(problems)} outputs; give one for each")
    ends = None if seconds is None else perf_counter() + read_seconds(seconds)
    solutions = []
    for place, problem in enumerate(problems):
        share = None if ends is None else max((ends - perf_counter()) / (len(problems) - place), _LEAST)
        solutions.append(
            solve(
                problem,
                width,
                tolerance=gap,
                limit=limit,
                seconds=share,
                stopped=stopped,
                start=starts[place] if starts else None,
                progress=progress,
                layer=regions,
                executor=executor,
            )
        )
    return JointSolution(tuple(solutions), gap)
