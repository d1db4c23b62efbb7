"""A trained network of several outputs, with what is needed to use it: its columns, bias, targets, classes, bounds.

d   columns of the data;  with a bias, first-layer weights have d + 1 entries, the last for a column of ones
k   outputs, one `Network` for each
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

from arrangements.arguments import read_whole
from arrangements.complexes.layered_network import Layer, LayeredNetwork
from arrangements.errors import InputError, shown
from arrangements.exact.numbers import Matrix, Vector, exact_rows, exact_vector
from convex.networks.column_order import column_order, frame_names
from convex.networks.network import Network
from convex.problem.losses import Loss

_ZERO = Fraction(0)


@dataclass(frozen=True, kw_only=True)
class Description:
    """What is known of a network beside its weights; None or nothing where it is not known.

    Attributes:
        columns: the names of the columns of the data in order, or None.
        bias: whether a column of ones was appended to them.
        decimals: to how many decimals the table was rounded, or None.
        targets: the names of the target columns: one for each output, or the one that holds classes.
        classes: the labels in order; with two, the second is where the only output is above 0, with more, the class
            is that of the largest output, the first of equal ones.
        weights: the name of the column that held the weights of the rows, or None.
        loss: it was trained for, or None.
        beta: weight of the penalty, or None.
        width: neurons that were allowed in one sub-network; None for any number.
        upper: its objective, exact, or None.
        lower: proven bound on every network of this width, exact, or None.
        certificate: the file that proves the bounds, seen from the folder of the network's own file, or None.
    """

    columns: tuple[str, ...] | None = None
    bias: bool = False
    decimals: int | None = None
    targets: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    weights: str | None = None
    loss: Loss | None = None
    beta: Fraction | None = None
    width: int | None = None
    upper: Fraction | None = None
    lower: Fraction | None = None
    certificate: str | None = None

    def decide(self, outputs: Vector) -> str:
        """Name the class that the outputs of one row stand for.

        Args:
            outputs: exact; one number for two classes, else one a class.

        Raises:
            InputError: the outputs are no numbers, or not as many as the classes need.

        Example:
            >>> Description(classes=("no", "yes")).decide((Fraction(0),))
            'no'
        """
        outputs = exact_vector(outputs, "output")
        if len(outputs) != (len(self.classes) if len(self.classes) > 2 else 1) or not self.classes:
            raise InputError(f"there are {len(outputs)} outputs, which do not stand for {len(self.classes)} classes")
        place = outputs.index(max(outputs)) if len(self.classes) > 2 else int(outputs[0] > 0)
        return self.classes[place]


@dataclass(frozen=True)
class TrainedModel(Description):
    """Networks, one for each output, on the same columns, with their description.

    Example:
        >>> from convex import SubNetwork
        >>> one = Fraction(1)
        >>> network = Network((SubNetwork(((one, one),), (one,), one),))
        >>> model = TrainedModel((network,), columns=("height",), bias=True)
        >>> model.predict([(one,), (-2 * one,)])
        ((Fraction(2, 1),), (Fraction(0, 1),))
    """

    networks: tuple[Network, ...]

    def __post_init__(self) -> None:
        nets = self.networks
        if not isinstance(nets, tuple) or not nets or not all(isinstance(network, Network) for network in nets):
            raise InputError(f"the networks of a model are {shown(nets)}; give a tuple of one Network for each output")

    @property
    def inputs(self) -> int | None:
        """Numbers in one row of the data, without the bias; None where neither names nor weights say so."""
        if self.columns is not None:
            return len(self.columns)
        weights = (w for network in self.networks for part in network.subnetworks for w in part.first)
        return next((len(w) - self.bias for w in weights), None)

    def predict(self, x: Sequence[Vector]) -> Matrix:
        """Compute the exact outputs, one row for each row of the data.

        Args:
            x: rows of d exact numbers, without the column of ones; the columns of a data frame are matched by their
                names if the network's have names, those of a list or an array by their order.

        Raises:
            InputError: the rows are no table of numbers, or have another length or columns of other names.
        """
        rows = exact_rows(x)
        names = None if self.columns is None else frame_names(x, self.columns)
        if names is not None:
            order = column_order(names, self.columns, self.inputs, "the table")
            rows = tuple(tuple(row[j] for j in order) for row in rows)
        return self.layered(len(rows[0])).predict(rows) if rows else ()

    def layered(self, inputs: int | None = None) -> LayeredNetwork:
        """Write all outputs as one network of three layers; the bias becomes biases of the first layer.

        Args:
            inputs: d, for a network without any weights; elsewhere it is checked.

        Raises:
            InputError: d is another number, or is not known, or the weights do not fit it.
        """
        if inputs is not None:
            inputs = read_whole(inputs, "inputs")
        d = self.inputs or inputs
        if not d:
            raise InputError("the network has no weights that say how many columns it takes; give that number")
        if inputs not in (None, d):
            raise InputError(f"the network takes {d} columns, not {shown(inputs)}")
        parts = [(k, part) for k, network in enumerate(self.networks) for part in network.subnetworks]
        first = [w for _, part in parts for w in part.first] or [(_ZERO,) * (d + self.bias)]
        if wrong := next((len(w) for w in first if len(w) != d + self.bias), None):
            raise InputError(
                f"a neuron has {wrong} weights; with {d} columns{' and a bias' * self.bias} it needs {d + self.bias}"
            )
        ends = list(accumulate((part.width for _, part in parts), initial=0))
        second = [_placed(part.second, start, len(first)) for (_, part), start in zip(parts, ends, strict=False)]
        output = [
            tuple(part.output if place == k else _ZERO for place, part in parts) for k in range(len(self.networks))
        ]
        if not parts:
            second, output = [(_ZERO,) * len(first)], [(_ZERO,)] * len(self.networks)
        biases = tuple(w[d] for w in first) if self.bias else (_ZERO,) * len(first)
        return LayeredNetwork(
            (
                Layer(tuple(w[:d] for w in first), biases),
                Layer(tuple(second), (_ZERO,) * len(second)),
                Layer(tuple(output), (_ZERO,) * len(output)),
            )
        )

    def _repr_svg_(self) -> str | None:
        """Draw the first output for notebooks, where the network has one or two inputs and matplotlib is installed."""
        from arrangements.pictures.notebook import function_svg

        return function_svg(self)

    @classmethod
    def read(cls, path: str | Path) -> "TrainedModel":
        """Read a network file, of version 1 or 2; docs/howto/networks.md states the format.

        Args:
            path: the file.

        Raises:
            InputError: with the place and the value.
        """
        from convex.networks.network_file import read_model

        return read_model(path)

    def write(self, path: str | Path) -> None:
        """Write a network file of version 2, exactly; what the file held before is replaced as a whole.

        Args:
            path: the file.

        Raises:
            InputError: the place cannot be written.
        """
        from convex.networks.network_file import write_model

        write_model(self, path)


def _placed(values: Vector, start: int, length: int) -> Vector:
    """The values from `start` on, zeros around them."""
    return (_ZERO,) * start + values + (_ZERO,) * (length - start - len(values))
