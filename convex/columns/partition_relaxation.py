"""The relaxation over a partition into boxes of second-layer signs: a lower bound for every width, refined at will.

o, B     a leaf: sign of the output weight, and a box of second-layer signs (`convex.columns.box_bounds`)
k        a neuron (signed mask) that takes part in the leaf, with weights w_k in its cone
p, q     sums over its plus and its minus neurons of D_k X w_k; u = p - q
z        stands for (u)_+:  z = u >= 0 where POSITIVE, z = 0 >= u where NEGATIVE, max(0, u) <= z <= p elsewhere

    minimise l(sum over leaves of o z, y) + beta sum ||w_k||   (all neurons in all leaves)

*A lower bound for every width.* Take any network, balanced so that its penalty is beta sum ||w||
(`convex.networks.network`). The boxes of each o cover all sign vectors, so each sub-network fits a leaf; add up those
of one leaf. Its constraints are convex cones, so the sum keeps them, at the same output and no more penalty. One box
without restriction for each o is the root relaxation; splitting a box at a row raises the bound, and once z = (u)_+
everywhere it is the optimum of unlimited width. The dual vector moves with the partition: it goes where few boxes are
enough to prove much, while that of a restricted master, which knows nothing of boxes, needs thousands.

*Where to split.* A row at which z is free can be fitted for next to nothing, and then v_i is 0 there: v itself does not
show what the freedom is worth. The dual vector of a restricted master does, near the optimum: rows that a good network
fits need no split. So a row counts by what z has too much there, times what both dual vectors say of it.

Neurons join a leaf where the numbers c of `convex.columns.box_bounds` show that its dual constraint fails, and leaves
without weights are left out of the program until theirs fails.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.blocks.conic_solver import lengths, solve_cones
from convex.columns.box_bounds import EITHER, NEGATIVE, POSITIVE, Bound, Box, bound
from convex.columns.covers import CoveredDual, Entry, covering
from convex.columns.neurons import Neurons
from convex.problem.training_problem import Problem
from convex.settings import ROUGH, ConicSettings

_SLACK = 0.01  # relative excess over beta that is left to the exact proof
_INNER = 6  # programs over one partition
_SHARE = 0.15  # of the leaves with a gap that are split at once
_JOINING = 6  # neurons that join a leaf at once
_KEPT = 30  # neurons of a leaf from which on idle ones leave it
_IDLE = 1e-6  # share of a leaf's weights up to which a neuron is idle
_CLOSED = 1e-9  # a gap up to this is none


@dataclass(eq=False)
class Leaf:
    """A box of second-layer signs for one sign of the output weight, and the neurons that take part so far.

    Attributes:
        output: o.
        box: B.
        members: neurons, in no order.
        active: whether the program holds it.
    """

    output: int
    box: Box
    members: list[int]
    active: bool = True


class LeafPoint(NamedTuple):
    """Weights of the members of a leaf, and z at every row."""

    weights: Floats
    z: Floats


class Relaxed(NamedTuple):
    """A dual vector with a cover of all neurons at once, whatever its numbers come to.

    Attributes:
        covered: the dual vector and the cover.
        excess: the largest h_k(c) / beta in it; the dual vector divided by this is feasible.
    """

    covered: CoveredDual
    excess: float


def whole_boxes(rows: int) -> list[tuple[int, Box]]:
    """Make the coarsest partition: one box without restriction for each sign of the output weight."""
    return [(output, np.full(rows, EITHER, np.int8)) for output in (1, -1)]


def refine(
    problem: Problem, neurons: Neurons, target: Callable[[], Floats], boxes: Sequence[tuple[int, Box]] = ()
) -> Iterator[Relaxed | None]:
    """Refine a partition for as long as somebody asks: a `Relaxed` for each program, and None between small steps.

    Args:
        problem: the scaled problem.
        neurons: all neurons.
        target: gives the best dual vector known, such as that of a restricted master; feasible or not.
        boxes: (o, B) to begin with; where they do not cover all sign vectors, the coarsest partition takes their place.

    Raises:
        SolverError: Clarabel returned no point.
    """
    known = boxes if boxes and _cover_all(neurons, boxes) else whole_boxes(len(problem.y))
    leaves = [Leaf(output, box, []) for output, box in known]
    beta = float(problem.beta)
    for leaf in leaves:
        yield None
        leaf.members = _first_guess(neurons, leaf.output * problem.total_loss.weighted_targets)
    while True:
        for _ in range(_INNER):
            programmed = [leaf for leaf in leaves if leaf.active]
            v, points = solve_partition(problem, neurons, programmed)
            behind = [(leaf, list(leaf.members)) for leaf in programmed]
            entries: dict[int, list[Entry]] = {1: [], -1: []}
            largest, joined = 0.0, False
            for leaf in leaves:
                yield None
                found, length, members = tight_bound(neurons, leaf, v, beta)
                mine = entries[leaf.output]
                mine.append(entry_for_all(len(mine), leaf.box, found, len(neurons)))
                largest = max(largest, length)
                if length > beta * (1 + _SLACK):
                    joined = _join(leaf, members) or joined
                elif not leaf.active:
                    leaf.members = members
            order = tuple(range(len(neurons)))
            yield Relaxed(CoveredDual(v, order, tuple(entries.items())), largest / beta)
            if not joined:
                break
        if not _split(neurons, leaves, behind, points, v + target()):
            return


def solve_partition(
    problem: Problem, neurons: Neurons, leaves: Sequence[Leaf], *, settings: ConicSettings = ROUGH
) -> tuple[Floats, list[LeafPoint]]:
    """Solve the relaxation over some leaves, with their members: its dual vector, and the point of each leaf.

    Args:
        problem: the scaled problem.
        neurons: all neurons.
        leaves: each with a member at least.
        settings: options of Clarabel.

    Raises:
        SolverError: Clarabel returned no point.
    """
    from scipy import sparse

    x, _ = problem.floats
    n, d = x.shape
    loss = problem.total_loss.epigraph()
    extra = len(loss.linear) - n
    outputs, inequalities, norms, costs = [], [], [], []
    for leaf in leaves:
        count, (p, u) = len(leaf.members), _sums(neurons, leaf.members)
        either, positive, negative = (leaf.box == side for side in (EITHER, POSITIVE, NEGATIVE))
        one, free = np.eye(n)[either], int(either.sum())
        # unknowns: w, z at the rows that may have either sign, and the bounds t of the lengths of w
        outputs.append(np.hstack([u * positive[:, None], one.T, np.zeros((n, count))]) * leaf.output)
        zero, signs = np.zeros((free, count * d)), np.eye(free)
        rows = [(zero, -signs), (u[either], -signs), (-p[either], signs)]
        rows += [(sign * u[side], np.zeros((int(side.sum()), free))) for sign, side in ((-1, positive), (1, negative))]
        signed = np.vstack([np.hstack(pair) for pair in rows])
        walls = sparse.block_diag([-neurons.walls[neurons.starts[k] : neurons.starts[k + 1]] for k in leaf.members])
        limits = sparse.bmat([[sparse.csc_matrix(signed)], [sparse.hstack([walls, _none(walls.shape[0], free)])]])
        inequalities.append(sparse.hstack([limits, _none(limits.shape[0], count)]))
        w, t = lengths(count, d)
        norms.append(sparse.hstack([w, _none(w.shape[0], free), t]))
        costs.append(np.concatenate([np.zeros(count * d + free), np.full(count, float(problem.beta))]))
    cost, below, cones = np.concatenate(costs), sparse.block_diag(inequalities), sparse.block_diag(norms)
    matrix = sparse.bmat(
        [
            [sparse.eye(n), _none(n, extra), -sparse.csc_matrix(np.hstack(outputs))],
            [loss.matrix[:, :n], loss.matrix[:, n:], None],
            [None, None, below],
            [None, None, cones],
        ],
        format="csc",
    )
    found, multipliers = solve_cones(
        np.concatenate([loss.quadratic, 0 * cost]),
        np.concatenate([loss.linear, cost]),
        matrix,
        np.concatenate([np.zeros(n), loss.right, np.zeros(below.shape[0] + cones.shape[0])]),
        [("zero", n), *loss.cones, ("nonnegative", below.shape[0]), *[("length", 1 + d)] * (cones.shape[0] // (1 + d))],
        settings=settings,
    )
    parts = np.split(found[n + extra :], np.cumsum([len(part) for part in costs])[:-1])
    points = [_leaf_point(part, leaf, neurons) for part, leaf in zip(parts, leaves, strict=True)]
    return problem.total_loss.dual_vector(found[:n], multipliers[:n]), points


def _none(rows: int, columns: int) -> object:
    from scipy import sparse

    return sparse.csc_matrix((rows, columns))


def _sums(neurons: Neurons, members: Sequence[int]) -> tuple[Floats, Floats]:
    """P and u as matrices over the weights of these neurons."""
    x, chosen = neurons.x, np.asarray(members)
    each = np.einsum("ki,id->ikd", neurons.active[chosen].astype(np.float64), x)
    plus = (neurons.outputs[chosen] > 0)[None, :, None]
    columns = (len(x), -1)
    return (each * plus).reshape(columns), np.where(plus, each, -each).reshape(columns)


def _leaf_point(part: Floats, leaf: Leaf, neurons: Neurons) -> LeafPoint:
    count, d = len(leaf.members), neurons.x.shape[1]
    weights = part[: count * d].reshape(count, d)
    p, q = neurons.signed_sums(weights, leaf.members)
    z, either = np.maximum(p - q, 0), leaf.box == EITHER
    z[either] = part[count * d : len(part) - count]
    return LeafPoint(weights, z)


def _first_guess(neurons: Neurons, v: Floats) -> list[int]:
    sizes, _ = neurons.support_bounds(np.maximum(v, 0), np.zeros(len(v)))
    return [int(k) for k in np.argsort(-sizes)[:_JOINING]]


def tight_bound(
    neurons: Neurons, leaf: Leaf, v: Floats, least: float, slack: float = _SLACK / 4, joining: int = _JOINING
) -> tuple[Bound, float, list[int]]:
    """Find numbers for a leaf, their largest h_k over all neurons, and the neurons that determine it.

    Args:
        neurons: all neurons.
        leaf: the members to begin with.
        v: the dual vector.
        least: bounds up to this are as good as this.
        slack: relative excess of h_k over the bound that counts as none.
        joining: neurons that join at once.
    """
    work = list(leaf.members)
    while True:
        found = bound(neurons, work, leaf.output * v, leaf.box)
        sizes, _ = neurons.support_bounds(found.plus, found.minus)
        allowed, inside = max(found.value, least) * (1 + slack), set(work)
        new = [int(k) for k in np.argsort(-sizes)[:joining] if sizes[k] > allowed and int(k) not in inside]
        if not new:
            used = np.linalg.norm(found.weights, axis=1)
            kept = [k for k, size in zip(work, used.tolist(), strict=True) if size > _IDLE * used.sum()]
            return found, float(sizes.max()), kept or work[:1]
        work += new


def entry_for_all(number: int, box: Box, found: Bound, size: int) -> Entry:
    """Make the entry of a box for all neurons, whether or not it proves the dual constraint."""
    return Entry(number, box, found.plus, found.minus, (1 << size) - 1)


def _join(leaf: Leaf, members: list[int]) -> bool:
    """Take a leaf and neurons into the program; False if they are there already."""
    new = [k for k in members if k not in leaf.members]
    if leaf.active:
        leaf.members = leaf.members + new
        return bool(new)
    leaf.active, leaf.members = True, members
    return True


def _split(
    neurons: Neurons,
    leaves: list[Leaf],
    behind: Sequence[tuple[Leaf, list[int]]],
    points: Sequence[LeafPoint],
    worth: Floats,
) -> bool:
    """Split the leaves with the largest gaps at the row of the gap, and drop what is idle; False without a gap."""
    gaps: list[tuple[float, int, Leaf]] = []
    for (leaf, members), point in zip(behind, points, strict=True):
        sizes = np.linalg.norm(point.weights, axis=1)
        kept = [k for k, size in zip(members, sizes.tolist(), strict=True) if size > _IDLE * sizes.sum()]
        p, q = neurons.signed_sums(point.weights, members)
        missing = np.where(leaf.box == EITHER, np.maximum(point.z - np.maximum(p - q, 0), 0), 0.0)
        gap = missing * np.maximum(leaf.output * worth, 0)
        row = int(np.argmax(gap))
        leaf.active = bool(sizes.sum() > _CLOSED)
        if gap[row] > _CLOSED:
            gaps.append((float(gap[row]), row, leaf))
        if kept and (len(leaf.members) > _KEPT or gap[row] > _CLOSED):
            leaf.members = kept
    gaps.sort(key=lambda gap: -gap[0])
    for _, row, leaf in gaps[: int(np.ceil(_SHARE * len(gaps)))]:
        leaves.remove(leaf)
        for side in (POSITIVE, NEGATIVE):
            smaller = leaf.box.copy()
            smaller[row] = side
            leaves.append(Leaf(leaf.output, smaller, list(leaf.members)))
    return bool(gaps)


def _cover_all(neurons: Neurons, boxes: Sequence[tuple[int, Box]]) -> bool:
    nothing = np.zeros(0)
    for output in (1, -1):
        found = [
            entry_for_all(0, box, Bound(0.0, nothing, nothing, nothing), len(neurons))
            for o, box in boxes
            if o == output
        ]
        if covering(found, *neurons.possible_signs(range(len(neurons)))) is None:
            return False
    return True
