"""From a table to a certified global optimum: generate blocks as they are needed, then prove that none is missing.

1. solve the program over the blocks at hand (`convex.columns.restricted_master`): a dual vector v;
2. look for sub-networks that earn more than beta at v, for both signs of the output weight
   (`convex.columns.pricing_tree`); each is in the cone of a pair (tuple, s), whose block joins;
3. when none is left, the cover is a proof: a rational lower bound (`convex.proofs.cover_proof`). The network of the
   pruned solution with rational weights is the upper bound.

Unlimited width is the same search over the set of all neurons. No pair is ever listed; `convex.listed.full_program`
lists them all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from arrangements.errors import LimitError
from arrangements.first_layer.layer import FirstLayer, check_width
from convex.blocks.block import Block
from convex.columns.column_generation import Candidate, Generation
from convex.columns.neurons import Neurons
from convex.columns.root_relaxation import relaxed
from convex.columns.width_reduction import narrow_parts
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem
from convex.proofs.certified_optimum import Solution
from convex.proofs.cover_proof import CoverProof, prove
from theory.zaslavsky import count_regions

MOST_REGIONS = 20_000  # that one program of all neurons can be asked to hold
_MANY = 200_000  # tuples from which on unlimited width is tried first
_TRIES = 10  # solutions of the program, each more careful, before a gap is left open


def solve(
    problem: Problem,
    width: int | None,
    tolerance: Fraction = Fraction(1, 10**8),
    limit: int = 1_000_000,
    progress: Callable[[str], None] = lambda message: None,
    *,
    layer: FirstLayer | None = None,
) -> Solution:
    """Solve training of parallel three-layer ReLU sub-networks to global optimality, with proof.

    By Theorem 1 of Ergen and Pilanci (2021) (4) equals the convex program (12), over tuples with signs; the bound for
    unlimited width is the same statement about the set of all neurons.

    Args:
        problem: data, targets, beta and loss.
        width: first-layer neurons in one sub-network; None for any number.
        tolerance: relative gap asked for.
        limit: boxes and partial tuples to look at; then the best bounds so far are returned.
        progress: told what is going on.
        layer: the first layer of the data, if it was listed before.

    Raises:
        InputError: width below 1.
        LimitError: more than `MOST_REGIONS` regions.
        SolverError: the solver returned no point.

    Example:
        >>> solution = solve(Problem.read([[1], [-1]], [1, 1], "0.5"), width=1)
        >>> solution.status, float(round(solution.upper, 6)), solution.network.width
        ('optimal', 0.75, 1)
    """
    if width is not None:
        check_width(width)
    layer = _first_layer(problem) if layer is None else layer
    scaling = Scaling.of(problem)
    neurons = Neurons(layer, scaling.problem.floats[0])
    progress(f"{len(layer.cells)} regions, {len(neurons)} neurons")
    work = _Work(problem, scaling, neurons, tolerance, limit, progress)
    if width is None or layer.count_tuples(width) <= _MANY:
        return work.solution(width, [])
    # So many tuples: perhaps the optimum of unlimited width needs no more neurons, and then it is this one too.
    free = work.solution(None, [])
    if free.network.width <= width:
        return replace(free, width=width)
    narrow = [block for block in work.found if len(block.pair.neurons) <= width]
    for block, weights in zip(work.best.blocks, work.best.weights, strict=True):
        narrow += narrow_parts(layer, block, weights, neurons.x, width)
    return work.solution(width, narrow, free.proof)


def first_layer_bound(problem: Problem) -> CoverProof:
    """A lower bound on the optimum of every width, from the regions of the first layer alone.

    One vector for each output sign proves it (`convex.columns.root_relaxation`): no second-layer sign is looked at, so
    the work is one cone program, of a size linear in the number of regions.

    Raises:
        LimitError: more than `MOST_REGIONS` regions.
        SolverError: the solver returned no point.

    Example:
        >>> problem = Problem.read([[1], [-1]], [1, 1], "0.5")
        >>> first_layer_bound(problem).value <= solve(problem, None).upper
        True
    """
    scaling = Scaling.of(problem)
    neurons = Neurons(_first_layer(problem), scaling.problem.floats[0])
    return prove(scaling, problem, neurons, relaxed(scaling.problem, neurons), len(neurons))


def _first_layer(problem: Problem) -> FirstLayer:
    try:
        count_regions(problem.arrangement.hyperplanes, limit=MOST_REGIONS)
    except LimitError:
        message = f"the table has more than {MOST_REGIONS} regions, too many to solve exactly; draw some (--sample)"
        raise LimitError(message) from None
    return FirstLayer.of(problem.arrangement)


@dataclass
class _Work:
    problem: Problem
    scaling: Scaling
    neurons: Neurons
    tolerance: Fraction
    limit: int
    progress: Callable[[str], None]
    found: list[Block] = field(default_factory=list)  # by all generations
    best: Candidate = field(init=False)  # of the last one

    def solution(self, width: int | None, blocks: Sequence[Block], proof: CoverProof | None = None) -> Solution:
        """Generate, prove, and again more sharply where the gap is above the tolerance.

        Args:
            width: as for `solve`.
            blocks: to begin with.
            proof: a lower bound that is known.
        """
        size = len(self.neurons) if width is None else min(width, len(self.neurons))
        slack = float(min(max(self.tolerance / 4, Fraction(1, 10**10)), Fraction(1, 10**4)))
        generation = Generation(self.scaling.problem, self.neurons, size, slack, self.limit)
        generation.add(blocks)
        generation.found = self.found
        best, limited = generation.candidate(), False
        for _ in range(_TRIES):
            if proof is not None and self._close(best, proof):
                break
            try:
                covered = generation.run(self.progress)
            except LimitError:
                limited = True
                covered, reached = relaxed(self.scaling.problem, self.neurons), len(self.neurons)
            else:
                reached = size
            self.progress("proving")
            found = prove(self.scaling, self.problem, self.neurons, covered, reached)
            proof = found if proof is None or found.value > proof.value else proof
            candidate = generation.candidate()
            best = candidate if candidate.objective < best.objective else best
            if limited:
                break
            generation.polish()
        assert proof is not None
        self.best = best
        network = self.scaling.network(best.network)
        return Solution(
            self.problem,
            width,
            self.tolerance,
            network,
            network.objective(self.problem),
            proof.value,
            proof,
            self.neurons,
            best.blocks,
            generation.rounds,
            generation.steps,
            limited,
        )

    def _close(self, best: Candidate, proof: CoverProof) -> bool:
        upper = self.scaling.network(best.network).objective(self.problem)
        return upper - proof.value <= self.tolerance * upper
