"""Which square part of the plane is shown: that which holds the vertices, in numbers that are exact and short."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from statistics import median
from typing import NamedTuple

from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, shown
from arrangements.exact.numbers import exact_vector
from arrangements.pictures.geometry.polygons import Polygon, box

FARTHEST = Fraction(10) ** 100  # what lies further away is not drawn


class View(NamedTuple):
    """A square part of the plane.

    Attributes:
        centre: its middle.
        reach: half its side.
    """

    centre: tuple[Fraction, Fraction]
    reach: Fraction

    @property
    def sides(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The lower and upper bound of each coordinate."""
        return tuple((c - self.reach, c + self.reach) for c in self.centre)

    @property
    def polygon(self) -> Polygon:
        """Its corners."""
        (x, y), r = self.centre, self.reach
        return box((x - r, y - r), (x + r, y + r))


def choose_view(plane: Arrangement, *, whole: bool = False) -> View:
    """Choose the part of the plane that holds the vertices, without those that are far away from all others.

    Args:
        plane: the arrangement in the plane.
        whole: whether those are not left out.

    Example:
        >>> view = choose_view(Arrangement.from_table([[1, 0], [1, 1]]))
        >>> view.centre, view.reach
        ((Fraction(0, 1), Fraction(0, 1)), Fraction(1, 1))
    """
    zero = Fraction(0)
    if plane.is_linear:
        return View((zero, zero), Fraction(1))
    return view_of(_seen_points(plane), whole=whole)


def view_of(points: Sequence[tuple[Fraction, Fraction]], *, whole: bool = False) -> View:
    """Choose a view that holds points, without those that are far away from all others.

    Args:
        points: at least one.
        whole: whether none is left out.

    Example:
        >>> zero = Fraction(0)
        >>> view_of([(zero, zero)]).reach
        Fraction(1, 1)
    """
    _, sizes = _middle_and_sizes(points)
    most = 2 * sorted(sizes)[len(sizes) * 3 // 4]
    if most and max(sizes) > 2 * most and not whole:
        points = [p for p, size in zip(points, sizes, strict=True) if size <= most]
    low, high = ([pick(p[k] for p in points) for k in (0, 1)] for pick in (min, max))
    reach = max(b - a for a, b in zip(low, high, strict=True)) * Fraction(13, 20) or Fraction(1)
    # never so small beside the numbers themselves that floats cannot tell its corners apart
    reach = max(reach, max(map(abs, (*low, *high))) / 10**6)
    return _view((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, reach)


def middle_view(plane: Arrangement) -> View:
    """Choose a view around the middle of the vertices that holds about half of them.

    Args:
        plane: the arrangement in the plane.
    """
    middle, sizes = _middle_and_sizes(_seen_points(plane))
    return _view(*middle, sorted(sizes)[len(sizes) // 2])


def _view(x: Fraction, y: Fraction, reach: Fraction) -> View:
    """Rounded to floats, so that later numbers are short."""
    x, y, reach = (Fraction(float(value)) for value in (x, y, reach))
    return View((x, y), reach or Fraction(1))


def _seen_points(plane: Arrangement) -> list[tuple[Fraction, Fraction]]:
    zero = Fraction(0)
    return [p for p in _vertices(plane) or _feet(plane) if max(map(abs, p)) < FARTHEST] or [(zero, zero)]


def _middle_and_sizes(
    points: Sequence[tuple[Fraction, Fraction]],
) -> tuple[tuple[Fraction, Fraction], list[Fraction]]:
    """The medians of the coordinates, and how far each point is from there in one of them."""
    x, y = median(p[0] for p in points), median(p[1] for p in points)
    return (x, y), [max(abs(p[0] - x), abs(p[1] - y)) for p in points]


def _vertices(plane: Arrangement) -> list[tuple[Fraction, Fraction]]:
    found = []
    for (a, b, c), (d, e, f) in combinations(plane.hyperplanes, 2):
        t = a * e - b * d
        if t:
            found.append((Fraction(b * f - c * e, t), Fraction(c * d - a * f, t)))
    return found


def _feet(plane: Arrangement) -> list[tuple[Fraction, Fraction]]:
    """The points of the lines next to the origin."""
    return [(Fraction(-a * c, a * a + b * b), Fraction(-b * c, a * a + b * b)) for a, b, c in plane.hyperplanes]


def read_view(view: Iterable[object]) -> View:
    """Read a view: centre x and y, and half the side.

    Args:
        view: what the caller gave.

    Raises:
        InputError: these are not three numbers, or the last one is not above 0.

    Example:
        >>> read_view([0, "0.5", 2]).reach
        Fraction(2, 1)
    """
    numbers = exact_vector(view, "entry of view")
    if len(numbers) != 3 or not 0 < numbers[2] < FARTHEST or max(map(abs, numbers)) >= FARTHEST:
        raise InputError(f"view is {shown(view)}; give three numbers: the centre x and y, and half the side, above 0")
    return View((numbers[0], numbers[1]), numbers[2])
