"""The fixtures of all tests that run the explorer's code in a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from support.browser import Modules, chromium_browser, modules_page


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with chromium_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def modules(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Modules]:
    with modules_page(chromium, tmp_path_factory.mktemp("modules")) as page:
        yield page
