"""Every kind of certificate has the shape that the shipped schema says."""

import json
from importlib.resources import files

import jsonschema
import numpy as np
import pytest

from arrangements import Arrangement, FirstLayer, family, iter_products, iter_regions
from arrangements.certificate import regions_certificate, second_layer_certificate
from convex import Problem, solve
from convex.certificate import certificate_json

SCHEMA = json.loads((files("multilayer") / "certificate.schema.json").read_text())


def examples():
    for name in ("braid:4", "shi:3"):
        yield regions_certificate(family(name), iter_regions(family(name)), "test")
    layer = FirstLayer.of(Arrangement.from_table(np.random.default_rng(0).standard_normal((4, 2))))
    yield second_layer_certificate(layer, 2, iter_products(layer, 2), "test", {"width": 2})
    yield certificate_json(solve(Problem.read([["1/3", 1], [-1, 2]], ["0.5", 2], "0.1"), 2), "test")


@pytest.mark.parametrize("certificate", list(examples()), ids=lambda c: c["format"].rpartition("/")[2])
def test_shape(certificate):
    plain = json.loads(json.dumps(certificate))
    jsonschema.validate(plain, SCHEMA)
    for key in plain:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({k: v for k, v in plain.items() if k != key}, SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**plain, "more": 1}, SCHEMA)


def test_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
