"""Faults under the claims on duality, program (12), the counts, deeper networks and widths."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from convex.heuristics.multistart import TrainedNetwork
from convex.networks.network import Network, SubNetwork
from multilayer.claims.tables import solved


def plus(amount) -> Callable:
    return lambda original: lambda *arguments: original(*arguments) + amount


def always(value) -> Callable:
    return lambda original: lambda *arguments, **named: value


def read_as(reading) -> Callable:
    return lambda original: lambda problem, width, _="": original(problem, width, reading)


def with_fields(**factors) -> Callable:
    """The result with some fields multiplied."""

    def plant(original):
        def wrong(*arguments, **named):
            found = original(*arguments, **named)
            return replace(found, **{name: getattr(found, name) * factor for name, factor in factors.items()})

        return wrong

    return plant


def scaled_dual(factor) -> Callable:
    def plant(original):
        def wrong(*arguments):
            bound = original(*arguments)
            return replace(bound, v=tuple(factor * a for a in bound.v))

        return wrong

    return plant


def cheaper_without_limit(original):
    """P*(inf) of half the penalty."""
    return lambda problem, m: original(problem if m else replace(problem, beta=problem.beta / 2), m)


def nothing_but_zeros(_):
    zero = Fraction(0)
    return lambda rng, columns: SubNetwork(((zero,) * columns,), (zero,), zero)


def many_parts(original):
    def wrong(*arguments):
        found = original(*arguments)
        return replace(found, network=Network(found.network.subnetworks * 5))

    return wrong


def descends_to(factor) -> Callable:
    def plant(original):
        def wrong(problem, width, **_):
            value = solved(problem).lower * factor
            return TrainedNetwork(Network(()), value, (value,) * 6)

        return wrong

    return plant


def one_mask_less(original):
    return lambda *arguments: set(sorted(original(*arguments))[1:])


def one_mask_more(original):
    return lambda arrangement, *rest: {*original(arrangement, *rest), (0,) * len(arrangement.normals)}


DUALITY, PROGRAM, WIDTHS = (f"multilayer.claims.training.{name}" for name in ("duality", "program", "widths"))
COUNTING, ARCHITECTURES, OWN = (
    f"multilayer.claims.counting.{name}" for name in ("bounds", "architectures", "exact_counts")
)
FAULTS = [  # claim, what is replaced, by what, and what the claim says of it
    ("Lemma 1", f"{DUALITY}.SubNetwork", lambda _: lambda a, b, c: SubNetwork(a, b, 2 * c), "the same outputs"),
    ("(3)", f"{DUALITY}.lower_bound", with_fields(value=30), "no dual value is above"),
    ("(6)", f"{DUALITY}.solved", with_fields(upper=1.000001), "is certified"),
    ("(6)", f"{DUALITY}.solved", with_fields(lower=2), "in order"),
    ("(6)", f"{DUALITY}.solved", with_fields(lower=2, upper=2), "has changed"),
    (
        "(7)",
        f"{DUALITY}.solve_full_program",
        lambda right: lambda problem, m: right(problem, 1),
        "intervals of four rows meet",
    ),
    ("(8)", f"{DUALITY}.solved", many_parts, "n sub-networks"),
    ("(8)", f"{DUALITY}.dual_value", plus(1), "reach the dual value"),
    ("(10)", f"{DUALITY}.lower_bound", scaled_dual(3), "violates the dual constraint"),
    ("(10)", f"{DUALITY}.lower_bound", scaled_dual(0), "attain it"),
    ("over tuples", f"{PROGRAM}.interpretation_value", read_as("shared-index"), "both intervals meet on four rows"),
    ("over tuples", f"{PROGRAM}.solved", with_fields(lower=0.9, upper=0.9), "both intervals meet on four rows"),
    ("over tuples", f"{PROGRAM}.local_search", descends_to(0.999), "not below the bound"),
    ("over tuples", f"{PROGRAM}.local_search", descends_to(1.001), "comes within"),
    ("one index", f"{PROGRAM}.interpretation_value", read_as("tuples"), "less than the reading's value"),
    ("one index", f"{PROGRAM}.interpretation_value", with_fields(lower=1.01, upper=1.01), "two-layer optimum"),
    ("apart", f"{PROGRAM}.interpretation_value", read_as("tuples"), "less than the reading's value"),
    ("apart", f"{PROGRAM}.solved", with_fields(upper=2), "less than the reading's value"),
    ("one block", f"{PROGRAM}.interpretation_value", read_as("tuples"), "below every network"),
    ("Proposition 1", f"{PROGRAM}.SubNetwork", lambda _: lambda a, b, c: SubNetwork(a, b, c * 2), "penalty S"),
    ("Proposition 1", f"{PROGRAM}.SubNetwork", lambda _: lambda a, b, c: SubNetwork(a, b, -c), "the block's"),
    ("Proposition 1", f"{PROGRAM}.solved", with_fields(upper=1.000001), "reaches the program"),
    ("Remark 1, three", f"{PROGRAM}.as_parallel", lambda _: lambda residual: Network(residual.blocks), "answer alike"),
    ("sampling", f"{PROGRAM}.solve_sampled", with_fields(upper=0.5), "upper bound"),
    ("sampling", f"{PROGRAM}.exact_share", always((330, 0.5)), "has changed"),
    ("dual bound", f"{PROGRAM}.local_search", descends_to(0.999), "not below the proven bound"),
    ("dual bound", f"{PROGRAM}.local_search", descends_to(1), "some are not"),
    ("size of (12)", f"{PROGRAM}.iter_pairs", lambda right: lambda *a: list(right(*a))[::3], "two blocks"),
    ("size of (12)", f"{PROGRAM}.iter_blocks", always(()), "two blocks"),
    ("complexity", "theory.growth_exponent", plus(1), "lower order"),
    ("(13), first", f"{COUNTING}.cover", plus(-1), "general position"),
    ("(13), first", f"{COUNTING}.region_number", plus(2), "general position"),
    ("(13), first", f"{COUNTING}.f_vector", always((1, 1)), "all w, faces included"),
    ("(13), second", f"{COUNTING}.cover", plus(4), "closed form for n >= 2"),
    ("(13), second", f"{COUNTING}.floor_exact", plus(3), "one row"),
    ("first line", f"{COUNTING}.eq14_product", always(199), "the first line on"),
    ("first line", f"{COUNTING}.general_position", always(1), "P2' bounds the cells"),
    ("closed lines", f"{COUNTING}.eq14_closed", lambda right: lambda *sizes: right(*sizes) / 2, "lines are equal"),
    ("closed lines", f"{COUNTING}.floor_exact", always(0), "where m r <= n"),
    ("last line", f"{COUNTING}.growth_exponent", lambda right: lambda *a: right(*a) / 2, "exponent of the last line"),
    ("P2 = O", f"{COUNTING}.joint", plus(-1), "the joint bound on"),
    ("P2 = O", f"{COUNTING}.two_to_n", always(10), "the joint bound on"),
    ("Remark 4", f"{ARCHITECTURES}.region_number", plus(10**9), "bounded by the patches"),
    ("Remark 4", f"{ARCHITECTURES}.count_regions", plus(2), "listed and counted"),
    ("Remark 4", f"{ARCHITECTURES}.cover", plus(-1), "has changed"),
    ("Remark 5", f"{ARCHITECTURES}.sampled_masks", one_mask_more, "has changed"),
    ("Remark 5", f"{ARCHITECTURES}.decoupled_masks", one_mask_less, "drawn masks are among"),
    ("Remark 5", f"{ARCHITECTURES}.layer_joint", always(31), "formula bounds"),
    ("Remark 5", f"{ARCHITECTURES}.layer_exponent", plus(1), "exponent of the layer"),
    ("Corollary 1, size", f"{ARCHITECTURES}.sampled_masks", one_mask_more, "half-planes"),
    ("Corollary 1, size", f"{ARCHITECTURES}.decoupled_masks", one_mask_less, "two copies"),
    ("unlimited", f"{WIDTHS}.solved", lambda right: lambda problem, m: right(problem, m or 1), "lower bound"),
    ("unlimited", f"{WIDTHS}.solved", lambda right: lambda problem, m: right(problem, m and 2), "m >= n - 1"),
    ("joint bounds", f"{OWN}.joint_of_data", plus(-1), "sharper than the next"),
    ("joint bounds", f"{OWN}.joint_unordered", plus(-1), "sharper than the next"),
    ("joint bounds", f"{OWN}.joint", plus(-1), "sharper than the next"),
    ("pairs in the plane", f"{OWN}.plane_pairs", plus(1), "the closed formula"),
    ("masks of width two", f"{OWN}.plane_masks", plus(1), "all masks"),
    ("masks of width two", f"{OWN}.plane_opposite_masks", plus(1), "signs"),
    ("masks of width two", f"{OWN}.opposite_zero_sets", lambda right: lambda a: right(a) | {-1}, "are intersections"),
    ("three rows", f"{WIDTHS}.solve", cheaper_without_limit, "intervals of P*(1) and P*(inf) meet"),
    ("n - 1 neurons", f"{WIDTHS}.solve", cheaper_without_limit, "n - 1 neurons are enough"),
    ("n - 1 neurons", f"{WIDTHS}.solved", lambda right: lambda p, m: right(p, m and min(m, 2)), "lowers the optimum"),
    ("n - 1 neurons", f"{WIDTHS}.sufficient_width", plus(-1), "n - 1 neurons are enough"),
    ("Lemma 1", f"{DUALITY}.random_part", nothing_but_zeros, "has changed"),
    ("(10)", f"{DUALITY}.random_part", nothing_but_zeros, "has changed"),
    ("Remark 1, three", f"{PROGRAM}.random_part", nothing_but_zeros, "has changed"),
    ("(8)", f"{DUALITY}.solved", lambda right: lambda p: replace(right(p), network=Network(())), "n sub-networks"),
    ("(13), second", f"{COUNTING}.eq13_closed", lambda right: lambda *sizes: 10 * right(*sizes), "has changed"),
    ("Remark 4", f"{ARCHITECTURES}.two_to_n", always(10**9), "pooled masks"),
    ("Remark 5", f"{ARCHITECTURES}.two_to_n", always(10**9), "has changed"),
]
