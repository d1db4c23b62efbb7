"""The root relaxation: each second ReLU replaced by its convex hull, a lower bound for every width.

o, k     sign of the output weight; a neuron (signed mask), with weights w_ok in its cone
p, q     sums over plus and minus neurons of D_k X w_ok; u = p - q
z_o      stands for (u)_+:  z_o >= 0, z_o >= u, z_o <= p

    minimise l(z_+ - z_-, y) + beta sum_ok ||w_ok||

*A lower bound for every width.* Take any network, balanced so that its penalty is beta sum ||w||
(`convex.problem.network`), and add up the weights of equal output sign and neuron: the penalty does not grow. With z_o
the sum of its (u)_+ all constraints hold, since 0, u and p are linear in the weights and bound each (u)_+ = (p - q)_+
from their sides. So the network is a point of this program with the same output. Its size is linear in the
number of regions; no second-layer sign is split.
"""

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.blocks.conic_solver import lengths, solve_cones
from convex.columns.box_bounds import EITHER, bound
from convex.columns.column_generation import CoveredDual
from convex.columns.covers import Entry
from convex.columns.neurons import Neurons
from convex.problem.training_problem import Problem


def solve_root_relaxation(problem: Problem, neurons: Neurons) -> CoveredDual:
    """Solve the root relaxation: its dual vector, and one entry for each output sign that covers all neurons at once.

    Args:
        problem: the scaled problem.
        neurons: all neurons.

    Raises:
        SolverError: Clarabel returned no point.
    """
    v = _dual_vector(problem, neurons)
    everything = tuple(range(len(neurons)))
    return CoveredDual(v, everything, tuple((o, [_root(neurons, o * v)]) for o in (1, -1)))


def _root(neurons: Neurons, v: Floats) -> Entry:
    """Make the entry of the box without restrictions, whether or not it proves the dual constraint."""
    box = np.full(len(v), EITHER, np.int8)
    work: list[int] = [0]
    while True:
        result = bound(neurons, work, v, box)
        lengths, multipliers = neurons.support_bounds(result.plus, result.minus)
        new = [int(k) for k in np.argsort(-lengths)[:8] if lengths[k] > result.value * (1 + 1e-10) and k not in work]
        if not new:
            rows, all_neurons = (1 << len(v)) - 1, (1 << len(neurons)) - 1
            return Entry(0, box, result.plus, result.minus, rows, rows, all_neurons, multipliers)
        work += new


def _dual_vector(problem: Problem, neurons: Neurons) -> Floats:
    from scipy import sparse

    x, y = problem.floats
    n, d = x.shape
    count, loss = len(neurons), problem.loss.epigraph(y)
    extra, size = len(loss.linear) - n, count * d
    active, positive = neurons.active.astype(np.float64), (neurons.outputs > 0)[:, None]
    p = np.einsum("ki,id->ikd", active * positive, x).reshape(n, size)
    u = p - np.einsum("ki,id->ikd", active * ~positive, x).reshape(n, size)
    walls = sparse.block_diag(np.split(neurons.walls, neurons.starts[1:-1]))
    w, t = lengths(count, d)
    one = sparse.eye(n)
    # of one output sign; unknowns w, t, z
    signs = [[None, None, -one], [u, None, -one], [-p, sparse.csc_matrix((n, count)), one], [-walls, None, None]]
    inequalities = sparse.csc_matrix(sparse.bmat(signs))
    norms = sparse.hstack([w, t, sparse.csc_matrix((w.shape[0], n))])
    z = sparse.hstack([sparse.csc_matrix((n, size + count)), one])
    matrix = sparse.bmat(
        [
            [one, sparse.csc_matrix((n, extra)), -z, z],
            [loss.matrix[:, :n], loss.matrix[:, n:], None, None],
            [None, None, inequalities, None],
            [None, None, None, inequalities],
            [None, None, norms, None],
            [None, None, None, norms],
        ],
        format="csc",
    )
    cost = np.concatenate([np.zeros(size), np.full(count, float(problem.beta)), np.zeros(n)])
    found, multipliers = solve_cones(
        np.concatenate([loss.quadratic, 0 * cost, 0 * cost]),
        np.concatenate([loss.linear, cost, cost]),
        matrix,
        np.concatenate([np.zeros(n), loss.right, np.zeros(2 * (inequalities.shape[0] + norms.shape[0]))]),
        [("zero", n), *loss.cones, ("nonnegative", 2 * inequalities.shape[0]), *[("length", 1 + d)] * (2 * count)],
    )
    return problem.loss.dual_vector(found[:n], y, multipliers[:n])
