"""The first tableaus of a sweep: its rows on each level's flat, as floats with a bound on their errors."""

from collections.abc import Sequence

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.exact.linear_algebra import Row
from arrangements.sweep.functionals import Functionals
from arrangements.sweep.kernel.state import ERROR, SIZE, Tableaus, tableaus_of

_WHOLE = 2**53


def tableaus_for(rows: Sequence[Row], functionals: Functionals, coordinates: bool = False) -> Tableaus:
    """Write the tableaus of all levels of rank 2 and more, before any row is eliminated.

    Each form is divided by a power of two such that its largest entry is in [1/2, 1). That is exact if the entries are
    below 2^53, and rounds them by at most 2^-54 if not. Coordinates are rounded as they are: no proof depends on them.

    Args:
        rows: N integer rows of full column rank, in the order of the sweep.
        functionals: of these rows.
        coordinates: whether points are wanted.

    Example:
        >>> rows = ((1, 0), (0, 1), (3, 4))
        >>> tableaus_for(rows, Functionals(rows)).values[0, 0, :, :3].tolist()
        [[0.5, 0.0, 0.375], [0.0, 0.5, 0.5]]
    """
    r, size = len(rows[0]), len(rows)
    ranks = list(range(r, 1, -2))
    tableaus = tableaus_of(size, ranks, r if coordinates else 0)
    tableaus.alive[:, 0] = 1
    for level in range(len(ranks)):
        restricted = functionals.level(rows, level)
        if restricted is None:
            tableaus.alive[level, 0] = -1
            continue
        forms, units = restricted
        exact = max(max(map(max, forms)), -min(map(min, forms))) < _WHOLE
        tableaus.values[level, 0, : ranks[level], : size + 2] = halved(forms, exact).T
        if coordinates:
            tableaus.values[level, 0, : ranks[level], size + 2 : size + 2 + r] = _rounded(units).T
        tableaus.sizes[level, 0, SIZE] = 1.0
        tableaus.sizes[level, 0, ERROR] = 0.0 if exact else 2.0**-53
    return tableaus


def halved(forms: Sequence[Row], whole: bool = False) -> Floats:
    """Divide each integer vector by a power of two such that its largest entry is in [1/2, 1), and round it.

    Args:
        forms: the vectors.
        whole: whether all entries are known to be below 2^53.

    Example:
        >>> halved([(3, 4), (0, -1)]).tolist() == halved([(3, 4), (0, -1)], True).tolist()
        True
        >>> halved([(3, 4), (0, -1)]).tolist()
        [[0.375, 0.5], [0.0, -0.5]]
    """
    if whole:
        floats = np.array(forms, float)
        return np.asarray(np.ldexp(floats, -np.frexp(np.abs(floats).max(axis=1))[1][:, None]))
    return np.array([[x / (1 << max(map(abs, form)).bit_length()) for x in form] for form in forms])


def _rounded(units: Sequence[Row]) -> Floats:
    """Forms in floats, all divided by one number."""
    largest = max(abs(x) for unit in units for x in unit)
    return np.array([[x / largest for x in unit] for unit in units])
