"""Check a certificate: standard library only, nothing of the project. Run `python checker.py FILE`.

Accepting means that the claim is true; docs/proofs/certificates.md states the format and proves that. All numbers are
fractions; only logarithms are rounded, outwards. What is not understood is rejected, and so is what takes too many
steps: each costs more the longer its numbers are, and all of a file are paid from one budget.

x_i  row i of the input;  D_j(i)  1 iff neuron j is active on row i;  I_j  its output sign
u_i  second-layer pre-activation, sum_j I_j D_j(i) x_i.w_j, linear where the first-layer regions are fixed
w_i  weight of row i, 1 if the input names none
v_i  dual vector: the loss at row i is at least w_i D(v_i / w_i) - v_i f(x_i), D(v) = min over f of l(f, y_i) + v f
"""

import gzip
import hashlib
import json
import re
import sys
from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from fractions import Fraction
from functools import partial
from math import comb, gcd, lcm
from operator import mul
from os.path import getsize
from zlib import error as DamagedError

NUMBER = re.compile(r"-?[0-9]+(/0*[1-9][0-9]*)?\Z")
TEXT, LONG = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL), re.compile(r"[0-9]{100,}")
DIGITS, LITERAL, DEPTH = 100_000, 600, 100  # of a number as text; as a JSON integer; levels of lists and objects
SIGN = {"+": 1, "-": -1, "0": 0}
WIDEST = 10**100
MASK, MIRROR = str.maketrans("+-0", "101"), str.maketrans("+-0", "011")  # 1 where >= 0; where <= 0
GROWTH = 30  # of a compressed file
STEPS, STEPS_A_BYTE = 100_000_000, 500  # of about 30 ns: for every file, and more for a longer one


class Rejected(Exception):
    """The certificate proves nothing; the message says where and why."""


def need(condition, place, reason):
    """Reject the certificate unless the condition holds."""
    if not condition:
        raise Rejected(f"{place}: {reason}")


class Budget:
    """The steps that may still be taken for a file."""

    def __init__(self, left, total):
        self.left, self.total = left, total

    def spend(self, steps):
        """Take steps; reject the file if there are no more."""
        self.left -= steps
        if self.left < 0:
            raise Rejected(f"file: it takes more than {self.total} steps")


def price(*numbers):
    """The steps of exact arithmetic with rational numbers."""
    bits = sum(x.numerator.bit_length() + x.denominator.bit_length() for x in numbers)
    return 32 + (bits >> 5) + (bits * bits >> 13)


def step(a, b):
    """The steps of one product of integers of a and b bits that is added to a sum."""
    return 2 + ((a + b) >> 6) + (a * b >> 14)


def longest(values):
    """The bits of the longest of some integers."""
    return max(map(int.bit_length, values), default=0)


def _spending(function, left, total, item):
    budget = Budget(left, total)
    return function(item, budget), left - budget.left


def each(function, entries, run, budget):
    """Yield function(entry, a budget) for each entry; `run` does what map does, and maybe elsewhere."""
    for result, steps in run(partial(_spending, function, budget.left, budget.total), entries):
        budget.spend(steps)
        yield result


def integer(text):
    """Read an integer of any length, whatever number of digits the interpreter allows."""
    if len(text) <= LITERAL:
        return int(text)
    value, digits = 0, text.lstrip("-")
    for k in range(0, len(digits), LITERAL):
        part = digits[k : k + LITERAL]
        value = value * 10 ** len(part) + int(part)
    return -value if text[0] == "-" else value


def _unique(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"a key is repeated among {[k for k, _ in pairs]!a:.80}")
    return found


def _refused(literal):
    raise ValueError(f"the number {literal:.40} is no integer; fractions are text, p/q")


def _literal(text):
    if len(text.lstrip("-")) > LITERAL:
        raise ValueError(f"an integer of {len(text)} digits must be text")
    return int(text)


JSON = json.JSONDecoder(object_pairs_hook=_unique, parse_int=_literal, parse_float=_refused, parse_constant=_refused)


def parse(text, place):
    """Parse one JSON value strictly: no key twice, no floats, no long integers, not nested deeply."""
    if text.count("[") + text.count("{") > DEPTH:
        levels = re.sub(r"[^][{}]+", "", TEXT.sub("", text)).replace("{", "[").replace("}", "]")
        for _ in range(DEPTH):  # each time, the innermost level goes
            levels = levels.replace("[]", "") if levels else ""
        need(not levels, place, "it is nested too deeply, or brackets are not closed")
    try:
        return JSON.decode(text)
    except ValueError as error:
        raise Rejected(f"{place}: it is no JSON: {error}") from None


def read(path):
    """Read the text of a file, and the budget for it. Long numbers are paid for here."""
    if str(path).lower().endswith(".gz"):
        size = getsize(path)
        with gzip.open(path) as file:
            data = file.read(GROWTH * size + 1)
        need(len(data) <= GROWTH * size, "file", f"it is compressed to less than one part in {GROWTH}")
    else:
        with open(path, "rb") as file:
            data = file.read()
        size = len(data)
    total = STEPS + STEPS_A_BYTE * min(len(data), 10 * size)
    text = data.decode()
    budget = Budget(total, total)
    for found in LONG.finditer(text):
        digits = found.end() - found.start()
        budget.spend(digits * digits >> 12 if digits <= DIGITS else digits)  # still longer ones are refused
    return text, budget


def load(path):
    """One JSON object; or JSON Lines: a header with "stream": "a.b", the elements of the list a.b, {"end": number}."""
    return content_of(read(path)[0])


def content_of(text):
    """The object that the text of a file holds."""
    first, *lines = [line for line in text.split("\n") if line.strip(" \t\r")] or [""]
    if '"stream"' not in first or not lines:
        return parse(text, "file")
    header, end = parse(first, "line 1"), parse(lines.pop(), "the last line")
    need(isinstance(header, dict) and isinstance(header.get("stream"), str), "line 1", "it is no header")
    whole_file = end == {"end": len(lines)} and type(end["end"]) is int
    need(whole_file, "the last line", f'it must be {{"end": {len(lines)}}}, else the file is cut short')
    inner, (*outer, name) = header, header.pop("stream").split(".")
    for key in outer:
        inner = inner.get(key) if isinstance(inner, dict) else None
    need(isinstance(inner, dict) and name not in inner, "line 1", "its list is there already, or has no place")
    inner[name] = [parse(line, f"line {k}") for k, line in enumerate(lines, start=2)]
    return header


def fields(value, place, *names):
    """Return the values of an object that must have these keys and no others."""
    keys = sorted(value) if isinstance(value, dict) else None
    need(keys == sorted(names), place, f"it must be an object with exactly the fields {', '.join(names)}: {keys!a:.80}")
    return [value[name] for name in names]


def items(value, place, length=None):
    """Return a value that must be a list, of that length if one is given."""
    fits = isinstance(value, list) and length in (None, len(value))
    need(fits, place, "it must be a list" + ("" if length is None else f" of {length} entries"))
    return value


def number(value, place):
    """Read an exact number: a JSON integer, or text "p" or "p/q"."""
    if type(value) is int:
        return Fraction(value)
    fits = isinstance(value, str) and len(value) <= DIGITS and NUMBER.match(value)
    need(fits, place, f"{value!a:.60} is no number")
    p, _, q = value.partition("/")
    return Fraction(integer(p), integer(q or "1"))


def whole(value, place, low=None):
    """Read an integer, from low on: a JSON integer, or text."""
    exact = value if type(value) is int else number(value, place)
    if exact.denominator != 1 or (low is not None and exact < low):
        raise Rejected(f"{place}: {value!a:.40} is not an integer{'' if low is None else f' from {low} on'}")
    return int(exact)


def index(value, place, low, high):
    """Read a JSON integer from low on and below high."""
    if type(value) is not int or not low <= value < high:
        raise Rejected(f"{place}: {value!a:.40} is not a JSON integer in the range from {low} to below {high}")
    return value


def vector(value, place, length=None, kind=number):
    """Read a list of exact numbers, of integers if kind is whole."""
    return [kind(x, f"{place}[{k}]") for k, x in enumerate(items(value, place, length))]


def matrix(value, place, columns=None):
    """Read rows of one length, at least one."""
    rows = [vector(row, f"{place}[{k}]", columns) for k, row in enumerate(items(value, place))]
    need(rows and rows[0] and len({len(row) for row in rows}) == 1, place, "it must be a table of numbers")
    return rows


def cleared(numbers, budget):
    """Write exact numbers as integers over one denominator: the integers, the denominator."""
    common = 1
    for x in numbers:
        common = lcm(common, x.denominator)
        budget.spend(price(common))
    budget.spend(len(numbers) * common.bit_length())  # a step a bit, for they are kept
    return [x.numerator * (common // x.denominator) for x in numbers], common


def integers(value, place, length, budget):
    """Read exact numbers as integers over one denominator: the integers, the denominator."""
    if set(map(type, items(value, place, length))) <= {int}:
        return value, 1
    return cleared(vector(value, place), budget)


def by_signs(value, place, length):
    """Read a list of [text of signs, something], no signs twice: place, signs and the rest of each."""
    seen = set()
    for k, entry in enumerate(items(value, place)):
        text, rest = items(entry, f"{place}[{k}]", 2)
        fits = isinstance(text, str) and len(text) == length and not text.strip("+-0") and text not in seen
        need(fits, f"{place}[{k}]", f"it must begin with text of {length} signs + - 0 that is not there already")
        seen.add(text)
        yield f"{place}[{k}]", text, rest


def dot(a, b):
    """Compute the inner product of two vectors of one length."""
    return sum(map(mul, a, b))


def total(terms, budget):
    """Add fractions, which can grow long if their denominators differ."""
    found = Fraction(0)
    for x in terms:
        budget.spend(price(found, x))
        found += x
    return found


def sign(value):
    """Compute the sign of a number: -1, 0 or 1."""
    return (value > 0) - (value < 0)


def cut_prefixes(listed, n):
    """Yield each first prefix that no listed text of n signs + - has: depth first, + before -."""
    if not listed:
        yield ""
    before = None
    for signs in [*sorted(listed), None]:
        common = -1
        if before is not None and signs is not None:
            common = next(i for i in range(n) if before[i] != signs[i])
        if before is not None:
            i = before.rfind("+")
            while i > common:
                yield before[:i] + "-"
                i = before.rfind("+", 0, i)
        if signs is not None:
            i = signs.find("-", common + 1)
            while i >= 0:
                yield signs[:i] + "+"
                i = signs.find("-", i + 1)
        before = signs


def replay(listed, rows, leaves, place, budget):
    """Yield each cut prefix of the signs at some rows: its leaf, the prefix, the place of the leaf."""
    used, texts = 0, listed
    budget.spend(4 * (len(listed) + len(leaves) + 1) * (len(rows) + 1))
    if listed and len(rows) < len(listed[0]):
        texts = ["".join([signs[i] for i in rows]) for signs in listed]
    for prefix in cut_prefixes(texts, len(rows)):
        if used == len(leaves):
            raise Rejected(f"{place}: nothing refutes the signs {prefix} of the rows {rows!s:.200}")
        yield leaves[used], prefix, f"{place}.leaves[{used}]"
        used += 1
    need(used == len(leaves), place, f"only {used} of {len(leaves)} leaves are of use")


def count_regions(rows, limit, budget):
    """Count central regions by deletion and restriction (Zaslavsky 1975); limit + 1 if there are more."""

    def distinct(lines):  # each divided by what its numbers share, and the first that is not 0 is positive
        found = set()
        for line in filter(any, lines):
            share = gcd(*line) * sign(next(filter(None, line)))
            found.add(tuple([x // share for x in line]))
        return found

    todo, found = [distinct(rows)], 0
    while todo and found + len(todo[-1]) < limit:  # k hyperplanes have more than k regions
        left = todo.pop()
        found += not left
        if left:
            last = left.pop()
            c = next(j for j, x in enumerate(last) if x)
            size = max(map(longest, left), default=0)
            budget.spend(len(left) * len(last) * (2 * step(size, longest(last)) + (size * size >> 12)) + 50)
            lines = [[last[c] * x - row[c] * y for j, (x, y) in enumerate(zip(row, last)) if j != c] for row in left]
            todo += [left, distinct(lines)]
    return limit + 1 if todo else found


def circuit_of(value, rows, place, budget):
    """Check a dependency sum c_i row_i = 0 that is not empty; return its pairs (i, sign of c_i)."""
    terms = [items(term, place, 2) for term in items(value, place)]
    circuit = {index(i, place, 0, len(rows)): number(c, place) for i, c in terms}
    need(0 < len(circuit) == len(terms) and all(circuit.values()), place, "rows are repeated, or a number is 0")
    used = [rows[i] for i in circuit]
    budget.spend(sum(price(c, q) for c, (_, q) in zip(circuit.values(), used)))
    factors, _ = cleared([c / q for c, (_, q) in zip(circuit.values(), used)], budget)
    size = longest(factors)
    budget.spend(sum(len(row) * step(size, longest(row)) for row, _ in used))
    for j, column in enumerate(zip(*(row for row, _ in used))):
        need(not dot(factors, column), place, f"the rows do not cancel in column {j}")
    return [(i, sign(c)) for i, c in circuit.items()]


def region_of(entry, budget, rows, size, affine):
    """Check that the witness of a region has its signs; return them. No number in the rows has more bits than size."""
    here, signs, point = entry
    w, scale = integers(point, here, len(rows[0]) - affine, budget)
    if affine:
        w = [*w, scale]
    budget.spend(len(rows) * len(w) * step(size, longest(w)))
    for i, row in enumerate(rows):
        value = sum(map(mul, row, w))
        if signs[i] != ("+" if value > 0 else "-" if value < 0 else "0") or (not value and any(row)):
            raise Rejected(f"{here}: the witness is not on the side {signs[i]} of row {i}, or on the row")
    return signs


def refute(step, known, places):
    """Check that a leaf names a circuit that refutes a prefix; the place of a row that is always positive is None."""
    leaf, prefix, where = step
    here = []
    for i, s in known[index(leaf, where, 0, len(known))]:
        k = places[i]
        here.append(s if k is None else s if prefix[k : k + 1] == "+" else -s if prefix[k : k + 1] == "-" else 0)
    if set(here) not in ({1}, {-1}):
        raise Rejected(f"{where}: its circuit does not refute the signs {prefix}")


def table_of(rows, budget):
    """Write the rows of a table as pairs: integers, their denominator."""
    return [cleared(row, budget) for row in rows]


def regions_of(body, normals, offsets, place, run, budget):
    """Check a list of regions with its proofs of completeness: the sign vectors, as text."""
    listed, circuits, count = fields(body, place, "regions", "circuits", "count")
    need(type(count) is bool and (count or circuits is not None), place, "there is no proof of completeness")
    n, d, affine = len(normals), len(normals[0]), offsets is not None
    scaled = table_of([[*row, -b] for row, b in zip(normals, offsets)] if affine else normals, budget)
    rows = [row for row, _ in scaled]
    infinity = [0] * d + [1]  # t > 0, the last row of the cone
    size = max(map(longest, rows))
    check = partial(region_of, rows=rows, size=size, affine=affine)
    found = list(each(check, by_signs(listed, f"{place}.regions", n), run, budget))
    if circuits is not None:
        here = f"{place}.circuits"
        table, leaves = fields(circuits, here, "table", "leaves")
        cone = [*scaled, (infinity, 1)] if affine else scaled
        known = [circuit_of(c, cone, f"{here}.table[{k}]", budget) for k, c in enumerate(items(table, f"{here}.table"))]
        order = [i for i, row in enumerate(rows) if any(row)]
        places = [n] * n + [None]  # in the prefixes; zero rows are nowhere in them
        for k, i in enumerate(order):
            places[i] = k
        steps = replay(found, order, items(leaves, f"{here}.leaves"), here, budget)
        budget.spend(4 * len(leaves) * max(map(len, known), default=0))
        set(run(partial(refute, known=known, places=places), steps))  # to the last one; each returns nothing
    if count:
        wanted = len(found) * (1 + affine)  # the cone has a mirror image
        lines = [*rows, infinity] if affine else rows
        counted = count_regions(lines, wanted, budget)
        need(counted == wanted, f"{place}.count", f"{len(found)} is not the number of regions")
    return found


def signed_masks(regions):
    """List all neurons (region, output sign) by how they are written, [mask, sign]; each has an active row."""
    masks = {signs.translate(MASK): signs for signs in regions if "+" in signs}
    return {json.dumps([mask, o]): (signs, o) for mask, signs in masks.items() for o in (1, -1)}


def check_regions(data, claim, first, run, budget):
    """Check the claim that these are all regions of an arrangement."""
    rows, offsets = fields(data, "input", "rows", "offsets")
    normals = matrix(rows, "input.rows")
    shifts = None if offsets is None else vector(offsets, "input.offsets", len(normals))
    found = len(regions_of(first, normals, shifts, "first", run, budget))
    need(vector(fields(claim, "claim", "regions"), "claim") == [found], "claim", f"it is {found} regions")
    return f"{found} regions"


def cell_of(entry, neurons, rows, size, outputs):
    """Check the witness of one cell of a tuple."""
    here, signs, witness, budget = entry
    if any(s not in options for s, options in zip(signs, outputs)):
        raise Rejected(f"{here}: the active neurons do not allow these signs")
    m, d = len(neurons), len(rows[0])
    points = [vector(w, here, d) for w in items(witness, here, m)]
    flat, _ = cleared([a for w in points for a in w], budget)
    budget.spend(len(rows) * (m * d * step(size, longest(flat)) + 4 * m))
    u = [0] * len(rows)
    for k, (region, o) in enumerate(neurons):
        w = flat[k * d : k * d + d]
        for i, row in enumerate(rows):
            value = dot(row, w)
            need("0+-"[sign(value)] == region[i], here, "a weight vector is outside of its region")
            u[i] += o * max(value, 0)
    if "".join(["0+-"[sign(value)] for value in u]) != signs:
        raise Rejected(f"{here}: the witness does not have the signs {signs}")


def tuple_of(entry, budget, signed, m, rows, scales, size):
    """Check that the cells of a tuple are all sign vectors of u: its place, it, its mirror image, the sign vectors."""
    place, value = entry
    n, d = len(rows), len(rows[0])
    names, cells, leaves = fields(value, place, "neurons", "cells", "leaves")
    neurons = [signed.get(json.dumps(name)) for name in items(names, f"{place}.neurons", m)]
    need(None not in neurons and len(set(neurons)) == m, f"{place}.neurons", "they are not different signed masks")
    budget.spend(20 * m * n)
    outputs = [{"0+-"[o] for signs, o in neurons if signs[i] == "+"} or {"0"} for i in range(n)]
    mixed, found = [i for i, options in enumerate(outputs) if len(options) == 2], []
    for here, signs, witness in by_signs(cells, f"{place}.cells", n):
        cell_of((here, signs, witness, budget), neurons, rows, size, outputs)
        found.append(signs)
    depth = {i: k for k, i in enumerate(mixed)}
    for leaf, prefix, where in replay(found, mixed, items(leaves, f"{place}.leaves"), place, budget):
        terms = []  # c x_i.w_j, or c u_i where j is -1: all positive, and their sum is 0
        for j, i, c in (items(term, where, 3) for term in items(leaf, where)):
            j, i, c = index(j, where, -1, m), index(i, where, 0, n), number(c, where)
            k = depth.get(i, n)
            known = prefix[k : k + 1] if j < 0 else neurons[j][0][i]
            need(
                c and known == "0+-"[sign(c)],
                where,
                f"the multiple of row {i} (neuron {j}) is not positive in the cone",
            )
            budget.spend(price(c, scales[i]))
            terms.append((j, i, c / scales[i]))
        factors, _ = cleared([c for _, _, c in terms], budget)
        budget.spend(len(terms) * m * d * step(size, longest(factors)) + m * d)
        sums = [[0] * d for _ in neurons]
        for (j, i, _), c in zip(terms, factors):
            for k, (signs, output) in enumerate(neurons):
                by = c if k == j else c * output if j < 0 and signs[i] == "+" else 0
                if by:
                    sums[k] = [a + by * x for a, x in zip(sums[k], rows[i])]
        need(leaf and not any(map(any, sums)), where, "it is empty, or not 0")
    key, mirror = (frozenset((signs, o * flip) for signs, o in neurons) for flip in (1, -1))
    return place, key, mirror, found


def check_second_layer(data, claim, first, tuples, run, budget):
    """Check the claim that these are all pairs of a width: all tuples up to mirror images, and all cells of each."""
    rows, width = fields(data, "input", "rows", "width")
    x, width = matrix(rows, "input.rows"), index(width, "input.width", 1, WIDEST)
    regions = regions_of(first, x, None, "first", run, budget)
    signed, seen, masks, pairs = signed_masks(regions), set(), set(), 0
    m = min(width, len(signed))
    entries = ((f"tuples[{k}]", entry) for k, entry in enumerate(items(tuples, "tuples")))
    lines, scales = zip(*table_of(x, budget))
    check = partial(tuple_of, signed=signed, m=m, rows=lines, scales=scales, size=max(map(longest, lines)))
    for place, key, mirror, cells in each(check, entries, run, budget):
        need(key not in seen, place, "this tuple or its mirror image is there already")
        seen |= {key, mirror}
        budget.spend(4 * len(cells) * len(x))
        masks.update(signs.translate(MASK) for signs in cells)
        masks.update(signs.translate(MIRROR) for signs in cells)
        pairs += len(cells) * len({key, mirror})
    need(len(seen) == comb(len(signed), m), "tuples", f"they are not all {m} of {len(signed)} neurons")
    found = [len(regions), len(seen), pairs, len(masks)]
    claimed = vector(fields(claim, "claim", "regions", "tuples", "pairs", "masks"), "claim")
    need(claimed == found, "claim", f"regions, tuples, pairs and masks are {found}")
    return f"{found[0]} regions; {found[1]} tuples, {pairs} pairs and {found[3]} masks of width {width}"


def check_optimum(data, claim, network, first, dual, run, budget):
    """Check the claim that no network of the width costs less than `lower`, and this one at most `upper`."""
    more = ["weights"] if isinstance(data, dict) and "weights" in data else []  # without them all are 1
    rows, targets, penalty, width, named, *own = fields(
        data, "input", "rows", "targets", "beta", "width", "loss", *more
    )
    x, beta, (loss, conjugate) = matrix(rows, "input.rows"), number(penalty, "input.beta"), loss_of(named)
    m = None if width is None else index(width, "input.width", 1, WIDEST)  # null: any number
    ys = [vector(y, f"input.targets[{k}]", len(x)) for k, y in enumerate(items(targets, "input.targets"))]
    need(ys and beta > 0, "input", "there must be an output, and beta must be positive")
    weights = weights_of(own, len(x))
    upper, lower = vector(fields(claim, "claim", "upper", "lower"), "claim")
    table = table_of(x, budget)
    cost = objective(network, table, ys, beta, m, loss, weights, budget)
    need(cost <= upper, "claim.upper", "the network costs more")
    regions, proven = regions_of(first, x, None, "first", run, budget), Fraction(0)
    signed = signed_masks(regions)
    scaled = scaled_table(table, budget)
    for k, (y, part) in enumerate(zip(ys, items(dual, "dual", len(ys)))):
        v = dual_vector(part, f"dual[{k}]", scaled, beta, m, signed, regions, budget)
        budget.spend(sum(1_000 + 4 * price(a, t, w) for a, t, w in zip(v, y, weights)))
        own = enumerate(zip(v, y, weights))
        proven += total((w * conjugate(a / w, t, f"dual[{k}].v[{i}]") for i, (a, t, w) in own), budget)
    need(proven >= lower, "claim.lower", "the dual vectors prove less")
    low, up = (Context(12, r).divide(*b.as_integer_ratio()) for r, b in ((ROUND_FLOOR, lower), (ROUND_CEILING, upper)))
    return f"the optimum of {f'width {m}' if m else 'unlimited width'} is between {low:g} and {up:g} (rounded outwards)"


def weights_of(own, n):
    """Read the weights of n rows from a list that holds them, or nothing if all are 1."""
    weights = vector(own[0], "input.weights", n) if own else [Fraction(1)] * n
    for i, w in enumerate(weights):
        need(w > 0, f"input.weights[{i}]", "it must be positive")
    return weights


def loss_of(value):
    """Read a loss: l(f, y), rounded upwards, and D(v) = min over f of l(f, y) + v f, rounded downwards."""
    name, t = fields(value, "input.loss", "name", "threshold")
    t = number(t, "input.loss") if name == "huber" else t
    fits = t > 0 if name == "huber" else name in ("squared", "hinge", "logistic") and t is None
    need(fits, "input.loss", f"{name!a:.40} is no loss, or its threshold is not above 0 (huber) or null (others)")
    rough, error = Context(prec=60), Fraction(1, 10**50)  # a few steps with 60 digits lose far less than the error

    def above(f, y):
        if name == "hinge":
            return max(1 - y * f, 0)
        if name == "logistic":  # log(1 + exp(-y f)) = max(-y f, 0) + log(1 + exp(-|f|)), and this falls with |f|
            z = rough.divide(*max(-abs(f), Fraction(-1000)).as_integer_ratio())
            return max(-y * f, 0) + Fraction(rough.ln(rough.add(1, rough.exp(z)))) + error
        e = abs(f - y)
        return e * e / 2 if t is None or e <= t else t * (e - t / 2)

    def below(v, y, place):
        if name in ("squared", "huber"):
            need(t is None or abs(v) <= t, place, "it is beyond the threshold")
            return v * y - v * v / 2
        p = v * y
        need(y in (1, -1) and 0 <= p <= 1, place, f"the {name} loss needs labels y of 1 and -1, and v y from 0 to 1")
        if name == "hinge":
            return p
        parts = [rough.divide(*part.as_integer_ratio()) for part in (p, 1 - p) if part]
        return -sum(Fraction(rough.multiply(part, rough.ln(part))) for part in parts) - error * (0 < p < 1)

    return above, below


def scaled_table(table, budget):
    """Write a table as integers over one denominator: its columns, the denominator."""
    denominators, common = cleared([Fraction(1, q) for _, q in table], budget)
    budget.spend(len(table) * len(table[0][0]) * common.bit_length())  # they are kept
    return list(zip(*([f * a for a in row] for f, (row, _) in zip(denominators, table)))), common


def dual_vector(value, place, scaled, beta, width, signed, regions, budget):
    """Check that every sub-network satisfies the dual constraint at v and at -v; v is returned."""
    scale, values, names, cover = fields(value, place, "scale", "v", "neurons", "cover")
    (columns, q), size = scaled, len(signed)
    n, bits = len(columns[0]), max(map(longest, columns))
    unit, v = number(scale, f"{place}.scale"), vector(values, f"{place}.v", n, whole)
    need(unit > 0, f"{place}.scale", "it must be positive")
    entries = {1: [], -1: []}
    neurons = [signed.get(json.dumps(name)) for name in items(names, f"{place}.neurons", size)]
    need(None not in neurons and len(set(neurons)) == size, f"{place}.neurons", "they are not all signed masks")
    budget.spend(2 * price(beta, q, unit) + sum(price(unit, a) for a in v))
    most = int((beta * q / unit) ** 2)
    for k, entry in enumerate(items(cover, f"{place}.cover")):
        here, members = f"{place}.cover[{k}]", bytearray(size)
        o, plus, minus, good = items(entry, here, 4)
        plus, minus = (vector(c, here, n, whole) for c in (plus, plus if minus is None else minus))
        need(o in (1, -1) and type(o) is int, here, "it must begin with 1 or -1")
        need(all(a >= b for a, b in zip(plus, minus)), here, "c+ is below c- at some row")
        budget.spend(10 * n + size)
        for j, terms in (items(item, here, 2) for item in items(good, here)):
            j = index(j, here, 0, size)
            signs, output = neurons[j]
            c = [(a if output > 0 else -b) if s == "+" else 0 for a, b, s in zip(plus, minus, signs)]
            for i, add in (items(term, here, 2) for term in items(terms, here)):
                i = index(i, here, 0, n)
                c[i] += SIGN[signs[i]] * whole(add, here, 0)
            long = longest(c)
            budget.spend(10 * n + len(columns) * (n * step(long, bits) + step(long + bits, long + bits)))
            need(sum(dot(c, column) ** 2 for column in columns) <= most, here, f"neuron {j} is not bounded by beta")
            members[j] = 1
        above = as_bits(a >= o * b for a, b in zip(plus, v))  # rows that may be +
        entries[o].append((above, as_bits(b <= 0 for b in minus), as_bits(members)))
    for o, known in entries.items():
        cover_tuples(known, neurons, min(width or size, size), f"{place}.cover, output sign {o}", budget, regions)
    return [unit * a for a in v]


def as_bits(flags):
    """Write truth values as the bits of an integer, the first as the last bit."""
    return int("".join(["1" if flag else "0" for flag in flags])[::-1] or "0", 2)


def cover_tuples(entries, neurons, m, place, budget, regions=()):
    """Check that all m neurons are covered: with all that may still join them, or else for each one that may.

    Two of different output signs have but for limits the signs of a region; they may be covered region by region.
    """
    size, active = len(neurons), [as_bits(s == "+" for s in signs) for signs, _ in neurons]
    sides = [tuple(as_bits(s == sign for s in signs) for sign in "+-") for signs in regions]
    later = [(0, 0)]  # rows where u may be positive, negative, by the neurons from the last one on
    for rows, (_, o) in zip(reversed(active), reversed(neurons)):
        up, down = later[-1]
        later.append((up | rows, down) if o > 0 else (up, down | rows))

    def settled(chosen, start, up, down, known):
        """Whether the chosen neurons, with those from `start` on that may still join, are covered."""
        members = chosen | (1 << size) - (1 << start)  # as bits
        budget.spend(40 + 2 * len(known) * (8 + (size >> 6)))
        good, (rest_up, rest_down) = [e for e in known if not members & ~e[2]], later[size - start]
        up, down = up | rest_up, down | rest_down
        if covers(good, up, down, budget):
            return True
        first, last = (neurons[b.bit_length() - 1][1] for b in (members & -members, members)) if members else (1, 1)
        if m == members.bit_count() == 2 and first != last:
            budget.spend(len(sides) * (20 + ((up | down).bit_length() >> 4)))
            boxes = [(p, q) for p, q in sides if not up & ~down & q and not down & ~up & p]
            if boxes and all(covers(good, up & p, down & q, budget) for p, q in boxes):
                return True
        need(members.bit_count() > m, place, f"nothing covers these neurons (as bits): {members:b}")
        return False

    stack = [] if settled(0, 0, 0, 0, entries) else [(0, 0, 0, 0, entries, iter(range(size - m + 1)))]
    while stack:
        chosen, count, up, down, known, following = stack[-1]
        j = next(following, None)
        if j is None:
            stack.pop()
            continue
        bit, more = 1 << j, active[j]
        up, down = (up | more, down) if neurons[j][1] > 0 else (up, down | more)
        budget.spend(len(known) * (4 + (size >> 6)))
        known, start = [e for e in known if e[2] & bit], j + 1 if count + 1 < m else size
        if not settled(chosen | bit, start, up, down, known):
            stack.append((chosen | bit, count + 1, up, down, known, iter(range(start, size - m + count + 2))))


def covers(entries, up, down, budget):
    """Whether each choice of signs, + only at rows in `up` and - only at rows in `down`, is allowed by an entry."""
    stack = [(entries, up, down)]
    while stack:
        entries, up, down = stack.pop()
        budget.spend(20 + len(entries) * (8 + ((up | down).bit_length() >> 5)))
        if any(not up & ~above and not down & ~below for above, below, _ in entries):
            continue
        both = up & down
        entries = [e for e in entries if not (up ^ both) & ~e[0] and not (down ^ both) & ~e[1]]
        if not entries:  # none allows the signs that are decided
            return False
        row = both & ~(entries[0][0] & entries[0][1])
        row &= -row
        stack += [(entries, up ^ row, down), (entries, up, down ^ row)]
    return True


def objective(network, table, ys, beta, width, loss, weights, budget):
    """The sum of w l(f, y) + beta/2 sum (||w_2||^2 + ||w_3||_1^2), with ||W_1||_F <= 1 and at most `width` neurons."""
    parts, decay, d = [], [], len(table[0][0])
    bits = max(longest(row) for row, _ in table)
    for k, part in enumerate(items(*fields(network, "network", "subnetworks"), "network.subnetworks")):
        place = f"network.subnetworks[{k}]"
        first, second, last = fields(part, place, "first", "second", "output")
        w1 = [integers(w, f"{place}.first[{j}]", d, budget) for j, w in enumerate(items(first, f"{place}.first"))]
        w2, w3 = vector(second, f"{place}.second", len(w1)), vector(last, f"{place}.output", len(ys))
        need(w1, f"{place}.first", "it must be a table of numbers")
        need(width is None or len(w1) <= width, place, f"it has {len(w1)} neurons, more than {width}")
        long = [longest(w) for w, _ in w1]
        budget.spend(sum(d * step(b, b) + price(p, p) for b, (_, p) in zip(long, w1)))
        norm = total((Fraction(dot(w, w), p * p) for w, p in w1), budget)
        need(norm <= 1, f"{place}.first", "the Frobenius norm is above 1")
        budget.spend(sum(price(a, p) for a, (_, p) in zip(w2, w1)))
        factors, scale = cleared([a / p for a, (_, p) in zip(w2, w1)], budget)
        size = longest(factors)
        budget.spend(len(table) * sum(d * step(bits, b) + step(size, bits + b) + 4 for b in long))
        u = [max(sum(a * max(dot(row, w), 0) for a, (w, _) in zip(factors, w1)), 0) for row, _ in table]
        budget.spend(len(u) * longest(u) + len(w3) * price(scale, *w3))  # they are kept
        parts.append(([w / scale for w in w3], u))
        decay += [a * a for a in w2]
        decay.append(total(map(abs, w3), budget) ** 2)
    costs = [beta / 2 * total(decay, budget)]
    for k, y in enumerate(ys):
        factors, scale = cleared([w3[k] for w3, _ in parts], budget)
        size = longest(factors)
        budget.spend(len(y) * sum(step(size, longest(u)) for _, u in parts))
        for i, (t, w, (_, q)) in enumerate(zip(y, weights, table)):
            f = sum(a * u[i] for a, (_, u) in zip(factors, parts))
            budget.spend(1_000 + 4 * price(f, q, scale, t, w))
            costs.append(w * loss(Fraction(f, q * scale), t))
    return total(costs, budget)


KINDS = {
    "multilayer-arrangements/regions": (1, check_regions, "first"),
    "multilayer-arrangements/second-layer": (1, check_second_layer, "first", "tuples"),
    "multilayer-arrangements/optimum": (2, check_optimum, "network", "first", "dual"),
}


def check(path, run=map):
    """Check the certificate in a file: kind and claim. `run` does what map does. Raises Rejected, or OSError."""
    try:
        text, budget = read(path)
        content = content_of(text)
        del text
        kind = content.pop("format", None) if isinstance(content, dict) else None
        need(isinstance(kind, str) and kind in KINDS, "format", f"{kind!a:.60} is not known")
        current, checker, *own = KINDS[kind]
        version, provenance, data, *rest = fields(content, "file", "version", "provenance", "input", "claim", *own)
        need(version == current and type(version) is int, "version", f"{version!a:.60} is not {current}")
        software, parameters, digest = fields(provenance, "provenance", "software", "parameters", "sha256")
        need(isinstance(software, str) and isinstance(parameters, dict), "provenance", "names software and parameters")
        canonical = json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
        need(digest == hashlib.sha256(canonical).hexdigest(), "provenance.sha256", "it is not that of the input")
        return kind.rpartition("/")[2], checker(data, *rest, run, budget)
    except (EOFError, gzip.BadGzipFile, DamagedError):
        raise Rejected("file: it is damaged, and cannot be unpacked") from None
    except UnicodeDecodeError:
        raise Rejected("file: it is not UTF-8") from None
    except RecursionError:
        raise Rejected("file: it is nested too deeply for what the interpreter has left") from None
    except MemoryError:
        raise Rejected("file: it takes more memory than there is") from None


def main(arguments):
    """Check one file: 0 accepted, 3 rejected, 2 wrong usage or no such file."""
    if len(arguments) != 1:
        print("usage: python checker.py FILE", file=sys.stderr)
        return 2
    try:
        print("accepted: {}: {}".format(*check(arguments[0])))
    except Rejected as reason:
        print(f"rejected: {reason}")
        return 3
    except OSError as error:
        print(f"{arguments[0]}: cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
