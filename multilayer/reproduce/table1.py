"""Table 1: the training objectives of six UCI sets, each optimum of (4) in a proven interval, beside the printed ones.

P*        optimum of (4) at (m1, K, beta) = (7, 10, 0.1)
lower     semidefinite or norm bound, for every width; where the regions are few, the bound of the exact search
upper     objective (4), exact, of a network: by SGD, by sampled blocks of (12), or by the exact search

A network that the paper's K = 10 does not allow is no upper bound here. A printed number is a decimal that was rounded,
so it is called below or above an end only if the whole interval that it can stand for is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from math import nextafter
from typing import NamedTuple

import numpy as np

from arrangements.errors import InputError
from convex.heuristics.balanced_networks import to_network
from convex.heuristics.batched_descent import descend
from convex.heuristics.gradient_steps import Descent
from convex.heuristics.parallel_networks import gaussian_weights
from convex.heuristics.sampled_blocks import solve_sampled
from convex.heuristics.stochastic_gradients import balanced
from convex.networks.network import Network
from convex.problem.training_problem import Problem
from convex.solving.certified_solve import solve
from convex.solving.row_norms import norm_bound
from convex.solving.shor_relaxation import semidefinite_bound
from multilayer.reproduce.experiment import Cell, Request, Result
from multilayer.reproduce.printed_table import BETA, CONVENTIONS, SUBNETWORKS, TABLE, WIDTH, rounding
from multilayer.reproduce.uci_tables import UciTable, codings_of, read_uci, targets

ALL_ROWS = "all rows"
_SGD = Descent("sgd", 0.3, 8_000, None, True)


@dataclass(frozen=True)
class Settings:
    """What is done with each set.

    Attributes:
        width: m1.
        subnetworks: K.
        beta: weight of the penalty, as text.
        descent: of SGD; its batch is n/8 for each set.
        rates: of SGD, tried one after the other in place of the descent's.
        starts: of SGD with each rate.
        draws: sub-networks that are drawn for (12); 0 for none.
        exact: sets that are solved exactly too.
        seconds: for each of them.
        training: share of rows in the splits.
        splits: random splits whose bounds are proven.
        conventions: how many readings of the objective.
    """

    width: int = WIDTH
    subnetworks: int = SUBNETWORKS
    beta: str = BETA
    descent: Descent = _SGD
    rates: tuple[float, ...] = (0.1, 0.02)
    starts: int = 3
    draws: int = 12
    exact: tuple[str, ...] = ("balloons",)
    seconds: float = 60.0
    training: float = 0.8
    splits: int = 2
    conventions: int = len(CONVENTIONS)


QUICK = Settings(
    descent=_SGD._replace(steps=300), rates=(0.03,), starts=1, draws=0, seconds=15, splits=0, conventions=1
)

LEFT_OPEN = {
    "preparation": "columns of mean 0 and standard deviation 1, no column of ones",
    "labels": "the class as an integer from 0, and linearly from 0 to 1 and from -1 to 1",
    "split": "all rows; and bounds for random training sets of 80 % of the rows",
    "objective": "(4) as printed, and four other ways to weigh loss and penalty",
    "learning rate": "0.1 and 0.02 for the objective divided by n, falling linearly to 0; the best counts",
    "sampling": "masks and signs of Gaussian sub-networks, both layers of one draw",
    "test errors": "not done anew: the split and what is measured are not stated",
}


class Interval(NamedTuple):
    """A proven interval for P*, and what proves its ends; `networks` is what each way to train costs."""

    lower: Fraction
    upper: Fraction
    proved_by: str
    reached_by: str
    norm: Fraction
    networks: dict[str, Fraction]


def interval(problem: Problem, settings: Settings, seed: int, exact: bool) -> Interval:
    """Prove both ends.

    Args:
        problem: of one set and coding.
        settings: of the training.
        seed: of starts, batches and draws.
        exact: whether to solve it exactly too.
    """
    lengths = norm_bound(problem).value
    lowers = {"norms": lengths, "semidefinite": semidefinite_bound(problem).value}
    networks = {"zero": Network(()).objective(problem), "SGD": _descended(problem, settings, seed)}
    if settings.draws:
        found = solve_sampled(problem, settings.width, settings.draws, seed=seed).network
        networks["sampled (12)"] = _allowed(found, settings, problem)
    if exact:
        solution = solve(problem, None, seconds=settings.seconds)
        lowers["exact search, any width"] = solution.lower
        networks["exact search, its network"] = _allowed(solution.network, settings, problem)
        narrow = solve(problem, settings.width, seconds=settings.seconds)
        lowers["exact search"] = narrow.lower
        networks["exact search, width 7"] = _allowed(narrow.network, settings, problem)
    proved_by, reached_by = max(lowers, key=lambda name: lowers[name]), min(networks, key=lambda name: networks[name])
    return Interval(lowers[proved_by], networks[reached_by], proved_by, reached_by, lengths, networks)


def _allowed(network: Network, settings: Settings, problem: Problem) -> Fraction:
    """What the network costs; one of too many sub-networks keeps those of the largest penalty."""
    fitting = [part for part in network.subnetworks if len(part.first) <= settings.width]
    fitting.sort(key=lambda part: abs(part.output), reverse=True)
    return Network(tuple(fitting[: settings.subnetworks])).objective(problem)


def _descended(problem: Problem, settings: Settings, seed: int) -> Fraction:
    """Train by SGD from some starts with each rate; what the best network costs, exactly, with its weights rescaled."""
    (x, y), rng, costs = problem.floats, np.random.default_rng(seed), []
    for rate in settings.rates:
        how = settings.descent._replace(batch=len(x) // 8, rate=rate)
        start = gaussian_weights(rng, settings.starts, settings.subnetworks, settings.width, x.shape[1])
        *_, (_, end) = descend(x, y, float(problem.beta), start, how, rng, how.steps)
        if all(np.isfinite(part).all() for part in end):  # else the rate was too large
            costs += [to_network(balanced(a, b, c[:, 0])).objective(problem) for a, b, c in zip(*end, strict=True)]
    return min(costs, default=Network(()).objective(problem))


def position(printed: str, lower: Fraction, upper: Fraction) -> str:
    """Say where a printed number is.

    Args:
        printed: the decimal.
        lower: lower end of an interval of P*.
        upper: upper end.

    Example:
        >>> [position("0.13", Fraction(k, 100), Fraction(20, 100)) for k in (5, 14)]
        ['possible', 'below every network']
    """
    least, most = rounding(printed)
    if most < lower:
        return "below every network"
    return "above the optimum" if least > upper else "possible"


def run(request: Request) -> Result:
    """Do the experiment.

    Raises:
        InputError: no folder of data, or a file of it that cannot be used.
    """
    from multilayer.figures.table1 import intervals_figure

    if request.data is None:
        raise InputError("table1 needs the data: --data FOLDER with the six sets as NAME.csv")
    settings = QUICK if request.quick else Settings()
    tables = [read_uci(request.data, name) for name in TABLE]
    cases = [(table, coding) for table in tables for coding in codings_of(table.classes)]
    rows: list[Mapping[str, Cell]] = []
    with request.progress(len(cases), "sets and codings of Table 1") as seen:
        for k, (table, coding) in enumerate(cases):
            request.note(f"{table.name}, classes as {coding}")
            rows += _case(table, coding, settings, request)
            seen(k + 1)
    main = [row for row in rows if (row["rows"], row["objective"]) == (ALL_ROWS, CONVENTIONS[0].name)]
    names = ("set", "labels", "lower", "upper", "printed SGD", "SGD is", "printed convex", "convex is")
    summary = [{name: row[name] for name in names} for row in main]
    return Result(rows, intervals_figure(main), asdict(settings), LEFT_OPEN, summary, _findings(rows))


def _case(table: UciTable, coding: str, settings: Settings, request: Request) -> Iterator[Mapping[str, Cell]]:
    """Make the rows of one set and coding: all readings of the objective on all rows, then the splits."""
    y = targets(table.classes, coding)
    problem = Problem.read(table.x, y, settings.beta)
    main = interval(problem, settings, request.seed, table.name in settings.exact)
    for convention in CONVENTIONS[: settings.conventions]:
        scaled, factor = convention.scaled(problem)
        same = scaled.beta == problem.beta
        found = main if same else interval(scaled, replace(settings, draws=0, starts=1), request.seed, False)
        yield _row(table.name, coding, ALL_ROWS, convention.name, found, factor)
    rng = np.random.default_rng(request.seed)
    for split in range(settings.splits):
        chosen = sorted(rng.permutation(len(y))[: round(settings.training * len(y))].tolist())
        part = Problem.read([table.x[i] for i in chosen], [y[i] for i in chosen], settings.beta)
        found = interval(part, QUICK, request.seed, False)
        yield _row(table.name, coding, f"{len(chosen)} rows, split {split}", CONVENTIONS[0].name, found, Fraction(1))


def _row(name: str, coding: str, rows: str, objective: str, found: Interval, factor: Fraction) -> Mapping[str, Cell]:
    printed, lower, upper = TABLE[name], factor * found.lower, factor * found.upper
    trained = {way: found.networks.get(way) for way in ("zero", "SGD", "sampled (12)")}
    return {
        "set": name,
        "labels": coding,
        "rows": rows,
        "objective": objective,
        "lower": nextafter(float(lower), 0.0),
        "upper": nextafter(float(upper), float("inf")),
        "lower by": found.proved_by,
        "upper by": found.reached_by,
        "norm bound": nextafter(float(factor * found.norm), 0.0),
        **{way: None if value is None else float(factor * value) for way, value in trained.items()},
        "printed SGD": printed.sgd,
        "SGD is": position(printed.sgd, lower, upper),
        "printed convex": printed.convex,
        "convex is": position(printed.convex, lower, upper),
    }


def _findings(rows: Sequence[Mapping[str, Cell]]) -> dict[str, int]:
    """Count where the printed numbers of the convex program stand."""
    places = [str(row["convex is"]) for row in rows]
    return {f"convex column {place}": places.count(place) for place in dict.fromkeys(places)}
