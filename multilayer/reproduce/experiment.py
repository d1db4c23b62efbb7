"""What an experiment is asked for, and what it returns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any, TypeAlias

from multilayer import __version__
from multilayer.pipeline.limits import silent
from multilayer.pipeline.progress import Progress, unshown

#: The experiments by name; each module has `run`, and is imported when it is asked for.
EXPERIMENTS = {
    "figure2": "multilayer.reproduce.figure2",
    "figure4": "multilayer.reproduce.figure4",
    "figure5": "multilayer.reproduce.figure5",
    "table1": "multilayer.reproduce.table1",
}

Cell: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True)
class Request:
    """What an experiment is asked for.

    Attributes:
        quick: smaller sizes, less than a minute.
        seed: of everything that is drawn.
        note: told what goes on.
        progress: shows how far it is.
        data: the folder with the data, for experiments that need files.
    """

    quick: bool = False
    seed: int = 0
    note: Callable[[str], None] = silent
    progress: Progress = unshown
    data: Path | None = None


@dataclass(frozen=True)
class Result:
    """What an experiment found.

    Attributes:
        table: the rows of NAME.csv, all with the same keys.
        figure: a figure of matplotlib.
        settings: sizes, rates, seeds: all that is needed to do it again.
        left_open: what the paper does not say, by name, and what was chosen.
        summary: the rows that are printed, all with the same keys; few of them.
        findings: single results, by name.
    """

    table: Sequence[Mapping[str, Cell]]
    figure: Any
    settings: Mapping[str, Any]
    left_open: Mapping[str, str]
    summary: Sequence[Mapping[str, Cell]]
    findings: Mapping[str, Any]


def run(name: str, request: Request) -> Result:
    """Run an experiment.

    Args:
        name: a key of EXPERIMENTS.
        request: sizes, seed, and who is told.
    """
    found: Result = import_module(EXPERIMENTS[name]).run(request)
    return found


def looks(steps: int, number: int) -> frozenset[int]:
    """Choose the steps at which training is looked at: the first, the last, and others that grow by a factor.

    Args:
        steps: of the training.
        number: how many at most.

    Example:
        >>> sorted(looks(1000, 4))
        [1, 10, 100, 1000]
    """
    return frozenset(round(steps ** (k / (number - 1))) for k in range(number))


def versions(packages: Sequence[str] = ("numpy", "scipy", "matplotlib")) -> dict[str, str | None]:
    """Read the versions of Python, of this project, and of packages; None for one that is not installed.

    Example:
        >>> versions(["no-such-package"])["no-such-package"] is None
        True
    """
    found: dict[str, str | None] = {"python": python_version(), "multilayer": __version__}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found
