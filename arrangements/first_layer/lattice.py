"""The intersection lattice of an arrangement, its Moebius function and its Whitney numbers.

d    dimension of the space of w
F, G  flats, each as the set of hyperplanes that contain it, by their places in `Arrangement.hyperplanes`
mu   the Moebius function: mu(F) = mu(0, F), where 0 is the whole space, the empty set of hyperplanes
chi  the characteristic polynomial, chi(t) = sum_F mu(F) t^dim(F)
W_k  number of flats of codimension k;  w_k  sum of mu over them

Flats are ordered by reverse inclusion: G is above F iff G is part of F, and then the set of G contains that of F. The
hyperplanes are the atoms. In an affine arrangement only flats that are not at infinity belong, and the order is a
lattice only if all hyperplanes have a common point; every interval [0, F] is a geometric lattice in any case.

Mu is found from the order of the flats alone. So these numbers, and those that `theory` finds by deletion and
restriction without the flats, check each other.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.exact.linear_algebra import Row
from arrangements.first_layer.adjacency import hyperplane_rows
from arrangements.first_layer.flats import Flat, iter_flats

if TYPE_CHECKING:
    import networkx

Places = frozenset[int]


class _Graded(NamedTuple):
    """A flat with its rank, its Moebius number and the flats that cover it."""

    places: Places
    rank: int
    moebius: int
    covers: tuple[Places, ...]
    coordinates: Flat


def intersection_lattice(arrangement: Arrangement) -> "networkx.DiGraph[Places]":
    """Make the Hasse diagram of the intersection lattice (of the intersection poset, for an affine arrangement).

    A node is a flat F, as the frozen set of the hyperplanes that contain it, with the attributes

    - `rank`, its codimension, and `dimension`; together they are d;
    - `moebius`, the number mu(F);
    - `basis`, integer vectors that span F: in a central arrangement a basis of F, in an affine one a basis, in
      homogeneous coordinates (w t, t), of the cone over F, so one vector more than the dimension of F.

    An edge leads from F to each flat that covers it: one dimension less, within F. Nodes come by rank.

    networkx is imported by this function alone; `moebius_numbers` gives the numbers without a graph.

    Args:
        arrangement: the hyperplanes, in R^d. Repeated rows are one hyperplane, zero rows are none.

    Raises:
        InputError: the argument is not an arrangement.

    Theorem (Birkhoff 1935; Zaslavsky 1975): the flats of a central arrangement form a geometric lattice, the lattice
    of flats of the matroid of its normals.

    Example:
        >>> lattice = intersection_lattice(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        >>> [(sorted(flat), mu) for flat, mu in lattice.nodes(data="moebius")]
        [([], 1), ([0], -1), ([1], -1), ([2], -1), ([0, 1, 2], 2)]
        >>> lattice.nodes[frozenset({1})]
        {'rank': 1, 'dimension': 1, 'moebius': -1, 'basis': ((1, 0),)}
        >>> lattice.number_of_edges()
        6
    """
    import networkx

    graph = networkx.DiGraph()
    lineality = tuple((*vector, *([0] * arrangement.is_affine)) for vector in as_arrangement(arrangement).lineality)
    for flat in _iter_graded(arrangement):
        basis: tuple[Row, ...] = (*flat.coordinates.basis, *lineality)
        dimension = arrangement.dimension - flat.rank
        graph.add_node(flat.places, rank=flat.rank, dimension=dimension, moebius=flat.moebius, basis=basis)
        graph.add_edges_from((flat.places, above) for above in flat.covers)
    return graph


def moebius_numbers(arrangement: Arrangement) -> dict[Places, int]:
    """Compute the Moebius number mu(F) of every flat F, by rank.

    They are defined by mu(0) = 1 and, for every other F, by the sum of mu(G) over all G between 0 and F being 0.

    Args:
        arrangement: the hyperplanes; each flat is the set of those that contain it.

    Raises:
        InputError: the argument is not an arrangement.

    Theorem (Weisner 1935; Rota 1964): for any hyperplane a of F, mu(F) is minus the sum of mu(G) over the flats G
    that F covers and that do not lie in a. And (-1)^rank mu(F) is positive.

    Example:
        >>> from arrangements.families import family
        >>> for flat, mu in moebius_numbers(family("shi:2")).items():
        ...     print(sorted(flat), mu)
        [] 1
        [0] -1
        [1] -1
    """
    return {flat.places: flat.moebius for flat in _iter_graded(arrangement)}


def signed_whitney_numbers(arrangement: Arrangement) -> tuple[int, ...]:
    """Compute the signed Whitney numbers of the first kind (w_0, ..., w_r): coefficients of chi, highest power first.

    Args:
        arrangement: the hyperplanes, of rank r; if r < d, the d - r coefficients that are left are 0.

    Raises:
        InputError: the argument is not an arrangement.

    Theorem (Zaslavsky 1975): the number of regions is |chi(-1)|, the sum of the |w_k|. In an affine arrangement the
    number of relatively bounded regions is |chi(1)|, the absolute value of the sum of the w_k.

    Example:
        >>> from arrangements.families import family
        >>> signed_whitney_numbers(family("braid:4"))  # Stirling numbers of the first kind
        (1, -6, 11, -6)
    """
    numbers: Counter[int] = Counter()
    for flat in _iter_graded(arrangement):
        numbers[flat.rank] += flat.moebius
    return tuple(numbers[k] for k in range(len(numbers)))


def flat_numbers(arrangement: Arrangement) -> tuple[int, ...]:
    """Compute the Whitney numbers of the second kind (W_0, ..., W_r): how many flats there are of each rank.

    Args:
        arrangement: the hyperplanes, of rank r.

    Raises:
        InputError: the argument is not an arrangement.

    Example:
        >>> from arrangements.families import family
        >>> flat_numbers(family("braid:4"))  # Stirling numbers of the second kind
        (1, 6, 7, 1)
    """
    numbers = Counter(flat.rank for flat in _iter_graded(arrangement))
    return tuple(numbers[k] for k in range(len(numbers)))


def _iter_graded(arrangement: Arrangement) -> Iterator[_Graded]:
    """Yield every flat once, by rank; a Moebius number is complete when all flats of the rank below have been seen."""
    first = np.array([rows[0] for rows in hyperplane_rows(arrangement)], np.intp)
    head = int(arrangement.is_affine)  # class 0 of each flat is then what lies at infinity
    whole = len(arrangement.essential.columns)
    moebius: dict[Places, int] = {frozenset(): 1}
    for flat in iter_flats(arrangement):
        classes = flat.places[first].tolist()
        here = frozenset(h for h, k in enumerate(classes) if k < 0)
        value = moebius.pop(here)
        joined: dict[int, list[int]] = {}
        for h, k in enumerate(classes):
            if k >= head:
                joined.setdefault(k, []).append(h)
        covers = tuple(here.union(more) for more in joined.values())
        for above in covers:
            moebius[above] = moebius.get(above, 0) - (0 if min(above) in here else value)
        yield _Graded(here, whole - len(flat.basis), value, covers, flat)
