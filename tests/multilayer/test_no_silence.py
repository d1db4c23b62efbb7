"""No hang without a word: an answer, or status 4 with what is known; what takes long says how far it is."""

import json
import re
import subprocess
import sys
from fractions import Fraction
from itertools import accumulate
from math import comb, log2
from pathlib import Path
from time import monotonic

import numpy as np
import pytest

from arrangements import Arrangement, FirstLayer, LimitError, family
from arrangements.exact.binomials import binomial_at_least, binomial_up_to
from arrangements.first_layer.region_search import RegionSearch
from arrangements.rays import ray_search
from arrangements.second_layer.engines import TUPLE_ENGINES
from multilayer.cli.entry import long_integers
from multilayer.cli.progress import Meter, Reporter
from multilayer.large_integers import BITS
from multilayer.pipeline.bounds import first_layer_bounds, second_layer_bounds
from multilayer.pipeline.progress import tracked
from theory import cover, eq13_closed, eq14_closed, eq14_product, joint, joint_unordered, region_number
from theory.bound_sizes import bound_sizes

TABLES = {
    "unit.csv": np.eye(60, dtype=int),
    "independent.csv": np.rint(1000 * np.random.default_rng(0).standard_normal((60, 60))).astype(int),
    "many.csv": np.rint(1000 * np.random.default_rng(0).standard_normal((100, 9))).astype(int),
    "small.csv": np.random.default_rng(0).integers(-2, 3, (100, 9)),
}
LIMITED = [  # arguments, what standard error says, at most how many seconds of work
    ("count moment:100,100", r"at least about 1\.2e30\); too many to list", 3),
    ("count unit.csv", r"at least about 1\.1e18", 3),
    ("count independent.csv", r"at least about 1\.1e18", 3),
    ("count many.csv", r"more than 50,000,000 regions, the limit \(at least [\d,]+\)", 10),
    ("count small.csv", r"more than 50,000,000 regions, the limit \(at least [\d,]+\)", 10),
    ("count random:300,3000,0", "at least about", 15),
    ("count random:1000,700,0", "at least", 15),
    ("count braid:9 --layer 2", r"more than 50,000,000 tuples of width 2, the limit \(at least 263,", 3),
    ("count braid:6 --layer 2 --width 700", "at least about", 3),
    ("enumerate unit.csv --output o.npz", "at least about", 3),
    ("invariants many.csv", r"at least [\d,]+", 3),
    ("invariants random:10000,2,0", "19,830 regions and 10,000 rows", 3),
    ("growth --rank 300 --width 2 --rows 1000", "far more tuples", 3),
    ("growth --rank 9 --width 500 --rows 100", "far more tuples", 3),
    ("bounds --rows 1000000000 --rank 30000 --width 30000", r"at most 2\^\d+, and all masks are 2\^1000000000", 3),
]
ANSWERED = [
    "bounds --rows 1000000000 --rank 3 --width 2",
    "bounds --rows 1000000000 --rank 300 --width 2",
    f"bounds --rows {10**40} --rank 3 --width 2",
    "bounds --rows 1000000000000 --rank 1 --width 400",
    "bounds --rows 1000 --rank 1 --width 1000",
    "bounds --rows 1000 --rank 1000 --width 1",
    "count braid:4 --layer 2 --width 1000000",
]


def run(folder, *arguments):
    """The command in a process of its own, with the CPU seconds and the memory that it took.

    The peak is read from /proc: `ru_maxrss` of a new process begins with that of the process which started it.
    """
    if not Path("/proc/self/status").exists():
        pytest.skip("the peak of a process's memory is read from /proc")
    code = "import re, sys, time; from multilayer.__main__ import run\n"
    code += "try:\n    run()\nfinally:\n    status = open('/proc/self/status').read()\n"
    code += "    peak = re.search(r'VmHWM:\\s+(\\d+) kB', status)[1]\n"
    code += "    print(time.process_time(), peak, file=sys.stderr)\n"
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    *said, used = done.stderr.splitlines()
    seconds, kilobytes = used.split()
    return done.returncode, done.stdout, said, float(seconds), int(kilobytes)


@pytest.fixture
def tables(tmp_path):
    for name, table in TABLES.items():
        np.savetxt(tmp_path / name, table, fmt="%d", delimiter=",")
    return tmp_path


@pytest.mark.parametrize(("arguments", "known", "seconds"), LIMITED, ids=[each[0] for each in LIMITED])
def test_a_limit_says_what_is_known(multilayer, tables, arguments, known, seconds):
    outcome = multilayer(*arguments.split())
    assert (outcome.status, outcome.out) == (4, ""), outcome
    assert re.search(known, outcome.err.splitlines()[-1]), outcome.err


@pytest.mark.parametrize("arguments", ANSWERED)
def test_huge_sizes_have_an_answer(multilayer, arguments):
    outcome = multilayer(*arguments.split(), "--json")
    assert outcome.status == 0, outcome
    with long_integers():
        bounds = json.loads(outcome.out)["bounds"]
    for name in ("eq14_product", "joint", "joint_unordered", "two_to_n"):
        assert (bounds[name] is None) == (f"{name}_log2" in bounds)
        assert bounds[name] is None or bounds[name].bit_length() <= BITS
    assert multilayer(*arguments.split()).status == 0


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "known", "seconds"), LIMITED, ids=[each[0] for each in LIMITED])
def test_a_limit_is_known_within_seconds_and_little_memory(tables, arguments, known, seconds):
    status, out, said, used, kilobytes = run(tables, *arguments.split())
    assert (status, out) == (4, "")
    assert re.search(known, said[-1])
    assert used < seconds
    assert kilobytes < 500_000


@pytest.mark.slow
@pytest.mark.parametrize("arguments", ANSWERED)
def test_huge_sizes_have_an_answer_within_seconds_and_little_memory(tmp_path, arguments):
    status, out, _, used, kilobytes = run(tmp_path, *arguments.split())
    assert status == 0
    assert used < 6
    assert kilobytes < 500_000
    if "1000000000 " in arguments:
        assert "2^1000000000\n" in out


def test_progress_of_a_process(tmp_path):
    """A long exact count, off a terminal: the first word after two seconds of work."""
    command = [sys.executable, "-m", "multilayer", "count", "resonance:7", "--limit", str(10**9)]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        said = process.stderr.readline()
        process.terminate()
        out, rest = process.communicate(timeout=60)
    assert re.fullmatch(r"multilayer: regions counted without listing them, [\d,]+ so far\n", said)
    assert rest == "multilayer: ended by SIGTERM\n"
    assert (process.returncode, out) == (143, "")


def test_a_meter_says_how_far_it_is():
    meter = Meter(50_000_000, "regions")
    meter(12_500_000)
    assert meter.text(13.4) == "12,500,000 of 50,000,000 regions (25 %), about 40 s left"
    assert Meter(10, "tuples").text(5) == "0 of 10 tuples (0 %)"
    assert Meter(None, "faces").text(5) == "faces, for 5 s so far"
    done = Meter(3, "tuples")
    done(3)
    assert done.text(5) == "3 of 3 tuples (100 %)"


def test_words_come_at_intervals_that_double(monkeypatch, capsys):
    """With a clock that is a thousand times faster."""
    monkeypatch.setattr("multilayer.cli.progress._FIRST", 0.0)
    monkeypatch.setattr("multilayer.cli.progress._GAP", 0.01)
    monkeypatch.setattr("multilayer.cli.progress._LOOK", 0.001)
    reporter = Reporter()
    with reporter.reporting(), reporter.meter(100, "regions") as seen:
        seen(40)
        end = monotonic() + 0.5
        while monotonic() < end:
            pass
    said = capsys.readouterr().err.splitlines()
    assert 3 <= len(said) <= 7  # after 0, 10, 30, 70, 150, 310 ms
    assert all(line.startswith("multilayer: 40 of 100 regions (40 %), about ") for line in said)


def test_the_innermost_meter_and_the_last_note_are_shown():
    reporter = Reporter()
    assert reporter._text(0, 7) == "at work, for 7 s so far"
    reporter.note("round 3")
    assert reporter._text(0, 7) == "round 3, for 7 s so far"
    with reporter.meter(None, "outer"):
        with reporter.meter(None, "inner") as seen:
            seen(4)
            assert reporter._text(0, 7) == "inner, 4 so far"
        assert reporter._text(0, 7).startswith("outer")


def collected():
    told = []

    class Shown:
        def __init__(self, total, label):
            self.told = (total, label)

        def __enter__(self):
            return lambda done: told.append((*self.told, done))

        def __exit__(self, *error):
            return None

    return told, Shown


def test_tracked_counts_sizes():
    told, progress = collected()
    assert list(tracked([2, 3], 5, "regions", progress, int)) == [2, 3]
    assert told == [(5, "regions", 2), (5, "regions", 5)]


@pytest.mark.parametrize("engine", ["rays", "lp"])
@pytest.mark.parametrize("name", ["resonance:4", "shi:3", "braid:1"])
def test_counts_come_in_parts(monkeypatch, engine, name):
    monkeypatch.setattr(ray_search, "_SLICE", 7)
    parts = list(RegionSearch(family(name), engine=engine).counts())
    assert sum(parts) == region_number(family(name)) if name != "braid:1" else parts == [1]
    if name == "resonance:4":
        assert len(parts) > 10


@pytest.mark.parametrize("budget", [3, 20, 1000])
def test_parts_of_a_count_keep_to_the_budget(monkeypatch, budget):
    monkeypatch.setattr(ray_search, "_SLICE", 4)
    search = RegionSearch(family("resonance:4"), engine="rays")
    some = search.count(budget)
    assert some + RegionSearch(family("resonance:4"), engine="rays", frontier=search.frontier).count() == 370
    assert (some < 370) == (budget < 100)


@pytest.mark.parametrize("engine", ["rays", "lp"])
@pytest.mark.parametrize("name", ["resonance:3", "shi:3", "braid:1", "moment:1,1"])
def test_blocks_are_the_cells(engine, name):
    arrangement = family(name)
    cells = [(cell.signs, cell.witness) for cell in RegionSearch(arrangement, engine=engine).cells()]
    found = [
        (tuple(s), tuple(w))
        for block in RegionSearch(arrangement, engine=engine).blocks()
        for s, w in zip(block.signs.tolist(), block.witnesses.tolist(), strict=True)
    ]
    assert found == cells


@pytest.mark.parametrize("engine", ["rays", "lp"])
def test_tuples_are_told(engine):
    told = []
    layer = FirstLayer.of(family("random:6,2,0"))
    counts = TUPLE_ENGINES[engine].counts(layer, 2, None, told.append)
    assert told == sorted(told)
    assert 0 < told[-1] <= counts.tuples


def test_limit_errors_carry_what_is_known():
    assert LimitError("more").at_least is None
    for name in ("resonance:5", "shi:4", "moment:12,6"):
        arrangement = family(name)
        regions = region_number(arrangement)
        for limit in (1, 50, regions - 1):
            with pytest.raises(LimitError) as error:
                region_number(arrangement, limit=limit)
            assert limit < error.value.at_least <= regions
        assert region_number(arrangement, limit=regions) == regions


def test_an_exact_count_says_how_far_it_is():
    told = []
    assert region_number(family("resonance:5"), seen=told.append) == 11292
    assert told == sorted(told)
    assert 0 < told[-1] <= 11292


@pytest.mark.parametrize("width", range(1, 5))
@pytest.mark.parametrize(("rows", "rank"), [(n, r) for n in (1, 2, 3, 7, 40) for r in range(1, min(n, 5) + 1)])
def test_sizes_are_above_the_bounds(rows, rank, width):
    size = bound_sizes(rows, rank, width)
    exact = {"cover": cover(rows, rank), "joint": joint(rows, rank, width), "two_to_n": 2**rows}
    exact |= {"eq14_product": eq14_product(rows, rank, width), "joint_unordered": joint_unordered(rows, rank, width)}
    for name, value in exact.items():
        assert value <= Fraction(2) ** size[name].log2
        assert value.bit_length() <= size[name].bits + 1
    for name, value in (("eq13_closed", eq13_closed(rows, rank)), ("eq14_closed", eq14_closed(rows, rank, width))):
        assert value <= Fraction(2) ** size[name].log2
        parts = value.coefficient.as_integer_ratio()
        assert max(map(int.bit_length, parts)) <= size[name].bits + 1


def test_bounds_that_are_too_long_are_null():
    found = second_layer_bounds(10**9, 3, 2)
    assert (found["two_to_n"], found["two_to_n_log2"]) == (None, 10**9)
    assert "joint_log2" not in found
    assert first_layer_bounds(10**9, 400_000)["cover"] is None
    assert second_layer_bounds(6, 3, 10**6)["eq14_closed_floor"] is None


@pytest.mark.parametrize("n", [0, 1, 2, 9, 30])
def test_binomials_up_to_a_limit(n):
    for k in range(n + 1):
        exact = comb(n, k)
        for limit in (0, 1, exact - 1, exact, exact + 1, 10**9):
            assert binomial_up_to(n, k, limit) == (exact if exact <= limit else None)
        assert binomial_at_least(n, k) == exact
        assert binomial_at_least(n, k, bits=1) <= exact


def test_binomials_of_huge_numbers():
    assert binomial_up_to(10**12, 10**11, 10**30) is None
    assert log2(binomial_at_least(10**6, 10**5)) > 10**5 * log2(9)


def test_ranks_modulo_a_prime_decide_only_what_they_prove():
    from arrangements.exact.linear_algebra import independent_columns, rank

    p = 2**61 - 1
    for rows in ([[p, 0], [0, 1]], [[1, 1], [1, 1 + p]], [[p, 1, 0], [0, 1, 1]], [[p], [p]], [[0, p, 1], [0, 1, 0]]):
        flat = Arrangement.from_table(rows)
        assert rank(rows, len(rows[0])) == 2 - (len(rows[0]) == 1) == flat.rank
    assert independent_columns([[p, 1], [0, 1]], 2) == (0, 1)
    assert independent_columns([[p, 1, 0]], 3) == (0,)
    assert list(accumulate(independent_columns([[0, p, 1, 0], [0, p, 0, 1]], 4)))[-1] == 3
