"""Four and more layers: Remark 1 as it is printed, and what Corollary 1 would need for L >= 4.

W_l, w_l   weights of layer l of one sub-network;  m_l  its width;  M = m_1 ... m_{L-2}
p, u, c    norms of first-layer neurons, entries of W_2 and of w_3, of a sub-network of four layers
N_a        sum of the norms of the leaves below neuron a of the second layer

Remark 1. For X >= 0 two identity layers pass X on, ((X I_d)_+ I_d)_+ = X, so that the second sub-network answers (X
w_3)_+ w_4. But ||I_d||_F = sqrt(d), which (2) allows for d = 1 only; and the weights w_3, w_4 of both sub-networks
are tied, which is no constraint of (2), and for which (12) has no form. The factors can be moved: I_d / sqrt(d) twice
and d w_3 answer alike and are in Theta, at the price of a penalty of d ||w_3|| |w_4| in balanced form, and the tie is
then w_32 = d w_31.

Exponent. Layer 1 has O(n^r) masks and layer l O(n^(r m_1 ... m_{l-1})) (Remark 5). If each block is a choice of one
mask for each of the L - 1 layers, as (12) is printed, blocks number n to the sum of these exponents, r (1 +
sum_{l=1}^{L-2} m_1 ... m_l). A block has d M weights, and the cube of their number is what is printed. The joint
cells of a neuron of layer L - 1 with everything below it are fewer, O(n^(r M - 1)), and contain the masks of all
lower layers (`theory.layer_joint`).

Gauge. Let L = 4, and let ||W_1||_F, ||W_2||_F, ||w_3|| <= 1 (Theta_p). Fix all masks and signs. What a neuron a of
the second layer and a neuron j of the first layer contribute to the pre-activation of the third is linear in their
leaf v_ja = c_a u_ja w_j, and ||v_ja|| = c_a u_ja p_ja. Let no neuron of the first layer serve two of the second, and
N_a = sum_j ||v_ja||. Then leaves are those of a unit sub-network iff sum_a N_a^(2/3) <= 1. Only if: with U_a^2 =
sum_j u_ja^2 and P_a^2 = sum_j p_ja^2, Cauchy and Schwarz give N_a <= c_a U_a P_a, and Hoelder with three exponents 3

    sum_a N_a^(2/3) <= (sum_a c_a^2)^(1/3) (sum_a U_a^2)^(1/3) (sum_a P_a^2)^(1/3) <= 1.

If: take c_a = U_a = P_a = N_a^(1/3), and u_ja^2 = p_ja^2 = ||v_ja|| / c_a, whose sum over j is N_a / c_a = U_a^2. So
the least |w_4| that leaves v need, their gauge, is (sum_a N_a^(2/3))^(3/2). For one neuron a it is sum_j ||v_ja||,
the group norm of (12). For two it is not convex: N = (1, 0) and N = (0, 1) have gauge 1, their sum has 2^(3/2) > 2.
Where a neuron of the first layer serves two of the second, the gauge can be smaller, but their leaves are then
parallel, v_j1 and v_j2 multiples of w_j, which is not a convex condition either; two leaves of different directions
below different neurons leave no choice. In every case the sum of all norms is at most sum_a c_a U_a P <= 1, P =
||W_1||_F, so that the program with the group norm is a relaxation, whose value is a lower bound. More layers change
nothing: chains of single neurons with weight 1 on top have norm 1.

Value. Let the widths be m_1 = 1, m_2 = 2. With h = (X w_1)_+ >= 0 neuron a of the second layer answers (u_a)_+ h, so
that a sub-network of (2) is w_4 g h with g <= sum_a |c_a u_a| <= 1: P* is that of two layers, P*(1) of (4). With one
first-layer neuron for each a, as the product (2 P_2)^(m_2) in Remark 5 counts them, and the group norm, the program
is (12) for width 2, since ((X v_a)_+)_+ = (X v_a)_+. On four rows its value is lower.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import prod

import numpy as np

from arrangements.complexes.layered_network import Layer, LayeredNetwork
from arrangements.exact.numbers import Matrix, Vector
from convex.networks.residual_network import dot
from multilayer.claims.claim import Claim, Evidence, Verdict, joined, require
from multilayer.claims.tables import digits, solved
from multilayer.claims.training.program import DIFFERENT_MASKS, integers
from theory import layer_dimension, layer_exponent


def without_biases(*weights: Matrix) -> LayeredNetwork:
    """Make the network of these weights, one row a neuron.

    Example:
        >>> one = Fraction(1)
        >>> without_biases(((one,),), ((-one,),)).predict([(3 * one,)])
        ((Fraction(-3, 1),),)
    """
    return LayeredNetwork(tuple(Layer(w, (Fraction(0),) * len(w)) for w in weights))


def random_layer(rng: np.random.Generator, neurons: int, inputs: int) -> Matrix:
    """Draw rational weights with a Frobenius norm of at most 1."""
    whole = rng.integers(-9, 10, (neurons, inputs))
    size = int(np.abs(whole).sum()) or 1
    return tuple(tuple(Fraction(int(value), size) for value in w) for w in whole)


def identity(d: int, factor: Fraction) -> Matrix:
    """Make a multiple of the identity matrix."""
    return tuple(tuple(factor * (i == j) for j in range(d)) for i in range(d))


def square_norm(weights: Matrix) -> Fraction:
    """Compute the square of the Frobenius norm."""
    return sum((value * value for w in weights for value in w), Fraction(0))


def _relu(weights: Matrix, x: Vector) -> Vector:
    return tuple(max(dot(w, x), Fraction(0)) for w in weights)


_NETWORKS = 30
_ROWS = 20


def residual_as_printed() -> Evidence:
    """Compare both sides of the formula of Remark 1 exactly, on rows with and without negative entries."""
    rng = np.random.default_rng(31)
    one, answers, different, inside = Fraction(1), 0, 0, 0
    for trial in range(_NETWORKS):
        d, m = (1, 2, 4)[trial % 3], 1 + trial % 4
        w1, w2, w3 = random_layer(rng, m, d), random_layer(rng, d, m), random_layer(rng, 1, d)
        w4 = ((Fraction(int(rng.integers(1, 9)), 4),),)
        unit = identity(d, one)
        inside += square_norm(unit) <= 1
        require((square_norm(unit) <= 1) == (d == 1), "the identity has Frobenius norm sqrt(d)")
        first, second = without_biases(w1, w2, w3, w4), without_biases(unit, unit, w3, w4)
        for row in rng.integers(-9, 10, (_ROWS, d)).tolist():
            both = []
            for x in (tuple(Fraction(abs(v)) for v in row), tuple(map(Fraction, row))):
                parallel = first.predict([x])[0][0] + second.predict([x])[0][0]
                printed = w4[0][0] * (_relu(w3, _relu(w2, _relu(w1, x)))[0] + _relu(w3, x)[0])
                both.append((parallel, printed))
            (parallel, printed), (free, skipped) = both
            require(parallel == printed, "the parallel network answers as the formula where X >= 0")
            answers, different = answers + (printed != 0), different + (free != skipped)
        if d != 2:  # sqrt(d) is rational
            half, moved = identity(d, Fraction(1, 1 if d == 1 else 2)), (tuple(d * v for v in w3[0]),)
            x = tuple(Fraction(int(v)) for v in rng.integers(0, 10, d))
            require(square_norm(half) == 1, "the scaled identity is in Theta")
            require(
                without_biases(half, half, moved, w4).predict([x]) == second.predict([x]),
                "the scaled sub-network answers alike",
            )
    require(different > 0, "rows with negative entries tell both sides apart")
    minus = without_biases(*[identity(1, one)] * 2, ((-one,),), ((one,),)).predict([(-one,)])[0][0]
    return Evidence(
        "{} networks, d = 1, 2, 4: equal on {} rows X >= 0, {} of the answers not 0; different on {} of {} rows of the "
        "same sizes with signs; {} networks in Theta, those with d = 1; x = -1, w_3 = -1, w_4 = 1: {} and 1",
        (_NETWORKS, _NETWORKS * _ROWS, answers, different, _NETWORKS * _ROWS, inside, str(minus)),
    )


def printed_exponent(r: int, widths: Sequence[int]) -> int:
    """Evaluate the exponent of n that Corollary 1 prints.

    Args:
        r: rank of the data.
        widths: m_1, ..., m_{L-2}.

    Example:
        >>> printed_exponent(2, (3,)), printed_exponent(2, (2, 2))  # 3 (m + 1) r for three layers
        (24, 42)
    """
    return 3 * r * (1 + sum(prod(widths[:l]) for l in range(1, len(widths) + 1)))  # noqa: E741


def exponent() -> Evidence:
    """Compute the printed exponents, those of Remark 5 for all layers, and that of the joint cells."""
    from theory import formula, growth_exponent, symbols

    n = symbols()[0]
    shown = []
    for r, widths in ((2, (2,)), (3, (3,)), (2, (2, 2)), (3, (1, 2)), (2, (1, 2, 2)), (1, (2, 3, 2))):
        printed = printed_exponent(r, widths)
        first = growth_exponent(formula("eq13_closed", r, widths[0]), n)
        layers = first + sum(layer_dimension(r, widths[:l]) for l in range(1, len(widths) + 1))  # noqa: E741
        require(printed == 3 * layers, "it is three times the sum of the exponents of Remark 5")
        if len(widths) == 1:
            require(printed == 3 * (1 + widths[0]) * first, "it is that of section 2.2 for L = 3")
        blocks = layer_exponent(r, widths)
        step, steps = max(blocks + 2, 3), Fraction(blocks + 1, 2)
        require(3 * blocks < printed and step + steps < printed, "the joint cells of the top layer are fewer")
        values = (len(widths) + 2, r, str(widths), 3 * blocks, printed)
        shown.append(Evidence("L = {}, r = {}, widths {}: n^{} below n^{}", values))
    return joined([Evidence("cube of the joint cells below the printed order, "), joined(shown)], "")


def unit_layers(roots: Sequence[int], size: int) -> tuple[Matrix, Matrix, Matrix]:
    """Make W_1, W_2, w_3 with c_a = U_a = P_a = q_a / s, neuron a of each layer standing on neuron a below.

    Args:
        roots: q_a.
        size: s, with s^2 = sum_a q_a^2.

    Example:
        >>> unit_layers((3, 4), 5)[2]
        ((Fraction(3, 5), Fraction(-4, 5)),)
    """
    weights = [Fraction(q, size) for q in roots]
    diagonal = tuple(tuple(w * (i == j) for j in range(len(roots))) for i, w in enumerate(weights))
    return diagonal, diagonal, (tuple(w * (-1) ** a for a, w in enumerate(weights)),)


_UNIT = 200


def four_layers() -> Evidence:
    """Attain the gauge by networks with rational weights, test that nothing is cheaper, and compare squares exactly."""
    shown = []
    for roots, size in (((3, 4), 5), ((5, 12), 13), ((2, 3, 6), 7), ((1, 2, 2, 4), 5)):
        layers, leaves = unit_layers(roots, size), [q**3 for q in roots]
        gauge, group = size**3, sum(leaves)
        require(all(square_norm(w) == 1 for w in layers), "the layers have norm 1")
        network = without_biases(*layers, ((Fraction(gauge),),))
        for x in (tuple(Fraction((i * i + k) % 5) for i in range(len(roots))) for k in range(5)):
            total = sum(leaf * (-1) ** a * v for a, (leaf, v) in enumerate(zip(leaves, x, strict=True)))
            require(network.predict([x]) == ((max(total, 0),),), "the network has these leaves")
        require(sum(q * q for q in roots) ** 3 == gauge**2 > group**2, "the gauge is above the group norm")
        shown.append(Evidence("N = {}: gauge {:,}, sum {:,}", (leaves, gauge, group)))
    rng = np.random.default_rng(32)
    for _ in range(_UNIT):
        a, b, c = rng.integers(0, 9, (3, int(rng.integers(2, 5)))).tolist()
        twothirds = sum((x * y * z) ** 2 for x, y, z in zip(a, b, c, strict=True))
        squares = [sum(x**6 for x in v) for v in (a, b, c)]  # c_a, U_a, P_a are cubes, so that N_a^(2/3) is an integer
        require(twothirds**3 <= prod(squares), "Hoelder: no sub-network is cheaper than the gauge of its leaves")
    two, apart = sum(q * q for q in (1, 1)) ** 3, (1 + 1) ** 2
    require(two > apart, "the gauge of N = (1, 1) is above the gauges of (1, 0) and (0, 1) together")
    shared, copies = solved(DIFFERENT_MASKS, 1), solved(DIFFERENT_MASKS, 2)
    require(copies.upper < shared.lower, "the program with the group norm and copies is below P* of widths (1, 2)")
    gauges = Evidence("; none of {} others below it; squares for N = (1, 1): {} > {}", (_UNIT, two, apart))
    values = Evidence(
        "; X = {}, y = (-1, 0, 0, 1), beta = 0.05, L = 4, widths (1, 2): P* {:.6g}, with copies and group norm {:.6g}",
        (integers(DIFFERENT_MASKS), digits(shared.upper), digits(copies.upper)),
    )
    return joined([Evidence("attained by networks with rational weights: "), joined(shown), gauges, values], "")


_COROLLARY = "O(d^3 (prod_{j=1}^{L-2} m_j^3) n^(3 r (1 + sum_{l=1}^{L-2} prod_{j=1}^{l} m_j)))"

CLAIMS = (
    Claim(
        "Remark 1, as printed",
        "1.4, Remark 1",
        "W_11 = W_1, W_21 = W_2, W_12 = W_22 = I_d, w_31 = w_32 = w_3, w_41 = w_42 = w_4, X in R_+^(n x d): "
        "sum_{k=1}^2 (((X W_1k)_+ W_2k)_+ w_3k)_+ w_4k = (((X W_1)_+ W_2)_+ w_3)_+ w_4 + (X w_3)_+ w_4",
        "the shallow ResNet is the four-layer architecture with two sub-networks, one of them with identity layers",
        Verdict.CONDITION,
        "as functions, for X >= 0 and m_2 = d; but ||I_d||_F = sqrt(d) is in Theta of (2) for d = 1 only, and tying is "
        "a further constraint, so that training it is not (2): multilayer/claims/counting/deeper.py",
        residual_as_printed,
    ),
    Claim(
        "Corollary 1, exponent",
        "2.2, Corollary 1",
        _COROLLARY,
        "the order is the cube of d m_1 ... m_{L-2} variables for each choice of one mask in each of L - 1 layers",
        Verdict.CONDITION,
        "that of section 2.2 for L = 3, and generous as the order of a convex program over the joint cells of layer "
        "L - 1, which are O(n^(r M - 1)) for M = m_1 ... m_{L-2}; for L >= 4 there has to be such a program",
        exponent,
    ),
    Claim(
        "Corollary 1, exact for L >= 4",
        "2.2, Corollary 1",
        _COROLLARY,
        "with masks and signs fixed, (9)-(12) lead to a convex program with a group l1 norm for any depth",
        Verdict.FAILS,
        "for L = 4 one sub-network with leaves of different directions costs beta (sum_a N_a^(2/3))^(3/2), N_a the sum "
        "of their norms below neuron a of layer 2: not convex. The group norm sum_a N_a gives a lower bound; with "
        "copies "
        "in place of a shared neuron it is strictly lower (widths (1, 2)). Where neurons are not shared several "
        "sub-networks may make up for it, if all w_3 have one sign they do; else this is not known. Another way to "
        "this order is not excluded (section 4: convex forms of more layers are open). Proof: "
        "multilayer/claims/counting/deeper.py",
        four_layers,
    ),
)
