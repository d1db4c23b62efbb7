"""Three-layer networks with rational weights, and their exact objective.

k     sub-network;  f(x) = sum_k w_3k (sum_j w_2kj (x.w_1kj)_+)_+
S     sum_j ||w_j|| of a block, the penalty that it pays in the convex program
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from arrangements.errors import InputError
from arrangements.integers import Floats
from arrangements.reading import Matrix, Vector
from convex.blocks import Block
from convex.problem import Problem

_NEGLIGIBLE = 2.0**-30  # neurons below this share of the penalty are left out of a proposal


@dataclass(frozen=True)
class SubNetwork:
    """One sub-network: first-layer weights (one vector a neuron), second-layer weights, output weight."""

    first: Matrix
    second: Vector
    output: Fraction

    @property
    def width(self) -> int:
        """Neurons in the first layer."""
        return len(self.first)

    def __call__(self, x: Vector) -> Fraction:
        """Its exact output at x."""
        hidden = (max(sum(a * b for a, b in zip(x, w, strict=True)), Fraction(0)) for w in self.first)
        total = sum((u * h for u, h in zip(self.second, hidden, strict=True)), Fraction(0))
        return self.output * max(total, Fraction(0))


@dataclass(frozen=True)
class Network:
    """Parallel sub-networks; the empty one answers 0.

    Example:
        >>> one = Fraction(1)
        >>> Network((SubNetwork(((one, one),), (one,), -one),)).predict([(one, one), (-one, one)])
        (Fraction(-2, 1), Fraction(0, 1))
    """

    subnetworks: tuple[SubNetwork, ...]

    @property
    def width(self) -> int:
        """Most neurons in one sub-network."""
        return max((part.width for part in self.subnetworks), default=0)

    def predict(self, x: Sequence[Vector]) -> Vector:
        """Exact outputs, one for each row."""
        return tuple(sum((part(row) for part in self.subnetworks), Fraction(0)) for row in x)

    def objective(self, problem: Problem) -> Fraction:
        """Objective (4) of Ergen and Pilanci (2021): an upper bound on the optimum; exact where the loss is rational.

        Raises:
            InputError: a first layer has Frobenius norm above 1, so the network is not feasible for (4).
        """
        for k, part in enumerate(self.subnetworks, start=1):
            if sum(value * value for w in part.first for value in w) > 1:
                raise InputError(f"sub-network {k}: the first layer has Frobenius norm above 1")
        fits = zip(self.predict(problem.x), problem.y, strict=True)
        decay = sum(sum(u * u for u in part.second) + part.output**2 for part in self.subnetworks)
        return sum((problem.loss.value(f, y) for f, y in fits), problem.beta * decay / 2)


def from_blocks(blocks: Sequence[Block], weights: Sequence[Floats]) -> Network:
    """Map a point of the convex program back to a network (Ergen and Pilanci 2021, Proposition 1).

    w_1j = w_j / sqrt(||w_j|| S), w_2j = I_j sqrt(||w_j||), w_3 = +-sqrt(S), rounded to rational numbers with
    ||W_1||_F <= 1 exactly.

    Args:
        blocks: the blocks.
        weights: for each block, m x d.
    """
    norms = [np.linalg.norm(w, axis=1) for w in weights]
    least = _NEGLIGIBLE * sum(norm.sum() for norm in norms)
    parts = []
    for block, w, norm in zip(blocks, weights, norms, strict=True):
        kept = np.flatnonzero(norm > least)
        if not len(kept):
            continue
        total = norm[kept].sum()
        first = w[kept] / np.sqrt(norm[kept] * total)[:, None]
        second = [block.pair.neurons[j][1] * Fraction(float(np.sqrt(norm[j]))) for j in kept]
        parts.append(
            SubNetwork(_within_unit_ball(first), tuple(second), block.output * Fraction(float(np.sqrt(total))))
        )
    return Network(tuple(parts))


def _within_unit_ball(first: Floats) -> Matrix:
    exact = [[Fraction(value) for value in w] for w in first.tolist()]
    shrink = Fraction(1)
    while shrink * shrink * sum(value * value for w in exact for value in w) > 1:
        shrink -= Fraction(1, 2**53)
    return tuple(tuple(shrink * value for value in w) for w in exact)
