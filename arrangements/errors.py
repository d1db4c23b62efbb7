"""The project's exceptions: one base, one class for each way out of the command line.

*Places in messages.* Lines, rows, columns and entries of what was read are counted from 1, on the command line and in
Python alike: "row 2, column 3". What the caller gave as an argument is repeated as it was given: row numbers of Python
functions (`restriction(0)`, the groups of pooling) count from 0, so their messages say "row 0" and that rows are
counted from 0. A place inside a JSON file is written as a path of it: `input.targets[0]`.
"""


class ArrangementError(Exception):
    """Base of every error that this project raises on purpose."""


class InputError(ArrangementError, ValueError):
    """The input is unusable: the message names the value, its place and what to do (exit status 2)."""


class LimitError(ArrangementError):
    """A stated limit would be exceeded (exit status 4)."""


def what_it_is(value: object) -> str:
    """Describe the kind of a value in words, for the message that refuses it.

    Args:
        value: what was given in place of something else.

    Example:
        >>> what_it_is([1, 2]), what_it_is(3)
        ('[1, 2] is a list', '3 is an int')
    """
    text, kind = repr(value), type(value).__name__
    short = text if len(text) <= 40 else f"{text[:36]}..."
    return f"{short} is {'an' if kind[0] in 'AEIOUaeiou' else 'a'} {kind}"
