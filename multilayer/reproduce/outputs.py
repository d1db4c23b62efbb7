"""The files of an experiment: NAME.csv, NAME.svg, NAME.png and NAME.json in one folder.

NAME.json is also the mark by which the files are known as an experiment's own: files with these names that stand in a
folder without it are somebody else's, and are not replaced.
"""

import csv
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.writing import replacing
from multilayer.figures.drawing import check_figure, save
from multilayer.io.writing import check_writable, write_json
from multilayer.reproduce.experiment import Request, Result, versions

Report = dict[str, Any]


def paths(folder: Path, name: str) -> dict[str, Path]:
    """Name the files of an experiment, by their kinds.

    Example:
        >>> paths(Path("out"), "figure2")["csv"].as_posix()
        'out/figure2.csv'
    """
    return {kind: folder / f"{name}.{kind}" for kind in ("json", "csv", "svg", "png")}


def check_outputs(folder: Path, name: str) -> None:
    """Check, before the work is done, that the files can be written and replace none but the experiment's own.

    Args:
        folder: where; made if it is not there, its parent is not.
        name: of the experiment.

    Raises:
        InputError: a place that cannot be written, a file that is not the experiment's, or matplotlib is missing.
    """
    files = paths(folder, name)
    if not folder.exists():
        if not folder.parent.is_dir():
            raise InputError(f"{folder}: cannot be made: there is no folder {folder.parent}")
        if not os.access(folder.parent, os.W_OK):
            raise InputError(f"{folder}: cannot be made: no permission in {folder.parent}")
        check_figure(Path(files["svg"].name))
        return
    if not folder.is_dir():
        raise InputError(f"{folder}: is a file; --output names a folder")
    for path in files.values():
        check_writable(path)
    check_figure(files["svg"])
    there = next((path for path in files.values() if path.exists()), None)
    if there is not None and not _is_own(files["json"], name):
        raise InputError(f'{there} is there, and was not written by "reproduce {name}"; give --output another folder')


def _is_own(path: Path, name: str) -> bool:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("experiment") == name


def write_outputs(folder: Path, name: str, request: Request, result: Result, seconds: float) -> Report:
    """Write the files, each whole or not at all, and return the report, which is also in NAME.json.

    Args:
        folder: where.
        name: of the experiment.
        request: what was asked for.
        result: what was found.
        seconds: how long it took.

    Raises:
        InputError: a place that cannot be written.
    """
    files = paths(folder, name)
    report: Report = {
        "experiment": name,
        "quick": request.quick,
        "seed": request.seed,
        "settings": dict(result.settings),
        "left_open": dict(result.left_open),
        "versions": versions(),
        "findings": dict(result.findings),
        "summary": [dict(row) for row in result.summary],
        "files": {kind: path.name for kind, path in files.items()},
        "seconds": round(seconds, 3),
    }
    folder.mkdir(exist_ok=True)
    write_json(files["json"], report)  # first: it marks what comes after it as the experiment's own
    _write_table(files["csv"], result)
    for kind in ("svg", "png"):
        save(files[kind], result.figure)
    return report


def _write_table(path: Path, result: Result) -> None:
    rows: list[Mapping[str, Any]] = list(result.table)
    with replacing(path) as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
