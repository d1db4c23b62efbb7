"""Other regularisers beside that of (2): other radii, decay of all layers, section 1.4's loss, several outputs.

S      least |w_L| with which a sub-network has given outputs, where all layers below have norm 1
c_l    radius of the ball for layer l <= L - 2, where (2) has 1;  c, their product
P*     optimum of (2) as a function of beta;  P*_c, that with these radii;  Q, that of section 1.4's loss

Radius. ReLU layers keep positive factors. The weights c_l W_l, w_{L-1}, w_L have the outputs of W_l, sqrt(c) w_{L-1},
sqrt(c) w_L, whose decay is c times as large. This is a one-to-one map between the networks of both balls, so that
P*_c(beta) = P*(beta / c): for three layers beta / c_1, not beta / sqrt(c_1).

Decay of all layers. In (1) with R_k = 1/2 ||theta_k||^2, three layers of sizes p, q, s have the decay (p^2 + q^2 +
s^2) / 2 >= 3/2 (p q s)^(2/3), with equality if they are balanced: the penalty of outputs that need S is 3/2 beta
S^(2/3) (for L layers L/2 beta S^(2/L)), concave in S, and not beta' S for any beta'. Let X = [1; -1] and width 1. The
outputs of a sub-network are (a, 0) or (0, a) with S = |a|, and since t^(2/3) is subadditive, one for each row is
best. For K >= 2 and half the squares as loss (1) is min 1/2 (a - y_1)^2 + 3/2 beta |a|^(2/3), and the same for b,
y_2. With a = t^3, t >= 0, the derivative by t is 3 t (t^4 - y_1 t + beta), and the bracket is convex in t: the only
minima are t = 0 and its larger root. For beta = 1/10, y = (11/10, 8/27 + 3/20), they are t = 1 and t = 2/3, both
better than 0: the unique optimal outputs are (1, 8/27), and y - f = (1/10, 3/20). In (2), a > 0 is optimal iff y_1 -
a = beta', b > 0 iff y_2 - b = beta': no beta' has (1, 8/27). (With section 1.4's loss the same for beta = 1/5.) These
outputs cost at least 1/1600 more than P*(beta') for every beta': 1/2 (1/10 - beta')^2 + 1/2 (3/20 - beta')^2 more
where beta' < y_2, and 1/2 (1/10 - beta')^2 or 1/200 + beta' - y_1^2 / 2 more at least for larger beta' < or >= y_1.
By the radius, balls of other radii cannot have them either.

Factor. ||f - y||^2 + beta R = 2 (1/2 ||f - y||^2 + beta/2 R), so that Q(beta) = 2 P*(beta / 2): the networks are
those of (4) with half of beta. The dual of Q is v.y - ||v||^2 / 4 under |v.u| <= beta, which at 2 v is twice (6) at
v.

Several outputs, Y of C columns, w_3k of C numbers. (2) has the decay ||w_3k||_2^2, and the unit sub-networks are u
w^T with ||w||_2 <= 1: its dual constraint is ||V^T u||_2 <= beta. With ||w_3k||_1^2 it is |v_l.u| <= beta for each
column, and the program falls apart into (12) for each output (`convex.solving.separable_outputs`). From ||w||_2 <=
||w||_1 <= sqrt(C) ||w||_2: P*_2(beta) <= P*_1(beta) <= P*_2(sqrt(C) beta). For X = [1], Y = (1, 1), f = (a, a) is
best in both, and P*_1(1/2) = 3/4, P*_2(1/2) = sqrt(2)/2 - 1/8; the second bound is attained, as V = (1/2, 1/2) has
length sqrt(2) beta.
"""

from fractions import Fraction

import numpy as np

from arrangements.exact.numbers import Matrix
from arrangements.exact.square_roots import root_below
from convex.networks.network import Network, SubNetwork
from convex.problem.training_problem import Problem
from convex.solving.separable_outputs import solve_outputs
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.counting.deeper import random_layer, without_biases
from multilayer.claims.tables import TABLES, digits, meet, random_part, solved

_NETWORKS = 20


def radius() -> Evidence:
    """Map networks between balls of two radii exactly, and solve both problems with proof."""
    rng = np.random.default_rng(33)
    tried = 0
    for name, problem in TABLES.items():
        for _ in range(_NETWORKS):
            part, root = random_part(rng, len(problem.x[0])), Fraction(int(rng.integers(1, 9)), int(rng.integers(1, 9)))
            wide = SubNetwork(_times(root**2, part.first), part.second, part.output)
            unit = SubNetwork(part.first, tuple(root * v for v in part.second), root * part.output)
            outputs = Network((wide,)).predict(problem.x)
            require(outputs == Network((unit,)).predict(problem.x), "both networks answer alike")
            require(_decay(unit) == root**2 * _decay(wide), "the decay is c times as large in the unit ball")
            tried += any(outputs)
        # rows 4 x_i in the unit ball are rows x_i in the ball of radius 4
        scaled = solved(Problem.read(_times(4, problem.x), problem.y, problem.beta))
        same, other = solved(problem.with_beta(problem.beta / 4)), solved(problem.with_beta(problem.beta / 2))
        require(meet(scaled, same), f"intervals of {name} meet at beta / c")
        require(scaled.upper < other.lower, f"P* at beta / sqrt(c) is another on {name}")
    layers = sum(_same_in_four_layers(rng) for _ in range(_NETWORKS))
    values = [
        Evidence("{} {:.6g}", (name, digits(solved(problem.with_beta(problem.beta / 4)).upper)))
        for name, problem in TABLES.items()
    ]
    heading = Evidence(
        "{} networks of three and {} of four layers, none of them 0, mapped exactly; c = 4, P*(beta / 4): ",
        (tried, layers),
    )
    return joined([heading, joined(values, ", ")], "")


def _decay(part: SubNetwork) -> Fraction:
    return sum((w * w for w in part.second), part.output**2) / 2


def _same_in_four_layers(rng: np.random.Generator) -> bool:
    """Map a network of four layers from radii 2 and 9/2, whose product is 9; whether its answers are not all 0."""
    layers = [random_layer(rng, *shape) for shape in ((3, 2), (2, 3), (1, 2), (1, 1))]
    wide, unit = (
        without_biases(*(_times(Fraction(f), w) for f, w in zip(radii, layers, strict=True)))
        for radii in (("2", "9/2", "1", "1"), ("1", "1", "3", "3"))
    )
    x = [tuple(map(Fraction, row)) for row in rng.integers(-9, 10, (9, 2)).tolist()]
    require(wide.predict(x) == unit.predict(x), "four layers answer alike")
    return any(map(any, unit.predict(x)))


def _times(factor: int | Fraction, weights: Matrix) -> Matrix:
    return tuple(tuple(factor * value for value in w) for w in weights)


OPPOSITE = Problem.read([[1], [-1]], ["11/10", Fraction(8, 27) + Fraction(3, 20)], "0.1")
BETAS = ("0.05", "0.1", "0.125", "0.15", "0.3", "0.5", "2")


def cubes(t: Fraction, s: Fraction) -> Network:
    """Make the network with outputs (t^3, s^3) on X = [1; -1], all of whose weights are t or s in size."""
    return Network((SubNetwork(((t,),), (t,), t), SubNetwork(((-s,),), (s,), s)))


def full_decay() -> Evidence:
    """Find the optimal outputs under decay of all layers exactly, and prove that (2) has others for every beta'."""
    beta, roots = OPPOSITE.beta, (Fraction(1), Fraction(2, 3))
    for t, y in zip(roots, OPPOSITE.y, strict=True):
        require(t**4 - y * t + beta == 0, "the derivative vanishes")
        require(4 * t**3 > y, "it is the larger root, as the bracket rises there")
        require((t**3 - y) ** 2 / 2 + 3 * beta * t**2 / 2 < y**2 / 2, "it is better than 0")
    network = cubes(*roots)
    outputs = network.predict(OPPOSITE.x)
    require(outputs == tuple(t**3 for t in roots), "the outputs")
    fit = sum(((f - y) ** 2 for f, y in zip(outputs, OPPOSITE.y, strict=True)), Fraction(0)) / 2
    decay = sum((_decay(part) + part.first[0][0] ** 2 / 2 for part in network.subnetworks), Fraction(0))
    require(decay == Fraction(3, 2) * sum(t**2 for t in roots), "the decay is 3/2 S^(2/3)")
    above = []
    for price in map(Fraction, BETAS):
        best = solved(OPPOSITE.with_beta(price), 1)
        exact = sum((t * y - t * t / 2 for y in OPPOSITE.y for t in (min(price, y),)), Fraction(0))
        require(best.lower <= exact <= best.upper, f"P* at beta' = {price} is the soft threshold's")
        above.append(fit + price * sum(outputs, Fraction(0)) - exact)  # the outputs need |a| + |b| in (2)
        require(above[-1] >= Fraction(1, 1600), f"(1, 8/27) costs more than P* at beta' = {price}")
    residuals = [str(y - f) for f, y in zip(outputs, OPPOSITE.y, strict=True)]
    return Evidence(
        "X = [1; -1], y = (11/10, 241/540), beta = 0.1, width 1: optimal outputs 1 and 8/27, cost {}, residuals {} and "
        "{}, where (2) has beta' twice; they cost more than P*(beta') at each of {} beta', by {} or more",
        (str(fit + beta * decay), *residuals, len(BETAS), str(min(above))),
    )


def factor() -> Evidence:
    """Evaluate the loss of section 1.4 and its dual at the optima of (4) with half of beta."""
    shown = []
    for name, problem in TABLES.items():
        half = solved(problem.with_beta(problem.beta / 2))
        fits = zip(half.network.predict(problem.x), problem.y, strict=True)
        cost = sum((f - y) ** 2 for f, y in fits) + problem.beta * sum(map(_decay, half.network.subnetworks))
        v = [2 * half.proof.scale * a for a in half.proof.v]
        bound = sum(a * y - a * a / 4 for a, y in zip(v, problem.y, strict=True))
        require(cost == 2 * half.upper and bound == 2 * half.lower, f"twice the bounds of (4) on {name}")
        require(half.status == "optimal" and bound <= cost, f"they are close on {name}")
        whole = solved(problem)
        require(cost < 2 * whole.lower, f"not the optimum at beta on {name}")
        shown.append(Evidence("{} {:.6g}, (4) at beta {:.6g}", (name, digits(cost), digits(whole.upper))))
    return joined([Evidence("optimum of section 1.4's loss, twice (4) at beta / 2: "), joined(shown)], "")


def vector_outputs() -> Evidence:
    """Enclose both optima for two outputs by networks and dual vectors with rational entries."""
    beta, root = Fraction(1, 2), root_below(Fraction(2))
    joint = solve_outputs([Problem.read([[1]], [1], beta)] * 2, 1)
    l1 = _two_outputs(Fraction(1), Fraction(1, 2), beta, 4)
    v = Fraction(1, 2)  # the entries of V
    require(v <= beta and 2 * v - v * v == l1 == Fraction(3, 4), "with the l1 norm the optimum is 3/4")
    require(joint.lower <= l1 <= joint.upper, "one scalar program for each output has the same value")
    a = 1 - root / 4
    p = root_below(a / root)
    upper = _two_outputs(a / p, p, beta, 2)
    q = root_below(beta**2 / 2)
    require(2 * q * q <= beta**2, "V is feasible for the l2 norm")
    lower = 2 * q - q * q
    require((2 * lower + Fraction(1, 4)) ** 2 <= 2 <= (2 * upper + Fraction(1, 4)) ** 2, "sqrt(2)/2 - 1/8 is between")
    require(0 <= upper - lower < Fraction(1, 10**15), "the bounds meet")
    require(upper < l1, "the other norm has another optimum")
    require(2 * v * v == 2 * beta**2, "V = (1/2, 1/2) is feasible for the l2 norm at sqrt(2) beta")
    return Evidence(
        "X = [1], Y = (1, 1), beta = 0.5: {} with ||w_3||_1^2, which is also P* with ||w_3||_2^2 at sqrt(2) beta; "
        "{:.6g} with ||w_3||_2^2 at beta, that is sqrt(2)/2 - 1/8 within 1e-15",
        (str(l1), digits(upper)),
    )


def _two_outputs(second: Fraction, output: Fraction, beta: Fraction, square: int) -> Fraction:
    """The cost of w_1 = 1, w_2, w_3 = (w, w) on X = [1], Y = (1, 1), where ||w_3||^2 = square w^2."""
    return (second * output - 1) ** 2 + beta * (second**2 + square * output**2) / 2


CLAIMS = (
    Claim(
        "Section 1.4, factor",
        "1.4",
        "L(f_theta(X), y) = ||f_theta(X) - y||_2^2 and R(theta) = 1/2 ||theta||_2^2",
        "the loss of section 1.4 leads to (2), and for three layers to (4) with 1/2 ||f - y||^2",
        Verdict.CONDITION,
        "with half of beta: ||f - y||^2 + beta R has twice the optimum of 1/2 ||f - y||^2 + beta/2 R, and its "
        "networks; the decay of the first layers is another matter, see Remark 2",
        factor,
    ),
    Claim(
        "Remark 2, radius",
        "1.4, Remark 2",
        "Theta := {theta : ||W_lk||_F <= 1, l in [L-2], k in [K]}",
        "balls of other radii for the first L - 2 layers change (2) only by the size of beta",
        Verdict.HOLDS,
        "with radii c_l it is P*(beta / prod_{l=1}^{L-2} c_l): multilayer/claims/training/regularisers.py",
        radius,
    ),
    Claim(
        "Remark 2, decay of all layers",
        "1.4, Remark 2",
        "R(theta) = 1/2 ||theta||_2^2; (2): beta/2 sum_{k=1}^K sum_{l=L-1}^L ||W_lk||_F^2",
        "(1) with weight decay of all layers, 1/2 ||theta||_2^2, is (2) with another beta",
        Verdict.FAILS,
        "for three layers its penalty is 3/2 beta sum_k S_k^(2/3), concave, where (2) has beta sum_k S_k; its optimal "
        "outputs need not be optimal for (2) at any beta': multilayer/claims/training/regularisers.py",
        full_decay,
    ),
    Claim(
        "Footnote 1, vector outputs",
        "1.4",
        "beta/2 sum_{k=1}^K sum_{l=L-1}^L ||W_lk||_F^2, m_L = 1",
        "for C outputs the training problem (2) has a convex program (12) as well",
        Verdict.CONDITION,
        "with ||w_3k||_1^2 outputs separate, one program (12) each; with ||W_Lk||_F^2, as (2) prints, the dual "
        "constraint is ||V^T u||_2 <= beta, and P* lies between those of ||w_3k||_1^2 at beta / sqrt(C) and at beta: "
        "multilayer/claims/training/regularisers.py",
        vector_outputs,
    ),
)
