"""What is new in version 3, changed in every place: trees, tokens, numbered neurons, logarithms, names, numbers."""

import json

import pytest
from support.certificates.files import (
    ARRANGEMENTS,
    OPTIMA,
    PAIRS,
    SMALL,
    accepted,
    at,
    of_optimum,
    rejected,
    verdict,
    written,
)
from support.certificates.formats import rehashed
from support.problems import gaussian

from arrangements.proofs.sign_trees import sign_tree
from convex import Problem, read_loss, solve
from convex.proofs.optimum_certificate import Names, certificate_json

BRANCH, BY_REGIONS = -1, -2
LOGISTIC = ("logistic", "weights and logarithms")


@pytest.mark.parametrize("name", SMALL)
def test_what_is_written_is_accepted(name, tmp_path):
    certificate = written(name)
    assert certificate["version"] == 3
    accepted(certificate, tmp_path)


def spoiled(text):
    """A tree with one character less, more, or another one, in every place."""
    for k in range(len(text)):
        yield text[:k] + text[k + 1 :]
        yield text[:k] + text[k] + text[k:]
        yield from (text[:k] + c + text[k + 1 :] for c in "+-*0 " if c != text[k])


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_every_character_of_a_tree_counts(name, tmp_path):
    certificate = written(name)
    tree = certificate["first"]["tree"]
    for other in spoiled(tree):
        certificate["first"]["tree"] = other
        if other != tree:  # a character that is doubled beside the same one moves nothing
            assert rejected(certificate, tmp_path).startswith("first.")
    for other in (None, [], 0, list(tree)):
        certificate["first"]["tree"] = other
        assert rejected(certificate, tmp_path).startswith("first.tree")


@pytest.mark.parametrize("name", PAIRS)
def test_every_character_of_the_tree_of_a_tuple_counts(name, tmp_path):
    certificate = written(name)
    for k, entry in enumerate(certificate["tuples"]):
        tree = entry["tree"]
        for other in spoiled(tree):
            entry["tree"] = other
            if other != tree:
                assert rejected(certificate, tmp_path).startswith(f"tuples[{k}].")
        entry["tree"] = tree


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_regions_and_leaves_have_one_order(name, tmp_path):
    certificate = written(name)
    first = certificate["first"]
    first["regions"][:2] = first["regions"][1::-1]
    assert rejected(certificate, tmp_path).startswith("first.regions[0]")
    for change in (lambda lines: lines.pop(), lambda lines: lines.append(lines[0])):
        for what in ("regions", "leaves"):
            certificate = written(name)
            change(certificate["first"][what])
            assert rejected(certificate, tmp_path).startswith(f"first.{what}")


def is_sure(tree):
    """Whether a change of the tree can be seen without knowing the entries."""
    return [*tree, 0], tree[:-1], [*tree[:-1], -3], [*tree[:-1], str(tree[-1])], [*tree[:-1], True]


@pytest.mark.parametrize("name", OPTIMA)
def test_tokens_are_used_up(name, tmp_path):
    certificate = written(name)
    for k, dual in enumerate(certificate["dual"]):
        for side, cover in enumerate(dual["covers"]):
            tree = cover["tree"]
            assert tree
            for other in is_sure(tree):
                cover["tree"] = other
                reason = rejected(certificate, tmp_path)
                assert reason.startswith(f"dual[{k}].covers[{side}].tree")
            cover["tree"] = tree


@pytest.mark.parametrize("name", ["partial tuples", "optimum", "degenerate"])
def test_a_token_that_is_another_one_proves_no_less(name, tmp_path):
    """Where another entry is taken, what follows must still fit: it is rejected, or the claim is as it was."""
    certificate, found = written(name), {True: 0, False: 0}
    claim = accepted(certificate, tmp_path)
    for dual in certificate["dual"]:
        for cover in dual["covers"]:
            tree = cover["tree"]
            for place in range(0, len(tree), len(tree) // 8 + 1):
                for token in (BY_REGIONS, BRANCH, 0, len(cover["entries"]) - 1):
                    cover["tree"] = [*tree[:place], token, *tree[place + 1 :]]
                    fine, said = verdict(certificate, tmp_path)
                    found[fine] += 1
                    assert not fine or said == claim
            cover["tree"] = tree
    assert found[False]


def test_opposed_pairs_region_by_region(tmp_path):
    """Of seven rows in the plane some pairs are covered so; elsewhere the token proves nothing."""
    certificate = certificate_json([solve(gaussian(7, 2, 0, "1/20"), 2)], "a test")
    accepted(certificate, tmp_path)
    trees = [cover["tree"] for cover in certificate["dual"][0]["covers"]]
    assert any(BY_REGIONS in tree for tree in trees)
    place = next(tree for tree in trees if BY_REGIONS in tree)
    place.remove(BY_REGIONS)
    assert rejected(certificate, tmp_path).startswith("dual[0].covers")
    width_1 = written("huber")
    width_1["dual"][0]["covers"][0]["tree"].insert(0, BY_REGIONS)
    assert rejected(width_1, tmp_path).startswith("dual[0].covers[0].tree: these neurons are no opposed pair")


def wrong_numbers(order):
    """A list of neurons in which one is no neuron, or is there twice."""
    for other in (-1, 10**6, True, None, str(order[0]), [order[0]], order[1], "1", 0.5):
        yield [other, *order[1:]]
    yield order[1:]
    yield [*order, order[0]]


@pytest.mark.parametrize("name", ["optimum", "hinge", "degenerate"])
def test_neurons_that_are_none(name, tmp_path):
    certificate = written(name)
    order = certificate["dual"][0]["order"]
    dead = [2 * r for r, signs in enumerate(regions_of(certificate)) if "+" not in signs]
    for other in (*wrong_numbers(order), *([k, *order[1:]] for k in dead)):
        certificate["dual"][0]["order"] = other
        assert rejected(certificate, tmp_path).startswith(("dual[0].order", "file: it is no JSON"))


def regions_of(certificate):
    from support.certificates.formats import decided_rows, signs_in

    rows = decided_rows(certificate["input"])
    return signs_in(certificate["first"]["tree"], rows, ["0"] * len(certificate["input"]["rows"]))


@pytest.mark.parametrize("name", PAIRS)
def test_neurons_of_tuples_that_are_none(name, tmp_path):
    certificate = written(name)
    order = certificate["tuples"][0]["neurons"]
    for other in wrong_numbers(order):
        certificate["tuples"][0]["neurons"] = other
        assert rejected(certificate, tmp_path).startswith(("tuples[0].neurons", "file: it is no JSON"))


@pytest.mark.parametrize("name", LOGISTIC)
def test_logarithms_are_proven(name, tmp_path):
    """Each bound that is moved by a few units of 2^-128 to where it claims more."""
    certificate = written(name)
    rows = range(len(certificate["input"]["rows"]))
    places = [(("losses", 0, i), -4) for i in rows]
    places += [(("entropies", 0, i, side), 4) for i in rows for side in (0, 1)]
    for path, more in places:
        certificate = written(name)
        line = at(certificate["logarithms"], path[:-1])
        line[path[-1]] = str(int(line[path[-1]]) + more)
        assert rejected(certificate, tmp_path).endswith("its logarithm is not proven")
        line[path[-1]] = str(int(line[path[-1]]) - 10**9 * more)  # true, and proves less
        assert rejected(certificate, tmp_path).startswith("claim.")


TOO_FEW = {"losses": [[1]], "entropies": [[[1, 1]]]}


@pytest.mark.parametrize("wrong", [None, {}, [], {"losses": [], "entropies": []}, TOO_FEW])
def test_logarithms_for_each_row(wrong, tmp_path):
    certificate = written("logistic")
    certificate["logarithms"] = wrong
    assert rejected(certificate, tmp_path).startswith("logarithms")


@pytest.mark.parametrize("name", [name for name in OPTIMA if name not in LOGISTIC])
def test_other_losses_have_no_logarithms(name, tmp_path):
    certificate = written(name)
    assert certificate["logarithms"] is None
    for wrong in ({}, [], 0, {"losses": [], "entropies": []}):
        certificate["logarithms"] = wrong
        assert rejected(certificate, tmp_path).startswith("logarithms")


def test_a_share_of_nothing_has_no_logarithm(tmp_path):
    """Where v y is 0, the bound of its logarithm is 0."""
    certificate = written("logistic")
    dual, n = certificate["dual"][0], len(certificate["input"]["rows"])
    everyone = [[[0] * n, None, [[k] for k in range(len(dual["order"]))]]]
    dual |= {"v": [0] * n, "covers": [{"entries": everyone, "tree": [0]}] * 2}
    certificate["claim"]["lower"] = 0
    certificate["logarithms"]["entropies"] = [[[0, 0]] * n]
    accepted(certificate, tmp_path)
    for wrong in ([1, 0], [0, 1]):
        certificate["logarithms"]["entropies"] = [[[0, 0]] * (n - 1) + [wrong]]
        assert rejected(certificate, tmp_path).endswith("its logarithm is not proven")


NAMED = {"columns": ["a", "b"], "outputs": ["y"], "classes": ["no", "yes"]}


def named(change=()):
    problem = Problem.read([[1, 2], [2, -1], [-1, 3]], [1, -1, 1], "1/5", read_loss("hinge"))
    certificate = certificate_json([solve(problem, 2)], "a test", names=Names(("a", "b"), ("y",), ("no", "yes")))
    certificate["input"] |= dict(change)
    return rehashed(json.loads(json.dumps(certificate)))


def test_names_are_a_part_of_the_input(tmp_path):
    accepted(named(), tmp_path)
    assert {key: named()["input"][key] for key in NAMED} == NAMED
    for key, names in NAMED.items():
        accepted(named({key: None}), tmp_path)
        for wrong in (names[1:], [*names, "more"], [1, *names[1:]], [None, *names[1:]], "ab", {}, 0):
            assert rejected(named({key: wrong}), tmp_path).startswith(f"input.{key}")


def test_classes_of_other_targets(tmp_path):
    certificate = of_optimum(Problem.read([[1, 2], [2, -1]], [1, "1/2"], "1/5"), 1)
    accepted(certificate, tmp_path)
    certificate["input"]["classes"] = ["no", "yes"]
    assert rejected(rehashed(certificate), tmp_path).startswith("input.classes")


def numbers_in(value, path=()):
    """The places of exact numbers, and not those of places, signs and widths."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("provenance", "version", "width", "order", "neurons", "tree", "format", "name", "leaves"):
                yield from numbers_in(inner, (*path, key))
    elif isinstance(value, list):
        for k, inner in enumerate(value):
            yield from numbers_in(inner, (*path, k))
    elif type(value) in (int, str) and path[:1] != ("format",):
        yield path


def is_place(path):
    """Whether a number in a flat list is a place."""
    in_circuit = path[:2] == ("first", "circuits") and path[-1] % 2 == 0
    in_entry = "covers" in path and len(path) == 9 and (path[-1] == 0 or path[-1] % 2 == 1)
    return in_circuit or in_entry or path[-1] in ("columns", "outputs", "classes")


OTHERWISE = [
    *("+1", "01", "-0", "1/1", "2/2", "2/4", "-4/6", "0/1", "7", "1.0", "1e2", " 1", "1 ", "", "/2", "1/-2", "1/0"),
    *("9007199254740992", 2**53 + 1, -(2**53) - 1, True, None, [1]),
]


@pytest.mark.parametrize("name", ["fractions", "affine fractions", "pairs of fractions", "small optimum", "logistic"])
def test_numbers_have_one_form(name, tmp_path):
    certificate = written(name)
    places = [path for path in numbers_in(certificate) if not is_place(path)]
    assert len(places) > 20
    for k, path in enumerate(places):
        for new in OTHERWISE[k % 3 :: 3]:
            changed = json.loads(json.dumps(certificate))
            line = at(changed, path[:-1])
            if isinstance(line, list) and path[-2:-1] == ("entries",):
                continue
            line[path[-1]] = new
            rejected(rehashed(changed), tmp_path)


def places_of_objects(value, path=()):
    if isinstance(value, dict):
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if (*path, key) != ("provenance", "parameters"):
            yield from places_of_objects(inner, (*path, key))


@pytest.mark.parametrize("name", ["affine", "pairs", "small optimum", "logistic"])
def test_every_field_is_there_and_no_other(name, tmp_path):
    certificate = written(name)
    for path in places_of_objects(certificate):
        for key in [*at(certificate, path), "more"]:
            changed = json.loads(json.dumps(certificate))
            inner = at(changed, path)
            if key == "more":
                inner[key] = 1
            else:
                del inner[key]
            rejected(rehashed(changed) if path[:1] == ("input",) else changed, tmp_path)


def test_trees_by_hand():
    assert sign_tree([(1, 1), (1, -1), (-1, -1)], [0, 1]) == ([0, 1, 2], "**-")
    assert sign_tree([(-1, -1), (1, 1), (1, -1), (1, 1)], [0, 1]) == ([1, 3, 2, 0], "**-")
    assert sign_tree([], [0, 1]) == ([], "")
    assert sign_tree([(0, 0)], []) == ([0], "")
