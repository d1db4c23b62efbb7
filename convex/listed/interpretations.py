"""The literal interpretations of program (12), each with a proven interval around its value.

w_bj  weights of neuron j in block b;  a_b(w) and the walls of b as in `convex.blocks.block`;  z_b  a point deep in b's
cone

Upper bounds are values of feasible points: the solver's point is moved towards z_b until every wall holds, exactly.
Lower bounds are those of `convex.proofs.weak_duality`, over the blocks of the interpretation. Where two intervals are
disjoint, the interpretations are proven to be different problems.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats
from arrangements.exact.square_roots import root_above
from arrangements.first_layer.layer import FirstLayer
from convex.blocks.block import INTERPRETATIONS, Block, iter_blocks
from convex.blocks.caratheodory import reduce_blocks
from convex.listed.block_pricing import best_multipliers
from convex.listed.cvxpy_program import solve_program
from convex.networks.network import Network
from convex.problem.bracket import Interval
from convex.problem.regions import first_layer_of
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem
from convex.proofs.weak_duality import lower_bound

Objects: TypeAlias = NDArray[Any]


@dataclass(frozen=True)
class InterpretationValue(Interval):
    """The value of program (12) in one interpretation, between two rational numbers.

    Attributes:
        lower: proven by weak duality over the blocks of the interpretation.
        upper: the objective of a rational feasible point, its norms rounded upwards.
        blocks: number of blocks.
        tolerance: relative gap below which the status is `optimal`.

    Example:
        >>> value = InterpretationValue(Fraction(999_999, 10**6), Fraction(1), blocks=4)
        >>> value.gap, value.status
        (Fraction(1, 1000000), 'optimal')
    """

    lower: Fraction
    upper: Fraction
    blocks: int
    tolerance: Fraction = Fraction(1, 10**6)


def interpretation_value(
    problem: Problem, width: int, interpretation: str = "tuples", *, layer: FirstLayer | None = None
) -> InterpretationValue:
    """Solve program (12) of Ergen and Pilanci (2021) in an interpretation, with proof of its value.

    Args:
        problem: the data.
        width: neurons in one sub-network.
        interpretation: a key of `INTERPRETATIONS`.
        layer: the regions of the rows, where they are listed already.

    Raises:
        InputError: unknown interpretation, width below 1, or a layer of other rows.
        LimitError: more than `convex.problem.regions.MOST_REGIONS` regions.
        SolverError: the solver returned no point.

    Example:
        >>> value = interpretation_value(Problem.read([[1], [-1]], [1, 1], "0.5"), 1)
        >>> value.status, float(round(value.upper, 6)), value.blocks
        ('optimal', 0.75, 4)
    """
    return value_over(problem, list(iter_blocks(first_layer_of(problem, layer), width, interpretation)))


def value_over(problem: Problem, blocks: Sequence[Block]) -> InterpretationValue:
    """Solve the convex program over these blocks, with proof of its value.

    Args:
        problem: the data.
        blocks: their pairs carry witnesses: points at which every wall is positive.

    Raises:
        SolverError: the solver returned no point.

    Example:
        >>> problem = Problem.read([[1], [-1]], [1, 1], "0.5")
        >>> blocks = list(iter_blocks(FirstLayer.of(problem.arrangement), 1))
        >>> [float(round(value_over(problem, some).upper, 6)) for some in (blocks, blocks[:2], [])]
        [0.75, 0.875, 1.0]
    """
    full = solve_program(problem, blocks)
    chosen = [blocks[k] for k in reduce_blocks(blocks, full.weights, problem.floats[0])]
    part = solve_program(problem, chosen)
    upper = min(
        objective_of_point(problem, chosen, feasible_point(problem, chosen, part.weights)),
        Network(()).objective(problem),
    )
    lower = Fraction(0)
    for v in (part.dual, full.dual):
        multipliers, _ = best_multipliers(problem, blocks, v, full.multipliers)
        lower = max(lower, lower_bound(problem, blocks, v, multipliers).value)
    return InterpretationValue(lower, upper, len(blocks))


def interpretation_values(problem: Problem, width: int, *, layer: FirstLayer | None = None) -> dict[str, float]:
    """Solve program (12) in each of its interpretations, in floating point: a comparison, no proof.

    Args:
        problem: data, targets, beta and loss.
        width: neurons in one sub-network.
        layer: the regions of the rows, where they are listed already.

    Raises:
        InputError: width below 1, or a layer of other rows.
        LimitError: more than `convex.problem.regions.MOST_REGIONS` regions.
        SolverError: the solver returned no point.

    Example:
        >>> values = interpretation_values(Problem.read([[1], [-1]], [1, 1], "0.5"), 1)
        >>> sorted(values) == sorted(INTERPRETATIONS)
        True
    """
    regions, scaling = first_layer_of(problem, layer), Scaling.of(problem)
    blocks = {name: list(iter_blocks(regions, width, name)) for name in INTERPRETATIONS}
    unit = float(scaling.value(Fraction(1)))
    return {name: unit * solve_program(scaling.problem, listed).value for name, listed in blocks.items()}


def feasible_point(
    problem: Problem, blocks: Sequence[Block], weights: Sequence[Floats]
) -> list[tuple[tuple[Fraction, ...], ...]]:
    """Move proposed weights to rational ones near them that satisfy every wall exactly.

    Args:
        problem: the data.
        blocks: blocks whose pairs carry witnesses, as `iter_blocks` lists them.
        weights: for each block, m x d.
    """
    rows = np.array(problem.integers[0], dtype=object)
    points = []
    for block, proposed in zip(blocks, weights, strict=True):
        walls = [(wall[:, :, None] * rows).sum(axis=1) for wall in block.constraints.astype(object)]
        size = Fraction(float(np.abs(proposed).max()))
        start, inside = _exact(proposed), _deep(block, walls) * size
        step = Fraction(0)
        while True:
            w = (1 - step) * start + step * inside
            if all((wall * w).sum() >= 0 for wall in walls):
                break
            step = 4 * step if step else Fraction(1, 2**50)
        points.append(tuple(map(tuple, w.tolist())))
    return points


def _deep(block: Block, walls: Sequence[Objects]) -> Objects:
    """Find a rational point inside all walls with entries of at most 1: deep inside, or else the witness."""
    largest = max(abs(value) for w in block.pair.witness for value in w)
    witness: Objects = np.array(block.pair.witness, dtype=object) * Fraction(1, largest)
    if not walls:
        return witness
    from scipy.optimize import linprog

    unit = np.array([(wall / int(np.abs(wall).max())).astype(np.float64).ravel() for wall in walls])
    depth = np.linalg.norm(unit, axis=1, keepdims=True)
    goal = np.append(np.zeros(unit.shape[1]), -1.0)  # the last unknown is the distance from all walls
    found = linprog(goal, A_ub=np.hstack([-unit, depth]), b_ub=np.zeros(len(unit)), bounds=(-1, 1), method="highs")
    if found.x is None:
        return witness
    point = _exact(found.x[:-1].reshape(witness.shape))
    return point if all((wall * point).sum() > 0 for wall in walls) else witness


def _exact(values: Floats) -> Objects:
    exact: Objects = np.array([[Fraction(value) for value in row] for row in values.tolist()], dtype=object)
    return exact


def objective_of_point(
    problem: Problem, blocks: Sequence[Block], weights: Sequence[Sequence[Sequence[Fraction]]]
) -> Fraction:
    """Evaluate the objective of program (12) at rational weights, norms rounded upwards by less than 2^-64."""
    outputs = [Fraction(0)] * len(problem.x)
    penalty = Fraction(0)
    for block, w in zip(blocks, weights, strict=True):
        for effect, neuron in zip(block.effect.tolist(), w, strict=True):
            penalty += root_above(sum((value * value for value in neuron), Fraction(0)))
            for i, e in enumerate(effect):
                if e:
                    outputs[i] += e * sum((a * b for a, b in zip(problem.x[i], neuron, strict=True)), Fraction(0))
    return problem.total_loss.value(outputs) + problem.beta * penalty
