"""Every Python example of the documentation pages prints what stands below it; their links and pictures are there."""

import re
import runpy
from importlib import import_module
from pathlib import Path

import pytest
from support.browser import chromium_browser, opened
from support.explorer_pages import DESKTOP, page_state

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
EXAMPLES = [
    pytest.param(*found, id=f"{page.stem}-{k}")
    for page in PAGES
    if page.stem != "long-runs"  # its examples are programs of their own: test_long_runs_page
    for k, found in enumerate(re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", page.read_text(), re.DOTALL))
]


@pytest.mark.parametrize(("code", "printed"), EXAMPLES)
def test_examples(capsys, code, printed):
    if "pictures" in code:
        pytest.importorskip("matplotlib")
    exec(compile(code, "docs", "exec"), {})
    assert capsys.readouterr().out == printed


def test_there_are_examples():
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize("page", [*PAGES, DOCS.parent / "README.md"], ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text()):
        if not target.startswith(("http", "explorer:")):
            assert (page.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("package", ["arrangements", "theory", "convex", "multilayer.estimators", "multilayer.store"])
def test_every_public_name_is_in_the_reference_once(package):
    pattern = r"^\.\. (?:py:data|auto\w+):: (\w+)"
    documented = [
        name
        for page in (DOCS / "reference").glob("*.md")
        for block in re.split(r"^\.\. currentmodule:: ", page.read_text(), flags=re.MULTILINE)[1:]
        if block.split()[0] == package
        for name in re.findall(pattern, block, re.MULTILINE)
    ]
    assert sorted(documented) == sorted(import_module(package).__all__)


@pytest.fixture(scope="module")
def lesson_pages(tmp_path_factory):
    """The explorer's pages that lessons link to, as the site has them."""
    folder = tmp_path_factory.mktemp("explorer")
    found = runpy.run_path(str(DOCS / "explorer_pages.py"))
    found["write_pages"](folder)
    return folder, found["pages"]()


def test_lessons_open_the_explorer_in_their_state(lesson_pages):
    folder, pages = lesson_pages
    linked = {name for page in PAGES for name in re.findall(r"\]\(explorer:([\w-]+)\)", page.read_text())}
    assert linked == set(pages)
    with chromium_browser() as browser:
        for name, opened_page in pages.items():
            target = re.search(r"url=([^\"]*)", (folder / f"{name}-lesson.html").read_text())[1]
            file, _, fragment = target.partition("#")
            with opened(browser, folder / file, fragment, **DESKTOP) as page:
                found = page_state(page)["state"]
                assert set(found["hidden"]).isdisjoint(opened_page.shown)
                assert len(found["hidden"]) >= 10
                assert [(each["key"], each["output"]) for each in found["neurons"]] == list(opened_page.neurons)
                drawn = page.eval_on_selector_all(
                    ".card:not([hidden])", "cards => cards.map((card) => card.dataset.view)"
                )
                assert set(opened_page.shown) <= set(drawn), (name, drawn)
