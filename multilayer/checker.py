"""Check a certificate: standard library only, nothing of the project. Run `python checker.py FILE`.

Accepting means that the claim is true; docs/proofs/certificates.md states the format and proves that. All arithmetic is
that of rational numbers. What is not understood is rejected, and so is what takes too many steps: each costs more the
longer its numbers are, and all of a file are paid from one budget. A file of version 3 says how each step is
proven, and is followed once; in earlier ones trees and covers are searched for first.

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

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?\Z")
EXACT = 2**53  # JSON integers beyond this are no exact numbers: many programs read floats
TEXT, LONG = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL), re.compile(r"[0-9]{100,}")
DIGITS, LITERAL, DEPTH = 100_000, 600, 100  # of a number as text; as a JSON integer; levels of lists and objects
SIGN = {"+": 1, "-": -1, "0": 0}
WIDEST = 10**100
MASK, MIRROR = str.maketrans("+-0", "101"), str.maketrans("+-0", "011")  # 1 where >= 0; where <= 0
GROWTH, LISTS = 30, 200_000  # of a compressed file; it may have so many lists and objects, and one more for each byte
BRANCH, BY_REGIONS = -1, -2  # tokens of a cover
GRID, UNIT = 1 << 260, 1 << 128  # exponentials are multiples of 1/GRID, logarithms in a file of 1/UNIT
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
    if text == "-0":
        _refused(text)
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
    total = STEPS + STEPS_A_BYTE * min(len(data), 2 * size)
    text = data.decode()
    many = text.count("[") + text.count("{") > LISTS + size  # each is far larger in memory
    need(not many, "file", f"it has more than {LISTS + size} lists and objects")
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
    """Read an exact number: a JSON integer; or text, "p" beyond 2^53, or "p/q" with no divisor in common."""
    if type(value) is int:
        if not -EXACT <= value <= EXACT:
            raise Rejected(f"{place}: {value!a:.60} must be text, as all integers beyond 2^53")
        return Fraction(value)
    fits = isinstance(value, str) and len(value) <= DIGITS and NUMBER.match(value)
    need(fits, place, f"{value!a:.60} is no number")
    p, _, q = value.partition("/")
    p, q = integer(p), integer(q or "1")
    fits = q > 1 and gcd(p, q) == 1 if "/" in value else abs(p) > EXACT
    need(fits, place, f"{value!a:.60} is not written as it must be: an integer up to 2^53, or a reduced fraction")
    return Fraction(p, q)


def whole(value, place, low=None):
    """Read an integer, from low on: a JSON integer, or text beyond 2^53."""
    exact = value if type(value) is int and -EXACT <= value <= EXACT else number(value, place)
    if exact.denominator != 1 or (low is not None and exact < low):
        raise Rejected(f"{place}: {value!a:.40} is not an integer{'' if low is None else f' from {low} on'}")
    return int(exact)


def index(value, place, low, high):
    """Read a JSON integer from low on and below high."""
    if type(value) is not int or not low <= value < high:
        raise Rejected(f"{place}: {value!a:.40} is not a JSON integer in the range from {low} to below {high}")
    return value


def groups(value, size, place):
    """Divide a list into groups of one size."""
    need(len(items(value, place)) % size == 0, place, f"it must be a list of groups of {size}")
    return list(zip(*[iter(value)] * size))


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
    if set(map(type, items(value, place, length))) == {int} and min(value) >= -EXACT and max(value) <= EXACT:
        return value, 1
    return cleared(vector(value, place), budget)


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


def ends(tree, depth, place, budget):
    """Yield the prefixes of signs with which a tree ends, and whether they are of full depth, or refuted.

    The tree has a character for each shorter prefix that goes on, depth first and + before -: the sign that follows, or
    * for both. The other sign is refuted.
    """
    fits = isinstance(tree, str) and not tree.strip("+-*")
    need(fits, place, "it must be text of + - *")
    budget.spend((len(tree) + 1) * (20 + (depth >> 3)))
    used, path, stack = 0, [], [(0, "", True)]
    while stack:
        k, sign_, open_ = stack.pop()
        path[k - 1 :] = [sign_]
        if not open_ or k == depth:
            yield "".join(path), open_
            continue
        mark = tree[used : used + 1]
        if not mark:
            raise Rejected(f"{place}: it ends at the signs {''.join(path)}")
        used += 1
        stack += [(k + 1, "-", mark != "+"), (k + 1, "+", mark != "-")]
    need(used == len(tree), place, f"only {used} of its {len(tree)} characters are of use")


def matched(prefixes, numbers, entries, place):
    """Yield prefixes, each with the next of as many entries and its number."""
    used = 0
    for prefix in prefixes:
        if used == len(entries):
            raise Rejected(f"{place}: there is none for the signs {prefix}")
        yield prefix, numbers[used], entries[used]
        used += 1
    need(used == len(entries), place, f"only {used} of {len(entries)} are of use")


def refuted(tree, depth, leaves, place, here, budget):
    """Yield what a tree refutes: a prefix, the number of the leaf, the leaf."""
    cut = (prefix for prefix, inside in ends(tree, depth, place, budget) if not inside)
    return matched(cut, range(len(leaves)), leaves, here)


def inside(tree, depth, place, budget):
    """Yield the prefixes of full depth of a tree."""
    return (prefix for prefix, inside in ends(tree, depth, place, budget) if inside)


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
    """Check a dependency sum c_i row_i = 0, written [i, c_i, ...], not empty; return its pairs (i, sign of c_i)."""
    terms = groups(value, 2, place)
    circuit = {index(i, place, 0, len(rows)): number(c, place) for i, c in terms}
    need(0 < len(circuit) == len(terms) and all(circuit.values()), place, "rows are repeated, or a number is 0")
    used = [rows[i] for i in circuit]
    budget.spend(sum(price(c, q) for c, (_, q) in zip(circuit.values(), used)))
    factors, _ = cleared([c / q for c, (_, q) in zip(circuit.values(), used)], budget)
    size = longest(factors)
    budget.spend(sum(len(row) * (1 + step(size, longest(row))) for row, _ in used) + 10 * len(used[0][0]))
    for j, column in enumerate(zip(*(row for row, _ in used))):
        if dot(factors, column):
            raise Rejected(f"{place}: the rows do not cancel in column {j}")
    return [(i, sign(c)) for i, c in circuit.items()]


def region_of(entry, budget, rows, size, affine):
    """Check that the witness of a region has its signs; return them. No number in the rows has more bits than size."""
    signs, at, point = entry
    here = f"first.regions[{at}]"
    w, scale = integers(point, here, len(rows[0]) - affine, budget)
    if affine:
        w = [*w, scale]
    budget.spend(len(rows) * len(w) * step(size, longest(w)))
    for i, row in enumerate(rows):
        value = sum(map(mul, row, w))
        if signs[i] != ("+" if value > 0 else "-" if value < 0 else "0") or (not value and any(row)):
            raise Rejected(f"{here}: the witness is not on the side {signs[i]} of row {i}, or on the row")
    return signs


def refute(step, known, places, place):
    """Check that a leaf names a circuit that refutes a prefix; the place of a row that is always positive is None."""
    prefix, at, leaf = step
    where, here = f"{place}[{at}]", []
    for i, s in known[index(leaf, where, 0, len(known))]:
        k = places[i]
        here.append(s if k is None else s if prefix[k : k + 1] == "+" else -s if prefix[k : k + 1] == "-" else 0)
    if set(here) not in ({1}, {-1}):
        raise Rejected(f"{where}: its circuit does not refute the signs {prefix}")


def table_of(rows, budget):
    """Write the rows of a table as pairs: integers, their denominator."""
    return [cleared(row, budget) for row in rows]


def regions_of(body, normals, offsets, old, run, budget):
    """Check a list of regions with its proofs of completeness: the sign vectors, as text."""
    n, d, affine = len(normals), len(normals[0]), offsets is not None
    scaled = table_of([[*row, -b] for row, b in zip(normals, offsets)] if affine else normals, budget)
    rows = [row for row, _ in scaled]
    order = [i for i, row in enumerate(rows) if any(row)]
    read = earlier_regions if old else numbered_regions
    numbers, listed, tree, circuits, leaves, count = read(body, n, order)
    here = ["first.circuits.table", "first.circuits.leaves"] if old else ["first.circuits", "first.leaves"]
    need(type(count) is bool, "first.count", "it must be true or false")
    blank = ["0"] * n

    def filled(prefix):  # rows of zeros have no sign in a prefix
        for i, s in zip(order, prefix):
            blank[i] = s
        return "".join(blank)

    all_signs = inside(tree, len(order), "first.tree", budget)
    if len(order) < n:
        all_signs = map(filled, all_signs)
    size = max(map(longest, rows))
    check = partial(region_of, rows=rows, size=size, affine=affine)
    found = list(each(check, matched(all_signs, numbers, listed, "first.regions"), run, budget))
    infinity = [0] * d + [1]  # t > 0, the last row of the cone
    if circuits is not None:
        cone = [*scaled, (infinity, 1)] if affine else scaled
        known = [circuit_of(c, cone, f"{here[0]}[{k}]", budget) for k, c in enumerate(circuits)]
        places = [n] * n + [None]  # in the prefixes; zero rows are nowhere in them
        for k, i in enumerate(order):
            places[i] = k
        steps = refuted(tree, len(order), leaves, "first.tree", here[1], budget)
        budget.spend(4 * len(leaves) * max(map(len, known), default=0))
        check = partial(refute, known=known, places=places, place=here[1])
        set(run(check, steps))  # to the last one; each returns nothing
    if count:
        wanted = len(found) * (1 + affine)  # the cone has a mirror image
        lines = [*rows, infinity] if affine else rows
        counted = count_regions(lines, wanted, budget)
        need(counted == wanted, "first.count", f"{len(found)} is not the number of regions")
    return found


def numbered_regions(body, _n, _order):
    """Read `first`: numbers of regions, their witnesses, the tree, circuits, leaves, and whether to count."""
    listed, tree, circuits, leaves, count = fields(body, "first", "regions", "tree", "circuits", "leaves", "count")
    listed, circuits = items(listed, "first.regions"), items(circuits, "first.circuits")
    return range(len(listed)), listed, tree, circuits, items(leaves, "first.leaves"), count


def all_neurons(regions, old):
    """List all neurons (region, output sign) by how they are written; each has an active row.

    That is 2 r, or 2 r + 1 for the output sign -1, r the place of the region; earlier it was [mask, output sign].
    """
    named = {}
    for r, signs in enumerate(regions):
        if "+" in signs:
            for k, o in enumerate((1, -1)):
                named[json.dumps([signs.translate(MASK), o] if old else 2 * r + k)] = (signs, o)
    return named


def texts_of(value, place, length):
    """Check that a value is null, or a list of that many texts."""
    for x in items([] if value is None else value, place, None if value is None else length):
        need(isinstance(x, str), place, f"{x!a:.40} is no text")


def check_regions(data, claim, old, run, budget, first):
    """Check the claim that these are all regions of an arrangement."""
    rows, offsets, columns = fields(data, "input", "rows", "offsets", "columns")
    normals = matrix(rows, "input.rows")
    texts_of(columns, "input.columns", len(normals[0]))
    shifts = None if offsets is None else vector(offsets, "input.offsets", len(normals))
    found = len(regions_of(first, normals, shifts, old, run, budget))
    need(vector(fields(claim, "claim", "regions"), "claim") == [found], "claim", f"it is {found} regions")
    return f"{found} regions"


def cell_of(entry, place, neurons, rows, size, mixed, forced, budget):
    """Check the witness of one cell of a tuple; return its signs: those of a prefix at mixed rows, else forced ones."""
    prefix, at, witness = entry
    here = f"{place}.cells[{at}]"
    for i, s in zip(mixed, prefix):
        forced[i] = s
    signs = "".join(forced)
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
    return signs


def numbered_tuple(value, place, _mixed, _forced):
    """Read a tuple: numbers of its cells, their witnesses, their tree, the leaves."""
    cells, tree, leaves = items(value[1], f"{place}.cells"), value[2], items(value[3], f"{place}.leaves")
    return range(len(cells)), cells, tree, leaves


def tuple_of(entry, budget, old, signed, m, rows, scales, size):
    """Check that the cells of a tuple are all sign vectors of u: its place, it, its mirror image, the sign vectors."""
    place, value = entry
    n, d = len(rows), len(rows[0])
    value = fields(value, place, "neurons", "cells", *([] if old else ["tree"]), "leaves")
    neurons = [signed.get(json.dumps(name)) for name in items(value[0], f"{place}.neurons", m)]
    need(None not in neurons and len(set(neurons)) == m, f"{place}.neurons", "they are not different neurons")
    budget.spend(20 * m * n)
    outputs = [{"0+-"[o] for signs, o in neurons if signs[i] == "+"} or {"0"} for i in range(n)]
    mixed, forced = [i for i, options in enumerate(outputs) if len(options) == 2], [min(o) for o in outputs]
    read = earlier_tuple if old else numbered_tuple
    numbers, listed, tree, leaves = read(value, place, mixed, forced)
    cells = matched(inside(tree, len(mixed), f"{place}.tree", budget), numbers, listed, f"{place}.cells")
    found = [cell_of(cell, place, neurons, rows, size, mixed, forced, budget) for cell in cells]
    depth = {i: k for k, i in enumerate(mixed)}
    for prefix, at, leaf in refuted(tree, len(mixed), leaves, f"{place}.tree", f"{place}.leaves", budget):
        where = f"{place}.leaves[{at}]"
        terms = []  # c x_i.w_j, or c u_i where j is -1: all positive, and their sum is 0
        for j, i, c in groups(leaf, 3, where):
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


def check_second_layer(data, claim, old, run, budget, first, tuples):
    """Check the claim that these are all pairs of a width: all tuples up to mirror images, and all cells of each."""
    rows, width, columns = fields(data, "input", "rows", "width", "columns")
    x, width = matrix(rows, "input.rows"), index(width, "input.width", 1, WIDEST)
    texts_of(columns, "input.columns", len(x[0]))
    regions = regions_of(first, x, None, old, run, budget)
    signed, seen, masks, pairs = all_neurons(regions, old), set(), set(), 0
    m = min(width, len(signed))
    entries = ((f"tuples[{k}]", entry) for k, entry in enumerate(items(tuples, "tuples")))
    lines, scales = zip(*table_of(x, budget))
    check = partial(tuple_of, old=old, signed=signed, m=m, rows=lines, scales=scales, size=max(map(longest, lines)))
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


def check_optimum(data, claim, old, run, budget, network, first, dual, logarithms=None):
    """Check the claim that no network of the width costs less than `lower`, and this one at most `upper`."""
    rows, targets, weights, penalty, width, named, *texts = fields(
        data, "input", "rows", "targets", "weights", "beta", "width", "loss", "columns", "outputs", "classes"
    )
    x, beta, (loss, conjugate) = matrix(rows, "input.rows"), number(penalty, "input.beta"), loss_of(named)
    m = None if width is None else index(width, "input.width", 1, WIDEST)  # null: any number
    ys = [vector(y, f"input.targets[{k}]", len(x)) for k, y in enumerate(items(targets, "input.targets"))]
    need(ys and beta > 0, "input", "there must be an output, and beta must be positive")
    weights = weights_of(weights, len(x))
    described(texts, x, ys)
    upper, lower = vector(fields(claim, "claim", "upper", "lower"), "claim")
    logistic = named["name"] == "logistic" and not old
    losses, entropies = logarithms_of(logarithms, logistic, len(ys), len(x), budget)
    table = table_of(x, budget)
    cost = objective(network, table, ys, beta, m, loss, losses, weights, budget)
    need(cost <= upper, "claim.upper", "the network costs more")
    regions, proven = regions_of(first, x, None, old, run, budget), Fraction(0)
    signed = all_neurons(regions, old)
    scaled = scaled_table(table, budget)
    for k, (y, part) in enumerate(zip(ys, items(dual, "dual", len(ys)))):
        v = dual_vector(part, f"dual[{k}]", scaled, beta, m, signed, regions, old, budget)
        budget.spend(sum(1_000 + 4 * price(a, t, w) for a, t, w in zip(v, y, weights)))
        terms = enumerate(zip(v, y, weights, entropies[k]))
        proven += total((w * conjugate(a / w, t, f"dual[{k}].v[{i}]", log) for i, (a, t, w, log) in terms), budget)
    need(proven >= lower, "claim.lower", "the dual vectors prove less")
    low, up = (Context(12, r).divide(*b.as_integer_ratio()) for r, b in ((ROUND_FLOOR, lower), (ROUND_CEILING, upper)))
    return f"the optimum of {f'width {m}' if m else 'unlimited width'} is between {low:g} and {up:g} (rounded outwards)"


def described(texts, x, ys):
    """Check that the names of columns, outputs and classes fit the data."""
    columns, outputs, classes = texts
    texts_of(columns, "input.columns", len(x[0]))
    texts_of(outputs, "input.outputs", len(ys))
    texts_of(classes, "input.classes", 2 if len(ys) == 1 else len(ys))
    fits = classes is None or all({1, -1}.issuperset(y) for y in ys)
    need(fits, "input.classes", "where there are classes, all targets must be 1 or -1")


def weights_of(value, n):
    """Read the weights of n rows; null if all are 1."""
    weights = [Fraction(1)] * n if value is None else vector(value, "input.weights", n)
    for i, w in enumerate(weights):
        need(w > 0, f"input.weights[{i}]", "it must be positive")
    return weights


def loss_of(value):
    """Read a loss: l(f, y) from above, and D(v) = min over f of l(f, y) + v f from below.

    Each takes bounds of the logarithms that the logistic loss has, and proves them; None to find some.
    """
    name, t = fields(value, "input.loss", "name", "threshold")
    t = number(t, "input.loss") if name == "huber" else t
    fits = t > 0 if name == "huber" else name in ("squared", "hinge", "logistic") and t is None
    need(fits, "input.loss", f"{name!a:.40} is no loss, or its threshold is not above 0 (huber) or null (others)")

    def above(f, y, place, log):
        if name == "hinge":
            return max(1 - y * f, 0)
        if name == "logistic":  # log(1 + exp(-y f)) = max(-y f, 0) + log(1 + exp(-|f|)), and this falls with |f|
            return max(-y * f, 0) + logistic_rest(min(abs(y * f), Fraction(1000)), log, place)
        e = abs(f - y)
        return e * e / 2 if t is None or e <= t else t * (e - t / 2)

    def below(v, y, place, logs):
        if name in ("squared", "huber"):
            need(t is None or abs(v) <= t, place, "it is beyond the threshold")
            return v * y - v * v / 2
        p = v * y
        need(y in (1, -1) and 0 <= p <= 1, place, f"the {name} loss needs labels y of 1 and -1, and v y from 0 to 1")
        if name == "hinge":
            return p
        return sum(part * minus_log(part, log, place) for part, log in zip((p, 1 - p), logs or (None, None)))

    return above, below


def exp_minus(x, up):
    """Bound exp(-x), x >= 0, from above or below by 4096th powers of a series that ends: a multiple of 1/GRID."""
    if x > 4096:  # exp(-4096) < 1/GRID
        return Fraction(int(up), GRID)
    y = x.numerator * GRID // x.denominator if up else -(-x.numerator * GRID // x.denominator)
    p, q, unit = 1, 1, GRID << 12
    for j in range(40 if up else 41, 0, -1):  # 1 - y/j (1 - y/(j + 1) (...)); an even number of terms is above
        p, q = q * unit * j - y * p, q * unit * j
    found = -(-p * GRID // q) if up else max(p * GRID // q, 0)
    for _ in range(12):
        found = -(-found * found // GRID) if up else found * found // GRID
    return Fraction(found, GRID)


def logistic_rest(z, log, place):
    """Check a bound t of log(1 + exp(-z)) from above, z >= 0: exp(-t) is at most 1 / (1 + exp(-z))."""
    bound = log
    if log is None:
        rough = Context(prec=60)
        bound = Fraction(rough.ln(rough.add(1, rough.exp(rough.divide(*(-z).as_integer_ratio()))))) + EARLIER_ERROR
    need(exp_minus(bound, up=True) * (1 + exp_minus(z, up=True)) <= 1, place, "its logarithm is not proven")
    return bound


def minus_log(p, log, place):
    """Check a bound a of -log p from below, 0 <= p <= 1: p is at most exp(-a). For p = 0 it is 0."""
    bound = log
    if log is None:
        rough = Context(prec=60)
        share = rough.divide(*p.as_integer_ratio())
        bound = (
            -(Fraction(rough.multiply(share, rough.ln(share))) + EARLIER_ERROR / 2) / p if 0 < p < 1 else Fraction(0)
        )
        bound = max(bound, Fraction(0))
    need(p <= exp_minus(bound, up=False) if p else bound == 0, place, "its logarithm is not proven")
    return bound


def logarithms_of(value, logistic, outputs, rows, budget):
    """Read bounds of logarithms: for each output and row one for the loss, and two for D(v); None if there are none."""
    if not logistic:
        need(value is None, "logarithms", "this loss has none: they must be null")
        return [[None] * rows] * outputs, [[None] * rows] * outputs
    losses, entropies = fields(value, "logarithms", "losses", "entropies")
    budget.spend(outputs * rows * 10_000)

    def unit(x, place):
        exact = whole(x, place, 0)
        budget.spend(price(exact))
        return Fraction(exact, UNIT)

    losses, entropies = items(losses, "logarithms.losses", outputs), items(entropies, "logarithms.entropies", outputs)
    return (
        [vector(part, f"logarithms.losses[{k}]", rows, unit) for k, part in enumerate(losses)],
        [
            [vector(pair, f"logarithms.entropies[{k}][{i}]", 2, unit) for i, pair in enumerate(items(part, here, rows))]
            for k, part, here in ((k, part, f"logarithms.entropies[{k}]") for k, part in enumerate(entropies))
        ],
    )


def scaled_table(table, budget):
    """Write a table as integers over one denominator: its columns, the denominator."""
    denominators, common = cleared([Fraction(1, q) for _, q in table], budget)
    budget.spend(len(table) * len(table[0][0]) * common.bit_length())  # they are kept
    return list(zip(*([f * a for a in row] for f, (row, _) in zip(denominators, table)))), common


def dual_vector(value, place, scaled, beta, width, signed, regions, old, budget):
    """Check that every sub-network satisfies the dual constraint at v and at -v; v is returned."""
    order, cover = ("neurons", "cover") if old else ("order", "covers")
    scale, values, names, covers = fields(value, place, "scale", "v", order, cover)
    (columns, q), size = scaled, len(signed)
    n, bits = len(columns[0]), max(map(longest, columns))
    unit, v = number(scale, f"{place}.scale"), vector(values, f"{place}.v", n, whole)
    need(unit > 0, f"{place}.scale", "it must be positive")
    neurons = [signed.get(json.dumps(name)) for name in items(names, f"{place}.{order}", size)]
    need(None not in neurons and len(set(neurons)) == size, f"{place}.{order}", "they are not all neurons")
    budget.spend(2 * price(beta, q, unit) + sum(price(unit, a) for a in v))
    most, m = int((beta * q / unit) ** 2), min(width or size, size)
    for o, entries, tree, inside in (earlier_covers if old else both_covers)(covers, place):
        known = []
        for here, entry in entries:
            members = bytearray(size)
            plus, minus, good = items(entry, here, 3)
            plus, minus = (vector(c, here, n, whole) for c in (plus, plus if minus is None else minus))
            need(all(a >= b for a, b in zip(plus, minus)), here, "c+ is below c- at some row")
            budget.spend(10 * n + size)
            for item in items(good, here):
                need(items(item, here), here, "a neuron is missing")
                j, terms = index(item[0], here, 0, size), item[1:]
                signs, output = neurons[j]
                c = [(a if output > 0 else -b) if s == "+" else 0 for a, b, s in zip(plus, minus, signs)]
                for i, add in groups(terms, 2, here):
                    i = index(i, here, 0, n)
                    c[i] += SIGN[signs[i]] * whole(add, here, 0)
                long = longest(c)
                budget.spend(10 * n + len(columns) * (n * step(long, bits) + step(long + bits, long + bits)))
                need(sum(dot(c, column) ** 2 for column in columns) <= most, here, f"neuron {j} is not bounded by beta")
                members[j] = 1
            above = as_bits(a >= o * b for a, b in zip(plus, v))  # rows that may be +
            known.append((above, as_bits(b <= 0 for b in minus), as_bits(members)))
        pairs = OpposedPairs(neurons, regions, budget) if m == 2 else None
        if old:
            settle_tuples(neurons, m, SearchedCover(pairs, budget), known, inside, budget)
        else:
            cover = ReplayedCover(known, tree, pairs, f"{inside}.tree", budget)
            settle_tuples(neurons, m, cover, (), inside, budget)
            need(cover.used == len(tree), f"{inside}.tree", f"only {cover.used} of {len(tree)} tokens are of use")
    return [unit * a for a in v]


def as_bits(flags):
    """Write truth values as the bits of an integer, the first as the last bit."""
    return int("".join(["1" if flag else "0" for flag in flags])[::-1] or "0", 2)


def both_covers(covers, place):
    """Read the covers for the signs of an output weight: the sign, entries with their places, the tree, its place."""
    for k, part in enumerate(items(covers, f"{place}.covers", 2)):
        here = f"{place}.covers[{k}]"
        entries, tree = fields(part, here, "entries", "tree")
        named = [(f"{here}.entries[{e}]", entry) for e, entry in enumerate(items(entries, f"{here}.entries"))]
        yield (1, -1)[k], named, items(tree, f"{here}.tree"), here


def settle_tuples(neurons, m, cover, known, place, budget):
    """Check that all m neurons are covered: with all that may still join, or else for each one that may.

    `known` is what the cover keeps for the neurons that are chosen.
    """
    size, active = len(neurons), [as_bits(s == "+" for s in signs) for signs, _ in neurons]
    later = [(0, 0)]  # rows where u may be positive, negative, by the neurons from the last one on
    for rows, (_, o) in zip(reversed(active), reversed(neurons)):
        up, down = later[-1]
        later.append((up | rows, down) if o > 0 else (up, down | rows))

    def settled(chosen, start, up, down, known):
        """Whether the chosen neurons, with those from `start` on that may still join, are covered."""
        members = chosen | (1 << size) - (1 << start)  # as bits
        budget.spend(40 + (size >> 6))
        rest_up, rest_down = later[size - start]
        if cover.settles(members, up | rest_up, down | rest_down, known):
            return True
        need(members.bit_count() > m, place, f"nothing covers these neurons (as bits): {members:b}")
        return False

    stack = [] if settled(0, 0, 0, 0, known) else [(0, 0, 0, 0, known, iter(range(size - m + 1)))]
    while stack:
        chosen, count, up, down, known, following = stack[-1]
        j = next(following, None)
        if j is None:
            stack.pop()
            continue
        bit, more = 1 << j, active[j]
        up, down = (up | more, down) if neurons[j][1] > 0 else (up, down | more)
        known, start = cover.narrowed(known, bit), j + 1 if count + 1 < m else size
        if not settled(chosen | bit, start, up, down, known):
            stack.append((chosen | bit, count + 1, up, down, known, iter(range(start, size - m + count + 2))))


class OpposedPairs:
    """Pairs of neurons of different output signs: where u is not 0 it has but for limits the signs of a region."""

    def __init__(self, neurons, regions, budget):
        self.neurons, self.budget = neurons, budget
        self.sides = [tuple(as_bits(s == sign for s in signs) for sign in "+-") for signs in regions]

    def parts(self, members, up, down):
        """List the parts of a box, one for each region that is possible; none if these neurons are no such pair."""
        pair = members.bit_count() == 2
        if not pair or len({self.neurons[b.bit_length() - 1][1] for b in (members & -members, members)}) < 2:
            return []
        self.budget.spend(len(self.sides) * (20 + ((up | down).bit_length() >> 4)))
        possible = [(p, q) for p, q in self.sides if not up & ~down & q and not down & ~up & p]
        return [(up & p, down & q) for p, q in possible]


class ReplayedCover:
    """A cover whose tree says which entry, if not the one before, covers the first part that is left."""

    def __init__(self, entries, tree, pairs, place, budget):
        self.entries, self.tree, self.pairs, self.place, self.budget = entries, tree, pairs, place, budget
        self.used, self.entry = 0, None  # there is no entry before the first

    def narrowed(self, known, _bit):
        """Nothing is kept for the neurons that are chosen."""
        return known

    def token(self):
        """Take the next token of the tree."""
        need(self.used < len(self.tree), self.place, "it ends early")
        self.used += 1
        return index(self.tree[self.used - 1], f"{self.place}[{self.used - 1}]", BY_REGIONS, len(self.entries))

    def allows(self, members, up, down):
        """Whether the entry before is good for these neurons, and allows + at rows in `up` and - at rows in `down`."""
        if self.entry is None:
            return False
        above, below, good = self.entry
        return not members & ~good and not up & ~above and not down & ~below

    def settles(self, members, up, down, _known):
        """Whether the tree has a proof for these neurons, which is checked, or branches."""
        if self.allows(members, up, down):
            return True
        token, parts = self.token(), [(up, down)]
        if token == BRANCH:
            return False
        if token == BY_REGIONS:
            parts = self.pairs.parts(members, up, down) if self.pairs else []
            need(parts, self.place, "these neurons are no opposed pair that has a region")
        else:
            self.used -= 1
        parts.reverse()
        while parts:
            up, down = parts.pop()
            self.budget.spend(20 + ((up | down).bit_length() >> 5) + (members.bit_length() >> 5))
            if not self.allows(members, up, down):
                parts += reversed(self.divided(members, up, down))
        return True

    def divided(self, members, up, down):
        """Take an entry that covers a part but for some rows where it allows one sign: the parts with the other one."""
        e = self.token()
        here = f"{self.place}[{self.used - 1}]"
        need(e >= 0, here, "an entry must follow")
        self.entry, left = self.entries[e], []
        above, below, _ = self.entry
        rows = up & down & ~(above & below)
        self.budget.spend(20 + rows.bit_count() * (6 + 2 * up.bit_length()))  # the parts are kept
        while rows:
            row = rows & -rows
            rows ^= row
            if above & row:
                left.append((up ^ row, down))
                down ^= row
            else:
                left.append((up, down ^ row))
                up ^= row
        need(
            self.allows(members, up, down), here, "the entry does not allow these signs, or is not good for the neurons"
        )
        return left


def objective(network, table, ys, beta, width, loss, losses, weights, budget):
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
        for i, (t, w, (_, q), log) in enumerate(zip(y, weights, table, losses[k])):
            f = sum(a * u[i] for a, (_, u) in zip(factors, parts))
            budget.spend(1_000 + 4 * price(f, q, scale, t, w))
            costs.append(w * loss(Fraction(f, q * scale), t, f"row {i}", log))
    return total(costs, budget)


EARLIER_ERROR = Fraction(1, 10**50)  # that was left for logarithms


def earlier_input(data, *added):
    """Write the input of an earlier version as one of today: no names, and weights only where they are not 1."""
    fits = isinstance(data, dict) and not data.keys() & set(added)
    need(fits, "input", "it must be an object, with the fields of its version")
    need(data.get("weights", ()) is not None, "input.weights", "they must be left out where all are 1")
    return {**dict.fromkeys(added), **({"weights": None} if "outputs" in added else {}), **data}


def earlier_entries(value, place, length):
    """Read a list of [text of signs, something], no signs twice: the number of an entry, its signs and the rest."""
    seen = set()
    for k, entry in enumerate(items(value, place)):
        text, rest = items(entry, f"{place}[{k}]", 2)
        fits = isinstance(text, str) and len(text) == length and not text.strip("+-0") and text not in seen
        need(fits, f"{place}[{k}]", f"it must begin with text of {length} signs + - 0 that is not there already")
        seen.add(text)
        yield k, text, rest


def tree_of(listed, depth, place):
    """Make the tree of different prefixes of full depth, in order."""
    need(listed, place, "nothing is listed")
    tree, places, before = [], [0] * depth, None
    for signs in listed:
        common = -1
        if before is not None:
            common = next(i for i in range(depth) if before[i] != signs[i])
            tree[places[common]] = "*"
        for k in range(common + 1, depth):
            places[k] = len(tree)
            tree.append(signs[k])
        before = signs
    return "".join(tree)


def earlier_order(entries, rows, forced, place):
    """Sort entries by their signs at some rows; at the others they must be as forced. Make their tree."""
    listed, others = [], sorted(set(range(len(forced))).difference(rows))
    for k, text, rest in entries:
        fits = all(text[i] == forced[i] for i in others) and all(text[i] != "0" for i in rows)
        need(fits, f"{place}[{k}]", f"the signs {text} cannot be")
        listed.append(("".join([text[i] for i in rows]), k, rest))
    listed.sort(key=lambda entry: entry[0])
    prefixes, numbers, found = zip(*listed) if listed else ((), (), ())
    return numbers, found, tree_of(prefixes, len(rows), place)


def earlier_regions(body, n, order):
    """Read `first` of an earlier version, as `numbered_regions` does; without circuits they are None."""
    listed, circuits, count = fields(body, "first", "regions", "circuits", "count")
    need(count is True or circuits is not None, "first", "there is no proof of completeness")
    found = earlier_order(earlier_entries(listed, "first.regions", n), order, "0" * n, "first.regions")
    if circuits is None:
        return *found, None, [], count
    table, leaves = fields(circuits, "first.circuits", "table", "leaves")
    flat = [flattened(c, 2, f"first.circuits.table[{k}]") for k, c in enumerate(items(table, "first.circuits.table"))]
    return *found, flat, items(leaves, "first.circuits.leaves"), count


def flattened(value, size, place):
    """Write a list of groups of one size without the groups."""
    return [x for group in items(value, place) for x in items(group, place, size)]


def earlier_tuple(value, place, mixed, forced):
    """Read a tuple of an earlier version, as `numbered_tuple` does."""
    _, cells, leaves = value
    entries = earlier_entries(cells, f"{place}.cells", len(forced))
    found, here = earlier_order(entries, mixed, forced, f"{place}.cells"), f"{place}.leaves"
    return *found, [flattened(leaf, 3, f"{here}[{k}]") for k, leaf in enumerate(items(leaves, here))]


def earlier_covers(cover, place):
    """Read the cover of an earlier version, as `both_covers` does; it has no tree."""
    found = {1: [], -1: []}
    for k, entry in enumerate(items(cover, f"{place}.cover")):
        here = f"{place}.cover[{k}]"
        o, plus, minus, good = items(entry, here, 4)
        need(o in (1, -1) and type(o) is int, here, "it must begin with 1 or -1")
        named = [items(item, here, 2) for item in items(good, here)]
        found[o].append((here, [plus, minus, [[j, *flattened(terms, 2, here)] for j, terms in named]]))
    for o, entries in found.items():
        yield o, entries, None, f"{place}.cover, output sign {o}"


class SearchedCover:
    """A cover of an earlier version, which does not say how: among its entries those are found that cover a box."""

    def __init__(self, pairs, budget):
        self.pairs, self.budget = pairs, budget

    def narrowed(self, known, bit):
        """Keep the entries that are good for one more neuron."""
        self.budget.spend(len(known) * (4 + (bit.bit_length() >> 6)))
        return [entry for entry in known if entry[2] & bit]

    def settles(self, members, up, down, known):
        """Whether these neurons are covered: at once, or region by region."""
        self.budget.spend(2 * len(known) * (8 + (members.bit_length() >> 6)))
        good = [entry for entry in known if not members & ~entry[2]]
        if covers(good, up, down, self.budget):
            return True
        parts = self.pairs.parts(members, up, down) if self.pairs else []
        return bool(parts) and all(covers(good, p, q, self.budget) for p, q in parts)


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


KINDS = {  # what checks it, its fields, those that were added to its input
    "multilayer-arrangements/regions": (1, check_regions, ["first"], ["columns"]),
    "multilayer-arrangements/second-layer": (1, check_second_layer, ["first", "tuples"], ["columns"]),
    "multilayer-arrangements/optimum": (
        2,
        check_optimum,
        ["network", "first", "dual"],
        ["columns", "outputs", "classes"],
    ),
}
VERSION = 3


def check(path, run=map):
    """Check the certificate in a file: kind and claim. `run` does what map does. Raises Rejected, or OSError."""
    try:
        text, budget = read(path)
        content = content_of(text)
        del text
        kind = content.pop("format", None) if isinstance(content, dict) else None
        need(isinstance(kind, str) and kind in KINDS, "format", f"{kind!a:.60} is not known")
        earlier, checker, own, added = KINDS[kind]
        version = content.get("version")
        fits = type(version) is int and version in (earlier, VERSION)
        need(fits, "version", f"{version!a:.60} is not {earlier} or {VERSION}")
        old = version < VERSION
        more = ["logarithms"] if "dual" in own and not old else []
        _, provenance, data, claim, *rest = fields(
            content, "file", "version", "provenance", "input", "claim", *own, *more
        )
        software, parameters, digest = fields(provenance, "provenance", "software", "parameters", "sha256")
        need(isinstance(software, str) and isinstance(parameters, dict), "provenance", "names software and parameters")
        canonical = json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
        need(digest == hashlib.sha256(canonical).hexdigest(), "provenance.sha256", "it is not that of the input")
        data = earlier_input(data, *added) if old else data
        return kind.rpartition("/")[2], checker(data, claim, old, run, budget, *rest)
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
    asked = arguments in (["-h"], ["--help"])
    if asked or len(arguments) != 1:
        print("usage: python checker.py FILE", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
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
