"""Linear systems with a positive definite matrix, factored in place (Cholesky)."""

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.rays.kernel.filtered_arithmetic import called


@called
def factored(h: Floats, size: int) -> bool:
    """Replace the lower triangle of H by L with L L^T = H; False where H is not positive definite, up to rounding."""
    for i in range(size):
        for j in range(i + 1):
            rest = h[i, j]
            for k in range(j):
                rest -= h[i, k] * h[j, k]
            if j < i:
                h[i, j] = rest / h[j, j]
            elif rest > 0.0:
                h[i, i] = np.sqrt(rest)
            else:
                return False
    return True


@called
def solved(h: Floats, size: int, b: Floats) -> None:
    """Replace b by the solution of L L^T x = b."""
    for i in range(size):
        rest = b[i]
        for k in range(i):
            rest -= h[i, k] * b[k]
        b[i] = rest / h[i, i]
    for turn in range(size):
        i = size - 1 - turn
        rest = b[i]
        for k in range(i + 1, size):
            rest -= h[k, i] * b[k]
        b[i] = rest / h[i, i]
