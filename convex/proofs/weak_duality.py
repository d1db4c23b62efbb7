"""Weak duality with rational multipliers: proven lower bounds over a list of blocks.

v      dual vector;  its dual value (`convex.problem.total_loss`) is at most P* if every block b satisfies the dual
       constraint, v.a_b(w) <= beta sum_j ||w_j|| for all w in its cone
g_j    sum_i (e_ji v_i + sum_c l_c G_cji) x_i, one vector a neuron;  max_j ||g_j|| <= beta is enough for block b

For w in the block's cone, v.a_b(w) <= sum_j g_j.w_j <= max_j ||g_j|| sum_j ||w_j||, since l_c >= 0 only adds what
is >= 0. All numbers are rounded to integers over one power of two first; from there on nothing is rounded but the
final common factor, downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import frexp

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import Vector
from arrangements.exact.square_roots import root_below
from convex.blocks.block import Block
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem

_BITS = 64  # of the largest entry of v


@dataclass(frozen=True)
class LowerBound:
    """A proven lower bound with the dual vector and multipliers that prove it.

    Attributes:
        value: the bound.
        v: the dual vector, feasible for every block.
        multipliers: for each block, l_c >= 0 for each of its walls, or () where zeros suffice.
    """

    value: Fraction
    v: Vector
    multipliers: tuple[Vector, ...]

    def unscaled(self, scaling: Scaling) -> "LowerBound":
        """Carry the bound back to the original problem: v and multipliers grow by c t, the value by c t^2."""
        grown = tuple(map(scaling.grown, self.multipliers))
        return LowerBound(scaling.value(self.value), scaling.grown(self.v), grown)


def lower_bound(problem: Problem, blocks: Sequence[Block], v: Floats, multipliers: Sequence[Floats]) -> LowerBound:
    """Prove a lower bound on the convex program over these blocks, hence on (4) if they are all there are.

    v and the multipliers are shrunk by one rational factor until max_j ||g_j|| <= beta everywhere.

    Args:
        problem: the data.
        blocks: every block of the program.
        v: proposed dual vector, n floats.
        multipliers: proposed l for each block; negative entries count as 0.
    """
    scale = power_scale(v, _BITS)
    integers = dual_integers(problem, v, scale)
    rows = np.array(problem.integers[0], dtype=object)
    unit = problem.integers[1] * scale  # g in units of 1 / unit
    proposed = [_integers(np.maximum(part, 0), scale) for part in multipliers]
    largest = 0
    for block, l in zip(blocks, proposed, strict=True):  # noqa: E741
        g = (block.effect * integers + _weighted(block, l)).dot(rows)
        largest = max(largest, *(g * g).sum(axis=1).tolist())
    # shrink * sqrt(largest) / unit <= beta
    shrink = Fraction(1)
    if largest > (problem.beta * unit) ** 2:
        shrink = root_below((problem.beta * unit) ** 2 / largest)
    exact = tuple(shrink * Fraction(int(value), scale) for value in integers)
    factors = tuple(tuple(shrink * Fraction(int(c), scale) for c in l) if any(l) else () for l in proposed)  # noqa: E741
    return LowerBound(dual_value(problem, exact), exact, factors)


def dual_value(problem: Problem, v: Vector) -> Fraction:
    """Evaluate sum_i w_i D(v_i / w_i); for the squared loss without weights v.y - 1/2 ||v||^2."""
    return problem.total_loss.dual(v)


def power_scale(v: Floats, bits: int) -> int:
    """Choose a power of two by which the largest entry of v grows to about this many bits, at least 1.

    Example:
        >>> power_scale(np.array([0.25, -3]), 4)
        4
    """
    _, exponent = frexp(float(np.abs(v).max(initial=0.0)))
    return int(2 ** max(bits - exponent, 0))


def dual_integers(problem: Problem, v: Floats, scale: int) -> np.ndarray:
    """Round v to integers in units of 1 / scale, rounded towards 0 within the domain of the loss."""
    exact = problem.total_loss.clip([Fraction(a) for a in v.tolist()])
    return np.array([int(a * scale) for a in exact], dtype=object)


def _weighted(block: Block, multipliers: np.ndarray) -> np.ndarray:
    return np.tensordot(multipliers, block.constraints.astype(object), 1) if len(multipliers) else 0 * block.effect


def _integers(values: Floats, scale: int) -> np.ndarray:
    return np.array([round(Fraction(value) * scale) for value in values.tolist()], dtype=object)
