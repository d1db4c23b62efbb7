"""Adjacency of regions: the tope graph, and the poset of regions.

R, S  regions, as sign vectors
k  a hyperplane, by its place in `Arrangement.hyperplanes`; several rows may be it

Two regions are adjacent iff they have a common facet, and this is so iff their sign vectors differ exactly on the rows
of one hyperplane. If so, the segment from a point of R to a point of S keeps all signs but those, and meets k in a
point around which k is the only hyperplane. So adjacency follows from the list of regions alone: flip the rows of k and
look whether the result is a region.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Signs
from arrangements.errors import InputError, shown
from arrangements.exact.parallel_classes import group
from arrangements.first_layer.packed_regions import region_set
from arrangements.first_layer.region_search import iter_regions
from arrangements.row_numbers import row_signs
from arrangements.signsets import SignSet

if TYPE_CHECKING:
    import networkx


class Adjacency(NamedTuple):
    """Two regions that share a wall, and the hyperplane of the wall.

    Attributes:
        minus: the one on the negative side of the hyperplane's first row.
        plus: the one on the positive side.
        hyperplane: the hyperplane between them, by its place in `Arrangement.hyperplanes`.

    Example:
        >>> pair = next(iter_adjacencies(Arrangement.from_table([[1], [1]], [0, 1])))
        >>> pair.minus, pair.plus, pair.hyperplane
        ((-1, -1), (1, -1), 0)
    """

    minus: Signs
    plus: Signs
    hyperplane: int


def hyperplane_rows(arrangement: Arrangement) -> tuple[tuple[int, ...], ...]:
    """List for each of `Arrangement.hyperplanes` the rows that have it as their hyperplane.

    Args:
        arrangement: the hyperplanes.

    Raises:
        InputError: the argument is not an arrangement.

    Example:
        >>> hyperplane_rows(Arrangement.from_table([[1, 0], [0, 0], [0, 1], [-2, 0]]))
        ((0, 3), (2,))
        >>> hyperplane_rows(Arrangement.from_table([[0], [1], [-1]], [5, 1, 1]))  # 0 w = 5 is no hyperplane
        ((1,), (2,))
    """
    rows = zip(as_arrangement(arrangement).homogeneous, arrangement.normals, strict=True)
    return group([row if any(normal) else (0,) * len(row) for row, normal in rows])


def iter_adjacencies(arrangement: Arrangement, *, engine: str = "auto") -> Iterator[Adjacency]:
    """Yield every pair of adjacent regions once, hyperplane by hyperplane.

    All regions are listed and kept before the first pair is. There are as many pairs as faces of dimension d - 1. For
    millions of regions `SignSet.neighbours` gives the same as arrays of positions.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_regions`.

    Raises:
        InputError: the argument is not an arrangement, or the engine is unknown.

    Example:
        >>> for pair in iter_adjacencies(Arrangement.from_table([[1], [1]], [0, 1])):
        ...     print(*pair)
        (-1, -1) (1, -1) 0
        (1, -1) (1, 1) 1
    """
    found = region_set(arrangement, engine=engine)
    return _adjacent(found, list(found), hyperplane_rows(arrangement))


def list_adjacencies(arrangement: Arrangement, *, engine: str = "auto") -> list[Adjacency]:
    """List all pairs of adjacent regions.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_regions`.

    Raises:
        InputError: as for `iter_adjacencies`.

    Example:
        >>> list_adjacencies(Arrangement.from_table([[1]]))
        [Adjacency(minus=(-1,), plus=(1,), hyperplane=0)]
    """
    return list(iter_adjacencies(arrangement, engine=engine))


def count_adjacencies(arrangement: Arrangement, *, engine: str = "auto") -> int:
    """Count the pairs of adjacent regions; only the packed set of regions is kept.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_regions`.

    Raises:
        InputError: as for `iter_adjacencies`.

    Theorem: two adjacent regions share one facet, and a facet has a region on either side; so this is the number of
    faces of dimension d - 1, which `f_vector` finds without the regions.

    Example:
        >>> count_adjacencies(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]))
        6
    """
    across = region_set(arrangement, engine=engine).neighbours(hyperplane_rows(arrangement))
    return sum(int((positions >= 0).sum()) for _, positions in across) // 2


def tope_graph(arrangement: Arrangement, *, engine: str = "auto") -> "networkx.Graph[Signs]":
    """Make the graph of regions and their adjacency, for all that networkx can do with it.

    A node is the sign vector of a region, with the attribute `witness`, an integer point inside. An edge has the
    attribute `hyperplane`, a place in `Arrangement.hyperplanes`, and `rows`, the indices of the rows that are it.

    networkx is imported by this function alone: nothing else here needs it, and the import takes longer than most
    enumerations.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_regions`.

    Raises:
        InputError: the argument is not an arrangement, or the engine is unknown.

    Theorem (Deligne 1972; Edelman 1984): the distance of two regions in this graph is the number of hyperplanes that
    separate them. A path crosses each of them; and the segment between two points in general position crosses them one
    by one, and no other. So the graph is connected, bipartite, and an isometric part of a cube.

    Example:
        >>> import networkx
        >>> hexagon = tope_graph(Arrangement.from_table([[1, 0], [0, 1], [1, 1], [-1, -1]]))
        >>> hexagon.number_of_nodes(), hexagon.number_of_edges(), networkx.diameter(hexagon)
        (6, 6, 3)
        >>> hexagon.edges[(1, -1, 1, -1), (1, -1, -1, 1)]
        {'hyperplane': 2, 'rows': (2, 3)}
    """
    import networkx

    graph = networkx.Graph()
    witnesses = {cell.signs: cell.witness for cell in iter_regions(arrangement, engine=engine)}
    found = SignSet.of(witnesses.keys())
    nodes = list(found)
    rows = hyperplane_rows(arrangement)
    # in the order of the set, so that the graph does not depend on the engine but for the witnesses
    graph.add_nodes_from((signs, {"witness": witnesses[signs]}) for signs in nodes)
    for minus, plus, k in _adjacent(found, nodes, rows):
        graph.add_edge(minus, plus, hyperplane=k, rows=rows[k])
    return graph


def region_poset(
    arrangement: Arrangement, base: Signs | None = None, *, engine: str = "auto"
) -> "networkx.DiGraph[Signs]":
    """Make the Hasse diagram of the poset of regions from a base region B.

    R is below S iff every hyperplane that separates B from R separates B from S. Nodes and edges are those of
    `tope_graph`, with the same attributes; an edge leads away from B, and a node has besides the attribute `rank`, the
    number of hyperplanes that separate it from B.

    Args:
        arrangement: the hyperplanes.
        base: the sign vector of B; None for the first node of `tope_graph`.
        engine: as for `iter_regions`.

    Raises:
        InputError: the base is not a region, the argument is not an arrangement, or the engine is unknown.

    Theorem (Edelman 1984): the poset is ranked by these numbers, and R is covered by S iff the two are adjacent and S
    is further from B. For the braid arrangement it is the weak order of the symmetric group.

    Example:
        >>> hexagon = region_poset(Arrangement.from_table([[1, 0], [0, 1], [1, 1]]), base=(1, 1, 1))
        >>> sorted(rank for _, rank in hexagon.nodes(data="rank"))
        [0, 1, 1, 2, 2, 3]
        >>> sorted(hexagon.successors((1, 1, 1)))
        [(-1, 1, 1), (1, -1, 1)]
    """
    import networkx

    graph = tope_graph(arrangement, engine=engine)
    start = next(iter(graph)) if base is None else _signs(base, len(arrangement))
    if start is None or start not in graph:
        raise InputError(
            f"base {shown(base)} is not a region; give the sign vector of one, for example {next(iter(graph))}"
        )
    first = [rows[0] for rows in hyperplane_rows(arrangement)]
    poset = networkx.DiGraph()
    for signs, data in graph.nodes(data=True):
        poset.add_node(signs, **data, rank=sum(signs[i] != start[i] for i in first))
    for a, b, data in graph.edges(data=True):
        poset.add_edge(*sorted((a, b), key=lambda signs: int(poset.nodes[signs]["rank"])), **data)
    return poset


def _signs(base: object, n: int) -> Signs | None:
    try:
        return tuple(row_signs(base, n))
    except InputError:
        return None


def _adjacent(regions: SignSet, signs: Sequence[Signs], classes: Sequence[Sequence[int]]) -> Iterator[Adjacency]:
    for k, across in regions.neighbours(classes):
        first = classes[k][0]
        for i, j in enumerate(across.tolist()):
            if j >= 0 and signs[i][first] < 0:
                yield Adjacency(signs[i], signs[j], k)
