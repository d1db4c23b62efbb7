"""The group of all commands, and what becomes of errors and signals.

Exit status: 0 done; 1 a check behind a verdict failed; 2 bad input or usage, or a place that cannot be written; 3
certificate rejected; 4 a stated limit; 129, 130, 143 ended by SIGHUP, SIGINT, SIGTERM. What is not 0 comes with one
line on standard error. Where standard output is a pipe that nobody reads any more the status is 141, without a word, as
it is for programs that SIGPIPE ends.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

import click

from multilayer import __version__
from multilayer.cli.progress import REPORTER
from multilayer.io.signals import Terminated, signals_as_exceptions

COMMANDS = (
    "demo",
    "count",
    "enumerate",
    "bounds",
    "invariants",
    "symmetry",
    "statistics",
    "solve",
    "path",
    "predict",
    "complex",
    "verify",
    "claims",
    "growth",
    "depth",
    "reproduce",
    "explore",
    "report",
)
CLOSED_PIPE = 141


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for: `command` of the module with its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"multilayer.cli.commands.{cmd_name}").command
        return found


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "token_normalize_func": str.lower},
)
@click.version_option(__version__, prog_name="multilayer")
@click.pass_context
def multilayer(ctx: click.Context) -> None:
    """Exact enumeration of multilayer hyperplane arrangements, and certified optima of three-layer ReLU networks.

    SOURCE is a table (.csv, .tsv, .txt, also with .gz behind it; .npy, .npz, .parquet), - for standard input, a table
    of the package such as galileo, or a named family such as braid:4; "multilayer count --help" lists both.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run the command line and leave with its exit status."""
    try:
        with signals_as_exceptions(), long_integers(), REPORTER.reporting():
            code = _run()
    except click.ClickException as error:
        _leave(2, " ".join(error.format_message().split()))
    except Terminated as signal:
        _leave(signal.status, f"ended by {signal}")
    except (click.Abort, KeyboardInterrupt):
        _leave(130, "interrupted")
    except BrokenPipeError:
        _leave(CLOSED_PIPE)
    except OSError as error:
        _leave(2, f"{error.filename or 'standard output'}: {error.strerror or error}")
    except MemoryError:
        _leave(4, "there is not enough memory for this")
    except Exception as error:
        status = _status(error)
        if status is None:
            raise
        _leave(status, str(error))
    _leave(code if isinstance(code, int) else 0)


def _run() -> object:
    """Run the command, and write out all that it has said.

    Raises:
        BrokenPipeError: nobody reads it; click makes a SystemExit of that, and replaces standard output.
    """
    stdout = sys.stdout
    try:
        code = multilayer.main(standalone_mode=False)
    except SystemExit as left:
        if sys.stdout is not stdout:
            raise BrokenPipeError from left
        raise
    if sys.stdout is not None:  # it is None where it was closed from the beginning
        sys.stdout.flush()
    return code


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


def _leave(status: Any, message: str | None = None) -> None:
    """End the process; what cannot be written to a full device or a closed pipe is not tried again."""
    if message is not None:
        with suppress(OSError):
            click.echo(f"multilayer: {' '.join(message.splitlines())}", err=True)  # names of files may have several
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            with suppress(OSError, ValueError, AttributeError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(status)
