"""Training on arrays over a whole interval of beta, and cross-validation of beta: proven curves where time allows.

L, U  proven curves below and above the optimum over the interval (`convex.paths`)
v     minus the slopes of the loss at 0, the dual vector of the empty network

One path serves every beta: at each of them the network that costs least, in truth at most U. Where the regions are too
many for a path in the time, sub-networks are drawn at random at a few betas, as `multilayer.estimators.fitting` does,
and U alone is known. From beta = sum_i |v_i| ||x_i|| on the empty network is optimal: a sub-network with ||W_1||_F <= 1
and second and output weights of norm 1 answers at most ||x_i|| on row i, so that v satisfies the dual constraint.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from time import perf_counter

import numpy as np

from arrangements.exact.directed_rounding import text_above
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import Vector
from convex.networks.export import matrices
from convex.networks.network import Network
from convex.paths.beta_path import BetaPath, Knot, line_of, solve_path
from convex.paths.curves import Line, simplest_between
from convex.problem.losses import Loss
from convex.problem.scaling import check_printable
from convex.problem.training_problem import Problem
from multilayer.estimators.fitting import fit_outputs
from multilayer.estimators.settings import Settings
from multilayer.estimators.time_budget import too_large

Interval = tuple[Fraction, Fraction]
Indices = np.ndarray[tuple[int], np.dtype[np.intp]]

_SOLVES = 10  # searches that the time of a path is to be enough for, if it is begun
_DRAWN = 8  # betas at which sub-networks are drawn
_DECADES = Fraction(1, 1000)  # the smallest beta of the default interval, as a share of the largest
_ROUND = Fraction(1, 20)  # by how much a beta may be off, to be a simple fraction


@dataclass(frozen=True)
class PathFit:
    """What training over an interval of beta found.

    Attributes:
        method: "exact" or "sampled".
        reason: why the curves are not proven within the tolerance, in a few words; None where they are, or draws alone
            were asked for.
        betas: where networks were trained, in order.
        lines: what the networks cost at every beta.
        networks: for each line one for each output.
        path: the proven curves; None after draws, and where all rows are zero.
        draws: how many were made for each output and beta.
    """

    method: str
    reason: str | None
    betas: tuple[Fraction, ...]
    lines: tuple[Line, ...]
    networks: tuple[tuple[Network, ...], ...]
    path: BetaPath | None = None
    draws: int = 0

    def networks_at(self, beta: Fraction) -> tuple[Network, ...]:
        """The networks that cost least at one beta."""
        return self.networks[min(range(len(self.lines)), key=lambda k: self.lines[k].at(beta))]

    def upper_at(self, beta: Fraction) -> Fraction:
        """What these networks cost."""
        return min(line.at(beta) for line in self.lines)

    def lower_at(self, beta: Fraction) -> Fraction | None:
        """A proven bound on what all networks cost; None where nothing is proven."""
        if self.method != "exact":
            return None
        return self.upper_at(beta) if self.path is None else self.path.lower_at(beta)


def default_betas(x: Floats, columns: Sequence[Sequence[float]], loss: Loss, weights: Vector | None = None) -> Interval:
    """Choose an interval that ends where the empty network is optimal, and begins at a thousandth of that.

    Args:
        x: data, n x d.
        columns: k columns of n targets.
        loss: of every output.
        weights: of the rows, positive; None if all are 1.

    Example:
        >>> from convex.problem.losses import SQUARED
        >>> [str(end) for end in default_betas(np.array([[1.0], [-1.0]]), [[1.0, 1.0]], SQUARED)]
        ['1/500', '2']
    """
    lengths, unit = np.sqrt((x**2).sum(axis=1)), max(weights or (Fraction(1),))
    if weights is not None:
        lengths *= np.array([float(w / unit) for w in weights])
    most = max(float((np.abs(loss.slopes(np.zeros(len(x)), np.array(column))) * lengths).sum()) for column in columns)
    if not 0 < most < np.inf:
        return _DECADES, Fraction(1)
    high = simplest_between(unit * Fraction(most), (1 + _ROUND) * unit * Fraction(most))
    return high * _DECADES, high


def fit_path(
    x: Floats,
    columns: Sequence[Sequence[float]],
    settings: Settings,
    betas: Interval,
    seed: int = 0,
    *,
    also: Fraction | None = None,
    progress: Callable[[str], None] = lambda message: None,
    weights: Vector | None = None,
) -> PathFit:
    """Train networks for every beta of an interval, one network for each column of targets.

    Args:
        x: data, n x d, read as the dyadic rationals that it holds.
        columns: k columns of n targets.
        settings: how; its tolerance is that of the curves, its beta is not used.
        betas: the ends of the interval.
        seed: of the draws.
        also: a beta of the interval at which networks are trained, too.
        progress: told what is going on.
        weights: of the rows, positive; None if all are 1.

    Raises:
        InputError: values that make no problem, or too many rows for the memory that draws take.
        LimitError: method "exact", and more regions than one program can hold.
        SolverError: the solver returned no point.

    Example:
        >>> from convex.problem.losses import SQUARED
        >>> settings = Settings.read(SQUARED, 1, 1, "auto", 10, 1000, 0.01)
        >>> x, y = np.array([[1.0], [-1.0]]), [1.0, 1.0]
        >>> found = fit_path(x, [y], settings, (Fraction(1, 10), Fraction(1)))
        >>> found.method, float(round(found.upper_at(Fraction(1, 2)), 2))
        ('exact', 0.75)
    """
    for column in columns:
        check_printable([Fraction(float(value)) for value in column], settings.loss, weights)
    if not x.any():
        fit = fit_outputs(x, columns, settings, weights=weights)
        known_betas = tuple(sorted({*betas, *_given(also)}))
        return PathFit("exact", None, known_betas, (Line(fit.upper, Fraction(0)),), (fit.networks,))
    problems = [Problem.read(x, column, betas[1], settings.loss, weights=weights) for column in columns]
    seconds = settings.seconds if settings.method == "auto" else None
    reason = None
    if settings.method == "auto":
        reason = too_large(problems, None if seconds is None else seconds / _SOLVES)
    if settings.method == "sampled" or reason is not None:
        drawn_at = sorted({*_spread(betas), *_given(also)}, reverse=True)
        return _sampled(x, columns, settings, drawn_at, seed, reason, progress, weights)
    known: Sequence[Knot] = ()
    begin = perf_counter()
    for interval in (*((beta, beta) for beta in _given(also)), betas):
        path = solve_path(
            problems,
            settings.width,
            interval,
            tolerance=settings.tolerance,
            limit=settings.limit,
            seconds=None if seconds is None else max(seconds - (perf_counter() - begin), 1e-3),
            progress=progress,
            known=known,
        )
        known = path.knots
    if not path.complete:
        worst = path.largest_gap
        reason = f"a relative gap of {text_above(worst.relative, 2)} is left at beta {float(worst.beta):.3g}"
    empty = (Network(()),) * len(problems)
    networks = [tuple(solution.network for solution in knot.solution.solutions) for knot in path.knots]
    return PathFit("exact", reason, tuple(knot.beta for knot in path.knots), path.lines, (empty, *networks), path)


def _sampled(
    x: Floats,
    columns: Sequence[Sequence[float]],
    settings: Settings,
    betas: Sequence[Fraction],
    seed: int,
    reason: str | None,
    progress: Callable[[str], None],
    weights: Vector | None,
) -> PathFit:
    """Draw sub-networks at some betas, and begin at each with what the one before gave."""
    problems = [Problem.read(x, column, 1, settings.loss, weights=weights) for column in columns]
    fit = None
    networks = [(Network(()),) * len(columns)]
    draws = 0
    for beta in betas:
        progress(f"drawing sub-networks at beta {float(beta):.6g}")
        fit = fit_outputs(x, columns, replace(settings, method="sampled", beta=beta), seed, last=fit, weights=weights)
        networks.append(fit.networks)
        draws = fit.draws
    lines = tuple(line_of(each, problems) for each in networks)
    return PathFit("sampled", reason, tuple(sorted(betas)), lines, tuple(networks), draws=draws)


def _given(also: Fraction | None) -> tuple[Fraction, ...]:
    return () if also is None else (also,)


def _spread(betas: Interval) -> Iterator[Fraction]:
    """Some betas of an interval with about the same ratio, simple fractions between the two ends."""
    low, high = betas
    yield from betas
    for k in range(1, _DRAWN - 1):
        beta = Fraction(float(low) * float(high / low) ** (k / (_DRAWN - 1)))
        if low < beta < high:
            yield simplest_between(max(low, (1 - _ROUND) * beta), min(high, (1 + _ROUND) * beta))


def validation_losses(
    fits: Sequence[PathFit],
    x: Floats,
    columns: Floats,
    held_out: Sequence[Indices],
    loss: Loss,
    betas: Sequence[Fraction],
    weights: Vector,
) -> Floats:
    """Compute the weighted mean losses of rows that were held out, for each beta and fold.

    Args:
        fits: one for each fold, trained on the other rows.
        x: data, n x d, as trained on.
        columns: targets, n x k.
        held_out: for each fold the indices of rows.
        loss: of every output.
        betas: of one interval for all fits.
        weights: of the rows, at least 0; in each fold one is above 0.
    """
    own = np.array([float(w / max(weights)) for w in weights])

    def mean(fit: PathFit, rows: Indices, beta: Fraction) -> float:
        outputs = outputs_of(fit.networks_at(beta), x[rows])
        losses = loss.values(outputs.ravel(), columns[rows].ravel()).reshape(outputs.shape)
        return float(np.average(losses.mean(axis=1), weights=own[rows]))

    pairs = list(zip(fits, held_out, strict=True))
    return np.array([[mean(fit, rows, beta) for fit, rows in pairs] for beta in betas])


def outputs_of(networks: Sequence[Network], x: Floats) -> Floats:
    """Compute the outputs of networks in floating point, n x k.

    Args:
        networks: one for each output.
        x: data, n x d.
    """
    layers = (matrices(network, x.shape[1]) for network in networks)
    return np.stack([np.maximum(np.maximum(x @ a.T, 0) @ b.T, 0) @ c for a, b, c in layers], axis=1)
