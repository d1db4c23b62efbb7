"""Changes that leave every claim proven are accepted, with the same claim."""

import json
import random
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.certificates.files import (
    ARRANGEMENTS,
    OPTIMA,
    PAIRS,
    WEIGHTED,
    accepted,
    entries,
    fresh,
    in_lines,
    rejected,
)
from support.certificates.formats import rehashed
from support.certificates.mutations import EVERY
from support.certificates.referee import cost, is_own_mirror, numbers, proven_below, spelled, uncovered


@cache
def claim_of(base):
    """The claim of the certificate itself."""
    with TemporaryDirectory() as folder:
        return accepted(fresh(base), Path(folder))


def shuffle(values):
    random.Random(1).shuffle(values)


def regions(certificate):
    shuffle(certificate["first"]["regions"])


def entries_of_circuits(certificate):
    for circuit in certificate["first"]["circuits"]["table"]:
        circuit.reverse()


def table_of_circuits(certificate):
    proof = certificate["first"]["circuits"]
    last = len(proof["table"]) - 1
    proof["table"].reverse()
    proof["leaves"] = [last - k for k in proof["leaves"]]


def circuits_turned_around(certificate):
    for circuit in certificate["first"]["circuits"]["table"]:
        circuit[:] = [[i, spelled(-Fraction(c))] for i, c in circuit]


def circuits_of_other_size(certificate):
    for circuit in certificate["first"]["circuits"]["table"]:
        circuit[:] = [[i, spelled(Fraction(c) / 7)] for i, c in circuit]


def witnesses_of_other_size(certificate):
    if certificate["input"].get("offsets") is None:
        for region in certificate["first"]["regions"]:
            region[1] = [spelled(Fraction(x) * Fraction(5, 3)) for x in region[1]]


def tuples(certificate):
    shuffle(certificate["tuples"])


def cells(certificate):
    for entry in certificate["tuples"]:
        entry["cells"].reverse()


def terms(certificate):
    for entry in certificate["tuples"]:
        for leaf in entry["leaves"]:
            leaf.reverse()


def neurons(certificate):
    """The neurons of every tuple from last to first, and all that counts them."""
    for entry in certificate["tuples"]:
        last = len(entry["neurons"]) - 1
        entry["neurons"].reverse()
        for _, witness in entry["cells"]:
            witness.reverse()
        for term in (term for leaf in entry["leaves"] for term in leaf if term[0] >= 0):
            term[0] = last - term[0]


def mirrored_tuples(certificate):
    """Every tuple that needs no leaves, as its mirror image where that is another."""
    for entry in certificate["tuples"]:
        if not entry["leaves"] and not is_own_mirror(entry):
            entry["neurons"] = [[mask, -output] for mask, output in entry["neurons"]]
            for cell in entry["cells"]:
                cell[0] = cell[0].translate(str.maketrans("+-", "-+"))


def order_of_entries(certificate):
    for dual in certificate["dual"]:
        dual["cover"].reverse()


def repeated_entries(certificate):
    for dual in certificate["dual"]:
        dual["cover"] *= 2


def entries_of_no_use(certificate):
    n = len(certificate["input"]["rows"])
    for dual in certificate["dual"]:
        dual["cover"] += [[1, [0] * n, None, []], [-1, [f"{10**30}"] * n, [f"-{10**30}"] * n, []]]


def order_of_neurons_in_entries(certificate):
    for entry in entries(certificate):
        entry[3].reverse()


def repeated_neurons_in_entries(certificate):
    for entry in entries(certificate):
        entry[3] *= 2


def neurons_in_another_order(certificate):
    """Tuples are made in another order, of the same neurons."""
    for dual in certificate["dual"]:
        order = list(range(len(dual["neurons"])))
        shuffle(order)
        dual["neurons"] = [dual["neurons"][k] for k in order]
        for entry in dual["cover"]:
            entry[3] = [[order.index(k), multipliers] for k, multipliers in entry[3]]


def multipliers_in_parts(certificate):
    """The multiplier of a row as a sum, and zeros."""
    rows = range(len(certificate["input"]["rows"]))
    for entry in entries(certificate):
        for neuron in entry[3]:
            halves = [[i, half] for i, l in neuron[1] for half in (int(l) // 2, int(l) - int(l) // 2)]  # noqa: E741
            neuron[1] = [[i, 0] for i in rows] + halves


def both_vectors_written(certificate):
    for entry in entries(certificate):
        entry[2] = entry[2] or entry[1]


def a_smaller_unit(certificate):
    for dual in certificate["dual"]:
        dual["scale"] = spelled(Fraction(dual["scale"]) / 3)
        dual["v"] = tripled(dual["v"])
        for entry in dual["cover"]:
            entry[1:3] = tripled(entry[1]), entry[2] and tripled(entry[2])
            entry[3] = [[k, [[i, 3 * int(c)] for i, c in multipliers]] for k, multipliers in entry[3]]


def tripled(values):
    return [spelled(3 * value) for value in numbers(values)]


def outputs_in_another_order(certificate):
    certificate["dual"].reverse()
    certificate["input"]["targets"].reverse()
    for part in certificate["network"]["subnetworks"]:
        part["output"].reverse()
    rehashed(certificate)


def order_of_sub_networks(certificate):
    certificate["network"]["subnetworks"].reverse()
    for part in certificate["network"]["subnetworks"]:
        part["first"].reverse()
        part["second"].reverse()


def a_smaller_first_layer(certificate):
    """Its norm need not be 1, where the second layer makes up for it: this costs more."""
    for part in certificate["network"]["subnetworks"]:
        part["first"] = [[spelled(x * Fraction(999999, 10**6)) for x in numbers(w)] for w in part["first"]]
        part["second"] = [spelled(a * Fraction(10**6, 999999)) for a in numbers(part["second"])]
    certificate["claim"]["upper"] = spelled(cost(certificate) + Fraction(1, 10**40))


def another_maker(certificate):
    certificate["provenance"] |= {"software": "å\u2028", "parameters": {"stream": [1, None, {"a": "b"}]}}


def looser_bounds(certificate):
    claim = certificate["claim"]
    claim |= {"upper": spelled(Fraction(claim["upper"]) + 1), "lower": spelled(Fraction(claim["lower"]) - 1)}


def all_weights_one(certificate):
    """As if there were none."""
    certificate["input"]["weights"] = [1] * len(certificate["input"]["rows"])
    rehashed(certificate)


def common_factor_of_weights(certificate):
    """Of the weights, beta, the dual vectors and the bounds; the network's second layer is as it was."""
    given, claim = certificate["input"], certificate["claim"]
    given["weights"] = [spelled(7 * w) for w in numbers(given["weights"])]
    given["beta"] = spelled(7 * Fraction(given["beta"]))
    for dual in certificate["dual"]:
        dual["scale"] = spelled(7 * Fraction(dual["scale"]))
    off = Fraction(given["loss"]["name"] == "logistic", 10**48)
    claim |= {side: spelled(7 * Fraction(claim[side]) + sign * off) for side, sign in (("upper", 1), ("lower", -1))}
    rehashed(certificate)


def tightest_bounds(certificate):
    """The exact ones; a little off where logarithms are in them."""
    off = Fraction(certificate["input"]["loss"]["name"] == "logistic", 10**48)
    certificate["claim"] = {
        "upper": spelled(cost(certificate) + off),
        "lower": spelled(proven_below(certificate) - off),
    }


def a_sub_network_of_zeros(certificate):
    zeros = [0] * len(certificate["input"]["rows"][0])
    outputs = [0] * len(certificate["input"]["targets"])
    certificate["network"]["subnetworks"].append({"first": [zeros], "second": [0], "output": outputs})


def all_offsets_zero(certificate):
    """An affine arrangement with as many regions."""
    if "offsets" in certificate["input"]:
        certificate["input"]["offsets"] = certificate["input"]["offsets"] or [0] * len(certificate["input"]["rows"])
        rehashed(certificate)


SAME = [
    *((change, base) for base in EVERY for change in (regions, entries_of_circuits, table_of_circuits)),
    *((change, base) for base in EVERY for change in (circuits_turned_around, circuits_of_other_size)),
    *((change, base) for base in EVERY for change in (witnesses_of_other_size, another_maker)),
    *((all_offsets_zero, base) for base in ARRANGEMENTS),
    *((all_weights_one, base) for base in OPTIMA if base not in WEIGHTED),
    *((change, base) for base in PAIRS for change in (tuples, cells, terms, neurons, mirrored_tuples)),
    *((change, base) for base in OPTIMA for change in (order_of_entries, repeated_entries, entries_of_no_use)),
    *((change, base) for base in OPTIMA for change in (order_of_neurons_in_entries, repeated_neurons_in_entries)),
    *((change, base) for base in OPTIMA for change in (neurons_in_another_order, multipliers_in_parts)),
    *((change, base) for base in OPTIMA for change in (both_vectors_written, a_smaller_unit, order_of_sub_networks)),
    *((change, base) for base in OPTIMA for change in (a_sub_network_of_zeros, tightest_bounds)),
    (outputs_in_another_order, "two outputs"),
]


@pytest.mark.parametrize(("change", "base"), SAME, ids=[f"{change.__name__}-{base}" for change, base in SAME])
def test_a_change_without_harm_is_accepted(change, base, tmp_path):
    certificate = fresh(base)
    change(certificate)
    assert accepted(certificate, tmp_path) == claim_of(base)


@pytest.mark.parametrize("base", WEIGHTED)
def test_a_common_factor_of_weights_and_beta_is_one_of_the_bounds(base, tmp_path):
    certificate = fresh(base)
    common_factor_of_weights(certificate)
    assert accepted(certificate, tmp_path) != claim_of(base)


@pytest.mark.parametrize("change", [looser_bounds, a_smaller_first_layer])
@pytest.mark.parametrize("base", OPTIMA)
def test_looser_bounds_are_true_as_well(base, change, tmp_path):
    certificate = fresh(base)
    change(certificate)
    assert accepted(certificate, tmp_path) != claim_of(base)


# what covers tuples of width 2 alone: partial ones, or opposed pairs region by region
BY_PAIRS = ("optimum", "partial tuples", "two outputs", "weights")


@pytest.mark.parametrize("base", OPTIMA)
def test_a_bound_for_all_neurons_holds_for_every_width(base, tmp_path):
    certificate = fresh(base)
    outputs = range(len(certificate["dual"]))
    for_all = not any(uncovered(certificate, k, width=len(certificate["dual"][0]["neurons"])) for k in outputs)
    assert for_all == (base not in BY_PAIRS)
    used = max(len(part["first"]) for part in certificate["network"]["subnetworks"])
    for width in (used, 7, 10**9, None) if for_all else ():
        certificate["input"]["width"] = width
        words = "unlimited width" if width is None else f"width {width}"
        assert accepted(rehashed(certificate), tmp_path).startswith(f"the optimum of {words} is between ")


def backwards(value):
    """The same value with the keys of every object from last to first."""
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(value)}
    return [backwards(x) for x in value] if isinstance(value, list) else value


@pytest.mark.parametrize("base", EVERY)
def test_spacing_and_the_order_of_keys_do_not_matter(base, tmp_path):
    certificate = fresh(base)
    claim = claim_of(base)
    for text in (
        json.dumps(certificate, indent=2),
        json.dumps(certificate, separators=(",", ":")),
        "\r\n \t" + json.dumps(certificate, indent="\t").replace("\n", "\r\n") + "\n\n",
        json.dumps(backwards(certificate)),
        json.dumps(certificate).replace('"first"', '"\\u0066irst"'),
    ):
        assert accepted(text, tmp_path) == claim


STREAMS = [
    *(("first.regions", base) for base in EVERY),
    *(("first.circuits.table", base) for base in EVERY),
    *(("first.circuits.leaves", base) for base in EVERY),
    *(("input.rows", base) for base in EVERY),
    *(("tuples", base) for base in PAIRS),
    *(("dual", base) for base in OPTIMA),
    *(("input.targets", base) for base in OPTIMA),
    *(("network.subnetworks", base) for base in OPTIMA),
]


@pytest.mark.parametrize(("stream", "base"), STREAMS)
def test_json_lines_are_accepted(stream, base, tmp_path):
    text = in_lines(fresh(base), stream)
    claim = claim_of(base)
    assert accepted(text, tmp_path) == accepted(text.rstrip(), tmp_path) == claim
    assert accepted(text.replace("\n", "\r\n"), tmp_path) == accepted(text.replace("\n", "\n\n"), tmp_path) == claim


@pytest.mark.parametrize(("stream", "base"), STREAMS[:: len(EVERY) // 2])
def test_json_lines_that_are_cut_or_changed_are_rejected(stream, base, tmp_path):
    whole = in_lines(fresh(base), stream).splitlines()
    assert rejected("\n".join(whole[:-1]), tmp_path).startswith("the last line" if len(whole) > 2 else "file")
    if len(whole) > 2:
        for lines in ([whole[0], *whole[2:]], [*whole[:2], *whole[1:]], [whole[0], whole[-1]], [whole[0], *whole]):
            rejected("\n".join(lines), tmp_path)
    rejected("\n".join([*whole, whole[-1]]), tmp_path)
    rejected(whole[0], tmp_path)
    rejected("\n".join([json.dumps({**json.loads(whole[0]), "stream": "first"}), *whole[1:]]), tmp_path)
    rejected("\n".join([json.dumps({**json.loads(whole[0]), "stream": "no.such.place"}), *whole[1:]]), tmp_path)
