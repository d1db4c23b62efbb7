"""depth and growth that are ended by a signal or a limit: what is finished is printed, what is missing is named."""

import json
import signal

import pytest

from arrangements import LimitError
from multilayer.pipeline import depth, growth
from theory import measure_growth
from theory.growth_measurements import iter_growth


@pytest.fixture(autouse=True)
def signals_that_are_not_ignored():
    """A shell's background job ignores SIGINT, and one under nohup SIGHUP; so would the tests."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in ENDINGS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


ENDINGS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
DEPTH = ["depth", "xor", "galileo", "teacher", "--betas", "1,0.1", "--widths", "1,2"]
GROWTH = ["growth", "--rank", "2", "--width", "2", "--rows", "4:12:2"]


@pytest.fixture
def ended_after(monkeypatch):
    """Send a signal when so many parts of a depth table are finished, in the middle of the next one."""

    def prepare(parts, ending):
        solve, calls = depth.depth_table, []

        def solved(*arguments, **options):
            calls.append(arguments)
            if len(calls) > parts:
                signal.raise_signal(ending)
            return solve(*arguments, **options)

        monkeypatch.setattr(depth, "depth_table", solved)

    return prepare


@pytest.mark.parametrize("ending", ENDINGS)
def test_depth_prints_what_is_solved(multilayer, ended_after, ending):
    whole = json.loads(multilayer(*DEPTH, "--json").out)
    assert (whole["complete"], whole["missing"]) == (True, None)
    ended_after(3, ending)
    outcome = multilayer(*DEPTH, "--json")
    part = json.loads(outcome.out)
    name = signal.Signals(ending).name
    missing = f"ended by {name}; missing: galileo at beta 0.1; teacher at beta 1, 0.1"
    assert outcome.status == 4
    assert outcome.err.splitlines()[-1] == f"multilayer: {missing}"
    assert (part["complete"], part["missing"]) == (False, missing)
    assert part["tables"][0] == whole["tables"][0]
    assert part["tables"][1]["optima"] == whole["tables"][1]["optima"][:1]
    assert len(part["tables"]) == 2


def test_depth_for_people_and_with_a_figure(multilayer, ended_after, tmp_path):
    ended_after(1, signal.SIGTERM)
    outcome = multilayer(*DEPTH, "--figure", "f.svg")
    assert outcome.status == 4
    assert outcome.out.startswith("xor: 4 rows")
    assert "galileo" not in outcome.out
    assert (tmp_path / "f.svg").exists()


def test_a_signal_before_anything_is_solved(multilayer, ended_after):
    ended_after(0, signal.SIGTERM)
    outcome = multilayer(*DEPTH)
    assert (outcome.status, outcome.out) == (143, "")
    assert outcome.err.splitlines()[-1] == "multilayer: ended by SIGTERM"


def test_depth_keeps_tables_before_one_that_is_too_large(multilayer, tmp_path):
    rows = [f"{i},{i * i},{i**3},{i**4},{i % 3}" for i in range(1, 60)]
    (tmp_path / "big.csv").write_text("\n".join(["a,b,c,d,y", *rows]))
    outcome = multilayer("depth", "xor", "big.csv", "--betas", "1", "--widths", "1,2")
    assert (outcome.status, outcome.out.startswith("xor: 4 rows")) == (4, True)
    assert outcome.err.splitlines()[-1].endswith("missing: big at beta 1")


def test_growth_prints_what_is_within_the_limit(multilayer):
    whole = json.loads(multilayer(*GROWTH, "--json").out)
    limit = whole["tables"][2]["tuples"] + 100
    outcome = multilayer(*GROWTH, "--json", "--limit", limit)
    part = json.loads(outcome.out)
    assert outcome.status == 4
    assert 0 < len(part["tables"]) < len(whole["tables"])
    assert part["tables"] == whole["tables"][: len(part["tables"])]
    assert not part["complete"]
    assert outcome.err.startswith("multilayer: 10 rows of rank 2 have up to ")
    assert outcome.err.endswith("missing: rows 10, 12\n")


@pytest.mark.parametrize("ending", ENDINGS)
def test_growth_prints_what_is_counted(multilayer, monkeypatch, ending):
    def counted(*arguments, **options):
        yield from measure_growth(2, 2, [4, 6])
        signal.raise_signal(ending)
        yield from measure_growth(2, 2, [8])

    monkeypatch.setattr(growth, "iter_growth", counted)
    outcome = multilayer(*GROWTH)
    assert outcome.status == 4
    assert outcome.out.splitlines()[3].split()[0] == "6"
    assert outcome.err == f"multilayer: ended by {signal.Signals(ending).name}; missing: rows 8, 10, 12\n"


def test_sizes_one_by_one_are_those_of_all_at_once():
    assert list(iter_growth(2, 2, [8, 4, 6, 4])) == measure_growth(2, 2, [4, 6, 8])
    found = iter_growth(2, 2, [4, 20], limit=200)
    assert next(found).rows == 4
    with pytest.raises(LimitError):
        next(found)
