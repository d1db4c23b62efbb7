"""Seeded single changes to the tuples of valid certificates: every one is rejected.

Each leaves nothing proven, as in test_mutations.
"""

from fractions import Fraction
from itertools import product

from support.certificates.files import PAIRS
from support.certificates.mutations import Changes, put, rejected_in_place, until
from support.certificates.referee import FLIPPED, dot, is_own_mirror, lines, numbers, second_signs, sign, spelled

change = Changes()


def claim_pairs(certificate, tuples, pairs):
    certificate["claim"]["tuples"] += tuples
    certificate["claim"]["pairs"] += pairs


def recount(certificate):
    """Claim what the listed tuples say themselves."""
    listed = certificate["tuples"]
    sizes = [(1 if is_own_mirror(entry) else 2, len(entry["cells"])) for entry in listed]
    masks = {
        text.translate(str.maketrans("+-0", bits))
        for entry in listed
        for text, _ in entry["cells"]
        for bits in ("101", "011")
    }
    certificate["claim"] |= {
        "tuples": sum(size for size, _ in sizes),
        "pairs": sum(size * cells for size, cells in sizes),
        "masks": len(masks),
    }


@change(PAIRS, "tuples")
def drop_a_tuple(certificate, rng):
    entry = rng.choice(certificate["tuples"])
    certificate["tuples"].remove(entry)
    size = 1 if is_own_mirror(entry) else 2
    claim_pairs(certificate, -size, -size * len(entry["cells"]))


@change(PAIRS, "tuples", 1)
def repeat_a_tuple(certificate, rng):
    entry = rng.choice(certificate["tuples"])
    certificate["tuples"].append(entry)
    size = 1 if is_own_mirror(entry) else 2
    claim_pairs(certificate, size, size * len(entry["cells"]))


@change(PAIRS, "tuples")
def turn_the_output_of_a_neuron(certificate, rng):
    entry = rng.choice(certificate["tuples"])
    neuron = rng.choice(entry["neurons"])
    neuron[1] = -neuron[1]


@change(PAIRS, "tuples", 1)
def repeat_a_neuron(certificate, rng):
    entry = rng.choice(certificate["tuples"])
    entry["neurons"][0] = entry["neurons"][1]


@change(PAIRS, "tuples")
def take_a_mask_that_no_region_has(certificate, rng):
    known = {signs.translate(str.maketrans("+0-", "110")) for signs, _ in certificate["first"]["regions"]}
    masks = {"".join(bits) for bits in product("01", repeat=len(certificate["input"]["rows"]))}
    dead = {"".join("01"[not any(numbers(row))] for row in certificate["input"]["rows"])}
    rng.choice(rng.choice(certificate["tuples"])["neurons"])[0] = rng.choice(sorted((masks - known) | dead))


@change(PAIRS, "tuples", 3)
def drop_a_pair(certificate, rng):
    entry = rng.choice(certificate["tuples"])
    entry["cells"].remove(rng.choice(entry["cells"]))
    claim_pairs(certificate, 0, -1 if is_own_mirror(entry) else -2)


@change(PAIRS, "tuples", 1)
def repeat_a_pair(certificate, rng):
    entry = rng.choice(certificate["tuples"])
    entry["cells"].append(rng.choice(entry["cells"]))
    claim_pairs(certificate, 0, 1 if is_own_mirror(entry) else 2)


@change(PAIRS, "tuples")
def flip_a_sign_of_a_pair(certificate, rng):
    cell = rng.choice(rng.choice(certificate["tuples"])["cells"])
    i = rng.choice([i for i, c in enumerate(cell[0]) if c != "0"])
    cell[0] = put(cell[0], i, FLIPPED[cell[0][i]])


@change(["pairs"], "tuples", 1)
def remove_a_leaf_of_a_tuple(certificate, rng):
    rng.choice([entry for entry in certificate["tuples"] if entry["leaves"]])["leaves"].pop()


@change(["pairs"], "tuples")
def spoil_a_leaf_of_a_tuple(certificate, rng):
    leaf = rng.choice(rng.choice([entry for entry in certificate["tuples"] if entry["leaves"]])["leaves"])
    term = rng.choice(leaf)
    kind = rng.randrange(5)
    if kind == 0:
        leaf.clear()
    elif kind == 1:
        leaf.remove(term)
    elif kind == 2:
        term[2] = spelled(-Fraction(term[2]))
    elif kind == 3:
        term[2] = spelled(2 * Fraction(term[2]))
    else:
        term[0] = {-1: 0, 0: 1, 1: 0}[term[0]]


@change(PAIRS, "tuples")
def take_a_witness_outside_the_cone(certificate, rng):
    weights = rng.choice(rng.choice(certificate["tuples"])["cells"])[1]
    j = rng.randrange(len(weights))
    weights[j] = [spelled(-x) for x in numbers(weights[j])]


@change(PAIRS, "tuples", 1)
def swap_the_weights_of_two_neurons(certificate, rng):
    entry = rng.choice([entry for entry in certificate["tuples"] if not is_own_mirror(entry)])
    if entry["neurons"][0][0] == entry["neurons"][1][0]:
        entry = next(e for e in certificate["tuples"] if e["neurons"][0][0] != e["neurons"][1][0])
    rng.choice(entry["cells"])[1].reverse()


@change(PAIRS, "tuples", 4)
def take_a_witness_outside_the_cone_that_has_the_signs(certificate, rng):
    x, points = lines(certificate), [point for _, point in certificate["first"]["regions"]]

    def harmful(copy):
        signs = [(tuple(map(sign, (dot(row, numbers(w)) for row in x)))) for w in weights(copy)]
        masks = [mask for mask, _ in copy["tuples"][t]["neurons"]]
        outside = any("".join("01"[s >= 0] for s in found) != mask for found, mask in zip(signs, masks, strict=True))
        return outside and second_signs(copy, copy["tuples"][t]["neurons"], weights(copy)) == pair(copy)[0]

    def pair(copy):
        return copy["tuples"][t]["cells"][c]

    def weights(copy):
        return pair(copy)[1]

    def draw(copy):
        weights(copy)[rng.randrange(2)] = [spelled(rng.randint(1, 9) * Fraction(x)) for x in rng.choice(points)]

    t = rng.choice([t for t, entry in enumerate(certificate["tuples"]) if len({m for m, _ in entry["neurons"]}) > 1])
    c = rng.randrange(len(certificate["tuples"][t]["cells"]))
    until(harmful, certificate, draw)


@change(PAIRS, "tuples")
def take_a_neuron_twice_with_all_that_belongs_to_it(certificate, rng):
    signs, point = rng.choice([region for region in certificate["first"]["regions"] if "+" in region[0]])
    mask, output = signs.translate(str.maketrans("+0-", "110")), rng.choice([1, -1])
    cell = signs.translate(str.maketrans("+-", {1: "+0", -1: "-0"}[output]))
    entry = {"neurons": [[mask, output]] * 2, "cells": [[cell, [point, point]]], "leaves": []}
    certificate["tuples"][rng.randrange(len(certificate["tuples"]))] = entry
    recount(certificate)


@change(PAIRS, "tuples")
def take_a_mirror_image_for_another_tuple(certificate, rng):
    listed = certificate["tuples"]
    source = rng.choice([entry for entry in listed if not entry["leaves"] and not is_own_mirror(entry)])
    flipped = str.maketrans("+-", "-+")
    lost = rng.choice([k for k, entry in enumerate(listed) if entry is not source])
    listed[lost] = {
        "neurons": [[mask, -output] for mask, output in source["neurons"]],
        "cells": [[text.translate(flipped), witness] for text, witness in source["cells"]],
        "leaves": [],
    }
    recount(certificate)


@change.every()
def test_a_change_that_leaves_nothing_proven_is_rejected(case, tmp_path):
    rejected_in_place(case, tmp_path)


def test_there_are_many_changes():
    assert len(change.cases) >= 50
