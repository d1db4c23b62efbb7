"""Disks: a full one stops a run with status 4, one that cannot be written refuses it with status 2; in one line."""

import os
import shutil
import subprocess
import sys

import pytest
from support import store_runs
from support.store_runs import Work, check, ran

from multilayer import store
from multilayer.store.folder import part_paths

REGIONS, PAIRS = Work("resonance:5"), Work("random:8,3,0", 2)
CELLS = 1_000


def mount(*options):
    return subprocess.run(["mount", *map(str, options)], capture_output=True, text=True, check=False)


@pytest.fixture
def disk(tmp_path):
    """A folder in memory with room for 64 KiB, in which the dataset is `d`."""
    place = tmp_path / "disk"
    place.mkdir()
    if not sys.platform.startswith("linux") or shutil.which("mount") is None:
        pytest.skip("needs mount")
    done = mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", place)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def one_line(end, status):
    """The status, and nothing but one line on standard error beside notes and progress."""
    assert end.status == status, end
    lines = [line for line in end.err.splitlines() if line.startswith("multilayer: ")]
    said = [line for line in lines if not line.startswith("multilayer: note: ") and " %)" not in line]
    assert len(said) == 1, end
    return said[0]


@pytest.mark.parametrize(("work", "workers"), [(REGIONS, 1), (PAIRS, 2)], ids=["regions", "pairs, two workers"])
def test_a_full_disk(disk, work, workers):
    end = ran(disk, work, "--workers", workers, cells=CELLS)
    line = one_line(end, 4)
    assert line.startswith("multilayer: stopped at a full disk: ")
    assert line.endswith(
        f"go on with: multilayer enumerate {' '.join(work.arguments)} --output d/ --workers {workers} --resume"
    )
    found = store.open(disk / "d")
    assert f"{len(found):,} {work.kind} are in {len(found.parts)} part" in line
    assert len(found) > 0
    before = part_paths(disk / "d")
    again = ran(disk, work, "--resume", cells=CELLS)  # it is full as before
    assert "full disk" in one_line(again, 4)
    assert set(before) <= set(part_paths(disk / "d"))
    assert not mount("-o", "remount,size=16m", disk).returncode
    end = ran(disk, work, "--workers", workers, "--resume", cells=CELLS)
    assert end.status == 0, end
    check(disk / "d", work)
    assert set(before) <= set(part_paths(disk / "d"))


def test_a_disk_that_is_full_from_the_beginning(disk):
    with pytest.raises(OSError, match="No space left"):
        (disk / "filler").write_bytes(bytes(1 << 30))
    end = ran(disk, REGIONS, cells=CELLS)
    assert "the disk is full; make room" in one_line(end, 4)
    (disk / "filler").unlink()
    assert not mount("-o", "remount,size=16m", disk).returncode
    end = ran(disk, REGIONS, cells=CELLS)
    assert end.status == 0, end
    check(disk / "d", REGIONS)


@pytest.mark.parametrize("begun", [False, True])
def test_a_disk_that_cannot_be_written(disk, begun):
    if begun:
        REGIONS.fill(disk / "d", limits=store.Limits(cells=1))
    assert not mount("-o", "remount,ro", disk).returncode
    line = one_line(ran(disk, REGIONS, "--resume", cells=CELLS), 2)
    assert line == f"multilayer: d{'/_lock' if begun else ''}: cannot be written: Read-only file system"
    if begun:
        assert len(store.open(disk / "d")) > 0  # it can be read
        line = one_line(ran(disk, REGIONS, "--restart", cells=CELLS), 2)
        assert line == "multilayer: d/_lock: cannot be written: Read-only file system"
    assert not mount("-o", "remount,rw,size=16m", disk).returncode
    assert REGIONS.fill(disk / "d", resume=True).complete
    check(disk / "d", REGIONS)


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(multilayer, tmp_path):
    folder = tmp_path / "d"
    folder.mkdir()
    folder.chmod(0o555)
    outcome = multilayer("enumerate", "braid:4", "--output", "d/")
    folder.chmod(0o755)
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert "cannot be written: Permission denied" in outcome.err


@pytest.mark.parametrize("name", ["d", "d/_lock", "above/d"])
def test_something_else_in_the_place(multilayer, tmp_path, name):
    """A file where the folder should be or above it, a folder where the lock should be."""
    if name == "d/_lock":
        (tmp_path / name).mkdir(parents=True)
    else:
        (tmp_path / name.split("/")[0]).write_text("")
    outcome = multilayer("enumerate", "braid:4", "--output", name.removesuffix("_lock").rstrip("/") + "/")
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1), outcome
    assert "cannot be written: " in outcome.err


@pytest.mark.parametrize("number", range(1, 40, 4))
def test_the_disk_fills_at_any_write(tmp_path, monkeypatch, number):
    """In one process: the flush of a part fails, the dataset stays whole, and the run goes on when there is room."""
    import errno

    from multilayer.store import part_files

    store_runs.small_parts(300, monkeypatch.setattr)
    left, fsync = [number], os.fsync

    def failing(file):
        left[0] -= 1
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(file)

    with monkeypatch.context() as patch:
        patch.setattr(part_files.os, "fsync", failing)
        found = REGIONS.fill(tmp_path / "d") if number > 1 else None
        assert found is None or found.complete or found.reason == "a full disk"
    REGIONS.fill(tmp_path / "d", resume=True)
    check(tmp_path / "d", REGIONS)
