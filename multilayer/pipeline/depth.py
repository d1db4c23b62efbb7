"""The command depth: certified optima over beta and width, and what depth saves."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.directed_rounding import float_above, float_below
from convex.problem.losses import read_loss
from convex.problem.regions import first_layer_of
from convex.solving.depth_gain import DepthRow, depth_table
from multilayer.io.tables import Table
from multilayer.pipeline.learning.training import UNLIMITED, fraction_text, training_of
from multilayer.pipeline.limits import silent
from multilayer.pipeline.parts import finished_parts

Report = dict[str, Any]


def read_widths(text: str) -> list[int | None]:
    """Read widths from text such as `1,2,unlimited`, in small or capital letters.

    Raises:
        InputError: another word, or a number below 1.

    Example:
        >>> read_widths("1,2,unlimited")
        [1, 2, None]
    """
    widths: list[int | None] = []
    for part in text.lower().split(","):
        if part != UNLIMITED and not re.fullmatch(r"0*[1-9]\d{0,8}", part):
            raise InputError(f"--widths is {text}; {part!r} is neither an integer of at least 1 nor {UNLIMITED}")
        widths.append(None if part == UNLIMITED else int(part))
    return widths


def depth_report(
    tables: Sequence[Table],
    betas: str,
    widths: str,
    loss: str,
    *,
    steps: int,
    figure: Path | None = None,
    note: Callable[[str], None] = silent,
) -> Report:
    """Solve every table for every beta and width, draw if asked, and report with the keys of the command line.

    Args:
        tables: with targets.
        betas: weights of the penalty, such as "1,0.1".
        widths: neurons in one sub-network, such as "1,2,unlimited".
        loss: name of the loss.
        steps: most steps of each search.
        figure: file to draw to.
        note: told what is going on.

    Raises:
        InputError: a table, an option or a figure that cannot be used; before anything is solved.
        LimitError: more regions of the first table than one program can hold.
        Terminated: a signal came before anything was solved. Later on neither loses what is solved: the report holds
            it, and says what is missing.
    """
    start = perf_counter()
    loss = loss.lower()
    wanted, chosen = read_widths(widths), read_loss(loss)
    weights = [beta.strip() for beta in betas.split(",")]
    trainings = [training_of(table, weights[0], chosen) for table in tables]
    for beta in weights[1:]:
        trainings[0].problems[0].with_beta(beta)  # refused before anything is solved
    if figure is not None:
        from multilayer.figures.depth import depth_figure
        from multilayer.figures.drawing import check_figure, save

        check_figure(figure)

    def parts() -> Iterator[DepthRow]:
        for table, training in zip(tables, trainings, strict=True):
            note(table.name)
            layer = first_layer_of(training.problems[0])
            for beta in weights:
                yield from depth_table(training.problems, [beta], wanted, limit=steps, progress=note, layer=layer)

    solved, ended = finished_parts(parts())
    size = len(weights)
    found = [(table, solved[k * size : (k + 1) * size]) for k, table in enumerate(tables)]
    if figure is not None:
        save(figure, depth_figure([(table.name, rows) for table, rows in found if rows]))
    left = [f"{table.name} at beta {', '.join(weights[len(rows) :])}" for table, rows in found if len(rows) < size]
    return {
        "tables": [_table_report(table, loss, weights, rows) for table, rows in found if rows],
        "figure": None if figure is None else str(figure),
        "limited": any(row.limited for row in solved),
        "complete": ended is None,
        "missing": f"{ended}; missing: {'; '.join(left)}" if left else None,
        "seconds": round(perf_counter() - start, 3),
    }


def _table_report(table: Table, loss: str, betas: Sequence[str], rows: Sequence[DepthRow]) -> Report:
    return {
        "source": table.name,
        "rows": len(table.x),
        "columns": len(table.x[0]),
        "target": [target.name for target in table.targets],
        **({} if table.weights is None else {"weights": table.weights.name}),
        "loss": loss,
        "optima": [
            {
                "beta": beta,
                "two_layer": _interval(*row.two_layer),
                "widths": [
                    {
                        "width": UNLIMITED if entry.width is None else entry.width,
                        **_interval(entry.lower, entry.upper),
                        "saving": [float_below(entry.saving[0]), float_above(entry.saving[1])],
                        "helps": entry.helps,
                    }
                    for entry in row.widths
                ],
                "limited": row.limited,
            }
            for beta, row in zip(betas, rows, strict=False)  # what is missing is at the end
        ],
    }


def _interval(lower: Any, upper: Any) -> Report:
    exact = {"lower_exact": fraction_text(lower), "upper_exact": fraction_text(upper)}
    return {"lower": float_below(lower), "upper": float_above(upper), **exact}
