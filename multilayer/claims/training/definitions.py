"""Section 2's definitions: the dimensions of Theorem 1, the sets S_j with their masks D(S_j), and the two-layer case.

X~_s    [D_2l D_1ij X], all i in [P1], j in [m], l in [P2]: n x d m P1 P2
s       signs of the second layer's pre-activation u, 0 at structural zeros and zero rows
D(S)    1[i in S] with S = {i : s_i > 0}, as section 2 has it;  1[u >= 0], as Remark 3 has it

Masks of both kinds differ only where s_i = 0, and there u_i = sum_j I_j D_ji x_i.w_j has no term, or x_i = 0: so
D sum_j I_j D_j X is one matrix for both, and s_i u_i >= 0 says nothing for either sign. The same holds of D_1 at zero
rows. There are equally many of both kinds: 1[u >= 0] = 1 - 1[-u > 0], and -u has all I_j flipped. Masks of a face,
where x_i.w = 0 on a non-zero row, add cones {(2 D - I) X w >= 0} on which D X w = (X w)_+ all the same: their points
are networks, so they change no value either.

Width 1: u = I D X w, so the second layer is X w's mask itself or nowhere positive: (12) is the two-layer program.
"""

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from arrangements.first_layer.covectors import list_covectors
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.pairs import list_pairs
from arrangements.second_layer.product_cone import Pair
from convex.blocks.block import Block
from convex.listed.block_pricing import best_multipliers
from convex.listed.cvxpy_program import solve_program
from convex.listed.interpretations import value_over
from convex.problem.training_problem import Problem
from convex.proofs.weak_duality import lower_bound
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.tables import TABLES, WIDTH, digits, gaussian, meet, solved

Mask = tuple[int, ...]


def masks_of(problem: Problem, width: int) -> tuple[list[Mask], list[Mask]]:
    """List the masks of the first and of the second layer, each once.

    Args:
        problem: the rows.
        width: neurons in one sub-network.

    Example:
        >>> masks_of(Problem.read([[1], [-1]], [1, 1], "0.5"), 1)
        ([(1, 0), (0, 1)], [(0, 1), (1, 0), (1, 1)])
    """
    layer = FirstLayer.of(problem.arrangement)
    second = sorted({pair.mask for pair in list_pairs(layer, width)})
    return [layer.mask(k) for k in range(len(layer.cells))], second


def high_dimensional(problem: Problem, first: list[Mask], second: list[Mask], width: int) -> np.ndarray:
    """Build X~_s in fractions, column group after column group: l slowest, then j, then i.

    Args:
        problem: the rows.
        first: masks D_1.
        second: masks D_2.
        width: neurons in one sub-network.

    Example:
        >>> problem = Problem.read([[1], [-1]], [1, 1], "0.5")
        >>> high_dimensional(problem, [(1, 0), (0, 1)], [(1, 1)], 1).astype(int).tolist()
        [[1, 0], [0, -1]]
    """
    x = np.array(problem.x, dtype=object)
    groups = [np.multiply(d2, d1)[:, None] * x for d2 in second for _ in range(width) for d1 in first]
    return np.concatenate(groups, axis=1)


def dimensions() -> Evidence:
    """Build X~_s of small tables, and feed an optimal network of width 1 to both readings of X~, exactly."""
    shown, parts = [], 0
    for name, problem in TABLES.items():
        n, d = len(problem.x), len(problem.x[0])
        for width in (1, WIDTH):
            first, second = masks_of(problem, width)
            one = high_dimensional(problem, first, second, width)
            columns = d * width * len(first) * len(second)
            require(one.shape == (n, columns), f"X~_s of {name} has n rows and d m P1 P2 columns")
            zero = np.zeros_like(one)
            diagonal = np.block([[one, zero], [zero, one]])
            require(diagonal.shape == (2 * n, 2 * columns), f"the block diagonal matrix of {name} has 2 n rows")
            require(np.hstack([one, one]).shape == (n, 2 * columns), f"[X~_s X~_s] of {name} has n rows")
        first, second = masks_of(problem, 1)
        network = solved(problem, 1).network
        point = [Fraction(0)] * (2 * d * len(first) * len(second))  # w' - w, first all w+, then all w-
        for part in network.subnetworks:
            group = _group(problem, first, second, part.first[0])
            for k, value in enumerate(part.first[0]):
                point[group * d + k] += part.output * max(part.second[0], Fraction(0)) * value
        one = high_dimensional(problem, first, second, 1)
        side_by_side = np.hstack([one, one]).dot(np.array(point, dtype=object))
        require(tuple(side_by_side) == network.predict(problem.x), "[X~_s X~_s] (w' - w) is the network's output")
        parts += len(network.subnetworks)
        shown.append(Evidence("{} {} x {:,}", (name, n, 2 * d * len(first) * len(second))))
    heading = "[X~_s X~_s] at width 1, the printed X~ has twice the rows: "
    outputs = Evidence("; {} sub-networks of the optima, entered as w' - w, give their outputs exactly", (parts,))
    return joined([Evidence(heading), joined(shown, ", "), outputs], "")


def _group(problem: Problem, first: list[Mask], second: list[Mask], w: tuple[Fraction, ...]) -> int:
    """Find the number of a column group (l, i) in whose closed cone w lies."""
    z = [sum((a * b for a, b in zip(row, w, strict=True)), Fraction(0)) for row in problem.x]
    i = next(k for k, mask in enumerate(first) if all((2 * bit - 1) * a >= 0 for bit, a in zip(mask, z, strict=True)))
    return second.index(first[i]) * len(first) + i


def positive_signs() -> Evidence:
    """Count masks by both conventions, compare both programs entry by entry, and the program over all w's sign sets."""
    shown, widest = [], []
    cases = {**TABLES, "5 Gaussian rows": gaussian(5, 2, 0, "1")}
    for name, problem in cases.items():
        layer = FirstLayer.of(problem.arrangement)
        x = np.array(problem.x, dtype=object)
        positive, not_negative = set(), set()
        for pair in list_pairs(layer, WIDTH):
            strict = tuple(int(s > 0) for s in pair.signs)
            positive.add(strict)
            not_negative.add(pair.mask)
            require(_maps(layer, x, pair, strict) == _maps(layer, x, pair, pair.mask), f"one program on {name}")
        flipped = {tuple(1 - bit for bit in mask) for mask in not_negative}
        require(flipped == positive, f"one kind is the complements of the other on {name}")
        shown.append(Evidence("{} {}, {} in common", (name, len(positive), len(positive & not_negative))))
    for name in ("opposite and parallel rows", "zero and repeated rows"):
        problem = TABLES[name]
        faces = list_covectors(problem.arrangement)
        literal = {tuple(int(s > 0) for s in face.signs) for face in faces}
        literal |= {tuple(int(s >= 0) for s in face.signs) for face in faces}
        blocks = [block for mask in sorted(literal) for block in _one_layer(problem, mask, ())]
        best, v = solved(problem, 1), solve_program(problem, blocks).dual
        multipliers, _ = best_multipliers(problem, blocks, v, [np.zeros(len(block.constraints)) for block in blocks])
        lower = lower_bound(problem, blocks, v, multipliers).value
        require(lower <= best.upper, "the program over all sets has a network's value or less")
        require(best.upper - lower < best.upper / 10**6, "its value is P*(1)")
        regions = len(FirstLayer.of(problem.arrangement).cells)
        values = (name, len(literal), regions, digits(best.upper))
        widest.append(Evidence("{}: {} sets of signs over all w in place of {} regions leave P* = {:.6g}", values))
    heading = Evidence("P2 at width 2, one number for 1[u > 0] and 1[u >= 0]: ")
    return joined([heading, joined(shown, ", "), Evidence("; width 1, "), joined(widest)], "")


def _maps(layer: FirstLayer, x: np.ndarray, pair: Pair, mask: Iterable[int]) -> tuple[list[list[Fraction]], ...]:
    """Give D [I_j D_j X] and (2 D - I) [I_j D_j X] of a pair, rows of fractions."""
    linear = [np.array([sign * bit for bit in layer.mask(region)]) for region, sign in pair.neurons]
    whole = np.concatenate([e[:, None] * x for e in linear], axis=1)
    d = np.array(list(mask))[:, None]
    signed = [row for row, s in zip(((2 * d - 1) * whole).tolist(), pair.signs, strict=True) if s]
    vacuous = [row for row, s in zip(whole.tolist(), pair.signs, strict=True) if not s]
    require(not any(map(any, vacuous)), "where s is 0 the pre-activation has no term")
    return (d * whole).tolist(), signed


def _one_layer(problem: Problem, mask: Mask, witness: tuple[int, ...]) -> list[Block]:
    """Make both blocks of one mask of a single layer: every row but the zero rows is a wall."""
    kept = [i for i, row in enumerate(problem.x) if any(row)]
    walls = np.zeros((len(kept), 1, len(mask)), np.int8)
    walls[np.arange(len(kept)), 0, kept] = 2 * np.array(mask)[kept] - 1
    pair = Pair(((0, 1),), tuple(2 * bit - 1 for bit in mask), (witness,))
    return [Block(pair, o, np.array([mask], np.int8) * np.int8(o), walls, len(kept)) for o in (1, -1)]


def two_layers() -> Evidence:
    """Solve the two-layer program over D_i X alone, and compare with width 1 between proven bounds."""
    shown = []
    for name, problem in {**TABLES, "5 Gaussian rows": gaussian(5, 2, 0, "0.02")}.items():
        cells = FirstLayer.of(problem.arrangement).cells
        masks = [(tuple(int(s > 0) for s in cell.signs), cell.witness) for cell in cells]
        blocks = [block for mask, witness in masks for block in _one_layer(problem, mask, witness)]
        two, one = value_over(problem, blocks), solved(problem, 1)
        require(two.status == one.status == "optimal", f"both are certified on {name}")
        require(meet(two, one), f"both intervals meet on {name}")
        shown.append(Evidence("{} {:.6g}", (name, digits(one.upper))))
    deep, flat = solved(TABLES["four rows"]), solved(TABLES["four rows"], 1)
    require(deep.upper < flat.lower, "width 2 is below the two-layer optimum on four rows")
    heading = "the two-layer optimum and P*(1) in one proven interval: "
    below = Evidence("; four rows at width 2: {:.6g}", (digits(deep.upper),))
    return joined([Evidence(heading), joined(shown, ", "), below], "")


CLAIMS = (
    Claim(
        "Theorem 1, dimensions of X~",
        "2, Theorem 1",
        "X~ in R^(n x 2 d m_1 P_1 P_2), X~ := [X~_s 0; 0 X~_s], X~_s := [D_21 D_111 X ... D_2l D_1ij X ... D_2P2 "
        "D_1P1m1 X]",
        "X~ is block diagonal, with n rows and 2 d m P1 P2 columns",
        Verdict.FAILS,
        "the columns are right, but it has 2 n rows against n targets; correct: X~ = [X~_s X~_s], one group of columns "
        "for w+ and one for w-, where the sign of w- is in its constraint",
        dimensions,
    ),
    Claim(
        "Section 2, S_j and D(S_j)",
        "2",
        "S_j := {{union_{h_i = 1} {i}} : h in H_j}, for all j in [2], D(S_j)_ii := 1[i in S_j]",
        "masks are the sets of positive signs, where Remark 3 takes 1[. >= 0]: other masks, but the same program (12)",
        Verdict.HOLDS,
        "P1, P2 and (12) are the same for both, though masks differ at rows without an active neuron and at zero rows; "
        "sets from faces, which the definition admits, change no value (proof: "
        "multilayer/claims/training/definitions.py)",
        positive_signs,
    ),
    Claim(
        "Section 2, two-layer program",
        "2",
        "two layers: X~_s = [D_1 X ... D_P X]; three layers: X~_s = [D_21 D_111 X ... D_2P2 D_1P1m1 X]",
        "the three-layer program takes the two-layer one of Pilanci and Ergen (2020) further, which is width 1",
        Verdict.HOLDS,
        "at width 1 the second mask is the first one, or nothing passes (proof: "
        "multilayer/claims/training/definitions.py)",
        two_layers,
    ),
)
