"""From a table to a certified global optimum.

1. list every block;  2. solve the whole program;  3. prune to few blocks and solve those again, tightly;
4. price every block against the dual;  5. prove a lower bound, evaluate the network: both exact.
Blocks that the polished dual violates join, and 3-5 repeat.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from arrangements.errors import LimitError
from arrangements.exact.integer_matrix import Floats
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.tuples import Product, iter_products
from convex.blocks.block import READINGS, Block, iter_blocks, product_blocks
from convex.blocks.caratheodory import prune
from convex.blocks.conic_solver import TIGHT, SolverError
from convex.blocks.linear_maps import ProgramSolution
from convex.blocks.network_weights import from_blocks
from convex.listed.block_pricing import best_multipliers
from convex.listed.cvxpy_program import solve_program
from convex.problem.bracket import Interval
from convex.problem.network import Network
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem
from convex.proofs.weak_duality import LowerBound, lower_bound

# Where one length of step leaves the solver short of the optimum, another does not; in turn, one a round.
_STEPS = (0.8, 0.9, 0.7) * 4
_ROUGH = {"tol_gap_abs": 1e-9, "tol_gap_rel": 1e-9, "tol_feas": 1e-9, "max_iter": 200}

Candidate = tuple[Fraction, Network, list[Block]]  # exact objective, network, blocks behind its sub-networks


@dataclass(frozen=True)
class WholeSolution(Interval):
    """A network, what it costs, and a proof of how little any network can cost.

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


def solve_whole(
    problem: Problem,
    width: int,
    tolerance: Fraction = Fraction(1, 10**8),
    limit: int = 50_000,
    progress: Callable[[str], None] = lambda message: None,
) -> WholeSolution:
    """Solve training of parallel three-layer ReLU sub-networks to global optimality, with proof.

    By Theorem 1 of Ergen and Pilanci (2021) (4) equals the convex program (12), over tuples with signs.

    Args:
        problem: data, targets and beta.
        width: first-layer neurons in one sub-network.
        tolerance: relative gap asked for.
        limit: most tuples, and most pairs, to put into one program.
        progress: told what is going on.

    Raises:
        InputError: width below 1.
        LimitError: more tuples or pairs than `limit`.
        SolverError: the solver returned no point.

    Example:
        >>> solution = solve_whole(Problem.read([[1], [-1]], [1, 1], "0.5"), width=1)
        >>> solution.status, float(round(solution.upper, 6)), solution.network.width
        ('optimal', 0.75, 1)
    """
    layer = FirstLayer.of(problem.arrangement)
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
        whole = solve_program(scaling.problem, blocks)
    except SolverError:  # at once and tightly is too much for some; the polishing is tight again
        whole = solve_program(scaling.problem, blocks, _ROUGH)
    progress("solved; proving")
    (_, network, behind), scaled_proof = _polished(scaling.problem, blocks, whole, tolerance)
    network, proof = scaling.network(network), scaled_proof.unscaled(scaling)
    upper = network.objective(problem)
    used = len({block.pair for block in behind})
    return WholeSolution(
        problem, width, tolerance, network, upper, proof.value, proof, blocks, layer, pairs, used, products
    )


def _polished(
    problem: Problem, blocks: Sequence[Block], whole: ProgramSolution, tolerance: Fraction
) -> tuple[Candidate, LowerBound]:
    """The best network and the best bound over a few rounds on few blocks."""
    x, y = problem.floats
    used = prune(blocks, whole.weights, x)
    known = whole.multipliers
    candidates: list[Candidate] = [(Network(()).objective(problem), Network(()), [])]
    # without targets, or with a large penalty, the empty network is optimal, and y itself proves it
    proofs = [lower_bound(problem, blocks, y, [np.zeros(len(block.constraints)) for block in blocks])]
    for step in _STEPS:
        chosen = [blocks[k] for k in used]
        settings = {**TIGHT, "max_step_fraction": step}
        part = solve_program(problem, chosen, settings)
        candidates.append(_network(problem, chosen, part.weights, settings))
        known, answers = best_multipliers(problem, blocks, part.dual, known)
        proofs.append(lower_bound(problem, blocks, part.dual, known))
        upper = min(value for value, *_ in candidates)
        if upper - max(proof.value for proof in proofs) <= tolerance * upper:
            break
        used += [int(k) for k in np.argsort(-answers)[: len(x)] if k not in used]
    return min(candidates, key=lambda candidate: candidate[0]), max(proofs, key=lambda proof: proof.value)


def _network(problem: Problem, blocks: list[Block], weights: list[Floats], settings: dict[str, float]) -> Candidate:
    """The pruned network of a point of the program, its exact objective, and the blocks behind it."""
    kept = prune(blocks, weights, problem.floats[0])
    behind = [blocks[k] for k in kept]
    if len(kept) < len(blocks):
        weights = solve_program(problem, behind, settings).weights
    network = from_blocks(behind, weights)
    return network.objective(problem), network, behind


def reading_values(problem: Problem, width: int, *, layer: FirstLayer | None = None) -> dict[str, float]:
    """The value of program (12) in each of its readings, in floating point: a comparison, no proof.

    Example:
        >>> values = reading_values(Problem.read([[1], [-1]], [1, 1], "0.5"), 1)
        >>> sorted(values) == sorted(READINGS)
        True
    """
    scaling = Scaling.of(problem)
    layer = FirstLayer.of(problem.arrangement) if layer is None else layer
    blocks = {name: list(iter_blocks(layer, width, name)) for name in READINGS}
    unit = float(scaling.targets**2)
    return {name: unit * solve_program(scaling.problem, listed).value for name, listed in blocks.items()}
