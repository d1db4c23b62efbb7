"""Scaling of a problem by powers of two to data and targets near 1, and of its results back: exact.

s, t  powers of two;  X = s X', y = t y', beta = s t beta'

With w = (t/s) w' the objective is t^2 times that of the scaled problem, so bounds, dual vectors and multipliers go
back by exact factors. t/s is a power of four, so that second-layer and output weights go back by its square root.
Only the squared loss lets its targets be scaled; t = 1 for the others.
"""

from dataclasses import dataclass
from fractions import Fraction

from arrangements.exact.numbers import Vector
from convex.problem.losses import SQUARED
from convex.problem.training_problem import Problem


@dataclass(frozen=True)
class Scaling:
    """A problem with data and targets near 1, and the factors s and t.

    Example:
        >>> scaled = Scaling.of(Problem.read([["1e-9"], ["2e-9"]], [10**6, 1], "0.1"))
        >>> [[float(x) for x in row] for row in scaled.problem.x], float(scaled.problem.y[0])
        ([[0.268435456], [0.536870912]], 0.95367431640625)
    """

    problem: Problem
    data: Fraction
    targets: Fraction

    @classmethod
    def of(cls, problem: Problem) -> "Scaling":
        """Divide data and targets by powers of two near their largest entries."""
        s = _exponent(max(abs(value) for row in problem.x for value in row))
        t = _exponent(max((abs(value) for value in problem.y), default=Fraction(0)))
        if problem.loss == SQUARED:
            t += (t - s) % 2
        else:
            t, s = 0, s + s % 2
        data, targets = Fraction(2) ** s, Fraction(2) ** t
        x = tuple(tuple(value / data for value in row) for row in problem.x)
        y = tuple(value / targets for value in problem.y)
        return cls(Problem(x, y, problem.beta / (data * targets), problem.loss), data, targets)

    @property
    def root(self) -> Fraction:
        """What w_2 and w_3 of a network grow by on the way back to the original problem: sqrt(t/s)."""
        return _power_root(self.targets / self.data)

    def value(self, scaled: Fraction) -> Fraction:
        """Carry an objective or a bound back to the original problem: it grows by t^2."""
        return scaled * self.targets**2

    def grown(self, values: Vector) -> Vector:
        """Carry dual vectors or multipliers back to the original problem: they grow by t."""
        return tuple(self.targets * value for value in values)


def _exponent(size: Fraction) -> int:
    """Find the k with 2^(k-1) < size < 2^(k+1), or 0 for zero."""
    return size.numerator.bit_length() - size.denominator.bit_length() if size else 0


def _power_root(value: Fraction) -> Fraction:
    """Take the square root of a power of four."""
    half = (value.numerator.bit_length() - value.denominator.bit_length()) // 2
    return Fraction(2) ** half
