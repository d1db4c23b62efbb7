"""How a network fits its rows: its function with the kinks for one or two inputs, else answers beside targets."""

from collections.abc import Sequence
from fractions import Fraction

from arrangements.errors import ArrangementError
from arrangements.pictures import draw_function, svg_text
from convex.networks.trained_model import TrainedModel
from multilayer.io.tables import Table
from multilayer.report.certificate_report import Optimum

_SIDE, _EDGE = 320, 40
_INCHES = 3.0


def fit_svg(optimum: Optimum, table: Table, output: int) -> str | None:
    """Draw one output over the rows.

    Args:
        optimum: the network and its fit.
        table: the rows.
        output: its number, from 0.

    Returns:
        The picture; None where it takes matplotlib, which is missing, or numbers are too large to draw.
    """
    targets = optimum.fit.targets[output]
    inputs = len(table.columns)
    if not 1 <= inputs <= 2:
        return beside_targets(targets, optimum.fit.outputs[output])
    network = TrainedModel(optimum.model.networks, bias=table.bias).layered(inputs)
    try:
        rows = [row[:inputs] for row in table.x]
        return svg_text(draw_function(network, rows, targets, output=output, size=_INCHES))
    except ArrangementError:
        return None


def beside_targets(targets: Sequence[Fraction], answers: Sequence[Fraction]) -> str:
    """Draw the answer at each row over its target; on the line both are equal.

    Args:
        targets: of the rows.
        answers: of the network.

    Example:
        >>> beside_targets([Fraction(0), Fraction(2)], [Fraction(0), Fraction(1)]).count("<circle")
        2
    """
    low, high = min(*targets, *answers), max(*targets, *answers)
    span = high - low or Fraction(1)

    def place(value: Fraction) -> float:
        return _EDGE + (_SIDE - 2 * _EDGE) * float((value - low) / span)

    dots = (
        f'<circle cx="{place(target):.1f}" cy="{_SIDE - place(answer):.1f}" r="4">'
        f"<title>target {float(target):.6g}, network {float(answer):.6g}</title></circle>"
        for target, answer in zip(targets, answers, strict=True)
    )
    far = _SIDE - _EDGE
    return (
        f'<svg class="fit" viewBox="0 0 {_SIDE} {_SIDE}" role="img" aria-label="the network beside the targets">'
        f'<line x1="{_EDGE}" y1="{far}" x2="{far}" y2="{_EDGE}"/>{"".join(dots)}'
        f'<text x="{_SIDE / 2:g}" y="{_SIDE - 10}" text-anchor="middle">'
        f"target, {float(low):.4g} to {float(high):.4g}</text>"
        f'<text x="14" y="{_SIDE / 2:g}" text-anchor="middle" transform="rotate(-90 14 {_SIDE / 2:g})">network</text>'
        "</svg>"
    )
