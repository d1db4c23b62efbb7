"""SOURCE as a table: what is read is kept as it was, and its arrangement is that of its rows."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import multilayer
from arrangements import Arrangement, family
from arrangements.errors import InputError
from multilayer.io.bundled import bundled_tables
from multilayer.io.tables import read_source

NUMBERS = st.fractions(-3, 3, max_denominator=4)


@pytest.mark.parametrize("name", ["braid:4", "threshold:3", "random:6,3,0", "shi:3", "braid:1"])
def test_a_family_stays_the_arrangement_that_it_is(name):
    table = read_source(name)
    assert table.arrangement == family(name)
    assert (table.x, table.offsets) == (table.arrangement.normals, table.arrangement.offsets)
    assert all(type(value) is int for row in table.x for value in row)


@pytest.mark.parametrize("name", bundled_tables())
def test_a_table_of_the_package_is_known_by_its_name(name):
    path = Path(multilayer.__file__).parent / "data" / f"{name}.csv"
    assert replace(read_source(name), notes=()) == replace(read_source(str(path)), notes=())


def test_a_file_of_that_name_comes_first_and_a_folder_does_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "xor").write_text("1,2\n")
    with pytest.raises(InputError, match=r"xor: not a \.csv"):
        read_source("xor")
    (tmp_path / "teacher").mkdir()
    assert len(read_source("teacher").x) == 8


@pytest.mark.parametrize("options", [{"target": "2"}, {"bias": True}, {"affine": True}, {"target": "1", "bias": True}])
def test_columns_of_a_family(options):
    table = read_source("moment:5,4", **options)
    rows = [[t**k for k in range(4)] for t in range(1, 6)]
    kept = [[v for j, v in enumerate(row, 1) if str(j) != options.get("target")] for row in rows]
    if "bias" in options:
        kept = [[*row, 1] for row in kept]
    offsets = [row.pop() for row in kept] if "affine" in options else None
    assert (table.x, table.offsets) == (tuple(map(tuple, kept)), None if offsets is None else tuple(offsets))
    same = Arrangement.from_table(kept, offsets)
    assert (table.arrangement.hyperplanes, table.arrangement.rank) == (same.hyperplanes, same.rank)
    assert all(type(value) is int for row in table.arrangement.homogeneous for value in row)
    for name, values in table.targets:
        assert list(values) == [row[int(name.split()[1]) - 1] for row in rows]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1, max_size=5), st.booleans(), st.booleans())
def test_tables_hold_what_was_written(tmp_path_factory, rows, with_target, affine):
    path = tmp_path_factory.mktemp("tables") / "t.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows))
    table = read_source(str(path), last_is_target=with_target, affine=affine)
    rest = [row[:-1] if with_target else row for row in rows]
    normals = [row[:-1] if affine else row for row in rest]
    offsets = [row[-1] for row in rest] if affine else None
    assert [list(row) for row in table.x] == normals
    assert table.arrangement == Arrangement.from_table(normals, offsets)
    assert [target.values for target in table.targets] == [tuple(row[-1] for row in rows)] * with_target
    assert all(type(value) is Fraction for row in table.x for value in row)
