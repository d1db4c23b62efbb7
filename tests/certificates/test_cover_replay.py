"""Parts of the checker against listing everything: covers of signs, covers of tuples, and the four losses."""

import random
from fractions import Fraction
from itertools import combinations, pairwise, product

import pytest
from mpmath import mp
from support.certificates.covers import replayed, searched, tree_for
from support.certificates.referee import least_with, loss_at

from multilayer import checker


def plenty():
    return checker.Budget(10**9, 10**9)


def bits(places):
    return sum(1 << place for place in places)


def allows(entry, signs):
    above, below, _ = entry
    return all((above if s > 0 else below) >> i & 1 for i, s in signs.items())


def every_sign_is_allowed(entries, up, down, n):
    options = {i: [s for s, rows in ((1, up), (-1, down)) if rows >> i & 1] for i in range(n)}
    rows = [i for i in range(n) if options[i]]
    choices = (dict(zip(rows, signs, strict=True)) for signs in product(*(options[i] for i in rows)))
    return all(any(allows(entry, signs) for entry in entries) for signs in choices)


def test_covers_of_signs():
    rng, found = random.Random(0), {True: 0, False: 0}
    for _ in range(1500):
        n = rng.randint(0, 5)
        up, down = rng.getrandbits(n) if n else 0, rng.getrandbits(n) if n else 0
        free = [bits(i for i in range(n) if rng.random() < 0.8) for _ in range(40)]
        entries = [(rng.choice(free), rng.choice(free), 0) for _ in range(rng.randint(0, 14))]
        covered = checker.covers(entries, up, down, plenty())
        assert covered == every_sign_is_allowed(entries, up, down, n)
        found[covered] += 1
    assert min(found.values()) > 200


def random_neurons(rng, size, n):
    return [("".join(rng.choice("+-") for _ in range(n)), rng.choice((1, -1))) for _ in range(size)]


def every_tuple_is_covered(entries, neurons, m, n):
    for members in combinations(range(len(neurons)), m):
        good = [entry for entry in entries if not bits(members) & ~entry[2]]
        signed = [neurons[j] for j in members]
        up, down = (bits(i for i in range(n) if any(s[i] == "+" and o == side for s, o in signed)) for side in (1, -1))
        if not every_sign_is_allowed(good, up, down, n):
            return False
    return True


@pytest.mark.parametrize("seed", range(4))
def test_covers_of_tuples(seed):
    rng, found = random.Random(seed), {True: 0, False: 0}
    for _ in range(250):
        n, size = rng.randint(1, 3), rng.randint(0, 6)
        m = rng.randint(min(size, 1), size)
        neurons, rows = random_neurons(rng, size, n), bits(range(n))
        some = [bits(j for j in range(size) if rng.random() < 0.8) for _ in range(20)]
        entries = [
            (rows & ~(rng.random() < 0.3), rows & ~((rng.random() < 0.3) << n - 1), rng.choice(some))
            for _ in range(rng.randint(1, 16))
        ]
        covered = every_tuple_is_covered(entries, neurons, m, n)
        found[covered] += 1
        if covered:
            searched(entries, neurons, m, plenty())
            replayed(entries, tree_for(entries, neurons, m), neurons, m, plenty())
        else:
            with pytest.raises(checker.Rejected, match="here: nothing covers"):
                searched(entries, neurons, m, plenty())
            with pytest.raises(ValueError, match="not covered"):
                tree_for(entries, neurons, m)
    assert min(found.values()) > 15


def regions_of_the_plane(rng, n):
    """The regions of n lines through 0, by points on the rays between the lines, and the lines."""
    lines = set()
    while len(lines) < n:
        a, b = rng.randint(-9, 9), rng.randint(1, 9)
        lines.add(Fraction(a, b))
    slopes = sorted(lines)  # the line of slope t is that of the row (-t, 1)
    between = [slopes[0] - 1, *((s + t) / 2 for s, t in pairwise(slopes)), slopes[-1] + 1]
    rows = [(-t * (flip := rng.choice((1, -1))), flip) for t in slopes]
    points = [(side, side * t) for t in between for side in (1, -1)]
    return rows, [tuple((1 if r[0] * p[0] + r[1] * p[1] > 0 else -1) for r in rows) for p in points]


def as_text(signs):
    return "".join("-0+"[s + 1] for s in signs)


@pytest.mark.parametrize("seed", range(4))
def test_pairs_region_by_region(seed):
    """A choice of signs that no region has needs no entry, but any other; random weights have no other signs."""
    rng, found = random.Random(seed), {True: 0, False: 0}
    for _ in range(120):
        n = rng.randint(1, 4)
        rows, regions = regions_of_the_plane(rng, n)
        masks = [signs for signs in regions if 1 in signs]
        neurons = [(signs, output) for signs in masks for output in (1, -1)]
        needed = {}
        for (a, (s, o)), (b, (t, _)) in combinations(enumerate(neurons), 2):
            opposed = neurons[a][1] != neurons[b][1]
            here = [i for i in range(n) if s[i] > 0 or t[i] > 0]
            plus, minus = (s, t) if o > 0 else (t, s)
            if opposed:
                some = [tuple(r[i] for i in here) for r in regions]
                needed[a, b] = (
                    here,
                    [
                        c
                        for c in sorted(set(some))
                        if all((plus if side > 0 else minus)[i] > 0 for i, side in zip(here, c, strict=True))
                    ],
                )
            else:
                needed[a, b] = here, [(o,) * len(here)]
        entries = []
        for members, (here, choices) in needed.items():
            for choice in choices:
                above = bits(i for i, side in zip(here, choice, strict=True) if side > 0)
                below = bits(i for i, side in zip(here, choice, strict=True) if side < 0)
                if (above, below, bits(members)) not in entries:
                    entries.append((above, below, bits(members)))
        named, places = [(as_text(signs), output) for signs, output in neurons], [as_text(signs) for signs in regions]
        searched(entries, named, 2, plenty(), places)
        replayed(entries, tree_for(entries, named, 2, places), named, 2, plenty(), places)
        gone = rng.randrange(len(entries))
        rest = entries[:gone] + entries[gone + 1 :]
        with pytest.raises(checker.Rejected, match="here: nothing covers"):
            searched(rest, named, 2, plenty(), places)
        try:
            searched(entries, named, 2, plenty())
            found[True] += 1
        except checker.Rejected:
            found[False] += 1
        for _ in range(20):
            w, other = ([rng.randint(-50, 50) for _ in range(2)] for _ in range(2))
            p, q = ([max(r[0] * z[0] + r[1] * z[1], 0) for r in rows] for z in (w, other))
            at = [tuple((r[0] * z[0] + r[1] * z[1] > 0) - (r[0] * z[0] + r[1] * z[1] < 0) for r in rows)
                  for z in (w, other, [w[0] - other[0], w[1] - other[1]])]  # fmt: skip
            if any(0 in signs for signs in at) or 1 not in at[0] or 1 not in at[1]:
                continue
            pair = neurons.index((at[0], 1)), neurons.index((at[1], -1))
            here, choices = needed[min(pair), max(pair)]
            assert tuple(1 if p[i] > q[i] else -1 for i in here) in choices
    assert min(found.values()) > 5


def loss(name, threshold=None):
    return {"name": name, "threshold": threshold}


LOSSES = [loss("squared"), loss("huber", "1/3"), loss("huber", 2), loss("hinge"), loss("logistic")]
SOME = [Fraction(a) for a in ("0", "1/3", "-1/3", "1", "-1", "2", "-7/2", "1/1000000007", "-40", "300", "-300", "5000")]
SHARES = [Fraction(a) for a in ("0", "1", "1/2", "1/3", "1e-9", "1e-70", "1e-400", "0.999999999999999999999999")]


@pytest.mark.parametrize("named", LOSSES, ids=lambda named: f"{named['name']} {named['threshold']}")
def test_losses_from_above_and_below(named):
    """The values of the checker are right, and for the logistic loss on the right side, within 10^-49."""
    above, below = checker.loss_of(named)
    certificate = {"input": {"loss": named}}
    exact = named["name"] != "logistic"
    labels = named["name"] in ("hinge", "logistic")
    for y in (Fraction(1), Fraction(-1)) if labels else SOME[:7]:
        for f in SOME:
            excess = above(f, y, "here", None) - loss_at(certificate, f, y)
            assert excess == 0 if exact else 0 < excess < Fraction(1, 10**49)
        for v in [y * share for share in SHARES] if labels else [Fraction(1, 3), Fraction(-1, 4), Fraction(0)]:
            shortfall = least_with(certificate, v, y) - below(v, y, "here", None)
            assert shortfall == 0 if exact or v in (0, y) else 0 < shortfall < Fraction(1, 10**49)
            assert all(above(f, y, "here", None) + v * f >= below(v, y, "here", None) for f in SOME)


@pytest.mark.parametrize("named", LOSSES[1:], ids=lambda named: f"{named['name']} {named['threshold']}")
def test_dual_vectors_outside_of_the_domain(named):
    _, below = checker.loss_of(named)
    for v in ("2.0000001", "-2.0000001", "-1e-9", "1.0000001"):
        if least_with({"input": {"loss": named}}, Fraction(v), Fraction(1)) is None:
            with pytest.raises(checker.Rejected, match=r"^here: it|^here: the"):
                below(Fraction(v), Fraction(1), "here", None)
        else:
            assert named["name"] == "huber"


def test_numbers_of_many_digits_in_a_logistic_loss():
    above, below = checker.loss_of(loss("logistic"))
    huge = Fraction(10**50_000 + 1, 3)
    assert huge < above(-huge, Fraction(1), "here", None) < huge + 1
    assert 0 < above(huge, Fraction(1), "here", None) < Fraction(1, 10**49)
    for p in (1 / huge, 1 - 1 / huge):
        logs = (100, 0) if p < 1 - p else (0, 100)
        assert below(p, Fraction(1), "here", logs) == 100 * min(p, 1 - p)
        with pytest.raises(checker.Rejected, match="here: its logarithm is not proven"):
            below(p, Fraction(1), "here", logs[::-1])


def decimals(x):
    with mp.workdps(120):
        return Fraction(mp.nstr(mp.exp(-mp.mpf(x.numerator) / x.denominator), 110))


@pytest.mark.parametrize(
    "x", [*map(abs, SOME[:-1]), Fraction(4096), Fraction(1, 10**30), Fraction(10**60 + 1, 7 * 10**59)]
)
def test_exponentials_from_above_and_below(x):
    """Against mpmath with 120 digits: on the right side, and within 10^-74."""
    low, high = (checker.exp_minus(x, up) for up in (False, True))
    assert low <= decimals(x) + Fraction(1, 10**100)
    assert high >= decimals(x) - Fraction(1, 10**100)
    assert 0 <= high - low < Fraction(1, 10**74)


def test_bounds_of_logarithms_that_are_not_true():
    """Of log(1 + exp(-z)) from above, and of -log p from below: what is off by 10^-70 is not proven."""
    off = Fraction(1, 10**70)
    for z in (Fraction(0), Fraction(1, 3), Fraction(30)):
        with mp.workdps(120):
            exact = Fraction(mp.nstr(mp.log1p(mp.exp(-mp.mpf(z.numerator) / z.denominator)), 110))
        assert checker.logistic_rest(z, exact + off, "here") == exact + off
        with pytest.raises(checker.Rejected, match="here: its logarithm"):
            checker.logistic_rest(z, exact - off, "here")
    for p in (Fraction(1, 3), Fraction(999, 1000), 1 - Fraction(1, 10**9)):
        with mp.workdps(120):
            exact = Fraction(mp.nstr(-mp.log(mp.mpf(p.numerator) / p.denominator), 110))
        assert checker.minus_log(p, exact - off, "here") == exact - off
        with pytest.raises(checker.Rejected, match="here: its logarithm"):
            checker.minus_log(p, exact + off, "here")
