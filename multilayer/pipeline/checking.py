"""The checker with a `map` over an executor. Workers import this module, so it imports little."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from arrangements.parallel.chunks import map_in_order
from multilayer import checker


def check(path: Path, executor: Executor | None = None) -> tuple[str, str]:
    """Check a certificate by the functions of the checker: its kind and claim.

    Args:
        path: the file.
        executor: whose workers check the entries of long lists; None for the checker as it stands.

    Raises:
        Rejected: of the checker, for the reason that it would find alone.
        OSError: the file cannot be read.
        InputError: the executor is not one.
    """
    if executor is None:
        found: tuple[str, str] = checker.check(str(path))
        return found

    def run(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        return map_in_order(function, items, executor)

    found = checker.check(str(path), run)
    return found
