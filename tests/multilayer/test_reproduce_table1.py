"""Table 1 done anew: reading, codings, readings of the objective, where a printed number stands, and the command."""

import csv
import json
from fractions import Fraction
from pathlib import Path

import pytest

from arrangements import InputError
from convex import Problem
from convex.networks.network import Network, SubNetwork
from multilayer.reproduce import table1
from multilayer.reproduce.experiment import Request
from multilayer.reproduce.printed_table import CONVENTIONS, TABLE, rounding
from multilayer.reproduce.uci_tables import codings_of, read_uci, targets

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "table1"
DATA = PUBLISHED if PUBLISHED.is_dir() else None
BALLOONS = Path(table1.__file__).parents[1] / "data"
needs_data = pytest.mark.skipif(DATA is None, reason="the six sets are not part of the project")


def test_the_bundled_balloons_are_read():
    table = read_uci(BALLOONS, "balloons")
    assert (len(table.x), len(table.x[0]), sum(table.classes)) == (16, 4, 7)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b,c,d,class\n1,2,3,4,0\n", "1 rows of 4 features; Table 1 has 16 of 4"),
        ("a,b,c,d,class\n" + "1,2,3,4,yes\n" * 16, "the last column is the class"),
        ("a,b,c,d,class\n" + "1,2,3,four,0\n" * 16, "is not a finite number"),
        (None, "cannot be read as a table"),
    ],
)
def test_other_tables_are_refused(tmp_path, text, said):
    if text is not None:
        (tmp_path / "balloons.csv").write_text(text)
    with pytest.raises(InputError, match=said):
        read_uci(tmp_path, "balloons")


def test_classes_as_targets():
    for coding in codings_of((0, 2, 1)):
        y = targets((0, 2, 1), coding)
        assert y[2] == (y[0] + y[1]) / 2
    assert [targets((0, 1), coding) for coding in codings_of((0, 1))] == [(0, 1), (-1, 1)]


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda convention: convention.name)
def test_readings_of_the_objective_by_their_formulas(convention):
    """The factor and the beta of each, on a network with rational weights."""
    problem = Problem.read([[1, 2], [2, -1], [0, 1]], [1, 0, 3], "0.1")
    network = Network((SubNetwork(((Fraction(3, 5), Fraction(4, 5)),), (Fraction(1, 2),), Fraction(1, 2)),))
    n, beta = 3, Fraction(1, 10)
    loss = sum((f - y) ** 2 for f, y in zip(network.predict(problem.x), problem.y, strict=True))
    penalty = Fraction(1, 4)
    expected = {
        "1/2 L + beta S": loss / 2 + beta * penalty,
        "L + beta S": loss + beta * penalty,
        "L/(2n) + beta S": loss / (2 * n) + beta * penalty,
        "L/n + beta S": loss / n + beta * penalty,
        "(1/2 L + beta S)/n": (loss / 2 + beta * penalty) / n,
    }
    scaled, factor = convention.scaled(problem)
    assert factor * network.objective(scaled) == expected[convention.name]


def test_where_a_printed_number_stands():
    for name, printed in TABLE.items():
        for text in (printed.sgd, printed.convex):
            least, most = rounding(text)
            assert round(float(least + (most - least) / 3), len(text) - 2) == float(text), name
    assert table1.position("0.6695", Fraction("0.1"), Fraction("0.66944")) == "above the optimum"
    assert table1.position("0.6695", Fraction("0.1"), Fraction("0.66946")) == "possible"
    assert table1.position("0.6695", Fraction("0.66956"), Fraction(1)) == "below every network"
    assert table1.position("0.6695", Fraction("0.66954"), Fraction(1)) == "possible"


def test_too_large_a_network_is_cut_before_it_counts():
    problem = Problem.read([[1], [-1]], [1, 1], "0.5")
    part = SubNetwork(((Fraction(1),),), (Fraction(1),), Fraction(1, 2))
    wide = SubNetwork(((Fraction(1, 3),),) * 8, (Fraction(1),) * 8, Fraction(9))
    settings = table1.Settings(subnetworks=2)
    found = table1._allowed(Network((wide, part, part, part)), settings, problem)
    assert found == Network((part, part)).objective(problem)


def test_the_data_are_needed():
    with pytest.raises(InputError, match="--data FOLDER"):
        table1.run(Request())


def test_ends_are_proven_on_balloons():
    table = read_uci(BALLOONS, "balloons")
    problem = Problem.read(table.x, targets(table.classes, "integers"), "0.1")
    found = table1.interval(problem, table1.QUICK, 0, exact=False)
    assert found.norm < found.lower < Fraction("0.18940204096") < found.upper == min(found.networks.values())
    assert found.networks["zero"] == Fraction(7, 2)


@needs_data
@pytest.mark.slow
def test_the_command(multilayer, tmp_path, monkeypatch):
    monkeypatch.setattr(table1, "QUICK", table1.Settings(starts=1, draws=0, exact=(), splits=0, conventions=1))
    folder = tmp_path / "out"
    outcome = multilayer("reproduce", "table1", "--data", str(DATA), "--quick", "--output", str(folder), "--json")
    assert outcome.status == 0
    report = json.loads(outcome.out)
    assert report == json.loads((folder / "table1.json").read_text())
    with (folder / "table1.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 14
    for row in rows:
        assert float(row["norm bound"]) <= float(row["lower"]) <= float(row["upper"])
        assert float(row["upper"]) <= float(row["zero"]) * (1 + 1e-12)  # ends are rounded outwards
    below = {row["set"] for row in rows if row["labels"] == "integers" and row["convex is"] == "below every network"}
    assert below == set(TABLE) - {"balloons"}
    assert (folder / "table1.svg").stat().st_size > 10_000


def test_no_folder_no_run(multilayer, tmp_path):
    outcome = multilayer("reproduce", "table1", "--output", str(tmp_path / "out"))
    assert outcome.status == 2
    assert "--data" in outcome.err
    outcome = multilayer("reproduce", "table1", "--data", str(tmp_path), "--output", str(tmp_path / "out"))
    assert outcome.status == 2
    assert "acute-inflammation.csv: cannot be read" in outcome.err
