"""Figure 2: the loss landscape of (4) for one and for fifty sub-networks, and a number for "less non-convex".

K  sub-networks;  a trained point for each K and seed, and objective (4) on a plane through it
   (`convex.heuristics.landscape`)

The paper shows two pictures. The number beside them is the share of pairs of grid points at which midpoint convexity
fails, and by how much of the range of the plane it fails at most, over several starts and planes.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.heuristics.batched_descent import descend
from convex.heuristics.gradient_steps import Descent
from convex.heuristics.landscape import Convexity, direction, midpoint_convexity, plane_values
from convex.heuristics.parallel_networks import Weights, gaussian_weights, objectives
from multilayer.reproduce.experiment import Request, Result
from multilayer.reproduce.teacher import teacher_data

_ADAM = Descent("adam", 0.01, 2000, None, True)


@dataclass(frozen=True)
class Settings:
    """Sizes and rates.

    Attributes:
        rows: n.
        columns: d.
        width: m1, of the teacher too.
        subnetworks: each K.
        beta: weight of the penalty.
        descent: how each point is trained.
        planes: starts for each K, with a plane through each end.
        ticks: grid points along one direction.
        reach: of the plane, in multiples of the directions, to both sides.
        tolerance: what counts as a violation, over the range of the plane.
    """

    rows: int = 100
    columns: int = 10
    width: int = 10
    subnetworks: tuple[int, ...] = (1, 2, 5, 10, 20, 50)
    beta: float = 0.002
    descent: Descent = _ADAM
    planes: int = 20
    ticks: int = 41
    reach: float = 1.0
    tolerance: float = 1e-6


QUICK = Settings(subnetworks=(1, 10, 50), descent=_ADAM._replace(steps=300), planes=3, ticks=21)

LEFT_OPEN = {
    "objective": "(4) with its penalty, beta = 0.002 as in Figure 4; the constraint on W_1 is not imposed on the plane",
    "point": "the end of training from a Gaussian start (Adam, all rows, rate falling to 0)",
    "directions": "two Gaussian ones; each layer of each sub-network scaled to the norm of its weights",
    "reach": "one such direction to both sides",
    "teacher": "one sub-network with standard Gaussian weights",
}


class Plane(NamedTuple):
    """A plane through a trained point: K, its number, the objective there and on the grid, and the convexity."""

    subnetworks: int
    number: int
    objective: float
    values: Floats
    convexity: Convexity


def landscapes(settings: Settings, request: Request) -> list[Plane]:
    """Train, and evaluate the planes, for each K in turn.

    Args:
        settings: sizes.
        request: seed, and who is told.
    """
    x, y = teacher_data(np.random.default_rng(request.seed), settings.rows, settings.columns, settings.width)
    total = len(settings.subnetworks) * settings.planes
    found: list[Plane] = []
    with request.progress(total, "planes of Figure 2") as seen:
        for count in settings.subnetworks:
            rng = np.random.default_rng([request.seed, count])
            for number, point in enumerate(trained(settings, count, x, y, rng)):
                found.append(_plane(settings, number, point, (x, y), rng))
                seen(len(found))
    return found


def trained(settings: Settings, count: int, x: Floats, y: Floats, rng: np.random.Generator) -> list[Weights]:
    """Train networks of so many sub-networks, a start a plane, and give the weights of each."""
    start = gaussian_weights(rng, settings.planes, count, settings.width, settings.columns)
    *_, (_, end) = descend(x, y, settings.beta, start, settings.descent, rng, settings.descent.steps)
    return [Weights(*parts) for parts in zip(*end, strict=True)]


def _plane(
    settings: Settings, number: int, point: Weights, data: tuple[Floats, Floats], rng: np.random.Generator
) -> Plane:
    ticks = np.linspace(-settings.reach, settings.reach, settings.ticks)
    ways = direction(rng, point), direction(rng, point)
    values = plane_values(point, ways, ticks, *data, settings.beta)
    at = float(objectives(Weights(*(part[None] for part in point)), *data, settings.beta)[0])
    return Plane(len(point.second), number, at, values, midpoint_convexity(values, settings.tolerance))


def summary(planes: Sequence[Plane]) -> list[dict[str, Any]]:
    """Summarise the planes of each K: means of the shares, and the median and largest violation."""
    rows = []
    for count in dict.fromkeys(plane.subnetworks for plane in planes):
        some = [plane for plane in planes if plane.subnetworks == count]
        shares = [plane.convexity.share for plane in some]
        worst = [plane.convexity.largest for plane in some]
        rows.append(
            {
                "K": count,
                "planes": len(some),
                "mean share violated": float(np.mean(shares)),
                "least share": min(shares),
                "largest share": max(shares),
                "median of largest violation / range": float(np.median(worst)),
                "largest violation / range": max(worst),
                "median objective": float(np.median([plane.objective for plane in some])),
            }
        )
    return rows


def run(request: Request) -> Result:
    """Do the experiment."""
    from multilayer.figures.landscape import landscape_figure

    settings = QUICK if request.quick else Settings()
    planes = landscapes(settings, request)
    table = [
        {
            "K": plane.subnetworks,
            "plane": plane.number,
            "objective": plane.objective,
            "pairs": plane.convexity.pairs,
            "violated": plane.convexity.violated,
            "share": plane.convexity.share,
            "largest_over_range": plane.convexity.largest,
        }
        for plane in planes
    ]
    rows = summary(planes)
    few, many = rows[0], rows[-1]
    findings = {
        f"mean share violated at K = {row['K']}": round(row["mean share violated"], 6) for row in (few, many)
    } | {f"largest violation at K = {row['K']}": round(row["largest violation / range"], 6) for row in (few, many)}
    return Result(table, landscape_figure(planes, settings.reach), asdict(settings), LEFT_OPEN, rows, findings)
