"""What the page says in words to those who open it for the first time, and that its labels stand where they belong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.browser import opened
from support.explorer_pages import TALL, page_state, settle, update

from arrangements import Arrangement, tope_graph
from multilayer.io.tables import read_source
from multilayer.pipeline.explorer import table_content, write_page


@contextmanager
def page_of(chromium: Any, source: str, folder: Path, **options: Any) -> Iterator[Any]:
    path = folder / "page.html"
    write_page(table_content(read_source(source), 5000), path)
    with opened(chromium, path, **{**TALL, **options}) as page:
        yield page


STRAY = """() => [...document.querySelectorAll(".disc text.signs")].filter((text) => {
  const box = text.getBBox();
  const path = [...document.querySelectorAll(".disc .region")].find((each) => each.dataset.key === text.textContent);
  return [0, 0.5, 1].some((s) => [0.25, 0.75].some((t) =>
    !path.isPointInFill(new DOMPoint(box.x + s * box.width, box.y + t * box.height))));
}).map((text) => text.textContent)"""


@pytest.mark.parametrize("source", ["random:5,3,0", "random:6,3,1", "braid:4"])
def test_signs_on_the_disc_stand_inside_their_regions(chromium: Any, tmp_path: Path, source: str) -> None:
    with page_of(chromium, source, tmp_path) as page:
        for key in ["", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowRight"]:
            if key:
                page.locator(".disc svg").first.press(key)
                settle(page)
            assert page.evaluate(STRAY) == []
        if source == "random:5,3,0":
            assert page.locator(".disc text.signs").count() > 2


def test_words_are_explained_for_what_the_page_shows(chromium: Any, tmp_path: Path) -> None:
    with page_of(chromium, "braid:3", tmp_path) as page:
        glossary, counts = page.locator("#panel .glossary"), page.locator("#panel section[aria-label=Counts]")
        assert not glossary.is_visible()
        page.locator("#panel summary", has_text="What the words mean").click()
        assert "Cover's bound" in glossary.inner_text()
        assert "a·w = 0" in counts.inner_text()
        assert "Pictures of hyperplanes" not in counts.inner_text()
        page.locator("#panel summary", has_text="Challenges").click()
        page.get_by_role("button", name="Eight lines, 37 regions").click()
        settle(page)
        assert "Buck's bound" in glossary.inner_text()
        assert "Cover's bound" not in glossary.inner_text()
        page.get_by_role("button", name="A network with 18 regions").click()
        settle(page)
        assert "Affine piece" in glossary.inner_text()
        assert page.inner_text("#network-note") == "· 14 of the network"
        update(page, {"hidden": ["complex"]})
        assert not page.locator("#network-note").is_visible()


def test_that_there_is_no_picture_above_rank_three_is_said(chromium: Any, tmp_path: Path) -> None:
    with page_of(chromium, "braid:5", tmp_path) as page:
        assert "Pictures of hyperplanes go up to rank 3" in page.inner_text("#panel section[aria-label=Counts]")
        assert not page.locator(".card.sphere, .card.lines, .card.affine").filter(visible=True).count()


def test_the_note_of_one_challenge_is_gone_when_the_next_begins(chromium: Any, tmp_path: Path) -> None:
    with page_of(chromium, "braid:3", tmp_path) as page:
        page.locator("#panel summary", has_text="Challenges").click()
        page.get_by_role("button", name="Reach Cover's number").click()
        rows = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [1, 2, 4], [1, 3, 9]]
        for k, row in enumerate(rows):
            for j, entry in enumerate(row):
                page.get_by_label(f"Row {k + 1}, column {j + 1}", exact=True).fill(str(entry))
        settle(page)
        assert "Solved" in page.locator(".message").inner_text()
        page.get_by_role("button", name="Only triangles").click()
        settle(page)
        assert not page.locator(".message").is_visible()
        graph = tope_graph(Arrangement.from_table(page_state(page)["rows"]))
        others = sum(walls != 3 for _, walls in graph.degree)
        assert page.inner_text("#panel .result") == f"Not yet: {others} of 32 regions are no triangles"


def test_rows_below_the_pictures_are_one_step_away_on_a_phone(chromium: Any, tmp_path: Path) -> None:
    with page_of(chromium, "resonance:3", tmp_path, viewport={"width": 390, "height": 844}) as page:
        panel = page.locator("#panel")
        assert panel.bounding_box()["y"] > 844
        page.get_by_role("button", name="Rows ↓").click()
        assert panel.evaluate("(panel) => panel === document.activeElement")
        page.wait_for_function("document.getElementById('panel').getBoundingClientRect().top < 400")
        page.set_viewport_size({"width": 1440, "height": 900})
        assert not page.get_by_role("button", name="Rows ↓").is_visible()
