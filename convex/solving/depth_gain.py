"""The gain of depth: the optimum of three layers beside that of two, over beta and the width.

m       width, first-layer neurons in one sub-network; infinity for any number
P*(m)   optimum of (4) of Ergen and Pilanci (2021) at width m, proven to lie between two rational numbers
saving  1 - P*(m) / P*(1), the share of the two-layer optimum that depth saves

*P*(1) is the two-layer optimum.* With one neuron a sub-network is w_3 ((x.w)_+ w_2)_+ = (x.w)_+ (w_2)_+ w_3, one neuron
of a two-layer network with output weight c = (w_2)_+ w_3. It pays beta/2 (w_2^2 + w_3^2) >= beta |c| >= beta |c| ||w||,
with equality for balanced weights and ||w|| = 1; and this is the least of beta/2 (c^2 + ||w||^2): weight decay.

*Widths help each other.* A narrow network is a wide one, so P*(m) falls with m: an upper bound holds for all greater
widths, a lower bound for all smaller ones, and the bounds for m hold for all widths between m and the neurons that
the network for m uses. So the widest width comes first, and most others follow without work.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import inf

from arrangements.arguments import check_callable, read_list
from arrangements.errors import InputError
from arrangements.exact.numbers import exact_number
from arrangements.first_layer.layer import FirstLayer
from convex.problem.arguments import check_positive, read_tolerance, read_width
from convex.problem.bracket import OPTIMAL
from convex.problem.regions import first_layer_of
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem, as_problem
from convex.solving.separable_outputs import JointSolution, solve_outputs

LEAST = Fraction(1, 10**6)  # a smaller saving is called none


@dataclass(frozen=True)
class DepthGain:
    """Proven bounds of the optimum of one width at one beta, and of what it saves.

    Attributes:
        width: neurons in one sub-network; None for any number.
        lower: every network of this width costs at least this, exact.
        upper: some network of this width costs this, exact.
        saving: proven bounds of 1 - P*(m) / P*(1), exact.
        helps: True if `upper` is below the lower bound of two layers, False if a saving above the least one is
            excluded, None if neither is proven.

    Example:
        >>> (row,) = depth_table([Problem.read([[1], [-1]], [1, 1], 1)], ["0.5"], [2])
        >>> (gain,) = row.widths
        >>> gain.width, gain.helps, gain.lower <= gain.upper
        (2, False, True)
    """

    width: int | None
    lower: Fraction
    upper: Fraction
    saving: tuple[Fraction, Fraction]
    helps: bool | None


@dataclass(frozen=True)
class DepthRow:
    """Proven bounds of all widths at one beta.

    Attributes:
        beta: weight of the penalty.
        two_layer: proven bounds of P*(1), exact.
        widths: one entry for each width asked for.
        limited: whether a search was stopped by the limit.

    Example:
        >>> (row,) = depth_table([Problem.read([[1], [-1]], [1, 1], 1)], ["0.5"], [2, None])
        >>> row.beta, [float(round(bound, 6)) for bound in row.two_layer], [gain.width for gain in row.widths]
        (Fraction(1, 2), [0.75, 0.75], [2, None])
    """

    beta: Fraction
    two_layer: tuple[Fraction, Fraction]
    widths: tuple[DepthGain, ...]
    limited: bool


def depth_table(
    problems: Sequence[Problem],
    betas: Iterable[object],
    widths: Sequence[int | None],
    *,
    tolerance: object = Fraction(1, 10**8),
    limit: int = 100_000_000,
    least: Fraction = LEAST,
    progress: Callable[[str], None] = lambda message: None,
    layer: FirstLayer | None = None,
) -> list[DepthRow]:
    """Solve a table for every beta and width to a proven interval, and say where depth helps.

    The regions are listed once for all.

    Args:
        problems: one for each output, on the same rows; each beta takes the place of theirs.
        betas: weights of the penalty, such as "0.1".
        widths: neurons in one sub-network; None for any number.
        tolerance: relative gap asked of every solve, a number or text such as "1e-6".
        limit: steps of each search.
        least: a saving of no more than this counts as none.
        progress: told what is going on.
        layer: the regions of the rows, where they are listed already.

    Raises:
        InputError: no problem, no beta, no width, or one that cannot be used; before anything is solved.
        LimitError: more regions than one program can hold.
        SolverError: the solver returned no point.

    Example:
        >>> x, y = [[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, "0.5", 2]
        >>> (row,) = depth_table([Problem.read(x, y, 1)], ["0.05"], [1, 2])
        >>> [(entry.width, entry.helps, f"{float(entry.saving[0]):.4f}") for entry in row.widths]
        [(1, False, '0.0000'), (2, True, '0.0201')]
    """
    problems = [as_problem(problem) for problem in read_list(problems, "problems", "problems, one for each output")]
    asked = dict.fromkeys(map(read_width, read_list(widths, "widths", "integers, or None for any number")))
    weights = read_list(betas, "betas", "positive numbers")
    gap, weighted = read_tolerance(tolerance), [[problem.with_beta(beta) for problem in problems] for beta in weights]
    least = exact_number(least, "least")
    check_callable(progress, "progress")
    check_positive(limit=limit)
    if not problems or not weighted or not asked:
        raise InputError("no problem, no beta or no width is given; there must be one of each at least")
    for problem in (problem for outputs in weighted for problem in outputs):
        Scaling.of(problem)  # refuses numbers out of range
    regions = first_layer_of(problems[0], layer)
    rows = []
    for outputs in weighted:
        progress(f"beta {outputs[0].beta}")
        solve_width = partial(solve_outputs, outputs, tolerance=gap, limit=limit, progress=progress, layer=regions)
        bounds, limited = _bounds(solve_width, {1, *asked})
        entries = tuple(_entry(width, bounds[1], bounds[width], least) for width in asked)
        rows.append(DepthRow(outputs[0].beta, bounds[1], entries, limited))
    return rows


def _size(width: int | None) -> float:
    return inf if width is None else width


def _bounds(
    solve_width: Callable[[int | None], JointSolution], widths: Iterable[int | None]
) -> tuple[dict[int | None, tuple[Fraction, Fraction]], bool]:
    """Proven bounds of every width, from the widest to the narrowest, and whether a limit was met."""
    falling = sorted(widths, key=_size, reverse=True)
    lower: dict[int | None, Fraction] = {}
    upper: dict[int | None, Fraction] = {}
    limited, used, known, settled = False, inf, Fraction(0), False
    for k, width in enumerate(falling):
        if settled and used <= _size(width):  # the network of the last solve is one of this width, and its bound holds
            lower[width], upper[width] = lower[falling[k - 1]], upper[falling[k - 1]]
            continue
        joint = solve_width(width)
        limited = limited or any(solution.limited for solution in joint.solutions)
        used, settled = max(solution.network.width for solution in joint.solutions), joint.status == OPTIMAL
        known = max(known, joint.lower)  # no objective is negative; a wider width's bound holds here too
        lower[width], upper[width] = known, joint.upper
    best: Fraction | None = None
    for width in reversed(falling):
        best = upper[width] if best is None else min(best, upper[width])
        upper[width] = best
    return {width: (lower[width], upper[width]) for width in falling}, limited


def _entry(
    width: int | None, two_layer: tuple[Fraction, Fraction], bounds: tuple[Fraction, Fraction], least: Fraction
) -> DepthGain:
    lower, upper = bounds
    saving = saving_bounds(two_layer, bounds)
    helps = True if upper < two_layer[0] else False if saving[1] <= least else None
    return DepthGain(width, lower, upper, saving, helps)


def saving_bounds(two_layer: tuple[Fraction, Fraction], deep: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    """Bound the saving 1 - P*(m) / P*(1), which is never negative, from bounds of both optima.

    Where P*(1) is 0 nothing is left to save.

    Args:
        two_layer: lower and upper bound of P*(1).
        deep: lower and upper bound of P*(m), the upper one at most that of P*(1).

    Example:
        >>> saving_bounds((Fraction(4), Fraction(5)), (Fraction(1), Fraction(2)))
        (Fraction(1, 2), Fraction(4, 5))
    """
    low = 1 - deep[1] / two_layer[0] if two_layer[0] > 0 else Fraction(0)
    high = 1 - deep[0] / two_layer[1] if two_layer[1] > 0 else Fraction(0)
    return max(low, Fraction(0)), max(high, Fraction(0))
