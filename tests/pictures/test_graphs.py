"""Zonotope, tope graph and Hasse diagram: nodes, edges and numbers are those that the library counts."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from support.drawn import crossings, named, notes, number

from arrangements import (
    Arrangement,
    count_adjacencies,
    count_flats,
    count_regions,
    family,
    intersection_lattice,
    list_adjacencies,
    list_zonotope_vertices,
    moebius_numbers,
    region_set,
)

pytest.importorskip("matplotlib")

from arrangements.pictures import draw_flats, draw_tope_graph, draw_zonotope

DEGENERATE = {
    "zero and repeated rows": Arrangement.from_table([[0, 0], [1, 0], [-2, 0], [1, 1], [0, 3]]),
    "one row": Arrangement.from_table([[1, 2]]),
    "one column": Arrangement.from_table([[1], [-2]]),
    "rank 2 in three dimensions": family("braid:3"),
    "rank 3 with zero rows": Arrangement.from_table([[1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, -1]]),
}
CENTRAL = DEGENERATE | {
    "resonance": family("resonance:3"),
    "braid": family("braid:4"),
    "typeB": family("typeB:3"),
    "random": family("random:6,3,0"),
    "huge": Arrangement.from_table([[10**400, 1, 0], [1, 10**400, 3], [0, 0, 1]]),
    "edges around the rim": Arrangement.from_table([[-1, -1, 0], [0, 1, 0], [2, 0, 1], [1, 1, 1], [1, 1, 0]]),
}
AFFINE = {
    "shi": family("shi:3"),
    "parallel": Arrangement.from_table([[1, 2], [1, 2], [2, 4]], [0, 1, 3]),
    "points of a line": Arrangement.from_table([[1], [1], [-1]], [0, 1, 3]),
    "through a point": Arrangement.from_table([[1, 2], [2, -1], [1, 1]], [5, 0, 3]),
    "far apart": Arrangement.from_table([[1, 0], [0, 1], [1, 1], [1, Fraction(1, 10**6)]], [0, 0, 1, 2]),
    "zero rows": Arrangement.from_table([[0, 0], [1, 0], [0, 1]], [1, 0, 0]),
}
HIGH = {"braid 5": family("braid:5"), "shi 4": family("shi:4"), "threshold": family("threshold:3")}


def nodes(axes):
    return {number(line): line.get_xydata()[0] for line in named(axes.lines, "node-")}


def paths(axes):
    return [line.get_xydata() for line in named(axes.lines, "edge-")]


@pytest.mark.parametrize("name", CENTRAL)
def test_zonotope(name):
    arrangement = CENTRAL[name]
    left, right = draw_zonotope(arrangement).axes
    assert sorted(nodes(right)) == list(range(count_regions(arrangement)))
    crossed = Counter(number(line) for line in named(right.lines, "edge-"))
    assert crossed == Counter(pair.hyperplane for pair in list_adjacencies(arrangement))
    assert len(named(left.lines, "line-")) == len(arrangement.hyperplanes)


@pytest.mark.parametrize("name", ["zero and repeated rows", "one row"])
def test_places_of_a_plane_zonotope_are_its_vertices(name):
    arrangement = CENTRAL[name]
    numbers = {signs: k for k, signs in enumerate(region_set(arrangement))}
    places = nodes(draw_zonotope(arrangement).axes[1])
    for signs, point in list_zonotope_vertices(arrangement):
        assert places[numbers[signs]].tolist() == list(map(float, point))


@pytest.mark.parametrize("name", ["resonance", "typeB", "random", "rank 3 with zero rows"])
def test_what_is_hidden(name):
    """Seen vertices are the regions that meet the half in front, seen edges the walls that do: counted by lists."""
    arrangement, view = CENTRAL[name], (3, -5, 4)
    _, right = draw_zonotope(arrangement, view=view).axes
    with_view = Arrangement((*arrangement.normals, view), None, 3)
    bright = [line for line in named(right.lines, "node-") if line.get_markersize() > 3]
    assert len(bright) == count_regions(with_view) // 2
    walls = 0
    for row in {tuple(h) for h in arrangement.hyperplanes}:
        walls += count_regions(Arrangement((row, *with_view.normals), None, 3).restriction(0)) // 2
    assert sum(line.get_alpha() == 1 for line in named(right.lines, "edge-")) == walls


@pytest.mark.parametrize("name", [*CENTRAL, *AFFINE, *HIGH])
def test_tope_graph(name):
    arrangement = (CENTRAL | AFFINE | HIGH)[name]
    (axes,) = draw_tope_graph(arrangement).axes
    places = nodes(axes)
    assert sorted(places) == list(range(count_regions(arrangement)))
    crossed = Counter(number(line) for line in named(axes.lines, "edge-"))
    assert sum(crossed.values()) == count_adjacencies(arrangement)
    assert crossed == Counter(pair.hyperplane for pair in list_adjacencies(arrangement))
    # every edge joins the nodes of two adjacent regions
    numbers = {signs: k for k, signs in enumerate(region_set(arrangement))}
    wanted = {frozenset((numbers[pair.minus], numbers[pair.plus])) for pair in list_adjacencies(arrangement)}
    listed = np.array([places[k] for k in range(len(places))])
    ends = [[int(np.abs(listed - path[end]).sum(axis=1).argmin()) for end in (0, -1)] for path in paths(axes)]
    assert {frozenset(pair) for pair in ends} == wanted


@pytest.mark.parametrize("name", [*CENTRAL, *AFFINE])
def test_the_graph_of_a_plane_or_sphere_has_no_crossing(name):
    (axes,) = draw_tope_graph((CENTRAL | AFFINE)[name]).axes
    assert crossings(paths(axes)) == set()


def test_crossings_are_found():
    """The check above would see one."""
    assert crossings([np.array([[0, 0], [1, 1]]), np.array([[0, 1], [1, 0]]), np.array([[2, 2], [3, 3]])]) == {(0, 1)}


def test_labels_of_nodes():
    arrangement = family("typeB:3")
    figure = draw_tope_graph(arrangement, size=3)
    (axes,) = figure.axes
    written = named(axes.texts, "label")
    left_out = 48 - len(written)
    assert f"{left_out} labels left out" in notes(figure)
    places = nodes(axes)
    for text in written:
        assert tuple(places[int(text.get_text())]) == text.get_position()


@pytest.mark.parametrize("name", [*CENTRAL, *AFFINE, "no hyperplane"])
def test_flats(name):
    arrangement = (CENTRAL | AFFINE | {"no hyperplane": Arrangement.from_table([[0, 0]])})[name]
    (axes,) = draw_flats(arrangement, size=10).axes
    boxes = named(axes.texts, "flat")
    assert len(boxes) == count_flats(arrangement)
    assert len(named(axes.lines, "cover")) == intersection_lattice(arrangement).number_of_edges()
    printed = [int(text.get_text().split("\n")[1].replace("\N{MINUS SIGN}", "-")) for text in boxes]
    assert Counter(printed) == Counter(moebius_numbers(arrangement).values())
    assert sum(map(abs, printed)) == count_regions(arrangement)
    levels = Counter(text.get_position()[1] for text in boxes)
    assert levels == Counter(data["rank"] for _, data in intersection_lattice(arrangement).nodes(data=True))


def test_flats_name_their_rows():
    texts = named(draw_flats(family("braid:4")).axes[0].texts, "flat")
    assert [text.get_text().split("\n")[0] for text in texts if text.get_position()[1] == 3] == ["0\N{EN DASH}5"]
    assert "0 5" in {text.get_text().split("\n")[0] for text in texts}
    texts = named(draw_flats(DEGENERATE["zero and repeated rows"], row_names=list("abcde")).axes[0].texts, "flat")
    assert sorted(text.get_text().split("\n")[0] for text in texts) == ["b c", "b c d e", "d", "e", "∅"]
