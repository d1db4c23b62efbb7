"""Residual networks as parallel sub-networks: skip connections are neurons (Ergen and Pilanci 2021, Remark 1).

a_k   inner skip of block k, in front of its second ReLU;  c  outer skip, past everything

    f(x) = c.x + sum_k w_3k (sum_j w_2kj (x.w_1kj)_+ + a_k.x)_+

Since t = (t)_+ - (-t)_+, an inner skip is two more neurons of its sub-network, and the outer one two more
sub-networks of width 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from arrangements.arguments import check_kind
from arrangements.errors import InputError
from arrangements.exact.numbers import Vector, exact_matrix
from convex.networks.network import Network, SubNetwork

_ONE = Fraction(1)


@dataclass(frozen=True)
class Residual:
    """A network with skip connections.

    Attributes:
        blocks: the sub-networks.
        inner: for each of them the skip a_k, d numbers.
        outer: the skip c, d numbers.

    Example:
        >>> one, zero = Fraction(1), Fraction(0)
        >>> part = SubNetwork(first=((one,),), second=(-one,), output=one)  # (-(x)_+ + a x)_+, here with a = 2
        >>> Residual((part,), inner=((2 * one,),), outer=(one,)).predict([(one,), (-one,), (3 * one,)])
        (Fraction(2, 1), Fraction(-1, 1), Fraction(6, 1))
    """

    blocks: tuple[SubNetwork, ...]
    inner: tuple[Vector, ...]
    outer: Vector

    def predict(self, x: Iterable[Iterable[object]]) -> Vector:
        """Compute the exact outputs, one for each row, by the formula with the skips.

        Args:
            x: rows of numbers, in any form that `exact_number` reads.

        Raises:
            InputError: the rows are no table of numbers, or not as long as the outer skip.
        """
        rows = exact_matrix(x)
        if len(rows[0]) != len(self.outer):
            raise InputError(f"the network takes {len(self.outer)} columns, not {len(rows[0])}")
        return tuple(self._output(row) for row in rows)

    def _output(self, x: Vector) -> Fraction:
        total = dot(self.outer, x)
        for block, skip in zip(self.blocks, self.inner, strict=True):
            hidden = (max(dot(w, x), Fraction(0)) for w in block.first)
            total += block.output * max(dot(block.second, tuple(hidden)) + dot(skip, x), Fraction(0))
        return total


def dot(a: Vector, b: Vector) -> Fraction:
    """Compute the inner product of two vectors.

    Example:
        >>> dot((Fraction(1, 2), Fraction(3)), (Fraction(4), Fraction(1)))
        Fraction(5, 1)
    """
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


def as_parallel(residual: Residual) -> Network:
    """Make the network of parallel sub-networks with the same outputs everywhere, without any skip.

    This is Remark 1 of Ergen and Pilanci (2021) without its assumptions.

    Zero skips add nothing. The functions are those of the residual network; the weight decay is the parallel network's
    own. In balanced form this one pays 2 beta ||c|| for the outer skip and 2 beta |w_3k| ||a_k|| for an inner one.

    Args:
        residual: a network with skip connections.

    Raises:
        InputError: it is something else.

    Example:
        >>> half, one = Fraction(1, 2), Fraction(1)
        >>> net = Residual((SubNetwork(((one, one),), (-one,), half),), ((one, -one),), (half, -half))
        >>> x = [(one, one), (-one, 3 * one), (2 * one, -one)]
        >>> as_parallel(net).predict(x) == net.predict(x), as_parallel(net).width
        (True, 3)
    """
    check_kind(residual, Residual, "residual", "make one of sub-networks and their skips")
    parts = [_with_skip(block, skip) for block, skip in zip(residual.blocks, residual.inner, strict=True)]
    if any(residual.outer):
        minus = tuple(-value for value in residual.outer)
        parts += [SubNetwork((residual.outer,), (_ONE,), _ONE), SubNetwork((minus,), (_ONE,), -_ONE)]
    return Network(tuple(parts))


def _with_skip(block: SubNetwork, skip: Vector) -> SubNetwork:
    if not any(skip):
        return block
    minus = tuple(-value for value in skip)
    return SubNetwork((*block.first, skip, minus), (*block.second, _ONE, -_ONE), block.output)
