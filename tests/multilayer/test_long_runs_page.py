"""Every example of docs/howto/long-runs.md, run as a program or a command of its own, prints what stands below it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from arrangements import family
from multilayer import store

pytest.importorskip("pyarrow")

HERE = Path(__file__).parents[2]
PAGE = (HERE / "docs" / "howto" / "long-runs.md").read_text()
PROGRAMS = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, re.DOTALL)
CONSOLES = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
LIBRARIES = ("duckdb", "polars", "pandas", "distributed", "mpi4py")
QUEUE = '''
"""In the place of SLURM's cluster: one on this machine, which is asked for in the same way."""
from distributed import LocalCluster


class SLURMCluster(LocalCluster):
    def __init__(self, *, queue, cores, processes, memory, walltime, worker_extra_args):
        super().__init__(n_workers=0, threads_per_worker=cores, dashboard_address=None)

    def scale(self, jobs):
        return super().scale(jobs)
'''


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The two datasets that the page makes before it reads them."""
    made = tmp_path_factory.mktemp("datasets")
    store.enumerate_regions(family("braid:5"), made / "braid5")
    store.enumerate_pairs(family("random:5,2,0"), 2, made / "pairs")
    return made


@pytest.mark.parametrize("number", range(len(PROGRAMS)))
def test_programs(number, folders, tmp_path):
    code, printed = PROGRAMS[number]
    for library in LIBRARIES:
        if f"import {library}" in code or f"from {library}" in code:
            pytest.importorskip(library)
    if "dask_jobqueue" in code:
        pytest.importorskip("distributed")
        (tmp_path / "dask_jobqueue.py").write_text(QUEUE)
    shutil.copytree(folders, tmp_path, dirs_exist_ok=True)
    (tmp_path / "run.py").write_text(code)
    command = [sys.executable, "run.py"]
    if "mpi4py" in code:
        starter = shutil.which("mpiexec") or pytest.skip("no mpiexec")
        command = [starter, "-n", "3", sys.executable, "-m", "mpi4py.futures", "run.py"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{HERE}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.stdout == printed, done.stderr


def test_consoles(multilayer):
    for shown in CONSOLES:
        for session in shown.removeprefix("$ ").split("\n$ "):
            command, _, expected = session.partition("\n")
            name, *arguments = command.split()
            assert name == "multilayer"
            outcome = multilayer(*arguments)
            # what the command says beforehand, what it prints, what it says at the end: in this order on a terminal
            notes = [line for line in outcome.err.splitlines() if " note: " in line]
            others = [line for line in outcome.err.splitlines() if " note: " not in line]
            lines = "".join(f"{line}\n" for line in [*notes, *outcome.out.splitlines(), *others])
            pattern = re.escape(expected.rstrip("\n") + "\n").replace(re.escape("..."), ".*")
            assert re.fullmatch(pattern, lines, re.DOTALL), (command, lines)


def test_every_example_is_found():
    assert len(PROGRAMS) == PAGE.count("```python") >= 9
    assert len(CONSOLES) == PAGE.count("```console") >= 1
