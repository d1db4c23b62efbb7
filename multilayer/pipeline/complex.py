"""The command complex: regions, faces, pieces and zero set of a network in input space."""

import csv
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any

from arrangements import LayeredNetwork
from arrangements.complexes.activation_regions import ActivationRegion, RegionFrame
from arrangements.complexes.faces import FaceCounter
from arrangements.complexes.level_sets import refined_frame, zero_set_of
from arrangements.complexes.region_splitting import Cone
from arrangements.errors import InputError
from arrangements.exact.linear_algebra import Row
from arrangements.exact.number_text import fault
from arrangements.writing import replacing
from multilayer.io.signals import Terminated
from multilayer.io.writing import check_writable
from multilayer.pipeline.learning.training import fraction_text
from multilayer.pipeline.progress import Progress, unshown

Report = dict[str, Any]
Box = list[tuple[Fraction, Fraction]]


def read_sides(text: str | None, inputs: int) -> Box | None:
    """Read the box of the command line: LO:HI for all inputs, or one for each, with commas between.

    Args:
        text: what was given; None for no box.
        inputs: of the network.

    Raises:
        InputError: a part is not LO:HI, or there are neither one nor as many as inputs.

    Example:
        >>> read_sides("0:1/2", 2)
        [(Fraction(0, 1), Fraction(1, 2)), (Fraction(0, 1), Fraction(1, 2))]
    """
    if text is None:
        return None
    sides = [_side(part) for part in text.split(",")]
    if len(sides) not in (1, inputs):
        raise InputError(f"--box {text}: {len(sides)} intervals for {inputs} inputs; give one for all, or one for each")
    return sides * inputs if len(sides) == 1 else sides


def _side(text: str) -> tuple[Fraction, Fraction]:
    ends = text.split(":")
    if len(ends) != 2 or any(fault(end) is not None for end in ends):
        raise InputError(f"--box {text}: give the lower and the upper bound as numbers, LO:HI, such as -1:1")
    lower, upper = (Fraction(end.strip()) for end in ends)
    if lower >= upper:
        raise InputError(f"--box {text}: the lower bound is not below the upper bound")
    return lower, upper


def read_outputs(text: str | None) -> tuple[int, int | None] | None:
    """Read --zero-set: an output K, or two, K-J; they count from 1.

    Args:
        text: what was given; None for no zero set.

    Raises:
        InputError: it is something else.

    Example:
        >>> read_outputs("1"), read_outputs("3-2")
        ((1, None), (3, 2))
    """
    if text is None:
        return None
    numbers = text.split("-")
    if len(numbers) > 2 or not all(number.isascii() and number.isdigit() and len(number) < 9 for number in numbers):
        raise InputError(f"--zero-set {text}: give the number of an output, or of two such as 1-2")
    output, *minus = map(int, numbers)
    return output, minus[0] if minus else None


@dataclass(frozen=True)
class Wanted:
    """What is asked about a network.

    Attributes:
        box: an open box that the complex is seen in; None for all inputs.
        faces: whether faces of every dimension are counted, too.
        outputs: an output whose zero set is described, and one that is subtracted from it, or None; None for none.
        limit: most regions.
        seconds: time after which no more regions are listed; None for any.
    """

    box: Box | None = None
    faces: bool = True
    outputs: tuple[int, int | None] | None = None
    limit: int = 50_000_000
    seconds: float | None = None


def complex_report(
    network: LayeredNetwork,
    wanted: Wanted,
    *,
    name: str,
    output: Path | None = None,
    columns: Sequence[str] | None = None,
    progress: Progress = unshown,
) -> Report:
    """Count what there is of a network's complex; where a limit or a signal ends it, what was found until then.

    Args:
        network: the layers.
        wanted: what is asked.
        name: what the network is called in messages.
        output: a file for the regions, if any.
        columns: names of the inputs.
        progress: shows how many regions there are so far.

    Raises:
        InputError: the box or an output does not fit the network, or the file cannot be written.
        Terminated: a signal came before any region was found.
    """
    start = perf_counter()
    if output is not None:
        check_writable(output)
    if wanted.outputs is not None:
        _check_outputs(wanted.outputs, network.outputs)
    frame = RegionFrame.of(network, wanted.box)
    tally = Tally(frame, wanted.faces)
    names = columns or [f"x{j}" for j in range(1, network.inputs + 1)]
    with nullcontext() if output is None else replacing(output) as file, progress(None, "regions") as seen:
        lines = None if file is None else csv.writer(file, lineterminator="\n")
        if lines is not None:
            lines.writerow([*(f"layer {k}" for k in range(1, len(frame.widths) + 1)), *names, "bounded"])
        ended = None
        try:
            for cone in frame.cones():
                ended = _ended(wanted, tally.regions, perf_counter() - start)
                if ended is not None:
                    break
                region = tally.add(cone)
                if lines is not None:
                    lines.writerow(_line(region))
                seen(tally.regions)
        except (KeyboardInterrupt, Terminated) as signal:
            if not tally.regions:
                raise
            ended = f"ended by {str(signal) or 'SIGINT'}"
    found: Report = {"inputs": network.inputs, "widths": list(frame.widths), **tally.report()}
    missing = ended and f"{name}: {ended}; {tally.regions:,} regions were found, there are more"
    if wanted.outputs is not None and ended is None:
        try:
            with progress(None, "regions refined by the output") as seen:
                found["zero_set"] = _zero_report(network, wanted, start, seen)
        except (KeyboardInterrupt, Terminated, _Late) as reason:
            ended = _over(wanted) if isinstance(reason, _Late) else f"ended by {str(reason) or 'SIGINT'}"
            missing = f"{name}: {ended}; all {tally.regions:,} regions were found, but not the zero set"
    if output is not None:
        found["output"] = str(output)
    return {**found, "complete": ended is None, "missing": missing, "seconds": round(perf_counter() - start, 3)}


class Tally:
    """What was seen of a network's regions so far.

    Args:
        frame: the search.
        faces: whether faces are counted.
    """

    def __init__(self, frame: RegionFrame, faces: bool) -> None:
        self.frame = frame
        self.faces = FaceCounter(frame.inputs, frame.start.walls) if faces else None
        self.first = ((1 << (frame.widths[0] if frame.widths else 0)) - 1) << frame.start.walls
        self.first_regions: set[tuple[int, int]] = set()
        self.maps: set[tuple[Row, ...]] = set()
        self.bounded = 0
        self.regions = 0

    def add(self, cone: Cone) -> ActivationRegion:
        """Count one region, and return it."""
        region = self.frame.region(cone)
        self.first_regions.add((cone.plus & self.first, cone.minus & self.first))
        self.maps.add(region.output_rows)
        if self.faces is not None:
            self.faces.add(cone)
        self.bounded += region.bounded
        self.regions += 1
        return region

    def report(self) -> Report:
        """Return the counts."""
        return {
            "first_regions": len(self.first_regions),
            "regions": self.regions,
            "faces": None if self.faces is None else list(self.faces.numbers),
            "pieces": len(self.maps),
            "bounded": self.bounded,
        }


def _ended(wanted: Wanted, regions: int, seconds: float) -> str | None:
    if regions == wanted.limit:
        return f"there are more than {wanted.limit:,} regions, the limit; raise --limit to go on"
    return _over(wanted) if wanted.seconds is not None and seconds > wanted.seconds else None


def _over(wanted: Wanted) -> str:
    return f"the time of {wanted.seconds:g} s is over; raise --time to go on"


def _line(region: ActivationRegion) -> list[str]:
    """A region as cells: the signs of each layer, a point inside, and whether it is bounded."""
    signs = ("".join("-0+"[s + 1] for s in layer) for layer in region.signs)
    point = (fraction_text(x).removesuffix("/1") for x in region.point)
    return [*signs, *point, "yes" if region.bounded else "no"]


def _check_outputs(outputs: tuple[int, int | None], there: int) -> None:
    for k in outputs:
        if k is not None and not 1 <= k <= there:
            raise InputError(f"--zero-set: there is no output {k}; the network has {there}, counted from 1")


class _Late(Exception):
    """The time is over before the zero set is known."""


def _zero_report(network: LayeredNetwork, wanted: Wanted, start: float, seen: Callable[[int], None]) -> Report:
    """The zero set of an output, or of a difference; outputs are counted from 1."""

    def look(number: int) -> None:
        seen(number)
        if wanted.seconds is not None and perf_counter() - start > wanted.seconds:
            raise _Late

    output, minus = wanted.outputs or (1, None)
    found = zero_set_of(refined_frame(network, output - 1, None if minus is None else minus - 1, wanted.box), look)
    return {
        "output": output,
        "minus": minus,
        "faces": list(found.f_vector),
        "pieces": len(found.pieces),
        "components": len(found.components),
        "euler_characteristic": found.euler_characteristic,
    }
