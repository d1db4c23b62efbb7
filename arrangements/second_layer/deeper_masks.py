"""Masks of layer l, enclosed from both sides: random networks give a part, decoupled networks a superset.

m_k   width of layer k, k = 1 .. l-1; then one neuron of layer l
u_i   its pre-activation on row i; mask: 1[u >= 0], over generic weights
A     rows on which a neuron's output is positive; active: A is not empty
piece one way in which a neuron of layer k can work: an open cone of first-layer weights (integer walls) with the linear
      forms that its output (u)_+ is there, zero on the other rows; of layer 1: a region

Weights are generic if no pre-activation is 0 but a structural zero, on a row that no neuron of the layer below is
active on (a zero row, in layer 1). Rows that are positive multiples of each other have equal bits in every layer.

Decoupled: every neuron has its own copy of all that lies below it, a tree. A network with shared neurons is one whose
copies are equal, so `decoupled_masks` holds all its masks. By positive homogeneity, |a| (u)_+ = (|a| u)_+, the size
of a weight moves down into first-layer vectors, and its sign stays: a neuron is a choice of signed pieces below.

Distinct pieces are enough: if two neurons below have one piece and one sign, their sum is that piece at the sum of
their weights, as a cone is convex. So the active neurons below make a set of at most m signed pieces.

Full sets are enough, min(m, all) signed pieces: let a narrower set be at weights with no u_i = 0 but structural ones,
and add a piece that it lacks, so tiny that all non-zero u_i keep their signs. In the last layer add a piece
with sign +: structural zeros stay 0 or become positive, with the same bit 1. In a layer below add one with sign -:
they stay 0 or become negative, so (u)_+ moves a little where it was positive and nowhere else, and so does all
above: structural zeros there stay, other signs too. If no such piece is missing, its opposite sign will do: a
row on which the set has no active neuron is then active in no piece of that layer, of either sign, and stays 0.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import comb
from typing import NamedTuple

import numpy as np

from arrangements.arguments import read_list, read_whole
from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Signs
from arrangements.errors import InputError, LimitError
from arrangements.exact.linear_algebra import Row
from arrangements.exact.parallel_classes import directions_of, distinct
from arrangements.first_layer.layer import FirstLayer, check_width, walls
from arrangements.lp.incremental_search import cone_cells

_MOST = 10**9  # draws
_SIZE = 2**20  # standard deviation of a weight, as an integer
_SPREADS = (0, 2, 8)  # weights of one layer are multiplied by 4^0 .. 4^spread
_BATCH = 1 << 10


class Piece(NamedTuple):
    """An active piece.

    Attributes:
        active: the rows on which the output is positive, one bit a row.
        outputs: for each row the linear form of the output; zero where it is not active.
        walls: rows that are positive on the cone.
        witness: an integer point of the cone.
    """

    active: int
    outputs: tuple[Row, ...]
    walls: tuple[Row, ...]
    witness: Row


Signed = tuple[Piece, int]


class _Sum(NamedTuple):
    """A pre-activation as the sum of signed pieces.

    Attributes:
        plus: the rows on which a piece with sign + is active, one bit a row; minus: the same for sign -.
        walls: rows that are positive on the product cone; witness: a point of it.
        u: for each row the linear form of the pre-activation.
    """

    plus: int
    minus: int
    walls: tuple[Row, ...]
    witness: Row
    u: tuple[Row, ...]

    def cells(self) -> Iterator[tuple[int, tuple[Row, ...], Row]]:
        """Yield for every cell of the product cone the rows with u > 0, the walls of the cell, and a point inside."""
        mixed = _rows(self.plus & self.minus)
        classes, members = distinct([self.u[i] for i in mixed])
        # a mixed row has blocks of both signs, so that it is neither zero nor parallel to a wall of one block
        found = dict(cone_cells(self.walls, classes, self.witness))
        for signs, point in found.items():
            above = self.plus & ~self.minus
            for i, (k, orientation) in zip(mixed, members, strict=True):
                above |= (signs[k] * orientation > 0) << i
            facets = walls(signs, [[k] for k in range(len(classes))], found)
            yield above, (*self.walls, *(tuple(signs[k] * x for x in classes[k]) for k in facets)), point


def sampled_masks(arrangement: Arrangement, widths: Sequence[int], draws: int, *, seed: int = 0) -> set[Signs]:
    """Draw fully connected networks with random integer weights, and collect their masks of layer l: a part of all.

    Weights are rounded Gaussians, in part multiplied by random powers of 4, so that also lopsided networks are seen.
    All products are exact; networks that are not generic are dropped.

    Args:
        arrangement: central; row i is x_i.
        widths: m_1, ..., m_{l-1}.
        draws: networks to draw.
        seed: of the draws.

    Raises:
        InputError: the argument is not an arrangement, it has offsets, there is no width, or one of them or draws is
            below 1.

    Example:
        >>> sorted(sampled_masks(Arrangement.from_table([[1], [2], [-1]]), (1, 1), 50))
        [(0, 0, 1), (1, 1, 0), (1, 1, 1)]
    """
    directions, member = _directions(arrangement)
    checked = _checked(widths)
    draws = read_whole(draws, "draws", 1, _MOST)
    random = np.random.default_rng(read_whole(seed, "seed", 0))
    found: set[Signs] = set()
    for first in range(0, draws if directions else 0, _BATCH):
        batch = min(_BATCH, draws - first)
        z = np.broadcast_to(np.array(directions, dtype=object), (batch, len(directions), arrangement.dimension))
        generic = np.ones(batch, bool)
        active = np.ones((batch, len(directions), 1), bool)
        for width in (*checked, 1):
            shape = (batch, z.shape[2], width)
            powers = random.integers(0, random.choice(_SPREADS, (batch, 1, 1)) + 1, shape)
            weights = np.rint(random.standard_normal(shape) * _SIZE).astype(np.int64).astype(object)
            u = z @ (weights * 4 ** powers.astype(object))
            generic &= ~((u == 0) & active).any(axis=(1, 2))
            z = np.where(u > 0, u, 0)
            active = np.asarray((z > 0).any(axis=2, keepdims=True))
        for mask in np.unique((u[generic, :, 0] >= 0).astype(np.int8), axis=0).tolist():
            found.add(tuple(1 if k < 0 else mask[k] for k in member))
    return found if directions else {(1,) * len(member)}


def decoupled_masks(arrangement: Arrangement, widths: Sequence[int], *, limit: int = 1_000_000) -> set[Signs]:
    """List all masks of layer l of decoupled networks: those of fully connected ones, for several widths maybe more.

    Args:
        arrangement: central; row i is x_i.
        widths: m_1, ..., m_{l-1}.
        limit: sets of signed pieces that are looked at in one layer.

    Raises:
        InputError: the argument is not an arrangement, it has offsets, there is no width, or one of them is below 1.
        LimitError: a layer has more sets than that.

    Example:
        >>> [len(decoupled_masks(Arrangement.from_table([[1, 0], [0, 1], [-1, -1]]), w)) for w in ((1,), (1, 1), (2,))]
        [7, 7, 8]
    """
    directions, member = _directions(arrangement)
    checked, limit = _checked(widths), read_whole(limit, "limit")
    if not directions:
        return {(1,) * len(member)}
    pieces = _first(FirstLayer.of(Arrangement(directions, None, arrangement.dimension)))
    for k, width in enumerate(checked[:-1], start=2):
        new = (piece for chosen in _sets(pieces, width, limit, k) for piece in _pieces(_sum(chosen)))
        pieces = list(_without_twins(new))
    found = _masks(_sets(pieces, checked[-1], limit, len(checked) + 1), (1 << len(directions)) - 1)
    return {tuple(1 if k < 0 else mask >> k & 1 for k in member) for mask in found}


def _directions(arrangement: Arrangement) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    if as_arrangement(arrangement).is_affine:
        raise InputError("deeper layers need a central arrangement; append a column of ones instead of offsets")
    return directions_of(arrangement.normals)


def _checked(widths: Sequence[int]) -> tuple[int, ...]:
    checked = tuple(map(check_width, read_list(widths, "widths", "integers, one for each layer below the last")))
    if not checked:
        raise InputError("there is no width; give one for each layer below the last")
    return checked


def _first(layer: FirstLayer) -> list[Piece]:
    """Make pieces of the active regions, in independent columns."""
    rows = [tuple(row[p] for p in layer.pivots) for row in layer.arrangement.normals]
    zero = (0,) * len(layer.pivots)
    pieces = []
    for region in layer.active:
        signs, witness = layer.cells[region]
        bounds = [layer.classes[k][0] for k in layer.walls[region]]
        pieces.append(
            Piece(
                sum(1 << i for i, s in enumerate(signs) if s > 0),
                tuple(row if s > 0 else zero for row, s in zip(rows, signs, strict=True)),
                tuple(tuple(signs[i] * x for x in rows[i]) for i in bounds),
                tuple(witness[p] for p in layer.pivots),
            )
        )
    return pieces


def _sets(pieces: Sequence[Piece], width: int, limit: int, layer: int) -> Iterator[tuple[Signed, ...]]:
    """List the sets of signed pieces that a neuron of this layer can have below it."""
    size = min(width, 2 * len(pieces))
    if (count := comb(2 * len(pieces), size)) > limit:
        raise LimitError(
            f"layer {layer} has {count} sets of {size} signed pieces, above the limit of {limit}; "
            "take fewer rows, smaller widths or a higher limit, or draw masks with sampled_masks"
        )
    return combinations([(piece, sign) for piece in pieces for sign in (1, -1)], size)


def _sum(chosen: Sequence[Signed]) -> _Sum:
    plus = minus = 0
    sizes = [len(piece.witness) for piece, _ in chosen]
    bounds: list[Row] = []
    for j, (piece, sign) in enumerate(chosen):
        plus, minus = (plus | piece.active, minus) if sign > 0 else (plus, minus | piece.active)
        before, after = (0,) * sum(sizes[:j]), (0,) * sum(sizes[j + 1 :])
        bounds.extend((*before, *row, *after) for row in piece.walls)
    u = tuple(
        tuple(sign * x for (_, sign), form in zip(chosen, forms, strict=True) for x in form)
        for forms in zip(*(piece.outputs for piece, _ in chosen), strict=True)
    )
    return _Sum(plus, minus, tuple(bounds), tuple(x for piece, _ in chosen for x in piece.witness), u)


def _pieces(pre: _Sum) -> Iterator[Piece]:
    """List the active pieces of a neuron that has this pre-activation."""
    zero = (0,) * len(pre.witness)
    for above, bounds, point in pre.cells():
        if above:
            yield Piece(above, tuple(row if above >> i & 1 else zero for i, row in enumerate(pre.u)), bounds, point)


def _without_twins(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Drop pieces that are active on one row only, but for the first of each row: all reach every positive output."""
    seen: set[int] = set()
    for piece in pieces:
        if piece.active.bit_count() > 1 or piece.active not in seen:
            seen.add(piece.active)
            yield piece


def _masks(sets: Iterator[tuple[Signed, ...]], full: int) -> set[int]:
    """List the masks of the last layer; a set is searched only if it could have one that is not known yet."""
    known: set[int] = set()
    settled: set[tuple[int, int]] = set()
    for chosen in sets:
        if len(known) == full + 1:  # one bit for each direction, so that there are no others
            break
        plus = minus = 0
        for piece, sign in chosen:
            plus, minus = (plus | piece.active, minus) if sign > 0 else (plus, minus | piece.active)
        if (plus, minus) in settled:
            continue
        forced = full & ~minus
        if not plus & minus:
            known.add(forced)
        if all(forced | free in known for free in _subsets(plus & minus)):
            settled.add((plus, minus))
            continue
        known.update(above | full & ~(plus | minus) for above, _, _ in _sum(chosen).cells())
    return known


def _subsets(bits: int) -> Iterator[int]:
    subset = bits
    while subset:
        yield subset
        subset = (subset - 1) & bits
    yield 0


def _rows(bits: int) -> list[int]:
    return [i for i in range(bits.bit_length()) if bits >> i & 1]
