"""Every command reads its table once and lists the first layer once, whatever it makes of them."""

from collections import Counter

import pytest

from arrangements.first_layer import region_search
from multilayer.io import tables

FEW = "1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n"  # both layers are listed by linear programs
OUTPUTS = "a,b,x,y,z\n1,2,1,0,3\n2,-1,-1,1,1\n-1,3,0.5,1,-2\n-2,-1,2,-1,0\n"
MANY = "".join(f"1,{t},{t * t}\n" for t in range(7))  # the second layer is listed by rays
ONCE = {"read": 1, "list": 1}


@pytest.fixture
def seen(monkeypatch, tmp_path):
    """How often a table was read and its regions were searched, by any engine."""
    found: Counter[str] = Counter()

    def counted(name, made):
        def call(*arguments, **options):
            found[name] += 1
            return made(*arguments, **options)

        return call

    start = region_search.RegionSearch.__init__
    monkeypatch.setattr(tables, "read_cells", counted("read", tables.read_cells))
    monkeypatch.setattr(region_search.RegionSearch, "__init__", counted("list", start))
    monkeypatch.setattr(region_search, "RaySearch", counted("list", region_search.RaySearch))
    for name, text in (("few.csv", FEW), ("outputs.csv", OUTPUTS), ("many.csv", MANY)):
        (tmp_path / name).write_text(text)
    return found


@pytest.mark.parametrize("table", ["few.csv", "many.csv"])
@pytest.mark.parametrize("certificate", [[], ["--certificate", "c.json"]])
@pytest.mark.parametrize("layer", ["1", "2"])
def test_count(multilayer, seen, table, certificate, layer):
    assert multilayer("count", table, "--layer", layer, *certificate).status == 0
    assert seen == ONCE
    if certificate:
        assert multilayer("verify", "c.json").status == 0


@pytest.mark.parametrize("table", ["few.csv", "many.csv"])
@pytest.mark.parametrize("layer", ["1", "2"])
def test_enumerate(multilayer, seen, table, layer):
    assert multilayer("enumerate", table, "--layer", layer, "--output", "out.npz").status == 0
    assert seen == ONCE


@pytest.mark.parametrize(
    "arguments",
    [
        ["invariants", "few.csv"],
        ["solve", "few.csv", "--width", "2", "--beta", "0.1"],
        ["solve", "few.csv", "--width", "2", "--beta", "0.1", "--interpretations"],
        ["solve", "few.csv", "--width", "2", "--beta", "0.1", "--sample", "30"],
        ["solve", "outputs.csv", "--width", "2", "--beta", "0.1", "--target=x", "--target=y", "--target=z"],
        ["depth", "few.csv", "--betas", "1,0.1", "--widths", "1,2,unlimited"],
    ],
    ids=" ".join,
)
def test_other_commands(multilayer, seen, arguments):
    assert multilayer(*arguments).status == 0
    assert seen == ONCE


def test_demo_once_a_table(multilayer, seen):
    assert multilayer("demo").status == 0
    assert seen == {"read": 2, "list": 2}


def test_a_family_is_never_read(multilayer, seen):
    assert multilayer("count", "braid:4").status == 0
    assert seen == {"list": 1}
