"""Limits of a run: at each of them it stops with status 4, keeps what it has, and goes on; odd values are refused."""

import json
import re
import shlex
import shutil

import pytest
from support import store_runs
from support.outcomes import refused
from support.store_runs import Work, check, reference

from multilayer import store
from multilayer.store.folder import part_paths

REGIONS, PAIRS = Work("resonance:5"), Work("random:8,3,0", 2)
CELLS = 500


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    store_runs.small_parts(CELLS, monkeypatch.setattr)


def given(work, *more):
    return ["enumerate", *work.arguments, "--output", "d/", *more]


def stopped(outcome, folder, work, option):
    """A run that has stopped at the limit of an option; the command that it says goes on."""
    assert outcome.status == 4, outcome
    line = outcome.err.splitlines()[-1]
    assert line.startswith(f"multilayer: stopped at {option} of ")
    found = store.open(folder)
    assert not found.complete
    assert f": {len(found):,} {work.kind} are in {len(found.parts)} part" in line
    if work.width is None:
        total = len(reference(work))
        assert f"; {total - len(found):,} of {total:,} regions are left" in line
    assert (f"raise {option} and go on with: " in line) == (option != "--time")
    return shlex.split(line.partition("go on with: ")[2])[1:]


@pytest.mark.parametrize("work", [REGIONS, PAIRS], ids=["regions", "pairs"])
@pytest.mark.parametrize(
    ("option", "low", "high"),
    [("--limit", "3000", "50000"), ("--disk", "30K", "1G"), ("--memory", "1M", "100G"), ("--time", "1e-9", "1000")],
)
def test_a_run_stops_at_its_limit_and_goes_on(multilayer, tmp_path, work, option, low, high):
    folder = tmp_path / "d"
    again = stopped(multilayer(*given(work, option, low)), folder, work, option)
    assert again[-1] == "--resume"
    before = part_paths(folder)
    assert bool(before) == (option in ("--limit", "--disk"))  # the others are reached at once
    if option == "--limit":
        assert 3000 <= len(store.open(folder)) < len(reference(work))
    once_more = stopped(multilayer(*again), folder, work, option)  # the limit as it was: nothing is added
    assert part_paths(folder) == before
    assert [word for word in once_more if word != "--resume"] == [word for word in again if word != "--resume"]
    outcome = multilayer(*(high if word == low else word for word in again))
    assert outcome.status == 0, outcome
    assert set(before) <= set(part_paths(folder))
    check(folder, work)


@pytest.mark.parametrize("work", [REGIONS, PAIRS], ids=["regions", "pairs"])
def test_many_short_runs(tmp_path, work):
    """Each with a limit a little higher: no part is lost, and what is above the limit is what one task can add."""
    folder, most, runs, before = tmp_path / "d", 0, 0, set()
    while True:
        most += 1500
        runs += 1
        found = work.fill(folder, resume=True, limits=store.Limits(cells=most))
        assert before <= set(part_paths(folder))
        before = set(part_paths(folder))
        if found.complete:
            break
        assert found.reason.startswith("--limit of ")
        assert most <= found.cells < most + 5_000
    assert runs >= 4
    check(folder, work)


def test_memory_and_disk_stop_a_run_that_has_begun(tmp_path):
    folder = tmp_path / "d"
    REGIONS.fill(folder, limits=store.Limits(cells=1))
    size = sum(path.stat().st_size for path in part_paths(folder))
    for limits, reason in [
        (store.Limits(memory=1), "--memory of 1 bytes"),
        (store.Limits(disk=size - 1), f"--disk of {size - 1:,} bytes"),
        (store.Limits(seconds=1e-9), "--time of 1e-09 s"),
    ]:
        found = REGIONS.fill(folder, resume=True, limits=limits)
        assert (found.complete, found.reason, found.parts) == (False, reason, 1)
    found = REGIONS.fill(folder, resume=True, limits=store.Limits(disk=5 * size))
    assert size < found.size <= 5 * size
    assert REGIONS.fill(folder, resume=True).complete
    check(folder, REGIONS)


@pytest.mark.parametrize("option", ["--limit", "--time", "--memory", "--disk", "--workers"])
@pytest.mark.parametrize("value", ["0", "-1", "x", "", "1e400", "5X", "nan", "-0", "1.5.2", "1 2", "\u0663"])
def test_odd_values_are_refused(multilayer, tmp_path, option, value):
    if (option, value) in {("--limit", "\u0663"), ("--workers", "\u0663"), ("--time", "\u0663")}:
        pytest.skip("Python reads digits of all scripts")
    outcome = multilayer(*given(REGIONS, option, value))
    refused(outcome, option)
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize("value", ["7", "7b", "7K", "7kb", "7M", "7MB", "7G", "7T", " 7 m "])
def test_sizes_that_are_understood(multilayer, tmp_path, value):
    outcome = multilayer(*given(Work("braid:3"), "--disk", value, "--json"))
    assert outcome.status == (2 if value == " 7 m " else 0), outcome


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--resume", "--restart"], "--resume and --restart exclude each other"),
        (["--workers", "2", "--dask", "tcp://127.0.0.1:1"], "--workers and --dask exclude each other"),
        (["--dask", "nonsense://x"], "--dask nonsense://x"),
        (["--engine", "lq"], "--engine"),
    ],
)
def test_options_that_do_not_go_together(multilayer, tmp_path, more, words):
    pytest.importorskip("distributed")
    refused(multilayer(*given(REGIONS, *more)), words)


@pytest.mark.parametrize("option", ["--resume", "--restart", "--workers 2", "--time 5", "--memory 1G", "--disk 1G"])
def test_options_of_folders_are_refused_for_files(multilayer, tmp_path, option):
    outcome = multilayer("enumerate", "braid:3", "--output", "x.csv", *option.split())
    refused(outcome, option.split()[0], "is for a folder")


def test_parts_ask_for_resume_or_restart(multilayer, tmp_path):
    assert multilayer(*given(REGIONS, "--limit", "2000")).status == 4
    folder = tmp_path / "d"
    before = {path.name: path.read_bytes() for path in part_paths(folder)}
    refused(multilayer(*given(REGIONS)), "has ", "of this run already", "--resume", "--restart")
    assert {path.name: path.read_bytes() for path in part_paths(folder)} == before
    assert multilayer(*given(REGIONS, "--resume")).status == 0
    assert before.items() <= {path.name: path.read_bytes() for path in part_paths(folder)}.items()
    check(folder, REGIONS)
    outcome = multilayer(*given(REGIONS, "--resume", "--json"))  # nothing is left to do
    assert (outcome.status, json.loads(outcome.out)["complete"]) == (0, True)


@pytest.mark.parametrize(
    ("more", "differs"),
    [
        (["resonance:4"], "the table"),
        (["resonance:5", "--engine", "lp"], "engine: 'rays' there, 'lp' here"),
        (["resonance:5", "--decimals", "0", "--affine"], "the table"),
        (["random:6,3,0", "--layer", "2"], "kind: 'regions' there, 'pairs' here"),
    ],
)
def test_another_run_is_refused_by_name(multilayer, tmp_path, more, differs):
    assert multilayer(*given(REGIONS, "--limit", "2000")).status == 4
    folder = tmp_path / "d"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for option in ([], ["--resume"]):
        outcome = multilayer("enumerate", *more, "--output", "d/", *option)
        assert outcome.status == 2, outcome
        assert re.search(f"d belongs to another run: .*{differs}.*--restart", outcome.err.splitlines()[-1])
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_another_width_is_refused(multilayer, tmp_path):
    assert multilayer("enumerate", "random:5,2,0", "--layer", "2", "--width", "1", "--output", "d/").status == 0
    outcome = multilayer("enumerate", "random:5,2,0", "--layer", "2", "--width", "2", "--output", "d/", "--resume")
    refused(outcome, "belongs to another run", "width: 1 there, 2 here")


def test_another_version_of_the_program_is_refused(tmp_path, monkeypatch):
    from arrangements.errors import InputError
    from multilayer.store import listing

    REGIONS.fill(tmp_path / "d", limits=store.Limits(cells=1))
    monkeypatch.setattr(listing, "__version__", "99.0")
    with pytest.raises(InputError, match=r"software: 'multilayer-arrangements .*' there, .*99.0' here"):
        REGIONS.fill(tmp_path / "d", resume=True)


def test_restart_deletes_parts_and_leaves_other_files(multilayer, tmp_path):
    folder = tmp_path / "d"
    assert multilayer("enumerate", "braid:5", "--output", "d/").status == 0
    theirs = {
        "notes.txt": b"mine",
        "part-0001.snappy.parquet": b"of another program",
        "table.parquet": b"x",
        "_SUCCESS": b"",
        ".hidden": b"y",
    }
    for name, content in theirs.items():
        (folder / name).write_bytes(content)
    (folder / "_refused-part-00000000000000000000.parquet").write_bytes(b"")
    (folder / "sub").mkdir()
    (old,) = (path for path in part_paths(folder) if path.name not in theirs)
    shutil.copy(old, folder / "part-copy.parquet")
    outcome = multilayer(*given(REGIONS, "--restart"))
    assert outcome.status == 0, outcome
    found = {path.name.removeprefix("_refused-"): path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert theirs.items() <= found.items()
    assert (folder / "sub").is_dir()
    assert not old.exists()
    assert not (folder / "_refused-part-00000000000000000000.parquet").exists()
    check(folder, REGIONS, refused=2)  # what only looks like a part is not read as one
