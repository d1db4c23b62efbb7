"""The picture of an arrangement that notebooks show by themselves."""

from arrangements.arrangement import Arrangement
from arrangements.errors import ArrangementError
from arrangements.pictures.lines import draw_lines
from arrangements.pictures.page.drawing import svg_text
from arrangements.pictures.sphere import draw_disc

_INCHES = 3.5
_FILLED = 25  # hyperplanes, from which on a picture of this size has the lines alone
_LARGEST = 500


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
