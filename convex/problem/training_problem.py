"""The training problem with exact data: rows, targets, weights of the rows, the weight of the penalty, and the loss.

X     data, n rows x_i of d rational numbers
y     n rational targets
w     n rational and positive weights of the rows, all 1 unless others are given
beta  weight of the penalty, rational and positive
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from arrangements.arguments import check_kind
from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, shown
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.linear_algebra import Row
from arrangements.exact.numbers import (
    Matrix,
    Vector,
    column_names,
    exact_matrix,
    exact_number,
    exact_vector,
    series_name,
)
from convex.problem.losses import SQUARED, Loss, read_loss
from convex.problem.total_loss import TotalLoss


@dataclass(frozen=True)
class Problem:
    """A loss with weight decay: sum_i w_i l(f(x_i), y_i) + beta/2 sum_k (||w_2k||^2 + w_3k^2), ||W_1k||_F <= 1.

    This is (4) of Ergen and Pilanci (2021), where all w_i are 1; with the squared loss 1/2 ||f(X) - y||^2 unless
    another is named. Two problems are equal if their numbers are, whatever the names.

    Attributes:
        x: n rows of d numbers.
        y: n targets.
        beta: weight of the penalty.
        loss: the loss.
        weights: n positive numbers, or None if all are 1.
        columns: names of the columns of x, where the table had names.
        target: name of the targets, where they had one.

    Example:
        >>> Problem.read([[1, 2], [2, -1]], ["0.5", -1], "0.1").beta
        Fraction(1, 10)
    """

    x: Matrix
    y: Vector
    beta: Fraction
    loss: Loss = SQUARED
    weights: Vector | None = None
    columns: tuple[str, ...] | None = field(default=None, compare=False)
    target: str | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not (isinstance(self.x, tuple) and isinstance(self.y, tuple) and isinstance(self.beta, Fraction)):
            raise InputError("a Problem holds tuples of fractions; read it with Problem.read(table, targets, beta)")
        for row in (*self.x, self.y, () if self.weights is None else self.weights):
            if not isinstance(row, tuple) or not all(isinstance(value, Fraction) for value in row):
                raise InputError(
                    f"{shown(row)} is no tuple of fractions; read a Problem with Problem.read(table, targets, beta)"
                )

        if self.weights is not None:
            read_weights(self.weights, len(self.x))

    @classmethod
    def read(
        cls,
        table: Iterable[Iterable[object]],
        targets: Iterable[object],
        beta: object,
        loss: Loss | str = SQUARED,
        *,
        weights: Iterable[object] | None = None,
    ) -> "Problem":
        """Read a problem exactly.

        Args:
            table: n rows of d numbers; the names of the columns of a pandas DataFrame are kept.
            targets: n numbers in the order of the rows; the name of a pandas Series is kept, its index is ignored.
            beta: a positive number; text such as "0.1" is the decimal that it spells, the float 0.1 is not.
            loss: the loss, or its name as `read_loss` takes it; hinge and logistic need targets -1 and 1.
            weights: n positive numbers in the order of the rows; None if all are 1, and read as None if they are.

        Raises:
            InputError: entries that are no finite numbers, lengths that differ, beta <= 0, a weight <= 0, only zero
                rows, or targets that the loss does not take.

        Example:
            >>> Problem.read([["0.1", "1/3"]], ["2e-3"], "0.05").x
            ((Fraction(1, 10), Fraction(1, 3)),)
            >>> Problem.read([[1], [-1]], [1, 1], "0.5", weights=["0.1", 2]).weights
            (Fraction(1, 10), Fraction(2, 1))
        """
        x = exact_matrix(table)
        loss = loss if isinstance(loss, Loss) else read_loss(loss)
        y, weight, w = _targets(targets, len(x), loss), _weight(beta), read_weights(weights, len(x))
        if not any(map(any, x)):
            raise InputError("every row of the data is zero: a network without biases can only answer 0 there")
        return cls(x, y, weight, loss, w, column_names(table), series_name(targets))

    def with_targets(self, targets: Iterable[object]) -> "Problem":
        """Replace the targets; both problems share the arrangement of their rows.

        Args:
            targets: n numbers, as for `read`; their name replaces the one before.

        Raises:
            InputError: entries that are no finite numbers, another length, or targets that the loss does not take.

        Example:
            >>> problem = Problem.read([[1], [-1]], [1, 1], "0.5")
            >>> other = problem.with_targets([0, "1/3"])
            >>> other.y, other.arrangement is problem.arrangement
            ((Fraction(0, 1), Fraction(1, 3)), True)
        """
        return self._sharing(replace(self, y=_targets(targets, len(self.x), self.loss), target=series_name(targets)))

    def with_beta(self, beta: object) -> "Problem":
        """Replace the weight of the penalty; both problems share the arrangement of their rows.

        Args:
            beta: a positive number, as for `read`.

        Raises:
            InputError: it is no finite number above 0.

        Example:
            >>> Problem.read([[1], [-1]], [1, 1], "0.5").with_beta("0.1").beta
            Fraction(1, 10)
        """
        return self._sharing(replace(self, beta=_weight(beta)))

    def _sharing(self, other: "Problem") -> "Problem":
        vars(other).update(arrangement=self.arrangement, integers=self.integers)  # what cached properties would compute
        return other

    @cached_property
    def arrangement(self) -> Arrangement:
        """The hyperplanes x_i.w = 0."""
        return Arrangement.from_table(self.x)

    @cached_property
    def total_loss(self) -> TotalLoss:
        """The loss over all rows: sum_i w_i l(f_i, y_i) for outputs f."""
        return TotalLoss(self.loss, self.y, self.weights)

    @cached_property
    def floats(self) -> tuple[Floats, Floats]:
        """X and y in floating point."""
        x = np.array([[float(value) for value in row] for row in self.x])
        return x, np.array([float(value) for value in self.y])

    @cached_property
    def integers(self) -> tuple[tuple[Row, ...], int]:
        """Integer rows and the positive integer q with X = rows / q."""
        q = lcm(*(value.denominator for row in self.x for value in row))
        return tuple(tuple(int(value * q) for value in row) for row in self.x), q


def as_problem(value: object) -> Problem:
    """Return the value itself if it is a problem; every function that takes one refuses others in this way.

    Args:
        value: what was given as a problem.

    Raises:
        InputError: it is something else.

    Example:
        >>> as_problem([[1, 2]])
        Traceback (most recent call last):
        arrangements.errors.InputError: [[1, 2]] is a list, not a Problem; make one with Problem.read(...)
    """
    return check_kind(value, Problem, None, "make one with Problem.read(...)")


def _targets(targets: Iterable[object], rows: int, loss: Loss) -> Vector:
    y = exact_vector(targets, "target")
    if len(y) != rows:
        raise InputError(f"there are {len(y)} targets for {rows} rows; give one for each row")
    loss.check(y)
    return y


def read_weights(weights: Iterable[object] | None, rows: int) -> Vector | None:
    """Read the weights of rows; None if all are 1.

    Args:
        weights: one positive number for each row, or None.
        rows: how many there are.

    Raises:
        InputError: entries that are no finite numbers above 0, or another number of them.

    Example:
        >>> read_weights(["0.1", 2], 2), read_weights([1, 1], 2)
        ((Fraction(1, 10), Fraction(2, 1)), None)
    """
    w = None if weights is None else exact_vector(weights, "weight")
    if w is None or (len(w) == rows and all(value == 1 for value in w)):
        return None
    if len(w) != rows:
        raise InputError(f"there are {len(w)} weights for {rows} rows; give one for each row")
    for i, value in enumerate(w, start=1):
        if value <= 0:
            name = shown(str(value)).strip("'")
            raise InputError(f"the weight of row {i} is {name}; it must be above 0 (leave out a row of weight 0)")
    return w


def _weight(beta: object) -> Fraction:
    weight = exact_number(beta, "beta")
    if weight <= 0:
        raise InputError(f"beta is {beta if isinstance(beta, str) else shown(beta)}; it must be above 0")
    return weight
