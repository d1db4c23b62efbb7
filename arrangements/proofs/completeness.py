"""Completeness proofs for a list of cells: the tree of their signs, and a circuit for every branch that is cut.

The signs of the rows are decided in order, + before -. A prefix of signs is cut if no listed cell has it, but one has
the prefix that is one sign shorter. A circuit shows that no point has the signs of a cut prefix. The tree follows from
the list alone, so the list of any engine can be proven afterwards.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.cells import Signs
from arrangements.exact.circuits import Circuit, sign_bits
from arrangements.exact.linear_algebra import Row
from arrangements.first_layer.layer import FirstLayer
from arrangements.lp.incremental_search import Search
from arrangements.second_layer.product_cone import Neuron, ProductCone

Numbers = Sequence[Sequence[int | Fraction]]
Term = tuple[int, int, int]  # neuron j, row i, integer c: c x_i.w_j; c u_i if j is -1


def cut_prefixes(listed: Sequence[Signs], rows: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the cut prefixes, depth first: signs of rows[0], rows[1], ...

    Args:
        listed: sign vectors of cells.
        rows: the rows that are decided, in this order.

    Example:
        >>> list(cut_prefixes([(1, 0, 1), (-1, 0, 1), (-1, 0, -1)], [0, 2]))
        [(1, -1)]
    """
    stack: list[tuple[tuple[int, ...], list[Signs]]] = [((), list(listed))]
    while stack:
        prefix, inside = stack.pop()
        if not inside:
            yield prefix
        elif len(prefix) < len(rows):
            i = rows[len(prefix)]
            for s in (-1, 1):  # the last is looked at first
                stack.append(((*prefix, s), [signs for signs in inside if signs[i] == s]))


class Refuter:
    """A finder of circuits that prove a prefix of signs infeasible; those found earlier are tried first.

    Args:
        rows: integer rows, none zero; the first `fixed` are positive always.
        fixed: their number.
    """

    def __init__(self, rows: Sequence[Row], fixed: int) -> None:
        self._fixed = fixed
        self._search = Search(rows, 0, rows[0])

    def circuit(self, prefix: Sequence[int]) -> Circuit | None:
        """Find a circuit that contradicts these signs, which follow the fixed ones; None if some point has them.

        Example:
            >>> Refuter([(1, 0), (0, 1), (1, 1)], 0).circuit([1, 1, -1])
            {0: 1, 1: 1, 2: -1}
        """
        signs = np.zeros(len(self._search.rows), np.int8)
        signs[: self._fixed] = 1
        signs[self._fixed : self._fixed + len(prefix)] = prefix
        k = self._fixed + len(prefix) - 1
        table = self._search.table
        number = table.find(k, sign_bits(signs[: k + 1]))
        if number is None:
            found = self._search.decided(k, signs)
            if isinstance(found, tuple):
                return None
            number = len(table.circuits)
            table.add(found)
        circuit = table.circuits[number]
        last = max(circuit)
        return circuit if circuit[last] * int(signs[last]) > 0 else {i: -c for i, c in circuit.items()}


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
) -> RegionProof:
    """Prove that all regions are listed.

    Args:
        arrangement: the hyperplanes; the one at infinity counts as row n.
        listed: the sign vectors.
        table: the homogeneous rows as they were read, of which the arrangement holds positive multiples.
        seen: told how many prefixes are refuted.

    Example:
        >>> region_proof(Arrangement.from_table([[1], [2]]), [(1, 1), (-1, -1)])
        RegionProof(table=[[(0, 1), (1, -1)], [(0, -1), (1, 1)]], leaves=[0, 1])
    """
    rows = arrangement.homogeneous
    factors = [*row_factors(rows, table), Fraction(1)]
    order = [i for i, row in enumerate(rows) if any(row)]
    if not order:
        return RegionProof([], [])
    infinity = [] if arrangement.infinity is None else [arrangement.infinity]
    names = [len(rows)] * len(infinity) + order
    refuter = Refuter([*infinity, *(rows[i] for i in order)], len(infinity))
    numbers: dict[tuple[tuple[int, int], ...], int] = {}
    leaves = []
    for prefix in cut_prefixes(listed, order):
        circuit = refuter.circuit(prefix)
        if circuit is None:
            leaves.append(-1)
        else:
            exact = {names[k]: c * factors[names[k]] for k, c in circuit.items()}
            leaves.append(numbers.setdefault(tuple(sorted(_integers(exact).items())), len(numbers)))
        seen(len(leaves))
    return RegionProof([list(circuit) for circuit in numbers], leaves)


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
