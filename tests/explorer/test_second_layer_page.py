"""The second layer on the page: cells, masks and counts are the library's, and bends are counted a second way."""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from support.browser import Modules, big, modules_page, opened
from support.explorer_pages import TALL, check_accessibility, page_state, settle, update

from arrangements import Arrangement, FirstLayer, count_second_layer, iter_products
from multilayer.io.tables import read_source
from multilayer.pipeline.explorer import table_content, write_page
from theory import joint

Open = Callable[[list[list[Any]]], Any]
MINUS = "\u2212"  # as the page writes signs
TABLES = [
    [[1, 2], [2, -1], [-1, 3], [-2, -1]],
    [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]],
    [[1, 0, 1], [2, 0, 2], [-1, 0, -1], [0, 0, 0], [0, 1, 1]],
    [["0.5", 1], ["-1/3", 1], [2, 1], [2, 1]],
]


@pytest.fixture
def page_of(chromium: Any, tmp_path: Path) -> Open:
    @contextmanager
    def open_page(rows: list[list[Any]]) -> Iterator[Any]:
        table = tmp_path / "table.csv"
        table.write_text("".join(f"{','.join(map(str, row))}\n" for row in rows))
        write_page(table_content(read_source(str(table), header=False), 1000), tmp_path / "page.html")
        with opened(chromium, tmp_path / "page.html", **TALL) as page:
            yield page

    return open_page


def choose(page: Any, place: int) -> None:
    page.get_by_label("Region to choose as a neuron").select_option(index=place)
    page.get_by_role("button", name="Choose region").click()
    settle(page)


def library_cells(rows: list[list[Any]], neurons: list[dict[str, Any]]) -> list[tuple[int, ...]]:
    layer = FirstLayer.of(Arrangement.from_table(rows))
    wanted = {(tuple(each["signs"]), each["output"]) for each in neurons}
    for product in iter_products(layer, len(wanted)):
        if {(tuple(layer.cells[k].signs), output) for k, output in product.neurons} == wanted:
            return sorted(pair.signs for pair in product.pairs)
    raise AssertionError("the library has no such tuple")


@pytest.mark.parametrize("rows", TABLES, ids=["plane", "xor", "degenerate", "line"])
def test_cells_and_masks_of_chosen_neurons_are_the_library_s(page_of: Open, rows: list[list[Any]]) -> None:
    draw = random.Random(3)
    with page_of(rows) as page:
        regions = page_state(page)["counts"]["regions"]
        options = page.locator('select[aria-label="Region to choose as a neuron"] option')
        active = [k for k in range(regions) if "+" in options.nth(k).get_attribute("value")]
        for number in (2, 3, 2):
            for place in draw.sample(active, number):
                choose(page, place)
            if number == 2:
                page.get_by_role("button", name="turn it").last.click()
            found = page_state(page)["second"]
            assert sorted(tuple(cell["signs"]) for cell in found["cells"]) == library_cells(rows, found["neurons"])
            assert all(cell["mask"] == [int(s >= 0) for s in cell["signs"]] for cell in found["cells"])
            shown = page.locator(".second-layer tbody tr").count()
            assert shown == len(found["cells"])
            page.locator(".second-layer tbody input").last.check()
            assert page_state(page)["second"]["picked"] == shown - 1
            update(page, {"neurons": []})


@pytest.mark.parametrize("rows", TABLES, ids=["plane", "xor", "degenerate", "line"])
def test_counts_of_the_second_layer_are_the_library_s(page_of: Open, rows: list[list[Any]]) -> None:
    layer = FirstLayer.of(Arrangement.from_table(rows))
    with page_of(rows) as page:
        for width in (1, 2):
            page.get_by_label("Width").select_option(str(width))
            page.get_by_role("button", name="Count", exact=True).click()
            page.locator("#second-masks", has_text=re.compile(r"\d")).wait_for()
            expected = count_second_layer(layer, width)
            names = ("tuples", "pairs", "masks")
            shown = [int("".join(page.inner_text(f"#second-{name}").split())) for name in names]
            assert shown == [expected.tuples, expected.pairs, expected.masks]
            bound = joint(len(rows), Arrangement.from_table(rows).rank, width)
            assert int("".join(page.inner_text("#second-joint").split())) == bound


def test_a_point_that_is_dragged_moves_its_row_and_its_mask_is_that_of_the_region(page_of: Open) -> None:
    with page_of(TABLES[1]) as page:
        region = page.locator('select[aria-label="Region to choose as a neuron"] option').nth(5)
        key = region.get_attribute("value")
        update(page, {"marked": key})
        full = [
            "full" in page.locator(f'.data-plane [data-point="{k}"]').get_attribute("class").split() for k in range(4)
        ]
        assert full == [letter == "+" for letter in key]
        box = page.locator('.data-plane [data-point="0"] .glyph').bounding_box()
        page.mouse.move(box["x"] + 6, box["y"] + 6)
        page.mouse.down()
        page.mouse.move(box["x"] + 90, box["y"] - 140, steps=4)
        page.mouse.up()
        now = page_state(page)
        assert now["rows"][0] != [0, 0, 1]
        assert now["rows"][1:] == TABLES[1][1:]
        assert now["rows"][0][2] == 1
        assert now["counts"]["regions"] == now["counts"]["exact_count"]


@pytest.mark.parametrize("rows", [TABLES[0], TABLES[1], TABLES[3]], ids=["plane", "chart", "line"])
def test_a_line_that_is_dragged_marks_the_region_of_its_weights(page_of: Open, rows: list[list[Any]]) -> None:
    with page_of(rows) as page:
        first = page.locator('select[aria-label="Region to choose as a neuron"] option').nth(2).get_attribute("value")
        update(page, {"marked": first})
        handle = page.locator(".data-plane .line-handle").last.bounding_box()
        x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        regions = {tuple(cell.signs) for cell in FirstLayer.of(Arrangement.from_table(rows)).cells}
        page.mouse.move(x, y)
        page.mouse.down()
        seen = set()
        for step in range(1, 13):
            page.mouse.move(x - 12 * step, y - 16 * step)
            key = page_state(page)["marked"]
            seen.add(key)
            assert tuple({"+": 1, MINUS: -1, "0": 0}[letter] for letter in key) in regions
            full = page.locator(".data-plane .data-point.full").count()
            assert full == len({tuple(row) for row, letter in zip(rows, key, strict=True) if letter != MINUS})
        page.mouse.up()
        assert len(seen) > 1
        page.locator(".data-plane .line-handle").last.focus()
        page.keyboard.press("ArrowLeft")
        assert page_state(page)["marked"] is not None


def test_arrow_keys_move_a_point(page_of: Open) -> None:
    with page_of(TABLES[1]) as page:
        page.locator('.data-plane [data-point="1"]').focus()
        page.keyboard.press("ArrowRight")
        x, y, one = map(Fraction, page_state(page)["rows"][1])
        assert x > 0
        assert (y, one) == (1, 1)


def test_neurons_whose_region_is_gone_are_said_so(page_of: Open) -> None:
    with page_of(TABLES[0]) as page:
        state = update(
            page, {"neurons": [{"key": "++++", "output": 1}, {"key": "+-++".replace("-", MINUS), "output": -1}]}
        )
        assert state["second"] is None
        assert "no longer there" in page.inner_text(".second-layer .words")


def test_neurons_with_too_many_cells_are_said_so_and_not_listed(page_of: Open) -> None:
    with page_of([[k, k * k, 1] for k in range(16)]) as page:
        for place in (0, 1, 2):
            choose(page, place)
        assert page_state(page)["second"] is None
        assert "the page lists 4096 at most" in page.inner_text(".second-layer .words")


def test_axe_finds_nothing_with_neurons_chosen(page_of: Open) -> None:
    with page_of(TABLES[1]) as page:
        choose(page, 0)
        choose(page, 3)
        check_accessibility(page)


@pytest.fixture(scope="module")
def models(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Modules]:
    with modules_page(chromium, tmp_path_factory.mktemp("models"), ("core", "model")) as page:
        yield page


def corners(forms: list[tuple[int, int, int]]) -> int:
    """The corners of the convex set where all forms are positive, generic lines assumed: intersections inside."""
    found = set()
    for (a, b, c), (d, e, f) in combinations(forms, 2):
        det = a * e - b * d
        if det:
            x, y = Fraction(b * f - c * e, det), Fraction(c * d - a * f, det)
            if all(p * x + q * y + r >= 0 for p, q, r in forms):
                found.add((x, y))
    return len(found)


def test_bends_are_the_corners_of_the_convex_set_where_the_neuron_is_negative(models: Modules) -> None:
    # u = (l1)+ + (l2)+ - (l3)+ < 0  iff  l3 > 0, l1, l2, l1 + l2
    draw, cases = random.Random(8), []
    for _ in range(60):
        cases.append([[draw.randint(-30, 30) for _ in range(3)] for _ in range(3)])
    counted = models.run(
        '(m, cases) => cases.map((w) => m["model/second/zero_set"].bendsInPlane(w, [1, 1, -1]))', big(cases)
    )
    expected = []
    for one, two, three in cases:
        others = [(0, 0, 0), one, two, [a + b for a, b in zip(one, two, strict=True)]]
        expected.append(corners([tuple(c - x for c, x in zip(three, each, strict=True)) for each in others]))
    assert counted == expected
    assert set(expected) >= {1, 2, 3, 4}


SOLUTIONS = [
    ("Three bends", [("++++++", 1), ("+++++-", 1), ("+++-++", -1)], 2),
    ("A table where depth helps", [("+-++", 1), ("+--+", -1)], 1),
]


@pytest.mark.parametrize(("title", "neurons", "cell"), SOLUTIONS, ids=[title for title, *_ in SOLUTIONS])
def test_challenges_of_the_second_layer_are_solved_by_the_right_cell_alone(
    page_of: Open, title: str, neurons: list[tuple[str, int]], cell: int
) -> None:
    with page_of(TABLES[0]) as page:
        page.locator("details", has_text="Challenges").locator("summary").first.click()
        page.get_by_role("button", name=title).click()
        settle(page)
        assert "Solved" not in page.inner_text(".result")
        update(page, {"neurons": [{"key": key.replace("-", MINUS), "output": sign} for key, sign in neurons]})
        solved = []
        for k in range(cell + 1):
            page.locator(".second-layer tbody input").nth(k).check()
            settle(page)
            solved.append("Solved" in page.inner_text(".result"))
        assert solved == [False] * cell + [True]
