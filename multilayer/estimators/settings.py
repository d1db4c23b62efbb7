"""How an estimator trains: its settings, read and checked, each refused with its value."""

from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

import numpy as np

from arrangements.arguments import is_whole, read_choice, read_whole
from arrangements.errors import InputError, shown
from arrangements.exact.numbers import exact_number
from convex.problem.losses import Loss

METHODS = ("exact", "sampled", "auto")
UNLIMITED = "unlimited"
TIME_LIMIT, LIMIT = 10.0, 100_000_000  # seconds, and steps


@dataclass(frozen=True)
class Settings:
    """How to train, read and checked.

    Attributes:
        loss: of every output.
        width: neurons allowed in one sub-network; None for any number.
        beta: weight of the penalty.
        method: "exact", "sampled" or "auto".
        draws: sub-networks to draw, before the reduction for many rows.
        limit: steps of the exact search for each output.
        tolerance: relative gap that is called optimal.
        seconds: for the exact search of "auto"; None for any time.
    """

    loss: Loss
    width: int | None
    beta: Fraction
    method: str
    draws: int
    limit: int
    tolerance: Fraction
    seconds: float | None = TIME_LIMIT

    @classmethod
    def read(
        cls,
        loss: Loss,
        width: object,
        beta: object,
        method: object,
        draws: object,
        limit: object,
        tolerance: object,
        seconds: object = TIME_LIMIT,
    ) -> "Settings":
        """Read settings; a float is the decimal that its repr spells.

        Raises:
            InputError: with the setting and its value.

        Example:
            >>> from convex.problem.losses import SQUARED
            >>> Settings.read(SQUARED, "unlimited", 0.1, "auto", 10, 100, 1e-8).beta
            Fraction(1, 10)
        """
        weight, allowed = decimal(beta, "beta"), decimal(tolerance, "tolerance")
        if weight <= 0 or allowed < 0:
            raise InputError(f"beta is {beta}, tolerance {tolerance}; they must be above 0, and at least 0")
        return cls(
            loss,
            _width(width),
            weight,
            read_choice(method, METHODS, "method"),
            read_whole(draws, "draws"),
            read_whole(limit, "limit"),
            allowed,
            _seconds(seconds),
        )


def decimal(value: object, place: str) -> Fraction:
    """A number exactly; a float as the decimal that its repr spells.

    Raises:
        InputError: it is not a finite number.

    Example:
        >>> decimal(0.1, "beta"), decimal("1/3", "beta")
        (Fraction(1, 10), Fraction(1, 3))
    """
    return exact_number(repr(float(value)) if isinstance(value, float | np.floating) else value, place)


def _width(value: object) -> int | None:
    if isinstance(value, str) and value.lower() == UNLIMITED:
        return None
    if not is_whole(value) or value < 1:
        raise InputError(f'width is {shown(value)}; it must be an integer of at least 1, or "{UNLIMITED}"')
    return int(value)


def _seconds(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating) or not value >= 0:
        raise InputError(f"time_limit is {shown(value)}; it must be a number of seconds, or None for any time")
    return float(value) if isfinite(value) else None
