"""Values that users give by mistake, and good arguments for every public function to try them beside."""

import inspect
import os
import tempfile
from decimal import Decimal
from fractions import Fraction

import numpy as np

import arrangements
import convex
import theory
from arrangements import (
    Arrangement,
    FirstLayer,
    Flat,
    InputError,
    Layer,
    LayeredNetwork,
    Patches,
    RegionSearch,
    SecondLayerCounts,
    SignSet,
    Symmetry,
    families,
    family,
    iter_pairs,
    iter_products,
    list_flats,
    network_complex,
    pictures,
)
from convex import (
    BetaPath,
    Network,
    Problem,
    Residual,
    Solution,
    SubNetwork,
    TrainedModel,
    read_loss,
    solve,
    solve_path,
)
from convex.proofs.optimum_certificate import Names
from theory import Bounds, Plane, PowerOfE, all_bounds, measure_growth, symbols

ONE, HALF = Fraction(1), Fraction(1, 2)
TABLE = ((1, 0), (0, 1), (1, 1))
A = Arrangement.from_table(TABLE)
LAYER = FirstLayer.of(A)
PROBLEM = Problem.read([[1], [-1]], [1, 1], "0.5")
PATH = solve_path([PROBLEM], 1, ("0.3", "0.5"), tolerance="0.1")
PART = SubNetwork(((HALF, HALF),), (ONE,), -ONE)
FOLDER = tempfile.TemporaryDirectory()
FILE = os.path.join(FOLDER.name, "network.json")
Network((PART,)).write(FILE)
LAYERED = LayeredNetwork((Layer(((ONE, ONE),), (ONE,)), Layer(((ONE,),), (ONE,))))
COMPLEX = network_complex(LAYERED)
PLANAR = LayeredNetwork((Layer(((ONE, ONE), (ONE, -ONE)), (ONE, ONE)), Layer(((ONE, ONE),), (ONE,))))
BYTES = np.zeros((1, 1), np.int8)
try:
    FIGURE = pictures.draw_lines(A)
except InputError:  # matplotlib is missing
    FIGURE = None


def endless():
    listed = []
    listed.append(listed)
    return listed


def deep():
    listed = []
    for _ in range(100_000):
        listed = [listed]
    return listed


# Made anew for each call, because some are used up. The first ones are tried always, all of them with -m slow.
ODD = {
    "None": lambda: None,
    "True": lambda: True,
    "-1": lambda: -1,
    "0": lambda: 0,
    "1.5": lambda: 1.5,
    "nan": lambda: float("nan"),
    "text": lambda: "unlimited",
    "[]": list,
    "[[1, 2]]": lambda: [[1, 2]],
    "dict": lambda: {"a": 1},
    "object": object,
    "array without axes": lambda: np.array(3),
    "10**30": lambda: 10**30,
    "generator": lambda: (x for x in (1, 2)),
    "list of itself": endless,
    "class": lambda: int,
    "False": lambda: False,
    "1": lambda: 1,
    "2": lambda: 2,
    "2.0": lambda: 2.0,
    "inf": lambda: float("inf"),
    "-inf": lambda: float("-inf"),
    "empty text": str,
    "digit as text": lambda: "2",
    "family as text": lambda: "braid:3",
    "zero byte": lambda: "\0",
    "surrogate": lambda: "\udc80",
    "long text": lambda: "x" * 10_000,
    "bytes": lambda: b"1",
    "[1, 2]": lambda: [1, 2],
    "[[]]": lambda: [[]],
    "ragged": lambda: [[1, 2], [3]],
    "(2, 0)": lambda: (2, 0),
    "empty dict": dict,
    "set": lambda: {1, 2},
    "[None]": lambda: [None],
    "[[None]]": lambda: [[None]],
    "list of text": lambda: ["a"],
    "[nan]": lambda: [float("nan")],
    "list of objects": lambda: [object()],
    "NumPy integer": lambda: np.int64(2),
    "NumPy float": lambda: np.float64(2.5),
    "NumPy truth": lambda: np.True_,
    "array with nan": lambda: np.array([1.0, np.nan]),
    "table with inf": lambda: np.array([[1.0, np.inf]]),
    "integer table": lambda: np.array([[1, 2], [3, 4]]),
    "empty array": lambda: np.array([]),
    "no rows": lambda: np.zeros((0, 2)),
    "no columns": lambda: np.zeros((2, 0)),
    "array of objects": lambda: np.array([None, 1], object),
    "three axes": lambda: np.zeros((2, 2, 2)),
    "array of text": lambda: np.array(["a", "b"]),
    "complex table": lambda: np.array([[1j, 2]]),
    "-10**30": lambda: -(10**30),
    "5001 digits": lambda: 10**5000,
    "fraction": lambda: HALF,
    "decimal": lambda: Decimal("0.1"),
    "decimal nan": lambda: Decimal("NaN"),
    "complex": lambda: 1j,
    "range": lambda: range(3),
    "generator of rows": lambda: ([1, x] for x in (1, 2)),
    "function": lambda: lambda *arguments: None,
    "deep list": deep,
    "arrangement": lambda: A,
    "affine arrangement": lambda: family("shi:2"),
    "first layer": lambda: LAYER,
    "first layer of other rows": lambda: FirstLayer.of(family("braid:3")),
    "problem": lambda: PROBLEM,
}
FEW = tuple(ODD)[: tuple(ODD).index("False")]

# Good values, by the name of the parameter; by package, function and name where these differ.
GOOD = {
    "arrangement": A, "layer": LAYER, "width": 1, "widths": [1], "groups": [[0]], "draws": 2, "engine": "auto",
    "statistics": None, "limit": 1000, "seed": 0, "text": "braid:3", "images": [[[1, 2], [3, 4]]], "size": 1,
    "stride": 1, "padding": 0, "base": None, "frontier": None, "budget": 2, "normals": ((1, 0),), "offsets": None,
    "polynomials": 3, "degree": 2, "variables": 2,
    "dimension": 2, "table": TABLE, "row": 0, "point": [1, 2], "rows": (2, 3), "other": A, "first": (1, 1, 1),
    "second": (1, 1, 1), "region": 0, "cells": LAYER.cells, "active": LAYER.active, "classes": LAYER.classes,
    "walls": LAYER.walls, "rays": None, "words": np.zeros((1, 1), np.uint64), "zeros": [False, False],
    "vectors": [(1, -1)], "products": list(iter_products(LAYER, 1)), "neurons": ((0, 1),), "pairs": 1, "masks": 1,
    "tuples": 1, "signs": (1, 1), "witness": (1, 1), "minus": (1,), "plus": (1,), "hyperplane": 0, "basis": (),
    "places": np.zeros(1, np.int32), "orientation": BYTES[0], "k": 0, "nodes": 0, "free": 0, "circuits": 0, "lps": 0,
    "exact_lps": 0, "n": 3, "d": 2, "r": 2, "m": 1, "p": 1, "q": 1, "graph": [(0, 1)], "parameters": None,
    "kind": "A2", "name": "pairs", "found": measure_growth(1, 1, (2, 3, 4)), "counts": [3, 5],
    "expression": symbols()[0] ** 2, "plane": Plane(3, 3, 6), "directions": 3, "lines": 3,
    "coefficient": ONE, "exponent": 1, "rank": 2, "cover": 1, "regions": 1, "joint": 1, "joint_unordered": 1,
    "width_two": 1, "two_to_n": 1, "eq13": 1, "eq13_assumption": True, "eq14_product": 1, "eq14_closed": 1,
    "eq14_assumption": True, "problem": PROBLEM, "problems": [PROBLEM], "targets": [1, 1], "beta": "0.5",
    "betas": ["0.5"], "loss": read_loss("squared"), "tolerance": "1e-4", "progress": lambda message: None,
    "least": HALF, "interpretation": "tuples", "network": Network((PART,)), "columns": 2, "path": None,
    "residual": Residual((PART,), ((ONE, ONE),), (ONE, ONE)), "solutions": [solve(PROBLEM, 1)], "software": "a test",
    "subnetworks": 1, "restarts": 1, "rounds": 2, "optimizer": "adam", "steps": 2, "learning_rate": 0.1,
    "batch": None, "x": [(ONE, ONE)], "inner": ((ONE, ONE),), "outer": (ONE, ONE), "blocks": (PART,),
    "output": ONE, "values": (), "objective": ONE, "upper": ONE, "lower": ONE, "complete": 1, "effect": BYTES,
    "pair": next(iter_pairs(LAYER, 1)), "constraints": BYTES, "first_walls": 0, "two_layer": (ONE, ONE),
    "inputs": 2, "place": "here", "stopped": lambda: False, "seconds": None, "start": None,
    "executor": None, "box": None, "neuron": 0, "labels": "auto", "row_names": None, "fill": True, "view": None,
    "bias": False, "figure": None,
    "starts": (), "content": {"layers": [{"weights": [[1, 2]]}]}, "saving": (ONE, ONE),
    "helps": None, "knots": PATH.knots,
    "idle": PATH.idle, "line": PATH.idle, "solution": PATH.knots[0].solution,
    "limited": False, "proof": None, "pairs_total": 1, "pairs_used": 1, "known": PATH.knots, "solves": 1,
}  # fmt: skip
OWN_GOOD = {
    "convex.certificate_json.names": Names(("a",), ("y",)),
    "arrangements.Arrangement.localization.rows": None,
    "arrangements.Arrangement.reorient.rows": [0],
    "arrangements.Patches.groups": ((0,),),
    "arrangements.Patches.rows": ((ONE,),),
    "arrangements.SignSet.flipped.rows": [0],
    "arrangements.SignSet.neighbours.classes": [[0]],
    "arrangements.Symmetry.applied.values": (1, 1),
    "arrangements.SymmetryGroup.generators": (),
    "arrangements.symmetry_group.fixing": (),
    "arrangements.LayeredNetwork.layers": LAYERED.layers,
    "arrangements.LayeredNetwork.read.layers": [([[1, 2]], None)],
    "arrangements.bent_hyperplane.layer": 0,
    **{
        f"arrangements.{name}.network": LAYERED
        for name in (
            *("complex_f_vector", "count_activation_regions", "iter_activation_regions", "list_activation_regions"),
            *("network_complex", "zero_set"),
        )
    },
    **{f"arrangements.{name}.complex": COMPLEX for name in ("bent_hyperplane", "region_graph")},
    **{
        f"arrangements.pictures.{name}.{parameter}": value
        for name in pictures.__all__
        for parameter, value in (
            *(("size", 4), ("regions", None), ("network", PLANAR), ("output", 0), ("minus", None), ("targets", None)),
            ("arrangement", family("braid:4") if name in ("draw_disc", "draw_sphere") else A),
            ("view", None if name in ("draw_lines", "draw_complex", "draw_function") else (0, 0, 1)),
            ("figure", FIGURE),
        )
    },
    "arrangements.zero_set.minus": None,
    "arrangements.zero_set.output": 0,
    "arrangements.count_bounded_regions.arrangement": family("shi:2"),
    "arrangements.iter_bounded_regions.arrangement": family("shi:2"),
    "arrangements.list_bounded_regions.arrangement": family("shi:2"),
    "convex.Network.read.path": FILE,
    "convex.Network.write.path": FILE,
    "convex.TrainedModel.bias": False,
    "convex.TrainedModel.certificate": None,
    "convex.TrainedModel.classes": ("no", "yes"),
    "convex.TrainedModel.columns": ("a", "b"),
    "convex.TrainedModel.networks": (Network((PART,)),),
    "convex.TrainedModel.read.path": FILE,
    "convex.TrainedModel.targets": ("y",),
    "convex.TrainedModel.write.path": FILE,
    "convex.Network.objective.problem": Problem.read([[1, 2]], [1], 1),
    "convex.Network.subnetworks": (PART,),
    "convex.Problem.beta": PROBLEM.beta,
    "convex.Problem.read.table": [[1], [-1]],
    "convex.Problem.x": PROBLEM.x,
    "convex.Problem.y": PROBLEM.y,
    "convex.BetaPath.betas": PATH.betas,
    "convex.solve_path.betas": ("0.3", "0.5"),
    "convex.SubNetwork.first": PART.first,
    "convex.SubNetwork.second": PART.second,
    "convex.read_loss.text": "squared",
    "theory.floor_exact.expression": PowerOfE(ONE, 1),
    "theory.formula.name": "cover",
    "theory.growth_exponent.n": symbols()[0],
}
OBJECTS = {
    Arrangement: lambda: A,
    BetaPath: lambda: PATH,
    Bounds: lambda: all_bounds(3, 2, 1),
    FirstLayer: lambda: LAYER,
    Flat: lambda: list_flats(A)[0],
    LayeredNetwork: lambda: LAYERED,
    Network: lambda: Network((PART,)),
    TrainedModel: lambda: TrainedModel((Network((PART,)),), columns=("a", "b"), targets=("y",), classes=("no", "yes")),
    Patches: lambda: Patches(((ONE,),), ((0,),)),
    Plane: lambda: Plane(3, 3, 6),
    PowerOfE: lambda: PowerOfE(ONE, 1),
    Problem: lambda: PROBLEM,
    RegionSearch: lambda: RegionSearch(A),
    Residual: lambda: GOOD["residual"],
    SecondLayerCounts: lambda: SecondLayerCounts(1, 1, 1),
    SignSet: lambda: SignSet.of([(1, -1), (-1, 1)]),
    Symmetry: lambda: Symmetry((1, 0), (1, -1)),
    Solution: lambda: GOOD["solutions"][0],
}
LAYERS = {"convex": FirstLayer.of(PROBLEM.arrangement)}
PACKAGES = (arrangements, families, pictures, theory, convex)


def public_calls():
    """Every public function, class and method, by its dotted name: a function that returns what is to be called."""
    calls = {}
    for package in PACKAGES:
        for name in package.__all__:
            value = getattr(package, name)
            own = f"{package.__name__}.{name}"
            # what a loss computes is called millions of times, with numbers that the project has read
            if not callable(value) or value is convex.Loss or (inspect.isclass(value) and issubclass(value, Exception)):
                continue
            calls[own] = lambda value=value: value
            for method, member in vars(value).items() if inspect.isclass(value) else ():
                if isinstance(member, classmethod | staticmethod) and not method.startswith("_"):
                    calls[f"{own}.{method}"] = lambda value=value, method=method: getattr(value, method)
                elif inspect.isfunction(member) and not method.startswith("_"):
                    calls[f"{own}.{method}"] = lambda value=value, method=method: getattr(OBJECTS[value](), method)
    return calls


def good_arguments(name, call):
    """Arguments with which a public call succeeds, by name."""
    package = name.partition(".")[0]
    return {
        parameter: OWN_GOOD.get(
            f"{name}.{parameter}",
            LAYERS.get(package, LAYER) if parameter == "layer" else GOOD.get(parameter),
        )
        for parameter in inspect.signature(call()).parameters
    }
