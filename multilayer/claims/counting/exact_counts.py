"""This project's own theorems on the counts: the joint bounds, and width two in closed form."""

from math import comb

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.families import family
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.pairs import count_second_layer, iter_pairs
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.counting.bounds import SECOND
from multilayer.claims.tables import gaussian
from theory import (
    Plane,
    joint,
    joint_of_data,
    joint_unordered,
    opposite_zero_sets,
    plane_masks,
    plane_opposite_masks,
    plane_pairs,
    positive_sets,
    width_two_masks,
)


def joint_bounds() -> Evidence:
    """Compare pairs with the joint bound, its sharper form, and the joint arrangement of the table itself."""
    shown = []
    for n, d, m in SECOND:
        arrangement = gaussian(n, d, 0, "1").arrangement
        found = count_second_layer(FirstLayer.of(arrangement), m).pairs
        of_data, sizes = joint_of_data(arrangement, m), joint_unordered(n, d, m)
        require(found <= of_data <= sizes <= joint(n, d, m), "each bound is sharper than the next")
        values = (n, d, m, found, of_data, sizes, joint(n, d, m))
        shown.append(Evidence("({}, {}, {}): {:,} <= {:,} <= {:,} <= {:,}", values))
    heading = "pairs <= joint arrangement of the table <= by sizes, orders divided out <= joint bound: "
    return joined([Evidence(heading), joined(shown)], "")


def plane_rows(n: int) -> Arrangement:
    """Choose generic plane rows in no half-plane, as integers."""
    found = (family(f"random:{n},2,{seed}") for seed in range(100))
    return next(arrangement for arrangement in found if all(positive_sets(arrangement)))


_DEGENERATE = 60


def pairs_in_the_plane() -> Evidence:
    """Compare listed pairs with the closed formula in the plane, and show that three tables of rank 3 disagree."""
    shown = []
    for n in (5, 8, 10, 20, 40):
        arrangement = plane_rows(n)
        found = count_second_layer(FirstLayer.of(arrangement), 2).pairs
        require(found == plane_pairs(Plane.of(arrangement)) == n**3 + 9 * n**2 - 4 * n, "the closed formula")
        shown.append(Evidence("{}: {:,}", (n, found)))
    rng = np.random.default_rng(28)
    for _ in range(_DEGENERATE):
        arrangement = Arrangement.from_table([[1, 0], *rng.integers(-2, 3, (5, 2)).tolist()])
        listed = count_second_layer(FirstLayer.of(arrangement), 2).pairs
        require(listed == plane_pairs(Plane.of(arrangement)), "the closed formula, degenerate")
    space = [FirstLayer.of(family(f"random:6,3,{seed}")) for seed in (0, 1, 4)]
    counts = [count_second_layer(layer, 2).pairs for layer in space]
    require(all(len(layer.active) == 32 for layer in space) and counts == [4318, 4348, 4238], "rank 3")
    wide = [FirstLayer.of(family(f"random:5,2,{seed}")) for seed in (0, 1)]
    three = [count_second_layer(layer, 3).pairs for layer in wide]
    require(all(len(layer.active) == 10 for layer in wide) and three == [3674, 3684], "width 3")
    others = Evidence(
        "; {} degenerate tables agree; generic rows in no half-space: six of rank 3 at width 2 {}, five in the plane "
        "at width 3 {}",
        (_DEGENERATE, counts, three),
    )
    return joined([Evidence("n: listed pairs "), joined(shown, ", "), others], "")


def masks_of_width_two() -> Evidence:
    """Compare listed masks with the closed formulas, and with intersections of positive sets in any rank."""
    shown = []
    for n in (5, 8, 10, 20):
        arrangement = plane_rows(n)
        plane = Plane.of(arrangement)
        found = count_second_layer(FirstLayer.of(arrangement), 2).masks
        require(found == plane_masks(plane) == n**2 - n + 2, "all masks in the plane")
        opposite = {p.mask for p in iter_pairs(FirstLayer.of(arrangement), 2) if {i for _, i in p.neurons} == {1, -1}}
        listed = len(opposite)
        require(listed == plane_opposite_masks(plane) == 1 + comb(n + 1, 2), "masks of signs (+, -) in the plane")
        shown.append(Evidence("{}: {} of signs (+,-), {} in all", (n, listed, found)))
    for n, r, seed in ((6, 3, 0), (7, 3, 1), (6, 4, 0)):
        layer = FirstLayer.of(family(f"random:{n},{r},{seed}"))
        found = count_second_layer(layer, 2).masks
        require(found == len(width_two_masks(layer.arrangement)) <= len(layer.cells) ** 2, "masks from the first layer")
        pairs = (pair for pair in iter_pairs(layer, 2) if {sign for _, sign in pair.neurons} == {1, -1})
        zeros = {sum(1 << i for i, s in enumerate(pair.signs) if s < 0) for pair in pairs}
        require(zeros == opposite_zero_sets(layer.arrangement), "zero sets of signs (+, -) are intersections")
        shown.append(Evidence("rank {}, n = {}: {} <= P1^2 = {:,}", (r, n, found, len(layer.cells) ** 2)))
    return joined([Evidence("listed masks, n = "), joined(shown)], "")


CLAIMS = (
    Claim(
        "Own: joint bounds",
        "own",
        "",
        "pairs, and so masks, are at most the regions of the joint arrangement of all neurons",
        Verdict.HOLDS,
        "proof: theory.joint, theory.joint_bound; O(n^(mr-1)), which random rows attain on average if r >= 2",
        joint_bounds,
    ),
    Claim(
        "Own: pairs in the plane",
        "own",
        "",
        "n generic plane rows in no half-plane have n^3 + 9 n^2 - 4 n pairs at width 2",
        Verdict.HOLDS,
        "proof, and for all rows of rank <= 2: theory.plane_pairs; for rank 3 or width 3 n does not fix them",
        pairs_in_the_plane,
    ),
    Claim(
        "Own: masks of width two",
        "own",
        "",
        "n plane rows, none parallel: 1 + n (n + 1) / 2 masks of signs (+,-), n^2 - n + 2 in all; in any rank <= P1^2",
        Verdict.HOLDS,
        "proof: theory.width_two_formulas; O(n^(2r-2)), one degree below the joint bound",
        masks_of_width_two,
    ),
)
