"""solve that is stopped, by signals, time or steps: what was found is kept and proven, and the search can go on."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from fractions import Fraction

import numpy as np
import pytest

from multilayer import checker

# a shell's background job ignores SIGINT, and so would what it starts
STARTED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
STARTED += "from multilayer.__main__ import run; run()"
ENDINGS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def folder(tmp_path):
    """24 Gaussian rows in the plane with Gaussian targets (numpy, default_rng(0): X, then y), and 7 of them."""
    drawn = np.random.default_rng(0)
    x, y = drawn.standard_normal((24, 2)), drawn.standard_normal(24)
    lines = [",".join(map(repr, [*row, target])) for row, target in zip(x.tolist(), y.tolist(), strict=True)]
    (tmp_path / "t.csv").write_text("\n".join(lines))
    (tmp_path / "small.csv").write_text("\n".join(lines[:7]))
    return tmp_path


def arguments(*more, source="t.csv", width="unlimited", beta="0.002"):
    return ["solve", source, "--width", width, "--beta", beta, "--certificate", "c.json", "--network", "n.json", *more]


def started(folder, *given):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", STARTED, *given]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True)


def ended(process):
    """What it said, once it has ended; a process that does not end is killed, and the test fails."""
    try:
        return process.communicate(timeout=60)
    finally:
        process.kill()


def run(folder, *given):
    process = started(folder, *given)
    out, err = process.communicate()
    return process.returncode, out, err


def claim(path):
    checker.check(path)
    return [Fraction(value) for value in json.loads(path.read_text())["claim"].values()]


def stopped_at(folder, ending, seconds):
    """Send a signal after a time, and check whatever is left behind; the status."""
    process = started(folder, *arguments())
    time.sleep(seconds)
    process.send_signal(ending)
    sent = time.monotonic()
    _, err = ended(process)
    assert "Traceback" not in err
    left = {path.name for path in folder.iterdir()} - {"t.csv", "small.csv"}
    if process.returncode == 4:
        assert left == {"c.json", "n.json"}
        upper, lower = claim(folder / "c.json")
        assert 0 <= lower < upper
        assert err.splitlines()[-1].startswith("multilayer: stopped after ")
        assert err.rstrip().endswith("--resume c.json")
    else:
        assert process.returncode in (128 + ending, -ending)  # nothing was found yet
        assert not left
    return process.returncode, time.monotonic() - sent


@pytest.mark.slow
@pytest.mark.parametrize("place", range(10))
def test_a_signal_at_a_random_moment_loses_nothing(folder, place):
    drawn = random.Random(place)
    stopped_at(folder, drawn.choice(ENDINGS), drawn.uniform(1.5, 12))


@pytest.mark.parametrize(("ending", "seconds"), [(signal.SIGTERM, 1.5), (signal.SIGINT, 4)])
def test_a_signal_leaves_no_stray_file(folder, ending, seconds):
    stopped_at(folder, ending, seconds)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
def test_each_signal_ends_a_search_with_a_certificate(folder, ending):
    status, seconds = stopped_at(folder, ending, 8)
    assert status == 4
    assert seconds < 20  # two seconds of a free machine


@pytest.mark.slow
def test_a_second_signal_ends_at_once(folder):
    process = started(folder, *arguments())
    time.sleep(6)
    for _ in range(2):
        process.send_signal(signal.SIGTERM)
        time.sleep(0.02)
    ended(process)
    assert process.returncode in (4, 143, -15, 1)
    assert {path.name for path in folder.iterdir()} <= {"t.csv", "small.csv", "c.json", "n.json"}


@pytest.mark.slow
@pytest.mark.parametrize("width", ["unlimited", "2"])
def test_time_leaves_a_narrow_interval_that_shrinks(folder, width):
    status, out, _ = run(folder, *arguments("--time", "20", "--json", width=width))
    first = json.loads(out)
    assert (status, first["status"]) in ((0, "optimal"), (4, "gap-above-tolerance"))
    assert first["relative_gap"] < 0.5
    before = claim(folder / "c.json")
    status, _, err = run(folder, *arguments("--time", "20", "--resume", "c.json", width=width))
    assert status in (0, 4), err
    after = claim(folder / "c.json")
    # a fast machine may have ended the first of the two with the optimum
    assert after[0] - after[1] < before[0] - before[1] or first["status"] == "optimal"
    assert after[0] <= before[0]
    assert after[1] >= before[1]


def test_a_stopped_solve_goes_on_to_the_same_optimum(folder, multilayer):
    os.chdir(folder)
    small = {"source": "small.csv", "width": "2", "beta": "0.01"}
    whole = multilayer(*arguments("--json", **small))
    optimum = json.loads(whole.out)
    assert (whole.status, optimum["status"]) == (0, "optimal")
    part = multilayer(*arguments("--steps", "40", **small))
    assert part.status == 4
    assert "go on with: multilayer solve small.csv" in part.err.splitlines()[-1]
    before = claim(folder / "c.json")
    further = multilayer(*arguments("--steps", "60", "--resume", "c.json", **small))
    assert further.status == 4
    middle = claim(folder / "c.json")
    assert before[1] <= middle[1] <= optimum["upper"] * (1 + 1e-8)
    assert before[0] >= middle[0] >= optimum["lower"] * (1 - 1e-8)
    end = multilayer(*arguments("--resume", "c.json", "--json", **small))
    assert json.loads(end.out)["status"] == "optimal"
    assert json.loads(end.out)["upper"] == pytest.approx(optimum["upper"], rel=1e-7)
    claim(folder / "c.json")
    again = multilayer(*arguments("--resume", "c.json", "--json", **small))  # nothing is left to do
    assert json.loads(again.out)["status"] == "optimal"
    assert json.loads(again.out)["steps"] == 0


def test_a_network_is_an_upper_bound_at_once(folder, multilayer):
    os.chdir(folder)
    small = {"source": "small.csv", "width": "2", "beta": "0.01"}
    multilayer(*arguments(**small))
    (folder / "n.json").rename(folder / "known.json")
    upper, _ = claim(folder / "c.json")
    part = multilayer(*arguments("--steps", "1", "--start", "known.json", **small))
    assert part.status == 4
    assert claim(folder / "c.json")[0] <= upper


def test_outputs_share_the_time(folder, multilayer):
    os.chdir(folder)
    lines = (folder / "t.csv").read_text().splitlines()
    (folder / "two.csv").write_text("\n".join(f"{line},{k % 3}" for k, line in enumerate(lines)))
    targets = ["--target", "3", "--target", "4"]
    begin = time.monotonic()
    outcome = multilayer(*arguments("--time", "2", *targets, "--json", source="two.csv"))
    assert time.monotonic() - begin < 30
    assert outcome.status == 4
    assert json.loads(outcome.out)["outputs"] == 2
    claim(folder / "c.json")
    outcome = multilayer(*arguments("--time", "1", *targets, "--resume", "c.json", source="two.csv"))
    assert outcome.status == 4, outcome.err
    claim(folder / "c.json")


def test_what_differs_is_named(folder, multilayer):
    os.chdir(folder)
    small = {"source": "small.csv", "width": "2", "beta": "0.01"}
    assert multilayer(*arguments("--steps", "5", **small)).status == 4
    (folder / "c.json").rename(folder / "old.json")
    text = (folder / "small.csv").read_text().splitlines()
    (folder / "fewer.csv").write_text("\n".join(text[:6]))
    (folder / "row.csv").write_text("\n".join([*text[:6], f"7,{text[6].partition(',')[2]}"]))
    (folder / "target.csv").write_text("\n".join([*text[:6], f"{text[6].rpartition(',')[0]},7"]))
    (folder / "broken.json").write_text("{}")
    (folder / "deep.json").write_text("[" * 100_000)
    (folder / "infinite.json").write_text('{"subnetworks": [{"first": [[Infinity]], "second": [1], "output": [1]}]}')
    resume = ["--resume", "old.json"]
    for given, message in [
        (arguments(*resume, source="small.csv", width="2", beta="0.02"), "it is about beta 1/100"),
        (arguments(*resume, source="small.csv", width="1", beta="0.01"), "it is about width 2, and --width is 1"),
        (arguments(*resume, source="small.csv", beta="0.01"), "--width is unlimited"),
        (arguments(*resume, "--loss", "huber", **small), "it is about the loss squared"),
        (
            arguments(*resume, **{**small, "source": "fewer.csv"}),
            "its table is 7 x 2, and fewer has 6 x 2",
        ),
        (arguments(*resume, **{**small, "source": "row.csv"}), "another table: row 7, column "),
        (arguments(*resume, **{**small, "source": "target.csv"}), "other targets: the target of row 7"),
        (arguments("--resume", "broken.json", **small), "broken.json: rejected"),
        (arguments("--resume", "none.json", **small), "none.json: cannot be read"),
        (arguments("--start", "none.json", **small), "none.json: cannot be read"),
        (arguments("--start", "broken.json", **small), "broken.json: this is no network"),
        (arguments("--start", "deep.json", **small), "deep.json: it is nested too deeply"),
        (arguments("--start", "infinite.json", **small), "infinite.json: Infinity is not a finite number"),
        (arguments("--start", "n.json", **small), "--network n.json is --start"),
        (arguments("--start", "broken.json", *resume, **small), "leave out --start"),
        (arguments("--time", "0", **small), "--time"),
        (arguments("--time", "inf", **small), "'--time': inf is no finite number"),
    ]:
        outcome = multilayer(*given)
        assert outcome.status == 2, (given, outcome.err)
        assert message in outcome.err, outcome.err
        assert len(outcome.err.splitlines()) == 1 or "Usage" in outcome.err
    assert not (folder / "c.json").exists()
