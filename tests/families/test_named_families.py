"""Named families: their rows, and what is refused."""

from math import comb

import numpy as np
import pytest

from arrangements import Arrangement, InputError, family, iter_covectors, iter_regions
from arrangements.families import FAMILIES, is_family

ROWS = {
    "braid": lambda n: comb(n, 2),
    "typeB": lambda n: n * n,
    "typeD": lambda n: n * (n - 1),
    "resonance": lambda n: 2**n - 1,
    "threshold": lambda n: 2**n,
    "crosspolytope": lambda n: 2 * n,
    "demicube": lambda n: 2 ** (n - 1),
    "shi": lambda n: n * (n - 1),
    "catalan": lambda n: 3 * comb(n, 2),
    "linial": lambda n: comb(n, 2),
    "semiorder": lambda n: n * (n - 1),
}
LOWER = {"braid", "shi", "catalan", "linial", "semiorder"}  # of rank n-1: all are invariant along (1, .., 1)
HIGHER = {"threshold", "crosspolytope", "demicube"}  # of rank n+1


@pytest.mark.parametrize("n", [3, 5])
@pytest.mark.parametrize("name", ROWS)
def test_sizes(name, n):
    a = family(f"{name}:{n}")
    assert len(a.normals) == len(set(a.homogeneous)) == len(a.hyperplanes) == ROWS[name](n)
    assert a.rank == n + (name in HIGHER) - (name in LOWER)
    assert a.dimension == a.rank + len(a.lineality)
    assert a.is_affine == (name in {"shi", "catalan", "linial", "semiorder"})


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("braid:3", [(1, -1, 0), (1, 0, -1), (0, 1, -1)]),
        ("typeB:2", [(1, 0), (0, 1), (1, -1), (1, 1)]),
        ("resonance:2", [(0, 1), (1, 0), (1, 1)]),
        ("crosspolytope:2", [(1, 1, 0), (1, -1, 0), (1, 0, 1), (1, 0, -1)]),
        ("demicube:2", [(1, 0, 1), (1, 1, 0)]),
        ("moment:3,3", [(1, 1, 1), (1, 2, 4), (1, 3, 9)]),
    ],
)
def test_rows(text, rows):
    assert sorted(family(text).normals) == sorted(rows)


def test_random_rows_are_those_of_numpy():
    entries = np.rint(1000 * np.random.default_rng(5).standard_normal((4, 3)))
    assert family("random:4,3,5") == Arrangement.from_table(entries)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nope:3", "unknown family 'nope'"),
        (":3", "unknown family ''"),
        *((text, "write braid:n") for text in ("braid", "braid:", "braid:x", "braid:-1", "braid:1.5", "braid:3,3")),
        *((text, "write moment:n,d") for text in ("moment:3", "moment:3,2,1", "moment:3,", "moment:3,-2")),
        *((text, "write random:n,d,seed") for text in ("random:3,2", "random:3,2,-1")),
        *((text, "sizes start at 1") for text in ("braid:0", "moment:0,2", "moment:2,0", "random:3,0,1")),
        ("braid:21", "at most 20"),
        ("random:1000,1001,1", "at most 1,000,000 entries"),
    ],
)
def test_refused(text, message):
    with pytest.raises(InputError, match=message) as caught:
        family(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize("name", FAMILIES)
def test_is_family(name):
    assert is_family(f"{name}:3")
    assert not is_family(f"{name}.csv")


@pytest.mark.parametrize(
    "lister",
    [iter_regions, iter_covectors],
)
def test_no_rows(lister):
    """On one letter the braid arrangement is the line, uncut."""
    assert [(cell.signs, len(cell.witness)) for cell in lister(family("braid:1"))] == [((), 1)]
