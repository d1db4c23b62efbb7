"""Check a certificate: standard library only, nothing of the project. Run `python checker.py FILE`.

Accepting means that the claim is true; docs/proofs/certificates.md states the format and proves that. All numbers are
fractions; only logarithms are rounded, outwards. What is not understood is rejected.

x_i  row i of the input;  D_j(i)  1 iff neuron j is active on row i;  I_j  its output sign
u_i  second-layer pre-activation, sum_j I_j D_j(i) x_i.w_j, linear where the first-layer regions are fixed
w_i  weight of row i, 1 if the input names none
v_i  dual vector: the loss at row i is at least w_i D(v_i / w_i) - v_i f(x_i), D(v) = min over f of l(f, y_i) + v f
"""

import hashlib
import json
import re
import sys
from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from fractions import Fraction
from functools import partial
from math import comb, lcm

NUMBER = re.compile(r"-?[0-9]+(/0*[1-9][0-9]*)?\Z")
DIGITS, STEPS = 100_000, 500_000_000  # of a number; in the replay of a cover, which can ask for exponentially many


class Rejected(Exception):
    """The certificate proves nothing; the message says where and why."""


def need(condition, place, reason):
    """Reject the certificate unless the condition holds."""
    if not condition:
        raise Rejected(f"{place}: {reason}")


def parse(text, place):
    """Parse one JSON value strictly: no key twice, no floats."""

    def unique(pairs):
        need(len(dict(pairs)) == len(pairs), place, f"a key is repeated among {[k for k, _ in pairs]!a:.80}")
        return dict(pairs)

    def refused(literal):
        raise Rejected(f"{place}: the number {literal:.40} is no integer; fractions are text, p/q")

    try:
        return json.loads(text, object_pairs_hook=unique, parse_float=refused, parse_constant=refused)
    except ValueError as error:
        raise Rejected(f"{place}: it is no JSON: {error}") from None


def load(path):
    """One JSON object; or JSON Lines: a header with "stream": "a.b", the elements of the list a.b, {"end": number}."""
    with open(path, encoding="utf-8", newline="\n") as file:
        text = file.read()
    first, *lines = [line for line in text.split("\n") if line.strip()] or [""]
    if '"stream"' not in first or not lines:
        return parse(text, "file")
    header, end = parse(first, "line 1"), parse(lines.pop(), "the last line")
    need(isinstance(header, dict) and isinstance(header.get("stream"), str), "line 1", "it is no header")
    need(end == {"end": len(lines)}, "the last line", f'it must be {{"end": {len(lines)}}}, else the file is cut short')
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
    fits = type(value) is int or (isinstance(value, str) and len(value) <= DIGITS and NUMBER.match(value))
    need(fits, place, f"{value!a:.60} is no number")
    return Fraction(value)


def whole(value, place, low=None, high=None):
    """Read an integer from low on and below high."""
    exact = number(value, place)
    inside = exact.denominator == 1 and (low is None or exact >= low) and (high is None or exact < high)
    need(inside, place, f"{value!a:.40} is not an integer in the range from {low} to below {high}")
    return int(exact)


def vector(value, place, length=None, kind=number):
    """Read a list of exact numbers, of integers if kind is whole."""
    return [kind(x, f"{place}[{k}]") for k, x in enumerate(items(value, place, length))]


def matrix(value, place, columns=None):
    """Read rows of one length, at least one."""
    rows = [vector(row, f"{place}[{k}]", columns) for k, row in enumerate(items(value, place))]
    need(rows and rows[0] and len({len(row) for row in rows}) == 1, place, "it must be a table of numbers")
    return rows


def by_signs(value, place, length):
    """Read a list of [text of signs, something], no signs twice: place, signs and the rest of each."""
    seen = set()
    for k, entry in enumerate(items(value, place)):
        text, rest = items(entry, f"{place}[{k}]", 2)
        fits = isinstance(text, str) and len(text) == length and not text.strip("+-0") and text not in seen
        need(fits, f"{place}[{k}]", f"it must begin with text of {length} signs + - 0 that is not there already")
        seen.add(text)
        yield f"{place}[{k}]", tuple("-0+".index(c) - 1 for c in text), rest


def dot(a, b):
    """Compute the inner product of two vectors."""
    return sum(x * y for x, y in zip(a, b) if x and y)


def sign(value):
    """Compute the sign of a number: -1, 0 or 1."""
    return (value > 0) - (value < 0)


def replay(listed, rows, leaves, place):
    """Yield each first prefix of signs that no listed vector has, with its leaf: depth first, + before -."""
    used, prefix, stack = 0, [], [(0, (), list(listed))]
    while stack:
        depth, last, inside = stack.pop()
        prefix[depth - len(last) :] = last
        if not inside:
            decided = dict(zip(rows, prefix))
            need(used < len(leaves), place, f"nothing refutes the signs {decided}")
            yield leaves[used], decided, f"{place}.leaves[{used}]"
            used += 1
        elif depth < len(rows):
            for s in (-1, 1):  # the last is looked at first
                stack.append((depth + 1, (s,), [signs for signs in inside if signs[rows[depth]] == s]))
    need(used == len(leaves), place, f"only {used} of {len(leaves)} leaves are of use")


def count_regions(rows, limit):
    """Count central regions by deletion and restriction (Zaslavsky 1975); limit + 1 if there are more."""

    def distinct(lines):  # each divided by its first number that is not 0
        return {tuple(x / next(y for y in line if y) for x in line) for line in lines if any(line)}

    todo, total = [distinct(rows)], 0
    while todo and total + len(todo[-1]) < limit:  # k hyperplanes have more than k regions
        left = todo.pop()
        total += not left
        if left:
            last = left.pop()
            c = next(j for j, x in enumerate(last) if x)
            lines = [[x - row[c] * y for j, (x, y) in enumerate(zip(row, last)) if j != c] for row in left]
            todo += [left, distinct(lines)]
    return limit + 1 if todo else total


def circuit_of(value, rows, place):
    """Check a dependency sum c_i row_i = 0 that is not empty; return its pairs (i, sign of c_i)."""
    terms = [items(term, place, 2) for term in items(value, place)]
    circuit = {whole(i, place, 0, len(rows)): number(c, place) for i, c in terms}
    need(0 < len(circuit) == len(terms) and all(circuit.values()), place, "rows are repeated, or a number is 0")
    for j in range(len(rows[0])):
        need(not sum(c * rows[i][j] for i, c in circuit.items()), place, f"the rows do not cancel in column {j}")
    return [(i, sign(c)) for i, c in circuit.items()]


def region_of(entry, rows, affine):
    """Check that the witness of a region has its signs; return them."""
    here, signs, point = entry
    w = vector(point, here, len(rows[0]) - affine) + [Fraction(1)] * affine
    for i, row in enumerate(rows):
        fits = sign(dot(row, w)) == signs[i] and (signs[i] != 0 or not any(row))
        need(fits, here, f"the witness is not on the side {signs[i]} of row {i}, or on the row")
    return signs


def refute(step, known, n):
    """Check that a leaf names a circuit that refutes the signs which are decided; row n is positive."""
    leaf, decided, where = step
    products = {s * decided.get(i, i == n) for i, s in known[whole(leaf, where, 0, len(known))]}
    need(products in ({1}, {-1}), where, f"its circuit does not refute the signs {decided}")


def regions_of(body, normals, offsets, place, run):
    """Check a list of regions with its proofs of completeness: the sign vectors."""
    listed, circuits, count = fields(body, place, "regions", "circuits", "count")
    need(type(count) is bool and (count or circuits is not None), place, "there is no proof of completeness")
    n, d, affine = len(normals), len(normals[0]), offsets is not None
    rows = [[*row, -b] for row, b in zip(normals, offsets)] if affine else normals
    cone = [*rows, [Fraction(0)] * d + [Fraction(1)]] if affine else rows  # with t > 0, the last row
    found = set(run(partial(region_of, rows=rows, affine=affine), by_signs(listed, f"{place}.regions", n)))
    if circuits is not None:
        here = f"{place}.circuits"
        table, leaves = fields(circuits, here, "table", "leaves")
        known = [circuit_of(c, cone, f"{here}.table[{k}]") for k, c in enumerate(items(table, f"{here}.table"))]
        steps = replay(found, [i for i, row in enumerate(rows) if any(row)], items(leaves, f"{here}.leaves"), here)
        set(run(partial(refute, known=known, n=n), steps))  # to the last one; each returns nothing
    if count:
        wanted = len(found) * (1 + affine)  # the cone has a mirror image
        need(count_regions(cone, wanted) == wanted, f"{place}.count", f"{len(found)} is not the number of regions")
    return found


def signed_masks(regions):
    """List all neurons (region, output sign) by how they are written, [mask, sign]; each has an active row."""
    masks = {"".join("01"[s >= 0] for s in signs): signs for signs in regions if 1 in signs}
    return {json.dumps([mask, o]): (signs, o) for mask, signs in masks.items() for o in (1, -1)}


def check_regions(data, claim, first, run):
    """Check the claim that these are all regions of an arrangement."""
    rows, offsets = fields(data, "input", "rows", "offsets")
    normals = matrix(rows, "input.rows")
    shifts = None if offsets is None else vector(offsets, "input.offsets", len(normals))
    found = len(regions_of(first, normals, shifts, "first", run))
    need(vector(fields(claim, "claim", "regions"), "claim") == [found], "claim", f"it is {found} regions")
    return f"{found} regions"


def tuple_of(entry, signed, m, x):
    """Check that the cells of a tuple are all sign vectors of u: its place, it, its mirror image, the sign vectors."""
    place, value = entry
    names, cells, leaves = fields(value, place, "neurons", "cells", "leaves")
    neurons = [signed.get(json.dumps(name)) for name in items(names, f"{place}.neurons", m)]
    need(None not in neurons and len(set(neurons)) == m, f"{place}.neurons", "they are not different signed masks")
    outputs = [{o for signs, o in neurons if signs[i] > 0} or {0} for i in range(len(x))]
    mixed, found = [i for i, options in enumerate(outputs) if len(options) == 2], []
    for here, signs, witness in by_signs(cells, f"{place}.cells", len(x)):
        need(all(s in outputs[i] for i, s in enumerate(signs)), here, "the active neurons do not allow these signs")
        points = [vector(w, here, len(x[0])) for w in items(witness, here, m)]
        values = [[dot(row, w) for row in x] for w in points]
        inside = all(tuple(map(sign, v)) == region for v, (region, _) in zip(values, neurons))
        u = [sum(o * max(v[i], 0) for v, (_, o) in zip(values, neurons)) for i in range(len(x))]
        need(inside and tuple(map(sign, u)) == signs, here, f"the witness does not have the signs {signs}")
        found.append(signs)
    for leaf, decided, where in replay(found, mixed, items(leaves, f"{place}.leaves"), place):
        factors = [[0] * len(x) for _ in neurons]  # c x_i.w_j, or c u_i where j is -1: all positive, and their sum is 0
        for j, i, c in (items(term, where, 3) for term in items(leaf, where)):
            j, i, c = whole(j, where, -1, m), whole(i, where, 0, len(x)), number(c, where)
            known = decided.get(i, 0) if j < 0 else neurons[j][0][i]
            need(sign(c) * known > 0, where, f"the multiple of row {i} (neuron {j}) is not positive in the cone")
            for k, (signs, output) in enumerate(neurons):
                factors[k][i] += c if k == j else c * output if j < 0 and signs[i] > 0 else 0
        need(leaf and not any(dot(c, column) for c in factors for column in zip(*x)), where, "it is empty, or not 0")
    key, mirror = (frozenset((signs, o * flip) for signs, o in neurons) for flip in (1, -1))
    return place, key, mirror, found


def check_second_layer(data, claim, first, tuples, run):
    """Check the claim that these are all pairs of a width: all tuples up to mirror images, and all cells of each."""
    rows, width = fields(data, "input", "rows", "width")
    x, width = matrix(rows, "input.rows"), whole(width, "input.width", 1)
    regions = regions_of(first, x, None, "first", run)
    signed, seen, masks, pairs = signed_masks(regions), set(), set(), 0
    m = min(width, len(signed))
    entries = ((f"tuples[{k}]", entry) for k, entry in enumerate(items(tuples, "tuples")))
    for place, key, mirror, cells in run(partial(tuple_of, signed=signed, m=m, x=x), entries):
        need(key not in seen, place, "this tuple or its mirror image is there already")
        seen |= {key, mirror}
        masks.update(tuple(s * flip >= 0 for s in signs) for signs in cells for flip in (1, -1))
        pairs += len(cells) * len({key, mirror})
    need(len(seen) == comb(len(signed), m), "tuples", f"they are not all {m} of {len(signed)} neurons")
    found = [len(regions), len(seen), pairs, len(masks)]
    claimed = vector(fields(claim, "claim", "regions", "tuples", "pairs", "masks"), "claim")
    need(claimed == found, "claim", f"regions, tuples, pairs and masks are {found}")
    return f"{found[0]} regions; {found[1]} tuples, {pairs} pairs and {found[3]} masks of width {width}"


def check_optimum(data, claim, network, first, dual, run):
    """Check the claim that no network of the width costs less than `lower`, and this one at most `upper`."""
    more = ["weights"] if isinstance(data, dict) and "weights" in data else []  # without them all are 1
    rows, targets, penalty, width, named, *own = fields(
        data, "input", "rows", "targets", "beta", "width", "loss", *more
    )
    x, beta, (loss, conjugate) = matrix(rows, "input.rows"), number(penalty, "input.beta"), loss_of(named)
    m = None if width is None else whole(width, "input.width", 1)  # null: any number
    ys = [vector(y, f"input.targets[{k}]", len(x)) for k, y in enumerate(items(targets, "input.targets"))]
    need(ys and beta > 0, "input", "there must be an output, and beta must be positive")
    weights = weights_of(own, len(x))
    upper, lower = vector(fields(claim, "claim", "upper", "lower"), "claim")
    need(objective(network, x, ys, beta, m, loss, weights) <= upper, "claim.upper", "the network costs more")
    regions, proven = regions_of(first, x, None, "first", run), Fraction(0)
    signed = signed_masks(regions)
    for k, (y, part) in enumerate(zip(ys, items(dual, "dual", len(ys)))):
        v = dual_vector(part, f"dual[{k}]", x, beta, m, signed, regions)
        own = enumerate(zip(v, y, weights))
        proven += sum(w * conjugate(a / w, t, f"dual[{k}].v[{i}]") for i, (a, t, w) in own)
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


def dual_vector(value, place, x, beta, width, signed, regions):
    """Check that every sub-network satisfies the dual constraint at v and at -v; v is returned."""
    scale, values, names, cover = fields(value, place, "scale", "v", "neurons", "cover")
    unit, v = number(scale, f"{place}.scale"), vector(values, f"{place}.v", len(x), whole)
    need(unit > 0, f"{place}.scale", "it must be positive")
    size, q, entries = len(signed), lcm(*(a.denominator for row in x for a in row)), {1: [], -1: []}
    neurons = [signed.get(json.dumps(name)) for name in items(names, f"{place}.neurons", size)]
    need(None not in neurons and len(set(neurons)) == size, f"{place}.neurons", "they are not all signed masks")
    columns, most = [[int(a * q) for a in column] for column in zip(*x)], int((beta * q / unit) ** 2)
    for k, entry in enumerate(items(cover, f"{place}.cover")):
        here, members = f"{place}.cover[{k}]", 0
        o, plus, minus, good = items(entry, here, 4)
        plus, minus = (vector(c, here, len(x), whole) for c in (plus, plus if minus is None else minus))
        need(o in (1, -1) and type(o) is int, here, "it must begin with 1 or -1")
        need(all(a >= b for a, b in zip(plus, minus)), here, "c+ is below c- at some row")
        for j, terms in (items(item, here, 2) for item in items(good, here)):
            j = whole(j, here, 0, size)
            signs, output = neurons[j]
            c = [(a if output > 0 else -b) if s > 0 else 0 for a, b, s in zip(plus, minus, signs)]
            for i, add in (items(term, here, 2) for term in items(terms, here)):
                i = whole(i, here, 0, len(x))
                c[i] += signs[i] * whole(add, here, 0)
            need(sum(dot(c, column) ** 2 for column in columns) <= most, here, f"neuron {j} is not bounded by beta")
            members |= 1 << j
        above = sum(1 << i for i, (a, b) in enumerate(zip(plus, v)) if a >= o * b)  # rows that may be +, as bits
        entries[o].append((above, sum(1 << i for i, b in enumerate(minus) if b <= 0), members))
    for o, known in entries.items():
        cover_tuples(known, neurons, min(width or size, size), f"{place}.cover, output sign {o}", regions)
    return [unit * a for a in v]


def cover_tuples(entries, neurons, m, place, regions=()):
    """Check that all m neurons are covered: with all that may still join them, or else for each one that may.

    Two of different output signs have but for limits the signs of a region; they may be covered region by region.
    """
    sides = [[sum(1 << i for i, s in enumerate(r) if s == o) for o in (1, -1)] for r in regions]
    active = [sum(1 << i for i, s in enumerate(signs) if s > 0) for signs, _ in neurons]
    size, stack, left = len(neurons), [(0, 0, entries)], [STEPS]  # the steps that are left
    while stack:
        chosen, start, known = stack.pop()  # neurons as bits; those from `start` on may still join
        known, members = [e for e in known if not chosen & ~e[2]], chosen | (1 << size) - (1 << start)
        rows = {1: 0, -1: 0}  # those where u may be positive, negative
        left[0] -= size + len(known)
        for j, (_, output) in enumerate(neurons):
            rows[output] |= active[j] if members >> j & 1 else 0
        good, up, down = [e for e in known if not members & ~e[2]], rows[1], rows[-1]
        if covers(good, up, down, left, place):
            continue
        pair = m == members.bit_count() == 2 and not sum(o for j, (_, o) in enumerate(neurons) if members >> j & 1)
        boxes = [(p, q) for p, q in sides if not up & ~down & q and not down & ~up & p] if pair else []
        if not boxes or not all(covers(good, up & p, down & q, left, place) for p, q in boxes):
            need(members.bit_count() > m, place, f"nothing covers these neurons (as bits): {members:b}")
            for j in range(start, size - m + chosen.bit_count() + 1):
                stack.append((chosen | 1 << j, j + 1 if chosen.bit_count() + 1 < m else size, known))


def covers(entries, up, down, left, place):
    """Whether each choice of signs, + only at rows in `up` and - only at rows in `down`, is allowed by an entry."""
    left[0] -= len(entries)
    need(left[0] > 0, place, f"it takes more than {STEPS} steps")
    if any(not up & ~above and not down & ~below for above, below, _ in entries):
        return True
    both = up & down
    entries = [e for e in entries if not (up ^ both) & ~e[0] and not (down ^ both) & ~e[1]]
    if not entries:  # none allows the signs that are decided
        return False
    row = both & ~(entries[0][0] & entries[0][1])
    row &= -row
    return covers(entries, up, down ^ row, left, place) and covers(entries, up ^ row, down, left, place)


def objective(network, x, ys, beta, width, loss, weights):
    """The sum of w l(f, y) + beta/2 sum (||w_2||^2 + ||w_3||_1^2), with ||W_1||_F <= 1 and at most `width` neurons."""
    fits, decay = [[Fraction(0)] * len(x) for _ in ys], Fraction(0)
    for k, part in enumerate(items(*fields(network, "network", "subnetworks"), "network.subnetworks")):
        place = f"network.subnetworks[{k}]"
        first, second, last = fields(part, place, "first", "second", "output")
        w1, w3 = matrix(first, f"{place}.first", len(x[0])), vector(last, f"{place}.output", len(ys))
        w2 = vector(second, f"{place}.second", len(w1))
        need(width is None or len(w1) <= width, place, f"it has {len(w1)} neurons, more than {width}")
        need(sum(dot(w, w) for w in w1) <= 1, f"{place}.first", "the Frobenius norm is above 1")
        for i, row in enumerate(x):
            u = max(sum(a * max(dot(row, w), 0) for a, w in zip(w2, w1)), 0)
            for fit, w in zip(fits, w3):
                fit[i] += w * u
        decay += dot(w2, w2) + sum(map(abs, w3)) ** 2
    return sum(w * loss(f, t) for fit, y in zip(fits, ys) for f, t, w in zip(fit, y, weights)) + beta * decay / 2


KINDS = {
    "multilayer-arrangements/regions": (1, check_regions, "first"),
    "multilayer-arrangements/second-layer": (1, check_second_layer, "first", "tuples"),
    "multilayer-arrangements/optimum": (2, check_optimum, "network", "first", "dual"),
}


def check(path, run=map):
    """Check the certificate in a file: kind and claim. `run` does what map does. Raises Rejected, or OSError."""
    sys.set_int_max_str_digits(DIGITS)
    try:
        content = load(path)
        kind = content.pop("format", None) if isinstance(content, dict) else None
        need(isinstance(kind, str) and kind in KINDS, "format", f"{kind!a:.60} is not known")
        current, checker, *own = KINDS[kind]
        version, provenance, data, *rest = fields(content, "file", "version", "provenance", "input", "claim", *own)
        need(version == current and type(version) is int, "version", f"{version!a:.60} is not {current}")
        software, parameters, digest = fields(provenance, "provenance", "software", "parameters", "sha256")
        need(isinstance(software, str) and isinstance(parameters, dict), "provenance", "names software and parameters")
        canonical = json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
        need(digest == hashlib.sha256(canonical).hexdigest(), "provenance.sha256", "it is not that of the input")
        return kind.rpartition("/")[2], checker(data, *rest, run)
    except (UnicodeDecodeError, RecursionError):
        raise Rejected("file: it is not UTF-8, or nested too deeply") from None


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
