"""Signed permutations of rows that extend to a linear map.

x_i    n integer rows, none zero, no two parallel; X their matrix, with independent columns
V      the space of their values, {X w : w}
P      a signed permutation: (P v)_p(i) = s_i v_i, with a permutation p and signs s_i
Pi     the orthogonal projection onto V, X (X^T X)^-1 X^T

*The group.* P is a symmetry iff there is a linear map T with T x_i = s_i x_p(i) for all i; iff P maps V to itself; iff
P Pi = Pi P. For if T exists, P X w = X T' w with T' the transposed inverse of T, so P V = V; if P V = V, then P, which
is orthogonal, also maps the complement of V to itself and commutes with the projection; and if it does, P X = Pi P X =
X T' for some T', which is regular because P X has independent columns. (Bremner, Dutour Sikiric and Schuermann 2009,
who call the group restricted: rows are mapped to rows, not to multiples of them.)

So the symmetries are the permutations of the 2n points (i, s), s a sign, that keep the labels s s' Pi_ij.

*Decided exactly.* Residues stand for the labels at first. Labels that are equal have equal residues, so no symmetry is
missed; if a generator does not keep V, which is checked in integers, the labels themselves are taken.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from arrangements.arguments import is_whole, read_list
from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import Row, in_first_basis, projection
from arrangements.symmetry.coloured_graph import Labels, label_automorphisms

_PRIME = 2**61 - 1


class Symmetry(NamedTuple):
    """A signed permutation of the hyperplanes.

    Attributes:
        images: hyperplane i goes to hyperplane images[i],
        signs: and its positive side to the positive side if signs[i] is 1, to the negative one if it is -1.

    Example:
        >>> quarter_turn = Symmetry((1, 0), (1, -1))
        >>> quarter_turn.applied((1, 1))
        (-1, 1)
    """

    images: tuple[int, ...]
    signs: tuple[int, ...]

    def applied(self, values: Sequence[int]) -> tuple[int, ...]:
        """Apply the signed permutation P to values or signs on the hyperplanes.

        Args:
            values: integers, one for each hyperplane.

        Raises:
            InputError: they are something else.
        """
        read = read_list(values, "values", "integers")
        if len(read) != len(self.images) or not all(map(is_whole, read)):
            raise InputError(f"values is {shown(values)}; give an integer for each of {len(self.images)} hyperplanes")
        moved = [0] * len(read)
        for image, sign, value in zip(self.images, self.signs, read, strict=True):
            moved[image] = sign * value
        return tuple(moved)


def extends_linearly(rows: Sequence[Row], symmetry: Symmetry) -> bool:
    """Whether a linear map T takes every row x_i to s_i x_p(i), in integers.

    T is determined by its values on the first independent rows b. Every other row is sum_b c_ib x_b / c with integers
    c_ib and c, so T exists iff c s_i x_p(i) = sum_b c_ib s_b x_p(b) for all i.

    Args:
        rows: at least one.
        symmetry: images and signs, of the same number.

    Example:
        >>> rows, swap = [(1, 0), (0, 1), (1, 1)], (1, 0, 2)
        >>> extends_linearly(rows, Symmetry(swap, (1, 1, 1))), extends_linearly(rows, Symmetry(swap, (1, -1, 1)))
        (True, False)
    """
    basis, table, scale = in_first_basis(rows)
    moved = [[sign * x for x in rows[image]] for image, sign in zip(*symmetry, strict=True)]
    for i, target in enumerate(moved):
        combination = [sum(table[b][i] * moved[basis[b]][j] for b in range(len(basis))) for j in range(len(target))]
        if any(scale * x != y for x, y in zip(target, combination, strict=True)):
            return False
    return True


def linear_symmetries(
    rows: Sequence[Row], columns: int, oriented: Sequence[int] = (), kept: Sequence[Sequence[int]] = ()
) -> list[Symmetry]:
    """Find generators of the group of all symmetries.

    Args:
        rows: the x_i; the columns are independent.
        columns: how many.
        oriented: rows that must stay where they are, with their sign.
        kept: vectors v of values, one for each row, with P v = v or P v = -v.

    Raises:
        InputError: igraph is needed, and not installed.

    Example:
        >>> found = linear_symmetries([(1, 0), (0, 1)], 2, kept=[(1, 1)])
        >>> all(each.applied((1, 1)) in [(1, 1), (-1, -1)] for each in found)
        True
    """
    found: list[Symmetry] = []
    for exact in (False, True):
        found = _generators(_signed_numbers(projection(rows, columns, exact=exact)), oriented, kept)
        if all(_is_symmetry(rows, each, oriented, kept) for each in found):
            return found
    raise AssertionError("a signed permutation that keeps the projection maps its image to itself")


def row_classes(gram: Labels) -> Labels:
    """Number the rows so that rows in one orbit have one number: by the labels in their lines, up to sign.

    Args:
        gram: the labels Pi_ij, each negative label the negative of the positive one.

    Example:
        >>> row_classes(np.array([[2, -1, 0], [-1, 2, 0], [0, 0, 3]])).tolist()
        [0, 0, 1]
    """
    lines = np.sort(np.concatenate([np.abs(gram.diagonal())[:, None], np.sort(np.abs(gram), axis=1)], axis=1)[:, 1:], 1)
    _, classes = np.unique(np.column_stack([gram.diagonal(), lines]), axis=0, return_inverse=True)
    return np.asarray(classes.reshape(-1), np.int64)


def signed_gram(rows: Sequence[Row], columns: int) -> Labels:
    """Compute labels of the pairs of rows, modulo a prime: equal wherever those of Pi are.

    Args:
        rows: the x_i; the columns are independent.
        columns: how many.

    Example:
        >>> signed_gram([(1, 0), (0, 1)], 2).tolist()
        [[1, 0], [0, 1]]
    """
    return _signed_numbers(projection(rows, columns, exact=False))


def _is_symmetry(rows: Sequence[Row], found: Symmetry, oriented: Sequence[int], kept: Sequence[Sequence[int]]) -> bool:
    return (
        sorted(found.images) == list(range(len(rows)))
        and all(found.images[i] == i and found.signs[i] == 1 for i in oriented)
        and all(found.applied(v) in (tuple(v), tuple(-x for x in v)) for v in kept)
        and extends_linearly(rows, found)
    )


def _signed_numbers(values: Sequence[Sequence[int]]) -> Labels:
    """Replace numbers by small ones, equal ones by equal ones and negative ones by negative ones."""
    sizes: dict[int, int] = {0: 0}
    lines = []
    for line in values:
        balanced = [x if 2 * x < _PRIME or x > _PRIME else x - _PRIME for x in line]
        lines.append([sizes.setdefault(abs(x), len(sizes)) * (1 if x > 0 else -1) for x in balanced])
    return np.array(lines, np.int64)


def _generators(gram: Labels, oriented: Sequence[int], kept: Sequence[Sequence[int]]) -> list[Symmetry]:
    n = len(gram)
    values = _signed_numbers(kept) if len(kept) else np.zeros((0, n), np.int64)
    classes = row_classes(gram)
    if len(set(classes.tolist())) == n:
        return _flips(gram, oriented, values)
    # the points: (i, +) is i, (i, -) is n + i; then (v, +) and (v, -) for every kept vector
    to_vectors = np.concatenate([values, -values], axis=1)
    both = np.concatenate([to_vectors, -to_vectors])
    rows = np.block([[gram, -gram], [-gram, gram]])
    labels = np.block([[rows, both.T], [both, np.zeros((len(both), len(both)), np.int64)]])
    colours = 1 + np.abs(labels).max() + np.concatenate([classes, classes, n + np.tile(np.arange(len(values)), 2)])
    for i in oriented:
        colours[[i, n + i]] = colours.max() + np.array([1, 2])
    np.fill_diagonal(labels, colours)
    found = []
    for p in label_automorphisms(labels):
        images = p[:n]
        found.append(Symmetry(tuple((images % n).tolist()), tuple(np.where(images < n, 1, -1).tolist())))
    return found


def _flips(gram: Labels, oriented: Sequence[int], values: Labels) -> list[Symmetry]:
    """The symmetries that move no row: each turns over some of the direct summands of the space V.

    Rows are in one summand iff a chain of labels that are not 0 joins them; a kept vector ties together the summands in
    which it is not 0.
    """
    n, summand = len(gram), list(range(len(gram)))
    ties = [np.flatnonzero(line).tolist() for line in (*gram, *values)]
    for tied in (tie for tie in ties if tie):
        merged = {summand[i] for i in tied}
        summand = [min(merged) if s in merged else s for s in summand]
    fixed = {summand[i] for i in oriented}
    identity = tuple(range(n))
    return [Symmetry(identity, tuple(-1 if s == each else 1 for s in summand)) for each in sorted(set(summand) - fixed)]
