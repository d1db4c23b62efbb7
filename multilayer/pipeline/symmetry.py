"""The commands symmetry and statistics: the symmetry group, orbits of regions, and what the regions look like."""

from collections import Counter
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from arrangements.first_layer.facet_statistics import region_statistics
from arrangements.symmetry.groups import symmetry_group
from arrangements.symmetry.region_orbits import list_orbits
from multilayer.io.tables import Table
from multilayer.pipeline.counts import shape
from multilayer.pipeline.limits import checked_regions, refuse_zero
from multilayer.pipeline.progress import Progress, unshown

Report = dict[str, Any]


def symmetry_report(
    table: Table, fixing: Sequence[Sequence[object]], *, engine: str = "auto", limit: int, progress: Progress = unshown
) -> Report:
    """Report the symmetry group, and the orbits of hyperplanes and regions.

    Args:
        table: the data.
        fixing: points that the symmetries keep, up to sign.
        engine: what lists the regions.
        limit: most regions.
        progress: shows how far it is.

    Raises:
        InputError: every row is zero, a point has another length, an unknown engine, or igraph is not installed.
        LimitError: there are more regions than the limit.
    """
    refuse_zero(table)
    start = perf_counter()
    group = symmetry_group(table.arrangement, fixing=fixing)
    total = checked_regions(table, limit, progress=progress)
    with progress(None, "regions and their orbits"):
        orbits = list_orbits(table.arrangement, group=group, engine=engine)
    sizes = Counter(orbit.size for orbit in orbits)
    return {
        **shape(table.arrangement).report(),
        "order": group.order,
        "generators": [{"images": list(each.images), "signs": list(each.signs)} for each in group.generators],
        "hyperplane_orbits": [list(orbit) for orbit in group.hyperplane_orbits],
        "regions": sum(orbit.size for orbit in orbits),
        "exact_count": total,
        "orbits": len(orbits),
        "orbit_sizes": {str(size): sizes[size] for size in sorted(sizes)},
        "seconds": round(perf_counter() - start, 3),
    }


def statistics_report(table: Table, *, engine: str = "auto", limit: int, progress: Progress = unshown) -> Report:
    """Report the facets of the regions, and how many regions are simplicial or complete.

    Args:
        table: the data.
        engine: what lists the regions.
        limit: most regions.
        progress: shows how far it is.

    Raises:
        InputError: every row is zero, or an unknown engine.
        LimitError: there are more regions than the limit.
    """
    refuse_zero(table)
    start = perf_counter()
    total = checked_regions(table, limit, progress=progress)
    with progress(None, "facets of the regions"):
        found = region_statistics(table.arrangement, engine=engine)
    return {
        **shape(table.arrangement).report(),
        "regions": found.regions,
        "exact_count": total,
        "facets": {str(number): regions for number, regions in found.facets.items()},
        "fewest_facets": found.fewest_facets,
        "most_facets": found.most_facets,
        "mean_facets": float(found.mean_facets),
        "mean_facets_exact": str(found.mean_facets),
        "simplicial": found.simplicial,
        "complete": found.complete,
        "simplicial_at": list(found.simplicial_at),
        "seconds": round(perf_counter() - start, 3),
    }
