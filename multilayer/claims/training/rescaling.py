"""Lemma 1 for any number of layers, the l1 form (5) of (4), the conjugate of (3), and the dual constraint (9).

u        outputs of a unit sub-network on the rows, all >= 0;  w_{L-1}, w_L  its last weights, as vector and number
v        dual vector: feasible iff |v.u| <= beta for all u;  D(v) = v.y - 1/2 ||v||^2

L layers. The neuron of layer L - 1 is a ReLU, so that t w_{L-1} and w_L / t have the outputs of w_{L-1} and w_L, for
any t > 0 and whatever is below; the norms below do not change. By the arithmetic and the geometric mean

    1/2 (t^2 ||w_{L-1}||^2 + w_L^2 / t^2) >= ||w_{L-1}|| |w_L|,   with equality for t^2 = |w_L| / ||w_{L-1}||,

where both norms are positive; if one is 0 the outputs are, and the weights may be 0. With ||w_{L-1}|| <= 1 the
penalty |w_L| is at least ||w_{L-1}|| |w_L|, with equality for norm 1. So each network of one problem has one of the
other with the same outputs and no larger penalty, whatever the loss.

(5). That is L = 3 with 1/2 ||f - y||^2, ||w_3||_1 the sum over the sub-networks.

Conjugate. With L*(v) = max_z z.v - L(z, y), minus L*(v) is min_z L(z, y) - z.v, for 1/2 ||z - y||^2 attained at z = y
+ v: -v.y - 1/2 ||v||^2 = D(-v). So the v of (3) is minus the v of (6), f - y and y - f at the optimum; the constraint
is the same for v and -v, and with it the maximum.

(9). |t| <= beta iff t <= beta and -t <= beta. Both are needed: since u >= 0, any v <= 0 satisfies (9), however large.
With (9) alone the dual belongs to networks with w_3k >= 0: their outputs pay v.f <= beta sum_k w_3k. For X = [1; -1]
the unit outputs are (s, t) with s, t >= 0, s + t <= 1 (width 1: one of them 0), so that (9) is v_1, v_2 <= beta. For
y = (1, -1), beta = 1/4 the best v is (1/4, -1) with D = 23/32, which f = (3/4, 0) costs, and under both constraints
(1/4, -1/4) with D = 7/16, which f = (3/4, -3/4) costs.
"""

from fractions import Fraction

import numpy as np

from arrangements.exact.numbers import Matrix, Vector
from arrangements.exact.square_roots import root_above, root_below
from convex.networks.network import Network, SubNetwork
from convex.problem.training_problem import Problem
from convex.proofs.weak_duality import dual_value
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.counting.deeper import random_layer, square_norm, without_biases
from multilayer.claims.tables import TABLES, WIDTH, digits, random_part, solved

_TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17))
_NETWORKS = 48


def any_depth() -> Evidence:
    """Rescale and balance random networks of two to five layers exactly."""
    rng = np.random.default_rng(34)
    answers = 0
    for trial in range(_NETWORKS):
        depth = 2 + trial % 4
        sizes = [2] * (depth - 1)
        below = [random_layer(rng, *shape) for shape in zip(sizes[1:], sizes[:-1], strict=True)]
        a, b, norm = (int(v) for v in _TRIPLES[trial % 3])
        last: Matrix = ((Fraction(a), Fraction(b * int(rng.choice([-1, 1])))),)
        root = Fraction(int(rng.integers(1, 9)), int(rng.integers(1, 9)))
        output = norm * root**2 * int(rng.choice([-1, 1]))
        x = [tuple(map(Fraction, row)) for row in rng.integers(-9, 10, (12, 2)).tolist()]
        expected = without_biases(*below, last, ((output,),)).predict(x)
        least = norm * abs(output)
        for t in (root, Fraction(1), Fraction(int(rng.integers(1, 30)), 7), Fraction(1, norm)):
            scaled: Matrix = (tuple(t * v for v in last[0]),)
            require(
                without_biases(*below, scaled, ((output / t,),)).predict(x) == expected, "rescaled, it answers alike"
            )
            decay = (square_norm(scaled) + (output / t) ** 2) / 2
            require(decay >= least, "no decay is below the product")
            require((decay == least) == (t == root), "equality only for the balanced one")
        require(square_norm(scaled) == 1 and abs(output / t) == least, "the unit one pays the product as |w_L|")
        answers += any(map(any, expected))
    return Evidence(
        "{} networks of 2 to 5 layers, {} of them not 0: equal outputs at four scales, the decay is ||w_(L-1)|| |w_L| "
        "at the balanced one and more elsewhere",
        (_NETWORKS, answers),
    )


def l1_form(problem: Problem, network: Network) -> tuple[Fraction, tuple[SubNetwork, ...]]:
    """Evaluate (5) at the network with ||w_2k|| scaled to 1, or by 2^-64 less; return these sub-networks too."""
    parts = []
    for part in network.subnetworks:
        t = root_above(square_norm((part.second,)))
        if t:
            parts.append(SubNetwork(part.first, tuple(w / t for w in part.second), part.output * t))
    fits = zip(Network(tuple(parts)).predict(problem.x), problem.y, strict=True)
    loss = sum(((f - y) ** 2 for f, y in fits), Fraction(0)) / 2
    return loss + problem.beta * sum((abs(part.output) for part in parts), Fraction(0)), tuple(parts)


def l1() -> Evidence:
    """Compare costs in (4) and in (5), both ways, for optimal and for random networks."""
    rng = np.random.default_rng(35)
    shown, tried, close = [], 0, 1 + Fraction(1, 10**12)
    for name, problem in TABLES.items():
        best = solved(problem)
        cost, parts = l1_form(problem, best.network)
        require(all(square_norm((part.second,)) <= 1 for part in parts), f"it is in Theta_p on {name}")
        require(best.lower <= cost <= best.upper * close, f"(5) costs what (4) does on {name}")
        shown.append(Evidence("{} {:.6g}", (name, digits(cost))))
        for _ in range(_NETWORKS):
            network = Network(tuple(random_part(rng, len(problem.x[0]), WIDTH) for _ in range(int(rng.integers(1, 4)))))
            cost, parts = l1_form(problem, network)
            require(
                best.lower <= cost <= network.objective(problem) * close, "(5) is never above (4), and never below P*"
            )
            back = Network(tuple(_halved(part) for part in parts))
            require(back.objective(problem) <= cost * close, "and (4) is not above (5) either")
            tried += any(network.predict(problem.x))
    heading = Evidence("{} random networks, none of them 0, mapped both ways within 1e-12; optimal ones: ", (tried,))
    return joined([heading, joined(shown, ", ")], "")


def _halved(part: SubNetwork) -> SubNetwork:
    """Balance a sub-network of (5), within 2^-64."""
    t = root_below(abs(part.output))
    return SubNetwork(part.first, tuple(t * w for w in part.second), part.output / t) if t else part


_POINTS = 50


def conjugate() -> Evidence:
    """Evaluate -L*(-v) at certified dual vectors by its maximum, beside (6) and beside the other sign."""
    rng = np.random.default_rng(36)
    shown = []
    for name, problem in TABLES.items():
        solution, y = solved(problem), problem.y
        v: Vector = tuple(solution.proof.scale * a for a in solution.proof.v)
        minus, plus = (-_squared_at(tuple(b + s * a for a, b in zip(v, y, strict=True)), v, y, s) for s in (-1, 1))
        require(minus == dual_value(problem, v) == solution.lower, f"-L*(-v) is (6) at v on {name}")
        require(plus == dual_value(problem, tuple(-a for a in v)), f"-L*(v) is (6) at -v on {name}")
        require(plus < minus, f"the sign matters on {name}")
        for z in rng.integers(-30, 31, (_POINTS, len(y))).tolist():
            require(-_squared_at(tuple(Fraction(a, 10) for a in z), v, y, -1) >= minus, f"a maximum on {name}")
        shown.append(Evidence("{} {:.6g}", (name, digits(minus))))
    heading = Evidence("-L*(-v) = D(v) above -L*(v) at the best v of (6), and no z of {} tells otherwise: ", (_POINTS,))
    return joined([heading, joined(shown, ", ")], "")


def _squared_at(z: Vector, v: Vector, y: Vector, sign: int) -> Fraction:
    """What L*(+-v) maximises over z, for half the squares."""
    return sum((sign * a * c - (c - b) ** 2 / 2 for a, b, c in zip(v, y, z, strict=True)), Fraction(0))


OPPOSITE = Problem.read([[1], [-1]], [1, -1], "0.25")


def one_sided() -> Evidence:
    """Prove the optima under one and under both constraints in the example; find the side that each atom attains."""
    one, beta = Fraction(1), OPPOSITE.beta
    right = SubNetwork(((one,),), (one,), Fraction(3, 4))
    left = SubNetwork(((-one,),), (one,), Fraction(-3, 4))
    both, single = (l1_form(OPPOSITE, Network(parts))[0] for parts in ((right, left), (right,)))
    require(all(value <= beta for value in (beta, -one)), "(1/4, -1) satisfies (9)")
    require(single == dual_value(OPPOSITE, (beta, -one)) == Fraction(23, 32), "(9) alone: w_3 >= 0")
    require(both == dual_value(OPPOSITE, (beta, -beta)) == Fraction(7, 16), "both constraints")
    best = solved(OPPOSITE, 1)
    require(best.lower <= both <= best.upper, "P* is the optimum under both")
    require(single > best.upper, "(9) alone is not enough")
    for name, problem in TABLES.items():
        solution = solved(problem)
        v: Vector = tuple(solution.proof.scale * a for a in solution.proof.v)
        for part in solution.network.subnetworks:
            unit = Network((SubNetwork(part.first, part.second, abs(part.output)),))
            value = sum((a * f for a, f in zip(v, unit.predict(problem.x), strict=True)), Fraction(0))
            most = problem.beta * (square_norm((part.second,)) + part.output**2) / 2
            require(abs(value) <= most, f"the dual constraint on {name}")
            require(abs(value) >= most * (1 - Fraction(1, 10**4)), f"an optimal sub-network attains it on {name}")
            require((value > 0) == (part.output > 0), f"on the side of its output sign on {name}")
    return Evidence(
        "X = [1; -1], y = (1, -1), beta = 0.25: {} with both, {} with (9) alone; on {} tables all optimal sub-networks "
        "attain the side of their output sign",
        (str(both), str(single), len(TABLES)),
    )


CLAIMS = (
    Claim(
        "(2), l1 form for L layers",
        "1.4, (2)",
        "min_{theta in Theta} L(sum_{k=1}^K f_{theta,k}(X), y) + beta/2 sum_{k=1}^K sum_{l=L-1}^L ||W_lk||_F^2",
        "for any depth the decay of the last two layers may be replaced by |w_Lk| with ||w_(L-1)k||_2 <= 1",
        Verdict.HOLDS,
        "whatever stands below and whatever the loss: multilayer/claims/training/rescaling.py; one neuron in layer "
        "L - 1",
        any_depth,
    ),
    Claim(
        "Conjugate L*, sign of v",
        "1.4",
        "L*(v) := max_z z^T v - L(z, y)",
        "the dual with -L*(v) is, for half the squares, that of section 2",
        Verdict.HOLDS,
        "up to the sign of v: its v is f - y at the optimum, that of section 2 is y - f; the constraint is symmetric",
        conjugate,
    ),
    Claim(
        "(5), l1 form of (4)",
        "2, (5)",
        "P* = min_{theta in Theta_p} 1/2 ||f_theta(X) - y||_2^2 + beta ||w_3||_1",
        "(4) has the optimum of the problem with ||w_2k|| <= 1 and the l1 norm of the output weights",
        Verdict.HOLDS,
        "the case L = 3: multilayer/claims/training/rescaling.py",
        l1,
    ),
    Claim(
        "(9), two one-sided constraints",
        "2, (9)",
        "{v : max_{theta in Theta_p} v^T ((X W_1)_+ w_2)_+ <= beta} cap {v : max_{theta in Theta_p} -v^T ((X W_1)_+ "
        "w_2)_+ <= beta}; max_{theta in Theta_p} v^T ((X W_1)_+ w_2)_+ <= beta",
        "the constraint of (6) is (9) and the same for -v",
        Verdict.HOLDS,
        "|t| <= beta is both; neither is left out, as outputs are >= 0: (9) alone is the dual for w_3k >= 0, hence two "
        "blocks for each pair, w and w' of (12)",
        one_sided,
    ),
)
