"""Seeded single changes to the tuples and the bounds of valid certificates: every one is rejected.

Each leaves nothing proven, as in test_mutations.
"""

from fractions import Fraction
from itertools import product

from certificate_files import OPTIMA, PAIRS, rehashed
from certificate_mutating import Changes, put, rejected_in_place, until
from certificate_referee import (
    FLIPPED,
    answered,
    cost,
    dot,
    every_tuple,
    evidence_slots,
    is_own_mirror,
    lines,
    multipliers,
    numbers,
    proven_below,
    second_signs,
    sign,
    too_dear,
    unproven,
    used_slots,
)

change = Changes()


def own(certificate):
    """Where the tuples are, for the reason."""
    return "tuples" if "tuples" in certificate else "dual.tuples"


def claim_pairs(certificate, tuples, pairs):
    if "pairs" in certificate["claim"]:
        certificate["claim"]["tuples"] += tuples
        certificate["claim"]["pairs"] += pairs


def recount(certificate):
    """Claim what the listed tuples say themselves."""
    listed = every_tuple(certificate)
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


TUPLES = [*PAIRS, *OPTIMA]


@change(TUPLES, own)
def drop_a_tuple(certificate, rng):
    entry = rng.choice(every_tuple(certificate))
    every_tuple(certificate).remove(entry)
    size = 1 if is_own_mirror(entry) else 2
    claim_pairs(certificate, -size, -size * len(entry["cells"]))


@change(TUPLES, own, 1)
def repeat_a_tuple(certificate, rng):
    entry = rng.choice(every_tuple(certificate))
    every_tuple(certificate).append(entry)
    size = 1 if is_own_mirror(entry) else 2
    claim_pairs(certificate, size, size * len(entry["cells"]))


@change(TUPLES, own)
def turn_the_output_of_a_neuron(certificate, rng):
    entry = rng.choice(every_tuple(certificate))
    neuron = rng.choice(entry["neurons"])
    neuron[1] = -neuron[1]


@change(TUPLES, own, 1)
def repeat_a_neuron(certificate, rng):
    entry = rng.choice(every_tuple(certificate))
    entry["neurons"][0] = entry["neurons"][1]


@change(TUPLES, own)
def take_a_mask_that_no_region_has(certificate, rng):
    known = {signs.translate(str.maketrans("+0-", "110")) for signs, _ in certificate["first"]["regions"]}
    masks = {"".join(bits) for bits in product("01", repeat=len(certificate["input"]["rows"]))}
    dead = {"".join("01"[not any(numbers(row))] for row in certificate["input"]["rows"])}
    rng.choice(rng.choice(every_tuple(certificate))["neurons"])[0] = rng.choice(sorted((masks - known) | dead))


@change(TUPLES, own, 3)
def drop_a_pair(certificate, rng):
    entry = rng.choice(every_tuple(certificate))
    entry["cells"].remove(rng.choice(entry["cells"]))
    claim_pairs(certificate, 0, -1 if is_own_mirror(entry) else -2)


@change(TUPLES, own, 1)
def repeat_a_pair(certificate, rng):
    entry = rng.choice(every_tuple(certificate))
    entry["cells"].append(rng.choice(entry["cells"]))
    claim_pairs(certificate, 0, 1 if is_own_mirror(entry) else 2)


@change(PAIRS, own)
def flip_a_sign_of_a_pair(certificate, rng):
    cell = rng.choice(rng.choice(every_tuple(certificate))["cells"])
    i = rng.choice([i for i, c in enumerate(cell[0]) if c != "0"])
    cell[0] = put(cell[0], i, FLIPPED[cell[0][i]])


@change(["pairs", "optimum"], own, 1)
def remove_a_leaf_of_a_tuple(certificate, rng):
    rng.choice([entry for entry in every_tuple(certificate) if entry["leaves"]])["leaves"].pop()


@change(["pairs", "optimum"], own)
def spoil_a_leaf_of_a_tuple(certificate, rng):
    leaf = rng.choice(rng.choice([entry for entry in every_tuple(certificate) if entry["leaves"]])["leaves"])
    term = rng.choice(leaf)
    kind = rng.randrange(5)
    if kind == 0:
        leaf.clear()
    elif kind == 1:
        leaf.remove(term)
    elif kind == 2:
        term[2] = str(-Fraction(term[2]))
    elif kind == 3:
        term[2] = str(2 * Fraction(term[2]))
    else:
        term[0] = {-1: 0, 0: 1, 1: 0}[term[0]]


@change(PAIRS, own)
def take_a_witness_outside_the_cone(certificate, rng):
    weights = rng.choice(rng.choice(every_tuple(certificate))["cells"])[1]
    j = rng.randrange(len(weights))
    weights[j] = [str(-x) for x in numbers(weights[j])]


@change(PAIRS, own, 1)
def swap_the_weights_of_two_neurons(certificate, rng):
    entry = rng.choice([entry for entry in every_tuple(certificate) if not is_own_mirror(entry)])
    if entry["neurons"][0][0] == entry["neurons"][1][0]:
        entry = next(e for e in every_tuple(certificate) if e["neurons"][0][0] != e["neurons"][1][0])
    rng.choice(entry["cells"])[1].reverse()


@change(PAIRS, own, 4)
def take_a_witness_outside_the_cone_that_has_the_signs(certificate, rng):
    x, points = lines(certificate), [point for _, point in certificate["first"]["regions"]]

    def harmful(copy):
        signs = [(tuple(map(sign, (dot(row, numbers(w)) for row in x)))) for w in weights(copy)]
        masks = [mask for mask, _ in every_tuple(copy)[t]["neurons"]]
        outside = any("".join("01"[s >= 0] for s in found) != mask for found, mask in zip(signs, masks, strict=True))
        return outside and second_signs(copy, every_tuple(copy)[t]["neurons"], weights(copy)) == pair(copy)[0]

    def pair(copy):
        return every_tuple(copy)[t]["cells"][c]

    def weights(copy):
        return pair(copy)[1]

    def draw(copy):
        weights(copy)[rng.randrange(2)] = [str(rng.randint(1, 9) * Fraction(x)) for x in rng.choice(points)]

    t = rng.choice([t for t, entry in enumerate(every_tuple(certificate)) if len({m for m, _ in entry["neurons"]}) > 1])
    c = rng.randrange(len(every_tuple(certificate)[t]["cells"]))
    until(harmful, certificate, draw)


@change(PAIRS, own)
def take_a_neuron_twice_with_all_that_belongs_to_it(certificate, rng):
    signs, point = rng.choice([region for region in certificate["first"]["regions"] if "+" in region[0]])
    mask, output = signs.translate(str.maketrans("+0-", "110")), rng.choice([1, -1])
    cell = signs.translate(str.maketrans("+-", {1: "+0", -1: "-0"}[output]))
    entry = {"neurons": [[mask, output]] * 2, "cells": [[cell, [point, point]]], "leaves": []}
    every_tuple(certificate)[rng.randrange(len(every_tuple(certificate)))] = entry
    recount(certificate)


@change(TUPLES, own)
def take_a_mirror_image_for_another_tuple(certificate, rng):
    listed = every_tuple(certificate)
    source = rng.choice([entry for entry in listed if not entry["leaves"] and not is_own_mirror(entry)])
    flipped = str.maketrans("+-", "-+")
    lost = rng.choice([k for k, entry in enumerate(listed) if entry is not source])
    listed[lost] = {
        "neurons": [[mask, -output] for mask, output in source["neurons"]],
        "cells": [[text.translate(flipped), evidence[2:] + evidence[:2]] for text, evidence in source["cells"]],
        "leaves": [],
    }
    if certificate["format"].endswith("second-layer"):
        for cell, old in zip(listed[lost]["cells"], source["cells"], strict=True):
            cell[1] = old[1]
        recount(certificate)


@change(OPTIMA, own, 4)
def deny_a_forced_sign(certificate, rng):
    """Where a row that is active for sure counts as inactive, the question is easier, and its answer worth nothing."""
    places = sorted({(t, c) for t, c, _ in evidence_slots(certificate)})
    for t, c in rng.sample(places, len(places)):
        entry = every_tuple(certificate)[t]
        cell, right = entry["cells"][c], entry["cells"][c][0]
        for i, s in enumerate(right):
            if len({output for mask, output in entry["neurons"] if mask[i] == "1"}) == 1 and s != "0":
                cell[0] = put(right, i, rng.choice("0" + FLIPPED[s]))
                if all(answered(certificate, (t, c, k)) for k in range(len(cell[1]))):
                    return
        cell[0] = right
    raise AssertionError("no pair will do")


@change(PAIRS, "claim", 6)
def claim_another_number(certificate, rng):
    name = ("tuples", "pairs", "masks")[rng.seed_number // 2]
    certificate["claim"][name] += (-1, 1)[rng.seed_number % 2]


@change(TUPLES, ("tuples", "dual.tuples", "network"), 2)
def change_the_width(certificate, rng):
    certificate["input"]["width"] = (1, 3)[rng.seed_number]
    rehashed(certificate)


# bounds


@change(OPTIMA, "claim.lower", 1)
def raise_the_lower_bound_a_little(certificate, rng):
    certificate["claim"]["lower"] = str(proven_below(certificate) + Fraction(1, 10**60))


@change(OPTIMA, "claim.lower", 1)
def raise_the_lower_bound_above_the_upper(certificate, rng):
    certificate["claim"]["lower"] = str(Fraction(certificate["claim"]["upper"]) + 1)


@change(OPTIMA, "claim.upper", 1)
def lower_the_upper_bound_a_little(certificate, rng):
    certificate["claim"]["upper"] = str(cost(certificate) - Fraction(1, 10**60))


@change(OPTIMA, "claim.upper", 1)
def lower_the_upper_bound_below_the_lower(certificate, rng):
    certificate["claim"]["upper"] = str(Fraction(certificate["claim"]["lower"]) - Fraction(1, 10**9))


@change(OPTIMA, "claim.upper", 1)
def remove_a_sub_network(certificate, rng):
    parts = certificate["network"]["subnetworks"]
    parts.remove(rng.choice(parts))
    assert too_dear(certificate)


@change(OPTIMA, ("claim.upper", "network"), 4)
def change_a_weight(certificate, rng):
    def draw(copy):
        part = rng.choice(copy["network"]["subnetworks"])
        place, key = rng.choice([(part, "output"), (part["second"], 0), (part["first"][0], 0)])
        place[key] = str(Fraction(place[key]) * rng.choice([2, Fraction(1001, 1000), Fraction(1, 2)]))

    until(too_dear, certificate, draw)


@change(OPTIMA, "network", 1)
def use_more_neurons_than_the_width(certificate, rng):
    part = rng.choice(certificate["network"]["subnetworks"])
    more = certificate["input"]["width"] + 1 - len(part["first"])
    part["first"] += [[0] * len(part["first"][0])] * more
    part["second"] += [0] * more


@change(OPTIMA, "dual.tuples", 6)
def remove_a_multiplier_that_is_needed(certificate, rng):
    slot = rng.choice(used_slots(certificate))

    def draw(copy):
        terms = multipliers(copy, slot)
        for term in rng.sample(terms, rng.randint(1, len(terms))):
            terms.remove(term)

    until(lambda copy: not answered(copy, slot), certificate, draw)


@change(OPTIMA, "dual.tuples", 3)
def leave_out_multipliers_that_are_needed(certificate, rng):
    def draw(copy):
        t, c, k = rng.choice(used_slots(copy))
        every_tuple(copy)[t]["cells"][c][1][k] = None

    until(unproven, certificate, draw)


@change(OPTIMA, "dual.tuples", 3)
def turn_a_multiplier_around(certificate, rng):
    term = rng.choice(multipliers(certificate, rng.choice(used_slots(certificate))))
    term[2] = str(-Fraction(term[2]))


@change(OPTIMA, "dual.tuples", 4)
def change_a_multiplier(certificate, rng):
    slot = rng.choice(used_slots(certificate))

    def draw(copy):
        term = rng.choice(multipliers(copy, slot))
        kind = rng.randrange(3)
        if kind == 0:
            term[2] = str(Fraction(term[2]) * rng.choice([1000, Fraction(1001, 1000), Fraction(1, 2)]))
        elif kind == 1:
            term[1] = rng.randrange(len(copy["input"]["rows"]))
        else:
            term[0] = rng.choice([-1, 0, 1])

    until(lambda copy: not answered(copy, slot), certificate, draw)


@change(OPTIMA, ("dual.tuples", "claim.lower"), 4)
def change_the_dual_vector(certificate, rng):
    def draw(copy):
        v = copy["dual"]["v"]
        i = rng.randrange(len(v))
        v[i] = str(Fraction(v[i]) * rng.choice([0, -1, Fraction(1001, 1000), Fraction(1000001, 1000000), 2]))

    until(unproven, certificate, draw)


@change(OPTIMA, ("dual.tuples", "claim.upper"), 4)
def change_beta(certificate, rng):
    def draw(copy):
        factor = rng.choice([2, Fraction(1001, 1000), Fraction(999, 1000), Fraction(1, 2)])
        copy["input"]["beta"] = str(Fraction(copy["input"]["beta"]) * factor)

    until(unproven, certificate, draw)
    rehashed(certificate)


@change(OPTIMA, ("claim.lower", "claim.upper"), 3)
def change_a_target(certificate, rng):
    def draw(copy):
        targets = copy["input"]["targets"]
        targets[rng.randrange(len(targets))] = rng.choice([0, -3, 3, "7/2"])

    until(unproven, certificate, draw)
    rehashed(certificate)


@change(OPTIMA, "input", 2)
def change_the_loss_or_take_no_penalty(certificate, rng):
    certificate["input"] |= [{"loss": "absolute"}, {"beta": 0}][rng.seed_number]
    rehashed(certificate)


@change(OPTIMA, "dual.tuples", 1)
def leave_out_a_question(certificate, rng):
    rng.choice(rng.choice(every_tuple(certificate))["cells"])[1].pop()


@change.every()
def test_a_change_that_leaves_nothing_proven_is_rejected(case, tmp_path):
    rejected_in_place(case, tmp_path)


def test_there_are_many_changes():
    assert len(change.cases) >= 120
