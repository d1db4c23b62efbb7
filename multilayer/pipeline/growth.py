"""The command growth: counts over the rows beside bounds, and fitted exponents beside the proven ones."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from arrangements.errors import InputError
from multilayer.large_integers import without_longest
from multilayer.pipeline.parts import finished_parts
from theory import fitted_exponents, last_half, proven_exponents
from theory.growth_measurements import iter_growth

Report = dict[str, Any]
_MOST_SIZES = 1_000


def read_rows(text: str) -> list[int]:
    """Read numbers of rows from `4:12`, `4:40:4` (first, last, step) or `4,6,8`.

    Raises:
        InputError: another form, no number, or too many.

    Example:
        >>> read_rows("4:10:3"), read_rows("8,4")
        ([4, 7, 10], [8, 4])
    """
    if re.fullmatch(r"\d{1,9}(,\d{1,9})*", text):
        found: Sequence[int] = [int(part) for part in text.split(",")]
    elif re.fullmatch(r"\d{1,9}:\d{1,9}(:0*[1-9]\d{0,8})?", text):
        first, last, *step = map(int, text.split(":"))
        found = range(first, last + 1, *step)
    else:
        raise InputError(f"--rows is {text}; write first:last, first:last:step, or numbers such as 4,6,8")
    if not 0 < len(found) <= _MOST_SIZES:
        raise InputError(f"--rows {text} are {len(found)} numbers; give at least 1, and at most {_MOST_SIZES}")
    return list(found)


def growth_report(
    rank: int, width: int, sizes: Sequence[int], *, seed: int, limit: int, figure: Path | None = None
) -> Report:
    """Measure, draw if asked, and report with the keys of the command line.

    Args:
        rank: of the tables.
        width: neurons in one sub-network.
        sizes: numbers of rows.
        seed: of the tables.
        limit: most tuples of one table.
        figure: file to draw to.

    Raises:
        InputError: sizes that cannot be, or a figure that cannot be written; before anything is counted.
        LimitError: too many tuples of the smallest table.
        Terminated: a signal came before anything was counted. Later on neither loses what is counted: the report holds
            it, and says what is missing.
    """
    start = perf_counter()
    if figure is not None:
        from multilayer.figures.drawing import check_figure, save
        from multilayer.figures.growth import growth_figure

        check_figure(figure)
    found, ended = finished_parts(iter_growth(rank, width, sizes, seed=seed, limit=limit))
    left = sorted(set(sizes))[len(found) :]
    several = len(found) > 1
    report: Report = {
        "rank": rank,
        "width": width,
        "seed": seed,
        "tables": [without_longest(asdict(each)) for each in found],
        "fitted": fitted_exponents(found) if several else None,
        "fitted_last_half": fitted_exponents(last_half(found)) if several else None,
        "proven": proven_exponents(rank, width),
        "figure": None,
        "complete": ended is None,
        "missing": f"{ended}; missing: rows {_briefly(left)}" if left else None,
    }
    if figure is not None:
        save(figure, growth_figure(found, rank, width, seed))
        report["figure"] = str(figure)
    return {**report, "seconds": round(perf_counter() - start, 3)}


def _briefly(sizes: Sequence[int]) -> str:
    """Write numbers of rows, of many the first and the last.

    Example:
        >>> _briefly([4, 6]), _briefly([4, 6, 8, 10])
        ('4, 6', '4 to 10 (4 sizes)')
    """
    return ", ".join(map(str, sizes)) if len(sizes) < 4 else f"{sizes[0]} to {sizes[-1]} ({len(sizes)} sizes)"
