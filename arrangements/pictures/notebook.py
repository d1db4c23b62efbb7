"""The pictures that notebooks show by themselves: of arrangements and of networks with few inputs."""

from typing import Any

from arrangements.arrangement import Arrangement
from arrangements.errors import ArrangementError
from arrangements.pictures.function_graph import draw_function
from arrangements.pictures.lines import draw_lines
from arrangements.pictures.network_regions import draw_complex
from arrangements.pictures.page.drawing import svg_text
from arrangements.pictures.sphere import draw_disc

_INCHES = 3.5
_FILLED = 25  # hyperplanes, from which on a picture of this size has the lines alone
_LARGEST = 500
_REGIONS = 300  # of a network


def arrangement_svg(arrangement: Arrangement) -> str | None:
    """Draw an arrangement as the text of an SVG file.

    Args:
        arrangement: the hyperplanes.

    Returns:
        The picture, for rank 1 or 2, or 3 without offsets; None for other ranks, for more than 500 hyperplanes, or if
        matplotlib is not installed.

    Example:
        >>> arrangement_svg(Arrangement.from_table([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])) is None
        True
    """
    n, r = len(arrangement.hyperplanes), arrangement.rank
    if not 1 <= r <= (2 if arrangement.is_affine else 3) or n > _LARGEST:
        return None
    draw = draw_disc if r == 3 else draw_lines
    try:
        return svg_text(draw(arrangement, fill=n <= _FILLED, size=_INCHES))
    except ArrangementError:  # matplotlib is missing
        return None


def complex_svg(network: Any) -> str | None:
    """Draw the complex of a network with two inputs, or the function of one input, as the text of an SVG file.

    Args:
        network: layers.

    Returns:
        The picture; None for more inputs, for more than 300 activation regions, or if matplotlib is not installed.

    Example:
        >>> from fractions import Fraction
        >>> from arrangements import Layer, LayeredNetwork
        >>> one = Fraction(1)
        >>> complex_svg(LayeredNetwork((Layer(((one, one, one),), (one,)),))) is None
        True
    """
    draw = draw_complex if network.inputs == 2 else draw_function
    try:
        return svg_text(draw(network, size=_INCHES, limit=_REGIONS))
    except ArrangementError:  # other inputs, too many regions, or matplotlib is missing
        return None


def function_svg(network: Any) -> str | None:
    """Draw the function of a network with one or two inputs as the text of an SVG file.

    Args:
        network: with a method `layered`.

    Returns:
        The picture; None for more inputs, for more than 300 activation regions, where nothing says how many inputs
        there are, or if matplotlib is not installed.
    """
    try:
        return svg_text(draw_function(network, size=_INCHES, limit=_REGIONS))
    except ArrangementError:
        return None
