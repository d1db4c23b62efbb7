"""Roots that are split by a few nodes: together with what was found on the way, they are what was there before."""

import pyarrow as pa
import pytest

from arrangements import Arrangement, count_regions, family
from multilayer.store.part_task import split_up
from multilayer.store.region_listing import RegionListing

NAMES = ["random:12,3,0", "random:11,4,0", "random:10,5,0", "random:9,6,0", "braid:4", "threshold:3", "coordinate:5"]


def found_below(listing, group, budget):
    """Sign vectors, and the roots that are left."""
    *batches, left = listing.explored(list(group), budget)
    signs = [
        tuple(row[key] for key in listing.keys) for row in pa.Table.from_batches(batches, listing.schema).to_pylist()
    ]
    return signs, left


@pytest.mark.parametrize("budget", [0, 1, 7, 40])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_and_nothing_found_twice(name, budget):
    arrangement = family(name)
    listing = RegionListing(arrangement, "sweep")
    found, roots = found_below(listing, listing.groups[0], budget)

    def explore(group, nodes):
        more, left = found_below(listing, group, nodes)
        found.extend(more)
        return left

    split = split_up(explore, listing, list(roots), 12)
    for root in split:
        more, left = found_below(listing, [root], 10**9)
        found.extend(more)
        assert left == []
    assert len(found) == len(set(found)) == count_regions(arrangement, engine="lp")


def test_work_is_divided_evenly():
    """The regions below each of four groups, where a search that went down first left nearly all below one root."""
    listing = RegionListing(family("random:40,4,0"), "sweep")
    _, roots = found_below(listing, listing.groups[0], 50)

    def explore(group, nodes):
        return found_below(listing, group, nodes)[1]

    def shares(roots):
        groups = listing.divided(roots, 4)
        return sorted(len(found_below(listing, group, 10**9)[0]) for group in groups)

    before, after = shares(list(roots)), shares(split_up(explore, listing, list(roots), 32))
    assert max(before) > 0.7 * sum(before)
    assert len(after) == 4
    assert max(after) < 0.5 * sum(after)


def test_a_single_root_may_be_all_there_is():
    listing = RegionListing(Arrangement.from_table([[1, 2]]), "sweep")
    _, roots = found_below(listing, listing.groups[0], 0)
    assert split_up(lambda group, nodes: [], listing, list(roots), 5) == []
