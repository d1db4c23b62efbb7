"""Program (12) over all pairs of a width, as the paper writes it, beside the certified optimum that lists none.

Both ways end with an interval that is proven, the one by a multiplier for each wall of each block, the other by the
cover that the certificate holds. So the intervals must meet.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from arrangements.first_layer.layer import FirstLayer
from convex.proofs.certified_optimum import Solution
from multilayer.pipeline.learning.training import Training, fraction_text

if TYPE_CHECKING:
    from convex.listed.full_program import FullSolution


def full_programs(
    training: Training,
    width: int | None,
    tolerance: Fraction,
    layer: FirstLayer,
    note: Callable[[str], None],
) -> "tuple[FullSolution, ...]":
    """List all pairs and solve the program over all of them, for each output.

    Args:
        training: the problems.
        width: first-layer neurons in one sub-network.
        tolerance: relative gap asked for.
        layer: the regions of the rows.
        note: told what is going on.

    Raises:
        InputError: no number of neurons.
        LimitError: more tuples or pairs than one program can hold.
        SolverError: the solver returned no point.
    """
    from convex.listed.full_program import solve_full_program
    from convex.problem.arguments import check_positive

    check_positive(width=width)
    assert width is not None
    return tuple(
        solve_full_program(problem, width, tolerance=tolerance, progress=note, layer=layer)
        for problem in training.problems
    )


def check_intervals_meet(one: "Sequence[FullSolution]", other: Sequence[Solution]) -> None:
    """Check that the proven intervals of the same optima meet.

    Args:
        one: the solution of the full program for each output.
        other: the certified optimum for each output.

    Raises:
        ArithmeticError: two do not meet, so that one of two proofs is wrong.
    """
    for first, second in zip(one, other, strict=True):
        if max(first.lower, second.lower) > min(first.upper, second.upper):
            raise ArithmeticError(
                f"two proofs contradict each other, [{first.lower}, {first.upper}] and "
                f"[{second.lower}, {second.upper}]; please report the table"
            )


def full_program_report(listed: "Sequence[FullSolution]") -> dict[str, Any]:
    """Report the full program: how many pairs and blocks it had, and its own proven bounds.

    Args:
        listed: its solution for each output.
    """
    return {
        "pairs_total": listed[0].pairs_total,
        "full_program": {
            "blocks": len(listed[0].blocks),
            "upper_exact": fraction_text(sum((full.upper for full in listed), Fraction(0))),
            "lower_exact": fraction_text(sum((full.lower for full in listed), Fraction(0))),
        },
    }
