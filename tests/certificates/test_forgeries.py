"""Certificates forged by hand against single rules: each would pass if its rule were not checked."""

import json

import pytest
from certificate_files import accepted, in_lines, of_pairs, of_regions, rejected

CORNER = of_regions([[1, 0], [0, 1]])
RAY = of_regions([[1], [2]])
SPLIT = of_pairs([[1], [2]], 2)  # one tuple, u = x_i.(w_0 - w_1), with the cells ++ and --


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
    forged = of_regions([[0]], [1])  # 0.w = 1: one region, on its negative side
    assert accepted(forged, tmp_path) == "1 regions"
    forged["first"] = {"regions": [], "circuits": {"table": [circuit], "leaves": [0]}, "count": False}
    forged["claim"]["regions"] = 0
    assert rejected(forged, tmp_path).startswith("first.circuits")


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
