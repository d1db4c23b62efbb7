"""Network files: exact round trips, both versions, and every malformed file refused with its place."""

import copy
import json
import os
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.models import THIRDS, models, networks
from support.problems import FOUR_ROWS

from arrangements.errors import InputError
from arrangements.exact.strict_json import parse_json
from convex import Network, SubNetwork, TrainedModel, read_loss, solve
from convex.networks.network_file import model_json, model_of, network_json

ONE, HALF = Fraction(1), Fraction(1, 2)
PARTS = SubNetwork(((ONE, HALF, -ONE),), (HALF,), -ONE), SubNetwork(((HALF, ONE, ONE),), (ONE,), HALF)
CLASSES = TrainedModel(
    (Network(PARTS),),
    columns=("a", "b"),
    bias=True,
    decimals=3,
    weights="times",
    targets=("kind",),
    classes=("no", "yes"),
    loss=read_loss("huber:1/4"),
    beta=Fraction(1, 10),
    width=2,
    upper=Fraction(2),
    lower=Fraction(19, 10),
    certificate="c.json",
)


def again(content):
    """What stands in a file with this content."""
    return model_of(parse_json(json.dumps(content), "f"), "f")


@settings(max_examples=60)
@given(models())
def test_round_trip(model):
    assert again(model_json(model)) == model


@given(networks())
def test_networks_alone(tmp_path_factory, network):
    path = tmp_path_factory.mktemp("n") / "n.json"
    network.write(path)
    assert Network.read(path) == network
    assert TrainedModel.read(path) == TrainedModel((network,))


def test_a_solved_network(tmp_path):
    network = solve(FOUR_ROWS, 2).network
    network.write(tmp_path / "n.json")
    assert Network.read(tmp_path / "n.json").predict(FOUR_ROWS.x) == network.predict(FOUR_ROWS.x)


def test_numbers_that_python_would_not_print(tmp_path):
    huge = Fraction(10**5000, 3**9000)
    network = Network((SubNetwork(((huge,),), (-huge,), 1 / huge),))
    network.write(tmp_path / "n.json")
    assert Network.read(tmp_path / "n.json") == network


@settings(max_examples=30)
@given(st.lists(networks(outputs=THIRDS.filter(bool)), min_size=1, max_size=3))
def test_version_1(found):
    parts = [part for network in found for part in network.subnetworks]
    model = again(network_json(found))
    assert model == TrainedModel(tuple(found) if parts else (Network(()),))


def test_shared_and_dead_subnetworks():
    """A sub-network with weights to two outputs stands for two; one with none is kept with the first."""
    content = {"first": [["1/2", 1]], "second": [1]}
    shared, dead = {**content, "output": [1, -2]}, {**content, "output": [0, 0]}
    first, second = again({"subnetworks": [shared, dead]}).networks
    assert [part.output for part in first.subnetworks] == [1, 0]
    assert [part.output for part in second.subnetworks] == [-2]


def test_the_file_as_it_is(tmp_path):
    """A golden file: the format of version 2, key by key."""
    CLASSES.write(tmp_path / "n.json")
    assert json.loads((tmp_path / "n.json").read_text()) == {
        "format": "multilayer-arrangements/network",
        "version": 2,
        "outputs": 1,
        "columns": ["a", "b"],
        "bias": True,
        "decimals": 3,
        "weights": "times",
        "targets": ["kind"],
        "classes": {"labels": ["no", "yes"], "decision": "sign"},
        "loss": "huber:1/4",
        "beta": "1/10",
        "width": 2,
        "upper_exact": "2/1",
        "lower_exact": "19/10",
        "certificate": "c.json",
        "subnetworks": [
            {"first": [[1, "1/2", -1]], "second": ["1/2"], "output": [-1]},
            {"first": [["1/2", 1, 1]], "second": [1], "output": ["1/2"]},
        ],
    }
    assert TrainedModel.read(tmp_path / "n.json") == CLASSES


def test_a_failed_write_leaves_the_old_file_alone(tmp_path, monkeypatch):
    path = tmp_path / "n.json"
    CLASSES.write(path)
    before = path.read_text()

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match=r"n\.json: cannot be written: No space left on device"):
        Network(()).write(path)
    assert path.read_text() == before
    assert os.listdir(tmp_path) == ["n.json"]
    monkeypatch.undo()
    for place in (tmp_path, tmp_path / "no" / "n.json"):
        with pytest.raises(InputError, match="cannot be written"):
            CLASSES.write(place)


def test_several_outputs_are_no_network(tmp_path):
    TrainedModel((Network(PARTS), Network(()))).write(tmp_path / "n.json")
    with pytest.raises(InputError, match=r"n\.json: it has 2 outputs; read it by TrainedModel\.read$"):
        Network.read(tmp_path / "n.json")


GOOD = model_json(CLASSES)
WRONG = [
    ({"format": "multilayer-arrangements/optimum"}, "format: 'multilayer-arrangements/optimum' is no network"),
    ({"format": 3}, "format: 3 is no network"),
    ({"version": 3}, "version: 3 is not known here; 2 is"),
    ({"version": None}, "version: null is not known here"),
    ({"outputs": None}, "outputs: null is not an integer from 1 to 100000"),
    ({"outputs": True}, "outputs: true is not"),
    ({"outputs": 10**12}, "outputs: 1000000000000 is not"),
    ({"outputs": 2}, "subnetworks, entry 1: output: there are 1 weights for 2 outputs"),
    ({"columns": ["a"]}, "columns: there are 1 and a bias, but neurons have 3 weights"),
    ({"columns": ["a", 2]}, "columns, entry 2: 2 is no text"),
    ({"columns": []}, "columns: there is none"),
    ({"columns": "ab"}, "columns: 'ab' is no list"),
    ({"columns": ["a", "\ud800"]}, "columns, entry 2: .* surrogate"),
    ({"bias": None}, "bias: null is neither true nor false"),
    ({"bias": 1}, "bias: 1 is neither true nor false"),
    ({"bias": False}, "columns: there are 2, but neurons have 3 weights"),
    ({"weights": 1}, "weights: 1 is no text"),
    ({"weights": "a"}, "weights: 'a' is a column of the data or a target as well"),
    ({"decimals": -1}, "decimals: -1 is not an integer from 0 to 1000"),
    ({"decimals": 10**9}, "decimals: 1000000000 is not"),
    ({"targets": ["a", "b"]}, "targets: there are 2 for 1 outputs"),
    ({"classes": ["no", "yes"]}, "classes: a list is no object; it needs labels, decision"),
    ({"classes": {"labels": ["a"], "decision": "sign"}}, "classes: labels: there are 1 for 1 outputs"),
    ({"classes": {"labels": ["a", "a"], "decision": "sign"}}, "classes: labels: a class stands there twice"),
    ({"classes": {"labels": ["a", "b", "c"], "decision": "largest"}}, "classes: labels: there are 3 for 1 outputs"),
    ({"classes": {"labels": ["a", "b"], "decision": "largest"}}, "classes: decision: 'largest' must be 'sign'"),
    ({"classes": {"labels": ["a", "b"]}}, "classes: decision is missing"),
    ({"loss": "absolute"}, "loss: unknown loss 'absolute'"),
    ({"loss": "huber:0"}, "loss: the threshold"),
    ({"loss": {"name": "squared"}}, "loss: an object is no text"),
    ({"beta": 0}, "beta: 0 is not above 0"),
    ({"beta": "x"}, "beta: 'x' is no number"),
    ({"width": 0}, "width: 0 is not an integer of at least 1"),
    ({"width": "unlimited"}, "width: 'unlimited' is not"),
    ({"upper_exact": "1/2"}, "lower_exact is above upper_exact"),
    ({"lower_exact": [1]}, "lower_exact: a list is no number"),
    ({"certificate": 7}, "certificate: 7 is no text"),
    ({"subnetworks": {}}, "subnetworks: an object is no list"),
    ({"subnetworks": [None]}, "subnetworks, entry 1: null is no object; it needs first, second, output"),
    ({"more": 1}, "the key 'more' is unknown"),
]
PART = {"first": [[1, 2, 3]], "second": [1], "output": [1]}
WRONG_PARTS = [
    ({"first": [[1, 2, 3], [1, 2]]}, "first, entry 2: it has length 2 where entry 1 has 3"),
    ({"first": [[]]}, "first: a neuron needs at least one weight"),
    ({"first": [[1, 2, "x"]]}, "first, entry 1, entry 3: 'x' is no number"),
    ({"second": [1, 2]}, "second: there are 2 weights for 1 neurons"),
    ({"second": 1}, "second: 1 is no list"),
    ({"output": 1}, "output: 1 is no list"),
    ({"output": [1, 2]}, "output: there are 2 weights for 1 outputs"),
    ({"output": []}, "output: there are 0 weights for 1 outputs"),
    ({"output": ["1/0"]}, "output, entry 1: '1/0' is no number"),
    ({"third": [1]}, "the key 'third' is unknown"),
]


@pytest.mark.parametrize(("change", "message"), WRONG, ids=[message for _, message in WRONG])
def test_wrong_values(change, message):
    with pytest.raises(InputError, match=f"^f: {message}"):
        again({**GOOD, **change})


@pytest.mark.parametrize(("change", "message"), WRONG_PARTS, ids=[message for _, message in WRONG_PARTS])
def test_wrong_subnetworks(change, message):
    with pytest.raises(InputError, match=f"^f: subnetworks, entry 2: {message}"):
        again({**GOOD, "subnetworks": [PART, {**PART, **change}]})
    with pytest.raises(InputError, match=r"^f: subnetworks, entry 2: "):  # version 1
        again({"subnetworks": [PART, {**PART, **change}]})


def test_subnetworks_on_different_columns():
    with pytest.raises(InputError, match=r"^f: subnetworks: they take different numbers of columns: 2, 3$"):
        again({**GOOD, "subnetworks": [PART, {**PART, "first": [[1, 2]]}]})
    with pytest.raises(InputError, match="with a bias a neuron needs at least two weights"):
        again({**GOOD, "columns": None, "subnetworks": [{**PART, "first": [[1]]}]})


@pytest.mark.parametrize("content", [None, 3, "text", [], [[]], {}, {"subnetworks": None}, {"layers": []}, [GOOD]])
def test_other_json(content):
    with pytest.raises(InputError, match=r"^f: "):
        again(content)


@pytest.mark.parametrize("key", GOOD)
def test_missing_keys(key):
    """Five keys are needed; the rest is what is known of the network."""
    content = {name: value for name, value in GOOD.items() if name != key}
    if key in ("outputs", "subnetworks", "version", "bias"):
        with pytest.raises(InputError, match=f"^f: {key}"):
            again(content)
    elif key == "format":
        with pytest.raises(InputError, match="is unknown"):
            again(content)
    else:
        assert again(content).networks == CLASSES.networks


def test_truncated_anywhere():
    text = json.dumps(GOOD)
    for end in range(len(text)):
        with pytest.raises(InputError, match=r"^f: no JSON"):
            parse_json(text[:end], "f")


JUNK = [None, True, -1, 10**40, 1.5, "", "x", "1/0", [], [[]], [None], {}, {"first": 1}, "\ud800"]


def places(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


@pytest.mark.parametrize("path", [path for path in places(GOOD) if path], ids=str)
def test_junk_anywhere(path):
    """Any value replaced by anything: refused on one line, or a model that is written and read as itself."""
    for junk in JUNK:
        content = copy.deepcopy(GOOD)
        inner = content
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = junk
        try:
            model = again(content)
        except InputError as refusal:
            assert str(refusal).startswith("f: ")  # noqa: PT017
            assert "\n" not in str(refusal)  # noqa: PT017
        else:
            assert again(model_json(model)) == model


def test_models_predict_by_their_networks():
    rows = [(ONE, -ONE), (Fraction(1, 3), HALF), (Fraction(0), Fraction(0)), (Fraction(-7), Fraction(5))]
    two = replace(CLASSES, networks=(Network(PARTS[:1]), Network(PARTS)), classes=(), targets=())
    by_hand = [network.predict([(*row, ONE) for row in rows]) for network in two.networks]
    assert two.predict(rows) == tuple(zip(*by_hand, strict=True))


@settings(max_examples=60)
@given(models(), st.lists(st.tuples(*[THIRDS] * 3), max_size=4))
def test_layers_predict_what_the_networks_do(model, rows):
    rows = [row[: 3 - model.bias] for row in rows]
    full = [(*row, ONE) if model.bias else row for row in rows]
    if not rows:
        assert model.predict(rows) == ()
        return
    by_hand = [network.predict(full) for network in model.networks]
    assert model.predict(rows) == tuple(zip(*by_hand, strict=True))


def test_decisions():
    assert [CLASSES.decide((value,)) for value in (-ONE, Fraction(0), HALF)] == ["no", "no", "yes"]
    three = replace(CLASSES, classes=("a", "b", "c"))
    assert [three.decide(row) for row in ((ONE, ONE, HALF), (-ONE, HALF, ONE))] == ["a", "c"]
