"""Runs whose tasks a Dask cluster works on: workers that are killed, signals, a scheduler that is gone."""

import os
import random
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from threading import current_thread, main_thread

import pytest
from support import store_runs
from support.store_runs import Work, check, counted_elsewhere, ended, kill, ran, started, until

from arrangements.errors import InputError
from multilayer import store
from multilayer.store.folder import part_paths

distributed = pytest.importorskip("distributed")

# a worker that is killed, and a cluster that is closed, leave sockets and a Dask loop that complain at their end
pytestmark = [
    pytest.mark.skipif(not store_runs.HAS_PROC, reason="processes of a session are found in /proc"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

REGIONS, PAIRS, ENDLESS = Work("resonance:5"), Work("random:8,3,0", 2), Work("threshold:7")
CELLS = 500


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes, whose working directory is not that of the runs."""
    quiet = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
    with distributed.LocalCluster(**quiet, silence_logs=50) as made:
        yield made


@pytest.fixture
def client(cluster):
    with distributed.Client(cluster, set_as_default=False) as made:
        made.wait_for_workers(2)
        yield made


def numbers(client):
    """The processes of the workers."""
    return list(client.run(os.getpid).values())


def test_the_set_is_that_of_one_process(client, tmp_path, monkeypatch):
    """By an executor from Python, and by the command from a folder of its own; regions and pairs."""
    store_runs.small_parts(CELLS, monkeypatch.setattr)
    for work in (REGIONS, PAIRS):
        found = work.fill(tmp_path / work.kind, executor=client.get_executor(pure=False))
        assert found.complete
        assert len(found.memory) == 2  # both have worked
        check(tmp_path / work.kind, work)
    end = ran(tmp_path, REGIONS, "--dask", client.scheduler.address, cells=CELLS)
    assert end.status == 0, end
    check(tmp_path / "d", REGIONS)
    counted_elsewhere(tmp_path / "d", REGIONS)


@pytest.mark.parametrize(
    ("work", "kills"), [(REGIONS, 2), pytest.param(Work("resonance:6"), 8, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_killed_workers(client, tmp_path, work, kills):
    """What a killed worker was listing is listed again by another, in the same run."""
    draw, met = random.Random(kills), 0
    for _ in range(10 * kills):
        client.wait_for_workers(2)
        victims = numbers(client)
        process = started(tmp_path, work, "--dask", client.scheduler.address, cells=CELLS)
        wanted = draw.randrange(1, 4)
        until(lambda: process.poll() is not None or len(part_paths(tmp_path / "d")) >= wanted)  # noqa: B023
        if process.poll() is None:
            kill(draw.choice(victims))
            met += 1
        end = ended(process)
        assert end.status == 0, end
        check(tmp_path / "d", work)
        shutil.rmtree(tmp_path / "d")
        if met >= kills:
            break
    assert met >= kills


@pytest.mark.slow
def test_a_cluster_that_gives_up_a_task_at_once(tmp_path):
    """It says so of the task of a killed worker; the run goes on with the workers that are there then."""
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
        ) as made,
        distributed.Client(made, set_as_default=False) as client,
    ):
        process = started(tmp_path, ENDLESS, "--dask", client.scheduler.address)
        until(lambda: process.poll() is not None or part_paths(tmp_path / "d"))
        there = len(part_paths(tmp_path / "d"))
        for number in numbers(client):
            kill(number)
        until(lambda: process.poll() is not None or len(part_paths(tmp_path / "d")) >= there + 2)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        end = ended(process)
        assert end.status == 4, end
        assert "a worker died; what it was listing is listed again" in end.err
        assert not store.open(tmp_path / "d").complete


def test_a_signal(client, tmp_path):
    """Tasks of the cluster end soon, and keep what they have; nothing of the run is left to the workers."""
    process = started(tmp_path, ENDLESS, "--dask", client.scheduler.address)
    until(lambda: process.poll() is not None or len(part_paths(tmp_path / "d")) >= 2)
    process.send_signal(signal.SIGINT)
    end = ended(process)
    assert end.status == 4, end
    assert "stopped at an interruption" in end.err
    until(lambda: not any(client.processing().values()))


def test_a_killed_run(client, tmp_path):
    """The cluster lives on, its workers may end their tasks later: the next run is not disturbed."""
    (tmp_path / "hold").touch()
    process = started(tmp_path, REGIONS, "--dask", client.scheduler.address, cells=CELLS)
    until(lambda: process.poll() is not None or len(part_paths(tmp_path / "d")) >= 2)
    kill(process.pid)
    assert ended(process).status == -signal.SIGKILL
    (tmp_path / "hold").unlink()
    end = ran(tmp_path, REGIONS, "--dask", client.scheduler.address, "--resume", cells=CELLS)
    assert end.status == 0, end
    check(tmp_path / "d", REGIONS)


def test_workers_that_do_not_reach_the_folder(tmp_path, monkeypatch):
    """Parts that are not there for them are not taken for damaged ones; only the driver's thread sees files here."""
    store_runs.small_parts(CELLS, monkeypatch.setattr)
    REGIONS.fill(tmp_path / "d")
    before, lexists = part_paths(tmp_path / "d"), os.path.lexists
    with monkeypatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setattr(os.path, "lexists", lambda path: current_thread() is main_thread() and lexists(path))
        with pytest.raises(InputError, match="it is not there for a worker"):
            REGIONS.fill(tmp_path / "d", resume=True, executor=pool)
    assert part_paths(tmp_path / "d") == before
    assert REGIONS.fill(tmp_path / "d", resume=True).complete
    check(tmp_path / "d", REGIONS)


@pytest.mark.slow  # it is waited for
def test_no_scheduler(tmp_path):
    end = ran(tmp_path, REGIONS, "--dask", "tcp://127.0.0.1:1")
    assert (end.status, len(end.err.splitlines())) == (2, 1), end
    assert "--dask tcp://127.0.0.1:1: no scheduler answers there" in end.err
    assert not part_paths(tmp_path / "d")


@pytest.mark.slow  # Dask looks for it for half a minute
def test_a_scheduler_that_is_gone(tmp_path):
    """The run ends with a line that says so, not with what a folder cannot do."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as made:
        process = started(tmp_path, ENDLESS, "--dask", made.scheduler_address)
        until(lambda: process.poll() is not None or part_paths(tmp_path / "d"))
        time.sleep(0.3)
    end = ended(process)
    assert end.status == 4, end
    assert "cannot be written" not in end.err
    assert end.err.splitlines()[-1].endswith("a folder is gone on with by --resume")
