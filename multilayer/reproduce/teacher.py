"""Synthetic data: Gaussian rows, and the labels that a random three-layer network of the same form gives them."""

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.heuristics.parallel_networks import Weights, network_outputs


def teacher_data(rng: np.random.Generator, n: int, d: int, width: int, subnetworks: int = 1) -> tuple[Floats, Floats]:
    """Draw rows from N(0, I) and label them by a teacher with standard Gaussian weights, its first layers unscaled.

    Args:
        rng: the source.
        n: rows.
        d: columns.
        width: m1 of the teacher.
        subnetworks: K of the teacher.

    Returns:
        X, and y of shape (n, 1).

    Example:
        >>> x, y = teacher_data(np.random.default_rng(0), 5, 2, 3, 5)
        >>> x.shape, y.shape
        ((5, 2), (5, 1))
    """
    x = rng.standard_normal((n, d))
    shape = (1, subnetworks, width)
    teacher = Weights(
        rng.standard_normal((*shape, d)), rng.standard_normal(shape), rng.standard_normal((1, subnetworks, 1))
    )
    return x, network_outputs(teacher, x)[0]
