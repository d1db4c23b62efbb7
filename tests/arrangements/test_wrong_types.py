"""What is not an arrangement, a first layer, a width or a sign vector is refused in one clear line, at once."""

import inspect

import numpy as np
import pytest

import arrangements
from arrangements import Arrangement, FirstLayer, InputError, RegionSearch, SignSet, family
from arrangements.proofs.cell_certificates import regions_certificate, second_layer_certificate

FUNCTIONS = [value for name in arrangements.__all__ if inspect.isfunction(value := getattr(arrangements, name))]
OTHERS = {"width": 1, "groups": [[0]], "widths": (1,), "draws": 1, "cells": [], "products": [], "software": "a test"}


def first_parameter(function):
    return next(iter(inspect.signature(function).parameters))


def others(function):
    """Good values for the further arguments that a function needs."""
    _, *needed = [p.name for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    return {name: OTHERS[name] for name in needed}


@pytest.mark.parametrize("value", [[[1, 2]], np.eye(2), "braid:3", None, 4, FirstLayer])
@pytest.mark.parametrize(
    "function",
    [*(f for f in FUNCTIONS if first_parameter(f) == "arrangement"), RegionSearch, FirstLayer.of, regions_certificate],
)
def test_not_an_arrangement(function, value):
    with pytest.raises(InputError, match=r"is an? \w+, not an Arrangement; make one with Arrangement.from_table"):
        function(value, **others(function))


@pytest.mark.parametrize("value", [[[1, 2]], family("braid:3"), None])
@pytest.mark.parametrize(
    "function", [*(f for f in FUNCTIONS if first_parameter(f) == "layer"), second_layer_certificate]
)
def test_not_a_first_layer(function, value):
    with pytest.raises(InputError, match=r"is an? \w+, not a FirstLayer; make one with FirstLayer.of"):
        function(value, **others(function))


def test_both_kinds_have_been_tried():
    kinds = [first_parameter(function) for function in FUNCTIONS]
    assert kinds.count("arrangement") > 25
    assert kinds.count("layer") == 8


LAYER = FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: FirstLayer([[1, 2]]), "is a list, not an Arrangement"),
        (lambda: FirstLayer(family("braid:3")), "holds the regions of an arrangement; list them with FirstLayer.of"),
        (lambda: FirstLayer.of(family("shi:2")), "append a column of ones instead of offsets"),
        (lambda: arrangements.count_second_layer(LAYER, True), "width is True; it must be an integer of at least 1"),
        (lambda: arrangements.iter_pairs(LAYER, 1.5), "width is 1.5"),
        (lambda: arrangements.iter_pairs(LAYER, "2"), "width is '2'"),
        (lambda: arrangements.iter_products(LAYER, 0), "width is 0"),
        (lambda: arrangements.iter_pooled(LAYER, 3, 1), "groups is 3"),
        (lambda: arrangements.count_pooled(LAYER, [3], 1), "group 1 is 3; give a list of rows"),
        (lambda: arrangements.decoupled_masks(family("braid:3"), 2), "widths is 2; give a list"),
        (lambda: arrangements.decoupled_masks(family("braid:3"), [True]), "width is True"),
        (lambda: arrangements.sampled_masks(family("braid:3"), [1], 1.5), "draws is 1.5; it must be an integer"),
        (
            lambda: arrangements.iter_regions(family("braid:3"), engine=4),
            "unknown engine 4; choose one of auto, sweep, rays",
        ),
        (lambda: arrangements.iter_regions(family("braid:3"), engine=None), "unknown engine None"),
        (lambda: arrangements.iter_pairs(LAYER, 1, engine="magic"), "unknown engine 'magic'"),
        (lambda: arrangements.iter_products(LAYER, 1, engine="magic"), "unknown engine 'magic'"),
        (lambda: arrangements.region_poset(family("braid:3"), 7), "base 7 is not a region"),
        (lambda: SignSet.of(7), "vectors is 7; give a list of sign vectors"),
        (lambda: SignSet.of([7]), "a sign vector is 7; give a list of signs -1, 0 and 1"),
        (lambda: SignSet.of([(1, 1), 7]), "sign vectors of lengths"),
        (lambda: SignSet.of([(2, 0)]), r"\(2, 0\) is not a sign vector; its entries must be -1, 0 or 1"),
        (lambda: SignSet.of([(1, 0), (0.5, 0)]), r"\(0.5, 0\) is not a sign vector"),
        (lambda: SignSet.of([("+", "-")]), r"\('\+', '-'\) is not a sign vector"),
        (lambda: SignSet.of([(1, -1)]) | {(1, 1)}, "is a set, not a SignSet"),
    ],
)
def test_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()


@pytest.mark.parametrize("engine", ["LP", "Rays", "AUTO"])
def test_engines_are_named_in_any_case(engine):
    assert arrangements.count_regions(family("braid:4"), engine=engine) == 24
    assert arrangements.count_second_layer(LAYER, 2, engine=engine) == arrangements.count_second_layer(LAYER, 2)
