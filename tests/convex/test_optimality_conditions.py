"""Every solve meets the Karush-Kuhn-Tucker conditions, and a wrong point or wrong multipliers do not."""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.kkt import check_every_solve, residuals_of_cones, residuals_of_program
from support.problems import DEGENERATE, FOUR_ROWS, SHARED_BLOCK, XOR, gaussian, with_loss

import convex
from convex import first_layer_bound, first_layer_of, iter_blocks, solve, solve_full_program
from convex.blocks.conic_solver import run_clarabel
from convex.columns.restricted_master import solve_master
from convex.listed.cvxpy_program import solve_program
from convex.problem.scaling import Scaling
from convex.settings import MASTER_CHOICES, TIGHT

LOSSES = ("squared", "huber:1/2", "hinge", "logistic")
TABLES = {"four rows": FOUR_ROWS, "shared block": SHARED_BLOCK, "xor": XOR, "gaussian": gaussian(5, 2, 1, "0.02")}
TABLES |= {
    name: DEGENERATE[name] for name in ("one row", "zero rows with targets", "half-plane", "long and short rows")
}


def scaled(problem, name):
    return Scaling.of(with_loss(problem, name)).problem


def near(problem):
    """What to ask: the solver ends within about 1e-9 in absolute terms, and gradients are compared with beta."""
    return 1e-5 + 1e-8 / float(problem.beta)


def blocks_of(problem, width):
    return list(iter_blocks(first_layer_of(problem), width))


@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", TABLES)
def test_the_restricted_master_is_optimal(name, loss, width, monkeypatch):
    problem = scaled(TABLES[name], loss)
    blocks = blocks_of(problem, width)[:60]
    solves = check_every_solve(monkeypatch)
    assert residuals_of_program(problem, blocks, solve_master(problem, blocks)).worst < near(problem)
    assert len(solves) == 1


@pytest.mark.parametrize("settings", MASTER_CHOICES)
def test_every_choice_of_settings_comes_to_an_optimum(settings):
    problem = scaled(FOUR_ROWS, "squared")
    blocks = blocks_of(problem, 1)
    assert residuals_of_program(problem, blocks, solve_master(problem, blocks, settings=settings)).worst < 1e-5


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", TABLES)
def test_the_program_through_cvxpy_is_optimal(name, loss):
    problem = scaled(TABLES[name], loss)
    blocks = blocks_of(problem, 1)
    assert residuals_of_program(problem, blocks, solve_program(problem, blocks)).worst < 1e-5


@pytest.mark.parametrize("width", [1, 2, None])
@pytest.mark.parametrize("name", TABLES)
def test_every_cone_program_of_a_solve(name, width, monkeypatch):
    """Restricted masters, relaxations of boxes, and the root relaxation."""
    solves = check_every_solve(monkeypatch)
    solve(TABLES[name], width)
    first_layer_bound(TABLES[name])
    assert len(solves) >= 2


@pytest.mark.parametrize("name", ["four rows", "zero rows with targets", "half-plane"])
def test_every_pricing_of_a_block(name, monkeypatch):
    solves = check_every_solve(monkeypatch)
    solve_full_program(TABLES[name], 2)
    assert solves


def test_wrong_points_are_noticed():
    problem = scaled(FOUR_ROWS, "squared")
    blocks = blocks_of(problem, 1)
    point = solve_master(problem, blocks)
    assert residuals_of_program(problem, blocks, replace(point, dual=1.01 * point.dual)).worst > 1e-4
    assert residuals_of_program(problem, blocks, replace(point, weights=[-w for w in point.weights])).primal > 0.1
    heavier = [1.01 * w for w in point.weights]
    assert residuals_of_program(problem, blocks, replace(point, weights=heavier)).complementarity > 1e-5
    negative = [l - 1 for l in point.multipliers]  # noqa: E741
    assert residuals_of_program(problem, blocks, replace(point, multipliers=negative)).dual > 0.5


def test_wrong_multipliers_are_noticed():
    """Minimise (z - 2)^2 / 2 with z <= 1: z = 1, multiplier 1."""
    program = (np.ones(1), -2 * np.ones(1), np.eye(1), np.ones(1), [("nonnegative", 1)])
    z, multipliers, _ = run_clarabel(*program, TIGHT)
    assert residuals_of_cones(*program, z, multipliers).worst < 1e-9
    assert residuals_of_cones(*program, z, multipliers + 1).stationarity > 0.1
    assert residuals_of_cones(*program, z, -multipliers).dual > 0.1
    assert residuals_of_cones(*program, z - 1, multipliers).complementarity > 0.1
    assert residuals_of_cones(*program, z + 1, multipliers).primal > 0.1


def test_one_module_talks_to_clarabel():
    found = set()
    for path in Path(convex.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import) and any(name.name == "clarabel" for name in node.names):
                found.add(path.name)
    assert found == {"conic_solver.py"}
