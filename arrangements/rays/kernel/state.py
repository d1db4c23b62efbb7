"""The arrays that the compiled kernel of the ray engine works on: plain data, so that it can stop and go on.

N  hyperplanes, r  their rank, W = ceil(N / 64)  words of a bit set over the hyperplanes
P  capacity of the ray pool, S  rays that a search starts from

A row or ray is a line of floats: r high parts, r low parts (0 in exact arithmetic); a ray has one number more. The
sides of a ray are a line of words: W for the rows on which it is positive, W for those on which it is negative.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.packed_bits import Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# What the kernel returns.
DONE, FULL, GROW, BUDGET, DOUBT, WITNESS, CELL, GOING = range(8)

# Registers. NEW counts rays of the split at hand, RAYS all that were made.
DEPTH, ROOT, ROOTS, CELLS, NODES, LIMIT, PENDING, PIVOT = range(8)
OFFSET, TOP, NEW, PLUS, MINUS, ZERO, DOUBTS, RAYS, MODE = range(8, 17)
REGISTERS = 17

# Values of the register MODE: count cells; list them with witnesses; stop at each, its rays still in the pool; list
# them without witnesses.
COUNT, LIST, EACH, SIGNS = range(4)

# Sets of hyperplanes that Work holds: those on which rays of the node are positive, negative, zero; those whose sign is
# prescribed; those that two rays have in common.
UP, DOWN, TOUCHED, WANT_PLUS, WANT_MINUS, COMMON = range(6)


class Space(NamedTuple):
    """What does not change during a search.

    Attributes:
        exact: whether arithmetic is exact.
        primes: those by which zeros are proven; T of them.
        rows: the rows in working coordinates, N x 2r.
        residues: the rows modulo each prime, T x N x r.
        check: the rows in the caller's coordinates, divided by powers of two; N x r.
        back: working to the caller's coordinates, r x r; a proposal, no proof depends on it.
        start, start_sides: the rays to start from, as in Pool, S lines.
    """

    exact: bool
    primes: Ints
    rows: Floats
    residues: Ints
    check: Floats
    back: Floats
    start: Floats
    start_sides: Words


class Pool(NamedTuple):
    """Rays: coordinates with an error bound as the last number, P x (2r + 1); sides, P x 2W."""

    rays: Floats
    sides: Words


class Work(NamedTuple):
    """The stack, and scratch space.

    Attributes:
        frames: for each node on the stack: where its ray list starts, how long it is, the pool's top; D x 3.
        lists: ray lists.
        flips: for each start ray its sign, or 0 where both are wanted.
        sets: sets of hyperplanes, 6 x W.
        order: the node's rays: those with a positive value on the pivot, those with a negative one, the others.
        tight: for the rays in that order, the decided hyperplanes they lie on.
        counts: how many these are; and -1 if the value on the pivot is not computed yet. P x 2.
        values: the values on the pivot, high and low parts; P x 2.
        doubts: rays that exact arithmetic must settle.
        points: sums of rays, 4 x r.
        matrix, picked: for a linear system in each ray's own rows; 2r x r, r.
        basis, columns, solutions: for the same system modulo each prime; r x r, r, T x r.
    """

    frames: Ints
    lists: Ints
    flips: Ints
    sets: Words
    order: Ints
    tight: Words
    counts: Ints
    values: Floats
    doubts: Ints
    points: Floats
    matrix: Floats
    picked: Ints
    basis: Ints
    columns: Ints
    solutions: Ints


class Cells(NamedTuple):
    """Buffer of cells: the bits of their positive hyperplanes, a point in each, and whether its coordinates are x."""

    words: Words
    points: Floats
    kinds: Ints


def pool_of(capacity: int, r: int, words: int) -> Pool:
    """An empty pool."""
    return Pool(np.zeros((capacity, 2 * r + 1)), np.zeros((capacity, 2 * words), np.uint64))


def work_of(capacity: int, depth: int, r: int, words: int, starts: int, primes: int) -> Work:
    """Scratch space for a pool of that capacity, a stack of that depth, that many start rays and primes."""
    return Work(
        np.zeros((depth, 3), np.int64),
        np.zeros(4 * capacity, np.int64),
        np.ones(starts, np.int64),
        np.zeros((6, words), np.uint64),
        np.zeros(capacity, np.int64),
        np.zeros((capacity, words), np.uint64),
        np.zeros((capacity, 2), np.int64),
        np.zeros((capacity, 2)),
        np.zeros(capacity, np.int64),
        np.zeros((4, r)),
        np.zeros((2 * r, r)),
        np.zeros(r, np.int64),
        np.zeros((r, r), np.int64),
        np.zeros(r, np.int64),
        np.zeros((primes, r), np.int64),
    )


def grown(pool: Pool, work: Work) -> tuple[Pool, Work]:
    """Twice the capacity, with the pool and the stack as they were."""
    capacity, words = work.tight.shape
    primes, r = work.solutions.shape
    new_pool = pool_of(2 * capacity, r, words)
    for old, new in zip(pool, new_pool, strict=True):
        new[:capacity] = old
    new_work = work_of(2 * capacity, len(work.frames), r, words, len(work.flips), primes)
    for old, new in zip(work[:4], new_work[:4], strict=True):
        new[: len(old)] = old
    return new_pool, new_work
