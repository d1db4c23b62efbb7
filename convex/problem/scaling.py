"""Scaling of a problem by powers of two to data and targets near 1, and of its results back: exact.

s, t, c  powers of two;  X = s X', y = t y', beta = s t c beta', and weights of rows c times those of the scaled problem

With w = (t/s) w' the objective is c t^2 times that of the scaled problem, so bounds, dual vectors and multipliers go
back by exact factors. t/s is a power of four, so that second-layer and output weights go back by its square root.
Only the squared loss lets its targets be scaled; t = 1 for the others.

The search is in floating point, which ends at 2^1023 and squares what it sums: what is out of its reach even after the
scaling is refused by its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log10

from arrangements.errors import InputError
from arrangements.exact.numbers import Vector
from convex.problem.losses import SQUARED, Huber, Loss
from convex.problem.total_loss import TotalLoss
from convex.problem.training_problem import Problem

_SQUARED = 500  # binary digits of a number whose square is summed, above or below 1
_SINGLE = 1000  # the same of a number that is not squared


@dataclass(frozen=True)
class Scaling:
    """A problem with data, targets and weights of rows near 1, and the factors s, t and c.

    Example:
        >>> scaled = Scaling.of(Problem.read([["1e-9"], ["2e-9"]], [10**6, 1], "0.1"))
        >>> [[float(x) for x in row] for row in scaled.problem.x], float(scaled.problem.y[0])
        ([[0.268435456], [0.536870912]], 0.95367431640625)
    """

    problem: Problem
    data: Fraction
    targets: Fraction
    weights: Fraction

    @classmethod
    def of(cls, problem: Problem) -> "Scaling":
        """Divide data, targets and weights of rows by powers of two near their largest entries.

        Args:
            problem: the problem.

        Raises:
            InputError: a row, a target, a weight or beta that floating point cannot hold beside the others; with its
                place.
        """
        s = _exponent(max(abs(value) for row in problem.x for value in row))
        t = _exponent(max((abs(value) for value in problem.y), default=Fraction(0)))
        if problem.loss == SQUARED:
            t += (t - s) % 2
        else:
            t, s = 0, s + s % 2
        data, targets = Fraction(2) ** s, Fraction(2) ** t
        x = tuple(tuple(value / data for value in row) for row in problem.x)
        y = tuple(value / targets for value in problem.y)
        if problem.weights is None:
            weights, w = Fraction(1), None
        else:
            weights = Fraction(2) ** _exponent(max(problem.weights))
            w = tuple(value / weights for value in problem.weights)
        scaled = Problem(x, y, problem.beta / (data * targets * weights), problem.loss, w)
        _check_range(problem, scaled)
        return cls(scaled, data, targets, weights)

    @property
    def root(self) -> Fraction:
        """What w_2 and w_3 of a network grow by on the way back to the original problem: sqrt(t/s)."""
        return _power_root(self.targets / self.data)

    def value(self, scaled: Fraction) -> Fraction:
        """Carry an objective or a bound back to the original problem: it grows by c t^2."""
        return scaled * self.weights * self.targets**2

    @property
    def dual(self) -> Fraction:
        """What dual vectors and multipliers grow by on the way back to the original problem: c t."""
        return self.weights * self.targets

    def grown(self, values: Vector) -> Vector:
        """Carry dual vectors or multipliers back to the original problem: they grow by c t."""
        return tuple(self.dual * value for value in values)


def check_printable(targets: Sequence[Fraction], loss: Loss, weights: Sequence[Fraction] | None = None) -> None:
    """Check that what the answer 0 costs, and so every bound, can be printed as a floating-point number.

    Args:
        targets: one for each row.
        loss: the loss.
        weights: of the rows; None if all are 1.

    Raises:
        InputError: it cannot; the message names the largest target, or the largest weight if that is larger.

    Example:
        >>> check_printable([Fraction(0), Fraction(10) ** 400], SQUARED)
        Traceback (most recent call last):
        arrangements.errors.InputError: the target of row 2 is about 1e400: the loss is above the limit of 2^1000; \
divide the targets by a constant
    """
    total = TotalLoss(loss, tuple(targets), None if weights is None else tuple(weights))
    if _exponent(total.value([Fraction(0)] * len(targets))) > _SINGLE:
        i = max(range(len(targets)), key=lambda i: abs(targets[i]))
        if weights is not None and max(weights) > abs(targets[i]):
            i = max(range(len(targets)), key=lambda i: weights[i])
            raise InputError(
                f"the weight of row {i + 1} is {power_text(weights[i])}: the loss is above the limit of 2^{_SINGLE}; "
                "divide the weights by a constant"
            )
        raise InputError(
            f"the target of row {i + 1} is {power_text(targets[i])}: the loss is above the limit of 2^{_SINGLE}; "
            "divide the targets by a constant"
        )


def power_text(value: Fraction) -> str:
    """Write a number of any size in few letters: as it is, or to the nearest power of ten.

    Args:
        value: the number.

    Example:
        >>> power_text(Fraction(1, 10)), power_text(Fraction(-10) ** 999), power_text(Fraction(10) ** -9999)
        ('0.1', 'about -1e999', 'about 1e-9999')
    """
    if not value or abs(_exponent(value)) < _SINGLE:
        return f"{float(value):.6g}"
    return f"about {'-' * (value < 0)}1e{round(_exponent(value) * log10(2))}"


def _check_range(problem: Problem, scaled: Problem) -> None:
    """Refuse what floating point cannot hold.

    Raises:
        InputError: the first such number.
    """
    for i, row in enumerate(scaled.x):
        size, j = max((abs(value), -j) for j, value in enumerate(row))
        if size and _exponent(size) < -_SQUARED:
            most, k = max((max(map(abs, other)), -k) for k, other in enumerate(problem.x))
            raise InputError(
                f"row {i + 1}, column {1 - j}: {power_text(problem.x[i][-j])} is the largest entry of its row, and "
                f"less than 2^-{_SQUARED} times the largest of the table, {power_text(most)} in row {1 - k}; that is "
                "the limit, so bring the rows closer to each other"
            )
    for i, y in enumerate(scaled.y):
        if _exponent(y) > _SQUARED:
            raise InputError(
                f"the target of row {i + 1} is {power_text(y)}, above the limit of 2^{_SQUARED} for the "
                f"{problem.loss.name} loss"
            )
    own = problem.weights or (Fraction(1),)
    heaviest = own.index(max(own))
    for i, w in enumerate(scaled.weights or ()):
        if _exponent(w) < -_SQUARED:
            raise InputError(
                f"the weight of row {i + 1} is {power_text(own[i])}, less than 2^-{_SQUARED} times the largest, "
                f"{power_text(own[heaviest])} in row {heaviest + 1}; that is the limit, so bring them closer to each "
                "other, or leave the row out"
            )
    if isinstance(problem.loss, Huber) and abs(_exponent(problem.loss.threshold)) > _SQUARED:
        raise InputError(
            f"the threshold of the Huber loss is {power_text(problem.loss.threshold)}; the limits are 2^-{_SQUARED} "
            f"and 2^{_SQUARED}"
        )
    if abs(_exponent(scaled.beta)) > _SINGLE:
        sides = f"2^-{_SINGLE} and 2^{_SINGLE} times the largest entry of the data"
        raise InputError(
            f"beta is {power_text(problem.beta)}; the limits are {sides}"
            f"{' times the largest target' * (problem.loss == SQUARED)}"
            f"{' times the largest weight' * (problem.weights is not None)}"
        )


def _exponent(size: Fraction) -> int:
    """Find the k with 2^(k-1) < size < 2^(k+1), or 0 for zero."""
    return size.numerator.bit_length() - size.denominator.bit_length() if size else 0


def _power_root(value: Fraction) -> Fraction:
    """Take the square root of a power of four."""
    half = (value.numerator.bit_length() - value.denominator.bit_length()) // 2
    return Fraction(2) ** half
