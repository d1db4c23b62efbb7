"""A run of a compiled kernel: the arrays it works on, and what is done whenever it stops.

The kernel returns to its caller when it needs larger arrays, when exact arithmetic must settle a sign, when its buffer
of cells is full, and when a cell is to be looked at. Called again, it goes on where it was.
"""

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arrangements.cells import CellBlock, Signs
from arrangements.exact.integer_matrix import Integers, integer_vector
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words, packed, unpacked, word_count
from arrangements.rays.coordinates import Setting
from arrangements.rays.exact_fallback import interior, node_rays, settle
from arrangements.rays.kernel import state as st

_LOG = logging.getLogger(__name__)
_BLOCK = 4096
_CAPACITY = 512


class KernelRun:
    """The arrays of one run, and the loop that serves the kernel.

    Args:
        mode: COUNT, SIGNS, LIST or EACH of `arrangements.rays.kernel.state`.
        setting: the space that the kernel works in.
        rows: number of rows N.
        r: their rank.
        starts: most rays that a search starts from.
    """

    def __init__(self, mode: int, setting: Setting, rows: int, r: int, starts: int) -> None:
        self.mode = mode
        self.setting = setting
        self.rows = rows
        words = word_count(rows)
        self.buffer = st.cells_of(_BLOCK, r, words)
        self.states = st.record(st.State)
        self.state = self.states[0]  # the same memory
        self.state["mode"] = mode
        capacity = max(_CAPACITY, 4 * starts)
        self.pool = st.pool_of(capacity, r, words)
        self.work = st.work_of(capacity, rows + 3, r, words, starts, len(setting.space.primes))
        self.doubts = 0
        self._exact_points: dict[int, Row] = {}
        self._exact_rays: dict[bytes, Row] = {}

    def at_hand(self) -> Setting:
        """The setting with the rows that the kernel reads at the moment."""
        return self.setting

    def served(self, kernel: Callable[[], int]) -> Generator[int, None, int]:
        """Call the kernel until it is done or its budget is spent: returns which.

        Yields:
            FULL when the cells found so far are to be taken, CELL when a cell is to be looked at.
        """
        while True:
            status = kernel()
            if status == st.BUDGET and self.goes_on():
                yield st.FULL
                continue
            if status in (st.DONE, st.BUDGET):
                return status
            if status == st.GROW:
                self.pool, self.work = st.grown(self.pool, self.work)
            elif status == st.DOUBT:
                self.doubts += settle(self.at_hand(), self.pool, self.work, self.state)
            elif status == st.WITNESS:
                self._exact_points[self.found - 1] = interior(self.rays())
            if status == st.FULL or (self.mode == st.EACH and status in (st.WITNESS, st.CELL)):
                yield st.FULL if status == st.FULL else st.CELL

    def goes_on(self) -> bool:
        """Allow the kernel more nodes, if it stopped only to say how far it is."""
        return False

    def prescribe(self, signs: NDArray[np.int8]) -> None:
        """Search only where the rows have these signs; 0 leaves a row free."""
        self.work.sets["want_plus"] = packed(signs > 0)
        self.work.sets["want_minus"] = packed(signs < 0)

    def open_nodes(self) -> Iterator[Signs]:
        """List the nodes on the kernel's stack that agree with the prescribed signs: -1, 0 or +1 for each row."""
        sets = self.work.sets
        plus, minus = (unpacked(sets[name][None], self.rows)[0] > 0 for name in ("want_plus", "want_minus"))
        wanted = plus.astype(np.int8) - minus.astype(np.int8)
        for first, count, _ in self.work.frames[: self.state["depth"]].tolist():
            rays = self.work.lists[first : first + count]
            seen = np.bitwise_or.reduce(self.pool.sides[rays], axis=0)
            up, down = (unpacked(bits[None], self.rows)[0] > 0 for bits in np.split(seen, 2))
            node = np.where(up & down, wanted, up.astype(np.int8) - down.astype(np.int8))
            if not (node * wanted < 0).any():
                yield tuple(node.tolist())

    def rays(self) -> tuple[Row, ...]:
        """The rays of the cell that the kernel stopped at."""
        return tuple(node_rays(self.at_hand(), self.pool, self.work, self.state["depth"], self._exact_rays))

    @property
    def found(self) -> int:
        """How many cells wait to be taken."""
        return int(self.state["cells"])

    def taken(self) -> int:
        """That number, and start again from 0."""
        found = self.found
        self.state["cells"] = 0
        return found

    def block(self) -> CellBlock:
        """Take the cells."""
        found = self.taken()
        points = self._points(found)
        exact, self._exact_points = self._exact_points, {}
        for m, point in exact.items():
            if points.dtype != object and integer_vector(point).dtype == object:
                points = points.astype(object)
            points[m] = point
        return CellBlock(self.buffer.words[:found].copy(), points, self.rows)

    def words(self) -> Words:
        """Take the cells' signs alone."""
        return self.buffer.words[: self.taken()].copy()

    def _points(self, found: int) -> Integers:
        """The points of the cells, in the caller's coordinates."""
        points = self.buffer.points[:found].astype(np.int64)
        setting = self.setting
        if setting.space.exact:
            return setting.combinations.dot(points.T).T if setting.points else points
        working = np.flatnonzero(self.buffer.kinds[:found])
        if len(working):
            y = points[working].astype(object)
            y <<= max(setting.shifts) - np.array(setting.shifts, dtype=object)
            points = points.astype(object)
            points[working] = setting.combinations.dot(y.T).T if setting.points else y
        return points


def announced(kernel: Any, sources: Sequence[Path], what: str) -> Any:
    """A compiled kernel; says so if it has to be compiled first.

    Args:
        kernel: the compiled function.
        sources: the files that are compiled into it.
        what: its name for people.
    """
    if not is_compiled(kernel, sources):
        _LOG.warning("compiling %s, once after installation: this takes up to a minute", what)
    return kernel


def is_compiled(kernel: Any, sources: Sequence[Path]) -> bool:
    """Whether a kernel need not be compiled: it was before, in this process or another one.

    Args:
        kernel: the compiled function.
        sources: the files that are compiled into it.
    """
    if getattr(kernel, "signatures", None) != []:
        return True
    newest = max(path.stat().st_mtime for path in sources)
    kept = Path(kernel.stats.cache_path).glob(f"{sources[-1].stem}.*{kernel.__name__}*.nbi")
    return any(path.stat().st_mtime >= newest for path in kept)
