"""A value between two proven bounds: the exact gap, and the status that follows from it."""

from fractions import Fraction
from typing import Protocol

OPTIMAL = "optimal"
ABOVE_TOLERANCE = "gap-above-tolerance"


class _Bounds(Protocol):
    @property
    def upper(self) -> Fraction: ...
    @property
    def lower(self) -> Fraction: ...
    @property
    def tolerance(self) -> Fraction: ...


class Interval:
    """A mixin for results with `upper`, `lower` and `tolerance`, all exact."""

    @property
    def gap(self: _Bounds) -> Fraction:
        """The absolute gap, upper - lower, exact."""
        return self.upper - self.lower

    @property
    def relative_gap(self: _Bounds) -> Fraction:
        """The gap relative to the upper bound, exact; 0 where both bounds are 0."""
        return (self.upper - self.lower) / (self.upper or 1)

    @property
    def status(self: _Bounds) -> str:
        """`optimal` if the relative gap is within the tolerance, exactly; else `gap-above-tolerance`."""
        close = self.upper - self.lower <= self.tolerance * (self.upper or 1)
        return OPTIMAL if close else ABOVE_TOLERANCE
