"""Whitney numbers of an arrangement from one flat of each orbit under its symmetries.

Letters: r, the rank; F, G, flats; |F|, the number of hyperplanes that contain F; G < F, F lies one rank above G (F is a
hyperplane of G); mu, the Moebius number; w_k, the sum of |mu(F)| over the flats of rank k; e and p = 2^e - 1 as in
`theory.counting.mersenne_field`.

Theorem (Weisner 1935; Rota 1964): for every hyperplane a that contains F, |mu(F)| is the sum of |mu(G)| over the flats
G < F that a does not contain. Summed over all a this is

    |F| |mu(F)| = sum over G < F of (|F| - |G|) |mu(G)|.

So the number |mu(G)| of a flat is handed on to each F > G with the weight (|F| - |G|) / |F|, and what arrives at F is
|mu(F)|. Symmetries take flats to flats and keep all of these numbers. So one flat of each orbit is enough, with the sum
of |mu| over what it stands for: what it hands on arrives at the orbits of the flats above it. No orbit need be
measured; and if some flats of one orbit were not recognised as such, this would cost time, and change no result.

Only the ranks up to r - 3 need flats. The restriction to a flat of rank r - 3 is a plane arrangement of lines with
multiplicities, whose points, the flats of rank r - 1, are counted without being kept; and w_r follows from chi(1) = 0.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arrangements.symmetry.permutations import Permutation, StabilizerChain
from arrangements.symmetry.smallest_image import SmallestImages, joined
from theory.counting.deletion_restriction import check_limit, exceeded, least_regions, unseen
from theory.counting.mersenne_field import Array, monic, multiply, subtract


class _Flat(NamedTuple):
    """A flat, and the arrangement's restriction to it.

    Attributes:
        flags: for each hyperplane whether it contains the flat.
        rows: the distinct hyperplanes of the flat, as monic residues.
        labels: for each hyperplane its place among the rows, -1 where it contains the flat.
    """

    flags: NDArray[np.bool_]
    rows: Array
    labels: NDArray[np.int64]


def whitney_by_orbits(
    rows: Array,
    e: int,
    generators: Sequence[Permutation],
    limit: int | None = None,
    seen: Callable[[int], None] = unseen,
) -> tuple[int, ...]:
    """Compute the absolute Whitney numbers w_0, ..., w_r modulo p, with symmetries.

    Args:
        rows: residues modulo 2^e - 1, shape (n, r), of rank r >= 3; no zero row, no two parallel.
        e: the exponent.
        generators: permutations of the rows that keep all ranks.
        limit: stop as soon as the sum of the numbers is known to exceed this.
        seen: told now and then how much of the sum has been counted.

    Raises:
        LimitError: the sum exceeds `limit`.

    Example:
        >>> braid = np.array([(1, 2**61 - 2, 0), (0, 1, 2**61 - 2), (1, 0, 0), (1, 0, 2**61 - 2), (0, 1, 0), (0, 0, 1)])
        >>> whitney_by_orbits(braid, 61, [])  # with any symmetries, it is the same
        (1, 6, 11, 6)
    """
    n, r = rows.shape
    images = SmallestImages(StabilizerChain(generators, n))
    whole = _Flat(np.zeros(n, np.bool_), monic(rows, e), np.arange(n))
    level = {b"": (whole, Fraction(1))}
    w = [1]
    for _ in range(r - 3):
        level = _above(level, images, e)
        w.append(_whole(sum(mass for _, mass in level.values())))
        if limit is not None and (least := least_regions(w, r)) > limit:
            raise exceeded(limit, least)
        seen(sum(w))
    lines, points = Fraction(0), Fraction(0)
    for flat, mass in level.values():
        more_lines, more_points = _plane(flat, images, e)
        lines += mass * more_lines
        points += mass * more_points
    w += [_whole(lines), _whole(points)]
    w.append(sum((-1) ** (r - 1 - k) * w[k] for k in range(r)))
    check_limit(w, limit)
    return tuple(w)


def _whole(mass: Fraction | int) -> int:
    assert mass.denominator == 1  # a sum of Moebius numbers
    return mass.numerator


def _above(
    level: dict[bytes, tuple[_Flat, Fraction]], images: SmallestImages, e: int
) -> dict[bytes, tuple[_Flat, Fraction]]:
    """One flat for each orbit of the next rank, with the sum of |mu| over the orbit."""
    found: dict[bytes, tuple[_Flat, Fraction]] = {}
    for flat, mass in level.values():
        size = int(flat.flags.sum())
        many = np.bincount(flat.labels[flat.labels >= 0], minlength=len(flat.rows))
        for k, copies in _classes(flat, images):
            flags = flat.flags | (flat.labels == k)
            handed = mass * copies * Fraction(int(many[k]), size + int(many[k]))
            key = images.of(flags).key
            if key in found:
                known, before = found[key]
                found[key] = known, before + handed
            else:
                found[key] = _restricted(flat, k, flags, e), handed
    return found


def _classes(flat: _Flat, images: SmallestImages) -> list[tuple[int, int]]:
    """One hyperplane of the flat for each orbit under the symmetries of the flat, with the orbit's length."""
    least = joined(images.of(flat.flags).elements, flat.labels, len(flat.rows))
    chosen, copies = np.unique(least, return_counts=True)
    return list(zip(chosen.tolist(), copies.tolist(), strict=True))


def _restricted(flat: _Flat, k: int, flags: NDArray[np.bool_], e: int) -> _Flat:
    """The hyperplane k of a flat as a flat: rows u become u - u_c v without the entry c, v being row k and v_c = 1."""
    v = flat.rows[k]
    c = int((v != 0).argmax())
    others = np.arange(len(flat.rows)) != k
    u = flat.rows[others]
    projected = np.delete(subtract(u, multiply(u[:, c, None], v, e), e), c, axis=1)
    projected = monic(projected, e)
    order = np.lexsort(projected.T)
    projected = projected[order]
    new = np.concatenate([[True], (projected[1:] != projected[:-1]).any(axis=1)])
    places = np.full(len(flat.rows) + 1, -1)  # the last one serves those that contain the flat
    places[np.flatnonzero(others)[order]] = np.cumsum(new) - 1
    return _Flat(flags, projected[new], places[flat.labels])


def _plane(flat: _Flat, images: SmallestImages, e: int) -> tuple[Fraction, Fraction]:
    """What a flat of rank r - 3 hands on to all flats of rank r - 2, and what they hand on to those of rank r - 1."""
    size, many = int(flat.flags.sum()), np.bincount(flat.labels[flat.labels >= 0], minlength=len(flat.rows))
    chosen, copies = map(np.array, zip(*_classes(flat, images), strict=True))
    meets = _points(flat.rows, chosen, e)
    order = np.argsort(meets, axis=1)
    meets = np.take_along_axis(meets, order, axis=1)
    others = np.where(order == chosen[:, None], 0, many[order])  # the line itself has no place of its own
    begins = np.flatnonzero(np.diff(meets, axis=1, prepend=meets[:, :1] - 1))
    line, more = begins // len(flat.rows), np.add.reduceat(others.reshape(-1), begins)
    lines = points = Fraction(0)
    for m in np.unique(many[chosen]).tolist():
        here = many[chosen] == m
        lines += Fraction(m * int(copies[here].sum()), size + m)
        below = here[line]
        totals = np.zeros(int(more.max()) + 1, np.int64)
        np.add.at(totals, more[below], copies[line[below]])
        handed = (Fraction(x * int(totals[x]), size + m + x) for x in np.flatnonzero(totals).tolist())
        points += Fraction(m, size + m) * sum(handed, Fraction(0))
    return lines, points


def _points(rows: Array, chosen: NDArray[np.int64], e: int) -> Array:
    """For some lines k of a plane and every line: where they meet, as one number on each line k; 0 for line k itself.

    On line k, v_c = 1, the others are the forms u - u_c v without the entry c. Made monic they are (1, y), which is
    written as y, or (0, 1), written as p.
    """
    v = rows[chosen]
    c = (v != 0).argmax(axis=1)
    kept = np.arange(2) + (np.arange(2) >= c[:, None])
    factor = rows[:, c].T[:, :, None]
    u = subtract(rows[:, kept].transpose(1, 0, 2), multiply(factor, np.take_along_axis(v, kept, 1)[:, None], e), e)
    flat = u.reshape(-1, 2)
    proper = (flat != 0).any(axis=1)
    found = np.zeros(len(flat), rows.dtype)
    forms = monic(flat[proper], e)
    found[proper] = np.where(forms[:, 0] == 0, (1 << e) - 1, forms[:, 1])
    return found.reshape(len(chosen), len(rows))
