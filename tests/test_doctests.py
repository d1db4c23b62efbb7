"""Every example in a docstring, run in the packages as they are installed."""

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

PACKAGES = ("arrangements", "theory", "convex", "multilayer")
MODULES = [
    module.name
    for package in PACKAGES
    for module in walk_packages(import_module(package).__path__, package + ".")
    if not module.name.endswith("__main__")
]
# what a module, or an example in it, needs that is no dependency of the project
OPTIONAL = {f"multilayer.estimators.sklearn_{part}": "sklearn" for part in ("api", "parts", "paths")} | {
    name: "matplotlib" for name in MODULES if name.startswith("arrangements.pictures")
}


def imported(name):
    if name in OPTIONAL:
        pytest.importorskip(OPTIONAL[name])
    return import_module(name)


@pytest.mark.parametrize("name", [*PACKAGES, *MODULES])
def test_examples(name):
    assert doctest.testmod(imported(name)).failed == 0


def test_there_are_examples():
    found = (doctest.DocTestFinder().find(import_module(name)) for name in MODULES if name not in OPTIONAL)
    assert sum(bool(test.examples) for tests in found for test in tests) > 50
