"""Classes as targets: -1 and 1, one output for two classes and one output a class for more."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from arrangements.errors import InputError
from arrangements.exact.numbers import Vector


@dataclass(frozen=True)
class Coding:
    """A coding of class labels as targets -1 and 1.

    Attributes:
        classes: the labels in order; with two, the first is -1 and the second 1, with more, output k is 1 for class k
            and -1 for the others.
        columns: the targets, one column for each output.
    """

    classes: tuple[str, ...]
    columns: tuple[Vector, ...]

    @property
    def description(self) -> dict[str, int | str]:
        """The numbers that stand for each class, as reports show them."""
        if len(self.classes) == 2:
            return {self.classes[0]: -1, self.classes[1]: 1}
        return {label: f"1 at output {k}, -1 at the others" for k, label in enumerate(self.classes, start=1)}


def coded(labels: Sequence[object]) -> Coding:
    """Code class labels, in the order of numbers where all are numbers and of text otherwise.

    Raises:
        InputError: there is only one class.

    Example:
        >>> coded(["b", "a", "b"]).columns
        ((Fraction(1, 1), Fraction(-1, 1), Fraction(1, 1)),)
        >>> len(coded([3, 1, 2]).columns)
        3
    """
    numbers = all(isinstance(label, int | Fraction) for label in labels)
    classes = sorted(set(labels), key=None if numbers else str)  # type: ignore[type-var, arg-type]
    if len(classes) < 2:
        raise InputError(f"every row has the class {classes[0] if classes else None!s}; there is nothing to tell apart")
    own = classes[1:] if len(classes) == 2 else classes
    columns = tuple(tuple(Fraction(1 if label == c else -1) for label in labels) for c in own)
    return Coding(tuple(map(str, classes)), columns)
