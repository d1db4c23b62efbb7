"""Faults under the claim that an optimum need not be a fixed point of stochastic gradients."""

from dataclasses import replace

from support.faults.first_claims import always, with_fields

STATIONARITY = "multilayer.claims.training.stationarity"


def one_part_less(original):
    return lambda: original()[:1]


def beside_the_kink(original):
    """Row 2 a little above its hyperplane."""

    def wrong():
        ((a, b), *rest), *others = original()
        return [((a, b + 1), *rest), *others]

    return wrong


FAULTS = [
    ("fixed points", f"{STATIONARITY}.optimal_parts", one_part_less, "17/200"),
    ("fixed points", f"{STATIONARITY}.optimal_parts", beside_the_kink, "17/200"),
    ("fixed points", f"{STATIONARITY}.stays", always(True), "first layers move"),
    ("fixed points", f"{STATIONARITY}.stays", always(False), "holds both"),
    ("fixed points", f"{STATIONARITY}.solved", with_fields(lower=1.001, upper=1.001), "no bound is above"),
    ("fixed points", f"{STATIONARITY}.solved", with_fields(lower=0.9, upper=0.99), "no network costs less"),
    (
        "fixed points",
        f"{STATIONARITY}.AT_KINKS",
        lambda problem: replace(problem, y=(problem.y[0], -problem.y[1])),
        "17/200",
    ),
    ("dual bound", "multilayer.claims.training.program.dual_value", always(0), "value of a dual vector"),
]
