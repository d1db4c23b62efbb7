"""Datasets say what the library's own lists say: read by other programs, and by `multilayer.store`."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from arrangements import Arrangement, FirstLayer, InputError, family, iter_pairs, list_regions, region_set
from multilayer import store

pa = pytest.importorskip("pyarrow")

HUGE = 10**20
PLANE = [[1, k] for k in range(-40, 100)]  # 140 rows: three columns of signs
REGIONS = {
    "central": family("braid:4"),
    "generic": family("random:9,4,1"),
    "affine": family("shi:3"),
    "affine, one row twice": Arrangement.from_table([[1, 0], [2, 0], [0, 1], [0, 0]], [1, 2, 0, 3]),
    "zero, repeated, opposite": Arrangement.from_table([[0, 0], [1, 2], [2, 4], [-1, -2], [3, 1], [0, 0], [0, 1]]),
    "one row": Arrangement.from_table([[0, -3, 1]]),
    "no row that cuts": Arrangement.from_table([[0, 0]]),
    "64 rows": Arrangement.from_table(PLANE[:64]),
    "70 rows": family("random:70,2,0"),
    "140 rows": Arrangement.from_table(PLANE),
    "long witnesses": Arrangement.from_table([[HUGE, 1, 0], [1, HUGE + 1, 1], [HUGE + 7, -3, 2], [1, 1, -HUGE]]),
    "long, affine": Arrangement.from_table([[HUGE, 1], [1, HUGE + 1], [1, 1]], [1, HUGE, 3 * HUGE]),
}
PAIRS = {
    "generic": ([[1, 2], [2, -1], [-1, 3], [1, 1]], 2),
    "three neurons": ([[1, 2], [2, -1], [-1, 3]], 3),
    "zero, repeated, opposite": ([[0, 0], [1, 2], [2, 4], [-1, -2], [3, 1]], 2),
    "one column": ([[1], [2], [-1]], 2),
    "few neurons": ([[1]], 3),
    "a column of zeros": ([[1, 0, 2], [2, 0, -1], [-1, 0, 3]], 2),
    "66 rows": (PLANE[:66], 1),
    "long weights": ([[HUGE, 1], [1, HUGE + 1], [HUGE + 7, -3]], 2),
}


def pandas_lines(folder):
    table = pytest.importorskip("pandas").read_parquet(folder, dtype_backend="pyarrow")
    return table.astype(object).where(table.notna(), None).to_dict("records")


def polars_lines(folder):
    return pytest.importorskip("polars").scan_parquet(folder / "part-*.parquet").collect().to_dicts()


def duckdb_lines(folder):
    found = pytest.importorskip("duckdb").sql(f"SELECT * FROM '{folder}/part-*.parquet'")
    return [dict(zip(found.columns, line, strict=True)) for line in found.fetchall()]


READERS = pytest.mark.parametrize("lines", [pandas_lines, polars_lines, duckdb_lines])


def bits(line, prefix, rows):
    """Bit k % 64 of column k // 64, as 0 or 1."""
    return [line[f"{prefix}{k // 64}"] >> k % 64 & 1 for k in range(rows)]


def integers(line, names):
    """The columns; where they are null, the text."""
    if line["witness"] is None:
        return [int(line[name]) for name in names]
    assert all(line[name] is None for name in names)
    return [int(value) for value in line["witness"].split(" ")]


def point_of(arrangement, witness):
    """Signs are those of a.w, or of a.w - b t where the last number is t > 0."""
    if arrangement.is_affine:
        *point, t = witness
        assert t > 0
    else:
        point, t = witness, 1
    offsets = arrangement.offsets or [0] * len(arrangement)
    values = [
        sum(a * w for a, w in zip(row, point, strict=True)) - b * t
        for row, b in zip(arrangement.normals, offsets, strict=True)
    ]
    return tuple((value > 0) - (value < 0) for value in values)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A folder for each table, filled when it is first asked for."""
    place = tmp_path_factory.mktemp("datasets")

    def fill(kind: str, name: str) -> Path:
        folder = place / kind / name
        if not folder.exists():
            if kind == "regions":
                store.enumerate_regions(REGIONS[name], folder)
            else:
                rows, width = PAIRS[name]
                store.enumerate_pairs(Arrangement.from_table(rows), width, folder)
        return folder

    return fill


@cache
def expected_regions(name):
    """The library's own list, made by linear programs."""
    return {cell.signs for cell in list_regions(REGIONS[name], engine="lp")}


@READERS
@pytest.mark.parametrize("name", REGIONS)
def test_regions_read_by_other_programs(filled, lines, name):
    arrangement, found = REGIONS[name], set()
    zeros = [not any(row) for row in arrangement.normals]
    columns = [f"w{j + 1}" for j in range(arrangement.dimension + arrangement.is_affine)]
    read = lines(filled("regions", name))
    for line in read:
        signs = tuple(2 * bit - 1 for bit in bits(line, "s", len(arrangement)))
        if not arrangement.is_affine:  # a zero row with an offset has a sign
            signs = tuple(0 if zero else sign for zero, sign in zip(zeros, signs, strict=True))
        seen = point_of(arrangement, integers(line, columns))
        if arrangement.is_affine:
            signs = tuple(sign if value else 0 for sign, value in zip(signs, seen, strict=True))
        assert signs == seen
        found.add(signs)
    assert len(read) == len(found)
    assert found == set(region_set(arrangement)) == expected_regions(name)


@pytest.mark.parametrize("name", REGIONS)
def test_regions_read_here(filled, name):
    arrangement, dataset = REGIONS[name], store.open(filled("regions", name))
    cells = list(dataset)
    expected = expected_regions(name)
    assert dataset.complete
    assert dataset.kind == "regions"
    assert len(dataset) == len(cells) == len(expected)
    assert {cell.signs for cell in cells} == expected
    assert all(point_of(arrangement, cell.witness) == cell.signs for cell in cells)
    blocks = list(dataset.batches(5))
    assert all(len(block.signs) <= 5 for block in blocks)
    together = [tuple(signs) for block in blocks for signs in block.signs.tolist()]
    assert together == [cell.signs for cell in cells]
    assert [tuple(w) for block in blocks for w in block.witnesses.tolist()] == [cell.witness for cell in cells]


def test_what_needs_more_than_64_bits_is_text_and_nothing_else_is(filled):
    seen = set()
    for name in REGIONS:
        dataset = store.open(filled("regions", name))
        texts = [text for batch in dataset.record_batches(["witness"]) for text in batch.column(0).to_pylist()]
        long = [any(not -(2**63) <= x < 2**63 for x in cell.witness) for cell in dataset]
        assert [text is not None for text in texts] == long
        assert texts == [
            " ".join(map(str, cell.witness)) if far else None for cell, far in zip(dataset, long, strict=True)
        ]
        seen |= {(name.startswith("long"), far) for far in long}
    assert (True, True) in seen
    assert (False, False) in seen


@pytest.mark.parametrize("name", REGIONS)
def test_membership_of_regions(filled, name):
    arrangement, dataset = REGIONS[name], store.open(filled("regions", name))
    expected = region_set(arrangement)
    cells = list(dataset)[:20]
    assert all(cell in dataset and cell.signs in dataset for cell in cells)
    draw = np.random.default_rng(0)
    for cell in cells:
        signs = np.array(cell.signs)
        signs[draw.integers(len(signs))] *= -1
        flipped = tuple(signs.tolist())
        assert (flipped in dataset) == (flipped in expected)
        assert (*cell.signs, 1) not in dataset
        assert cell.signs[1:] not in dataset
    assert (2,) * len(arrangement) not in dataset
    assert (0,) * len(arrangement) not in dataset or not any(any(row) for row in arrangement.normals)
    assert "+" not in dataset
    assert None not in dataset


@pytest.fixture(params=["one bucket", "many buckets"])
def buckets(request, monkeypatch):
    """Compare all keys at once, and a few of them at a time."""
    if request.param == "many buckets":
        monkeypatch.setattr("multilayer.store.dataset._HELD", 4096)


def parts_removed(folder, number):
    """Take the last parts out of a folder: those that leave nothing open."""
    removed = [part.path for part in store.open(folder).parts if not part.open][:number]
    for path in removed:
        path.unlink()
    return removed


def test_datasets_of_two_engines_are_equal(tmp_path):
    for engine in ("rays", "lp"):
        store.enumerate_regions(family("braid:5"), tmp_path / engine, engine=engine)
    rays, lp = store.open(tmp_path / "rays"), store.open(tmp_path / "lp")
    assert rays == lp
    assert rays <= lp <= rays
    assert list(rays - lp) == []


@pytest.mark.usefixtures("buckets")
def test_datasets_of_regions_are_compared_as_sets(tmp_path):
    arrangement = family("random:70,3,0")
    for name in ("whole", "some"):
        store.enumerate_regions(arrangement, tmp_path / name, engine="rays")
    assert parts_removed(tmp_path / "some", 2)
    whole, some = store.open(tmp_path / "whole"), store.open(tmp_path / "some")
    assert whole.complete
    assert not some.complete
    assert len(some) < len(whole)
    assert some != whole
    assert some <= whole
    assert not whole <= some
    assert list(some - whole) == []
    missing = list(whole - some)
    assert len(missing) == len(whole) - len(some)
    assert set(missing) == set(region_set(arrangement)) - {cell.signs for cell in some}


@pytest.mark.usefixtures("buckets")
def test_datasets_as_large_and_not_the_same_are_not_equal(tmp_path):
    for name in ("one", "other"):
        store.enumerate_pairs(family("random:6,2,0"), 2, tmp_path / name)
    parts = {}
    for part in store.open(tmp_path / "one").parts:
        parts.setdefault((part.cells, bool(part.open)), []).append(part.path.name)
    first, second, *_ = next(names for (cells, opens), names in parts.items() if cells and not opens and len(names) > 1)
    (tmp_path / "one" / first).unlink()
    (tmp_path / "other" / second).unlink()
    one, other = store.open(tmp_path / "one"), store.open(tmp_path / "other")
    assert len(one) == len(other)
    assert one != other
    assert not one <= other
    assert len(list(one - other)) == len(list(other - one)) > 0


def test_datasets_of_other_tables_are_not_compared(filled):
    one, two = store.open(filled("regions", "central")), store.open(filled("regions", "generic"))
    pairs = store.open(filled("pairs", "generic"))
    assert one != two
    assert one != pairs
    assert one != region_set(REGIONS["central"])
    for other in (two, pairs):
        with pytest.raises(InputError, match="list different things"):
            list(one - other)
    with pytest.raises(InputError, match="give another dataset of the same table"):
        list(one - 5)


def test_a_folder_without_a_dataset(tmp_path):
    with pytest.raises(InputError, match="there is no such folder"):
        store.open(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no dataset"):
        store.open(tmp_path)


@cache
def expected_pairs(name):
    """The library's own list, made by linear programs: neurons as masks with output signs."""
    rows, width = PAIRS[name]
    layer = FirstLayer.of(Arrangement.from_table(rows))
    found = list(iter_pairs(layer, width, engine="lp"))
    keys = {(frozenset((layer.mask(region), sign) for region, sign in pair.neurons), pair.signs) for pair in found}
    assert len(keys) == len(found)
    return keys


def second_layer_signs(rows, outputs, masks, weights):
    """The signs of u = sum_j I_j D_j X w_j at the weights, which must lie in the regions of the masks."""
    total = [0] * len(rows)
    for output, mask, w in zip(outputs, masks, weights, strict=True):
        values = [sum(a * b for a, b in zip(row, w, strict=True)) for row in rows]
        assert all((value > 0) == active or not any(row) for value, active, row in zip(values, mask, rows, strict=True))
        total = [u + output * max(0, value) for u, value in zip(total, values, strict=True)]
    return tuple((u > 0) - (u < 0) for u in total)


@READERS
@pytest.mark.parametrize("name", PAIRS)
def test_pairs_read_by_other_programs(filled, lines, name):
    rows, _ = PAIRS[name]
    found, read = set(), lines(filled("pairs", name))
    m = sum(column.startswith("I") for column in read[0])
    for line in read:
        outputs = [line[f"I{j + 1}"] for j in range(m)]
        masks = [tuple(bits(line, f"D{j + 1}_", len(rows))) for j in range(m)]
        numbers = integers(line, [f"w{j + 1}_{i + 1}" for j in range(m) for i in range(len(rows[0]))])
        weights = np.array(numbers, object).reshape(m, -1).tolist()
        positive = bits(line, "s", len(rows))
        decided = [any(row) and any(mask[k] for mask in masks) for k, row in enumerate(rows)]
        signs = tuple((2 * bit - 1) * known for bit, known in zip(positive, decided, strict=True))
        assert second_layer_signs(rows, outputs, masks, weights) == signs
        found.add((frozenset(zip(masks, outputs, strict=True)), signs))
    assert len(read) == len(found)
    assert found == expected_pairs(name)


@pytest.mark.parametrize("name", PAIRS)
def test_pairs_read_here(filled, name):
    rows, _ = PAIRS[name]
    dataset = store.open(filled("pairs", name))
    pairs = list(dataset)
    assert dataset.complete
    assert dataset.kind == "pairs"
    assert len(dataset) == len(pairs)
    keys = {(frozenset(zip(pair.masks, pair.outputs, strict=True)), pair.signs) for pair in pairs}
    assert len(keys) == len(pairs)
    assert keys == expected_pairs(name)
    for pair in pairs:
        assert second_layer_signs(rows, pair.outputs, pair.masks, pair.witness) == pair.signs
    blocks = list(dataset.batches(7))
    assert all(len(block.signs) <= 7 for block in blocks)
    assert [tuple(signs) for block in blocks for signs in block.signs.tolist()] == [pair.signs for pair in pairs]
    for block in blocks:
        k, m, n = block.masks.shape
        assert block.outputs.shape == (k, m)
        assert block.signs.shape == (k, n)
        assert block.witnesses.shape == (k, m, len(rows[0]))


@pytest.mark.parametrize("name", PAIRS)
def test_membership_of_pairs(filled, name):
    dataset, expected = store.open(filled("pairs", name)), expected_pairs(name)
    cells = list(dataset)
    for pair in cells[:8]:
        assert pair in dataset
        turned = pair._replace(outputs=pair.outputs[::-1], masks=pair.masks[::-1], witness=())
        assert turned in dataset
        for k in range(0, len(pair.signs), -(-len(pair.signs) // 4)):
            for other in {-1, 0, 1} - {pair.signs[k]}:
                signs = (*pair.signs[:k], other, *pair.signs[k + 1 :])
                key = (frozenset(zip(pair.masks, pair.outputs, strict=True)), signs)
                assert (pair._replace(signs=signs) in dataset) == (key in expected)
        assert pair._replace(signs=(*pair.signs, 1)) not in dataset
        assert pair._replace(masks=pair.masks[1:]) not in dataset
        for other in cells[:4]:
            masks = (other.masks[0], *pair.masks[1:])
            key = (frozenset(zip(masks, pair.outputs, strict=True)), pair.signs)
            assert (pair._replace(masks=masks) in dataset) == (key in expected and len(key[0]) == len(masks))
        assert pair.signs not in dataset
    assert None not in dataset


@pytest.mark.usefixtures("buckets")
def test_datasets_of_pairs_are_compared_as_sets(tmp_path):
    arrangement = family("random:6,2,0")
    for name in ("one", "some"):
        store.enumerate_pairs(arrangement, 2, tmp_path / name)
    assert parts_removed(tmp_path / "some", 3)
    one, some = store.open(tmp_path / "one"), store.open(tmp_path / "some")
    assert not some.complete
    assert some <= one
    assert not one <= some
    assert one == store.open(tmp_path / "one")
    assert list(some - one) == []

    def keys(pairs):
        return {(pair.outputs, pair.masks, pair.signs) for pair in pairs}

    assert keys(one - some) == keys(one) - keys(some)
    assert len(keys(one - some)) == len(one) - len(some) > 0
