"""Training as everybody does it: a non-convex search with many restarts.

A, b, c  first-layer, second-layer and output weights of K sub-networks of m neurons, in one flat vector

    1/2 ||f - y||^2 + beta/2 (||b||^2 + ||c||^2),  f = sum_k c_k (sum_j b_kj (X A_kj / ||A_k||)_+)_+

is problem (4) of Ergen and Pilanci (2021): with ||A_k|| < 1 one could lengthen A_k and shorten b_k, so the constraint
||A_k|| <= 1 is met with equality, and A_k counts by its direction only.
Kinks trap descent, so (z)_+ is first rounded off to (z + sqrt(z^2 + t^2)) / 2, with t falling to 0.
"""

from fractions import Fraction

import numpy as np
from scipy.optimize import minimize

from convex import Network, Problem, SubNetwork

OPTIONS = {"maxiter": 2000, "ftol": 1e-13, "gtol": 1e-9}


def rounded(z, t):
    """The rounded (z)_+ and its derivative."""
    root = np.sqrt(z * z + t * t)
    return (z + root) / 2, (1 + np.divide(z, root, out=np.zeros_like(z), where=root > 0)) / 2


def loss(flat, x, y, beta, shape, t=0.0):
    """The objective and its gradient."""
    k, m, d = shape
    a, b, c = flat[: k * m * d].reshape(shape), flat[k * m * d : -k].reshape(k, m), flat[-k:]
    lengths = np.sqrt((a * a).sum((1, 2), keepdims=True))
    directions = a / lengths
    h, h_slope = rounded(directions @ x.T, t)
    r, r_slope = rounded(np.einsum("km,kmn->kn", b, h), t)
    e = c @ r - y
    u_bar = c[:, None] * e * r_slope
    d_bar = (b[:, :, None] * u_bar[:, None] * h_slope) @ x
    a_bar = (d_bar - directions * (directions * d_bar).sum((1, 2), keepdims=True)) / lengths
    b_bar = np.einsum("kn,kmn->km", u_bar, h) + beta * b
    gradient = np.concatenate([a_bar.ravel(), b_bar.ravel(), r @ e + beta * c])
    return e @ e / 2 + beta / 2 * (b.ravel() @ b.ravel() + c @ c), gradient


def trained(problem: Problem, width: int, goal: float, restarts: int = 60, seed: int = 0) -> Network:
    """The best of many networks of n+1 sub-networks, their first layers of length at most 1; done at the goal."""
    rng = np.random.default_rng(seed)
    x, y = (np.array(part, dtype=float) for part in (problem.x, problem.y))
    shape = (len(x) + 1, width, x.shape[1])
    size = int(np.prod(shape)) + shape[0] * (width + 1)
    best, least = None, np.inf
    for _ in range(restarts):
        flat = rng.standard_normal(size)
        start = 10 ** rng.uniform(-3, -0.5)
        for t in (start, start / 10, start / 100, 0.0):
            run = minimize(loss, flat, (x, y, float(problem.beta), shape, t), "L-BFGS-B", jac=True, options=OPTIONS)
            flat = run.x
        if run.fun < least:
            best, least = flat, run.fun
        if least <= goal:
            break
    k, m, d = shape
    a, b, c = best[: k * m * d].reshape(shape), best[k * m * d : -k].reshape(k, m), best[-k:]
    a = a / np.sqrt((a * a).sum((1, 2), keepdims=True)) * (1 - 1e-14)
    return Network(
        tuple(
            SubNetwork(
                tuple(tuple(map(Fraction, w)) for w in first.tolist()), tuple(map(Fraction, second.tolist())), out
            )
            for first, second, out in zip(a, b, map(Fraction, c.tolist()), strict=True)
        )
    )
