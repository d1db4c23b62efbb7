"""The names that `import convex` gives: documented, light to import, strict about arguments; H1 is listed once."""

import inspect
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from support.problems import FOUR_ROWS, XOR, nothing

import convex
from arrangements import FirstLayer, InputError
from convex import (
    Problem,
    depth_table,
    first_layer_bound,
    first_layer_of,
    interpretation_value,
    interpretation_values,
    local_search,
    solve,
    solve_full_program,
    solve_outputs,
    solve_sampled,
)

FUNCTIONS = [name for name in convex.__all__ if inspect.isfunction(getattr(convex, name))]
MAIN = {  # what the caller mostly gives, without a keyword
    ("certificate_json", "parameters"),
    ("first_layer_of", "layer"),
    ("interpretation_value", "interpretation"),
    ("iter_blocks", "interpretation"),
    ("to_layered", "columns"),
    ("to_onnx", "columns"),
    ("to_onnx", "path"),
    ("to_torch", "columns"),
}


def test_no_name_is_a_module_or_listed_twice():
    assert len(set(convex.__all__)) == len(convex.__all__)
    assert not [name for name in convex.__all__ if isinstance(getattr(convex, name), ModuleType)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_are_documented(name):
    function = getattr(convex, name)
    text = inspect.getdoc(function)
    assert text.splitlines()[0].endswith(".")
    assert "Args:" in text
    assert ">>>" in text
    for parameter in inspect.signature(function).parameters.values():
        assert f"    {parameter.name}: " in text
        optional = parameter.default is not inspect.Parameter.empty
        by_keyword = parameter.kind is inspect.Parameter.KEYWORD_ONLY
        assert by_keyword == (optional and (name, parameter.name) not in MAIN)


def test_nothing_heavy_is_loaded_before_something_is_solved():
    heavy = {"scipy", "clarabel", "cvxpy", "numba", "sympy", "networkx", "torch", "onnx", "matplotlib"}
    code = f"import sys, convex; print(sorted({heavy!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"


FOLDERS = {  # what each may import of the others
    "problem": set(),
    "networks": {"problem"},
    "blocks": {"problem", "networks"},
    "columns": {"problem", "networks", "blocks"},
    "proofs": {"problem", "networks", "blocks", "columns"},
    "solving": {"problem", "networks", "blocks", "columns", "proofs"},
    "listed": {"problem", "networks", "blocks", "proofs"},
    "heuristics": {"problem", "networks", "blocks", "columns"},
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_folders_import_one_way(folder):
    found = set()
    for path in (Path(convex.__file__).parent / folder).glob("*.py"):
        found |= set(re.findall(r"^ *from convex\.(\w+)\.", path.read_text(), re.MULTILINE))
    assert found - {folder} <= FOLDERS[folder]


@pytest.mark.parametrize("width", ["unlimited", True, 0, -1, 1.5, "2"])
@pytest.mark.parametrize("function", [solve, lambda problem, width: solve_outputs([problem], width)])
def test_widths_that_are_none(function, width):
    with pytest.raises(InputError, match=r"^width is .*; it must be an integer of at least 1, or None for any number$"):
        function(FOUR_ROWS, width)


@pytest.mark.parametrize("function", [solve_full_program, local_search])
def test_these_need_a_width(function):
    for width in (None, True, "unlimited", 0):
        with pytest.raises(InputError, match=r"^width is .*; it must be an integer of at least 1$"):
            function(FOUR_ROWS, width)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"tolerance": -1}, "tolerance is -1; it must be at least 0"),
        ({"tolerance": "small"}, "tolerance: 'small' is not a finite number"),
        ({"limit": 0}, "limit is 0; it must be an integer of at least 1"),
        ({"limit": 1.5}, "limit is 1.5; it must be an integer of at least 1"),
        ({"layer": first_layer_of(XOR)}, "the layer lists the regions of other rows"),
    ],
)
def test_wrong_options(arguments, message):
    calls = (
        lambda: solve(FOUR_ROWS, 1, **arguments),
        lambda: solve_outputs([FOUR_ROWS], 1, **arguments),
        lambda: solve_full_program(FOUR_ROWS, 1, **arguments),
        lambda: depth_table([FOUR_ROWS], ["1"], [1], **arguments),
    )
    for call in calls:
        with pytest.raises(InputError) as refusal:
            call()
        assert message in str(refusal.value)


def test_no_outputs():
    for call in (lambda: solve_outputs([], 1), lambda: depth_table([], ["1"], [1])):
        with pytest.raises(InputError, match=r"at least|one at least"):
            call()
    other = FOUR_ROWS.with_beta(1)
    with pytest.raises(InputError, match="same rows, weights, beta and loss"):
        solve_outputs([FOUR_ROWS, other], 1)


def test_draws_below_one():
    with pytest.raises(InputError, match="draws is 0; it must be an integer of at least 1"):
        solve_sampled(FOUR_ROWS, 1, 0)


def test_numbers_of_numpy_are_numbers():
    solution = solve(FOUR_ROWS, np.int64(1), tolerance=np.float64(0.5), limit=np.int64(10**6))
    assert (type(solution.width), solution.width, solution.tolerance) == (int, 1, Fraction(1, 2))


@pytest.fixture
def listings(monkeypatch):
    """How often regions are listed, and counted, from here on."""
    calls = {"listed": 0, "counted": 0}
    of, count = FirstLayer.of.__func__, convex.problem.regions.region_number

    def listed(cls, *args, **options):
        calls["listed"] += 1
        return of(cls, *args, **options)

    def counted(*args, **options):
        calls["counted"] += 1
        return count(*args, **options)

    monkeypatch.setattr(FirstLayer, "of", classmethod(listed))
    monkeypatch.setattr("convex.problem.regions.region_number", counted)
    return calls


@pytest.mark.parametrize(
    "work",
    [
        lambda problems: solve(problems[0], 2),
        lambda problems: solve_outputs(problems, 2),
        lambda problems: depth_table(problems, ["1", "0.5"], [1, 2, None]),
        lambda problems: solve_full_program(problems[0], 1),
        lambda problems: first_layer_bound(problems[0]),
        lambda problems: interpretation_values(problems[0], 1),
    ],
)
def test_regions_are_listed_and_counted_once(work, listings):
    work([FOUR_ROWS, FOUR_ROWS.with_targets([1, 0, 0, 0])])
    assert listings == {"listed": 1, "counted": 1}


def test_a_layer_is_handed_on(listings):
    layer = first_layer_of(FOUR_ROWS)
    for problem in (FOUR_ROWS, FOUR_ROWS.with_beta("0.2"), FOUR_ROWS.with_targets([1, 1, 0, 0])):
        found = solve(problem, 1, layer=layer)
        assert found.neurons.layer is layer
        assert found.upper == solve_outputs([problem], 1, layer=layer).upper
        assert interpretation_value(problem, 1, layer=layer).lower <= found.upper
        assert first_layer_bound(problem, layer=layer).value <= found.upper
        assert solve_full_program(problem, 1, layer=layer).layer is layer
    assert listings == {"listed": 1, "counted": 1}


def test_changed_problems_are_those_that_are_read():
    again = FOUR_ROWS.with_targets([1, "1/3", 0, "2e-3"]).with_beta("0.3")
    read = Problem.read(FOUR_ROWS.x, [1, "1/3", 0, "2e-3"], "0.3")
    assert again == read
    assert again.arrangement is FOUR_ROWS.arrangement
    assert again.arrangement == read.arrangement
    assert again.integers == read.integers
    assert (again.floats[0] == read.floats[0]).all()
    assert (again.floats[1] == read.floats[1]).all()
    assert nothing(again) == nothing(read)
    for change, message in (
        (lambda: FOUR_ROWS.with_targets([1]), "there are 1 targets for 4 rows; give one for each row"),
        (lambda: FOUR_ROWS.with_beta(0), "beta is 0; it must be above 0"),
    ):
        with pytest.raises(InputError, match=message):
            change()
