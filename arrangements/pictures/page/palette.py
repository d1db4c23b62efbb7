"""Colours of regions and hyperplanes: a region's is made of its signs alone, so it has the same one in every picture.

The hue comes from a checksum of the signs and does not change when the rows move but the pattern stays. Two regions
that differ in an odd number of signs have different lightness: so do neighbours, where no row is repeated. Nothing is
said by colour alone: lines have their numbers and dashes, regions their labels.
"""

from collections.abc import Sequence
from zlib import crc32

from arrangements.pictures.page.drawing import AMBER, BLACK, BLUE, GREEN, ORANGE, PURPLE, SKY, YELLOW

_HUES = (BLUE, ORANGE, GREEN, PURPLE, SKY, AMBER, YELLOW)
_LINES = (BLACK, BLUE, ORANGE, GREEN, PURPLE, SKY, AMBER)
_DASHES = ("-", (0, (5, 1.5)), (0, (1, 1)), (0, (6, 1.5, 1, 1.5)))
_TINTS = (0.26, 0.52)  # how much of the hue is in the light and the dark tint
_SIGNS = {1: "+", 0: "0", -1: "\N{MINUS SIGN}"}

Dashes = str | tuple[int, tuple[float, ...]]


def signs_text(signs: Sequence[int]) -> str:
    """Write signs in letters of equal width.

    Args:
        signs: -1, 0, +1.

    Example:
        >>> signs_text((1, 0, -1)) == "+0\N{MINUS SIGN}"
        True
    """
    return "".join(_SIGNS[s] for s in signs)


def tint(signs: Sequence[int]) -> str:
    """Choose a light colour for a pattern of signs.

    Args:
        signs: -1, 0, +1.

    Example:
        >>> tint((1, 1)) == tint((1, 1)), tint((1, 1)) == tint((1, -1))
        (True, False)
    """
    share = _TINTS[sum(s < 0 for s in signs) % 2]
    return mixed(hue(signs), share)


def hue(signs: Sequence[int]) -> str:
    """Choose a full colour for a pattern of signs: that which its tint is made of.

    Args:
        signs: -1, 0, +1.

    Example:
        >>> hue((1, -1)) in _HUES
        True
    """
    return _HUES[crc32(bytes(s + 1 for s in signs)) % len(_HUES)]


def mixed(colour: str, share: float) -> str:
    """Mix a colour with white.

    Args:
        colour: as #RRGGBB.
        share: of the colour, from 0 to 1.

    Example:
        >>> mixed("#000000", 0.5)
        '#808080'
    """
    parts = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return "#" + "".join(f"{round(255 + share * (part - 255)):02X}" for part in parts)


def line_look(k: int) -> tuple[str, Dashes]:
    """Choose colour and dashes of hyperplane k; the first 28 are all different.

    Args:
        k: its place in `Arrangement.hyperplanes`.

    Example:
        >>> line_look(0)
        ('#000000', '-')
        >>> len({line_look(k) for k in range(28)})
        28
    """
    return _LINES[k % len(_LINES)], _DASHES[k // len(_LINES) % len(_DASHES)]
