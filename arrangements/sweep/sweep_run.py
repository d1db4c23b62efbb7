"""A run of the sweep's kernel: the arrays it works on, what is settled beside it, and what a budget leaves."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from arrangements.cells import CellBlock, Signs
from arrangements.exact.integer_matrix import Integers
from arrangements.exact.packed_bits import Words, packed, unpacked
from arrangements.rays.kernel.state import record
from arrangements.rays.kernel_run import announced
from arrangements.sweep.exact_vertices import ExactCell
from arrangements.sweep.kernel import state as st
from arrangements.sweep.rounded_points import placed, proposed
from arrangements.sweep.sweep_space import SweepSpace
from arrangements.sweep.witnesses import point_of, points_of

_UNLIMITED = 2**62
_SLICE = 1 << 20  # nodes after which a count says how far it is
_BLOCK = 1 << 13
_BATCH = 1 << 9  # vertices that the second filter looks at together


class SweepRun:
    """One run of the kernel over some nodes: iterating gives the moments at which cells are to be taken.

    Args:
        space: what does not change.
        items: the nodes.
        mode: COUNT, SIGNS, RECIPES or LIST of `arrangements.sweep.kernel.state`.
        budget: how many sets of rows to make; None for all.
        settling: whether exact arithmetic settles what is in doubt, or it is only counted.

    Attributes:
        frontier: what the budget left.
        nodes: how many sets of rows were made.
        doubts: how many vertices were left to exact arithmetic.
    """

    def __init__(
        self, space: SweepSpace, items: Sequence[Signs], mode: int, budget: int | None, settling: bool = True
    ) -> None:
        self.space, self.items, self.mode, self.settling = space, items, mode, settling
        self.frontier: tuple[Signs, ...] = ()
        self.nodes = self.doubts = 0
        self.left = _UNLIMITED if budget is None else budget
        self.states = record(st.State)
        self.state = self.states[0]
        self.tableaus = space.tableaus(mode == st.LIST)
        capacity = 2 * (space.size + len(self.tableaus.ranks)) + (0 if mode == st.COUNT else _BLOCK)
        rows = space.floats if mode == st.LIST else np.zeros((space.rank, 0))
        self.buffer = st.found_of(capacity, rows, space.size)
        self.exact: list[ExactCell] = []

    def __iter__(self) -> Iterator["SweepRun"]:
        from arrangements.sweep.kernel import sweep

        space = self.space
        kernel = announced(sweep.run, sweep.SOURCES, "the engine sweep")
        items = list(self.items)
        while items:
            node = items.pop()
            if self.left <= 0:
                self.frontier = (*items, node)
                break
            begin = self._load(node)
            while True:
                status = kernel(self.tableaus, self.buffer, self.states) if len(self.tableaus.ranks) else st.DONE
                self._settle()
                if status == st.BUDGET and self._goes_on():
                    status = st.FULL
                elif status == st.BUDGET:
                    self.frontier = (*items, *self._remaining())
                    self.state["ending"] = 1
                elif status == st.DONE:
                    break
                yield self
            self.left -= int(self.state["nodes"])
            self.nodes += int(self.state["nodes"])
            if self.state["ending"]:
                break
            if not begin and space.rank % 2:
                self.exact += space.vertices.cells(space.rank // 2, (), self.mode == st.LIST)
        yield self

    def _load(self, node: Signs) -> tuple[int, ...]:
        """Start with one node. Returns its rows, as positions."""
        tableaus, state, size = self.tableaus, self.state, self.space.size
        later = node[1:]
        chosen = tuple(position for position, sign in enumerate(later) if sign > 0)
        first = later.index(0) if 0 in later else size - 1
        for name in ("depth", "nodes", "ending"):
            state[name] = 0
        state["mode"], state["size"], state["root"], state["loading"] = self.mode, size, len(chosen), 1
        state["doubtful"] = -1
        state["limit"] = min(self.left, _SLICE) if self.mode == st.COUNT else self.left
        tableaus.chosen[: len(chosen)] = chosen
        tableaus.start[len(chosen)] = first
        return chosen

    def _goes_on(self) -> bool:
        """Allow the kernel more nodes, if it stopped only to say how far it is."""
        more = min(self.left - int(self.state["limit"]), _SLICE)
        self.state["limit"] += more
        return more > 0

    def _remaining(self) -> Iterator[Signs]:
        """The sets that the kernel did not come to: those with S, for each S on its stack, and later rows."""
        chosen = self.tableaus.chosen.tolist()
        following = self.tableaus.following.tolist()
        for p in range(int(self.state["root"]), int(self.state["depth"]) + 1):
            node = [-1] * following[p] + [0] * (self.space.size - 1 - following[p])
            for position in chosen[:p]:
                node[position] = 1
            yield (1, *node)

    def _settle(self) -> None:
        """Settle what the kernel left in doubt: by the second filter, and what that leaves in integers."""
        vertices, lines = self.space.vertices, self.buffer.doubts[: int(self.state["doubts"])].copy()
        self.state["doubts"] = 0
        for level in np.unique(lines[:, 0]).tolist():
            size = self.space.rank - 2 * level - 1
            here = lines[lines[:, 0] == level]
            whole = here[:, 2] == size
            bases = [here[whole, 3 : 3 + size]]
            if self.settling:
                for _, first, number, *rows in here[~whole].tolist():
                    below = list(vertices.below(level, tuple(rows[:number]), first))
                    bases.append(np.array(below, np.int64).reshape(len(below), size))
            else:
                self.doubts += int((~whole).sum())
            joined = np.concatenate(bases)
            for begin in range(0, len(joined), _BATCH):
                self._settle_bases(level, joined[begin : begin + _BATCH])

    def _settle_bases(self, level: int, bases: NDArray[np.int64]) -> None:
        space = self.space
        sure, signs, inverses = space.second_filter.proven(level, bases)
        points: Integers = np.zeros((len(bases), space.rank), np.int64)
        if self.mode == st.LIST and sure.any():
            proposals = proposed(space.second_filter.rows, inverses, bases, signs, 2 * level)
            points, inside = placed(space.matrix, proposals, signs)
            sure &= inside
        for n in np.flatnonzero(sure).tolist():
            self.exact.append(ExactCell(signs[n], tuple(points[n].tolist()), tuple(bases[n].tolist())))
        left = bases[~sure]
        self.doubts += len(left)
        if self.settling:
            self._settle_coincidences(level, left)

    def _settle_coincidences(self, level: int, bases: NDArray[np.int64]) -> None:
        """Settle vertices where more rows meet, or nearly so: by circuits that are known, or exactly, then for more."""
        space, points, number = self.space, self.mode == st.LIST, 1
        while len(bases):
            bases = bases[~space.coincidences.repeated(bases)]
            if len(bases) and not points:
                done, cells = space.coincidences.above(bases, space.second_filter.examined(level, bases))
                self.exact += cells
                bases = bases[~done]
            for basis in bases[:number].tolist():
                cells, circuits = space.vertices.cells_and_circuits(level, tuple(basis), points)
                self.exact += cells
                space.coincidences.learn(circuits)
            bases, number = bases[number:], 2 * number

    @property
    def found(self) -> int:
        """How many cells wait to be taken."""
        return int(self.state["cells"]) + len(self.exact)

    def taken(self) -> int:
        """That number, and start again from 0."""
        found = self.found
        self.state["cells"] = 0
        self.exact.clear()
        return found

    def words(self) -> Words:
        """Take the cells' signs alone."""
        words = self.buffer.signs[: int(self.state["cells"])].copy()
        if self.exact:
            words = np.concatenate([words, self._exact_words()])
        self.taken()
        return words

    def recipes(self) -> Words:
        """The rows that meet at the vertices of the cells, as bits; nothing is taken."""
        bits = unpacked(self.buffer.recipes[: int(self.state["cells"])], self.space.size) > 0
        exact = np.zeros((len(self.exact), self.space.size), bool)
        for n, cell in enumerate(self.exact):
            exact[n, list(cell.basis)] = True
        return packed(np.roll(np.concatenate([bits, exact]), 1, axis=1))

    def block(self) -> CellBlock:
        """Take the cells."""
        space, number = self.space, int(self.state["cells"])
        signs, recipes = self.buffer.signs[:number], self.buffer.recipes[:number]
        placed = self.buffer.points[:number, -1] > 0.0
        points: Integers = self.buffer.points[:number, :-1].astype(np.int64)
        exact = {}
        for n in np.flatnonzero(~placed).tolist():
            basis = np.flatnonzero(unpacked(recipes[n : n + 1], space.size)[0] > 0)
            exact[n] = point_of(space.vertices, signs[n], tuple(basis.tolist()))
        for n, cell in enumerate(self.exact, start=number):
            exact[n] = tuple(int(cell.signs[-1]) * x for x in cell.point)
        return CellBlock(self.words(), points_of(points, exact, space.shifts), space.size)

    def _exact_words(self) -> Words:
        """The signs of the cells of exact arithmetic, or of their mirror images, in the order of the rows."""
        signs = np.array([cell.signs for cell in self.exact])
        signs *= signs[:, -1:]
        return packed(np.roll(signs, 1, axis=1) > 0)
