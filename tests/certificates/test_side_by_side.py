"""Making and checking by workers: the same bytes, and the same words of the checker, good or forged."""

import json
import random
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from support.certificates.files import ARRANGEMENTS, DEGENERATE_ROWS, PAIRS, SMALL, fresh, gaussian_rows, in_lines

from arrangements import Arrangement, FirstLayer, family, list_products, list_regions
from arrangements.cells import Cell
from arrangements.proofs import completeness
from arrangements.proofs.cell_certificates import regions_certificate, second_layer_certificate
from arrangements.proofs.completeness import Refuter, RegionProof, cut_prefixes, region_proof, subtrees
from multilayer.pipeline.verification import verify


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        yield pool


@pytest.fixture(scope="module")
def threads():
    with ThreadPoolExecutor(2) as pool:
        yield pool


class Backwards(Executor):
    """Run a task when its result is asked for, those that wait with it before, the last one first."""

    def __init__(self):
        self._waiting = []

    def submit(self, function, task):
        future = Future()
        future.result = lambda: self._finished(future)
        self._waiting.append((future, function, task))
        return future

    def _finished(self, wanted):
        while self._waiting:
            future, function, task = self._waiting.pop()
            future.answer = function(task)
        return wanted.answer


@pytest.fixture(params=["threads", "processes", "backwards"])
def executor(request):
    return Backwards() if request.param == "backwards" else request.getfixturevalue(request.param)


def lacking(cells):
    return [cell for k, cell in enumerate(cells) if k % 17 != 5]


REGIONS = {
    "resonance:4": family("resonance:4"),
    "threshold:4": family("threshold:4"),
    "shi:4": family("shi:4"),
    "random:9,3,1": family("random:9,3,1"),
    "degenerate": Arrangement.from_table(DEGENERATE_ROWS),
    "zero rows": Arrangement.from_table([[0, 0]]),
    "one row": Arrangement.from_table([["1/3", 1]]),
}


@pytest.mark.parametrize("change", [list, lacking], ids=["all regions", "some are lost"])
@pytest.mark.parametrize("name", REGIONS)
def test_regions_give_the_same_bytes(name, change, executor, monkeypatch):
    monkeypatch.setattr(completeness, "_CELLS", 40)  # many subtrees
    arrangement = REGIONS[name]
    cells = change(list_regions(arrangement))
    alone, together = (
        json.dumps(regions_certificate(arrangement, cells, "a test", executor=e)) for e in (None, executor)
    )
    assert alone == together


@pytest.mark.parametrize(("rows", "width"), [(gaussian_rows(6, 2), 2), (gaussian_rows(4, 2), 3), (DEGENERATE_ROWS, 2)])
def test_pairs_give_the_same_bytes(rows, width, executor):
    layer = FirstLayer.of(Arrangement.from_table(rows))
    products = list_products(layer, width)
    alone, together = (
        json.dumps(second_layer_certificate(layer, width, products, "a test", executor=e)) for e in (None, executor)
    )
    assert alone == together


def test_seen_reaches_the_number_of_leaves_and_tuples(executor, monkeypatch):
    monkeypatch.setattr(completeness, "_CELLS", 40)
    arrangement, seen = REGIONS["resonance:4"], []
    made = regions_certificate(arrangement, list_regions(arrangement), "a test", seen=seen.append, executor=executor)
    assert seen == sorted(seen)
    assert seen[-1] == len(made["first"]["leaves"])


def plain_leaves(arrangement, listed):
    """Whether each cut prefix is refuted, by one search along the whole tree."""
    order = [i for i, row in enumerate(arrangement.homogeneous) if any(row)]
    infinity = [] if arrangement.infinity is None else [arrangement.infinity]
    refuter = Refuter([*infinity, *(arrangement.homogeneous[i] for i in order)], len(infinity))
    return [refuter.circuit(prefix) is not None for prefix in cut_prefixes(listed, order)]


@pytest.mark.parametrize("most", [0, 1, 5, 10**9])
@pytest.mark.parametrize("name", ["resonance:4", "shi:4", "random:9,3,1", "one row"])
def test_subtrees_are_a_division_of_the_tree(name, most, monkeypatch):
    """Whatever their size: the same leaves, no circuit twice, and those that are lost are found lost."""
    monkeypatch.setattr(completeness, "_CELLS", most)
    arrangement = REGIONS[name]
    listed = [cell.signs for cell in list_regions(arrangement)]
    order = [i for i, row in enumerate(arrangement.homogeneous) if any(row)]
    parts = list(subtrees(listed, order, most))
    assert [signs for _, inside in parts for signs in sorted(inside, reverse=True)] == sorted(listed, reverse=True)
    assert all(len(inside) <= most or len(prefix) == len(order) for prefix, inside in parts)
    for kept in (listed, listed[::2]):
        proof = region_proof(arrangement, kept)
        assert isinstance(proof, RegionProof)
        assert [leaf >= 0 for leaf in proof.leaves] == plain_leaves(arrangement, kept)
        assert set(range(len(proof.table))) == {leaf for leaf in proof.leaves if leaf >= 0}
        lines = [tuple(sorted(circuit)) for circuit in proof.table]
        assert len({*lines, *(tuple((i, -c) for i, c in line) for line in lines)}) == 2 * len(lines)


def test_no_region_at_all(executor):
    arrangement = REGIONS["one row"]
    assert region_proof(arrangement, [], executor=executor) == region_proof(arrangement, [])
    assert region_proof(arrangement, [], executor=executor).leaves == [-1]


# checking


def answers(content, folder, *executors):
    path = folder / "certificate.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return [verify(path, executor=executor) for executor in (None, *executors)]


@pytest.mark.parametrize("name", SMALL)
def test_good_certificates_are_accepted_alike(name, tmp_path, threads, processes):
    alone, *others = answers(fresh(name), tmp_path, threads, processes, Backwards())
    assert alone["verified"]
    assert others == [alone] * 3


def test_lines_are_accepted_alike(tmp_path, processes):
    alone, other = answers(in_lines(fresh("pairs"), "tuples"), tmp_path, processes)
    assert alone["verified"]
    assert alone == other


def forged(name, rng):
    """A certificate of cells with one or two entries spoiled, so that the first reason must be found."""
    certificate = fresh(name)
    regions, circuits = certificate["first"]["regions"], certificate["first"]["circuits"]
    certificate["first"]["count"] = rng.random() < 0.3
    tuples = certificate.get("tuples", [])
    inner = [entry[key] for entry in tuples for key in ("cells", "leaves")]
    kinds = [[regions], [circuits["table"]], [circuits["leaves"]], [tuples], inner]
    for _ in range(rng.choice([1, 2, 2])):
        spoiled = rng.choice(
            rng.choice([longer for kind in kinds if (longer := [each for each in kind if len(each) > 1])])
        )
        kind = rng.randrange(5)
        if kind == 0:
            spoiled.pop(rng.randrange(len(spoiled)))
        elif kind == 1:
            spoiled.insert(rng.randrange(len(spoiled)), json.loads(json.dumps(rng.choice(spoiled))))
        elif kind == 2:
            rng.shuffle(spoiled)
        elif kind == 3:
            spoiled[rng.randrange(len(spoiled))] = rng.choice([None, 7, "x", [], [[]], {}, -1, [["+", 1]], "9" * 5000])
        else:
            where = rng.randrange(len(spoiled))
            old, new = rng.choice([("1", "2"), ('"+', '"-'), ("+-", "-+")])
            spoiled[where] = json.loads(json.dumps(spoiled[where]).replace(old, new, 1))
    return certificate


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("name", [*ARRANGEMENTS, *PAIRS])
def test_forged_certificates_are_rejected_for_the_same_reason(name, seed, tmp_path, threads):
    alone, *others = answers(forged(name, random.Random(f"{name} {seed}")), tmp_path, threads, Backwards())
    assert others == [alone] * 2


@pytest.mark.parametrize("name", ["central", "pairs"])
def test_forged_certificates_are_rejected_by_processes(name, tmp_path, processes):
    rejections = set()
    for seed in range(12):
        alone, other = answers(forged(name, random.Random(f"{name} {seed}")), tmp_path, processes)
        assert alone == other
        rejections.add(alone["reason"])
    assert len(rejections) > 5


def test_many_of_the_forged_are_rejected_at_many_places(tmp_path):
    reasons = [
        answers(forged(name, random.Random(f"{name} {seed}")), tmp_path)[0]["reason"]
        for name in (*ARRANGEMENTS, *PAIRS)
        for seed in range(25)
    ]
    assert sum(reason is not None for reason in reasons) > 100
    for place in ("first.regions", "first.circuits.table", "first.circuits.leaves", "tuples[", "tuples: "):
        assert any(reason.startswith(place) for reason in reasons if reason), place


def test_a_region_that_is_lost_is_missed_by_workers(tmp_path, processes):
    arrangement = family("braid:4")
    cells = list_regions(arrangement)
    for wrong in (cells[1:], [*cells, cells[3]], [Cell(cells[0].signs, cells[1].witness), *cells[1:]]):
        certificate = regions_certificate(arrangement, wrong, "wrong", executor=processes)
        alone, other = answers(certificate, tmp_path, processes)
        assert not alone["verified"]
        assert alone == other


@pytest.mark.parametrize("digits", [4_000, 50_000, 100_001])
def test_workers_read_numbers_as_long_as_the_checker_does(digits, tmp_path, processes):
    certificate = fresh("central")
    signs, point = certificate["first"]["regions"][0]
    certificate["first"]["regions"][0] = [signs, [f"{x}{'0' * digits}" if x else 0 for x in point]]
    alone, other = answers(certificate, tmp_path, processes)
    assert alone == other
    assert alone["verified"] == (digits < 100_000)


@pytest.mark.parametrize("depth", [10, 300, 700, 3000])
@pytest.mark.parametrize("name", PAIRS)
def test_nested_values_are_rejected_alike(name, depth, tmp_path, processes):
    certificate = fresh(name)
    certificate["tuples"][0]["cells"][0][1] = "PLACE"
    text = json.dumps(certificate).replace('"PLACE"', "[" * depth + "]" * depth)
    alone, other = answers(text, tmp_path, processes)
    assert not alone["verified"]
    assert alone == other
