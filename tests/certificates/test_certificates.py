"""What the emitters write is accepted, with the right claim: every kind, either engine, degenerate input."""

import ast
import json
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from support.certificates.files import (
    DEGENERATE_ROWS,
    OPTIMA,
    accepted,
    earlier_regions,
    four_rows,
    fresh,
    gaussian_rows,
    of_family,
    of_optimum,
    of_pairs,
    of_regions,
    rejected,
)
from support.problems import FOUR_ROWS, gaussian

from arrangements import Arrangement, FirstLayer, count_second_layer
from convex import Problem, read_loss, solve
from convex.proofs.optimum_certificate import certificate_json
from multilayer import checker
from theory import region_number

EVERY_ENGINE = pytest.mark.parametrize("engine", ["lp", "rays"])
THIN = "1.000000001"

FAMILIES = {"resonance:4": 370, "threshold:4": 1882, "braid:6": 720, "random:20,3,1": 382, "shi:4": 125}

# rows, offsets, number of regions
DEGENERATE = {
    "one row": ([[3, 4]], None, 2),
    "one number": ([["-1/3"]], None, 2),
    "one zero row": ([[0, 0]], None, 1),
    "only zero rows": ([[0, 0, 0], [0, 0, 0]], None, 1),
    "zero, repeated and opposite rows": ([[0, 0], [1, 2], [1, 2], ["-1/2", -1], [0, 0], [2, -1]], None, 4),
    "rank 1 in three columns": ([[1, 2, -1], [-2, -4, 2], ["1/3", "2/3", "-1/3"]], None, 2),
    "rank 2 in four columns": ([[1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 1, 1]], None, 6),
    "more columns than rows": ([[1, 2, 0, 1], [0, 1, -1, 1]], None, 4),
    "thin cones": ([[1, 1], [1, THIN], [THIN, 1], [-1, "-0.999999999"], [0, 1]], None, 10),
    "thin cones in space": ([[1, 1, 0], [1, THIN, 0], [1, 1, "1e-9"], [1, "0.999999999", 1]], None, 14),
    "large and tiny": ([["1e40", 1], [1, "1e-40"], ["1e40", 2], ["1e-40", "1e40"]], None, 6),
    "beyond the digits of str()": ([["1e5000", 1], [1, 1]], None, 4),
    "floats as what they hold": ([[0.1, 0.3], [1, 3]], None, 4),
    "text as what it spells": ([["0.1", "0.3"], [1, 3]], None, 2),
    "affine, one point": ([["2/3"]], ["1/7"], 2),
    "affine, parallel and repeated": ([[1, 0], [2, 0], [1, 0], [-1, 0]], [0, 0, "1/2", "-1/2"], 3),
    "affine, all through the origin": ([[1, 0], [0, 1], [1, 1]], [0, 0, 0], 6),
    "affine, zero normals": ([[0, 0], [0, 0], [0, 0], [1, 1]], [1, "-1/3", 0, 5], 2),
    "affine, only zero normals": ([[0, 0], [0, 0]], [1, -1], 1),
    "affine, nothing at all": ([[0]], [0], 1),
    "affine, thin strips": ([[1, 0], [1, 0], [0, 1]], [1, THIN, 1], 6),
}


@EVERY_ENGINE
@pytest.mark.parametrize(("name", "count"), FAMILIES.items())
def test_regions_of_families(name, count, engine, tmp_path):
    certificate = of_family(name, engine)
    assert certificate["claim"] == {"regions": count}
    assert accepted(certificate, tmp_path) == f"{count} regions"


@EVERY_ENGINE
@pytest.mark.parametrize("name", DEGENERATE)
def test_regions_of_degenerate_tables(name, engine, tmp_path):
    rows, offsets, count = DEGENERATE[name]
    assert accepted(of_regions(rows, offsets, engine), tmp_path) == f"{count} regions"


@pytest.mark.parametrize("name", DEGENERATE)
def test_either_proof_of_completeness_is_enough_in_version_1(name, tmp_path):
    rows, offsets, count = DEGENERATE[name]
    certificate = earlier_regions(rows, offsets)
    circuits = certificate["first"].pop("circuits")
    for proofs in ({"circuits": circuits, "count": False}, {"circuits": None, "count": True}):
        assert accepted({**certificate, "first": {**certificate["first"], **proofs}}, tmp_path) == f"{count} regions"
    certificate["first"] |= {"circuits": None, "count": False}
    assert rejected(certificate, tmp_path).startswith("first: there is no proof")


@pytest.mark.parametrize("name", DEGENERATE)
def test_the_count_is_a_proof_beside_the_circuits(name, tmp_path):
    rows, offsets, count = DEGENERATE[name]
    certificate = of_regions(rows, offsets)
    for counted in (True, False):
        certificate["first"]["count"] = counted
        assert accepted(certificate, tmp_path) == f"{count} regions"
    certificate["first"]["circuits"] = None
    assert rejected(certificate, tmp_path).startswith("first.circuits")


@EVERY_ENGINE
@pytest.mark.parametrize("seed", range(12))
def test_regions_of_random_tables(seed, engine, tmp_path):
    rng = np.random.default_rng(seed)
    n, d = rng.integers(1, 8), rng.integers(1, 5)
    numbers = [0, 0, 1, -1, 2, Fraction(1, 3), Fraction(-3, 2), Fraction(10**9 + 1, 10**9)]
    rows = [[numbers[k] for k in rng.integers(len(numbers), size=d)] for _ in range(n)]
    offsets = [numbers[k] for k in rng.integers(len(numbers), size=n)] if seed % 3 == 0 else None
    arrangement = Arrangement.from_table(rows, offsets)
    count = region_number(arrangement)
    assert accepted(of_regions(rows, offsets, engine), tmp_path) == f"{count} regions"


# n, d, width, regions, tuples, pairs, masks
COUNTED = [(5, 2, 1, 10, 20, 20, 11), (5, 2, 2, 10, 190, 330, 22), (6, 3, 2, 32, 2016, 4318, 62)]


@EVERY_ENGINE
@pytest.mark.parametrize("case", COUNTED, ids=str)
def test_second_layer_of_gaussian_rows(case, engine, tmp_path):
    n, d, width, regions, tuples, pairs, masks = case
    text = accepted(of_pairs(gaussian_rows(n, d), width, engine), tmp_path)
    assert text == f"{regions} regions; {tuples} tuples, {pairs} pairs and {masks} masks of width {width}"


# rows, width, the claim: regions, tuples, pairs, masks
FEW = {
    "one number": ([[3]], 1, (2, 2, 2, 2)),
    "two neurons on one row": ([["1/3"]], 2, (2, 1, 2, 2)),
    "only zero rows": ([[0, 0], [0, 0]], 3, (1, 1, 1, 1)),
    "wider than all signed masks": ([[1, 0], [0, 1]], 9, (4, 1, 4, 4)),
}


@EVERY_ENGINE
@pytest.mark.parametrize("name", FEW)
def test_second_layer_with_a_count_by_hand(name, engine, tmp_path):
    rows, width, claim = FEW[name]
    certificate = of_pairs(rows, width, engine)
    assert tuple(certificate["claim"].values()) == claim
    regions, tuples, pairs, masks = claim
    text = accepted(certificate, tmp_path)
    assert text == f"{regions} regions; {tuples} tuples, {pairs} pairs and {masks} masks of width {width}"


TABLES = {
    "zero, repeated and opposite rows": [[0, 0], [1, 2], [1, 2], ["-1/2", -1]],
    "rank 1": [[1, 2, -1], [-2, -4, 2], ["1/3", "2/3", "-1/3"]],
    "fractions": [["1/2", "1/3"], ["-1/7", 1], ["2/5", "-3"]],
    "thin cones": [[1, 1], [1, THIN], [-1, 2]],
    "parallel and opposite": [[1, 1], [-1, -1], [2, 2], [1, -1]],
    "more columns than rows": [[1, 2, 0, 1], [0, 1, -1, 1]],
}


@EVERY_ENGINE
@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("name", TABLES)
def test_second_layer_of_degenerate_tables(name, width, engine, tmp_path):
    certificate = of_pairs(TABLES[name], width, engine)
    layer = FirstLayer.of(Arrangement.from_table(TABLES[name]))
    other = count_second_layer(layer, width, engine={"lp": "rays", "rays": "lp"}[engine])
    assert certificate["claim"] == {"regions": len(layer.cells), **other._asdict()}
    assert accepted(certificate, tmp_path).endswith(f"{other.masks} masks of width {width}")


def bounds(certificate):
    """The claim, as (lower, upper)."""
    return Fraction(certificate["claim"]["lower"]), Fraction(certificate["claim"]["upper"])


# problem, width, and two numbers between which the optimum is
REQUIRED = {
    "four rows": (FOUR_ROWS, 2, "0.0988730589", "0.0988730591"),
    "five rows, width 2": (gaussian(5, 2, 0, "0.002"), 2, "0.019204699", "0.019204700"),
    "five rows, width 3": (gaussian(5, 2, 0, "0.002"), 3, "0.019199821", "0.019199823"),
}


@pytest.mark.parametrize("name", REQUIRED)
def test_optima_that_are_known(name, tmp_path):
    problem, width, least, most = REQUIRED[name]
    certificate = of_optimum(problem, width)
    assert accepted(certificate, tmp_path).startswith(f"the optimum of width {width} is between {least[:8]}")
    low, high = bounds(certificate)
    assert Fraction(least) < low <= high < Fraction(most)
    assert high - low <= Fraction(1, 10**8) * high


PROBLEMS = {
    "one row": ([[3, 4]], [2], 1, 1),
    "one column": ([[1], [-2], [3], [-1]], [1, 2, -1, "1/2"], "1/10", 2),
    "rank 1 in three columns": ([[1, 2, -1], [-2, -4, 2], [3, 6, -3]], [1, 2, 1], "1/10", 2),
    "wider than all signed masks": ([["1/2"], [-1]], [1, 1], "1/7", 50),
    "fewer rows than columns": ([[1, 2, 0, 1], [0, 1, -1, 1]], [1, -2], "1/10", 2),
    "zero rows with targets": ([[0, 0], [1, 2], [0, 0], [2, -1]], [3, 1, -1, -1], "1/20", 2),
    "repeated rows, other targets": ([[1, 2], [1, 2], [2, -1], [1, 2]], [1, -2, 1, 3], "1/20", 2),
    "opposite and parallel rows": ([[1, 1], [-1, -1], [2, 2], [1, -1]], [1, 1, -1, 2], "1/20", 2),
    "thin cones": ([[1, 1], [1, THIN], [-1, 2]], [1, -1, 1], "1/10", 2),
    "no targets": ([[1, 2], [-1, 1]], [0, 0], "1/10", 2),
    "a penalty above all use": ([[1, 2], [-1, 1]], [1, -1], 1000, 2),
    "large and tiny": ([["1e20", "1e18"], ["-1e20", "3e19"]], ["1e-9", "2e-9"], "1e9", 2),
    "any number of neurons on degenerate rows": (DEGENERATE_ROWS, [3, 1, -2, 1, -1, 2], "1/20", None),
}


def words(width):
    return "unlimited width" if width is None else f"width {width}"


@pytest.mark.parametrize("name", PROBLEMS)
def test_optima_of_degenerate_problems(name, tmp_path):
    rows, targets, beta, width = PROBLEMS[name]
    certificate = of_optimum(Problem.read(rows, targets, beta), width)
    assert accepted(certificate, tmp_path).startswith(f"the optimum of {words(width)} is between ")
    low, high = bounds(certificate)
    assert low <= high <= low + Fraction(1, 10**6) * max(high, 1)


LABELS = [1, -1, 1, 1]
NUMBERS = [1, -1, "1/2", 2]
LOSSES = {"squared": NUMBERS, "huber:1/30": NUMBERS, "hinge": LABELS, "logistic": LABELS}
ZERO = {"squared": Fraction(25, 8), "hinge": Fraction(4), "logistic": Fraction("2.772588722239781237668928485832706")}


@pytest.mark.parametrize("loss", LOSSES)
def test_optima_of_every_loss_and_width(loss, tmp_path):
    """More width never costs more."""
    before = None
    for width in (1, 2, 3, None):
        certificate = of_optimum(four_rows(LOSSES[loss], "1/10", loss), width)
        assert certificate["input"]["loss"]["name"] == loss.partition(":")[0]
        assert accepted(certificate, tmp_path).startswith(f"the optimum of {words(width)} is between ")
        low, high = bounds(certificate)
        assert low <= high <= low * (1 + Fraction(1, 10**6))
        assert before is None or low <= before
        before = high


@pytest.mark.parametrize("loss", LOSSES)
def test_the_network_that_is_zero(loss, tmp_path):
    certificate = of_optimum(four_rows(LOSSES[loss], 1000, loss), 2)
    assert certificate["network"] == {"subnetworks": []}
    text = accepted(certificate, tmp_path)
    low, high = bounds(certificate)
    if loss in ZERO:
        assert low - Fraction(1, 10**30) <= ZERO[loss] <= high + Fraction(1, 10**30)
    assert high - low < Fraction(1, 10**6), text


TARGETS = ([1, -1, "1/2", 2], [0, 1, "-3/2", 1], [0, 0, 0, 0])


@pytest.mark.parametrize("width", [1, 2, None])
def test_outputs_of_one_network(width, tmp_path):
    """The optimum of several outputs is the sum of theirs."""
    problems = [four_rows(targets, "1/20") for targets in TARGETS]
    together = of_optimum(problems, width)
    assert len(together["dual"]) == len(TARGETS)
    assert all(len(part["output"]) == len(TARGETS) for part in together["network"]["subnetworks"])
    accepted(together, tmp_path)
    alone = [bounds(of_optimum(problem, width)) for problem in problems]
    assert bounds(together) == tuple(map(sum, zip(*alone, strict=True)))


@pytest.mark.parametrize("seed", range(16))
def test_optima_of_random_problems(seed, tmp_path):
    rng = np.random.default_rng(seed)
    n, d = rng.integers(1, 6), rng.integers(1, 4)
    choices = [0, 1, -1, 2, Fraction(1, 3), Fraction(-3, 2), Fraction(10**6 + 1, 10**6)]
    rows = [[choices[k] for k in rng.integers(len(choices), size=d)] for _ in range(n)]
    rows[0][0] = Fraction(1, 2)
    loss = tuple(LOSSES)[seed % 4]
    width = (2, 1, 3, None)[seed // 4]
    labels = [-1, 1] if loss in ("hinge", "logistic") else choices
    outputs = [[labels[k] for k in rng.integers(len(labels), size=n)] for _ in range(1 + seed % 2)]
    problems = [Problem.read(rows, targets, Fraction(1, 7), read_loss(loss)) for targets in outputs]
    certificate = of_optimum(problems, width)
    assert accepted(certificate, tmp_path).startswith(f"the optimum of {words(width)} is between ")
    low, high = bounds(certificate)
    assert low <= high <= low + Fraction(1, 10**6) * max(high, 1)


def test_a_search_that_was_stopped_proves_a_weaker_bound(tmp_path):
    problem = gaussian(5, 2, 0, "0.002")
    stopped = solve(problem, 2, limit=3)
    assert stopped.limited
    certificate = certificate_json([stopped], "a test")
    accepted(certificate, tmp_path)
    low, high = bounds(certificate)
    assert 0 < low < Fraction("0.0192046992") < high


@pytest.fixture
def alone(tmp_path):
    """Run a copy of the checker that has nothing of the project beside it."""
    shutil.copy(checker.__file__, tmp_path / "checker.py")

    def run(*arguments):
        command = [sys.executable, "-I", "checker.py", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)

    return run


@pytest.mark.parametrize("base", ["affine", "pairs of fractions", *OPTIMA])
def test_the_checker_alone_accepts_and_rejects(base, alone, tmp_path):
    certificate = fresh(base)
    (tmp_path / "good.json").write_text(json.dumps(certificate))
    certificate["first"]["regions"].pop()
    (tmp_path / "bad.json").write_text(json.dumps(certificate))
    good, bad = alone("good.json"), alone("bad.json")
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.startswith("accepted: ")
    assert (bad.returncode, bad.stderr) == (3, "")
    assert bad.stdout.startswith("rejected: first.")


def test_the_checker_alone_without_a_file(alone, tmp_path):
    assert alone("missing.json").returncode == alone(tmp_path).returncode == 2
    assert alone().returncode == alone("one", "two").returncode == 2
    assert "missing.json" in alone("missing.json").stderr


def test_the_checker_stands_on_the_standard_library_alone():
    source = Path(checker.__file__).read_text()
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(node.module.partition(".")[0])
    assert names
    assert names <= set(sys.stdlib_module_names)
    assert not any(word in source for word in ("__import__", "importlib", "exec(", "eval("))
    assert len(source.splitlines()) <= 1150
