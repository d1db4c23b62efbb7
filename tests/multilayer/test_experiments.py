"""The commands growth and depth as a user calls them: tables, JSON, figures, and nothing half-written."""

import json
import os
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from support.outcomes import refused

from multilayer.cli import main
from multilayer.pipeline.growth import read_rows

GROWTH = ["growth", "--rank", "2", "--width", "2", "--rows", "4:8:2"]
DEPTH = ["depth", "teacher", "--betas", "1,0.1", "--widths", "1,2,unlimited"]
STARTS = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}


def test_growth_json(multilayer):
    outcome = multilayer(*GROWTH, "--json")
    report = json.loads(outcome.out)
    assert (report["rank"], report["width"], report["seed"], report["figure"]) == (2, 2, 0, None)
    assert [(row["rows"], row["pairs"], row["masks"]) for row in report["tables"]][-1] == (8, 1056, 58)
    assert report["proven"] == {"regions": 1, "tuples": 2, "pairs": 3, "masks": 2}
    assert 2 < report["fitted"]["pairs"] < 3
    assert all(type(value) is int for row in report["tables"] for value in row.values())


def test_growth_table(multilayer):
    lines = multilayer(*GROWTH).out.splitlines()
    assert ["8", "16", "496", "1,056", "4,336", "58", "256", "131,072"] in [line.split() for line in lines]
    assert any(line.split()[0] == "pairs" and line.endswith("<= 3") for line in lines if line)


def test_growth_of_one_size_has_no_slope(multilayer):
    outcome = multilayer("growth", "--rank", "1", "--width", "1", "--rows", "2000")
    assert outcome.status == 0, outcome
    assert "2000" in outcome.out.replace(",", "")
    assert json.loads(multilayer("growth", "--rank=1", "--width=1", "--rows=3", "--json").out)["fitted"] is None


@pytest.mark.parametrize("suffix", STARTS)
@pytest.mark.parametrize("command", [GROWTH, ["growth", "--rank=1", "--width=1", "--rows=1"], DEPTH])
def test_figures(multilayer, tmp_path, command, suffix):
    pytest.importorskip("matplotlib")
    names = [f"{k}{suffix}" for k in range(2)]
    for name in names:
        outcome = multilayer(*command, "--figure", name)
        assert (outcome.status, outcome.err) == (0, "")
        assert f"figure: {name}" in outcome.out
    first, second = ((tmp_path / name).read_bytes() for name in names)
    assert first.startswith(STARTS[suffix])
    assert len(first) > 5_000
    assert first == second
    assert sorted(os.listdir(tmp_path)) == names


def test_a_figure_of_several_tables(multilayer, tmp_path):
    pytest.importorskip("matplotlib")
    outcome = multilayer("depth", "xor", "galileo", "teacher", "--betas", "1", "--widths", "2", "--figure", "f.png")
    assert outcome.status == 0, outcome
    assert (tmp_path / "f.png").stat().st_size > 5_000


def test_depth_json(multilayer):
    report = json.loads(multilayer(*DEPTH, "--json").out)
    (table,) = report["tables"]
    assert (table["source"], table["rows"], table["columns"], table["target"]) == ("teacher", 8, 2, ["label"])
    assert [row["beta"] for row in table["optima"]] == ["1", "0.1"]
    for row, helps in zip(table["optima"], (False, True), strict=True):
        one, two, free = row["widths"]
        assert [entry["width"] for entry in row["widths"]] == [1, 2, "unlimited"]
        assert one["lower_exact"] == row["two_layer"]["lower_exact"]
        assert (one["helps"], two["helps"], free["helps"]) == (False, helps, helps)
        assert Fraction(free["lower_exact"]) <= Fraction(two["upper_exact"]) <= Fraction(one["upper_exact"])
        assert two["saving"] == pytest.approx([1 - two["upper"] / one["lower"]] * 2, abs=1e-6)
    assert report["limited"] is False


def test_depth_table(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("y,a\n1,1\n0,-1\n")
    outcome = multilayer("depth", "t.csv", "xor", "--target", "1", "--bias", "--betas", "0.1", "--widths", "2")
    assert outcome.status == 0, outcome
    assert "t: 2 rows of 2, target y, squared loss" in outcome.out
    assert "xor: 4 rows of 4, target a, squared loss" in outcome.out
    assert "0.00 no" in outcome.out


def test_depth_at_its_limit(multilayer):
    outcome = multilayer("depth", "random-labels", "--betas", "0.01", "--widths", "2", "--steps", "1")
    assert outcome.status == 4
    assert "?" in outcome.out.splitlines()[2]


def test_a_file_comes_before_a_bundled_table(multilayer, tmp_path):
    (tmp_path / "xor").write_text("1,2\n")
    refused(multilayer("depth", "xor"), "xor: not a .csv")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rows", "1:3"], "rank 2 exceeds the number of rows 1"),
        (["--rows", "8:4"], "8:4"),
        (["--rows", "4-8"], "4-8"),
        (["--rows", "4:8:0"], "4:8:0"),
        (["--rows", ""], "--rows"),
        (["--rows", "1:5000"], "at most 1000"),
        (["--rows", "4:8", "--seed", "-1"], "-1"),
        (["--rows", "4:8", "--width", "9"], "width 9"),
        (["--rows", "4:8", "--rank", "0"], "rank"),
        (["--rows", "4:8", "--figure", "f.jpg"], "f.jpg: write the figure to a .svg, .png or .pdf file"),
        (["--rows", "4:8", "--figure", "none/f.svg"], "there is no folder none"),
    ],
)
def test_growth_refuses(multilayer, tmp_path, monkeypatch, arguments, words):
    monkeypatch.setattr("theory.growth_measurements.count_second_layer", None)
    refused(multilayer("growth", "--rank", "2", "--width", "2", *arguments), words)
    assert os.listdir(tmp_path) == []


def test_growth_above_its_limit(multilayer, tmp_path):
    command = [*GROWTH, "--limit", "100", "--figure", "f.svg"]
    pytest.importorskip("matplotlib")
    refused(multilayer(*command), "120 tuples of width 2", "take fewer rows, or raise the limit", status=4)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "nothing"),
        (["braid:3", "--target", "9"], "9"),
        (["shi:3"], "shi:3"),
        (["xor", "--betas", "0"], "0"),
        (["xor", "--betas", "1,,2"], "beta"),
        (["xor", "--betas", "1,x"], "'x'"),
        (["xor", "--widths", "0"], "'0'"),
        (["xor", "--widths", "2,many"], "'many'"),
        (["xor", "--loss", "cubic"], "cubic"),
        (["xor", "--figure", "f"], "f: write the figure"),
        (["xor", "missing.csv"], "missing.csv"),
    ],
)
def test_depth_refuses(multilayer, tmp_path, monkeypatch, arguments, words):
    monkeypatch.setattr("convex.solving.depth_gain.solve_outputs", None)
    refused(multilayer("depth", *arguments), words)
    assert os.listdir(tmp_path) == []


def test_without_matplotlib(multilayer, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setattr("theory.growth_measurements.count_second_layer", None)
    refused(multilayer(*GROWTH, "--figure", "f.svg"), 'pip install ".[plot]" in a clone of the project')
    assert os.listdir(tmp_path) == []


def test_a_failed_figure_leaves_nothing(multilayer, tmp_path, monkeypatch):
    figure = pytest.importorskip("matplotlib.figure")
    (tmp_path / "f.svg").write_text("before")

    def fail(self, file, **options):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(figure.Figure, "savefig", fail)
    refused(multilayer(*GROWTH, "--figure", "f.svg"), "No space left on device")
    assert os.listdir(tmp_path) == ["f.svg"]
    assert (tmp_path / "f.svg").read_text() == "before"


def test_rows():
    assert read_rows("4:12") == list(range(4, 13))
    assert read_rows("4,6,8") == [4, 6, 8]


def test_the_bundled_labels_are_made_as_stated(monkeypatch):
    root = Path(__file__).parents[2]
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    from labels import tables

    for name, text in tables().items():
        assert (root / "multilayer" / "data" / name).read_text() == text


def test_help_names_the_commands(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["multilayer", "--help"])
    with pytest.raises(SystemExit):
        main()
    out = capsys.readouterr().out
    assert "growth" in out
    assert "depth" in out


def test_depth_over_an_interval(multilayer):
    arguments = ("depth", "teacher", "--betas", "0.1:2", "--widths", "1,2", "--tolerance", "0.02")
    outcome = multilayer(*arguments, "--json")
    assert outcome.status == 0, outcome.err
    (table,) = json.loads(outcome.out)["tables"]
    assert (table["source"], table["betas"], table["complete"]) == ("teacher", ["1/10", "2/1"], True)
    (entry,) = table["widths"]
    assert entry["width"] == 2
    assert entry["open"] == []
    ((low, high),) = entry["helps"]
    assert low >= 0.1
    assert high <= 2
    (single,) = json.loads(multilayer("depth", "teacher", "--betas", "0.3", "--widths", "2", "--json").out)["tables"]
    assert single["optima"][0]["widths"][0]["helps"]
    assert low < 0.3 < high
    text = multilayer(*arguments).out
    assert "depth helps" in text
    assert "neither proven  nowhere" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--betas", "1:0.1"], "the smaller one first"),
        (["--betas", "0.1:1", "--widths", "1"], "give a width other than 1"),
        (["--betas", "0.1:1", "--figure", "f.svg"], "multilayer path draws the curves"),
        (["--betas", "0.1:1", "--tolerance", "0"], "tolerance is 0"),
    ],
)
def test_depth_over_no_interval(multilayer, options, said):
    outcome = multilayer("depth", "teacher", *options)
    assert outcome.status == 2
    assert said in outcome.err
