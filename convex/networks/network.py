"""Three-layer networks with rational weights, and their exact objective.

k     sub-network;  f(x) = sum_k w_3k (sum_j w_2kj (x.w_1kj)_+)_+
S     sum_j ||w_j|| of a block, the penalty that it pays in the convex program
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from arrangements.complexes.layered_network import LayeredNetwork
from arrangements.errors import InputError, shown
from arrangements.exact.integer_matrix import Floats
from arrangements.exact.numbers import Matrix, Vector, exact_matrix
from arrangements.exact.square_roots import root_below
from convex.problem.training_problem import Problem, as_problem


@dataclass(frozen=True)
class SubNetwork:
    """One of the parallel sub-networks, w_3 (sum_j w_2j (x.w_1j)_+)_+.

    Attributes:
        first: w_1, one vector for each neuron of the first layer.
        second: w_2, one number for each of them.
        output: w_3.

    Example:
        >>> one = Fraction(1)
        >>> part = SubNetwork(first=((one, 0 * one), (0 * one, one)), second=(one, -one), output=2 * one)
        >>> part((3 * one, one)), part.width  # 2 (3 - 1)_+
        (Fraction(4, 1), 2)
    """

    first: Matrix
    second: Vector
    output: Fraction

    def __post_init__(self) -> None:
        rows = (self.first, self.second)
        if not all(isinstance(row, tuple) for row in rows) or not isinstance(self.output, Fraction | int):
            raise InputError("a SubNetwork holds two tuples and a rational number: first, second and output")
        if len(self.first) != len(self.second):
            raise InputError(f"a SubNetwork has {len(self.first)} first-layer neurons and {len(self.second)} weights")
        for row in (*self.first, self.second):
            if not isinstance(row, tuple) or not all(isinstance(value, Fraction | int) for value in row):
                raise InputError(f"the weights {shown(row)} of a SubNetwork are no tuple of fractions or integers")

    @property
    def width(self) -> int:
        """The number of neurons in the first layer."""
        return len(self.first)

    def __call__(self, x: Vector) -> Fraction:
        """Evaluate the sub-network at x, exactly."""
        hidden = (max(sum(a * b for a, b in zip(x, w, strict=True)), Fraction(0)) for w in self.first)
        total = sum((u * h for u, h in zip(self.second, hidden, strict=True)), Fraction(0))
        return self.output * max(total, Fraction(0))


@dataclass(frozen=True)
class Network:
    """Parallel sub-networks, whose outputs add up; without any the output is 0.

    Attributes:
        subnetworks: the parts.

    Example:
        >>> one = Fraction(1)
        >>> Network((SubNetwork(((one, one),), (one,), -one),)).predict([(one, one), (-one, one)])
        (Fraction(-2, 1), Fraction(0, 1))
    """

    subnetworks: tuple[SubNetwork, ...]

    def __post_init__(self) -> None:
        parts = self.subnetworks
        if not isinstance(parts, tuple) or not all(isinstance(part, SubNetwork) for part in parts):
            raise InputError(f"{shown(parts)} is no tuple of sub-networks; a Network holds one")

    @property
    def width(self) -> int:
        """The largest number of first-layer neurons in one sub-network."""
        return max((part.width for part in self.subnetworks), default=0)

    @property
    def penalty(self) -> Fraction:
        """What beta multiplies in (4): half of the squared weights behind the first layer, 1/2 (||w_2||^2 + w_3^2)."""
        squares = (sum(u * u for u in part.second) + part.output**2 for part in self.subnetworks)
        return sum(squares, Fraction(0)) / 2

    def predict(self, x: Iterable[Iterable[object]]) -> Vector:
        """Compute the exact outputs, one for each row.

        Args:
            x: rows of numbers, in any form that `exact_number` reads.

        Raises:
            InputError: the rows are no table of numbers, or not as long as the first-layer weights.
        """
        return self._outputs(exact_matrix(x))

    def _outputs(self, rows: Matrix) -> Vector:
        for k, part in enumerate(self.subnetworks, start=1):
            if any(len(w) != len(rows[0]) for w in part.first):
                raise InputError(f"sub-network {k} takes {len(part.first[0])} columns, not {len(rows[0])}")
        return tuple(sum((part(row) for part in self.subnetworks), Fraction(0)) for row in rows)

    def layered(self, inputs: int | None = None) -> LayeredNetwork:
        """Write the network as one of three layers, for whatever takes such a network.

        Args:
            inputs: the length of a row, for a network without any weights; elsewhere it is checked.

        Raises:
            InputError: that length is another one, or is not known, or the weights do not fit it.
        """
        from convex.networks.trained_model import TrainedModel

        return TrainedModel((self,)).layered(inputs)

    def _repr_svg_(self) -> str | None:
        """Draw the function for notebooks, where the network has one or two inputs and matplotlib is installed."""
        from arrangements.pictures.notebook import function_svg

        return function_svg(self)

    def objective(self, problem: Problem) -> Fraction:
        """Evaluate objective (4) of Ergen and Pilanci (2021), an upper bound on the optimum; exact for rational losses.

        Args:
            problem: rows, targets, beta and loss.

        Raises:
            InputError: a first layer has Frobenius norm above 1, so the network is not feasible for (4), or takes
                another number of columns.
        """
        for k, part in enumerate(self.subnetworks, start=1):
            if sum(value * value for w in part.first for value in w) > 1:
                raise InputError(f"sub-network {k}: the first layer has Frobenius norm above 1")
        outputs = self._outputs(as_problem(problem).x)
        return problem.total_loss.value(outputs) + problem.beta * self.penalty

    @classmethod
    def read(cls, path: str | Path) -> "Network":
        """Read the weights of a network file with one output; `TrainedModel.read` reads all that it holds.

        Where a bias was used, the last weight of a neuron is that of a column of ones.

        Args:
            path: the file.

        Raises:
            InputError: the file is none, or has several outputs; with the place and the value.
        """
        from convex.networks.network_file import read_model

        networks = read_model(path).networks
        if len(networks) > 1:
            raise InputError(f"{path}: it has {len(networks)} outputs; read it by TrainedModel.read")
        return networks[0]

    def write(self, path: str | Path) -> None:
        """Write a network file of the weights alone, exactly; `TrainedModel.write` writes a description too.

        Args:
            path: the file.

        Raises:
            InputError: the place cannot be written.
        """
        from convex.networks.network_file import write_model
        from convex.networks.trained_model import TrainedModel

        write_model(TrainedModel((self,)), path)


def grown(network: Network, factor: Fraction) -> Network:
    """Multiply w_2 and w_3 of every sub-network by a factor; the outputs grow by its square.

    Args:
        network: the network.
        factor: positive.

    Example:
        >>> one = Fraction(1)
        >>> grown(Network((SubNetwork(((one,),), (one,), -one),)), 3 * one).predict([[one]])
        (Fraction(-9, 1),)
    """
    return Network(
        tuple(
            replace(part, second=tuple(factor * u for u in part.second), output=factor * part.output)
            for part in network.subnetworks
        )
    )


def within_unit_ball(first: Floats) -> Matrix:
    """Scale first-layer weights, as fractions, by the largest multiple of 2^-64 up to 1 that makes ||W_1||_F <= 1.

    Args:
        first: m x d finite numbers.

    Example:
        >>> import numpy as np
        >>> ((a, b),) = within_unit_ball(np.array([[3.0, 4.0]]))
        >>> a * a + b * b <= 1, float(a)
        (True, 0.6)
    """
    exact = [[Fraction(value) for value in w] for w in first.tolist()]
    square = sum((value * value for w in exact for value in w), Fraction(0))
    shrink = root_below(1 / square) if square > 1 else 1
    return tuple(tuple(shrink * value for value in w) for w in exact)
