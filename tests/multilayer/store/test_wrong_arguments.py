"""What the library's functions of datasets refuse, in one sentence that names the argument."""

import pytest

from arrangements import Arrangement, family
from arrangements.errors import InputError
from multilayer import store

LINE = Arrangement.from_table([[1], [2]])
AFFINE = Arrangement.from_table([[1], [2]], offsets=[0, 1])


@pytest.mark.parametrize("odd", [None, 3, 2.5, "x", [], object()])
def test_what_is_no_arrangement(tmp_path, odd):
    with pytest.raises(InputError):
        store.enumerate_regions(odd, tmp_path)
    with pytest.raises(InputError):
        store.enumerate_pairs(odd, 2, tmp_path)


@pytest.mark.parametrize("odd", [None, 3, 2.5, "", "a\0b", b"x", "x" * 10_000, ["a"], object()])
def test_what_is_no_path(odd):
    for call in (
        lambda: store.enumerate_regions(LINE, odd),
        lambda: store.enumerate_pairs(LINE, 1, odd),
        lambda: store.open(odd),
    ):
        with pytest.raises(InputError):
            call()


@pytest.mark.parametrize("odd", [None, 0, -1, 1.5, "two", True, 10**30])
def test_what_is_no_width(tmp_path, odd):
    if odd == 10**30:  # every width beyond the number of signed masks means all of them
        assert store.enumerate_pairs(LINE, odd, tmp_path / "d").complete
        return
    with pytest.raises(InputError, match="width"):
        store.enumerate_pairs(LINE, odd, tmp_path)


@pytest.mark.parametrize("name", ["cells", "seconds", "memory", "disk"])
@pytest.mark.parametrize("odd", [0, -1, "x", float("nan"), [], 1j])
def test_what_is_no_limit(name, odd):
    with pytest.raises(InputError, match=name):
        store.Limits(**{name: odd})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"limits": 3}, "limits"),
        ({"executor": "pool"}, "executor"),
        ({"engine": "fast"}, "engine"),
        ({"engine": None}, "engine"),
    ],
)
def test_what_is_no_option(tmp_path, options, words):
    with pytest.raises(InputError, match=words):
        store.enumerate_regions(LINE, tmp_path, **options)
    assert not list(tmp_path.glob("part-*"))


def test_pairs_of_an_affine_arrangement(tmp_path):
    with pytest.raises(InputError, match="offsets"):
        store.enumerate_pairs(AFFINE, 2, tmp_path)


def test_pairs_without_a_hyperplane(tmp_path):
    with pytest.raises(InputError, match="no region is active"):
        store.enumerate_pairs(Arrangement.from_table([[0, 0]]), 2, tmp_path)


def test_other_values_are_in_no_dataset(tmp_path):
    store.enumerate_regions(family("braid:3"), tmp_path / "regions")
    store.enumerate_pairs(LINE, 1, tmp_path / "pairs")
    for folder in ("regions", "pairs"):
        found = store.open(tmp_path / folder)
        for odd in (None, 3, "x", (), (1,), (1, 2, 3), [1, 1, 1], (1, 1, 0), object()):
            assert odd not in found
        with pytest.raises(InputError, match=r"store\.open"):
            _ = found - 3
    with pytest.raises(InputError, match="list different things"):
        list(store.open(tmp_path / "regions") - store.open(tmp_path / "pairs"))
