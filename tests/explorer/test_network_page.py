"""The complex of a network on the page is the library's, also after weights, lines and neurons have changed."""

import csv
import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from support.browser import opened
from support.explorer_pages import TALL, check_accessibility, page_state, settle, update

from arrangements import Arrangement, LayeredNetwork, count_regions, network_complex
from multilayer.pipeline.explorer import network_page_content, write_page

Open = Callable[[list[dict[str, Any]]], Any]


def layer(weights: list[list[Any]], biases: list[Any]) -> dict[str, Any]:
    return {"weights": weights, "biases": biases}


def random_layers(seed: int, widths: list[int]) -> list[dict[str, Any]]:
    """Small integers and fractions, so that neurons repeat, die and meet."""
    draw = random.Random(seed)
    entries = [0, 1, -1, 2, "1/3", "-0.5"]
    return [
        layer([[draw.choice(entries) for _ in range(a)] for _ in range(b)], [draw.choice(entries) for _ in range(b)])
        for a, b in pairwise(widths)
    ]


NETWORKS = {
    "2-3-2-1": random_layers(4, [2, 3, 2, 1]),
    "2-4-3-2": random_layers(5, [2, 4, 3, 2]),
    "2-5-1": random_layers(6, [2, 5, 1]),
    "1-4-2-1": random_layers(7, [1, 4, 2, 1]),
    "3-3-2-1": random_layers(8, [3, 3, 2, 1]),
    "2-2-2-2-1": random_layers(9, [2, 2, 2, 2, 1]),
    "dead and repeated": [
        layer([[1, 1], [1, 1], [0, 0], [-2, -2], [0, 0]], [0, 0, 1, 0, 0]),
        layer([[1, -1, 2, 0, 1], [0, 0, 0, 0, 0], [1, 1, -2, 1, 0]], ["-1/4", 0, 0]),
        layer([[1, -1, 2]], [0]),
    ],
}


@pytest.fixture
def page_of(chromium: Any, tmp_path: Path) -> Open:
    @contextmanager
    def open_page(layers: list[dict[str, Any]]) -> Iterator[Any]:
        (tmp_path / "network.json").write_text(json.dumps({"layers": layers}))
        write_page(network_page_content(tmp_path / "network.json", 1000), tmp_path / "page.html")
        with opened(chromium, tmp_path / "page.html", **TALL) as page:
            yield page

    return open_page


def network_of(state: dict[str, Any]) -> LayeredNetwork:
    """The network of a raw state, read by rules of its own."""
    rows = [row for row in state["rows"] if row["on"]]
    second, *later = state["layers"]
    zeros = ["0"] * len(second["biases"])
    layers = [
        layer([row["entries"] for row in rows], [opposite(row["offset"]) for row in rows]),
        layer(list(zip(*(row.get("out", zeros) for row in rows), strict=True)), second["biases"]),
        *later,
    ]
    return LayeredNetwork.from_json(json.loads(json.dumps({"layers": layers})), "the page")


def opposite(text: str) -> str:
    return text[1:] if text.startswith("-") else f"-{text}"


def agrees(page: Any) -> int:
    """Compare all counts on the page with the library's for the network in its state."""
    now = page_state(page)
    expected = network_complex(network_of(now["state"]))
    counts = now["counts"]
    found = counts["complex_regions"], counts["complex_pieces"], counts["complex_bounded"], counts["complex_faces"]
    f_vector = list(expected.f_vector)
    assert found == (len(expected.regions), expected.pieces, expected.bounded, f_vector)
    assert int(page.inner_text("#complex-count")) == len(expected.regions)
    assert "as it must be" in page.inner_text(".complex .facts")
    first = count_regions(Arrangement.from_table(now["rows"], now["offsets"]))
    assert int(page.inner_text("#region-count")) == counts["regions"] == first
    return len(expected.regions)


@pytest.mark.parametrize("name", NETWORKS)
def test_counts_of_the_complex_are_the_library_s_whatever_is_moved(page_of: Open, name: str) -> None:
    layers = NETWORKS[name]
    draw = random.Random(1)
    with page_of(layers) as page:
        agrees(page)
        neurons = page.get_by_label("Neuron", exact=True)
        for place in draw.sample(range(neurons.locator("option").count()), 3):
            neurons.select_option(index=place)
            sliders, fields = page.locator('.weight input[type="range"]'), page.locator('.weight input[type="text"]')
            k = draw.randrange(sliders.count())
            sliders.nth(k).focus()
            for key in draw.choices(["ArrowRight", "ArrowLeft", "PageUp", "PageDown"], k=3):
                page.keyboard.press(key)
            agrees(page)
            fields.nth(draw.randrange(fields.count())).fill(draw.choice(["-1/3", "0", "2.5"]))
            page.keyboard.press("Enter")
            agrees(page)
        page.locator(".row-switch input").first.uncheck()
        agrees(page)
        page.get_by_role("button", name="Add a row").click()
        agrees(page)
        page.locator(".row-switch input").first.check()
        page.locator(".row-item .remove").nth(1).click()
        agrees(page)


def test_a_weight_that_is_no_number_is_refused_and_changes_nothing(page_of: Open) -> None:
    with page_of(NETWORKS["2-3-2-1"]) as page:
        before = page_state(page)["state"]["rows"]
        page.locator('.weight input[type="text"]').first.fill("1/0")
        page.keyboard.press("Enter")
        settle(page)
        assert "denominator 0" in page.inner_text(".message")
        assert page_state(page)["state"]["rows"] == before


def test_colours_follow_the_pattern_when_weights_move(page_of: Open) -> None:
    shapes = '[...document.querySelectorAll(".complex [data-pattern]")]'
    code = f'{shapes}.map((e) => [e.dataset.pattern, e.getAttribute("fill")])'
    with page_of(NETWORKS["2-3-2-1"]) as page:
        before = dict(page.evaluate(code))
        page.locator('.weight input[type="range"]').first.focus()
        page.keyboard.press("PageUp")
        settle(page)
        after = dict(page.evaluate(code))
        both = before.keys() & after.keys()
        assert len(both) > 3
        assert all(before[key] == after[key] for key in both)


@pytest.mark.parametrize("name", ["2-3-2-1", "3-3-2-1", "2-4-3-2"])
def test_the_file_of_regions_holds_the_library_s_regions_and_maps(page_of: Open, name: str) -> None:
    with page_of(NETWORKS[name]) as page:
        if network_of(page_state(page)["state"]).inputs > 2:
            page.get_by_text("All regions").click()
        with page.expect_download() as caught:
            page.locator(".complex .menu summary").click()
            page.locator(".complex .menu").get_by_role("button", name="CSV").click()
        with open(caught.value.path(), encoding="utf-8", newline="") as file:
            head, *lines = csv.reader(file)
        network = network_of(page_state(page)["state"])
        maps = {}
        for region in network_complex(network).regions:
            pattern = " | ".join("".join("-0+"[s + 1] for s in signs) for signs in region.signs)
            weights, biases = region.affine_map
            maps[pattern] = [x for row, b in zip(weights, biases, strict=True) for x in (*row, b)]
        size = network.outputs * (network.inputs + 1)
        assert {line[0]: list(map(Fraction, line[1 : 1 + size])) for line in lines} == maps
        assert len(head) == 1 + size + network.inputs
        for line in lines:
            point = tuple(map(Fraction, line[1 + size :]))
            values = [
                sum(a * x for a, x in zip(row, (*point, 1), strict=True)) for row in chunks(maps[line[0]], network)
            ]
            assert network.predict([point]) == (tuple(values),)


def chunks(flat: list[Fraction], network: LayeredNetwork) -> list[list[Fraction]]:
    """The weights and the constant of each output."""
    return [flat[k : k + network.inputs + 1] for k in range(0, len(flat), network.inputs + 1)]


@pytest.mark.parametrize("seed", range(5))
def test_the_graph_bends_where_the_affine_map_changes(page_of: Open, seed: int) -> None:
    layers = random_layers(seed, [1, 4, 3, 1])
    with page_of(layers) as page:
        found = network_complex(network_of(page_state(page)["state"]))
        ordered = sorted(found.regions, key=lambda region: region.point)
        bends = sum(a.output_rows != b.output_rows for a, b in pairwise(ordered))
        assert page.locator(".complex .kink").count() == bends


def test_a_slice_has_the_regions_of_the_network_on_it(page_of: Open) -> None:
    layers = NETWORKS["3-3-2-1"]
    with page_of(layers) as page:
        page.get_by_label("input 3 =").fill("1/2")
        page.keyboard.press("Enter")
        settle(page)
        first, *later = network_of(page_state(page)["state"]).layers
        weights = [[str(x) for x in row[:2]] for row in first.weights]
        biases = [str(b + row[2] / 2) for row, b in zip(first.weights, first.biases, strict=True)]
        rest = [layer([list(map(str, row)) for row in w], list(map(str, b))) for w, b in later]
        sliced = LayeredNetwork.from_json({"layers": [layer(weights, biases), *rest]}, "the slice")
        text = page.locator(".complex").inner_text()
        assert f"has {len(network_complex(sliced).regions)} regions, the whole complex" in text


@pytest.mark.parametrize("name", ["2-3-2-1", "1-4-2-1", "3-3-2-1"])
def test_axe_finds_nothing_on_a_network(page_of: Open, name: str) -> None:
    with page_of(NETWORKS[name]) as page:
        check_accessibility(page)


def test_every_neuron_switched_off_is_said(page_of: Open) -> None:
    with page_of([layer([[1, 2]], [0]), layer([[1]], [1])]) as page:
        page.locator(".row-switch input").first.uncheck()
        settle(page)
        assert "the network is constant" in page.inner_text(".complex .words")


def test_state_of_a_network_survives_the_link(page_of: Open) -> None:
    with page_of(NETWORKS["2-4-3-2"]) as page:
        page.locator('.weight input[type="text"]').first.fill("7/5")
        page.keyboard.press("Enter")
        before = page_state(page)
        address = page.evaluate("window.explorer.address()")
        page.goto("about:blank")
        page.goto(address)
        assert page_state(page)["state"] == before["state"]
        agrees(page)


def test_the_challenge_of_the_network_is_solved_by_eighteen_regions(page_of: Open) -> None:
    with page_of(NETWORKS["2-5-1"]) as page:
        page.locator("details", has_text="Challenges").locator("summary").first.click()
        page.get_by_role("button", name="A network with 18 regions").click()
        assert agrees(page) < 18
        assert "Solved" not in page.inner_text(".result")
        draw = random.Random(0)
        while (regions := agrees(page)) < 18:
            number = lambda: str(draw.randint(-6, 6))  # noqa: E731
            rows = page_state(page)["state"]["rows"]
            moved = [
                {**row, "entries": [number(), number()], "offset": number(), "out": [number(), number()]}
                for row in rows
            ]
            update(page, {"rows": moved})
            assert ("Solved" in page.inner_text(".result")) == (page_state(page)["counts"]["complex_regions"] >= 18)
        assert regions >= 18
        assert "Solved" in page.inner_text(".result")
