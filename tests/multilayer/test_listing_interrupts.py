"""Signals at any moment of a listing: no file is left behind, the old one is as it was, the exit status says why."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from arrangements.writing import replacing
from multilayer.io.signals import Terminated, signals_as_exceptions, stop_requested

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
# Python itself has begun when it says so; from then on every moment is the project's
STARTED = "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); print(flush=True);"
STARTED += "from multilayer.__main__ import run; run()"


def interrupted(folder, ending, number, seconds):
    """Send a signal to a listing so many seconds after its start."""
    target = folder / f"x.{ending}"
    target.write_bytes(b"old")
    command = [sys.executable, "-c", STARTED, "enumerate", "resonance:5", "--output", target.name]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(number)
        _, said = process.communicate(timeout=100)
    assert "Traceback" not in said
    assert os.listdir(folder) == [target.name]
    if process.returncode == 0:  # it was done
        assert target.stat().st_size > 10_000
    else:
        # before the command line is imported, a signal ends the process as it ends any other: the shell says 128 + n
        assert process.returncode in (-number, 128 + number)
        assert target.read_bytes() == b"old" or target.stat().st_size > 10_000


@pytest.mark.parametrize(("ending", "number"), list(zip(["npz", "csv", "npz"], SIGNALS, strict=True)))
def test_a_signal_while_cells_are_listed(tmp_path, ending, number):
    interrupted(tmp_path, ending, number, random.Random(int(number)).uniform(0.2, 1.0))


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(10))
@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("ending", ["csv", "npz"])
def test_signals_at_random_moments(tmp_path, ending, number, moment):
    draw = random.Random(f"{ending} {int(number)} {moment}")
    interrupted(tmp_path, ending, number, draw.uniform(0.0, 1.2))


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_between_any_two_steps_of_writing(tmp_path, number):
    """In one process: the signal comes while the temporary file is open."""
    target = tmp_path / "x.csv"
    target.write_text("old")
    before = signal.signal(number, signal.SIG_DFL)  # under nohup a hang-up is ignored, and stays so

    def write():
        with signals_as_exceptions(), replacing(target) as file:
            file.write("new")
            assert len(os.listdir(tmp_path)) == 2
            signal.raise_signal(number)

    try:
        with pytest.raises(Terminated) as ended:
            write()
    finally:
        signal.signal(number, before)
    assert ended.value.status == 128 + number
    assert os.listdir(tmp_path) == ["x.csv"]
    assert target.read_text() == "old"


def in_a_finalizer():
    class Finalized:
        def __del__(self):
            signal.raise_signal(signal.SIGTERM)

    Finalized()


def swallowed():
    with suppress(BaseException):
        signal.raise_signal(signal.SIGTERM)


def as_an_import_error():
    """As extension modules do that are interrupted while they are imported."""
    try:
        signal.raise_signal(signal.SIGTERM)
    except BaseException as error:
        raise ImportError("initialization failed") from error


@pytest.mark.parametrize("lose", [in_a_finalizer, swallowed, as_an_import_error])
def test_a_signal_whose_exception_is_lost_comes_again(lose):
    def run():
        with signals_as_exceptions():
            lose()
            time.sleep(20)

    began = time.monotonic()
    with pytest.raises(Terminated, match="SIGTERM"):
        run()
    assert time.monotonic() - began < 15
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_a_reminder_does_not_disturb_cleaning_up():
    done = []

    def run():
        with signals_as_exceptions():
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                time.sleep(1.2)  # in which the signal comes twice more
                done.append(True)

    with pytest.raises(Terminated):
        run()
    assert done == [True]


def test_a_lost_signal_stops_a_search_that_began_afterwards():
    with signals_as_exceptions():
        swallowed()
        with stop_requested() as stopped:
            began = time.monotonic()
            while not stopped() and time.monotonic() < began + 15:
                time.sleep(0.01)
            assert stopped()
