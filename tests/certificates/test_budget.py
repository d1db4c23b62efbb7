"""Small files that ask for much time or memory are rejected with a reason; honest ones are far from the limit."""

import gzip
import json
import random
import sys
import tracemalloc
from contextlib import suppress
from fractions import Fraction
from itertools import combinations

import pytest
from support.certificates.files import SMALL, fresh, in_lines, rejected, verdict
from support.certificates.formal import ACCEPTED, CHECKER, REJECTED, opinion
from support.certificates.formats import rehashed
from support.certificates.referee import spelled

from multilayer import checker
from multilayer.pipeline.certificates import write_certificate

MEMORY = 200_000_000  # bytes


def primes(count, start=10_007):
    """The first prime numbers from start on."""
    found, n = [], start
    while len(found) < count:
        if all(n % k for k in range(2, int(n**0.5) + 1)):
            found.append(n)
        n += 1
    return found


PRIMES = primes(8000)
SHARES = [f"1/{p}" for p in PRIMES]


def line(n):
    """The two regions of n equal rows with one column, and all neurons."""
    first = {"regions": [["+" * n, [1]], ["-" * n, [-1]]], "circuits": None, "count": True}
    return [[1]] * n, first, [["1" * n, 1], ["1" * n, -1]]


def every_sign(n, times=1):
    return [[o, [0] * n, None, [[0, []], [1, []]] * times] for o in (1, -1)]


def of_optimum(rows, first, neurons, cover, *, subnetworks=(), targets=None, beta=1, outputs=1, weights=None):
    """A certificate by hand whose bounds are wide."""
    n = len(rows)
    data = {
        "rows": rows,
        "targets": [targets or [1] * n] * outputs,
        "beta": beta,
        "width": None,
        "loss": {"name": "squared", "threshold": None},
    }
    if weights:
        data["weights"] = weights
    dual = [{"scale": 1, "v": [0] * n, "neurons": neurons, "cover": cover}] * outputs
    return rehashed(
        {
            "format": "multilayer-arrangements/optimum",
            "version": 2,
            "provenance": {"software": "by hand", "parameters": {}},
            "input": data,
            "claim": {"upper": 10**9, "lower": 0},
            "network": {"subnetworks": list(subnetworks)},
            "first": first,
            "dual": dual,
        }
    )


def of_regions(rows, offsets, claim, **first):
    return rehashed(
        {
            "format": "multilayer-arrangements/regions",
            "version": 1,
            "provenance": {"software": "by hand", "parameters": {}},
            "input": {"rows": rows, "offsets": offsets},
            "claim": {"regions": claim},
            "first": first,
        }
    )


def coprime_row():
    """One row whose common denominator is as long as the file."""
    first = {"regions": [["+", [1] * 8000], ["-", [-1] * 8000]], "circuits": None, "count": True}
    return of_optimum([SHARES], first, [["1", 1], ["1", -1]], every_sign(1))


def coprime_witness():
    n = len(SHARES)
    return of_regions([[1] * n], None, 2, regions=[["+", SHARES], ["-", [-1] * n]], circuits=None, count=True)


def coprime_circuit():
    rows = [[share] for share in SHARES]
    table = [[[i, share] for i, share in enumerate(reversed(SHARES))]]
    circuits = {"table": table, "leaves": []}
    n = len(rows)
    return of_regions(rows, None, 2, regions=[["+" * n, [1]], ["-" * n, [-1]]], circuits=circuits, count=False)


def coprime_network():
    parts = [{"first": [[share]], "second": [share], "output": [share]} for share in SHARES[:4000]]
    return of_optimum(*line(1), every_sign(1), subnetworks=parts)


def coprime_targets():
    return of_optimum(*line(5000), every_sign(5000), targets=SHARES[:5000])


def coprime_weights():
    return of_optimum(*line(5000), every_sign(5000), weights=SHARES[:5000])


def long_fractions():
    """Fractions of 1,000 digits each above and below."""
    rng = random.Random(0)
    parts = [
        {"first": [[0]], "second": [spelled(Fraction(rng.getrandbits(3300), rng.getrandbits(3300)))], "output": [1]}
        for _ in range(100)
    ]
    return of_optimum(*line(1), every_sign(1), subnetworks=parts)


def one_neuron_often():
    """The same neuron thousands of times in an entry."""
    n = 100
    row = [3] * n
    first = {"regions": [["+" * n, [1] * n], ["-" * n, [-1] * n]], "circuits": None, "count": True}
    return of_optimum([row] * n, first, line(n)[2], every_sign(n, 5000))


def pigeonholes(pigeons, outputs=1):
    """A cover that is right because so many pigeons do not fit into one hole less, each in one."""
    holes = pigeons - 1
    n = pigeons * holes
    clauses = [(-1, [i * holes + j for j in range(holes)]) for i in range(pigeons)]
    clauses += [(1, [i * holes + j, k * holes + j]) for j in range(holes) for i, k in combinations(range(pigeons), 2)]
    cover = []
    for o in (1, -1):
        for side, places in clauses:  # allows this sign only at these rows, and both at the others
            c = [side if i in places else 0 for i in range(n)]
            cover.append([o, c, None, [[0, []], [1, []]]])
    return of_optimum(*line(n), cover, beta=10**6, outputs=outputs)


def version_3(rows, covers, tree_first):
    """A certificate of version 3 by hand, of equal rows with one column, whose bounds are wide."""
    n = len(rows)
    data = {
        **{"rows": rows, "targets": [[1] * n], "weights": None, "beta": 10**6, "width": None},
        **{"loss": {"name": "squared", "threshold": None}, "columns": None, "outputs": None, "classes": None},
    }
    first = {"regions": [[1], [-1]], "tree": tree_first, "count": True}
    first |= {"circuits": [[0, 1, i, -1] for i in range(1, n)], "leaves": [*range(n - 2, -1, -1), *range(n - 1)]}
    return rehashed(
        {
            "format": "multilayer-arrangements/optimum",
            "version": 3,
            "provenance": {"software": "by hand", "parameters": {}},
            "input": data,
            "claim": {"upper": 10**9, "lower": 0},
            "network": {"subnetworks": []},
            "first": first,
            "dual": [{"scale": 1, "v": [0] * n, "order": [0, 1], "covers": covers}],
            "logarithms": None,
        }
    )


def circuits_of_no_use(d=6000, count=9000):
    """One row of zeros, and many circuits of it, which no leaf names."""
    first = {"regions": [[0] * d], "tree": "", "circuits": [[0, 1]] * count, "leaves": [], "count": False}
    frame = {"format": "multilayer-arrangements/regions", "version": 3, "claim": {"regions": 1}, "first": first}
    frame["provenance"] = {"software": "by hand", "parameters": {}}
    return rehashed({**frame, "input": {"rows": [[0] * d], "offsets": None, "columns": None}})


def parts_put_aside(n=600, entries=60):
    """Each token leaves a part for nearly every row, and the next one divides the first of them."""
    both = [[0], [1]]  # at the first k rows both signs, at the others + alone:
    listed = [[[1] * n, [0] * k + [1] * (n - k), both] for k in range(entries)]
    cover = {"entries": listed, "tree": list(range(entries))}
    return version_3([[1]] * n, [cover, cover], "*" + "+" * (n - 1) + "-" * (n - 1))


BOMBS = {
    "coprime row": coprime_row,
    "coprime witness": coprime_witness,
    "coprime circuit": coprime_circuit,
    "coprime network": coprime_network,
    "coprime targets": coprime_targets,
    "coprime weights": coprime_weights,
    "long fractions": long_fractions,
    "one neuron often": one_neuron_often,
    "circuits of no use": circuits_of_no_use,
    "pigeonholes": lambda: pigeonholes(9),
}


@pytest.mark.parametrize("name", BOMBS)
def test_small_files_that_ask_for_much(name, tmp_path):
    text = json.dumps(BOMBS[name](), separators=(",", ":"))
    assert len(text) < 310_000
    tracemalloc.start()
    reason = rejected(text, tmp_path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reason == f"file: it takes more than {checker.STEPS + checker.STEPS_A_BYTE * len(text)} steps"
    assert most < MEMORY


WELL_DONE = ("one neuron often", "circuits of no use")  # which the extracted checker does not mind


@pytest.mark.skipif(not CHECKER.exists(), reason="formal/checker is not built")
@pytest.mark.parametrize("name", [*BOMBS, "parts put aside"])
def test_the_extracted_checker_says_no_as_well(name, tmp_path):
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(parts_put_aside() if name == "parts put aside" else BOMBS[name]()))
    assert opinion(path)[0] == (ACCEPTED if name in WELL_DONE else REJECTED)


def test_parts_that_are_put_aside_are_paid_for(tmp_path, monkeypatch):
    """They are kept, n for each token."""
    text = json.dumps(parts_put_aside())
    assert rejected(text, tmp_path).startswith("dual[0].covers[0].tree: it ends early")
    monkeypatch.setattr(checker, "STEPS", 30_000_000)
    monkeypatch.setattr(checker, "STEPS_A_BYTE", 0)
    tracemalloc.start()
    assert rejected(text, tmp_path) == "file: it takes more than 30000000 steps"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30_000_000


def test_a_deep_tree_takes_little_memory(tmp_path):
    """Its prefixes are as long as there are rows, but none is kept."""
    n = 6000
    certificate = {
        "format": "multilayer-arrangements/regions",
        "version": 3,
        "provenance": {"software": "by hand", "parameters": {}},
        "input": {"rows": [[1]] * n, "offsets": None, "columns": None},
        "claim": {"regions": 2},
        "first": {"regions": [[1], [-1]], "tree": "*" + "+" * (n - 1) + "-" * (n - 1), "count": False},
    }
    certificate["first"] |= {"circuits": [[0, 1, 1, -1]], "leaves": [0] * (2 * n - 2)}
    tracemalloc.start()
    reason = rejected(rehashed(certificate), tmp_path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reason.startswith("first.leaves[0]: its circuit does not refute the signs")
    assert most < 10_000_000


def steps_of(certificate, folder, monkeypatch):
    """The steps that the checker takes for a certificate which it accepts."""
    path, budgets, read = folder / "certificate.json", [], checker.read

    def kept(path):
        text, budget = read(path)
        budgets.append(budget)
        return text, budget

    path.write_text(json.dumps(certificate))
    with monkeypatch.context() as patched:
        patched.setattr(checker, "read", kept)
        checker.check(path)
    return budgets[0].total - budgets[0].left


@pytest.mark.parametrize("name", SMALL)
def test_honest_certificates_take_a_small_part(name, tmp_path, monkeypatch):
    assert 0 < steps_of(fresh(name), tmp_path, monkeypatch) < checker.STEPS / 100


def test_the_steps_of_all_outputs_add_up(tmp_path, monkeypatch):
    one, two, three = (steps_of(pigeonholes(5, k), tmp_path, monkeypatch) for k in (1, 2, 3))
    assert one < two < three
    assert three - two == pytest.approx(two - one, rel=0.01)
    monkeypatch.setattr(checker, "STEPS_A_BYTE", 0)
    monkeypatch.setattr(checker, "STEPS", three - 1)
    assert rejected(pigeonholes(5, 3), tmp_path) == f"file: it takes more than {three - 1} steps"
    monkeypatch.setattr(checker, "STEPS", three)
    assert verdict(pigeonholes(5, 3), tmp_path)[0]


def test_a_deep_cover_that_is_right():
    """Row after row has to be decided, more of them than the interpreter has levels."""
    n = sys.getrecursionlimit() + 200
    everywhere = (1 << n) - 1
    entries = [(everywhere & ~(1 << i), everywhere, 1) for i in range(n)]  # - at row i, whatever stands elsewhere
    all_plus = (everywhere, 0, 1)
    plenty = checker.Budget(10**10, 10**10)
    assert checker.covers([*entries, all_plus], everywhere, everywhere, plenty)
    assert not checker.covers(entries, everywhere, everywhere, plenty)


def test_the_interpreter_keeps_its_limits(tmp_path):
    limits = sys.get_int_max_str_digits(), sys.getrecursionlimit()
    certificate = fresh("central")
    certificate["first"]["regions"][0][1] = [
        f"{x}{'0' * 50_000}" if x else 0 for x in fresh("central")["first"]["regions"][0][1]
    ]
    assert verdict(certificate, tmp_path)[0]
    certificate["first"]["regions"][0][1][0] = "9" * 100_001
    assert not verdict(certificate, tmp_path)[0]
    assert (sys.get_int_max_str_digits(), sys.getrecursionlimit()) == limits


@pytest.mark.parametrize("end", ["true", "1.0", '"1"', "[1]", "null", "01"])
def test_the_end_of_lines_is_an_integer(end, tmp_path):
    certificate = of_regions([[0]], None, 1, regions=[["0", [0]]], circuits={"table": [], "leaves": []}, count=False)
    text = in_lines(certificate, "first.regions")
    assert verdict(text, tmp_path) == (True, "1 regions")
    rejected(text.replace('{"end": 1}', f'{{"end": {end}}}'), tmp_path)


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\u2028", "\u0085", "\x0b", "\x0c", "\x1c", "\x1f", "\ufeff"])
def test_blanks_that_json_does_not_have(blank, tmp_path):
    text = in_lines(fresh("central"), "first.regions")
    assert verdict(text.replace("\n", "\n \t\r\n"), tmp_path)[0]
    for more in (text + blank, blank + text, text.replace("\n", f"\n{blank}\n", 1), text.replace(", ", f",{blank}", 1)):
        rejected(more, tmp_path)


FUZZED = ("central", "affine fractions", "pairs", "small optimum", "logistic")


@pytest.mark.parametrize("name", FUZZED)
def test_fuzzed_files(name, tmp_path):
    """Two hundred files each, spoiled in several places: neither checker crashes, and both say the same."""
    rng, whole = random.Random(name), json.dumps(fresh(name)).encode()
    pieces = [
        b"9" * 700,
        b"[" * 120,
        b'"',
        b"\\",
        b"\\ud800",
        b"{}",
        b"[]",
        b"null",
        b"true",
        b"1e9",
        b"-",
        b"1/0",
        b"\xff",
    ]
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 1, 2, 5, 30))):
            i = rng.randrange(len(data))
            change = rng.randrange(4)
            if change == 0:
                data[i : i + 1] = rng.choice(pieces)
            elif change == 1:
                data[i] = rng.choice(b"0123456789+-/ ,[]{}")
            elif change == 2:
                j = rng.randrange(len(data))
                data[i:i] = data[j : j + rng.randrange(40)]
            else:
                del data[i : i + rng.randrange(20)]
        verdict(bytes(data), tmp_path)


@pytest.mark.parametrize("ending", ["json.gz", "jsonl.gz", "JSON.GZ"])
@pytest.mark.parametrize("name", ["affine", "pairs", "two outputs"])
def test_compressed_files(name, ending, tmp_path):
    """The same claim, the same bytes each time, and nothing but a claim or a reason when they are spoiled."""
    path, plain = tmp_path / f"c.{ending}", tmp_path / "c.json"
    write_certificate(path, fresh(name))
    write_certificate(plain, fresh(name))
    data, said = path.read_bytes(), checker.check(plain)
    assert data[:2] == b"\x1f\x8b"
    assert checker.check(path) == said
    write_certificate(path, fresh(name))
    assert path.read_bytes() == data
    rng = random.Random(name)
    for k in range(60):
        i = rng.randrange(len(data))
        path.write_bytes(data[:i] if k % 2 else data[:i] + rng.randbytes(1) + data[i + 1 :])
        with suppress(checker.Rejected):
            assert checker.check(path) == said


def test_many_small_lists_in_a_compressed_file(tmp_path):
    """Each is a hundred bytes in memory, and takes a tenth of a byte in the file."""
    path, certificate = tmp_path / "lists.json.gz", fresh("central")
    certificate["provenance"]["parameters"] = {"lists": [[0]] * 700_000}
    rng = random.Random(0)
    certificate["provenance"]["software"] = "".join(rng.choices("abcdefghijklmnop", k=400_000))
    path.write_bytes(gzip.compress(json.dumps(certificate, separators=(",", ":")).encode()))
    tracemalloc.start()
    with pytest.raises(checker.Rejected, match=r"file: it has more than \d+ lists"):
        checker.check(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


def test_what_unpacks_to_far_more_is_not_read(tmp_path):
    path = tmp_path / "bomb.json.gz"
    path.write_bytes(gzip.compress(b"[" * 50_000_000))
    tracemalloc.start()
    with pytest.raises(checker.Rejected, match="compressed to less than one part in 30"):
        checker.check(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000
