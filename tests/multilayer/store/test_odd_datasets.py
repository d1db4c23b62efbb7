"""verify DIR/ of parts that another hand has sealed: odd columns, odd roots, pipes; rejected, without a traceback."""

import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.datasets import parts_of, rewrite

from arrangements import InputError, family
from multilayer import store
from multilayer.store.verification import check_dataset

TABLES = {
    "another column": lambda table: table.append_column("z", pa.nulls(len(table), pa.int64())),
    "another order": lambda table: table.select(table.schema.names[::-1]),
    "a column less": lambda table: table.drop_columns(["s0"]),
    "signs of another type": lambda table: table.set_column(0, "s0", table["s0"].cast(pa.float64())),
    "no signs": lambda table: table.set_column(0, "s0", pa.nulls(len(table), pa.uint64())),
    "no number": lambda table: table.set_column(
        table.schema.get_field_index("witness"), "witness", pa.array(["junk"] * len(table))
    ),
}


@pytest.fixture
def folder(tmp_path):
    store.enumerate_regions(family("braid:4"), tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", TABLES)
def test_odd_columns_are_rejected(folder, name):
    path = parts_of(folder)[0]
    rewrite(path, TABLES[name](pq.read_table(path)))
    assert check_dataset(folder, lambda listing: None).reason is not None


@pytest.mark.parametrize("groups", [5, None, "abc", [5], [[5]], [["+"]]])
def test_odd_open_groups_are_rejected(folder, groups):
    rewrite(parts_of(folder)[0], open=groups)
    assert check_dataset(folder, lambda listing: None).reason is not None


def test_pipes_are_refused(folder):
    os.mkfifo(folder / "part-00000000000000000000.parquet")
    assert "it is no file" in check_dataset(folder, lambda listing: None).reason
    (folder / "_run.json").unlink()
    os.mkfifo(folder / "_run.json")
    with pytest.raises(InputError, match="is no file"):
        store.open(folder)
