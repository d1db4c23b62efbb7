"""Certificates forged by hand against single rules: each would pass if its rule were not checked."""

import json
from fractions import Fraction

import pytest
from support.certificates.files import accepted, earlier_pairs, earlier_regions, in_lines, rejected
from support.certificates.formats import rehashed
from support.certificates.referee import cost, spelled, unproven

CORNER = earlier_regions([[1, 0], [0, 1]])
RAY = earlier_regions([[1], [2]])
SPLIT = earlier_pairs([[1], [2]], 2)  # one tuple, u = x_i.(w_0 - w_1), with the cells ++ and --


def copy(certificate):
    return json.loads(json.dumps(certificate))


def test_the_certificates_that_are_forged_are_good_themselves(tmp_path):
    assert accepted(CORNER, tmp_path) == "4 regions"
    assert accepted(RAY, tmp_path) == "2 regions"
    assert accepted(SPLIT, tmp_path) == "2 regions; 1 tuples, 2 pairs and 2 masks of width 2"
    assert [entry["neurons"] for entry in SPLIT["tuples"]] == [[["11", 1], ["11", -1]]]


@pytest.mark.parametrize(("face", "point"), [("+0", [1, 0]), ("0-", [0, -2]), ("00", [0, 0])])
def test_a_face_is_no_region(face, point, tmp_path):
    """The number of sign vectors is right."""
    forged = copy(CORNER)
    forged["first"] |= {"circuits": None, "count": True}
    forged["first"]["regions"][1] = [face, point]
    assert rejected(forged, tmp_path).startswith("first.regions[1]")


CIRCUITS = {
    "no row": [],
    "zeros": [[0, 0], [1, 0]],
    "one row": [[0, 1]],
    "a row that is not decided": [[0, 2], [1, -1]],
    "a row twice": [[0, 1], [0, -1]],
    "a row that is not there": [[0, 2], [2, -1]],
    "a row counted from the end": [[0, 2], [-1, -1]],
}


@pytest.mark.parametrize("name", CIRCUITS)
def test_a_region_is_hidden_behind_a_circuit_of(name, tmp_path):
    forged = copy(RAY)
    forged["first"] |= {"count": False, "regions": [entry for entry in RAY["first"]["regions"] if entry[0] == "--"]}
    table, leaves = RAY["first"]["circuits"]["table"], RAY["first"]["circuits"]["leaves"]
    forged["first"]["circuits"] = {"table": [*table, CIRCUITS[name]], "leaves": [len(table), leaves[1]]}
    forged["claim"]["regions"] = 1
    assert rejected(forged, tmp_path).startswith("first.circuits")


@pytest.mark.parametrize("circuit", [[[0, 1], [1, 1]], [[1, 1]], [[1, 1], [1, -1]], [[2, 1]]])
def test_the_row_at_infinity_refutes_nothing_alone(circuit, tmp_path):
    forged = earlier_regions([[0]], [1])  # 0.w = 1: one region, on its negative side
    assert accepted(forged, tmp_path) == "1 regions"
    forged["first"] = {"regions": [], "circuits": {"table": [circuit], "leaves": [0]}, "count": False}
    forged["claim"]["regions"] = 0
    assert rejected(forged, tmp_path).startswith("first.regions: nothing is listed")


LEAVES = {
    "no term": [],
    "zeros": [[0, 0, 0]],
    "zeros on u": [[-1, 0, 0], [-1, 1, 0]],
    "a row that is not decided": [[-1, 0, 2], [-1, 1, -1]],
    "a negative multiple in the cone": [[-1, 0, 1], [0, 0, -1], [1, 0, 1]],
    "terms that do not cancel": [[-1, 0, 1], [1, 0, 1]],
    "a term and its negative": [[-1, 0, 1], [-1, 0, -1]],
    "a neuron that is not there": [[-1, 0, 1], [2, 0, 1]],
    "a neuron counted from the end": [[-2, 0, 1], [0, 0, 1]],
}


@pytest.mark.parametrize("name", LEAVES)
def test_a_pair_is_hidden_behind_a_leaf_of(name, tmp_path):
    forged = copy(SPLIT)
    entry = forged["tuples"][0]
    entry["cells"] = [cell for cell in entry["cells"] if cell[0] == "--"]
    entry["leaves"][0] = LEAVES[name]
    forged["claim"]["pairs"] = 1
    assert rejected(forged, tmp_path).startswith("tuples[0].leaves[0]")


def test_a_list_is_given_twice(tmp_path):
    """Once in the header, once in lines."""
    header, *lines = in_lines(CORNER, "first.regions").splitlines()
    forged = json.loads(header)
    forged["first"]["regions"] = [["++", [1, 1]]]
    assert rejected("\n".join([json.dumps(forged), *lines]), tmp_path).startswith("line 1")
    assert accepted("\n".join([header, *lines]), tmp_path) == "4 regions"


# One row, x = 1, and y = 1 with beta = 1/2: the optimum is 3/8 at f = 1/2 and v = 1/2, the unit of the integers below.
# The neurons are (x w)_+ with either sign; c+ = 1 and c- = 0 bound (p - q)_+ by p.
SINGLE = rehashed(
    {
        "format": "multilayer-arrangements/optimum",
        "version": 2,
        "provenance": {"software": "by hand", "parameters": {}, "sha256": ""},
        "input": {
            "rows": [[1]],
            "targets": [[1]],
            "beta": "1/2",
            "width": None,
            "loss": {"name": "squared", "threshold": None},
        },
        "claim": {"upper": "7/16", "lower": "3/8"},
        "network": {"subnetworks": [{"first": [[1]], "second": ["1/2"], "output": [1]}]},
        "first": {
            "regions": [["+", [1]], ["-", [-1]]],
            "circuits": {"table": [], "leaves": []},  # both signs are there, and nothing is left to refute
            "count": True,
        },
        "dual": [
            {
                "scale": "1/2",
                "v": [1],
                "neurons": [["1", 1], ["1", -1]],
                "cover": [[1, [1], [0], [[0, []], [1, []]]], [-1, [0], None, [[0, []], [1, []]]]],
            }
        ],
    }
)


def forged(dual=None, cover=None, claim=None, network=None, **data):
    """The same with other parts."""
    made = copy(SINGLE)
    made["input"] |= data
    made["claim"] |= claim or {}
    made["dual"][0] |= dual or {}
    if cover is not None:
        made["dual"][0]["cover"][0] = cover
    if network is not None:
        made["network"]["subnetworks"] = network
    return rehashed(made)


def of_loss(name, threshold=None):
    return {"name": name, "threshold": threshold}


def test_the_optimum_that_is_forged_is_proven_itself(tmp_path):
    assert accepted(SINGLE, tmp_path) == "the optimum of unlimited width is between 0.375 and 0.4375 (rounded outwards)"
    for width in (1, 2, 3):
        assert accepted(forged(width=width), tmp_path).startswith(f"the optimum of width {width} is between 0.375 and")
    assert cost(SINGLE) == Fraction(7, 16)
    assert not unproven(SINGLE)


TOO_HIGH = {"lower": "1/2"}  # v = 1, with 1 - 1/2, is what the rules below would let through
BOTH = [[0, []], [1, []]]
FORGED = {
    "a number that is too large for beta": ("dual[0].cover[0]", [1, [2], [0], BOTH]),
    "a negative multiplier": ("dual[0].cover[0]", [1, [2], [0], [[0, [[0, -1]]], [1, []]]]),
    "c+ below v": ("dual[0].cover, output sign 1", [1, [1], [0], BOTH]),
    "c- above 0": ("dual[0].cover, output sign 1", [1, [2], [1], [[1, []]]]),
    "c+ below c-": ("dual[0].cover[0]", [1, [0], [1], BOTH]),
    "one neuron only": ("dual[0].cover, output sign 1", [1, [2], [0], [[1, []]]]),
    "the other output sign": ("dual[0].cover, output sign 1", [-1, [0], [0], BOTH]),
}
MISNAMED = {
    "a multiplier of a row that is not there": [1, [2], [0], [[0, [[1, 1]]], [1, []]]],
    "a multiplier of a row counted from the end": [1, [2], [0], [[0, [[-1, 1]]], [1, []]]],
    "a neuron that is not there": [1, [2], [0], [[1, []], [2, []]]],
    "a neuron counted from the end": [1, [2], [0], [[1, []], [-2, []]]],
    "a neuron that is a truth value": [1, [2], [0], [[1, []], [False, []]]],
    "a sign that is none": [0, [1], [0], BOTH],
    "a sign that is a truth value": [True, [1], [0], BOTH],
    "more numbers than rows": [1, [2, 2], [0, 0], [[1, []]]],
    "no numbers": [1, [], [], BOTH],
    "a fraction": [1, ["3/2"], [0], [[1, []]]],
    "no neurons": [1, [2], [0]],
}


@pytest.mark.parametrize("name", FORGED)
def test_a_bound_that_is_too_high_rests_on(name, tmp_path):
    place, entry = FORGED[name]
    certificate = forged(dual={"v": [2]}, cover=entry, claim=TOO_HIGH)
    assert unproven(certificate)
    assert rejected(certificate, tmp_path).startswith(place)


@pytest.mark.parametrize("name", MISNAMED)
def test_an_entry_with(name, tmp_path):
    certificate = forged(dual={"v": [2]}, cover=MISNAMED[name], claim=TOO_HIGH)
    assert rejected(certificate, tmp_path).startswith("dual[0].cover[0]")


ONE = ["1", -1]


@pytest.mark.parametrize("neurons", [[ONE, ONE], [ONE], [ONE, ["0", 1]], [ONE, ["1", True]], [ONE, "1"], [ONE, []], []])
def test_a_list_of_neurons_that_leaves_one_out(neurons, tmp_path):
    cover = [[o, [2], [0], [[k, []] for k, neuron in enumerate(neurons) if neuron == ONE]] for o in (1, -1)]
    dual = {"v": [2], "neurons": neurons, "cover": cover}
    assert rejected(forged(dual=dual, claim=TOO_HIGH), tmp_path).startswith("dual[0].neurons")


@pytest.mark.parametrize("scale", [0, "0", -1, "-1/2", "1/0", "0/7", "1/2/3", True, None, "0.5", [1]])
def test_a_scale_that_is_no_positive_number(scale, tmp_path):
    assert rejected(forged(dual={"scale": scale}), tmp_path).startswith("dual[0].scale")


LOSSES = {
    # loss, target, v in halves, a lower bound that is too high
    "huber beyond its threshold": (of_loss("huber", 1), 10, 20, 50),
    "hinge beyond its slope": (of_loss("hinge"), 1, 4, 2),
    "hinge below its slope": (of_loss("hinge"), -1, 1, 0),
    "hinge with a label of 2": (of_loss("hinge"), 2, 1, 1),
    "hinge with a label of 1/2": (of_loss("hinge"), "1/2", 2, "1/2"),
    "logistic beyond its slope": (of_loss("logistic"), 1, 3, 0),
    "logistic with a label of 2": (of_loss("logistic"), 2, "1/2", "69/100"),
    "logistic with a label of 0": (of_loss("logistic"), 0, 1, 0),
    "squared with a threshold of 0": (of_loss("squared", 0), 1, 0, 0),
    "squared with a threshold below 0": (of_loss("squared", -1), 1, 0, 0),
    "hinge with a threshold": (of_loss("hinge", 1), 1, 1, "1/2"),
    "huber without a threshold": (of_loss("huber"), 1, 1, "1/4"),
    "huber with a threshold of 0": (of_loss("huber", 0), 1, 0, 0),
    "a loss that is not known": (of_loss("absolute"), 1, 1, 0),
    "a loss that is a list": (of_loss(["squared"]), 1, 1, 0),
}


@pytest.mark.parametrize("name", LOSSES)
def test_a_conjugate_of_another_function(name, tmp_path):
    """Beta is so large that every v is feasible, and the network is zero."""
    loss, target, v, lower = LOSSES[name]
    big = [[o, [10**6], [-(10**6)], BOTH] for o in (1, -1)]
    made = forged(
        dual={"v": [v], "cover": big},
        beta=10**9,
        claim={"lower": lower, "upper": 1000},
        network=[],
        loss=loss,
        targets=[[target]],
    )
    assert rejected(made, tmp_path).startswith(("input.loss", "dual[0].v[0]"))


def test_a_loss_of_nothing(tmp_path):
    """Squared errors cut off at 0 or below would cost nothing."""
    for threshold in (0, -1, "-1/2"):
        made = forged(loss=of_loss("squared", threshold), claim={"upper": 0, "lower": 0}, network=[], dual={"v": [0]})
        assert rejected(made, tmp_path).startswith("input.loss")


PARTS = {
    "a first layer above 1": ("network", [{"first": [["3/2"]], "second": ["1/3"], "output": [1]}]),
    "a second layer that is too short": ("network", [{"first": [[1], [0]], "second": ["1/2"], "output": [1]}]),
    "a second layer that is too long": ("network", [{"first": [["1/2"]], "second": ["1/2", 1], "output": [1]}]),
    "no neuron": ("network", [{"first": [], "second": [], "output": [1]}]),
    "neurons without numbers": ("network", [{"first": [[]], "second": [1], "output": [1]}]),
    "more inputs than columns": ("network", [{"first": [["1/2", 1]], "second": ["1/2"], "output": [1]}]),
    "no output": ("network", [{"first": [[1]], "second": ["1/2"], "output": []}]),
    "more outputs than targets": ("network", [{"first": [[1]], "second": ["1/2"], "output": [1, 0]}]),
    "an output that is a number": ("network", [{"first": [[1]], "second": ["1/2"], "output": 1}]),
    "a weight that is too small to matter": ("claim.upper", [{"first": [[1]], "second": ["1/4"], "output": [1]}]),
    "nothing": ("claim.upper", []),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_network_with(name, tmp_path):
    place, network = PARTS[name]
    assert rejected(forged(network=network), tmp_path).startswith(place)


def test_weights_of_two_outputs_are_paid_for_by_the_square_of_their_sum(tmp_path):
    """With the sum of their squares the network would cost 7/8 - 1/16."""
    parts = [{"first": [[1]], "second": ["1/2"], "output": [1, 1]}]
    made = forged(targets=[[1], [1]], network=parts, claim={"upper": "17/16", "lower": "3/4"})
    made["dual"] *= 2
    real = Fraction(1, 8) * 2 + Fraction(1, 4) * (Fraction(1, 4) + 4)
    made["claim"]["upper"] = spelled(real)
    assert real == cost(made)
    accepted(made, tmp_path)
    made["claim"]["upper"] = spelled(real - Fraction(1, 2))
    assert rejected(made, tmp_path).startswith("claim.upper")


def test_no_output_at_all(tmp_path):
    made = forged(targets=[], network=[], claim={"upper": 0, "lower": 0})
    made["dual"] = []
    assert rejected(made, tmp_path).startswith("input: there must be an output")


@pytest.mark.parametrize("width", [0, -1, True, False, "2.0", "", [], {}, "1/2"])
def test_a_width_that_is_none(width, tmp_path):
    assert rejected(forged(width=width), tmp_path).startswith("input.width")


def test_rows_that_are_all_zero(tmp_path):
    """There are no neurons, and nothing to cover but the empty tuple."""
    made = forged(rows=[[0], [0]], targets=[[1, 3]], network=[], claim={"upper": 5, "lower": 5})
    made["first"]["regions"] = [["00", [1]]]
    made["dual"] = [{"scale": 1, "v": [1, 3], "neurons": [], "cover": [[o, [0, 0], None, []] for o in (1, -1)]}]
    accepted(made, tmp_path)
    made["dual"][0]["cover"].pop()
    assert rejected(made, tmp_path).startswith("dual[0].cover, output sign -1")


@pytest.mark.parametrize("name", ["squared", "huber", "hinge", "logistic"])
def test_dual_vectors_of_many_digits(name, tmp_path):
    """The product of scale and integer has twice as many digits as either."""
    zeros = "0" * 10_000  # of each number; so many digits that str() refuses
    big = f"1{zeros}7"
    cover = [[1, [big], [0], BOTH], [-1, [0], None, BOTH]]
    dual = {"scale": f"1{zeros}1/10{zeros}", "v": [big], "cover": cover}
    made = forged(dual=dual, loss=of_loss(name, 1 if name == "huber" else None), network=[], claim={"upper": 1})
    made["input"]["beta"] = f"90{zeros}0"
    place = "claim.lower" if name == "squared" else "dual[0].v[0]"
    assert rejected(rehashed(made), tmp_path).startswith(place)
