"""Searches with a planted bug: what is emitted from their lists is rejected, with a reason that names the place."""

import random
import re
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

import numpy as np
import pytest
from scipy.optimize import linprog
from support.certificates.files import accepted, gaussian_rows, of_optimum, rejected
from support.certificates.formats import earlier
from support.certificates.referee import uncovered
from support.problems import FOUR_ROWS, gaussian

from arrangements import Arrangement, FirstLayer, family, iter_products, iter_regions
from arrangements.cells import Cell, signs_text
from arrangements.proofs.cell_certificates import regions_certificate, second_layer_certificate
from convex import solve
from convex.columns.neurons import Neurons
from convex.proofs.optimum_certificate import certificate_json

NAMES = ("braid:4", "resonance:3", "threshold:3", "shi:3", "random:8,3,0")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", NAMES)
def test_a_region_is_lost(name, seed, tmp_path):
    arrangement = family(name)
    listed = list(iter_regions(arrangement))
    accepted(regions_certificate(arrangement, listed, "right"), tmp_path)
    listed.pop(random.Random(seed).randrange(len(listed)))
    certificate = regions_certificate(arrangement, listed, "wrong")
    assert rejected(certificate, tmp_path).startswith("first.leaves[")
    certificate = earlier(certificate)
    certificate["first"]["circuits"] = None
    assert rejected(certificate, tmp_path).startswith("first.count")


@pytest.mark.parametrize("name", NAMES)
def test_every_second_region_is_lost(name, tmp_path):
    arrangement = family(name)
    listed = list(iter_regions(arrangement))[::2]
    assert rejected(regions_certificate(arrangement, listed, "wrong"), tmp_path).startswith("first.")


@pytest.mark.parametrize("name", NAMES)
def test_no_region_is_found(name, tmp_path):
    assert rejected(regions_certificate(family(name), [], "wrong"), tmp_path).startswith(
        ("first.regions", "first.tree")
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_region_is_found_twice(name, tmp_path):
    arrangement = family(name)
    listed = list(iter_regions(arrangement))
    reason = rejected(regions_certificate(arrangement, [*listed, listed[3]], "wrong"), tmp_path)
    assert reason.startswith("first.regions")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", NAMES)
def test_an_empty_region_is_listed(name, seed, tmp_path):
    rng, arrangement = random.Random(seed), family(name)
    listed = list(iter_regions(arrangement))
    known, signs = {cell.signs for cell in listed}, listed[0].signs
    while signs in known:
        signs = tuple(rng.choice((1, -1)) for _ in signs)
    k = rng.randrange(len(listed))
    listed.insert(k, Cell(signs, rng.choice(listed).witness))
    reason = rejected(regions_certificate(arrangement, listed, "wrong"), tmp_path)
    assert re.match(r"first\.regions\[\d+\]: the witness is not on the side", reason)


def float_regions(rows, tolerance=1e-6):
    """Row by row, a region is split where a linear program in floating point finds more than the tolerance of room."""
    unit = np.array([[float(x) for x in row] for row in rows])
    d = unit.shape[1]
    found = [((), np.zeros(d))]
    for k in range(len(rows)):
        longer = []
        for signs, _ in found:
            for s in (1, -1):
                cone = np.array([*signs, s])[:, None] * unit[: k + 1]
                bounds = [*[(-1, 1)] * d, (None, 1)]
                answer = linprog(
                    [*[0] * d, -1], np.column_stack([-cone, np.ones(k + 1)]), np.zeros(k + 1), bounds=bounds
                )
                if answer.x[-1] > tolerance:
                    longer.append(((*signs, s), answer.x[:d]))
        found = longer
    return [Cell(signs, tuple(map(int, np.round(w * 2**40)))) for signs, w in found]


WELL_APART = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [1, -1, 2]]
CLOSE = {
    "in the plane": [[1, 1], [1, "1.000000001"], [-1, 2]],
    "in space": [[1, 0, 0], [0, 1, 0], [1, 1, 0], [1, 1, "1e-9"], [0, 0, 1]],
    "almost through a line": [[1, 0, 0], [0, 1, 0], [1, 1, "1e-9"], [0, 0, 1]],
}


def test_floats_do_where_rows_are_well_apart(tmp_path):
    arrangement = Arrangement.from_table(WELL_APART)
    accepted(regions_certificate(arrangement, float_regions(WELL_APART), "floats"), tmp_path)


@pytest.mark.parametrize("name", CLOSE)
def test_floats_with_a_tolerance_lose_thin_regions(name, tmp_path):
    arrangement = Arrangement.from_table(CLOSE[name])
    listed = float_regions([[Fraction(x) for x in row] for row in CLOSE[name]])
    assert 0 < len(listed) < len(list(iter_regions(arrangement)))
    certificate = regions_certificate(arrangement, listed, "floats")
    assert rejected(certificate, tmp_path).startswith("first.leaves[")
    certificate = earlier(certificate)
    certificate["first"]["circuits"] = None
    assert rejected(certificate, tmp_path).startswith("first.count")


LAYERS = {
    "gaussian": FirstLayer.of(Arrangement.from_table(gaussian_rows(4, 2))),
    "degenerate": FirstLayer.of(Arrangement.from_table([[1, 1], [-1, -1], [0, 0], [2, 2], [1, "-1/3"]])),
}
every_layer = pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)


def is_mirror(one, other):
    return {(region, -sign) for region, sign in one.neurons} == set(other.neurons)


def without_pair(product, signs):
    pairs = tuple(pair for pair in product.pairs if pair.signs != signs)
    return replace(product, pairs=pairs)


@pytest.mark.parametrize("seed", range(5))
@every_layer
def test_a_pair_is_lost(layer, seed, tmp_path):
    rng, products = random.Random(seed), list(iter_products(layer, 2))
    accepted(second_layer_certificate(layer, 2, products, "right"), tmp_path)
    lost = rng.choice([product for product in products if len(product.pairs) > 1])
    signs = rng.choice(lost.pairs).signs
    opposite = tuple(-s for s in signs)
    wrong = []
    for product in products:  # with its mirror image, as a search that halves its work would
        loses = [signs] if product is lost else []
        loses += [opposite] if is_mirror(lost, product) else []
        for s in loses:
            product = without_pair(product, s)
        wrong.append(product)
    reason = rejected(second_layer_certificate(layer, 2, wrong, "wrong"), tmp_path)
    assert reason.startswith("tuples[")
    assert ".leaves[" in reason


@pytest.mark.parametrize("seed", range(3))
@every_layer
def test_a_pair_of_one_tuple_is_lost_and_not_of_its_mirror_image(layer, seed, tmp_path):
    rng, products = random.Random(seed), list(iter_products(layer, 2))
    k = rng.choice([k for k, product in enumerate(products) if len(product.pairs) > 1])
    products[k] = without_pair(products[k], products[k].pairs[0].signs)
    assert rejected(second_layer_certificate(layer, 2, products, "wrong"), tmp_path).startswith(("tuples[", "claim"))


@pytest.mark.parametrize("seed", range(5))
@every_layer
def test_a_tuple_is_lost(layer, seed, tmp_path):
    products = list(iter_products(layer, 2))
    lost = random.Random(seed).choice(products)
    rest = [product for product in products if product is not lost and not is_mirror(lost, product)]
    assert rejected(second_layer_certificate(layer, 2, rest, "wrong"), tmp_path).startswith("tuples: ")
    rest = [product for product in products if product is not lost]
    assert rejected(second_layer_certificate(layer, 2, rest, "wrong"), tmp_path).startswith(("tuples: ", "claim"))


@every_layer
def test_the_tuples_of_another_width(layer, tmp_path):
    narrow = second_layer_certificate(layer, 2, iter_products(layer, 1), "wrong")
    assert rejected(narrow, tmp_path).startswith("tuples[0].neurons")


@every_layer
def test_a_pair_has_the_witness_of_another(layer, tmp_path):
    products = list(iter_products(layer, 2))
    k, product = next((k, product) for k, product in enumerate(products) if len(product.pairs) > 1)
    one, other, *rest = product.pairs
    products[k] = replace(product, pairs=(one._replace(witness=other.witness), other, *rest))
    reason = rejected(second_layer_certificate(layer, 2, products, "wrong"), tmp_path)
    assert reason.startswith("tuples[")
    assert reason.endswith(f"the witness does not have the signs {signs_text(one.signs)}")


def test_the_first_layer_below_the_tuples_lacks_regions(tmp_path):
    layer = LAYERS["gaussian"]
    products = [p for p in iter_products(layer, 1) if all(region != layer.active[0] for region, _ in p.neurons)]
    cells = tuple(cell for k, cell in enumerate(layer.cells) if k != layer.active[0])
    moved = {region: k for k, region in enumerate(k for k in range(len(layer.cells)) if k != layer.active[0])}
    lacking = replace(
        layer,
        cells=cells,
        active=tuple(moved[k] for k in layer.active[1:]),
        walls=tuple(walls for k, walls in enumerate(layer.walls) if k != layer.active[0]),
    )
    renamed = [
        replace(p, layer=lacking, neurons=tuple((moved[region], sign) for region, sign in p.neurons)) for p in products
    ]
    assert rejected(second_layer_certificate(lacking, 1, renamed, "wrong"), tmp_path).startswith("first.")


GAUSSIAN = gaussian(5, 2, 0, "0.002")


@pytest.fixture(scope="module")
def solved():
    solution = solve(GAUSSIAN, 2)
    assert solution.status == "optimal"
    return solution


def with_entries(solution, entries):
    return certificate_json([replace(solution, proof=replace(solution.proof, entries=tuple(entries)))], "wrong")


def test_an_optimum_lacks_an_entry_of_its_cover(solved, tmp_path):
    accepted(certificate_json([solved], "right"), tmp_path)
    entries = solved.proof.entries
    for k in range(len(entries)):
        certificate = with_entries(solved, entries[:k] + entries[k + 1 :])
        if uncovered(earlier(certificate), 0):
            assert rejected(certificate, tmp_path).startswith("dual[0].covers[")
        else:
            accepted(certificate, tmp_path)
    assert rejected(with_entries(solved, ()), tmp_path).startswith("dual[0].covers[")


@pytest.mark.parametrize("output", [1, -1])
def test_an_optimum_lacks_the_boxes_where_a_row_is_positive(output, solved, tmp_path):
    entries = solved.proof.entries
    for i, v in enumerate(solved.proof.v):
        rest = [entry for entry in entries if entry.output != output or entry.plus[i] < output * v]
        assert rejected(with_entries(solved, rest), tmp_path).startswith(f"dual[0].covers[{(1 - output) // 2}]")


def test_an_optimum_has_zeros_for_multipliers(solved, tmp_path):
    zeroed = [entry._replace(neurons=tuple((k, ()) for k, _ in entry.neurons)) for entry in solved.proof.entries]
    reason = rejected(with_entries(solved, zeroed), tmp_path)
    assert reason.startswith("dual[0].covers[")
    assert reason.endswith("is not bounded by beta")


def test_an_optimum_claims_all_neurons_for_every_entry(solved, tmp_path):
    claimed = [
        entry._replace(neurons=tuple((k, dict(entry.neurons).get(k, ())) for k in range(len(solved.neurons))))
        for entry in solved.proof.entries
    ]
    assert rejected(with_entries(solved, claimed), tmp_path).endswith("is not bounded by beta")


@pytest.mark.parametrize("seed", range(4))
def test_an_optimum_lacks_a_region_in_its_first_layer(seed, tmp_path):
    """The region is lost in the list, and its neurons are lost with it."""
    certificate = earlier(of_optimum(FOUR_ROWS, 2))
    signs, _ = certificate["first"]["regions"].pop(random.Random(seed).randrange(8))
    mask, dual = signs.translate(str.maketrans("+-", "10")), certificate["dual"][0]
    kept = [k for k, (name, _) in enumerate(dual["neurons"]) if name != mask]
    dual["neurons"] = [dual["neurons"][k] for k in kept]
    for entry in dual["cover"]:
        entry[3] = [[kept.index(k), terms] for k, terms in entry[3] if k in kept]
    assert rejected(certificate, tmp_path).startswith("first.circuits")
    certificate["first"]["circuits"] = None
    assert rejected(certificate, tmp_path).startswith("first.count")


def test_a_solver_that_never_sees_some_neurons_proves_a_false_optimum(solved, tmp_path, monkeypatch):
    """Its own bounds meet, above the true optimum: the checker finds what was not searched."""
    right = Neurons.__dict__["signed"].func
    positive = cached_property(lambda self: tuple(signed for signed in right(self) if signed[1] > 0))
    positive.__set_name__(Neurons, "signed")
    monkeypatch.setattr(Neurons, "signed", positive)
    wrong = solve(GAUSSIAN, 2)
    assert wrong.status == "optimal"
    assert wrong.lower > solved.upper
    assert rejected(certificate_json([wrong], "wrong"), tmp_path).startswith("dual[0].order")


def test_a_solver_of_width_1_claims_width_2(solved, tmp_path):
    narrow = solve(GAUSSIAN, 1)
    assert narrow.lower > solved.upper
    accepted(certificate_json([narrow], "right"), tmp_path)
    assert rejected(certificate_json([replace(narrow, width=2)], "wrong"), tmp_path).startswith("dual[0].covers[")


def test_a_dual_vector_of_other_targets(solved, tmp_path):
    other = solve(replace(GAUSSIAN, y=tuple(2 * value for value in GAUSSIAN.y)), 2)
    wrong = replace(solved, proof=other.proof, lower=other.lower)
    assert rejected(certificate_json([wrong], "wrong"), tmp_path).startswith("claim.lower")
