"""What a certificate proves, evaluated once more, in other ways than the checker's.

Rows, witnesses, circuits and multipliers are taken as they are written; `unproven` sums up a pair of bounds.
"""

from fractions import Fraction

SIGN = {"+": 1, "-": -1, "0": 0}
FLIPPED = {"+": "-", "-": "+", "0": "0"}


def sign(x):
    return (x > 0) - (x < 0)


def numbers(values):
    return [Fraction(value) for value in values]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def turned(text):
    return "".join(FLIPPED[c] for c in text)


def put(text, i, c):
    return text[:i] + c + text[i + 1 :]


def lines(certificate):
    """The rows, with -b appended in affine arrangements."""
    rows, offsets = certificate["input"]["rows"], certificate["input"].get("offsets")
    return (
        [numbers(row) for row in rows]
        if offsets is None
        else [[*numbers(row), -Fraction(b)] for row, b in zip(rows, offsets, strict=True)]
    )


def values(certificate, point):
    """What the rows are at a witness."""
    last = [] if certificate["input"].get("offsets") is None else [1]
    return [dot(row, [*numbers(point), *last]) for row in lines(certificate)]


def misplaced(certificate):
    """Whether some witness is not in its region."""
    regions = certificate["first"]["regions"]
    return any([SIGN[c] for c in signs] != list(map(sign, values(certificate, point))) for signs, point in regions)


def cut(listed, rows, prefix=()):
    """The prefixes that are to be refuted, in order."""
    if not listed:
        yield dict(zip(rows, prefix, strict=False))
    elif len(prefix) < len(rows):
        for c in "+-":
            yield from cut([signs for signs in listed if signs[rows[len(prefix)]] == c], rows, (*prefix, SIGN[c]))


def cut_regions(certificate):
    rows = [i for i, row in enumerate(lines(certificate)) if any(row)]
    return list(cut([signs for signs, _ in certificate["first"]["regions"]], rows))


def contradicts(circuit, decided, n):
    """Whether a dependency has one sign throughout; n is the row at infinity, positive always."""
    return len({sign(Fraction(c)) * (1 if i == n else decided.get(i, 0)) for i, c in circuit} - {0}) == 1 and all(
        i == n or i in decided for i, _ in circuit
    )


def depends(circuit, certificate):
    """Whether the rows of a circuit cancel, each with a number that is not zero."""
    rows = lines(certificate)
    cone = [*rows, [*([0] * (len(rows[0]) - 1)), 1]]
    total = [sum(Fraction(c) * cone[i][j] for i, c in circuit) for j in range(len(rows[0]))]
    return bool(circuit) and not any(total) and len({i for i, _ in circuit}) == len(circuit)


def every_tuple(certificate):
    return certificate["tuples"] if "tuples" in certificate else certificate["dual"]["tuples"]


def is_own_mirror(entry):
    neurons = {tuple(neuron) for neuron in entry["neurons"]}
    return neurons == {(mask, -output) for mask, output in neurons}


def second_signs(certificate, neurons, weights):
    """The signs of u at first-layer weights, as text."""
    u = [Fraction(0)] * len(lines(certificate))
    for (_, output), w in zip(neurons, weights, strict=True):
        u = [a + output * max(0, dot(row, numbers(w))) for a, row in zip(u, lines(certificate), strict=True)]
    return "".join("0+-"[sign(value)] for value in u)


def evidence_slots(certificate):
    """Every question of the dual: (tuple, cell, k)."""
    for t, entry in enumerate(every_tuple(certificate)):
        for c, (_, evidence) in enumerate(entry["cells"]):
            yield from ((t, c, k) for k in range(len(evidence)))


def answered(certificate, slot):
    """Whether the multipliers of one question are positive in its cone and bring every neuron down to beta."""
    t, c, k = slot
    x, v = lines(certificate), numbers(certificate["dual"]["v"])
    entry = every_tuple(certificate)[t]
    text, evidence = entry["cells"][c]
    flip, output = (-1 if k >= 2 else 1), (-1 if k % 2 else 1)
    signs = [flip * SIGN[c] for c in text]
    active = [[bit == "1" and any(row) for bit, row in zip(mask, x, strict=True)] for mask, _ in entry["neurons"]]
    outer = [flip * o for _, o in entry["neurons"]]
    on_second = [output * (s > 0) * value for s, value in zip(signs, v, strict=True)]  # multiples of u_i
    own = [[Fraction(0)] * len(x) for _ in active]  # multiples of x_i.w_j
    for j, i, c in evidence[k] or []:
        known = signs[i] if j < 0 else (1 if active[j][i] else -1) if any(x[i]) else 0
        if sign(Fraction(c)) * known <= 0:
            return False
        if j < 0:
            on_second[i] += Fraction(c)
        else:
            own[j][i] += Fraction(c)
    for j, o in enumerate(outer):
        weights = [own[j][i] + o * active[j][i] * on_second[i] for i in range(len(x))]
        if (
            sum(dot(weights, column) ** 2 for column in zip(*x, strict=True))
            > Fraction(certificate["input"]["beta"]) ** 2
        ):
            return False
    return True


def proven_below(certificate):
    v, y = numbers(certificate["dual"]["v"]), numbers(certificate["input"]["targets"])
    return dot(v, y) - dot(v, v) / 2


def cost(certificate):
    """What the network costs; None if its first layer is too large."""
    x, y = lines(certificate), numbers(certificate["input"]["targets"])
    decay, outputs = Fraction(0), [Fraction(0)] * len(x)
    for part in certificate["network"]["subnetworks"]:
        first, second = [numbers(w) for w in part["first"]], numbers(part["second"])
        last = Fraction(part["output"])
        if sum(dot(w, w) for w in first) > 1:
            return None
        decay += dot(second, second) + last**2
        for i, row in enumerate(x):
            outputs[i] += last * max(0, sum(a * max(0, dot(row, w)) for a, w in zip(second, first, strict=True)))
    return (
        sum((f - t) ** 2 for f, t in zip(outputs, y, strict=True)) / 2
        + Fraction(certificate["input"]["beta"]) * decay / 2
    )


def too_dear(certificate):
    price = cost(certificate)
    return price is None or price > Fraction(certificate["claim"]["upper"])


def unproven(certificate):
    """Whether one of the two bounds does not follow."""
    return (
        too_dear(certificate)
        or proven_below(certificate) < Fraction(certificate["claim"]["lower"])
        or not all(answered(certificate, slot) for slot in evidence_slots(certificate))
    )


def used_slots(certificate):
    """The questions that are answered with multipliers."""
    return [slot for slot in evidence_slots(certificate) if multipliers(certificate, slot) is not None]


def multipliers(certificate, slot):
    t, c, k = slot
    return every_tuple(certificate)[t]["cells"][c][1][k]
