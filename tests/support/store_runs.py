"""Runs that fill a folder, for tests that disturb them: what is listed, its reference, processes, and what must hold.

A run of the command is a process with its workers in a session of its own, so that all of them can be found and ended.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from arrangements import FirstLayer, count_second_layer, family, iter_pairs, region_set
from arrangements.exact.packed_bits import distinct_words, packed
from multilayer import store
from multilayer.store.enumeration import Run
from multilayer.store.folder import asked_to_stop, leftovers
from multilayer.store.part_task import PartTask
from theory import region_number

HAS_PROC = Path("/proc/self/stat").exists()
PATIENCE = 100  # seconds; whoever waits longer has found a fault
# what the interpreter of a worker says that was just starting when the run was killed: none of our code is there yet
_BEREAVED = re.compile(
    r'Traceback \(most recent call last\):\n  File "<string>", line 1, in <module>\n(  .*\n)*'
    r"(EOFError: Ran out of input|_pickle\.UnpicklingError: pickle data was truncated|BrokenPipeError.*)\n"
)
# a shell's background job ignores SIGINT, and so would what it starts
_STARTED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
_STARTED += "from support.store_runs import small_parts; small_parts({cells});"
_STARTED += "from multilayer.__main__ import run; run()"


class Work(NamedTuple):
    """What a run lists: SOURCE and further arguments; with a width, pairs."""

    source: str
    width: int | None = None

    @property
    def arguments(self) -> list[str]:
        return [self.source, *(["--layer", "2", "--width", str(self.width)] if self.width else [])]

    @property
    def kind(self) -> str:
        return "pairs" if self.width else "regions"

    def fill(self, folder: Path, **options: Any) -> store.Filled:
        """List in this process."""
        if self.width:
            return store.enumerate_pairs(family(self.source), self.width, folder, **options)
        return store.enumerate_regions(family(self.source), folder, **options)


@cache
def reference(work: Work) -> np.ndarray:
    """The keys of all cells, sorted, from a search without a folder; as many as are counted without a search."""
    if work.width is None:
        words = region_set(family(work.source)).words
        assert len(words) == region_number(family(work.source))
        return words
    layer = FirstLayer.with_rays(family(work.source))
    pairs = list(iter_pairs(layer, work.width))
    assert len(pairs) == count_second_layer(layer, work.width).pairs
    signs = np.array([pair.signs for pair in pairs], np.int8)
    outputs = np.array([[sign for _, sign in pair.neurons] for pair in pairs], np.int64).view(np.uint64)
    masks = packed(np.array([[layer.mask(region) for region, _ in pair.neurons] for pair in pairs], np.int8) > 0)
    return distinct_words(np.hstack([outputs, masks.reshape(len(pairs), -1), packed(signs > 0)]))


def small_parts(cells: int | None, put: Callable[[Any, str, Any], object] = setattr) -> None:
    """Have runs of this process end each task after about that many cells, so that small datasets have many parts.

    While there is a file `hold` beside the folder, a run waits after its second part, until it is asked to stop.
    """
    sized = Run._sized

    def smaller(self: Run, group: list[Any], idle: int) -> PartTask:
        held = time.monotonic()
        while self.parts >= 2 and (self.folder.parent / "hold").exists() and not asked_to_stop(self.folder):
            assert time.monotonic() < held + PATIENCE
            time.sleep(0.01)
        task = sized(self, group, idle)
        return task if cells is None else replace(task, most=min(task.most, cells))

    put(Run, "_sized", smaller)


def started(folder: Path, work: Work, *more: object, cells: int | None = None, output: str = "d/") -> subprocess.Popen:
    """Start the command in a session of its own; see `small_parts` about cells."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)), "OMP_NUM_THREADS": "1"}
    words = ["enumerate", *work.arguments, "--output", output, *map(str, more)]
    return subprocess.Popen(
        [sys.executable, "-c", _STARTED.format(cells=cells), *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


class Ended(NamedTuple):
    status: int
    out: str
    err: str


def ended(process: subprocess.Popen) -> Ended:
    """What it said, once it and all that it has started are gone; the test fails if something stays."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
        until(lambda: not session(process.pid))
    finally:
        kill_all(process)
    assert "Traceback" not in (_BEREAVED.sub("", err) if process.returncode == -signal.SIGKILL else err), err
    return Ended(process.returncode, out, err)


def ran(folder: Path, work: Work, *more: object, cells: int | None = None, output: str = "d/") -> Ended:
    return ended(started(folder, work, *more, cells=cells, output=output))


def until(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.005)


def session(leader: int) -> list[int]:
    """The processes of a session that are at work, itself among them; zombies have ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, number = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:  # it has just ended
            continue
        if int(number) == leader and state not in "ZX":
            found.append(int(path.parent.name))
    return found


def workers(leader: int) -> list[int]:
    """Those of them that run tasks."""
    return [number for number in session(leader) if b"spawn_main" in _command(number)]


def _command(number: int) -> bytes:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""


def kill(number: int, how: int = signal.SIGKILL) -> None:
    try:
        os.kill(number, how)
    except ProcessLookupError:
        return


def kill_all(process: subprocess.Popen) -> None:
    for number in session(process.pid):
        kill(number)
    process.kill()
    process.wait()


def check(folder: Path, work: Work, refused: int | None = 0) -> store.Dataset:
    """The dataset is all that is to be listed, once, and nothing else is left.

    Args:
        folder: of the dataset.
        work: what was listed.
        refused: how many parts were set aside; None if that is not known.
    """
    found, keys = store.open(folder), reference(work)
    assert found.complete
    assert len(found) == len(keys)
    assert np.array_equal(found.sorted_keys(), keys)
    assert not leftovers(folder)
    assert not (folder / "_stop").exists()
    assert refused is None or len(list(folder.glob("_refused-*"))) == refused
    return found


def counted_elsewhere(folder: Path, work: Work) -> None:
    """DuckDB, which knows nothing of this package, finds each cell once; where it is installed."""
    try:
        import duckdb
    except ImportError:
        return
    keys = ", ".join(f'"{name}"' for name in store.open(folder).listing.keys)
    parts = f"'{folder}/part-*.parquet'"
    query = f"SELECT (SELECT count(*) FROM {parts}), (SELECT count(*) FROM (SELECT DISTINCT {keys} FROM {parts}))"
    with duckdb.connect() as connection:
        assert connection.execute(query).fetchone() == (len(reference(work)),) * 2
