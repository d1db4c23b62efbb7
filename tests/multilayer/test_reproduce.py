"""The command reproduce as a user calls it: four files in a folder, replaced only where they are its own."""

import csv
import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from support.outcomes import refused

from convex.heuristics.gradient_steps import Descent
from multilayer.reproduce import figure2, figure4, figure5
from multilayer.reproduce.experiment import EXPERIMENTS, Request, run, versions
from multilayer.reproduce.outputs import check_outputs
from multilayer.reproduce.teacher import teacher_data

pytest.importorskip("matplotlib")
TINY = {
    "figure2": (
        figure2,
        figure2.Settings(12, 3, 2, (1, 4), descent=Descent("adam", 0.05, 20), planes=2, ticks=7),
    ),
    "figure4": (
        figure4,
        figure4.Settings(
            subnetworks=(1, 3), starts=2, shown=2, tables=2, descent=Descent("sgd", 0.2, 60, None, True)
        ),
    ),
    "figure5": (
        figure5,
        figure5.Settings(
            most=60, width=2, subnetworks=3, looks=2,
            network=(Descent("sgd", 0.5, 20, 20),), gated=(Descent("adam", 0.01, 20, 20),),
        ),
    ),
}  # fmt: skip
KEYS = [
    "experiment", "quick", "seed", "settings", "left_open", "versions", "findings", "summary", "files", "seconds",
]  # fmt: skip


@pytest.fixture(params=TINY)
def tiny(request, monkeypatch):
    """The name of an experiment whose --quick is smaller still."""
    if request.param == "figure5":
        pytest.importorskip("sklearn")
    module, settings = TINY[request.param]
    monkeypatch.setattr(module, "QUICK", settings)
    return request.param


def test_files_and_json(multilayer, tmp_path, tiny):
    outcome = multilayer("reproduce", tiny, "--quick", "--json", "--seed", 3)
    assert outcome.status == 0, outcome
    assert outcome.out.count("\n") == 1
    report = json.loads(outcome.out)
    assert list(report) == KEYS
    assert (report["experiment"], report["quick"], report["seed"]) == (tiny, True, 3)
    assert report == json.loads((tmp_path / tiny / f"{tiny}.json").read_text())
    assert sorted(os.listdir(tmp_path / tiny)) == sorted(f"{tiny}.{kind}" for kind in ("json", "csv", "svg", "png"))
    assert (tmp_path / tiny / f"{tiny}.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / tiny / f"{tiny}.svg").read_bytes()
    with (tmp_path / tiny / f"{tiny}.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 4
    assert all(None not in row and None not in row.values() for row in rows)
    assert report["versions"]["numpy"] == np.__version__
    assert report["left_open"]


def test_the_same_seed_gives_the_same_numbers(tiny):
    def columns(seed):
        return [{k: v for k, v in row.items() if k != "seconds"} for row in run(tiny, Request(True, seed)).table]

    assert columns(0) == columns(0) != columns(1)


def test_a_second_run_replaces_its_files_and_leaves_others_alone(multilayer, tmp_path, monkeypatch):
    monkeypatch.setattr(figure2, "QUICK", TINY["figure2"][1])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "figure.csv").write_text("mine")
    for _ in range(2):
        outcome = multilayer("reproduce", "figure2", "--quick", "--output", "out")
        assert outcome.status == 0, outcome
        *_, last = outcome.out.splitlines()
        assert last.startswith(f"files: {Path('out', 'figure2')}.json, ")
    assert len(os.listdir(tmp_path / "out")) == 5
    assert (tmp_path / "out" / "figure.csv").read_text() == "mine"


@pytest.mark.parametrize("kind", ["json", "csv", "svg", "png"])
def test_other_files_are_not_replaced(multilayer, tmp_path, kind):
    path = tmp_path / "figure4" / f"figure4.{kind}"
    path.parent.mkdir()
    path.write_text('{"experiment": "figure2"}')
    refused(multilayer("reproduce", "figure4", "--quick"), f"figure4.{kind} is there, and was not written by")
    assert path.read_text() == '{"experiment": "figure2"}'
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("no/such/folder", "there is no folder no/such"),
        ("file", "file: is a file; --output names a folder"),
        ("taken", "figure2.png: cannot be written: it is a folder"),
    ],
)
def test_places_that_cannot_be(multilayer, tmp_path, output, words):
    (tmp_path / "file").write_text("")
    (tmp_path / "taken" / "figure2.png").mkdir(parents=True)
    refused(multilayer("reproduce", "figure2", "--quick", "--output", output), words)


@pytest.mark.parametrize("arguments", [["figure3"], ["figure2", "--seed", "-1"], ["figure2", "more"]])
def test_usage(multilayer, arguments):
    outcome = multilayer("reproduce", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1


def test_help_lists_the_experiments(multilayer):
    out = multilayer("reproduce", "--help").out
    assert all(name in out for name in EXPERIMENTS)


@pytest.mark.parametrize(("module", "words"), [("matplotlib", "[plot]"), ("sklearn.datasets", "[sklearn]")])
def test_a_missing_package_is_named(multilayer, monkeypatch, tmp_path, module, words):
    monkeypatch.setitem(sys.modules, module, None)
    refused(multilayer("reproduce", "figure5", "--quick"), words)
    assert os.listdir(tmp_path) == []


def test_a_closed_folder(tmp_path, monkeypatch):
    from arrangements.errors import InputError

    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(InputError, match="no permission"):
        check_outputs(tmp_path / "new", "figure2")
    with pytest.raises(InputError, match="no permission"):
        check_outputs(tmp_path, "figure2")


def test_versions():
    assert versions(["numpy", "no-such-package"])["no-such-package"] is None


# ------------------------------------------------------------------------------------------------------- what is found


def test_labels_are_those_of_a_network():
    x, y = teacher_data(np.random.default_rng(5), 6, 2, 3, 4)
    rng = np.random.default_rng(5)
    assert (x == rng.standard_normal((6, 2))).all()
    first, second, output = (rng.standard_normal(shape) for shape in ((4, 3, 2), (4, 3), 4))
    plain = [
        sum(
            output[k] * max(sum(second[k, j] * max(first[k, j] @ row, 0) for j in range(3)), 0) for k in range(4)
        )
        for row in x
    ]  # fmt: skip
    assert y[:, 0] == pytest.approx(plain)


def test_ends_are_never_below_the_certified_optimum():
    settings = TINY["figure4"][1]
    best = figure4.optimum(settings, 1)
    assert best.solution.status == "optimal"
    assert best.solution.network.objective(best.problem) == best.solution.upper
    found = figure4.ends(settings, best, 1, 3)
    least = float(best.solution.lower / best.solution.upper)
    assert len(found.reached) == len(found.polished) == 2
    assert (found.polished >= least - 1e-9).all()
    assert (found.reached >= found.polished - 1e-9).all()
    shown = figure4.curves(settings, best, 1, 3)
    assert shown.objectives.shape == (len(shown.seconds), settings.shown)
    assert sorted(shown.seconds) == shown.seconds


def test_shares_are_counted():
    ends = [figure4.Ends(k, 2, np.array([1.0005, 1.005, 2.0]), np.array([1.0, 1.0, 1.5])) for k in range(2)]
    (row,) = figure4.summary(ends, (1e-3, 1e-2))
    assert (row["K"], row["starts"]) == (2, 6)
    assert [row["within 0.001"], row["within 0.01"]] == pytest.approx([1 / 3, 2 / 3])
    assert row["within 0.001 after BFGS"] == pytest.approx(2 / 3)
    assert (row["median / P*"], row["largest after BFGS / P*"]) == pytest.approx((1.005, 1.5))


def test_digits_are_split_once():
    pytest.importorskip("sklearn")
    data = figure5.digits_data(figure5.Settings(), 0)
    assert (len(data.train), len(data.test)) == (1348, 449)
    assert set(data.train) | set(data.test) == set(range(1797))
    assert (data.targets.argmax(axis=1) == data.classes).all()
    assert data.x.max() == 1


def test_progress_and_notes_are_told(monkeypatch):
    from contextlib import contextmanager

    seen = []

    @contextmanager
    def progress(total, label):
        seen.append((total, label))
        yield lambda done: seen.append(done)

    monkeypatch.setattr(figure4, "QUICK", TINY["figure4"][1])
    run("figure4", Request(quick=True, progress=progress))
    assert seen == [(4, "trainings of Figure 4"), 1, 2, 3, 4]


@pytest.mark.parametrize("name", TINY)
def test_quick_runs(multilayer, name):
    if name == "figure5":
        pytest.importorskip("sklearn")
    outcome = multilayer("reproduce", name, "--quick", "--json")
    assert outcome.status == 0, outcome
    assert json.loads(outcome.out)["seconds"] < 60
