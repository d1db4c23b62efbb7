"""The page of a certificate: the bounds that the checker accepted, what is active where, and the network's outputs."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from support.browser import opened
from support.explorer_pages import TALL, check_accessibility, page_state, settle, update

from convex import Problem, certificate_json, solve
from multilayer import checker
from multilayer.pipeline.explorer import certificate_page_content, write_page

Open = Callable[[str], Any]
TABLES: dict[str, tuple[list[list[Any]], list[list[Any]], int | None]] = {
    "xor": ([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [[0, 1, 1, 0]], 2),
    "one input": ([[1, 1], ["0.6", 1], ["0.3", 1], ["0.1", 1]], [["0.57", "0.49", "0.39", "0.25"]], 1),
    "plane, two outputs": ([[1, 2], [2, -1], [-1, 3]], [[1, -1, 2], [0, 1, 0]], None),
    "nothing to learn": ([[1, 2, 3, 1], [0, 1, 0, 2]], [[0, 0]], 1),
}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder, found = tmp_path_factory.mktemp("certificates"), {}
    for name, (rows, targets, width) in TABLES.items():
        solutions = [solve(Problem.read(rows, target, "0.1"), width) for target in targets]
        found[name] = folder / f"{name}.certificate.json"
        found[name].write_text(json.dumps(certificate_json(solutions, "a test")))
    return found


@pytest.fixture
def page_of(chromium: Any, certificates: dict[str, Path], tmp_path: Path) -> Open:
    @contextmanager
    def open_page(name: str, **options: Any) -> Iterator[Any]:
        write_page(certificate_page_content(certificates[name], 1000), tmp_path / "page.html")
        with opened(chromium, tmp_path / "page.html", **{**TALL, **options}) as page:
            settle(page)
            yield page

    return open_page


@pytest.mark.parametrize("name", TABLES)
def test_the_page_shows_the_bounds_that_the_checker_accepts(
    page_of: Open, certificates: dict[str, Path], name: str
) -> None:
    _, claim = checker.check(str(certificates[name]))
    given = json.loads(certificates[name].read_text())
    with page_of(name) as page:
        low, high = page.locator("#lower-bound"), page.locator("#upper-bound")
        assert Fraction(low.get_attribute("data-exact")) == Fraction(given["claim"]["lower"])
        assert Fraction(high.get_attribute("data-exact")) == Fraction(given["claim"]["upper"])
        assert Fraction(low.inner_text()) <= Fraction(given["claim"]["lower"])
        assert Fraction(high.inner_text()) >= Fraction(given["claim"]["upper"])
        assert claim.startswith(f"the optimum of {'unlimited width' if TABLES[name][2] is None else 'width'}")
        state = page_state(page)
        assert int(page.inner_text("#region-count")) == state["counts"]["exact_count"] == len(given["first"]["regions"])


@pytest.mark.parametrize("name", TABLES)
def test_active_rows_are_those_of_the_exact_weights(page_of: Open, certificates: dict[str, Path], name: str) -> None:
    given = json.loads(certificates[name].read_text())
    rows = [list(map(Fraction, row)) for row in given["input"]["rows"]]
    expected = []
    for part in given["network"]["subnetworks"]:
        hidden = [
            [max(sum(a * b for a, b in zip(x, map(Fraction, w), strict=True)), 0) for x in rows] for w in part["first"]
        ]
        expected += [[h > 0 for h in neuron] for neuron in hidden]
        second = list(map(Fraction, part["second"]))
        expected.append([sum(u * h[i] for u, h in zip(second, hidden, strict=True)) > 0 for i in range(len(rows))])
    with page_of(name) as page:
        lines = page.locator(".activity tbody tr")
        found = [[cell == "●" for cell in lines.nth(k).locator("td").all_inner_texts()] for k in range(lines.count())]
        assert found == expected
        if not expected:
            assert "zero everywhere" in page.inner_text('[data-view="activity"]')


def test_a_neuron_that_is_pressed_marks_its_region_or_says_that_it_has_none(page_of: Open) -> None:
    with page_of("one input") as page:
        buttons = page.locator(".activity tbody button")
        for k in range(buttons.count()):
            update(page, {"marked": None})
            buttons.nth(k).click()
            marked = page_state(page)["marked"]
            active = page.locator(".activity tbody tr.first").nth(k).locator("td").all_inner_texts()
            if marked is None:
                assert "lie on a hyperplane" in page.inner_text(".message")
            else:
                assert [letter == "+" for letter in marked] == [cell == "●" for cell in active]


@pytest.mark.parametrize("name", TABLES)
def test_predictions_stand_beside_the_targets(page_of: Open, certificates: dict[str, Path], name: str) -> None:
    content = certificate_page_content(certificates[name], 1000)
    with page_of(name) as page:
        for output, target in enumerate(content["targets"]):
            if len(content["targets"]) > 1:
                page.locator('.certified-function select[aria-label="Output"]').select_option(str(output))
                settle(page)
            lines = page.locator(".certified-function tbody tr")
            for k in range(lines.count()):
                _, wanted, found = lines.nth(k).locator("th, td").all_inner_texts()
                assert float(wanted) == pytest.approx(float(Fraction(target["values"][k])), rel=1e-5, abs=1e-9)
                exact = Fraction(content["predictions"][output][k])
                assert float(found) == pytest.approx(float(exact), rel=1e-5, abs=1e-9)


def test_pages_are_whole_in_the_dark_and_on_a_phone(page_of: Open) -> None:
    phone = {"viewport": {"width": 390, "height": 6000}, "color_scheme": "dark"}
    with page_of("xor", **phone) as page:
        for view in ("certificate", "certified-function", "activity", "data-plane", "second-layer"):
            box = page.locator(f'[data-view="{view}"]').bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["xor", "one input"])
def test_axe_finds_nothing_on_a_certificate(page_of: Open, name: str, scheme: str) -> None:
    with page_of(name, color_scheme=scheme) as page:
        check_accessibility(page)


def test_a_neuron_is_marked_where_its_weights_are_among_rows_that_have_moved(
    page_of: Open, certificates: dict[str, Path]
) -> None:
    parts = json.loads(certificates["xor"].read_text())["network"]["subnetworks"]
    weights = [list(map(Fraction, w)) for part in parts for w in part["first"]]
    with page_of("xor") as page:
        rows = page_state(page)["state"]["rows"]
        moved = [{**rows[0], "on": False}, {**rows[1], "entries": ["-7", "-9", "-2"]}, *rows[2:]]
        now = [list(map(Fraction, row["entries"])) for row in moved[1:]]
        update(page, {"rows": moved})
        for k, w in enumerate(weights):
            update(page, {"marked": None})
            page.locator(".activity tbody button").nth(k).click()
            values = [sum(a * b for a, b in zip(row, w, strict=True)) for row in now]
            signs = "".join("+" if value > 0 else "\u2212" for value in values)
            assert page_state(page)["marked"] == (signs if all(values) else None)
