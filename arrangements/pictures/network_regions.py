"""The complex of a network in the plane of its two inputs: activation regions, bent lines, zero set.

A region has the colour of its pattern of signs, so it keeps its colour when the weights move and the pattern stays.
Each neuron has a line, in a colour that no other one of its layer has: thin and straight in the first layer, thick and
bent in the layers after it. An edge on which several neurons change is drawn as the first of them. The zero set of an
output is white between black lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from arrangements.cells import Signs
from arrangements.complexes.activation_regions import ActivationRegion, as_network, iter_activation_regions
from arrangements.complexes.layered_network import LayeredNetwork
from arrangements.complexes.level_sets import LevelSet, zero_set
from arrangements.complexes.polyhedral_complex import ComplexFace, NetworkComplex, network_complex
from arrangements.errors import InputError
from arrangements.pictures.geometry.polygons import Point, area, in_plane
from arrangements.pictures.geometry.views import FARTHEST, View, read_view, view_of
from arrangements.pictures.lines import FOOT, add_polygon, lines_panel, note_of
from arrangements.pictures.page.drawing import BLACK, Panel, caption, new_figure, number_axes, read_size
from arrangements.pictures.page.labels import write_inside
from arrangements.pictures.page.names import LIMIT, read_limit, region_texts
from arrangements.pictures.page.nodes import add_key, key_width
from arrangements.pictures.page.palette import line_look

_BORDER, _NUMBERS = 0.12, 0.42  # inches: around the picture, and where numbers stand along an axis
_WIDTHS = (1.0, 2.0)  # of the lines of the first layer, and of those after it

_Neuron = tuple[int, int]


def draw_complex(
    network: LayeredNetwork,
    *,
    labels: str = "auto",
    output: int | None = 0,
    minus: int | None = None,
    view: Iterable[object] | None = None,
    size: float = 5,
    limit: int = LIMIT,
) -> Any:
    """Draw the activation regions of a network with two inputs, the lines of its neurons, and a zero set.

    Numbers along the axes are inputs. Labels that find no room are left out, and the view leaves out vertices that are
    far away from all others; a line below says how many labels and regions are missing.

    Args:
        network: layers with two inputs, ReLU after all but the last; a trained model will do.
        labels: of the regions: "signs" (layer after layer), "numbers" (places in the sorted list of sign patterns),
            "none", or "auto": signs for at most 4 neurons, else numbers.
        output: number of the output whose zero set is drawn, from 0; None for none.
        minus: number of an output that is subtracted from it: the boundary between two classes.
        view: centre x, y and half the side of the square that is shown; None to choose.
        size: height of the picture in inches.
        limit: the largest number of regions that is drawn.

    Returns:
        A figure of matplotlib; a polygon for each region in view has the gid "region-" and its number, an edge "edge-"
        and the place of its neuron, counted through all layers.

    Raises:
        InputError: the argument is not a network with two inputs, too many regions, an option that is out of bounds, or
            no matplotlib.

    Example:
        >>> layers = [{"weights": [[1, 0], [0, 1]]}, {"weights": [[1, 1]], "biases": [-1]}, {"weights": [[1]]}]
        >>> figure = draw_complex(LayeredNetwork.from_json({"layers": layers}, "here"))
        >>> sum((patch.get_gid() or "").startswith("region") for patch in figure.axes[0].patches)
        7
    """
    layered = with_inputs(network, (2,))
    regions = regions_of(layered, limit)
    numbers = {signs: k for k, signs in enumerate(sorted(flat_signs(region.signs) for region in regions))}
    texts = region_texts(numbers, labels)
    shown_view = view_of_regions(regions) if view is None else read_view(view)
    within = network_complex(layered, box=shown_view.sides)
    boundary = None if output is None else zero_set(layered, output=output, minus=minus, box=shown_view.sides)
    names = [f"{layer}, {k}" for layer, width in enumerate(within.widths) for k in range(width)]
    whole, beside = read_size(size), key_width(names) if names else 0.0
    figure = new_figure(whole + beside, whole + FOOT)
    side = whole - _NUMBERS - _BORDER
    panel = lines_panel(figure, _NUMBERS, _NUMBERS / 2 + FOOT, side, shown_view)
    number_axes(panel)
    add_edges_of_neurons(panel, within)
    if boundary is not None:
        add_zero_set(panel, boundary)
    open_parts = within.regions if boundary is None else boundary.within.regions
    note = add_activation_regions(panel, within.regions, open_parts, numbers, texts)
    caption(figure, 0.05, 0.03, note)
    if names:
        looks = [(*line_look(k), _WIDTHS[layer > 0]) for layer, width in enumerate(within.widths) for k in range(width)]
        add_key(figure, whole + beside - 0.08, whole + FOOT - 0.15, names, title="layer, neuron", looks=looks)
    return figure


def with_inputs(network: object, allowed: Sequence[int]) -> LayeredNetwork:
    """Read a network with few inputs.

    Args:
        network: what the caller gave.
        allowed: numbers of inputs.

    Raises:
        InputError: it is no network, or has another number of inputs.
    """
    layered = as_network(network)
    if layered.inputs not in allowed:
        many = f"{layered.inputs} input{'s' * (layered.inputs > 1)}"
        raise InputError(f"the network has {many}; this picture is drawn for {' or '.join(map(str, allowed))}")
    return layered


def regions_of(network: LayeredNetwork, limit: int) -> list[ActivationRegion]:
    """List the regions, unless there are too many.

    Args:
        network: the layers.
        limit: the largest number of regions that is drawn.

    Raises:
        InputError: there are more.
    """
    most = read_limit(limit)
    found = list(islice(iter_activation_regions(network), most + 1))
    if len(found) > most:
        raise InputError(
            f"the network has more than {most} regions, too many for a picture; draw a smaller one, or give limit="
        )
    return found


def flat_signs(signs: Iterable[Signs]) -> Signs:
    """Write the signs of all layers one after the other."""
    return tuple(chain.from_iterable(signs))


def view_of_regions(regions: Iterable[ActivationRegion]) -> View:
    """Choose a view that holds the vertices of regions in the plane."""
    vertices = {(x, y) for region in regions for x, y in region.vertices if max(abs(x), abs(y)) < FARTHEST}
    return view_of(sorted(vertices) or [regions_middle(regions)])


def regions_middle(regions: Iterable[ActivationRegion]) -> Any:
    """A point of one of the regions."""
    return next(iter(regions)).point


def add_activation_regions(
    panel: Panel,
    regions: Sequence[ActivationRegion],
    parts: Sequence[ActivationRegion],
    numbers: Mapping[Signs, int],
    texts: Mapping[Signs, str],
) -> str:
    """Draw the regions of a box, labelled; return what is to be said below.

    Args:
        panel: where.
        regions: what is drawn.
        parts: into which the zero set cuts them; a label stands in the largest part of its region.
        numbers: of all regions.
        texts: labels.
    """
    for region in regions:
        signs = flat_signs(region.signs)
        add_polygon(panel, _corners(region), signs, numbers[signs])
    largest: dict[Signs, list[Point]] = {}
    depth = len(regions[0].signs)
    for part in parts:
        signs, corners = flat_signs(part.signs[:depth]), _corners(part)
        if signs not in largest or area(corners) > area(largest[signs]):
            largest[signs] = corners
    labelled = [(corners, texts[signs]) for signs, corners in largest.items() if signs in texts]
    return note_of(len(regions), len(numbers), write_inside(panel, labelled))


def add_edges_of_neurons(panel: Panel, within: NetworkComplex) -> None:
    """Draw each edge in the look of the first neuron that changes its sign there."""
    starts = [sum(within.widths[:layer]) for layer in range(len(within.widths))]
    for face in within.faces[1]:
        layer, k = _changing(within, face)
        colour, dashes = line_look(k)
        ends = [in_plane(z) for z in face.rays]
        panel.axes.plot(
            *zip(*ends, strict=True), color=colour, linestyle=dashes, linewidth=_WIDTHS[layer > 0],
            solid_capstyle="round", gid=f"edge-{starts[layer] + k}", zorder=3,
        )  # fmt: skip


def _changing(within: NetworkComplex, face: ComplexFace) -> _Neuron:
    one, two = (within.regions[i].signs for i in face.regions)
    return next(
        (layer, k)
        for layer, (first, second) in enumerate(zip(one, two, strict=True))
        for k, (a, b) in enumerate(zip(first, second, strict=True))
        if a != b
    )


def add_zero_set(panel: Panel, found: LevelSet) -> None:
    """Draw a zero set: its lines white between black, its points black, whole regions hatched."""
    within = found.within
    for face in found.pieces:
        places = _corners(within.regions[face.regions[0]]) if face.dimension == 2 else [in_plane(z) for z in face.rays]
        across: list[Any] = list(zip(*places, strict=True))
        if face.dimension == 2:
            panel.axes.fill(
                *across, facecolor="none", edgecolor=BLACK, hatch="///", linewidth=0, gid="zero-2", zorder=2
            )
        elif face.dimension == 1:
            panel.axes.plot(*across, color=BLACK, linewidth=4, solid_capstyle="round", gid="zero-1", zorder=3.5)
            panel.axes.plot(*across, color="white", linewidth=1.8, solid_capstyle="round", gid="core", zorder=3.6)
        else:
            panel.axes.plot(*across, "o", color=BLACK, markersize=5, gid="zero-0", zorder=3.6)


def _corners(region: ActivationRegion) -> list[Point]:
    return [(float(x), float(y)) for x, y in region.polygon]
