"""What the paper says of itself: polynomial time, exponential time at full rank, sparsity, and arbitrary convex losses.

n, d, r, m  rows, columns, rank, width;  P1  regions;  K*  sub-networks of an optimal network

Full rank, r = n: the map w -> X w is onto R^n, so each of the 2^n sign vectors without 0 has a w, and P1 = 2^n. At
width 1 each region with a positive row has one pair that is positive somewhere and two blocks, 2 (2^n - 1) in all; at
width m there are C(2 (2^n - 1), m) tuples, each with a pair. For fixed r and m pairs are O(n^(mr-1)) (theory.joint),
whatever d.

Sparsity: by Caratheodory's theorem some optimum has at most n sub-networks (`convex.blocks.caratheodory`). Not every
one: for a^2 + b^2 = 1 the sub-network (W_1, w_2, w_3) is the sum of (W_1, a w_2, a w_3) and (W_1, b w_2, b w_3), in
outputs and in penalty.

Losses: let l be finite, convex and bounded below, D(v) = inf_f l(f, y) + v.f over the outputs f on all rows. If
|v.u| <= beta for all unit sub-networks u, a network with outputs f costs at least l(f, y) + v.f >= D(v). And (12)
minimises l(A w, y) + g(w), g being beta times the norms on closed cones; l is finite everywhere, so Fenchel's theorem
(Rockafellar 1970, Corollary 31.2.1) leaves no gap. As l is bounded below, the norms make (12) attain its minimum.
"""

from fractions import Fraction
from math import comb

from arrangements.arrangement import Arrangement
from arrangements.families import family
from arrangements.first_layer.layer import FirstLayer
from arrangements.first_layer.region_counting import count_regions
from arrangements.second_layer.pairs import count_second_layer
from convex.blocks.block import iter_blocks
from convex.listed.full_program import solve_full_program
from convex.networks.network import Network, SubNetwork
from convex.problem.training_problem import Problem
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.tables import TABLES, WIDTH, digits, gaussian, meet, solved
from theory import cover, formula, growth_exponent, joint, region_number, symbols


def polynomial() -> Evidence:
    """Count regions at full rank and at a fixed rank, in few and in many columns."""
    full = []
    for n in range(2, 13):
        arrangement = family(f"random:{n},{n},0")
        require(arrangement.rank == n and region_number(arrangement) == cover(n, n) == 2**n, "2^n regions at r = n")
        require(n > 8 or count_regions(arrangement) == 2**n, "2^n regions at r = n, listed")
        full.append(region_number(arrangement))
    n, fixed = symbols()[0], []
    for r, m in ((2, 1), (2, 2), (3, 2)):
        exponents = [growth_exponent(formula(name, r, m), n) for name in ("cover", "joint")]
        require(exponents == [r - 1, m * r - 1], "the exponents at a fixed rank")
    for d in (2, 4, 8):
        rows = [(a, b, *(a + k * b for k in range(1, d - 1))) for a, b in family("random:10,2,0").normals]
        arrangement = Arrangement.from_table(rows)
        require(arrangement.rank == 2, "rank 2 in d columns")
        counts = count_second_layer(FirstLayer.of(arrangement), WIDTH)
        fixed.append((region_number(arrangement), counts.pairs))
    require(len(set(fixed)) == 1 and fixed[0][1] <= joint(10, 2, WIDTH), "the columns change no count")
    return Evidence(
        "width 1, n = d = r = 2..12: P1 = {}; fixed rank r: exponents r - 1 of P1 and m r - 1 of the pairs; 10 rows of "
        "rank 2 in 2, 4 and 8 columns: P1 = {}, {:,} pairs at width 2",
        (full, *fixed[0]),
    )


def exponential() -> Evidence:
    """Count the blocks of (12) at full rank."""
    blocks, wider = [], []
    for n in range(1, 9):
        layer = FirstLayer.of(family(f"random:{n},{n},0"))
        blocks.append(sum(1 for _ in iter_blocks(layer, 1)))
        require(blocks[-1] == 2 * (2**n - 1), "two blocks for each mask that is not zero")
    for n in range(1, 5):
        counts = count_second_layer(FirstLayer.of(family(f"random:{n},{n},0")), WIDTH)
        require(counts.pairs >= counts.tuples == comb(2 * (2**n - 1), WIDTH), "a pair for every tuple")
        wider.append(counts.pairs)
    return Evidence("r = n = 1..8, width 1: {} blocks; r = n = 1..4, width 2: {} pairs", (blocks, wider))


def sparsity() -> Evidence:
    """Compare the blocks of (12) with the sub-networks of an optimal network, and split one of these in two."""
    cases = {**TABLES, "5 Gaussian rows": gaussian(5, 2, 0, "0.02"), "6 Gaussian rows": gaussian(6, 3, 0, "0.02")}
    shown = []
    for name, problem in cases.items():
        solution, n = solved(problem), len(problem.x)
        blocks = sum(1 for _ in iter_blocks(FirstLayer.of(problem.arrangement), WIDTH))
        parts = solution.network.subnetworks
        require(solution.status == "optimal", f"the optimum of {name} is certified")
        require(0 < len(parts) == len(solution.blocks) <= n < blocks, f"{name}: a sub-network a block, at most n")
        cut = [part for one in parts for part in _split(one)]
        twice = Network(tuple(cut))
        require(twice.objective(problem) == solution.upper, f"{name}: split sub-networks cost the same")
        require(len(twice.subnetworks) == 2 * len(parts), f"{name}: twice as many")
        shown.append(Evidence("{} {:,} for {}", (name, blocks, n)))
    heading = "blocks at width 2 for n rows, and a certified optimum of at most n sub-networks: "
    tail = Evidence("; each split into two sub-networks, at exactly the same cost")
    return joined([Evidence(heading), joined(shown, ", "), tail], "")


def _split(part: SubNetwork) -> tuple[SubNetwork, SubNetwork]:
    shares = Fraction(3, 5), Fraction(4, 5)
    first, second = (SubNetwork(part.first, tuple(a * w for w in part.second), a * part.output) for a in shares)
    return first, second


LABELS = {"four rows": (1, -1, 1, 1), "opposite and parallel rows": (1, 1, -1, 1)}
LOSSES = ("hinge", "logistic", "huber:0.5")


def losses() -> Evidence:
    """Solve (12) over every pair, and by certified search, for other losses than the squared one."""
    shown = []
    for name, labels in LABELS.items():
        for loss in LOSSES:
            problem = Problem.read(TABLES[name].x, labels, "0.05", loss)
            few, whole = solved(problem), solve_full_program(problem, WIDTH)
            require(few.status == whole.status == "optimal", f"both are certified: {name}, {loss}")
            require(meet(few, whole), f"both intervals meet: {name}, {loss}")
            require(few.network.objective(problem) == few.upper, f"a network costs that much: {name}, {loss}")
            shown.append(Evidence("{}, {} {:.6g}", (name, loss, digits(few.upper))))
    heading = "(12) over all pairs and a network in one proven interval, width 2, labels -1 and 1: "
    return joined([Evidence(heading), joined(shown)], "")


CLAIMS = (
    Claim(
        "Abstract, polynomial time for a fixed width",
        "abstract, 1.2, 4",
        "",
        "(12) can be solved in time polynomial in n and d when the width is fixed",
        Verdict.CONDITION,
        "the rank is fixed too, as 2.1 and 2.2 say: for r = n there are 2^n masks already at width 1 (proof: "
        "multilayer/claims/training/scope.py)",
        polynomial,
    ),
    Claim(
        "Section 1.2, sparsity",
        "1.2, 4",
        "",
        "the group penalty makes optima of few blocks, hence of few sub-networks",
        Verdict.CONDITION,
        "some optimum has K* <= n sub-networks, one for each block that is not 0; not every one has: a sub-network "
        "splits in two at the same cost (proof: multilayer/claims/training/scope.py)",
        sparsity,
    ),
    Claim(
        "Section 1.2, arbitrary convex losses",
        "1.2, 1.4",
        "",
        "Theorem 1 holds for every finite convex loss >= 0 of one output, such as hinge, Huber and cross entropy",
        Verdict.HOLDS,
        "by Fenchel's theorem (proof: multilayer/claims/training/scope.py); cross entropy of two classes, that is: "
        "more classes "
        "need several outputs",
        losses,
    ),
    Claim(
        "Section 4, exponential at full rank",
        "4",
        "",
        "when the data matrix has full rank the approach takes exponential time, and so does every other one",
        Verdict.CONDITION,
        "at r = n and width 1 (12) has 2 (2^n - 1) blocks (proof: multilayer/claims/training/scope.py), but r = d with "
        "d fixed is polynomial; that no other way is faster unless P = NP is quoted from the literature, and not "
        "examined here",
        exponential,
    ),
)
