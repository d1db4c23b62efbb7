"""Every kind of certificate has the shape that the shipped schema says."""

import json
from importlib.resources import files

import jsonschema
import pytest
from support.certificates.files import OPTIMA, at, fresh
from support.certificates.mutations import EVERY

SCHEMA = json.loads((files("multilayer") / "certificate.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


FEW = ("central", "pairs of fractions", "small optimum", "two outputs", "weights")
MAY_LACK = ("input", "weights")


def fits(certificate):
    return VALIDATOR.is_valid(certificate)


@pytest.mark.parametrize("name", EVERY)
def test_shape(name):
    certificate = fresh(name)
    VALIDATOR.validate(certificate)
    for key in certificate:
        assert not fits({k: v for k, v in certificate.items() if k != key})
    assert not fits({**certificate, "more": 1})
    assert not fits({**certificate, "version": 3 - certificate["version"]})


def inner_objects(value, path=()):
    if isinstance(value, dict):
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from inner_objects(inner, (*path, key))


@pytest.mark.parametrize("name", FEW)
def test_objects_have_their_fields_and_no_others(name):
    for path in inner_objects(fresh(name)):
        if path != ("provenance", "parameters"):
            for field in [*at(fresh(name), path), "more"]:
                certificate = fresh(name)
                place = at(certificate, path)
                if field == "more":
                    place[field] = 1
                else:
                    del place[field]
                assert fits(certificate) == ((*path, field) == MAY_LACK)


# place in a certificate of an optimum, and what must not stand there
WRONG = {
    ("input", "width"): (0, "2", True, 1.5, [2]),
    ("input", "targets"): ([], [1, 2], "1", None),
    ("input", "weights"): ([0.5, 1], "1", None, {}),
    ("input", "beta"): (0.5, "1/2/3", None),
    ("input", "loss"): ("squared", {"name": "huber", "threshold": None}, {"name": "hinge", "threshold": 1}, None),
    ("network", "subnetworks", 0, "output"): (1, "1/2", [], ["x"]),
    ("dual",): ([], {}, None),
    ("dual", 0, "scale"): (None, 0.5, [1]),
    ("dual", 0, "v"): (None, ["1/2"], [0.5], [[1]]),
    ("dual", 0, "neurons", 0): (["01"], ["01", 2], ["01", 1, 1], "01", ["0x", 1]),
    ("dual", 0, "cover"): (None, {}, [[]]),
    ("dual", 0, "cover", 0): ([], [1, [0], None], [1, [0], None, [], 1], [0, [0], None, []]),
    ("dual", 0, "cover", 0, 1): (None, ["1/2"], [None]),
    ("dual", 0, "cover", 0, 2): (["1/2"], 0, [None]),
    ("dual", 0, "cover", 0, 3): (None, [0], [[0]], [[-1, []]], [["0", []]], [[0, [], 0]]),
    ("dual", 0, "cover", 0, 3, 0, 1): (None, [0], [[0]], [[0, -1]], [[0, "-1"]], [[-1, 1]], [[0, 1, 1]], [[0, "1/2"]]),
}


@pytest.mark.parametrize("name", ["small optimum", "two outputs"])
def test_what_does_not_fit_the_schema_of_an_optimum(name):
    for (*path, last), values in WRONG.items():
        for value in values:
            certificate = fresh(name)
            at(certificate, path)[last] = value
            assert not fits(certificate), (path, last, value)


@pytest.mark.parametrize("name", OPTIMA)
def test_what_fits_the_schema_of_an_optimum(name):
    for path, value in [
        (("input", "width"), None),
        (("input", "width"), 7),
        (("dual", 0, "cover", 0, 2), None),
        (("dual", 0, "cover", 0, 3), []),
        (("dual", 0, "cover", 0, 3, 0, 1), [[0, "12345678901234567890"]]),
    ]:
        certificate = fresh(name)
        *outer, last = path
        at(certificate, outer)[last] = value
        VALIDATOR.validate(certificate)


def test_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
