"""Counts by workers are those of one process, for both layers, both engines and every kind of table."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from arrangements import Arrangement, FirstLayer, Statistics, count_regions, count_second_layer, family
from arrangements.parallel.executors import Inline
from arrangements.parallel.slices import sliced

TABLES = {
    "generic": family("random:12,3,0"),
    "affine": family("shi:4"),
    "degenerate": Arrangement.from_table([[1, 0], [2, 0], [0, 0], [-1, 0], [0, 3], [1, 1]]),
    "one row": Arrangement.from_table([[3, 4]]),
    "no hyperplane": Arrangement.from_table([[0, 0]]),
    "near": Arrangement.from_table([[10**9, 1], [10**9, 2], [10**9, 3], [1, 10**9]]),
}
CENTRAL = [name for name, table in TABLES.items() if not table.is_affine]


@pytest.fixture(scope="module")
def pools():
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2, get_context("spawn")) as processes:
        yield {"inline": Inline(), "threads": threads, "processes": processes}


@pytest.fixture
def short(monkeypatch):
    """Tasks that end after one slice of few nodes, so that small tables have many tasks."""
    monkeypatch.setattr("arrangements.parallel.slices._FIRST", 3)
    for module in ("first_layer.region_counting", "second_layer.mask_counting"):
        monkeypatch.setattr(f"arrangements.{module}.task_seconds", lambda elapsed, idle: 0.0)


@pytest.mark.parametrize("kind", ["inline", "threads", "processes"])
@pytest.mark.parametrize("engine", ["sweep", "rays", "lp"])
@pytest.mark.parametrize("name", TABLES)
def test_regions(pools, short, name, engine, kind):
    alone, spread = Statistics(), Statistics()
    expected = count_regions(TABLES[name], engine=engine, statistics=alone)
    assert count_regions(TABLES[name], engine=engine, statistics=spread, executor=pools[kind]) == expected
    if engine != "lp":
        assert spread.nodes == alone.nodes


@pytest.mark.parametrize("kind", ["inline", "threads", "processes"])
@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("name", [name for name in CENTRAL if name not in ("generic", "no hyperplane")])
def test_pairs_and_masks(pools, short, name, width, kind):
    layer = FirstLayer.of(TABLES[name])
    expected = count_second_layer(layer, width, engine="lp")
    assert count_second_layer(layer, width, engine="rays", executor=pools[kind]) == expected


def test_many_tasks_have_been_made(monkeypatch, short):
    calls = []

    def counted(*arguments):
        calls.append(1)
        return sliced(*arguments)

    monkeypatch.setattr("arrangements.first_layer.region_counting.sliced", counted)
    rows = np.random.default_rng(3).integers(-50, 50, (14, 3)).tolist()
    table = Arrangement.from_table(rows)
    assert count_regions(table, engine="rays", executor=Inline()) == count_regions(table, engine="lp")
    assert len(calls) > 10
