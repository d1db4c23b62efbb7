"""A process with a time limit, after which it is ended with all that it started."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence


def communicated(
    command: Sequence[str], limit: float, *, folder: str | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str] | None:
    """Run a command, and return its status and what it said; None where it had to be ended.

    Args:
        command: program and arguments.
        limit: seconds.
        folder: where it runs; here if None.
        environment: its variables; those of this process if None.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return None
    return subprocess.CompletedProcess(command, process.returncode, output, errors)
