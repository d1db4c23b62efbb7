"""Faults under the claims on regularisers, on deeper networks, and on (2), (5) and (9)."""

from dataclasses import replace
from fractions import Fraction

from support.faults.first_claims import always, nothing_but_zeros, plus, with_fields

from arrangements.complexes.layered_network import Layer
from convex.networks.network import SubNetwork

REGULARISERS, RESCALING = (f"multilayer.claims.training.{name}" for name in ("regularisers", "rescaling"))
DEEPER = "multilayer.claims.counting.deeper"


def rescaled(factor):
    """Every problem with its beta multiplied."""

    def plant(original):
        return lambda problem, *width: original(replace(problem, beta=problem.beta * factor), *width)

    return plant


def larger_outputs(_):
    return lambda first, second, output: SubNetwork(first, second, 2 * output)


def with_bias(_):
    return lambda weights, biases: Layer(weights, tuple(b + 1 for b in biases))


def with_doubled_second(original):
    """The second layer is doubled, so that its norm is 2."""

    def wrong(*arguments):
        first, second, third = original(*arguments)
        return first, tuple(tuple(2 * value for value in w) for w in second), third

    return wrong


def without_last(original):
    return lambda r, widths: original(r, widths[:-1] or widths)


def nothing_drawn(_):
    zero = Fraction(0)
    return lambda rng, neurons, inputs: ((zero,) * inputs,) * neurons


def doubled_rows(original):
    """Twice the rows where four times are asked for."""
    return lambda factor, weights: original(2 if isinstance(factor, int) else factor, weights)


def one_more(original):
    """One is added to the output weight."""
    return lambda *weights: original(*weights[:-1], ((weights[-1][0][0] + 1,),))


FAULTS = [  # claim, what is replaced, by what, and what the claim says of it
    ("Remark 1, as", f"{DEEPER}.Layer", with_bias, "answers as the formula"),
    ("Remark 1, as", f"{DEEPER}.square_norm", lambda right: lambda w: right(w) / len(w), "norm sqrt(d)"),
    ("Remark 1, as", f"{DEEPER}.dot", always(Fraction(0)), "answers as the formula"),
    ("Remark 1, as", f"{DEEPER}.random_layer", nothing_drawn, "tell both sides apart"),
    ("1, exponent", f"{DEEPER}.layer_exponent", lambda right: lambda *a: 5 * right(*a), "are fewer"),
    ("1, exponent", f"{DEEPER}.layer_dimension", plus(1), "exponents of Remark 5"),
    ("1, exponent", f"{DEEPER}.printed_exponent", without_last, "exponents of Remark 5"),
    ("1, exponent", "theory.growth_exponent", plus(1), "exponents of Remark 5"),
    ("exact for", f"{DEEPER}.unit_layers", with_doubled_second, "have norm 1"),
    ("exact for", f"{DEEPER}.Layer", with_bias, "has these leaves"),
    ("exact for", f"{DEEPER}.prod", lambda right: lambda values: right(values) // 10**6, "no sub-network is cheaper"),
    ("exact for", f"{DEEPER}.solved", lambda right: lambda p, m: right(p, 1), "is below P*"),
    ("radius", f"{REGULARISERS}._times", lambda right: lambda f, w: right(f + 1, w), "both networks answer alike"),
    ("radius", f"{REGULARISERS}._decay", plus(1), "c times as large"),
    ("radius", f"{REGULARISERS}._times", doubled_rows, "at beta / c"),
    ("radius", f"{REGULARISERS}.random_layer", nothing_drawn, "has changed"),
    ("radius", f"{REGULARISERS}.solved", with_fields(lower=Fraction(1, 100)), "is another"),
    ("radius", f"{REGULARISERS}.random_part", nothing_but_zeros, "has changed"),
    ("decay of all", f"{REGULARISERS}.SubNetwork", larger_outputs, "the outputs"),
    ("decay of all", f"{REGULARISERS}.solved", rescaled(2), "soft threshold"),
    ("decay of all", f"{REGULARISERS}.cubes", lambda right: lambda t, s: right(t, -s), "the outputs"),
    ("decay of all", f"{REGULARISERS}.OPPOSITE", lambda right: right.with_beta("0.2"), "derivative vanishes"),
    ("factor", f"{REGULARISERS}.solved", rescaled(2), "twice the bounds"),
    ("factor", f"{REGULARISERS}.solved", with_fields(upper=1.000001), "twice the bounds"),
    ("factor", f"{REGULARISERS}.solved", with_fields(lower=0.5), "twice the bounds"),
    ("Footnote 1", f"{REGULARISERS}.solve_outputs", lambda right: lambda p, m: right(p[:1], m), "scalar program"),
    ("Footnote 1", f"{REGULARISERS}.root_below", plus(Fraction(1, 10**6)), "feasible for the l2 norm"),
    ("Footnote 1", f"{REGULARISERS}.root_below", plus(Fraction(-1, 10**6)), "the bounds meet"),
    ("(2), l1", f"{RESCALING}.without_biases", one_more, "answers alike"),
    ("(2), l1", f"{RESCALING}.square_norm", lambda right: lambda w: right(w) / 2, "below the product"),
    ("(2), l1", f"{RESCALING}.random_layer", nothing_drawn, "has changed"),
    ("(5), l1", f"{RESCALING}.root_above", lambda right: lambda square: right(square) / 2, "in Theta_p"),
    ("(5), l1", f"{RESCALING}.root_above", lambda right: lambda square: right(square) * 2, "costs what (4) does"),
    ("(5), l1", f"{RESCALING}.root_below", lambda right: lambda square: right(square) * 2, "not above (5)"),
    ("(5), l1", f"{RESCALING}.random_part", lambda _: lambda rng, d, m: nothing_but_zeros(_)(rng, d), "has changed"),
    ("Conjugate", f"{RESCALING}.dual_value", plus(1), "is (6) at v on four rows"),
    ("Conjugate", f"{RESCALING}._squared_at", lambda right: lambda *a: right(*a) + a[0][0] ** 2, "is (6) at v"),
    ("Conjugate", f"{RESCALING}.solved", with_fields(lower=0.9), "is (6) at v on four rows"),
    ("(9)", f"{RESCALING}.dual_value", plus(1), "w_3 >= 0"),
    ("(9)", f"{RESCALING}.solved", with_fields(lower=0.9, upper=0.9), "optimum under both"),
    ("(9)", f"{RESCALING}.solved", rescaled(Fraction(1, 2)), "optimum under both"),
]
