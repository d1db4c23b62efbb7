"""The full program: the certified optimum from program (12) over every pair, listed.

1. list every block;  2. solve the full program;  3. reduce it to few blocks and solve those again, tightly;
4. price every block against the dual;  5. prove a lower bound, evaluate the network: both exact.
Blocks that violate the dual constraint at the polished dual vector join, and 3-5 repeat.

`convex.solving.certified_solve` comes to the same without listing a pair; here every block is there to be looked at.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from arrangements.arguments import check_callable
from arrangements.errors import LimitError
from arrangements.exact.integer_matrix import Floats
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.pairs import iter_products
from arrangements.second_layer.tuples import Product
from convex.blocks.block import Block, product_blocks
from convex.blocks.caratheodory import reduce_blocks
from convex.blocks.conic_solver import SolverError
from convex.blocks.linear_maps import ProgramSolution
from convex.blocks.network_weights import from_blocks
from convex.listed.block_pricing import best_multipliers
from convex.listed.cvxpy_program import solve_program
from convex.networks.network import Network, grown
from convex.problem.arguments import check_positive, read_tolerance
from convex.problem.bracket import Interval
from convex.problem.regions import first_layer_of
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem
from convex.proofs.weak_duality import LowerBound, lower_bound
from convex.settings import POLISH_CHOICES, ROUGH, ConicSettings

Candidate = tuple[Fraction, Network, list[Block]]  # exact objective, network, blocks behind its sub-networks


@dataclass(frozen=True)
class FullSolution(Interval):
    """A network with its exact objective, a proven lower bound on all objectives, and every block of the program.

    Attributes:
        problem: what was solved.
        width: neurons allowed in one sub-network.
        tolerance: largest relative gap that is called optimal.
        network: rational weights.
        upper: its objective, exact.
        lower: proven bound on every network of this width, exact.
        proof: the dual vector and multipliers behind `lower`.
        blocks: all blocks, in the order of the multipliers.
        layer: the first layer.
        pairs_total: number of pairs (tuple, s) that were listed.
        pairs_used: pairs behind the network's sub-networks.
        products: all tuples with their pairs.

    Example:
        >>> solution = solve_full_program(Problem.read([[1], [-1]], [1, 1], "0.5"), width=1)
        >>> solution.pairs_total, len(solution.blocks), solution.pairs_used
        (4, 4, 2)
        >>> 0 <= solution.gap <= solution.tolerance * solution.upper
        True
    """

    problem: Problem
    width: int
    tolerance: Fraction
    network: Network
    upper: Fraction
    lower: Fraction
    proof: LowerBound
    blocks: Sequence[Block]
    layer: FirstLayer
    pairs_total: int
    pairs_used: int
    products: Sequence[Product]


def solve_full_program(
    problem: Problem,
    width: int,
    *,
    tolerance: object = Fraction(1, 10**8),
    limit: int = 50_000,
    progress: Callable[[str], None] = lambda message: None,
    layer: FirstLayer | None = None,
) -> FullSolution:
    """Solve training of parallel three-layer ReLU sub-networks to global optimality, with proof.

    By Theorem 1 of Ergen and Pilanci (2021) (4) equals the convex program (12), over tuples with signs.

    Args:
        problem: data, targets and beta.
        width: first-layer neurons in one sub-network.
        tolerance: relative gap asked for, a number or text such as "1e-6".
        limit: most tuples, and most pairs, to put into one program.
        progress: told what is going on.
        layer: the regions of the rows, where they are listed already.

    Raises:
        InputError: an argument that cannot be used, or a layer of other rows.
        LimitError: more tuples or pairs than `limit`.
        SolverError: the solver returned no point.

    Example:
        >>> solution = solve_full_program(Problem.read([[1], [-1]], [1, 1], "0.5"), width=1)
        >>> solution.status, float(round(solution.upper, 6)), solution.network.width
        ('optimal', 0.75, 1)
    """
    check_positive(width=width, limit=limit)
    check_callable(progress, "progress")
    gap, layer = read_tolerance(tolerance), first_layer_of(problem, layer)
    tuples = layer.count_tuples(width)
    if tuples > limit:
        raise LimitError(f"width {width} has {tuples} tuples on this table, above the limit of {limit}")
    progress(f"{len(layer.cells)} regions, {tuples} tuples")
    blocks: list[Block] = []
    products: list[Product] = []
    pairs = 0
    for product in iter_products(layer, width):
        products.append(product)
        pairs += len(product.pairs)
        if pairs > limit:
            raise LimitError(f"width {width} has more than {limit} pairs on this table, the limit")
        blocks.extend(product_blocks(layer, product))
    progress(f"{pairs} pairs, {len(blocks)} blocks in one program")
    scaling = Scaling.of(problem)
    try:
        full = solve_program(scaling.problem, blocks)
    except SolverError:
        full = solve_program(scaling.problem, blocks, settings=ROUGH)
    progress("solved; proving")
    (_, network, behind), scaled_proof = _polished(scaling.problem, blocks, full, gap)
    network, proof = grown(network, scaling.root), scaled_proof.unscaled(scaling)
    upper = network.objective(problem)
    used = len({block.pair for block in behind})
    return FullSolution(problem, width, gap, network, upper, proof.value, proof, blocks, layer, pairs, used, products)


def _polished(
    problem: Problem, blocks: Sequence[Block], full: ProgramSolution, tolerance: Fraction
) -> tuple[Candidate, LowerBound]:
    """Polish: find the best network and the best bound over a few rounds on few blocks."""
    x, _ = problem.floats
    used = reduce_blocks(blocks, full.weights, x)
    known = full.multipliers
    candidates: list[Candidate] = [(Network(()).objective(problem), Network(()), [])]
    # without targets, or with a large penalty, the empty network is optimal, and y times the weights itself proves it
    target = problem.total_loss.weighted_targets
    proofs = [lower_bound(problem, blocks, target, [np.zeros(len(block.constraints)) for block in blocks])]
    for settings in POLISH_CHOICES:
        chosen = [blocks[k] for k in used]
        part = solve_program(problem, chosen, settings=settings)
        candidates.append(_network(problem, chosen, part.weights, settings))
        known, bounds = best_multipliers(problem, blocks, part.dual, known)
        proofs.append(lower_bound(problem, blocks, part.dual, known))
        upper = min(value for value, *_ in candidates)
        if upper - max(proof.value for proof in proofs) <= tolerance * upper:
            break
        used += [int(k) for k in np.argsort(-bounds)[: len(x)] if k not in used]
    return min(candidates, key=lambda candidate: candidate[0]), max(proofs, key=lambda proof: proof.value)


def _network(problem: Problem, blocks: list[Block], weights: list[Floats], settings: ConicSettings) -> Candidate:
    """Reduce a point of the program to a network: its exact objective, the network, and the blocks behind it."""
    kept = reduce_blocks(blocks, weights, problem.floats[0])
    behind = [blocks[k] for k in kept]
    if len(kept) < len(blocks):
        weights = solve_program(problem, behind, settings=settings).weights
    network = from_blocks(behind, weights)
    return network.objective(problem), network, behind
