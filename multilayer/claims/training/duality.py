"""Lemma 1, duality (3), (6)-(8), and the constraint of the dual on fixed masks, (10)-(11).

u      outputs of a unit sub-network on the rows: ((X W_1)_+ w_2)_+ with ||W_1||_F <= 1, ||w_2|| <= 1
v      dual vector: feasible iff |v.u| <= beta for all u; D(v) = v.y - 1/2 ||v||^2 for the squared loss
S      penalty of a sub-network in balanced form, |w_3| ||w_2||

Weak duality: f = sum_k w_3k ||w_2k|| u_k, so v.f <= beta sum_k |w_3k| ||w_2k|| <= beta/2 sum_k (||w_2k||^2 + w_3k^2),
and l(f, y) >= v.(y - f) - 1/2 ||v||^2. Strong duality: (7) is the program of minimal total variation, and by (10)-(11)
the set of all u is a finite union of images of compact convex sets; so (7) is attained by a finite sum, with at
most n terms (a basic solution of n equations), and the duality of finite convex programs applies
(`convex.blocks.block`).
"""

from fractions import Fraction

import numpy as np

from arrangements.first_layer.layer import FirstLayer
from convex.blocks.block import iter_blocks
from convex.listed.block_pricing import best_multipliers
from convex.listed.full_program import solve_full_program
from convex.networks.network import Network, SubNetwork
from convex.problem.training_problem import Problem
from convex.proofs.weak_duality import dual_value, lower_bound
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.tables import TABLES, WIDTH, digits, meet, random_part, solved

_NETWORKS = 60


def lemma_1() -> Evidence:
    """Rescale networks with rational weights in exact arithmetic, and prove the identity behind it."""
    import sympy

    a, c, t = sympy.symbols("a c t", positive=True)  # ||w_2||, |w_3|, the scale
    balance = (t**2 * a**2 + c**2 / t**2) / 2 - a * c - (t * a - c / t) ** 2 / 2
    require(sympy.simplify(balance) == 0, "the identity of the arithmetic and the geometric mean")
    rng = np.random.default_rng(1)
    tried = 0
    for problem in TABLES.values():
        for _ in range(_NETWORKS):
            part = random_part(rng, len(problem.x[0]))
            t = Fraction(int(rng.integers(1, 20)), int(rng.integers(1, 20)))
            scaled = SubNetwork(part.first, tuple(t * w for w in part.second), part.output / t)
            same = Network((scaled,)).predict(problem.x) == Network((part,)).predict(problem.x)
            require(same, "a rescaled sub-network has the same outputs")
            norm = sum(w * w for w in scaled.second)
            require(
                (norm + scaled.output**2) ** 2 >= 4 * norm * scaled.output**2, "half the decay is |w_3| ||w_2|| or more"
            )
            tried += any(Network((part,)).predict(problem.x))
    return Evidence(
        "identity proven symbolically; {} rescaled networks, none of them 0: equal outputs, no lower decay", (tried,)
    )


def weak_duality() -> Evidence:
    """Compare exact dual values of random v, made feasible exactly, with exact objectives of random networks."""
    rng = np.random.default_rng(3)
    pairs, margin = 0, Fraction(10**9)
    for problem in TABLES.values():
        blocks = list(iter_blocks(FirstLayer.of(problem.arrangement), WIDTH))
        zeros = [np.zeros(len(block.constraints)) for block in blocks]
        y = problem.floats[1]
        values = []
        for _ in range(12):
            v = y + rng.standard_normal(len(y))
            values.append(lower_bound(problem, blocks, v, zeros).value)
        costs = [
            Network(tuple(random_part(rng, len(problem.x[0])) for _ in range(int(rng.integers(0, 4))))).objective(
                problem
            )
            for _ in range(_NETWORKS)
        ]
        costs.append(solved(problem).upper)
        require(max(values) <= min(costs), "no dual value is above an objective")
        margin = min(margin, min(costs) - max(values))
        pairs += len(values) * len(costs)
    return Evidence(
        "{:,} pairs of exact dual value and objective, none out of order, {:.6g} apart or more", (pairs, digits(margin))
    )


def dual() -> Evidence:
    """Compare the best dual vector found, exactly feasible, with the network's exact objective."""
    found = []
    for name, problem in TABLES.items():
        solution = solved(problem)
        require(solution.status == "optimal", f"the optimum of {name} is certified")
        require(solution.lower <= solution.upper, "the bounds are in order")
        found.append(Evidence("{} {:.6g}", (name, digits(solution.upper))))
    return joined([Evidence("certified within 1e-8, feasible in exact arithmetic: "), joined(found, ", ")], "")


def bidual() -> Evidence:
    """Compare the program over every pair with the network of few sub-networks."""
    found = []
    for name, problem in TABLES.items():
        few, whole = solved(problem), solve_full_program(problem, WIDTH)
        require(whole.status == "optimal", f"the program over all pairs of {name} is certified")
        require(meet(few, whole), f"both intervals of {name} meet")
        found.append(Evidence("{} {} atoms, {:.6g}", (name, len(whole.blocks), digits(whole.upper))))
    heading = "program over all pairs and network of at most n sub-networks in one proven interval: "
    return joined([Evidence(heading), joined(found, ", ")], "")


def one_and_two() -> tuple[Network, Network, Fraction]:
    """Make the best networks of one and two parts, and the dual value, for X = [1; -1], y = (1, 1), beta = 0.19, m = 1.

    One part of width 1 answers (c, 0) or (0, c), at a cost of beta |c| or more, so that it costs at least
    min (c - 1)^2 / 2 + 1/2 + beta |c| = 1/2 + beta - beta^2 / 2.
    """
    one, root = Fraction(1), Fraction(9, 10)  # root^2 = 1 - beta, the output that pays best
    right = SubNetwork(((one,),), (root,), root)
    left = SubNetwork(((-one,),), (root,), root)
    beta = Fraction(19, 100)
    problem = Problem.read([[1], [-1]], [1, 1], beta)
    return Network((right,)), Network((right, left)), dual_value(problem, (beta, beta))


def strong_duality() -> Evidence:
    """Count the sub-networks of optimal networks, and show what too few cost."""
    used = []
    for name, problem in TABLES.items():
        count, n = len(solved(problem).network.subnetworks), len(problem.x)
        require(0 < count <= n, f"{name} has an optimal network of n sub-networks")
        require(solved(problem).network.objective(problem) == solved(problem).upper, "its cost")
        used.append(Evidence("{} {:.6g}", (name, digits(solved(problem).upper))))
    problem = Problem.read([[1], [-1]], [1, 1], "0.19")
    single, double, dual_optimum = one_and_two()
    require(double.objective(problem) == dual_optimum == Fraction(3439, 10000), "two sub-networks reach the dual value")
    least = Fraction(1, 2) + problem.beta - problem.beta**2 / 2
    require(single.objective(problem) == least == Fraction(13439, 20000), "one sub-network costs more")
    costs = Evidence(
        "; X = [1; -1], y = (1, 1), beta = 0.19, width 1: K = 2 costs {} = D* exactly, K = 1 costs {}",
        (str(double.objective(problem)), str(single.objective(problem))),
    )
    return joined([Evidence("optima of at most n sub-networks: "), joined(used, ", "), costs], "")


def fixed_masks() -> Evidence:
    """Check at each dual optimum that the dual constraint holds, with equality for the optimal sub-networks."""
    rng = np.random.default_rng(10)
    tried, slack = 0, 0.0
    for problem in TABLES.values():
        solution = solved(problem)
        blocks = list(iter_blocks(FirstLayer.of(problem.arrangement), WIDTH))
        floats = np.array([float(solution.proof.scale * value) for value in solution.proof.v])
        multipliers, _ = best_multipliers(problem, blocks, floats, [np.zeros(len(b.constraints)) for b in blocks])
        v = lower_bound(problem, blocks, floats, multipliers).v  # feasible over all (tuple, s, output sign), exactly
        beta = problem.beta
        for _ in range(_NETWORKS):
            part = random_part(rng, len(problem.x[0]))
            value = sum(a * f for a, f in zip(v, Network((part,)).predict(problem.x), strict=True))
            size = part.output**2 * sum(w * w for w in part.second) * sum(x * x for w in part.first for x in w)
            require(value**2 <= beta**2 * size, "no unit sub-network violates the dual constraint (11)")
            tried += value != 0
        for part in solution.network.subnetworks:
            value = sum(a * f for a, f in zip(v, Network((part,)).predict(problem.x), strict=True))
            slack = max(slack, 1 - float(value) / float(beta * part.output**2))
    require(slack < 1e-4, "the optimal network's sub-networks attain it")
    return Evidence(
        "{} random unit sub-networks, none of them 0, satisfy the dual constraint over all (tuple, s); optimal ones "
        "attain it",
        (tried,),
    )


CLAIMS = (
    Claim(
        "Lemma 1",
        "1.4, Lemma 1",
        "min_{theta in Theta} L(sum_{k=1}^K f_{theta,k}(X), y) + beta/2 sum_{k=1}^K sum_{l=L-1}^L ||W_lk||_F^2 = "
        "min_{theta in Theta_p} L(sum_{k=1}^K f_{theta,k}(X), y) + beta sum_{k=1}^K |w_Lk|, Theta_p := {theta in "
        "Theta : ||W_lk||_F <= 1, l in [L-2], ||w_(L-1)k||_2 <= 1, k in [K]}",
        "weight decay 1/2 (||w_2k||^2 + w_3k^2) and the penalty |w_3k| under ||w_2k|| <= 1 have the same optimum",
        Verdict.HOLDS,
        "scaling w_2 by t and w_3 by 1/t changes no output; the decay is least, |w_3| ||w_2||, where both are balanced",
        lemma_1,
    ),
    Claim(
        "(3), weak duality",
        "1.4, (3)",
        "P* >= D* := max_v -L*(v) s.t. max_{theta in Theta_p} |v^T ((X W_1)_+ ... w_(L-1))_+| <= beta",
        "the dual value of every feasible v is a lower bound on the cost of every network, with any number K",
        Verdict.HOLDS,
        "proof: multilayer/claims/training/duality.py",
        weak_duality,
    ),
    Claim(
        "(6), dual",
        "2, (6)",
        "P* >= D* := max_v -1/2 ||v - y||_2^2 + 1/2 ||y||_2^2 s.t. max_{theta in Theta_p} |v^T ((X W_1)_+ w_2)_+| "
        "<= beta",
        "the dual maximises D(v) over the v with |v.u| <= beta for the outputs u of every unit sub-network",
        Verdict.HOLDS,
        "the maximum is P* (see (8))",
        dual,
    ),
    Claim(
        "(7), bidual",
        "2, (7)",
        "P*_B := min_mu 1/2 ||int_{theta in Theta_p} ((X W_1)_+ w_2)_+ dmu(theta) - y||_2^2 + beta ||mu||_TV",
        "the bidual is the program over measures on unit sub-networks with the total variation as penalty",
        Verdict.HOLDS,
        "a finite sum attains it, since the unit outputs are finitely many images of compact convex sets",
        bidual,
    ),
    Claim(
        "(8), strong duality",
        "2, (8)",
        "P*_B = min_{theta in Theta_p} 1/2 ||sum_{i=1}^{K*} f_{theta,i}(X) - y||_2^2 + beta ||w_3||_1, K* <= n + 1; "
        "P* = P*_B = D*, K >= K*",
        "P* = D* once K is at least some K* <= n + 1",
        Verdict.HOLDS,
        "sharper: K* <= n (a basic solution of n equations), here attained for n = 2; with fewer P* may exceed D*",
        strong_duality,
    ),
    Claim(
        "(10)-(11)",
        "2, (10), (11)",
        "max_{I_j in {+-1}} max_{theta in Theta_p, w_2 >= 0} v^T (sum_{j=1}^{m_1} I_j (X w_1j w_2j)_+)_+ <= beta, "
        "max_{t_j >= 0, 1^T t <= 1, I_j in {+-1}} max_{||w'_1j||_2^2 / w'_2j <= t_j, 1^T w'_2 <= 1, w'_2 >= 0} "
        "v^T (sum_{j=1}^{m_1} I_j (X w'_1j)_+)_+ <= beta",
        "the constraint of the dual is a maximum over fixed masks and signs, each a convex problem",
        Verdict.HOLDS,
        "if masks and signs of all neurons are fixed jointly, a tuple, with every s feasible in its cone",
        fixed_masks,
    ),
)
