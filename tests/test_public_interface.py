"""The public names of every package: what each means, in which package, and how it is documented."""

import ast
import inspect
import re
import textwrap
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import pytest

PACKAGES = [
    import_module(name)
    for name in ("arrangements", "arrangements.families", "arrangements.pictures", "theory", "convex", "multilayer")
]
PUBLIC = [(package, name) for package in PACKAGES for name in getattr(package, "__all__", [])]
MODULES = {
    module.name.rpartition(".")[2]
    for package in PACKAGES
    if hasattr(package, "__path__")
    for module in walk_packages(package.__path__, package.__name__ + ".")
    if not module.name.startswith("multilayer.cli.commands.")  # one file a command, named as it is typed
}
OWN = tuple(package.__name__ for package in PACKAGES)
PLAIN = re.compile(r"[A-Z`\[({0-9].*\.$")

every_name = pytest.mark.parametrize(
    ("package", "name"), [pytest.param(*found, id=f"{found[0].__name__}.{found[1]}") for found in PUBLIC]
)


def documented(package, name):
    """The functions and methods that belong to a public name: itself, or what a class defines; by their names."""
    value = getattr(package, name)
    if inspect.isclass(value):
        members = {key: inspect.unwrap(getattr(value, key)) for key in vars(value) if not key.startswith("_")}
        return {key: member for key, member in members.items() if callable(member)}
    return {name: inspect.unwrap(value)} if callable(value) else {}


def own(value):
    """Whether this project defines it."""
    return getattr(value, "__module__", "").startswith(OWN)


def parameters(function):
    return [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]


def raises(function):
    """Whether the body of a function, without those inside it, has a raise of its own."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    except (OSError, SyntaxError):
        return False
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Raise):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))
    return False


@every_name
def test_every_name_is_there_and_is_not_a_module(package, name):
    assert not isinstance(getattr(package, name), ModuleType)
    assert name not in MODULES


def test_no_name_is_public_twice():
    listed = [name for _, name in PUBLIC]
    assert sorted(name for name in set(listed) if listed.count(name) > 1 and not name.startswith("__")) == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_lists_of_names_are_sorted_and_true(package):
    names = getattr(package, "__all__", [])
    assert len(set(names)) == len(names)
    assert [name for name in names if not hasattr(package, name)] == []


@every_name
def test_first_lines_are_sentences(package, name):
    value = getattr(package, name)
    if not callable(value) or not own(value):
        return
    first = (inspect.getdoc(value) or "").split("\n\n")[0]
    assert PLAIN.match(" ".join(first.split())), first
    assert len(first.split()) >= 3


@every_name
def test_parameters_and_exceptions_are_documented(package, name):
    value = getattr(package, name)
    if inspect.isclass(value) and issubclass(value, Exception):
        return
    for key, function in documented(package, name).items():
        text = inspect.getdoc(function) or ""
        is_method = inspect.isclass(value)
        if not is_method or "\n" in text:  # one line is enough for a method that needs no more
            assert not parameters(function) or "Args:" in text, key
        if not is_method:
            assert not raises(function) or "Raises:" in text, key
        for parameter in parameters(function):
            assert "Args:" not in text or re.search(rf"^\s+\*{{0,2}}(.*, )?{parameter}(, .*)?:", text, re.MULTILINE), (
                f"{key}: {parameter}"
            )


@every_name
def test_functions_and_classes_have_an_example(package, name):
    """An example in the docstring of a function or class, or of one of its methods; the doctests run them."""
    value = getattr(package, name)
    if not callable(value) or not own(value) or (inspect.isclass(value) and issubclass(value, Exception)):
        return
    texts = [inspect.getdoc(value) or "", *(inspect.getdoc(f) or "" for f in documented(package, name).values())]
    assert any(">>>" in text for text in texts)


@every_name
def test_options_are_given_by_name(package, name):
    """In `arrangements`, whatever has a default is keyword only, but for the base region of a poset, which is data."""
    value = getattr(package, name)
    if package.__name__ != "arrangements" or not inspect.isfunction(value):
        return
    options = [p for p in inspect.signature(value).parameters.values() if p.default is not p.empty]
    assert [p.name for p in options if p.kind is not p.KEYWORD_ONLY and p.name != "base"] == []
