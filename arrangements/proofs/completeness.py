"""Completeness proofs for a list of cells: the tree of their signs, and a circuit for every branch that is cut.

The signs of the rows are decided in order, + before -. A prefix of signs is cut if no listed cell has it, but one has
the prefix that is one sign shorter. A circuit shows that no point has the signs of a cut prefix. The tree follows from
the list alone, so the list of any engine can be proven afterwards.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from fractions import Fraction
from functools import partial
from itertools import islice
from math import lcm
from typing import NamedTuple

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.cells import Signs
from arrangements.exact.circuits import Circuit, CircuitTable, sign_bits
from arrangements.exact.linear_algebra import Row
from arrangements.first_layer.layer import FirstLayer
from arrangements.lp.incremental_search import Search
from arrangements.parallel.chunks import map_in_order
from arrangements.proofs.prefix_tables import leaves_of, tables
from arrangements.second_layer.product_cone import Neuron, ProductCone

Numbers = Sequence[Sequence[int | Fraction]]
Subtree = tuple[tuple[int, ...], Sequence[Signs]]  # a prefix of signs, and the listed cells that have it
Term = tuple[int, int, int]  # neuron j, row i, integer c: c x_i.w_j; c u_i if j is -1

_CELLS = 20_000  # of a subtree that is proven on its own


def cut_prefixes(listed: Sequence[Signs], rows: Sequence[int], prefix: Sequence[int] = ()) -> Iterator[tuple[int, ...]]:
    """Yield the cut prefixes, depth first: signs of rows[0], rows[1], ...

    Args:
        listed: sign vectors of cells.
        rows: the rows that are decided, in this order.
        prefix: the signs that all of them have on the first of these rows.

    Example:
        >>> list(cut_prefixes([(1, 0, 1), (-1, 0, 1), (-1, 0, -1)], [0, 2]))
        [(1, -1)]
    """
    for cut, inside in subtrees(listed, rows, 0, prefix):
        if not inside:
            yield cut


def subtrees(listed: Sequence[Signs], rows: Sequence[int], most: int, prefix: Sequence[int] = ()) -> Iterator[Subtree]:
    """Divide the tree of signs, depth first, into subtrees with few cells: a prefix each, and the cells that have it.

    Args:
        listed: sign vectors of cells.
        rows: the rows that are decided, in this order.
        most: cells in a subtree; where no further sign tells cells apart there may be more.
        prefix: the signs that all of them have on the first of these rows.

    Example:
        >>> list(subtrees([(1, 0, 1), (-1, 0, 1), (-1, 0, -1)], [0, 2], 1))
        [((1,), [(1, 0, 1)]), ((-1, 1), [(-1, 0, 1)]), ((-1, -1), [(-1, 0, -1)])]
    """
    stack: list[Subtree] = [(tuple(prefix), listed)]
    while stack:
        signs, inside = stack.pop()
        if len(inside) <= most or len(signs) == len(rows):
            yield signs, inside
        else:
            i = rows[len(signs)]
            for s in (-1, 1):  # the last is looked at first
                stack.append(((*signs, s), [cell for cell in inside if cell[i] == s]))


class Refuter:
    """A finder of circuits that prove a prefix of signs infeasible; those found earlier are tried first.

    Args:
        rows: integer rows, none zero; the first `fixed` are positive always.
        fixed: their number.
        known: circuits found earlier; it is added to.
    """

    def __init__(self, rows: Sequence[Row], fixed: int, known: CircuitTable | None = None) -> None:
        self._fixed = fixed
        self._search = Search(rows, 0, rows[0])
        if known is not None:
            self._search.table = known
        self.table = self._search.table

    def circuit(self, prefix: Sequence[int]) -> Circuit | None:
        """Find a circuit that contradicts these signs, which follow the fixed ones; None if some point has them.

        Example:
            >>> Refuter([(1, 0), (0, 1), (1, 1)], 0).circuit([1, 1, -1])
            {0: 1, 1: 1, 2: -1}
        """
        number = self.number(prefix)
        if number is None:
            return None
        circuit = self.table.circuits[number]
        last = max(circuit)
        sign = 1 if last < self._fixed else prefix[last - self._fixed]
        return circuit if circuit[last] * sign > 0 else {i: -c for i, c in circuit.items()}

    def number(self, prefix: Sequence[int]) -> int | None:
        """Find the number in the table of a circuit that contradicts these signs or their opposites; see `circuit`."""
        signs = np.zeros(len(self._search.rows), np.int8)
        signs[: self._fixed] = 1
        signs[self._fixed : self._fixed + len(prefix)] = prefix
        k = self._fixed + len(prefix) - 1
        number = self.table.find(k, sign_bits(signs[: k + 1]))
        if number is None:
            found = self._search.decided(k, signs)
            if isinstance(found, tuple):
                return None
            number = len(self.table.circuits)
            self.table.add(found)
        return number


class RegionProof(NamedTuple):
    """A completeness proof of regions.

    Attributes:
        table: circuits, each as a list of (row, integer).
        leaves: for each cut prefix the circuit that refutes it, by its place; -1 where a cell is missing.
    """

    table: list[list[tuple[int, int]]]
    leaves: list[int]


def region_proof(
    arrangement: Arrangement,
    listed: Sequence[Signs],
    table: Numbers | None = None,
    seen: Callable[[int], None] = lambda leaves: None,
    executor: Executor | None = None,
) -> RegionProof:
    """Prove that all regions are listed.

    The tree of signs is divided into subtrees, which are proven one by one or side by side. They come in waves, each
    twice as long as the one before, and begin with the circuits that earlier waves have found: so the proof is the same
    whoever makes it, and few circuits are found twice.

    Args:
        arrangement: the hyperplanes; the one at infinity counts as row n.
        listed: the sign vectors.
        table: the homogeneous rows as they were read, of which the arrangement holds positive multiples.
        seen: told how many prefixes are refuted.
        executor: proves the subtrees; None to prove them here.

    Example:
        >>> region_proof(Arrangement.from_table([[1], [2]]), [(1, 1), (-1, -1)])
        RegionProof(table=[[(0, 1), (1, -1)]], leaves=[0, 0])
    """
    rows = arrangement.homogeneous
    factors = [*row_factors(rows, table), Fraction(1)]
    order = [i for i, row in enumerate(rows) if any(row)]
    if not order:
        return RegionProof([], [])
    infinity = [] if arrangement.infinity is None else [arrangement.infinity]
    names = [len(rows)] * len(infinity) + order
    decided = [*infinity, *(rows[i] for i in order)]
    known, numbers = CircuitTable(len(decided)), dict[tuple[tuple[int, int], ...], int]()
    leaves: list[int] = []
    for wave in _waves(subtrees(listed, order, _CELLS)):
        before = known.copy()
        prove = partial(_subtree_leaves, decided=decided, fixed=len(infinity), order=order, known=before)
        for found, circuits in map_in_order(prove, wave, executor):
            places = list(range(len(before.circuits)))
            for circuit in circuits:
                exact = {names[k]: c * factors[names[k]] for k, c in circuit.items()}
                key = tuple(sorted(_integers(exact).items()))
                if key[0][1] < 0:
                    key = tuple((i, -c) for i, c in key)
                places.append(numbers.setdefault(key, len(numbers)))
                if len(numbers) > len(known.circuits):
                    known.add(circuit)
            leaves += [-1 if k is None else places[k] for k in found]
            seen(len(leaves))
    return RegionProof([list(circuit) for circuit in numbers], leaves)


def _waves(found: Iterator[Subtree]) -> Iterator[list[Subtree]]:
    """Divide subtrees into waves of 1, 2, 4, ..."""
    size = 1
    while wave := list(islice(found, size)):
        yield wave
        size *= 2


def _subtree_leaves(
    subtree: Subtree, decided: Sequence[Row], fixed: int, order: Sequence[int], known: CircuitTable
) -> tuple[list[int | None], list[Circuit]]:
    """Refute the cut prefixes of a subtree: the number of a circuit for each, and the circuits that are new."""
    prefix, inside = subtree
    refuter = Refuter(decided, fixed, known.copy())
    signs = np.array(inside, np.int8).reshape(len(inside), -1)[:, order] if inside else np.zeros((0, 0), np.int8)
    if inside and signs.all():
        found = leaves_of(tables(signs > 0, len(prefix)), refuter.table.circuits, fixed, refuter.number)
    else:  # no cell, or what is no cell
        found = [refuter.number(cut) for cut in cut_prefixes(inside, order, prefix)]
    return found, refuter.table.circuits[len(known.circuits) :]


def product_leaves(
    layer: FirstLayer, neurons: tuple[Neuron, ...], listed: Sequence[Signs], factors: Sequence[Fraction]
) -> list[list[Term]]:
    """Prove that all second-layer sign vectors of a tuple are listed.

    Args:
        layer: the first layer.
        neurons: the tuple.
        listed: the sign vectors s.
        factors: see `row_factors`.

    Returns:
        For each cut prefix a circuit as terms, [] where there is none because a cell is missing.
    """
    cone = ProductCone(layer, neurons)
    if not cone.mixed:
        return []
    refuter = Refuter([*cone.bounds, *cone.cuts], len(cone.bounds))
    names = [*cone.walls, *((-1, i) for i in cone.mixed)]
    # a bound is the row times the sign that it has in the region
    signs = [layer.cells[neurons[j][0]].signs[i] for j, i in cone.walls] + [1] * len(cone.mixed)
    leaves = []
    for prefix in cut_prefixes(listed, cone.mixed):
        circuit = refuter.circuit(prefix) or {}
        exact = _integers({k: c * signs[k] * factors[names[k][1]] for k, c in circuit.items()})
        leaves.append([(*names[k], c) for k, c in sorted(exact.items())])
    return leaves


def row_factors(rows: Sequence[Row], table: Numbers | None) -> list[Fraction]:
    """Find for each row of the arrangement the positive factor that makes it from the row as it was read.

    Args:
        rows: those of the arrangement.
        table: the rows as they were read; None if they are the same.

    Returns:
        The factors; 1 for zero rows.

    Example:
        >>> row_factors([(1, 2)], ((Fraction(1, 3), Fraction(2, 3)),))
        [Fraction(3, 1)]
    """
    if table is None:
        return [Fraction(1)] * len(rows)
    pairs = (
        next(((a, b) for a, b in zip(row, read, strict=True) if a), (1, 1))
        for row, read in zip(rows, table, strict=True)
    )
    return [Fraction(a) / b for a, b in pairs]


def _integers(terms: dict[int, Fraction]) -> dict[int, int]:
    """Multiply numbers by the least positive integer that makes them integers."""
    common = lcm(*(c.denominator for c in map(Fraction, terms.values())))
    return {k: int(c * common) for k, c in terms.items()}
