"""The group of all commands, and the exit status of every error.

Exit status: 0 done; 1 a check behind a verdict failed; 2 bad input or usage; 3 certificate rejected; 4 a stated limit;
130 interrupted. What is not 0 comes with one line on standard error.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from multilayer import __version__

COMMANDS = (
    "demo",
    "count",
    "enumerate",
    "bounds",
    "invariants",
    "solve",
    "predict",
    "verify",
    "claims",
    "growth",
    "depth",
)


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for: `command` of the module with its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"multilayer.cli.{cmd_name}").command
        return found


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="multilayer")
def multilayer() -> None:
    """Exact enumeration of multilayer hyperplane arrangements, and certified optima of three-layer ReLU networks.

    SOURCE is a table (.csv, .tsv, .txt, also with .gz behind it; .npy, .npz, .parquet), - for standard input, or a
    named family such as braid:4; "multilayer count --help" lists the families.
    """


def main() -> None:
    """Run the command line and leave with its exit status."""
    try:
        with long_integers():
            code = multilayer.main(standalone_mode=False)
    except click.ClickException as error:
        _fail(" ".join(error.format_message().split()), 2)
    except click.Abort:
        _fail("interrupted", 130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        status = _status(error)
        if status is None:
            raise
        _fail(str(error), status)
    sys.exit(code if isinstance(code, int) else 0)


@contextmanager
def long_integers() -> Iterator[None]:
    """Let integers of any length be written as decimals: exact bounds may have thousands of digits.

    Example:
        >>> with long_integers():
        ...     len(str(10**5000))
        5001
    """
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)


def _status(error: Exception) -> int | None:
    """The exit status of an error that the project raises on purpose, None for any other."""
    from arrangements.errors import ArrangementError, InputError, LimitError

    known = ((LimitError, 4), (InputError, 2), (ArrangementError, 1))
    return next((status for kind, status in known if isinstance(error, kind)), None)


def _fail(message: str, status: int) -> None:
    click.echo(f"multilayer: {message}", err=True)
    sys.exit(status)
