"""Faults under the claims on the dimensions of Theorem 1, the sets S_j and the two-layer program."""

import numpy as np
from support.faults.first_claims import with_fields

DEFINITIONS = "multilayer.claims.training.definitions"


def one_column_less(original):
    return lambda *arguments: original(*arguments)[:, 1:]


def one_row_more(original):
    return lambda *arguments: np.pad(original(*arguments), ((0, 1), (0, 0)))


def other_group(original):
    return lambda *arguments: original(*arguments) - 1


def positive_masks(original):
    """Pairs whose masks leave structural zeros out."""

    class Positive:
        def __init__(self, pair):
            self.neurons, self.signs = pair.neurons, pair.signs
            self.mask = tuple(int(s > 0) for s in pair.signs)

    return lambda *arguments: [Positive(pair) for pair in original(*arguments)]


def flipped_signs(original):
    return lambda *arguments: [p._replace(signs=(0, *p.signs[1:])) for p in original(*arguments)]


def nothing_active(original):
    """The two-layer program without the masks' own sides."""
    return lambda problem, mask, witness: original(problem, (0,) * len(mask), witness)


FAULTS = [
    ("dimensions", f"{DEFINITIONS}.high_dimensional", one_column_less, "d m P1 P2 columns"),
    ("dimensions", f"{DEFINITIONS}.high_dimensional", one_row_more, "n rows"),
    ("dimensions", f"{DEFINITIONS}._group", other_group, "network's output"),
    ("S_j", f"{DEFINITIONS}.list_pairs", positive_masks, "complements"),
    ("S_j", f"{DEFINITIONS}.list_pairs", flipped_signs, "has no term"),
    ("S_j", f"{DEFINITIONS}._one_layer", nothing_active, "network's value or less"),
    ("S_j", f"{DEFINITIONS}.lower_bound", with_fields(value=0.9), "its value is"),
    ("S_j", f"{DEFINITIONS}.solved", with_fields(upper=0.9), "network's value or less"),
    ("two-layer", f"{DEFINITIONS}.value_over", with_fields(lower=2, upper=2), "intervals meet"),
    ("two-layer", f"{DEFINITIONS}._one_layer", lambda _: lambda *a: [], "intervals meet"),
    ("two-layer", f"{DEFINITIONS}.solved", lambda right: lambda problem, m=1: right(problem, 1), "width 2"),
]
