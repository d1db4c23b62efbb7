"""Check proven curves over an interval of beta: standard library and the checker. `python curve_checker.py FILE`.

FILE is the path.json that `multilayer path` writes. It names a certificate of an optimum for each knot; each is checked
by the checker. Then, for the table, width and loss that all of them are about, and P*(b) the optimum at weight b:

- the cost of a network is loss + b penalty, so P* is the least of affine functions and concave: between any two knots
  it is at least the chord of the lower bounds that are proven there, and so at least the highest of these chords;
- a network that costs at most u at weight b, with the penalty p, costs at most u + (c - b) p at weight c;
- on a piece without a knot and without a corner of the least of such lines, upper and lower curve are affine, and
  their ratio is monotone: so the relative gap is largest at a knot or at a corner. All are looked at.
"""

import re
import sys
from fractions import Fraction
from itertools import pairwise
from os.path import isfile
from pathlib import Path

try:
    from multilayer import checker
except ImportError:  # beside the checker, without the package
    import checker  # type: ignore[import-not-found,no-redef]

need, number = checker.need, checker.number
RATIO = re.compile(r"-?[0-9]+/0*[1-9][0-9]*\Z")
QUESTION = ("rows", "targets", "weights", "width", "loss")  # what all certificates are about, besides beta


def check(path, check_certificate=checker.check):
    """Check the curves in a file; return what they prove. Raises Rejected, or OSError."""
    try:
        return claim_of(Path(path), check_certificate)
    except UnicodeDecodeError:
        raise checker.Rejected("file: it is not UTF-8") from None


def claim_of(path, check_certificate):
    """Say what the curves in a file prove, in one line."""
    text, budget = checker.read(path)
    content = checker.content_of(text)
    named, version, source, empty, claimed, knots = checker.fields(
        content, "file", "format", "version", "source", "empty", "relative_gap", "knots"
    )
    need(named == "multilayer-arrangements/path", "format", f"{named!a:.60} is not known")
    need(version == 1 and type(version) is int, "version", f"{version!a:.60} is not 1")
    need(isinstance(source, str), "source", "it must be text")
    data, points, lines = None, [], []
    for k, knot in enumerate(checker.items(knots, "knots")):
        place = f"knots[{k}]"
        beta, lower, upper, loss, penalty, name = checker.fields(
            knot, place, "beta", "lower", "upper", "loss", "penalty", "certificate"
        )
        beside = isinstance(name, str) and Path(name).name == name and isfile(path.parent / name)
        need(beside, place, f"the certificate {name!a:.80} is no file beside this one")
        need(len(str(beta)) <= checker.LITERAL, place, "beta has too many digits")
        beta, *told = (ratio(value, place) for value in (beta, lower, upper, loss, penalty))
        here, proven = certified(path.parent / name, place, check_certificate)
        need(number(here["beta"], place) == beta, place, "the certificate is about another beta")
        here = {name: here.get(name) for name in QUESTION}
        need(data is None or here == data, place, "the certificate is about another table, width or loss")
        need(told == proven, place, "lower, upper, loss and penalty are not those of the certificate")
        need(not points or points[-1][0] < beta, place, "the knots are not in the order of beta")
        data = here
        points.append((beta, told[0]))
        lines.append((told[2], told[3]))
    need(points, "knots", "there is none")
    nothing = checker.loss_of(data["loss"])[0]
    weights = checker.weights_of(data["weights"], len(data["rows"]))
    ys = [checker.vector(target, "targets") for target in data["targets"]]
    own = (zip(target, weights, strict=True) for target in ys)
    idle = sum(w * nothing(Fraction(0), y, "empty", None) for pairs in own for y, w in pairs)
    most, none = (ratio(value, "empty") for value in checker.fields(empty, "empty", "loss", "penalty"))
    need(most >= idle and none == 0, "empty", "this is not what the empty network costs")  # a logarithm is rounded up
    known = [x for pair in (*points, *lines, (most, none)) for x in pair]
    longest = max(known, key=checker.price)
    budget.spend(len(knots) ** 2 * checker.price(*[longest] * 4) // 4)  # a few steps for each pair of knots
    gap = largest_gap(points, [*lines, (most, none)])
    need(ratio(claimed, "relative_gap") >= gap, "relative_gap", "the curves are further apart")
    width = "unlimited width" if data["width"] is None else f"width {data['width']}"
    apart = checker.Context(6, checker.ROUND_CEILING).divide(*gap.as_integer_ratio())
    return (
        f"{len(points)} optima of {width} prove the optimum for every beta from {points[0][0]} to {points[-1][0]}, "
        f"within a relative gap of {apart:g} (rounded up)"
    )


def ratio(value, place):
    """Read a number of the file of curves: as in certificates, or any p/q."""
    if isinstance(value, str) and len(value) <= checker.DIGITS and RATIO.match(value):
        p, q = map(checker.integer, value.split("/"))
        return Fraction(p, q)
    return number(value, place)


def certified(path, place, check_certificate):
    """Check the certificate of a knot: its input, and lower and upper bound, loss and penalty of its network."""
    try:
        kind, _ = check_certificate(path)
        content = checker.load(path)
    except OSError as error:
        raise checker.Rejected(f"{place}: {path.name!a} cannot be read: {error.strerror}") from None
    except checker.Rejected as reason:
        raise checker.Rejected(f"{place}: {path.name!a}: {reason}") from None
    need(kind == "optimum", place, f"{path.name!a} is a certificate of {kind}")
    data, claim = content["input"], content["claim"]
    lower, upper = number(claim["lower"], place), number(claim["upper"], place)
    squares = Fraction(0)
    for part in content["network"]["subnetworks"]:
        second, output = (checker.vector(part[name], place) for name in ("second", "output"))
        squares += checker.dot(second, second) + sum(map(abs, output)) ** 2
    return data, [lower, upper, upper - number(data["beta"], place) * squares / 2, squares / 2]


def largest_gap(points, lines):
    """Find the largest relative gap between the least line and the highest chords of the points, over all corners."""
    low, high = points[0][0], points[-1][0]
    betas = {beta for beta, _ in points}
    # the slope of the least line falls with beta: from the line that is least at `low`, and flattest among those, each
    # corner is where the first of the flatter lines meets the one before; of several there the flattest goes on
    _, p, a = min((a + low * p, p, a) for a, p in lines)
    while flatter := [((b - a) / (p - q), q, b) for b, q in lines if q < p]:
        beta, p, a = min(flatter)
        if beta >= high:
            break
        betas.add(beta)
    highest = []
    for point in points:
        while len(highest) > 1 and chord([highest[-2], point], highest[-1][0]) >= highest[-1][1]:
            highest.pop()  # it is not above the chord of its neighbours
        highest.append(point)
    gaps = [Fraction(0)]
    for beta in betas:
        upper = min(a + beta * p for a, p in lines)
        lower = chord(highest, beta)
        gaps += [1 - lower / upper] if upper else []
    return max(gaps)


def chord(points, beta):
    """Evaluate the chords of points, in the order of beta, at one beta."""
    for (left, below), (right, above) in pairwise(points):
        if left <= beta <= right:
            return below + (beta - left) / (right - left) * (above - below)
    return points[0][1]


def main(arguments):
    """Check one file: 0 accepted, 3 rejected, 2 wrong usage or no such file."""
    if len(arguments) != 1:
        print("usage: python curve_checker.py FILE", file=sys.stderr)
        return 2
    try:
        print(f"accepted: path: {check(arguments[0])}")
    except checker.Rejected as reason:
        print(f"rejected: {reason}")
        return 3
    except OSError as error:
        print(f"{arguments[0]}: cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
