"""The command report: a page about a certificate."""

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from arrangements.errors import InputError
from arrangements.writing import replacing
from multilayer.explorer.certificate_content import certificate_content
from multilayer.explorer.contents import arrangement_content
from multilayer.explorer.page_text import page_text as explorer_page
from multilayer.report.certificate_report import CertificateReport, certificate_report
from multilayer.report.page_text import page_text

_REGIONS = 5_000  # that the explorer draws


def write_report(path: Path, output: Path, explorer: bool) -> Mapping[str, Any]:
    """Write the page of a certificate; a file that was there is replaced as a whole.

    Args:
        path: of the certificate.
        output: of the page.
        explorer: whether the explorer of the same rows is to be inside, if they are few enough for it.

    Returns:
        What is printed.

    Raises:
        Rejected: of the checker, with the reason and its place.
        InputError: a file cannot be read or written, or is no certificate of an optimum, of regions or a second layer.
    """
    begun = perf_counter()
    report = certificate_report(path)
    inside = _explorer(report) if explorer else None
    text = page_text(report, inside)
    with replacing(output) as file:
        file.write(text)
    return {
        "page": str(output),
        "kind": report.kind,
        "explorer": inside is not None,
        "bytes": len(text.encode()),
        "seconds": perf_counter() - begun,
    }


def _explorer(report: CertificateReport) -> str | None:
    if report.counts["regions"] > _REGIONS:
        return None
    try:
        if report.optimum is None:
            content = arrangement_content(report.table)
        else:
            content = certificate_content(report.content, report.claim, report.table.name, report.optimum.model)
    except InputError:  # more rows than it shows
        return None
    return explorer_page(content, report.table.name)
