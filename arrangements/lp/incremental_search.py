"""The incremental search: all cells of a cone, found hyperplane by hyperplane, each with an exact witness.

a_0 .. a_{N-1}  integer rows; the first `base` of them bound the cone, the others cut it
w               witness of a node: sign(a_k.w) is the node's sign at every row k that it has decided
node            signs of rows 0 .. depth-1, as a vector and as bits, with a witness

At row k the witness decides one child for free. The other child is, in turn: cut by a known circuit; reached
by moving the witness; reached by a linear program; or cut by the circuit of its dual ray. Bieri and Nef
(1982) list cells this way; Rada and Cerny (2018) add witnesses; Dussault, Gilbert and
Plaquevent-Jourdain (2025) add circuits ("stem vectors").
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import gcd
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.cells import CellBlock, Signs, Statistics, counters
from arrangements.errors import InputError
from arrangements.exact.circuits import Circuit, CircuitTable, circuit_from_ray, is_dependency, sign_bit
from arrangements.exact.gordan import alternative
from arrangements.exact.integer_matrix import Floats, IntegerMatrix, Integers, integer_vector, reduced
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words, packed
from arrangements.exact.parallel_classes import distinct
from arrangements.lp.cone_model import ConeModel
from arrangements.lp.witness_proposals import relax, rounded, step_across
from arrangements.lp.working_coordinates import working_coordinates

_BATCH = 1 << 10  # cells


class Node(NamedTuple):
    """A feasible prefix of signs with its witness: plain data, from which the search can go on."""

    depth: int
    signs: NDArray[np.int8]
    bits: int
    witness: Integers
    values: Integers


class Search:
    """The search of all cells into which the rows from `base` on cut the cone {w : a_k.w > 0, k < base}.

    Args:
        rows: N integer rows of one length, none zero, no two parallel.
        base: how many of them bound the cone.
        start: an integer point of the cone.
        statistics: counters to add to.
        frontier: prefixes to go on from in place of the whole cone, as an earlier search with these rows left them.

    Attributes:
        frontier: what a search that ran into its budget left: for each node -1, 0, +1 for each row; empty when all
            was searched.

    Raises:
        InputError: the frontier does not belong to these rows.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[int]],
        base: int,
        start: Sequence[int],
        statistics: Statistics | None = None,
        frontier: Iterable[Signs] | None = None,
    ) -> None:
        self.rows = [tuple(row) for row in rows]
        self.base = base
        self.start = integer_vector(start)
        self.statistics = counters(statistics)
        self.table = CircuitTable(len(self.rows))
        self._matrix = IntegerMatrix(self.rows)
        self._working = working_coordinates(self._matrix)
        self._lengths = np.sqrt((self._working.rows**2).sum(axis=1))
        self._units = self._working.rows / self._lengths[:, None]
        self._model: ConeModel | None = None
        self.frontier: tuple[Signs, ...] = ()
        self._waiting: list[Node | Signs] = [self.root()] if frontier is None else [*map(self._prefix, frontier)]

    def root(self) -> Node:
        """The node of the cone itself, which no hyperplane has cut yet."""
        signs = np.zeros(len(self.rows), np.int8)
        signs[: self.base] = 1
        bits = sum(sign_bit(k, 1) for k in range(self.base))
        return Node(self.base, signs, bits, self.start, self._matrix.dot(self.start))

    def __iter__(self) -> Iterator[Node]:
        """Yield every cell once, depth first, as a node of full depth."""
        return self.cells()

    def cells(self, budget: int | None = None) -> Iterator[Node]:
        """Yield every cell once; after `budget` nodes the rest is left in `frontier`."""
        waiting = list(self._waiting)
        self.frontier = ()
        limit = None if budget is None else self.statistics.nodes + budget
        while waiting:
            node = waiting.pop()
            if not isinstance(node, Node):
                node = self._resumed(node)
            if node.depth == len(self.rows):
                yield node
            elif limit is not None and self.statistics.nodes >= limit:
                left = [*waiting, node]
                self.frontier = tuple(tuple(x.signs.tolist()) if isinstance(x, Node) else x for x in left)
                return
            else:
                waiting.extend(self.children(node))

    def blocks(self, budget: int | None = None) -> Iterator[CellBlock]:
        """Yield the cells a batch at a time; after `budget` nodes the rest is left in `frontier`."""
        found = self.cells(budget)
        while batch := list(islice(found, _BATCH)):
            signs = np.array([node.signs for node in batch])
            yield CellBlock(packed(signs > 0), np.array([node.witness for node in batch]), len(self.rows))

    def words(self, budget: int | None = None) -> Iterator[Words]:
        """Yield the packed signs alone, a batch at a time."""
        return (block.words for block in self.blocks(budget))

    def count(self, budget: int | None = None) -> int:
        """Count the cells."""
        return sum(self.counts(budget))

    def counts(self, budget: int | None = None) -> Iterator[int]:
        """Yield the number of cells as a sum, whose terms come as they are counted."""
        return (1 for _ in self.cells(budget))

    def _prefix(self, signs: Signs) -> Signs:
        """Check that these are signs that a node of these rows can have."""
        depth = next((k for k, s in enumerate(signs) if s == 0), len(signs))
        fits = len(signs) == len(self.rows) and {-1, 1}.issuperset(signs[:depth]) and not any(signs[depth:])
        if not fits or depth < self.base or set(signs[: self.base]) - {1}:
            raise InputError(
                "the frontier does not belong to these rows: a node has one sign a row, + on base rows, then 0"
            )
        return signs

    def _resumed(self, signs: Signs) -> Node:
        """Make a node of a prefix, with a witness found anew."""
        depth = len(self.rows) - signs.count(0)
        if depth == self.base:
            return self.root()
        vector = np.array(signs, np.int8)
        found = self.decided(depth - 1, vector)
        if not isinstance(found, tuple):
            raise InputError(f"the frontier does not belong to these rows: no point has the signs {signs}")
        return Node(depth, vector, sum(sign_bit(k, s) for k, s in enumerate(signs[:depth])), *found)

    def children(self, node: Node) -> list[Node]:
        """Give the one or two feasible prefixes that extend a node by its next row."""
        self.statistics.nodes += 1
        k = node.depth
        side = _sign(node.values[k])
        if side == 0:
            self.statistics.free += 2
            return [self._nudged(node, sign) for sign in (-1, 1)]
        self.statistics.free += 1
        same = self._child(node, side, node.witness, node.values)
        signs, bits = _extended(node, -side)
        if self.table.cuts(k, bits):
            self.statistics.circuits += 1
            return [same]
        found = self._moved(node, signs)
        if found is not None:
            self.statistics.free += 1
        else:
            answer = self.decided(k, signs)
            if not isinstance(answer, tuple):
                self.table.add(answer)
                return [same]
            found = answer
        return [Node(k + 1, signs, bits, *found), same]

    def _child(self, node: Node, sign: int, witness: Integers, values: Integers) -> Node:
        signs, bits = _extended(node, sign)
        return Node(node.depth + 1, signs, bits, witness, values)

    def _nudged(self, node: Node, sign: int) -> Node:
        """Move a witness off hyperplane k: q w +- v with a_k.v > 0, and q so large that all other signs stay."""
        k = node.depth
        normal = self._working.normals[k]
        pushes = self._matrix.dot(integer_vector(normal.tolist()))
        q = max((abs(int(pushes[i])) // abs(int(node.values[i])) for i in range(k)), default=0) + 1
        witness = reduced(q * node.witness.astype(object) + sign * normal)
        return self._child(node, sign, witness, self._matrix.dot(witness))

    def _checked(self, witness: Integers, signs: NDArray[np.int8], depth: int) -> tuple[Integers, Integers] | None:
        values = self._matrix.dot(witness)
        if bool((values[:depth] * signs[:depth] > 0).all()):
            divisor = gcd(*witness.tolist())
            return (witness // divisor, values // divisor) if divisor > 1 else (witness, values)
        return None

    @np.errstate(all="ignore")
    def _moved(self, node: Node, signs: NDArray[np.int8]) -> tuple[Integers, Integers] | None:
        """Look for a witness of these signs near the node's own, without a linear program."""
        k = node.depth
        try:
            point = self._working.point(node.witness, node.values)
        except OverflowError:
            return None
        oriented = signs[: k + 1, None] * self._units[: k + 1]
        rates = signs[k] * self._lengths[k] * (oriented @ self._units[k])
        step = step_across(rates, oriented @ point)
        if step is not None:
            (p, q), normal, size = step, self._working.normals[k], self._working.sizes[k]
            moved = q * size * node.witness.astype(object) + p * int(signs[k]) * normal
            if (found := self._checked(reduced(moved), signs, k + 1)) is not None:
                return found
        inside = relax(oriented, point)
        return None if inside is None else self._rounded(inside, signs, k + 1)

    @np.errstate(all="ignore")
    def _rounded(self, point: Floats, signs: NDArray[np.int8], depth: int) -> tuple[Integers, Integers] | None:
        for near in rounded(point):
            if (found := self._checked(self._working.caller(near), signs, depth)) is not None:
                return found
        return None

    def decided(self, k: int, signs: NDArray[np.int8]) -> tuple[Integers, Integers] | Circuit:
        """Decide signs of rows 0..k by a linear program, or exactly: find a witness with its values, or a circuit."""
        self.statistics.lps += 1
        self._model = self._model or ConeModel(self._working.rows)
        point, ray = self._model.solve(signs)
        if point is not None and (found := self._rounded(point, signs, k + 1)) is not None:
            return found
        prefix = self.rows[: k + 1]
        plain = signs[: k + 1].tolist()
        if ray is not None:
            circuit = circuit_from_ray(prefix, plain, ray[: k + 1])
            if circuit is not None and is_dependency(prefix, plain, circuit):
                return circuit
        self.statistics.exact_lps += 1
        exact, weights = alternative([[s * x for x in row] for s, row in zip(plain, prefix, strict=True)])
        if exact is not None:
            witness = integer_vector(exact)
            return witness, self._matrix.dot(witness)
        assert weights is not None
        return {i: weight * plain[i] for i, weight in weights.items()}


def _sign(value: int) -> int:
    return int(value > 0) - int(value < 0)


def _extended(node: Node, sign: int) -> tuple[NDArray[np.int8], int]:
    signs = node.signs.copy()
    signs[node.depth] = sign
    return signs, node.bits | sign_bit(node.depth, sign)


def cone_cells(
    bounds: Sequence[Row], cuts: Sequence[Row], start: Row, statistics: Statistics | None = None
) -> Iterator[tuple[Signs, Row]]:
    """List all cells into which hyperplanes cut an open cone, each with an integer witness.

    Args:
        bounds: rows that are positive in the cone.
        cuts: non-zero rows, none of them parallel to a bound; they may be parallel to each other.
        start: an integer point of the cone.
        statistics: counters to add to.

    Yields:
        The signs of the cuts, and a point that has them.

    Example:
        >>> [signs for signs, _ in cone_cells([(1, 0), (0, 1)], [(1, -1), (-2, 2)], (2, 1))]
        [(1, -1), (-1, 1)]
    """
    walls, _ = distinct(bounds)
    classes, members = distinct(cuts)
    if not classes:
        yield (), start
        return
    for node in Search([*walls, *classes], len(walls), start, statistics):
        found = node.signs[len(walls) :].tolist()
        yield tuple(found[k] * orientation for k, orientation in members), tuple(node.witness.tolist())
