"""Karush-Kuhn-Tucker conditions: of every cone program that is solved, and of points of the convex program over blocks.

cone program     minimise 1/2 z.Pz + q.z subject to s = b - A z in K;  m  multipliers of the rows
over blocks      minimise l(f, y) + beta sum ||w_bj|| subject to f = sum_b a_b(w_b), walls >= 0;  l  their multipliers

Residuals are relative to the largest terms that they are differences of, or to the targets, which must not all be 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from convex import Block, Problem
from convex.blocks import conic_solver
from convex.blocks.linear_maps import ProgramSolution

CALLERS = ("convex.blocks.conic_solver", "convex.columns.box_bounds", "convex.listed.block_pricing")


@dataclass(frozen=True)
class Residuals:
    """How far a point and its multipliers are from the four conditions."""

    primal: float
    dual: float
    complementarity: float
    stationarity: float

    @property
    def worst(self) -> float:
        return max(self.primal, self.dual, self.complementarity, self.stationarity)


def outside(kind: str, part: np.ndarray) -> float:
    """How far a vector is outside a cone."""
    if kind == "zero":
        return np.abs(part).max(initial=0.0)
    if kind == "nonnegative":
        return max(-part.min(initial=0.0), 0.0)
    if kind == "length":
        return max(np.linalg.norm(part[1:]) - part[0], 0.0)
    x, y, z = part  # y exp(x / y) <= z
    return max(y * np.exp(x / y) - z, -y, 0.0)


def outside_dual(kind: str, part: np.ndarray) -> float:
    """How far a vector is outside the dual of a cone."""
    if kind == "zero":
        return 0.0
    if kind != "exponential":
        return outside(kind, part)
    u, v, w = part  # -u exp(v / u - 1) <= w, u <= 0
    return max(u, -w, -v if u > -1e-12 else -u * np.exp(v / u - 1) - w, 0.0)


def residuals_of_cones(squares, linear, matrix, right, cones, z, multipliers) -> Residuals:
    """The conditions of a cone program."""
    p = np.zeros(len(linear)) if squares is None else squares
    slack, push = right - matrix @ z, matrix.T @ multipliers
    sizes = [size for _, size in cones]
    assert sum(sizes) == len(right)
    cuts = np.cumsum(sizes)[:-1]
    parts, duals = np.split(slack, cuts), np.split(np.asarray(multipliers), cuts)
    kinds = [kind for kind, _ in cones]
    length = 1 + np.abs(z).max() + np.abs(right).max(initial=0)
    force = 1 + np.abs(linear).max() + np.abs(multipliers).max(initial=0)
    return Residuals(
        max(map(outside, kinds, parts), default=0.0) / length,
        max(map(outside_dual, kinds, duals), default=0.0) / force,
        abs(slack @ multipliers) / (1 + np.abs(slack) @ np.abs(multipliers) + abs(linear @ z)),
        np.abs(p * z + linear + push).max() / force,
    )


def check_every_solve(monkeypatch, tolerance: float = 1e-6) -> list[Residuals]:
    """From here on every cone program that is solved must meet the conditions; the residuals of all are collected."""
    original, found = conic_solver.run_clarabel, []

    def checked(squares, linear, matrix, right, cones, settings):
        z, multipliers, status = original(squares, linear, matrix, right, cones, settings)
        found.append(residuals_of_cones(squares, linear, matrix, right, cones, z, multipliers))
        assert found[-1].worst <= tolerance, (found[-1], status)
        return z, multipliers, status

    for module in CALLERS:
        monkeypatch.setattr(f"{module}.run_clarabel", checked)
    return found


def residuals_of_program(problem: Problem, blocks: Sequence[Block], point: ProgramSolution) -> Residuals:
    """The conditions of the convex program at weights w, multipliers l of the walls and dual vector v.

    v must be minus a derivative of the loss at f: then l(f) + v f = D(v), the loss of duality that counts as
    complementarity. Stationary is a neuron with ||g_j|| <= beta and g_j.w_j = beta ||w_j||.
    """
    (x, y), beta, v = problem.floats, float(problem.beta), point.dual
    f, primal, dual, slack, push, excess = np.zeros(len(x)), 0.0, 0.0, 0.0, 0.0, 0.0
    for block, w, l in zip(blocks, point.weights, point.multipliers, strict=True):  # noqa: E741
        u = w @ x.T
        f += (block.effect * u).sum(axis=0)
        walls = (block.constraints * u).sum(axis=(1, 2))
        g = (block.effect * v + np.tensordot(l, block.constraints.astype(float), 1)) @ x
        primal = max(primal, -walls.min(initial=0.0))
        dual = max(dual, -l.min(initial=0.0))
        slack += np.abs(l * walls).sum()
        excess = max(excess, np.linalg.norm(g, axis=1).max() - beta)
        push += abs((g * w).sum() - beta * np.linalg.norm(w, axis=1).sum())
    exact = [problem.loss.clip(Fraction(a), t) for a, t in zip(v.tolist(), problem.y, strict=True)]
    clipped = np.array([float(a) for a in exact])
    least = np.array([float(problem.loss.dual(a, t)) for a, t in zip(exact, problem.y, strict=True)])
    fenchel = np.abs(problem.loss.values(f, y) + clipped * f - least).sum()
    value, force = abs(point.value), beta + (np.abs(v) * np.linalg.norm(x, axis=1)).max()
    outside_domain = np.abs(clipped - v).max() / (1 + np.abs(v).max())
    return Residuals(
        primal / np.abs(y).max(),
        max(dual, outside_domain),
        (slack + fenchel) / value,
        max(excess / force, push / value),
    )
