"""Several outputs: one problem for each, and one network for all.

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
from dataclasses import dataclass
from fractions import Fraction

from arrangements.errors import InputError
from arrangements.first_layer.layer import FirstLayer
from convex.problem.bracket import Interval
from convex.problem.training_problem import Problem
from convex.proofs.certified_optimum import Solution
from convex.solving.certified_solve import solve


@dataclass(frozen=True)
class Joint(Interval):
    """Solutions of all outputs, and their sums.

    Attributes:
        solutions: one for each output.
        tolerance: largest relative gap of the sums that is called optimal.
    """

    solutions: tuple[Solution, ...]
    tolerance: Fraction

    @property
    def width(self) -> int | None:
        """Neurons allowed in one sub-network; None for any number."""
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
    tolerance: Fraction = Fraction(1, 10**8),
    limit: int = 1_000_000,
    progress: Callable[[str], None] = lambda message: None,
    *,
    layer: FirstLayer | None = None,
) -> Joint:
    """Solve a problem with several outputs to global optimality, with proof.

    Args:
        problems: one for each output, on the same rows, with the same beta and loss.
        width: first-layer neurons in one sub-network; None for any number.
        tolerance: relative gap asked for.
        limit: steps of search for each output.
        progress: told what is going on.
        layer: the first layer of the data, if it was listed before; else it is listed once for all outputs.

    Raises:
        InputError: no problem, problems that differ in more than their targets, or width below 1.
        SolverError: the solver returned no point.

    Example:
        >>> problems = [Problem.read([[1], [-1]], y, "0.5") for y in ([1, 1], [1, 0])]
        >>> joint = solve_outputs(problems, 1)
        >>> joint.status, float(round(joint.upper, 6))
        ('optimal', 1.125)
    """
    if len({(problem.x, problem.beta, problem.loss) for problem in problems}) != 1:
        raise InputError("the outputs of one network need the same rows, beta and loss, and there must be one at least")
    solutions: list[Solution] = []
    for problem in problems:
        solutions.append(solve(problem, width, tolerance, limit, progress, layer=layer))
        layer = solutions[0].neurons.layer
    return Joint(tuple(solutions), tolerance)
