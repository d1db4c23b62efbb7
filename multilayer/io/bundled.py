"""The tables that come with the package, in `multilayer/data`."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


def bundled_tables() -> list[str]:
    """List the names of the tables.

    Example:
        >>> bundled_tables()
        ['balloons', 'digits', 'galileo', 'random-labels', 'teacher', 'xor']
    """
    names = (entry.name for entry in (files("multilayer") / "data").iterdir())
    return sorted(name.removesuffix(".csv") for name in names if name.endswith(".csv"))


def is_bundled(source: str) -> bool:
    """Whether this is the name of a bundled table, and no file has it; a folder may.

    Example:
        >>> is_bundled("xor"), is_bundled("xor.csv")
        (True, False)
    """
    named = re.fullmatch(r"[a-z-]*[a-z]", source) and (files("multilayer") / "data" / f"{source}.csv").is_file()
    return bool(named) and (not Path(source).exists() or Path(source).is_dir())


@contextmanager
def located(source: str) -> Iterator[str]:
    """Give the path of a bundled table by its name (xor, galileo, teacher, ...), and any other source as it is.

    A file of that name comes first.

    Example:
        >>> with located("xor") as path:
        ...     Path(path).name
        'xor.csv'
    """
    bundled = files("multilayer") / "data" / f"{source}.csv"
    if not is_bundled(source):
        yield source
        return
    with as_file(bundled) as path:
        yield str(path)
