"""Pairs drawn at random instead of listed (Ergen and Pilanci 2021, Remark 3): upper bounds without a list of regions.

A draw is a sub-network with Gaussian weights rounded to integers, so that its masks and signs are exact; the pair whose
cone it lies in joins the program. The solution is a network, and its objective an upper bound on the optimum. It is
never called optimal: nothing is known of the pairs that were not drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from arrangements.arguments import check_callable
from arrangements.errors import LimitError
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.pairs import count_second_layer
from arrangements.second_layer.product_cone import Pair
from convex.blocks.block import Block
from convex.blocks.caratheodory import reduce_blocks
from convex.blocks.network_weights import from_blocks
from convex.columns.restricted_master import solve_master
from convex.networks.network import Network, grown
from convex.problem.arguments import check_counts, read_seed
from convex.problem.regions import first_layer_of
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem, as_problem

_SIZE = 2**20  # standard deviation of a weight, as an integer
_MEMORY = 2**30  # bytes in the walls of all blocks; solving takes minutes there
_EVERY = 100  # draws between two notes

Signs = NDArray[np.int8]


@dataclass(frozen=True)
class Sample:
    """The best network over drawn pairs, and how many pairs were drawn.

    Attributes:
        network: rational weights.
        upper: its objective, exact: an upper bound on the optimum.
        draws: sub-networks drawn.
        pairs: different pairs (tuple, s) among them.
        complete: how many of these have all of their `width` neurons active and different, as pairs in a list have.

    Example:
        >>> problem = Problem.read([[1], [-1]], [1, 1], "0.5")
        >>> found = solve_sampled(problem, 1, 20)
        >>> found.upper == found.network.objective(problem), found.draws, found.pairs
        (True, 20, 4)
    """

    network: Network
    upper: Fraction
    draws: int
    pairs: int
    complete: int


def solve_sampled(
    problem: Problem, width: int, draws: int, *, seed: int = 0, progress: Callable[[str], None] = lambda message: None
) -> Sample:
    """Solve the convex program over pairs drawn at random (Ergen and Pilanci 2021, Remark 3): an upper bound.

    Args:
        problem: data, targets, beta and loss; no list of regions is made.
        width: first-layer neurons in one sub-network.
        draws: sub-networks to draw; each pair is used with both output signs.
        seed: of the draws.
        progress: told what is going on.

    Raises:
        InputError: width or draws is no integer of at least 1.
        LimitError: more different pairs, or larger ones, than there is room for: 2 (n m)^2 bytes each, 2^30 together.
        SolverError: the solver returned no point.

    Example:
        >>> found = solve_sampled(Problem.read([[1], [-1]], [1, 1], "0.5"), 1, 20)
        >>> float(round(found.upper, 6)), found.pairs
        (0.75, 4)
    """
    check_counts(width=width, draws=draws)
    check_callable(progress, "progress")
    scaling = Scaling.of(as_problem(problem))
    pairs = _drawn(problem, width, draws, np.random.default_rng(read_seed(seed)), progress)
    progress(f"solving over {len(pairs)} pairs drawn")
    blocks = [_block(neurons, s, output) for neurons, s in pairs for output in (1, -1)]
    point = solve_master(scaling.problem, blocks)
    behind = [blocks[k] for k in reduce_blocks(blocks, point.weights, scaling.problem.floats[0])]
    network = grown(from_blocks(behind, solve_master(scaling.problem, behind).weights), scaling.root)
    best = min(network, Network(()), key=lambda candidate: candidate.objective(problem))
    return Sample(best, best.objective(problem), draws, len(pairs), sum(len(neurons) == width for neurons, _ in pairs))


def most_pairs(rows: int, width: int) -> int:
    """The different pairs that there is room for: both blocks of a pair take (n m)^2 bytes.

    Args:
        rows: n.
        width: m.

    Raises:
        LimitError: not one.

    Example:
        >>> most_pairs(100, 3)
        5965
        >>> most_pairs(200_000, 1)
        Traceback (most recent call last):
        arrangements.errors.LimitError: 200000 rows at width 1 are too many to draw: rows * width is 200000, above the \
limit of 23170
    """
    most = _MEMORY // (2 * (rows * width) ** 2)
    if not most:
        raise LimitError(
            f"{rows} rows at width {width} are too many to draw: rows * width is {rows * width}, above the limit of "
            f"{isqrt(_MEMORY // 2)}"
        )
    return most


def exact_share(
    problem: Problem, width: int, sample: Sample, limit: int, *, layer: FirstLayer | None = None
) -> tuple[int, float]:
    """Count all pairs, and say which share of them was drawn.

    Args:
        problem: what was sampled.
        width: neurons in one sub-network.
        sample: what was drawn.
        limit: most tuples whose pairs are counted.
        layer: the regions of the rows, where they are listed already.

    Raises:
        LimitError: there are more tuples, or too many regions.

    Example:
        >>> problem = Problem.read([[1], [-1]], [1, 1], "0.5")
        >>> exact_share(problem, 1, solve_sampled(problem, 1, 20), 100)
        (4, 1.0)
    """
    layer = first_layer_of(problem, layer)
    tuples = layer.count_tuples(width)
    if tuples > limit:
        raise LimitError(f"width {width} has {tuples} tuples on this table, too many to count their pairs")
    pairs = count_second_layer(layer, width).pairs
    return pairs, sample.complete / pairs


Drawn = tuple[tuple[tuple[Signs, int], ...], Signs]  # neurons as (signs on the rows, output sign); s


def _drawn(
    problem: Problem,
    width: int,
    draws: int,
    random: np.random.Generator,
    progress: Callable[[str], None] = lambda message: None,
) -> list[Drawn]:
    most = most_pairs(len(problem.x), width)
    rows = np.array(problem.arrangement.normals, dtype=object)
    cutting = np.array([any(row) for row in problem.arrangement.normals])
    pairs: dict[object, Drawn] = {}
    for number in range(draws):
        if number % _EVERY == 0:
            progress(f"{number} of {draws} sub-networks drawn")
        weights = np.rint(random.standard_normal((rows.shape[1], width)) * _SIZE).astype(np.int64).astype(object)
        outputs = random.choice([-1, 1], width)
        products = rows.dot(weights)
        if (products[cutting] == 0).any():  # on a hyperplane: in no region
            continue
        u = np.where(products > 0, products, 0).dot(outputs.astype(object))
        active = [j for j in range(width) if (products[:, j] > 0).any()]
        mixed = [set(outputs[[j for j in active if products[i, j] > 0]].tolist()) == {-1, 1} for i in range(len(rows))]
        if not active or (u[mixed] == 0).any():
            continue
        neurons = {(np.sign(products[:, j]).astype(np.int8).tobytes(), int(outputs[j])) for j in active}
        s = np.sign(u).astype(np.int8)
        ordered = sorted(neurons)
        key = (tuple(ordered), s.tobytes())
        pairs.setdefault(key, (tuple((np.frombuffer(signs, np.int8), sign) for signs, sign in ordered), s))
        if len(pairs) > most:
            raise LimitError(
                f"more than {most} different pairs of {len(rows)} rows at width {width} are drawn, the limit: they "
                f"take 2 (rows * width)^2 bytes each, and {_MEMORY} together are allowed; draw {most} at most"
            )
    return list(pairs.values())


def _block(neurons: tuple[tuple[Signs, int], ...], s: Signs, output: int) -> Block:
    """Make the block of a pair; all rows become walls, as it is not known which are redundant."""
    linear = np.array([(signs > 0) * sign for signs, sign in neurons], np.int8)
    shape = linear.shape
    first = np.zeros((*shape, *shape), np.int8)
    for j, (signs, _) in enumerate(neurons):
        first[j, np.arange(shape[1]), j, np.arange(shape[1])] = signs
    walls = first.reshape(-1, *shape)
    walls = walls[walls.any(axis=(1, 2))]
    mixed = np.flatnonzero((linear > 0).any(axis=0) & (linear < 0).any(axis=0))
    second = np.zeros((len(mixed), *shape), np.int8)
    second[np.arange(len(mixed)), :, mixed] = (s * linear)[:, mixed].T
    named = tuple((k, sign) for k, (_, sign) in enumerate(neurons))
    pair = Pair(named, tuple(s.tolist()), ())
    return Block(pair, output, (output * linear * (s > 0)).astype(np.int8), np.concatenate([walls, second]), len(walls))
