"""The project's exceptions: one base, one class for each way out of the command line.

*Places in messages.* Lines, rows, columns and entries of what was read are counted from 1, on the command line and in
Python alike: "row 2, column 3". What the caller gave as an argument is repeated as it was given: row numbers of Python
functions (`restriction(0)`, the groups of pooling) count from 0, so their messages say "row 0" and that rows are
counted from 0. A place inside a JSON file is written as a path of it: `input.targets[0]`.
"""

_BITS = 4000  # from which on an integer is described, not written


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


def shown(value: object) -> str:
    """Write a value in few letters for a message, whatever it is.

    Args:
        value: what was given, perhaps in place of something else.

    Example:
        >>> shown("two"), shown(list(range(100))), shown(10**5000)
        ("'two'", '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1...', 'an int of 16610 bits')
    """
    if isinstance(value, int) and value.bit_length() > _BITS:
        return f"{with_article(type(value).__name__)} of {value.bit_length()} bits"
    try:
        text = repr(value)
    except (RecursionError, ValueError):  # lists nested too deeply, integers inside of more digits than Python prints
        return f"{with_article(type(value).__name__)} too long to write"
    except Exception:  # a foreign class, whose repr is at fault
        return f"{with_article(type(value).__name__)} that cannot be shown"
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:36]}..."


def what_it_is(value: object) -> str:
    """Describe the kind of a value in words, for the message that refuses it.

    Args:
        value: what was given in place of something else.

    Example:
        >>> what_it_is([1, 2]), what_it_is(3)
        ('[1, 2] is a list', '3 is an int')
    """
    return f"{shown(value)} is {with_article(type(value).__name__)}"


def with_article(kind: str) -> str:
    """Put "a" or "an" before the name of a class.

    Example:
        >>> with_article("Arrangement"), with_article("list")
        ('an Arrangement', 'a list')
    """
    return f"{'an' if kind[0] in 'AEIOUaeiou' else 'a'} {kind}"
