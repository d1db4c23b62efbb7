"""The page of a report as one text, with nothing left to fetch; the explorer stands inside as a page of its own."""

from html import escape
from importlib.resources import files

from multilayer.io.templates import filled
from multilayer.report.certificate_report import CertificateReport
from multilayer.report.sections import sections

_LEADS = {
    "optimum": "A neural network that is proven to be the best of its kind on this table, up to the gap below.",
    "regions": "All sign patterns of one ReLU layer on these rows, counted with proof.",
    "second-layer": "All sign patterns of two ReLU layers on these rows, counted with proof.",
}


def page_text(report: CertificateReport, explorer: str | None) -> str:
    """Make the page.

    Args:
        report: what it shows.
        explorer: the explorer of the same rows as a page, or None.
    """
    found = list(sections(report))
    if explorer is not None:
        frame = f"<iframe title='explorer' loading='lazy' srcdoc=\"{escape(explorer)}\"></iframe>"
        about = "<p>The same rows, to be taken in hand: drag them, and count regions anew.</p>"
        found.append(
            ("Explore", f"<div class='explorer'>{about}<details><summary>open</summary>{frame}</details></div>")
        )
    name = report.table.name
    return filled(
        (files("multilayer.report") / "page.html").read_text(encoding="utf-8"),
        {
            "TITLE": escape(name),
            "HEADING": escape(name),
            "LEAD": _LEADS[report.kind],
            "SECTIONS": "\n".join(f"<section><h2>{head}</h2>{body}</section>" for head, body in found),
        },
    )
