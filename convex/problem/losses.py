"""The losses: squared, Huber, hinge and logistic, each with its value, its conjugate and its form as a cone program.

f  output of the network on a row;  y  its target;  v  entry of the dual vector
l  the loss, convex in f

Weak duality needs of a loss the concave function D(v) = min over f of l(f, y) + v f (minus the conjugate at -v,
Fenchel; Rockafellar 1970, section 12): every network costs at least sum_i D(v_i) if v is feasible for all neurons.
All D here are 0 at v = 0 and finite from there to any finite point, so that a feasible v may always be shrunk.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from arrangements.arguments import check_kind, read_choice
from arrangements.errors import InputError, shown
from arrangements.exact.enclosures import entropy_below, softplus_above
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import exact_number


class Epigraph(NamedTuple):
    """A loss over n rows as a cone program in (f, e) with k auxiliary unknowns e.

    Minimise 1/2 sum q_i z_i^2 + c.z over z = (f, e), with right - matrix z in the cones. The unknowns come n at a time,
    one for each row in the order of the rows, and the unknowns of different rows meet in no row of the matrix.

    Attributes:
        quadratic: q, n + k numbers.
        linear: c, n + k numbers.
        cones: (kind, size) in the order of the rows: "zero", "nonnegative" or "exponential".
        matrix: rows over (f, e).
        right: right sides.
    """

    quadratic: Floats
    linear: Floats
    cones: tuple[tuple[str, int], ...]
    matrix: Floats
    right: Floats


class Loss(ABC):
    """A convex loss of one output and one target; `read_loss` makes one from its name.

    Attributes:
        name: one of `LOSSES`.

    Example:
        Weak duality on one row: l(f, y) + v f >= D(v) for every output f, with equality where v is minus the slope.

        >>> loss, y = read_loss("squared"), Fraction(1)
        >>> [loss.value(Fraction(f), y) + f >= loss.dual(Fraction(1), y) for f in (-1, 0, 1)]
        [True, True, True]
        >>> loss.value(Fraction(0), y) == loss.dual(Fraction(1), y)
        True
    """

    name: str

    @abstractmethod
    def value(self, f: Fraction, y: Fraction) -> Fraction:
        """Evaluate the loss exactly, or a rational number just above it where it is irrational."""

    @abstractmethod
    def dual(self, v: Fraction, y: Fraction) -> Fraction:
        """Evaluate D(v) exactly, or a rational number just below it; v must be in the domain, see `clip`."""

    @abstractmethod
    def slopes(self, f: Floats, y: Floats) -> Floats:
        """Evaluate the derivative by f in floating point; at a kink, one of several."""

    @abstractmethod
    def values(self, f: Floats, y: Floats) -> Floats:
        """Evaluate the loss in floating point."""

    @abstractmethod
    def epigraph(self, y: Floats) -> Epigraph:
        """Write the loss over all rows as a cone program."""

    @abstractmethod
    def atom(self, cp: Any, f: Any, y: Floats) -> Any:
        """Write the losses of the rows as an expression of cvxpy, one entry for each."""

    def dual_vector(self, f: Floats, y: Floats, multipliers: Floats) -> Floats:
        """Compute the dual vector v of a fit: minus the derivative of the loss, where that is unique.

        Args:
            f: outputs.
            y: targets.
            multipliers: what the solver gives for the equations that define f.
        """
        return -self.slopes(f, y)

    def clip(self, v: Fraction, y: Fraction) -> Fraction:
        """Move v to the nearest point of the domain of D."""
        return v

    def check(self, y: Sequence[Fraction]) -> None:  # noqa: B027
        """Check that these numbers can be targets of the loss.

        Args:
            y: targets.

        Raises:
            InputError: they cannot.
        """

    @property
    def parameters(self) -> dict[str, Fraction]:
        """Give the parameters by name, such as the threshold of the Huber loss."""
        return {}


@dataclass(frozen=True)
class Squared(Loss):
    """The squared loss 1/2 (f - y)^2, with D(v) = v y - v^2 / 2.

    Example:
        >>> Squared().value(Fraction(3), Fraction(1)), Squared().dual(Fraction(1), Fraction(1))
        (Fraction(2, 1), Fraction(1, 2))
    """

    name: str = field(default="squared", init=False)

    def value(self, f: Fraction, y: Fraction) -> Fraction:
        return (f - y) ** 2 / 2

    def dual(self, v: Fraction, y: Fraction) -> Fraction:
        return v * y - v * v / 2

    def slopes(self, f: Floats, y: Floats) -> Floats:
        return f - y

    def values(self, f: Floats, y: Floats) -> Floats:
        return (f - y) ** 2 / 2

    def epigraph(self, y: Floats) -> Epigraph:
        return Epigraph(np.ones(len(y)), -y, (), np.zeros((0, len(y))), np.zeros(0))

    def atom(self, cp: Any, f: Any, y: Floats) -> Any:
        return cp.square(f - y) / 2


@dataclass(frozen=True)
class Huber(Loss):
    """The Huber loss (Huber 1964): squared for small errors, linear for large ones.

    With e = f - y it is 1/2 e^2 where |e| <= t, else t (|e| - t/2); D(v) = v y - v^2 / 2 on |v| <= t.

    Attributes:
        threshold: t, positive.

    Example:
        >>> Huber(Fraction(1)).value(Fraction(3), Fraction(0))
        Fraction(5, 2)
    """

    threshold: Fraction = Fraction(1)
    name: str = field(default="huber", init=False)

    def value(self, f: Fraction, y: Fraction) -> Fraction:
        e, t = abs(f - y), self.threshold
        return e * e / 2 if e <= t else t * (e - t / 2)

    def dual(self, v: Fraction, y: Fraction) -> Fraction:
        return v * y - v * v / 2

    def clip(self, v: Fraction, y: Fraction) -> Fraction:
        return min(max(v, -self.threshold), self.threshold)

    def slopes(self, f: Floats, y: Floats) -> Floats:
        return np.clip(f - y, -float(self.threshold), float(self.threshold))

    def values(self, f: Floats, y: Floats) -> Floats:
        e, t = np.abs(f - y), float(self.threshold)
        return np.where(e <= t, e * e / 2, t * (e - t / 2))

    def epigraph(self, y: Floats) -> Epigraph:
        n, one = len(y), np.eye(len(y))
        nothing = np.zeros((n, n))
        # f - y = a + b - c with b, c >= 0 and cost 1/2 a^2 + t (b + c)
        equal = np.hstack([one, -one, -one, one])
        signs = np.vstack([np.hstack([nothing, nothing, -one, nothing]), np.hstack([nothing, nothing, nothing, -one])])
        q = np.concatenate([np.zeros(n), np.ones(n), np.zeros(2 * n)])
        c = np.concatenate([np.zeros(2 * n), np.full(2 * n, float(self.threshold))])
        cones = (("zero", n), ("nonnegative", 2 * n))
        return Epigraph(q, c, cones, np.vstack([equal, signs]), np.concatenate([y, np.zeros(2 * n)]))

    def atom(self, cp: Any, f: Any, y: Floats) -> Any:
        return cp.huber(f - y, float(self.threshold)) / 2

    @property
    def parameters(self) -> dict[str, Fraction]:
        return {"threshold": self.threshold}


class _Margin(Loss):
    """A loss that depends on y f alone, for labels y = -1 and 1; D is finite for v y in [0, 1]."""

    def check(self, y: Sequence[Fraction]) -> None:
        for i, value in enumerate(y, start=1):
            if value not in (-1, 1):
                raise InputError(f"target {i} is {value}; the {self.name} loss needs labels -1 and 1")

    def clip(self, v: Fraction, y: Fraction) -> Fraction:
        return y * min(max(v * y, Fraction(0)), Fraction(1))


@dataclass(frozen=True)
class Hinge(_Margin):
    """The hinge loss max(0, 1 - y f) for labels -1 and 1, with D(v) = v y on 0 <= v y <= 1.

    Example:
        >>> Hinge().value(Fraction(1, 2), Fraction(-1)), Hinge().dual(Fraction(-1), Fraction(-1))
        (Fraction(3, 2), Fraction(1, 1))
    """

    name: str = field(default="hinge", init=False)

    def value(self, f: Fraction, y: Fraction) -> Fraction:
        return max(1 - y * f, Fraction(0))

    def dual(self, v: Fraction, y: Fraction) -> Fraction:
        return v * y

    def slopes(self, f: Floats, y: Floats) -> Floats:
        return np.where(y * f < 1, -y, 0.0)

    def dual_vector(self, f: Floats, y: Floats, multipliers: Floats) -> Floats:
        return np.asarray(y * np.clip(y * multipliers, 0, 1))

    def values(self, f: Floats, y: Floats) -> Floats:
        return np.maximum(1 - y * f, 0)

    def epigraph(self, y: Floats) -> Epigraph:
        n, one = len(y), np.eye(len(y))
        rows = np.vstack([np.hstack([-np.diag(y), -one]), np.hstack([np.zeros((n, n)), -one])])
        c = np.concatenate([np.zeros(n), np.ones(n)])
        return Epigraph(0 * c, c, (("nonnegative", 2 * n),), rows, np.concatenate([-np.ones(n), np.zeros(n)]))

    def atom(self, cp: Any, f: Any, y: Floats) -> Any:
        return cp.pos(1 - cp.multiply(y, f))


@dataclass(frozen=True)
class Logistic(_Margin):
    """The logistic loss log(1 + exp(-y f)) for labels -1 and 1.

    D(v) is the entropy of p = v y, -p log p - (1 - p) log(1 - p). Loss and D are irrational in general; the loss is
    rounded upwards and D downwards, by about 2^-128.

    Example:
        >>> loss = Logistic()
        >>> float(loss.value(Fraction(0), Fraction(1))), float(loss.dual(Fraction(1, 2), Fraction(1)))
        (0.6931471805599453, 0.6931471805599453)
        >>> loss.value(Fraction(0), Fraction(1)) > loss.dual(Fraction(1, 2), Fraction(1))
        True
    """

    name: str = field(default="logistic", init=False)

    def value(self, f: Fraction, y: Fraction) -> Fraction:
        return softplus_above(-y * f)

    def dual(self, v: Fraction, y: Fraction) -> Fraction:
        return entropy_below(v * y)

    def slopes(self, f: Floats, y: Floats) -> Floats:
        return np.asarray(-y * np.exp(-np.logaddexp(0, y * f)))

    def values(self, f: Floats, y: Floats) -> Floats:
        return np.asarray(np.logaddexp(0, -y * f))

    def epigraph(self, y: Floats) -> Epigraph:
        # t bounds the loss: exp(-t) <= a, exp(-y f - t) <= b, a + b <= 1; unknowns f, t, a, b
        n = len(y)
        rows, right = np.zeros((7 * n, 4 * n)), np.zeros(7 * n)
        for i in range(n):
            rows[i, 2 * n + i] = rows[i, 3 * n + i] = right[i] = 1
            for k in (0, 1):
                place = n + 6 * i + 3 * k
                rows[place, n + i] = 1
                rows[place, i] = k * y[i]
                right[place + 1] = 1
                rows[place + 2, (2 + k) * n + i] = -1
        c = np.concatenate([np.zeros(n), np.ones(n), np.zeros(2 * n)])
        return Epigraph(0 * c, c, (("nonnegative", n), *[("exponential", 3)] * (2 * n)), rows, right)

    def atom(self, cp: Any, f: Any, y: Floats) -> Any:
        return cp.logistic(-cp.multiply(y, f))


SQUARED = Squared()
LOSSES = ("squared", "huber", "hinge", "logistic")


def read_loss(text: str) -> Loss:
    """Read a loss by its name; "huber:t" with a threshold, 1 by default.

    Args:
        text: one of `LOSSES`, or "huber:THRESHOLD", in small or capital letters.

    Raises:
        InputError: there is none of that name, or the threshold is not positive.

    Example:
        >>> read_loss("huber:0.5").parameters
        {'threshold': Fraction(1, 2)}
    """
    name, colon, parameter = check_kind(text, str, "loss", "give a name such as 'squared'").lower().partition(":")
    if name == "huber":
        threshold = exact_number(parameter, "threshold") if colon else Fraction(1)
        if threshold <= 0:
            raise InputError(f"the threshold of the Huber loss is {parameter}; it must be above 0")
        return Huber(threshold)
    known: dict[str, Loss] = {"squared": SQUARED, "hinge": Hinge(), "logistic": Logistic()}
    if colon:
        raise InputError(f"unknown loss {shown(text)}; choose one of {', '.join(LOSSES)} (or huber:THRESHOLD)")
    return known[read_choice(name, LOSSES, "loss")]
