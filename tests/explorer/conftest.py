"""The fixtures of all tests that run the explorer's code in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.browser import Modules, chromium_browser, modules_page, opened
from support.explorer_pages import DESKTOP, Open

from multilayer.io.tables import read_source
from multilayer.pipeline.explorer import table_content, write_page


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with chromium_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def modules(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Modules]:
    with modules_page(chromium, tmp_path_factory.mktemp("modules")) as page:
        yield page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def page_of(chromium: Any, folder: Path) -> Open:
    """Open the page of a source, or of rows that are written into a table."""

    @contextmanager
    def open_page(source: str | list[list[Any]], affine: bool = False, **options: Any) -> Iterator[Any]:
        if isinstance(source, list):
            file = folder / "table.csv"
            file.write_text("\n".join(",".join(str(x) for x in row) for row in source) + "\n", encoding="utf-8")
            source = str(file)
        path = folder / "page.html"
        write_page(table_content(read_source(source, affine=affine, header=None), 5000), path)
        with opened(chromium, path, **{**DESKTOP, **options}) as page:
            yield page

    return open_page
