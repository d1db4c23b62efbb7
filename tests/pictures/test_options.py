"""Options and refusals of all pictures, notebooks, and that a picture is the same on every run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from arrangements import Arrangement, FirstLayer, InputError, family, pictures

DRAW = {
    "draw_lines": family("shi:3"),
    "draw_disc": family("braid:4"),
    "draw_sphere": family("braid:4"),
    "draw_zonotope": family("braid:4"),
    "draw_tope_graph": family("braid:4"),
    "draw_flats": family("braid:4"),
    "draw_data_plane": [[1, 2], [2, 1], [-1, 1]],
}
HERE = Path(__file__).parents[2]


@pytest.fixture
def drawing():
    return pytest.importorskip("matplotlib")


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("name", DRAW)
def test_the_same_picture_is_the_same_text(name):
    draw = getattr(pictures, name)
    first, second = (pictures.svg_text(draw(DRAW[name])) for _ in range(2))
    assert first == second
    assert first.startswith("<?xml")
    assert draw(DRAW[name])._repr_svg_() == first


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("name", DRAW)
@pytest.mark.parametrize("size", [4, 8])
def test_size_is_in_inches(name, size):
    width, height = getattr(pictures, name)(DRAW[name], size=size).get_size_inches()
    assert size in (width, pytest.approx(height - 0.16))


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("name", [name for name in DRAW if name != "draw_flats"])
def test_the_smallest_size_and_the_longest_names(name):
    names = ["W" * 40] * len(DRAW[name])
    with pytest.raises(InputError, match="size is 1; it must be a number of inches from"):
        getattr(pictures, name)(DRAW[name], size=1)
    figure = getattr(pictures, name)(DRAW[name], size=4 if name == "draw_data_plane" else 1.5, row_names=names)
    assert all(axes.get_position().width > 0 for axes in figure.axes)
    assert pictures.svg_text(figure)


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("name", DRAW)
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 0}, "size is 0; it must be a number of inches from"),
        ({"size": float("nan")}, "size is nan; it must be a number"),
        ({"size": "large"}, "size is 'large'; it must be a number"),
        ({"limit": 0}, "limit is 0; it must be an integer of at least 1"),
        ({"limit": 2}, "more than 2 (regions|flats), too many for a picture"),
        ({"row_names": ["a"]}, "row_names has 1 entries for . rows"),
        ({"row_names": "abc"}, "row_names is 'abc'; give a list of texts"),
        ({"row_names": range(6)}, "row_names has "),
    ],
)
def test_refused_options(name, options, message):
    with pytest.raises(InputError, match=message):
        getattr(pictures, name)(DRAW[name], **options)


REFUSED = [
    (pictures.draw_lines, family("braid:4"), {}, "has rank 3; lines in the plane are drawn for rank 1 or 2"),
    (pictures.draw_lines, family("shi:4"), {}, "has rank 3; lines"),
    (pictures.draw_lines, Arrangement.from_table([[0, 0]]), {}, "has rank 0; lines"),
    (pictures.draw_lines, [[1, 2]], {}, "is a list, not an Arrangement"),
    (pictures.draw_lines, family("shi:3"), {"labels": "sign"}, "unknown labels 'sign'; did you mean signs"),
    (pictures.draw_lines, family("shi:3"), {"view": (0, 0)}, r"view is \(0, 0\); give three numbers"),
    (pictures.draw_lines, family("shi:3"), {"view": (0, 0, 0)}, r"view is \(0, 0, 0\); give three numbers"),
    (
        pictures.draw_lines,
        family("moment:501,2"),
        {"fill": False},
        "there are 501 lines, too many for a picture",
    ),
    (pictures.draw_disc, family("shi:3"), {}, "and this one has offsets; take its cone"),
    (pictures.draw_disc, family("braid:3"), {}, "has rank 2; the sphere is drawn for rank 3"),
    (pictures.draw_disc, family("braid:4"), {"view": (0, 0, 0)}, "give the direction from which one looks"),
    (pictures.draw_sphere, family("braid:5"), {}, "has rank 4; the sphere is drawn for rank 3"),
    (pictures.draw_zonotope, family("shi:3"), {}, "and this one has offsets; take its cone"),
    (pictures.draw_zonotope, family("braid:5"), {}, "has rank 4; a zonotope is drawn for rank 1 to 3"),
    (pictures.draw_tope_graph, Arrangement.from_table([[0, 0]]), {}, "has no hyperplane, so its tope graph"),
    (pictures.draw_tope_graph, family("resonance:5"), {}, "more than 1000 regions, too many for a picture"),
    (pictures.draw_flats, family("braid:7"), {}, "more than 200 flats, too many for a picture"),
    (pictures.svg_text, 3, {}, "3 is an int, not a figure"),
]


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize(("draw", "value", "options", "message"), REFUSED, ids=[entry[3][:50] for entry in REFUSED])
def test_refused(draw, value, options, message):
    with pytest.raises(InputError, match=message) as caught:
        draw(value, **options)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("name", DRAW)
def test_without_matplotlib(monkeypatch, name):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for module in [module for module in sys.modules if module.startswith("matplotlib.")]:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(
        InputError, match=r'a figure needs matplotlib: pip install "\.\[plot\]" in a clone of the project'
    ):
        getattr(pictures, name)(DRAW[name])


@pytest.mark.usefixtures("drawing")
def test_pyplot_is_left_alone():
    code = (
        "import sys; from arrangements import family, pictures; figure = pictures.draw_lines(family('shi:3')); "
        "figure._repr_svg_(); print('matplotlib.pyplot' in sys.modules)"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(HERE)}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert outcome.stdout == "False\n"


@pytest.mark.usefixtures("drawing")
def test_a_first_layer_shows_its_arrangement():
    layer = FirstLayer.of(family("braid:4"))
    assert layer._repr_svg_() == layer.arrangement._repr_svg_() is not None


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_files(tmp_path, kind):
    path = tmp_path / f"lines.{kind}"
    pictures.draw_lines(family("shi:3")).savefig(path)
    assert path.stat().st_size > 1000
