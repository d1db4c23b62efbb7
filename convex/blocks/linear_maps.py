"""Matrices of a list of blocks: their effects on the outputs, their walls, and points of the program over them.

w_bj  weights of neuron j in block b;  a_b(w) = sum_j E_bj w_bj;  C w >= 0 collects all walls
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.blocks.block import Block
from convex.problem.training_problem import Problem

if TYPE_CHECKING:
    from scipy import sparse


@dataclass(frozen=True)
class ProgramSolution:
    """A point of the convex program over blocks, as a solver proposes it.

    Attributes:
        weights: for each block, m x d.
        multipliers: for each block, one number >= 0 for each of its walls.
        value: the objective.
        dual: the dual vector v.
    """

    weights: list[Floats]
    multipliers: list[Floats]
    value: float
    dual: Floats


def effects(blocks: Sequence[Block], x: Floats) -> Floats:
    """Build the matrix of all a_b, one column for each weight of each block."""
    signs = np.concatenate([block.effect for block in blocks]).astype(np.float64)  # one line a neuron
    return np.asarray(np.einsum("mi,ik->imk", signs, x).reshape(len(x), -1))


def wall_matrix(blocks: Sequence[Block], x: Floats) -> sparse.csr_matrix:
    """Build the matrix C of all walls with rows x_i of length 1: block diagonal, one column for each weight."""
    from scipy import sparse

    rows = [unit_walls(block, x).reshape(-1, block.effect.shape[0] * x.shape[1]) for block in blocks]
    return sparse.block_diag(rows, format="csr")


def unit_walls(block: Block, x: Floats) -> Floats:
    """Build the walls of one block with rows x_i of length 1, shape (walls, m, d)."""
    lengths = row_lengths(x)
    return np.asarray(np.einsum("cmi,ik->cmk", block.constraints.astype(np.float64), x / lengths[:, None]))


def row_lengths(x: Floats) -> Floats:
    """Compute the Euclidean lengths of the rows; 1 for zero rows."""
    lengths = np.linalg.norm(x, axis=1)
    return np.where(lengths > 0, lengths, 1.0)


def wall_multipliers(multipliers: Floats, blocks: Sequence[Block], x: Floats) -> list[Floats]:
    """Split what a solver gives for the rows of `wall_matrix` by blocks: l >= 0 for walls in terms of the rows x_i."""
    parts = np.split(np.maximum(multipliers, 0), np.cumsum([len(block.constraints) for block in blocks])[:-1])
    return [rescaled(part, block, x) for part, block in zip(parts, blocks, strict=True)]


def rescaled(multipliers: Floats, block: Block, x: Floats) -> Floats:
    """Rescale multipliers of unit walls to those of the walls in terms of x_i (all rows of a wall are one row)."""
    rows = np.abs(block.constraints).max(axis=1).argmax(axis=1) if len(block.constraints) else np.zeros(0, np.intp)
    return np.asarray(multipliers / row_lengths(x)[rows])


def empty_solution(problem: Problem) -> ProgramSolution:
    """Make the point without blocks: the empty network, whose output is 0."""
    zero, loss = np.zeros(len(problem.y)), problem.total_loss
    return ProgramSolution([], [], float(loss.values(zero).sum()), -loss.slopes(zero))


def by_block(weights: Floats, blocks: Sequence[Block]) -> list[Floats]:
    """Split weights of all neurons, one line each, by blocks."""
    return np.split(weights, np.cumsum([len(block.effect) for block in blocks])[:-1])
