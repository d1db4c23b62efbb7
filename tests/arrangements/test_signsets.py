"""Bit-packed sets of regions against sets of tuples."""

import pytest
from hypothesis import given, settings
from support.small_tables import EVERY_ENGINE, arrangements

from arrangements import InputError, family, iter_regions
from arrangements.exact.parallel_classes import group
from arrangements.first_layer.layer import walls
from arrangements.first_layer.packed_regions import region_set
from arrangements.signsets import SignSet


@pytest.mark.parametrize("name", ["resonance:3", "braid:4", "random:70,2,0", "shi:3"])
def test_set_algebra(name):
    signs = sorted(cell.signs for cell in iter_regions(family(name)))
    half, most = signs[: len(signs) // 2], signs[len(signs) // 4 :]
    a, b = SignSet.of(half), SignSet.of([*most, *most])
    assert set(a) == set(half)
    assert len(b) == len(most)
    assert set(a | b) == set(half) | set(most)
    assert set(a & b) == set(half) & set(most)
    assert set(a - b) == set(half) - set(most)
    assert (a | b) == SignSet.of(reversed(signs))
    assert a != b
    assert all(s in a for s in half)
    assert not any(s in a for s in signs[len(signs) // 2 :])
    assert b.nbytes == len(b) * 8 * -(-len(signs[0]) // 64)


def test_neighbours_are_the_walls():
    arrangement = family("typeB:3")
    signs = SignSet.of(cell.signs for cell in iter_regions(arrangement))
    classes = group(arrangement.normals)
    found: dict[int, set[int]] = {}
    for k, across in signs.neighbours(classes):
        for i, j in enumerate(across.tolist()):
            if j >= 0:
                found.setdefault(i, set()).add(k)
    cells = set(signs)
    for i, cell in enumerate(signs):
        assert found[i] == set(walls(cell, classes, cells))
        assert len(found[i]) == 3  # regions of a reflection arrangement are simplicial


@pytest.mark.parametrize("vectors", [[], [(1, 1), (1,)], [(1, 0), (1, 1)]])
def test_refused(vectors):
    with pytest.raises(InputError):
        SignSet.of(vectors)


def test_different_arrangements_do_not_mix():
    with pytest.raises(InputError):
        SignSet.of([(1, 1)]) | SignSet.of([(1, 0)])


@pytest.mark.parametrize("name", ["resonance:4", "random:9,3,0", "shi:4", "braid:5"])
@EVERY_ENGINE
def test_all_regions(engine, name):
    assert set(region_set(family(name), engine=engine)) == {
        cell.signs for cell in iter_regions(family(name), engine="lp")
    }


@EVERY_ENGINE
@settings(max_examples=60)
@given(arrangement=arrangements(rows=6, columns=3))
def test_all_regions_of_small_tables(engine, arrangement):
    assert set(region_set(arrangement, engine=engine)) == {
        cell.signs for cell in iter_regions(arrangement, engine="lp")
    }


def test_about_one_bit_a_row():
    """One word holds 63 rows: 8 bytes for each of 11,292 regions of 31 rows, nothing else."""
    assert region_set(family("resonance:5"), engine="rays").nbytes == 8 * 11_292
