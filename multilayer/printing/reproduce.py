"""Printing of the result of the command reproduce."""

from pathlib import Path
from typing import Any

import click

from multilayer.printing.reports import print_report, print_table, readable


def print_reproduced(report: dict[str, Any], folder: Path) -> None:
    """Print the summary as a table, then the findings, then the files."""
    rows = report["summary"]
    if rows:
        print_table(list(rows[0]), [[_cell(value) for value in row.values()] for row in rows])
        click.echo()
    files = ", ".join(str(folder / name) for name in report["files"].values())
    print_report({**report["findings"], "seconds": report["seconds"]}, as_json=False)
    click.echo(f"files: {files}")


def _cell(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else readable(value)
