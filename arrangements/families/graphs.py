"""Graphs, from which arrangements are made: given by networkx, by a list of edges, or by text.

n        number of vertices; vertex i is coordinate i
edge     (i, j) with i < j, each once
"""

import re
from collections.abc import Callable, Hashable, Iterable
from itertools import combinations, product
from typing import Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

from arrangements.arguments import read_list
from arrangements.errors import InputError, shown
from arrangements.families.rows import check_sizes, read_size

_FORMS = "edges such as 0-1,1-2,0-2, or complete,n, cycle,n, path,n, star,n (n vertices each), or bipartite,m,n"


class Graph(NamedTuple):
    """A simple graph: the names of its vertices, in the order of the coordinates, and its edges by position."""

    vertices: tuple[Hashable, ...]
    edges: tuple[tuple[int, int], ...]


@runtime_checkable
class NetworkxGraph(Protocol):
    """The part of a networkx graph that is used here; networkx itself is never imported."""

    nodes: Iterable[Hashable]

    def edges(self) -> Iterable[tuple[Hashable, Hashable]]:
        """The edges, as pairs of nodes."""


AnyGraph: TypeAlias = NetworkxGraph | Graph | Iterable[tuple[Hashable, Hashable]]


def graph_of(graph: AnyGraph) -> Graph:
    """Read a graph in each of the forms that are accepted.

    Args:
        graph: a networkx graph (its order of nodes is that of the coordinates; directions and repeated edges do not
            matter), a list of edges (u, v) (the coordinates are the sorted vertices), or a `Graph`.

    Raises:
        InputError: there is no vertex, an edge is no pair or joins a vertex to itself, or names cannot be sorted.

    Example:
        >>> graph_of([("b", "a"), ("b", "c")])
        Graph(vertices=('a', 'b', 'c'), edges=((0, 1), (1, 2)))
    """
    if isinstance(graph, Graph):
        return graph
    if isinstance(graph, str):
        raise InputError(f"graph: {shown(graph)} is text; give a list of edges (u, v), or family('graphical:cycle,5')")
    given = graph.edges() if isinstance(graph, NetworkxGraph) else read_list(graph, "graph", "edges (u, v)")
    pairs = [_pair(edge) for edge in given]
    try:
        ends: set[Any] = {v for pair in pairs for v in pair}
        for pair in pairs:
            if len(pair) != 2 or pair[0] == pair[1]:
                raise InputError(f"{shown(pair)} is not an edge: an edge joins two different vertices")
        nodes = graph.nodes if isinstance(graph, NetworkxGraph) else sorted(ends)
    except TypeError as error:
        raise InputError(
            f"the vertices cannot be sorted or told apart ({error}): name them all by numbers or all by text"
        ) from None
    place = {v: i for i, v in enumerate(nodes)}
    if not place:
        raise InputError("the graph has no vertices")
    edges = {(min(place[u], place[v]), max(place[u], place[v])) for u, v in pairs}
    return Graph(tuple(place), tuple(sorted(edges)))


def _pair(edge: object) -> tuple[Any, ...]:
    try:
        return tuple(read_list(edge, "edge", "two vertices"))
    except InputError:
        raise InputError(f"{shown(edge)} is not an edge: an edge joins two different vertices") from None


def complete_graph(n: int) -> Graph:
    """Make the graph with all edges on n vertices.

    Args:
        n: number of vertices.

    Raises:
        InputError: n is below 1, or too large.

    Example:
        >>> complete_graph(3).edges
        ((0, 1), (0, 2), (1, 2))
    """
    n = read_size(n, "n")
    check_sizes(n * (n - 1) // 2, n, n=n)
    return Graph(tuple(range(n)), tuple(combinations(range(n), 2)))


def read_graph(text: str) -> Graph:
    """Make the graph that a text stands for.

    Args:
        text: edges such as `0-1,1-2,0-2` (the coordinates are the vertices that occur, in increasing order), or
            `complete,n`, `cycle,n`, `path,n`, `star,n` on n vertices, or `bipartite,m,n`.

    Raises:
        InputError: it is none of these, or a size is unusable.

    Example:
        >>> read_graph("path,3").edges, read_graph("7-9,7-8").edges
        (((0, 1), (1, 2)), ((0, 1), (0, 2)))
    """
    name, *sizes = text.split(",")
    wanted = 2 if name.lower() == "bipartite" else 1
    if name.lower() in _NAMED and len(sizes) == wanted and all(re.fullmatch(r"\d{1,9}", size) for size in sizes):
        return _NAMED[name.lower()](*map(int, sizes))
    edges = [re.fullmatch(r"(\d{1,9})-(\d{1,9})", edge) for edge in text.split(",")]
    if not all(edges):
        raise InputError(f"{shown(text)} is not a graph; write {_FORMS}")
    return graph_of([(int(edge[1]), int(edge[2])) for edge in edges if edge])


def _cycle(n: int) -> Graph:
    if n < 3:
        raise InputError(f"a cycle has at least 3 vertices, not {n}")
    path = _path(n)
    return Graph(path.vertices, tuple(sorted((*path.edges, (0, n - 1)))))


def _path(n: int) -> Graph:
    check_sizes(n, n, n=n)
    return Graph(tuple(range(n)), tuple((i, i + 1) for i in range(n - 1)))


def _star(n: int) -> Graph:
    check_sizes(n, n, n=n)
    return Graph(tuple(range(n)), tuple((0, i) for i in range(1, n)))


def _bipartite(m: int, n: int) -> Graph:
    check_sizes(m * n, m + n, m=m, n=n)
    return Graph(tuple(range(m + n)), tuple(product(range(m), range(m, m + n))))


_NAMED: dict[str, Callable[..., Graph]] = {
    "complete": complete_graph,
    "cycle": _cycle,
    "path": _path,
    "star": _star,
    "bipartite": _bipartite,
}
