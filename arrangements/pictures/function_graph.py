"""The function that a network computes on one or two inputs, with its kinks and the data.

f    the output;  on each activation region f(x) = a.x + c
v    values of f at which the colours change

With one input the graph is drawn. With two, colours stand for values: each region is cut by the lines f = v, exactly.
A kink is where the affine map changes, which is decided in rational numbers; where a neuron changes its sign and the
map stays, there is none.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from arrangements.arguments import read_whole
from arrangements.complexes.activation_regions import ActivationRegion, list_activation_regions
from arrangements.complexes.layered_network import LayeredNetwork
from arrangements.complexes.level_sets import zero_set
from arrangements.complexes.polyhedral_complex import NetworkComplex, network_complex
from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import dot
from arrangements.exact.numbers import Matrix, Vector, exact_matrix, exact_vector
from arrangements.pictures.geometry.polygons import in_plane
from arrangements.pictures.geometry.views import FARTHEST, View, read_view, view_of
from arrangements.pictures.lines import FOOT, lines_panel
from arrangements.pictures.network_regions import add_zero_set, regions_of, view_of_regions, with_inputs
from arrangements.pictures.page.drawing import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    Panel,
    caption,
    new_figure,
    number_axes,
    read_size,
)
from arrangements.pictures.page.names import LIMIT
from arrangements.pictures.value_bands import add_bar, band_colours, band_levels, band_of, cut_into_bands

_BORDER, _BAR = 0.42, 0.75  # inches: for numbers along the axes, for the bar of colours
_APART = 100  # parts of the width: kinks that are nearer look like one
_DATA = Fraction(5, 4)  # how much of the plane is shown beside data that reach to 1


def draw_function(
    network: LayeredNetwork,
    table: Iterable[Iterable[object]] | None = None,
    targets: Iterable[object] | None = None,
    *,
    output: int = 0,
    view: Iterable[object] | None = None,
    size: float = 5,
    limit: int = LIMIT,
) -> Any:
    """Draw the function that a network computes on one or two inputs, with its kinks and, if given, the data.

    Args:
        network: layers with one or two inputs, ReLU after all but the last; a trained model will do.
        table: rows of one or two numbers.
        targets: a number for each row.
        output: number of the output, from 0.
        view: for one input its lower and upper bound, for two the centre x, y and half the side of the square that is
            shown; None to choose: around the data, or else around the kinks.
        size: height of the picture in inches.
        limit: the largest number of activation regions that is drawn.

    Returns:
        A figure of matplotlib; with one input a point of the line with the gid "kink" is a kink, with two a line.

    Raises:
        InputError: the argument is not a network with one or two inputs, table or targets do not fit, too many regions,
            outputs too large to draw, an option that is out of bounds, or no matplotlib.

    Example:
        >>> layers = [{"weights": [[1], [1], [1]], "biases": [0, -1, -2]}, {"weights": [[1, -2, 1]]}]
        >>> network = LayeredNetwork.from_json({"layers": layers}, "here")
        >>> (axes,) = draw_function(network).axes
        >>> [line.get_xdata().tolist() for line in axes.lines if line.get_gid() == "kink"]
        [[0.0, 1.0, 2.0]]
    """
    layered = with_inputs(network, (1, 2))
    k = read_whole(output, "output", 0, layered.outputs - 1)
    rows, values = _read_data(table, targets, layered.inputs)
    side = read_size(size)
    regions = regions_of(layered, limit)
    if layered.inputs == 1:
        low, high = _interval(regions, rows) if view is None else _read_interval(view)
        figure = new_figure(1.4 * side, side + FOOT)
        _draw_curve(figure, layered, k, (low, high), rows, values)
        return figure
    shown_view = _data_view(regions, rows) if view is None else read_view(view)
    figure = new_figure(side + _BAR, side + FOOT)
    panel = lines_panel(figure, _BORDER, _BORDER / 2 + FOOT, side - _BORDER - 0.1, shown_view)
    _draw_bands(figure, panel, layered, k, shown_view, rows, values)
    return figure


def kinks(regions: Sequence[ActivationRegion], output: int = 0) -> list[Fraction]:
    """List the inputs at which the map of a network with one input changes.

    Args:
        regions: of the network, or those in an interval.
        output: number of the output.

    Example:
        >>> layers = [{"weights": [[1], [-1]]}, {"weights": [[1, -1]]}]  # the identity
        >>> kinks(list_activation_regions(LayeredNetwork.from_json({"layers": layers}, "here")))
        []
    """
    ordered = sorted(regions, key=lambda region: region.point)
    return [
        min(x for (x,) in right.vertices)
        for left, right in pairwise(ordered)
        if left.output_rows[output] != right.output_rows[output]
    ]


def _draw_curve(
    figure: Any, network: LayeredNetwork, k: int, interval: tuple[Fraction, Fraction], rows: Matrix, values: Vector
) -> None:
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0.55 / width, 0.5 / height, 1 - 0.7 / width, 1 - 0.65 / height))
    bent = kinks(list_activation_regions(network, box=[interval]), k)
    places = [interval[0], *bent, interval[1]]
    heights = [float(y) for y in _drawable([y[k] for y in network.predict([(x,) for x in places])])]
    axes.plot(list(map(float, places)), heights, color=BLUE, linewidth=1.6, gid="function", zorder=2)
    style = {"color": BLUE, "markersize": 4, "markerfacecolor": "white", "gid": "kink", "zorder": 5}
    axes.plot(list(map(float, bent)), heights[1:-1], "D", **style)
    seen = values or [y[k] for y in network.predict(rows)] if rows else ()
    for i, ((x,), y) in enumerate(zip(rows, seen, strict=True)):
        colour = ORANGE if values else "white"
        axes.plot(
            float(x), float(y), "o", color=colour, markeredgecolor=BLACK, markersize=6, gid=f"point-{i}", zorder=4
        )
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8, colors=GREY)
    axes.set_xlim(float(interval[0]), float(interval[1]))
    near = any(b - a < (interval[1] - interval[0]) / _APART for a, b in pairwise(bent))
    alike = ", some too close to be told apart" * near
    caption(figure, 0.05, 0.03, f"{len(bent)} kink{'s' * (len(bent) != 1)} in view{alike}")


def _drawable(heights: list[Fraction]) -> list[Fraction]:
    if max(map(abs, heights)) >= FARTHEST:
        raise InputError("the outputs are too large for a picture; scale the weights of the last layer")
    return heights


def _draw_bands(
    figure: Any, panel: Panel, network: LayeredNetwork, k: int, view: View, rows: Matrix, values: Vector
) -> None:
    within = network_complex(network, box=view.sides)
    unit = within.regions[0].layers.units[-1]
    heights = [Fraction(dot(r.output_rows[k], z), unit * z[2]) for r in within.regions for z in r.rays]
    levels = band_levels(min([*_drawable(heights), *values]), max([*heights, *values]))
    colours = band_colours(len(levels) - 1)
    for region in within.regions:
        for band, corners in cut_into_bands(region, k, unit, levels):
            places = [in_plane(z) for z in corners]
            look = {"facecolor": colours[band], "edgecolor": colours[band], "linewidth": 0.3}
            panel.axes.fill(*zip(*places, strict=True), **look, gid=f"band-{band}", zorder=1)
    _draw_kinks(panel, within, k)
    if levels[0] < 0 < levels[-1]:
        add_zero_set(panel, zero_set(network, output=k, box=view.sides))
    for i, row in enumerate(rows):
        band = band_of(values[i], levels) if values else 0
        style = {"markerfacecolor": colours[band] if values else "white", "markeredgecolor": BLACK, "markersize": 7}
        panel.axes.plot(*map(float, row), "o", color="white", markersize=11, gid="halo", zorder=4)
        panel.axes.plot(*map(float, row), "o", **style, markeredgewidth=1.4, gid=f"point-{i}", zorder=5)
    width, height = figure.get_size_inches()
    add_bar(figure, (width - _BAR + 0.1, _BORDER / 2 + FOOT, 0.14, height - FOOT - _BORDER), levels, colours)
    panel.axes.set_frame_on(True)
    number_axes(panel)
    caption(figure, 0.05, 0.03, "white: kinks" + "; between black lines: output 0" * (levels[0] < 0 < levels[-1]))


def _draw_kinks(panel: Panel, within: NetworkComplex, k: int) -> None:
    for face in within.faces[1]:
        one, two = (within.regions[i].output_rows[k] for i in face.regions)
        if one != two:
            ends = [in_plane(z) for z in face.rays]
            panel.axes.plot(*zip(*ends, strict=True), color="white", linewidth=1, gid="kink", zorder=2)


def _read_data(table: object, targets: object, inputs: int) -> tuple[Matrix, Vector]:
    if table is None:
        if targets is not None:
            raise InputError("targets are given without a table; give the rows that they belong to")
        return (), ()
    rows = exact_matrix(table)  # type: ignore[arg-type]
    if len(rows[0]) != inputs:
        raise InputError(f"the table has {len(rows[0])} columns where the network takes {inputs}")
    values = () if targets is None else exact_vector(targets, "target")  # type: ignore[arg-type]
    if values and len(values) != len(rows):
        raise InputError(f"there are {len(values)} targets for {len(rows)} rows; give one for each row")
    if any(abs(x) >= FARTHEST for row in (*rows, values) for x in row):
        raise InputError("the table has numbers too large for a picture; scale its columns first")
    return rows, values


def _interval(regions: Sequence[ActivationRegion], rows: Matrix) -> tuple[Fraction, Fraction]:
    points = [x for (x,) in rows] or kinks(regions) or [Fraction(0)]
    low, high = min(points), max(points)
    margin = (high - low) / 5 or max(Fraction(1), abs(low) / 10)
    return low - margin, high + margin


def _read_interval(view: Iterable[object]) -> tuple[Fraction, Fraction]:
    numbers = exact_vector(view, "entry of view")
    if len(numbers) != 2 or not -FARTHEST < numbers[0] < numbers[1] < FARTHEST:
        raise InputError(f"view is {shown(view)}; give two numbers: the lower and the upper bound of the input")
    return numbers[0], numbers[1]


def _data_view(regions: Sequence[ActivationRegion], rows: Matrix) -> View:
    if not rows:
        return view_of_regions(regions)
    view = view_of([(x, y) for x, y in rows], whole=True)
    return View(view.centre, view.reach * _DATA * Fraction(9, 10))
