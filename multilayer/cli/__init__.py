"""The command line: `entry` holds the group and what errors mean, `options` what commands share, then a file a command.

A module of this folder imports click and its neighbours only; everything else is imported when its command runs, so
that `--help` answers at once.
"""

from multilayer.cli.entry import main

__all__ = ["main"]
