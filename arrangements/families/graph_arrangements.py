"""Arrangements of graphs: hyperplanes x_i - x_j = b over the edges.

G        graph on n vertices; i < j the ends of an edge, by their places in the order of the vertices
a_ij     parameter of the edge, directed from i to j
"""

from collections.abc import Hashable, Mapping

from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, shown
from arrangements.exact.numbers import exact_number
from arrangements.families.graphs import AnyGraph, Graph, graph_of
from arrangements.families.rows import affine, check_sizes, pair_row


def graphical(graph: AnyGraph) -> Arrangement:
    """Make the graphical arrangement: x_i = x_j for every edge, one row an edge, one coordinate a vertex.

    Args:
        graph: a networkx graph (coordinates in the order of its nodes), or a list of edges (coordinates in the order
            of the sorted vertices).

    Raises:
        InputError: the graph is unusable (see `graph_of`), or too large.

    Theorem (Greene 1977; Zaslavsky 1975): its characteristic polynomial is the chromatic polynomial of the graph,
    and its regions are the acyclic orientations (Stanley 1973).

    Example:
        >>> graphical([(0, 1), (1, 2)]).normals
        ((1, -1, 0), (0, 1, -1))
    """
    known = graph_of(graph)
    n = _check(known, 1)
    return Arrangement(tuple(pair_row(n, i, j, -1) for i, j in known.edges), None, n)


def g_shi(graph: AnyGraph) -> Arrangement:
    """Make the G-Shi arrangement: x_i - x_j = 0 and 1 for every edge, i before j in the order of the vertices.

    Args:
        graph: a networkx graph, or a list of edges, as for `graphical`.

    Raises:
        InputError: the graph is unusable (see `graph_of`), or too large.

    For the complete graph it is the Shi arrangement with (n+1)^(n-1) regions, for a forest with k edges it has 3^k.
    Duval, Klivans and Martin (2011) introduced it; Hopkins and Perkinson (2016) showed that the labels of its regions
    are the parking functions of G with a sink added.

    Example:
        >>> list(g_shi([(0, 1)]))
        [((1, -1), 0), ((1, -1), 1)]
    """
    return deformed(graph_of(graph), (0, 1))


def g_semiorder(graph: AnyGraph) -> Arrangement:
    """Make the G-semiorder arrangement: x_i - x_j = -1 and x_i - x_j = 1 for every edge.

    Args:
        graph: a networkx graph, or a list of edges, as for `graphical`.

    Raises:
        InputError: the graph is unusable (see `graph_of`), or too large.

    For the complete graph its regions are the semiorders on n elements; for a forest with k edges there are 3^k. It is
    bigraphical with all parameters 1 (Hopkins and Perkinson 2016).

    Example:
        >>> g_semiorder([(0, 1)]).offsets
        (-1, 1)
    """
    return deformed(graph_of(graph), (-1, 1))


def bigraphical(graph: AnyGraph, parameters: Mapping[tuple[Hashable, Hashable], object] | None = None) -> Arrangement:
    """Make the bigraphical arrangement: x_i - x_j = a_ij and x_j - x_i = a_ji for every edge.

    Args:
        graph: a networkx graph, or a list of edges, as for `graphical`.
        parameters: the number a_uv for each ordered pair (u, v) of neighbours. Without them they are 1, 2, 4, 8, ..,
            which is generic: no sum of different powers of 2, with any signs, is 0.

    Raises:
        InputError: the graph is unusable (see `graph_of`) or too large, a parameter is missing or no number.

    Theorem (Hopkins and Perkinson, Trans. Amer. Math. Soc. 368, 2016): with generic parameters a connected graph on n
    vertices has 2^(n-1) T(3/2, 1) regions, T its Tutte polynomial, and no choice of parameters gives more.

    Example:
        >>> list(bigraphical([(0, 1)]))
        [((1, -1), 1), ((-1, 1), 2)]
        >>> list(bigraphical([("u", "v")], {("u", "v"): "1/2", ("v", "u"): 3}))
        [((2, -2), 1), ((-1, 1), 3)]
    """
    known = graph_of(graph)
    n = _check(known, 2)
    if parameters is not None and not isinstance(parameters, Mapping):
        raise InputError(f"parameters is {shown(parameters)}; give {{(u, v): number}} for both directions of edges")
    hyperplanes = []
    for k, (i, j) in enumerate(arc for edge in known.edges for arc in (edge, edge[::-1])):
        row = pair_row(n, i, j, -1)
        if parameters is None:
            hyperplanes.append((row, 1 << k))
            continue
        u, v = known.vertices[i], known.vertices[j]
        if (u, v) not in parameters:
            raise InputError(f"the parameter of {shown((u, v))} is missing: every edge needs one in each direction")
        a = exact_number(parameters[u, v], f"parameter of {shown((u, v))}")
        hyperplanes.append((tuple(x * a.denominator for x in row), a.numerator))
    return affine(hyperplanes, n)


def deformed(graph: Graph, shifts: tuple[int, ...]) -> Arrangement:
    """Make the hyperplanes x_i - x_j = b over the edges i < j and the shifts b.

    Args:
        graph: the graph.
        shifts: the offsets of every edge.

    Raises:
        InputError: the graph is too large.

    Example:
        >>> deformed(graph_of([(0, 1)]), (-1, 0, 1)).offsets
        (-1, 0, 1)
    """
    n = _check(graph, len(shifts))
    return affine(((pair_row(n, i, j, -1), shift) for i, j in graph.edges for shift in shifts), n)


def _check(graph: Graph, copies: int) -> int:
    """The number of vertices, if that many hyperplanes an edge are not too many."""
    n, edges = len(graph.vertices), len(graph.edges)
    check_sizes(copies * edges, n, vertices=n, **({"edges": edges} if edges else {}))
    return n
