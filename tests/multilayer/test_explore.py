"""What `multilayer explore` makes of a table, a network and a certificate, and what it refuses."""

import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from support.certificates.formats import earlier

from arrangements.exact.directed_rounding import text_above, text_below
from convex import Network, SubNetwork, TrainedModel, to_onnx
from multilayer.explorer.source_kinds import source_kind
from multilayer.io.networks import read_network
from multilayer.pipeline.explorer import certificate_page_content, network_page_content

LAYERS = {
    "layers": [
        {"weights": [[1, "1/2"], [0, 0], [1, "1/2"]], "biases": ["0.1", -1, "0.1"]},
        {"weights": [[1, -1, 2]]},
    ]
}
XOR = "a,b,xor\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n"


@pytest.fixture
def solved(multilayer: Callable[..., Any], tmp_path: Path) -> Path:
    (tmp_path / "xor.csv").write_text(XOR)
    assert multilayer("solve", "xor.csv", "--bias", "--width", 2, "--beta", "0.1").status == 0
    return tmp_path


def content_in(page: Path) -> dict[str, Any]:
    text = page.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="content">(.*?)</script>', text, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def test_sources_are_told_apart_by_their_content(multilayer: Callable[..., Any], solved: Path) -> None:
    (solved / "layers").write_text(json.dumps(LAYERS))
    (solved / "network.csv").write_text((solved / "xor.network.json").read_text())
    (solved / "proof.txt").write_text((solved / "xor.certificate.json").read_text())
    kinds = {"xor.csv": "arrangement", "layers": "network", "network.csv": "network", "proof.txt": "certificate"}
    for source, kind in kinds.items():
        assert multilayer("explore", source, "--output", "page.html").status == 0
        assert content_in(solved / "page.html")["kind"] == kind
    assert source_kind("braid:3") == "table"


def test_a_network_is_its_first_layer_as_rows_and_the_rest_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "n.json"
    path.write_text(json.dumps(LAYERS))
    content = network_page_content(path, 100)
    assert content["rows"] == [["1", "0.5"], ["0", "0"], ["1", "0.5"]]
    assert content["offsets"] == ["-0.1", "1", "-0.1"]
    assert content["layers"] == [{"weights": [["1", "-1", "2"]], "biases": ["0"]}]
    assert (content["affine"], content["columns"], content["outputs"]) == (True, ["input 1", "input 2"], ["output 1"])


def test_a_solved_network_keeps_the_names_of_its_columns(solved: Path) -> None:
    content = network_page_content(solved / "xor.network.json", 100)
    assert (content["name"], content["columns"], content["outputs"]) == ("xor", ["a", "b"], ["xor"])
    assert len(content["layers"]) == 2


def test_a_certificate_brings_its_rows_both_bounds_and_exact_predictions(solved: Path) -> None:
    content = certificate_page_content(solved / "xor.certificate.json", 100)
    given = json.loads((solved / "xor.certificate.json").read_text())
    proof = content["certificate"]
    assert content["bias"]
    assert content["targets"] == [{"name": "xor", "values": ["0", "1", "1", "0"]}]
    assert Fraction(proof["lower"]) == Fraction(given["claim"]["lower"])
    assert Fraction(proof["upper"]) == Fraction(given["claim"]["upper"])
    assert Fraction(proof["lower_decimal"]) <= Fraction(proof["lower"]) <= Fraction(proof["upper"])
    assert Fraction(proof["upper"]) <= Fraction(proof["upper_decimal"])
    assert Fraction(proof["upper"]) - Fraction(proof["lower"]) <= Fraction(proof["gap_decimal"])
    network = read_network(solved / "xor.network.json").layers
    points = [tuple(map(Fraction, row[:-1])) for row in content["rows"]]
    assert [Fraction(value) for value in content["predictions"][0]] == [value for (value,) in network.predict(points)]


def test_names_of_columns_come_from_the_certificate_or_the_network_of_the_same_weights(
    multilayer: Callable[..., Any], solved: Path
) -> None:
    def names() -> tuple[list[str], str]:
        content = certificate_page_content(solved / "xor.certificate.json", 100)
        return content["columns"], content["targets"][0]["name"]

    network, certificate = solved / "xor.network.json", solved / "xor.certificate.json"
    text = network.read_text()
    network.unlink()
    assert names() == (["a", "b", "bias"], "xor")  # they are in the certificate
    certificate.write_text(json.dumps(earlier(json.loads(certificate.read_text()))))  # and are no more
    assert names() == (["column 1", "column 2", "bias"], "target")
    network.write_text(text)
    assert names() == (["a", "b", "bias"], "xor")
    other = json.loads(text)
    other["subnetworks"][0]["second"][0] = "7/5"
    unnamed = ["column 1", "column 2", "bias"], "target"
    for beside in (json.dumps(other), json.dumps(LAYERS), "no JSON", "{}"):
        network.write_text(beside)
        assert names() == unnamed
    network.unlink()
    assert names() == unnamed
    (solved / "ones.csv").write_text("height,constant,y\n1,1,3\n2,1,1\n0.5,1,2\n")
    assert multilayer("solve", "ones.csv", "--width", 1, "--beta", "0.1").status == 0
    content = certificate_page_content(solved / "ones.certificate.json", 100)
    assert (content["columns"][0], len(content["columns"]), content["bias"]) == ("height", 2, True)


def test_decimals_are_rounded_outwards() -> None:
    for value in (Fraction(1, 3), Fraction(-2, 7), Fraction(10**30 + 1), Fraction(1, 3 * 10**30), Fraction(0)):
        assert Fraction(text_below(value)) <= value <= Fraction(text_above(value))


def test_a_certificate_in_json_lines_is_read_too(multilayer: Callable[..., Any], solved: Path) -> None:
    ended = multilayer("solve", "xor.csv", "--bias", "--width", 1, "--beta", "0.1", "--certificate", "lines.jsonl")
    assert ended.status == 0, ended.err
    assert source_kind("lines.jsonl") == "certificate"
    assert multilayer("explore", "lines.jsonl", "--output", "page.html").status == 0
    assert content_in(solved / "page.html")["certificate"]["width"] == 1


def test_a_rejected_certificate_gives_no_page(multilayer: Callable[..., Any], solved: Path) -> None:
    given = json.loads((solved / "xor.certificate.json").read_text())
    given["claim"]["lower"] = given["claim"]["upper"]
    (solved / "false.json").write_text(json.dumps(given))
    ended = multilayer("explore", "false.json", "--output", "page.html")
    assert (ended.status, ended.out) == (3, "")
    assert "false.json: rejected: claim.lower: the dual vectors prove less; no page was written" in ended.err
    assert not (solved / "page.html").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1}', "this JSON is no network and no certificate"),
        ('{"format": "multilayer-arrangements/regions"}', "a certificate of regions proves a count"),
        ('{"layers": [{"weights": [[1, 2]]}]}', "a network of one layer is affine"),
        ('{"layers": [{"weights": [[1, "x"]]}, {"weights": [[1]]}]}', "layers, entry 1: weights, entry 1, entry 2"),
        (json.dumps({"layers": [{"weights": [[1]] * 61}, {"weights": [[1] * 61]}]}), "61 neurons in hidden layers"),
        ('{"layers": ', "no JSON"),
    ],
)
def test_what_no_page_shows_is_refused_with_its_place(
    multilayer: Callable[..., Any], tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "given.json").write_text(text)
    ended = multilayer("explore", "given.json", "--output", "page.html")
    assert ended.status == 2
    assert "given" in ended.err
    assert message in ended.err
    assert not (tmp_path / "page.html").exists()


def test_options_that_read_tables_are_refused_for_networks(multilayer: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "n.json").write_text(json.dumps(LAYERS))
    for option in (["--bias"], ["--target", "1"], ["--no-header"], ["--decimals", "0"]):
        ended = multilayer("explore", "n.json", "--output", "page.html", *option)
        assert ended.status == 2
        assert "is for tables; leave it out" in ended.err


@pytest.mark.parametrize("name", ["none.json", "none.onnx", "folder.json"])
def test_a_network_that_is_not_there_is_said_so(multilayer: Callable[..., Any], tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.json").mkdir()
    ended = multilayer("explore", name, "--output", "page.html")
    assert ended.status == 2
    assert f"{name}: cannot be read: there is no such file" in ended.err


def test_a_folder_is_refused_with_what_may_be_given(multilayer: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "table.path").mkdir()
    ended = multilayer("explore", "table.path", "--output", "page.html")
    assert ended.status == 2
    assert "table.path: a folder; explore takes a table" in ended.err


def test_an_onnx_model_is_a_network(multilayer: Callable[..., Any], tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="the extra sgd is not installed")
    one = Fraction(1)
    part = SubNetwork(first=((one, one / 2), (-one, one)), second=(one, -one), output=2 * one)
    to_onnx(TrainedModel((Network((part,)),), columns=("a", "b")), path=tmp_path / "n.onnx")
    assert multilayer("explore", "n.onnx", "--output", "page.html").status == 0
    content = content_in(tmp_path / "page.html")
    assert (content["kind"], content["rows"]) == ("network", [["1", "0.5"], ["-1", "1"]])


def test_a_complex_that_is_too_large_for_a_page_is_refused(multilayer: Callable[..., Any], tmp_path: Path) -> None:
    lines = [[k, k * k] for k in range(1, 51)]
    layers = {"layers": [{"weights": lines, "biases": [k**3 for k in range(50)]}, {"weights": [[1] * 50]}]}
    (tmp_path / "n.json").write_text(json.dumps(layers))
    ended = multilayer("explore", "n.json", "--output", "page.html")
    assert ended.status == 4
    assert "n has more than 1,000 activation regions" in ended.err


def test_a_forged_curve_makes_no_page(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("1,1,0.57\n0.6,1,0.49\n0.3,1,0.39\n")
    assert multilayer("path", "t.csv", "--width", "1", "--betas", "0.1:0.5", "--tolerance", "0.1").status == 0
    assert multilayer("explore", "t.path/", "--output", "page.html").status == 0
    (tmp_path / "page.html").unlink()
    curves = json.loads((tmp_path / "t.path" / "path.json").read_text())
    (tmp_path / "t.path" / "path.json").write_text(json.dumps({**curves, "relative_gap": 0}))
    outcome = multilayer("explore", "t.path/path.json", "--output", "page.html")
    assert outcome.status == 3
    assert "rejected: relative_gap: the curves are further apart" in outcome.err
    assert not (tmp_path / "page.html").exists()
