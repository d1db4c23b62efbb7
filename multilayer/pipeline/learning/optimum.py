"""The command solve: a certified optimum, its certificate and its network."""

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from arrangements.errors import InputError, LimitError
from arrangements.exact.directed_rounding import float_above, float_below
from arrangements.exact.numbers import exact_number
from arrangements.proofs.cell_certificates import Json
from convex.networks.network_file import model_json
from convex.problem.losses import Loss, read_loss
from convex.problem.regions import MOST_REGIONS, first_layer_of
from convex.problem.scaling import Scaling
from convex.proofs.optimum_certificate import certificate_json
from convex.solving.separable_outputs import JointSolution, solve_outputs
from convex.solving.starting_point import StartingPoint
from multilayer.io.signals import stop_requested
from multilayer.io.writing import check_writable, path_beside, write_json
from multilayer.pipeline.certificates import SOFTWARE, write_certificate
from multilayer.pipeline.learning.earlier import proves_more, same_question
from multilayer.pipeline.learning.full_programs import check_intervals_meet, full_program_report, full_programs
from multilayer.pipeline.learning.resuming import resumed, started
from multilayer.pipeline.learning.training import UNLIMITED, Training, fraction_text
from multilayer.pipeline.limits import silent
from theory import region_number

Report = dict[str, Any]

_SIGNS, _SIGNS_A_SECOND = 120_000, 10_000  # of all regions: begun with in any time, and for each second
_LONG = 1e6  # seconds in which everything is begun


class Request(NamedTuple):
    """The options of the command solve, read and checked."""

    width: int | None
    loss: Loss
    tolerance: Fraction
    steps: int
    interpretations: bool
    parameters: dict[str, Any]
    seconds: float | None = None
    resume: Path | None = None
    start: Path | None = None
    all_pairs: bool = False

    @classmethod
    def read(cls, width: str, beta: str, loss: str, tolerance: str, steps: int, interpretations: bool) -> "Request":
        """Read the options of the command line.

        Raises:
            InputError: with the option and the value.
        """
        neurons: int | None = None
        width, loss = width.lower(), loss.lower()
        if width != UNLIMITED:
            with suppress(ValueError):
                neurons = int(width)
            if neurons is None or neurons < 1:
                raise InputError(f"--width is {width}; give an integer of at least 1, or unlimited")
        if interpretations and neurons is None:
            raise InputError("the literal interpretations of (12) are those of one width: give --width a number")
        allowed = exact_number(tolerance, "tolerance")
        if allowed < 0:
            raise InputError(f"tolerance is {tolerance}; it must not be negative")
        parameters = {"width": neurons or width, "beta": beta, "loss": loss, "tolerance": tolerance}
        return cls(neurons, read_loss(loss), allowed, steps, interpretations, parameters)


class Earlier(NamedTuple):
    """What has the default names already.

    Attributes:
        certificate: what it holds.
        network_too: whether the network has its default name as well.
    """

    certificate: Json
    network_too: bool


def solve_training(
    training: Training,
    request: Request,
    certificate: Path,
    network: Path,
    note: Callable[[str], None],
    earlier: Earlier | None = None,
    warn: Callable[[str], None] = silent,
    executor: Executor | None = None,
) -> Report:
    """Solve, write network and certificate, and report with the keys of the command line.

    Once the regions are listed, a signal that would end the process ends the search instead: what was found by then is
    written.

    Args:
        training: the problems.
        request: width, tolerance, steps and time, and what to go on from.
        certificate: file to write.
        network: file to write.
        note: told what is going on.
        earlier: what is in the place of the certificate; it is kept if it proves more.
        warn: told what becomes of it.
        executor: as for `convex.solve`.

    Raises:
        InputError: a width below 1, a place that cannot be written, or nothing to go on from; before any work.
        LimitError: more regions than one program can hold, or than the time is enough for.
        SolverError: the solver returned no point.
    """
    begin = perf_counter()
    for path in (certificate, network):
        check_writable(path)
    for problem in training.problems:
        Scaling.of(problem)  # refuses numbers out of range
    check_time(training, request.seconds)
    note("listing the regions")
    layer = first_layer_of(training.problems[0])
    listed = full_programs(training, request.width, request.tolerance, layer, note) if request.all_pairs else ()
    with stop_requested(note) as stopped:
        starts = tuple(StartingPoint(full.network) for full in listed)
        if request.resume is not None:
            note(f"checking {request.resume}")
            starts = resumed(request.resume, training, request.width, layer)
        elif request.start is not None:
            starts = started(request.start, training)
        left = None if request.seconds is None else max(request.seconds - (perf_counter() - begin), 1e-3)
        joint = solve_outputs(
            training.problems,
            request.width,
            tolerance=request.tolerance,
            limit=request.steps,
            seconds=left,
            stopped=stopped,
            starts=starts,
            progress=note,
            layer=layer,
            executor=executor,
        )
        kept = earlier is not None and _kept(earlier.certificate, training, joint, certificate, warn)
        if not kept:
            note("proving that no region is missing")
            parameters = {"source": training.source, **request.parameters}
            proven = certificate_json(joint.solutions, SOFTWARE, parameters, names=training.names)
            write_certificate(certificate, proven)
        if not (kept and earlier is not None and earlier.network_too and network.exists()):
            model = training.trained(
                [solution.network for solution in joint.solutions],
                width=joint.width,
                upper=joint.upper,
                lower=joint.lower,
                certificate=None if kept else path_beside(network, certificate),
            )
            write_json(network, model_json(model))
    report = joint_report(joint)
    if listed:
        check_intervals_meet(listed, joint.solutions)
        report |= full_program_report(listed)
    if request.interpretations and request.width is not None and not report["limited"]:
        report["interpretations"] = _interpretations(training, request.width, joint)
    return {
        **report,
        **training.named(),
        "loss": request.parameters["loss"],
        "certificate": str(certificate),
        "network": str(network),
        "seconds": round(perf_counter() - begin, 3),
    }


def _kept(
    earlier: Json, training: Training, joint: JointSolution, certificate: Path, warn: Callable[[str], None]
) -> bool:
    """Whether what is there already is kept, and say so; or that it is replaced, where it answers another question."""
    if not same_question(earlier, training, joint.width):
        warn(f"{certificate} answered another question (data, beta, width or loss); it is replaced")
        return False
    kept = proves_more(certificate, earlier, joint)
    if kept:
        warn(f"{certificate} proves a narrower interval of the same optimum; it is kept")
    return kept


def check_time(training: Training, seconds: float | None) -> None:
    """Refuse a time in which the regions cannot be listed and proven complete, before any is listed.

    Args:
        training: the problems.
        seconds: the time; None for any.

    Raises:
        LimitError: more signs, rows times regions, than 10000 a second; 120000 are always begun with.
    """
    if seconds is None:
        return
    rows, most = len(training.problems[0].x), max(_SIGNS, int(_SIGNS_A_SECOND * min(seconds, _LONG)))
    try:
        regions = region_number(training.problems[0].arrangement, limit=MOST_REGIONS)
    except LimitError:
        return  # more than can be listed in any time, which the list itself refuses
    if rows * regions > most:
        raise LimitError(
            f"{training.source} has {rows} rows and {regions} regions, so {rows * regions} signs to list and to prove "
            f"complete, above the limit of {most} for a time of {seconds:g} s; give more time, leave --time out, or "
            "draw (--sample)",
            rows * regions,
        )


def joint_report(joint: JointSolution) -> Report:
    """Report a solution with the keys of the command line; floats are rounded outwards."""
    solutions = joint.solutions
    return {
        "status": joint.status,
        "width": UNLIMITED if joint.width is None else joint.width,
        "width_needed": max(solution.network.width for solution in solutions),
        "upper": float_above(joint.upper),
        "lower": float_below(joint.lower),
        "upper_exact": fraction_text(joint.upper),
        "lower_exact": fraction_text(joint.lower),
        "gap": float_above(joint.gap),
        "relative_gap": float_above(joint.relative_gap),
        "regions": len(solutions[0].neurons.layer.cells),
        "pairs_total": None,
        "pairs_used": sum(solution.pairs_used for solution in solutions),
        "subnetworks": sum(len(solution.network.subnetworks) for solution in solutions),
        "outputs": len(solutions),
        "steps": sum(solution.steps for solution in solutions),
        "limited": any(solution.limited for solution in solutions),
    }


def _interpretations(training: Training, width: int, joint: JointSolution) -> dict[str, float]:
    from convex.listed.interpretations import interpretation_values

    layer = joint.solutions[0].neurons.layer
    values = [interpretation_values(problem, width, layer=layer) for problem in training.problems]
    return {name: sum(value[name] for value in values) for name in values[0]}
