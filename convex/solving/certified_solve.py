"""Certified global optima: generate blocks as they are needed, then prove that none is missing.

1. solve the restricted master over the blocks at hand (`convex.columns.restricted_master`): a dual vector v;
2. price: look for sub-networks that violate the dual constraint at v, for both signs of the output weight
   (`convex.columns.pricing_tree`); each is in the cone of a pair (tuple, s), whose block joins;
3. when none is left, the cover is a proof: a rational lower bound (`convex.proofs.cover_proof`). The network of the
   reduced solution with rational weights is the upper bound.

Unlimited width is the same search over the set of all neurons. No pair is ever listed; `convex.listed.full_program`
lists them all. Where the search takes long, a bound is proven along the way (`convex.solving.anytime_bound`): it may be
stopped at any time, and it may begin where an earlier one ended (`convex.solving.starting_point`). The searches of
step 2 may run on an executor (`convex.columns.spread_pricing`).
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from fractions import Fraction
from time import perf_counter
from typing import NamedTuple

from arrangements.arguments import check_callable, check_kind
from arrangements.exact.integer_matrix import Floats
from arrangements.first_layer.layer import FirstLayer
from arrangements.parallel.executors import Inline, as_executor
from convex.blocks.block import Block
from convex.columns.column_generation import Candidate, ColumnGeneration
from convex.columns.neurons import Neurons
from convex.columns.root_relaxation import solve_root_relaxation
from convex.columns.spread_pricing import SpreadPricing
from convex.columns.stopping import Stop, never
from convex.columns.width_reduction import reduce_width
from convex.networks.network import Network, grown
from convex.problem.arguments import check_positive, read_seconds, read_tolerance, read_width
from convex.problem.regions import first_layer_of
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem, as_problem
from convex.proofs.certified_optimum import Solution
from convex.proofs.cover_proof import CoverProof, enough_bits, prove_lower_bound, trivial_bound
from convex.solving.anytime_bound import AnytimeBound, interval_text
from convex.solving.starting_point import StartingPoint, proof_boxes, starting_blocks, starting_network
from theory.width_theorem import row_directions, sufficient_width

_MANY = 200_000  # tuples from which on unlimited width is tried first
_TRIES = 10  # solutions of the restricted master, each more careful, before a gap is left open


def solve(
    problem: Problem,
    width: int | None,
    *,
    tolerance: object = Fraction(1, 10**8),
    limit: int = 100_000_000,
    seconds: float | None = None,
    stopped: Callable[[], bool] = never,
    start: StartingPoint | None = None,
    progress: Callable[[str], None] = lambda message: None,
    layer: FirstLayer | None = None,
    executor: Executor | None = None,
) -> Solution:
    """Solve training of parallel three-layer ReLU sub-networks to global optimality, with proof.

    By Theorem 1 of Ergen and Pilanci (2021) (4) equals the convex program (12), over tuples with signs; the bound for
    unlimited width is the same statement about the set of all neurons.

    Args:
        problem: data, targets, beta and loss.
        width: first-layer neurons in one sub-network; None for any number.
        tolerance: relative gap asked for, a number or text such as "1e-6".
        limit: boxes and partial tuples to look at; then the best bounds so far are returned.
        seconds: time for the search; then the best bounds so far are returned. None for any time.
        stopped: asked many times a second whether to stop, with the best bounds so far.
        start: a network, and a proven bound, to begin with; neither gets worse.
        progress: told what is going on, with the proven interval.
        layer: the regions of the rows, where they are listed already.
        executor: runs the searches for both signs of the output weight side by side, the same searches as without;
            two processes pay from some ten seconds on, if both cores are free; threads run Python in turn. None to
            search here.

    Raises:
        InputError: an argument that cannot be used, a layer of other rows, or a network that is not feasible.
        LimitError: more than `MOST_REGIONS` regions.
        SolverError: the solver returned no point.

    Example:
        >>> solution = solve(Problem.read([[1], [-1]], [1, 1], "0.5"), width=1)
        >>> solution.status, float(round(solution.upper, 6)), solution.network.width
        ('optimal', 0.75, 1)
    """
    began = perf_counter()
    neurons_allowed, gap = read_width(width), read_tolerance(tolerance)
    check_positive(limit=limit)
    problem = as_problem(problem)
    check_callable(progress, "progress")
    check_callable(stopped, "stopped")
    if start is not None:
        check_kind(start, StartingPoint, "start", "give a network as StartingPoint(network)")
    chosen = as_executor(executor)
    ends = None if seconds is None else began + read_seconds(seconds)
    scaling, regions = Scaling.of(problem), first_layer_of(problem, layer)
    neurons = Neurons(regions, scaling.problem.floats[0])
    task = _Task(problem, scaling, neurons, gap, limit, Stop(ends, stopped), progress, chosen)
    progress(f"{len(regions.cells)} regions, {len(neurons)} neurons")
    known = _known(task, neurons_allowed, start)
    if neurons_allowed is None or regions.count_tuples(neurons_allowed) <= _MANY:
        return _generate_and_prove(task, neurons_allowed, known).solution
    # So many tuples: perhaps the optimum of unlimited width needs no more neurons, and then it is this one too. From
    # n - 1 neurons on it is (`theory.width_theorem`), so that all the time is for that search, and a bound of this
    # width counts in it. A bound of a smaller width holds for that width only, and does not end the search.
    unlimited = neurons_allowed >= sufficient_width(row_directions(problem.arrangement))
    free = (
        _generate_and_prove(task, None, known)
        if unlimited
        else _generate_and_prove(_halved(task), None, known._replace(proof=None))
    )
    if free.solution.network.width <= neurons_allowed:
        better = free.solution.lower if known.proof is None else max(free.solution.lower, known.proof.value)
        proof = free.solution.proof if better == free.solution.lower or known.proof is None else known.proof
        return replace(free.solution, width=neurons_allowed, lower=better, proof=proof)
    blocks = [block for block in free.generated if len(block.pair.neurons) <= neurons_allowed]
    for block, weights in zip(free.best.blocks, free.best.weights, strict=True):
        blocks += reduce_width(task.neurons.layer, block, weights, task.neurons.x, neurons_allowed)
    proofs = [proof for proof in (known.proof, free.solution.proof) if proof is not None]
    proof = max(proofs, key=lambda proof: proof.value)
    return _generate_and_prove(
        task, neurons_allowed, known._replace(blocks=[*known.blocks, *blocks], proof=proof)
    ).solution


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
    """The problem to solve, scaled, with the tolerance and the time to stop."""

    problem: Problem
    scaling: Scaling
    neurons: Neurons
    tolerance: Fraction
    limit: int
    stop: Stop
    progress: Callable[[str], None]
    executor: Executor

    def is_solved(self, upper: Fraction, lower: Fraction) -> bool:
        """Whether the gap between two bounds is within the tolerance, exactly."""
        return upper - lower <= self.tolerance * upper


class _Known(NamedTuple):
    """What a search begins with: a network, blocks and a bound, all of them optional."""

    network: Candidate | None = None
    blocks: Sequence[Block] = ()
    proof: CoverProof | None = None


class _Outcome(NamedTuple):
    """A solution, the blocks and weights behind its network, and all blocks that were generated on the way."""

    solution: Solution
    best: Candidate
    generated: tuple[Block, ...]


def _known(task: _Task, width: int | None, start: StartingPoint | None) -> _Known:
    """Read what a starting point gives for this width; sub-networks that are too wide are split where possible."""
    if start is None:
        return _Known()
    layer, x = task.neurons.layer, task.neurons.x
    network = starting_network(task.problem, task.scaling, start.network)
    blocks: list[Block] = []
    inside: list[tuple[Block, Floats]] = []
    found = starting_blocks(layer, task.scaling.problem, network)
    for block, weights in found:
        if width is None or len(weights) <= width:
            inside.append((block, weights))
        else:
            blocks += reduce_width(layer, block, weights, x, width)
    blocks += [block for block, _ in inside]
    if width is not None and network.width > width:
        return _Known(None, blocks, start.proof)
    candidate = Candidate(
        network.objective(task.scaling.problem), network, tuple(b for b, _ in inside), tuple(w for _, w in inside)
    )
    return _Known(candidate, blocks, start.proof)


def _halved(task: _Task) -> _Task:
    """Give the same task with half of the time that is left."""
    if task.stop.ends is None:
        return task
    return replace(task, stop=replace(task.stop, ends=(perf_counter() + task.stop.ends) / 2))


def _generate_and_prove(task: _Task, width: int | None, known: _Known) -> _Outcome:
    """Generate blocks and prove a bound, and repeat with sharper settings while the gap is above the tolerance.

    Args:
        task: what is to be solved.
        width: as for `solve`.
        known: to begin with.
    """
    scaling, neurons = task.scaling, task.neurons
    size = len(neurons) if width is None else min(width, len(neurons))
    slack = float(min(max(task.tolerance / 4, Fraction(1, 10**10)), Fraction(1, 10**4)))
    empty = Network(())
    best = known.network or Candidate(empty.objective(scaling.problem), empty, (), ())

    def report() -> None:
        look()
        task.progress(f"round {generation.rounds}: {generation.steps} steps; {interval()}")

    def look() -> None:
        nonlocal best
        candidate = generation.candidate()
        best = candidate if candidate.objective < best.objective else best

    def interval() -> str:
        return interval_text(bound.proof.value, scaling.value(best.objective))

    proof = known.proof or trivial_bound(task.problem, neurons)
    bound = AnytimeBound(
        scaling,
        task.problem,
        neurons,
        task.stop,
        lambda: generation.point.dual,
        report,
        proof,
        proof_boxes(known.proof),
        enough_bits(task.tolerance),
    )
    here = isinstance(task.executor, Inline)
    spread = None if here else SpreadPricing(neurons, task.executor, task.stop, task.progress)
    generation = ColumnGeneration(scaling.problem, neurons, size, slack, task.limit, bound.poll, spread)
    generation.add(known.blocks)
    look()
    limited = False
    for _ in range(_TRIES):
        if task.is_solved(scaling.value(best.objective), bound.proof.value):
            break
        covered = generation.run(lambda message: task.progress(f"{message}; {interval()}"))
        limited = covered is None
        if covered is None:
            bound.finish()
        else:
            task.progress(f"proving; {interval()}")
            bound.offer(covered, size)
        look()
        if limited:
            break
        generation.polish()
    network = grown(best.network, scaling.root)  # it costs scaling.value(best.objective): evaluated, not assumed
    upper, lower = network.objective(task.problem), bound.proof.value
    solution = Solution(
        task.problem,
        width,
        task.tolerance,
        network,
        upper,
        lower,
        bound.proof,
        neurons,
        best.blocks,
        generation.rounds,
        generation.steps,
        limited and not task.is_solved(upper, lower),
    )
    return _Outcome(solution, best, tuple(generation.generated))
