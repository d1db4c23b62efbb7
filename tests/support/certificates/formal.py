"""The checker that is extracted from the Coq proofs, asked about the same files."""

import subprocess
from pathlib import Path

FORMAL = Path(__file__).parents[3] / "formal"
CHECKER = FORMAL / "checker"
ACCEPTED, REJECTED = 0, 3
LIMIT = 300  # seconds for one file, far more than it takes


def opinion(path):
    """The status of the extracted checker, and what it says."""
    run = subprocess.run([CHECKER, path], capture_output=True, text=True, timeout=LIMIT, check=False)
    assert run.returncode in (ACCEPTED, REJECTED), (run.returncode, run.stdout, run.stderr)
    return run.returncode, run.stdout.strip()


def agrees(path, accepted, reason):
    """Whether both checkers say the same of a file, where the extracted one is built.

    Either may give up on its own when it has taken too many steps, which says nothing of a claim.
    """
    if not CHECKER.exists() or "it takes more than" in reason:
        return True
    status, _ = opinion(path)
    return accepted == (status == ACCEPTED)
