"""The benchmark runs, on tiny instances, and its ways to list find what there is."""

import subprocess
import sys
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from support.brute_force import brute_covectors

from arrangements import family, list_regions
from arrangements.exact.linear_algebra import dot, independent_columns, rank

FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def modules(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))


def run_engines(*options):
    command = [sys.executable, str(FOLDER / "engines.py"), "--rounds", "1", "--prefix", "2", *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_tables_end_with_the_worst_and_the_best_ratio():
    output = run_engines("--sections", "first", "second", "--first", "braid:4", "random:5,3,0", "--second", "3,2,2")
    assert "braid:4" in output
    assert "random:5,3,0" in output
    kinds = ("H1 count / lp", "H1 list / lp", "H1 stream / lp", "H2 rays count / lp", "H2 rays stream / lp")
    assert all(kind in output.splitlines()[-1] for kind in kinds)


def test_counts_by_orbits_and_by_deletion_agree():
    command = [sys.executable, str(FOLDER / "symmetric_counts.py"), "--instances", "resonance:4", "braid:5"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split()[-1] for line in lines[-2:]] == ["yes", "yes"]
    assert "370" in lines[-2]


def test_engines_are_run_as_outside_tools_are():
    command = [sys.executable, str(FOLDER / "sweep_peers.py"), "braid:4", "random:6,3,0", "--rounds", "1", "--alone"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    rows = [line.split() for line in lines if line.startswith(("braid:4", "random:6,3,0"))]
    assert {row[2] for row in rows} == {"sweep", "rays", "witnesses", "count"}
    assert {(row[0], row[1]) for row in rows} == {("braid:4", "24"), ("random:6,3,0", "32")}


def test_a_tool_that_finds_another_number_ends_the_comparison(modules):
    from outside.tools import Run
    from sweep_peers import checked

    with pytest.raises(RuntimeError, match="braid:4: lrs found 23 of 24 regions"):
        checked("braid:4", "lrs", [Run("done", 1, 24, 1, 1), Run("done", 1, 23, 1, 1)], 24, 60)
    assert checked("braid:4", "lrs", [Run("late")], 24, 60) == ["-", "-", ">60", "-"]


@pytest.mark.parametrize("name", ["braid:4", "resonance:3", "random:7,3,0", "typeB:3"])
def test_facets_of_a_zonotope_are_the_rays_of_its_arrangement(modules, name):
    """One facet for each line that is the meet of hyperplanes, touched at the sum of the rows' maxima."""
    from outside.lrs_regions import zonotope_facets

    rows = family(name).essential.rows
    facets = zonotope_facets(rows)
    covectors = brute_covectors(rows)
    assert len(facets) * 2 == sum(
        rank([row for row, s in zip(rows, signs, strict=True) if not s], len(rows[0])) == len(rows[0]) - 1
        for signs in covectors
    )
    assert {signs_at(h, rows) for h, _ in facets} <= set(covectors)
    assert all(bound == sum(abs(dot(h, row)) for row in rows) for h, bound in facets)


def signs_at(point, rows):
    return tuple((v > 0) - (v < 0) for v in (dot(row, point) for row in rows))


def test_lists_in_files_are_measured_by_whole_processes():
    command = [sys.executable, str(FOLDER / "listings.py"), "--rounds", "1", "--cases", "braid:3"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split()[:2] for line in lines[2:4]] == [["braid:3", "npz"], ["braid:3", "csv"]]
    assert all(float(line.split()[4]) > 1 for line in lines[2:4]), "a process takes more than 1 MiB"


def test_no_reading_differs_on_one_row():
    command = [sys.executable, str(FOLDER / "smallest.py"), "--rows", "1", "--width", "2"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert output == "8 tables of up to 1 rows, width 2: interpretations differ on 0\n"


def test_a_table_of_four_rows_that_needs_three_neurons_is_found():
    command = [sys.executable, str(FOLDER / "widths.py"), "--rows", "4", "--rank", "3", "--trials", "100"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert ": width 3 is needed: X = " in output
    assert "4 rows of rank 3: width 3 is needed, 3 is enough; " in output.splitlines()[-1]


def test_pricing_on_processes_is_timed_beside_one_process():
    command = [sys.executable, str(FOLDER / "parallel_pricing.py"), "--rounds", "1", "--sizes", "5,2,2", "4,1,any"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split()[0] for line in lines[-3:-1]] == ["5,2,2", "4,1,any"]
    seconds = [float(value) for line in lines[-3:-1] for value in line.split()[3:]]
    assert len(seconds) == 20
    assert min(seconds) > 0
    assert lines[-1] == "medians of 1 rounds; 2 processes"


def test_whole_processes_are_timed_beside_another_tree():
    command = [sys.executable, str(FOLDER / "startup.py"), "--rounds", "1", "--cases", "python", "help"]
    output = subprocess.run([*command, "--against", str(FOLDER.parent)], capture_output=True, text=True, check=True)
    lines = [line.split() for line in output.stdout.splitlines()]
    assert [line[:2] for line in lines[2:4]] == [["python", "-c"], ["help", "--help"]]
    cpu, wall = map(float, lines[3][2:4])
    assert cpu > 0
    assert wall > 0


def test_certificates_are_timed_with_each_number_of_workers():
    command = [sys.executable, str(FOLDER / "certificates.py"), "--rounds", "1", "--workers", "1", "2"]
    output = subprocess.run([*command, "--commands", "braid:3"], capture_output=True, text=True, check=True).stdout
    lines = [line.split() for line in output.splitlines()[2:4]]
    assert [line[:2] for line in lines] == [["braid:3", "1"], ["braid:3", "2"]]
    assert all(float(seconds) > 0 for line in lines for seconds in line[2:])


def test_the_sweep_is_timed_beside_rays():
    command = [sys.executable, str(FOLDER / "sweep.py"), "--rounds", "1", "random:12,4,0", "planted:12,3,0.1"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line.split() for line in output.splitlines()[3:]]
    assert [line[:2] for line in lines] == [["random:12,4,0", "464"], ["planted:12,3,0.1", "132"]]
    assert all(float(rate) > 0 for line in lines for rate in line[2:8])


@pytest.mark.usefixtures("modules")
def test_a_process_that_fails_is_not_timed():
    from startup import Case, one_process

    with pytest.raises(RuntimeError, match="No such command 'nonsense'"):
        one_process(Case("nonsense"), FOLDER.parent)


def test_whole_runs_into_folders_are_timed(tmp_path):
    pytest.importorskip("duckdb")
    command = [sys.executable, str(FOLDER / "long_runs.py"), "--rounds", "1", "--folder", str(tmp_path)]
    output = subprocess.run([*command, "threshold:4"], capture_output=True, text=True, check=True).stdout
    lines = [line.split() for line in output.splitlines()]
    assert lines[2][:2] == ["threshold:4", "1,882"]
    assert all(float(seconds) > 0 for seconds in lines[2][2:])
    assert lines[6][0] == "threshold:4"
    assert float(lines[6][1]) > 8  # bytes a region: its signs alone are 16 bits
    output = subprocess.run([*command, "--big", "threshold:4"], capture_output=True, text=True, check=True).stdout
    assert "DuckDB counts 1,882 in " in output
    assert "and 1,882 different ones in " in output
    output = subprocess.run([*command, "--rates", "threshold:5"], capture_output=True, text=True, check=True).stdout
    name, engine, rate, size, tasks, *_ = output.splitlines()[2].split()
    assert (name, engine) == ("threshold:5", "rays")
    assert int(rate.replace(",", "")) > 0
    assert float(size) > 8
    assert int(tasks.replace(",", "")) >= 10**9 // 2**24


@pytest.mark.usefixtures("modules")
@pytest.mark.parametrize("workers", [1, 3, 50])
def test_simulated_workers_search_the_whole_tree(workers, tmp_path):
    from workers_simulation import recorded, searched, simulated

    from multilayer.store.region_listing import RegionListing

    tree = recorded("random:30,4,0", 16, tmp_path / "tree.json")
    assert recorded("random:30,4,0", 16, tmp_path / "tree.json") == tree
    listing = RegionListing(family("random:30,4,0"), "rays")
    first, _ = searched(listing, listing.groups[0], listing.first(listing.groups[0]).nodes)
    assert first + sum(tree.cells) == 2 * (1 + 29 + 406 + 3654)
    _, _, _, _, busy, speed, tasks, *_ = simulated(tree, 1e9, workers, 0.001)
    assert 0 < float(speed) <= workers
    assert 0 < float(busy) <= 100
    assert int(tasks.replace(",", "")) >= workers


@pytest.mark.usefixtures("modules")
def test_one_simulated_worker_needs_its_tasks_and_the_driver():
    from workers_simulation import Tree, Workers

    from multilayer.store.part_task import PartTask

    tree = Tree([4, 6], [[1], []], [2, 1], rate=2.0, root=0.25, part=0.5, groups=[[0]])
    workers = Workers(tree, 1, stretch=1.0, driver=0.125)

    def task(seconds, pieces, group):
        return PartTask(None, None, {}, group, seconds, 1 << 24, pieces)

    whole = workers.submit(None, task(100.0, 1, [(0, 4.0)]))
    whole.add_done_callback(workers.put)
    assert not whole.done()
    assert workers.get() is whole
    # 10 cells at 2 a second, one root, one part; the driver works before
    assert whole.result().seconds == 5.75
    assert workers.now == 5.875
    assert whole.result().open == []
    cut = workers.submit(None, task(1.75, 2, [(0, 4.0)]))
    cut.add_done_callback(workers.put)
    assert workers.get() is cut
    assert cut.result().cells == 2  # one second is left beside root and part
    assert cut.result().seconds == 1.75
    assert cut.result().open == [[(0, 2.0)], [(1, 6.0)]]  # what is left of the atom, and the root that it left open


@pytest.mark.usefixtures("modules")
@pytest.mark.parametrize("name", ["braid:4", "random:7,3,0", "typeB:3"])
def test_blocks_hold_every_region_with_a_witness(name):
    from ways import iter_blocks

    arrangement = family(name)
    rows = np.array(arrangement.hyperplanes)
    columns = list(independent_columns(arrangement.hyperplanes, arrangement.dimension))
    found = set()
    for block in iter_blocks(arrangement):
        assert (np.sign(block.witnesses @ rows[:, columns].T) == block.signs).all()
        found.update(map(tuple, block.signs.tolist()))
    assert len(found) == len(list_regions(arrangement, engine="lp"))


@pytest.mark.usefixtures("modules")
def test_a_way_that_takes_too_long_is_timed_on_a_prefix():
    from harness import Limits, in_turn, marked

    ways = {
        "short": lambda watch: sum(1 for _ in watch(range(1000))),
        "long": lambda watch: sum(1 for _ in watch(count())),
    }
    found = in_turn(ways, Limits(rounds=2, limit=0.05, prefix=0.02), total=10**12)
    assert found["short"].complete
    assert found["short"].found == 1000
    assert not found["long"].complete
    assert found["long"].seconds == pytest.approx(10**12 / found["long"].rate)
    assert marked("9", found["long"]) == "~9"


@pytest.mark.usefixtures("modules")
@pytest.mark.parametrize(
    ("program", "status"), [("print(0.5, 24)", "done"), ("1 / 0", "failed"), ("while True: pass", "late")]
)
def test_an_outside_tool_that_fails_is_not_called_slow(program, status):
    from outside.tools import Tool, one_run

    tool = Tool("tool", "", "rays list", [sys.executable], lambda rows: program)
    run = one_run(tool, family("braid:4"), limit=5 if status != "late" else 0.5)
    assert run.status == status
    assert run.regions == (24 if status == "done" else 0)


def test_complexes_of_networks_are_timed_and_compared():
    command = [sys.executable, str(FOLDER / "network_complexes.py"), "--rounds", "1", "--sizes", "2-4-1", "1-3-1"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    found = {line.split("  ")[0]: line.split()[-3] for line in lines if line.startswith("ours, all")}
    assert found == dict.fromkeys(("ours, all", "ours, all, float64 weights"), "4")  # three points on a line
    assert any(line.startswith("a neuron twice  ") for line in lines)


def test_paths_over_beta_are_timed_and_checked():
    command = [sys.executable, str(FOLDER / "beta_paths.py"), "--cases", "xor,1", "teacher,unlimited"]
    command += ["--betas", "0.1:1", "--tolerance", "0.05"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split()[0] for line in lines[-3:-1]] == ["xor,1", "teacher,unlimited"]
    for line in lines[-3:-1]:
        _, solves, knots, cpu, wall, gap, at, said, check, size = line.split()
        assert int(solves) == int(knots) >= 2
        assert min(map(float, (cpu, wall, check))) > 0
        assert 0 <= float(gap) <= 0.05
        assert 0.1 <= float(at) <= 1
        assert said == "accepted"
        assert int(size.replace(",", "")) > 1000
    assert lines[-1] == "beta 0.1:1, gap asked 0.05, at most 600 s a path"


def test_a_path_that_is_stopped_is_checked_all_the_same():
    command = [sys.executable, str(FOLDER / "beta_paths.py"), "--cases", "balloons,2", "--time", "0.01"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    _, solves, knots, _, _, gap, _, said, *_ = lines[-2].split()
    assert (solves, knots, said) == ("2", "2", "accepted")
    assert float(gap) > 0.001
