"""Every kind of certificate has the shape that the shipped schema says, in each version of the format."""

import json
from importlib.resources import files

import jsonschema
import pytest
from support.certificates.files import OPTIMA, at, fresh, in_lines, verdict, written
from support.certificates.formats import rehashed
from support.certificates.mutations import EVERY

from multilayer import checker

SCHEMA = json.loads((files("multilayer") / "certificate.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

MADE = {"version 3": written, "before": fresh}
VERSIONS = pytest.mark.parametrize("made", MADE.values(), ids=MADE)
FEW = ("central", "pairs of fractions", "small optimum", "logistic", "two outputs", "weights")
MAY_LACK = ("input", "weights")


def fits(certificate):
    return VALIDATOR.is_valid(certificate)


def put(name, path, value, made=written):
    """A certificate with another value at a path."""
    certificate = made(name)
    *outer, last = path
    at(certificate, outer)[last] = value
    return certificate


@VERSIONS
@pytest.mark.parametrize("name", EVERY)
def test_shape(name, made):
    certificate = made(name)
    VALIDATOR.validate(certificate)
    for key in certificate:
        assert not fits({k: v for k, v in certificate.items() if k != key})
    assert not fits({**certificate, "more": 1})
    for version in {0, 1, 2, 3, 4} - {certificate["version"]}:
        assert not fits({**certificate, "version": version})


def inner_objects(value, path=()):
    if isinstance(value, dict):
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from inner_objects(inner, (*path, key))


@VERSIONS
@pytest.mark.parametrize("name", FEW)
def test_objects_have_their_fields_and_no_others(name, made):
    whole = made(name)
    for path in inner_objects(whole):
        if path != ("provenance", "parameters"):
            for field in [*at(whole, path), "more"]:
                certificate = made(name)
                place = at(certificate, path)
                if field == "more":
                    place[field] = 1
                else:
                    del place[field]
                assert fits(certificate) == ((*path, field) == MAY_LACK and whole["version"] == 2)


# place in a certificate of an optimum, and what must not stand there: in all versions, in version 3, and before
WRONG = {
    ("input", "width"): (0, "2", True, 1.5, [2], 10**100),
    ("input", "targets"): ([], [1, 2], "1", None),
    ("input", "weights"): ([0.5, 1], "1", {}),
    ("input", "beta"): (0.5, "1/2/3", None),
    ("input", "loss"): ("squared", {"name": "huber", "threshold": None}, {"name": "hinge", "threshold": 1}, None),
    ("network", "subnetworks", 0, "output"): (1, "1/2", [], ["x"]),
    ("dual",): ([], {}, None),
    ("dual", 0, "scale"): (None, 0.5, [1]),
    ("dual", 0, "v"): (None, ["1/2"], [0.5], [[1]]),
}
WRONG_NOW = {
    ("input", "columns"): ("x", [], [1], {}),
    ("input", "outputs"): ("x", [], [None]),
    ("input", "classes"): ("x", [], ["one"], [1, 2]),
    ("logarithms",): ([], {}, {"losses": [], "entropies": []}, {"losses": [[0]], "entropies": [[[0]]]}),
    ("first", "regions", 0): (["+", [1]], 1, None),
    ("first", "tree"): ("0", "+ ", 1, None, ["+"]),
    ("first", "circuits"): (None, {}, [[]], [[0]], [[-1, 1]], [["0", 1]], [[[0, 1]]]),
    ("first", "leaves"): (None, [-2], ["0"], [0.5]),
    ("first", "count"): (None, 1, "true"),
    ("dual", 0, "order"): (None, [-1], ["0"], [["01", 1]], [0, 0]),
    ("dual", 0, "covers"): (None, [], [{"entries": [], "tree": []}], {}),
    ("dual", 0, "covers", 0, "tree"): (None, "+", [-3], ["0"], [[0]]),
    ("dual", 0, "covers", 0, "entries"): (None, {}, [[]]),
    ("dual", 0, "covers", 0, "entries", 0): ([], [[0], None], [[0], None, [], 1], [1, [0], None, []]),
    ("dual", 0, "covers", 0, "entries", 0, 0): (None, ["1/2"], [None]),
    ("dual", 0, "covers", 0, "entries", 0, 1): (["1/2"], 0, [None]),
    ("dual", 0, "covers", 0, "entries", 0, 2): (None, [0], [[]], [[-1]], [["0"]], [[0, 0, -1]], [[0, 0, "1/2"]]),
}
WRONG_BEFORE = {
    ("input", "weights"): (None,),
    ("dual", 0, "neurons", 0): (["01"], ["01", 2], ["01", 1, 1], "01", ["0x", 1]),
    ("dual", 0, "cover"): (None, {}, [[]]),
    ("dual", 0, "cover", 0): ([], [1, [0], None], [1, [0], None, [], 1], [0, [0], None, []]),
    ("dual", 0, "cover", 0, 1): (None, ["1/2"], [None]),
    ("dual", 0, "cover", 0, 2): (["1/2"], 0, [None]),
    ("dual", 0, "cover", 0, 3): (None, [0], [[0]], [[-1, []]], [["0", []]], [[0, [], 0]]),
    ("dual", 0, "cover", 0, 3, 0, 1): (None, [0], [[0]], [[0, -1]], [[0, "-1"]], [[-1, 1]], [[0, 1, 1]], [[0, "1/2"]]),
}
WRONG_IN_A_TUPLE = {
    ("neurons",): (None, [-1], ["0"], [["01", 1]], [0, 0]),
    ("cells",): (None, [1], [[1]], [["+", [[1]]]]),
    ("tree",): (None, "0", []),
    ("leaves",): (None, [[0, 0]], [[-2, 0, 1]], [[0, -1, 1]], [["0", 0, 1]], [[[0, 0, 1]]]),
}


@VERSIONS
@pytest.mark.parametrize("name", ["small optimum", "two outputs"])
def test_what_does_not_fit_the_schema_of_an_optimum(name, made):
    own = WRONG_NOW if made is written else WRONG_BEFORE
    for wrong in (WRONG, own):
        for path, values in wrong.items():
            for value in values:
                assert not fits(put(name, path, value, made)), (path, value)


def test_what_does_not_fit_the_schema_of_a_tuple():
    for path, values in WRONG_IN_A_TUPLE.items():
        for value in values:
            assert not fits(put("pairs", ("tuples", 0, *path), value)), (path, value)


@pytest.mark.parametrize("name", OPTIMA)
def test_what_fits_the_schema_of_an_optimum(name):
    entry, now = ("dual", 0, "cover", 0), ("dual", 0, "covers", 1)
    for made, path, value in [
        (fresh, ("input", "width"), None),
        (fresh, ("input", "width"), 7),
        (fresh, (*entry, 2), None),
        (fresh, (*entry, 3), []),
        (fresh, (*entry, 3, 0, 1), [[0, "12345678901234567890"]]),
        (written, ("input", "width"), None),
        (written, ("input", "width"), 10**100 - 1),
        (written, ("input", "weights"), ["1/2", 3]),
        (written, ("input", "columns"), ["height", ""]),
        (written, ("input", "outputs"), ["answer"]),
        (written, (*now, "tree"), [-2, -1, 0, 300]),
        (written, (*now, "entries"), []),
        (written, (*now, "entries", 0, 1), None),
        (written, (*now, "entries", 0, 2), [[0], [1, 3, "12345678901234567890"]]),
    ]:
        VALIDATOR.validate(put(name, path, value, made))


def test_classes_are_of_targets_1_and_minus_1():
    named = put("hinge", ("input", "classes"), ["no", "yes"])
    assert fits(named)
    for other in (2, 0, "1/2"):
        named["input"]["targets"][0][1] = other
        assert not fits(named)
    named["input"]["classes"] = None
    assert fits(named)


def test_logarithms_are_those_of_the_logistic_loss():
    assert not fits(put("logistic", ("logarithms",), None))
    found = written("logistic")["logarithms"]
    assert not fits(put("hinge", ("logarithms",), found))
    for wrong in (-1, 0.5, "1/2", "1", None, [1]):
        assert not fits(put("logistic", ("logarithms", "losses", 0, 0), wrong))
        assert not fits(put("logistic", ("logarithms", "entropies", 0, 0, 1), wrong))


# how numbers are written, and how they must not be
WRITTEN = (1, "1/2", "-7/3", 2**53, -(2**53), str(2**53 + 1), str(-(2**53) - 1), "1" * 300 + "/2", "3/10000")
NOT_WRITTEN = ("1", "+1", "-0", "01", "1/1", "0/2", "-0/2", "1/-2", "1/02", "01/2", "1/0", "1/", " 1/2", 2**53 + 1)
NOT_BEYOND = tuple(str(s * n) for s in (1, -1) for n in (10**15, 2**53 - 1, 2**53))  # as text; or a line ends after it
ENDED = ("1/2\n", f"{2**53 + 1}\n")
NEAR = [2**53 + 10**k for k in range(16)] + [10**k for k in (16, 17, 40)]  # beyond 2^53, in each digit


@VERSIONS
def test_numbers_are_written_in_one_way(made, tmp_path):
    for value in (*WRITTEN, *(str(s * n) for s in (1, -1) for n in NEAR)):
        assert fits(put("central", ("first", "regions", 0, *([1] if made is fresh else []), 0), value, made)), value
    for value in (*NOT_WRITTEN, *NOT_BEYOND, *ENDED, "1" * 100_000 + "/2"):
        wrong = put("small optimum", ("input", "beta"), value, made)
        assert not fits(wrong), value
        assert verdict(rehashed(wrong), tmp_path)[0] is False


@pytest.mark.parametrize(
    "path", [("claim", "regions"), ("dual", 0, "v", 0), ("dual", 0, "covers", 0, "entries", 0, 0, 0)]
)
def test_integers_are_written_in_one_way(path):
    name = "central" if path[0] == "claim" else "small optimum"
    for value in (0, 2**53, str(2**64)):
        assert fits(put(name, path, value)), value
    for value in ("1", "1/2", "0" * 20, "-0", 2**53 + 1, True, None, *NOT_BEYOND, f"{2**53 + 1}\n", "1" * 100_001):
        assert not fits(put(name, path, value)), value


@pytest.mark.parametrize(("name", "stream"), [("central", "first.regions"), ("pairs", "tuples")])
def test_json_lines_hold_the_same_object(name, stream, tmp_path):
    file = tmp_path / "lines.jsonl"
    file.write_text(in_lines(written(name), stream))
    VALIDATOR.validate(checker.load(file))
    assert checker.load(file) == written(name)


def test_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
