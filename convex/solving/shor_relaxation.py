"""A lower bound by one semidefinite program, for tables whose regions are too many to list, and for every width.

u     pre-activations of a unit sub-network: u_i = sum_j I_j (x_i.w_j)_+ with sum_j ||w_j|| <= 1, any number of neurons
v     dual vector, v = a - b with a, b >= 0;  c  with 0 <= c_i <= b_i
E     E(w; p, c) = sum_i (p_i - c_i) (x_i.w)_+;  g = sum_i (p_i - c_i) x_i
q     q_i > 0 where p_i > 0 and x_i is not 0;  r_i >= ||x_i||;  e_i <= c_i / r_i;  M = sum_i (q_i - e_i) x_i x_i^T

No second-layer signs: b_i (u_i)_+ >= c_i u_i, and (u_i)_+ is at most the sum over the neurons with I_j = +1. So

    sum_i v_i (u_i)_+ <= sum_{I_j = +1} E(w_j; a, c) + sum_{I_j = -1} E(w_j; c, 0),

and v earns at most beta with output weights > 0 if both E are at most beta ||w||; for those < 0, change a and b.
No first-layer masks: 2 (t)_+ = t + |t| and p |t| <= q t^2 + p^2 / (4 q), while |t| >= t^2 / r_i for t = x_i.w. So

    2 E(w; p, c) <= g.w + w^T M w + sum_i p_i^2 / (4 q_i) <= l + m + sum_i p_i^2 / (4 q_i)   for ||w|| = 1

if [[l I - M, -g/2], [-g^T/2, m]] is positive semidefinite (put (w, 1) into it). All of this is convex in all unknowns
together. This is the relaxation of Shor (1987) of the two-layer question of the dual; with q_i = p_i / (2 r_i) it gives
what `convex.solving.row_norms` knows, and more, up to the solver's tolerance. The solver proposes; the proof rounds to
rational numbers, decides definiteness by elimination, and shrinks everything by one factor.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np

from arrangements.errors import InputError
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import Matrix, Vector
from arrangements.exact.square_roots import root_above
from convex.blocks.conic_solver import SolverError
from convex.problem.losses import Squared
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem, as_problem
from convex.proofs.weak_duality import dual_value

_UNIT = 2**60  # numbers are rounded to multiples of 1 / _UNIT
_SLACK = 1e-13  # added to the diagonal, relative; ten times more where that is not enough
_TRIES = 10


@dataclass(frozen=True)
class Envelope:
    """Rational numbers that prove 2 E(w; p, c) <= total ||w|| for all w.

    Attributes:
        rise: p.
        fall: c.
        curve: q, positive where p is.
        total: l + m + sum_i p_i^2 / (4 q_i), for an l and m with which the matrix is positive definite.

    Example:
        >>> one, none = (Fraction(1),), (Fraction(0),)
        >>> found = prove_envelope((one,), one, one, none, np.array([2.0]))
        >>> found.curve, round(float(found.total), 6)  # w + 2 w^2 + 1/8 at w = 1
        ((Fraction(2, 1),), 3.125)
    """

    rise: Vector
    fall: Vector
    curve: Vector
    total: Fraction


@dataclass(frozen=True)
class SemidefiniteBound:
    """A proven lower bound on the optimum of every width and every number of sub-networks.

    Attributes:
        value: the bound.
        v: the dual vector that has this value and violates no dual constraint.
        envelopes: what proves that, of the scaled problem and before shrinking: two for each sign of the output weight.

    Example:
        >>> found = semidefinite_bound(Problem.read([[1], [-1]], [1, 1], "0.5"))
        >>> len(found.envelopes), found.value == sum(a - a * a / 2 for a in found.v)
        (4, True)
    """

    value: Fraction
    v: Vector
    envelopes: tuple[Envelope, ...]


def semidefinite_bound(problem: Problem) -> SemidefiniteBound:
    """Prove a lower bound on (4) of Ergen and Pilanci (2021), in time polynomial in rows and columns.

    Args:
        problem: data, targets and beta, with the squared loss.

    Raises:
        InputError: another loss.
        SolverError: the solver returned no point.

    Example:
        >>> from convex import solve
        >>> problem = Problem.read([[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, "0.5", 2], "0.05")
        >>> 0.05 < semidefinite_bound(problem).value <= solve(problem, None).upper
        True
    """
    if not isinstance(as_problem(problem).loss, Squared):
        raise InputError(f"the loss is {problem.loss.name}; the semidefinite bound is for squared")
    scaling = Scaling.of(problem)
    scaled = scaling.problem
    lengths = [root_above(sum((a * a for a in row), Fraction(0))) for row in scaled.x]
    a, b, proposed = _propose(scaled)
    above, below = _rounded(a), _rounded(b)
    pieces = []
    for (p, most), (fall, curves) in zip(((above, below), (below, above)), proposed, strict=True):
        c = tuple(map(min, _rounded(fall), most))
        none = (Fraction(0),) * len(c)
        pieces += [prove_envelope(scaled.x, lengths, p, c, curves[0])]
        pieces += [prove_envelope(scaled.x, lengths, c, none, curves[1])]
    most_earned = max(piece.total for piece in pieces) / 2
    shrink = min(scaled.beta / most_earned, Fraction(1))
    v = scaling.grown(tuple(shrink * (s - t) for s, t in zip(above, below, strict=True)))
    return SemidefiniteBound(dual_value(problem, v), v, tuple(pieces))


def prove_envelope(rows: Matrix, lengths: Sequence[Fraction], rise: Vector, fall: Vector, proposed: Floats) -> Envelope:
    """Prove 2 E(w; p, c) <= total ||w|| with rational numbers, for proposed q.

    Args:
        rows: x_i.
        lengths: r_i, not below ||x_i||.
        rise: p.
        fall: c.
        proposed: q in floating point; at least p_i / (2 r_i) is taken, as less never helps.

    Raises:
        SolverError: no l and m were found.

    Example:
        >>> one, none = (Fraction(1),), (Fraction(0),)
        >>> found = prove_envelope((one,), one, one, none, np.array([0.5]))
        >>> 2 <= found.total < 2.000001
        True
    """
    q = tuple(
        max(proposal, p / (2 * r)) if p and r else Fraction(0)
        for proposal, p, r in zip(_rounded(proposed), rise, lengths, strict=True)
    )
    gaps = [k - (Fraction(int(c / r * _UNIT), _UNIT) if r else 0) for k, c, r in zip(q, fall, lengths, strict=True)]
    d = len(rows[0])
    g = [sum(((p - c) * x[j] for p, c, x in zip(rise, fall, rows, strict=True)), Fraction(0)) for j in range(d)]
    m = [
        [sum((k * x[i] * x[j] for k, x in zip(gaps, rows, strict=True)), Fraction(0)) for j in range(d)]
        for i in range(d)
    ]
    fixed = sum((p * p / (4 * k) for p, k in zip(rise, q, strict=True) if k), Fraction(0))
    spread, offset = _corner(np.array(m, dtype=float), np.array(g, dtype=float))
    size = max(spread, offset, float(np.abs(np.array(m, dtype=float)).max()), 1e-9)
    for k in range(_TRIES):
        slack = size * _SLACK * 10**k
        low, high = Fraction(spread + slack), Fraction(offset + slack)
        matrix = [[*(-value for value in row), -entry / 2] for row, entry in zip(m, g, strict=True)]
        for i in range(d):
            matrix[i][i] += low
        matrix.append([-value / 2 for value in g] + [high])
        if is_positive_definite(matrix):
            return Envelope(rise, fall, q, low + high + fixed)
    raise SolverError("no positive definite matrix was found near the proposed one")


def is_positive_definite(matrix: Sequence[Sequence[Fraction]]) -> bool:
    """Decide exactly whether a symmetric matrix is positive definite: all pivots of elimination are positive.

    Example:
        >>> is_positive_definite([[2, 1], [1, 1]]), is_positive_definite([[1, 1], [1, 1]])
        (True, False)
    """
    rest = [[Fraction(value) for value in row] for row in matrix]
    while rest:
        pivot, head, others = rest[0][0], rest[0][1:], rest[1:]
        if pivot <= 0:
            return False
        rest = [[a - row[0] * h / pivot for a, h in zip(row[1:], head, strict=True)] for row in others]
    return True


def _corner(m: Floats, g: Floats) -> tuple[float, float]:
    """Find l and m of least sum: the Lagrange dual of the maximum of g.w + w^T M w over ||w|| = 1, by bisection."""
    values, vectors = np.linalg.eigh(m)
    parts = (vectors.T @ g) ** 2 / 4
    low, high = float(values[-1]), float(values[-1]) + float(np.linalg.norm(g)) / 2 + 1e-300
    for _ in range(100):  # the slope of l + sum parts / (l - values) grows with l
        middle = (low + high) / 2
        gaps = middle - values
        if (gaps <= 0).any() or float((parts / gaps**2).sum()) > 1:
            low = middle
        else:
            high = middle
    gaps = np.maximum(high - values, 1e-300)
    return max(high, 0.0), float(np.divide(parts, gaps, out=np.zeros_like(parts), where=parts > 0).sum())


def _rounded(values: Floats) -> Vector:
    return tuple(Fraction(max(int(value * _UNIT), 0), _UNIT) for value in values.tolist())


def _propose(problem: Problem) -> tuple[Floats, Floats, list[tuple[Floats, list[Floats]]]]:
    """Solve the semidefinite program: a, b, and for each sign of the output weight c and both q."""
    cp: Any = import_module("cvxpy")
    x, y = problem.floats
    n, weights = len(x), problem.total_loss.floats[1]
    lengths = np.linalg.norm(x, axis=1)
    a, b = cp.Variable(n, nonneg=True), cp.Variable(n, nonneg=True)
    constraints: list[Any] = []
    proposed: list[tuple[Any, list[Any]]] = []
    for p, most in ((a, b), (b, a)):
        c = cp.Variable(n, nonneg=True)
        curves = []
        for rise, fall in ((p, c), (c, None)):
            q, earned, needed = _earning(cp, x, lengths, rise, fall)
            constraints += [*needed, earned <= 2 * float(problem.beta)]
            curves.append(q)
        constraints.append(c <= most)
        proposed.append((c, curves))
    v = a - b
    program = cp.Problem(cp.Maximize(v @ y - cp.sum_squares(v / np.sqrt(weights)) / 2), constraints)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "may be inaccurate": it is a proposal
            program.solve(solver=cp.CLARABEL)
    except cp.error.SolverError as error:
        raise SolverError(f"Clarabel failed on the semidefinite program: {error}") from error
    if a.value is None:
        raise SolverError(f"Clarabel returned no point of the semidefinite program: {program.status}")
    return a.value, b.value, [(c.value, [q.value for q in curves]) for c, curves in proposed]


def _earning(cp: Any, x: Floats, lengths: Floats, p: Any, c: Any) -> tuple[Any, Any, list[Any]]:
    """Write the bound on 2 E(w; p, c): q, l + m + sum k_i with 4 k_i q_i >= p_i^2, and constraints."""
    n, d = x.shape
    q, k = cp.Variable(n, nonneg=True), cp.Variable(n, nonneg=True)
    low, high = cp.Variable(nonneg=True), cp.Variable((1, 1), nonneg=True)
    safe = np.where(lengths > 0, lengths, 1.0)
    g = cp.reshape(x.T @ (p if c is None else p - c), (d, 1), order="C")
    m = x.T @ cp.diag(q if c is None else q - cp.multiply(1 / safe, c)) @ x
    matrix = cp.bmat([[low * np.eye(d) - m, -g / 2], [-g.T / 2, high]])
    whole = cp.Variable((d + 1, d + 1), PSD=True)
    return q, low + high[0, 0] + cp.sum(k), [whole == matrix, cp.SOC(q + k, cp.vstack([q - k, p]), axis=0)]
