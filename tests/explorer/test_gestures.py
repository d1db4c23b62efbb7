"""Gestures on the page of an arrangement: rows that are dragged, or collapse, are counted as by the library."""

from typing import Any

import numpy as np
import pytest
from support.explorer_pages import Open, Point, agrees, centre, drag, settle
from support.explorer_pages import page_state as state


def test_dragging_lines_merges_and_splits_regions(page_of: Open) -> None:
    with page_of([[1, 0], [0, 1], [1, 1], [1, -1]]) as page:
        before = state(page)["rows"]
        for place in range(4):
            drag(page, centre(page, f".lines .handle[data-row='{place}'] .hit"), (40, -30), lambda: agrees(page))
        after = state(page)
        assert all(row != old for row, old in zip(after["rows"], before, strict=True))
        page.keyboard.press("Control+z")
        assert state(page)["rows"][:3] == after["rows"][:3], "a drag is one step"
        assert state(page)["rows"][3] == before[3]


def test_a_line_of_the_plane_can_be_shifted_and_turned(page_of: Open) -> None:
    with page_of("random:12,3,0", affine=True) as page:
        old = state(page)
        grip = page.evaluate(
            """() => {
              const path = document.querySelector(".affine .row-grip[data-row='1']");
              const p = path.getPointAtLength(path.getTotalLength() * 0.22).matrixTransform(path.getScreenCTM());
              return [p.x, p.y];
            }"""
        )
        taken = page.evaluate("(p) => document.elementFromPoint(...p).dataset.row", grip)
        drag(page, grip, (18, 25), lambda: agrees(page))
        shifted = state(page)
        assert shifted["rows"] == old["rows"]
        assert [k for k in range(12) if shifted["offsets"][k] != old["offsets"][k]] == [int(taken)]
        drag(page, centre(page, ".affine .handle[data-row='6'] .hit"), (-10, 45), lambda: agrees(page))
        turned = state(page)
        assert [k for k in range(12) if turned["rows"][k] != old["rows"][k]] == [6]


def test_the_plane_is_moved_and_scaled_without_touching_rows(page_of: Open) -> None:
    with page_of("shi:3") as page:
        rows, seen = state(page), {page.locator(".affine .regions").inner_html()}
        box = page.locator(".affine svg").bounding_box()
        inside = page.evaluate(
            """({ x, y, width, height }) => {
              for (let k = 0; k < 400; k += 1) {
                const at = [x + width * (0.1 + (k % 20) / 25), y + height * (0.1 + Math.floor(k / 20) / 25)];
                if (document.elementFromPoint(...at).dataset.key) return at;
              }
            }""",
            box,
        )
        drag(page, inside, (30, 20))
        page.locator(".affine .stage").focus()
        for act in (
            lambda: page.keyboard.press("ArrowLeft"),
            lambda: page.keyboard.press("+"),
            lambda: page.mouse.wheel(0, -200),
            lambda: page.get_by_role("button", name="Farther").click(),
        ):
            before = page.locator(".affine .regions").inner_html()
            assert before not in seen
            seen.add(before)
            act()
            page.wait_for_timeout(50)
            settle(page)
        now = state(page)
        assert (now["rows"], now["offsets"], now["counts"]) == (rows["rows"], rows["offsets"], rows["counts"])
        assert set(now["state"]["camera"]["plane"]) == {"x", "y", "scale"}
        page.get_by_role("button", name="Show where lines meet").click()
        settle(page)
        assert page.locator(".affine .regions [data-key]").count() == 16


def test_circles_of_the_sphere_are_moved_by_their_poles_and_the_sphere_turns(page_of: Open) -> None:
    with page_of("resonance:3") as page:
        start = centre(page, ".sphere .handle[data-row='4'] .hit")
        drag(page, start, (-30, 25), lambda: agrees(page))
        assert agrees(page) > 32
        rows = state(page)["rows"]
        page.locator(".sphere .stage").focus()
        page.keyboard.press("ArrowLeft")
        x, y = centre(page, ".sphere svg")
        drag(page, (x + 8, y + 30), (25, 10))
        assert state(page)["rows"] == rows
        assert state(page)["state"]["camera"]["turn"]


@pytest.mark.parametrize(
    ("source", "affine", "card", "place", "way", "even"),
    [
        ("random:5,2,1", False, "lines", 0, (-20, -40), False),
        ("random:5,2,1", False, "lines", 0, (-20, -40), True),
        ("braid:3", False, "lines", 1, (30, -10), False),
        ("random:12,3,0", True, "affine", 6, (-10, 45), False),
        ("random:12,3,0", True, "affine", 6, (-10, 45), True),
        ("shi:3", False, "affine", 0, (15, -30), False),
        ("resonance:3", False, "sphere", 4, (-30, 25), False),
        ("resonance:3", False, "sphere", 4, (-30, 25), True),
        ("braid:4", False, "sphere", 0, (-20, 25), True),
    ],
)
def test_what_is_dragged_stays_under_the_pointer(
    page_of: Open, source: str, affine: bool, card: str, place: int, way: Point, even: bool
) -> None:
    with page_of(source, affine) as page:
        if even:
            page.locator(f".{card}").get_by_role("button", name="Even out").click()
            settle(page)
        handle = f".{card} .handle[data-row='{place}'] .hit"
        start = centre(page, handle)
        size = np.linalg.norm([as_float(x) for x in state(page)["rows"][place]])
        drag(page, start, way, lambda: agrees(page))
        aim, end = np.add(start, way), np.array(centre(page, handle))
        if card == "sphere":
            assert np.hypot(*(end - aim)) < 2
        else:
            middle = np.array(line_middle(page, card, place))
            off = np.cross(np.append(aim - middle, 0), np.append(end - middle, 0))[2]
            assert abs(off) / np.hypot(*(end - middle)) < 4, "the line points at the pointer"
        assert 0.99 < np.linalg.norm([as_float(x) for x in state(page)["rows"][place]]) / size < 1.01


def line_middle(page: Any, card: str, place: int) -> Point:
    return page.evaluate(
        """([card, place]) => {
          if (card === "lines") {
            const box = document.querySelector(".lines svg").getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
          }
          const path = document.querySelector(`.${card} .row-grip[data-row='${place}']`);
          const [x1, y1, x2, y2] = path.getAttribute("d").match(/-?[\\d.]+/g).map(Number);
          const p = new DOMPoint((x1 + x2) / 2, (y1 + y2) / 2).matrixTransform(path.getScreenCTM());
          return [p.x, p.y];
        }""",
        [card, place],
    )


def test_rows_of_higher_columns_stay_in_their_span_when_they_are_dragged(page_of: Open) -> None:
    with page_of("braid:4") as page:
        drag(page, centre(page, ".sphere .handle[data-row='2'] .hit"), (31, 17), lambda: agrees(page))
        now = state(page)
        assert now["counts"]["rank"] == 3
        table = np.array([[as_float(x) for x in row] for row in now["rows"]])
        assert np.allclose(table.sum(axis=1), 0)


def as_float(x: Any) -> float:
    above, _, below = str(x).partition("/")
    return float(above) / float(below or 1)


def test_collapse_makes_near_coincidences_exact_in_one_step(page_of: Open) -> None:
    near = [[1000, 0, 0], [0, 1000, 0], [0, 0, 1000], [1000, 1001, 3], [997, 2, -1000]]
    with page_of(near) as page:
        assert agrees(page) == 22
        page.get_by_role("button", name="Collapse").click()
        collapsed = agrees(page)
        assert collapsed < 22
        assert "Row" in page.locator(".message").inner_text()
        page.keyboard.press("Control+z")
        assert agrees(page) == 22


def test_collapse_keeps_what_was_exact_and_heals_what_was_moved(page_of: Open) -> None:
    with page_of("typeB:3") as page:
        row = next(k for k, row in enumerate(state(page)["rows"]) if row == [1, 1, 0])
        for column, text in ((1, "1.01"), (2, "0.98"), (3, "0.02")):
            page.get_by_label(f"Row {row + 1}, column {column}").fill(text)
        assert agrees(page) > 48
        page.get_by_role("button", name="Collapse").click()
        assert agrees(page) == 48
        x, y, z = (as_float(entry) for entry in state(page)["rows"][row])
        assert (x, z) == (y, 0)


def test_collapse_in_the_plane_makes_parallels_and_triple_points(page_of: Open) -> None:
    lines = [[100, 0, 0], [100, 1, 300], [0, 100, 0], [100, 100, 3], [50, -100, 400], [50, 100, -200]]
    with page_of(lines, affine=True) as page:
        before = agrees(page)
        page.get_by_role("button", name="Collapse").click()
        assert agrees(page) < before
        said = page.locator(".message").inner_text()
        assert "parallel" in said
        assert "meet" in said
