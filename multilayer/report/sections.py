"""The sections of a report as pieces of HTML: what was asked, what is proven, counts, network, fit, how to check it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from arrangements.exact.directed_rounding import text_above, text_below
from multilayer.io.tables import Table
from multilayer.report.certificate_report import CertificateReport, Optimum
from multilayer.report.fit_pictures import fit_svg
from multilayer.report.network_drawing import Part, drawn_parts, network_svg

_ROWS = 200  # of the table that are shown
_COLUMNS = 6
_COUNTED = {
    "regions": "regions: what one neuron can do on these rows",
    "tuples": "tuples of first-layer neurons",
    "pairs": "pairs: a tuple with signs of the second layer",
    "masks": "masks of the second layer",
}
_BOUNDS = {
    "cover": "regions, at most (Cover's count, (13) of Ergen and Pilanci 2021)",
    "eq13": "regions, (13) in closed form",
    "eq14_product": "masks of the second layer, (14) first line",
    "eq14_closed": "masks of the second layer, (14) last line",
    "joint_unordered": "pairs, joint bound",
    "two_to_n": "masks at all, 2^n",
}
_LEGENDS = {
    0: "Each dot is a row, its target across and what the network says upwards; on the line both are equal.",
    1: "Dots are the rows with their targets, the line is the network, and diamonds are kinks: there it bends.",
    2: "Colours are what the network says. Discs are the rows, in the colours of their targets.",
}
_WORDS = {
    "rows": "rows",
    "columns": "columns",
    "outputs": "outputs",
    "classes": "classes",
    "loss": "loss",
    "beta": "beta, the weight of the penalty",
    "width": "width, first-layer neurons of one sub-network",
    "affine": "with offsets",
    "weighted": "rows with weights",
}


def sections(report: CertificateReport) -> Iterator[tuple[str, str]]:
    """Make the sections of a page: headings and what stands below them.

    Args:
        report: what the certificate says.
    """
    yield "What is proven", _proven(report)
    yield "What it is about", _list({_WORDS[key]: value for key, value in report.subject.items() if key in _WORDS})
    if report.optimum is not None:
        yield "The network", _network(report.optimum, report.table)
        yield "The fit", _fit(report.optimum, report.table)
    yield "Counts and bounds", _counts(report)
    yield "Check it", _check(report)


def _proven(report: CertificateReport) -> str:
    claim = f"<p class='claim'>{escape(report.claim[0].upper() + report.claim[1:])}.</p>"
    if report.optimum is None:
        return claim + "<p>The independent checker has accepted this certificate.</p>"
    found = report.optimum
    width = report.subject["width"]
    kind = "with any number of neurons" if width == "unlimited" else f"of width {width}"
    numbers = (
        ("this network costs", text_above(found.upper), found.upper),
        (f"no network {escape(kind)} costs less than", text_below(found.lower), found.lower),
    )
    rows = "".join(f"<tr><th scope='row'>{what}</th><td class='number'>{short}</td></tr>" for what, short, _ in numbers)
    exact = "".join(
        f"<details><summary>{what}, as a fraction</summary><code class='long'>{number}</code></details>"
        for what, _, number in numbers
    )
    vectors = sum(found.vectors)
    return (
        f"{claim}<table>{rows}</table>{exact}"
        "<p>What a network costs is its loss on the rows, plus beta/2 times the squares of all its second-layer and "
        "output weights; the squares of the first-layer weights of a sub-network, biases included, add up to at most "
        f"1.</p><p>The bounds are {text_above(found.relative_gap, 3)} apart, relative to the upper one. The upper "
        "bound is the exact cost of the network below. The lower one follows by duality: "
        f"{vectors:,} vectors of integers, with a number for each row, prove that no sub-network, with any weights, "
        "gains more in the loss than its penalty. Nothing rests on floating point.</p>"
    )


def _counts(report: CertificateReport) -> str:
    found = {_COUNTED[name]: f"{count:,}" for name, count in report.counts.items()}
    bounds = {text: _bound(report.bounds[name]) for name, text in _BOUNDS.items() if name in report.bounds}
    return _list(found | bounds)


def _bound(value: Any) -> str:
    if value is None:
        return "too long to write"
    return f"{value:,}" if isinstance(value, int) and value < 10**15 else f"{float(value):.6g}"


def _network(optimum: Optimum, table: Table) -> str:
    found = [Part(k, part) for k, network in enumerate(optimum.model.networks) for part in network.subnetworks]
    parts = sorted(found, key=lambda part: -abs(part.weights.output))
    if not parts:
        return "<p>The best network is 0 everywhere: no sub-network is worth its penalty.</p>"
    widest = max(part.weights.width for part in parts)
    columns = [*table.columns, *(["1"] if table.bias else [])]
    shown = drawn_parts(parts)
    hidden = len(parts) - len(shown)
    note = f"<p>The {len(shown)} sub-networks with the largest output weights; {hidden} more are not drawn.</p>"
    kept = network_svg(shown, columns, [target.name for target in table.targets]) if shown else ""
    return (
        f"<p>{_many(len(parts), 'sub-network')} of at most {_many(widest, 'first-layer neuron')}: output weight "
        "times relu(sum of second-layer weights times relu(first-layer weights times inputs)). Blue is positive, "
        "orange dashed negative; wide is large. The numbers are those of the sub-networks in the list of weights.</p>"
        f"<div class='wide' tabindex='0'>{kept}</div>{note if hidden else ''}"
        f"<details><summary>all weights</summary>{_weights(parts, columns)}</details>"
    )


def _weights(parts: Sequence[Part], columns: Sequence[str]) -> str:
    heads = ["sub-network", "output", "second", *columns]
    lines = (
        [f"{k}" if j == 0 else "", _decimal(part.output) if j == 0 else "", _decimal(u), *map(_decimal, w)]
        for k, (_, part) in enumerate(parts, start=1)
        for j, (w, u) in enumerate(zip(part.first, part.second, strict=True))
    )
    return _table(heads, lines)


def _fit(optimum: Optimum, table: Table) -> str:
    pieces = []
    for k, target in enumerate(table.targets):
        picture = fit_svg(optimum, table, k)
        title = f"<h3>{escape(target.name)}</h3>" if len(table.targets) > 1 else ""
        missing = "<p>Pictures of functions need matplotlib: pip install '.[plot]' in a clone of the project.</p>"
        about = f"<p>{_LEGENDS.get(len(table.columns), _LEGENDS[0])}</p>"
        pieces.append(f"{title}{about}<div class='picture'>{picture}</div>" if picture else missing)
    columns = list(table.columns[:_COLUMNS])
    names = [target.name for target in table.targets]
    heads = ["row", *columns, *(f"{name}: {what}" for name in names for what in ("target", "network"))]
    decided, weights = optimum.fit.classes, optimum.fit.weights
    rows = []
    for i, row in enumerate(table.x[:_ROWS]):
        both = zip(optimum.fit.targets, optimum.fit.outputs, strict=True)
        values = [column[i] for pair in both for column in pair]
        numbers = (*row[: len(columns)], *values, *weights[i : i + 1])
        rows.append([str(i + 1), *map(_decimal, numbers), *decided[i : i + 1]])
    left = len(table.x) - _ROWS
    more = f"<p>{left:,} more rows are not shown.</p>" if left > 0 else ""
    return (
        "".join(pieces)
        + _table([*heads, *(["weight"] if weights else []), *(["class"] if decided else [])], rows)
        + more
    )


def _check(report: CertificateReport) -> str:
    name, digest = escape(report.name), escape(str(report.subject["sha256"]))
    return (
        "<p>With this program, or with the checker alone, the file multilayer/checker.py of the program, which needs "
        "nothing but Python:</p>"
        f"<pre>multilayer verify {name}\npython checker.py {name}</pre>"
        "<p>To see that it is about your table, give that as well, with the options by which it was read, such as "
        f"--target and --bias: <code>multilayer verify {name} --table TABLE</code>.</p>"
        + _list(
            {
                "SHA-256 of the input, an entry of the certificate": f"<code class='long'>{digest}</code>",
                "SHA-256 of the file": f"<code class='long'>{report.file_hash}</code>",
                "written by (a remark, not proven)": escape(report.software),
            },
            raw=True,
        )
    )


def _list(values: Mapping[str, Any], raw: bool = False) -> str:
    rows = (
        f"<tr><th scope='row'>{escape(key)}</th><td class='number'>{value if raw else escape(str(value))}</td></tr>"
        for key, value in values.items()
    )
    return f"<table>{''.join(rows)}</table>"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in heads)
    body = "".join(
        "<tr>" + "".join(f"<td class='number'>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<div class='wide' tabindex='0'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _decimal(value: int | Fraction) -> str:
    return f"{float(value):.6g}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
