"""What a figure of matplotlib shows, read back from its artists: polygons, lines, labels, nodes, edges."""

from itertools import pairwise

import numpy as np
from scipy.spatial import cKDTree


def named(artists, prefix):
    """The artists of a kind, by the start of their names."""
    return [artist for artist in artists if (artist.get_gid() or "").startswith(prefix)]


def number(artist):
    """The number in an artist's name."""
    return int(artist.get_gid().rpartition("-")[2])


def polygons(axes):
    """The corners of each polygon of a region, by its number; a region that is drawn twice is a mistake."""
    found = {}
    for patch in named(axes.patches, "region-"):
        assert number(patch) not in found
        found[number(patch)] = patch.get_xy()[:-1]
    return found


def euler(corners):
    """V - E + F of polygons in the plane, the outer face left out; points that are nearer than 1e-7 are one."""
    points = np.concatenate(corners)
    together = cKDTree(points).query_pairs(1e-7)
    name = list(range(len(points)))
    for i, j in sorted(together):
        name[j] = name[i]
    edges, start = set(), 0
    for polygon in corners:
        here = name[start : start + len(polygon)]
        edges |= {frozenset(pair) for pair in zip(here, [*here[1:], here[0]], strict=True) if len(set(pair)) == 2}
        start += len(polygon)
    return len(set(name)) - len(edges) + len(corners)


def notes(figure):
    """The lines of small text below a figure."""
    return " ".join(text.get_text() for text in figure.texts)


def crossings(paths):
    """Pairs of polylines that cross away from common ends."""
    segments = [(k, a, b) for k, path in enumerate(paths) for a, b in pairwise(path)]
    starts, ends = (np.array([segment[i] for segment in segments]) for i in (1, 2))
    owner = np.array([segment[0] for segment in segments])
    found = set()

    def side(p, q, r):
        return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])

    for k, a, b in segments:
        across = side(a, b, starts) * side(a, b, ends) < -1e-18
        back = side(starts, ends, a) * side(starts, ends, b) < -1e-18
        found |= {tuple(sorted((k, int(other)))) for other in owner[across & back & (owner != k)]}
    return found
