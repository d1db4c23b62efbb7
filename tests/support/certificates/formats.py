"""Certificates of one format written in another: version 3 as an earlier one, and an earlier one as version 3.

Both are plain and slow, and know nothing of the checker. Nothing is checked here: what is wrong in a certificate stays
wrong, or cannot be written.
"""

import hashlib
import json

BRANCH, BY_REGIONS = -1, -2
VERSION = 3
EARLIER = {"regions": 1, "second-layer": 1, "optimum": 2}
NAMES = {"regions": ("columns",), "second-layer": ("columns",), "optimum": ("columns", "outputs", "classes")}


def kind_of(certificate):
    return certificate["format"].rpartition("/")[2]


def rehashed(certificate):
    """The same with the hash of its input."""
    canonical = json.dumps(certificate["input"], sort_keys=True, separators=(",", ":")).encode()
    certificate["provenance"]["sha256"] = hashlib.sha256(canonical).hexdigest()
    return certificate


def decided_rows(data):
    """The rows that are not zero."""
    offsets = data.get("offsets") or [0] * len(data["rows"])
    return [i for i, (row, b) in enumerate(zip(data["rows"], offsets, strict=True)) if any([*row, b])]


def signs_in(tree, rows, blank):
    """The sign vectors of a tree over some rows, in its order; at the other rows as `blank` has them."""
    marks, found = iter(tree), []

    def walk(prefix):
        if len(prefix) == len(rows):
            at = dict(zip(rows, prefix, strict=True))
            found.append("".join(at.get(i, s) for i, s in enumerate(blank)))
            return
        mark = next(marks)
        for s in "+-" if mark == "*" else mark:
            walk(prefix + s)

    walk("")
    return found


def tree_over(listed, rows):
    """The tree of sign vectors over some rows."""

    def walk(inside, depth):
        if depth == len(rows):
            return ""
        parts = [[signs for signs in inside if signs[rows[depth]] == s] for s in "+-"]
        mark = "*" if all(parts) else "+" if parts[0] else "-"
        return mark + "".join(walk(part, depth + 1) for part in parts if part)

    return walk(listed, 0)


def mask_of(signs):
    return "".join("01"[s != "-"] for s in signs)


def blank_signs(neurons, n):
    """The signs that u has at each row, and the rows where it may have two."""
    options = [{"0+-"[o] for signs, o in neurons if signs[i] == "+"} for i in range(n)]
    return ["0" if len(o) != 1 else next(iter(o)) for o in options], [i for i in range(n) if len(options[i]) == 2]


def earlier(certificate):
    """A certificate of version 3 in the format of before; the logarithms and names are lost."""
    kind, data = kind_of(certificate), dict(certificate["input"])
    n, rows = len(data["rows"]), decided_rows(data)
    for name in NAMES[kind]:
        del data[name]
    if kind == "optimum" and data["weights"] is None:
        del data["weights"]
    first = certificate["first"]
    regions = signs_in(first["tree"], rows, ["0"] * n)
    pairs = [[list(pair) for pair in zip(c[::2], c[1::2], strict=True)] for c in first["circuits"]]
    frame = {key: certificate[key] for key in ("format", "provenance", "claim")}
    found = {
        **frame,
        "version": EARLIER[kind],
        "input": data,
        "first": {
            "regions": [[signs, point] for signs, point in zip(regions, first["regions"], strict=True)],
            "circuits": {"table": pairs, "leaves": first["leaves"]},
            "count": first["count"],
        },
    }
    names = [[[mask_of(signs), o], (signs, o)] for signs in regions for o in (1, -1)]
    if kind == "second-layer":
        found["tuples"] = [_earlier_tuple(entry, names, n) for entry in certificate["tuples"]]
    if kind == "optimum":
        found["network"] = certificate["network"]
        found["dual"] = [_earlier_dual(part, names) for part in certificate["dual"]]
    return rehashed(json.loads(json.dumps(found)))


def _earlier_tuple(entry, names, n):
    blank, mixed = blank_signs([names[k][1] for k in entry["neurons"]], n)
    signs = signs_in(entry["tree"], mixed, blank)
    return {
        "neurons": [names[k][0] for k in entry["neurons"]],
        "cells": [list(cell) for cell in zip(signs, entry["cells"], strict=True)],
        "leaves": [[list(t) for t in zip(*[iter(leaf)] * 3, strict=True)] for leaf in entry["leaves"]],
    }


def _earlier_dual(part, names):
    cover = [
        [o, plus, minus, [[j, [list(t) for t in zip(terms[::2], terms[1::2], strict=True)]] for j, *terms in good]]
        for o, side in zip((1, -1), part["covers"], strict=True)
        for plus, minus, good in side["entries"]
    ]
    return {
        "scale": part["scale"],
        "v": part["v"],
        "neurons": [names[k][0] for k in part["order"]],
        "cover": cover,
    }


def newer(certificate):
    """A certificate of an earlier format as version 3; None where it cannot be written, so that it proves nothing."""
    try:
        found = _newer(json.loads(json.dumps(certificate)))
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError):
        return None
    return found


def _newer(certificate):
    kind, data = kind_of(certificate), certificate["input"]
    proof = certificate["first"]["circuits"]
    if certificate["version"] != EARLIER[kind] or set(NAMES[kind]) & set(data) or "logarithms" in certificate:
        return None
    if proof is None or set(proof) != {"table", "leaves"}:
        return None
    if data.get("weights", 1) is None:  # they were left out
        return None
    if kind == "optimum" and data["loss"]["name"] == "logistic":  # its logarithms are not in the file
        return None
    n, rows, claimed = len(data["rows"]), decided_rows(data), certificate["provenance"]["sha256"]
    fine = claimed == rehashed(json.loads(json.dumps(certificate)))["provenance"]["sha256"]
    listed = sorted(certificate["first"]["regions"], key=lambda region: [region[0][i] for i in rows])
    regions = [signs for signs, _ in listed]
    if not regions or len(set(regions)) < len(regions) or any(signs[i] == "0" for signs in regions for i in rows):
        return None
    if any(len(signs) != n or signs[i] != "0" for signs in regions for i in set(range(n)) - set(rows)):
        return None
    known = {json.dumps([mask_of(signs), o]): 2 * r + (o < 0) for r, signs in enumerate(regions) for o in (1, -1)}
    certificate["version"] = VERSION
    certificate["first"] = {
        "regions": [point for _, point in listed],
        "tree": tree_over(regions, rows),
        "circuits": [_flat(circuit, 2) for circuit in proof["table"]],
        "leaves": proof["leaves"],
        "count": certificate["first"]["count"],
        **{key: value for key, value in certificate["first"].items() if key not in ("regions", "circuits", "count")},
    }
    if kind == "second-layer":
        certificate["tuples"] = [_newer_tuple(entry, known, regions, n) for entry in certificate["tuples"]]
    if kind == "optimum":
        data.setdefault("weights", None)
        certificate["dual"] = [_newer_dual(part, known, regions, data["width"]) for part in certificate["dual"]]
        certificate["logarithms"] = None
    data |= dict.fromkeys(NAMES[kind])
    if fine:
        rehashed(certificate)
    return certificate


def _flat(groups, size):
    if any(len(group) != size for group in groups):
        raise ValueError("a group of another size")
    return [x for group in groups for x in group]


def _numbered(names, known, regions):
    order = [known[json.dumps(name)] for name in names]
    return order, [(regions[k // 2], 1 - 2 * (k % 2)) for k in order]


def _newer_tuple(entry, known, regions, n):
    order, neurons = _numbered(entry["neurons"], known, regions)
    blank, mixed = blank_signs(neurons, n)
    cells = sorted(entry["cells"], key=lambda cell: [cell[0][i] for i in mixed])
    signs = [text for text, _ in cells]
    others = set(range(n)) - set(mixed)
    if len(set(signs)) < len(signs) or not signs or any(len(s) != n for s in signs):
        raise ValueError("no list of different sign vectors")
    if any(s[i] != blank[i] for s in signs for i in others) or any(s[i] == "0" for s in signs for i in mixed):
        raise ValueError("signs that cannot be")
    return {
        **{key: value for key, value in entry.items() if key not in ("neurons", "cells", "leaves")},
        "neurons": order,
        "cells": [witness for _, witness in cells],
        "tree": tree_over(signs, mixed),
        "leaves": [_flat(leaf, 3) for leaf in entry["leaves"]],
    }


def _newer_dual(part, known, regions, width):
    order, neurons = _numbered(part["neurons"], known, regions)
    v = list(map(int, part["v"]))
    covers = []
    for o in (1, -1):
        listed = [entry for entry in part["cover"] if entry[0] == o]
        entries = [[plus, minus, [[j, *_flat(terms, 2)] for j, terms in good]] for _, plus, minus, good in listed]
        allowed = []
        for plus, minus, good in entries:
            above = {i for i, c in enumerate(map(int, plus)) if c >= o * v[i]}
            below = {i for i, c in enumerate(map(int, plus if minus is None else minus)) if c <= 0}
            allowed.append((above, below, {item[0] for item in good}))
        size = len(neurons)
        covers.append({"entries": entries, "tree": Replay(allowed, neurons, min(width or size, size), regions).tree})
    rest = {key: value for key, value in part.items() if key not in ("neurons", "cover")}
    if any(o[0] not in (1, -1) for o in part["cover"]):
        raise ValueError("no sign")
    return {**rest, "order": order, "covers": covers}


class Replay:
    """The tree of a cover: the tokens that tell how its entries cover all tuples.

    Args:
        entries: the rows where each allows +, those where it allows -, the places of neurons for which it is good.
        neurons: signs and output sign of each.
        m: neurons in a tuple.
        regions: their signs.
    """

    def __init__(self, entries, neurons, m, regions):
        self.entries, self.neurons, self.m, self.regions = entries, neurons, m, regions
        self.tree, self.entry = [], None
        self.settle((), tuple(range(len(neurons))))

    def rows(self, members, output):
        active = [self.neurons[j][0] for j in members if self.neurons[j][1] == output]
        return {i for signs in active for i, s in enumerate(signs) if s == "+"}

    def settle(self, chosen, rest):
        members = chosen + rest
        up, down = (self.rows(members, output) for output in (1, -1))
        before = list(self.tree), self.entry
        if self.covered([(up, down)], set(members)):
            return
        self.tree, self.entry = list(before[0]), before[1]
        outputs = {self.neurons[j][1] for j in members}
        if len(members) == self.m == 2 and len(outputs) == 2:
            sides = [[{i for i, t in enumerate(signs) if t == s} for s in "+-"] for signs in self.regions]
            parts = [(up & p, down & q) for p, q in sides if not (up - down) & q and not (down - up) & p]
            self.tree.append(BY_REGIONS)
            if parts and self.covered(parts, set(members)):
                return
            self.tree, self.entry = list(before[0]), before[1]
        if len(members) <= self.m:
            raise ValueError("not covered")
        self.tree.append(BRANCH)
        for place in range(len(rest) - (self.m - len(chosen)) + 1):
            deeper = (*chosen, rest[place])
            self.settle(deeper, rest[place + 1 :] if len(deeper) < self.m else ())

    def covered(self, parts, members):
        """Take tokens until all parts are covered; whether that succeeds."""
        while parts:
            (up, down), *parts = parts
            fits = [e for e, (above, below, good) in enumerate(self.entries) if members <= good]
            if self.entry in fits and self.left_over(self.entry, up, down) == []:
                continue
            left = {e: self.left_over(e, up, down) for e in fits}
            usable = [e for e in fits if left[e] is not None]
            if not usable:
                return False
            self.entry = min(usable, key=lambda e: len(left[e]))
            self.tree.append(self.entry)
            parts = left[self.entry] + parts
        return True

    def left_over(self, e, up, down):
        """The parts of a box that an entry leaves; None if it covers nothing of it."""
        above, below, _ = self.entries[e]
        left = []
        for i in sorted(up & down):
            if i in above and i not in below:
                left.append((up - {i}, down))
                down = down - {i}
            elif i in below and i not in above:
                left.append((up, down - {i}))
                up = up - {i}
        return left if up <= above and down <= below else None
