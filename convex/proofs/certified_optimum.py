"""A certified optimum: a network with its exact objective, and a proven lower bound on that of every network."""

from dataclasses import dataclass
from fractions import Fraction

from convex.blocks.block import Block
from convex.columns.neurons import Neurons
from convex.networks.network import Network
from convex.problem.bracket import Interval
from convex.problem.training_problem import Problem
from convex.proofs.cover_proof import CoverProof


@dataclass(frozen=True)
class Solution(Interval):
    """A network with its exact objective, and a proven lower bound on the objective of every network of its width.

    Attributes:
        problem: what was solved.
        width: neurons allowed in one sub-network; None for any number.
        tolerance: largest relative gap that is called optimal.
        network: rational weights.
        upper: its objective, exact (rounded upwards for the logistic loss).
        lower: proven bound on every network of this width, exact.
        proof: the dual vector and the cover behind `lower`.
        neurons: the signed masks that the proof names.
        blocks: the blocks behind the network's sub-networks.
        rounds: how often the program was solved with new blocks.
        steps: how many boxes and partial tuples the search looked at.
        limited: whether the search was stopped by the limit.

    Example:
        >>> from convex import solve
        >>> solution = solve(Problem.read([[1], [-1]], [1, 1], "0.5"), 1)
        >>> solution.network.objective(solution.problem) == solution.upper >= solution.lower
        True
        >>> solution.pairs_used, solution.limited
        (2, False)
    """

    problem: Problem
    width: int | None
    tolerance: Fraction
    network: Network
    upper: Fraction
    lower: Fraction
    proof: CoverProof
    neurons: Neurons
    blocks: tuple[Block, ...]
    rounds: int
    steps: int
    limited: bool

    @property
    def pairs_used(self) -> int:
        """The number of pairs (tuple, s) behind the network's sub-networks."""
        return len({block.pair for block in self.blocks})
