"""Pictures of small arrangements, for notebooks: lines in the plane, or great circles on a disc.

A line is drawn in the plane for each row of rank 1 or 2. A central arrangement of rank 3 is drawn in the projective
plane: the upper half of the sphere, seen from above, where each hyperplane is half a great circle and opposite points
of the rim are one. Floats are good enough to draw with; nothing else uses these numbers.
"""

from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import combinations

import numpy as np

from arrangements.exact.integer_matrix import Floats, IntegerMatrix
from arrangements.exact.linear_algebra import Row

_LARGEST = 500  # hyperplanes; more would be a black disc
_INCHES = 3


def svg(hyperplanes: Sequence[tuple[Row, int]], rank: int, is_affine: bool) -> str | None:
    """Draw an arrangement as the text of an SVG file.

    Args:
        hyperplanes: normals, none zero, and offsets; their lineality space is left out.
        rank: of the normals.
        is_affine: whether the offsets count.

    Returns:
        The picture, for rank 1 or 2, or 3 without offsets; None for other ranks, for more than 500 hyperplanes, or if
        matplotlib is not installed.

    Example:
        >>> svg([((1, 0, 0, 0), 0), ((0, 1, 0, 0), 0), ((0, 0, 1, 0), 0), ((0, 0, 0, 1), 0)], 4, False) is None
        True
    """
    if not 1 <= rank <= (2 if is_affine else 3) or len(hyperplanes) > _LARGEST:
        return None
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        return None
    rows = _float_rows(hyperplanes, rank)
    figure = Figure(figsize=(_INCHES, _INCHES))
    axes = figure.add_axes((0, 0, 1, 1), aspect="equal", frame_on=False, xticks=[], yticks=[])
    if rank == 3:
        angles = np.linspace(0, 2 * np.pi, 181)
        axes.plot(np.cos(angles), np.sin(angles), color="0.8", linewidth=0.8)
        size, curves = 1.02, _half_circles(rows)
    else:
        size = 1.2 * _reach(rows)
        curves = _lines(rows, size)
    for x, y in curves:
        axes.plot(x, y, color="C0", linewidth=1.2, solid_capstyle="round")
    axes.set(xlim=(-size, size), ylim=(-size, size))
    out = StringIO()
    # a fixed salt and no date: the same arrangement is the same text
    with rc_context({"svg.hashsalt": "arrangement"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def _float_rows(hyperplanes: Sequence[tuple[Row, int]], rank: int) -> list[Floats]:
    """Homogeneous rows (x, y, -b), or (x, y, z) of a central arrangement of rank 3; each read with largest entry 1."""
    rows, _ = IntegerMatrix([(*normal, -b) for normal, b in hyperplanes]).scaled()
    normals = rows[:, :-1]
    if rank < normals.shape[1]:  # coordinates in the span of the normals that keep lengths and angles
        normals = normals @ np.linalg.svd(normals)[2][:rank].T
    return list(normals if rank == 3 else np.hstack([normals, np.zeros((len(rows), 2 - rank)), rows[:, -1:]]))


def _reach(rows: Sequence[Floats]) -> float:
    """Find how far from the origin the picture must go to show all vertices and a part of each line."""
    sizes = [abs(c) / np.hypot(a, b) for a, b, c in rows if a or b]
    for one, two in combinations(rows, 2):
        x, y, z = np.cross(one, two)
        if z:
            sizes.extend((abs(x / z), abs(y / z)))
    finite = [size for size in sizes if np.isfinite(size)]
    return float(max(finite, default=0)) or 1.0


def _lines(rows: Sequence[Floats], size: float) -> Iterator[tuple[list[float], list[float]]]:
    for a, b, c in rows:
        length = np.hypot(a, b)
        if length:
            foot, along = np.array([a, b]) * -c / length**2, np.array([-b, a]) / length
            ends = np.array([foot - 3 * size * along, foot + 3 * size * along])
            yield ends[:, 0].tolist(), ends[:, 1].tolist()


def _half_circles(rows: Sequence[Floats]) -> Iterator[tuple[list[float], list[float]]]:
    for row in rows:
        normal = row / np.linalg.norm(row)
        start = np.array([-normal[1], normal[0], 0.0])  # where the circle meets the rim
        length, turn = float(np.linalg.norm(start)), np.pi
        if not length:  # the circle is the rim
            start, length, turn = np.array([1.0, 0.0, 0.0]), 1.0, 2 * np.pi
        up = np.cross(normal, start / length)
        angles = np.linspace(0, turn, 181)[:, None]
        points = np.cos(angles) * start / length + np.sin(angles) * (up if up[2] >= 0 else -up)
        yield points[:, 0].tolist(), points[:, 1].tolist()
