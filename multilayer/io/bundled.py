"""The tables that come with the package, in `multilayer/data`."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

from arrangements.families import is_family


def bundled_tables() -> list[str]:
    """List the names of the tables.

    Example:
        >>> bundled_tables()
        ['balloons', 'digits', 'galileo', 'random-labels', 'teacher', 'xor']
    """
    names = (entry.name for entry in (files("multilayer") / "data").iterdir())
    return sorted(name.removesuffix(".csv") for name in names if name.endswith(".csv"))


def is_named(source: str) -> bool:
    """Whether SOURCE is the name of a family or of a bundled table, and no file has that name; a folder may.

    Example:
        >>> is_named("braid:4"), is_named("xor"), is_named("xor.csv")
        (True, True, False)
    """
    if not (is_family(source) or source in bundled_tables()):
        return False
    path = Path(source)
    return not path.exists() or path.is_dir()


@contextmanager
def located(source: str) -> Iterator[str]:
    """Give the path of a bundled table by its name (xor, galileo, teacher, ...), and any other source as it is.

    A file of that name comes first.

    Example:
        >>> with located("xor") as path:
        ...     Path(path).name
        'xor.csv'
    """
    if not is_named(source) or is_family(source):
        yield source
        return
    with as_file(files("multilayer") / "data" / f"{source}.csv") as path:
        yield str(path)
