"""Bounded regions, listed, against Zaslavsky's number and against linear programs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from arrangements import Arrangement, InputError, family, iter_bounded_regions, iter_regions
from theory import bounded_number


def bounded_by_programs(arrangement):
    """Regions in which every coordinate of the span of the normals is bounded, by linear programs."""
    rows, offsets = np.array(arrangement.normals, float), np.array(arrangement.offsets, float)
    found = set()
    for region in iter_regions(arrangement):
        s = np.array(region.signs)[:, None]
        sides = {"A_ub": -s * rows, "b_ub": -s[:, 0] * offsets, "bounds": (None, None)}
        if all(linprog(sign * goal, **sides).status == 0 for goal in rows for sign in (1, -1)):
            found.add(region.signs)
    return found


@pytest.mark.parametrize(
    ("name", "number"), [("shi:3", 4), ("shi:4", 27), ("catalan:3", 12), ("linial:4", 4), ("semiorder:4", 61)]
)
@pytest.mark.parametrize("engine", ["lp", "rays"])
def test_families(name, number, engine):
    arrangement = family(name)
    listed = [cell.signs for cell in iter_bounded_regions(arrangement, engine=engine)]
    assert len(listed) == len(set(listed)) == bounded_number(arrangement) == number


@settings(max_examples=40)
@given(
    st.integers(1, 3).flatmap(
        lambda d: st.lists(
            st.tuples(st.lists(st.integers(-2, 2), min_size=d, max_size=d), st.integers(-2, 2)), min_size=1, max_size=6
        )
    )
)
def test_degenerate_tables(table):
    arrangement = Arrangement.from_table([row for row, _ in table], [b for _, b in table])
    listed = {cell.signs for cell in iter_bounded_regions(arrangement)}
    assert len(listed) == bounded_number(arrangement)
    assert listed == bounded_by_programs(arrangement)


def test_a_point_lies_in_each():
    arrangement = family("catalan:3")
    for cell in iter_bounded_regions(arrangement):
        *w, denominator = cell.witness
        assert denominator > 0
        for row, b, s in zip(arrangement.normals, arrangement.offsets, cell.signs, strict=True):
            value = sum(x * y for x, y in zip(row, w, strict=True)) - b * denominator
            assert (value > 0) - (value < 0) == s


def test_central_arrangements_and_unknown_engines_are_refused():
    with pytest.raises(InputError, match="central"):
        iter_bounded_regions(family("braid:3"))
    with pytest.raises(InputError, match="engine"):
        list(iter_bounded_regions(family("shi:3"), engine="magic"))
