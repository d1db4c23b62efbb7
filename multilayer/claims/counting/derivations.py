"""Two steps of section 2.1: from r' to m_1 r in the bound on P'_2, and from P_2 to P_3 in Remark 5.

n, r, m  rows, rank, width;  N = n - 1;  f(x) = 2 x (e N / x)^x
X'       [I_1 D_1 X ... I_m D_m X], one n x m d matrix for each tuple;  r' its rank

From r' to m r. For integers x with 1 <= x < n, f(x + 1) / f(x) = (e N / x) (1 + 1/x)^(-x) > N / x >= 1, since
(1 + 1/x)^x < e. So f increases on 1, ..., n, and r' <= m r <= n gives f(r') <= f(m r). Beyond n it does not go on:
f(3) < f(2) for n = 2. P'_2 <= f(r') is (13) for X', which needs n >= 2.

From P_2 to P_3. The outputs of a neuron of the second layer are D_2 X' w' in the cone of a pair: linear once D_2 and
all I_j D_j are fixed. A mask D_2 alone leaves many tuples, with different matrices D_2 X'. With pairs in place of masks
the step is right: for m_2 signed pairs the third pre-activation is linear in R^(m_2 m_1 r), so that P_3 <= P'_3
(2 pairs)^(m_2), of the order n^(m_2 m_1 r - 1 + m_2 (m_1 r - 1)). The order in Remark 5 follows from the joint
arrangement of a layer instead (theory.layer_joint).
"""

from collections import defaultdict

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.exact.linear_algebra import rank
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.deeper_masks import decoupled_masks
from arrangements.second_layer.pairs import iter_pairs, iter_products
from arrangements.second_layer.product_cone import Neuron
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.tables import gaussian
from theory import floor_exact, formula, general_position, growth_exponent, joint, layer_joint, symbols
from theory.paper_bounds import closed_sum

_LARGEST = 40


def stacked(layer: FirstLayer, neurons: tuple[Neuron, ...]) -> list[list[int]]:
    """Build X' = [I_1 D_1 X ... I_m D_m X] of a tuple, in integers.

    Args:
        layer: the first layer.
        neurons: the tuple.

    Example:
        >>> layer = FirstLayer.of(Arrangement.from_table([[1, 0], [0, 1]]))
        >>> stacked(layer, ((0, 1), (0, -1))), layer.cells[0].signs
        ([[1, 0, -1, 0], [0, 1, 0, -1]], (1, 1))
    """
    x = layer.arrangement.normals
    masks = [(layer.cells[region].signs, sign) for region, sign in neurons]
    return [[sign * (s[i] > 0) * a for s, sign in masks for a in row] for i, row in enumerate(x)]


def increasing() -> Evidence:
    """Compare f(x) with f(x + 1) in exact multiples of powers of e, and count cells of product cones."""
    steps = [(n, x) for n in range(2, _LARGEST + 1) for x in range(1, n)]
    require(all(closed_sum(n, x) < closed_sum(n, x + 1) for n, x in steps), "f increases to n")
    require(closed_sum(2, 3) < closed_sum(2, 2), "not beyond")
    seen = []
    for n, d, m in ((5, 2, 2), (6, 3, 2)):
        layer = FirstLayer.of(gaussian(n, d, 0, "1").arrangement)
        ranks: dict[int, int] = defaultdict(int)
        for product in iter_products(layer, m):
            low = rank(stacked(layer, product.neurons), m * d)
            require(low <= m * d, "r' is at most m r")
            require(len(product.pairs) <= floor_exact(closed_sum(n, low)), "P'_2 <= f(r')")
            ranks[low] = max(ranks[low], len(product.pairs))
        shown = ", ".join(f"{low}: {most}" for low, most in sorted(ranks.items()))
        seen.append(Evidence("({}, {}, {}) r' and most cells {}", (n, d, m, shown)))
    single = len(next(iter(iter_products(FirstLayer.of(Arrangement.from_table([[1]])), 2))).pairs)
    require(single == 2 > floor_exact(closed_sum(1, 1)) == 0, "one row")
    text = "f(x) < f(x + 1) for the {} pairs 1 <= x < n <= {}, f(3) < f(2) for n = 2; "
    heading = Evidence(text, (len(steps), _LARGEST))
    return joined([heading, joined(seen), Evidence("; n = 1: P'_2 = {}, f(1) = 0", (single,))], "")


def tuples_of_a_mask() -> Evidence:
    """Count the tuples, and the matrices D_2 X', of each second-layer mask."""
    shown = []
    for n, d, m in ((5, 2, 1), (5, 2, 2), (8, 2, 2), (6, 3, 2)):
        layer = FirstLayer.of(gaussian(n, d, 0, "1").arrangement)
        tuples, matrices = defaultdict(set), defaultdict(set)
        for pair in iter_pairs(layer, m):
            tuples[pair.mask].add(pair.neurons)
            linear = np.array(pair.mask)[:, None] * np.array(stacked(layer, pair.neurons), dtype=object)
            matrices[pair.mask].add(tuple(linear.ravel().tolist()))
        most, fewest = max(map(len, tuples.values())), min(map(len, tuples.values()))
        maps = max(map(len, matrices.values()))
        require(1 <= fewest <= most and 1 < maps <= most, "a mask does not fix the linear map")
        counts = (n, d, m, len(tuples), fewest, most, maps)
        shown.append(Evidence("({}, {}, {}): {} masks, {} to {} tuples each, up to {} maps", counts))
    third = decoupled_masks(gaussian(5, 2, 0, "1").arrangement, (2, 2))
    pairs = sum(1 for _ in iter_pairs(FirstLayer.of(gaussian(5, 2, 0, "1").arrangement), 2))
    require(len(third) <= general_position(5, 8) * (2 * pairs) ** 2, "P_3 is bounded by pairs")
    require(len(third) <= layer_joint(5, 2, (2, 2)) and pairs <= joint(5, 2, 2), "P_3 is bounded by the joint bound")
    n = symbols()[0]
    order = growth_exponent(formula("cover", 8) * (2 * formula("joint", 2, 2)) ** 2, n)
    require(order == 7 + 2 * 3 > 8, "the product has more than the order n^(m_2 m_1 r)")
    orders = Evidence("; r = m_1 = m_2 = 2: P'_3 (2 pairs)^(m_2) has the exponent {}, printed is {}", (int(order), 8))
    return joined([joined(shown), orders], "")


CLAIMS = (
    Claim(
        "Section 2.1, P'_2 from r' to m_1 r",
        "2.1",
        "P'_2 <= 2 r' (e (n-1) / r')^(r') <= 2 m_1 r (e (n-1) / (m_1 r))^(m_1 r), r' := rank(X') <= m_1 r, m_1 r <= n",
        "the closed bound on the cells of one product cone increases with the rank, up to m r",
        Verdict.CONDITION,
        "the first step needs n >= 2, as (13) does, and r' >= 1: where no neuron is active X' = 0 has one cell and "
        "f(0) is "
        "0, though 1 <= f(m r); the second holds for m r <= n (proof: "
        "multilayer/claims/counting/derivations.py)",
        increasing,
    ),
    Claim(
        "Section 2.1, P_3 from P_2",
        "2.1, Remark 5",
        "P_3 <= P'_3 (2 P_2)^(m_2) <= O(n^(m_2 m_1 r))",
        "choosing m_2 signed masks of the second layer makes the third pre-activation linear",
        Verdict.CONDITION,
        "with pairs for P_2: a mask D_2 leaves its tuple open (proof: multilayer/claims/counting/derivations.py). "
        "No table is "
        "known where P_3 is above the printed product. The order does not follow from it, but is true, see Remark 5",
        tuples_of_a_mask,
    ),
)
