"""Signals: a run stops with what it has and says how to go on; a second signal ends it at once; no process is left."""

import random
import re
import shlex
import signal
import time

import pytest
from support import store_runs
from support.store_runs import Work, check, ended, kill, ran, session, started, until

from multilayer import store
from multilayer.store.folder import leftovers, part_paths

pytestmark = pytest.mark.skipif(not store_runs.HAS_PROC, reason="processes of a session are found in /proc")

REGIONS, PAIRS, LARGE = Work("resonance:5"), Work("random:8,3,0", 2), Work("resonance:6")
CELLS = 1_000
ENDLESS = Work("random:400,7,0")
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def held(folder, work, *options, cells=CELLS):
    """Start a run that waits after its second part, until it is asked to stop, or until `hold` is gone."""
    (folder / "hold").touch()
    process = started(folder, work, *options, cells=cells)
    until(lambda: process.poll() is not None or len(part_paths(folder / "d")) >= 2)
    return process


def to_all(process, number):
    """As a terminal does, and a scheduler."""
    for one in session(process.pid):
        kill(one, number)


def to_driver(process, number):
    process.send_signal(number)


def check_message(folder, end):
    """The last line says what is there, what is left, and how to go on."""
    line = end.err.splitlines()[-1]
    found = store.open(folder / "d")
    assert not found.complete
    assert f": {len(found):,} {found.kind} are in {len(found.parts)} part" in line
    assert line.startswith("multilayer: stopped at an interruption: ")
    again = shlex.split(line.partition("go on with: ")[2])
    assert (again[:2], again[-1]) == (["multilayer", "enumerate"], "--resume")
    left = re.search(r"([\d,]+) of ([\d,]+) regions are left", line)
    if left:
        missing, total = (int(number.replace(",", "")) for number in left.groups())
        assert len(found) + missing == total
    return left


@pytest.mark.parametrize(
    ("work", "number", "workers", "send"),
    [
        (REGIONS, signal.SIGINT, 2, to_all),
        (REGIONS, signal.SIGTERM, 1, to_driver),
        (PAIRS, signal.SIGTERM, 2, to_all),
        (PAIRS, signal.SIGHUP, 1, to_driver),
    ],
    ids=["Ctrl-C", "kill", "scheduler", "hang-up"],
)
def test_a_run_stops_and_goes_on(tmp_path, work, number, workers, send):
    process = held(tmp_path, work, "--workers", workers)
    send(process, number)
    end = ended(process)
    assert end.status == 4, end
    assert not leftovers(tmp_path / "d")
    assert not (tmp_path / "d" / "_stop").exists()
    assert check_message(tmp_path, end) or work == PAIRS
    assert work.fill(tmp_path / "d", resume=True).complete
    check(tmp_path / "d", work)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_signals_at_random_moments(tmp_path, seed):
    """Before the first part, while parts are written, at the end: the status says what happened, the set is right."""
    draw = random.Random(seed)
    workers = 1 + seed % 2
    for _ in range(4):
        before = part_paths(tmp_path / "d")
        resume = ["--resume"] if before else []
        process = started(tmp_path, LARGE, "--workers", workers, *resume, cells=20_000)
        time.sleep(draw.uniform(0, 4))
        for _ in range(draw.choice([1, 1, 2])):
            draw.choice([to_all, to_driver])(process, draw.choice(SIGNALS))
            time.sleep(draw.uniform(0, 0.2))
        end = ended(process)
        # before the command line is imported, a signal ends the process as it ends any other
        assert end.status in {0, 4} | {status for number in SIGNALS for status in (-number, 128 + number)}, end
        assert set(before) <= set(part_paths(tmp_path / "d"))
        if end.status == 4:
            check_message(tmp_path, end)
    resume = ["--resume"] if part_paths(tmp_path / "d") else []
    end = ran(tmp_path, LARGE, *resume, cells=20_000)
    assert end.status == 0, end
    check(tmp_path / "d", LARGE)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_signal_ends_at_once(tmp_path, workers):
    process = started(tmp_path, ENDLESS, "--workers", workers)
    until(lambda: process.poll() is not None or part_paths(tmp_path / "d"))
    before = part_paths(tmp_path / "d")
    for _ in range(2):
        to_all(process, signal.SIGTERM)
        time.sleep(0.02)
    end = ended(process)
    assert end.status in (4, 143, -signal.SIGTERM), end  # not 143: it had stopped before the second one came
    if end.status == 143:
        assert end.err.splitlines()[-1] == "multilayer: ended by SIGTERM"
    assert set(before) <= {part.path for part in store.open(tmp_path / "d").parts}


def test_a_signal_is_not_forgotten_when_a_worker_dies(tmp_path):
    """The run does not begin anew with other workers."""
    process = started(tmp_path, ENDLESS, "--workers", 2)
    until(lambda: process.poll() is not None or len(part_paths(tmp_path / "d")) >= 2)
    to_driver(process, signal.SIGTERM)
    for number in store_runs.workers(process.pid):
        kill(number)
    end = ended(process)
    assert end.status == 4, end
    check_message(tmp_path, end)


def test_two_runs_in_one_folder(tmp_path):
    """The second one refuses, and neither it nor signals to it disturb the first."""
    first = held(tmp_path, REGIONS)
    before = part_paths(tmp_path / "d")
    for option in ("--resume", "--restart"):
        second = ran(tmp_path, REGIONS, option)
        assert (second.status, second.out) == (2, "")
        refusal = "multilayer: d: another run is at work in this folder; wait for it, or stop it"
        assert second.err.splitlines()[-1] == refusal
    interrupted = started(tmp_path, REGIONS, "--resume")
    time.sleep(random.Random(0).uniform(0.2, 1))
    to_all(interrupted, signal.SIGINT)
    assert ended(interrupted).status in (2, 130, -signal.SIGINT)
    assert first.poll() is None
    assert set(before) <= set(part_paths(tmp_path / "d"))
    (tmp_path / "hold").unlink()
    end = ended(first)
    assert end.status == 0, end
    check(tmp_path / "d", REGIONS)


def test_the_lock_is_free_when_its_run_was_killed(tmp_path):
    process = held(tmp_path, REGIONS, "--workers", 2)
    kill(process.pid)
    process.wait()
    (tmp_path / "hold").unlink()
    REGIONS.fill(tmp_path / "d", resume=True)  # at once: workers of the first run may be writing their last parts
    ended(process)
    check(tmp_path / "d", REGIONS)
