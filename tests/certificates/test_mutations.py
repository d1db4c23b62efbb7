"""Seeded single changes to the first layer, the input and the frame of valid certificates: every one is rejected.

Each leaves nothing proven. Where its kind alone does not say so, that is worked out again, and a change that happens
to do no harm is drawn anew.
"""

import json
from fractions import Fraction
from itertools import product

import pytest
from support.certificates.files import ARRANGEMENTS, PAIRS, accepted, fresh, rejected
from support.certificates.formats import rehashed
from support.certificates.mutations import EVERY, Changes, put, rejected_in_place, until
from support.certificates.referee import (
    FLIPPED,
    contradicts,
    cut_regions,
    depends,
    dot,
    lines,
    misplaced,
    numbers,
    spelled,
    values,
)

change = Changes()


def some_row(certificate, rng):
    """A row that is not zero."""
    return rng.choice([i for i, row in enumerate(certificate["input"]["rows"]) if any(numbers(row))])


def claim_regions(certificate, more):
    if "regions" in certificate["claim"]:
        certificate["claim"]["regions"] += more


@change(EVERY, "first.regions")
def flip_a_sign_of_a_region(certificate, rng):
    region, i = rng.choice(certificate["first"]["regions"]), some_row(certificate, rng)
    region[0] = put(region[0], i, FLIPPED[region[0][i]])


@change(ARRANGEMENTS, "first.regions", 1)
def put_a_zero_into_a_region(certificate, rng):
    region, i = rng.choice(certificate["first"]["regions"]), some_row(certificate, rng)
    region[0] = put(region[0], i, "0")


@change(["fractions", "pairs of fractions"], "first.regions", 1)
def put_a_sign_on_a_zero_row(certificate, rng):
    region = rng.choice(certificate["first"]["regions"])
    region[0] = put(region[0], region[0].index("0"), rng.choice("+-"))


@change(EVERY, "first.")
def drop_a_region(certificate, rng):
    certificate["first"]["regions"].remove(rng.choice(certificate["first"]["regions"]))
    claim_regions(certificate, -1)


@change(ARRANGEMENTS, "first.count")
def drop_a_region_with_the_count_alone(certificate, rng):
    certificate["first"] |= {"circuits": None, "count": True}
    drop_a_region(certificate, rng)


@change(ARRANGEMENTS, "first.circuits")
def drop_a_region_with_circuits_alone(certificate, rng):
    certificate["first"]["count"] = False
    drop_a_region(certificate, rng)


@change(EVERY, "first.regions", 1)
def repeat_a_region(certificate, rng):
    regions = certificate["first"]["regions"]
    regions.insert(rng.randrange(len(regions)), list(rng.choice(regions)))
    claim_regions(certificate, 1)


@change([*ARRANGEMENTS, *PAIRS], "first.regions")
def invent_a_region(certificate, rng):
    regions, rows = certificate["first"]["regions"], lines(certificate)
    known = {signs for signs, _ in regions}
    others = ["".join(s) for s in product(*("+-" if any(row) else "0" for row in rows)) if "".join(s) not in known]
    regions.append([rng.choice(others), rng.choice(regions)[1]])
    claim_regions(certificate, 1)


@change(EVERY, "first.regions", 1)
def take_the_witness_of_another_region(certificate, rng):
    one, other = rng.sample(certificate["first"]["regions"], 2)
    one[1] = other[1]


@change(EVERY, "first.regions", 1)
def put_a_witness_onto_a_row(certificate, rng):
    region = rng.choice(certificate["first"]["regions"])
    i = rng.choice([i for i, row in enumerate(certificate["input"]["rows"]) if any(numbers(row))])
    row, point = numbers(certificate["input"]["rows"][i]), numbers(region[1])
    step = values(certificate, point)[i] / dot(row, row)
    region[1] = [spelled(w - step * x) for w, x in zip(point, row, strict=True)]
    assert values(certificate, region[1])[i] == 0


@change([*ARRANGEMENTS, *PAIRS], "claim", 1)
def claim_one_region_more(certificate, rng):
    certificate["claim"]["regions"] += 1


@change([*ARRANGEMENTS, *PAIRS], "claim", 1)
def claim_one_region_less(certificate, rng):
    certificate["claim"]["regions"] -= 1


@change(EVERY, "first: there is no proof", 1)
def leave_out_the_proofs_of_completeness(certificate, rng):
    certificate["first"] |= {"circuits": None, "count": False}


WITH_CIRCUITS = [*ARRANGEMENTS, "pairs", "optimum", "degenerate"]


def circuits(certificate):
    """The circuits, made the only proof."""
    certificate["first"]["count"] = False
    return certificate["first"]["circuits"]


@change(WITH_CIRCUITS, "first.circuits.table")
def change_a_coefficient(certificate, rng):
    term = rng.choice(rng.choice(circuits(certificate)["table"]))
    term[1] = term[1] + rng.choice([1, -1, 7])


@change(WITH_CIRCUITS, "first.circuits.table")
def change_a_row_of_a_circuit(certificate, rng):
    def draw(copy):
        rng.choice(rng.choice(copy["first"]["circuits"]["table"]))[0] = rng.randrange(len(lines(copy)))

    circuits(certificate)
    until(lambda copy: not all(depends(c, copy) for c in copy["first"]["circuits"]["table"]), certificate, draw)


@change(WITH_CIRCUITS, "first.circuits.table", 1)
def shorten_a_circuit(certificate, rng):
    circuit = rng.choice(circuits(certificate)["table"])
    circuit.remove(rng.choice(circuit))


@change(WITH_CIRCUITS, "first.circuits.table", 1)
def empty_a_circuit(certificate, rng):
    rng.choice(circuits(certificate)["table"]).clear()


@change(["central", "affine", "optimum"], "first.circuits.leaves", 3)
def take_another_circuit_for_a_leaf(certificate, rng):
    proof, n = circuits(certificate), len(lines(certificate))
    k, decided = rng.choice(list(enumerate(cut_regions(certificate))))
    assert contradicts(proof["table"][proof["leaves"][k]], decided, n)
    proof["leaves"][k] = rng.choice(
        [number for number, circuit in enumerate(proof["table"]) if not contradicts(circuit, decided, n)]
    )


@change(WITH_CIRCUITS, "first.circuits", 1)
def remove_a_leaf(certificate, rng):
    leaves = circuits(certificate)["leaves"]
    leaves.pop(rng.choice([k for k in range(len(leaves)) if len(set(leaves[k:])) > 1] or [len(leaves) - 1]))


@change(WITH_CIRCUITS, "first.circuits.leaves", 1)
def name_a_circuit_that_is_not_there(certificate, rng):
    leaves = circuits(certificate)["leaves"]
    leaves[rng.randrange(len(leaves))] = rng.choice([-1, len(certificate["first"]["circuits"]["table"])])


# the input, with the hash of what it is then


ROWS = ("first.regions", "claim.upper")  # the network comes before the regions


@change(EVERY, ROWS)
def swap_two_rows(certificate, rng):
    def draw(copy):
        rows, offsets = copy["input"]["rows"], copy["input"].get("offsets")
        i, j = rng.sample(range(len(rows)), 2)
        for column in filter(None, (rows, offsets)):
            column[i], column[j] = column[j], column[i]

    until(misplaced, certificate, draw)
    rehashed(certificate)


@change(EVERY, ROWS, 1)
def turn_a_row_around(certificate, rng):
    rows, i = certificate["input"]["rows"], some_row(certificate, rng)
    rows[i] = [spelled(-x) for x in numbers(rows[i])]
    if certificate["input"].get("offsets") is not None:
        certificate["input"]["offsets"][i] = spelled(-Fraction(certificate["input"]["offsets"][i]))
    rehashed(certificate)


@change(EVERY, ROWS)
def change_a_number_of_the_input(certificate, rng):
    def draw(copy):
        row = rng.choice(copy["input"]["rows"])
        row[rng.randrange(len(row))] = rng.choice([-100, -2, 0, "1/3", 3, 100])

    until(misplaced, certificate, draw)
    rehashed(certificate)


@change(EVERY, "provenance.sha256", 1)
def change_the_input_without_its_hash(certificate, rng):
    certificate["input"]["rows"][0][0] = 17


@change(EVERY, ("first.regions", "input.targets"), 1)
def remove_a_row(certificate, rng):
    certificate["input"]["rows"].pop()
    if certificate["input"].get("offsets") is not None:
        certificate["input"]["offsets"].pop()
    rehashed(certificate)


@change(["affine", "affine fractions"], "first.regions", 3)
def move_a_hyperplane(certificate, rng):
    def draw(copy):
        offsets = copy["input"]["offsets"]
        offsets[rng.randrange(len(offsets))] = rng.choice([-5, "-1/2", "1/2", 5])

    until(misplaced, certificate, draw)
    rehashed(certificate)


# the frame


@change(EVERY, "provenance.sha256", 1)
def change_the_hash(certificate, rng):
    digest = certificate["provenance"]["sha256"]
    i = rng.randrange(len(digest))
    certificate["provenance"]["sha256"] = put(digest, i, "0" if digest[i] != "0" else "1")


@change(["central", "pairs", "small optimum"], "version", 4)
def change_the_version(certificate, rng):
    version = certificate["version"]
    certificate["version"] = [4, 0, str(version), True][rng.seed_number]


@change(EVERY, ("file", "version"), 1)
def call_it_another_kind(certificate, rng):
    kinds = {"regions", "second-layer", "optimum"} - {certificate["format"].rpartition("/")[2]}
    certificate["format"] = f"multilayer-arrangements/{rng.choice(sorted(kinds))}"


@change(["central", "pairs", "small optimum"], "format", 2)
def call_it_an_unknown_kind(certificate, rng):
    certificate["format"] = ["multilayer-arrangements/faces", "regions"][rng.seed_number]


@change(["central", "pairs", "small optimum"], ("file", "first", "claim", "provenance"), 4)
def add_an_unknown_field(certificate, rng):
    place = [certificate, certificate["first"], certificate["claim"], certificate["provenance"]][rng.seed_number]
    place["remark"] = "none"


@change(["central", "pairs", "small optimum"], ("file", "first", "claim", "provenance"), 4)
def remove_a_field(certificate, rng):
    place = [certificate, certificate["first"], certificate["claim"], certificate["provenance"]][rng.seed_number]
    place.pop(rng.choice(sorted(place.keys() - {"format"})))


@change.every()
def test_a_change_that_leaves_nothing_proven_is_rejected(case, tmp_path):
    rejected_in_place(case, tmp_path)


def test_there_are_many_changes():
    assert len(change.cases) >= 150


@pytest.mark.parametrize("base", EVERY)
def test_a_key_twice_is_rejected(base, tmp_path):
    text = json.dumps(fresh(base))
    for key in ('"claim": ', '"first": ', '"regions": [', '"rows": '):
        place = text.index(key)
        twice = f"{text[:place]}{key.partition(':')[0]}: null, {text[place:]}"
        assert "a key is repeated" in rejected(twice, tmp_path)


@pytest.mark.parametrize("base", EVERY)
def test_the_certificates_themselves_are_accepted(base, tmp_path):
    certificate = fresh(base)
    accepted(certificate, tmp_path)
    assert not misplaced(certificate)
    table = certificate["first"]["circuits"]["table"]
    assert all(depends(circuit, certificate) for circuit in table)
    for number, decided in zip(certificate["first"]["circuits"]["leaves"], cut_regions(certificate), strict=True):
        assert contradicts(table[number], decided, len(lines(certificate)))
