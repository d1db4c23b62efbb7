"""The explorer's JavaScript in Debian's chromium, driven by playwright; no error on the console stays unseen.

Tests take the fixtures `chromium` and `modules` from `tests/explorer/conftest.py`. Integers cross the border as text
with an n behind, both ways: `big` marks those that shall be BigInt, and BigInts come back as integers of Python.

While playwright runs, its event loop counts as running in this thread, where asyncio can start no other: so the browser
is closed at the end of each file of tests.
"""

import base64
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(str(files("multilayer") / "explorer" / "page"))
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_BIG = re.compile(r"-?\d+n")
_REVIVER = '(_, v) => typeof v === "string" && /^-?\\d+n$/.test(v) ? BigInt(v.slice(0, -1)) : v'
_REPLACER = '(_, v) => typeof v === "bigint" ? `${v}n` : v'


@contextmanager
def chromium_browser() -> Iterator[Any]:
    """Start the machine's chromium without a window; skip the test where chromium or playwright is missing."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip(f"none of {', '.join(_NAMES)} is installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Any, file: Path, fragment: str = "", **options: Any) -> Iterator[Any]:
    """Open a file as a page of its own; afterwards fail if it has put an error or a warning on the console.

    Args:
        browser: of `chromium_browser`.
        file: the page.
        fragment: what stands behind the # of the address.
        options: of the browser's new context, as viewport or color_scheme.
    """
    context = browser.new_context(**options)
    try:
        page, problems = context.new_page(), []
        page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(file.absolute().as_uri() + (f"#{fragment}" if fragment else ""))
        yield page
        page.evaluate("0")  # what the page has said so far has arrived after this
        assert not problems, f"the console of {file.name} says: {problems}"
    finally:
        context.close()


@dataclass(frozen=True)
class Modules:
    """A page that holds the modules of one folder and nothing else."""

    page: Any

    def run(self, code: str, data: Any = None) -> Any:
        """Evaluate a function of JavaScript on data and return what it returns.

        Args:
            code: a function of (modules, data); `modules["core/regions"]` is that module.
            data: JSON, with integers that `big` has marked.
        """
        call = (
            f"async (text) => JSON.stringify(await ({code})(window.modules, JSON.parse(text, {_REVIVER})), {_REPLACER})"
        )
        return _revived(json.loads(self.page.evaluate(call, json.dumps(data))))


@contextmanager
def modules_page(browser: Any, folder: Path, parts: tuple[str, ...] = ("core",)) -> Iterator[Modules]:
    """Open a page with all modules of some parts of the explorer's page.

    Args:
        browser: of `chromium_browser`.
        folder: where the page is written.
        parts: folders inside the explorer's `page/`.
    """
    found = [file.relative_to(PAGE) for part in parts for file in (PAGE / part).rglob("*.js")]
    names = sorted(file.with_suffix("").as_posix() for file in found)
    addresses = {name: _address((PAGE / f"{name}.js").read_bytes()) for name in names}
    imports = "".join(f'import * as m{k} from "{name}";' for k, name in enumerate(names))
    table = ",".join(f'"{name}": m{k}' for k, name in enumerate(names))
    file = folder / "modules.html"
    file.write_text(
        f'<!doctype html><meta charset="utf-8"><script type="importmap">{json.dumps({"imports": addresses})}</script>'
        f'<script type="module">{imports}window.modules = {{{table}}};</script>',
        encoding="utf-8",
    )
    with opened(browser, file) as page:
        page.wait_for_function("window.modules", timeout=10_000)
        yield Modules(page)


def big(value: Any) -> Any:
    """Mark all integers in nested lists as BigInt."""
    if isinstance(value, dict):
        return {key: big(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [big(part) for part in value]
    return f"{int(value)}n"


def _revived(value: Any) -> Any:
    if isinstance(value, str) and _BIG.fullmatch(value):
        return int(value[:-1])
    if isinstance(value, list):
        return [_revived(part) for part in value]
    return {key: _revived(part) for key, part in value.items()} if isinstance(value, dict) else value


def _address(code: bytes) -> str:
    return "data:text/javascript;base64," + base64.b64encode(code).decode()
