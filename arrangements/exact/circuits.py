"""Integer circuits: minimal positive dependencies, which prove that a cone is empty.

s  signs of the rows, l  positive integers with sum l_k s_k a_k = 0 on a support

No w has a_k.w of sign s_k on the whole support (Gordan 1873), and since -s is just as dependent, none
has the opposite signs either.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.linear_algebra import nullspace
from arrangements.exact.packed_bits import word_count

Circuit = dict[int, int]  # row -> s_k l_k, a non-zero integer


def circuit_from_ray(rows: Sequence[Sequence[int]], signs: Sequence[int], ray: NDArray[np.float64]) -> Circuit | None:
    """Make an integer circuit from the largest entries of a dual ray in floating point; None where they give none.

    The largest entries of the ray come first, so numerical dust is never reached: rows are added until they
    are dependent, and that dependency must have one sign throughout.

    Args:
        rows: the integer rows that the ray's entries belong to.
        signs: the sign required of each row, -1 or +1.
        ray: weights, in floating point, of any size.
    """
    weight = np.abs(ray)
    order = [int(k) for k in np.argsort(-weight, kind="stable") if weight[k] > 0]
    high = min(len(order), len(rows[0]) + 1)
    null = _dependencies(rows, order[:high])
    if not null:
        return None
    while len(null) > 1:  # too many rows: stop at the first dependent prefix
        high -= 1
        null = _dependencies(rows, order[:high])
    support = order[:high]
    values = [x * signs[k] for x, k in zip(null[0], support, strict=True)]
    flip = next(1 if x > 0 else -1 for x in values if x)
    if any(x * flip < 0 for x in values):
        return None
    return {k: x * flip for k, x in sorted(zip(support, null[0], strict=True)) if x}


def _dependencies(rows: Sequence[Sequence[int]], support: list[int]) -> tuple[tuple[int, ...], ...]:
    columns = [list(c) for c in zip(*(rows[k] for k in support), strict=True)]
    return nullspace(columns, len(support))


def is_dependency(rows: Sequence[Sequence[int]], signs: Sequence[int], circuit: Circuit) -> bool:
    """Whether sum c_k a_k = 0 with c_k of sign s_k on a non-empty support: a proof that no w has these signs."""
    one_sign = all(c * signs[k] > 0 for k, c in circuit.items())
    sums = [sum(c * rows[k][j] for k, c in circuit.items()) for j in range(len(rows[0]))]
    return bool(circuit) and one_sign and not any(sums)


class CircuitTable:
    """The known circuits as bit sets; `find` says whether a prefix of signs contains one.

    A search decides row k with rows 0..k-1 decided, so only circuits whose last row is k can newly
    appear: they are kept by their last row.

    Args:
        size: number of rows.
    """

    def __init__(self, size: int) -> None:
        self.circuits: list[Circuit] = []
        self._words = word_count(2 * size)
        self._bits: list[NDArray[np.uint64]] = [np.zeros((0, self._words), np.uint64) for _ in range(size)]
        self._used = [0] * size
        self._numbers: list[list[int]] = [[] for _ in range(size)]

    def copy(self) -> "CircuitTable":
        """Copy the table; what is added to one is not in the other."""
        other = CircuitTable(0)
        other.circuits = list(self.circuits)
        other._words = self._words
        other._bits = [bits.copy() for bits in self._bits]
        other._used = list(self._used)
        other._numbers = [list(numbers) for numbers in self._numbers]
        return other

    def add(self, circuit: Circuit) -> None:
        """Add a circuit and its negative."""
        last = max(circuit)
        self._numbers[last].append(len(self.circuits))
        self.circuits.append(circuit)
        used = self._used[last]
        if used == len(self._bits[last]):
            grown = np.zeros((2 * used + 8, self._words), np.uint64)
            grown[:used] = self._bits[last]
            self._bits[last] = grown
        self._bits[last][used] = self._pack(self._sign_bits(circuit, 1))
        self._bits[last][used + 1] = self._pack(self._sign_bits(circuit, -1))
        self._used[last] = used + 2

    def cuts(self, k: int, bits: int) -> bool:
        """Whether a prefix of signs whose last row is k, given by its bits, contains a known circuit."""
        return self.find(k, bits) is not None

    def find(self, k: int, bits: int) -> int | None:
        """Find the number of a known circuit that the prefix contains, None if there is none; see `cuts`."""
        used = self._used[k]
        if not used:
            return None
        missing = np.asarray((self._bits[k][:used] & ~self._pack(bits)).any(axis=1))
        place = int(missing.argmin())
        return None if missing[place] else self._numbers[k][place // 2]

    def _sign_bits(self, circuit: Circuit, flip: int) -> int:
        return sum(sign_bit(k, flip * c) for k, c in circuit.items())

    def _pack(self, bits: int) -> NDArray[np.uint64]:
        return np.frombuffer(bits.to_bytes(8 * self._words, "little"), np.uint64)


def sign_bit(k: int, sign: int) -> int:
    """The bit that stands for this sign of row k: each row has two bits, one for + and one for -."""
    return 1 << (2 * k + (sign < 0))


def sign_bits(signs: NDArray[np.int8]) -> int:
    """The bits of the signs of rows 0, 1, ..., none 0, as one integer.

    Example:
        >>> sign_bits(np.array([1, -1], np.int8)) == sign_bit(0, 1) + sign_bit(1, -1)
        True
    """
    both = np.empty((len(signs), 2), np.bool_)
    both[:, 0], both[:, 1] = signs > 0, signs < 0
    return int.from_bytes(np.packbits(both, bitorder="little").tobytes(), "little")
