"""The second layer as the explorer's page lists it, in a browser, against the pairs of the library."""

import random
from functools import cache

import pytest
from support.browser import Modules, big

from arrangements import Arrangement, FirstLayer, count_second_layer, family, iter_products
from arrangements.exact.linear_algebra import dot

_CELLS = """(m, [rows, tuples]) => tuples.map((neurons) =>
  m["core/second_layer"].secondLayerCells(rows, neurons.map(([signs, output]) => ({ signs, output }))))"""

_COUNTS = """(m, [tables, width, limit]) =>
  tables.map((rows) => m["core/second_layer"].secondLayerCounts(rows, width, limit ? { limit } : {}))"""


@cache
def small_tables() -> tuple[Arrangement, ...]:
    """Tables of rank 1 to 3 with zero, repeated, opposite and dependent rows."""
    draw, found = random.Random(5), [family("random:5,2,0"), family("braid:3"), family("crosspolytope:2")]
    found += [Arrangement.from_table([[0, 0]]), Arrangement.from_table([[1], [2], [-3], [0]])]
    for _ in range(12):
        d = draw.randint(1, 3)
        table = [[draw.choice((0, 1, -1, 2, -3)) for _ in range(d)] for _ in range(draw.randint(1, 4))]
        table += [[draw.choice((-2, -1, 1, 3)) * x for x in draw.choice(table)] for _ in range(draw.randint(0, 2))]
        found.append(Arrangement.from_table(table))
    return tuple(found)


@pytest.mark.parametrize("width", [1, 2])
def test_cells_of_every_tuple_are_its_pairs(modules: Modules, width: int) -> None:
    checked = 0
    for arrangement in small_tables():
        layer = FirstLayer.of(arrangement)
        products = list(iter_products(layer, width))
        tuples = [[[layer.cells[k].signs, output] for k, output in product.neurons] for product in products]
        data = [big(arrangement.normals), tuples]
        for product, neurons, found in zip(products, tuples, modules.run(_CELLS, data), strict=True):
            if neurons:
                assert sorted(tuple(cell["signs"]) for cell in found["cells"]) == sorted(p.signs for p in product.pairs)
                check_cells(arrangement, neurons, found)
                checked += len(found["cells"])
    assert checked > 100 * width


def check_cells(arrangement: Arrangement, neurons: list, found: dict) -> None:
    """Check the cells of one tuple by arithmetic: masks, weights inside the neurons' regions, forced and mixed rows."""
    rows = arrangement.normals
    outputs = [{output for signs, output in neurons if signs[i] > 0} for i in range(len(rows))]
    assert found["forced"] == [min(known) if len(known) == 1 else 0 for known in outputs]
    assert found["mixed"] == [i for i, known in enumerate(outputs) if len(known) == 2]
    for cell in found["cells"]:
        assert cell["mask"] == [int(s >= 0) for s in cell["signs"]]
        for (signs, _), w in zip(neurons, cell["witness"], strict=True):
            assert [sign(dot(row, w)) for row in rows] == list(signs)
        u = [
            sum(output * max(0, dot(row, w)) for (_, output), w in zip(neurons, cell["witness"], strict=True))
            for row in rows
        ]
        assert [sign(x) for x in u] == cell["signs"]


def test_cells_of_three_neurons_are_their_pairs(modules: Modules) -> None:
    arrangement = family("random:4,2,7")
    layer = FirstLayer.of(arrangement)
    products = list(iter_products(layer, 3))[::7]
    tuples = [[[layer.cells[k].signs, output] for k, output in product.neurons] for product in products]
    listed = modules.run(_CELLS, [big(arrangement.normals), tuples])
    for product, neurons, found in zip(products, tuples, listed, strict=True):
        assert sorted(tuple(cell["signs"]) for cell in found["cells"]) == sorted(p.signs for p in product.pairs)
        check_cells(arrangement, neurons, found)


def test_a_neuron_that_is_active_nowhere_changes_no_sign(modules: Modules) -> None:
    arrangement = Arrangement.from_table([[1, 0], [0, 1]])
    neurons = [[[-1, -1], 1], [[1, -1], -1]]
    [found] = modules.run(_CELLS, [big(arrangement.normals), [neurons]])
    check_cells(arrangement, neurons, found)
    assert [cell["signs"] for cell in found["cells"]] == [[-1, 0]]


@pytest.mark.parametrize("width", [1, 2, 3])
def test_counts_are_those_of_the_library(modules: Modules, width: int) -> None:
    layers = map(FirstLayer.of, small_tables())
    chosen = [layer for layer in layers if layer.count_tuples(width) <= 700]
    tables = [big(layer.arrangement.normals) for layer in chosen]
    for layer, found in zip(chosen, modules.run(_COUNTS, [tables, width, 0]), strict=True):
        assert tuple(found[name] for name in ("tuples", "pairs", "masks")) == count_second_layer(layer, width)


def test_above_the_limit_only_tuples_are_counted(modules: Modules) -> None:
    layer = FirstLayer.of(family("random:9,3,4"))
    [found] = modules.run(_COUNTS, [[big(layer.arrangement.normals)], 3, 100])
    assert found == {"tuples": layer.count_tuples(3), "pairs": None, "masks": None}


def test_signs_that_no_region_has_are_refused(modules: Modules) -> None:
    code = """(m, [rows, signs]) => {
      try { return m["core/second_layer"].secondLayerCells(rows, [{ signs, output: 1 }]); }
      catch (error) { return error.message; }
    }"""
    for rows, signs in (([[1, 0], [2, 0]], [1, -1]), ([[1, 0], [0, 1]], [1, 0]), ([[0, 0]], [1])):
        message = modules.run(code, [big(rows), signs])
        assert message == f"no region has the signs {', '.join(map(str, signs))}; take those that regions() lists"


def sign(x: int) -> int:
    return (x > 0) - (x < 0)
