"""The regions of the rows of a problem, counted before they are listed."""

from arrangements.errors import InputError, LimitError
from arrangements.first_layer.layer import FirstLayer, as_first_layer
from convex.problem.training_problem import Problem, as_problem
from theory import region_number

MOST_REGIONS = 20_000  # that one program of all neurons can be asked to hold


def first_layer_of(problem: Problem, layer: FirstLayer | None = None) -> FirstLayer:
    """List the regions of the rows, after counting them exactly; or check a layer that is listed already.

    Args:
        problem: its rows are the hyperplanes.
        layer: what an earlier call returned for the same rows.

    Raises:
        InputError: the layer is one of other rows.
        LimitError: more than `MOST_REGIONS` regions.

    Example:
        >>> problem = Problem.read([[1], [-1]], [1, 1], "0.5")
        >>> layer = first_layer_of(problem)
        >>> len(layer.cells), first_layer_of(problem.with_beta("0.1"), layer) is layer
        (2, True)
    """
    if layer is not None:
        if as_first_layer(layer).arrangement != as_problem(problem).arrangement:
            raise InputError("the layer lists the regions of other rows; leave it out, or list it for these rows")
        return layer
    try:
        region_number(as_problem(problem).arrangement, limit=MOST_REGIONS)
    except LimitError:
        cause = f"the table has more than {MOST_REGIONS} regions, too many to solve exactly"
        raise LimitError(f"{cause}; draw some (--sample, or convex.solve_sampled)") from None
    return FirstLayer.of(problem.arrangement)
