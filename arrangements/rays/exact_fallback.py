"""The exact fallback of the compiled kernel: big integers for rays in doubt and points that it could not place.

T  rows that a ray lies on and that the node has decided, and the pivot: the ray is orthogonal to all of them, and to
   nothing else but its own line, so exact elimination gives it from T alone
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import integer_vector
from arrangements.exact.linear_algebra import Row, dot, nullspace, primitive
from arrangements.exact.packed_bits import unpacked
from arrangements.rays.coordinates import Setting
from arrangements.rays.encoding import encoded, sides
from arrangements.rays.kernel.state import Pool, Work


def settle(setting: Setting, pool: Pool, work: Work, state: np.void) -> int:
    """Recompute the rays in doubt: coordinates and the sign of every row, all exact. Returns how many."""
    decided = work.sets["up"] ^ work.sets["down"]
    doubts = work.doubts[: state["doubts"]].tolist()
    for q in doubts:
        ray = exact_ray(setting, pool, q, decided, (int(state["pivot"]),))
        pool.sides[q] = sides(setting.matrix.dot(integer_vector(ray)))
        pool.rays[q] = encoded([setting.coordinates(ray)], setting.shifts)[0]
    return len(doubts)


def exact_ray(setting: Setting, pool: Pool, q: int, decided: NDArray[np.uint64], also: Iterable[int] = ()) -> Row:
    """Compute a ray of the pool as a primitive integer vector in the caller's coordinates.

    Args:
        setting: the search space.
        pool: the rays.
        q: which one.
        decided: bits of the rows on which a ray without a sign is known to lie.
        also: more rows that it lies on.
    """
    size = len(setting.rows)
    positive, negative = np.split(pool.sides[q], 2)
    lies = decided & ~(positive | negative)
    tight = {k for k, sign in enumerate(unpacked(lies[None], size)[0].tolist()) if sign > 0} | set(also)
    (ray,) = nullspace([setting.rows[k] for k in sorted(tight)], len(setting.rows[0]))
    plus = unpacked(positive[None], size)[0] > 0
    k = int(unpacked((positive | negative)[None], size)[0].argmax())
    value = dot(setting.rows[k], ray)
    return ray if (value > 0) == bool(plus[k]) else tuple(-x for x in ray)


def node_rays(setting: Setting, pool: Pool, work: Work, frame: int, known: dict[bytes, Row] | None = None) -> list[Row]:
    """Compute the rays of a node that is a cell, exactly; see `exact_ray`.

    Args:
        setting: the search space.
        pool: the rays.
        work: the stack.
        frame: which node.
        known: rays by their sides, where they are kept: the signs of all rows determine a ray.
    """
    first, count, _ = work.frames[frame].tolist()
    everything = work.sets["up"] | work.sets["down"]
    known = {} if known is None else known
    found = []
    for q in work.lists[first : first + count].tolist():
        key = pool.sides[q].tobytes()
        if key not in known:
            known[key] = exact_ray(setting, pool, q, everything)
        found.append(known[key])
    return found


def interior(rays: Iterable[Row]) -> Row:
    """Compute an integer point inside the cone of these rays."""
    return primitive([sum(column) for column in zip(*rays, strict=True)])
