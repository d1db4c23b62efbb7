"""How busy many workers are: the real driver with a virtual clock. `python benchmarks/workers_simulation.py [FAMILY]`.

*Recorded:* the search tree of a family. Its atoms are searches below a single root, of a few nodes each, and every atom
knows how many cells it lists, how long it takes, and which roots it leaves open to other atoms. `--record FILE` keeps
the tree for the next time.

*Simulated:* the driver is the real code, `multilayer.store.enumeration.Run` over `arrangements.parallel.spreading`: two
tasks in flight a worker, the task opened last first, tasks that grow with the run, open roots divided when workers are
idle. Only its clock is virtual, and what it waits for: workers that take tasks in the order in which they were
submitted, and search a task's atoms as the real search does, the one opened last first, until its time is over.

*The model.* An atom takes seconds in proportion to its cells, and a task a fixed time for its part and for each root
that it begins with; these are measured when the tree is recorded (CPU time; for a part also what its disk takes). The
roots that an atom leaves are there as soon as it has begun, since a search goes down first, and leaves what is beside
its way. For lists that are longer than the recorded one, every atom is stretched by one factor; it can be left at any
time, but what is left of it is one root that is not divided further, so the end of a run looks worse than it is. The
driver needs the stated milliseconds for every task, as `long_runs.py` measures them. Workers neither disturb each
other, nor wait for disks or networks.
"""

import argparse
import json
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest.mock import patch

from harness import print_table, shown
from long_runs import one_task

from arrangements import family
from arrangements.parallel import spreading
from multilayer.store import enumeration
from multilayer.store.part_task import PartResult, PartTask, list_part
from multilayer.store.region_listing import RegionListing

HEADINGS = ["regions", "hours alone", "workers", "hours", "busy, %", "speed-up", "tasks", "median task, s", "driver, %"]


class Tree(NamedTuple):
    """A search tree in atoms.

    Attributes:
        cells: how many each atom lists.
        opened: the atoms that each leaves open, the last one searched first.
        undecided: how many rows the root of each has not decided.
        rate: cells a second of a task.
        root: seconds to begin at a root.
        part: seconds that a part takes, whatever is in it.
        groups: those that the first task leaves.
    """

    cells: list[int]
    opened: list[list[int]]
    undecided: list[int]
    rate: float
    root: float
    part: float
    groups: list[list[int]]


def main() -> None:
    """Record or read a tree, simulate and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("family", nargs="?", default="random:80,5,0")
    options.add_argument("--nodes", type=int, default=256, help="of an atom, at most")
    options.add_argument("--record", type=Path, metavar="FILE", help="keeps the tree, or has it")
    options.add_argument("--workers", nargs="*", type=int, default=[1, 2, 10, 100, 1000])
    options.add_argument("--regions", nargs="*", type=float, help="how long the lists are; as recorded if left out")
    options.add_argument(
        "--driver", type=float, default=1.0, metavar="MS", help="milliseconds of the driver for a task"
    )
    chosen = options.parse_args()
    tree = recorded(chosen.family, chosen.nodes, chosen.record)
    print(
        f"{chosen.family}: {len(tree.cells):,} atoms, {sum(tree.cells):,} regions, {tree.rate:,.0f} a second, "
        f"{1000 * tree.root:.1f} ms for a root and {1000 * tree.part:.1f} ms for a part"
    )
    lines = []
    for regions in chosen.regions or [sum(tree.cells)]:
        for workers in chosen.workers:
            lines.append(simulated(tree, regions, workers, chosen.driver / 1000))
    print_table(HEADINGS, lines)


def recorded(name: str, nodes: int, path: Path | None) -> Tree:
    """Search a family in atoms, unless a file has them."""
    if path is not None and path.exists():
        return Tree(**json.loads(path.read_text()))
    listing = RegionListing(family(name), "rays")
    first = listing.first(listing.groups[0])
    if first is None:
        raise AssertionError("the first task of regions is fixed")
    _, roots = searched(listing, listing.groups[0], first.nodes)
    texts = list(roots)
    cells: list[int] = []
    opened: list[list[int]] = []
    while len(cells) < len(texts):
        number, left = searched(listing, [texts[len(cells)]], nodes)
        cells.append(number)
        opened.append(list(range(len(texts), len(texts) + len(left))))
        texts += left
    begin, part = overheads(listing, texts)
    numbers = {text: k for k, text in enumerate(roots)}
    groups = [[numbers[root] for root in group] for group in listing.divided(roots, first.pieces)]
    tree = Tree(cells, opened, [text.count("0") for text in texts], one_task(listing).rate, begin, part, groups)
    if path is not None:
        path.write_text(json.dumps(tree._asdict()))
    return tree


def searched(listing: RegionListing, group: list[str], nodes: int) -> tuple[int, list[str]]:
    """Search below roots: how many cells there are, and which roots are left."""
    cells, left = 0, list[str]()
    for found in listing.explored(group, nodes):
        if isinstance(found, list):
            left = found
        else:
            cells += len(found)
    return cells, left


def overheads(listing: RegionListing, roots: list[str]) -> tuple[float, float]:
    """Measure the seconds to begin at a root, and those of a part with one root, without the former."""
    some = sorted(roots, key=lambda root: root.count("0"))[:: max(1, len(roots) // 40)][:40]
    with TemporaryDirectory() as folder:

        def beginning(root: str) -> None:
            searched(listing, [root], 1)

        def whole(root: str) -> None:
            list_part(PartTask(Path(folder), listing, {}, [root], 0.0, 1, 1))

        begin = median(seconds(process_time, beginning, root) for root in some)
        return begin, max(0.0, median(seconds(perf_counter, whole, root) for root in some) - begin)


def seconds(clock: Callable[[], float], work: Callable[[str], None], root: str) -> float:
    """Time some work."""
    start = clock()
    work(root)
    return clock() - start


class Workers(Executor):
    """Simulated workers, who search a recorded tree as fast as it was recorded; the driver's clock, and its queue.

    Args:
        tree: what they search.
        number: how many.
        stretch: how many times as long an atom takes.
        driver: seconds of the driver for a task.
    """

    def __init__(self, tree: Tree, number: int, stretch: float, driver: float) -> None:
        self._max_workers = number  # as the standard pools have it
        self.now = self.busy = 0.0
        self.lengths: list[float] = []
        self._tree, self._stretch, self._driver = tree, stretch, driver
        self._free = number
        self._queue: list[tuple[float, PartTask, Future[PartResult]]] = []
        self._taken = 0
        self._ends: list[tuple[float, int, PartResult, Future[PartResult]]] = []
        self._order = count()
        self._done: deque[Future[Any]] = deque()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Queue a task; the driver's own work on it is charged here."""
        self.now += self._driver
        future: Future[PartResult] = Future()
        self._queue.append((self.now, args[0], future))
        self._happen(self.now)
        return future

    def put(self, future: "Future[Any]") -> None:
        """Queue a task that is done, for the driver."""
        self._done.append(future)

    def get(self, **how: Any) -> "Future[Any]":
        """Let time pass until a task is done."""
        while not self._done:
            self.now = max(self.now, self._ends[0][0])
            self._happen(self.now)
        return self._done.popleft()

    def clock(self) -> float:
        """What time it is."""
        return self.now

    def _happen(self, until: float) -> None:
        """Let tasks end, and workers take the next ones, up to some time."""
        at = 0.0
        while True:
            while self._free and self._taken < len(self._queue):
                submitted, task, future = self._queue[self._taken]
                self._queue[self._taken] = None  # type: ignore[call-overload]
                self._taken += 1
                self._free -= 1
                result = self._searched(task)
                heappush(self._ends, (max(at, submitted) + result.seconds, next(self._order), result, future))
            if not self._ends or self._ends[0][0] > until:
                return
            at, _, result, future = heappop(self._ends)
            self._free += 1
            self.busy += result.seconds
            self.lengths.append(result.seconds)
            future.set_result(result)

    def _searched(self, task: PartTask) -> PartResult:
        """Search atoms until the time of the task is over, and divide what is left as the real task does."""
        tree, stretch = self._tree, self._stretch / self._tree.rate
        stack: list[tuple[int, float]] = list(task.group)
        spent, cells, begun = tree.part, 0.0, len(stack)
        while stack:
            atom, left = stack.pop()
            if len(stack) < begun:  # a root that the task was given
                begun = len(stack)
                spent += tree.root
            now = min(left, max(0.0, task.seconds - spent) / stretch, task.most / self._stretch - cells)
            if now > 0.0 and left == tree.cells[atom]:
                stack += ((number, float(tree.cells[number])) for number in tree.opened[atom])
            cells, spent = cells + now, spent + now * stretch
            if now < left:
                stack.append((atom, left - now))
                break
        ordered = sorted(stack, key=lambda root: -tree.undecided[root[0]])
        groups = [group for k in range(task.pieces) if (group := ordered[k :: task.pieces])]
        return PartResult(round(cells), 0, groups, spent, ("", 0))


def simulated(tree: Tree, regions: float, number: int, driver: float) -> list[str]:
    """Run the real driver over simulated workers; a line of the table."""
    total = sum(tree.cells)
    workers = Workers(tree, number, regions / total, driver)
    groups = [[(atom, float(tree.cells[atom])) for atom in group] for group in tree.groups]
    with (
        TemporaryDirectory() as folder,
        patch.object(enumeration, "monotonic", workers.clock),
        patch.object(spreading, "SimpleQueue", lambda: workers),
    ):
        listing: Any = SimpleNamespace(kind="regions")
        run = enumeration.Run(Path(folder), listing, {}, enumeration.Limits())
        run.fill(groups, workers)
    if abs(run.cells - total) > run.tasks:  # every task rounds once
        raise AssertionError(f"{run.cells:,} cells of {total:,} were listed")
    alone = regions / tree.rate
    return [
        f"{regions:,.0f}",
        shown(alone / 3600),
        f"{number:,}",
        shown(workers.now / 3600),
        f"{100 * workers.busy / (number * workers.now):.1f}",
        f"{alone / workers.now:,.1f}",
        f"{run.tasks:,}",
        f"{median(workers.lengths):.2f}",
        f"{100 * run.tasks * driver / workers.now:.1f}",
    ]


if __name__ == "__main__":
    main()
