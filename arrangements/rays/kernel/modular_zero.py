"""Proofs that a row is zero on a ray, by residues: part of the compiled kernel.

r    dimension; y  the ray as a primitive integer vector in working coordinates; a  an integer row
P_t  primes below 2^31, as many as the caller found necessary: see `arrangements.rays.coordinates`

y is orthogonal to rows that are known by their numbers, of rank r - 1. Modulo a prime they have rank r - 1 as well, or
less; if it is r - 1, the residues of y span the solutions of those equations modulo the prime, so a.y is 0 modulo the
prime iff a is orthogonal to any solution but 0. If a.y is 0 modulo every prime and smaller than their product, it is 0.
"""

import numpy as np

from arrangements.rays.kernel.filtered_arithmetic import ONE, called, inlined, lowest
from arrangements.rays.kernel.state import Ints, Space, Work


@inlined
def _absorb(residues: Ints, t: int, row: int, prime: int, basis: Ints, columns: Ints, known: int, r: int) -> int:
    """Add a row to a basis in which every line alone has an entry in its column. Returns the lines known then.

    Residues of rows are between -p and p. Lines are multiplied crosswise, so that nothing is divided: the size of a
    product is below 2^62.
    """
    for j in range(r):
        basis[known, j] = residues[row, j, t]
    for b in range(known):
        f, d = basis[known, columns[b]], basis[b, columns[b]]
        if f:
            for j in range(r):
                if basis[known, j] or basis[b, j]:  # rows of products are 0 in most places, and division is slow
                    basis[known, j] = (basis[known, j] * d - f * basis[b, j]) % prime
    c = 0
    while c < r and basis[known, c] == 0:
        c += 1
    if c == r:
        return known
    columns[known] = c
    for b in range(known):
        f, d = basis[b, c], basis[known, c]
        if f:
            for j in range(r):
                if basis[known, j] or basis[b, j]:
                    basis[b, j] = (basis[b, j] * d - f * basis[known, j]) % prime
    return known + 1


@inlined
def _solve(basis: Ints, columns: Ints, prime: int, solution: Ints, r: int) -> None:
    """A vector, not 0, orthogonal to the r - 1 lines of the basis."""
    free = r * (r - 1) // 2
    for b in range(r - 1):
        free -= columns[b]
    y = 1
    for b in range(r - 1):
        y = y * basis[b, columns[b]] % prime
    solution[free] = y
    for b in range(r - 1):
        y = (prime - basis[b, free]) % prime
        for other in range(r - 1):
            if y and other != b:
                y = y * basis[other, columns[other]] % prime
        solution[columns[b]] = y


@called
def solve_residues(space: Space, work: Work, i: int, k: int, pivot: int, r: int) -> bool:
    """Residues of the new ray between rays i and k, for every prime. Returns whether they could be had."""
    for t in range(len(space.primes)):
        prime, row, known = space.primes[t], pivot, np.int64(0)
        w, rest = -1, np.uint64(0)
        while True:
            known = _absorb(space.residues, t, row, prime, work.basis, work.columns, known, r)
            while rest == 0 and w + 1 < work.tight.shape[1]:
                w += 1
                rest = work.tight[i, w] & work.tight[k, w]
            if rest == 0 or known == r - 1:
                break
            row = 64 * w + lowest(rest)
            rest &= rest - ONE
        if known < r - 1:
            return False
        _solve(work.basis, work.columns, prime, work.solutions[t], r)
    return True


@called
def vanishes(space: Space, work: Work, row: int, r: int) -> bool:
    """Whether the row is 0 modulo every prime on the ray whose residues were solved for."""
    for t in range(len(space.primes)):
        s = 0
        for j in range(r):
            product = space.residues[row, j, t] * work.solutions[t, j]
            if product:
                s = (s + product) % space.primes[t]
        if s:
            return False
    return len(space.primes) > 0
