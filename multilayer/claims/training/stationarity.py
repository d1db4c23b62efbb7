"""Remark 3 on fixed points of stochastic gradients: a table whose only optima are none, in exact arithmetic.

X = [1 0; 1 1], y = (1, -1), beta = 1/10, width 1;  q = sqrt(2)
v       the dual vector (q, -1)/10;  t  the value that is given to relu'(0), one for all units
k       sub-network w_3 (w_2 (x.w_1)_+)_+;  g  the direction of descent for w_1, minus the gradient

Optimum. Write w = (a, b): v.(X w)_+ = (q (a)_+ - (a + b)_+)/10. On ||w|| = 1 it is at most 1/10, and that only at
(1, -1)/q: where a + b <= 0 it is q (a)_+ / 10, and a <= 1/q there; where a + b >= 0 and a >= 0 it is
((q - 1) a - b)/10, which on that arc is largest at the end nearest to its gradient, again (1, -1)/q; elsewhere it is
not positive. It is at least -1/10, and that only at (0, 1): where a <= 0 it is -(a + b)_+ / 10, and a + b <= 1 there,
with equality at (0, 1) alone; where a >= 0 and a + b >= 0 it is linear as before and least at that end. So v is
feasible, and D(v) = v.y - 1/2 ||v||^2 = 17/200 + q/10 <= P*. A network of two sub-networks costs as much: w_1 =
(1, -1)/q with w_2 = w_3 = sqrt(S), S = q - 1/5, and w_1 = (0, 1) with w_2 = -w_3 = sqrt(9/10); its outputs are y - v.
So P* = 17/200 + q/10. In every optimal network, of any number of sub-networks, outputs are y - v and each
sub-network with a penalty attains |v.(X w_1)_+| = beta at ||w_1|| = 1: there are only these two directions, and
both are needed. The first lies on the hyperplane of row 2, the second on that of row 1.

No fixed point. Let relu'(0) = t in both layers. For the first direction g is S (v_1 x_1 + t^2 v_2 x_2) =
S (q - t^2, -t^2)/10. A gradient step followed by scaling back to ||w_1|| <= 1 leaves w_1 where it is only if g is a
multiple >= 0 of w_1: only for t^2 = 1/q. So it moves for t = 0, as frameworks have it, and for t = 1. With one row a
step, w_3 of the second sub-network shrinks at row 1 for any t: the row gives it the output 0, the decay is beta w_3.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from convex.networks.network import Network
from convex.problem.training_problem import Problem
from multilayer.claims.claim import Claim, Evidence, Verdict, require
from multilayer.claims.tables import digits, solved
from multilayer.claims.training.program import integers

AT_KINKS = Problem.read([[1, 0], [1, 1]], [1, -1], "0.1")

Part = tuple[tuple[Any, Any], Any, Any]  # w_1, w_2, w_3 of a sub-network of width 1, exact numbers of SymPy


def optimal_parts() -> list[Part]:
    """Give the optimal network of `AT_KINKS`, with exact weights."""
    from sympy import Integer, Rational, sqrt

    q = sqrt(2)
    plus, minus = sqrt(q - Rational(1, 5)), sqrt(Rational(9, 10))
    return [((1 / q, -1 / q), plus, plus), ((Integer(0), Integer(1)), minus, -minus)]


def descent(parts: Sequence[Part], t: Any, rows: Sequence[int] = (0, 1)) -> tuple[Any, list[Part]]:
    """Compute (4) on `AT_KINKS`, and minus its gradient by the chain rule with relu'(0) = t, from some of the rows.

    Args:
        parts: sub-networks of width 1.
        t: the value that is given to relu'(0).
        rows: those whose errors count for the gradient.
    """
    from sympy import simplify

    x, y = ([[_exact(a) for a in row] for row in AT_KINKS.x], [_exact(a) for a in AT_KINKS.y])
    beta = _exact(AT_KINKS.beta)
    inner = [[w1[0] * a + w1[1] * b for w1, _, _ in parts] for a, b in x]
    outer = [[w2 * _relu(z) for (_, w2, _), z in zip(parts, line, strict=True)] for line in inner]
    errors = [
        target - sum(w3 * _relu(u) for (_, _, w3), u in zip(parts, line, strict=True))
        for target, line in zip(y, outer, strict=True)
    ]
    cost = sum(error**2 for error in errors) / 2 + beta * sum(w2**2 + w3**2 for _, w2, w3 in parts) / 2
    steps: list[Part] = []
    for k, (_, w2, w3) in enumerate(parts):
        first, second, last = [0, 0], -beta * w2, -beta * w3
        for i in rows:
            z, u = inner[i][k], outer[i][k]
            last += errors[i] * _relu(u)
            second += errors[i] * w3 * _slope(u, t) * _relu(z)
            first = [
                g + errors[i] * w3 * _slope(u, t) * w2 * _slope(z, t) * a for g, a in zip(first, x[i], strict=True)
            ]
        steps.append(((simplify(first[0]), simplify(first[1])), simplify(second), simplify(last)))
    return simplify(cost), steps


def _exact(value: Fraction) -> Any:
    from sympy import Rational

    return Rational(value.numerator, value.denominator)


def _relu(u: Any) -> Any:
    return u if u > 0 else 0 * u


def _slope(u: Any, t: Any) -> Any:
    return t if u == 0 else int(bool(u > 0))


def stays(part: Part, step: Part) -> bool:
    """Whether a gradient step, followed by scaling back to ||w_1|| <= 1, leaves a sub-network with ||w_1|| = 1.

    Args:
        part: the sub-network.
        step: minus the gradient.
    """
    (a, b), (g, h) = part[0], step[0]
    outwards = (a * g + b * h).expand() >= 0 and (a * h - b * g).expand() == 0
    return bool(outwards) and step[1] == 0 and step[2] == 0


def fixed_points() -> Evidence:
    """Take a gradient step at the only optimum of a table, in exact arithmetic, and at the network without weights."""
    from sympy import Integer, Rational, sqrt

    parts, best, zero = optimal_parts(), solved(AT_KINKS, 1), Integer(0)
    value, _ = descent(parts, zero)
    require(value == Rational(17, 200) + sqrt(2) / 10, "the network costs 17/200 + sqrt(2)/10")
    offset = Fraction(17, 200)
    require(best.lower > offset and (best.lower - offset) ** 2 <= Fraction(2, 100), "no bound is above that")
    require((best.upper - offset) ** 2 >= Fraction(2, 100), "no network costs less")
    moved = 0
    for t in (zero, Rational(1, 2), Integer(1)):
        _, steps = descent(parts, t)
        require(all(step[1] == step[2] == 0 for step in steps), "the last two layers stay")
        require(not any(map(stays, parts, steps)), "both first layers move")
        moved += len(steps)
    _, steps = descent(parts, 2 ** Rational(-1, 4))
    require(all(map(stays, parts, steps)), "one value of relu'(0) holds both")
    for t in (zero, 2 ** Rational(-1, 4), Integer(1)):
        _, [_, (_, _, last)] = descent(parts, t, (0,))
        require(last == parts[1][1] / 10 != 0, "a step of row 1 alone moves w_3")
    empty: list[Part] = [((zero, zero), zero, zero)]
    cost, steps = descent(empty, Integer(1))
    require(steps == empty and cost == 1, "without weights the gradient is 0")
    require(Network(()).objective(AT_KINKS) == 1 > best.upper, "and the cost is above P*")
    return Evidence(
        "X = {}, y = (1, -1), beta = 0.1, width 1: P* = 17/200 + sqrt(2)/10 = {:.6g}; at its optimum of two "
        "sub-networks, {} of {} steps of w_1 for relu'(0) = 0, 1/2, 1 move it, and a step of row 1 alone moves a w_3 "
        "in any case; zero weights are a fixed point and cost {}",
        (integers(AT_KINKS), digits(best.upper), moved, 3 * len(parts), int(cost)),
    )


CLAIMS = (
    Claim(
        "Remark 3, fixed points",
        "2, Remark 3",
        "",
        "a global optimum is a fixed point of (stochastic) gradient descent on (4), and a fixed point is an optimum",
        Verdict.FAILS,
        "an optimum may lie on a hyperplane, where relu'(0) = 0 or 1 moves it (proof: "
        "multilayer/claims/training/stationarity.py); zero weights are always a fixed point. Correct: an optimum is "
        "stationary "
        "in the sense of Clarke, with the normals of ||W_1|| <= 1; the converse fails",
        fixed_points,
    ),
)
