"""The command path: proven curves over an interval of beta, a certificate for each knot, and the curves as a file."""

from collections.abc import Callable
from concurrent.futures import Executor
from hashlib import sha256
from os import W_OK, access
from pathlib import Path
from time import perf_counter
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.directed_rounding import float_above, float_below
from convex.paths.beta_path import BetaPath, Knot, solve_path
from convex.problem.losses import read_loss
from convex.problem.regions import first_layer_of
from convex.proofs.optimum_certificate import certificate_json
from multilayer.io.file_kinds import CURVES
from multilayer.io.signals import stop_requested
from multilayer.io.tables import Table
from multilayer.io.writing import write_json
from multilayer.pipeline.certificates import SOFTWARE, write_certificate
from multilayer.pipeline.learning.training import UNLIMITED, Training, fraction_text, training_of
from multilayer.pipeline.limits import silent

Report = dict[str, Any]
FORMAT, VERSION = "multilayer-arrangements/path", 1
_LONGEST = 100  # letters of a beta in the name of a file


def split_interval(text: str) -> tuple[str, str]:
    """Split LO:HI, the option --betas.

    Raises:
        InputError: it is not two numbers with a colon between them.

    Example:
        >>> split_interval("0.001:1")
        ('0.001', '1')
    """
    low, colon, high = text.partition(":")
    if not (colon and low.strip() and high.strip()) or ":" in high:
        raise InputError(f"--betas is {text}; give the two ends of an interval as LO:HI, such as 0.001:1")
    return low.strip(), high.strip()


def solve_table_path(
    table: Table,
    width: int | None,
    betas: str,
    *,
    loss: str,
    tolerance: str,
    steps: int,
    seconds: float | None,
    folder: Path,
    figure: Path | None = None,
    note: Callable[[str], None] = silent,
    warn: Callable[[str], None] = silent,
    executor: Executor | None = None,
) -> Report:
    """Prove the curves, write a certificate for each knot and the curves, draw if asked, and report.

    Once the regions are listed, a signal that would end the process ends the search instead: what was proven by then
    is written.

    Args:
        table: with targets.
        width: neurons in one sub-network; None for any number.
        betas: the interval, LO:HI.
        loss: name of the loss.
        tolerance: largest relative gap between the curves.
        steps: most steps of each search.
        seconds: time for all; None for any.
        folder: where the files go; made if it is not there.
        figure: file to draw to.
        note: told what is going on.
        warn: told how targets are read.
        executor: as for `convex.solve`.

    Raises:
        InputError: an option or a table that cannot be used, or a place that cannot be written; before any work.
        LimitError: more regions than one program can hold.
        SolverError: the solver returned no point.
    """
    begin = perf_counter()
    ends = split_interval(betas)
    training = training_of(table, ends[1], read_loss(loss.lower()), warn)
    if figure is not None:
        from multilayer.figures.drawing import check_figure

        check_figure(figure)
    check_folder(folder)
    note("listing the regions")
    layer = first_layer_of(training.problems[0])
    with stop_requested(note) as stopped:
        found = solve_path(
            training.problems,
            width,
            ends,
            tolerance=tolerance,
            limit=steps,
            seconds=seconds,
            stopped=stopped,
            progress=note,
            layer=layer,
            executor=executor,
        )
        note("proving that no region is missing")
        folder.mkdir(exist_ok=True)
        parameters = {"source": table.name, "width": width or UNLIMITED, "loss": loss, "betas": betas}
        names = [_write_knot(folder, knot, parameters) for knot in found.knots]
        write_json(folder / CURVES, path_json(found, training, names))
        if figure is not None:
            from multilayer.figures.beta_path import path_figure
            from multilayer.figures.drawing import save

            save(figure, path_figure(found, table.name))
    gap = found.largest_gap
    return {
        "knots": [_knot_report(knot, folder / name) for knot, name in zip(found.knots, names, strict=True)],
        "relative_gap": float_above(gap.relative),
        "at_beta": float(gap.beta),
        "complete": found.complete,
        "missing": None if found.complete else _further_apart(table.name, tolerance),
        "width": width or UNLIMITED,
        **training.named(),
        "loss": loss,
        "steps": sum(part.steps for knot in found.knots for part in knot.solution.solutions),
        "output": str(folder / CURVES),
        "figure": None if figure is None else str(figure),
        "seconds": round(perf_counter() - begin, 3),
    }


def _further_apart(name: str, tolerance: str) -> str:
    apart = f"{name}: the curves are further apart than {tolerance}"
    return f"{apart}; what was proven is kept, more --time or --steps may prove more"


def path_json(found: BetaPath, training: Training, names: list[str]) -> Report:
    """Write the curves as plain JSON: knots with their proven bounds, and each network's line.

    Args:
        found: the curves.
        training: what was solved.
        names: for each knot the name of its certificate, beside this file.
    """
    knots = [
        {
            "beta": fraction_text(knot.beta),
            "lower": fraction_text(knot.solution.lower),
            "upper": fraction_text(knot.solution.upper),
            "loss": fraction_text(knot.line.loss),
            "penalty": fraction_text(knot.line.penalty),
            "certificate": name,
        }
        for knot, name in zip(found.knots, names, strict=True)
    ]
    return {
        "format": FORMAT,
        "version": VERSION,
        "source": training.source,
        "empty": {"loss": fraction_text(found.idle.loss), "penalty": "0/1"},
        "relative_gap": fraction_text(found.largest_gap.relative),
        "knots": knots,
    }


def check_folder(folder: Path) -> None:
    """Check that the files of a path can go there.

    Raises:
        InputError: it is a file, or holds other things than those of an earlier path; or its own folder is missing or
            closed.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; --output names a folder")
    if not folder.exists() and not folder.parent.is_dir():
        raise InputError(f"{folder}: cannot be written: there is no folder {folder.parent}")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / CURVES).is_file():
        raise InputError(f"{folder} holds other files; give --output a new folder, or one of an earlier path")
    written = folder if folder.exists() else folder.parent
    if not access(written, W_OK):
        raise InputError(f"{folder}: cannot be written: no permission in {written}")


def _write_knot(folder: Path, knot: Knot, parameters: Report) -> str:
    exact = fraction_text(knot.beta)
    name = certificate_name(exact)
    write_certificate(folder / name, certificate_json(knot.solution.solutions, SOFTWARE, {**parameters, "beta": exact}))
    return name


def certificate_name(beta: str) -> str:
    """Name the certificate of a knot by its beta, or by a digest of it where that is too long for the name of a file.

    Args:
        beta: exact, as text.

    Example:
        >>> certificate_name("1/20")
        'beta-1-over-20.certificate.json'
        >>> certificate_name("1/" + "3" * 300)
        'beta-sha256-a482974250a83ccc.certificate.json'
    """
    named = beta.replace("/", "-over-")
    if len(named) > _LONGEST:
        named = f"sha256-{sha256(beta.encode()).hexdigest()[:16]}"
    return f"beta-{named}.certificate.json"


def _knot_report(knot: Knot, certificate: Path) -> Report:
    return {
        "beta": float(knot.beta),
        "beta_exact": fraction_text(knot.beta),
        "lower": float_below(knot.solution.lower),
        "upper": float_above(knot.solution.upper),
        "certificate": str(certificate),
    }
