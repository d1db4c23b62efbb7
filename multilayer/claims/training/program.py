"""Theorem 1 in each of its readings, Proposition 1, Remarks 1 and 3, and the size of program (12).

P*(m)  optimum of (4) at width m, in a proven interval;  values of (12) in a reading, in proven intervals

A reading is refuted where its interval and that of P*(m) are disjoint.
"""

import itertools
from fractions import Fraction

import numpy as np

from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.pairs import iter_pairs
from convex.blocks.block import iter_blocks
from convex.heuristics.multistart import local_search
from convex.heuristics.sampled_blocks import exact_share, solve_sampled
from convex.listed.interpretations import interpretation_value
from convex.networks.network import SubNetwork
from convex.networks.residual_network import Residual, as_parallel
from convex.problem.training_problem import Problem
from convex.proofs.weak_duality import dual_value
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.tables import TABLES, WIDTH, digits, gaussian, meet, random_part, solved

# No table of three rows would do: see `multilayer.claims.training.widths`.
DIFFERENT_MASKS = Problem.read([[0, 1], [1, -1], [1, 1], [-1, 0]], [-1, 0, 0, 1], "0.05")
SHARED_BLOCK = Problem.read([[0, -2], [1, 1], [1, -1], [1, -2]], [0, 0, 1, 0], "0.05")


def theorem_1() -> Evidence:
    """Compare P* between proven bounds, (12) over tuples with signs, and descent that reaches it."""
    found = []
    for name, problem in TABLES.items():
        solution, value = solved(problem), interpretation_value(problem, WIDTH)
        require(value.status == "optimal", f"(12) is solved on {name}")
        require(meet(solution, value), f"both intervals meet on {name}")
        descent = local_search(problem, WIDTH, restarts=1).objective
        require(descent >= solution.lower, f"descent on {name} is not below the bound")
        require(descent <= solution.upper + solution.upper / 10**6, f"descent on {name} comes within 1e-6")
        found.append(Evidence("{} {:.6g}", (name, digits(value.upper))))
    heading = "value of (12), which descent on (4) approaches within 1e-6 and never undercuts: "
    return joined([Evidence(heading), joined(found, ", ")], "")


def shared_index() -> Evidence:
    """Prove that on a table of four rows one shared mask index costs more than the optimum."""
    return _too_large("shared-index")


def separate() -> Evidence:
    """Prove that on a table of four rows w+ and w- constrained separately cost more than the optimum."""
    return _too_large("separate")


def _too_large(reading: str) -> Evidence:
    best, value = solved(DIFFERENT_MASKS), interpretation_value(DIFFERENT_MASKS, WIDTH, reading)
    require(best.upper < value.lower, "a network of this width costs less than the reading's value")
    two_layer = solved(DIFFERENT_MASKS, 1)
    require(meet(two_layer, value), "it is the two-layer optimum here")
    return Evidence(
        "X = {}, y = (-1, 0, 0, 1), beta = 0.05, width 2: a network costs {:.6g}, the reading is proven above {:.6g}, "
        "which is the two-layer optimum",
        (integers(DIFFERENT_MASKS), digits(best.upper), digits(value.lower)),
    )


def shared_block() -> Evidence:
    """Prove that on a table w+ and w- in one block cost less than the optimum."""
    best, value = solved(SHARED_BLOCK, 1), interpretation_value(SHARED_BLOCK, 1, "shared-block")
    require(value.upper < best.lower, "the reading's value is below every network of this width")
    return Evidence(
        "X = {}, y = (0, 0, 1, 0), beta = 0.05, width 1: no network costs less than {:.6g}, the reading has a feasible "
        "point of {:.6g}",
        (integers(SHARED_BLOCK), digits(best.lower), digits(value.upper)),
    )


def integers(problem: Problem) -> str:
    """Write the data as text, rows separated by semicolons."""
    return "[" + "; ".join(" ".join(str(int(x)) for x in row) for row in problem.x) + "]"


def proposition_1() -> Evidence:
    """Map back a block whose norms are 9 and 16: S = 25, and every root in the map is rational."""
    w = ((Fraction(27, 5), Fraction(36, 5)), (Fraction(80, 13), Fraction(-192, 13)))
    norms, roots, total = (9, 16), (3, 4), 25
    require(all(sum(x * x for x in v) == norm**2 for v, norm in zip(w, norms, strict=True)), "the norms")
    for signs in ((1, 1), (1, -1), (-1, 1)):
        first = tuple(tuple(x / (root * 5) for x in v) for v, root in zip(w, roots, strict=True))
        second = tuple(Fraction(sign * root) for sign, root in zip(signs, roots, strict=True))
        part = SubNetwork(first, second, Fraction(5))
        require(sum(x * x for v in first for x in v) == 1, "||W_1||_F = 1")
        require(sum(x * x for x in second) == total == part.output**2, "both layers have the penalty S")
        for x in ((1, 2), (3, -1), (-1, -1), (2, 5), (0, 1)):
            hidden = [max(sum(a * b for a, b in zip(v, x, strict=True)), Fraction(0)) for v in w]
            linear = max(sum((s * h for s, h in zip(signs, hidden, strict=True)), Fraction(0)), Fraction(0))
            require(part((Fraction(x[0]), Fraction(x[1]))) == linear, "the network's output is the block's")
    for name, problem in TABLES.items():
        network, value = solved(problem), interpretation_value(problem, WIDTH)
        require(
            network.upper - value.lower < network.upper / 10**8, f"the mapped network reaches the program on {name}"
        )
    return Evidence(
        "norms {} and {}: w_1j = w_j / sqrt(||w_j|| S), w_2j = I_j sqrt(||w_j||), w_3 = sqrt(S) give equal outputs and "
        "penalty, exactly; on {} tables the mapped network is within 1e-8 of the proven value of (12)",
        (*norms, len(TABLES)),
    )


_RESIDUAL = 40


def residual() -> Evidence:
    """Build residual networks with rational weights twice, and compare them exactly."""
    rng = np.random.default_rng(20)
    rows = 0
    for trial in range(_RESIDUAL):
        d = 1 + trial % 3
        parts = tuple(random_part(rng, d) for _ in range(1 + trial % 2))
        skips = [tuple(Fraction(int(v), 3) for v in rng.integers(-4, 5, d)) for _ in range(len(parts) + 1)]
        network = Residual(parts, tuple(skips[1:]), skips[0])
        parallel = as_parallel(network)
        x = [tuple(Fraction(int(v), 2) for v in rng.integers(-9, 10, d)) for _ in range(25)]
        require(parallel.predict(x) == network.predict(x), "both networks answer alike")
        require(parallel.width <= WIDTH + 2, "a skip is two neurons")
        rows += sum(1 for output in network.predict(x) if output)
    return Evidence(
        "{} residual networks with inner and outer skips built both ways: equal outputs, {} of {:,} not 0",
        (_RESIDUAL, rows, _RESIDUAL * 25),
    )


def sampling() -> Evidence:
    """Measure the share of the pairs that were drawn, and what the program over them costs."""
    problem = gaussian(5, 2, 0, "0.02")
    best = solved(problem)
    found = []
    for draws in (10, 100, 1_000, 10_000):
        sample = solve_sampled(problem, WIDTH, draws)
        total, share = exact_share(problem, WIDTH, sample, 1_000)
        require(sample.upper >= best.lower, "a sample is an upper bound")
        reached = sample.upper <= best.upper * (1 + Fraction(1, 10**8))
        drawn = Evidence("{:,} draws {:.0%} of {} pairs, ", (draws, share, total))
        above = Evidence("{:.1%} above P*", (digits(sample.upper / best.upper - 1),))
        found.append(joined([drawn, Evidence("P* within 1e-8") if reached else above], ""))
    return joined([Evidence("n, d, width 5, 2, 2: "), joined(found)], "")


def dual_bound() -> Evidence:
    """Bound the suboptimality of every end of descent by its exact gap to a feasible dual vector."""
    above = reached = 0
    for problem in TABLES.values():
        best = solved(problem)
        v = tuple(best.proof.scale * value for value in best.proof.v)
        require(dual_value(problem, v) == best.lower <= best.upper, "the bound is the value of a dual vector")
        for value in local_search(problem, WIDTH, subnetworks=2, restarts=6, rounds=1).values:
            require(value >= best.lower, "a fixed point of descent is not below the proven bound")
            near = value <= best.upper * (1 + Fraction(1, 10**4))
            reached, above = reached + near, above + (not near)
    require(reached > 0 and above > 0, "some ends are optimal and some are not")
    return Evidence(
        "{} ends of descent with 2 sub-networks, all at or above the bound; some within 1e-4, some not",
        (reached + above,),
    )


def size_of_program() -> Evidence:
    """Count variables and constraints of (12), index by index as printed, and over all blocks, beside the formulas."""
    found = []
    for n, d, m in ((5, 2, 2), (5, 2, 3), (6, 3, 2)):
        layer = FirstLayer.of(gaussian(n, d, 0, "1").arrangement)
        pairs = list(iter_pairs(layer, m))
        p1, p2 = len(layer.cells), len({pair.mask for pair in pairs})
        groups = list(itertools.product(range(p1), range(m), range(p2), (1, -1)))
        cones = {(first, second, sign) for first, _, second, sign in groups}
        variables, constraints = 2 * d * len(groups), 2 * n * (len(groups) + len(cones))
        require(variables == 4 * d * m * p1 * p2, "the variables of w and w' as printed")
        require(constraints == 4 * n * p1 * p2 * (m + 1), "their constraints as printed")
        blocks = 2 * sum(1 in pair.signs for pair in pairs)
        require(m == 3 or blocks == sum(1 for _ in iter_blocks(layer, m)), "two blocks for each pair with a + in s")
        true = d * m * blocks
        require(true <= 2 * d * m * len(pairs), "at most 2 d m pairs")
        require((true > variables) == (m == 3), "over tuples there are more at width 3, fewer at width 2")
        sizes = (n, d, m, variables, constraints, true, n * (m + 1) * blocks)
        found.append(Evidence("({}, {}, {}): {:,} and {:,} printed, {:,} and at most {:,} over tuples", sizes))
    return joined([Evidence("variables and constraints, (n, d, m): "), joined(found)], "")


def complexity() -> Evidence:
    """Compute the exponents of n from those of the bounds, and those of d and m_1 from the number of variables."""
    from sympy import degree
    from sympy import symbols as letters

    from theory import formula, growth_exponent, symbols

    n, (d, m1, p1, p2) = symbols()[0], letters("d m_1 P_1 P_2", positive=True)
    cube = (4 * d * m1 * p1 * p2) ** 3
    require([degree(cube, letter) for letter in (d, m1, p1, p2)] == [3] * 4, "the cube of the number of variables")
    found = []
    for r, m in ((2, 2), (3, 2), (2, 3), (1, 1)):
        printed = 3 * (1 + m) * growth_exponent(formula("eq13_closed", r, m), n)
        blocks = growth_exponent(formula("joint", r, m), n)
        step, steps = max(blocks + 2, 3), Fraction(int(blocks) + 1, 2)
        require(blocks == m * r - 1 and step + steps < printed == 3 * (m + 1) * r, "a lower order is enough")
        exponents = (str(step), str(steps), str(printed))
        found.append(Evidence("r = {}, m = {}: n^{} a step, n^({}) steps, below n^{}", (r, m, *exponents)))
    return joined([*found, Evidence("the factor d^3 m_1^3 is that of the cubed number of variables")])


CLAIMS = (
    Claim(
        "Theorem 1, (12) over tuples",
        "2, Theorem 1, (12)",
        "min_{w,w' in C} 1/2 ||X~ (w' - w) - y||_2^2 + beta (||w||_{2,1} + ||w'||_{2,1})",
        "(4) equals program (12), whose blocks are pairs of a tuple of signed masks and a feasible s",
        Verdict.HOLDS,
        "this is what (10)-(11) derive; K >= the number of active pairs, n are enough",
        theorem_1,
    ),
    Claim(
        "Theorem 1, (12) as printed: one index i",
        "2, Theorem 1, (12)",
        "X~_s := [D_21 D_111 X ... D_2l D_1ij X ... D_2P2 D_1P1m1 X], "
        "{{{{w^+-_ijl}_{i=1}^{P_1}}_{j=1}^{m_1}}_{l=1}^{P_2}}_+-",
        "the masks of all neurons of a sub-network have one shared index i in [P1]",
        Verdict.FAILS,
        "the value is too large; correct: an index for each neuron, masks and signs jointly. 4 rows are the fewest",
        shared_index,
    ),
    Claim(
        "Theorem 1, (12) with w+ and w- apart",
        "2, Theorem 1, (12)",
        "C: (2 D_2l - I_n) sum_{j=1}^{m_1} D_1ij X w^+-_ijl >= 0, for all i, j, l, +-",
        "w+ and w- satisfy the constraint of the second-layer mask separately",
        Verdict.FAILS,
        "each part is then a two-layer network, so it is P*(1); correct: s constrains the sum. 4 rows are the fewest",
        separate,
    ),
    Claim(
        "Theorem 1, (12) with w+ and w- in one block",
        "2, Theorem 1, (12)",
        "C: (2 D_1ij - I_n) X w^+_ijl >= 0, (2 D_1ij - I_n) X w^-_ijl <= 0, (2 D_2l - I_n) sum_{j=1}^{m_1} D_1ij X "
        "w^+-_ijl >= 0",
        "w+ and w- of each mask share a block and its second-layer mask",
        Verdict.FAILS,
        "the value is too small, between P*(2m) and P*(m); correct: one sign for each neuron. 4 rows are the fewest",
        shared_block,
    ),
    Claim(
        "Proposition 1",
        "2, Proposition 1",
        "{W*_1k, w*_2k, w*_3k}_{k=1}^K, (w*, w'*)",
        "an optimal network is read off an optimal point of (12)",
        Verdict.HOLDS,
        "w_1j = w_j / sqrt(||w_j|| S), w_2j = I_j sqrt(||w_j||), w_3 = +-sqrt(S), S the sum of the norms of the block",
        proposition_1,
    ),
    Claim(
        "Remark 1, three layers",
        "1.4, Remark 1",
        "f_{theta,k}(X) = sum_{k=1}^2 (((X W_1k)_+ W_2k)_+ w_3k)_+ w_4k = (((X W_1)_+ W_2)_+ w_3)_+ w_4 + (X w_3)_+ "
        "w_4",
        "residual networks are a special case of parallel sub-networks",
        Verdict.CONDITION,
        "as functions: two neurons more for an inner skip, two sub-networks for the outer one; weight decay differs",
        residual,
    ),
    Claim(
        "Remark 3, sampling",
        "2, Remark 3",
        "D_1ij = diag(1[X u_ij >= 0]), for all i in [P_1 bar], for all j in [m_1]; D_2l = diag(1[(X U_1l)_+ u_2l >= "
        "0]), for all l in [P_2 bar]",
        "program (12) over sampled arrangements approximates the whole program",
        Verdict.CONDITION,
        "always an upper bound; P* once closed cones of drawn pairs hold an optimal network, which no sample can tell",
        sampling,
    ),
    Claim(
        "Remark 3, dual bound on SGD's suboptimality",
        "2, Remark 3",
        "",
        "the cost of a network less the value of any feasible dual vector is at least its suboptimality",
        Verdict.HOLDS,
        "by (3), for any network at all; descent with few sub-networks often ends above P*",
        dual_bound,
    ),
    Claim(
        "Section 2.2, size of (12)",
        "2.2",
        "4 d m_1 P_1 P_2 variables and 4 n P_1 P_2 (m_1 + 1) constraints",
        "(12) has 4 d m P1 P2 variables, for w and w' in R^(2 d m P1 P2) together, and 4 n (m + 1) P1 P2 constraints",
        Verdict.CONDITION,
        "of (12) with one index i as printed, which is not (4); over tuples they are no bounds: correct are at most "
        "2 d m pairs variables and 2 n (m + 1) pairs constraints; pairs <= joint bound",
        size_of_program,
    ),
    Claim(
        "Section 2.2, complexity",
        "2.2",
        "O(d^3 m_1^3 n^(3 (m_1 + 1) r))",
        "for fixed r and m the work is polynomial in n and d, with exponents 3 (m + 1) r and 3",
        Verdict.HOLDS,
        "generously: X = Y Q with orthonormal rows of Q leaves r columns for d at a cost linear in d; pairs are "
        "O(n^(mr-1)) and blocks meet in n outputs only, so a Newton step takes O(n^max(mr+1,3)); "
        "O(n^(mr/2)) steps gain a factor of accuracy (barriers: Nesterov and Nemirovskii 1994)",
        complexity,
    ),
)
