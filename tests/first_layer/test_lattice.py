"""The intersection lattice: against closed sets found by rank alone, closed formulas, and counts by other routes."""

from collections import Counter
from itertools import chain, combinations
from math import comb, factorial, perm, prod

import networkx
import pytest
from hypothesis import given, settings
from support.brute_force import dot
from support.small_tables import arrangements

from arrangements import Arrangement, count_regions, f_vector, family, hyperplane_rows, iter_covectors, iter_regions
from arrangements.exact.linear_algebra import nullspace, rank
from arrangements.first_layer.lattice import flat_numbers, intersection_lattice, moebius_numbers, signed_whitney_numbers
from theory import bounded_number, characteristic_polynomial, region_number, whitney_numbers

DEGENERATE = [
    ([[0]], None),
    ([[0, 0]], [3]),
    ([[2], [-1], [0]], None),
    ([[1, 2, 3], [-2, -4, -6], [0, 0, 0]], [1, -2, -1]),
    ([[1, 1], [1, 1], [2, 2]], [0, 1, 1]),
    ([[1, 0], [0, 1], [1, 1], [0, 0]], [0, 0, 1, -7]),
    ([[1, 0, 0], [0, 1, 0], [1, 1, 0], [-1, -1, 0]], None),
    ([["1e-9", 1, 0], [0, 1, 0], ["-1e-9", 1, "1e30"]], ["1e-30", 0, 1]),
]
NAMES = [
    "braid:5",
    "typeB:3",
    "typeD:4",
    "resonance:4",
    "random:8,4,0",
    "shi:4",
    "catalan:3",
    "linial:4",
    "semiorder:4",
]


def polynomial(*roots):
    """Coefficients of the product of t - root, highest power first."""
    p = [1]
    for root in roots:
        p = [a - root * b for a, b in zip([*p, 0], [0, *p], strict=True)]
    return tuple(p)


def second(n, k):
    """Stirling numbers of the second kind."""
    return sum((-1) ** (k - j) * comb(k, j) * j**n for j in range(k + 1)) // factorial(k)


def closed_sets(arrangement):
    """Every flat: the hyperplanes that vanish on what some of them have in common, if that is not at infinity."""
    rows, infinity = arrangement.hyperplanes, arrangement.infinity
    columns = arrangement.dimension + arrangement.is_affine
    found = {}
    for chosen in chain.from_iterable(combinations(rows, size) for size in range(columns + 1)):
        basis = nullspace(chosen, columns) if chosen else nullspace([[0] * columns], columns)
        if infinity is None or any(dot(infinity, b) for b in basis):
            flat = frozenset(i for i, row in enumerate(rows) if not any(dot(row, b) for b in basis))
            found[flat] = columns - len(basis)
    return found


def regions_within(arrangement, basis):
    """The number of regions of the restriction to the flat with this basis, by linear algebra."""
    rows = [*arrangement.homogeneous, *([arrangement.infinity] if arrangement.is_affine else [])]
    return region_number([[dot(row, b) for b in basis] for row in rows]) // (1 + arrangement.is_affine) if basis else 1


def check(arrangement):
    """Everything that defines the lattice, and the theorems about its numbers."""
    graph = intersection_lattice(arrangement)
    d, rows, columns = arrangement.dimension, arrangement.hyperplanes, arrangement.dimension + arrangement.is_affine
    assert {flat: data["rank"] for flat, data in graph.nodes(data=True)} == closed_sets(arrangement)
    assert dict(graph.nodes(data="moebius")) == moebius_numbers(arrangement)
    ranks = [r for _, r in graph.nodes(data="rank")]
    assert ranks == sorted(ranks)
    covers = {(f, g) for f in graph for g in graph if f < g and graph.nodes[g]["rank"] == graph.nodes[f]["rank"] + 1}
    assert set(graph.edges) == covers
    faces = [0] * (d + 1)
    for flat, data in graph.nodes(data=True):
        basis = data["basis"]
        assert data["dimension"] == d - data["rank"] == len(basis) - arrangement.is_affine
        assert rank(basis, columns) == len(basis)
        assert all(any(dot(row, b) for b in basis) != (i in flat) for i, row in enumerate(rows))
        assert sum(graph.nodes[below]["moebius"] for below in graph if below <= flat) == (not flat)
        assert (-1) ** data["rank"] * data["moebius"] > 0
        faces[data["dimension"]] += regions_within(arrangement, basis)
    assert tuple(faces) == f_vector(arrangement)
    w, flats = signed_whitney_numbers(arrangement), flat_numbers(arrangement)
    assert len(w) == len(flats) == arrangement.rank + 1
    assert list(flats) == [ranks.count(k) for k in range(len(flats))]
    assert sum(map(abs, w)) == count_regions(arrangement)
    assert (*w, *[0] * (d - arrangement.rank)) == characteristic_polynomial(arrangement)
    if arrangement.is_affine:
        assert abs(sum(w)) == bounded_number(arrangement)
    assert tuple(map(abs, w)) == whitney_numbers(arrangement)


@settings(max_examples=60)
@given(arrangements(rows=7, columns=4))
def test_small_tables(arrangement):
    check(arrangement)


@pytest.mark.parametrize(("table", "offsets"), DEGENERATE)
def test_degenerate_tables(table, offsets):
    check(Arrangement.from_table(table, offsets))


@pytest.mark.parametrize("name", NAMES)
def test_families(name):
    check(family(name))


@settings(max_examples=40)
@given(arrangements(rows=7, columns=4))
def test_intervals_are_geometric_lattices(arrangement):
    """Below a flat any two flats have a join, of rank r(F) + r(G) - r(meet) at most; and atoms generate."""
    rank_of = closed_sets(arrangement)
    graph = intersection_lattice(arrangement)
    for top in [flat for flat in graph if not graph.out_degree(flat)][:3]:
        interval = [flat for flat in graph if flat <= top]
        for f, g in combinations(interval, 2):
            join = min((h for h in interval if f | g <= h), key=len)
            assert all(join <= h for h in interval if f | g <= h)
            assert rank_of[join] + rank_of[f & g] <= rank_of[f] + rank_of[g]


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
def test_braid(n):
    """Flats are the partitions of n letters."""
    arrangement = family(f"braid:{n}")
    flats = flat_numbers(arrangement)
    assert flats == tuple(second(n, n - k) for k in range(n))
    assert sum(flats) == {2: 2, 3: 5, 4: 15, 5: 52, 6: 203}[n]  # Bell, OEIS A000110
    assert (*signed_whitney_numbers(arrangement), 0) == polynomial(*range(n))  # Stirling numbers of the first kind
    letters = list(combinations(range(n), 2))
    for flat, mu in moebius_numbers(arrangement).items():  # mu is the product of (-1)^(b-1) (b-1)! over the blocks
        blocks = networkx.Graph(letters[k] for k in flat)
        sizes = [len(block) for block in networkx.connected_components(blocks)]
        assert mu == prod((-1) ** (b - 1) * factorial(b - 1) for b in sizes)


@pytest.mark.parametrize(("n", "flats"), [(1, 2), (2, 6), (3, 24), (4, 116)])
def test_type_b(n, flats):
    """Dowling (1973): lattices of signed partitions, OEIS A007405; exponents 1, 3, .., 2n - 1."""
    arrangement = family(f"typeB:{n}")
    assert sum(flat_numbers(arrangement)) == flats
    assert flat_numbers(arrangement) == tuple(
        sum(comb(n, m) * 2 ** (m - n + k) * second(m, n - k) for m in range(n - k, n + 1)) for k in range(n + 1)
    )
    assert signed_whitney_numbers(arrangement) == polynomial(*range(1, 2 * n, 2))


def test_type_d_exponents():
    assert signed_whitney_numbers(family("typeD:4")) == polynomial(1, 3, 5, 3)


@pytest.mark.parametrize(
    ("name", "w"),
    [
        ("resonance:3", (1, -7, 15, -9)),
        ("resonance:4", (1, -15, 80, -170, 104)),  # Kamiya, Takemura and Terao (2011)
        ("random:7,3,0", (1, -7, 21, -15)),
        ("moment:6,4", (1, -6, 15, -20, 10)),
    ],
)
def test_known_characteristic_polynomials(name, w):
    assert signed_whitney_numbers(family(name)) == w
    assert sum(map(abs, w)) == count_regions(family(name))


def is_bounded(signs, directions):
    """Relatively: no direction, but for those along all hyperplanes, stays on the region's sides."""
    return not any(all(c in (0, s) for c, s in zip(way, signs, strict=True)) for way in directions)


REGIONS = {  # on 0, 1, 2, .. letters
    "shi": (1, 1, 3, 16, 125),
    "catalan": (1, 1, 4, 30, 336),
    "linial": (1, 1, 2, 7, 36),
    "semiorder": (1, 1, 3, 19, 183),
}


def bounded_by_regions(numbers):
    """Stanley (1996): sum chi_n(t) x^n/n! = (sum (-1)^n r_n x^n/n!)^-t over an exponential sequence; here t = 1."""
    found = [1]
    for n in range(1, len(numbers)):
        found.append(-sum(comb(n, k) * (-1) ** k * numbers[k] * found[n - k] for k in range(1, n + 1)))
    return abs(found[-1])


@pytest.mark.parametrize("n", [2, 3, 4])
@pytest.mark.parametrize("name", REGIONS)
def test_affine_families(name, n):
    """Regions and relatively bounded ones: Shi (1986), Stanley (1996), Postnikov and Stanley (2000)."""
    arrangement = family(f"{name}:{n}")
    w = signed_whitney_numbers(arrangement)
    regions, bounded = REGIONS[name][n], bounded_by_regions(REGIONS[name][: n + 1])
    assert (sum(map(abs, w)), abs(sum(w))) == (regions, bounded)
    central = Arrangement(arrangement.normals, None, n)
    directions = {cell.signs for cell in iter_covectors(central)} - {(0,) * len(central.normals)}
    listed = [is_bounded(cell.signs, directions) for cell in iter_regions(arrangement)]
    assert (len(listed), sum(listed)) == (regions, bounded)
    if name == "shi":  # Headley (1994)
        assert (*w, 0) == polynomial(0, *[n] * (n - 1))
        assert (regions, bounded) == ((n + 1) ** (n - 1), (n - 1) ** (n - 1))
    if name == "catalan":
        assert (*w, 0) == polynomial(0, *range(n + 1, 2 * n))
        assert (regions, bounded) == (perm(2 * n, n - 1), perm(2 * n - 2, n - 1))


@pytest.mark.parametrize("name", ["shi:4", "catalan:3", "semiorder:3"])
def test_cone(name):
    """Chi of the cone is (t - 1) chi: its derivative at 1, Crapo's beta (1967), counts the bounded regions."""
    arrangement = family(name)
    cone = Arrangement((*arrangement.homogeneous, arrangement.infinity), None, arrangement.dimension + 1)
    w, coned = signed_whitney_numbers(arrangement), signed_whitney_numbers(cone)
    assert coned == tuple(a - b for a, b in zip([*w, 0], [0, *w], strict=True))
    r = cone.rank
    assert abs(sum((r - k) * x for k, x in enumerate(coned))) == abs(sum(w))


@pytest.mark.parametrize("name", NAMES)
def test_euler(name):
    numbers = f_vector(family(name))
    assert sum((-1) ** i * number for i, number in enumerate(numbers)) == (-1) ** family(name).dimension


@settings(max_examples=60)
@given(arrangements(rows=7, columns=4))
def test_the_zeros_of_covectors_are_the_flats(arrangement):
    """And over each flat there are as many covectors as regions of the restriction to it."""
    rows = [members[0] for members in hyperplane_rows(arrangement)]
    zeros = Counter(
        frozenset(h for h, i in enumerate(rows) if not face.signs[i]) for face in iter_covectors(arrangement)
    )
    bases = intersection_lattice(arrangement).nodes(data="basis")
    assert zeros == {flat: regions_within(arrangement, basis) for flat, basis in bases}


@pytest.mark.parametrize(("name", "size"), [("braid:1", 1), ("moment:1,1", 2)])
def test_smallest(name, size):
    assert sum(flat_numbers(family(name))) == len(intersection_lattice(family(name))) == size
