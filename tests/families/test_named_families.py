"""Families by name: one table for the parser, its messages and the list of families; their rows; what is refused."""

import inspect
import re
from math import comb

import numpy as np
import pytest

from arrangements import InputError, families, family, iter_covectors, iter_regions
from arrangements.families import FAMILIES, family_list, is_family

ROWS = {
    "coordinate": lambda n: n,
    "braid": lambda n: comb(n, 2),
    "typeB": lambda n: n * n,
    "typeC": lambda n: n * n,
    "typeD": lambda n: n * (n - 1),
    "resonance": lambda n: 2**n - 1,
    "threshold": lambda n: 2**n,
    "crosspolytope": lambda n: 2 * n,
    "demicube": lambda n: 2 ** (n - 1),
    "shi": lambda n: n * (n - 1),
    "catalan": lambda n: 3 * comb(n, 2),
    "linial": lambda n: comb(n, 2),
    "semiorder": lambda n: n * (n - 1),
    "ish": lambda n: n * (n - 1),
    "boxed-threshold": lambda n: n * (n + 3) // 2,
}
AFFINE = {"shi", "catalan", "linial", "semiorder", "ish", "boxed-threshold"}
LOWER = {"braid", "shi", "catalan", "linial", "semiorder", "ish"}  # of rank n-1: all are invariant along (1, .., 1)
HIGHER = {"threshold", "crosspolytope", "demicube"}  # of rank n+1
EXAMPLES = {
    "n": "3",
    "n,d": "4,3",
    "n,d,seed": "4,3,0",
    "type": "B3",
    "graph": "cycle,3",
}  # for each form of parameters


def examples():
    return [(name, f"{name}:{EXAMPLES[line.parameters]}") for name, line in FAMILIES.items()]


def test_every_family_is_a_public_function_and_has_a_name():
    functions = {f for name in families.__all__ if inspect.isfunction(f := getattr(families, name))}
    assert functions - {families.family, families.is_family, families.family_list} == {
        f.make for f in FAMILIES.values()
    }


def test_the_list_has_every_family_with_its_hyperplanes():
    listed = family_list()
    assert [text.partition(":")[::2] for text, _ in listed] == [(name, f.parameters) for name, f in FAMILIES.items()]
    assert all(description and len(f"{text}  {description}") <= 100 for text, description in listed)


@pytest.mark.parametrize(("name", "text"), examples())
def test_names_in_any_spelling(name, text):
    made = family(text)
    tail = text.partition(":")[2]
    spellings = {name, name.lower(), name.upper(), name.title(), name.replace("-", ""), name.replace("-", "_")}
    for spelling in spellings:
        assert is_family(f"{spelling}:{tail}")
        assert family(f"{spelling}:{tail}") == made
    assert not is_family(f"{name}.csv")


@pytest.mark.parametrize(("name", "text"), examples())
def test_rows_are_primitive_integers(name, text):
    made = family(text)
    assert {type(x) for row in made.normals for x in row} == {int}
    assert made.offsets is None or {type(b) for b in made.offsets} == {int}
    assert name in ("moment", "random") or all(np.gcd.reduce(row) == 1 for row in made.homogeneous)
    assert {len(row) for row in made.normals} == {made.dimension}


@pytest.mark.parametrize("n", [3, 5])
@pytest.mark.parametrize("name", ROWS)
def test_sizes(name, n):
    a = family(f"{name}:{n}")
    assert len(a.normals) == len(set(a.homogeneous)) == len(a.hyperplanes) == ROWS[name](n)
    assert a.rank == n + (name in HIGHER) - (name in LOWER)
    assert a.dimension == a.rank + len(a.lineality)
    assert a.is_affine == (name in AFFINE)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("coordinate:2", [(1, 0), (0, 1)]),
        ("braid:3", [(1, -1, 0), (1, 0, -1), (0, 1, -1)]),
        ("typeB:2", [(1, 0), (0, 1), (1, -1), (1, 1)]),
        ("resonance:2", [(0, 1), (1, 0), (1, 1)]),
        ("threshold:1", [(1, 0), (1, 1)]),
        ("crosspolytope:2", [(1, 1, 0), (1, -1, 0), (1, 0, 1), (1, 0, -1)]),
        ("demicube:2", [(1, 0, 1), (1, 1, 0)]),
        ("moment:3,3", [(1, 1, 1), (1, 2, 4), (1, 3, 9)]),
        ("graphical:3-1,1-2", [(1, -1, 0), (1, 0, -1)]),
    ],
)
def test_rows(text, rows):
    assert sorted(family(text).normals) == sorted(rows)


def test_random_rows_are_those_of_numpy():
    entries = np.rint(1000 * np.random.default_rng(5).standard_normal((4, 3)))
    assert family("random:4,3,5").normals == tuple(map(tuple, entries.astype(int).tolist()))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nope:3", "unknown family 'nope'"),
        (":3", "unknown family ''"),
        ("brad:3", "did you mean braid?"),
        ("semi-oder:3", "did you mean semiorder?"),
        ("gshy:0-1", "did you mean G-Shi?"),
        *((text, "write braid:n") for text in ("braid", "braid:", "braid:x", "braid:-1", "braid:1.5", "braid:3,3")),
        *((text, "write moment:n,d") for text in ("moment:3", "moment:3,2,1", "moment:3,", "moment:3,-2")),
        *((text, "write random:n,d,seed") for text in ("random:3,2", "random:3,2,-1")),
        *((text, "sizes start at 1") for text in ("braid:0", "ish:0", "moment:0,2", "moment:2,0", "random:3,0,1")),
        *((text, "sizes start at 1") for text in ("coxeter:A0", "coxeter-shi:D0", "graphical:complete,0")),
        *((text, "n is at most 20") for text in ("braid:21", "resonance:999999999", "coxeter:A21", "coxeter-shi:B999")),
        *((text, "at most 1,000,000 entries") for text in ("threshold:16", "demicube:20", "random:1000,1001,1")),
        *((text, "at most 1,000,000 entries") for text in ("graphical:complete,127", "bigraphical:bipartite,80,80")),
        ("graphical:path,999999999", "at most 1,000,000 entries"),
        ("moment:2,101", "d is at most 100"),
        *(
            (text, "no rational root system")
            for text in ("coxeter:", "coxeter:E5", "coxeter:H3", "coxeter:3", "coxeter:F4x")
        ),
        *(
            (text, "is not a graph; write")
            for text in ("graphical:", "graphical:0-1,", "G-Shi:wheel,5", "G-Shi:path,2,2")
        ),
        ("graphical:0-1,2-2", r"\(2, 2\) is not an edge"),
        ("graphical:cycle,2", "a cycle has at least 3 vertices"),
    ],
)
def test_refused(text, message):
    with pytest.raises(InputError, match=message) as caught:
        family(text)
    assert repr(text) in str(caught.value)


def test_the_message_about_an_unknown_name_lists_every_family():
    with pytest.raises(InputError, match=re.escape(f"the families are {', '.join(FAMILIES)}")):
        family("nope:3")


@pytest.mark.parametrize("name", [name for name, line in FAMILIES.items() if line.parameters == "n"])
def test_functions_check_sizes_themselves(name):
    make = FAMILIES[name].make
    for n in (0, -1):
        with pytest.raises(InputError, match=f"n is {n}, but sizes start at 1"):
            make(n)
    with pytest.raises(InputError, match=r"n = 1000000000 is too large: .* at most 1,000,000 entries"):
        make(10**9)


def test_a_negative_seed_is_refused():
    with pytest.raises(InputError, match="the seed is -1"):
        families.random_rows(2, 2, -1)


@pytest.mark.parametrize("lister", [iter_regions, iter_covectors])
def test_no_rows(lister):
    """On one letter the braid arrangement is the line, uncut."""
    assert [(cell.signs, len(cell.witness)) for cell in lister(family("braid:1"))] == [((), 1)]
