"""The ray engine for the second layer against linear programs, on tables where floats and coincidences mislead."""

from itertools import combinations

import numpy as np
import pytest
from support.ray_tables import generic_with_sums

from arrangements import Arrangement, FirstLayer, InputError, count_second_layer, iter_pairs, iter_products
from arrangements.exact.distinct_words import DistinctWords
from arrangements.rays.kernel import state as st
from arrangements.second_layer.product_run import ProductRun
from arrangements.second_layer.product_search import ProductSearch
from arrangements.second_layer.tuples import SecondLayerCounts

RNG = np.random.default_rng(3)
SMALL = {
    "plane": RNG.standard_normal((6, 2)),
    "three digits": np.rint(1000 * RNG.standard_normal((6, 2))).astype(int).tolist(),
    "space": RNG.standard_normal((4, 3)),
    "signs": [[1, 1], [1, -1], [-1, 1], [0, 1], [1, 0]],
    "zero, repeated, opposite": [[0, 0], [1, 2], [2, 4], [-1, -2], [3, 1], [0, 0]],
    "rank 1": [[1, 1], [-2, -2], [3, 3], [0, 0]],
    "rank 2 in three columns": [[1, 0, 1], [0, 1, 1], [1, 1, 2], [1, -1, 0]],
    "fewer rows than columns": [[1, 2, 3], [0, 1, -1]],
    "one row": [[5, -3]],
    "in a half-plane": [[1, 5], [2, 3], [3, 1], [1, 1]],
    "nearly parallel": [[1, 0], ["1", "1e-9"], [0, 1], ["-1e-9", 1], [1, 1]],
    "thin": [[1, 0], [1, "1e-30"], [0, 1], ["1e-30", 1], [1, 1]],
    "huge and tiny": [["1e12", 1], [1, "1e-12"], ["1e-6", "1e6"], [1, 1]],
    "columns far apart": [[1, "1e9"], [2, "3e9"], [-1, "2e9"], [5, "-1e9"]],
    "twelve digits": [row[:2] for row in generic_with_sums(1, 2, 3)],
    "decimals": [["0.1", "0.2"], ["0.3", "-0.1"], ["0.2", "0.4"], ["-0.7", "0.3"], ["0.4", "0.1"]],
}


def layer_of(table):
    return FirstLayer.of(Arrangement.from_table(table))


def without_primes(search):
    """Take away the primes, so that every coincidence becomes a doubt."""
    object.__setattr__(search._products, "primes", np.zeros(0, np.int64))
    return search


def run_of(search, mode):
    return ProductRun(search._products, search.width, search._ranges, mode, None)


def doubled(search, layer):
    """The pairs of searched tuples and of their mirror images."""
    signed = [(region, sign) for region in layer.active for sign in (1, -1)]
    for numbers, signs, _ in search.tuples():
        for s in signs:
            yield frozenset(signed[k] for k in numbers), s
            yield frozenset(signed[k ^ 1] for k in numbers), tuple(-x for x in s)


@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("name", SMALL)
def test_same_pairs_as_lp(name, width):
    layer = layer_of(SMALL[name])
    if width == 3 and name in ("thin", "nearly parallel", "columns far apart"):
        pytest.skip("half a minute for the other engine")
    products = list(iter_products(layer, width, engine="lp"))
    rays = {(pair.neurons, pair.signs) for pair in iter_pairs(layer, width, engine="rays")}
    assert rays == {(pair.neurons, pair.signs) for product in products for pair in product.pairs}
    assert count_second_layer(layer, width, engine="rays") == SecondLayerCounts.of(products)


@pytest.mark.parametrize("name", SMALL)
def test_same_order_and_splitters_as_lp(name):
    layer = layer_of(SMALL[name])
    for ours, theirs in zip(iter_products(layer, 2, engine="rays"), iter_products(layer, 2, engine="lp"), strict=True):
        assert ours.neurons == theirs.neurons
        assert ours.splitters == theirs.splitters


@pytest.mark.parametrize("name", SMALL)
def test_same_pairs_when_every_coincidence_is_a_doubt(name):
    layer = layer_of(SMALL[name])
    search = without_primes(ProductSearch(layer, 2))
    expected = {(frozenset(p.neurons), p.signs) for p in iter_pairs(layer, 2, engine="lp")}
    assert set(doubled(search, layer)) == expected


def test_doubts_are_settled():
    layer = layer_of(np.random.default_rng(0).standard_normal((7, 2)))
    proven, doubtful = ProductSearch(layer, 2), without_primes(ProductSearch(layer, 2))
    assert proven.count() == doubtful.count()
    assert proven.doubts == 0
    assert doubtful.doubts > 10


@pytest.mark.parametrize("name", SMALL)
def test_weights(name):
    """They are where the signs say, exactly, also in cones too thin for the kernel's grids."""
    layer = layer_of(SMALL[name])
    for pair in iter_pairs(layer, 2, engine="rays"):
        outputs = [sign for _, sign in pair.neurons]
        for i, row in enumerate(layer.arrangement.normals):
            values = [sum(a * b for a, b in zip(row, w, strict=True)) for w in pair.witness]
            assert [layer.cells[k].signs[i] for k, _ in pair.neurons] == [(v > 0) - (v < 0) for v in values]
            u = sum(sign * max(0, v) for sign, v in zip(outputs, values, strict=True))
            assert pair.signs[i] == (u > 0) - (u < 0)


def test_some_weights_are_too_fine_for_the_kernel():
    run = run_of(ProductSearch(layer_of(SMALL["thin"]), 2), st.LIST)
    assert any(run._exact_points for _ in run)


def test_without_an_active_region_there_is_nothing_to_search():
    with pytest.raises(InputError, match="no region is active"):
        ProductSearch(layer_of([[0, 0]]), 1)


def test_every_tuple_once():
    layer = layer_of(SMALL["signs"])
    seen = []
    for numbers, *_ in ProductSearch(layer, 3).tuples():
        mirror = tuple(sorted(k ^ 1 for k in numbers))
        seen += [numbers] if mirror == numbers else [numbers, mirror]
    assert sorted(seen) == list(combinations(range(2 * len(layer.active)), 3))


def test_small_buffers_change_nothing(monkeypatch):
    layer = layer_of(SMALL["space"])
    expected = count_second_layer(layer, 2, engine="lp")
    monkeypatch.setattr("arrangements.rays.kernel_run._CAPACITY", 1)
    monkeypatch.setattr("arrangements.rays.kernel_run._BLOCK", 2)
    assert count_second_layer(layer, 2, engine="rays") == expected
    assert sum(1 for _ in iter_pairs(layer, 2, engine="rays")) == expected.pairs


def test_memory_does_not_grow_with_the_pairs():
    layer = layer_of(np.random.default_rng(0).standard_normal((20, 2)))
    run = run_of(ProductSearch(layer, 2), st.SIGNS)
    sizes = {run.taken() for _ in run}
    assert max(sizes) <= len(run.buffer.words)
    assert len(sizes) > 1
    assert run.progress["pairs"] == 11520


def test_distinct_merges_now_and_then():
    known = DistinctWords(2)
    draws = np.random.default_rng(0).integers(0, 300, (60, 4000, 2)).astype(np.uint64)
    for words in draws:
        known.add(words)
    assert len(known) == len({tuple(pair) for words in draws.tolist() for pair in words})
