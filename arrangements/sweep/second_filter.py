"""A second filter for vertices that the kernel leaves in doubt: each from its own rows, many at once, in floats.

Q   the square matrix of f_0 .. f_(2l-1), the rows B and f = f_2l, each divided by a power of two; g = f_(2l+1)
R   any matrix, in floats: an approximate inverse of Q; u = 2^-53
v   the vertex, Q v = (0, .., 0, 1); mu  the coefficients of g in the rows of Q, mu Q = g

The kernel's bounds grow with every row that is eliminated. But v and mu depend on their own rows alone. With G = I - R
Q and |G| < 1 in the largest sum of a line, v^ = R (0, .., 0, 1):

    v - v^ = G v,   so |v - v^|_j <= (sum of line j of |G|) max |v^| / (1 - |G|)      (Krawczyk 1969; Rump 1983)

and with H = I - Q R, mu^ = g R: mu - mu^ = mu H, so the same with the sums of columns of |H|. In floats a product of
matrices errs by at most (r + 2) u times the product of the absolute values, in whichever order it is added up, and each
entry of Q, g and the rows is rounded by at most u of its size. All bounds are computed with a reserve of 2^-20.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats
from arrangements.exact.linear_algebra import Row
from arrangements.sweep.functionals import Functionals
from arrangements.sweep.tableau_rows import halved

_U = 2.0**-53
_RESERVE = 1.0 + 2.0**-20
_TINY = 1e-290  # more than what is lost where numbers are too small to be normal


class Proven(NamedTuple):
    """For some vertices: whether all signs are proven, the signs of all rows in the cell above, and R."""

    sure: NDArray[np.bool_]
    signs: NDArray[np.int8]
    inverses: Floats


class Examined(NamedTuple):
    """What floats prove of some vertices.

    Attributes:
        independent: whether B, and so v, is proven to be a vertex with the bounds here.
        signs, known: of all rows at v, and whether each is proven not to be 0.
        mu, error: the coefficients of g at the rows of B, divided by powers of two as these are, and bounds on errors.
        inverses: R.
    """

    independent: NDArray[np.bool_]
    signs: NDArray[np.int8]
    known: NDArray[np.bool_]
    mu: Floats
    error: Floats
    inverses: Floats

    def of(self, places: NDArray[np.int64]) -> "Examined":
        """The same of some of these vertices."""
        return Examined(
            self.independent[places],
            self.signs[places],
            self.known[places],
            self.mu[places],
            self.error[places],
            self.inverses[places],
        )


class SecondFilter:
    """What proves the signs of vertices in general position.

    Args:
        rows: integer rows of full column rank, in the order of the sweep.
        functionals: those of the sweep.

    Attributes:
        rows: in floats, each divided by a power of two.

    Example:
        >>> rows = ((1, 0), (0, 1), (1, 1))
        >>> found = SecondFilter(rows, Functionals(rows)).proven(0, np.array([[0], [1], [2]]))
        >>> found.sure.tolist(), bool((found.signs != 0).all())
        ([True, True, True], True)
    """

    def __init__(self, rows: Sequence[Row], functionals: Functionals) -> None:
        self.rows = halved(rows)
        self._functionals = halved(functionals.terms(1))

    def proven(self, level: int, bases: NDArray[np.int64]) -> Proven:
        """Decide which vertices have exactly their rows B, with all signs proven; and give the signs of their cells.

        Args:
            level: l.
            bases: B for each vertex, a line of positions.
        """
        examined = self.examined(level, bases)
        lines = np.arange(len(bases))[:, None]
        above = np.abs(examined.mu) > examined.error
        known, signs = examined.known.copy(), examined.signs.copy()
        known[lines, bases] = True
        signs[lines, bases] = np.where(above, np.sign(examined.mu), 0.0)
        sure = examined.independent & known.all(axis=1) & above.all(axis=1)
        return Proven(sure, signs, examined.inverses)

    def examined(self, level: int, bases: NDArray[np.int64]) -> Examined:
        """Say what floats prove of vertices.

        Args:
            level: l.
            bases: B for each vertex, a line of positions.
        """
        head, number, r = 2 * level, len(bases), self.rows.shape[1]
        matrices = np.empty((number, r, r))
        matrices[:, :head], matrices[:, -1] = self._functionals[:head], self._functionals[head]
        matrices[:, head:-1] = self.rows[bases]
        with np.errstate(all="ignore"):
            regular = np.asarray(np.linalg.det(matrices) != 0.0)
            matrices[~regular] = np.eye(r)
            try:
                inverses: Floats = np.linalg.inv(matrices).astype(np.float64, copy=False)
            except np.linalg.LinAlgError:  # a determinant that is not 0, and a pivot that is
                regular[:] = False
                inverses = np.tile(np.eye(r), (number, 1, 1))
            signs, known, small = self._at_vertices(matrices, inverses)
            mu, error, near = self._above(matrices, inverses, self._functionals[(head + 1) % r])
        independent = regular & small & near
        known &= independent[:, None]
        signs[~known] = 0
        return Examined(independent, signs, known, mu[:, head:-1], error[:, head:-1], inverses)

    def _at_vertices(
        self, matrices: Floats, inverses: Floats
    ) -> tuple[NDArray[np.int8], NDArray[np.bool_], NDArray[np.bool_]]:
        """The signs of all rows at v, which of them are proven if R is near to an inverse, and whether it is."""
        error = _remainders(inverses, matrices).sum(axis=2) * _RESERVE
        norm = error.max(axis=1)
        v = inverses[:, :, -1]
        error *= (np.abs(v).max(axis=1) / (1.0 - norm))[:, None]
        sizes = np.abs(self.rows).T
        bounds = ((v.shape[1] + 4) * _U * (np.abs(v) @ sizes) + error @ sizes) * _RESERVE + _TINY
        values = v @ self.rows.T
        return np.sign(values).astype(np.int8), np.abs(values) > bounds, norm < 0.5

    def _above(self, matrices: Floats, inverses: Floats, g: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """The coefficients mu, a bound on their errors if R is near to an inverse, and whether it is."""
        error = _remainders(matrices, inverses).sum(axis=1) * _RESERVE
        norm = error.max(axis=1)
        mu = g @ inverses
        rounding = (len(g) + 4) * _U * (np.abs(g) @ np.abs(inverses))
        error *= ((np.abs(mu) + rounding).max(axis=1) / (1.0 - norm))[:, None]
        return mu, (error + rounding) * _RESERVE + _TINY, norm < 0.5


def _remainders(first: Floats, second: Floats) -> Floats:
    """Bounds on the entries of |I - first second|, one of the two being rounded."""
    r = first.shape[1]
    sizes = np.abs(first) @ np.abs(second)
    return np.asarray(np.abs(np.eye(r) - first @ second) + (r + 4) * _U * sizes * _RESERVE + 2.0 * _U)
