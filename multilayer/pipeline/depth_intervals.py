"""The command depth over an interval of beta: where three layers are proven to beat two."""

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.directed_rounding import float_above, float_below
from convex.paths.beta_path import read_interval, solve_path
from convex.paths.depth_intervals import DepthIntervals, depth_intervals
from convex.problem.losses import read_loss
from convex.problem.regions import first_layer_of
from multilayer.io.tables import Table
from multilayer.pipeline.depth import read_widths
from multilayer.pipeline.learning.beta_path import split_interval
from multilayer.pipeline.learning.training import UNLIMITED, Training, fraction_text, training_of
from multilayer.pipeline.limits import silent
from multilayer.pipeline.parts import finished_parts

Report = dict[str, Any]


def depth_intervals_report(
    tables: Sequence[Table],
    betas: str,
    widths: str,
    loss: str,
    tolerance: str,
    *,
    steps: int,
    note: Callable[[str], None] = silent,
) -> Report:
    """Prove the curves of width 1 and of every other width for every table, and compare them.

    Args:
        tables: with targets.
        betas: the interval, LO:HI.
        widths: neurons in one sub-network, such as "2,unlimited".
        loss: name of the loss.
        tolerance: largest relative gap between the curves of a width.
        steps: most steps of each search.
        note: told what is going on.

    Raises:
        InputError: a table or an option that cannot be used; before anything is solved.
        LimitError: more regions of the first table than one program can hold.
        Terminated: a signal came before anything was solved. Later on the report holds what is finished.
    """
    start = perf_counter()
    ends = split_interval(betas)
    low, high = read_interval(ends)
    if low == high:
        raise InputError(f"--betas is {betas}: the two ends are one beta; give --betas {ends[0]}, or an interval")
    asked = [width for width in read_widths(widths) if width != 1]
    if not asked:
        raise InputError(f"--widths is {widths}; over an interval of beta give a width other than 1, or unlimited")
    trainings = [training_of(table, ends[1], read_loss(loss.lower())) for table in tables]

    def parts() -> Iterator[Report]:
        for training in trainings:
            note(training.source)
            yield _table_report(training, ends, asked, tolerance, steps, note)

    solved, ended = finished_parts(parts())
    left = [table.name for table in tables[len(solved) :]]
    limited = [table["source"] for table in solved if not table["complete"]]
    missing = [f"{ended}; missing: {', '.join(left)}"] if left else []
    if limited:
        apart = f"curves further apart than {tolerance}; what is said is proven all the same; raise --steps to go on"
        missing.append(f"{', '.join(limited)}: {apart}")
    return {
        "tables": solved,
        "complete": ended is None,
        "limited": bool(limited),
        "missing": "; ".join(missing) or None,
        "figure": None,
        "seconds": round(perf_counter() - start, 3),
    }


def _table_report(
    training: Training,
    ends: tuple[str, str],
    widths: Sequence[int | None],
    tolerance: str,
    steps: int,
    note: Callable[[str], None],
) -> Report:
    layer = first_layer_of(training.problems[0])
    one, *deep = (
        solve_path(training.problems, width, ends, tolerance=tolerance, limit=steps, progress=note, layer=layer)
        for width in (1, *widths)
    )
    return {
        "source": training.source,
        **training.named(),
        "loss": training.problems[0].loss.name,
        "betas": [fraction_text(knot.beta) for knot in (one.knots[0], one.knots[-1])],
        "widths": [
            {
                "width": UNLIMITED if width is None else width,
                **_intervals(depth_intervals(one, path)),
                "knots": len(one.knots) + len(path.knots),
                "relative_gap": float_above(max(each.largest_gap.relative for each in (one, path))),
            }
            for width, path in zip(widths, deep, strict=True)
        ],
        "complete": all(path.complete for path in (one, *deep)),
    }


def _intervals(found: DepthIntervals) -> Report:
    """The ends as floats: inwards where something is proven, outwards where nothing is, so that no beta is left out."""
    inwards = {
        name: [ends for low, high in intervals if (ends := [float_above(low), float_below(high)])[0] <= ends[1]]
        for name, intervals in (("helps", found.helps), ("saves_little", found.saves_little))
    }
    outwards = [[float_below(low), float_above(high)] for low, high in found.open]
    return {**inwards, "open": outwards, "share": float_above(found.share)}
