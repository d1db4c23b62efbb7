"""Faults under the claim on independent draws of first-layer and second-layer masks."""

import numpy as np
from support.faults.first_claims import with_fields

DRAWS = "multilayer.claims.training.independent_draws"


def all_empty(original):
    return lambda rows: (None, {0: 1})


def all_feasible(original):
    """Every combination has a witness."""
    return lambda rows: ((1,) * len(rows[0]), None)


def without_second_walls(original):
    """Combinations whose second-layer mask asks for nothing."""
    return lambda layer, neurons, mask: [w for w in original(layer, neurons, mask) if (w[0] != 0).sum() == 1]


def joint_draws(original):
    """The second draw is the first one again."""
    return lambda layer, draws, rng: original(layer, 1, np.random.default_rng(0))


FAULTS = [
    ("independent draws", f"{DRAWS}.alternative", all_empty, "feasible combinations are the pairs"),
    ("independent draws", f"{DRAWS}.alternative", all_feasible, "feasible combinations are the pairs"),
    ("independent draws", f"{DRAWS}.combination", without_second_walls, "feasible combinations are the pairs"),
    ("independent draws", f"{DRAWS}.drawn", joint_draws, "differ"),
    ("independent draws", f"{DRAWS}.lower_bound", with_fields(value=0.9), "six digits"),
    ("independent draws", f"{DRAWS}.solved", with_fields(lower=2), "upper bounds"),
]
