"""The command complex: its keys, files of every kind, boxes, limits, and what is refused."""

import csv
import json
from contextlib import contextmanager
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from support.outcomes import refused, report

from arrangements import LayeredNetwork, list_activation_regions, network_complex
from convex import TrainedModel, to_onnx
from multilayer.io.signals import Terminated
from multilayer.pipeline.complex import Tally, Wanted, complex_report

LAYERS = {
    "layers": [
        {"weights": [[1, 0], [0, 1], [1, 1], [0, 0], [1, 0]], "biases": [0, 0, -1, 0, 0]},
        {"weights": [[1, 1, 1, 1, 1], [1, -1, 0, 0, 0]], "biases": [-1, 0]},
        {"weights": [[1, -2]], "biases": ["-1/2"]},
    ]
}
KEYS = ["inputs", "widths", "first_regions", "regions", "faces", "pieces", "bounded", "complete", "missing", "seconds"]


@pytest.fixture
def network(tmp_path):
    (tmp_path / "n.json").write_text(json.dumps(LAYERS))
    return LayeredNetwork.from_json(LAYERS, "n.json")


def test_keys_and_counts(multilayer, network):
    found = report(multilayer("complex", "n.json", "--json"))
    expected = network_complex(network)
    assert list(found) == KEYS
    assert (found["inputs"], found["widths"], found["complete"], found["missing"]) == (2, [5, 2], True, None)
    assert found["faces"] == list(expected.f_vector)
    assert found["regions"] == len(expected.regions)
    assert found["first_regions"] == 7
    assert found["pieces"] == len({region.affine_map for region in expected.regions})
    assert found["bounded"] == sum(region.bounded for region in expected.regions)
    assert all(type(found[key]) is int for key in ("inputs", "first_regions", "regions", "pieces", "bounded"))


def test_lines_for_people(multilayer, network):
    outcome = multilayer("complex", "n.json")
    assert outcome.status == 0
    assert dict(line.split(maxsplit=1) for line in outcome.out.splitlines())["regions"] == "13"


@pytest.mark.parametrize("box", ["-1:1", "-1:1,-1:1", " -1 : 1"])
def test_boxes(multilayer, network, box):
    found = report(multilayer("complex", "n.json", "--box", box, "--json"))
    assert found["faces"] == list(network_complex(network, box=[(-1, 1)] * 2).f_vector)
    assert found["bounded"] == found["regions"]


def test_regions_only(multilayer, network):
    found = report(multilayer("complex", "n.json", "--regions-only", "--json"))
    assert (found["faces"], found["regions"]) == (None, 13)


def test_zero_sets(multilayer, network):
    found = report(multilayer("complex", "n.json", "--zero-set", "1", "--json"))["zero_set"]
    assert list(found) == ["output", "minus", "faces", "pieces", "components", "euler_characteristic"]
    assert (found["output"], found["minus"]) == (1, None)
    assert found["euler_characteristic"] == found["faces"][0] - found["faces"][1] + found["faces"][2]


def test_regions_in_a_file(multilayer, network, tmp_path):
    assert multilayer("complex", "n.json", "--output", "r.csv").status == 0
    with (tmp_path / "r.csv").open() as file:
        lines = list(csv.DictReader(file))
    regions = list_activation_regions(network)
    assert list(lines[0]) == ["layer 1", "layer 2", "x1", "x2", "bounded"]
    assert [(line["layer 1"], line["layer 2"]) for line in lines] == [
        tuple("".join("-0+"[s + 1] for s in layer) for layer in region.signs) for region in regions
    ]
    assert [(Fraction(line["x1"]), Fraction(line["x2"])) for line in lines] == [region.point for region in regions]
    assert [line["bounded"] == "yes" for line in lines] == [region.bounded for region in regions]


@pytest.mark.parametrize("option", [("--limit", "3"), ("--time", "1e-9")])
def test_limits_keep_what_was_found(multilayer, network, option):
    outcome = multilayer("complex", "n.json", *option, "--json")
    assert outcome.status == 4
    found = json.loads(outcome.out)
    assert found["regions"] == (3 if option[0] == "--limit" else 0)
    assert not found["complete"]
    assert option[0] in found["missing"]
    assert outcome.err == f"multilayer: {found['missing']}\n"


def test_a_limit_that_is_met_exactly(multilayer, network):
    assert report(multilayer("complex", "n.json", "--limit", "13", "--json"))["regions"] == 13


def test_what_solve_wrote(multilayer, tmp_path):
    (tmp_path / "t.csv").write_text("a,b,y\n1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n")
    assert multilayer("solve", "t.csv", "--width", "1", "--beta", "0.05", "--bias").status == 0
    found = report(multilayer("complex", "t.network.json", "--output", "r.csv", "--json"))
    layered = TrainedModel.read("t.network.json").layered()
    assert found["inputs"] == layered.inputs == 2
    assert found["faces"] == list(network_complex(layered).f_vector)
    assert (tmp_path / "r.csv").read_text().startswith("layer 1,layer 2,a,b,bounded\n")
    outcome = multilayer("complex", "t.certificate.json")
    refused(outcome, "t.certificate.json: no network", "the network is in the other file, .network.json")


def test_onnx(multilayer, tmp_path):
    pytest.importorskip("onnx", reason="the extra sgd is not installed")
    normal = np.random.default_rng(1).standard_normal
    network = LayeredNetwork.read([(normal((b, a)), normal(b)) for a, b in pairwise((2, 5, 4, 2))])
    to_onnx(network, path=tmp_path / "n.onnx")
    found = report(multilayer("complex", "n.onnx", "--zero-set", "1-2", "--json"))
    assert found["faces"] == list(network_complex(network).f_vector)
    assert (found["zero_set"]["output"], found["zero_set"]["minus"]) == (1, 2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--box", "1:0"], ["--box 1:0", "not below"]),
        (["--box", "0:1,0:1,0:1"], ["3 intervals for 2 inputs"]),
        (["--box", "0"], ["LO:HI"]),
        (["--box", "0:nan"], ["0:nan"]),
        (["--zero-set", "2"], ["there is no output 2", "counted from 1"]),
        (["--zero-set", "a"], ["--zero-set a", "such as 1-2"]),
        (["--output", "n.json"], ["NETWORK", "--output"]),
        (["--output", "no/such/r.csv"], ["there is no folder"]),
        (["--limit", "0"], ["--limit"]),
    ],
)
def test_wrong_options(multilayer, network, arguments, words):
    refused(multilayer("complex", "n.json", *arguments), *words)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("t.csv", "a,b\n1,2\n", ["t.csv"]),
        ("empty.json", "", ["empty.json"]),
        ("other.json", "{}", ["other.json: no network"]),
        ("list.json", "[1]", ["list.json: no network"]),
        ("none.json", None, ["none.json"]),
        ("none.onnx", None, ["none.onnx"]),
    ],
)
def test_wrong_files(multilayer, tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_text(content)
    refused(multilayer("complex", name), *words)


@pytest.mark.parametrize("signal", [KeyboardInterrupt(), Terminated(15)])
def test_a_signal_keeps_what_was_found(network, tmp_path, signal):
    @contextmanager
    def ending(total, label):
        def seen(done):
            if done == 5:
                raise signal

        yield seen

    path = tmp_path / "r.csv"
    found = complex_report(network, Wanted(outputs=(1, None)), name="n", output=path, progress=ending)
    assert (found["regions"], found["complete"], "zero_set" in found) == (5, False, False)
    assert found["missing"].startswith("n: ended by SIG")
    assert len(path.read_text().splitlines()) == 6


@pytest.mark.parametrize("signal", [KeyboardInterrupt(), Terminated(15)])
def test_a_signal_during_the_zero_set_keeps_all_regions(network, signal):
    @contextmanager
    def ending(total, label):
        def seen(done):
            if "refined" in label and done == 2:
                raise signal

        yield seen

    found = complex_report(network, Wanted(outputs=(1, None)), name="n", progress=ending)
    assert (found["regions"], found["complete"], "zero_set" in found) == (13, False, False)
    assert found["missing"].endswith("all 13 regions were found, but not the zero set")


def test_the_time_holds_for_the_zero_set_too(network, monkeypatch):
    seconds = 0

    @contextmanager
    def late(total, label):
        nonlocal seconds
        seconds = 100 if "refined" in label else 0
        yield lambda done: None

    monkeypatch.setattr("multilayer.pipeline.complex.perf_counter", lambda: seconds)
    found = complex_report(network, Wanted(outputs=(1, None), seconds=50), name="n", progress=late)
    assert (found["regions"], found["complete"], "zero_set" in found) == (13, False, False)
    assert "raise --time" in found["missing"]


def test_a_signal_before_any_region_ends_the_command(network, monkeypatch):
    def ended(*arguments):
        raise Terminated(15)

    monkeypatch.setattr(Tally, "add", ended)
    with pytest.raises(Terminated):
        complex_report(network, Wanted(), name="n")
