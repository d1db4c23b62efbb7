"""A network of other tools as steps, affine maps and ReLUs in any order, written as layers.

Affine maps that follow each other are multiplied out, exactly; a ReLU at the very beginning or end, or after another,
gets an identity between. So the layers compute the same function as the steps.
"""

from collections.abc import Iterable
from fractions import Fraction

from arrangements import Layer, LayeredNetwork
from arrangements.exact.numbers import Matrix, Vector

Step = Layer | None  # an affine map, or the ReLU


def layers_of(steps: Iterable[Step], inputs: int) -> LayeredNetwork:
    """Write steps as layers.

    Args:
        steps: affine maps, one row a number that comes out, and None for each ReLU; sizes fit.
        inputs: numbers that go in.

    Example:
        >>> one, two = Fraction(1), Fraction(2)
        >>> double = Layer(((two,),), (one,))
        >>> layers_of([double, double, None], 1).layers
        (Layer(weights=((Fraction(4, 1),),), biases=(Fraction(3, 1),)), Layer(weights=((Fraction(1, 1),),), \
biases=(Fraction(0, 1),)))
    """
    layers: list[Layer] = []
    current: Layer | None = None
    size = inputs
    for step in steps:
        if step is None:
            layers.append(current or identity(size))
            current = None
        else:
            current = step if current is None else _after(step, current)
            size = len(step.biases)
    return LayeredNetwork((*layers, current or identity(size)))


def identity(size: int) -> Layer:
    """Make the affine map that changes nothing.

    Args:
        size: how many numbers it takes.

    Example:
        >>> identity(1)
        Layer(weights=((Fraction(1, 1),),), biases=(Fraction(0, 1),))
    """
    weights = tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))
    return Layer(weights, (Fraction(0),) * size)


def _after(outer: Layer, inner: Layer) -> Layer:
    """The map that does the inner one first."""
    columns = list(zip(*inner.weights, strict=True))
    weights: Matrix = tuple(tuple(_dot(row, column) for column in columns) for row in outer.weights)
    biases: Vector = tuple(_dot(row, inner.biases) + b for row, b in zip(*outer, strict=True))
    return Layer(weights, biases)


def _dot(a: Iterable[Fraction], b: Iterable[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))
