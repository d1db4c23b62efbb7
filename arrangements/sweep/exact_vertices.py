"""The vertices that the compiled kernel leaves in doubt, and those where more rows meet: all in integers.

l, R      a level, and its rank r - 2 l; f_0 .. f_(2l-1) are 0 on its flat, f = f_2l and g = f_(2l+1) are its own
B         R - 1 rows, as positions in the order of the sweep
M         the square matrix of f_0 .. f_(2l-1), B and f; N, m  M N = m 1
v         the vertex: the last column of N, where all of M are 0 but f, which is positive
Z         the rows that are 0 at v; in general position B alone

Row a is a N / m in the coordinates of M, and so is g: there mu_b is g's entry at b. If Z is B, the cell above v has the
signs of mu there. Otherwise v is treated once, with B the lexicographically first basis of Z; the rows of Z are forms
in the coordinates of B, and the cells above v are those of this local arrangement on all of whose rays g is positive.

A row outside of the span of B that is 0 at v, an f_j that adds nothing to independent rows, a mu_b or a value of g that
is 0: these are ties, and are looked at again with more terms of the functionals.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.linear_algebra import (
    Row,
    dot,
    independent_rows,
    integer_matrix,
    primitive,
    product_columns,
    rank,
    scaled_inverse,
)
from arrangements.rays.ray_search import RaySearch
from arrangements.sweep.functionals import Functionals

Positions = tuple[int, ...]


class Tie(Exception):
    """Raised when the functionals, with the terms at hand, are not generic enough."""


class ExactCell(NamedTuple):
    """A cell: -1 or +1 for each position, an integer point inside, and the positions of B."""

    signs: NDArray[np.int8]
    point: Row
    basis: Positions


class Circuit(NamedTuple):
    """Dependent rows, any fewer of which are not: their positions, increasing, and the last as a form in the others.

    A positive multiple of the last row is the sum of the others times the entries of the form.
    """

    rows: Positions
    form: Row


class ExactVertices:
    """The cells above vertices, exactly.

    Args:
        rows: integer rows of full column rank, in the order of the sweep.
        functionals: those of the sweep.

    Example:
        >>> rows = ((1, 0), (0, 1), (1, 1))
        >>> found = ExactVertices(rows, Functionals(rows))
        >>> sorted(len(found.cells(0, (k,))) for k in range(3))
        [1, 1, 1]
    """

    def __init__(self, rows: Sequence[Row], functionals: Functionals) -> None:
        self.rows = tuple(rows)
        self.rank = len(self.rows[0])
        self.functionals = functionals
        self._terms = lru_cache(maxsize=8)(functionals.terms)

    @cached_property
    def _matrix(self) -> Any:
        return integer_matrix(self.rows, self.rank)

    def cells(self, level: int, basis: Positions, points: bool = True) -> list[ExactCell]:
        """List the cells above the vertex where these rows meet.

        Args:
            level: l.
            basis: B in order, R - 1 positions.
            points: whether points are wanted; without, they are 0.

        Returns:
            None if the rows are dependent, or are not the first basis of Z.
        """
        return self.cells_and_circuits(level, basis, points)[0]

    def cells_and_circuits(
        self, level: int, basis: Positions, points: bool = True
    ) -> tuple[list[ExactCell], list[Circuit]]:
        """List the cells, and the circuits of B and one more row of Z.

        Args:
            level: as for `cells`.
            basis: as for `cells`.
            points: as for `cells`.
        """
        number = 1
        while True:
            try:
                return self._settled(level, basis, self._terms(number), points)
            except Tie:
                number += 1

    def _settled(
        self, level: int, basis: Positions, functionals: Sequence[Row], points: bool
    ) -> tuple[list[ExactCell], list[Circuit]]:
        chosen, head = [self.rows[b] for b in basis], 2 * level
        inverse = scaled_inverse([*functionals[:head], *chosen, functionals[head]])
        if inverse is None:
            if rank(chosen, self.rank) < len(chosen):
                return [], []
            raise Tie
        duals = list(zip(*inverse[0], strict=True))
        *forms, lift = product_columns(integer_matrix(duals, self.rank), [*self.rows, _after(functionals, head)])
        mu = lift[head:-1]
        signs = np.array([(form[-1] > 0) - (form[-1] < 0) for form in forms], np.int8)
        zeros = np.flatnonzero(signs == 0).tolist()
        if any(any(forms[z][:head]) for z in zeros) or 0 in mu:
            raise Tie
        local = [primitive(forms[z][head:-1]) for z in zeros]
        if len(zeros) == len(basis):
            signs_of = [1 if x > 0 else -1 for x in mu]
            above = [(np.array(signs_of, np.int8), signs_of)]
        elif [zeros[i] for i in independent_rows(local, len(basis))] == list(basis):
            above = list(_above(local, mu))
        else:
            above = []
        found = []
        for plus, inside in above:
            cell = signs.copy()
            cell[zeros] = plus
            point = self._point(duals[-1], duals[head:-1], inside) if points else (0,) * self.rank
            found.append(ExactCell(cell, point, basis))
        more = [z for z in zeros if z not in basis]
        return found, [_circuit(z, -inverse[1], basis, forms[z][head:-1]) for z in more]

    def _point(self, v: Sequence[int], duals: Sequence[Sequence[int]], inside: Sequence[int]) -> Row:
        """The point k v + u of a cell above v, u being inside of the local cell, and k so large that it is near v."""
        u = [dot(inside, column) for column in zip(*duals, strict=True)] if duals else [0] * self.rank
        at_v, at_u = product_columns(self._matrix, [v, u])
        k = max((abs(y) // abs(x) for x, y in zip(at_v, at_u, strict=True) if x), default=0) + 1
        return primitive([k * x + y for x, y in zip(v, u, strict=True)])

    def below(self, level: int, begin: Positions, first: int) -> Iterator[Positions]:
        """List the independent sets of R - 1 rows that begin with some and go on with later ones.

        Args:
            level: l.
            begin: the rows that they begin with.
            first: the position from which on rows are added.
        """
        size = self.rank - 2 * level - 1
        chosen = [self.rows[b] for b in begin]
        if rank(chosen, self.rank) < len(begin):
            return
        if len(begin) == size:
            yield begin
            return
        for b in range(first, len(self.rows) - (size - len(begin)) + 1):
            yield from self.below(level, (*begin, b), b + 1)


def _after(functionals: Sequence[Row], number: int) -> Row:
    """The functional after that one; on a flat of rank 1 there is none, and none is asked for."""
    return functionals[number + 1] if number + 1 < len(functionals) else functionals[number]


def _circuit(row: int, factor: int, basis: Positions, form: Sequence[int]) -> Circuit:
    """The circuit of factor times a row, and the sum of the rows of a basis times the entries of a form: they are 0."""
    terms = sorted([(row, factor), *((b, x) for b, x in zip(basis, form, strict=True) if x)])
    turn = 1 if terms[-1][1] < 0 else -1
    return Circuit(tuple(b for b, _ in terms), primitive([turn * x for _, x in terms[:-1]]))


def _above(rows: Sequence[Row], lift: Sequence[int]) -> Iterator[tuple[NDArray[np.int8], list[int]]]:
    """List the regions on all of whose rays a linear functional is positive, each with a point inside."""
    for signs, rays in local_cells(tuple(rows)):
        values = [dot(lift, ray) for ray in rays]
        if 0 in values:
            raise Tie
        if min(values) > 0:
            yield signs, [sum(x) for x in zip(*rays, strict=True)]
        elif max(values) < 0:
            yield -signs, [-sum(x) for x in zip(*rays, strict=True)]


@lru_cache(maxsize=256)
def local_cells(rows: tuple[Row, ...]) -> tuple[tuple[NDArray[np.int8], tuple[Row, ...]], ...]:
    """List one region of each pair, with its rays; a few local arrangements are those of most vertices.

    Args:
        rows: integer rows of full column rank, no two parallel.

    Example:
        >>> [signs.tolist() for signs, _ in local_cells(((1, 0), (0, 1)))]
        [[1, 1], [1, -1]]
    """
    return tuple(RaySearch(rows, 1).cells_with_rays())
