"""Upper bounds on the dual constraint over boxes of second-layer signs, by a convex relaxation.

v       what a unit of output is worth at each row, the sign of the output weight included
T       a set of neurons, of any size;  u = p - q, the sums over its plus and its minus neurons
(`convex.columns.neurons`) box     for each row: u_i >= 0 (POSITIVE), u_i <= 0 (NEGATIVE), or either (EITHER)
t       the bound: sum_i v_i (u_i)_+ <= t sum_k ||w_k|| on the box

Let c+ and c- be any numbers with c+ p_i - c- q_i >= v_i (p_i - q_i)_+ at each row i, for all p, q >= 0 that the box
allows there. Then sum_i v_i (u_i)_+ <= sum_k sum_i I_k c_i D_ki x_i.w_k <= max_k h_k(c) sum_k ||w_k||. Both sides are
linear on {p >= q >= 0} and on {q >= p >= 0}, so extreme rays decide, and the condition is exactly

    c+ >= c-, c+ >= v_i unless NEGATIVE, c- <= 0 unless POSITIVE.

The best choice is a small cone program, solved by Clarabel: t = min over c of max_{k in T} h_k(c). Where u_i may have
either sign and v_i <= 0 nothing is lost, -|v_i| (u_i)_+ is concave; where v_i > 0, (u_i)_+ becomes p_i. Once all such
rows are decided, t is the true maximum (Lagrange duality of a convex program with polyhedral cones).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats
from convex.blocks.conic_solver import run_clarabel
from convex.columns.neurons import Neurons
from convex.settings import BOX

EITHER, POSITIVE, NEGATIVE = 0, 1, -1

Box = NDArray[np.int8]


class Bound(NamedTuple):
    """The optimum of the relaxation of a box: the bound t, the numbers c that prove it, and a point that attains it.

    Attributes:
        value: t.
        plus: c+.
        minus: c-.
        weights: w_k of the members at which the relaxation is attained, lengths adding to 1; about in their cones.
    """

    value: float
    plus: Floats
    minus: Floats
    weights: Floats


def bound(neurons: Neurons, members: Sequence[int], v: Floats, box: Box) -> Bound:
    """Bound sum_i v_i (u_i)_+ over sub-networks of these neurons with sum_k ||w_k|| <= 1 and signs in a box.

    Args:
        neurons: all neurons.
        members: T, at least one.
        v: n numbers.
        box: EITHER, POSITIVE or NEGATIVE for each row.
    """
    chosen = np.asarray(members)
    d, size = neurons.x.shape[1], float(np.abs(v).max(initial=0.0)) or 1.0
    active, signs = neurons.active[chosen], neurons.outputs[chosen].astype(np.float64)
    fixed = (box == EITHER) & (v > 0)  # c+ = v and c- = 0
    free = np.flatnonzero(~fixed & active.any(axis=0))
    counts = neurons.starts[chosen + 1] - neurons.starts[chosen]
    lines = np.concatenate([np.arange(neurons.starts[k], neurons.starts[k + 1]) for k in chosen])
    owner = np.repeat(np.arange(len(chosen)), counts)
    # unknowns: c at the free rows, multipliers of the walls, t; everything in units of `size`
    unknowns = len(free) + len(lines) + 1
    low = np.flatnonzero(box[free] != NEGATIVE)  # c >= v
    high = np.flatnonzero(box[free] != POSITIVE)  # c <= 0
    inequalities = np.zeros((len(low) + len(high) + len(lines), unknowns))
    inequalities[np.arange(len(low)), low] = -1
    inequalities[len(low) + np.arange(len(high)), high] = 1
    at = len(low) + len(high)
    inequalities[at + np.arange(len(lines)), len(free) + np.arange(len(lines))] = -1
    right = np.concatenate([-v[free][low] / size, np.zeros(len(high) + len(lines))])
    # ||g_k|| <= t with g_k = sum_i I_k c_i D_ki x_i + sum of walls
    cones = np.zeros((len(chosen), 1 + d, unknowns))
    cones[:, 0, -1] = -1
    cones[:, 1:, : len(free)] = -(signs[:, None] * active[:, free])[:, None, :] * neurons.x[free].T
    cones[owner, 1:, len(free) + np.arange(len(lines))] = -neurons.walls[lines]
    start = np.zeros((len(chosen), 1 + d))
    start[:, 1:] = ((active & (signs > 0)[:, None]) * (fixed * v / size)) @ neurons.x
    objective = np.zeros(unknowns)
    objective[-1] = 1
    z, multipliers, _ = run_clarabel(
        None,
        objective,
        np.concatenate([inequalities, cones.reshape(-1, unknowns)]),
        np.concatenate([right, start.ravel()]),
        [("nonnegative", len(right)), *[("length", 1 + d)] * len(chosen)],
        BOX,
    )
    c = np.zeros(len(v))
    c[free] = np.nan_to_num(z[: len(free)]) * size
    c = np.where(box == NEGATIVE, np.minimum(c, 0), np.maximum(c, v))
    c = np.where(box == EITHER, np.minimum(c, 0), c)
    weights = -np.nan_to_num(multipliers[len(right) :]).reshape(-1, 1 + d)[:, 1:]
    return Bound(float(z[-1]) * size, np.where(fixed, v, c), np.where(fixed, 0.0, c), weights)
