"""The loss over all rows: the sum of the losses of the rows, each times the weight of its row.

f_i, y_i, w_i  output, target and weight of row i, w_i > 0;  v  dual vector
l, D           loss of one row, and D(v) = min over f of l(f, y) + v f (`convex.problem.losses`)

The weights of rows enter here and nowhere else. For w > 0

    min over f of w l(f, y) + v f = w D(v / w)

(the conjugate of a positive multiple: Rockafellar 1970, section 16), so every network costs at least
sum_i w_i D(v_i / w_i) if v is feasible for all neurons. A row of weight 2 costs what two equal rows of weight 1 do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import Vector
from convex.problem.losses import Epigraph, Loss


@dataclass(frozen=True)
class TotalLoss:
    """The loss of the outputs on all rows of a problem.

    Attributes:
        loss: of one row.
        targets: y, which the loss takes.
        weights: w, positive; None if all are 1.

    Example:
        >>> from convex.problem.losses import SQUARED
        >>> y, w = (Fraction(1), Fraction(2)), (Fraction(3), Fraction(1, 2))
        >>> total = TotalLoss(SQUARED, y, w)
        >>> total.value((Fraction(0), Fraction(0))), total.dual((Fraction(3), Fraction(1)))
        (Fraction(5, 2), Fraction(5, 2))
    """

    loss: Loss
    targets: Vector
    weights: Vector | None

    @cached_property
    def floats(self) -> tuple[Floats, Floats]:
        """Targets and weights in floating point."""
        return np.array([float(y) for y in self.targets]), np.array([float(w) for w in self._exact])

    @property
    def _exact(self) -> Vector:
        return (Fraction(1),) * len(self.targets) if self.weights is None else self.weights

    @property
    def weighted_targets(self) -> Floats:
        """Weights times targets in floating point: with the squared loss the dual vector of the output 0."""
        y, w = self.floats
        return w * y

    def value(self, outputs: Sequence[Fraction]) -> Fraction:
        """Evaluate the loss exactly, or a rational number just above it where it is irrational."""
        rows = zip(outputs, self.targets, self._exact, strict=True)
        return sum((w * self.loss.value(f, y) for f, y, w in rows), Fraction(0))

    def dual(self, v: Sequence[Fraction]) -> Fraction:
        """Evaluate the sum of w D(v / w) exactly, or a number just below it; v must be in the domain, see `clip`."""
        rows = zip(v, self.targets, self._exact, strict=True)
        return sum((w * self.loss.dual(a / w, y) for a, y, w in rows), Fraction(0))

    def clip(self, v: Sequence[Fraction]) -> Vector:
        """Move v to the nearest point of the domain, which holds 0 and all between 0 and any of its points."""
        return tuple(w * self.loss.clip(a / w, y) for a, y, w in zip(v, self.targets, self._exact, strict=True))

    def values(self, f: Floats) -> Floats:
        """Evaluate the loss of each row in floating point."""
        y, w = self.floats
        return np.asarray(w * self.loss.values(f, y))

    def slopes(self, f: Floats) -> Floats:
        """Evaluate the derivatives by f in floating point; at a kink, one of several."""
        y, w = self.floats
        return np.asarray(w * self.loss.slopes(f, y))

    def dual_vector(self, f: Floats, multipliers: Floats) -> Floats:
        """Compute the dual vector of a fit; see `Loss.dual_vector`.

        Args:
            f: outputs.
            multipliers: what the solver gives for the equations that define f.
        """
        y, w = self.floats
        return np.asarray(w * self.loss.dual_vector(f, y, multipliers / w))

    def epigraph(self) -> Epigraph:
        """Write the loss as a cone program; the costs of the unknowns of row i are times w_i."""
        y, w = self.floats
        plain = self.loss.epigraph(y)
        costs = np.tile(w, len(plain.linear) // len(y))
        return plain._replace(quadratic=costs * plain.quadratic, linear=costs * plain.linear)

    def atom(self, cp: Any, f: Any) -> Any:
        """Write the loss as an expression of cvxpy."""
        y, w = self.floats
        rows = self.loss.atom(cp, f, y)
        return cp.sum(rows if self.weights is None else cp.multiply(w, rows))
