"""Faults to plant under claims, a module a topic: FAULTS lists (claim, what is replaced, by what, what is said)."""

from importlib import import_module
from pkgutil import iter_modules

FAULTS = [fault for found in iter_modules(__path__) for fault in import_module(f"{__name__}.{found.name}").FAULTS]
