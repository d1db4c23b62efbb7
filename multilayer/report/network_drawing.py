"""A network of parallel sub-networks as SVG: inputs, first layer, second layer, outputs, and a line for every weight.

A line is as wide as its weight is large beside the largest of its layer, blue where it is positive and orange, dashed,
where it is negative; its title has the number.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from typing import NamedTuple

from convex.networks.network import SubNetwork

MOST_NEURONS = 60  # of the first layer, in one drawing
_ROW, _TOP = 34, 44
_WIDTH, _INPUT, _FIRST, _SECOND, _OUTPUT = 444, 92, 182, 268, 354  # all of it fits a phone without scrolling
_WIDEST = 5.0
_LETTERS = 12


class Part(NamedTuple):
    """A sub-network with the number of the output that it belongs to."""

    output: int
    weights: SubNetwork


def drawn_parts(parts: Sequence[Part]) -> list[Part]:
    """Choose the sub-networks that are drawn: those of the largest output weights, `MOST_NEURONS` neurons in all.

    Args:
        parts: all of them.

    Example:
        >>> one = Fraction(1)
        >>> small, large = (Part(0, SubNetwork(((one,),) * 40, (one,) * 40, k * one)) for k in (1, 2))
        >>> drawn_parts([small, large]) == [large]
        True
    """
    chosen, neurons = [], 0
    for part in sorted(parts, key=lambda part: -abs(part.weights.output)):
        neurons += part.weights.width
        if neurons > MOST_NEURONS:
            break
        chosen.append(part)
    return chosen


def network_svg(parts: Sequence[Part], columns: Sequence[str], outputs: Sequence[str]) -> str:
    """Draw sub-networks one below the other.

    Args:
        parts: at least one.
        columns: the names of the inputs.
        outputs: the names of the outputs.

    Example:
        >>> one = Fraction(1)
        >>> text = network_svg([Part(0, SubNetwork(((one, -one),), (one,), one))], ["a", "1"], ["y"])
        >>> text.count("<line"), text.count("<circle"), "first layer, a: -1" in text
        (4, 2, False)
    """
    rows = sum(max(part.weights.width, 1) for part in parts)
    height = _TOP + _ROW * max(rows, len(columns), len(outputs))
    spread = _Spread(height - _TOP)
    body = [
        *_headings(),
        *_edges(parts, spread, columns, outputs),
        *(_label(_INPUT - 8, y, name, "end") for name, y in zip(columns, spread(len(columns)), strict=True)),
        *(_label(_OUTPUT + 8, y, name, "start") for name, y in zip(outputs, spread(len(outputs)), strict=True)),
    ]
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="the network, with a line for every weight">'
        f"{''.join(body)}</svg>"
    )


class _Spread(NamedTuple):
    """Places, one below the other, at equal distances over the height."""

    height: float

    def __call__(self, count: int) -> list[float]:
        return [_TOP + self.height * (k + 0.5) / count for k in range(count)]


def _headings() -> Iterator[str]:
    for x, text in ((_INPUT, "inputs"), (_FIRST, "first layer"), (_SECOND, "second layer"), (_OUTPUT, "outputs")):
        yield f'<text class="heading" x="{x}" y="20" text-anchor="middle">{text}</text>'


def _edges(parts: Sequence[Part], spread: _Spread, columns: Sequence[str], outputs: Sequence[str]) -> Iterator[str]:
    largest = _Largest.of(parts)
    first_places = iter(spread(sum(part.weights.width for part in parts)))
    inputs, ends = spread(len(columns)), spread(len(outputs))
    for number, (output, part) in enumerate(parts, start=1):
        places = [next(first_places) for _ in part.first]
        middle = sum(places) / len(places)
        title = f"sub-network {number}"
        for y, w, u in zip(places, part.first, part.second, strict=True):
            for name, start, value in zip(columns, inputs, w, strict=True):
                yield _line((_INPUT, start), (_FIRST, y), value, largest.first, f"{title}, {name}")
            yield _line((_FIRST, y), (_SECOND, middle), u, largest.second, f"{title}, second layer")
        yield _line((_SECOND, middle), (_OUTPUT, ends[output]), part.output, largest.output, f"{title}, output")
        yield from (_circle(_FIRST, y) for y in places)
        yield _circle(_SECOND, middle)
        yield f'<text class="small" x="{_SECOND}" y="{middle + 3:.1f}" text-anchor="middle">{number}</text>'


class _Largest(NamedTuple):
    """The largest size of a weight in each layer."""

    first: Fraction
    second: Fraction
    output: Fraction

    @classmethod
    def of(cls, parts: Sequence[Part]) -> "_Largest":
        found = [part.weights for part in parts]
        return cls(
            max(abs(value) for part in found for w in part.first for value in w),
            max(abs(value) for part in found for value in part.second),
            max(abs(part.output) for part in found),
        )


def _line(start: tuple[float, float], end: tuple[float, float], value: Fraction, largest: Fraction, title: str) -> str:
    if not value:
        return ""
    width = _WIDEST * float(abs(value) / largest)
    sign = "positive" if value > 0 else "negative"
    return (
        f'<line class="{sign}" x1="{start[0]:g}" y1="{start[1]:.1f}" x2="{end[0]:g}" y2="{end[1]:.1f}" '
        f'stroke-width="{max(width, 0.3):.2f}"><title>{escape(title)}: {float(value):.6g}</title></line>'
    )


def _circle(x: float, y: float) -> str:
    return f'<circle cx="{x:g}" cy="{y:.1f}" r="7"/>'


def _label(x: float, y: float, text: str, anchor: str) -> str:
    shown = escape(text)
    if len(text) > _LETTERS:
        shown = f"{escape(text[: _LETTERS - 1])}\N{HORIZONTAL ELLIPSIS}<title>{escape(text)}</title>"
    return f'<text x="{x:g}" y="{y + 4:.1f}" text-anchor="{anchor}">{shown}</text>'
