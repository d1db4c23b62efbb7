"""Great circles on a sphere: a central arrangement of rank 3, on one disc or on two.

One disc is the projective plane: the half of the sphere that is seen from a direction, where opposite points of the rim
are one point; the region opposite to a region has the opposite signs. Two discs are the whole sphere, seen from both
sides. A region that reaches over the rim is on both.
"""

from collections.abc import Iterable
from typing import Any

from arrangements.arguments import read_truth
from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import Row
from arrangements.exact.numbers import exact_vector, integer_row
from arrangements.pictures.geometry.coordinates import on_page
from arrangements.pictures.geometry.hemispheres import Camera, sphere_pieces
from arrangements.pictures.great_circles import add_circles, add_disc, disc_panel
from arrangements.pictures.lines import FOOT, note_of
from arrangements.pictures.page.drawing import caption, new_figure, read_size
from arrangements.pictures.page.labels import LEVEL, border_of
from arrangements.pictures.page.names import LIMIT, hyperplane_names, read_names, region_numbers, region_texts

_MOST_CIRCLES = 500  # more would be a black disc


def draw_disc(
    arrangement: Arrangement,
    *,
    labels: str = "auto",
    row_names: Iterable[str] | None = None,
    fill: bool = True,
    view: Iterable[object] = (0, 0, 1),
    size: float = 4,
    limit: int = LIMIT,
) -> Any:
    """Draw a central arrangement of rank 3 in the projective plane: half of its sphere as a disc, in true areas.

    Each hyperplane is half a great circle, with its rows' numbers at one end; from both ends a thick stroke leads along
    the rim on the positive side of the first of them. Labels that find no room inside their region at 5 points are left
    out; a line below says how many.

    Args:
        arrangement: without offsets, of rank 3, in any dimension; the lineality space is left out.
        labels: of the regions: "signs", "numbers" (places in the sorted set of regions, as in `tope_graph`), "none",
            or "auto": signs for at most 4 rows, else numbers.
        row_names: a text for each row; None for their numbers from 0.
        fill: whether regions are coloured and labelled; without them up to 500 circles can be drawn.
        view: the direction from which one looks, three numbers.
        size: width of the picture in inches.
        limit: the largest number of regions that is drawn.

    Returns:
        A figure of matplotlib; a polygon for each region that is seen has the gid "region-" and its number.

    Raises:
        InputError: offsets, another rank, too many regions or circles, an option that is out of bounds, or no
            matplotlib.

    Example:
        >>> figure = draw_disc(Arrangement.from_table([[1, 0, 0], [0, 1, 0], [1, 1, 1]]))
        >>> sum((patch.get_gid() or "").startswith("region") for patch in figure.axes[0].patches)
        7
    """
    return _drawn(arrangement, labels, row_names, fill, view, size, limit, both=False)


def draw_sphere(
    arrangement: Arrangement,
    *,
    labels: str = "auto",
    row_names: Iterable[str] | None = None,
    fill: bool = True,
    view: Iterable[object] = (2, -3, 2),
    size: float = 7,
    limit: int = LIMIT,
) -> Any:
    """Draw a central arrangement of rank 3 on its sphere, seen from a direction and from the opposite one.

    Args:
        arrangement: without offsets, of rank 3, in any dimension; the lineality space is left out.
        labels: as for `draw_disc`.
        row_names: a text for each row; None for their numbers from 0.
        fill: whether regions are coloured and labelled.
        view: the direction from which one looks at the left disc, three numbers.
        size: width of the picture in inches.
        limit: the largest number of regions that is drawn.

    Returns:
        A figure of matplotlib with two axes.

    Raises:
        InputError: as for `draw_disc`.

    Example:
        >>> len(draw_sphere(Arrangement.from_table([[1, 0, 0], [0, 1, 0], [0, 0, 1]])).axes)
        2
    """
    return _drawn(arrangement, labels, row_names, fill, view, size, limit, both=True)


def _drawn(
    arrangement: Arrangement,
    labels: str,
    row_names: Iterable[str] | None,
    fill: bool,
    view: Iterable[object],
    size: float,
    limit: int,
    *,
    both: bool,
) -> Any:
    space, filled = space_of(arrangement), read_truth(fill, "fill")
    camera = Camera.of(read_direction(view), "parallel" if both else "half")
    names = hyperplane_names(arrangement, read_names(row_names, len(arrangement)))
    numbers = region_numbers(arrangement, limit) if filled else {}
    texts = region_texts(numbers, labels)
    count = 1 + both
    side = read_size(size) / count
    border, letters = border_of(names, side)
    level = min(border, LEVEL)
    inner = side - 2 * border
    figure = new_figure(side * count, inner + 2 * level + FOOT)
    found = sphere_pieces(space) if filled else []
    notes = []
    for k, each in enumerate((camera, camera.behind)[:count]):
        panel = disc_panel(figure, k * side + border, level + FOOT, inner)
        unlabelled = add_disc(panel, each, space, found, numbers, texts)
        add_circles(panel, each, space, names, letters)
        notes.append(note_of(1, 1, unlabelled))
        caption(figure, k * side + 0.05, 0.03, _seen_from(each, both, notes[-1]))
    return figure


def _seen_from(camera: Camera, both: bool, note: str) -> str:
    place = f"seen from ({', '.join(str(x) for x in camera.view)})" if both else ""
    return "; ".join(part for part in (place if len(place) < 40 else "", note) if part)


def space_of(arrangement: Arrangement) -> Arrangement:
    """Move an arrangement into space.

    Args:
        arrangement: what the caller gave.

    Raises:
        InputError: it is none, has offsets, its rank is not 3, or it has more than 500 hyperplanes.
    """
    r, n = as_arrangement(arrangement).rank, len(arrangement.hyperplanes)
    if arrangement.is_affine:
        raise InputError("a sphere belongs to a central arrangement, and this one has offsets; take its cone()")
    if r != 3:
        raise InputError(f"the arrangement has rank {r}; the sphere is drawn for rank 3")
    if n > _MOST_CIRCLES:
        raise InputError(f"there are {n} hyperplanes, too many for a picture; draw at most {_MOST_CIRCLES}")
    return on_page(arrangement, 3).arrangement


def read_direction(view: Iterable[object]) -> Row:
    """Read the direction from which one looks.

    Args:
        view: what the caller gave.

    Raises:
        InputError: these are not three numbers, or all are zero.
    """
    numbers = exact_vector(view, "entry of view")
    if len(numbers) != 3 or not any(numbers):
        raise InputError(f"view is {shown(view)}; give the direction from which one looks: three numbers, not all zero")
    return integer_row(numbers)
