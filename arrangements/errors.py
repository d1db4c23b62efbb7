"""The project's exceptions: one base, one class for each way out of the command line."""


class ArrangementError(Exception):
    """Base of every error that this project raises on purpose."""


class InputError(ArrangementError, ValueError):
    """The input is unusable: the message names the value, its place and what to do (exit status 2)."""


class LimitError(ArrangementError):
    """A stated limit would be exceeded (exit status 4)."""
