"""The page that checks a certificate by hand: it accepts what the checker accepts, and refuses forgeries."""

import json
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "certificate.md"
CELLS = re.findall(
    r"```\{code-cell\} ipython3\n(?::tags:[^\n]*\n)?(?![%:])(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
)
TABLES = {
    "page": "a,b,y\n1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n",
    "degenerate": "a,b,y\n1,2,1\n2,4,-1\n0,0,0.5\n-1,-2,2\n3,1,1\n",
    "space": "a,b,c,y\n1,2,0,1\n0,1,-1,-1\n1,0,3,2\n-1,1,1,0\n",
}


@pytest.fixture(params=TABLES)
def certificate(multilayer, tmp_path, monkeypatch, request):
    monkeypatch.chdir(tmp_path)
    Path("four.csv").write_text(TABLES[request.param])
    assert multilayer("solve", "four.csv", "--width", 1, "--beta", "0.5").status == 0
    return json.loads(Path("four.certificate.json").read_text())


def by_hand():
    here: dict[str, object] = {}
    for cell in CELLS:
        exec(compile(cell, "certificate.md", "exec"), here)


def test_an_honest_certificate_is_accepted(certificate):
    assert len(CELLS) == 6
    by_hand()


def earns_too_much(certificate):
    """The targets themselves as dual vector: its bound would be the largest of all."""
    (dual,) = certificate["dual"]
    dual["scale"], dual["v"] = 1, certificate["input"]["targets"][0]
    certificate["claim"]["lower"] = certificate["claim"]["upper"]


def lower_above_upper(certificate):
    certificate["claim"]["lower"] = 10**6


def upper_too_low(certificate):
    certificate["claim"]["upper"] = certificate["claim"]["lower"]


def fewer_regions(certificate):
    """One region alone, the signs of its witness, each other sign refuted by the first circuit."""
    first = certificate["first"]
    first["regions"] = first["regions"][:1]
    rows = [[float(x) if "/" not in str(x) else 0.5 for x in row] for row in certificate["input"]["rows"]]
    values = [sum(a * float(b) for a, b in zip(row, first["regions"][0], strict=True)) for row in rows if any(row)]
    first["tree"] = "".join("+" if value > 0 else "-" for value in values)
    first["leaves"] = [0] * len(values)
    first["circuits"] = first["circuits"] or [[0, 1]]


def without_neurons(certificate):
    """No neuron is proven for the first output sign."""
    for entry in certificate["dual"][0]["covers"][0]["entries"]:
        entry[2] = []


def without_multipliers(certificate):
    """Multipliers that make vectors short are left out."""
    found = 0
    for cover in certificate["dual"][0]["covers"]:
        for entry in cover["entries"]:
            found += sum(len(good) > 1 for good in entry[2])
            entry[2] = [good[:1] for good in entry[2]]
    if not found:
        pytest.skip("no multipliers here")


def another_beta(certificate):
    certificate["input"]["beta"] = "1/4"


def another_table(certificate):
    certificate["input"]["rows"][0][0] = 7


FORGERIES = [earns_too_much, lower_above_upper, upper_too_low, fewer_regions, without_neurons, without_multipliers]


@pytest.mark.parametrize("forge", [*FORGERIES, another_beta, another_table])
def test_a_forgery_is_refused(certificate, forge):
    forge(certificate)
    Path("four.certificate.json").write_text(json.dumps(certificate))
    with pytest.raises((AssertionError, KeyError, StopIteration, RuntimeError)):
        by_hand()
