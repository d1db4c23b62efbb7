"""What tests of the explorer's page do with it: wait until it has drawn, and read what it says to scripts."""

import json
from typing import Any

import pytest

SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
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
