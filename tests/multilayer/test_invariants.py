"""The command `invariants`: published values, agreement on degenerate tables, limits and bad input."""

from math import comb, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.outcomes import report

from arrangements import Arrangement
from multilayer.io.tables import read_source
from multilayer.pipeline.invariants import invariants, polynomial


@pytest.mark.parametrize(
    ("name", "chi", "flats", "faces", "regions"),
    [
        ("braid:4", "t^4 - 6 t^3 + 11 t^2 - 6 t", 15, [0, 1, 14, 36, 24], 24),
        ("typeB:3", "t^3 - 9 t^2 + 23 t - 15", 24, [1, 26, 72, 48], 48),
        ("resonance:4", "t^4 - 15 t^3 + 80 t^2 - 170 t + 104", 117, [1, 90, 480, 760, 370], 370),
        ("shi:3", "t^3 - 6 t^2 + 9 t", 13, [0, 6, 21, 16], 16),
    ],
)
def test_published_values(multilayer, name, chi, flats, faces, regions):
    found = report(multilayer("invariants", name, "--json"))
    assert (found["characteristic_polynomial"], found["flats"]) == (chi, flats)
    assert (found["f_vector"], found["regions"]) == (faces, regions)
    assert all(found["agree"].values())
    assert sum(faces) == {"braid:4": 75, "typeB:3": 147, "resonance:4": 1701}.get(name, sum(faces))


def test_general_position(multilayer):
    found = report(multilayer("invariants", "random:7,3,0", "--json"))
    assert found["whitney_first"] == [1, -7, 21, -15]
    assert found["whitney_second"] == [1, 7, 21, 1]
    assert (found["circuits"], found["cocircuits"]) == (comb(7, 4), comb(7, 2))


@pytest.mark.parametrize(("name", "bounded"), [("shi:4", 27), ("catalan:3", 12), ("semiorder:3", 7), ("linial:3", 1)])
def test_bounded_regions(multilayer, name, bounded):
    found = report(multilayer("invariants", name, "--json"))
    assert found["bounded"] == bounded
    assert found["circuits"] is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(-2, 2), min_size=3, max_size=3), min_size=1, max_size=6), st.booleans())
def test_all_ways_agree_on_degenerate_tables(tmp_path_factory, rows, affine):
    normals = [row[:-1] for row in rows] if affine else rows
    if not any(map(any, normals)):
        return
    path = tmp_path_factory.mktemp("tables") / "table.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows))
    found = invariants(read_source(str(path), None, affine=affine), 10_000)
    assert all(found["agree"].values())
    arrangement = Arrangement.from_table(normals, [row[-1] for row in rows] if affine else None)
    assert found["rank"] == arrangement.rank
    assert len(found["f_vector"]) == arrangement.dimension + 1
    assert (found["bounded"] is None) != affine


def test_text(multilayer):
    outcome = multilayer("invariants", "braid:5")
    assert outcome.status == 0
    assert f"{factorial(5)}" in outcome.out
    assert "t^5 - 10 t^4 + 35 t^3 - 50 t^2 + 24 t" in outcome.out


def test_limit(multilayer):
    outcome = multilayer("invariants", "resonance:5", "--limit", "1000")
    assert (outcome.status, outcome.out) == (4, "")
    assert "resonance:5 has more than 1,000 regions" in outcome.err


def test_zero_table(multilayer, tmp_path):
    (tmp_path / "zero.csv").write_text("0,0\n0,0\n")
    outcome = multilayer("invariants", str(tmp_path / "zero.csv"))
    assert outcome.status == 2
    assert "every row of the data is zero" in outcome.err


@pytest.mark.parametrize(
    ("coefficients", "text"), [((-1, 0, 1), "-t^2 + 1"), ((2, -1), "2 t - 1"), ((1,), "1"), ((0, -3), "-3")]
)
def test_polynomial(coefficients, text):
    assert polynomial(coefficients) == text
