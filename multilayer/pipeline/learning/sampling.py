"""The command solve with --sample: an upper bound from sub-networks that are drawn at random.

A table of few regions is solved as well, so that the sample can be compared with the optimum and with all pairs.
"""

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any

from arrangements.errors import InputError, LimitError
from arrangements.exact.directed_rounding import float_above, float_below
from convex.heuristics.sampled_blocks import exact_share, solve_sampled
from convex.networks.network_file import model_json
from convex.problem.training_problem import Problem
from convex.solving.separable_outputs import solve_outputs
from multilayer.io.writing import check_writable, write_json
from multilayer.pipeline.learning.optimum import Request
from multilayer.pipeline.learning.training import Training, fraction_text
from theory import region_number

_REGIONS = 5_000  # up to which a sample is compared with a proven bound
_TUPLES = 2_000_000  # up to which the share of the pairs drawn is counted


def sample_network(
    training: Training, request: Request, draws: int, seed: int, network: Path, note: Callable[[str], None]
) -> dict[str, Any]:
    """Solve over sub-networks drawn at random, write the network, and report: an upper bound only.

    Args:
        training: the problems.
        request: width, tolerance and steps.
        draws: sub-networks to draw.
        seed: of the draws.
        network: file to write.
        note: told what is going on.

    Raises:
        InputError: unlimited width, a width below 1, or a place that cannot be written.
        LimitError: more rows or pairs than there is room for.
        SolverError: the solver returned no point.
    """
    start = perf_counter()
    if request.width is None:
        raise InputError("--sample draws sub-networks of one width: give --width a number")
    check_writable(network)
    problems = training.problems
    found = [solve_sampled(problem, request.width, draws, seed=seed, progress=note) for problem in problems]
    upper = sum((sample.upper for sample in found), Fraction(0))
    model = training.trained([sample.network for sample in found], width=request.width, upper=upper)
    write_json(network, model_json(model))
    report: dict[str, Any] = {
        "status": "upper-bound",
        "width": request.width,
        "upper": float_above(upper),
        "upper_exact": fraction_text(upper),
        "draws": draws,
        "pairs_drawn": found[0].pairs,
        "subnetworks": sum(len(sample.network.subnetworks) for sample in found),
        **training.named(),
        "loss": request.parameters["loss"],
        "network": str(network),
    }
    report.update(pairs_total=None, share=None, lower=None, lower_exact=None, gap=None)
    if _has_few_regions(problems[0]):
        joint = solve_outputs(problems, request.width, tolerance=request.tolerance, limit=request.steps, progress=note)
        layer = joint.solutions[0].neurons.layer
        with suppress(LimitError):
            report["pairs_total"], report["share"] = exact_share(
                problems[0], request.width, found[0], _TUPLES, layer=layer
            )
        report["lower"] = float_below(joint.lower)
        report["lower_exact"] = fraction_text(joint.lower)
        report["gap"] = float_above(upper - joint.lower)
    return {**report, "seconds": round(perf_counter() - start, 3)}


def _has_few_regions(problem: Problem) -> bool:
    try:
        return region_number(problem.arrangement, limit=_REGIONS) <= _REGIONS
    except LimitError:
        return False
