"""The command path: proven curves over an interval of beta, a certificate for each knot, and the curves as a file.

A folder that holds an earlier path of the same input is gone on from (`multilayer.pipeline.learning.earlier_path`): its
knots are knots of the new path, those outside of the interval too, so that no bound gets lost. New certificates are
written first, under names that are free, then path.json, and what it no longer lists is removed at last: so the folder
is accepted at every moment.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from itertools import count
from os import W_OK, access
from pathlib import Path
from time import perf_counter
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.directed_rounding import float_above, float_below, text_above, text_below
from convex.paths.beta_path import BetaPath, Knot, solve_path
from convex.paths.curves import largest_gap
from convex.problem.arguments import read_tolerance
from convex.problem.losses import read_loss
from convex.problem.regions import first_layer_of
from convex.proofs.optimum_certificate import Names, certificate_json
from multilayer.io.file_kinds import CURVES
from multilayer.io.signals import stop_requested
from multilayer.io.tables import Table
from multilayer.io.writing import write_json
from multilayer.pipeline.certificates import SOFTWARE, write_certificate
from multilayer.pipeline.learning.earlier_path import (
    FORMAT,
    EarlierKnot,
    certificate_name,
    earlier_certificates,
    earlier_knot,
    holds_only_a_path,
)
from multilayer.pipeline.learning.training import UNLIMITED, Training, fraction_text, training_of
from multilayer.pipeline.limits import silent

Report = dict[str, Any]
VERSION = 1


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
    gap = read_tolerance(tolerance)
    files = earlier_certificates(folder, training, width, warn)
    note("listing the regions")
    layer = first_layer_of(training.problems[0])
    if files:
        note(f"checking {len(files)} certificates of an earlier path in {folder}")
    earlier = [earlier_knot(path, own, width, layer, gap) for path, own in files]
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
            known=[old.knot for old in earlier],
        )
        note("proving that no region is missing")
        folder.mkdir(exist_ok=True)
        parameters = {"source": table.name, "width": width or UNLIMITED, "loss": loss, "betas": betas}
        names = [_certificate_of(knot, earlier, folder, parameters, training.names) for knot in found.knots]
        write_json(folder / CURVES, path_json(found, training, names))
        for old in earlier:
            if old.file.name not in names:
                old.file.unlink(missing_ok=True)
        if figure is not None:
            from multilayer.figures.beta_path import path_figure
            from multilayer.figures.drawing import save

            save(figure, path_figure(found, table.name))
    worst, reach = found.largest_gap, largest_gap(found.lower_points, found.lines)
    return {
        "knots": [_knot_report(knot, folder / name) for knot, name in zip(found.knots, names, strict=True)],
        "betas": [fraction_text(end) for end in found.betas],
        "relative_gap": float_above(worst.relative),
        "at_beta": float(worst.beta),
        "above_tolerance": [[float_below(low), float_above(high)] for low, high in found.above_tolerance],
        "reach": {
            "betas": [fraction_text(found.knots[0].beta), fraction_text(found.knots[-1].beta)],
            "relative_gap": float_above(reach.relative),
            "at_beta": float(reach.beta),
        },
        "solves": found.solves,
        "earlier_knots": len(earlier),
        "complete": found.complete,
        "missing": None if found.complete else _further_apart(table.name, tolerance, found),
        "width": width or UNLIMITED,
        **training.named(),
        "loss": loss,
        "steps": sum(part.steps for knot in found.knots for part in knot.solution.solutions),
        "output": str(folder / CURVES),
        "figure": None if figure is None else str(figure),
        "seconds": round(perf_counter() - begin, 3),
    }


def _further_apart(name: str, tolerance: str, found: BetaPath) -> str:
    worst = found.largest_gap
    apart = f"{text_above(worst.relative, 3)} apart at beta {float(worst.beta):.6g}, above {tolerance}"
    where = ", ".join(f"{text_below(low, 4)} to {text_above(high, 4)}" for low, high in found.above_tolerance)
    return (
        f"{name}: the curves are {apart}{f' for beta inside {where}' if where else ''}; what was proven is kept, the "
        "same command with more --time or --steps goes on"
    )


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
        "relative_gap": fraction_text(largest_gap(found.lower_points, found.lines).relative),
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
    if folder.is_dir() and not holds_only_a_path(folder):
        raise InputError(f"{folder} holds other files; give --output a new folder, or one of an earlier path")
    written = folder if folder.exists() else folder.parent
    if not access(written, W_OK):
        raise InputError(f"{folder}: cannot be written: no permission in {written}")


def _certificate_of(knot: Knot, earlier: Sequence[EarlierKnot], folder: Path, parameters: Report, names: Names) -> str:
    """The name of the certificate of a knot: one of an earlier path that proves the same, or a new one."""
    for old in earlier:
        if old.knot is knot and old.exact:
            return old.file.name
    exact = fraction_text(knot.beta)
    name = next(name for copy in count(1) if not (folder / (name := certificate_name(exact, copy))).exists())
    found = certificate_json(knot.solution.solutions, SOFTWARE, {**parameters, "beta": exact}, names=names)
    write_certificate(folder / name, found)
    return name


def _knot_report(knot: Knot, certificate: Path) -> Report:
    return {
        "beta": float(knot.beta),
        "beta_exact": fraction_text(knot.beta),
        "lower": float_below(knot.solution.lower),
        "upper": float_above(knot.solution.upper),
        "certificate": str(certificate),
    }
