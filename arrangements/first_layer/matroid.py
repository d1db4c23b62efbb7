"""The oriented matroid of a central arrangement, by its circuits and its cocircuits.

x_k  normal of row k, in integers: a positive multiple of the row that was read, so no sign below depends on it
r    their rank
C    a circuit: non-zero integers c_k on a minimal set of rows with sum_k c_k x_k = 0
I    rows that are linearly independent

Here rows count, not hyperplanes: a zero row alone is a circuit (a loop), and so are two parallel rows.
"""

from collections.abc import Iterator

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Cell
from arrangements.errors import InputError
from arrangements.exact.circuits import Circuit
from arrangements.exact.elimination import eliminated
from arrangements.exact.linear_algebra import Row, dot, primitive
from arrangements.first_layer.flats import iter_flats


def iter_circuits(arrangement: Arrangement) -> Iterator[Circuit]:
    """Yield every circuit of the rows once up to sign: the minimal linear dependencies.

    A circuit is I and one later row that depends on all of I: each independent set is grown row by row, and the
    rows that come after it are kept reduced modulo its span. That takes a step for each independent set, of which
    there can be C(n, 0) + .. + C(n, r).

    Args:
        arrangement: the rows x_k.

    Yields:
        row -> c_k for the rows of the support, in order; their gcd is 1, and the first one is positive.

    Raises:
        InputError: the argument is not an arrangement, or it has offsets.

    Theorem (Gordan 1873; Bland and Las Vergnas 1978): a sign vector is a covector, the signs of some w, iff on no
    circuit the products of its signs with the c_k are, where they are not 0, all of one sign. So where no row is
    zero, a vector of signs -1 and +1 is a region iff no circuit has these signs, nor their opposites, on its support.

    Example:
        >>> for circuit in iter_circuits(Arrangement.from_table([[1, 0], [0, 1], [0, 0], [1, 2], [-2, 0]])):
        ...     print(circuit)
        {2: 1}
        {0: 1, 4: 1}
        {0: 1, 1: 2, 3: -1}
        {1: 2, 3: -1, 4: -1}
    """
    _check_central(arrangement, "circuits")
    n, d = len(arrangement.normals), arrangement.dimension
    return _grown([(*x, *(int(i == k) for i in range(n))) for k, x in enumerate(arrangement.normals)], d, 0)


def iter_cocircuits(arrangement: Arrangement) -> Iterator[Cell]:
    """Yield every cocircuit: the covectors of minimal non-empty support, each with its negative.

    They are the signs of X w on the flats of rank r - 1, which are the hyperplanes of the matroid: lines, once the
    lineality space is left out, so that w is a ray of the arrangement.

    Args:
        arrangement: the rows x_k; zero rows have the sign 0. If all rows are zero there is no cocircuit.

    Yields:
        The signs, and a primitive integer w that has them.

    Raises:
        InputError: the argument is not an arrangement, or it has offsets.

    Theorem (Bland and Las Vergnas 1978): every covector is a composition of cocircuits: the signs of w_1 + e w_2 +
    e^2 w_3 + .. for some of the rays w_i and a small e > 0.

    Example:
        >>> cocircuits = iter_cocircuits(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        >>> sorted(cell.signs for cell in cocircuits if cell.signs > (0, 0, 0))
        [(0, 1, 1), (1, -1, 0), (1, 0, 1)]
    """
    _check_central(arrangement, "cocircuits")
    return _rays(arrangement)


def list_circuits(arrangement: Arrangement) -> list[Circuit]:
    """List all circuits up to sign.

    Args:
        arrangement: the rows x_k.

    Raises:
        InputError: as for `iter_circuits`.

    Example:
        >>> list_circuits(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        [{0: 1, 1: 1, 2: -1}]
    """
    return list(iter_circuits(arrangement))


def count_circuits(arrangement: Arrangement) -> int:
    """Count the circuits up to sign; none is kept.

    Args:
        arrangement: the rows x_k.

    Raises:
        InputError: as for `iter_circuits`.

    Example:
        >>> from arrangements.families import family
        >>> count_circuits(family("braid:4"))  # the cycles of the complete graph K4
        7
    """
    return sum(1 for _ in iter_circuits(arrangement))


def list_cocircuits(arrangement: Arrangement) -> list[Cell]:
    """List all cocircuits, each with its negative.

    Args:
        arrangement: the rows x_k.

    Raises:
        InputError: as for `iter_cocircuits`.

    Example:
        >>> [cell.signs for cell in list_cocircuits(Arrangement.from_table([[2]]))]
        [(1,), (-1,)]
    """
    return list(iter_cocircuits(arrangement))


def count_cocircuits(arrangement: Arrangement) -> int:
    """Count the cocircuits, each with its negative; none is kept.

    Args:
        arrangement: the rows x_k.

    Raises:
        InputError: as for `iter_cocircuits`.

    Example:
        >>> from arrangements.families import family
        >>> count_cocircuits(family("braid:4"))  # twice the bonds of the complete graph K4
        14
    """
    return sum(1 for _ in iter_cocircuits(arrangement))


def _check_central(arrangement: Arrangement, wanted: str) -> None:
    if as_arrangement(arrangement).is_affine:
        raise InputError(
            f"{wanted} are those of a central arrangement, and this one has offsets; take its cone(), whose last row"
            " is the hyperplane at infinity"
        )


def _grown(rows: list[Row], d: int, size: int) -> Iterator[Circuit]:
    """Yield the circuits that consist of an independent set I of that size and of some later rows.

    Args:
        rows: the rows after those of I: d entries of a combination of the row itself and of I, reduced so that they
            are 0 iff the row depends on I; then the weights of all rows in that combination.
        d: the number of entries.
        size: the number of rows in I.
    """
    independent = []
    for row in rows:
        if any(row[:d]):
            independent.append(row)
        elif sum(map(bool, row[d:])) == size + 1:  # else it depends on less than I, whatever I grows to
            weights = primitive(row[d:])
            first = next(x for x in weights if x)
            yield {k: x if first > 0 else -x for k, x in enumerate(weights) if x}
    for place, row in enumerate(independent):
        c = next(j for j, x in enumerate(row) if x)
        yield from _grown(eliminated(independent[place + 1 :], row, c), d - 1, size + 1)


def _rays(arrangement: Arrangement) -> Iterator[Cell]:
    for flat in iter_flats(arrangement):
        if len(flat.basis) == 1:
            ray = primitive(flat.basis[0])
            values = [dot(row, ray) for row in arrangement.normals]
            signs = tuple((value > 0) - (value < 0) for value in values)
            yield Cell(signs, ray)
            yield Cell(tuple(-s for s in signs), tuple(-x for x in ray))
