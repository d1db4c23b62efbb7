"""The commands `symmetry` and `statistics`: known numbers, agreement with the library, and bad input."""

import pytest
from support.outcomes import report


@pytest.mark.parametrize(("fixing", "order", "orbits"), [((), 3840, 7), (("--fixing", "1,0,0,0,0"), 768, 15)])
def test_classes_of_threshold_functions(multilayer, fixing, order, orbits):
    found = report(multilayer("symmetry", "threshold:4", *fixing, "--json"))
    assert (found["order"], found["orbits"]) == (order, orbits)
    assert found["regions"] == found["exact_count"] == 1882
    assert sum(int(size) * many for size, many in found["orbit_sizes"].items()) == 1882
    assert sum(found["orbit_sizes"].values()) == orbits
    assert sorted(k for orbit in found["hyperplane_orbits"] for k in orbit) == list(range(16))
    assert all(sorted(each["images"]) == list(range(16)) for each in found["generators"])


def test_statistics(multilayer):
    found = report(multilayer("statistics", "moment:7,4", "--json"))
    assert (found["regions"], found["exact_count"], found["complete"]) == (84, 84, 14)
    assert found["facets"] == {"4": 14, "5": 42, "6": 14, "7": 14}
    assert (found["fewest_facets"], found["most_facets"], found["mean_facets_exact"]) == (4, 7, "16/3")
    assert sum(found["simplicial_at"]) == 4 * found["simplicial"]


def test_text(multilayer):
    assert "orbits" in multilayer("symmetry", "braid:4").out
    assert "simplicial" in multilayer("statistics", "braid:4").out


@pytest.mark.parametrize("command", ["symmetry", "statistics"])
def test_limit_and_zero_table(multilayer, tmp_path, command):
    outcome = multilayer(command, "resonance:5", "--limit", "1000")
    assert (outcome.status, outcome.out) == (4, "")
    (tmp_path / "zero.csv").write_text("0,0\n0,0\n")
    outcome = multilayer(command, str(tmp_path / "zero.csv"))
    assert outcome.status == 2
    assert "every row of the data is zero" in outcome.err


@pytest.mark.parametrize(("point", "message"), [("1,0", "2 entries"), ("a,0,0", "'a'")])
def test_wrong_points(multilayer, point, message):
    outcome = multilayer("symmetry", "threshold:2", "--fixing", point)
    assert outcome.status == 2
    assert message in outcome.err
