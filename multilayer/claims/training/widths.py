"""This project's own theorems on the width: from n - 1 neurons on it is unlimited, and on three rows one is enough.

P*(m)  optimum of (4) at width m, P*(inf) at any width;  U  convex hull of the unit neurons +-(X w)_+, ||w|| <= 1

Unlimited width. P*(m) falls with m and stays P*(inf) from m = n - 1 on: `theory.width_theorem` has the proof. For
P*(inf) no tuple is needed: the blocks are the second-layer sign vectors s, at most 2^n, each over the regions of H1, of
which there are O(n^(r-1)); `convex.solving.certified_solve` with width None searches them as a tree.

Three rows. If n <= 3, then P*(m) = P*(1) for all m, whatever the convex loss: every v that is feasible for single
neurons, |v.a| <= beta with a = (X w)_+ for all ||w|| <= 1, is feasible for all u in U. For v.(u)_+ is at most the sum
over S = {i : v_i > 0, u_i > 0} of v_i u_i plus that of c_i u_i over v_i < 0, for any c_i in [v_i, 0]; so a vector c
that is v_i on S, in [v_i, 0] where v_i < 0, and 0 elsewhere, with |c.a| <= beta for all w, is enough, and the same
for -v. If S is all of {v_i > 0}, take c = v. If no v_i is < 0, then 0 <= c.a <= v.a. What is left for n = 3 is v_1,
v_2 > 0 > v_3 and, by symmetry, S = {1}. Let p = v_1 x_1, q = x_3, and c = (v_1, 0, -s), so that c.a = F_s := (p.w)_+
- s (q.w)_+. By assumption F_s <= v.a <= beta at s = |v_3|. Take the least such s in [0, |v_3|]; we need F_s >= -beta.
That is clear for s = 0, so let s > 0. Then |p| > beta, and p.q > 0, since else F_s(p/|p|) = |p| > beta. Let D = p - s
q and let t q be the projection of p on q, h = |p - t q|. For s' <= t, p - s' q has products >= 0 with p and q, and so
max F_s' is |p - s' q|, as F_s'(w) <= h where q.w <= 0; from t on, max F_s' stays at h. So s <= t, and |D| = beta
because s > 0 is least. Now let ||w|| <= 1. Where p.w >= 0: -F_s(w) = -D.w <= |D| if q.w >= 0, and -F_s(w) <= 0 else.
Where p.w <= 0: -F_s(w) = s (q.w)_+ <= s |q| h / |p| <= t |q| h / |p| <= h <= |D|. QED. Hence the readings of (12)
agree on three rows: `separate` is P*(1), `shared-index` lies between P*(m) and P*(1), `shared-block` between P*(2m)
and P*(m).
"""

from itertools import pairwise

import numpy as np

from convex.problem.training_problem import Problem
from convex.solving.certified_solve import solve
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.tables import TABLES, digits, solved
from multilayer.claims.training.program import DIFFERENT_MASKS, integers
from theory.width_theorem import sufficient_width

THREE_NEURONS = Problem.read([[-2, -3, -1], [5, 3, -3], [-5, 3, -5], [-5, -4, -2]], [1, 4, -2, 6], "0.1")
FOUR_NEURONS = Problem.read(
    [[0, 5, -3, 3], [2, -5, -6, -4], [0, 6, -4, 4], [-4, 3, 1, 3], [5, 5, -1, 1]], [336, 0, -153, -6, -9], 64
)


def unlimited_width() -> Evidence:
    """Solve for P*(1), ..., P*(n) and P*(inf), in proven intervals."""
    rows = np.random.default_rng(2)
    x = rows.standard_normal((6, 2))
    shown = []
    cases = {"six Gaussian rows": Problem.read(x, rows.standard_normal(6), "0.01"), **TABLES}
    for name, problem in cases.items():
        free = solved(problem, None)
        previous = None
        for m in range(1, len(problem.x) + 1):
            here = solved(problem, m)
            require(here.upper >= free.lower, "P*(inf) is a lower bound")
            require(previous is None or here.lower <= previous, "P* falls with the width")
            require(m < sufficient_width(len(problem.x)) or here.lower <= free.upper, "P*(m) = P*(inf), m >= n - 1")
            previous = here.upper
        enough = next(m for m in range(1, len(problem.x) + 1) if solved(problem, m).lower <= free.upper)
        require(solved(problem, max(free.network.width, 1)).lower <= free.upper, "an optimal network's width is enough")
        values = [Evidence("P*({}) {:.6g}", (m, digits(solved(problem, m).upper))) for m in range(1, enough + 1)]
        shown.append(joined([Evidence("{} ", (name,)), joined(values, ", "), Evidence(" = P*(inf)")], ""))
    return joined(shown)


_RANDOM = 12  # tables


def one_less() -> Evidence:
    """Solve random tables of four and five rows, and one of each on which a neuron less is not enough."""
    rng = np.random.default_rng(4)
    for trial in range(_RANDOM):
        n, d = 4 + trial % 2, 2 + trial // 2 % 2
        x, y = rng.integers(-9, 10, (n, d)).tolist(), rng.integers(-9, 10, n).tolist()
        problem = Problem.read(x, y, ("0.02", "0.1", "0.5")[trial % 3])
        free, narrow = solve(problem, None), solve(problem, sufficient_width(n))
        require(narrow.lower <= free.upper and free.lower <= narrow.upper, "n - 1 neurons are enough")
    shown = [Evidence("{} random tables of four and five rows: P*(n-1) = P*(inf)", (_RANDOM,))]
    for problem in (THREE_NEURONS, FOUR_NEURONS):
        enough, free = sufficient_width(len(problem.x)), solved(problem, None)
        optima = [solved(problem, m) for m in range(1, enough + 1)]
        require(all(b.upper < a.lower for a, b in pairwise(optima)), "each neuron up to n - 1 lowers the optimum")
        require(optima[-1].lower <= free.upper and free.lower <= optima[-1].upper, "n - 1 neurons are enough")
        y = ", ".join(map(str, problem.y))
        shown.append(Evidence("X = {}, y = ({}), beta = {}", (integers(problem), y, str(problem.beta))))
        shown.append(joined([Evidence("P*({}) {:.6g}", (m, digits(p.upper))) for m, p in enumerate(optima, 1)], ", "))
    return joined(shown)


def three_rows() -> Evidence:
    """Solve random tables of at most three rows, some degenerate, and one of four rows on which depth helps."""
    rng = np.random.default_rng(3)
    tried = 0
    while tried < 60:
        n, d = 1 + tried % 3, 1 + tried // 3 % 3
        x, y = rng.integers(-3, 4, (n, d)).tolist(), rng.integers(-3, 4, n).tolist()
        if any(map(any, x)) and any(y):
            problem = Problem.read(x, y, ("0.02", "0.1", "0.5")[tried % 3])
            two_layers, free = solve(problem, 1), solve(problem, None)
            require(two_layers.status == free.status == "optimal", "both are certified")
            require(two_layers.lower <= free.upper, "the intervals of P*(1) and P*(inf) meet")
            tried += 1
    require(solved(DIFFERENT_MASKS).upper < solved(DIFFERENT_MASKS, 1).lower, "depth helps on four rows")
    few, many = digits(solved(DIFFERENT_MASKS, 1).upper), digits(solved(DIFFERENT_MASKS).upper)
    return Evidence(
        "{} random tables of one to three rows: intervals of P*(1) and P*(inf) meet; four rows: {:.6g}, {:.6g}",
        (tried, few, many),
    )


CLAIMS = (
    Claim(
        "Own: unlimited width",
        "own",
        "",
        "P*(m) falls with m to P*(inf), its lower bound, and equals it once m >= n - 1 >= 1 or an optimal network fits",
        Verdict.HOLDS,
        "proof: theory.width_theorem; no exponent in the width is needed: for m >= n - 1, O(n^(mr-1)) blocks give "
        "way to one for each of at most 2^n second-layer sign vectors",
        unlimited_width,
    ),
    Claim(
        "Own: three rows",
        "own",
        "",
        "on at most three rows depth never helps: P*(m) = P*(1) for every m, beta and convex loss",
        Verdict.HOLDS,
        "proof: multilayer/claims/training/widths.py; so every reading of (12) is right there; counterexamples need "
        "four rows",
        three_rows,
    ),
    Claim(
        "Own: n - 1 neurons",
        "own",
        "",
        "on n >= 2 rows P*(n - 1) = P*(inf), for every beta and convex loss; P*(n - 2) can be above it for n = 4 and 5",
        Verdict.HOLDS,
        "proof: theory.width_theorem; n may count directions of rows only; beyond width 1 only tuples with both signs "
        "matter",
        one_less,
    ),
)
