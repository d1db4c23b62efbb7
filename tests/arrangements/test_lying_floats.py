"""Every floating-point part replaced by a liar: results stay exactly right, only slower.

This is the claim "float proposes, integers decide", put to the test.
"""

import numpy as np
import pytest
from support.brute_force import brute_regions
from support.small_tables import nearly_singular

from arrangements import (
    Arrangement,
    FirstLayer,
    Statistics,
    count_second_layer,
    family,
    iter_regions,
)
from arrangements.lp import incremental_search as search
from arrangements.lp.cone_model import ConeModel

SOURCES = ["resonance:3", "crosspolytope:3", "random:6,3,0", "shi:3", "degenerate", "nearly singular"]
GENERATOR = np.random.default_rng(0)


def source(name):
    if name == "degenerate":
        table = [[0, 0, 0], [1, 1, 0], [1, "1.000000000000001", 0], [-2, -2, 0], [1, 1, 1], [0, 1, -1], [1, 0, 2]]
        return Arrangement.from_table(table)
    if name == "nearly singular":
        return Arrangement.from_table(nearly_singular(6, 3, seed=0))
    return family(name)


def reverse(model, signs, honest=ConeModel.solve):
    _, ray = honest(model, signs)
    return (None, -np.ones(len(signs))) if ray is None else (np.ones(model._highs.getNumCol()), None)


SOLVERS = {
    "silent": lambda model, signs: (None, None),
    "random point": lambda model, signs: (1e3 * GENERATOR.standard_normal(model._highs.getNumCol()), None),
    "infinite point": lambda model, signs: (np.full(model._highs.getNumCol(), np.inf), None),
    "random ray": lambda model, signs: (None, GENERATOR.standard_normal(len(signs))),
    "zero ray": lambda model, signs: (None, np.zeros(len(signs))),
    "nan ray": lambda model, signs: (None, np.full(len(signs), np.nan)),
    "opposite verdict": reverse,
    "honest": ConeModel.solve,
}
MOVES = {
    "none": {"step_across": lambda rates, values: None, "relax": lambda normals, x: None},
    "random": {
        "step_across": lambda rates, values: tuple(GENERATOR.integers(-3, 4, 2).tolist()),
        "relax": lambda normals, x: GENERATOR.standard_normal(len(x)),
        "rounded": lambda x: iter(GENERATOR.integers(-3, 4, (3, len(x)))),
    },
}


@pytest.fixture(params=[(moves, solver) for moves in MOVES for solver in SOLVERS], ids=lambda pair: "-".join(pair))
def liar(request, monkeypatch):
    """Replace the proposals of witnesses, and the linear programs."""
    GENERATOR.bit_generator.state = np.random.default_rng(0).bit_generator.state
    moves, solver = request.param
    for name, lie in MOVES[moves].items():
        monkeypatch.setattr(search, name, lie)
    monkeypatch.setattr(ConeModel, "solve", SOLVERS[solver])


@pytest.fixture(scope="module")
def truth():
    return {name: brute_regions(source(name).homogeneous, source(name).infinity) for name in SOURCES}


@pytest.mark.usefixtures("liar")
@pytest.mark.parametrize("name", SOURCES)
def test_regions(truth, name):
    signs = [cell.signs for cell in iter_regions(source(name), engine="lp")]
    assert len(signs) == len(truth[name])
    assert set(signs) == truth[name]


@pytest.mark.usefixtures("liar")
def test_second_layer():
    layer = FirstLayer.of(source("random:5,2,0"))
    assert len(layer.cells) == 10
    assert count_second_layer(layer, 2)[:2] == (190, 330)


def test_liars_are_asked(monkeypatch):
    """The replaced parts are in use: where no linear program has an answer, rational arithmetic has to give it."""
    monkeypatch.setattr(ConeModel, "solve", SOLVERS["silent"])
    statistics = Statistics()
    assert sum(1 for _ in iter_regions(source("resonance:3"), engine="lp", statistics=statistics)) == 32
    assert statistics.lps == statistics.exact_lps > 0
