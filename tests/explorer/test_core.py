"""What the explorer's page counts, in a browser, against the library: regions, counts, bounds, numbers, links."""

import base64
import json
import random
from fractions import Fraction
from functools import cache
from math import gcd

import pytest
from support.browser import Modules, big

from arrangements import Arrangement, InputError, count_adjacencies, family, region_set
from arrangements.exact.linear_algebra import dot, independent_columns, rank
from arrangements.exact.numbers import exact_number, integer_row
from theory import cover, eq13_closed, eq14_closed, eq14_product, joint
from theory.counting.zaslavsky import whitney_numbers

FAMILIES = (
    *("braid:3", "braid:4", "typeB:2", "typeB:3", "resonance:3", "threshold:2", "threshold:3", "crosspolytope:2"),
    *("moment:6,3", "moment:7,4", "random:5,2,0", "random:12,3,1", "random:7,4,2", "random:2,5,3", "typeD:3"),
    *("shi:2", "shi:3", "catalan:2", "catalan:3", "linial:3", "linial:4", "semiorder:3", "boxed-threshold:2"),
)

_REGIONS = """(m, tables) => tables.map(({rows, base}) => {
  const listed = m["core/regions"].regions(rows, {base});
  const groups = m["core/regions"].hyperplanes(rows);
  const adjacent = m["core/regions"].neighbours(listed, groups);
  const { regionCount, affineRegionCount, whitney } = m["core/counting"];
  const cone = [...base, ...rows];
  const count = base.length ? (rows.length ? affineRegionCount(rows) : regionCount(cone) / 2n) : regionCount(rows);
  return { listed, groups, adjacent, count, whitney: whitney(cone), rank: m["core/elimination"].rank(cone) };
})"""

_TREE = """(m, tables) => tables.map((rows) => {
  const walk = (node) => {
    const children = node.children();
    const { rows, groups, count, row, hyperplanes, rank } = node;
    return { rows, groups, count, row, hyperplanes, rank, children: children.map(walk) };
  };
  return walk(m["core/counting"].deletionRestriction(rows));
})"""

_CAUGHT = """(m, texts) => texts.map((text) => {
  try { return m["core/integers"].exactNumber(text); } catch (error) { return error.message; }
})"""


@cache
def random_arrangements() -> tuple[Arrangement, ...]:
    """Central and affine tables of rank 1 to 4 with zero, repeated, opposite and dependent rows, and wide numbers."""
    draw, found = random.Random(16), []
    for number in range(60):
        d, n = draw.randint(1, 4), draw.randint(1, 6)
        entries = [0, 0, 1, -1, 2, -3] if number % 5 else [10**20 + 7, -(10**20), 3, 0]
        table = [[draw.choice(entries) for _ in range(d)] for _ in range(n)]
        table += [[draw.choice((-2, -1, 1, 3)) * x for x in draw.choice(table)] for _ in range(draw.randint(0, 3))]
        if draw.random() < 0.3:
            table.append([0] * d)
        draw.shuffle(table)
        if number % 3 == 0 and d > 1:
            found.append(Arrangement.from_table([row[:-1] for row in table], [row[-1] for row in table]))
        else:
            found.append(Arrangement.from_table(table))
    return tuple(found)


def arrangements() -> list[Arrangement]:
    return [*map(family, FAMILIES), *random_arrangements()]


@pytest.fixture(scope="module")
def answers(modules: Modules) -> list[dict]:
    tables = [{"rows": a.homogeneous, "base": [a.infinity] if a.is_affine else []} for a in arrangements()]
    return modules.run(_REGIONS, big(tables))


def test_regions_are_those_of_the_library(answers: list[dict]) -> None:
    for arrangement, answer in zip(arrangements(), answers, strict=True):
        signs = [tuple(region["signs"]) for region in answer["listed"]]
        assert len(set(signs)) == len(signs)
        assert set(signs) == set(region_set(arrangement)), arrangement


def test_witnesses_and_rays_have_the_signs_of_their_region(answers: list[dict]) -> None:
    for arrangement, answer in zip(arrangements(), answers, strict=True):
        rows = arrangement.homogeneous
        columns = independent_columns([*rows, *([arrangement.infinity] if arrangement.is_affine else [])], len(rows[0]))
        for region in answer["listed"]:
            witness, rays = region["witness"], region["rays"]
            assert [sign(dot(row, witness)) for row in rows] == region["signs"]
            assert not arrangement.is_affine or (witness[-1] > 0 and all(ray[-1] >= 0 for ray in rays))
            assert rank(rays, len(rows[0])) == len(columns)
            for ray in rays:
                assert gcd(*ray) == 1
                assert not any(x for j, x in enumerate(ray) if j not in columns)
                values = [dot(row, ray) for row in rows]
                assert all(s * value >= 0 for s, value in zip(region["signs"], values, strict=True))
                tight = [row for row, value in zip(rows, values, strict=True) if value == 0]
                tight += [arrangement.infinity] if arrangement.is_affine and ray[-1] == 0 else []
                assert rank(tight, len(ray)) == len(columns) - 1  # it is extreme


def test_counts_by_deletion_and_restriction_are_whitney_numbers_of_the_library(answers: list[dict]) -> None:
    for arrangement, answer in zip(arrangements(), answers, strict=True):
        assert answer["count"] == len(region_set(arrangement))
        assert answer["rank"] == arrangement.rank + arrangement.is_affine
        cone = [*([arrangement.infinity] if arrangement.is_affine else []), *arrangement.homogeneous]
        assert answer["whitney"] == list(whitney_numbers(cone))


def test_hyperplanes_and_neighbours_make_the_tope_graph(answers: list[dict]) -> None:
    for arrangement, answer in zip(arrangements(), answers, strict=True):
        grouped = [i for group in answer["groups"] for i in group]
        assert sorted(grouped) == [i for i, row in enumerate(arrangement.homogeneous) if any(row)]
        assert sum(map(len, answer["adjacent"])) == 2 * count_adjacencies(arrangement)
        for place, found in enumerate(answer["adjacent"]):
            for step in found:
                here, there = (answer["listed"][k]["signs"] for k in (place, step["region"]))
                crossed = [i for i, (s, t) in enumerate(zip(here, there, strict=True)) if s != t]
                assert crossed == answer["groups"][step["hyperplane"]]


def test_no_rows_have_one_region(modules: Modules) -> None:
    [central, affine] = modules.run(_REGIONS, big([{"rows": [], "base": []}, {"rows": [], "base": [(0, 0, 1)]}]))
    assert central["listed"] == [{"signs": [], "rays": [], "witness": []}]
    assert affine["listed"] == [{"signs": [], "rays": [[0, 0, 1]], "witness": [0, 0, 1]}]
    assert central["count"] == affine["count"] == 1


def test_contradicting_base_rows_leave_no_region(modules: Modules) -> None:
    for base in ([(1, 0), (-1, 0)], [(0, 0)], [(1, 0), (0, 1), (-1, -1)]):
        answer = modules.run('(m, [rows, base]) => m["core/regions"].regions(rows, {base})', big([[(1, 2)], base]))
        assert answer == []


def test_every_node_of_the_tree_is_its_deletion_and_restriction(modules: Modules) -> None:
    central = [a for a in arrangements() if not a.is_affine and len(a) <= 8]
    for arrangement, root in zip(central, modules.run(_TREE, big([a.normals for a in central])), strict=True):
        assert root["count"] == len(region_set(arrangement)) == leaves(root)
        assert sorted(map(min, root["groups"])) == sorted(map(min, groups_of(arrangement)))
        assert root["rank"] == arrangement.rank


def leaves(node: dict) -> int:
    """Check a tree and count its leaves: each is one region of an empty arrangement."""
    assert node["hyperplanes"] == len(node["rows"]) == len(node["groups"])
    if not node["children"]:
        assert (node["count"], node["row"], node["rows"]) == (1, None, [])
        return 1
    deletion, restriction = node["children"]
    assert node["count"] == deletion["count"] + restriction["count"]
    kept = [group for k, group in enumerate(node["groups"]) if k != node["row"]]
    assert deletion["groups"] == kept
    assert sorted(i for group in restriction["groups"] for i in group) == sorted(i for group in kept for i in group)
    assert restriction["rank"] == node["rank"] - 1
    return leaves(deletion) + leaves(restriction)


def groups_of(arrangement: Arrangement) -> list[list[int]]:
    found: dict = {}
    for i, row in enumerate(arrangement.normals):
        if any(row):
            first = next(x for x in row if x)
            found.setdefault(tuple(Fraction(x, first) for x in row), []).append(i)
    return list(found.values())


def test_bounds_are_those_of_the_library(modules: Modules) -> None:
    sizes = [(n, r, m) for n in (2, 3, 5, 8, 12, 40) for r in range(1, min(n, 5) + 1) for m in (1, 2, 3)]
    code = """(m, sizes) => sizes.map(([n, r, width]) => {
      const { cover, eq13, eq14Product, eq14Closed, joint } = m["core/bounds"];
      return [cover(n, r), eq14Product(n, r, width), joint(n, r, width), eq13(n, r), eq14Closed(n, r, width)];
    })"""
    for (n, r, m), found in zip(sizes, modules.run(code, sizes), strict=True):
        assert found[:3] == [cover(n, r), eq14_product(n, r, m), joint(n, r, m)]
        assert found[3:] == pytest.approx([float(eq13_closed(n, r)), float(eq14_closed(n, r, m))], rel=1e-11)


NUMBERS = (
    *("3", "-0.25", "1/3", "2e-3", ".5", "5.", "+7", "-.5E+2", "1e0003", "-12/18", " 4 ", "1e4000", "007"),
    *(
        "",
        "x",
        "1/0",
        "1,5",
        ".",
        "1e",
        "e5",
        "1e10000",
        "1.5/2",
        "0x10",
        "inf",
        "NaN",
        "--1",
        "1 2",
        "1/-2",
        "²",
        "1/3e2",
    ),
)


def test_texts_are_read_as_the_library_reads_them(modules: Modules) -> None:
    for text, found in zip(NUMBERS, modules.run(_CAUGHT, NUMBERS), strict=True):
        try:
            value = exact_number(text)
        except InputError:
            assert isinstance(found, str), text
            assert text.strip() in found
        else:
            assert (found["num"], found["den"]) == (value.numerator, value.denominator), text


def test_floats_are_the_dyadic_rationals_that_they_hold(modules: Modules) -> None:
    floats = [0.1, -0.5, 3.0, 1e300, 5e-324, -1.7976931348623157e308, 2.0**-40, 0.0]
    for x, found in zip(floats, modules.run(_CAUGHT, floats), strict=True):
        assert Fraction(found["num"], found["den"]) == Fraction(x)
    code = '(m) => { try { return m["core/integers"].exactNumber(NaN); } catch (error) { return error.message; } }'
    assert modules.run(code) == "NaN is not a finite number"


def test_rows_become_primitive_integers(modules: Modules) -> None:
    rows = [["0.5", "-1/3", 2], ["0", "0"], ["-4", "6", "1e1"], [0.25, 0.75], ["1/3", "1/5", "1/7"]]
    found = modules.run('(m, rows) => rows.map((row) => m["core/integers"].integerRow(row))', rows)
    assert found == [list(integer_row([exact_number(x) for x in row])) for row in rows]


def test_floats_are_snapped_to_the_nearest_grid_number(modules: Modules) -> None:
    draw = random.Random(3)
    cases = [(draw.uniform(-9, 9), draw.choice((1, 4, 100, 1000))) for _ in range(200)] + [(-0.5, 1), (0.125, 4)]
    found = modules.run('(m, cases) => cases.map(([x, q]) => m["core/integers"].snapped(x, q))', cases)
    for (x, q), answer in zip(cases, found, strict=True):
        value = Fraction(answer["num"], answer["den"])
        assert (value * q).denominator == 1
        assert abs(value - Fraction(x)) <= Fraction(1, 2 * q)
        assert gcd(answer["num"], answer["den"]) == 1


STATES = ({"rows": [["1/3", "-2"]], "name": "naïve — 数 🙂"}, [], None, {"deep": [{"a": [1.5, True]}]}, "x" * 5000)


def test_a_state_survives_its_link(modules: Modules) -> None:
    code = """(m, states) => states.map((state) => {
      const text = m["core/state_text"].encode(state);
      return [text, m["core/state_text"].decode(text), m["core/state_text"].decode("#" + text)];
    })"""
    for state, (text, *read) in zip(STATES, modules.run(code, STATES), strict=True):
        assert read == [state, state]
        version, _, data = text.split(".")
        assert version == "v1"
        assert json.loads(base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))) == state


def test_damaged_links_are_refused_in_words(modules: Modules) -> None:
    code = """(m, state) => {
      const { encode, decode } = m["core/state_text"];
      const text = encode(state);
      const caught = (bad) => { try { return decode(bad); } catch (error) { return error.message; } };
      const cut = Array.from({ length: text.length - 3 }, (_, k) => caught(text.slice(0, -1 - k)));
      return { cut, changed: caught(text.slice(0, -1) + "?"), version: caught("v2" + text.slice(2)), none: caught("") };
    }"""
    found = modules.run(code, STATES[0])
    lost = "a part of it is missing or changed"
    assert set(found["cut"]) == {lost}
    assert found["changed"] == lost
    assert '"v2"' in found["version"]
    assert 'begins with ""' in found["none"]


def sign(x: int) -> int:
    return (x > 0) - (x < 0)
