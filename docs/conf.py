"""How the site is built: `python -m sphinx -W docs site`; all cells in its pages are run."""

import json
import posixpath
import re
import sys
from pathlib import Path
from typing import Any

import myst_nb.core.render

import multilayer

project = "multilayer-arrangements"
author = "The multilayer-arrangements developers"
copyright = author
release = version = multilayer.__version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_click",
    "sphinx-mathjax-offline",
]
exclude_patterns = ["figures/*.py", "explorer_pages.py"]

html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]

# pages whose code is run; a cell that fails stops the build
nb_execution_mode = "force"
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True
nb_output_stderr = "remove"  # progress; what matters is on standard output
nb_code_prompt_show = "Show the solution"
nb_code_prompt_hide = "Hide the solution"
myst_enable_extensions = ["dollarmath", "colon_fence", "deflist"]
myst_heading_anchors = 3
# [text](explorer:NAME) in a page of a folder is the explorer in the state of a lesson
myst_url_schemes = {"http": None, "https": None, "mailto": None, "explorer": "../explorer/{{path}}-lesson.html"}
copybutton_exclude = ".linenos, .gp, .go"

# the docstrings are plain text: what stands in single backticks is code
default_role = "code"
napoleon_use_ivar = True
autodoc_typehints = "description"
autodoc_member_order = "bysource"


def joined_streams(outputs: list[Any]) -> list[Any]:
    """Join what a cell has printed, piece by piece as it came; MyST-NB begins a new line with each piece."""
    joined: list[Any] = []
    streams: dict[str, Any] = {}
    for output in outputs:
        if output["output_type"] != "stream":
            joined.append(output)
        elif output["name"] in streams:
            streams[output["name"]]["text"] += output["text"]
        else:
            streams[output["name"]] = output
            joined.append(output)
    return joined


myst_nb.core.render.coalesce_streams = joined_streams


def as_plain_text(app: Any, what: str, name: str, obj: object, options: Any, lines: list[str]) -> None:
    """Keep |x| and upper_ as they are, where reStructuredText would look for a substitution and a link."""
    lines[:] = [re.sub(r"(?<=[^\W_])_(?![\w`\\])", r"\\_", re.sub(r"(?<![`\\])\|", r"\|", line)) for line in lines]


def of_others(app: Any, what: str, name: str, obj: object, skip: bool, options: Any) -> bool | None:
    """Leave out what scikit-learn adds to every estimator."""
    return True if re.fullmatch(r"set_\w+_request|get_metadata_routing", name) else None


def write_explorer(app: Any) -> None:
    """Write the explorer's pages that the lessons link to, as explorer/NAME.html of the site."""
    sys.path.insert(0, str(Path(__file__).parent))
    from explorer_pages import write_pages

    write_pages(Path(app.outdir) / "explorer")


def complete_notebooks(app: Any, error: Exception | None) -> None:
    """Make the notebooks to download readable on their own: solutions are folded, links within the site are text."""

    def title(link: re.Match[str]) -> str:
        text, page = link.groups()
        name = posixpath.normpath(posixpath.join(folder, page.partition(".md")[0]))
        return text or f"*{app.env.titles[name].astext()}*" if name in app.env.titles else text

    for path in Path(app.outdir).glob("_downloads/*/*.ipynb") if error is None else ():
        notebook = json.loads(path.read_text(encoding="utf-8"))
        (folder,) = {posixpath.dirname(page) for page in app.env.found_docs if posixpath.basename(page) == path.stem}
        for cell in notebook["cells"]:
            if "hide-cell" in cell["metadata"].get("tags", ()):
                cell["metadata"]["jupyter"] = {"source_hidden": True}
            if cell["cell_type"] == "markdown":
                text = re.sub(r"\[([^]]*)\]\((?!https?:)([^)]*)\)", title, "".join(cell["source"]))
                text = re.sub(r"\{nb-download\}`[^`]*`", "here it is", text)
                cell["source"] = text.splitlines(keepends=True)
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def setup(app: Any) -> None:
    """Register what is special here."""
    app.connect("builder-inited", write_explorer)
    app.connect("autodoc-process-docstring", as_plain_text, priority=900)
    app.connect("autodoc-skip-member", of_others)
    app.connect("build-finished", complete_notebooks)
