"""--workers: the same files and words as without, and no process or file is left behind, however a command ends."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from support.outcomes import refused

PROCESSES = Path("/proc")
needs_proc = pytest.mark.skipif(not (PROCESSES / "self" / "stat").exists(), reason="processes are listed in /proc")
LONG = ["count", "random:12,2,0", "--layer", "2", "--width", "3", "--certificate", "c.json", "--workers", "2"]

# a shell's background job ignores SIGINT, and so would what it starts
STARTED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
STARTED += "from multilayer.__main__ import run; run()"


@pytest.mark.parametrize("workers", ["0", "-1", "x", "", "1.5", "1001", "2,3"])
@pytest.mark.parametrize("command", [["count", "braid:3"], ["verify", "c.json"]], ids=["count", "verify"])
def test_what_is_no_number_of_workers_is_refused(command, workers, multilayer, tmp_path):
    refused(multilayer(*command, "--workers", workers), "--workers", *([repr(workers)] if workers == "x" else []))
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("ending", ["json", "jsonl"])
@pytest.mark.parametrize("source", [["threshold:3"], ["random:6,2,0", "--layer", "2"]], ids=["regions", "pairs"])
def test_two_workers_make_and_check_the_same(source, ending, multilayer, tmp_path):
    for workers in (1, 2):
        made = multilayer("count", *source, "--certificate", f"{workers}.{ending}", "--workers", workers, "--json")
        assert (made.status, made.err) == (0, "")
    assert (tmp_path / f"1.{ending}").read_bytes() == (tmp_path / f"2.{ending}").read_bytes()
    alone, together = (multilayer("verify", f"1.{ending}", "--workers", workers) for workers in (1, 2))
    assert alone == together
    assert alone.out.startswith("accepted: ")


def test_two_workers_reject_the_same(multilayer, tmp_path):
    multilayer("count", "threshold:3", "--certificate", "c.json")
    certificate = json.loads((tmp_path / "c.json").read_text())
    certificate["first"]["regions"].reverse()
    (tmp_path / "c.json").write_text(json.dumps(certificate))
    alone, together = (multilayer("verify", "c.json", "--workers", workers) for workers in (1, 2))
    assert alone == together
    assert alone.status == 3
    assert alone.out.startswith("rejected: first.regions[")


def started(folder, *arguments):
    """Start a command in a process group of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", STARTED, *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )


def members(group):
    """The processes of a group that have not ended, with the time that each has computed."""
    found = {}
    for path in PROCESSES.glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] not in "ZX":
                found[int(path.parent.name)] = int(fields[11]) + int(fields[12])
    return found


def at_work(process):
    """Wait until the command has two workers that have computed for a while; these."""
    for _ in range(1200):
        assert process.poll() is None, process.communicate()
        others = {pid: ticks for pid, ticks in members(process.pid).items() if pid != process.pid}
        workers = [pid for pid, ticks in others.items() if ticks > os.sysconf("SC_CLK_TCK")]
        if len(workers) == 2:
            return workers
        time.sleep(0.1)
    raise AssertionError("no two workers have computed for a second")


def nothing_is_left(process, folder):
    for _ in range(600):
        if not members(process.pid):
            break
        time.sleep(0.1)
    left = members(process.pid)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left
    assert not os.listdir(folder)


@needs_proc
@pytest.mark.parametrize(
    ("number", "everyone"),
    [
        pytest.param(signal.SIGINT, True, id="Ctrl-C"),
        pytest.param(signal.SIGTERM, False, id="kill"),
        pytest.param(signal.SIGHUP, True, id="terminal closed", marks=pytest.mark.slow),
        pytest.param(signal.SIGINT, False, id="SIGINT to one", marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, True, id="SIGTERM to all", marks=pytest.mark.slow),
        pytest.param(signal.SIGHUP, False, id="SIGHUP to one", marks=pytest.mark.slow),
    ],
)
def test_a_signal_leaves_no_file_and_no_process(number, everyone, tmp_path):
    process = started(tmp_path, *LONG)
    at_work(process)
    if everyone:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    _, said = process.communicate(timeout=120)
    assert "Traceback" not in said
    assert process.returncode == 128 + number
    nothing_is_left(process, tmp_path)


HALF = """
import sys, time
from pathlib import Path
from multilayer.cli.workers import executor_of
from support.half_results import begin_a_result

if __name__ == "__main__":
    with executor_of(2) as pool:
        pool.submit(begin_a_result, sys.argv[1])
        while not Path(sys.argv[1]).exists():
            time.sleep(0.05)
        sys.exit(5)
"""


def test_a_worker_that_ends_while_it_writes_a_result_is_not_waited_for(tmp_path):
    """Of such a result the pool has read the beginning, and would wait for the rest."""
    script, environment = tmp_path / "half.py", {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    script.write_text(HALF)
    run = subprocess.run(
        [sys.executable, script, tmp_path / "done"], env=environment, capture_output=True, timeout=120, check=False
    )
    assert (run.returncode, run.stderr) == (5, b"")


@needs_proc
def test_workers_end_when_the_driver_is_killed(tmp_path):
    process = started(tmp_path, *LONG)
    at_work(process)
    process.kill()
    process.communicate(timeout=120)
    nothing_is_left(process, tmp_path)


@needs_proc
def test_a_worker_that_is_killed_ends_the_command_in_words(tmp_path):
    process = started(tmp_path, *LONG)
    os.kill(at_work(process)[0], signal.SIGKILL)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 4
    assert said.splitlines()[-1].startswith("multilayer: one of 2 workers was ended from outside")
    assert "Traceback" not in said
    nothing_is_left(process, tmp_path)
