"""Masks, pairs and program (12) from plain numbers: sign vectors by linear programs, the program in cvxpy.

x, y, beta  the data;  mask  the signs of the rows;  neuron  (mask, sign);  block  (effects, walls) of one pair

`numbers` reads what is on record of a claim, so that a page that shows other numbers fails.
"""

import re
from fractions import Fraction
from functools import cache
from itertools import combinations, product

import cvxpy as cp
import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from multilayer.claims.referee import record
from multilayer.claims.tables import TABLES
from multilayer.claims.training.program import DIFFERENT_MASKS, SHARED_BLOCK

SMALL = {name: TABLES[name] for name in ("four rows", "opposite and parallel rows", "zero and repeated rows")}
SMALL |= {"different masks": DIFFERENT_MASKS, "shared block": SHARED_BLOCK}


def numbers(text):
    """The numbers in the evidence of the claim whose name starts with this text, as a reader sees them."""
    [evidence] = [found for name, found in record().items() if name.startswith(text)]
    return {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", str(evidence))}


def possible(rows):
    """Whether some w has a positive product with every row but the zero ones."""
    a = np.array([row for row in rows if np.any(row)])
    return linprog(np.zeros(a.shape[1]), A_ub=-a, b_ub=-np.ones(len(a)), bounds=(None, None)).status == 0


@cache
def masks_of(rows):
    """The signs of the rows on each region; 0 at zero rows."""
    found = [()]
    for row in rows:
        longer = [(*mask, s) for mask in found for s in ((1, -1) if any(row) else (0,))]
        scaled = {mask: [s * np.array(r) for s, r in zip(mask, rows, strict=False)] for mask in longer}
        found = [mask for mask in longer if not any(row) or possible(scaled[mask])]
    return found


def table(x):
    return tuple(map(tuple, np.asarray(x, float).tolist()))


def signed_masks(rows):
    return [(mask, sign) for mask in masks_of(rows) if 1 in mask for sign in (1, -1)]


def pairs_of(rows, neurons):
    """Every s that is feasible in the cone of these neurons, with its walls as m x d arrays."""
    m, cone = len(neurons), []
    for j, (mask, _) in enumerate(neurons):
        for s, row in zip(mask, rows, strict=True):
            if s:
                cone.append(np.outer(np.arange(m) == j, np.multiply(s, row)))
    active = [[sign * (mask[i] > 0) for mask, sign in neurons] for i in range(len(rows))]
    mixed = [i for i, a in enumerate(active) if {1, -1} <= set(a)]
    forced = [0 if {1, -1} <= set(a) else sum(a) and (1 if sum(a) > 0 else -1) for a in active]
    for choice in product((1, -1), repeat=len(mixed)):
        s = list(forced)
        for i, sign in zip(mixed, choice, strict=True):
            s[i] = sign
        walls = cone + [s[i] * np.outer(active[i], rows[i]) for i in mixed]
        if not mixed or possible([wall.ravel() for wall in walls]):
            yield tuple(s), walls


@cache
def listed(rows, m):
    """All (tuple, s) of width m, and the walls."""
    signed = signed_masks(rows)
    tuples = combinations(signed, min(m, len(signed)))
    return [(neurons, s, walls) for neurons in tuples for s, walls in pairs_of(rows, neurons)]


def blocks_of(pairs):
    """Both output signs of each pair: the effects o I_j D_j 1[s > 0], and the walls."""
    found = []
    for neurons, s, walls in pairs:
        linear = np.array([[sign * (d > 0) for d in mask] for mask, sign in neurons])
        found += [(o * linear * (np.array(s) > 0), walls) for o in (1, -1) if 1 in s]
    return found


def arrays(rows, blocks):
    """One column for each weight: what the blocks add to the outputs, and their walls."""
    x = np.array(rows)
    a = np.concatenate([np.einsum("mi,ik->imk", e, x).reshape(len(x), -1) for e, _ in blocks], axis=1)
    return a, sparse.block_diag([np.array([wall.ravel() for wall in walls]) for _, walls in blocks], format="csr")


def program(rows, y, beta, blocks):
    """The value of the convex program over the blocks, its weights by blocks, and their outputs."""
    a, c = arrays(rows, blocks)
    w = cp.Variable((a.shape[1] // len(rows[0]), len(rows[0])))
    flat = cp.vec(w, order="C")
    cost = cp.sum_squares(a @ flat - y) / 2 + beta * cp.sum(cp.norm(w, 2, axis=1))
    value = cp.Problem(cp.Minimize(cost), [c @ flat >= 0]).solve(solver=cp.CLARABEL)
    return value, w.value, a * w.value.ravel()


def answers(rows, blocks, v):
    """For each block the most that v earns on it with sum_j ||w_j|| <= 1."""
    a, c = arrays(rows, blocks)
    m, d = len(blocks[0][0]), len(rows[0])
    w = cp.Variable((a.shape[1] // d, d))
    flat = cp.vec(w, order="C")
    sizes = cp.reshape(cp.norm(w, 2, axis=1), (len(blocks), m), order="C")
    earned = cp.multiply(np.asarray(v) @ a, flat)
    cp.Problem(cp.Maximize(cp.sum(earned)), [c @ flat >= 0, cp.sum(sizes, axis=1) <= 1]).solve(solver=cp.CLARABEL)
    return (np.asarray(v) @ a * w.value.ravel()).reshape(len(blocks), -1).sum(axis=1)


def plain(problem):
    x, y = problem.floats
    return table(x), y, float(problem.beta)


@cache
def optimum(name, m):
    """Program (12) over brute-force tuples."""
    rows, y, beta = plain(SMALL[name])
    return program(rows, y, beta, blocks_of(listed(rows, m)))[0]


def cost_of(problem, network):
    """(4) in fractions, from the bare weights."""
    outputs = [Fraction(0)] * len(problem.x)
    penalty = Fraction(0)
    for part in network.subnetworks:
        assert sum(value**2 for w in part.first for value in w) <= 1
        penalty += part.output**2 + sum(value**2 for value in part.second)
        for i, row in enumerate(problem.x):
            hidden = [max(sum(a * b for a, b in zip(w, row, strict=True)), 0) for w in part.first]
            outputs[i] += part.output * max(sum(a * b for a, b in zip(part.second, hidden, strict=True)), 0)
    return sum((f - y) ** 2 for f, y in zip(outputs, problem.y, strict=True)) / 2 + problem.beta * penalty / 2


def balanced(x, flat, inner, outer):
    """Outputs and penalties of sub-networks in balanced form: p (K, m, d), I (K, m), o (K)."""
    p = flat.reshape(*inner.shape, x.shape[1])
    sizes = np.linalg.norm(p, axis=2)
    u = np.einsum("km,kmi->ki", inner * sizes, np.maximum(np.einsum("id,kmd->kmi", x, p), 0))
    return outer[:, None] * np.maximum(u, 0), (sizes**2).sum(axis=1)
