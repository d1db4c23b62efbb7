"""verify DIR/: a whole dataset is accepted; one that claims something false is rejected, for the right reason."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from support.datasets import parts_of, rewrite

from arrangements import Arrangement, family
from multilayer import store
from multilayer.store.part_files import read_part
from multilayer.store.verification import check_dataset
from theory import region_number

TABLES = {
    "central": family("random:12,3,1"),
    "affine": family("shi:4"),
    "degenerate": Arrangement.from_table(
        [[1, 0, 2], [0, 0, 0], [2, 0, 4], [-1, 0, -2], [0, 1, 1], [3, 1, 7], [0, -1, 5]]
    ),
    "words": family("random:70,2,0"),
    "long": Arrangement.from_table([[10**20, 1], [1, 10**20], [1, 1], [-3, 10**21]]),
    "zero": Arrangement.from_table([[0, 0], [0, 0]]),
}


def counted(listing):
    return region_number(listing.arrangement) if listing.kind == "regions" else None


def reason(folder):
    return check_dataset(folder, counted).reason


@pytest.fixture(scope="module")
def regions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("regions")
    store.enumerate_regions(family("random:24,4,0"), folder, engine="rays")
    return folder


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pairs")
    rows = [[1, 2], [2, -1], [-1, 3], [-2, -1], [0, 0], [2, 4]]
    store.enumerate_pairs(Arrangement.from_table(rows), 2, folder)
    return folder


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("engine", ["sweep", "rays", "lp"])
def test_regions_are_accepted(tmp_path, name, engine):
    found = store.enumerate_regions(TABLES[name], tmp_path, engine=engine)
    verdict = check_dataset(tmp_path, counted)
    assert verdict == ("regions", found.cells, None)
    assert found.cells == region_number(TABLES[name])


def test_a_region_of_another_part_is_seen_where_signs_do_not_show_its_place(tmp_path):
    """Datasets of engine `sweep`: as many cells as there are regions, each part in order, and one twice."""
    store.enumerate_regions(family("random:16,6,0"), tmp_path, engine="sweep")
    first, second, *_ = parts_of(tmp_path)
    one, other = pq.read_table(first), pq.read_table(second)
    rewrite(first, pa.concat_tables([one.slice(0, len(one) - 1), other.slice(0, 1)]))
    assert check_dataset(tmp_path, counted).reason == "it has regions twice, in different parts"


def test_pairs_are_accepted(pairs):
    verdict = check_dataset(pairs, counted)
    assert verdict.reason is None
    assert verdict.cells == len(store.open(pairs)) > 100


def largest(folder: Path) -> Path:
    return parts_of(folder)[0]


def twice(folder):
    table = pq.read_table(largest(folder))
    rewrite(largest(folder), pa.concat_tables([table, table.slice(3, 1)]))


def missing(folder):
    rewrite(largest(folder), pq.read_table(largest(folder)).slice(1))


def replaced(name: str, change: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> Callable[[Path], None]:
    def forge(folder: Path) -> None:
        path = largest(folder)
        table = pq.read_table(path)
        new = change(table[name]).cast(table.schema.field(name).type)
        rewrite(path, table.set_column(table.schema.get_field_index(name), name, new))

    return forge


def first_changed(value: Callable[[int], int]) -> Callable[[pa.ChunkedArray], pa.Array]:
    return lambda column: pa.array([value(column[0].as_py()), *column[1:].to_pylist()], column.type)


def again_with_bit(bit: int) -> Callable[[Path], None]:
    """Put a copy of the first cell in the place of the last, with a bit that is of no sign."""

    def forge(folder: Path) -> None:
        table = pq.read_table(largest(folder))
        copy = table.slice(0, 1)
        bits = pa.array([copy["s0"][0].as_py() ^ 1 << bit], pa.uint64())
        copy = copy.set_column(copy.schema.get_field_index("s0"), "s0", bits)
        rewrite(largest(folder), pa.concat_tables([table.slice(0, len(table) - 1), copy]))

    return forge


def with_type(name: str, kind: pa.DataType) -> Callable[[Path], None]:
    def forge(folder: Path) -> None:
        table = pq.read_table(largest(folder))
        field = pa.field(name, kind)
        rewrite(largest(folder), table.set_column(table.schema.get_field_index(name), field, table[name].cast(kind)))

    return forge


def text_in_first(text: str) -> Callable[[Path], None]:
    """Write the first witness as text, and no longer in its columns."""

    def forge(folder: Path) -> None:
        table = pq.read_table(largest(folder))
        lines = table.to_pylist()
        lines[0] |= {name: None for name in table.column_names if name.startswith("w")} | {"witness": text}
        rewrite(largest(folder), pa.Table.from_pylist(lines, table.schema))

    return forge


def from_elsewhere(folder):
    """Exchange two cells of two parts."""
    one, other = parts_of(folder)[:2]
    first, second = pq.read_table(one), pq.read_table(other)
    rewrite(one, pa.concat_tables([first.slice(1), second.slice(0, 1)]))
    rewrite(other, pa.concat_tables([second.slice(1), first.slice(0, 1)]))


def with_open(folder: Path, change: Callable[[list], list]) -> None:
    path = next(path for path in parts_of(folder) if read_part(path).open)
    rewrite(path, open=change(read_part(path).open))


FORGED = {
    "a region twice": (twice, "twice"),
    "a region missing": (missing, "there are"),
    "another sign": (replaced("s0", first_changed(lambda bits: bits ^ 2)), "belong to other parts|witness"),
    "another witness": (replaced("w1", first_changed(lambda x: -x - 1)), "witness"),
    "a witness of zeros": (replaced("w1", lambda column: pc.multiply(column, 0)), "witness"),
    "a region twice, with a bit beyond the last row": (again_with_bit(40), "a bit is set where no sign is"),
    "an empty sign": (replaced("s0", first_changed(lambda bits: None)), "empty"),
    "an empty witness": (replaced("w1", first_changed(lambda x: None)), "empty"),
    "a witness in its columns and as text": (replaced("witness", first_changed(lambda x: "1 2 3 4")), "empty"),
    "a witness that is no numbers": (text_in_first("x y z t"), "cannot be read"),
    "a witness too short": (text_in_first("1 2"), "cannot be read"),
    "a column of floats": (with_type("w1", pa.float64()), "columns"),
    "a column less": (lambda folder: rewrite(largest(folder), pq.read_table(largest(folder)).drop(["w1"])), "columns"),
    "open roots that are a number": (lambda folder: with_open(folder, lambda groups: 5), "right kind"),
    "an open root that is a number": (lambda folder: with_open(folder, lambda groups: [[5]]), "groups of roots"),
    "a short open root": (lambda folder: with_open(folder, lambda groups: [["+0"]]), "odd"),
    "regions of another part": (from_elsewhere, "belong to other parts"),
    "an open group less": (lambda folder: with_open(folder, lambda groups: groups[1:]), "no other part has left"),
    "an open group twice": (
        lambda folder: with_open(folder, lambda groups: [*groups, groups[0]]),
        "overlap|left to do|another part has left open",
    ),
    "an open root that is no root": (
        lambda folder: with_open(folder, lambda groups: [*groups, ["-" + groups[0][0][1:]]]),
        "does not lie below|left to do",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_false_datasets_of_regions_are_rejected(tmp_path, regions, name):
    forge, expected = FORGED[name]
    folder = tmp_path / "d"
    shutil.copytree(regions, folder)
    forge(folder)
    with pytest.raises(AssertionError, match=expected):
        assert reason(folder) is None, reason(folder)


FORGED_PAIRS = {
    "a pair twice": (twice, "twice"),
    "a pair twice, with a bit of a row of zeros": (again_with_bit(4), "a bit is set where no sign is"),
    "an empty output sign": (replaced("I1", first_changed(lambda sign: None)), "empty"),
    "another second-layer sign": (replaced("s0", first_changed(lambda bits: bits ^ 1)), "witness"),
    "another output sign": (replaced("I1", first_changed(lambda sign: -sign)), "belong to other parts|witness"),
    "a mask that no region has": (
        replaced("D1_0", first_changed(lambda bits: bits ^ 8)),
        "belong to other parts|witness",
    ),
    "another weight": (replaced("w1_1", first_changed(lambda x: -3 * x - 1)), "witness"),
    "pairs of another part": (from_elsewhere, "belong to other parts"),
}


@pytest.mark.parametrize("name", FORGED_PAIRS)
def test_false_datasets_of_pairs_are_rejected(tmp_path, pairs, name):
    forge, expected = FORGED_PAIRS[name]
    folder = tmp_path / "d"
    shutil.copytree(pairs, folder)
    forge(folder)
    with pytest.raises(AssertionError, match=expected):
        assert reason(folder) is None, reason(folder)


@pytest.mark.parametrize("kind", ["regions", "pairs"])
def test_a_part_that_leaves_its_own_roots_open_is_made_again(tmp_path, request, kind):
    whole, folder = request.getfixturevalue(kind), tmp_path / "d"
    shutil.copytree(whole, folder)
    path = largest(folder)
    rewrite(path, open=[read_part(path).roots])
    if kind == "regions":
        found = store.enumerate_regions(family("random:24,4,0"), folder, engine="rays", resume=True)
    else:
        found = store.enumerate_pairs(store.open(whole).listing.arrangement, 2, folder, resume=True)
    assert found.complete
    assert dict(found.refused)[path.name].startswith("it leaves roots open that are its own")
    assert store.open(folder) == store.open(whole)


def test_what_is_not_complete_is_rejected(tmp_path, regions):
    folder = tmp_path / "d"
    shutil.copytree(regions, folder)
    next(path for path in parts_of(folder) if not read_part(path).open).unlink()
    assert "it is not complete: " in reason(folder)


def test_the_command_accepts_and_rejects(tmp_path, regions, multilayer):
    folder = tmp_path / "d"
    shutil.copytree(regions, folder)
    accepted = multilayer("verify", str(folder), "--json")
    assert accepted.status == 0
    report = json.loads(accepted.out)
    assert (report["verified"], report["kind"], report["reason"]) == (True, "dataset of regions", None)
    missing(folder)
    rejected = multilayer("verify", str(folder))
    assert rejected.status == 3
    assert rejected.out.startswith("rejected: it has ")
    assert multilayer("verify", str(tmp_path)).status == 2
