"""Proofs that a row is zero on a ray, by residues: part of the compiled kernel.

r    dimension; y  the ray as a primitive integer vector in working coordinates; a  an integer row
P_t  primes below 2^31, as many as the caller found necessary: see `arrangements.rays.coordinates`

y is orthogonal to rows that are known by their numbers, of rank r - 1. Modulo a prime they have rank r - 1 as well, or
less; if it is r - 1, the residues of y span the solutions of those equations modulo the prime, so a.y is 0 modulo the
prime iff a is orthogonal to any solution but 0. If a.y is 0 modulo every prime and smaller than their product, it is 0.
"""

from typing import Any

from arrangements.rays.kernel.filtered_arithmetic import ONE, called, inlined, ones


@inlined
def _absorb(residues: Any, row: Any, prime: Any, basis: Any, columns: Any, known: Any, r: Any) -> Any:
    """Add a row to a basis in which every line alone has an entry in its column. Returns the lines known then.

    Lines are multiplied crosswise, so that nothing is divided: a product is below 2^62.
    """
    for j in range(r):
        basis[known, j] = residues[row, j]
    for b in range(known):
        f, d = basis[known, columns[b]], basis[b, columns[b]]
        if f:
            for j in range(r):
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
                basis[b, j] = (basis[b, j] * d - f * basis[known, j]) % prime
    return known + 1


@inlined
def _solve(basis: Any, columns: Any, prime: Any, solution: Any, r: Any) -> Any:
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
            if other != b:
                y = y * basis[other, columns[other]] % prime
        solution[columns[b]] = y


@called
def solve_residues(space: Any, work: Any, i: Any, k: Any, pivot: Any, r: Any) -> Any:
    """Residues of the new ray between rays i and k, for every prime. Returns whether they could be had."""
    for t in range(len(space.primes)):
        prime = space.primes[t]
        known = _absorb(space.residues[t], pivot, prime, work.basis, work.columns, 0, r)
        for w in range(work.tight.shape[1]):
            rest = work.tight[i, w] & work.tight[k, w]
            while rest and known < r - 1:
                row = 64 * w + ones((rest & (~rest + ONE)) - ONE)
                rest &= rest - ONE
                known = _absorb(space.residues[t], row, prime, work.basis, work.columns, known, r)
        if known < r - 1:
            return False
        _solve(work.basis, work.columns, prime, work.solutions[t], r)
    return True


@called
def vanishes(space: Any, work: Any, row: Any, r: Any) -> Any:
    """Whether the row is 0 modulo every prime on the ray whose residues were solved for."""
    for t in range(len(space.primes)):
        s = 0
        for j in range(r):
            s = (s + space.residues[t, row, j] * work.solutions[t, j]) % space.primes[t]
        if s:
            return False
    return len(space.primes) > 0
