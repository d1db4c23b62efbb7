"""The compiled kernel of the sweep: all sets of rows that meet in vertices, level by level, every sign proven.

S  the rows that are eliminated, in order; p of them; level l needs R - 2 of them to get to a line

Sets S are visited in depth first, each level with its own tableau. When all sets that begin with S are done, and S is a
line of a level, the vertices of S and one more row follow. A search that is to stop lists, for each set on its stack,
only the vertices up to the row that it came to: what is left are the sets with S and later rows, which is a node again.
"""

from pathlib import Path
from typing import Any

from arrangements.rays.kernel import filtered_arithmetic
from arrangements.rays.kernel.filtered_arithmetic import compiler, inlined, stamp
from arrangements.sweep.kernel import interior_points, line_vertices, row_elimination
from arrangements.sweep.kernel import state as st
from arrangements.sweep.kernel.line_vertices import list_line
from arrangements.sweep.kernel.row_elimination import eliminate
from arrangements.sweep.kernel.state import Found, Records, State, Tableaus


@inlined
def _push(tableaus: Tableaus, state: State, b: int) -> None:
    """Let b be the next row of S."""
    p = state.depth
    tableaus.chosen[p] = b
    first = 0 if state.mode == st.LIST else (b + 1) >> 3 << 3  # points need all rows, signs later ones
    for level in range(len(tableaus.ranks)):
        needed = tableaus.ranks[level] - 1 - (p + 1)
        there = tableaus.alive[level, p] if needed > 0 and state.size - b - 1 >= needed else 0
        if there > 0 and not eliminate(tableaus, level, p, b, first):
            there = -1
        tableaus.alive[level, p + 1] = there
    tableaus.start[p + 1] = tableaus.following[p + 1] = b + 1
    tableaus.following[p] = b + 1
    state.depth = p + 1


@inlined
def _report(tableaus: Tableaus, found: Found, state: State, new: bool) -> None:
    """Leave the levels that S put in doubt to exact arithmetic; `new` tells those that were in doubt before apart."""
    p = state.depth
    for level in range(len(tableaus.ranks)):
        if tableaus.alive[level, p] >= 0 or (new and tableaus.alive[level, p - 1] < 0):
            continue
        line, n = found.doubts, state.doubts
        line[n, 0], line[n, 1], line[n, 2] = level, tableaus.start[p], p
        for q in range(p):
            line[n, 3 + q] = tableaus.chosen[q]
        state.doubts += 1
        if state.doubtful < 0:
            state.doubtful = p


@inlined
def _has_child(tableaus: Tableaus, state: State) -> bool:
    """Whether some level wants the set of S and the next row."""
    p, b = state.depth, tableaus.following[state.depth]
    for level in range(len(tableaus.ranks)):
        needed = tableaus.ranks[level] - 2 - p
        if tableaus.alive[level, p] > 0 and needed > 0 and state.size - b - 1 >= needed:
            return True
    return False


def _compiled(stamp: int) -> Any:
    """The kernel, cached on disk under a stamp of all sources that are compiled into it; numba looks at one alone."""

    @compiler(cache=True, nogil=True)
    def run(tableaus: Tableaus, found: Found, states: Records) -> int:
        if not stamp:  # never: this makes the stamp a part of the code
            return st.DONE
        state: State = states[0]
        room = state.size + len(tableaus.ranks)
        if state.loading:
            first = tableaus.start[state.root]
            while state.depth < state.root:
                _push(tableaus, state, tableaus.chosen[state.depth])
            tableaus.start[state.root] = tableaus.following[state.root] = first
            _report(tableaus, found, state, False)
            state.loading = 0
        while state.depth >= state.root:
            p = state.depth
            if state.cells + room > len(found.signs) and state.mode != st.COUNT:
                return st.FULL
            if state.doubts + room > len(found.doubts):
                return st.FULL
            if not state.ending and _has_child(tableaus, state):
                if state.nodes >= state.limit and state.doubtful < 0:
                    return st.BUDGET
                _push(tableaus, state, tableaus.following[p])
                _report(tableaus, found, state, True)
                state.nodes += 1
                continue
            for level in range(len(tableaus.ranks)):
                if tableaus.alive[level, p] > 0 and p == tableaus.ranks[level] - 2:
                    last = tableaus.following[p] if state.ending else state.size
                    list_line(tableaus, found, state, level, tableaus.start[p], last)
            if state.doubtful == p:
                state.doubtful = -1
            state.depth -= 1
        return st.DONE

    return run


#: All sources that are compiled into the kernel.
SOURCES = tuple(
    Path(str(module.__file__)) for module in (st, filtered_arithmetic, row_elimination, interior_points, line_vertices)
)
SOURCES += (Path(__file__),)


#: Search until something must be said to the caller: returns one of the codes in `arrangements.sweep.kernel.state`. All
#: there is to know is in the arguments (Tableaus, Found, a State); called again with them, it goes on.
run = _compiled(stamp(SOURCES))
