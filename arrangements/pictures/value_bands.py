"""Bands of colour for the values of a function of two inputs: a region is cut where its affine map takes round values.

f  the function, on one region a row of integers over one unit for the whole network
v  a value between two bands, a fraction: the line f = v
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor, log10
from typing import Any

from arrangements.complexes.activation_regions import ActivationRegion
from arrangements.exact.linear_algebra import Row, dot
from arrangements.pictures.geometry.polygons import cut, homogeneous
from arrangements.pictures.page.drawing import GREY, matplotlib

_BANDS = 10  # about


def band_levels(low: Fraction, high: Fraction) -> list[Fraction]:
    """Choose round values, from one that is not above the lowest to one that is not below the highest.

    Example:
        >>> [str(v) for v in band_levels(Fraction(0), Fraction(1, 2))][:3]
        ['0', '1/20', '1/10']
    """
    if low == high:
        return [low - 1, high + 1]
    rough = (high - low) / _BANDS
    power = Fraction(10) ** (floor(log10(rough)) if rough > Fraction(1, 10**300) else -300)
    step = next(power * m for m in (1, 2, 5, 10, 20) if power * m >= rough)
    return [step * j for j in range(floor(low / step), ceil(high / step) + 1)]


def band_of(value: Fraction, levels: Sequence[Fraction]) -> int:
    """Find the band of a value; values beyond all bands are in the first or the last one.

    Example:
        >>> band_of(Fraction(3, 2), [Fraction(0), Fraction(1), Fraction(2), Fraction(3)])
        1
    """
    return sum(level <= value for level in levels[1:-1])


def cut_into_bands(
    region: ActivationRegion, k: int, unit: int, levels: Sequence[Fraction]
) -> Iterable[tuple[int, tuple[Row, ...]]]:
    """Cut a bounded region by the values between bands; yield each part with its band.

    Args:
        region: of a network with two inputs.
        k: number of the output.
        unit: what the output's row is to be divided by.
        levels: where bands begin and end.
    """
    rest = tuple(homogeneous(x, y) for x, y in region.polygon)
    row = region.output_rows[k]
    for band, level in enumerate(levels[1:-1]):
        p, q = level.as_integer_ratio()
        line = (*(q * x for x in row[:-1]), q * row[-1] - p * unit)
        if any(dot(line, z) for z in rest):  # else f is this value on all that is left, which belongs above
            below, rest = cut(rest, line)
            if below:
                yield band, below
    if rest:
        yield len(levels) - 2, rest


def band_colours(count: int) -> list[Any]:
    """Even steps of a map that is even to the eye, and to colour-blind eyes."""
    chosen = matplotlib("matplotlib").colormaps["cividis"]
    return [chosen((band + 0.5) / count) for band in range(count)]


def add_bar(
    figure: Any, area: tuple[float, float, float, float], levels: Sequence[Fraction], colours: Sequence[Any]
) -> None:
    """Draw the colours beside the picture, with the values between them.

    Args:
        figure: from `new_figure`.
        area: left, bottom, width and height, in inches.
        levels: where bands begin and end.
        colours: of the bands.
    """
    width, height = figure.get_size_inches()
    place = (area[0] / width, area[1] / height, area[2] / width, area[3] / height)
    axes = figure.add_axes(place, xticks=[], xlim=(0, 1), ylim=(0, len(colours)))
    axes.bar([0.5] * len(colours), 1, 1, bottom=range(len(colours)), color=colours)
    axes.yaxis.tick_right()
    axes.set_yticks(range(len(levels)), [f"{float(level):g}".replace("-", "\N{MINUS SIGN}") for level in levels])
    axes.tick_params(labelsize=7, length=2, colors=GREY)
