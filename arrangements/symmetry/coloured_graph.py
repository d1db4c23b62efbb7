"""Permutations that keep a symmetric matrix of labels, as automorphisms of a graph with coloured vertices.

N     points;  L  a symmetric matrix of labels, one for each pair of points
b     the label's number in binary; layer l has an edge between two points iff bit l of b is 1

Each layer has a copy of every point, and copies of one point in neighbouring layers are joined. Vertices of different
layers, or of points with different labels L_xx, have different colours. An automorphism keeps each layer, and moves the
copies of a point together; so it is a permutation of the points that keeps every bit of every label, and every such
permutation is one (McKay and Piperno, J. Symbolic Computation 60, 2014; nauty's manual, section 14).

The graph's automorphisms are found by igraph, which uses bliss (Junttila and Kaski 2007).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from arrangements.errors import InputError
from arrangements.symmetry.permutations import Permutation

Labels = NDArray[np.int64]


def label_automorphisms(labels: Labels) -> list[Permutation]:
    """Find generators of the group of all permutations p with L_p(x)p(y) = L_xy.

    Args:
        labels: the matrix L, symmetric.

    Raises:
        InputError: igraph is not installed.

    Example:
        >>> square = np.array([[0, 1, 2, 1], [1, 0, 1, 2], [2, 1, 0, 1], [1, 2, 1, 0]])
        >>> len(set(tuple(p.tolist()) for p in label_automorphisms(square))) >= 2
        True
    """
    graph, colours = _layered_graph(labels)
    size = len(labels)
    return [np.array(found[:size]) for found in graph.automorphism_group(color=colours)]


def count_label_automorphisms(labels: Labels) -> int:
    """Count the permutations p with L_p(x)p(y) = L_xy.

    Args:
        labels: the matrix L, symmetric.

    Raises:
        InputError: igraph is not installed.

    Example:
        >>> count_label_automorphisms(np.array([[0, 1, 2, 1], [1, 0, 1, 2], [2, 1, 0, 1], [1, 2, 1, 0]]))
        8
    """
    graph, colours = _layered_graph(labels)
    return int(graph.count_automorphisms(color=colours))


def is_installed() -> bool:
    """Whether there is igraph."""
    from importlib.util import find_spec

    return find_spec("igraph") is not None


def _layered_graph(labels: Labels) -> tuple[Any, list[int]]:
    try:
        import igraph
    except ImportError as error:
        raise InputError('symmetries need igraph: pip install ".[symmetry]" in a clone of the project') from error
    size = len(labels)
    values, numbers, copies = np.unique(labels, return_inverse=True, return_counts=True)
    rank = np.empty(len(values), np.int64)
    rank[np.argsort(-copies, kind="stable")] = np.arange(len(values))  # frequent labels get few bits: fewer edges
    numbers = rank[numbers.reshape(labels.shape)]
    layers = max(1, (len(values) - 1).bit_length())
    x, y = np.triu_indices(size, 1)
    edges = []
    for layer in range(layers):
        bit = (numbers[x, y] >> layer & 1).astype(bool)
        edges.append(np.stack([x[bit], y[bit]], axis=1) + layer * size)
        if layer:
            upper = np.arange(size) + layer * size
            edges.append(np.stack([upper - size, upper], axis=1))
    graph = igraph.Graph(n=size * layers, edges=np.concatenate(edges))
    diagonal = numbers.diagonal()
    return graph, np.concatenate([diagonal * layers + layer for layer in range(layers)]).tolist()
