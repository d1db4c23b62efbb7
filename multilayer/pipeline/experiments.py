"""The commands growth and depth: what was measured beside what is proven, as tables, JSON and figures."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib.resources import as_file, files
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from arrangements.errors import InputError
from convex.problem.losses import read_loss
from convex.solving.depth_gain import DepthRow, depth_table
from multilayer import figures
from multilayer.io.printing import readable
from multilayer.io.tables import Source
from multilayer.pipeline.optimum import UNLIMITED, fraction_text, problems_of
from theory import exact_order, fitted_exponents, last_half, measure_growth, proven_exponents
from theory.growth_measurements import COUNTS

Report = dict[str, Any]
_MOST_SIZES = 1_000
_COLUMNS = {  # of the printed table
    "n": "rows",
    "regions": "regions",
    "tuples": "tuples",
    "pairs": "pairs",
    "joint bound": "joint_unordered",
    "masks": "masks",
    "2^n": "two_to_n",
    "(14)": "eq14_product",
}
_LARGE = 10**15  # from here on six digits tell enough


def read_rows(text: str) -> list[int]:
    """The numbers of rows that `4:12`, `4:40:4` (first, last, step) or `4,6,8` stand for.

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


def growth(rank: int, width: int, rows: str, seed: int, limit: int, figure: Path | None) -> Report:
    """Measure, draw if asked, and report with the keys of the command line.

    Raises:
        InputError: sizes that cannot be, or a figure that cannot be written; before anything is counted.
        LimitError: too many tuples; before anything is counted.
    """
    start = perf_counter()
    sizes = read_rows(rows)
    if figure is not None:
        figures.check_figure(figure)
    found = measure_growth(rank, width, sizes, seed=seed, limit=limit)
    several = len(found) > 1
    report: Report = {
        "rank": rank,
        "width": width,
        "seed": seed,
        "tables": [asdict(each) for each in found],
        "fitted": fitted_exponents(found) if several else None,
        "fitted_last_half": fitted_exponents(last_half(found)) if several else None,
        "proven": proven_exponents(rank, width),
        "figure": None,
    }
    if figure is not None:
        figures.save(figure, figures.growth_figure(found, rank, width, seed))
        report["figure"] = str(figure)
    return {**report, "seconds": round(perf_counter() - start, 3)}


def print_growth(report: Report) -> None:
    """The counts beside the bounds, and below them the fitted exponents beside the proven ones."""
    click.echo(f"random:n,{report['rank']},{report['seed']}, width {report['width']}")
    _print_table(list(_COLUMNS), [[_short(row[name]) for name in _COLUMNS.values()] for row in report["tables"]])
    click.echo()
    lines = []
    for name in COUNTS:
        fits = [f"{report[key][name]:.3f}" if report[key] else "-" for key in ("fitted", "fitted_last_half")]
        lines.append([name, *fits, f"{'=' if exact_order(name) else '<='} {report['proven'][name]}"])
    _print_table(["exponent of n", "fitted", "last half", "proven"], lines)
    _print_end(report)


def _short(value: int) -> str:
    return (
        readable(value) if value < _LARGE else f"{value:.3e}" if value < 10**300 else f"about 1e{len(str(value)) - 1}"
    )


@contextmanager
def located(source: str) -> Iterator[str]:
    """The path of a bundled table by its name (xor, galileo, teacher, ...), any other source as it is.

    Example:
        >>> with located("xor") as path:
        ...     Path(path).name
        'xor.csv'
    """
    bundled = files("multilayer") / "data" / f"{source}.csv"
    if not re.fullmatch(r"[a-z-]*[a-z]", source) or Path(source).exists() or not bundled.is_file():
        yield source
        return
    with as_file(bundled) as path:
        yield str(path)


def read_widths(text: str) -> list[int | None]:
    """The widths that `1,2,unlimited` stands for.

    Raises:
        InputError: another word, or a number below 1.

    Example:
        >>> read_widths("1,2,unlimited")
        [1, 2, None]
    """
    widths: list[int | None] = []
    for part in text.split(","):
        if part != UNLIMITED and not re.fullmatch(r"0*[1-9]\d{0,8}", part):
            raise InputError(f"--widths is {text}; {part!r} is neither an integer of at least 1 nor {UNLIMITED}")
        widths.append(None if part == UNLIMITED else int(part))
    return widths


def depth(
    sources: Sequence[Source],
    betas: str,
    widths: str,
    loss: str,
    limit: int,
    figure: Path | None,
    note: Callable[[str], None] = lambda text: None,
) -> Report:
    """Solve every table for every beta and width, draw if asked, and report with the keys of the command line.

    Raises:
        InputError: a table, an option or a figure that cannot be used; before anything is solved.
        LimitError: more regions than one program can hold.
    """
    start = perf_counter()
    wanted, chosen = read_widths(widths), read_loss(loss)
    weights = [beta.strip() for beta in betas.split(",")]
    for source in sources:
        for beta in weights:
            problems_of(source, beta, chosen)
    if figure is not None:
        figures.check_figure(figure)
    tables = []
    for source in sources:
        note(source.name)
        rows = depth_table(problems_of(source, weights[0], chosen)[0], weights, wanted, limit=limit, progress=note)
        tables.append((source, rows))
    if figure is not None:
        figures.save(figure, figures.depth_figure([(source.name, rows) for source, rows in tables]))
    return {
        "tables": [_depth_report(source, loss, weights, rows) for source, rows in tables],
        "figure": None if figure is None else str(figure),
        "limited": any(row.limited for _, rows in tables for row in rows),
        "seconds": round(perf_counter() - start, 3),
    }


def _depth_report(source: Source, loss: str, betas: Sequence[str], rows: Sequence[DepthRow]) -> Report:
    return {
        "source": source.name,
        "rows": len(source.x),
        "columns": source.columns,
        "target": [target.name for target in source.targets],
        "loss": loss,
        "optima": [
            {
                "beta": beta,
                "two_layer": _interval(*row.two_layer),
                "widths": [
                    {
                        "width": UNLIMITED if entry.width is None else entry.width,
                        **_interval(entry.lower, entry.upper),
                        "saving": [float(end) for end in entry.saving],
                        "helps": entry.helps,
                    }
                    for entry in row.widths
                ],
                "limited": row.limited,
            }
            for beta, row in zip(betas, rows, strict=True)
        ],
    }


def _interval(lower: Any, upper: Any) -> Report:
    exact = {"lower_exact": fraction_text(lower), "upper_exact": fraction_text(upper)}
    return {"lower": float(lower), "upper": float(upper), **exact}


def print_depth(report: Report) -> None:
    """For each table and beta the two-layer optimum, and for each width the optimum and the saving in percent."""
    for table in report["tables"]:
        target, loss = ", ".join(table["target"]), table["loss"]
        click.echo(f"{table['source']}: {table['rows']} rows of {table['columns']}, target {target}, {loss} loss")
        deep = [entry["width"] for entry in table["optima"][0]["widths"] if entry["width"] != 1]
        headings = ["beta", "two layers"]
        for width in deep:
            headings += [width if width == UNLIMITED else f"width {width}", "saving, %"]
        lines = []
        for row in table["optima"]:
            line = [row["beta"], _digits(row["two_layer"]["lower"], row["two_layer"]["upper"])]
            for entry in row["widths"]:
                if entry["width"] != 1:
                    line += [_digits(entry["lower"], entry["upper"]), _percent(entry["saving"], entry["helps"])]
            lines.append(line)
        _print_table(headings, lines)
        click.echo()
    click.echo("yes: proven that depth helps; no: proven that it saves at most 0.0001 %; ?: neither is proven")
    _print_end(report)


def _digits(lower: float, upper: float) -> str:
    """The digits, eight at most, to which both bounds round; both where they do not share three."""
    for digits in range(8, 2, -1):
        if f"{lower:.{digits}g}" == f"{upper:.{digits}g}":
            return f"{lower:.{digits}g}"
    return f"{lower:.4g}..{upper:.4g}"


def _percent(saving: Sequence[float], helps: bool | None) -> str:
    ends = [f"{100 * end:.2f}" for end in saving]
    verdict = {True: "yes", False: "no ", None: "?  "}[helps]
    return f"{ends[0] if ends[0] == ends[1] else '..'.join(ends)} {verdict}"


def _print_table(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    spread = [max(map(len, column)) for column in zip(headings, *lines, strict=True)]
    for line in (headings, *lines):
        click.echo("  ".join(cell.rjust(size) for cell, size in zip(line, spread, strict=True)).rstrip())


def _print_end(report: Report) -> None:
    if report["figure"]:
        click.echo(f"figure: {report['figure']}")
    click.echo(f"{report['seconds']:.1f} s")
