"""What a page is given by strangers: links that hold no state, names that are code, numbers beyond floats."""

import csv
import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from support.browser import Modules, big, modules_page, opened
from support.explorer_pages import TALL, page_state, settle

from arrangements import Arrangement, LayeredNetwork, count_regions, network_complex
from multilayer.io.tables import read_source
from multilayer.pipeline.explorer import network_page_content, table_content, write_page

Open = Callable[..., Any]
ROW = {"entries": ["1", "2"], "offset": None, "on": True, "name": "1"}
WHOLE = {
    **{"columns": ["a", "b"], "affine": False, "bias": False, "marked": None, "neurons": [], "hidden": []},
    **{"theme": "auto", "camera": None, "layers": None, "output": 0, "slice": None, "rows": [ROW]},
}
NO_STATES: list[Any] = [
    *(None, [], "text", 7, {"rows": None}, {"rows": "abc"}, {"rows": [None]}, {"columns": []}, {"columns": ["a"]}),
    *({"rows": [{**ROW, "entries": entries}]} for entries in (["x", "1"], ["1"], [1, 2], ["1/0", "1"], None)),
    *({"rows": [{**ROW, **part}]} for part in ({"name": None}, {"on": 1}, {"offset": "1"}, {"out": ["y"]})),
    *({"rows": [ROW] * 61}, {"affine": True}, {"affine": "yes"}, {"marked": 7}, {"hidden": None}, {"theme": "<x"}),
    *({"neurons": neurons} for neurons in (7, [None], [{"key": "zz", "output": 1}], [{"key": "+", "output": 5}])),
    *({"camera": camera} for camera in (5, {"even": [[0, 0], [0, 0]]}, {"even": [["a"]]}, {"plane": {"x": None}})),
    *({"layers": layers} for layers in (5, [{}], [{"biases": ["1"]}])),
    *({"slice": [1, 2]}, {"output": -1}, {"targetNames": 7}),
]


@pytest.fixture
def page_of(chromium: Any, tmp_path: Path) -> Open:
    """Open the page of a table, or of the layers of a network."""

    @contextmanager
    def open_page(table: list[list[Any]], target: str | None = None, **options: Any) -> Iterator[Any]:
        if isinstance(table[0], dict):
            (tmp_path / "network.json").write_text(json.dumps({"layers": table}))
            content = network_page_content(tmp_path / "network.json", 1000)
        else:
            with open(tmp_path / "table.csv", "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(table)
            content = table_content(read_source(str(tmp_path / "table.csv"), target=target, **options), 1000)
        write_page(content, tmp_path / "page.html")
        with opened(chromium, tmp_path / "page.html", **TALL) as page:
            yield page

    return open_page


@pytest.fixture(scope="module")
def models(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Modules]:
    with modules_page(chromium, tmp_path_factory.mktemp("models"), ("core", "model")) as page:
        yield page


def agrees(page: Any) -> int:
    now = page_state(page)
    expected = count_regions(Arrangement.from_table(now["rows"], now["offsets"]))
    assert int(page.inner_text("#region-count")) == now["counts"]["exact_count"] == expected
    return expected


def test_what_is_no_state_is_refused(models: Modules) -> None:
    code = """(m, [whole, changes]) => {
      const { checkedState, record } = m["model/linked_state"];
      const caught = (change) => {
        try { return checkedState({ ...whole, ...record(change) }) && "fits"; } catch (error) { return error.message; }
      };
      return [caught({}), ...changes.map(caught)];
    }"""
    fits, *problems = models.run(code, [WHOLE, NO_STATES])
    assert fits == "fits"
    for change, problem in zip(NO_STATES, problems, strict=True):
        assert problem == "it is no state" or problem.endswith("cannot be read"), change


@pytest.mark.parametrize("state", [None, {"rows": None}, {"camera": {"even": [[0, 0], [0, 0]]}}], ids=str)
def test_links_that_hold_no_state_change_nothing(page_of: Open, models: Modules, state: Any) -> None:
    fragment = models.run('(m, state) => m["core/state_text"].encode(state)', state)
    with page_of([[1, 2], [3, -1], [0, 1]]) as page:
        page.locator(".row-switch input").first.uncheck()
        before = page_state(page)
        page.evaluate("(text) => { location.hash = text; }", fragment)
        page.locator(".message", has_text="The link holds no state of this page").wait_for()
        assert page_state(page) == before
        assert agrees(page) == 4


def test_windows_that_were_moved_are_in_the_link(page_of: Open) -> None:
    with page_of([[1, 2], [3, -1], [0, 1]]) as page:
        page.locator(".data-plane .stage").focus()
        page.keyboard.press("+")
        before = page_state(page)
        assert before["state"]["camera"]
        page.evaluate("(address) => { location.href = address; }", page.evaluate("window.explorer.address()"))
        assert page_state(page) == before
        assert page.locator(".message:visible").count() == 0


def test_a_link_with_names_of_prototypes_changes_nothing(page_of: Open, models: Modules) -> None:
    text = '{"__proto__": {"rows": []}, "constructor": {"prototype": 1}, "toString": 5}'
    code = '(m, text) => m["core/state_text"].encode(JSON.parse(text))'
    with page_of([[1, 2], [3, -1], [0, 1]]) as page:
        page.evaluate("(text) => { location.hash = text; }", models.run(code, text))
        settle(page)
        assert agrees(page) == 6


NAMES = [
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(2)>',
    "<!--<script>",
    "__proto__",
    "\u202e\u05d0\u05d1",
]


def test_names_that_are_code_stay_text(page_of: Open) -> None:
    table = [NAMES, *([k, k * k, 1, 5 - k, name] for k, name in enumerate(NAMES))]
    with page_of(table, target=NAMES[-1]) as page:
        agrees(page)
        assert page.locator("img, [onload], [onerror]").count() == 0
        assert page_state(page)["state"]["columns"] == NAMES[:-1]


def test_floats_beside_exact_numbers_are_near_them_or_where_pictures_end(models: Modules) -> None:
    texts = ["1e400", "-1e-400", f"{10**500 + 1}/{10**500}", f"{10**300}/{10**700}", "1e-200", "-0", "1/3", "-1e99"]
    found = models.run('(m, texts) => texts.map((text) => m["model/geometry/pictured"].floatOf(text))', texts)
    assert found == pytest.approx([1e100, 0, 1, 0, 1e-200, 0, 1 / 3, -1e99], rel=1e-12, abs=0)


WIDE = [
    [["1e400", "-1e400", "1e300"], ["1e-400", "2", "5"], ["7", "1e-300", "-1e-300"], ["1e400", "1", "0"]],
    [["1e300", "1"], ["2", "1e300"], ["1e-300", "1e-300"]],
    [["-1e400"], ["1e-400"]],
    [["1e200", "0.1", "0", "0"], ["2", "3", "1e400", "-1e9"], ["1", "1e-350", "1", "1"]],
]


@pytest.mark.parametrize("rows", WIDE, ids=["space", "plane", "line", "rank three of four"])
def test_numbers_that_no_float_holds_are_counted_and_drawn(page_of: Open, rows: list[list[str]]) -> None:
    with page_of(rows, header=False) as page:
        agrees(page)
        page.get_by_role("button", name="Collapse").click()
        agrees(page)


def test_a_number_with_ten_thousand_digits_can_be_stepped(page_of: Open) -> None:
    with page_of([[1, 2], [3, -1], [0, 1]]) as page:
        page.locator(".entry").first.fill("1e9999")
        page.locator(".entry").first.press("ArrowUp")
        now = page_state(page)
        assert now["rows"][0] == [f"1{'0' * 9998}1", 2]
        assert page.inner_text("#region-count") == "6"


def test_a_short_row_that_is_dragged_keeps_a_direction(page_of: Open) -> None:
    with page_of([["1e-20", "2e-20"], [3, -1], [0, 1]]) as page:
        grip = page.locator(".lines .handle[data-row='0'] .hit").bounding_box()
        page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
        page.mouse.down()
        page.mouse.move(grip["x"] + 30, grip["y"] + 40, steps=3)
        page.mouse.up()
        assert page_state(page)["rows"][0] != ["1e-20", "2e-20"]
        assert agrees(page) == 6


def layer(weights: list[list[Any]], biases: list[Any]) -> dict[str, Any]:
    return {"weights": weights, "biases": biases}


@pytest.mark.parametrize(
    "layers",
    [
        [layer([["1e300", -1], [1, "1e300"]], [1, 0]), layer([["1e300", 1], [1, -1]], [1, 2]), layer([[1, 1]], [-1])],
        [
            layer([["1e300"], [1], [-1]], [1, 0, "1e-300"]),
            layer([["1e300", 1, 1]], ["1e300"]),
            layer([["1e300"]], [-1]),
        ],
        [layer([[1, 0], [0, 1]], [0, 0]), layer([["1e400", "-1e400"]], [0])],
    ],
    ids=["plane", "one input", "outputs"],
)
def test_networks_of_very_large_weights_are_drawn_as_they_are(page_of: Open, layers: list[dict[str, Any]]) -> None:
    with page_of(layers) as page:
        counts = page_state(page)["counts"]
        drawn = page.locator(".complex [data-pattern]").count()
        assert 1 < drawn <= counts["complex_regions"] == len(page_regions(layers))


def page_regions(layers: list[dict[str, Any]]) -> Any:
    return network_complex(LayeredNetwork.from_json({"layers": layers}, "here")).regions


def test_rounded_numbers_are_the_decimals_nearest_to_the_exact_ones(models: Modules) -> None:
    draw = random.Random(5)
    pairs = [(1, 10**400), (-(10**400), 3), (999_999_6, 1), (0, 1), (10**309, 1), (7, 10**320), (-1, 8)]
    pairs += [(draw.randint(-(10**k), 10**k), draw.randint(1, 10**j)) for k in (1, 5, 40, 350) for j in (1, 9, 60, 340)]
    found = models.run(
        '(m, pairs) => pairs.map(([p, q]) => m["model/decimals"].roundedText(p, q, 6))', [big(pair) for pair in pairs]
    )
    for (p, q), text in zip(pairs, found, strict=True):
        with localcontext(prec=6, rounding=ROUND_HALF_UP, Emin=-999, Emax=999):
            assert Decimal(text) == Decimal(p) / Decimal(q), (p, q)


def test_a_large_weight_is_shown_in_its_size(page_of: Open) -> None:
    with page_of([layer([["-1e400", "1"]], ["0"]), layer([["1e-400"]], ["0"])]) as page:
        assert page.locator('.weight input[type="text"]').first.input_value() == "≈ -1e+400"
        page.locator(".complex [data-pattern='+']").dispatch_event("pointerover")
        page.locator(".complex .words", has_text="≈").wait_for()
