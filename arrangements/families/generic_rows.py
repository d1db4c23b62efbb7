"""Central arrangements in general position: on the moment curve, and at random.

n        number of rows
d        number of columns
"""

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, shown
from arrangements.families.rows import check_sizes, read_size

_LONGEST = 100


def moment(n: int, d: int) -> Arrangement:
    """Make the n vectors (1, t, .., t^(d-1)), t = 1, .., n, on the moment curve in R^d.

    Args:
        n: number of rows.
        d: number of columns, at most 100, because entries grow like n^d.

    Raises:
        InputError: a size is below 1, or too large.

    Any d of them are independent (Vandermonde), so there are 2 sum_{k<d} C(n-1, k) regions, the most that n central
    hyperplanes can have (Schlaefli 1852, Cover 1965).

    Example:
        >>> moment(3, 3).normals
        ((1, 1, 1), (1, 2, 4), (1, 3, 9))
    """
    n, d = read_size(n, "n"), read_size(d, "d")
    check_sizes(n, d, n=n, d=d)
    if d > _LONGEST:
        raise InputError(
            f"d = {d} is too large: d is at most {_LONGEST} on the moment curve, where entries grow like n^d"
        )
    return Arrangement(tuple(tuple(t**k for k in range(d)) for t in range(1, n + 1)), None, d)


def random_rows(n: int, d: int, seed: int) -> Arrangement:
    """Draw Gaussian rows with three decimals: the integers round(1000 N(0, 1)), drawn by numpy's default_rng(seed).

    Args:
        n: number of rows.
        d: number of columns.
        seed: non-negative integer; equal seeds give equal rows.

    Raises:
        InputError: a size is below 1 or too large, or the seed is negative.

    In general position with high probability, but for rounding; then it has 2 sum_{k<d} C(n-1, k) regions (Cover 1965).

    Example:
        >>> random_rows(2, 3, 0).normals
        ((126, -132, 640), (105, -536, 362))
    """
    n, d = read_size(n, "n"), read_size(d, "d")
    check_sizes(n, d, n=n, d=d)
    if read_size(seed, "seed") < 0:
        raise InputError(f"the seed is {shown(seed)}, but it cannot be negative")
    entries = np.rint(1000 * np.random.default_rng(seed).standard_normal((n, d))).astype(np.int64)
    return Arrangement(tuple(map(tuple, entries.tolist())), None, d)
