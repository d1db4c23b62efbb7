"""Import of optional packages, with a message on how to install what is missing."""

from importlib import import_module
from typing import Any

from arrangements.errors import InputError


def needed(name: str) -> Any:
    """Import a module of the extra `sgd`.

    Raises:
        InputError: it is not installed; the message says how to install it.

    Example:
        >>> needed("math").tau > 6
        True
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise InputError(f'this needs {name}: pip install ".[sgd]" in a clone of the project') from error
