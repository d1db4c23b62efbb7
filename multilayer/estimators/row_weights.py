"""Weights of rows on arrays: of samples and of classes, rows that count for nothing left out, equal rows merged.

What is trained depends on how much each different row counts, and on nothing else: a row of weight k is k equal rows,
and one of weight 0 is none. So where rows are repeated or have weights, each different row (with its targets) stands
once, with the sum of its weights, in the order of numbers; fewer rows are less work, too. Elsewhere the rows stay as
they are.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from arrangements.errors import InputError, shown
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import Vector
from multilayer.estimators.settings import decimal

BALANCED = "balanced"
Indices = np.ndarray[Any, np.dtype[np.intp]]


class WeightedRows(NamedTuple):
    """Rows to train on.

    Attributes:
        x: data, n x d.
        columns: targets, n x k.
        weights: of the rows, positive; None if all are 1.
    """

    x: Floats
    columns: Floats
    weights: Vector | None

    @property
    def targets(self) -> list[list[float]]:
        """The targets as k columns."""
        return [column.tolist() for column in self.columns.T]


def sample_weights(values: Floats) -> Vector:
    """Read the weights of samples as the dyadic rationals that they hold.

    Args:
        values: finite numbers, one for each row.

    Raises:
        InputError: one is negative, or all are zero.

    Example:
        >>> sample_weights(np.array([0.5, 0.0]))
        (Fraction(1, 2), Fraction(0, 1))
    """
    if (values < 0).any():
        i = int(np.flatnonzero(values < 0)[0])
        raise InputError(f"sample_weight of row {i + 1} is {values[i]:g}: Negative values in data; give at least 0")
    if not values.any():
        raise InputError("sample_weight: all weights are zero, so that no row is left to train on")
    return tuple(Fraction(value) for value in values.tolist())


def class_weights(class_weight: object, classes: Sequence[Any], codes: Indices, weights: Vector) -> Vector:
    """Multiply the weights of rows by those of their classes.

    Args:
        class_weight: None; "balanced", for W / (k W_c) with the weights W of all rows and W_c of the k classes; or a
            dictionary of numbers of at least 0, 1 for a class that it does not name.
        classes: the labels in order.
        codes: for each row the place of its class.
        weights: of the rows.

    Raises:
        InputError: something else, a negative number, or names that are no classes while classes have no weight.

    Example:
        >>> rows = class_weights("balanced", ["a", "b"], np.array([0, 1, 1]), (Fraction(1),) * 3)
        >>> [str(w) for w in rows]
        ['3/2', '3/4', '3/4']
    """
    if class_weight is None:
        return weights
    places = codes.tolist()
    if isinstance(class_weight, str) and class_weight == BALANCED:
        sums = [Fraction(0)] * len(classes)
        for w, k in zip(weights, places, strict=True):
            sums[k] += w
        present = sum(1 for total in sums if total)
        factors = [sum(sums) / (present * total) if total else Fraction(0) for total in sums]
    elif isinstance(class_weight, Mapping):
        factors = _factors(class_weight, classes)
    else:
        raise InputError(f"class_weight is {shown(class_weight)}; give a dictionary, {BALANCED!r} or None")
    found = tuple(w * factors[k] for w, k in zip(weights, places, strict=True))
    if not any(found):
        raise InputError(f"class_weight is {shown(class_weight)}: all weights of rows are zero, so that none is left")
    return found


def _factors(given: Mapping[Any, object], classes: Sequence[Any]) -> list[Fraction]:
    named = {}
    for label, value in given.items():
        named[label] = decimal(value, f"class_weight of {label!r}")
        if named[label] < 0:
            raise InputError(f"class_weight of {label!r} is {value}; it must be at least 0")
    labels = [label.item() if isinstance(label, np.generic) else label for label in classes]
    unknown = [label for label in named if label not in labels]
    if unknown and any(label not in named for label in labels):
        raise InputError(f"class_weight names {unknown[0]!r}, which is no class of y; these are {shown(labels)}")
    return [named.get(label, Fraction(1)) for label in labels]


def weighted_rows(x: Floats, columns: Floats, weights: Vector) -> WeightedRows:
    """Leave out rows of weight 0; where rows are repeated or have other weights than 1, merge equal ones in order.

    Args:
        x: data, n x d.
        columns: targets, n x k.
        weights: at least 0, not all 0.

    Raises:
        InputError: all weights are 0.

    Example:
        >>> x, y = np.array([[2.0], [1.0], [2.0]]), np.array([[1.0], [0.0], [1.0]])
        >>> found = weighted_rows(x, y, (Fraction(1),) * 3)
        >>> found.x.tolist(), [int(w) for w in found.weights]
        ([[1.0], [2.0]], [1, 2])
        >>> weighted_rows(x, y, (Fraction(0), Fraction(1), Fraction(1)))[::2]
        (array([[1.],
               [2.]]), None)
    """
    kept = [i for i, w in enumerate(weights) if w]
    if not kept:
        raise InputError("all weights of rows are zero, so that none is left to train on")
    if len(kept) < len(weights):
        x, columns, weights = x[kept], columns[kept], tuple(weights[i] for i in kept)
    together = np.hstack([x, columns]) + 0.0  # of two zeros with signs one is left
    distinct, places = np.unique(together, axis=0, return_inverse=True)
    if len(distinct) == len(together) and all(w == 1 for w in weights):
        return WeightedRows(x, columns, None)
    sums = [Fraction(0)] * len(distinct)
    for w, k in zip(weights, places.ravel().tolist(), strict=True):
        sums[k] += w
    d = x.shape[1]
    own = None if all(w == 1 for w in sums) else tuple(sums)
    return WeightedRows(distinct[:, :d], distinct[:, d:], own)
