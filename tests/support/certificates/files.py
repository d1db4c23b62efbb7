"""Making certificates, writing them down, and asking the checker."""

import copy
import json
from functools import cache

import numpy as np
from support.certificates.formal import agrees, opinion
from support.certificates.formats import VERSION, earlier, newer
from support.problems import FOUR_ROWS, gaussian

from arrangements import Arrangement, FirstLayer, family, iter_products, iter_regions
from arrangements.exact.numbers import exact_matrix, exact_vector
from arrangements.proofs.cell_certificates import regions_certificate, second_layer_certificate
from convex import Problem, read_loss, solve
from convex.proofs.optimum_certificate import certificate_json
from multilayer import checker

ROWS = [[1, 2], [2, -1], [-1, 3], [-2, -1]]
DEGENERATE_ROWS = [[0, 0, 0], [1, 2, 0], [2, 4, 0], [-1, -2, 0], [1, -1, 0], ["1/3", 1, 0]]


def gaussian_rows(n, d):
    return np.random.default_rng(0).standard_normal((n, d))


def at(value, path):
    """What stands at a path of a certificate."""
    for key in path:
        value = value[key]
    return value


def entries(certificate):
    """All entries of all covers."""
    return [entry for dual in certificate["dual"] for entry in dual["cover"]]


def four_rows(targets, beta, loss="squared", weights=None):
    return Problem.read(ROWS, targets, beta, read_loss(loss), weights=weights)


def of_regions(table, offsets=None, engine="lp"):
    """The certificate of a table, with its numbers as they are written."""
    arrangement = Arrangement.from_table(table, offsets)
    read = exact_matrix(table), None if offsets is None else exact_vector(offsets)
    return regions_certificate(
        arrangement, iter_regions(arrangement, engine=engine), "a test", parameters={"engine": engine}, table=read
    )


def of_family(name, engine="lp"):
    arrangement = family(name)
    return regions_certificate(arrangement, iter_regions(arrangement, engine=engine), "a test")


def of_pairs(table, width, engine="lp"):
    layer = FirstLayer.of(Arrangement.from_table(table), engine=engine)
    products = iter_products(layer, width, engine=engine)
    return second_layer_certificate(layer, width, products, "a test", parameters={}, table=exact_matrix(table))


def of_optimum(problems, width):
    """The certificate of one problem, or of several that are the outputs of one network."""
    listed = problems if isinstance(problems, list) else [problems]
    return certificate_json([solve(problem, width) for problem in listed], "a test")


def earlier_regions(*given):
    """The certificate of a table, in the format of before."""
    return earlier(of_regions(*given))


def earlier_family(name):
    """The certificate of a family, in the format of before."""
    return earlier(of_family(name))


def earlier_pairs(*given):
    """The certificate of all pairs, in the format of before."""
    return earlier(of_pairs(*given))


def earlier_optimum(problems, width):
    """The certificate of an optimum, in the format of before."""
    return earlier(of_optimum(problems, width))


SMALL = {
    "central": lambda: of_family("resonance:3"),
    "affine": lambda: of_family("shi:3"),
    "fractions": lambda: of_regions([["0.1", 2, 0], [0, 0, 0], ["-1/3", "-20/3", 0], [1, 1, 0], [2, "5/2", "1/7"]]),
    "affine fractions": lambda: of_regions([["1/2", 1], [1, "-1/3"], [1, 1], [0, 0]], ["1/5", 0, "-2/3", 1]),
    "pairs": lambda: of_pairs([[1, 2], [2, -1], [-1, 3]], 2),
    "pairs of fractions": lambda: of_pairs([["1/2", 1], ["-1/3", "2/7"], [0, 0], [-1, -2]], 2),
    "optimum": lambda: of_optimum(FOUR_ROWS, 2),
    "small optimum": lambda: of_optimum(Problem.read([["1/2", 1], [-1, "2/3"]], [1, -1], "1/20"), 2),
    "partial tuples": lambda: of_optimum(gaussian(5, 2, 0, "0.002"), 2),
    "degenerate": lambda: of_optimum(Problem.read(DEGENERATE_ROWS, [3, 1, -2, 1, -1, 2], "1/20"), 2),
    "huber": lambda: of_optimum(four_rows([1, -1, "1/2", 2], "1/20", "huber:1/40"), 1),
    "hinge": lambda: of_optimum(four_rows([1, -1, 1, -1], "1/5", "hinge"), None),
    "logistic": lambda: of_optimum(four_rows([1, -1, 1, 1], "1/10", "logistic"), 3),
    "two outputs": lambda: of_optimum([FOUR_ROWS, four_rows([0, 1, "-3/2", 1], "0.05")], 2),
    "weights": lambda: of_optimum(four_rows([1, -1, "1/2", 2], "1/20", weights=["1/3", 2, 1, "7/5"]), 2),
    "weights of labels": lambda: of_optimum(four_rows([1, -1, 1, -1], 1, "hinge", [3, "1/2", 1, 2]), 2),
    "weights and logarithms": lambda: of_optimum(four_rows([1, -1, 1, 1], "1/10", "logistic", ["3/2", 2, 1, 4]), 1),
}
WEIGHTED = ("weights", "weights of labels", "weights and logarithms")
ARRANGEMENTS = ("central", "affine", "fractions", "affine fractions")
PAIRS = ("pairs", "pairs of fractions")
OPTIMA = tuple(name for name in SMALL if name not in ARRANGEMENTS + PAIRS)


@cache
def _text(name):
    return json.dumps(SMALL[name]())


def written(name):
    """A certificate as it is written, of version 3; it may be changed."""
    return json.loads(_text(name))


def fresh(name):
    """The same in the format of before, where signs and masks are spelled out; it may be changed."""
    return earlier(written(name))


def in_lines(certificate, stream):
    """The same certificate as JSON Lines, one element of the list `stream` a line."""
    header = {**copy.deepcopy(certificate), "stream": stream}
    inner, (*outer, name) = header, stream.split(".")
    for key in outer:
        inner = inner[key]
    elements = inner.pop(name)
    return "\n".join(map(json.dumps, [header, *elements, {"end": len(elements)}])) + "\n"


def verdict(content, folder):
    """What the checker says of a certificate, text or bytes: (True, claim) or (False, reason).

    A certificate of an earlier format is written as version 3, too, and the checker must say the same of it.
    """
    said = alone(content, folder)
    old = isinstance(content, dict) and type(content.get("version")) is int and content["version"] < VERSION
    same = newer(content) if old else None
    if same is not None:
        other = alone(same, folder)
        assert said[0] == other[0], (said, other)
    return said


def alone(content, folder):
    """The same for this file only. The checker that is extracted from the Coq proofs must agree, where it is built."""
    if not isinstance(content, str | bytes):
        content = json.dumps(content)
    path = folder / "certificate.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        said = True, checker.check(path)[1]
    except checker.Rejected as reason:
        said = False, str(reason)
    assert agrees(path, *said), (said, opinion(path))
    return said


def accepted(content, folder):
    """The claim of a certificate that must be accepted."""
    fine, text = verdict(content, folder)
    assert fine, text
    return text


def rejected(content, folder):
    """The reason why a certificate that must be rejected is."""
    fine, text = verdict(content, folder)
    assert not fine, f"accepted: {text}"
    return text
