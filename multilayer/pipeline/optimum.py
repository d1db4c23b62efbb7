"""The solve command: read, solve, write, report."""

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from arrangements.errors import InputError, LimitError
from arrangements.exact.numbers import exact_number
from convex.heuristics.sampled_blocks import Sample, exact_share, solve_sampled
from convex.listed.interpretations import interpretation_values
from convex.problem.class_coding import Coding, coded
from convex.problem.losses import Loss, read_loss
from convex.problem.training_problem import Problem
from convex.proofs.optimum_certificate import certificate_json, network_json
from convex.solving.separable_outputs import JointSolution, solve_outputs
from multilayer.io.tables import Source
from multilayer.io.writing import check_writable, write_json
from multilayer.pipeline.certificates import SOFTWARE, write_certificate
from theory import region_number

_LISTED = 5_000  # regions up to which a sample is compared with a proven bound
_SHARED = 2_000_000  # tuples up to which the share of the pairs drawn is counted
UNLIMITED = "unlimited"


class Request(NamedTuple):
    """What was asked of a solve, read and checked."""

    width: int | None
    beta: str
    loss: Loss
    tolerance: Fraction
    limit: int
    readings: bool
    parameters: dict[str, Any]

    @classmethod
    def read(cls, width: str, beta: str, loss: str, tolerance: str, limit: int, readings: bool) -> "Request":
        """Read the options of the command line.

        Raises:
            InputError: with the option and the value.
        """
        neurons: int | None = None
        if width != UNLIMITED:
            try:
                neurons = int(width)
            except ValueError:
                raise InputError(f"--width is {width}; give an integer of at least 1, or unlimited") from None
        if readings and neurons is None:
            raise InputError("the readings of (12) are those of one width: give --width a number")
        allowed = exact_number(tolerance, "tolerance")
        if allowed < 0:
            raise InputError(f"tolerance is {tolerance}; it must not be negative")
        parameters = {"width": neurons or width, "beta": beta, "loss": loss, "tolerance": tolerance}
        return cls(neurons, beta, read_loss(loss), allowed, limit, readings, parameters)


def problems_of(source: Source, beta: object, loss: Loss) -> tuple[list[Problem], Coding | None]:
    """The training problem of each output of a table with targets, and how classes were coded.

    Text targets are classes, and so are all targets of a loss for classes unless they are -1 and 1 already.

    Raises:
        InputError: no target column, offsets, or values that make no problem.
    """
    if not source.targets or source.offsets is not None:
        raise InputError(f"{source.name}: solve needs a table with a target column and without offsets")
    columns: list[tuple[Fraction, ...]] = []
    coding = None
    for name, values in source.targets:
        numbers = tuple(value for value in values if isinstance(value, Fraction))
        margin = loss.name in ("hinge", "logistic") and not set(numbers) <= {-1, 1}
        if numbers and not margin:
            columns.append(numbers)
        elif len(source.targets) > 1:
            raise InputError(f"target {name!r} holds classes; several targets must all be numbers")
        else:
            coding = coded(values)
            columns.extend(coding.columns)
    return [Problem.read(source.x, column, beta, loss) for column in columns], coding


def solve_source(
    source: Source, request: Request, certificate: Path, network: Path, note: Callable[[str], None]
) -> dict[str, Any]:
    """Solve, write network and certificate, and report with the keys of the command line."""
    start = perf_counter()
    problems, coding = problems_of(source, request.beta, request.loss)
    for path in (certificate, network):
        check_writable(path)
    joint = solve_outputs(problems, request.width, tolerance=request.tolerance, limit=request.limit, progress=note)
    parameters = {"source": source.name, **request.parameters}
    write_certificate(certificate, certificate_json(joint.solutions, SOFTWARE, parameters))
    write_json(network, network_json([solution.network for solution in joint.solutions]))
    report = solution_report(joint)
    if request.readings and request.width is not None:
        report["readings"] = _readings(problems, request.width)
    return {
        **report,
        **_named(source, coding),
        "loss": request.parameters["loss"],
        "certificate": str(certificate),
        "network": str(network),
        "seconds": round(perf_counter() - start, 3),
    }


def sample_source(
    source: Source, request: Request, draws: int, seed: int, network: Path, note: Callable[[str], None]
) -> dict[str, Any]:
    """Solve over sub-networks drawn at random, write the network, and report: an upper bound only."""
    start = perf_counter()
    if request.width is None:
        raise InputError("--sample draws sub-networks of one width: give --width a number")
    problems, coding = problems_of(source, request.beta, request.loss)
    check_writable(network)
    found: list[Sample] = [solve_sampled(problem, request.width, draws, seed=seed) for problem in problems]
    write_json(network, network_json([sample.network for sample in found]))
    upper = sum((sample.upper for sample in found), Fraction(0))
    report: dict[str, Any] = {
        "status": "upper-bound",
        "width": request.width,
        "upper": float(upper),
        "upper_exact": fraction_text(upper),
        "draws": draws,
        "pairs_drawn": found[0].pairs,
        "subnetworks": sum(len(sample.network.subnetworks) for sample in found),
        **_named(source, coding),
        "loss": request.parameters["loss"],
        "network": str(network),
    }
    report.update(pairs_total=None, share=None, lower=None, lower_exact=None, gap=None)
    if _can_be_listed(problems[0]):
        with suppress(LimitError):
            report["pairs_total"], report["share"] = exact_share(problems[0], request.width, found[0], _SHARED)
        joint = solve_outputs(problems, request.width, tolerance=request.tolerance, limit=request.limit, progress=note)
        report["lower"] = float(joint.lower)
        report["lower_exact"] = fraction_text(joint.lower)
        report["gap"] = float(upper - joint.lower)
    return {**report, "seconds": round(perf_counter() - start, 3)}


def _can_be_listed(problem: Problem) -> bool:
    try:
        return region_number(problem.arrangement, limit=_LISTED) <= _LISTED
    except LimitError:
        return False


def solution_report(joint: JointSolution) -> dict[str, Any]:
    """The facts of a solution as plain values."""
    solutions = joint.solutions
    return {
        "status": joint.status,
        "width": UNLIMITED if joint.width is None else joint.width,
        "width_needed": max(solution.network.width for solution in solutions),
        "upper": float(joint.upper),
        "lower": float(joint.lower),
        "upper_exact": fraction_text(joint.upper),
        "lower_exact": fraction_text(joint.lower),
        "gap": float(joint.gap),
        "relative_gap": float(joint.relative_gap),
        "regions": len(solutions[0].neurons.layer.cells),
        "pairs_total": None,
        "pairs_used": sum(solution.pairs_used for solution in solutions),
        "subnetworks": sum(len(solution.network.subnetworks) for solution in solutions),
        "outputs": len(solutions),
        "steps": sum(solution.steps for solution in solutions),
        "limited": any(solution.limited for solution in solutions),
    }


def _named(source: Source, coding: Coding | None) -> dict[str, Any]:
    names = [target.name for target in source.targets]
    named: dict[str, Any] = {"target": names[0] if len(names) == 1 else names}
    return named if coding is None else {**named, "coding": coding.description}


def _readings(problems: list[Problem], width: int) -> dict[str, float]:
    values = [interpretation_values(problem, width) for problem in problems]
    return {name: sum(value[name] for value in values) for name in values[0]}


def fraction_text(value: Fraction) -> str:
    """Always p/q, also for integers.

    Example:
        >>> fraction_text(Fraction(2))
        '2/1'
    """
    return f"{value.numerator}/{value.denominator}"
