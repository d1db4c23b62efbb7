"""Training as everybody does it, with care: a non-convex local search with restarts. Upper bounds, never a proof.

p_kj     vector in R^d: neuron j of sub-network k;  I_kj, o_k = +-1  signs of its second layer and of its output
L, S     L_kj = ||p_kj||,  S_k = sum_j L_kj^2
F_k      outputs of sub-network k on the n rows, o_k (sum_j I_kj L_kj (X p_kj)_+)_+
v        minus the derivative of the loss at f = sum_k F_k

W_1k = p_k / sqrt(S_k), w_2kj = I_kj L_kj, w_3k = o_k sqrt(S_k) have ||W_1k||_F = 1 and cost beta S_k, and no weights of
the same neurons cost less. So (4) of Ergen and Pilanci (2021) is, over all p and all signs,

    minimise  sum_i l(f_i, y_i) + beta sum_k S_k.

Kinks trap descent, so (z)_+ is first rounded off to (z + sqrt(z^2 + e^2)) / 2, with e = t times the lengths of neuron
and row, and t falling towards 0. F_k stays homogeneous in p_k, so a new sub-network, if small enough, lowers the
objective where v.F_k > beta S_k; such ones are sought from random starts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Floats
from convex.problem.losses import Hinge
from convex.problem.network import Network, SubNetwork, within_unit_ball
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem

_COARSE, _SEEK, _FINE = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5), (1e-2, 1e-3, 1e-4), (1e-4, 1e-5)
_LAST = (1e-6, 1e-7, 1e-8)
_STARTS = 100  # random sub-networks among which one that helps is sought
_PATIENCE = 3  # rounds in vain before a restart ends

Indices = NDArray[np.intp]
Function = Callable[[Floats, float, Indices], tuple[Floats, Floats]]


@dataclass(frozen=True)
class TrainedNetwork:
    """The best network that a search found: an upper bound on the optimum, with no word on how good it is.

    Attributes:
        network: rational weights, feasible for (4).
        objective: what it costs, `network.objective(problem)`.
        values: what each restart ended with; `objective` is the least of them, or what the empty network costs.
    """

    network: Network
    objective: Fraction
    values: tuple[Fraction, ...]


class Parts(NamedTuple):
    """Sub-networks in balanced form: p of shape (K, m, d), I of shape (K, m), o of shape (K,)."""

    p: Floats
    inner: Floats
    outer: Floats


def local_search(
    problem: Problem,
    width: int,
    subnetworks: int | None = None,
    restarts: int = 10,
    seed: int = 0,
    rounds: int = 40,
) -> TrainedNetwork:
    """Train parallel three-layer ReLU sub-networks directly, problem (4) of Ergen and Pilanci (2021).

    Each restart descends from Gaussian weights by L-BFGS (Liu and Nocedal 1989), drops sub-networks that the others
    replace, lets one join while one is found that lowers the objective, and descends again. The answer is an upper
    bound on the optimum and nothing more: `convex.solving.certified_solve` proves.

    Args:
        problem: data, targets, beta and loss.
        width: neurons in the first layer of a sub-network.
        subnetworks: most sub-networks; n+1 by default, which is enough for the optimum.
        restarts: number of independent starts.
        seed: the same seed gives the same network.
        rounds: how often, at most, a sub-network may join in one restart.

    Raises:
        InputError: width, subnetworks, restarts or rounds below 1.

    Example:
        >>> found = local_search(Problem.read([[1], [-1]], [1, 1], "0.5"), width=1, restarts=2)
        >>> float(round(found.objective, 6)), len(found.values), found.network.width
        (0.75, 2, 1)
    """
    count = len(problem.x) + 1 if subnetworks is None else subnetworks
    check_positive(width=width, subnetworks=count, restarts=restarts, rounds=rounds)
    scaling, rng = Scaling.of(problem), np.random.default_rng(seed)
    found = [_restart(scaling.problem, count, width, rounds, rng) for _ in range(restarts)]
    return best_of(problem, [scaling.network(to_network(parts)) for parts in found])


def check_positive(**numbers: int) -> None:
    """Nothing, if all are at least 1.

    Raises:
        InputError: one is not; the message names it.
    """
    for name, value in numbers.items():
        if value < 1:
            raise InputError(f"{name} is {value}; it must be at least 1")


def best_of(problem: Problem, networks: Sequence[Network]) -> TrainedNetwork:
    """The cheapest of the networks, one a restart, and of the empty one.

    Example:
        >>> best_of(Problem.read([[1]], [2], 1), [Network(())]).objective
        Fraction(2, 1)
    """
    values = tuple(network.objective(problem) for network in networks)
    objective, network = min(
        [(Network(()).objective(problem), Network(())), *zip(values, networks, strict=True)], key=lambda pair: pair[0]
    )
    return TrainedNetwork(network, objective, values)


def to_network(parts: Parts) -> Network:
    """Rational weights with ||W_1k||_F <= 1 exactly; neurons of length zero are left out.

    Example:
        >>> parts = Parts(np.array([[[0.0, 2.0], [0.0, 0.0]]]), np.ones((1, 2)), -np.ones(1))
        >>> to_network(parts).predict([(Fraction(1), Fraction(1))])
        (Fraction(-4, 1),)
    """
    made = []
    for p, inner, outer in zip(*parts, strict=True):
        lengths = np.linalg.norm(p, axis=1)
        kept = np.flatnonzero(lengths)
        if len(kept):
            root = np.linalg.norm(lengths)
            second = tuple(Fraction(value) for value in (inner * lengths)[kept].tolist())
            made.append(SubNetwork(within_unit_ball(p[kept] / root), second, Fraction(float(outer * root))))
    return Network(tuple(made))


def objective(problem: Problem, parts: Parts, t: float = 0.0) -> tuple[float, Floats]:
    """The objective, with kinks rounded off by t, and its derivative by p (where kinks are, one of several)."""
    outputs, sizes, pullback = _forward(parts, problem.floats[0], t)
    beta = float(problem.beta)
    values, slopes = _losses(problem, outputs.sum(axis=0), t)
    return float(values.sum() + beta * sizes.sum()), pullback(slopes[None], np.full(len(sizes), beta))


def _losses(problem: Problem, f: Floats, t: float) -> tuple[Floats, Floats]:
    """Losses and their derivatives by f; that of the hinge at its kink is known only from one that is rounded off."""
    y = problem.floats[1]
    if isinstance(problem.loss, Hinge):
        values, slope, _ = _rounded(1 - y * f, np.full(len(y), t))
        return values, -y * slope
    return problem.loss.values(f, y), problem.loss.slopes(f, y)


def _forward(parts: Parts, x: Floats, t: float) -> tuple[Floats, Floats, Callable[[Floats, Floats], Floats]]:
    """F, S, and the map from derivatives by F and by S to the derivative by p."""
    p, inner, outer = parts
    lengths, rows = np.sqrt((p * p).sum(axis=2)), t * np.sqrt((x * x).sum(axis=1))
    sizes, scale = (lengths * lengths).sum(axis=1), (inner * lengths)[..., None]
    h, h_z, h_e = _rounded(p @ x.T, lengths[..., None] * rows)
    r, r_z, r_e = _rounded((scale * h).sum(axis=1), sizes[:, None] * rows)

    def pullback(by_f: Floats, by_s: Floats) -> Floats:
        by_r = outer[:, None] * by_f
        by_u = (by_r * r_z)[:, None]
        by_h = scale * by_u
        by_l = inner * (by_u * h).sum(axis=2) + (by_h * h_e) @ rows
        along = 2 * (by_s + (by_r * r_e) @ rows)[:, None]
        along = along + np.divide(by_l, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        return np.asarray((by_h * h_z) @ x + along[..., None] * p)

    return outer[:, None] * r, sizes, pullback


def _rounded(z: Floats, e: Floats) -> tuple[Floats, Floats, Floats]:
    """(z + sqrt(z^2 + e^2)) / 2 and its derivatives by z and e."""
    root = np.sqrt(z * z + e * e)
    safe = np.where(root > 0, root, 1)
    return (z + root) / 2, (1 + z / safe) / 2, e / safe / 2


def _restart(problem: Problem, count: int, width: int, rounds: int, rng: np.random.Generator) -> Parts:
    parts = _descended(problem, _gaussian(rng, count, width, len(problem.x[0])), _COARSE)
    least, vain = objective(problem, parts)[0], 0
    for _ in range(rounds):
        if vain == _PATIENCE or len(parts.p) == count:
            break
        joined = _joined(problem, parts, rng)
        candidate = parts if joined is parts else _descended(problem, joined, _FINE)
        value = objective(problem, candidate)[0]
        vain = 0 if value < least * (1 - 1e-6) else vain + 1
        if value < least:
            parts, least = candidate, value
    last = _descended(problem, parts, _LAST)
    return min(parts, last, key=lambda some: objective(problem, some)[0])


def _gaussian(rng: np.random.Generator, count: int, width: int, columns: int) -> Parts:
    p = rng.standard_normal((count, width, columns)) / np.sqrt(width * columns)
    signs = rng.choice([-1.0, 1.0], (count, width + 1))
    return Parts(p, signs[:, 1:], signs[:, 0])


def _descended(problem: Problem, parts: Parts, rounding: Sequence[float]) -> Parts:
    if not len(parts.p):
        return parts

    def evaluate(flat: Floats, t: float, rows: Indices) -> tuple[Floats, Floats]:
        value, slope = objective(problem, parts._replace(p=flat.reshape(parts.p.shape)), t)
        return np.array([value]), slope.reshape(1, -1)

    flat = minimised(evaluate, parts.p.reshape(1, -1), rounding, 500, 1e-14)
    return _spared(problem, parts._replace(p=flat.reshape(parts.p.shape)))


def minimised(function: Function, z: Floats, rounding: Sequence[float], steps: int, tolerance: float) -> Floats:
    """Each row of z by BFGS with the line search of Lewis and Overton (2013), at home with kinks, for each t in turn.

    Args:
        function: values and slopes at some rows, t, and which rows they are.
        z: starts, one a row.
        rounding: each t.
        steps: most steps for each t.
        tolerance: a row is done when its value falls by this share of it or less.

    Example:
        >>> def square(z, t, rows):
        ...     return ((z - 3) ** 2).sum(axis=1), 2 * (z - 3)
        >>> minimised(square, np.zeros((2, 1)), [0.0], 50, 1e-9).round(6).tolist()
        [[3.0], [3.0]]
    """
    z = z.copy()
    for t in rounding:
        alive = np.arange(len(z))
        values, slopes = function(z, t, alive)
        inverse = np.broadcast_to(np.eye(z.shape[1]), (len(z), z.shape[1], z.shape[1])).copy()
        for k in range(steps):
            ways = -np.einsum("bij,bj->bi", inverse[alive], slopes[alive])
            falls = (ways * slopes[alive]).sum(axis=1)
            down = falls < 0
            alive, ways, falls = alive[down], ways[down], falls[down]
            if not len(alive):
                break
            length = np.ones(len(alive)) if k else 1 / np.sqrt(-falls)
            before, old, level = z[alive], slopes[alive], values[alive]
            _search_line(function, t, (z, values, slopes), alive, ways, length)
            inverse[alive] = _updated(inverse[alive], z[alive] - before, slopes[alive] - old, k == 0)
            alive = alive[level - values[alive] > tolerance * np.abs(level)]
    return z


def _search_line(
    function: Function, t: float, state: tuple[Floats, Floats, Floats], alive: Indices, ways: Floats, length: Floats
) -> None:
    """Move rows along the ways to the weak Wolfe conditions, by bisection; to the lowest point where that fails."""
    z, values, slopes = state
    start, level, falls = z[alive], values[alive], (ways * slopes[alive]).sum(axis=1)
    low, high = np.zeros(len(alive)), np.full(len(alive), np.inf)
    pending = np.arange(len(alive))
    for _ in range(30):
        rows, step = alive[pending], length[pending]
        trial = start[pending] + step[:, None] * ways[pending]
        found, turned = function(trial, t, rows)
        enough = found <= level[pending] + 1e-4 * step * falls[pending]
        better = enough & (found < values[rows])
        moved = rows[better]
        z[moved], values[moved], slopes[moved] = trial[better], found[better], turned[better]
        low[pending] = np.where(enough, step, low[pending])
        high[pending] = np.where(enough, high[pending], step)
        flat = (turned * ways[pending]).sum(axis=1) >= 0.9 * falls[pending]
        pending = pending[~(enough & flat)]
        if not len(pending):
            break
        length[pending] = np.where(high[pending] < np.inf, (low[pending] + high[pending]) / 2, 2 * low[pending])


def _updated(inverse: Floats, s: Floats, y: Floats, first: bool) -> Floats:
    """The inverse Hessians after steps s that changed the slopes by y, where the curvature is positive."""
    curved, size = (s * y).sum(axis=1), (y * y).sum(axis=1)
    good = curved > 1e-14 * np.sqrt((s * s).sum(axis=1) * size)
    curved, size = np.where(good, curved, 1), np.where(good, size, 1)
    h = inverse * (curved / size)[:, None, None] if first else inverse
    hy = np.einsum("bij,bj->bi", h, y)
    cross = s[:, :, None] * hy[:, None]
    square = (1 + (y * hy).sum(axis=1) / curved)[:, None, None] * s[:, :, None] * s[:, None]
    change = (square - cross - cross.transpose(0, 2, 1)) / curved[:, None, None]
    return np.asarray(np.where(good[:, None, None], h + change, inverse))


def _spared(problem: Problem, parts: Parts) -> Parts:
    """Let sub-networks stand in for others at the same outputs and no larger penalty: at most n are left.

    Along a dependency among the F_k / S_k the S_k change until one is 0 (Caratheodory 1911).
    """
    outputs, sizes, _ = _forward(parts, problem.floats[0], 0.0)
    kept = np.flatnonzero(outputs.any(axis=1) & (sizes > 1e-9 * sizes.sum()))
    units = np.abs(outputs[kept]).max(axis=0, initial=0)
    left, columns = sizes.copy(), (outputs[:, units > 0] / units[units > 0]).T
    while len(kept):
        _, singular, directions = np.linalg.svd(columns[:, kept] / sizes[kept])
        if len(kept) <= len(columns) and singular[-1] > 1e-10 * singular[0]:
            break
        z = directions[-1] if directions[-1].sum() >= 0 else -directions[-1]
        steps = np.divide(left[kept], z, out=np.full(len(kept), np.inf), where=z > 0)
        left[kept] -= steps.min() * z
        kept = np.delete(kept, np.argmin(steps))
    p = parts.p[kept] * np.sqrt(np.maximum(left[kept], 0) / sizes[kept])[:, None, None]
    return Parts(p, parts.inner[kept], parts.outer[kept])


def _joined(problem: Problem, parts: Parts, rng: np.random.Generator) -> Parts:
    """The same with one sub-network more, as large as a step along its outputs makes it; unchanged if none helps."""
    x, t, beta = problem.floats[0], _FINE[-1], float(problem.beta)
    v = -_losses(problem, _forward(parts, x, t)[0].sum(axis=0), t)[1]
    some = _sought(x, v, parts.p.shape[1], rng)
    outputs, sizes, _ = _forward(some, x, 0.0)
    worth = np.divide(outputs @ v, sizes, out=np.zeros_like(sizes), where=sizes > 1e-9)
    k = int(np.argmax(worth))
    if worth[k] <= beta:
        return parts
    step = (worth[k] - beta) * sizes[k] / (outputs[k] @ outputs[k])
    new = Parts(some.p[[k]] * np.sqrt(step), some.inner[[k]], some.outer[[k]])
    return Parts(*(np.concatenate(pair) for pair in zip(parts, new, strict=True)))


def _sought(x: Floats, v: Floats, width: int, rng: np.random.Generator) -> Parts:
    """Local maxima of v.F / S; the best of them lie where rows are 0, so the starts lie in faces of any dimension."""
    d, unit = x.shape[1], np.abs(v).max() or 1.0
    some = _gaussian(rng, _STARTS, width, d)
    walls = x[rng.integers(len(x), size=(_STARTS, width, d - 1))] * rng.integers(2, size=(_STARTS, width, d - 1, 1))
    some = some._replace(p=some.p - (np.linalg.pinv(walls) @ (walls @ some.p[..., None]))[..., 0])

    def price(flat: Floats, t: float, rows: Indices) -> tuple[Floats, Floats]:
        # S^2 / 2 - v.F, least where S = v.F / S
        these = Parts(flat.reshape(-1, width, d), some.inner[rows], some.outer[rows])
        outputs, sizes, pullback = _forward(these, x, t)
        return sizes * sizes / 2 - outputs @ v / unit, pullback(-v[None] / unit, sizes).reshape(flat.shape)

    flat = minimised(price, some.p.reshape(_STARTS, -1), _SEEK, 60, 1e-6)
    return some._replace(p=flat.reshape(some.p.shape))
