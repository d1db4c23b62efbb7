"""Generic functionals for the sweep, drawn once, with a rule that breaks every tie.

a_k      integer rows of rank r, as many as columns
f_j      functionals, j < r: f_0 and f_1 are those of level 0, f_2l and f_2l+1 those of level l, on the flat where all
         before are 0
F_j^t    vectors of random integers
e_t      positive numbers, each smaller than any that is wanted, and e_(t+1) smaller than any power of e_t: e_0 = 1

The functional f_j is F_j^0 + e_1 F_j^1 + e_2 F_j^2 + ...: every sign that a sweep asks for is that of a determinant of
rows and functionals, of degree r at most in each e_t. Its largest monomial decides; where the determinant of the F_j^0
is not 0, that is this one, as almost always. Where it is 0, e_1 is looked at as well, then e_2: once the part with some
e_t is not 0, those that follow cannot turn its sign, since every monomial with one of them is smaller than all without.
So nothing is ever drawn anew, and searches of parts agree with each other. `Functionals.terms` puts numbers in place of
these e_t: e_t = K^-((r + 1)^(t - 1)) makes different monomials different powers of an integer K.

*How large.* A coefficient is a sum of at most T^r determinants of integers, T being the number of terms, and each is at
most V by Hadamard, V being the product of the r largest lengths of rows and vectors. A ray of a local arrangement is a
vector of minors of such determinants, so a value on it is a sum of at most r (sqrt(r) V)^r T^r V in each coefficient. A
polynomial with integer coefficients of at most Q in size has the sign of its lowest one at 1 / K if K >= 2 Q + 1.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from arrangements.exact.linear_algebra import Row, integer_matrix, nullspace, product_columns

_BITS = 40  # of a random integer


@dataclass(frozen=True)
class Functionals:
    """The functionals of a sweep; the same for the same rows, in every process.

    Args:
        rows: a_k, in columns of about one size.

    Example:
        >>> functionals = Functionals(((1, 0), (0, 1)))
        >>> functionals.terms(1) == functionals.terms(1), functionals.terms(1) == functionals.terms(2)
        (True, False)
    """

    rows: tuple[Row, ...]

    def draw(self, term: int) -> tuple[Row, ...]:
        """F_j^t for t = term and all j."""
        return _drawn(len(self.rows[0]), term)

    def terms(self, number: int) -> list[Row]:
        """f_j, up to a positive factor, with that many terms."""
        r = len(self.rows[0])
        weights = [0, *((r + 1) ** t for t in range(number - 1))]
        if number == 1:
            return list(self.draw(0))
        found = [[0] * r for _ in range(r)]
        for t, weight in enumerate(weights):
            shift = self._step(number) * (weights[-1] - weight)
            for f, vector in zip(found, self.draw(t), strict=True):
                f[:] = [x + (y << shift) for x, y in zip(f, vector, strict=True)]
        return [tuple(f) for f in found]

    def _step(self, number: int) -> int:
        """Bits of K."""
        r = len(self.rows[0])
        return (r + 1) * (self._hadamard + 2 * r) + r * (number + 1).bit_length() + 64

    @cached_property
    def _hadamard(self) -> int:
        """Bits of V: sums of sizes are at least lengths."""
        lengths = [max(1, sum(map(abs, row))).bit_length() for row in self.rows]
        r = len(self.rows[0])
        return r * max(*lengths, _BITS + 1 + r.bit_length())

    def level(self, rows: Sequence[Row], number: int) -> tuple[list[Row], list[Row]] | None:
        """Restrict rows, and the two functionals of a level after them, to the flat of the functionals before.

        Args:
            rows: integer rows, as long as a_k.
            number: l.

        Returns:
            The restricted forms, and the r coordinates of space as forms on the flat; all times one positive number.
            None if one term of the functionals is not generic enough for that.
        """
        functionals, r, head = self.terms(1), len(self.rows[0]), 2 * number
        forms = [*rows, *functionals[head : head + 2]]
        basis = [tuple(int(i == j) for i in range(r)) for j in range(r)]
        if head:
            basis = list(nullspace(functionals[:head], r))
            if len(basis) > r - head:
                return None
            lengths = [max(map(abs, vector)).bit_length() for vector in basis]
            basis = [
                tuple(x << (max(lengths) - length) for x in vector)
                for vector, length in zip(basis, lengths, strict=True)
            ]
            forms = [tuple(form) for form in product_columns(integer_matrix(basis, r), forms)]
        return forms, list(zip(*basis, strict=True))


@lru_cache(maxsize=64)
def _drawn(r: int, term: int) -> tuple[Row, ...]:
    source = random.Random(f"sweep {r} {term}")
    return tuple(tuple(source.randint(-(1 << _BITS), 1 << _BITS) for _ in range(r)) for _ in range(r))
