"""What tests of the explorer's page do with it: wait until it has drawn, and read what it says to scripts."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from arrangements import Arrangement, count_regions

SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
Open = Callable[..., Any]
Point = tuple[float, float]
DESKTOP = {"viewport": {"width": 1440, "height": 1500}}  # tall, so that every picture is in sight
SMALLER = {"viewport": {"width": 1100, "height": 700}}  # pictures out of sight are not drawn, which is faster
TALL = {"viewport": {"width": 1440, "height": 3600}}  # so that every picture is in sight, and drawn


def settle(page: Any) -> None:
    """Wait until the page has drawn what has changed."""
    page.evaluate(SETTLED)


def page_state(page: Any) -> dict[str, Any]:
    """Read `window.explorer.state()`."""
    settle(page)
    found: dict[str, Any] = json.loads(page.evaluate("String(window.explorer.state())"))
    return found


def update(page: Any, parts: dict[str, Any]) -> dict[str, Any]:
    """Replace parts of the state, and read what it is then."""
    page.evaluate("(parts) => window.explorer.store.update(parts)", parts)
    return page_state(page)


def check_accessibility(page: Any) -> None:
    """Let axe look at the page as it is, with every list opened; skip the test where axe is not installed."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page.evaluate('document.querySelectorAll("details:not(.menu)").forEach((each) => (each.open = true))')
    settle(page)
    report = axe.Axe().run(page)
    assert not report.violations_count, report.generate_report()


def agrees(page: Any) -> int:
    """Compare every number of regions on the page with the library's for the rows of the page."""
    now = page_state(page)
    shown = int(page.inner_text("#region-count"))
    expected = count_regions(Arrangement.from_table(now["rows"], now["offsets"])) if now["rows"] else 1
    assert (shown, now["counts"]["regions"], now["counts"]["exact_count"]) == (expected,) * 3, now["rows"]
    return shown


def centre(page: Any, selector: str) -> tuple[float, float]:
    """The middle of the first element of this kind, on the screen."""
    box = page.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Any, start: Point, way: Point, check: Callable[[], Any] = lambda: None) -> None:
    """Drag in three steps, and look after each of them."""
    page.mouse.move(*start)
    page.mouse.down()
    for step in (0.3, 0.6, 1.0):
        page.mouse.move(start[0] + way[0] * step, start[1] + way[1] * step)
        settle(page)
        check()
    page.mouse.up()
    settle(page)
