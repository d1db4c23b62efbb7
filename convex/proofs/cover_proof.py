"""Lower bounds from covers: dual vectors and multipliers rounded to rational numbers that anyone can check.

A cover says, for both signs o of the output weight, that every sub-network satisfies the dual constraint at o v
(`convex.columns.pricing_tree`). So v is dual feasible and sum_i D(v_i) bounds the objective of every network of the
width (weak duality). Here v, c+, c- and the multipliers are rounded to integers in units of one rational number, the
scale, such that all conditions between them hold exactly; then the scale is lowered until every ||g_k|| is at most
beta.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from arrangements.exact.square_roots import root_below
from convex.columns.box_bounds import EITHER, NEGATIVE
from convex.columns.covers import CoveredDual, Entry
from convex.columns.neurons import Neurons
from convex.columns.searches import needed_entries
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem
from convex.proofs.weak_duality import dual_integers, dual_value, power_scale

_BITS = 46  # of the largest entry of v, at most: the relative gap that rounding leaves is about 2^-_BITS
_SPARE = 20  # bits beyond those of the tolerance
_ROOT = 64  # significant bits of the scale

Multipliers = tuple[tuple[int, int], ...]  # (row, l), l > 0: adds l times the row with the sign it has in the region


class ExactEntry(NamedTuple):
    """An entry of a cover in integers.

    Attributes:
        output: o, the sign of the output weight.
        plus: c+.
        minus: c-.
        neurons: for each neuron that it is good for its multipliers.
    """

    output: int
    plus: tuple[int, ...]
    minus: tuple[int, ...]
    neurons: tuple[tuple[int, Multipliers], ...]


@dataclass(frozen=True)
class CoverProof:
    """A proven lower bound: an exact dual vector, and a cover of all sub-networks by exact entries.

    Attributes:
        value: the bound.
        scale: what the integers are multiples of.
        v: the dual vector, in units of the scale.
        order: the neurons in the order in which tuples are made.
        entries: the cover.
    """

    value: Fraction
    scale: Fraction
    v: tuple[int, ...]
    order: tuple[int, ...]
    entries: tuple[ExactEntry, ...]


def enough_bits(tolerance: Fraction) -> int:
    """Find how many bits keep what rounding costs far below a relative tolerance.

    Args:
        tolerance: 0 or more.

    Example:
        >>> enough_bits(Fraction(1, 10**6)), enough_bits(Fraction(0))
        (40, 46)
    """
    if not tolerance:
        return _BITS
    return min((tolerance.denominator // tolerance.numerator).bit_length() + _SPARE, _BITS)


def prove_lower_bound(
    scaling: Scaling,
    original: Problem,
    neurons: Neurons,
    covered: CoveredDual,
    width: int,
    bits: int = _BITS,
) -> CoverProof:
    """Turn covers into a proven lower bound on the original problem.

    Args:
        scaling: the problem that was worked on, and the way back.
        original: the problem itself.
        neurons: all neurons, in floats of the scaled problem.
        covered: the dual vector with covers for both signs of the output weight.
        width: neurons in a tuple.
        bits: of the largest entry of v in integers; fewer make a shorter proof.
    """
    problem, v, order = scaling.problem, covered.v, covered.order
    unit = power_scale(v, bits)
    integers = dual_integers(problem, v, unit)
    rows, q = np.array(problem.integers[0], dtype=object), problem.integers[1]
    entries, largest = [], 0
    for output, listed in covered.covers:
        for k, needed in sorted(needed_entries(listed, neurons, width, order).items()):
            exact, length = _exact_entry(listed[k], output, needed, output * integers, unit, neurons, rows)
            entries.append(exact)
            largest = max(largest, length)
    scale = Fraction(1, unit)
    if largest > (problem.beta * unit * q) ** 2:
        ratio = (problem.beta * q) ** 2 / largest
        bits = _ROOT - (ratio.numerator.bit_length() - ratio.denominator.bit_length()) // 2
        scale = root_below(ratio, bits=max(bits, 0))
    scale *= scaling.dual
    exact_v = tuple(int(a) for a in integers)
    value = dual_value(original, tuple(scale * a for a in exact_v))
    return CoverProof(value, scale, exact_v, tuple(order), tuple(entries))


def trivial_bound(problem: Problem, neurons: Neurons) -> CoverProof:
    """Prove what needs no work: v = 0 is dual feasible, so the sum of D(0) is a lower bound; 0 for all losses here.

    Args:
        problem: the original problem.
        neurons: all neurons.
    """
    zero, order = (0,) * len(problem.x), tuple(range(len(neurons)))
    entries = tuple(ExactEntry(output, zero, zero, tuple((k, ()) for k in order)) for output in (1, -1))
    value = dual_value(problem, (Fraction(0),) * len(zero))
    return CoverProof(value, Fraction(1), zero, order, entries)


def _exact_entry(
    entry: Entry, output: int, needed: int, v: np.ndarray, unit: int, neurons: Neurons, rows: np.ndarray
) -> tuple[ExactEntry, int]:
    """Round an entry to integers; return it with the largest ||g_k||^2 in units of the rows and of 1 / unit."""
    plus, minus = [], []
    for a, low, high, side in zip(v, entry.plus.tolist(), entry.minus.tolist(), entry.box.tolist(), strict=True):
        if side == EITHER and a > 0:
            p, m = int(a), 0
        else:
            c = round(((low + high) / 2) * unit)
            c = min(c, 0) if side == NEGATIVE else max(c, int(a))
            p = m = min(c, 0) if side == EITHER else c
        plus.append(p)
        minus.append(m)
    members = [k for k in range(len(neurons)) if needed >> k & 1]
    signs, active = neurons.outputs[members].astype(int), neurons.active[members]
    c = np.where(signs[:, None] > 0, np.array(plus, dtype=object), -np.array(minus, dtype=object)) * active
    lengths = np.linalg.norm(neurons.x, axis=1)
    _, multipliers = neurons.support_bounds(entry.plus, entry.minus, members)
    walls = iter(multipliers.tolist())
    named = []
    for place, k in enumerate(members):
        region = neurons.layer.cells[neurons.signed[k][0]].signs
        named_walls = []
        for i, value in zip(neurons.wall_rows[k], walls, strict=False):
            exact = round(value / float(lengths[i]) * unit)
            if exact > 0:
                named_walls.append((i, exact))
                c[place, i] += exact * region[i]
        named.append((k, tuple(named_walls)))
    g = c.dot(rows)
    largest = max((g * g).sum(axis=1).tolist(), default=0)
    return ExactEntry(output, tuple(plus), tuple(minus), tuple(named)), largest
