"""Files of cells, made of arrays, beside the same cells as objects, written one by one."""

import csv
import io
import os
import tracemalloc
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrangements import Arrangement, FirstLayer, family, iter_pairs, iter_regions
from arrangements.cells import CellBlock
from arrangements.first_layer.region_search import RegionSearch
from arrangements.second_layer.pair_blocks import iter_pair_blocks
from arrangements.second_layer.product_search import PairBlock, ProductSearch
from multilayer.io.cell_files import write_pairs, write_regions
from multilayer.io.number_lines import number_lines

LONG = 10**25
TABLES = {
    "central": ([[1, 0, 2], [0, 1, 1], [1, 1, 0], [3, -1, 1]], None),
    "affine": ([[1, 0], [0, 1], [1, 1], [0, 0]], [1, 2, -3, 0]),
    "zero and repeated rows": ([[1, 2], [0, 0], [-2, -4], [1, 2], [3, 1], [0, 0]], None),
    "one row": ([[2, -3]], None),
    "no first row": ([[0, 0], [5, 1]], None),
    "more than 64 rows": ([[1 + k % 3, k % 5] for k in range(70)], None),
    "long integers": ([[LONG, 1, 3], [7, -LONG, 1], [LONG + 1, 5, LONG], [1, 1, 1]], None),
    "long and short": ([[1, 0, 0], [0, 1, LONG], [0, 0, 1], [1, 1, 1]], None),
}
SECOND = [(name, width) for name in ("zero and repeated rows", "one row", "no first row") for width in (1, 2, 3)]
SECOND += [("central", 2), ("long and short", 1), ("long and short", 2), ("more than 64 rows", 1)]
ENGINES = pytest.mark.parametrize("engine", ["rays", "lp"])


def arrangement_of(name):
    return Arrangement.from_table(*TABLES[name])


def text_of(lines):
    """The slow way: Python's own writer, a line at a time."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(lines)
    return file.getvalue().encode()


def names_of(*groups):
    return [f"{prefix}{k}" for prefix, count in groups for k in range(1, count + 1)]


def array_of(entries, shape):
    """The slow way: int64, or decimal text if one entry needs more."""
    flat = np.array(entries, object).ravel().tolist()
    small = all(-(2**63) <= x < 2**63 for x in flat)
    return np.array(flat if small else list(map(str, flat)), np.int64 if small else None).reshape(shape)


@settings(max_examples=200)
@given(st.data())
def test_lines_are_those_of_csv(data):
    lines, kinds = data.draw(st.integers(0, 5)), st.sampled_from([np.int8, np.int16, np.int64, object])
    parts = []
    for kind in data.draw(st.lists(kinds, min_size=1, max_size=3)):
        ends = (-(10**30), 10**30) if kind is object else (np.iinfo(kind).min, np.iinfo(kind).max)
        small = st.integers(max(ends[0], -(10 ** data.draw(st.integers(0, 18)))), ends[1])
        entries = st.sampled_from([0, 1, -1, 9, 10, *ends]) | small.filter(lambda x: abs(x) < 10**9) | small
        columns = data.draw(st.integers(0, 4))
        part = [data.draw(st.lists(entries, min_size=columns, max_size=columns)) for _ in range(lines)]
        parts.append(np.array(part, kind).reshape(lines, columns))
    wanted = text_of([[x for part in parts for x in part[k].tolist()] for k in range(lines)])
    assert b"".join(number_lines(parts)) == wanted


def test_many_lines_come_in_pieces():
    numbers = np.arange(-40_000, 40_000).reshape(-1, 2)
    pieces = list(number_lines([numbers]))
    assert len(pieces) > 1
    assert b"".join(pieces) == text_of(numbers.tolist())


@pytest.mark.parametrize("engine", ["rays", "lp", "sweep"])
@pytest.mark.parametrize("name", TABLES)
def test_regions_are_those_of_the_objects(tmp_path, name, engine):
    arrangement = arrangement_of(name)
    cells = list(iter_regions(arrangement, engine=engine))
    n, d = len(arrangement), arrangement.dimension + arrangement.is_affine
    for path in (tmp_path / "r.csv", tmp_path / "r.npz"):
        assert write_regions(path, RegionSearch(arrangement, engine=engine).blocks(), n, d) == len(cells)
    lines = [names_of(("s", n), ("w", d)), *([*cell.signs, *cell.witness] for cell in cells)]
    assert (tmp_path / "r.csv").read_bytes() == text_of(lines)
    with np.load(tmp_path / "r.npz") as found:
        assert list(found) == ["signs", "witness"]
        assert found["signs"].dtype == np.int8
        assert found["signs"].tolist() == [list(cell.signs) for cell in cells]
        wanted = array_of([cell.witness for cell in cells], (len(cells), d))
        assert found["witness"].dtype == wanted.dtype
        assert found["witness"].tolist() == wanted.tolist()


@pytest.mark.parametrize("engine", ["rays", "sweep"])
@pytest.mark.parametrize("name", TABLES)
def test_regions_of_blocks_are_those_found_one_by_one(name, engine):
    """Engine lp makes its regions one by one; every point has its signs, computed from the rows as they were given."""
    arrangement, (rows, offsets) = arrangement_of(name), TABLES[name]
    cells = list(iter_regions(arrangement, engine=engine))
    assert sorted(cell.signs for cell in cells) == sorted(cell.signs for cell in iter_regions(arrangement, engine="lp"))
    for cell in cells:
        assert all(type(x) is int for x in (*cell.signs, *cell.witness))
        full = rows if offsets is None else [[*row, -b] for row, b in zip(rows, offsets, strict=True)]
        values = [sum(a * w for a, w in zip(row, cell.witness, strict=True)) for row in full]
        assert cell.signs == tuple((x > 0) - (x < 0) for x in values)
        assert offsets is None or cell.witness[-1] > 0


@ENGINES
@pytest.mark.parametrize(("name", "width"), SECOND)
def test_pairs_are_those_of_the_objects(tmp_path, name, width, engine):
    layer = FirstLayer.of(arrangement_of(name))
    pairs = list(iter_pairs(layer, width, engine=engine))
    n, d, m = len(layer.arrangement), layer.arrangement.dimension, min(width, 2 * len(layer.active))
    for path in (tmp_path / "p.csv", tmp_path / "p.npz"):
        assert write_pairs(path, iter_pair_blocks(layer, width, engine=engine), layer, m) == len(pairs)
    header = [name for j in range(1, m + 1) for name in (f"I{j}", *names_of((f"D{j}_", n)))]
    lines = [[*header, *names_of(("s", n), *((f"w{j}_", d) for j in range(1, m + 1)))]]
    for pair in pairs:
        tuples = [value for region, sign in pair.neurons for value in (sign, *layer.mask(region))]
        lines.append([*tuples, *pair.signs, *(x for w in pair.witness for x in w)])
    assert (tmp_path / "p.csv").read_bytes() == text_of(lines)
    with np.load(tmp_path / "p.npz") as found:
        assert list(found) == ["outputs", "masks", "signs", "witness"]
        assert found["outputs"].tolist() == [[sign for _, sign in pair.neurons] for pair in pairs]
        assert found["masks"].tolist() == [[list(layer.mask(k)) for k, _ in pair.neurons] for pair in pairs]
        assert found["signs"].tolist() == [list(pair.signs) for pair in pairs]
        wanted = array_of([pair.witness for pair in pairs], (len(pairs), m, d))
        assert found["witness"].dtype == wanted.dtype
        assert found["witness"].tolist() == wanted.tolist()


@pytest.mark.parametrize("size", [1, 2, 7, 10_000])
def test_tuples_are_whole_wherever_a_block_ends(monkeypatch, size):
    layer = FirstLayer.of(family("braid:3"))
    pairs = [(pair.neurons, pair.signs, pair.witness) for pair in iter_pairs(layer, 3, engine="rays")]
    blocks = ProductSearch.blocks

    def cut(self, budget=None):
        for block in blocks(self, budget):
            for first in range(0, len(block.signs), size):
                yield PairBlock(*(column[first : first + size] for column in block))

    monkeypatch.setattr(ProductSearch, "blocks", cut)
    found, tuples = [], 0
    for block in iter_pair_blocks(layer, 3, engine="rays"):
        owners = [tuple((layer.active[k >> 1], 1 - 2 * (k & 1)) for k in line) for line in block.neurons.tolist()]
        assert not {pair[0] for pair in found} & {*owners}
        assert block.tuples == len({*owners})
        tuples += block.tuples
        weights = [tuple(map(tuple, line)) for line in block.witnesses.tolist()]
        found += zip(owners, map(tuple, block.signs.tolist()), weights, strict=True)
    assert found == pairs
    assert tuples == layer.count_tuples(3)


def test_without_an_active_region_there_is_one_empty_tuple(tmp_path):
    layer = FirstLayer.of(Arrangement.from_table([[0, 0]]))
    pairs = list(iter_pairs(layer, 2))
    assert not layer.active
    assert write_pairs(tmp_path / "p.csv", iter_pair_blocks(layer, 2), layer, 0) == len(pairs) == 1
    assert (tmp_path / "p.csv").read_text() == "s1\n0\n"


@pytest.mark.parametrize("name", ["r.csv", "r.npz"])
def test_a_failure_on_the_way_leaves_what_was_there(tmp_path, name):
    (tmp_path / name).write_text("before")

    def failing():
        yield from islice(RegionSearch(family("threshold:3")).blocks(), 1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_regions(tmp_path / name, failing(), 8, 4)
    assert os.listdir(tmp_path) == [name]
    assert (tmp_path / name).read_text() == "before"


@pytest.mark.parametrize("name", ["r.csv", "r.npz"])
def test_memory_does_not_grow_with_the_regions(tmp_path, name):
    def peak(number):
        rng = np.random.default_rng(0)
        blocks = (
            CellBlock(rng.integers(0, 2**63, (4096, 1), np.uint64), rng.integers(-99, 99, (4096, 3)), 60)
            for _ in range(number)
        )
        tracemalloc.start()
        try:
            assert write_regions(tmp_path / name, blocks, 60, 3) == 4096 * number
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)  # what is made once
    assert peak(40) < 1.5 * peak(4), "ten times the regions, which take 10 MB"
