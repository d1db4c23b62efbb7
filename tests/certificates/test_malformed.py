"""Files that are no certificates: rejected with a reason, never with a traceback, and soon."""

import json
import os
import random
import re
import subprocess
import sys
import time
import tracemalloc
from fractions import Fraction
from operator import mul

import pytest
from support.certificates.covers import searched
from support.certificates.files import (
    accepted,
    at,
    earlier_optimum,
    earlier_pairs,
    earlier_regions,
    fresh,
    in_lines,
    rejected,
    verdict,
)
from support.certificates.formats import rehashed
from support.certificates.referee import spelled

from convex import Problem, read_loss
from multilayer import checker

TINY = {
    "regions": earlier_regions([[1, 0], [0, 1], [1, 1]]),
    "affine": earlier_regions([[1], ["1/2"]], [0, 1]),
    "pairs": earlier_pairs([[1], ["1/2"], [-1]], 2),
    "optimum": earlier_optimum(Problem.read([[1], [-2]], [1, 1], "1/10"), 2),
    "labels": earlier_optimum(
        [Problem.read([[1], [2]], y, "1/10", read_loss("logistic")) for y in ([1, -1], [1, 1])], None
    ),
    "huber": earlier_optimum(Problem.read([[1], [-2]], [1, 1], "1/10", read_loss("huber:1/2")), 1),
}
OPTIMA = ("optimum", "labels", "huber")
STRANGE = (
    None,
    True,
    False,
    "x",
    "",
    -1,
    0,
    1,
    [],
    {},
    [[]],
    1.5,
    "1/0",
    "-0",
    "1e3",
    " 1",
    "\u0663",
    "1_0",
    "+1",
    "\ud800",
)
MILLION = "9" * 10**6
every_kind = pytest.mark.parametrize("name", TINY)


def text_of(name):
    return json.dumps(TINY[name])


def places(value, path=()):
    """The path to every value in a certificate; of lists the first and the last element."""
    yield path
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        if isinstance(value, dict) or key in (0, len(value) - 1):
            yield from places(value[key], (*path, key))


def replaced(value, path, new):
    """A copy with another value in one place, and with the hash of what is the input then."""

    def inner(old, path):
        if not path:
            return new
        copy = dict(old) if isinstance(old, dict) else list(old)
        copy[path[0]] = inner(old[path[0]], path[1:])
        return copy

    changed = inner(value, path)
    if path[:1] == ("input",):
        changed["provenance"] = dict(changed["provenance"])
        rehashed(changed)
    return changed


def is_number(value):
    return type(value) is int or (isinstance(value, str) and bool(re.fullmatch("-?[0-9]+(/[1-9][0-9]*)?", value)))


def may_stand(path, old, new):
    """Whether a value is of the right type for its place; all others must be rejected."""
    same = json.dumps(old) == json.dumps(new) or (is_number(old) and is_number(new))
    free = path[:2] == ("provenance", "parameters") or (path == ("provenance", "software") and isinstance(new, str))
    one_proof = (path == ("first", "circuits") and new is None) or (path == ("first", "count") and new is False)
    width = path == ("input", "width") and (new is None or (type(new) is int and new > 0))
    less = in_cover(path) in ("entry 2", "entry 3", "multipliers") and new in ([], None)
    return same or free or one_proof or width or less


def in_cover(path):
    """What a place in a cover is: (dual, k, cover, entry, 3, neuron, 1, term, 1) to the innermost number."""
    if path[:1] != ("dual",) or path[2:3] != ("cover",):
        return None
    names = ["entries", "entry", f"entry {path[4:5] and path[4]}", "neuron", "multipliers", "multiplier", "number"]
    return names[len(path) - 3]


def is_right(certificate, name):
    """Whether a claim is true: that of the valid certificate, or an interval that meets the valid one."""
    claim, known = certificate["claim"], TINY[name]["claim"]
    if name not in OPTIMA:
        return claim == known
    bounds = (Fraction(x[key]) for x in (claim, known) for key in ("lower", "upper"))
    lower, upper, known_lower, known_upper = bounds
    return lower <= known_upper and known_lower <= upper


@every_kind
def test_every_value_replaced(name, tmp_path):
    certificate = json.loads(text_of(name))
    claim = accepted(certificate, tmp_path)
    for path in places(certificate):
        for new in STRANGE:
            changed = replaced(certificate, path, new)
            fine, text = verdict(json.dumps(changed), tmp_path)
            if fine:
                old = at(certificate, path)
                assert may_stand(path, old, new), (path, new)
                assert is_right(changed, name)
                if path == ("input", "width"):  # what is proven of all neurons together holds for every width
                    assert text.partition(" is ")[2] == claim.partition(" is ")[2]
                else:
                    assert text == claim or path[0] == "claim"
                    other = path[0] == "input" and path[-1] != "threshold"  # beyond all errors it does not matter
                    assert not other or new == old or Fraction(new) == Fraction(old)
            else:
                assert path[:1] in ((), ("provenance",)) or not text.startswith("provenance.sha256")


@every_kind
def test_every_key_removed_added_or_twice(name, tmp_path):
    certificate = json.loads(text_of(name))
    claim = accepted(certificate, tmp_path)
    for path in places(certificate):
        value = at(certificate, path)
        if isinstance(value, dict) and path != ("provenance", "parameters"):
            rejected(replaced(certificate, path, {**value, "more": 1}), tmp_path)
            for key in value:
                rest = {k: v for k, v in value.items() if k != key}
                rejected(replaced(certificate, path, rest), tmp_path)
                once = json.dumps(value)
                twice = f"{once[:-1]}, {json.dumps(key)}: {json.dumps(value[key])}}}"
                assert once in text_of(name)
                assert "repeated" in rejected(text_of(name).replace(once, twice, 1), tmp_path)
        elif isinstance(value, list) and path[-1] != "table":
            longer = replaced(certificate, path, [*value, value[0] if value else 1])
            if in_cover(path) not in ("entries", "entry 3", "multipliers"):
                rejected(longer, tmp_path)
            else:  # what stands there twice does no harm, but a multiplier counts twice then
                fine, text = verdict(longer, tmp_path)
                assert fine or in_cover(path) == "multipliers"
                assert not fine or text == claim


@every_kind
def test_a_number_of_a_million_digits_in_every_place(name, tmp_path):
    certificate, seen = json.loads(text_of(name)), set()
    for path in places(certificate):
        kind = tuple("#" if isinstance(key, int) else key for key in path)
        if kind in seen or not path:
            continue
        seen.add(kind)
        text = json.dumps(replaced(certificate, path, "PLACE"))
        assert "1000000" in rejected(text.replace('"PLACE"', MILLION), tmp_path)
        if path[0] != "provenance":
            rejected(text.replace("PLACE", MILLION), tmp_path)


def test_the_limit_of_digits(tmp_path):
    """100,000 of a number that is text; as JSON integers those up to 2^53 are exact numbers."""
    certificate = json.loads(text_of("regions"))
    cases = ((15, True, False), (17, False, True), (601, False, True), (100_001, False, False))
    for digits, as_integer, as_text in cases:
        point = [10**9, 10**9]
        text = json.dumps(replaced(certificate, ("first", "regions", 0), ["+++", point]))
        assert certificate["first"]["regions"][0][0] == "+++"
        for form, good in (("9" * digits, as_integer), ('"' + "9" * digits + '"', as_text)):
            assert verdict(text.replace(str(10**9), form), tmp_path)[0] is good
    accepted(text.replace(str(10**9), '"' + "9" * 100_000 + '"'), tmp_path)


@every_kind
def test_files_that_are_cut_short(name, tmp_path):
    whole = text_of(name)
    for end in range(0, len(whole), len(whole) // 400 + 1):
        rejected(whole[:end], tmp_path)
    lines = in_lines(TINY[name], "first.regions").rstrip()
    for end in range(0, len(lines), len(lines) // 400 + 1):
        rejected(lines[:end], tmp_path)


@every_kind
def test_bytes_changed_at_random(name, tmp_path):
    rng, whole = random.Random(name), text_of(name).encode()
    claim = accepted(whole, tmp_path)
    for _ in range(500):
        i = rng.randrange(len(whole))
        new = rng.choice([rng.randbytes(1), b"", rng.choice(b'0123456789+-"[]{},:/ ').to_bytes(1, "big")])
        changed = whole[:i] + new + whole[i + 1 :]
        fine, text = verdict(changed, tmp_path)
        if fine and text != claim:
            certificate = json.loads(changed)
            assert certificate["input"] == TINY[name]["input"]
            assert is_right(certificate, name)


JUNK = {
    "empty": b"",
    "white space": b" \n\t \n",
    "a number": b"1",
    "null": b"null",
    "a list": b"[]",
    "an empty object": b"{}",
    "text": b'"stream"',
    "no JSON": b"region,signs\n1,+-\n",
    "not UTF-8": text_of("regions").replace("a test", "\xe5").encode("latin-1"),
    "UTF-16": text_of("regions").encode("utf-16"),
    "UTF-16 without a mark": text_of("regions").encode("utf-16-le"),
    "UTF-32": text_of("regions").encode("utf-32-be"),
    "a byte order mark": text_of("regions").encode("utf-8-sig"),
    "zero bytes": bytes(1000),
    "binary": random.Random(0).randbytes(5000),
    "compressed": b"\x1f\x8b\x08\x00" + random.Random(1).randbytes(500),
    "twice": (text_of("regions") + text_of("regions")).encode(),
    "twice on two lines": (text_of("regions") + "\n" + text_of("regions")).encode(),
    "something behind": (text_of("regions") + "x").encode(),
    "a comment": ("// regions\n" + text_of("regions")).encode(),
    "a comma too many": (text_of("regions")[:-1] + ",}").encode(),
    "an open list": b"[" * 100_000,
    "an open object": b'{"a":' * 100_000,
    "a header and white space": b'{"stream": "first.regions"}\n  \n',
    "a header and its end": b'{"stream": "first.regions"}\n{"end": 0}\n',
    "a header of another type": b'["stream"]\n{"end": 0}',
    "a stream that is no text": b'{"stream": 1}\n{"end": 0}',
    "a stream without a name": b'{"stream": ""}\n{"end": 0}',
    "a stream of dots": b'{"stream": "...."}\n{"end": 0}',
    "a line that is no JSON": in_lines(TINY["regions"], "first.regions").replace("]]", "]").encode(),
    "an end that is no end": in_lines(TINY["regions"], "first.regions").replace('{"end": 6}', "6").encode(),
}


@pytest.mark.parametrize("name", JUNK)
def test_junk(name, tmp_path):
    assert rejected(JUNK[name], tmp_path)


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1.5", "1e2", "1E400", "-0.0", "-0"])
@every_kind
def test_numbers_that_are_no_integers(name, literal, tmp_path):
    certificate = json.loads(text_of(name))
    for path in [("version",), ("claim",), ("input", "rows", 0, 0), ("first", "regions", 0, 1, 0), ("provenance",)]:
        text = json.dumps(replaced(certificate, path, "PLACE")).replace('"PLACE"', literal)
        assert f"the number {literal} is no integer" in rejected(text, tmp_path)


@pytest.mark.parametrize("depth", [10, 90, *range(94, 101), 900, 1000, 3000, 100_000])
def test_nested_values(depth, tmp_path):
    for name, path in [
        ("regions", ("format",)),
        ("regions", ("claim", "regions")),
        ("regions", ("first", "circuits", "table", 0, 0, 1)),
        ("pairs", ("tuples", 0, "cells", 0, 1, 0, 0)),
        ("pairs", ("tuples", 0, "neurons", 0)),
        ("optimum", ("network", "subnetworks", 0, "first", 0, 0)),
        ("optimum", ("dual", 0, "v", 0)),
        ("optimum", ("dual", 0, "neurons", 0)),
        ("optimum", ("dual", 0, "cover", 0, 3, 0, 1)),
        ("optimum", ("input", "loss")),
        ("optimum", ("input", "loss", "name")),
    ]:
        text = json.dumps(replaced(json.loads(text_of(name)), path, "PLACE"))
        for nested in ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth):
            rejected(text.replace('"PLACE"', nested), tmp_path)
    parameters = text_of("pairs").replace('"parameters": {}', '"parameters": {"a": %s}' % ("[" * depth + "]" * depth))
    fine, text = verdict(parameters, tmp_path)
    assert fine or "nested too deeply" in text
    assert fine == (depth <= 97)  # 100 levels with the three that are around it


def test_no_file(tmp_path, capsys):
    with pytest.raises(OSError, match="No such file"):
        checker.check(tmp_path / "missing.json")
    assert checker.main([str(tmp_path / "missing.json")]) == 2
    assert checker.main([str(tmp_path)]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("more", [{"format": "\u533a\u57df"}, {"\u533a\u57df": 1}], ids=["value", "key"])
def test_reasons_can_be_printed_anywhere(more, tmp_path):
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps({**TINY["regions"], **more}, ensure_ascii=False), "utf-8")
    command = [sys.executable, checker.__file__, str(path)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii:strict"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stderr) == (3, "")
    assert run.stdout.startswith("rejected: ")


PLACES = {
    "row of a circuit": ("regions", ("first", "circuits", "table", 0, 0, 0)),
    "leaf": ("regions", ("first", "circuits", "leaves", 0)),
    "neuron of a term": ("pairs of rows", ("tuples", 0, "leaves", 0, 0, 0)),
    "row of a term": ("pairs of rows", ("tuples", 0, "leaves", 0, 0, 1)),
    "width of pairs": ("pairs", ("input", "width")),
    "width": ("optimum", ("input", "width")),
    "neuron of an entry": ("optimum", ("dual", 0, "cover", 0, 3, 0, 0)),
    "row of a multiplier": ("multipliers", ("dual", 0, "cover", 0, 3, 0, 1, 0, 0)),
}


@pytest.mark.parametrize("what", PLACES)
def test_places_are_integers_and_not_text(what, tmp_path):
    name, path = PLACES[what]
    certificate = json.loads(text_of(name)) if name in TINY else WITH_TERMS[name]()
    accepted(certificate, tmp_path)
    value = at(certificate, path)
    assert type(value) is int
    for new in (str(value), f"{value}/1", [value], True):
        rejected(replaced(certificate, path, new), tmp_path)


def with_a_leaf():
    """Pairs with a tuple that has leaves; it is made the first."""
    certificate = fresh("pairs")
    certificate["tuples"].sort(key=lambda entry: not entry["leaves"])
    return certificate


def with_a_multiplier():
    """An optimum with multipliers of 0 for its first neuron, which do no harm."""
    certificate = json.loads(text_of("optimum"))
    certificate["dual"][0]["cover"][0][3][0][1].insert(0, [0, 0])
    return certificate


WITH_TERMS = {"pairs of rows": with_a_leaf, "multipliers": with_a_multiplier}


def framed(rows, **first):
    """A certificate of regions from parts."""
    data = {"rows": rows, "offsets": None}
    return rehashed(
        {**TINY["regions"], "provenance": dict(TINY["regions"]["provenance"]), "input": data, "first": first}
    )


def test_a_count_of_too_many_regions_stops_early(tmp_path):
    rng = random.Random(0)
    rows = [[rng.randint(-9, 9) for _ in range(150)] for _ in range(150)]
    start = time.perf_counter()
    point = [rng.randint(1, 10**9) for _ in rows]
    signs = "".join("0+-"[(v > 0) - (v < 0)] for v in (sum(map(mul, row, point)) for row in rows))
    reason = rejected(framed(rows, regions=[[signs, point]], circuits=None, count=True), tmp_path)
    assert reason.startswith("first.count")
    assert time.perf_counter() - start < 5  # to the first of 2^150 regions it is half a minute


def test_many_equal_rows_take_little_memory(tmp_path):
    n = 3000
    certificate = framed([[1]] * n, regions=[["+" * n, [1]]], circuits={"table": [], "leaves": []}, count=False)
    tracemalloc.start()
    reason = rejected(certificate, tmp_path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reason.startswith("first.circuits.leaves: there is none")
    assert most < 20_000_000


# a certificate by hand, for one row in the plane and any number of neurons: no use for any of them


def spread(n):
    """Rows around the half circle, with all 2n regions."""
    rows = [[k, n * n - k * k] for k in range(n)]
    found = []
    for k in range(n):
        (a, b), (c, d) = rows[k], [-x for x in rows[0]] if k == n - 1 else rows[k + 1]
        w = [-(b + d), a + c]
        signs = "".join("0+-"[(v > 0) - (v < 0)] for v in (x * w[0] + y * w[1] for x, y in rows))
        found += [[signs, w], [signs.translate(str.maketrans("+-", "-+")), [-x for x in w]]]
    return rows, {"regions": found, "circuits": None, "count": True}


def of_zero(rows, first, width, cover):
    """That the optimum is between 0 and the cost of the network that is zero."""
    masks = [signs.translate(str.maketrans("+-", "10")) for signs, _ in first["regions"] if "+" in signs]
    neurons = [[mask, sign] for sign in (1, -1) for mask in masks]
    data = {
        "rows": rows,
        "targets": [[1] * len(rows)],
        "beta": 1,
        "width": width,
        "loss": {"name": "squared", "threshold": None},
    }
    frame = {"format": "multilayer-arrangements/optimum", "version": 2, "input": data}
    frame["provenance"] = {"software": "by hand", "parameters": {}}
    frame["claim"] = {"upper": spelled(Fraction(len(rows), 2)), "lower": 0}
    dual = [{"scale": 1, "v": [0] * len(rows), "neurons": neurons, "cover": cover}]
    return rehashed({**frame, "network": {"subnetworks": []}, "first": first, "dual": dual})


def entry(o, n, members, above=None, below=None):
    """An entry at v = 0 that is valid where certain rows are +, others -; everywhere by default."""
    plus = [0 if above is None or i in above else -1 for i in range(n)]
    minus = [min(p, 0 if below is None or i in below else 1) for i, p in enumerate(plus)]
    return [o, plus, minus, [[j, []] for j in members]]


def test_a_certificate_by_hand(tmp_path):
    rows, first = spread(5)
    cover = [entry(o, 5, range(18)) for o in (1, -1)]
    for width in (None, 1, 3, 10**30):
        assert accepted(of_zero(rows, first, width, cover), tmp_path).endswith(
            "is between 0 and 2.5 (rounded outwards)"
        )


@pytest.mark.parametrize("n", [7, 12])
def test_a_cover_of_exponentially_many_tuples_stops(n, tmp_path, monkeypatch):
    """Neurons in pairs; a tuple is covered as soon as it can have none of a pair, in a file of a few kilobytes."""
    monkeypatch.setattr(checker, "STEPS", 3_000_000)
    monkeypatch.setattr(checker, "STEPS_A_BYTE", 0)
    rows, first = spread(n)
    half = 2 * n - 1
    everyone = set(range(2 * half))
    cover = [entry(o, n, sorted(everyone - {j, j + half})) for o in (1, -1) for j in range(half)]
    certificate = of_zero(rows, first, half - 1, cover)
    assert len(json.dumps(certificate)) < 50_000
    assert rejected(certificate, tmp_path) == "file: it takes more than 3000000 steps"


def test_a_cover_that_splits_into_many_boxes_stops():
    rng, n = random.Random(0), 100
    everywhere, listed = (1 << n) - 1, []
    for _ in range(450):
        closed = [0, 0]
        for i in rng.sample(range(n), 3):
            closed[rng.randrange(2)] |= 1 << i
        listed.append((everywhere & ~closed[0], everywhere & ~closed[1], 3))
    with pytest.raises(checker.Rejected, match="file: it takes more than 3000000 steps"):
        searched(listed, [("+" * n, 1), ("+" * n, -1)], 2, checker.Budget(3_000_000, 3_000_000))
