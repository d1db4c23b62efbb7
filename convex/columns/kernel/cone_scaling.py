"""Scalings of second-order cones, by which an interior-point method treats both sides of a program alike.

Q      {(s_0, s): ||s|| <= s_0};  J (s_0, s) = (s_0, -s);  det (s_0, s) = s_0^2 - ||s||^2
s, l   a pair of points inside Q: here (t, g_k), and the multiplier of that cone
W      the symmetric automorphism of Q with W l = W^-1 s, the *scaled point* (Nesterov and Todd 1997)

W = eta [w_0, w^T; w, I + w w^T / (1 + w_0)], eta^4 = det s / det l, (w_0, w) the mean of s / sqrt(det s) and
J l / sqrt(det l), scaled to det = 1; W^-1 has -w for w and 1 / eta for eta. So W^-2 = eta^-2 (2 (Jw)(Jw)^T - J), and
its block at the vector, M = eta^-2 (I + 2 w w^T), has the inverse eta^2 (I - 2 w w^T / (1 + 2 ||w||^2)).
"""

import numpy as np

from arrangements.exact.integer_matrix import Floats
from arrangements.rays.kernel.filtered_arithmetic import called
from convex.columns.kernel.cone_program import Program


@called
def determinant(front: float, vector: Floats, start: int, d: int) -> float:
    """Det of a point of Q; without cancellation near the boundary."""
    square = 0.0
    for j in range(start, start + d):
        square += vector[j] * vector[j]
    length = np.sqrt(square)
    return (front - length) * (front + length)


@called
def dot(a: Floats, b: Floats, start: int, d: int) -> float:
    """The product of the parts of two vectors that begin at a place."""
    total = 0.0
    for j in range(start, start + d):
        total += a[j] * b[j]
    return total


@called
def scale(program: Program, t: float, m: int, d: int) -> bool:
    """Find the scaling of each cone and its scaled point; False where a point is not inside, up to rounding."""
    for k in range(m):
        start = k * d
        of_point = determinant(t, program.g, start, d)
        of_dual = determinant(program.front[k], program.dual, start, d)
        if not (of_point > 0.0 and of_dual > 0.0):
            return False
        a, b = np.sqrt(of_point), np.sqrt(of_dual)
        cosine = (t * program.front[k] + dot(program.g, program.dual, start, d)) / (a * b)
        twice = 2.0 * np.sqrt(0.5 * (1.0 + cosine))
        program.point_front[k] = (t / a + program.front[k] / b) / twice
        for j in range(start, start + d):
            program.point[j] = (program.g[j] / a - program.dual[j] / b) / twice
        program.eta[k] = np.sqrt(a / b)
        program.scaled_front[k] = applied(program, k, d, 1.0, program.front[k], program.dual, program.scaled)
    return True


@called
def applied(program: Program, k: int, d: int, side: float, front: float, vector: Floats, out: Floats) -> float:
    """Apply W (side 1) or W^-1 (side -1) of cone k: writes the vector, possibly in place, and returns the front."""
    start, w_0 = k * d, program.point_front[k]
    along = dot(program.point, vector, start, d)
    eta = program.eta[k] if side > 0.0 else 1.0 / program.eta[k]
    factor = side * front + along / (1.0 + w_0)
    for j in range(start, start + d):
        out[j] = eta * (vector[j] + factor * program.point[j])
    return eta * (w_0 * front + side * along)


@called
def reach(front: float, vector: Floats, step_front: float, step: Floats, start: int, d: int) -> float:
    """The largest factor of a step that does not leave Q."""
    a, b = determinant(step_front, step, start, d), front * step_front - dot(vector, step, start, d)
    c = determinant(front, vector, start, d)  # c + 2 b f + a f^2 >= 0
    root = b * b - a * c
    if a < 0.0 or (b < 0.0 and root >= 0.0):
        below = np.sqrt(max(root, 0.0)) - b
        if below > 0.0:
            return c / below
    return np.inf


@called
def complementarity(program: Program, m: int, d: int, target: float, step_t: float, corrected: bool) -> float:
    """Right sides that send s o l to `target`, with the second-order terms of a first step where corrected.

    With s o l = (s.l, s_0 l + l_0 s), writes W^-1 x for the x with scaled point o x = target e - ... as the error of
    each cone; returns the sum of the numbers in front.
    """
    total = 0.0
    for k in range(m):
        start, l_0 = k * d, program.scaled_front[k]
        front = target - l_0 * l_0 - dot(program.scaled, program.scaled, start, d)
        if corrected:
            a_0 = applied(program, k, d, -1.0, step_t, program.step_g, program.step_g)
            b_0 = applied(program, k, d, 1.0, program.step_front[k], program.step_dual, program.step_dual)
            front -= a_0 * b_0 + dot(program.step_g, program.step_dual, start, d)
            for j in range(start, start + d):
                program.error[j] = -2.0 * l_0 * program.scaled[j]
                program.error[j] -= a_0 * program.step_dual[j] + b_0 * program.step_g[j]
        else:
            for j in range(start, start + d):
                program.error[j] = -2.0 * l_0 * program.scaled[j]
        along = l_0 * front - dot(program.scaled, program.error, start, d)
        front = along / determinant(l_0, program.scaled, start, d)
        for j in range(start, start + d):
            program.error[j] = (program.error[j] - front * program.scaled[j]) / l_0
        program.error_front[k] = applied(program, k, d, -1.0, front, program.error, program.error)
        total += program.error_front[k]
    return total
