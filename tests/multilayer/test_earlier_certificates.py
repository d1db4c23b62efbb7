"""A certificate that has the default name already is not replaced by a weaker one."""

import json

import pytest
from support.certificates.formats import earlier

from multilayer import checker

ONE, OTHER = "a,b,y\n1,2,1\n3,-1,0\n-1,1,2\n-2,-1,1\n", "a,b,y\n1,2,1\n3,-1,0\n-1,1,2\n-2,-1,3\n"
OPTIONS = ["--width", "2", "--beta", "0.01"]
WEAK = ["--steps", "1", "--time", "1e-9"]


@pytest.fixture
def folder(tmp_path):
    for name, table in (("A", ONE), ("B", OTHER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.csv").write_text(table)
    return tmp_path


def files(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}


def test_other_data_are_noted(multilayer, folder):
    assert multilayer("solve", "A/one.csv", *OPTIONS).status == 0
    before = files(folder)
    outcome = multilayer("solve", "B/one.csv", *OPTIONS)
    assert outcome.status == 0
    assert "one.certificate.json answered another question (data, beta, width or loss)" in outcome.err
    assert all(files(folder)[name] != before[name] for name in before)
    assert checker.check(folder / "one.certificate.json")[0] == "optimum"


def test_other_data_with_names_of_their_own(multilayer, folder):
    assert multilayer("solve", "A/one.csv", *OPTIONS).status == 0
    before = files(folder)
    outcome = multilayer("solve", "B/one.csv", *OPTIONS, "--certificate", "c.json", "--network", "n.json")
    assert (outcome.status, outcome.err) == (0, "")
    assert {name: files(folder)[name] for name in before} == before


def test_what_proves_more_is_kept(multilayer, folder):
    assert multilayer("solve", "A/one.csv", *OPTIONS).status == 0
    before = files(folder)
    weaker = multilayer("solve", "A/one.csv", *OPTIONS, *WEAK)
    assert weaker.status == 4
    assert "note: one.certificate.json proves a narrower interval" in weaker.err
    assert files(folder) == before
    named = multilayer("solve", "A/one.csv", *OPTIONS, *WEAK, "--network", "n.json")
    assert named.status == 4
    assert json.loads((folder / "n.json").read_text())["certificate"] is None
    assert {name: files(folder)[name] for name in before} == before
    again = multilayer("solve", "A/one.csv", *OPTIONS)
    assert (again.status, again.err) == (0, "")
    assert {name: files(folder)[name] for name in before} == before


def test_what_proves_less_is_replaced(multilayer, folder):
    weak = multilayer("solve", "A/one.csv", *OPTIONS, *WEAK)
    assert weak.status == 4
    before = files(folder)
    outcome = multilayer("solve", "A/one.csv", *OPTIONS)
    assert (outcome.status, outcome.err) == (0, "")
    assert files(folder)["one.certificate.json"] != before["one.certificate.json"]


def test_a_forged_claim_is_not_kept(multilayer, folder):
    assert multilayer("solve", "A/one.csv", *OPTIONS).status == 0
    path = folder / "one.certificate.json"
    content = json.loads(path.read_text())
    content["claim"]["lower"] = content["claim"]["upper"]
    path.write_text(json.dumps(content))
    assert multilayer("solve", "A/one.csv", *OPTIONS, *WEAK).status == 4
    assert checker.check(path)[0] == "optimum"


@pytest.mark.parametrize(
    "other", [["--beta", "0.02"], ["--width", "1"], ["--loss", "huber"], ["--loss", "logistic"], ["--bias"]]
)
def test_another_question_is_noted(multilayer, folder, other):
    assert multilayer("solve", "A/one.csv", *OPTIONS).status == 0
    outcome = multilayer("solve", "A/one.csv", *OPTIONS, *other)
    assert outcome.status == 0
    note = (
        "multilayer: note: one.certificate.json answered another question (data, beta, width or loss); it is replaced"
    )
    assert outcome.err.splitlines()[-1] == note
    assert checker.check(folder / "one.certificate.json")[0] == "optimum"


def test_one_of_an_earlier_format_is_kept_while_it_proves_more(multilayer, folder):
    assert multilayer("solve", "A/one.csv", *OPTIONS).status == 0
    path = folder / "one.certificate.json"
    path.write_text(json.dumps(earlier(json.loads(path.read_text()))))
    assert json.loads(path.read_text())["version"] == 2
    before = files(folder)
    weaker = multilayer("solve", "A/one.csv", *OPTIONS, *WEAK)
    assert (weaker.status, "note: one.certificate.json proves a narrower interval" in weaker.err) == (4, True)
    assert files(folder) == before
    assert multilayer("solve", "B/one.csv", *OPTIONS, *WEAK).status == 4
    assert json.loads(path.read_text())["version"] == 3


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": "multilayer-arrangements/optimum", "input": 3}', "\xff"])
def test_something_else_is_not_replaced(multilayer, folder, text):
    (folder / "one.certificate.json").write_bytes(text.encode("latin-1"))
    outcome = multilayer("solve", "A/one.csv", *OPTIONS)
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "is no certificate of an optimum" in outcome.err
    assert files(folder) == {"one.certificate.json": text.encode("latin-1")}
