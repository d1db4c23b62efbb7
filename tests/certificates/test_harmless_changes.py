"""Changes that leave every claim proven are accepted, with the same claim."""

import json
import random
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from certificate_files import ARRANGEMENTS, OPTIMA, PAIRS, accepted, fresh, in_lines, rehashed, rejected
from certificate_mutating import EVERY
from certificate_referee import cost, every_tuple, is_own_mirror

TUPLES = (*PAIRS, *OPTIMA)


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
        circuit[:] = [[i, -c] for i, c in circuit]


def circuits_of_other_size(certificate):
    for circuit in certificate["first"]["circuits"]["table"]:
        circuit[:] = [[i, f"{c}/7"] for i, c in circuit]


def witnesses_of_other_size(certificate):
    if certificate["input"].get("offsets") is None:
        for region in certificate["first"]["regions"]:
            region[1] = [str(Fraction(x) * Fraction(5, 3)) for x in region[1]]


def numbers_spelled_otherwise(certificate):
    for region in certificate["first"]["regions"]:
        region[1] = [f"{2 * Fraction(x).numerator}/{2 * Fraction(x).denominator}" for x in region[1]]


def tuples(certificate):
    shuffle(every_tuple(certificate))


def cells(certificate):
    for entry in every_tuple(certificate):
        entry["cells"].reverse()


def terms(certificate):
    for entry in every_tuple(certificate):
        for leaf in entry["leaves"]:
            leaf.reverse()


def neurons(certificate):
    """The neurons of every tuple from last to first, and all that counts them."""
    for entry in every_tuple(certificate):
        last = len(entry["neurons"]) - 1
        entry["neurons"].reverse()
        leaves = list(entry["leaves"])
        for _, evidence in entry["cells"]:
            if "tuples" in certificate:
                evidence.reverse()
            else:
                leaves += filter(None, evidence)
        for term in (term for leaf in leaves for term in leaf if term[0] >= 0):
            term[0] = last - term[0]


def mirrored_tuples(certificate):
    """Every tuple that needs no leaves, as its mirror image where that is another."""
    for entry in every_tuple(certificate):
        if not entry["leaves"] and not is_own_mirror(entry):
            entry["neurons"] = [[mask, -output] for mask, output in entry["neurons"]]
            for cell in entry["cells"]:
                cell[0] = cell[0].translate(str.maketrans("+-", "-+"))
                cell[1] = [*cell[1][2:], *cell[1][:2]] if len(cell[1]) == 4 else cell[1]


def multipliers_as_empty_lists(certificate):
    for entry in every_tuple(certificate):
        for _, evidence in entry["cells"]:
            evidence[:] = [[] if terms is None else terms for terms in evidence]


def another_maker(certificate):
    certificate["provenance"] |= {"software": "å\u2028", "parameters": {"stream": [1, None, {"a": "b"}]}}


def looser_bounds(certificate):
    claim = certificate["claim"]
    claim |= {"upper": str(Fraction(claim["upper"]) + 1), "lower": str(Fraction(claim["lower"]) - 1)}


def tightest_upper_bound(certificate):
    certificate["claim"]["upper"] = str(cost(certificate))


def a_sub_network_of_zeros(certificate):
    certificate["network"]["subnetworks"].append({"first": [[0, 0]], "second": [0], "output": "0"})


def input_spelled_otherwise(certificate):
    rows = certificate["input"]["rows"]
    rows[0] = [f"{2 * Fraction(x).numerator}/{2 * Fraction(x).denominator}" for x in rows[0]]
    rehashed(certificate)


def all_offsets_zero(certificate):
    """An affine arrangement with as many regions."""
    if "offsets" in certificate["input"]:
        certificate["input"]["offsets"] = certificate["input"]["offsets"] or [0] * len(certificate["input"]["rows"])
        rehashed(certificate)


SAME = [
    *((change, base) for base in EVERY for change in (regions, entries_of_circuits, table_of_circuits)),
    *((change, base) for base in EVERY for change in (circuits_turned_around, circuits_of_other_size)),
    *((change, base) for base in EVERY for change in (witnesses_of_other_size, numbers_spelled_otherwise)),
    *((change, base) for base in EVERY for change in (another_maker, input_spelled_otherwise)),
    *((all_offsets_zero, base) for base in ARRANGEMENTS),
    *((change, base) for base in TUPLES for change in (tuples, cells, terms, neurons, mirrored_tuples)),
    *((change, base) for base in OPTIMA for change in (multipliers_as_empty_lists, a_sub_network_of_zeros)),
    *((tightest_upper_bound, base) for base in OPTIMA),
]


@pytest.mark.parametrize(("change", "base"), SAME, ids=[f"{change.__name__}-{base}" for change, base in SAME])
def test_a_change_without_harm_is_accepted(change, base, tmp_path):
    certificate = fresh(base)
    change(certificate)
    assert accepted(certificate, tmp_path) == claim_of(base)


@pytest.mark.parametrize("base", OPTIMA)
def test_looser_bounds_are_true_as_well(base, tmp_path):
    certificate = fresh(base)
    looser_bounds(certificate)
    assert accepted(certificate, tmp_path) != claim_of(base)


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
    *(("dual.tuples", base) for base in OPTIMA),
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
    assert rejected("\n".join(whole[:-1]), tmp_path).startswith("the last line")
    if len(whole) > 2:
        for lines in ([whole[0], *whole[2:]], [*whole[:2], *whole[1:]], [whole[0], whole[-1]], [whole[0], *whole]):
            rejected("\n".join(lines), tmp_path)
    rejected("\n".join([*whole, whole[-1]]), tmp_path)
    rejected(whole[0], tmp_path)
    rejected("\n".join([json.dumps({**json.loads(whole[0]), "stream": "first"}), *whole[1:]]), tmp_path)
    rejected("\n".join([json.dumps({**json.loads(whole[0]), "stream": "no.such.place"}), *whole[1:]]), tmp_path)
