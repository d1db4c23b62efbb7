"""Labels inside the regions of a disc, whose edges are bent: places are tried on a grid.

A place is good for a label if a frame of points around the text, and the points of the text's own rectangle, see the
same signs and are on the disc. Floats choose the place; a label is only ever written for the region that it belongs to.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from arrangements.cells import Signs
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.linear_algebra import Row
from arrangements.pictures.geometry.hemispheres import Camera
from arrangements.pictures.geometry.polygons import Piece, inside, on_sphere
from arrangements.pictures.page.drawing import Panel
from arrangements.pictures.page.labels import LETTERS, extent, write

_GRID = 96  # places along a side
_TRIED = 16  # places for one label
_FRAME = np.array([(x, y) for x in (-0.5, -0.25, 0, 0.25, 0.5) for y in (-0.5, 0, 0.5)])


def write_on_disc(
    panel: Panel, camera: Camera, normals: Sequence[Row], found: Sequence[Piece], texts: Mapping[Signs, str]
) -> int:
    """Write texts inside the regions of a disc.

    Args:
        panel: where the disc has radius 1.
        camera: how it is looked at.
        normals: of all rows.
        found: what is seen.
        texts: labels of regions.

    Returns:
        How many found no room.
    """
    if not texts:
        return 0
    rows = np.array([on_sphere(row) if any(row) else (0.0, 0.0, 0.0) for row in normals])
    ticks = (np.arange(_GRID) + 0.5) * 2 / _GRID - 1
    grid = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    grid = grid[(grid**2).sum(axis=1) < 1]
    by_signs: dict[bytes, list[int]] = {}
    for k, signs in enumerate(_signs(rows, camera.lift(grid))):
        by_signs.setdefault(signs.tobytes(), []).append(k)
    left_out = 0
    for signs, corners in found:
        if signs not in texts:
            continue
        own = np.array(signs, np.int8)
        middle = camera.place(np.array(on_sphere(inside(corners))))
        places = np.vstack([middle, grid[by_signs.get(own.tobytes(), [])]])
        if not _write(panel, camera, rows, own, _best(rows, camera, places), texts[signs]):
            left_out += 1
    return left_out


def _signs(rows: Floats, points: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    return np.sign(points @ rows.T).astype(np.int8)


def _best(rows: Floats, camera: Camera, places: Floats) -> Floats:
    """The places that are furthest from all lines and the rim, as the page shows it."""
    points = camera.lift(places)
    near = np.where(rows.any(axis=1), np.abs(points @ rows.T), 1).min(axis=1, initial=1)
    if camera.kind == "parallel":  # what is near the rim is narrow on the page
        near = near * (points @ camera.towards)
    room = np.minimum(near, 1 - np.linalg.norm(places, axis=1))
    return places[np.argsort(-room, kind="stable")[:_TRIED]]


def _write(
    panel: Panel, camera: Camera, rows: Floats, own: np.ndarray[tuple[int, ...], np.dtype[np.int8]], places: Floats,
    text: str,
) -> bool:  # fmt: skip
    for size in LETTERS:
        frame = _FRAME * extent(text, size, panel.point)
        for place in places:
            corners = place + frame
            on_disc = ((corners**2).sum(axis=1) < 1).all()
            if on_disc and (_signs(rows, camera.lift(corners)) == own).all():
                write(panel, (float(place[0]), float(place[1])), text, size)
                return True
    return False
