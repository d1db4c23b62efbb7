"""Whitney numbers from one flat of each orbit: against deletion and restriction, the lattice, published counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from support.small_tables import tables

from arrangements import Arrangement, LimitError, SymmetryGroup, family, flat_numbers, signed_whitney_numbers
from theory import region_number
from theory.counting import with_symmetries
from theory.counting.deletion_restriction import whitney_modulo
from theory.counting.flat_orbits import whitney_by_orbits
from theory.counting.mersenne_field import faithful_exponent, residues
from theory.counting.with_symmetries import row_symmetries, whitney_with_symmetries


def both_ways(rows):
    e = faithful_exponent(rows, len(rows[0]))
    table = residues(rows, e)
    return whitney_by_orbits(table, e, row_symmetries(rows)), whitney_modulo(table, e)


@settings(max_examples=80, deadline=None)
@given(tables(rows=9, columns=5, fewest_columns=3))
def test_degenerate_tables(table):
    rows = Arrangement.from_table(table).essential.rows
    if not rows or len(rows[0]) < 3:
        return
    by_orbits, by_deletion = both_ways(rows)
    assert by_orbits == by_deletion == tuple(map(abs, signed_whitney_numbers(Arrangement.from_table(rows))))
    e = faithful_exponent(rows, len(rows[0]))
    assert whitney_by_orbits(residues(rows, e), e, []) == by_deletion  # without a symmetry, it is the same


@pytest.mark.parametrize(
    "name",
    [
        "braid:6",
        "typeB:4",
        "typeD:5",
        "resonance:5",
        "threshold:5",
        "crosspolytope:6",
        "coxeter:F4",
        "moment:12,5",
    ],
)
def test_families(name):
    rows = family(name).essential.rows
    by_orbits, by_deletion = both_ways(rows)
    assert by_orbits == by_deletion


def test_entries_of_any_length():
    """A faithful prime of more than a word: residues are Python integers."""
    rows = [(*row, 10**25 * sum(row)) for row in family("resonance:4").essential.rows]
    rows = Arrangement.from_table(
        [[x * (10**9 if j == 0 else 1) for j, x in enumerate(row[:4])] for row in rows]
    ).essential.rows
    e = faithful_exponent(rows, 4)
    assert e > 61
    assert whitney_by_orbits(residues(rows, e), e, []) == (1, 15, 80, 170, 104)


@pytest.mark.parametrize(
    ("name", "regions"),
    [
        ("resonance:6", 1066044),
        ("threshold:6", 15028134),
        ("demicube:6", 291558),
        ("resonance:7", 347326352),
        ("threshold:7", 8378070864),
    ],
)
def test_published_counts(name, regions):
    """OEIS A034997, A000609; demicube:6 by deletion and restriction."""
    rows = family(name).essential.rows
    e = faithful_exponent(rows, len(rows[0]))
    assert sum(whitney_by_orbits(residues(rows, e), e, row_symmetries(rows))) == regions


def test_one_flat_stands_for_each_orbit():
    """The flats of braid:n are the partitions of n letters; up to permutations, the partitions of the number n."""
    rows = family("braid:7").essential.rows
    seen = []
    whitney_by_orbits(residues(rows, 61), 61, row_symmetries(rows), None, seen.append)
    assert seen == [22, 22 + 175, 22 + 175 + 735]  # sums of Stirling numbers
    assert flat_numbers(family("braid:7"))[1] == 21


def test_the_choice_of_the_way(monkeypatch):
    """Few batches: symmetries are looked for, and taken only where there are enough."""
    monkeypatch.setattr(with_symmetries, "_BATCHES", 0)
    used = []
    original = with_symmetries.whitney_by_orbits
    monkeypatch.setattr(with_symmetries, "whitney_by_orbits", lambda *a: used.append(len(a[0])) or original(*a))
    for name, number, taken in (
        ("resonance:5", 11292, [31]),
        ("moment:25,4", region_number(family("moment:25,4")), []),
    ):
        rows = family(name).essential.rows
        used.clear()
        assert sum(whitney_with_symmetries(rows, faithful_exponent(rows, len(rows[0])))) == number
        assert used == taken


def test_without_the_graph_library(monkeypatch):
    monkeypatch.setattr(with_symmetries, "is_installed", lambda: False)
    assert region_number(family("resonance:5")) == 11292


def test_limit():
    rows = family("resonance:5").essential.rows
    with pytest.raises(LimitError, match="more than 11291 regions") as raised:
        whitney_by_orbits(residues(rows, 61), 61, row_symmetries(rows), 11291)
    assert 11291 < raised.value.at_least <= 11292
    assert sum(whitney_by_orbits(residues(rows, 61), 61, row_symmetries(rows), 11292)) == 11292


def test_wrong_permutations_do_not_go_unnoticed():
    """Generators must keep all ranks; the numbers are then integers, which is checked."""
    rows = family("resonance:4").essential.rows
    group = SymmetryGroup(Arrangement.from_table(rows), ())
    assert group.order == 1
    cycle = np.roll(np.arange(len(rows)), 1)
    with pytest.raises(AssertionError):
        assert whitney_by_orbits(residues(rows, 61), 61, [cycle]) == (1, 15, 80, 170, 104)
