"""Options that commands share: SOURCE and how it is read, engines, limits, output.

`--limit` is a number of cells that may be listed: regions of the first layer, tuples of the second. `--steps` is a
number of steps of the solver's search.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from multilayer.io.tables import Table

F = TypeVar("F", bound=Callable[..., Any])

CELLS = 50_000_000
STEPS = 100_000_000
SEED = click.IntRange(0, 999_999_999)


class SourceCommand(click.Command):
    """A command that reads SOURCE; its help ends with the named families and the tables of the package."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the named families and the tables of the package."""
        from arrangements.families import family_list
        from multilayer.io.bundled import bundled_tables

        with formatter.section("Named families"):
            formatter.write_dl(family_list())
        with formatter.section("Tables of the package"):
            formatter.write_text(", ".join(bundled_tables()))


class FileName(click.Path):
    """The name of a file that is read or written: not empty, and not "-", which is for SOURCE alone."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        if value == "":
            self.fail("it is empty; give the path of a file", param, ctx)
        if value == "-":
            self.fail("- stands for standard input as SOURCE only; give the path of a file (./- is one)", param, ctx)
        return super().convert(value, param, ctx)


class Folder(type(Path())):  # type: ignore[misc]  # the class of paths here
    """The path of a folder, there already or not yet."""


class FileOrFolder(FileName):
    """The name of a file, or of a folder: one that is there, or a name with a slash behind it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, a `Folder` if it is one."""
        path = super().convert(value, param, ctx)
        return Folder(path) if str(value).endswith(("/", os.sep)) or path.is_dir() else path


class Size(click.ParamType):  # type: ignore[type-arg]
    """A number of bytes: digits, and K, M, G or T behind them for powers of 1024."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        text = str(value).strip().upper().removesuffix("B")
        number, power = (text[:-1], "KMGT".index(text[-1]) + 1) if text[-1:] in tuple("KMGT") else (text, 0)
        if not (number.isascii() and number.isdigit() and 0 < len(number) < 16 and int(number) > 0):
            self.fail(f"{value!r} is no size; give a number of bytes such as 500M or 4G", param, ctx)
        return int(int(number) * 1024**power)


FILE = FileName()
FILE_OR_FOLDER = FileOrFolder()
SIZE = Size()


class EngineName(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on
    """The name of an engine; which there are is asked of `arrangements` when it is needed."""

    name = "engine"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """The names, for the help."""
        return _engines().get_metavar(param, ctx)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name itself, if there is such an engine."""
        return str(_engines().convert(value, param, ctx))


def _engines() -> "click.Choice[str]":
    from arrangements.first_layer.engines import ENGINES

    return click.Choice(["auto", *ENGINES], case_sensitive=False)


def given(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Refuse text that is empty or a sign for a missing number, such as nan; or has such a part, after , or a colon."""
    from arrangements.exact.number_text import is_missing

    if any(is_missing(part.partition(":")[2] if ":" in part else part) for part in value.split(",")):
        raise click.BadParameter(f"{value!r} lacks a value; give one", ctx, param)
    return value


def finite(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Refuse a number that is not finite."""
    if value is not None and not isfinite(value):
        raise click.BadParameter(f"{value} is no finite number", ctx, param)
    return value


source = click.argument("source")
engine = click.option(
    "--engine",
    type=EngineName(),
    default="auto",
    show_default=True,
    help="How cells are listed: by lowest vertices or by extreme rays (compiled), by linear programs, or as fits.",
)
layer = click.option("--layer", type=click.Choice(["1", "2"]), default="1", show_default=True, help="H1 or H2.")
width = click.option("--width", type=int, default=2, show_default=True, help="First-layer neurons in one sub-network.")
any_width = click.option(
    "--width",
    required=True,
    callback=given,
    help='First-layer neurons in one sub-network; "unlimited" for any number.',
)
loss = click.option(
    "--loss",
    default="squared",
    callback=given,
    show_default=True,
    help="squared, huber (or huber:THRESHOLD), hinge or logistic; the last two for two classes.",
)
steps = click.option(
    "--steps",
    type=click.IntRange(min=1),
    default=STEPS,
    show_default=True,
    help="Most steps of a search; the bounds reached by then are kept (status 4).",
)
figure = click.option("--figure", type=FILE, help="Also draw: .svg, .png or .pdf (extra plot).")
target = click.option(
    "--target",
    metavar="COLUMN",
    multiple=True,
    help="Column that is a target: its name, or its number from 1; again for more outputs. Without it, a last column "
    "of text is the target, or else the only column of text; text is never data.",
)
weights = click.option(
    "--weights",
    metavar="COLUMN",
    help="Column of positive numbers by which the losses of the rows are multiplied: its name, or its number from 1. "
    "Without it every row counts once.",
)
drop = click.option(
    "--drop", metavar="COLUMN", multiple=True, help="Column to leave out: its name, or its number; again for more."
)
header = click.option(
    "--header/--no-header",
    default=None,
    help="Whether line 1 of a text is a header. Without either: if none of its cells is a number and one is a word, or "
    "if its numbers are names: 0, 1, 2, ... or 1, 2, 3, ... beside words that do not occur again below, or consecutive "
    "years. A note says how a line 1 that could be either was read.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")


def limit(default: int = CELLS) -> Callable[[F], F]:
    """Add the option --limit: the largest number of cells that may be listed."""
    return click.option(
        "--limit",
        type=click.IntRange(min=1),
        default=default,
        show_default=True,
        help="Most cells to list: regions, or tuples of layer 2 (status 4).",
    )


def seconds(text: str) -> Callable[[F], F]:
    """Add the option --time, as `seconds`; the text is its help."""
    return click.option(
        "--time",
        "seconds",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        callback=finite,
        help=text,
    )


def reading(command: F) -> F:
    """The options that say how to read SOURCE; the command gets them as `**how`, for `table_of`."""
    options = [
        target,
        drop,
        header,
        click.option("--bias", is_flag=True, help="Append a column of ones."),
        click.option("--affine", is_flag=True, help="The last column holds the offsets b of x.w = b."),
        click.option("--decimals", type=click.IntRange(0, 1000), help="Round every entry to that many decimals first."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def reading_option(how: Iterable[str]) -> str | None:
    """The first option of `reading` that was given, as it is written on the command line; None if none was.

    Args:
        how: the names of the options.
    """
    context = click.get_current_context()
    for name in how:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            return "--header/--no-header" if name == "header" else f"--{name}"
    return None


def check_files(
    sources: Iterable[str], outputs: Mapping[str, Path | None], inputs: Mapping[str, Path] = MappingProxyType({})
) -> None:
    """Refuse outputs that are an input, another output or standard output, before anything runs.

    Args:
        sources: what is read: tables, families, or standard input.
        outputs: what will be written, by the options that name it; None where an option is not given.
        inputs: what else is read, by the options or arguments that name it.

    Raises:
        InputError: with both names and the path.
    """
    from multilayer.io.bundled import is_named
    from multilayer.io.paths import check_distinct

    reads = {
        "standard input" if source == "-" else f"SOURCE {source}": Path("/dev/stdin" if source == "-" else source)
        for source in sources
        if not is_named(source)
    }
    check_distinct({**inputs, **reads}, {name: path for name, path in outputs.items() if path is not None})


def say_missing(report: Mapping[str, Any]) -> None:
    """Say on standard error what a report lacks, if it lacks anything, and why."""
    if report["missing"] is not None:
        with suppress(OSError):
            click.echo(f"multilayer: {report['missing']}", err=True)


def table_of(source: str, how: dict[str, Any], *, with_target: bool = False) -> "Table":
    """Read SOURCE, and say on standard error what the user should know about it.

    Args:
        source: a table, one of the package or a family.
        how: the options of `reading`.
        with_target: take the last column as the target where none is named and no column is text.
    """
    from arrangements.exact.numbers import rank_warning
    from multilayer.cli.messages import warn
    from multilayer.io.tables import read_source

    table = read_source(source, last_is_target=with_target, **how)
    for note in table.notes:
        warn(note)
    if table.x and (doubt := rank_warning(table.x)):
        warn(f"{table.name}: {doubt} (--decimals N)")
    return table
