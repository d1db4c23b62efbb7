"""The command line: the group with its errors, what commands share, and a file a command in `commands`.

A module here or there imports click and its neighbours only; everything else is imported when its command runs, so
that `--help` answers at once.
"""

from multilayer.cli.entry import main

__all__ = ["main"]
