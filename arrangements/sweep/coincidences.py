"""Vertices where more rows meet, many at once, by the dependencies of rows that are known so far.

B        R - 1 rows as positions, increasing; Z the rows that are 0 at their vertex, as in `exact_vertices`
circuit  rows that are dependent, any fewer of them not: C, with c the last of them, and c = sum over C - c of its form

Each vertex is treated once, with B the lexicographically first basis of Z. Circuits say which B that is, exactly:

- If the last row of a circuit is in B, and at most one row of the circuit is not, B is not it: B is dependent, or that
  row is in the span of B and so in Z, and the last row is in the span of rows of Z before it.
- If Z is B and last rows of circuits whose other rows are in B, then B is it, since the first basis of Z leaves out
  exactly the rows in the span of earlier ones.

Rows that floats prove not to be 0 at the vertex are not in Z. So Z is proven where these, B and the last rows are all;
then the forms of circuits are the local arrangement. On a ray of that, in the coordinates of B, f_(2l+1) is the product
with mu, whose sign a bound on the errors of mu proves. What is left goes to `exact_vertices`, and circuits come back.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.linear_algebra import Row
from arrangements.sweep.exact_vertices import Circuit, ExactCell, local_cells
from arrangements.sweep.second_filter import Examined

_MOST = 2_000  # circuits: with more, looking them up is no faster than exact arithmetic
_U = 2.0**-53
_RESERVE = 1.0 + 2.0**-20
_TINY = 1e-290
_WHOLE = 2**53

Flags = NDArray[np.bool_]


class Coincidences:
    """The circuits that a sweep has met.

    Args:
        rows: in the order of the sweep.

    Example:
        >>> known = Coincidences([(1, 0, 0), (0, 1, 0), (1, 1, 0), (0, 0, 1)])
        >>> known.learn([Circuit((0, 1, 2), (1, 1))])
        >>> known.repeated(np.array([[0, 1], [0, 2], [1, 2], [2, 3]])).tolist()
        [False, True, True, False]
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._digits = np.array([max(map(abs, row)).bit_length() for row in rows])
        self._circuits: dict[tuple[int, ...], Circuit] = {}
        self._members = np.zeros((0, len(self._digits)), np.float32)

    def learn(self, circuits: Iterable[Circuit]) -> None:
        """Add circuits; those that are known, and those after a few thousand, are left out."""
        new = {circuit.rows: circuit for circuit in circuits if circuit.rows not in self._circuits}
        if new and len(self._circuits) + len(new) <= _MOST:
            members = np.zeros((len(new), len(self._digits)), np.float32)
            for line, rows in zip(members, new, strict=True):
                line[list(rows)] = 1.0
            self._circuits.update(new)
            self._members = np.concatenate([self._members, members])

    def _missing(self, bases: NDArray[np.int64]) -> tuple[Flags, NDArray[np.float32], Flags]:
        """For each B its rows; of each circuit how many rows are not in B; and whether the last one is."""
        inside = np.zeros((len(bases), len(self._digits)), np.float32)
        inside[np.arange(len(bases))[:, None], bases] = 1.0
        missing = self._members.sum(axis=1) - inside @ self._members.T
        last = [circuit.rows[-1] for circuit in self._circuits.values()]
        return inside > 0.0, missing, inside[:, last] > 0.0

    def repeated(self, bases: NDArray[np.int64]) -> Flags:
        """Which B are known to be dependent, or not the first basis of Z.

        Args:
            bases: B for each vertex, a line of positions.
        """
        _, missing, last = self._missing(bases)
        return np.asarray(((missing <= 1.0) & last).any(axis=1))

    def above(self, bases: NDArray[np.int64], examined: Examined) -> tuple[Flags, list[ExactCell]]:
        """Find the cells above vertices whose Z is known; without points.

        Args:
            bases: B for each vertex, a line of positions.
            examined: what floats prove of these vertices.

        Returns:
            Which vertices are done, and their cells.
        """
        inside, missing, last = self._missing(bases)
        usable = (missing == 1.0) & ~last
        spanned = usable.astype(np.float32) @ self._last_rows() > 0.0
        proven = examined.independent & usable.any(axis=1) & (examined.known | inside | spanned).all(axis=1)
        done, cells = np.zeros(len(bases), np.bool_), list[ExactCell]()
        if proven.any():
            places = np.flatnonzero(proven)
            patterns, which = np.unique(usable[places], axis=0, return_inverse=True)
            for number, pattern in enumerate(patterns):
                some = places[which.reshape(-1) == number]
                sure, found = self._above(pattern, bases[some], examined.of(some))
                done[some] = sure
                cells += found
        return done, cells

    def _last_rows(self) -> NDArray[np.float32]:
        """For each circuit its last row alone."""
        found = np.zeros_like(self._members)
        found[np.arange(len(found)), [circuit.rows[-1] for circuit in self._circuits.values()]] = 1.0
        return found

    def _above(self, pattern: Flags, bases: NDArray[np.int64], examined: Examined) -> tuple[Flags, list[ExactCell]]:
        """The cells above vertices whose Z are B and the last rows of the same circuits."""
        every = list(self._circuits.values())
        circuits = [every[k] for k in np.flatnonzero(pattern)]
        free = sorted({row for circuit in circuits for row in circuit.rows[:-1]})  # the rows of B that are in one
        rows = [*free, *(circuit.rows[-1] for circuit in circuits)]
        units = [tuple(int(a == b) for b in free) for a in free]
        local = local_cells((*units, *(_form(circuit, free) for circuit in circuits)))
        rays = sorted({ray for _, its_rays in local for ray in its_rays})
        lines, size = np.arange(len(bases))[:, None], len(self._digits)
        mu, error, signs = np.zeros((len(bases), size)), np.zeros((len(bases), size)), examined.signs.copy()
        mu[lines, bases], error[lines, bases] = examined.mu, examined.error
        signs[lines, bases] = np.where(np.abs(examined.mu) > examined.error, np.sign(examined.mu), 0.0)
        others = np.ones(size, np.bool_)
        others[rows] = False
        if max(max(map(abs, ray), default=0) for ray in rays) >= _WHOLE:
            return np.zeros(len(bases), np.bool_), []
        values = self._values(mu[:, free], error[:, free], free, np.array(rays, float))
        sure = (signs[:, others] != 0).all(axis=1) & (values != 0).all(axis=1)
        return sure, list(_listed(local, rays, values, sure, signs, rows, bases))

    def _values(
        self, mu: NDArray[np.float64], error: NDArray[np.float64], free: list[int], rays: NDArray[np.float64]
    ) -> NDArray[np.int8]:
        """The sign of f_(2l+1) on each ray above each vertex; 0 if it is not proven."""
        shifts = self._digits.max() - self._digits[free]  # floats have the rows divided by powers of two
        with np.errstate(all="ignore"):
            mu, error, sizes = np.ldexp(mu, shifts), np.ldexp(error, shifts), np.abs(rays).T
            bounds = (error @ sizes + (len(free) + 4) * _U * (np.abs(mu) @ sizes)) * _RESERVE + _TINY
            values = mu @ rays.T
            return np.where(np.abs(values) > bounds, np.sign(values), 0.0).astype(np.int8)


def _form(circuit: Circuit, free: list[int]) -> Row:
    form = dict(zip(circuit.rows, circuit.form, strict=False))
    return tuple(form.get(row, 0) for row in free)


def _listed(
    local: Iterable[tuple[NDArray[np.int8], tuple[Row, ...]]],
    rays: list[Row],
    values: NDArray[np.int8],
    sure: Flags,
    signs: NDArray[np.int8],
    rows: list[int],
    bases: NDArray[np.int64],
) -> Iterator[ExactCell]:
    """The regions on all of whose rays the values have one sign, each above the vertices where that is so."""
    places = {ray: n for n, ray in enumerate(rays)}
    no_point = (0,) * (bases.shape[1] + 1)
    for plus, its_rays in local:
        its_values = values[:, [places[ray] for ray in its_rays]]
        for sign in (1, -1):
            some = np.flatnonzero(sure & (its_values == sign).all(axis=1))
            cells = signs[some]
            cells[:, rows] = sign * plus
            for cell, basis in zip(cells, bases[some].tolist(), strict=True):
                yield ExactCell(cell, no_point, tuple(basis))
