"""What a certificate proves, evaluated once more, in other ways than the checker's.

Rows, witnesses, circuits and covers are taken as they are written; `unproven` sums up a pair of bounds. Of a cover all
tuples and all their second-layer signs are listed, and the logistic loss is evaluated with 80 digits.
"""

from fractions import Fraction
from itertools import combinations, product

from mpmath import mp

SIGN = {"+": 1, "-": -1, "0": 0}
FLIPPED = {"+": "-", "-": "+", "0": "0"}


def sign(x):
    return (x > 0) - (x < 0)


def numbers(values):
    return [Fraction(value) for value in values]


def spelled(value):
    """A number as certificates have it."""
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 and abs(exact) <= 2**53 else str(exact)


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


def is_own_mirror(entry):
    neurons = {tuple(neuron) for neuron in entry["neurons"]}
    return neurons == {(mask, -output) for mask, output in neurons}


def second_signs(certificate, neurons, weights):
    """The signs of u at first-layer weights, as text."""
    u = [Fraction(0)] * len(lines(certificate))
    for (_, output), w in zip(neurons, weights, strict=True):
        u = [a + output * max(0, dot(row, numbers(w))) for a, row in zip(u, lines(certificate), strict=True)]
    return "".join("0+-"[sign(value)] for value in u)


# the two bounds of an optimum


def loss_at(certificate, f, y):
    """l(f, y), to 70 digits where it is no fraction."""
    loss, e = certificate["input"]["loss"], abs(f - y)
    if loss["name"] in ("squared", "huber"):
        beyond = 0 if loss["threshold"] is None else max(e - Fraction(loss["threshold"]), 0)
        return (e**2 - beyond**2) / 2
    if loss["name"] == "hinge":
        return (abs(1 - y * f) + 1 - y * f) / 2
    with mp.workdps(80):
        return Fraction(mp.nstr(mp.log1p(mp.exp(-int(y) * mp.mpf(f.numerator) / f.denominator)), 75))


def least_with(certificate, v, y):
    """Minimum over f of l(f, y) + v f, to 70 digits where it is no fraction; None if it is minus infinity."""
    loss = certificate["input"]["loss"]
    if loss["name"] in ("squared", "huber"):
        unbounded = loss["threshold"] is not None and abs(v) > Fraction(loss["threshold"])
        return None if unbounded else (y**2 - (y - v) ** 2) / 2
    p = v / y if y in (1, -1) else -1
    if not 0 <= p <= 1:
        return None
    if loss["name"] == "hinge":
        return p
    with mp.workdps(80):
        both = [mp.mpf(q.numerator) / q.denominator for q in (p, 1 - p) if q]
        return Fraction(mp.nstr(-mp.fsum(q * mp.log(q) for q in both), 75))


def row_weights(certificate):
    """The weights of the rows, all 1 where none are given."""
    return numbers(certificate["input"].get("weights", [1] * len(certificate["input"]["rows"])))


def proven_below(certificate):
    """What the dual vectors prove if they are feasible; None if that is minus infinity."""
    total = Fraction(0)
    for dual, targets in zip(certificate["dual"], certificate["input"]["targets"], strict=True):
        for a, y, r in zip(numbers(dual["v"]), numbers(targets), row_weights(certificate), strict=True):
            least = least_with(certificate, Fraction(dual["scale"]) * a / r, y)
            if least is None:
                return None
            total += r * least
    return total


def cost(certificate):
    """What the network costs; None if its first layer is too large."""
    x, targets = lines(certificate), [numbers(y) for y in certificate["input"]["targets"]]
    decay, outputs = Fraction(0), [[Fraction(0)] * len(x) for _ in targets]
    for part in certificate["network"]["subnetworks"]:
        first, second, last = [numbers(w) for w in part["first"]], numbers(part["second"]), numbers(part["output"])
        if sum(dot(w, w) for w in first) > 1:
            return None
        decay += dot(second, second) + sum(map(abs, last)) ** 2
        for i, row in enumerate(x):
            value = max(0, sum(a * max(0, dot(row, w)) for a, w in zip(second, first, strict=True)))
            for output, weight in zip(outputs, last, strict=True):
                output[i] += weight * value
    rows = [zip(row_weights(certificate), *pair, strict=True) for pair in zip(outputs, targets, strict=True)]
    loss = sum(r * loss_at(certificate, f, t) for row in rows for r, f, t in row)
    return loss + Fraction(certificate["input"]["beta"]) * decay / 2


def too_dear(certificate):
    price = cost(certificate)
    return price is None or price > Fraction(certificate["claim"]["upper"])


def neurons_of(certificate, k):
    """Signs and output sign of every neuron, by the regions."""
    by_mask = {text.translate(str.maketrans("+0-", "110")): text for text, _ in certificate["first"]["regions"]}
    return [([SIGN[c] for c in by_mask[mask]], output) for mask, output in certificate["dual"][k]["neurons"]]


def numbers_of(entry):
    """c+ and c- of an entry."""
    _, plus, minus, _ = entry
    return numbers(plus), numbers(plus if minus is None else minus)


def is_bounded(certificate, k, entry, j, terms):
    """Whether multipliers keep what neuron j can earn at the numbers of an entry within beta."""
    (signs, output), x, (plus, minus) = neurons_of(certificate, k)[j], lines(certificate), numbers_of(entry)
    g = [Fraction(0)] * len(x[0])
    for row, s, p, q in zip(x, signs, plus, minus, strict=True):
        if s == 1:
            g = [a + {1: p, -1: -q}[output] * b for a, b in zip(g, row, strict=True)]
    for i, multiplier in terms:
        if Fraction(multiplier) < 0:
            return False
        g = [a + signs[int(i)] * Fraction(multiplier) * b for a, b in zip(g, x[int(i)], strict=True)]
    return dot(g, g) * Fraction(certificate["dual"][k]["scale"]) ** 2 <= Fraction(certificate["input"]["beta"]) ** 2


def unbounded(certificate):
    """Whether some entry names a neuron that it does not bound."""
    return not all(
        is_bounded(certificate, k, entry, j, terms)
        for k, dual in enumerate(certificate["dual"])
        for entry in dual["cover"]
        for j, terms in entry[3]
    )


def dominates(entry, v, i, s):
    """Whether c+ p - c- q >= o v (p - q)_+ at row i for all p, q >= 0 with p - q of sign s, by the extreme rays."""
    plus, minus = (c[i] for c in numbers_of(entry))
    rays = [(1, 1), {1: (1, 0), -1: (0, 1)}[s]]
    return all(plus * p - minus * q >= entry[0] * v[i] * max(p - q, 0) for p, q in rays)


def uncovered(certificate, k, width=None):
    """A tuple with signs that no entry settles, None if there is none: (output sign, neurons, signs).

    Pairs of opposed neurons have, but for limits, the signs of the region of the difference of their weights.
    """
    regions = [[SIGN[c] for c in signs] for signs, _ in certificate["first"]["regions"]]
    dual, neurons, n = certificate["dual"][k], neurons_of(certificate, k), len(lines(certificate))
    v, width = numbers(dual["v"]), width or certificate["input"]["width"] or len(neurons)
    known = [
        (
            entry[0],
            {j for j, terms in entry[3] if is_bounded(certificate, k, entry, j, terms)},
            {(i, s) for i in range(n) for s in (1, -1) if dominates(entry, v, i, s)},
        )
        for entry in dual["cover"]
    ]
    for members in combinations(range(len(neurons)), min(width, len(neurons))):
        here = [{output for signs, output in map(neurons.__getitem__, members) if signs[i] > 0} for i in range(n)]
        rows = [i for i in range(n) if here[i]]
        pair = len(members) == 2 and {neurons[j][1] for j in members} == {1, -1}
        possible = {tuple(signs[i] for i in rows) for signs in regions} if pair else None
        for o in (1, -1):
            near = [allowed for sign_of, good, allowed in known if sign_of == o and good.issuperset(members)]
            for signs in product(*(here[i] for i in rows)):
                if possible is not None and signs not in possible:
                    continue
                if not any(allowed.issuperset(zip(rows, signs, strict=True)) for allowed in near):
                    return o, members, signs
    return None


def unproven(certificate):
    """Whether one of the two bounds does not follow."""
    below = proven_below(certificate)
    return (
        too_dear(certificate)
        or below is None
        or below < Fraction(certificate["claim"]["lower"])
        or any(uncovered(certificate, k) for k in range(len(certificate["dual"])))
    )
