"""Damaged, foreign, doubled and missing files: they are named and never used, and the resumed dataset is whole."""

import hashlib
import json
import random
import shutil

import pytest
from support import store_runs
from support.store_runs import Work, check

from arrangements import family
from arrangements.errors import InputError
from multilayer import store
from multilayer.store import part_files
from multilayer.store.folder import part_paths
from multilayer.store.part_files import DamagedPart, check_part, read_part

REGIONS, PAIRS = Work("resonance:5"), Work("random:8,3,0", 2)
CELLS = {REGIONS: 400, PAIRS: 600}
PLACES = ["first", "middle", "last"]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    store_runs.small_parts(400, monkeypatch.setattr)


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    """For each work its folder, filled with many parts, which tests copy."""
    with pytest.MonkeyPatch.context() as patch:
        store_runs.small_parts(400, patch.setattr)
        made = {}
        for work in (REGIONS, PAIRS):
            made[work] = tmp_path_factory.mktemp("template") / "d"
            work.fill(made[work])
            assert len(part_paths(made[work])) > 8
        made["table"] = tmp_path_factory.mktemp("template") / "d"
        store.enumerate_regions(family("random:31,4,0"), made["table"])
        made["engine"] = tmp_path_factory.mktemp("template") / "d"
        store.enumerate_regions(family(REGIONS.source), made["engine"], engine="lp", limits=store.Limits(1))
    return made


@pytest.fixture(params=[REGIONS, PAIRS], ids=["regions", "pairs"])
def whole(request, templates, tmp_path):
    """A folder that is complete, and what it lists."""
    return shutil.copytree(templates[request.param], tmp_path / "d"), request.param


def chosen(folder, place, draw):
    """The first part, or one of those between that leave roots open, or one that leaves none."""
    found = sorted(map(read_part, part_paths(folder)))
    begin = {json.dumps(group) for group in store.open(folder).listing.groups}
    first = [part.path for part in found if json.dumps(part.roots) in begin]
    middle = [part.path for part in found if part.open and part.path not in first] or first
    last = [part.path for part in found if not part.open]
    return draw.choice({"first": first, "middle": middle, "last": last}[place])


def resumed(folder, work):
    """Go on in the folder; the dataset is whole then, and what was said about files comes back."""
    said = []
    found = work.fill(folder, resume=True, say=said.append)
    assert found.complete
    check(folder, work, refused=None)
    again = []
    work.fill(folder, resume=True, say=again.append)  # there is nothing left to complain of
    assert not again
    return said


def truncated(path, draw):
    with path.open("r+b") as file:
        file.truncate(draw.randrange(path.stat().st_size))


def emptied(path, draw):
    path.write_bytes(b"")


def grown(path, draw):
    with path.open("ab") as file:
        file.write(draw.choice([b"\0", b"PAR1", path.read_bytes()]))


def lost_page(path, draw):
    data = bytearray(path.read_bytes())
    size = min(512, len(data) // 2)
    place = draw.randrange(len(data) - size)
    data[place : place + size] = bytes(size)
    path.write_bytes(data)


def flipped(path, draw):
    data = bytearray(path.read_bytes())
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    path.write_bytes(data)


def noise(path, draw):
    path.write_bytes(draw.randbytes(path.stat().st_size))


def other_part(path, draw):
    shutil.copy(draw.choice([other for other in part_paths(path.parent) if other != path]), path)


def folder_in_its_place(path, draw):
    path.unlink()
    path.mkdir()
    (path / "inside").touch()


def link_to_nothing(path, draw):
    path.unlink()
    path.symlink_to(path.parent / "nothing")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "harm",
    [truncated, emptied, grown, lost_page, flipped, noise, other_part, folder_in_its_place, link_to_nothing],
)
def test_a_harmed_part_is_named_and_listed_again(whole, harm, place):
    folder, work = whole
    draw = random.Random(f"{harm.__name__} {place}")
    path = chosen(folder, place, draw)
    harm(path, draw)
    said = resumed(folder, work)
    assert any(text.startswith(f"{path}: ") for text in said), said
    assert (folder / f"_refused-{path.name}").is_symlink() or (folder / f"_refused-{path.name}").exists()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_harm_to_several_parts_at_random(whole, seed):
    folder, work = whole
    draw = random.Random(seed)
    harms = [truncated, emptied, grown, lost_page, flipped, noise]
    paths = draw.sample(part_paths(folder), draw.randrange(1, 6))
    for path in paths:
        draw.choice(harms)(path, draw)
    said = resumed(folder, work)
    assert all(any(text.startswith(f"{path}: ") for text in said) for path in paths)


@pytest.mark.parametrize("place", PLACES)
def test_a_deleted_part_is_listed_again(whole, place):
    folder, work = whole
    path = chosen(folder, place, random.Random(0))
    path.unlink()
    problem = complaint(lambda: store.open(folder).complete)
    assert problem is None or "--resume" in problem
    assert problem is not None or not store.open(folder).complete
    said = resumed(folder, work)
    assert not said or place == "middle" or work == PAIRS  # what follows from a part that was not the same can be lost


def complaint(run):
    """What an InputError says; None if there is none."""
    try:
        run()
    except InputError as error:
        return str(error)
    return None


def test_the_first_part_is_made_again_as_it_was(templates, tmp_path):
    """So that what follows from it is not lost; whatever the limits were when it was made."""
    folder = tmp_path / "d"
    found = REGIONS.fill(folder, limits=store.Limits(cells=2000))
    assert not found.complete
    REGIONS.fill(folder, resume=True)
    before = len(part_paths(folder))
    chosen(folder, "first", random.Random(0)).unlink()
    assert not resumed(folder, REGIONS)
    assert len(part_paths(folder)) == before


@pytest.mark.parametrize("name", ["part-copy.parquet", "part-{stem} (1).parquet", "part-00000000000000000000.parquet"])
def test_a_part_twice_is_used_once(whole, name):
    folder, work = whole
    path = chosen(folder, "middle", random.Random(name))
    twin = folder / name.format(stem=path.stem)
    shutil.copy(path, twin)
    said = resumed(folder, work)
    assert [text.partition(": ")[0] for text in said] == [str(twin)]


@pytest.mark.parametrize("other", ["table", "engine"])
@pytest.mark.parametrize("own_name", [True, False])
def test_parts_of_another_run_are_not_used(templates, tmp_path, other, own_name):
    folder = shutil.copytree(templates[REGIONS], tmp_path / "d")
    foreign = part_paths(templates[other])[0]
    path = folder / foreign.name if own_name else chosen(folder, "middle", random.Random(0))
    shutil.copy(foreign, path)
    said = resumed(folder, REGIONS)
    (about,) = [text for text in said if text.startswith(f"{path}: ")]
    assert "it belongs to another run" in about
    assert {"table": "the table", "engine": "engine: 'lp' there, 'rays' here"}[other] in about


def test_parts_of_another_version_are_not_used(whole, monkeypatch):
    folder, work = whole
    path = chosen(folder, "last", random.Random(0))
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"version":1', b'"version":9'))
    assert "it has format 'multilayer-arrangements/store', version 9" in resumed(folder, work)[0]


def test_leftovers_are_deleted(whole):
    folder, work = whole
    path = chosen(folder, "last", random.Random(0))
    beside = folder / f".{path.name}.0123abcd"
    path.rename(beside)
    (folder / ".part-x.parquet.ff").write_bytes(b"")
    (folder / "._run.json").write_text("{")
    (folder / "_stop").touch()
    assert not resumed(folder, work)
    assert not beside.exists()


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_a_changed_bit_of_a_part_is_seen(whole, tmp_path, step):
    """Header, cells, footer, checksum and end: a bit of each byte in turn; what reads a part raises nothing else."""
    folder, _ = whole
    path = min(part_paths(folder), key=lambda path: path.stat().st_size)
    check_part(path)
    data, draw = path.read_bytes(), random.Random(0)
    copy = tmp_path / path.name
    for place in range(len(data) % step, len(data), step):
        changed = bytearray(data)
        changed[place] ^= 1 << draw.randrange(8)
        copy.write_bytes(changed)
        with pytest.raises(DamagedPart):
            check_part(copy)


@pytest.mark.slow
def test_every_length_of_a_part_is_seen(whole, tmp_path):
    folder, _ = whole
    path = min(part_paths(folder), key=lambda path: path.stat().st_size)
    data, copy = path.read_bytes(), tmp_path / path.name
    for size in range(len(data)):
        copy.write_bytes(data[:size])
        with pytest.raises(DamagedPart):
            check_part(copy)


def run_of(folder):
    return json.loads((folder / "_run.json").read_text())


def lacking(*keys):
    def change(path):
        said = json.loads(path.read_text())
        for key in keys:
            del said[key]
        path.write_text(json.dumps(said))

    return change


def changed(**values):
    return lambda path: path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


RUNS = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_text(""),
    "cut": lambda path: path.write_text(path.read_text()[:100]),
    "no JSON": lambda path: path.write_text("{nonsense"),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "deep": lambda path: path.write_text("[" * 100_000),
    "a list": lambda path: path.write_text("[]"),
    "a number": lambda path: path.write_text("7"),
    "nothing": lambda path: path.write_text("null"),
    "another format": changed(format="x"),
    "another version": changed(version=2),
    "no version": lacking("version"),
    "no run": lacking("run"),
    "no input": lacking("input"),
    "a run that is a list": changed(run=[]),
    "a run that is empty": changed(run={}),
    "an input that is a list": changed(input=[]),
    "another input": changed(input={"rows": [["1", "2"]], "offsets": None}),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a link to nothing": lambda path: (path.unlink(), path.symlink_to("nothing")),
}


@pytest.mark.parametrize("name", RUNS)
def test_the_record_of_the_run_is_damaged(whole, name):
    """It is mended, or the message says what to do; doing so mends it."""
    folder, work = whole
    path = folder / "_run.json"
    RUNS[name](path)
    before = {part.name: part.read_bytes() for part in part_paths(folder)}
    problem = complaint(lambda: resumed(folder, work))
    if problem is not None:
        assert str(folder) in problem
        assert any(advice in problem for advice in ("--resume", "--restart", "newer version"))
        with pytest.raises(InputError):
            store.open(folder)
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
        assert not resumed(folder, work)
    assert {part.name: part.read_bytes() for part in part_paths(folder)} == before


def test_the_record_of_another_run(templates, tmp_path):
    folder = shutil.copytree(templates[REGIONS], tmp_path / "d")
    shutil.copy(templates["table"] / "_run.json", folder)
    with pytest.raises(InputError, match=r"belongs to another run: the table.*--restart"):
        REGIONS.fill(folder, resume=True)
    (folder / "_run.json").unlink()
    assert not resumed(folder, REGIONS)


def test_all_is_lost_but_the_folder(whole):
    folder, work = whole
    for path in part_paths(folder):
        emptied(path, None)
    (folder / "_run.json").unlink()
    said = resumed(folder, work)
    assert len({text.partition(": ")[0] for text in said}) == len(said)


def test_a_part_is_refused_again_and_again(whole):
    """What was set aside before is no hindrance, be it a file or a folder."""
    folder, work = whole
    path = chosen(folder, "last", random.Random(0))
    for harm in (emptied, folder_in_its_place, noise, link_to_nothing, folder_in_its_place):
        harm(path, random.Random(0))
        assert str(path) in resumed(folder, work)[0]


def test_a_checksum_is_right_by_definition(whole):
    """Computed here from the page that defines it: the file with its own digits as zeros."""
    import hashlib

    import pyarrow.parquet as pq

    folder, _ = whole
    for path in part_paths(folder):
        digits = pq.read_metadata(path).metadata[b"checksum"]
        data = path.read_bytes()
        assert data.count(digits) == 1
        assert hashlib.sha256(data.replace(digits, b"0" * 64)).hexdigest().encode() == digits
    assert part_files.VERSION == 1


def test_a_part_that_comes_while_a_run_is_at_work_is_set_aside(tmp_path):
    """As a worker of an earlier run may write one, that did not hear of its end."""
    store.enumerate_regions(family("braid:4"), tmp_path / "other", engine="lp")
    (foreign,) = part_paths(tmp_path / "other")

    def seen(cells):
        if cells:
            shutil.copy(foreign, tmp_path / "d")
            (tmp_path / "d" / f".{foreign.name}.0123abcd").write_bytes(b"")  # of a worker that was killed

    said = []
    found = store.enumerate_regions(family("braid:5"), tmp_path / "d", engine="lp", seen=seen, say=said.append)
    assert found.complete
    assert [name for name, _ in found.refused] == [foreign.name]
    assert foreign.name in said[0]
    assert (tmp_path / "d" / f"_refused-{foreign.name}").exists()
    assert not [path for path in (tmp_path / "d").iterdir() if path.name.startswith(".")]
    assert len(store.open(tmp_path / "d")) == 120


@pytest.mark.parametrize("width", [0, -3, "x", 3])
def test_a_record_of_pairs_with_another_width(tmp_path, width):
    """Even where the hash is right."""
    store.enumerate_pairs(family("braid:3"), 2, tmp_path)
    path = tmp_path / "_run.json"
    said = json.loads(path.read_text())
    said["input"]["width"] = width
    text = json.dumps(said["input"], sort_keys=True, separators=(",", ":"))
    said["run"]["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    path.write_text(json.dumps(said))
    with pytest.raises(InputError, match=r"width is|not what is said of its input"):
        store.open(tmp_path)
