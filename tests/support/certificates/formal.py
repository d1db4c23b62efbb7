"""The checker that is extracted from the Coq proofs, asked about the same files."""

import subprocess
from pathlib import Path

FORMAL = Path(__file__).parents[3] / "formal"
CHECKER = FORMAL / "checker"
ACCEPTED, REJECTED = 0, 3
OWN = ("it takes more than", ".tree", "nothing covers", "its logarithm is not proven")
LIMIT = 300  # seconds for one file, far more than it takes


def opinion(path):
    """The status of the extracted checker, and what it says."""
    run = subprocess.run([CHECKER, path], capture_output=True, text=True, timeout=LIMIT, check=False)
    assert run.returncode in (ACCEPTED, REJECTED), (run.returncode, run.stdout, run.stderr)
    return run.returncode, run.stdout.strip()


def agrees(path, accepted, reason):
    """Whether both checkers say the same of a file, where the extracted one is built.

    Either may give up on its own when it has taken too many steps, which says nothing of a claim. The extracted one
    does not follow the tokens of covers, nor the bounds of logarithms in the file: it finds covers and bounds itself.
    """
    if not CHECKER.exists() or any(own in reason for own in OWN):
        return True
    status, _ = opinion(path)
    return accepted == (status == ACCEPTED)
