"""Hypothesis for all tests: no deadline, and the same examples on every run of the continuous integration."""

import os

from hypothesis import settings

settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("project")
