"""The face of the toolkit: command line, reports, bundled data."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("multilayer-arrangements")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "unknown"
