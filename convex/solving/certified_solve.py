"""Certified global optima: generate blocks as they are needed, then prove that none is missing.

1. solve the restricted master over the blocks at hand (`convex.columns.restricted_master`): a dual vector v;
2. price: look for sub-networks that violate the dual constraint at v, for both signs of the output weight
   (`convex.columns.pricing_tree`); each is in the cone of a pair (tuple, s), whose block joins;
3. when none is left, the cover is a proof: a rational lower bound (`convex.proofs.cover_proof`). The network of the
   reduced solution with rational weights is the upper bound.

Unlimited width is the same search over the set of all neurons. No pair is ever listed; `convex.listed.full_program`
lists them all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from arrangements.arguments import check_callable
from arrangements.first_layer.layer import FirstLayer
from convex.blocks.block import Block
from convex.columns.column_generation import Candidate, ColumnGeneration
from convex.columns.neurons import Neurons
from convex.columns.root_relaxation import solve_root_relaxation
from convex.columns.width_reduction import reduce_width
from convex.problem.arguments import check_positive, read_tolerance, read_width
from convex.problem.regions import first_layer_of
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem
from convex.proofs.certified_optimum import Solution
from convex.proofs.cover_proof import CoverProof, prove_lower_bound

_MANY = 200_000  # tuples from which on unlimited width is tried first
_TRIES = 10  # solutions of the restricted master, each more careful, before a gap is left open


def solve(
    problem: Problem,
    width: int | None,
    *,
    tolerance: object = Fraction(1, 10**8),
    limit: int = 1_000_000,
    progress: Callable[[str], None] = lambda message: None,
    layer: FirstLayer | None = None,
) -> Solution:
    """Solve training of parallel three-layer ReLU sub-networks to global optimality, with proof.

    By Theorem 1 of Ergen and Pilanci (2021) (4) equals the convex program (12), over tuples with signs; the bound for
    unlimited width is the same statement about the set of all neurons.

    Args:
        problem: data, targets, beta and loss.
        width: first-layer neurons in one sub-network; None for any number.
        tolerance: relative gap asked for, a number or text such as "1e-6".
        limit: boxes and partial tuples to look at; then the best bounds so far are returned.
        progress: told what is going on.
        layer: the regions of the rows, where they are listed already.

    Raises:
        InputError: an argument that cannot be used, or a layer of other rows.
        LimitError: more than `MOST_REGIONS` regions.
        SolverError: the solver returned no point.

    Example:
        >>> solution = solve(Problem.read([[1], [-1]], [1, 1], "0.5"), width=1)
        >>> solution.status, float(round(solution.upper, 6)), solution.network.width
        ('optimal', 0.75, 1)
    """
    neurons_allowed, gap = read_width(width), read_tolerance(tolerance)
    check_positive(limit=limit)
    check_callable(progress, "progress")
    task = _Task.of(problem, gap, limit, progress, first_layer_of(problem, layer))
    progress(f"{len(task.neurons.layer.cells)} regions, {len(task.neurons)} neurons")
    if neurons_allowed is None or task.neurons.layer.count_tuples(neurons_allowed) <= _MANY:
        return _generate_and_prove(task, neurons_allowed).solution
    # So many tuples: perhaps the optimum of unlimited width needs no more neurons, and then it is this one too.
    free = _generate_and_prove(task, None)
    if free.solution.network.width <= neurons_allowed:
        return replace(free.solution, width=neurons_allowed)
    blocks = [block for block in free.generated if len(block.pair.neurons) <= neurons_allowed]
    for block, weights in zip(free.best.blocks, free.best.weights, strict=True):
        blocks += reduce_width(task.neurons.layer, block, weights, task.neurons.x, neurons_allowed)
    return _generate_and_prove(task, neurons_allowed, blocks, free.solution.proof).solution


def first_layer_bound(problem: Problem, *, layer: FirstLayer | None = None) -> CoverProof:
    """Prove a lower bound on the optimum of every width, from the regions of the first layer alone.

    One vector for each output sign proves it (`convex.columns.root_relaxation`): no second-layer sign is looked at, so
    the work is one cone program, of a size linear in the number of regions.

    Args:
        problem: data, targets, beta and loss.
        layer: the regions of the rows, where they are listed already.

    Raises:
        InputError: a layer of other rows.
        LimitError: more than `MOST_REGIONS` regions.
        SolverError: the solver returned no point.

    Example:
        >>> problem = Problem.read([[1], [-1]], [1, 1], "0.5")
        >>> first_layer_bound(problem).value <= solve(problem, None).upper
        True
    """
    regions, scaling = first_layer_of(problem, layer), Scaling.of(problem)
    neurons = Neurons(regions, scaling.problem.floats[0])
    return prove_lower_bound(scaling, problem, neurons, solve_root_relaxation(scaling.problem, neurons), len(neurons))


@dataclass(frozen=True)
class _Task:
    """The problem to solve, scaled, with the tolerance and the limit."""

    problem: Problem
    scaling: Scaling
    neurons: Neurons
    tolerance: Fraction
    limit: int
    progress: Callable[[str], None]

    @classmethod
    def of(
        cls, problem: Problem, tolerance: Fraction, limit: int, progress: Callable[[str], None], layer: FirstLayer
    ) -> "_Task":
        scaling = Scaling.of(problem)
        return cls(problem, scaling, Neurons(layer, scaling.problem.floats[0]), tolerance, limit, progress)

    def is_solved(self, best: Candidate, proof: CoverProof | None) -> bool:
        """Whether the gap between a network and a bound is within the tolerance, exactly."""
        if proof is None:
            return False
        upper = self.scaling.network(best.network).objective(self.problem)
        return upper - proof.value <= self.tolerance * upper


class _Outcome(NamedTuple):
    """A solution, the blocks and weights behind its network, and all blocks that were generated on the way."""

    solution: Solution
    best: Candidate
    generated: tuple[Block, ...]


def _generate_and_prove(
    task: _Task, width: int | None, blocks: Sequence[Block] = (), proof: CoverProof | None = None
) -> _Outcome:
    """Generate blocks and prove a bound, and repeat with sharper settings while the gap is above the tolerance.

    Args:
        task: what is to be solved.
        width: as for `solve`.
        blocks: to begin with.
        proof: a lower bound that is known.
    """
    scaling, neurons = task.scaling, task.neurons
    size = len(neurons) if width is None else min(width, len(neurons))
    slack = float(min(max(task.tolerance / 4, Fraction(1, 10**10)), Fraction(1, 10**4)))
    generation = ColumnGeneration(scaling.problem, neurons, size, slack, task.limit)
    generation.add(blocks)
    best, limited = generation.candidate(), False
    for _ in range(_TRIES):
        if task.is_solved(best, proof):
            break
        covered, reached = generation.run(task.progress), size
        if covered is None:
            limited = True
            covered, reached = solve_root_relaxation(scaling.problem, neurons), len(neurons)
        task.progress("proving")
        found = prove_lower_bound(scaling, task.problem, neurons, covered, reached)
        proof = found if proof is None or found.value > proof.value else proof
        candidate = generation.candidate()
        best = candidate if candidate.objective < best.objective else best
        if limited:
            break
        generation.polish()
    assert proof is not None
    network = scaling.network(best.network)
    solution = Solution(
        task.problem,
        width,
        task.tolerance,
        network,
        network.objective(task.problem),
        proof.value,
        proof,
        neurons,
        best.blocks,
        generation.rounds,
        generation.steps,
        limited,
    )
    return _Outcome(solution, best, tuple(generation.generated))
