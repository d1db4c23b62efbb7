"""A lower bound that needs the first layer only: each second ReLU replaced by its convex hull.

o, k     sign of the output weight; a neuron (signed mask), with weights w_ok in its cone
p, q     sums over plus and minus neurons of D_k X w_ok; u = p - q
z_o      stands for (u)_+:  z_o >= 0, z_o >= u, z_o <= p

    minimise l(z_+ - z_-, y) + beta sum_ok ||w_ok||

*A lower bound for every width.* Take any network, balanced so that its penalty is beta sum ||w|| (`convex.network`), and add up
the weights of equal output sign and neuron: the penalty does not grow. With z_o the sum of its (u)_+ all constraints
hold, since 0, u and p are linear in the weights and bound each (u)_+ = (p - q)_+ from their sides. So the network is a
point of this program with the same output. Its size is linear in the number of regions; no second-layer sign is split.
"""

import clarabel
import numpy as np
from scipy import sparse

from arrangements.integers import Floats
from convex.cover import Entry
from convex.generation import Covered
from convex.neurons import Neurons
from convex.problem import Problem
from convex.program import TIGHT, SolverError
from convex.relaxation import EITHER, bound


def relaxed(problem: Problem, neurons: Neurons) -> Covered:
    """The dual vector of this program, with one entry for each output sign that covers all neurons at once.

    Args:
        problem: the scaled problem.
        neurons: all neurons.

    Raises:
        SolverError: Clarabel returned no point.
    """
    v = _dual_vector(problem, neurons)
    everything = tuple(range(len(neurons)))
    return Covered(v, everything, tuple((o, [_root(neurons, o * v)]) for o in (1, -1)))


def _root(neurons: Neurons, v: Floats) -> Entry:
    """The best numbers for a box that nothing restricts, whatever they come to."""
    box = np.full(len(v), EITHER, np.int8)
    work: list[int] = [0]
    while True:
        result = bound(neurons, work, v, box)
        lengths, multipliers = neurons.answers(result.plus, result.minus)
        new = [int(k) for k in np.argsort(-lengths)[:8] if lengths[k] > result.value * (1 + 1e-10) and k not in work]
        if not new:
            rows, all_neurons = (1 << len(v)) - 1, (1 << len(neurons)) - 1
            return Entry(box, result.plus, result.minus, rows, rows, all_neurons, multipliers)
        work += new


def _dual_vector(problem: Problem, neurons: Neurons) -> Floats:
    x, y = problem.floats
    n, d = x.shape
    count, loss = len(neurons), problem.loss.epigraph(y)
    extra, size = len(loss.linear) - n, count * d
    ones = neurons.active.astype(np.float64)
    plus = np.einsum("ki,id->ikd", ones * (neurons.outputs > 0)[:, None], x).reshape(n, size)
    u = plus - np.einsum("ki,id->ikd", ones * (neurons.outputs < 0)[:, None], x).reshape(n, size)
    owners = np.repeat(np.arange(count), np.diff(neurons.starts))
    walls = sparse.csr_matrix(
        (neurons.walls.ravel(), ((np.arange(len(owners))[:, None] + np.zeros(d, int)).ravel(),
                                 (owners[:, None] * d + np.arange(d)).ravel())),
        shape=(len(owners), size),
    )
    place = np.arange(count) * (1 + d)
    rows = np.concatenate([place, (place[:, None] + 1 + np.arange(d)).ravel()])
    norms = sparse.csc_matrix(
        (np.full(size + count, -1.0), (rows, np.concatenate([size + np.arange(count), np.arange(size)]))),
        shape=(count * (1 + d), size + count),
    )
    one, nothing = sparse.eye(n), sparse.csc_matrix((n, count))
    # one output sign: unknowns w, t, z
    inequalities = sparse.bmat(
        [[None, None, -one], [u, nothing, -one], [-plus, nothing, one], [-walls, None, None]], format="csc"
    )
    inequalities = sparse.csc_matrix(inequalities)
    half = inequalities.shape[0]
    cones_of_half = sparse.hstack([norms, sparse.csc_matrix((norms.shape[0], n))])
    z = sparse.hstack([sparse.csc_matrix((n, size + count)), one])
    matrix = sparse.bmat(
        [
            [one, sparse.csc_matrix((n, extra)), -z, z],
            [loss.matrix[:, :n], loss.matrix[:, n:], None, None],
            [None, None, inequalities, None],
            [None, None, None, inequalities],
            [None, None, cones_of_half, None],
            [None, None, None, cones_of_half],
        ],
        format="csc",
    )
    right = np.concatenate([np.zeros(n), loss.right, np.zeros(2 * half + 2 * norms.shape[0])])
    cost = np.concatenate([np.zeros(size), np.full(count, float(problem.beta)), np.zeros(n)])
    quadratic = sparse.diags(np.concatenate([loss.quadratic, 0 * cost, 0 * cost]), format="csc")
    kinds = {"zero": clarabel.ZeroConeT, "nonnegative": clarabel.NonnegativeConeT, "exponential": lambda _: clarabel.ExponentialConeT()}
    cones = [clarabel.ZeroConeT(n), *(kinds[kind](k) for kind, k in loss.cones), clarabel.NonnegativeConeT(2 * half)]
    cones += [clarabel.SecondOrderConeT(1 + d)] * (2 * count)
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    for name, value in TIGHT.items():
        setattr(settings, name, value)
    solution = clarabel.DefaultSolver(
        quadratic, np.concatenate([loss.linear, cost, cost]), matrix, right, cones, settings
    ).solve()
    found = np.array(solution.x)
    if not np.isfinite(found).all():
        raise SolverError(f"Clarabel returned no point for the relaxation: {solution.status}")
    return problem.loss.dual_vector(found[:n], y, np.array(solution.z)[:n])
