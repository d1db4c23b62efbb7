"""The page of an arrangement in chromium: whatever was done, it counts what the library counts for the same rows.

Every step is one of a reader: real events of mouse and keyboard on the page as `multilayer explore` writes it.
"""

import csv
import xml.etree.ElementTree as ET
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import pytest
from support.browser import opened
from support.explorer_pages import DESKTOP, SMALLER, Open, agrees, centre, drag, settle
from support.explorer_pages import page_state as state

DEGENERATE = [[0, 0, 0], [1, 2, "1/3"], [-2, -4, "-2/3"], [1, 2, "1/3"], ["0.1", "1e-9", 5], [3, 6, 1], [10**15, 1, 0]]
SOURCES = [
    ("braid:3", False),
    ("resonance:3", False),
    ("typeB:3", False),
    ("threshold:2", False),
    ("braid:5", False),
    ("random:9,3,4", False),
    ("random:7,2,1", False),
    ("random:12,3,0", True),
    ("shi:3", False),
    ("random:5,4,2", True),
    ([[1, 2]], False),
    ([[0, 0], [1, 0]], False),
    ([[5], [-3], [0]], False),
    (DEGENERATE, False),
    ([[1, 0, 1], [1, 0, 1], [2, 0, 3], [0, 0, 1], [-1, 0, 2]], True),
]


@pytest.mark.parametrize(("source", "affine"), SOURCES, ids=str)
def test_counts_after_every_kind_of_step_equal_the_library_s(
    page_of: Open, source: str | list[list[Any]], affine: bool
) -> None:
    with page_of(source, affine, **SMALLER) as page:
        agrees(page)
        page.locator(".row-switch input").first.uncheck()
        agrees(page)
        page.get_by_role("button", name="Add a row").click()
        agrees(page)
        page.locator(".row-switch input").first.check()
        agrees(page)
        page.get_by_role("button", name="Collapse").click()
        agrees(page)
        page.locator(".row-item .remove").last.click()
        agrees(page)
        handle = page.locator(".card:not([hidden]) .stage .handle.grip[data-row] .hit")
        if handle.count():
            drag(page, centre(page, ".card:not([hidden]) .stage .handle .hit"), (37, 21), lambda: agrees(page))
            agrees(page)


@pytest.mark.parametrize(("source", "affine"), [("braid:3", False), ("random:3,3,0", True), ("random:2,3,0", False)])
def test_without_rows_one_region_is_left(page_of: Open, source: str, affine: bool) -> None:
    with page_of(source, affine, **SMALLER) as page:
        for switch in page.locator(".row-switch input").all():
            switch.uncheck()
            agrees(page)
        assert agrees(page) == 1
        page.get_by_role("button", name="Collapse").click()
        page.locator(".card.table").scroll_into_view_if_needed()
        page.locator(".signs-table tr[data-key='']").click()  # once the table has followed
        assert state(page)["marked"] == ""
        while page.locator(".row-item .remove:is(button)").count():
            page.locator(".row-item .remove:is(button)").first.click()
            settle(page)
        page.get_by_role("button", name="Add a row").click()
        assert agrees(page) == 2


@pytest.mark.parametrize("seed", range(3))
def test_random_walks(page_of: Open, seed: int) -> None:
    rng = np.random.default_rng(seed)
    source, affine = [("resonance:3", False), ("random:6,3,1", True), (DEGENERATE, False)][seed]
    with page_of(source, affine, **SMALLER) as page:
        for _ in range(25):
            step = rng.choice(["handle", "picture", "switch", "remove", "add", "Collapse", "Undo", "Redo", "Even out"])
            if step in ("handle", "picture"):
                what = ".handle .hit" if step == "handle" else "svg[viewBox][role=img]"
                found = page.locator(f".card:not([hidden]) .stage {what}").all()
                box = found[rng.integers(len(found))].bounding_box() if found else None
                if box:
                    start = (box["x"] + box["width"] * rng.uniform(0.3, 0.7), box["y"] + box["height"] / 2)
                    drag(page, start, tuple(rng.uniform(-60, 60, 2)))
            elif step == "switch":
                page.locator(".row-switch input").nth(
                    int(rng.integers(page.locator(".row-switch input").count()))
                ).click()
            elif step == "remove" and page.locator(".row-item").count() > 4:
                page.locator(".row-item .remove:is(button)").first.click()
            elif step == "add" and page.locator(".row-item").count() < 10:
                page.get_by_role("button", name="Add a row").click()
            else:
                button = page.get_by_role("button", name=step, exact=True).first
                if button.count() and button.is_visible() and button.is_enabled():
                    button.click()
            agrees(page)


def test_pointing_and_marking_are_one_in_all_pictures(page_of: Open) -> None:
    with page_of("typeB:3") as page:
        page.locator(".signs-table tbody tr").nth(5).hover()
        settle(page)
        key = page.locator(".signs-table tbody tr").nth(5).get_attribute("data-key")
        assert page.locator(f".graph .node.hover[data-key='{key}']").count() == 1
        page.locator(".zonotope .node:not(.back)").first.click()
        now = state(page)
        marked = now["marked"]
        assert page.locator(f".signs-table tr.marked[data-key='{marked}']").count() == 1
        assert page.locator(f".graph .node.marked[data-key='{marked}']").count() == 1
        seen = page.locator(f".sphere .regions [data-key='{marked}']").count()
        assert page.locator(".sphere .outline.marked").count() == seen
        assert marked in page.locator(".marked-group").inner_text()
        neighbour = page.locator(".marked-group .choices button").first
        neighbour_key = neighbour.get_attribute("title")
        neighbour.click()
        assert state(page)["marked"] == neighbour_key
        assert sum(a != b for a, b in zip(marked, neighbour_key, strict=True)) == 1
        page.keyboard.press("Escape")
        assert state(page)["marked"] is None


def test_a_row_under_the_pointer_is_lit_everywhere(page_of: Open) -> None:
    with page_of("resonance:3") as page:
        page.locator(".row-item[data-row='3'] .row-name").hover()
        settle(page)
        for card in ("sphere", "disc", "graph"):
            assert page.locator(f".{card} .row.lit").count() >= 1
        page.locator(".sphere .handle[data-row='5'] .dot").hover()
        settle(page)
        assert page.locator(".row-item.lit").get_attribute("data-row") == "5"


def test_the_keyboard_reaches_regions_in_table_and_graph(page_of: Open) -> None:
    with page_of("resonance:3") as page:
        page.locator(".signs-table tbody tr[tabindex='0']").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        first = state(page)["marked"]
        assert first == page.locator(".signs-table tbody tr").nth(2).get_attribute("data-key")
        page.locator(".graph .stage").focus()
        for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            before = state(page)["marked"]
            page.keyboard.press(key)
            after = state(page)["marked"]
            assert sum(a != b for a, b in zip(before, after, strict=True)) <= 1
        assert state(page)["marked"] is not None


def test_entries_are_written_exactly_and_refused_with_a_reason(page_of: Open) -> None:
    with page_of("braid:3") as page:
        entry = page.get_by_label("Row 1, column 3")
        entry.fill("1/3")
        assert agrees(page) == 8
        assert state(page)["rows"][0] == [1, -1, "1/3"]
        entry.fill("two")
        assert entry.get_attribute("aria-invalid") == "true"
        assert "two" in page.locator("#row-problem").inner_text()
        assert state(page)["rows"][0] == [1, -1, "1/3"], "what is no number changes nothing"
        entry.fill("0.5")
        entry.press("ArrowUp")
        assert state(page)["rows"][0][2] == "1.5"
        assert page.locator("#row-problem").is_hidden()


def test_undo_and_redo_walk_through_all_steps(page_of: Open) -> None:
    with page_of("resonance:3") as page:
        seen = [state(page)["rows"]]
        page.locator(".row-switch input").nth(1).uncheck()
        seen.append(state(page)["rows"])
        page.locator(".row-item .remove").nth(3).click()
        seen.append(state(page)["rows"])
        page.get_by_role("button", name="Add a row").click()
        seen.append(state(page)["rows"])
        for rows in seen[-2::-1]:
            page.get_by_role("button", name="Undo").click()
            assert state(page)["rows"] == rows
            agrees(page)
        assert page.get_by_role("button", name="Undo").is_disabled()
        for rows in seen[1:]:
            page.get_by_role("button", name="Redo").click()
            assert state(page)["rows"] == rows
            agrees(page)


def test_the_state_survives_a_round_trip_through_the_address(page_of: Open, chromium: Any, folder: Path) -> None:
    with page_of("typeB:3") as page:
        page.locator(".row-switch input").nth(2).uncheck()
        drag(page, centre(page, ".sphere .handle .hit"), (20, 15))
        page.locator(".signs-table tbody tr").nth(7).click()
        page.get_by_label("Theme").select_option("dark")
        before = state(page)
        deadline = monotonic() + 10
        while page.url != page.evaluate("window.explorer.address()"):
            assert monotonic() < deadline, "the address never follows the state"
        fragment = page.url.partition("#")[2]
    with opened(chromium, folder / "page.html", fragment=fragment, **DESKTOP) as page:
        assert state(page) == before
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        agrees(page)
    with opened(chromium, folder / "page.html", fragment=fragment[:-4], **DESKTOP) as page:
        assert "link" in page.locator(".message").inner_text(), "a cut link is said"
        assert agrees(page) == 48


def test_every_preset_and_challenge_begins_as_the_library_counts(page_of: Open) -> None:
    with page_of("braid:3") as page:
        menu = page.get_by_label("Begin with another arrangement")
        for value in menu.evaluate("(menu) => [...menu.options].map((option) => option.value).filter(Boolean)"):
            menu.select_option(value)
            assert agrees(page) > 1
        page.locator("#panel summary", has_text="Challenges").click()
        for button in page.locator("#panel details .choices button").all():
            button.click()
            agrees(page)
            assert "Not yet" in page.locator("#panel .result").inner_text()


SOLUTIONS = {
    "Reach Cover's number": [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [1, 2, 4], [1, 3, 9]],
    "Only triangles": [[1, -1, 0], [1, 0, -1], [0, 1, -1], [1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "Eight lines, 37 regions": [[1, k, k * k] for k in range(8)],
    "Eight lines, 30 regions": [[1, 0, k] for k in range(4)] + [[0, 1, 5], [0, 1, 7], [1, 3, 1], [1, -2, 0]],
    "Six lines, 18 regions, none parallel": [
        [0, 1, 0], [1, 0, 0], [1, 1, 1], [2, -3, 0], [1, -1, 1], [1, -3, -3]
    ],
}  # fmt: skip


def test_challenges_can_be_solved_and_say_so(page_of: Open) -> None:
    with page_of("braid:3", **SMALLER) as page:
        page.locator("#panel summary", has_text="Challenges").click()
        for title, rows in SOLUTIONS.items():
            page.get_by_role("button", name=title, exact=True).click()
            affine = state(page)["affine"]
            for k, row in enumerate(rows):
                for j, x in enumerate(row):
                    name = "offset" if affine and j == 2 else f"column {j + 1}"
                    page.get_by_label(f"Row {k + 1}, {name}", exact=True).fill(str(x))
            agrees(page)
            assert "Solved" in page.locator("#panel .result").inner_text()
            assert title in page.locator(".message").inner_text()


def test_pictures_are_saved_with_literal_colours(page_of: Open) -> None:
    with page_of("resonance:3") as page:
        for name in ("sphere", "disc", "zonotope", "graph"):
            saved = {kind: download(page, name, kind) for kind in ("SVG", "PNG")}
            root = ET.fromstring(saved["SVG"])
            assert root.tag.endswith("svg")
            assert len(list(root.iter())) > 20
            assert b"var(" not in saved["SVG"]
            assert b"oklch" not in saved["SVG"]
            assert saved["PNG"].startswith(b"\x89PNG")
            assert len(saved["PNG"]) > 10_000
        lines = list(csv.reader(download(page, "table", "CSV").decode().splitlines()))
        assert len(lines) == 33
        table = np.array(state(page)["rows"])
        for line in lines[1:]:
            signs, witness = ([int(cell) for cell in line[part]] for part in (slice(1, 8), slice(9, 12)))
            assert np.array_equal(np.sign(table @ witness), signs)


def download(page: Any, card: str, kind: str) -> bytes:
    page.locator(f".card.{card} .save summary").click()
    with page.expect_download() as waiting:
        page.locator(f".card.{card} .save button", has_text=kind).click()
    return Path(waiting.value.path()).read_bytes()


def test_the_tree_opens_into_sums_that_are_right(page_of: Open) -> None:
    with page_of("braid:4") as page:
        page.wait_for_selector(".open-node")
        while (closed := page.locator(".open-node[aria-expanded='false']")).count():
            closed.first.click()
        assert page.locator(".open-node").first.inner_text().startswith("24")
        sums = page.evaluate(
            """() => [...document.querySelectorAll(".open-node")].map((node) => [
              Number(node.querySelector(".node-count").textContent),
              ...[...node.parentElement.querySelectorAll(":scope > ul > li > * > .node-count")]
                .map((count) => Number(count.textContent)),
            ])"""
        )
        assert sums
        for whole, deletion, restriction in sums:
            assert whole == deletion + restriction
        leaves = page.locator(".leaf .node-count").all_inner_texts()
        assert set(leaves) == {"1"}
        assert len(leaves) == 24


@pytest.mark.parametrize(
    ("source", "affine"), [("resonance:3", False), ("random:12,3,0", True), ("braid:5", False)], ids=str
)
def test_axe_finds_nothing_in_light_and_dark(page_of: Open, source: str, affine: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    with page_of(source, affine) as page:
        page.locator(".row-switch input").first.uncheck()
        page.locator(".signs-table tbody tr").nth(1).click()
        page.locator("#panel summary", has_text="Challenges").click()
        page.locator(".tools .menu summary").click()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            settle(page)
            report = axe.Axe().run(page)
            assert report.violations_count == 0, report.generate_report()


def test_nothing_is_wider_than_the_screen_and_targets_are_large_enough(page_of: Open) -> None:
    table = [["a very long name of a column that goes on", "another_long_name_without_any_space_in_it", "c"]]
    with page_of([*table, *DEGENERATE]) as page:
        for width in (360, 390, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            settle(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            cut = "(list) => list.scrollWidth > list.clientWidth"
            assert not page.locator("ol.rows").evaluate(cut), "entries beside a long name are out of sight"
            small = page.evaluate(
                """() => [...document.querySelectorAll("button, select, input, summary")]
                  .filter((e) => e.checkVisibility() && !e.closest("label"))
                  .map((e) => [e.outerHTML, e.getBoundingClientRect()])
                  .filter(([, box]) => Math.min(box.width, box.height) < 24).map(([text]) => text)"""
            )
            assert not small
