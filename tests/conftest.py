"""For all tests: hypothesis with no deadline, the same examples in the continuous integration, and compiled kernels."""

import os

import pytest
from hypothesis import settings
from support.kernels import compile_kernels

settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("project")


def pytest_sessionstart(session: pytest.Session) -> None:
    """In the process that will start the workers, where there are any."""
    if session.config.getoption("numprocesses", None) and not hasattr(session.config, "workerinput"):
        compile_kernels()
