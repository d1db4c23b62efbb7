"""The arrays that the compiled kernel of the ray engine works on: plain data, so that it can stop and go on.

N  hyperplanes, r  their rank, W = ceil(N / 64)  words of a bit set over the hyperplanes
P  capacity of the ray pool, S  rays that a search starts from

A row or ray is a line of floats: r high parts, r low parts (0 in exact arithmetic); a ray has one number more. The
sides of a ray are a line of words: W for the rows on which it is positive, W for those on which it is negative.
"""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.packed_bits import Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Records = NDArray[np.void]

# What the kernel returns.
DONE, FULL, GROW, BUDGET, DOUBT, WITNESS, CELL = range(7)

# What a search is for: to count cells; to list them with witnesses; to stop at each, its rays still in the pool; to
# list them without witnesses.
COUNT, LIST, EACH, SIGNS = range(4)


class State(Protocol):
    """Where a search is: a record of whole numbers, one a field.

    Attributes:
        mode: COUNT, LIST, EACH or SIGNS.
        root, roots: the next cone to start from, and how many there are.
        depth: how many nodes are on the stack.
        cells: how many cells were found since they were last taken.
        nodes, limit: how many nodes were split, and when to stop.
        pending: whether a split is prepared whose children are not on the stack.
        pivot: the hyperplane of that split.
        offset, top: where the node's ray list starts, and where its rays end in the pool.
        plus, minus, zero: how many rays of the node are on each side of the pivot.
        new, doubts: how many rays the split made, and how many of them exact arithmetic must settle.
        rays: how many rays were made in all.
    """

    mode: int
    root: int
    roots: int
    depth: int
    cells: int
    nodes: int
    limit: int
    pending: int
    pivot: int
    offset: int
    top: int
    plus: int
    minus: int
    zero: int
    new: int
    doubts: int
    rays: int


def record(kind: type) -> Records:
    """One record of whole numbers, all 0, with the fields of a class; an array, for compiled code to write to.

    Example:
        >>> state = record(State)[0]
        >>> state["depth"] += 2
        >>> int(state["depth"])
        2
    """
    return np.zeros(1, [(name, np.int64) for name in kind.__annotations__])


#: One node on the stack: where its ray list starts, how long it is, and where its rays end in the pool.
FRAME = np.dtype([("first", np.int64), ("count", np.int64), ("top", np.int64)])

#: One word of each set of hyperplanes: those on which rays of the node are positive, negative, zero; those whose sign
#: is prescribed; those that two rays have in common.
SETS = np.dtype([(name, np.uint64) for name in ("up", "down", "touched", "want_plus", "want_minus", "common")])

#: What is known of one ray of the node: on how many decided hyperplanes it lies; and, once `valued`, the size of the
#: pivot's value on it, as a high and a low part.
ENTRY = np.dtype([("number", np.int64), ("valued", np.int64), ("high", np.float64), ("low", np.float64)])


class Space(NamedTuple):
    """What does not change during a search.

    Attributes:
        exact: whether arithmetic is exact.
        primes: those by which zeros are proven; T of them.
        rows: the rows in working coordinates, N x 2r.
        residues: the rows modulo each prime p, as numbers between -p and p; N x r x T.
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
        frames: the nodes on the stack, as FRAME.
        lists: ray lists.
        flips: for each start ray its sign, or 0 where both are wanted.
        sets: sets of hyperplanes, as SETS; W of them.
        order: the node's rays: those with a positive value on the pivot, those with a negative one, the others.
        entries: for the rays in that order what is known of them, as ENTRY.
        tight: for the rays in that order, the decided hyperplanes they lie on.
        doubts: rays that exact arithmetic must settle.
        points: sums of rays, 4 x r.
        matrix, picked: for a linear system in each ray's own rows; 2r x r, r.
        basis, columns, solutions: for the same system modulo each prime; r x r, r, T x r.
    """

    frames: Records
    lists: Ints
    flips: Ints
    sets: Records
    order: Ints
    entries: Records
    tight: Words
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


def space_of(rows: int, r: int, words: int, exact: bool, primes: Ints) -> Space:
    """A space without start rays whose rows are all 0, to be written later."""
    return Space(
        exact,
        primes,
        np.zeros((rows, 2 * r)),
        np.zeros((rows, r, len(primes)), np.int64),
        np.zeros((0 if exact else rows, r)),
        np.eye(r),
        np.zeros((0, 2 * r + 1)),
        np.zeros((0, 2 * words), np.uint64),
    )


def cells_of(capacity: int, r: int, words: int) -> Cells:
    """An empty buffer of cells."""
    return Cells(np.zeros((capacity, words), np.uint64), np.zeros((capacity, r)), np.zeros(capacity, np.int64))


def pool_of(capacity: int, r: int, words: int) -> Pool:
    """An empty pool."""
    return Pool(np.zeros((capacity, 2 * r + 1)), np.zeros((capacity, 2 * words), np.uint64))


def work_of(capacity: int, depth: int, r: int, words: int, starts: int, primes: int) -> Work:
    """Scratch space for a pool of that capacity, a stack of that depth, that many start rays and primes."""
    return Work(
        np.zeros(depth, FRAME),
        np.zeros(4 * capacity, np.int64),
        np.ones(starts, np.int64),
        np.zeros(words, SETS),
        np.zeros(capacity, np.int64),
        np.zeros(capacity, ENTRY),
        np.zeros((capacity, words), np.uint64),
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
    new_work.lists[: len(work.lists)] = work.lists
    return new_pool, new_work._replace(frames=work.frames, flips=work.flips, sets=work.sets)
