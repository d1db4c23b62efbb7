"""All settings of the conic solver, each with the reason for its numbers.

Whatever the solver returns is a proposal: bounds are proven afterwards in rational numbers. So a tolerance below what
floats can reach does no harm, it asks for as much as there is; and what is missing to the optimum is lost in the bound.
"""

from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True)
class ConicSettings:
    """Options of Clarabel under its own names; the defaults here are Clarabel's.

    Attributes:
        tol_gap_abs: duality gap at which it stops.
        tol_gap_rel: the same, relative to the value.
        tol_feas: residual at which a point counts as feasible.
        max_iter: most iterations.
        max_step_fraction: share of the step to the boundary that is taken.
        static_regularization_constant: added to the diagonal of the linear systems.
    """

    tol_gap_abs: float = 1e-8
    tol_gap_rel: float = 1e-8
    tol_feas: float = 1e-8
    max_iter: int = 200
    max_step_fraction: float = 0.99
    static_regularization_constant: float = 1e-8

    def options(self) -> dict[str, float]:
        """The options by name."""
        return asdict(self)


# Programs over blocks. With full steps Clarabel stalls 1e-7 short of the optimum where a weight vanishes exactly at its
# threshold beta; with the regularisation of its default, 1e-8, it stalls on hundreds of blocks, most of which are idle.
TIGHT = ConicSettings(1e-12, 1e-12, 1e-12, max_step_fraction=0.8, static_regularization_constant=1e-10)

# Where one choice of step length and regularisation leaves the solver short of the optimum, another does not. Column
# generation takes the next one whenever it stalls, and begins again after the last.
MASTER_CHOICES = tuple(
    replace(TIGHT, max_step_fraction=step, static_regularization_constant=regularisation)
    for step, regularisation in ((0.8, 1e-10), (0.7, 1e-8), (0.95, 1e-10), (0.9, 1e-8), (0.6, 1e-11))
)

# The full program over all pairs: tightly at once is too much for some; the polishing on few blocks is tight again.
ROUGH = ConicSettings(1e-9, 1e-9, 1e-9)

# The polishing of the full program, one a round: again step lengths in turn, and four times all of them.
POLISH_CHOICES = tuple(replace(TIGHT, max_step_fraction=step) for step in (0.8, 0.9, 0.7) * 4)

# Relaxations of boxes, some thousand small programs a solve: as far as it gets, since each c goes into the proof.
# Steps of 0.95 lose nothing there.
BOX = ConicSettings(1e-15, 1e-13, 1e-13, max_step_fraction=0.95)

# Pricing of one block: its multipliers go into the proof too.
BLOCK = ConicSettings(1e-13, 1e-13, 1e-13)
