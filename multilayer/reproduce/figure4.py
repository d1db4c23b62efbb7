"""Figure 4: stochastic gradients on (4) from many starts, against the certified optimum of (12) and its network.

K   sub-networks that are trained;  P*  optimum of (4) at width m1 for K >= n, which is the value of (12)

P* lies in a proven interval [lower, upper]; `upper` is what the network of Proposition 1 costs, exactly. A start
reaches the optimum within e if its objective is at most (1 + e) upper. Where it does not, BFGS goes on from its end
(`convex.heuristics.polishing`): what is still above then is stuck, not slow.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.heuristics.batched_descent import descend
from convex.heuristics.gradient_steps import Descent
from convex.heuristics.parallel_networks import gaussian_weights, objectives
from convex.heuristics.polishing import polished
from convex.problem.training_problem import Problem
from convex.proofs.certified_optimum import Solution
from convex.solving.certified_solve import solve
from multilayer.reproduce.experiment import Request, Result, looks
from multilayer.reproduce.teacher import teacher_data

_LOOKS = 150
_SGD = Descent("sgd", 0.2, 60_000, None, True)


@dataclass(frozen=True)
class Settings:
    """Sizes and rates.

    Attributes:
        rows: n, and the batch size.
        columns: d.
        width: m1, of the teacher too.
        teacher: K of the teacher.
        beta: weight of the penalty, as text.
        subnetworks: each K that is trained.
        starts: for each table and K.
        tables: data sets, of seeds one after the other.
        shown: starts in the picture, of the first table.
        descent: of each start.
        within: e, for the shares.
    """

    rows: int = 5
    columns: int = 2
    width: int = 3
    teacher: int = 5
    beta: str = "0.002"
    subnetworks: tuple[int, ...] = (1, 2, 5, 10, 20)
    starts: int = 100
    tables: int = 3
    shown: int = 5
    descent: Descent = _SGD
    within: tuple[float, ...] = (1e-3, 1e-2)


QUICK = Settings(subnetworks=(1, 2, 5, 10), starts=20, tables=1, descent=_SGD._replace(steps=4_000))

LEFT_OPEN = {
    "K": "1, 2, 5, 10, 20; the teacher has 5",
    "learning rate": "0.2 for the objective divided by n, falling linearly to 0; batch 5 is all rows",
    "start": "first layers N(0, 1/(m1 d)), within the ball; second layers N(0, 1/m1); outputs N(0, 1/K)",
    "constraint": "||W_1k||_F <= 1 by projection after each step",
    "teacher": "standard Gaussian weights",
    "optimum": "certified by column generation at width m1, relative gap at most 1e-8",
    "reached": "objective at most (1 + e) times the network's, e = 1e-3 and 1e-2",
}


class Curves(NamedTuple):
    """The shown starts of one K: seconds of each look, and the objectives there, (looks, starts)."""

    subnetworks: int
    seconds: list[float]
    objectives: Floats


class Ends(NamedTuple):
    """Where the starts of one table and K end, over P*: after the steps, and after BFGS from there."""

    table: int
    subnetworks: int
    reached: Floats
    polished: Floats


class Optimum(NamedTuple):
    """A table, its certified optimum, and the seconds that took."""

    problem: Problem
    solution: Solution
    seconds: float


def optimum(settings: Settings, seed: int) -> Optimum:
    """Draw a table, and solve it to certified optimality.

    Args:
        settings: sizes.
        seed: of the rows and of the teacher.
    """
    rng = np.random.default_rng(seed)
    x, y = teacher_data(rng, settings.rows, settings.columns, settings.width, settings.teacher)
    problem = Problem.read(x, y[:, 0], settings.beta)
    start = perf_counter()
    solution = solve(problem, settings.width)
    return Optimum(problem, solution, perf_counter() - start)


def ends(settings: Settings, best: Optimum, seed: int, count: int, table: int = 0) -> Ends:
    """Train from all starts, and descend further from each end.

    Args:
        settings: sizes.
        best: the table with its optimum.
        seed: of the starts.
        count: K.
        table: its number.
    """
    (x, y), beta, least = best.problem.floats, float(best.problem.beta), float(best.solution.upper)
    rng = np.random.default_rng([seed, count, 0])
    start = gaussian_weights(rng, settings.starts, count, settings.width, settings.columns)
    *_, (_, end) = descend(x, y, beta, start, settings.descent, rng, settings.descent.steps)
    return Ends(table, count, objectives(end, x, y[:, None], beta) / least, polished(best.problem, end) / least)


def curves(settings: Settings, best: Optimum, seed: int, count: int) -> Curves:
    """Train the shown starts by themselves, and look at them at steps that grow by a factor, with the time.

    Args:
        settings: sizes.
        best: the table.
        seed: of the starts, which are others than those of `ends`.
        count: K.
    """
    (x, y), beta = best.problem.floats, float(best.problem.beta)
    rng = np.random.default_rng([seed, count, 1])
    start = gaussian_weights(rng, settings.shown, count, settings.width, settings.columns)
    seconds, values, chosen = [], [], looks(settings.descent.steps, _LOOKS)
    list(descend(x, y, beta, start, settings.descent._replace(steps=2), rng, every=1))  # loads what a step needs
    began, aside = perf_counter(), 0.0
    for step, weights in descend(x, y, beta, start, settings.descent, rng, every=1):
        if step not in chosen:
            continue
        now = perf_counter()
        seconds.append(now - began - aside)
        values.append(objectives(weights, x, y[:, None], beta))
        aside += perf_counter() - now
    return Curves(count, seconds, np.array(values))


def summary(found: Sequence[Ends], within: Sequence[float]) -> list[dict[str, Any]]:
    """Summarise the ends of each K over all tables: shares within each e, and the median over P*."""
    rows = []
    for count in dict.fromkeys(one.subnetworks for one in found):
        reached, further = (
            np.concatenate([getattr(one, name) for one in found if one.subnetworks == count])
            for name in ("reached", "polished")
        )
        rows.append(
            {
                "K": count,
                "starts": len(reached),
                **{f"within {e:g}": float((reached <= 1 + e).mean()) for e in within},
                **{f"within {e:g} after BFGS": float((further <= 1 + e).mean()) for e in within},
                "median / P*": float(np.median(reached)),
                "median after BFGS / P*": float(np.median(further)),
                "largest after BFGS / P*": float(further.max()),
            }
        )
    return rows


def run(request: Request) -> Result:
    """Do the experiment."""
    from multilayer.figures.training import starts_figure

    settings = QUICK if request.quick else Settings()
    solve(Problem.read([[1]], [1], settings.beta), 1)  # loads the solver, so that the seconds are those of solving
    optima = [optimum(settings, request.seed + k) for k in range(settings.tables)]
    shown, found = [], []
    with request.progress(settings.tables * len(settings.subnetworks), "trainings of Figure 4") as seen:
        for count in settings.subnetworks:
            shown.append(curves(settings, optima[0], request.seed, count))
            for k, best in enumerate(optima):
                found.append(ends(settings, best, request.seed + k, count, k))
                seen(len(found))
    rows = summary(found, settings.within)
    findings = {
        f"table {k}: {name}": value
        for k, best in enumerate(optima)
        for name, value in (
            ("proven lower bound on (12)", float(best.solution.lower)),
            ("its network costs, by (4)", float(best.solution.upper)),
            ("relative gap", float((best.solution.upper - best.solution.lower) / best.solution.upper)),
            ("seconds of the solver", round(best.seconds, 3)),
        )
    }
    figure = starts_figure(shown, optima[0], rows)
    return Result(list(_table(found)), figure, asdict(settings), LEFT_OPEN, rows, findings)


def _table(found: Sequence[Ends]) -> Iterator[dict[str, int | float]]:
    for one in found:
        for start, (reached, further) in enumerate(zip(one.reached.tolist(), one.polished.tolist(), strict=True)):
            yield {
                "table": one.table,
                "K": one.subnetworks,
                "start": start,
                "objective_over_optimum": reached,
                "after_bfgs_over_optimum": further,
            }
