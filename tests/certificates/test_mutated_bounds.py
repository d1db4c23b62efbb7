"""Seeded single changes to the two bounds of valid certificates of optima: every one is rejected.

Each leaves nothing proven, as in test_mutations. Where covers are changed, all tuples with all signs are listed once
more to make sure of that; a bound that is written for a neuron and does not hold is harm enough.
"""

from fractions import Fraction

import pytest
from support.certificates.files import OPTIMA, WEIGHTED, entries, fresh
from support.certificates.formats import rehashed
from support.certificates.mutations import Changes, rejected_in_place, until
from support.certificates.referee import (
    cost,
    numbers,
    numbers_of,
    proven_below,
    spelled,
    too_dear,
    unbounded,
    uncovered,
    unproven,
)

change = Changes()
ANY_BOUND = ("dual[", "claim.lower")


def factor(rng):
    return rng.choice([2, Fraction(1001, 1000), Fraction(1000001, 1000000), Fraction(999, 1000), Fraction(1, 2)])


def some_dual(certificate, rng):
    return rng.choice(certificate["dual"])


def some_entry(certificate, rng):
    return rng.choice(some_dual(certificate, rng)["cover"])


def with_multipliers(certificate):
    """Every neuron of an entry that has multipliers: (entry, place in its list)."""
    return [(entry, k) for entry in entries(certificate) for k, (_, terms) in enumerate(entry[3]) if terms]


# the cover


@change(OPTIMA, "dual[", 3)
def remove_an_entry(certificate, rng):
    def draw(copy):
        cover = some_dual(copy, rng)["cover"]
        cover.remove(rng.choice(cover))

    until(unproven, certificate, draw)


@change(OPTIMA, "dual[", 1)
def remove_all_entries_of_an_output_sign(certificate, rng):
    dual, o = some_dual(certificate, rng), rng.choice([1, -1])
    dual["cover"] = [entry for entry in dual["cover"] if entry[0] != o]


@change(OPTIMA, "dual[", 3)
def remove_a_neuron_of_an_entry(certificate, rng):
    def draw(copy):
        good = some_entry(copy, rng)[3]
        if good:
            good.remove(rng.choice(good))

    until(unproven, certificate, draw)


@change(OPTIMA, "dual[", 1)
def remove_all_neurons_of_an_entry(certificate, rng):
    until(unproven, certificate, lambda copy: some_entry(copy, rng)[3].clear())


@change(["partial tuples"], "dual[", 2)
def add_a_neuron_that_an_entry_does_not_bound(certificate, rng):
    def draw(copy):
        entry = some_entry(copy, rng)
        entry[3].append([rng.randrange(len(copy["dual"][0]["neurons"])), []])

    until(unbounded, certificate, draw)


@change(OPTIMA, "dual[", 2)
def turn_the_output_sign_of_an_entry(certificate, rng):
    def draw(copy):
        entry = some_entry(copy, rng)
        entry[0] = -entry[0]

    until(unproven, certificate, draw)


@change(OPTIMA, "dual[", 4)
def flip_a_sign_in_a_cover_vector(certificate, rng):
    def draw(copy):
        vector = rng.choice([part for part in some_entry(copy, rng)[1:3] if part is not None])
        i = rng.randrange(len(vector))
        vector[i] = spelled(-Fraction(vector[i]))

    until(unproven, certificate, draw)


@change(OPTIMA, "dual[", 4)
def change_a_number_of_a_cover_vector(certificate, rng):
    def draw(copy):
        vector = rng.choice([part for part in some_entry(copy, rng)[1:3] if part is not None])
        i = rng.randrange(len(vector))
        vector[i] = spelled(Fraction(vector[i]) + rng.choice([-1, 1]) * rng.choice([1, 10**6, 10**13]))

    until(unproven, certificate, draw)


@change(OPTIMA, "dual[", 1)
def swap_the_two_vectors_of_an_entry(certificate, rng):
    def draw(copy):
        entry = some_entry(copy, rng)
        entry[1:3] = entry[2] or entry[1], entry[1]

    def harmful(copy):
        return any(a < b for entry in entries(copy) for a, b in zip(*numbers_of(entry), strict=True))

    until(harmful, certificate, draw)


@change(OPTIMA, "dual[", 2)
def let_one_vector_do_for_both(certificate, rng):
    """Where v_i > 0 and u_i has either sign, c+ is v_i and c- is 0."""

    def draw(copy):
        entry = rng.choice([entry for entry in entries(copy) if entry[2] is not None])
        if rng.random() < 0.5:
            entry[1] = entry[2]
        entry[2] = None

    until(unproven, certificate, draw)


@change(OPTIMA, "dual[", 3)
def remove_a_multiplier_that_is_needed(certificate, rng):
    def draw(copy):
        entry, place = rng.choice(with_multipliers(copy))
        terms = entry[3][place][1]
        terms.remove(rng.choice(terms))

    until(unbounded, certificate, draw)


@change(OPTIMA, "dual[", 1)
def remove_all_multipliers(certificate, rng):
    for entry, place in with_multipliers(certificate):
        entry[3][place][1].clear()
    assert unbounded(certificate)


@change(OPTIMA, "dual[", 2)
def turn_a_multiplier_around(certificate, rng):
    entry, place = rng.choice(with_multipliers(certificate))
    term = rng.choice(entry[3][place][1])
    term[1] = spelled(-Fraction(term[1]))


@change(OPTIMA, "dual[", 4)
def change_a_multiplier(certificate, rng):
    def draw(copy):
        entry, place = rng.choice(with_multipliers(copy))
        term = rng.choice(entry[3][place][1])
        if rng.random() < 0.3:
            term[0] = rng.randrange(len(copy["input"]["rows"]))
        else:
            term[1] = spelled(int(Fraction(term[1]) * rng.choice([1000, Fraction(1001, 1000), Fraction(1, 2), 0])))

    until(unbounded, certificate, draw)


@change(OPTIMA, "dual[", 2)
def give_the_multipliers_of_a_neuron_to_another(certificate, rng):
    def draw(copy):
        entry = some_entry(copy, rng)
        if len(entry[3]) > 1:
            one, other = rng.sample(entry[3], 2)
            one[1], other[1] = other[1], one[1]

    until(unbounded, certificate, draw)


@change(OPTIMA, "dual[", 2)
def name_another_neuron_in_an_entry(certificate, rng):
    def draw(copy):
        dual = some_dual(copy, rng)
        good = rng.choice(dual["cover"])[3]
        if good:
            rng.choice(good)[0] = rng.randrange(len(dual["neurons"]))

    until(unproven, certificate, draw)


@change(OPTIMA, "dual[", 1)
def number_neurons_and_rows_beyond_the_last_or_from_the_end(certificate, rng):
    entry, place = rng.choice(with_multipliers(certificate))
    neuron = entry[3][place]
    list_, length = rng.choice([(neuron, 2 * len(certificate["first"]["regions"])), (neuron[1][0], len(entry[1]))])
    list_[0] = rng.choice([length, -1])


# the order of neurons


@change(OPTIMA, "dual[", 2)
def swap_two_neurons(certificate, rng):
    def draw(copy):
        names = some_dual(copy, rng)["neurons"]
        i, j = rng.sample(range(len(names)), 2)
        names[i], names[j] = names[j], names[i]

    until(unproven, certificate, draw)


@change(OPTIMA, "dual[", 1)
def turn_the_order_of_neurons_around(certificate, rng):
    some_dual(certificate, rng)["neurons"].reverse()
    assert unproven(certificate)


@change(OPTIMA, "dual[", 1)
def leave_out_a_neuron(certificate, rng):
    some_dual(certificate, rng)["neurons"].pop()


@change(OPTIMA, "dual[", 1)
def leave_out_a_neuron_everywhere(certificate, rng):
    dual = some_dual(certificate, rng)
    last = len(dual["neurons"]) - 1
    dual["neurons"].pop()
    for entry in dual["cover"]:
        entry[3] = [neuron for neuron in entry[3] if neuron[0] != last]


@change(OPTIMA, "dual[", 1)
def repeat_a_neuron(certificate, rng):
    names = some_dual(certificate, rng)["neurons"]
    i, j = rng.sample(range(len(names)), 2)
    names[i] = names[j]


@change(OPTIMA, "dual[", 1)
def turn_the_output_of_a_neuron(certificate, rng):
    name = rng.choice(some_dual(certificate, rng)["neurons"])
    name[1] = -name[1]


@change(OPTIMA, "dual[", 1)
def take_the_mask_without_active_rows(certificate, rng):
    zero = ["01"[not any(numbers(row))] for row in certificate["input"]["rows"]]
    rng.choice(some_dual(certificate, rng)["neurons"])[0] = "".join(zero)


# the dual vector and its scale


@change(OPTIMA, ANY_BOUND, 4)
def change_the_dual_vector(certificate, rng):
    def draw(copy):
        v = some_dual(copy, rng)["v"]
        i = rng.randrange(len(v))
        v[i] = spelled(int(Fraction(v[i]) * rng.choice([0, -1, factor(rng)])) + rng.choice([-1, 0, 1]))

    until(unproven, certificate, draw)


@change(OPTIMA, ANY_BOUND, 1)
def swap_two_numbers_of_the_dual_vector(certificate, rng):
    def draw(copy):
        v = some_dual(copy, rng)["v"]
        i, j = rng.sample(range(len(v)), 2)
        v[i], v[j] = v[j], v[i]

    until(unproven, certificate, draw)


@change(OPTIMA, "dual[", 2)
def raise_the_scale(certificate, rng):
    for dual in certificate["dual"]:
        dual["scale"] = spelled(Fraction(dual["scale"]) * rng.choice([2, Fraction(10**6 + 1, 10**6)]))
    assert unbounded(certificate) or proven_below(certificate) is None


@change(OPTIMA, "claim.lower", 1)
def lower_the_scale(certificate, rng):
    dual = some_dual(certificate, rng)
    dual["scale"] = spelled(Fraction(dual["scale"]) * Fraction(999, 1000))
    assert unproven(certificate)


@change(OPTIMA, "dual[", 2)
def take_a_scale_that_is_not_positive(certificate, rng):
    dual = some_dual(certificate, rng)
    dual["scale"] = [0, spelled(-Fraction(dual["scale"]))][rng.seed_number]


@change(["two outputs"], ANY_BOUND, 1)
def swap_the_duals_of_two_outputs(certificate, rng):
    certificate["dual"].reverse()
    assert unproven(certificate)


@change(["two outputs"], "dual", 1)
def leave_out_the_dual_of_an_output(certificate, rng):
    certificate["dual"].pop()


@change(["two outputs"], ("network", "dual"), 1)
def leave_out_the_targets_of_an_output(certificate, rng):
    certificate["input"]["targets"].pop()
    rehashed(certificate)


# the claim


@change(OPTIMA, "claim.lower", 1)
def raise_the_lower_bound_a_little(certificate, rng):
    certificate["claim"]["lower"] = spelled(proven_below(certificate) + Fraction(1, 10**60))


@change(OPTIMA, "claim.lower", 1)
def raise_the_lower_bound_above_the_upper(certificate, rng):
    certificate["claim"]["lower"] = spelled(Fraction(certificate["claim"]["upper"]) + 1)


@change(OPTIMA, "claim.upper", 1)
def lower_the_upper_bound_a_little(certificate, rng):
    certificate["claim"]["upper"] = spelled(cost(certificate) - Fraction(1, 10**60))


@change(OPTIMA, "claim.upper", 1)
def lower_the_upper_bound_below_the_lower(certificate, rng):
    certificate["claim"]["upper"] = spelled(Fraction(certificate["claim"]["lower"]) - Fraction(1, 10**9))


# the network


@change(OPTIMA, "claim.upper", 1)
def remove_a_sub_network(certificate, rng):
    parts = certificate["network"]["subnetworks"]
    parts.remove(rng.choice(parts))
    assert too_dear(certificate)


@change(OPTIMA, ("claim.upper", "network"), 4)
def change_a_weight(certificate, rng):
    def draw(copy):
        part = rng.choice(copy["network"]["subnetworks"])
        line = rng.choice([part["output"], part["second"], rng.choice(part["first"])])
        i = rng.randrange(len(line))
        line[i] = spelled(Fraction(line[i]) * rng.choice([2, Fraction(1001, 1000), Fraction(1, 2), -1]))

    until(too_dear, certificate, draw)


@change(["two outputs"], "claim.upper", 2)
def give_a_sub_network_to_another_output(certificate, rng):
    until(too_dear, certificate, lambda copy: rng.choice(copy["network"]["subnetworks"])["output"].reverse())


@change([name for name in OPTIMA if name != "hinge"], "network", 1)
def use_more_neurons_than_the_width(certificate, rng):
    part = rng.choice(certificate["network"]["subnetworks"])
    more = certificate["input"]["width"] + 1 - len(part["first"])
    part["first"] += [[0] * len(part["first"][0])] * more
    part["second"] += [0] * more


# the input, with the hash of what it is then


@change(OPTIMA, ("dual[", "claim"), 4)
def change_beta(certificate, rng):
    def draw(copy):
        copy["input"]["beta"] = spelled(Fraction(copy["input"]["beta"]) * factor(rng))

    until(lambda copy: unproven(copy) or unbounded(copy), certificate, draw)
    rehashed(certificate)


@change(OPTIMA, "input", 1)
def take_no_penalty(certificate, rng):
    certificate["input"]["beta"] = 0
    rehashed(certificate)


@change(OPTIMA, ("claim", "dual["), 3)
def change_a_target(certificate, rng):
    def draw(copy):
        targets = rng.choice(copy["input"]["targets"])
        i = rng.randrange(len(targets))
        labels = copy["input"]["loss"]["name"] in ("hinge", "logistic")
        targets[i] = -targets[i] if labels else rng.choice([0, -3, 3, "7/2"])

    until(unproven, certificate, draw)
    rehashed(certificate)


@change(WEIGHTED, ("claim", "dual["), 6)
def change_the_weight_of_a_row(certificate, rng):
    def draw(copy):
        weights = copy["input"]["weights"]
        i = rng.randrange(len(weights))
        weights[i] = spelled(Fraction(weights[i]) * factor(rng))

    until(unproven, certificate, draw)
    rehashed(certificate)


@change(WEIGHTED, ("claim", "dual["), 1)
def leave_out_the_weights(certificate, rng):
    del certificate["input"]["weights"]
    assert unproven(certificate)
    rehashed(certificate)


@change([name for name in OPTIMA if name not in WEIGHTED], ("claim", "dual["), 3)
def bring_in_weights(certificate, rng):
    def draw(copy):
        copy["input"]["weights"] = [spelled(factor(rng) ** rng.choice([1, 5])) for _ in copy["input"]["rows"]]

    until(unproven, certificate, draw)
    rehashed(certificate)


@change(OPTIMA, "input.weights", 4)
def take_a_weight_that_is_not_positive(certificate, rng):
    weights = certificate["input"].setdefault("weights", [1] * len(certificate["input"]["rows"]))
    weights[rng.randrange(len(weights))] = [0, "0/7", -1, "-1/3"][rng.seed_number]
    certificate["claim"] = {"upper": 1000, "lower": -1000}
    rehashed(certificate)


@change(OPTIMA, "input.weights", 6)
def take_weights_that_are_no_list_of_numbers_for_the_rows(certificate, rng):
    rows = len(certificate["input"]["rows"])
    wrong = [[1] * (rows + 1), [1] * (rows - 1), [], None, "1", [[1]] * rows]
    certificate["input"]["weights"] = wrong[rng.seed_number]
    certificate["claim"] = {"upper": 1000, "lower": -1000}
    rehashed(certificate)


@change(["hinge", "logistic"], "dual[", 1)
def take_a_target_that_is_no_label(certificate, rng):
    targets = certificate["input"]["targets"][0]
    targets[rng.randrange(len(targets))] = rng.choice([0, 2, "1/2"])
    certificate["claim"] = {"upper": 1000, "lower": 0}
    rehashed(certificate)


LOSSES = [["squared", None], ["huber", "1/1000"], ["hinge", None], ["logistic", None]]


@change(OPTIMA, ("claim", "dual["), 3)
def take_another_loss(certificate, rng):
    own = certificate["input"]["loss"]["name"]
    name, threshold = [pair for pair in LOSSES if pair[0] != own][rng.seed_number]
    certificate["input"]["loss"] = {"name": name, "threshold": threshold}
    assert unproven(certificate)
    rehashed(certificate)


@change(OPTIMA, "input.loss", 4)
def take_a_loss_that_there_is_not(certificate, rng):
    loss = certificate["input"]["loss"]
    losses = [
        {"name": "absolute", "threshold": loss["threshold"]},
        {"name": "huber", "threshold": rng.choice([0, "-1/40", None])},
        {"name": rng.choice(["squared", "hinge", "logistic"]), "threshold": rng.choice([0, -1, "1/40"])},
        loss["name"],
    ]
    certificate["input"]["loss"] = losses[rng.seed_number]
    rehashed(certificate)


@change(["huber"], ("claim", "dual["), 3)
def change_the_threshold(certificate, rng):
    def draw(copy):
        copy["input"]["loss"]["threshold"] = spelled(Fraction(copy["input"]["loss"]["threshold"]) * factor(rng))

    until(unproven, certificate, draw)
    rehashed(certificate)


@change(["partial tuples"], "dual[", 3)
def allow_more_width(certificate, rng):
    certificate["input"]["width"] = [None, 3, 10**9][rng.seed_number]
    assert unproven(certificate)
    rehashed(certificate)


@change(["optimum", "partial tuples"], "network", 1)
def allow_less_width(certificate, rng):
    certificate["input"]["width"] = 1
    rehashed(certificate)


@change(OPTIMA, "input.width", 2)
def allow_no_width(certificate, rng):
    certificate["input"]["width"] = [0, True][rng.seed_number]
    rehashed(certificate)


@change.every()
def test_a_change_that_leaves_nothing_proven_is_rejected(case, tmp_path):
    rejected_in_place(case, tmp_path)


def test_there_are_many_changes():
    assert len(change.cases) >= 500


@pytest.mark.parametrize("base", OPTIMA)
def test_the_certificates_themselves_prove_their_bounds(base):
    assert not unproven(fresh(base))
    assert not unbounded(fresh(base))


def test_one_of_them_needs_partial_tuples():
    certificate = fresh("partial tuples")
    assert uncovered(certificate, 0, width=3)
    assert len({len(entry[3]) for entry in certificate["dual"][0]["cover"]}) > 1
