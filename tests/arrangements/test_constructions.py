"""Arrangements made of others, by the identities that connect their counts: random, degenerate and affine ones."""

import sys
from fractions import Fraction
from math import comb

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.brute_force import brute_regions
from support.small_tables import arrangements, tables

from arrangements import Arrangement, InputError, family, iter_covectors, iter_regions
from theory import characteristic_polynomial, region_number

POINTS = st.lists(st.fractions(-3, 3, max_denominator=3), min_size=4, max_size=4)


def exact_count(arrangement):
    return region_number(arrangement)


def chi(arrangement):
    """The coefficients of the characteristic polynomial, highest power first; of none in R^0 as well."""
    if not arrangement.dimension or not len(arrangement):
        return (1, *[0] * arrangement.dimension)
    return characteristic_polynomial(arrangement)


def hyperplane_of(arrangement, data):
    """A row that is a hyperplane, and of no other row."""
    distinct = [
        i
        for i, normal in enumerate(arrangement.normals)
        if any(normal) and len(arrangement.deletion(i).hyperplanes) < len(arrangement.hyperplanes)
    ]
    assume(distinct)
    return data.draw(st.sampled_from(distinct))


def product_of(one, two):
    """The product of two polynomials."""
    terms = [0] * (len(one) + len(two) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(two):
            terms[i + j] += a * b
    return tuple(terms)


@given(arrangements(), st.data())
def test_deletion_and_restriction(arrangement, data):
    h = hyperplane_of(arrangement, data)
    rest, inside = arrangement.deletion(h), arrangement.restriction(h)
    assert exact_count(arrangement) == exact_count(rest) + exact_count(inside)
    assert chi(arrangement) == tuple(a - b for a, b in zip(chi(rest), (0, *chi(inside)), strict=True))


@given(arrangements(6, 3), st.data())
def test_restriction_holds_the_regions_of_the_hyperplane(arrangement, data):
    """The regions of H are the faces of the whole on which H alone is 0, but for the rows that contain H."""
    h = hyperplane_of(arrangement, data)
    inside = arrangement.restriction(h)
    contain = {i for i, s in enumerate(next(iter_regions(inside)).signs) if s == 0}
    kept = [i for i in range(len(arrangement)) if i != h]
    faces = {
        tuple(0 if k in contain else face.signs[i] for k, i in enumerate(kept))
        for face in iter_covectors(arrangement)
        if face.signs[h] == 0 and all(face.signs[i] or k in contain for k, i in enumerate(kept))
    }
    assert {cell.signs for cell in iter_regions(inside)} == faces


@given(arrangements())
def test_cone_doubles(arrangement):
    cone = arrangement.cone()
    assert exact_count(cone) == 2 * exact_count(arrangement)
    assert not cone.is_affine
    assert cone.normals[: len(arrangement)] == tuple((*normal, -b) for normal, b in arrangement)
    assert product_of((1, -1), chi(arrangement)) == chi(cone)


@given(arrangements())
def test_decone_undoes_cone(arrangement):
    offsets = (0,) * len(arrangement) if arrangement.offsets is None else arrangement.offsets
    assert arrangement.cone().decone() == Arrangement(arrangement.normals, offsets, arrangement.dimension)


@given(tables(), st.data())
def test_decone_halves_at_every_hyperplane(table, data):
    arrangement = Arrangement.from_table(table)
    rows = [i for i, row in enumerate(table) if any(row)]
    assume(rows)
    assert 2 * exact_count(arrangement.decone(data.draw(st.sampled_from(rows)))) == exact_count(arrangement)


@given(arrangements(5, 3), arrangements(5, 3))
def test_product_multiplies(one, two):
    both = one.product(two)
    assert exact_count(both) == exact_count(one) * exact_count(two)
    assert chi(both) == product_of(chi(one), chi(two))
    signs = {cell.signs for cell in iter_regions(both)}
    assert signs == {(*a.signs, *b.signs) for a in iter_regions(one) for b in iter_regions(two)}


@given(st.data(), st.integers(1, 3))
def test_union_commutes_up_to_order(data, d):
    of_this_dimension = arrangements(5, 3).filter(lambda arrangement: arrangement.dimension == d)
    one, two = data.draw(of_this_dimension), data.draw(of_this_dimension)
    ab, ba = one.union(two), two.union(one)
    assert sorted(ab) == sorted(ba) == sorted([*one, *two])
    assert exact_count(ab) == exact_count(ba) >= max(exact_count(one), exact_count(two))
    assert exact_count(one.union(one)) == exact_count(one)


@given(arrangements())
def test_essentialization_keeps_the_count(arrangement):
    essential = arrangement.essentialization()
    assert essential.is_essential
    assert (essential.rank, essential.lineality) == (arrangement.rank, ())
    assert arrangement.is_essential == (essential == arrangement)
    assert exact_count(essential) == exact_count(arrangement)
    assert chi(arrangement) == (*chi(essential), *[0] * (arrangement.dimension - essential.dimension))


@given(arrangements(6, 3), st.data())
def test_localization_counts_the_regions_around_a_point(arrangement, data):
    """At any face: the regions that have it in their closure, whose signs are its own wherever it has one."""
    faces = list(iter_covectors(arrangement))
    face = data.draw(st.sampled_from(faces))
    point = [Fraction(x, face.witness[-1]) for x in face.witness[:-1]] if arrangement.is_affine else face.witness
    local = arrangement.localization(point)
    around = [
        c for c in iter_regions(arrangement) if all(s in (0, t) for s, t in zip(face.signs, c.signs, strict=True))
    ]
    assert exact_count(local) == len(around)
    zero = [i for i, s in enumerate(face.signs) if s == 0]
    assert arrangement.localization(rows=zero) == local
    assert local.is_central


@given(arrangements(), st.data())
def test_reorient_flips_signs(arrangement, data):
    n = len(arrangement)
    turned = data.draw(st.sets(st.integers(0, n - 1)))
    reoriented = arrangement.reorient(turned)
    flipped = {tuple(-s if i in turned else s for i, s in enumerate(c.signs)) for c in iter_regions(arrangement)}
    assert {cell.signs for cell in iter_regions(reoriented)} == flipped
    assert reoriented.reorient(turned) == arrangement


@given(arrangements(6, 3))
def test_sign_vectors_of_witnesses(arrangement):
    for signs, witness in iter_covectors(arrangement):
        *w, t = witness if arrangement.is_affine else (*witness, 1)
        assert arrangement.sign_vector([Fraction(x, t) for x in w]) == signs


@given(arrangements(6, 3), POINTS)
def test_a_sign_vector_says_on_which_side_a_point_is(arrangement, point):
    w = point[: arrangement.dimension]
    for s, (normal, b) in zip(arrangement.sign_vector(w), arrangement, strict=True):
        value = sum(x * y for x, y in zip(normal, w, strict=True)) - b
        assert s * value > 0 or s == value == 0


@given(arrangements(6, 3), st.data())
def test_separating_rows(arrangement, data):
    """Two regions are equal where no row separates them; opposite ones of a central arrangement by all rows."""
    regions = list(iter_regions(arrangement))
    one, two = data.draw(st.sampled_from(regions)), data.draw(st.sampled_from(regions))
    between = arrangement.separating(one, two.signs)
    assert set(between) == {i for i, (a, b) in enumerate(zip(one.signs, two.signs, strict=True)) if a != b}
    assert arrangement.separating(two, one) == between
    opposite = tuple(-s for s in one.signs)
    assert arrangement.separating(one, opposite) == tuple(i for i, normal in enumerate(one.signs) if normal)


@given(arrangements(7, 4))
def test_simple_iff_as_many_regions_as_can_be(arrangement):
    """Cover's number 2 sum_{k<r} C(m-1, k), Buck's sum_{k<=r} C(m, k) with offsets."""
    m, r = len(arrangement.hyperplanes), arrangement.rank
    most = sum(comb(m, k) for k in range(r + 1))
    if not arrangement.is_affine:
        most = 2 * sum(comb(m - 1, k) for k in range(r)) if m else 1
    assert arrangement.is_simple == (exact_count(arrangement) == most)


@given(arrangements(7, 3))
def test_central_iff_one_face_is_on_every_hyperplane(arrangement):
    zero = [normal for normal, _ in arrangement if any(normal)]
    on_all = any(
        all(s == 0 for s, normal in zip(face.signs, arrangement.normals, strict=True) if any(normal))
        for face in iter_covectors(arrangement)
    )
    assert arrangement.is_central == on_all
    assert arrangement.is_linear == (not zero or not any(b for normal, b in arrangement if any(normal)))
    assert arrangement.is_central or not arrangement.is_linear


@pytest.mark.parametrize(
    ("name", "simple"),
    [("moment:9,4", True), ("random:12,5,0", True), ("braid:4", False), ("shi:2", True), ("shi:3", False)],
)
def test_simple_families(name, simple):
    assert family(name).is_simple == simple


def test_a_single_dependency_of_five_rows_in_rank_five_is_found():
    rows = [list(x) for x in family("moment:9,5").normals]
    rows.append([a - b + c - d for a, b, c, d in zip(*rows[:4], strict=True)])
    assert not Arrangement.from_table(rows).is_simple
    assert Arrangement.from_table(rows[:9]).is_simple


def test_deletion_and_restriction_of_braids():
    """The restriction of a braid arrangement is the smaller one, with repeated rows (Orlik and Terao 1992)."""
    braid = family("braid:5")
    assert exact_count(braid.restriction(0)) == exact_count(family("braid:4")) == 24
    assert len(braid.restriction(0).hyperplanes) == 6
    assert exact_count(braid.localization(rows=[0, 1])) == exact_count(family("braid:3")) == 6


@pytest.mark.parametrize("affine", [False, True])
def test_down_to_no_rows_and_no_dimension(affine):
    one = Arrangement.from_table([[2]], offsets=[1] if affine else None)
    none, point = one.deletion(0), one.restriction(0)
    assert (len(none), none.dimension, len(point), point.dimension) == (0, 1, 0, 0)
    for empty in (none, point, point.product(none), point.union(point), none.essentialization()):
        assert [cell.signs for cell in iter_regions(empty)] == [()]
        assert empty.is_simple
        assert empty.is_central
        assert repr(empty).endswith("rank 0>")
    assert [cell.signs for cell in iter_regions(point.cone())] in ([(1,), (-1,)], [(-1,), (1,)])
    assert exact_count(one.cone()) == 4


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda a: a.deletion(4), "there is no row 4; the 4 rows are counted from 0"),
        (lambda a: a.deletion(-5), "there is no row -5"),
        (lambda a: a.deletion(1.0), "there is no row 1.0"),
        (lambda a: a.deletion("x"), "there is no row 'x'"),
        (lambda a: a.restriction(2), "restriction needs a hyperplane, and row 2 has the normal zero"),
        (lambda a: a.decone(2), "decone needs a hyperplane, and row 2 has the normal zero"),
        (lambda a: Arrangement.from_table([[1]], [2]).decone(), "this one has offsets; take its cone"),
        (lambda a: a.localization(), "either a point or the rows"),
        (lambda a: a.localization((1, 2), rows=[0]), "either a point or the rows"),
        (lambda a: a.localization(rows=3), "rows is 3; give a list of numbers of rows"),
        (lambda a: a.localization(rows=[9]), "there is no row 9"),
        (lambda a: Arrangement.from_table([[1], [1]], [0, 1]).localization(rows=[0, 1]), "no common point"),
        (lambda a: a.reorient(1), "rows is 1; give a list of numbers of rows"),
        (lambda a: a.product([[1]]), r"\[\[1\]\] is a list, not an Arrangement; make one with Arrangement.from_table"),
        (lambda a: a.union(3), "3 is an int, not an Arrangement"),
        (lambda a: a.union(Arrangement.from_table([[1]])), r"these are in R\^2 and R\^1"),
        (lambda a: a.sign_vector((1, 2, 3)), r"the point has 3 coordinates, and the arrangement is in R\^2"),
        (lambda a: a.sign_vector(5), "coordinates: 5 is not a list"),
        (lambda a: a.sign_vector((1, "x")), "coordinate 2: 'x' is not a finite number"),
        (lambda a: a.separating((1, 1), (1, 1, 0, 1)), "is not a sign vector; it needs -1, 0 or 1 for each of the 4"),
        (lambda a: a.separating((1, 1, 0, 1), 7), "the sign vector is 7; give a list of -1, 0 or 1"),
        (lambda a: a.separating((1, 1, 0, 5), (1, 1, 0, 1)), "is not a sign vector"),
    ],
)
def test_refused(call, message):
    arrangement = Arrangement.from_table([[1, 0], [0, 1], [0, 0], [1, 1]])
    with pytest.raises(InputError, match=message):
        call(arrangement)


def test_value_semantics():
    arrangement = Arrangement.from_table([[1, 0], [2, 0], [0, 0]], offsets=["1/2", 1, 3])
    assert len(arrangement) == 3
    assert list(arrangement) == [((2, 0), 1), ((2, 0), 1), ((0, 0), 1)]
    assert repr(arrangement) == "<Affine arrangement of 1 hyperplane (3 rows) in R^2, rank 1>"
    assert arrangement == Arrangement.from_table([[1, 0], [1, 0], [0, 0]], offsets=[0.5, 0.5, 1])
    assert len({arrangement, arrangement.deletion(2), arrangement.reorient([])}) == 2
    assert arrangement.deletion(-1) == arrangement.deletion(2)


def test_brute_force_of_a_restriction():
    """The plane x + y + z = 1 cut by the coordinate planes: seven regions, in coordinates (y, z)."""
    inside = Arrangement.from_table([[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [1, 0, 0, 0]).restriction(0)
    assert set(inside.homogeneous) == {(-1, -1, 1), (1, 0, 0), (0, 1, 0)}
    assert len(brute_regions(inside.homogeneous, inside.infinity)) == 7


@pytest.mark.parametrize(
    ("arrangement", "drawn"),
    [
        (Arrangement.from_table([[1, 0], [0, 1], [1, 1], [0, 0]], [0, 0, 1, 1]), 3),
        (Arrangement.from_table([[1], [1]], [0, 1]), 2),
        (Arrangement.from_table([[1, 2, 3], [2, 1, 3]]), 2),
        (Arrangement.from_table([[10**400, 1], [1, 10**400]]), 2),
        (family("braid:4"), 6),
        (family("shi:3"), 6),
        (family("braid:5"), None),
        (family("shi:4"), None),
        (Arrangement.from_table([[0, 0]]), None),
    ],
)
def test_pictures(arrangement, drawn):
    pytest.importorskip("matplotlib")
    picture = arrangement._repr_svg_()
    if drawn is None:
        assert picture is None
    else:
        assert picture.count('<g id="line-') == drawn
        assert picture == arrangement._repr_svg_()


def test_no_picture_without_matplotlib(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert family("braid:3")._repr_svg_() is None
