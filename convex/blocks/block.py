"""The blocks of the convex program: on each, the outputs of a sub-network are linear in its weights.

b        block: a pair (T, s) with the sign o of the output weight w_3
e_j      effect of neuron j on each row, o I_j D_ji 1[s_i > 0] in {-1, 0, +1}: a_b(w)_i = sum_j e_ji x_i.w_j
G_c      constraint c, sum_j sum_i G_cji x_i.w_j >= 0: the walls of the cones of the tuple and of its cell s

Program (12) of Ergen and Pilanci (2021) sums over masks with one index i for all neurons of a sub-network. Its
derivation (10)-(11) fixes the masks and signs of the neurons jointly: blocks are tuples with signs. The
literal interpretations are other problems, kept by name for comparison.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.arguments import read_choice
from arrangements.cells import Signs
from arrangements.first_layer.layer import FirstLayer, as_first_layer, check_width, walls
from arrangements.second_layer.pairs import iter_products
from arrangements.second_layer.product_cone import Neuron, Pair, ProductCone
from arrangements.second_layer.tuples import Product, product_of

Coefficients = NDArray[np.int8]

INTERPRETATIONS = {
    "tuples": "masks and signs of all neurons fixed jointly, as in (10)-(11): the three-layer problem itself",
    "shared-index": "one mask index for all neurons of a sub-network",
    "separate": "w+ and w- each constrained by the second-layer mask: the two-layer problem",
    "shared-block": "w+ and w- of every mask in one block: wider networks, up to twice the width",
}


class Block(NamedTuple):
    """One block of the convex program: a pair (a tuple with one second-layer cell) and the sign of the output weight.

    Attributes:
        pair: its tuple and second-layer signs.
        output: sign of the output weight.
        effect: e, shape (m, n).
        constraints: G, shape (number of walls, m, n).
        first_walls: how many of them, the first ones, are walls of first-layer cones.

    Example:
        On the rows 1 and -1 a neuron with weight w > 0 is active on the first row; its block says that the output there
        is +w, and that the cone has the one wall w >= 0.

        >>> from arrangements.arrangement import Arrangement
        >>> block = next(iter_blocks(FirstLayer.of(Arrangement.from_table([[1], [-1]])), 1))
        >>> block.pair.signs, block.output, block.effect.tolist()
        ((1, 0), 1, [[1, 0]])
        >>> block.constraints.shape, block.first_walls
        ((1, 1, 2), 1)
    """

    pair: Pair
    output: int
    effect: Coefficients
    constraints: Coefficients
    first_walls: int


def iter_blocks(layer: FirstLayer, width: int, interpretation: str = "tuples") -> Iterator[Block]:
    """Yield every block that can change the output, in an interpretation of program (12).

    A block whose second layer is nowhere positive maps to 0 and is left out.

    Args:
        layer: the first layer.
        width: neurons in one sub-network.
        interpretation: a key of `INTERPRETATIONS`.

    Raises:
        InputError: unknown interpretation, or width below 1.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> layer = FirstLayer.of(Arrangement.from_table([[1], [-1]]))
        >>> [(block.pair.neurons, block.output) for block in iter_blocks(layer, 1)]
        [(((0, 1),), 1), (((0, 1),), -1), (((1, 1),), 1), (((1, 1),), -1)]
    """
    name = read_choice(interpretation, INTERPRETATIONS, "interpretation")
    for product in _products(as_first_layer(layer), check_width(width), name):
        yield from product_blocks(layer, product)


def _products(layer: FirstLayer, width: int, interpretation: str) -> Iterator[Product]:
    if interpretation == "tuples":
        return iter_products(layer, width)
    if interpretation == "separate" or (interpretation == "shared-index" and width == 1):
        # Separate: each D_j X w_j^+ is >= 0, so a second-layer sign of - forces it to 0 on that row: what is left is
        # (X w^+)_+ on a face of its cone, a two-layer network. Width 1 lists exactly those.
        return iter_products(layer, 1)
    # Shared index: equal signed masks merge, so what remains of m neurons with one mask is (D, +), (D, -) or both.
    size = 1 if interpretation == "shared-index" else min(width, len(layer.active))
    return (product_of(layer, sum(map(_both, regions), ())) for regions in combinations(layer.active, size))


def _both(region: int) -> tuple[Neuron, ...]:
    return (region, 1), (region, -1)


def cell_block(layer: FirstLayer, neurons: tuple[Neuron, ...], signs: Signs, output: int) -> Block:
    """Make the block of one pair without listing the other cells of its tuple: every mixed row becomes a wall.

    Args:
        layer: the first layer.
        neurons: the tuple.
        signs: s; what the active neurons force takes its place where they do.
        output: sign of the output weight.

    Example:
        >>> from arrangements.arrangement import Arrangement
        >>> block = cell_block(FirstLayer.of(Arrangement.from_table([[1], [2]])), ((0, 1), (0, -1)), (1, -1), 1)
        >>> block.effect.tolist(), block.constraints.tolist()
        ([[1, 0], [-1, 0]], [[[1, 0], [0, 0]], [[0, 0], [1, 0]], [[1, 0], [-1, 0]], [[0, -1], [0, 1]]])
    """
    cone = ProductCone(layer, neurons)
    s = np.array(cone.forced, np.int8)
    s[list(cone.mixed)] = np.array(signs, np.int8)[list(cone.mixed)]
    linear = _linear(layer, neurons)
    walls = [_wall(linear.shape, j, i, layer.cells[neurons[j][0]].signs[i]) for j, i in cone.walls]
    for i in cone.mixed:
        wall = np.zeros(linear.shape, np.int8)
        wall[:, i] = s[i] * linear[:, i]
        walls.append(wall)
    pair = Pair(neurons, tuple(s.tolist()), ())
    constraints = np.array(walls, np.int8).reshape(-1, *linear.shape)
    return Block(pair, output, (output * linear * (s > 0)).astype(np.int8), constraints, len(cone.walls))


def _linear(layer: FirstLayer, neurons: tuple[Neuron, ...]) -> Coefficients:
    """I_j D_ji, one line a neuron."""
    signs = np.array([layer.cells[region].signs for region, _ in neurons], np.int8)
    return np.asarray((signs > 0) * np.array([[sign] for _, sign in neurons], np.int8), np.int8)


def _wall(shape: tuple[int, ...], j: int, i: int, sign: int) -> Coefficients:
    wall = np.zeros(shape, np.int8)
    wall[j, i] = sign
    return wall


def product_blocks(layer: FirstLayer, product: Product) -> Iterator[Block]:
    """Yield the blocks of one tuple: each pair with both output signs.

    Args:
        layer: the first layer.
        product: the tuple with its pairs.
    """
    linear = _linear(layer, product.neurons)
    first = ProductCone(layer, product.neurons).walls
    shared = [_wall(linear.shape, j, i, layer.cells[product.neurons[j][0]].signs[i]) for j, i in first]
    cells = {pair.signs for pair in product.pairs}
    for pair in product.pairs:
        s = np.array(pair.signs, np.int8)
        if not (s > 0).any():
            continue
        own = []
        for k in walls(pair.signs, product.splitters, cells):
            row = product.splitters[k][0]
            wall = np.zeros(linear.shape, np.int8)
            wall[:, row] = s[row] * linear[:, row]
            own.append(wall)
        constraints = np.array([*shared, *own], np.int8).reshape(-1, *linear.shape)
        for output in (1, -1):
            yield Block(pair, output, (output * linear * (s > 0)).astype(np.int8), constraints, len(shared))
