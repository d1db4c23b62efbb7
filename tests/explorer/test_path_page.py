"""The page of optima over beta: both curves, and for the chosen knot what its own certificate proves."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from support.browser import opened
from support.explorer_pages import TALL, check_accessibility, page_state, settle

from multilayer.io.tables import read_source
from multilayer.pipeline.explorer import path_page_content, write_page
from multilayer.pipeline.learning.beta_path import solve_table_path

TABLE = "1,1,0.57\n0.6,1,0.49\n0.3,1,0.39\n0.1,1,0.25\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "t.csv").write_text(TABLE)
    table = read_source(str(tmp_path / "t.csv"), last_is_target=True)
    options = {"loss": "squared", "tolerance": "0.05", "steps": 10**6, "seconds": None}
    assert solve_table_path(table, 2, "0.01:0.5", folder=tmp_path / "t.path", **options)["complete"]
    return tmp_path / "t.path"


def test_the_chosen_knot_shows_its_own_certificate(chromium: Any, folder: Path, tmp_path: Path) -> None:
    content = path_page_content(folder, 1000)
    assert path_page_content(folder / "path.json", 1000) == content
    write_page(content, tmp_path / "page.html")
    curves = json.loads((folder / "path.json").read_text())
    with opened(chromium, tmp_path / "page.html", **TALL) as page:
        settle(page)
        slider = page.get_by_label("Knot: the beta whose optimum is shown")
        assert int(slider.get_attribute("max")) == len(curves["knots"]) - 1
        assert page.locator(".curves .knot").count() == len(curves["knots"])
        for place in (0, len(curves["knots"]) - 1):
            slider.fill(str(place))
            settle(page)
            knot = curves["knots"][place]
            assert page_state(page)["state"]["knot"] == place
            low, high = page.locator("#lower-bound"), page.locator("#upper-bound")
            assert Fraction(low.get_attribute("data-exact")) == Fraction(knot["lower"])
            assert Fraction(high.get_attribute("data-exact")) == Fraction(knot["upper"])
            assert f"β = {Fraction(knot['beta'])} " in page.locator(".over-beta .words").inner_text()
            assert page.locator(".curves .knot.chosen").count() == 1
        page.locator(".curves .knot").first.click()
        settle(page)
        assert page_state(page)["state"]["knot"] == 0
        address = page.evaluate("window.explorer.address()")
        page.goto(address)
        settle(page)
        assert page_state(page)["state"]["knot"] == 0
        check_accessibility(page)


def test_a_weak_bound_is_drawn_on_the_chord_of_its_neighbours(folder: Path) -> None:
    file = folder / "path.json"
    curves = json.loads(file.read_text())
    drawn = path_page_content(folder, 1000)["curves"]
    assert drawn["lower"] == [float(Fraction(knot["lower"])) for knot in curves["knots"]]
    left, knot, right = curves["knots"][:3]
    certificate = folder / knot["certificate"]
    content = json.loads(certificate.read_text())
    content["claim"]["lower"] = knot["lower"] = 0
    certificate.write_text(json.dumps(content))
    file.write_text(json.dumps({**curves, "relative_gap": 1}))
    a, b, c = (Fraction(each["beta"]) for each in (left, knot, right))
    low, high = Fraction(left["lower"]), Fraction(right["lower"])
    expected = low + (b - a) / (c - a) * (high - low)
    assert path_page_content(folder, 1000)["curves"]["lower"][1] == float(expected) > 0
