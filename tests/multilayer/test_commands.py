"""The commands as a user calls them: keys of the JSON objects, files, agreement with the library."""

import csv
import json
import subprocess
import sys
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from support.outcomes import report

DATA = Path(__file__).parents[3] / "shared" / "data" / "table1"
COUNT_KEYS = ["rows", "columns", "rank", "hyperplanes", "layer", "engine", "why", "regions", "exact_count", "bounds"]
COUNT_KEYS += ["lps", "seconds", "target"]
SOLVE_KEYS = ["status", "width", "width_needed", "upper", "lower", "upper_exact", "lower_exact", "gap", "regions"]
SOLVE_KEYS += ["pairs_total", "pairs_used", "subnetworks", "certificate", "seconds"]


def loaded(path):
    with np.load(path) as arrays:
        return dict(arrays)


def test_count_first_layer(multilayer):
    found = report(multilayer("count", "resonance:4", "--json"))
    assert list(found) == COUNT_KEYS
    assert (found["rows"], found["columns"], found["rank"], found["hyperplanes"]) == (15, 4, 4, 15)
    assert found["regions"] == found["exact_count"] == 370
    assert found["bounds"]["cover"] == 2 * (1 + 14 + 91 + 364)
    assert found["bounds"]["eq13"] == pytest.approx(8 * (np.e * 14 / 4) ** 4, rel=1e-12)
    assert found["bounds"]["eq13_floor"] == int(found["bounds"]["eq13"])


@pytest.mark.parametrize(("name", "regions"), [("shi:3", 16), ("catalan:3", 30), ("linial:4", 36), ("braid:1", 1)])
def test_count_affine_and_empty_families(multilayer, name, regions):
    found = report(multilayer("count", name, "--json"))
    assert found["regions"] == found["exact_count"] == regions
    assert regions <= found["bounds"].get("cover", 1)


def test_bounds_of_enormous_widths_are_refused(multilayer):
    outcome = multilayer("bounds", "--rows", "9", "--rank", "3", "--width", "1000000")
    assert (outcome.status, outcome.out) == (4, "")
    assert "rank times width is 3000000" in outcome.err
    assert multilayer("bounds", "--rows", "900", "--rank", "10", "--width", "20").status == 0


def test_bounds_in_latex(multilayer):
    plain = multilayer("bounds", "--rows", "20", "--rank", "3", "--width", "2")
    latex = multilayer("bounds", "--rows", "20", "--rank", "3", "--width", "2", "--latex")
    assert "2**n" in plain.out
    assert "2^{n}" in latex.out
    assert r"\frac{2 \sum_{k=0}^{m r - 1}" in latex.out
    assert "..." not in plain.out + latex.out
    found = report(multilayer("bounds", "--rows", "20", "--rank", "3", "--width", "2", "--latex", "--json"))
    assert found["formulas"]["cover"] == r"2 \sum_{k=0}^{r - 1} {\binom{n - 1}{k}}"


def test_count_second_layer(multilayer):
    x = np.random.default_rng(0).standard_normal((5, 2))
    np.save("x.npy", x)
    found = report(multilayer("count", "x.npy", "--layer", "2", "--width", "2", "--json"))
    assert (found["regions"], found["tuples"], found["pairs"], found["masks"]) == (10, 190, 330, 22)
    bounds = found["bounds"]
    assert bounds["eq14_product"] == 2 * (1 + 4 + 6 + 4) * 20**2
    assert bounds["joint"] == 2 * 260 + 940
    assert bounds["two_to_n"] == 32
    assert found["pairs"] <= bounds["joint"] <= bounds["eq14_product"] <= bounds["eq14_closed"]
    assert "exact_count" not in found


def test_readable_report(multilayer):
    outcome = multilayer("count", "threshold:3")
    assert outcome.status == 0
    assert ["regions", "104"] in [line.split() for line in outcome.out.splitlines()]
    with pytest.raises(json.JSONDecodeError):
        json.loads(outcome.out)


@pytest.mark.parametrize("ending", ["csv", "npz"])
def test_enumerate_first_layer(multilayer, tmp_path, ending):
    (tmp_path / "t.csv").write_text("a,b\n1,0.5\n0,0\n-2,-1\n1/3,-1\n")
    found = report(multilayer("enumerate", "t.csv", "--output", f"out.{ending}", "--json"))
    assert found["regions"] == found["exact_count"] == 4
    x = [[Fraction(1), Fraction(1, 2)], [0, 0], [-2, -1], [Fraction(1, 3), -1]]
    signs, witness = _listed(tmp_path / f"out.{ending}", 4)
    assert len(set(map(tuple, signs))) == 4
    for s, w in zip(signs, witness, strict=True):
        values = [sum(Fraction(a) * int(b) for a, b in zip(row, w, strict=True)) for row in x]
        assert list(s) == [(v > 0) - (v < 0) for v in values]


def _listed(path, n):
    if path.suffix == ".npz":
        arrays = loaded(path)
        return arrays["signs"].tolist(), arrays["witness"].tolist()
    with path.open() as file:
        header, *lines = csv.reader(file)
    assert header == ["s1", "s2", "s3", "s4", "w1", "w2"]
    lines = [list(map(int, line)) for line in lines]
    return [line[:n] for line in lines], [line[n:] for line in lines]


@pytest.mark.parametrize("ending", ["csv", "npz"])
def test_enumerate_second_layer(multilayer, tmp_path, ending):
    found = report(multilayer("enumerate", "random:5,2,0", "--layer", "2", "--output", f"out.{ending}", "--json"))
    assert found["pairs"] == report(multilayer("count", "random:5,2,0", "--layer", "2", "--json"))["pairs"]
    x = np.rint(1000 * np.random.default_rng(0).standard_normal((5, 2))).astype(int)
    if ending == "npz":
        a = loaded(tmp_path / "out.npz")
        outputs, signs, weights = a["outputs"], a["signs"], a["witness"]
    else:
        table = np.loadtxt(tmp_path / "out.csv", delimiter=",", skiprows=1, dtype=int)
        outputs, signs, weights = table[:, [0, 6]], table[:, 12:17], table[:, 17:].reshape(-1, 2, 2)
    assert len(outputs) == found["pairs"]
    u = np.einsum("bm,bmi->bi", outputs, np.maximum(weights @ x.T, 0))
    assert (np.sign(u) == signs).all()


def test_witnesses_beyond_64_bits_stay_exact(multilayer, tmp_path):
    (tmp_path / "big.csv").write_text(f"1,0\n{10**25},1\n{10**25 + 1},1\n")
    report(multilayer("enumerate", "big.csv", "--output", "out.npz", "--json"))
    arrays = loaded(tmp_path / "out.npz")
    assert len(arrays["signs"]) == 6
    for s, w in zip(arrays["signs"], arrays["witness"], strict=True):
        a, b = map(int, w)
        values = [a, 10**25 * a + b, (10**25 + 1) * a + b]
        assert [(v > 0) - (v < 0) for v in values] == s.tolist()


def test_bounds(multilayer):
    found = report(multilayer("bounds", "--rows", "20", "--rank", "3", "--width", "2", "--json"))
    assert found["bounds"]["cover"] == 2 * (1 + 19 + 171)
    assert found["growth_in_n"]["joint"] == 5
    assert found["growth_in_n"]["eq14_closed"] == 12
    assert "n" in multilayer("bounds", "--rows", "20", "--rank", "3", "--width", "2").out


def test_solve_xor(multilayer, tmp_path):
    (tmp_path / "xor.csv").write_text("a,b,one,y\n0,0,1,0\n0,1,1,1\n1,0,1,1\n1,1,1,0\n")
    found = report(multilayer("solve", "xor.csv", "--width", "2", "--beta", "0.1", "--json"))
    for key in [
        "status",
        "width",
        "width_needed",
        "upper",
        "lower",
        "upper_exact",
        "lower_exact",
        "gap",
        "regions",
        "pairs_total",
        "pairs_used",
        "subnetworks",
        "certificate",
        "seconds",
    ]:
        assert key in found
    upper, lower = Fraction(found["upper_exact"]), Fraction(found["lower_exact"])
    assert found["status"] == "optimal"
    assert 0 <= upper - lower <= upper / 10**8
    assert found["upper"] == float(upper)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["xor.certificate.json", "xor.csv", "xor.network.json"]
    certificate = json.loads((tmp_path / found["certificate"]).read_text())
    assert certificate["input"]["beta"] == "1/10"
    assert len(certificate["network"]["subnetworks"]) == found["subnetworks"]
    first = certificate["network"]["subnetworks"][0]
    assert len(first["first"][0]) == 3
    verified = report(multilayer("verify", found["certificate"], "--json"))
    assert (verified["verified"], verified["kind"], verified["reason"]) == (True, "optimum", None)
    assert "width 2" in verified["claim"]


def test_solve_never_says_optimal_above_the_tolerance(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n")
    found = report(multilayer("solve", "t.csv", "--width", "1", "--beta", "0.05", "--tolerance", "0", "--json"))
    assert found["status"] == "gap-above-tolerance"
    assert Fraction(found["upper_exact"]) > Fraction(found["lower_exact"])


def test_solve_readings_and_names(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n")
    found = report(
        multilayer(
            "solve", "t.csv", "--width", "2", "--beta", "0.05", "--interpretations", "--json",
            "--certificate", "c.json", "--network", "n.json",
        )
    )  # fmt: skip
    assert found["interpretations"]["tuples"] == pytest.approx(0.0988730590, abs=1e-8)
    assert found["interpretations"]["shared-index"] == pytest.approx(0.1008969, abs=1e-6)
    assert (tmp_path / "c.json").exists()
    assert (tmp_path / "n.json").exists()


def test_target_bias_affine_decimals(multilayer, tmp_path):
    (tmp_path / "t.tsv").write_text("y\ta\tb\n1\t1\t0.5\n0\t1\t0.50000000001\n")
    first = report(multilayer("count", "t.tsv", "--target", "y", "--json"))
    assert (first["columns"], first["rank"]) == (2, 2)
    assert "numerical rank" in multilayer("count", "t.tsv", "--target", "1", "--json").err
    assert report(multilayer("count", "t.tsv", "--target", "y", "--decimals", "6", "--json"))["rank"] == 1
    assert report(multilayer("count", "t.tsv", "--target", "y", "--bias", "--json"))["columns"] == 3
    affine = report(multilayer("count", "t.tsv", "--target", "y", "--affine", "--json"))
    assert (affine["columns"], affine["regions"], affine["exact_count"]) == (1, 3, 3)


@pytest.mark.parametrize(
    "text", [b"1,2\n3,4\n", b"1 2\n3 4\n", b"1;2\n3;4\n", b"1\t2\n\n3\t4\n", b"\xef\xbb\xbfa,b\n1,2\n3,4"]
)
def test_standard_input_in_any_dialect(multilayer, text):
    found = report(multilayer("count", "-", "--json", stdin=text))
    assert (found["rows"], found["columns"], found["regions"]) == (2, 2, 4)


@pytest.mark.parametrize(
    "arguments",
    [
        ("count", "random:20,3,0", "--engine", "lp"),
        ("count", "random:5,2,0", "--layer", "2"),
        ("bounds", "--rows", "9", "--rank", "2", "--width", "2"),
        ("solve", "random:5,2,0", "--width", "2", "--beta", "100"),
    ],
)
def test_standard_output_is_one_json_object_and_nothing_else(tmp_path, arguments):
    """As a process of its own: compiled libraries may write past Python."""
    command = [sys.executable, "-m", "multilayer", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path, text=True)
    assert done.stdout.count("\n") == 1
    assert isinstance(json.loads(done.stdout), dict)
    assert done.stderr == ""


def test_demo(multilayer):
    outcome = multilayer("demo")
    assert outcome.status == 0
    assert outcome.out.count("status       optimal") == 2
    assert outcome.out.count("the intervals meet") == 2
    assert "galileo" in outcome.out
    assert "xor" in outcome.out


def test_version_and_help(multilayer):
    assert version("multilayer-arrangements") in multilayer("--version").out
    for command in ("", "count", "enumerate", "bounds", "solve", "demo"):
        outcome = multilayer(*command.split(), "--help")
        assert outcome.status == 0
        assert "Usage" in outcome.out


@pytest.mark.skipif(not DATA.is_dir(), reason="the tables are not part of the project")
def test_balloons(multilayer):
    found = report(multilayer("count", DATA / "balloons.csv", "--target", "class", "--json"))
    assert (found["rows"], found["hyperplanes"], found["regions"], found["exact_count"]) == (16, 8, 104, 104)
