"""Faults under the claims on two steps of section 2.1."""

from support.faults.first_claims import always, plus

DERIVATIONS = "multilayer.claims.counting.derivations"


def constant(original):
    return lambda n, x: original(n, 1)


def only_to_n(original):
    """Increasing beyond n as well."""
    return lambda n, x: original(n, min(x, n)) * (1 if x <= n else 2)


def one_tuple_a_mask(original):
    """Pairs of which each mask has only the first."""

    def wrong(*arguments):
        found = {}
        for pair in original(*arguments):
            found.setdefault(pair.mask, pair)
        return found.values()

    return wrong


FAULTS = [
    ("r' to m_1 r", f"{DERIVATIONS}.closed_sum", constant, "increases to n"),
    ("r' to m_1 r", f"{DERIVATIONS}.closed_sum", only_to_n, "not beyond"),
    ("r' to m_1 r", f"{DERIVATIONS}.rank", plus(4), "at most m r"),
    ("r' to m_1 r", f"{DERIVATIONS}.floor_exact", always(0), "P'_2 <= f(r')"),
    ("r' to m_1 r", f"{DERIVATIONS}.floor_exact", plus(1), "one row"),
    ("P_3 from P_2", f"{DERIVATIONS}.iter_pairs", one_tuple_a_mask, "fix the linear map"),
    ("P_3 from P_2", f"{DERIVATIONS}.general_position", always(0), "bounded by pairs"),
    ("P_3 from P_2", f"{DERIVATIONS}.layer_joint", always(0), "bounded by the joint bound"),
    ("P_3 from P_2", f"{DERIVATIONS}.growth_exponent", plus(1), "more than the order"),
]
