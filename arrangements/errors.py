"""The project's exceptions: one base, one class for each way out of the command line."""


class ArrangementError(Exception):
    """Base of every error that this project raises on purpose."""


class InputError(ArrangementError, ValueError):
    """The input is unusable: the message names the value, its place and what to do (exit status 2)."""


class LimitError(ArrangementError):
    """A stated limit would be exceeded (exit status 4).

    Args:
        message: what is limited, and the limit.
        at_least: how much there is at least, where that is known.

    Attributes:
        at_least: as above, or None.

    Example:
        >>> LimitError("more than 5 regions", at_least=8).at_least
        8
    """

    def __init__(self, message: str, at_least: int | None = None) -> None:
        super().__init__(message)
        self.at_least = at_least


def what_it_is(value: object) -> str:
    """Say of a value what it is, for the message that refuses it.

    Args:
        value: what was given in place of something else.

    Example:
        >>> what_it_is([1, 2]), what_it_is(3)
        ('[1, 2] is a list', '3 is an int')
    """
    text, kind = repr(value), type(value).__name__
    short = text if len(text) <= 40 else f"{text[:36]}..."
    return f"{short} is {'an' if kind[0] in 'AEIOUaeiou' else 'a'} {kind}"
