"""Training on arrays: exactly where a table is small, over sub-networks drawn at random elsewhere.

n, d  rows and columns;  r  regions of the first layer;  k  outputs;  m  width

"auto" searches exactly where n <= 10, n k <= 20 and r <= 150, with 50000 / k steps for each output at most; that takes
seconds, some tens of them at worst. The regions are counted, not listed (`theory.zaslavsky`), and the count ends at
150. Elsewhere it draws (Ergen and Pilanci 2021, Remark 3). Each block then has a wall for each row and neuron, d
numbers each, and so draws m n d is kept to 60000: some seconds for each output. One draw is made whatever it takes,
which at 1797 rows of 64 columns was a minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import index

import numpy as np

from arrangements.errors import InputError, LimitError
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import exact_number
from arrangements.first_layer.layer import check_width
from convex.heuristics.sampled_blocks import solve_sampled
from convex.problem.losses import Loss
from convex.problem.network import Network
from convex.problem.training_problem import Problem
from convex.solving.separable_outputs import JointSolution, solve_outputs
from theory import region_number

METHODS = ("exact", "sampled", "auto")
UNLIMITED = "unlimited"
UPPER_BOUND = "upper-bound"
_ROWS, _WORK, _REGIONS, _STEPS = 10, 20, 150, 50_000
_WALLS = 60_000  # draws m n d
_MEMORY = 2**27  # m^2 n^2, numbers in the walls of one block
_DRAWN_WIDTH = 4  # of draws for unlimited width


@dataclass(frozen=True)
class Settings:
    """The settings of training, read and checked.

    Attributes:
        loss: of every output.
        width: neurons allowed in one sub-network; None for any number.
        beta: weight of the penalty.
        method: "exact", "sampled" or "auto".
        draws: sub-networks to draw, before the reduction for many rows.
        limit: steps of the exact search for each output.
        tolerance: relative gap that is called optimal.
    """

    loss: Loss
    width: int | None
    beta: Fraction
    method: str
    draws: int
    limit: int
    tolerance: Fraction

    @classmethod
    def read(
        cls, loss: Loss, width: object, beta: object, method: str, draws: int, limit: int, tolerance: object
    ) -> "Settings":
        """Read settings; a float is the decimal that its repr spells.

        Raises:
            InputError: with the setting and its value.

        Example:
            >>> from convex.problem.losses import SQUARED
            >>> Settings.read(SQUARED, "unlimited", 0.1, "auto", 10, 100, 1e-8).beta
            Fraction(1, 10)
        """
        neurons = None if isinstance(width, str) and width == UNLIMITED else check_width(_whole(width, "width"))
        weight, allowed = decimal(beta, "beta"), decimal(tolerance, "tolerance")
        if weight <= 0 or allowed < 0:
            raise InputError(f"beta is {beta}, tolerance {tolerance}; they must be above 0, and at least 0")
        if method not in METHODS:
            raise InputError(f"method is {method!r}; choose one of {', '.join(METHODS)}")
        if _whole(draws, "draws") < 1 or _whole(limit, "limit") < 1:
            raise InputError(f"draws is {draws}, limit {limit}; both must be at least 1")
        return cls(loss, neurons, weight, method, index(draws), index(limit), allowed)


@dataclass(frozen=True)
class Fit:
    """The result of training.

    Attributes:
        method: "exact" or "sampled".
        status: "optimal" or "gap-above-tolerance" after an exact search, "upper-bound" after draws.
        upper: the objective of the networks, summed over the outputs, exact.
        lower: a proven bound on it; None after draws.
        networks: one for each output, rational weights.
        joint: the proofs of an exact search; None after draws, and where there was nothing to search.
        draws: how many were made for each output; None after an exact search.
    """

    method: str
    status: str
    upper: Fraction
    lower: Fraction | None
    networks: tuple[Network, ...]
    joint: JointSolution | None = None
    draws: int | None = None


def decimal(value: object, place: str) -> Fraction:
    """Read a number exactly; a float as the decimal that its repr spells.

    Raises:
        InputError: it is not a finite number.

    Example:
        >>> decimal(0.1, "beta"), decimal("1/3", "beta")
        (Fraction(1, 10), Fraction(1, 3))
    """
    return exact_number(repr(float(value)) if isinstance(value, float | np.floating) else value, place)


def reduced_draws(draws: int, width: int, rows: int, columns: int) -> int:
    """Reduce the draws until draws * width * rows * columns <= 60000, but never below one.

    Example:
        >>> [reduced_draws(200, 2, rows, 10) for rows in (10, 100, 10000)]
        [200, 30, 1]
    """
    return max(1, min(draws, _WALLS // (width * rows * columns)))


def small_enough(problems: Sequence[Problem]) -> bool:
    """Whether "auto" searches exactly: the table is small and has few regions.

    Args:
        problems: one for each output, on the same rows.

    Example:
        >>> [small_enough([Problem.read([[1, k] for k in range(n)], [0] * n, 1)]) for n in (10, 11)]
        [True, False]
    """
    rows = len(problems[0].x)
    if rows > _ROWS or rows * len(problems) > _WORK:
        return False
    try:
        return region_number(problems[0].arrangement, limit=_REGIONS) <= _REGIONS
    except LimitError:
        return False


def fit_outputs(x: Floats, columns: Sequence[Sequence[float]], settings: Settings, seed: int = 0) -> Fit:
    """Train one network for each column of targets.

    Args:
        x: data, n x d, read as the dyadic rationals that it holds.
        columns: k columns of n targets.
        settings: how.
        seed: of the draws.

    Raises:
        InputError: values that make no problem, or too many rows for the memory that draws take.
        SolverError: the solver returned no point.

    Example:
        >>> from convex.problem.losses import SQUARED
        >>> settings = Settings.read(SQUARED, 1, 0.5, "auto", 10, 1000, 1e-8)
        >>> found = fit_outputs(np.array([[1.0], [-1.0]]), [[1, 1]], settings)
        >>> found.method, found.status, float(round(found.upper, 6))
        ('exact', 'optimal', 0.75)
    """
    if not x.any():
        return _zero(columns, settings)
    problems = [Problem.read(x, column, settings.beta, settings.loss) for column in columns]
    if settings.method == "exact":
        return _exact(problems, settings, settings.limit)
    if settings.method == "auto" and small_enough(problems):
        return _exact(problems, settings, max(1, min(settings.limit, _STEPS // len(problems))))
    return _sampled(problems, settings, seed)


def _zero(columns: Sequence[Sequence[float]], settings: Settings) -> Fit:
    """Return the empty network, which is optimal where all rows are zero, since every network then answers 0."""
    targets = [Fraction(float(value)) for column in columns for value in column]
    settings.loss.check(targets)
    loss = sum((settings.loss.value(Fraction(0), target) for target in targets), Fraction(0))
    return Fit("exact", "optimal", loss, loss, (Network(()),) * len(columns))


def _exact(problems: Sequence[Problem], settings: Settings, limit: int) -> Fit:
    joint = solve_outputs(problems, settings.width, tolerance=settings.tolerance, limit=limit)
    networks = tuple(solution.network for solution in joint.solutions)
    return Fit("exact", joint.status, joint.upper, joint.lower, networks, joint)


def _sampled(problems: Sequence[Problem], settings: Settings, seed: int) -> Fit:
    rows, columns, width = len(problems[0].x), len(problems[0].x[0]), settings.width or _DRAWN_WIDTH
    if (width * rows) ** 2 > _MEMORY:
        raise InputError(f"{rows} rows at width {width} are too many to draw: width * rows must be below 11586")
    draws = reduced_draws(settings.draws, width, rows, columns)
    found = [solve_sampled(problem, width, draws, seed=seed) for problem in problems]
    upper = sum((sample.upper for sample in found), Fraction(0))
    return Fit("sampled", UPPER_BOUND, upper, None, tuple(sample.network for sample in found), draws=draws)


def _whole(value: object, place: str) -> int:
    try:
        return index(value)  # type: ignore[arg-type]
    except TypeError:
        raise InputError(f"{place} is {value!r}; it must be an integer of at least 1") from None
