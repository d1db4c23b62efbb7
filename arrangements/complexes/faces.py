"""The faces of every dimension of a network's complex, from the extreme rays of its regions.

s_k(x)  sign of hidden pre-activation k at the input x;  a face is a non-empty set {x : s_k(x) = s_k for all k}
R       a region, cl R its closure; M_k the linear function of z that pre-activation k is on R

*Every face arises from a region, and as one set of rays.* Let F be a face with signs s.
(1) The closures of the finitely many regions cover R^d, since the other faces have smaller dimension. So some x in F
lies in some cl R. R is the open cone of z where M_k has the sign of R for all k where that is not 0 (where it is 0, M_k
vanishes): by induction over the layers these signs make the deeper pre-activations equal to M_k. Hence cl R is given by
the weak inequalities, and by continuity pre-activation k equals M_k on all of cl R.
(2) So s_k is 0 or the sign of R, for all k. Any other y in F has the same signs: in the first layer it satisfies the
weak inequalities of R, so its first-layer outputs are those that are linear on cl R, so its second-layer
pre-activations are M_k(y), and so on. So F is in cl R, and it is the set of points of cl R where exactly the
inequalities with s_k = 0 are equalities: the relative interior of a face of the polyhedron cl R.
(3) Conversely the relative interior of each face of cl R has constant signs: 0 on the k whose M_k vanishes on all its
rays, else those of R. By (2) it is all of the face of the complex with these signs.
So faces of the complex correspond to sign vectors, and those in cl R to the faces of the cone of cl R that are not
within a wall of the search (t = 0, or the sides of the box: there lie no inputs). A face of a pointed cone is spanned
by the rays on it. Its facets are the largest proper intersections of it with facets of the cone (Ziegler 1995, 2.6).

Relatively open faces divide R^d, or an open box, so the alternating sum of their numbers is (-1)^d, the Euler
characteristic of R^d with compact support.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

from arrangements.complexes.region_splitting import Cone, Ray


class ConeFace(NamedTuple):
    """A face of one cone.

    Attributes:
        rays: which of the cone's rays are on it, as bits.
        zeros: the walls that it lies on, as bits.
        facets: its own facets, as sets of rays.
    """

    rays: int
    zeros: int
    facets: tuple[int, ...]


def cone_faces(rays: Sequence[Ray], walls: int) -> Iterator[list[ConeFace]]:
    """Yield the faces of a cone dimension by dimension, from the cone itself down.

    Args:
        rays: its extreme rays.
        walls: how many walls bound the search; faces within one of them are left out.
    """
    outside = (1 << walls) - 1
    zeros = [ray.zeros for ray in rays]
    facets = _facets(zeros, outside)
    level = [(1 << len(rays)) - 1]
    while level:
        found = []
        for face in level:
            parts = {face & facet for facet in facets if face & facet != face}
            below = tuple(part for part in _largest(parts) if part and not _common(zeros, part) & outside)
            found.append(ConeFace(face, _common(zeros, face), below))
        yield found
        level = list(dict.fromkeys(part for face in found for part in face.facets))


class FaceCounter:
    """The faces of the regions seen so far, each counted once; their signs alone are kept.

    Args:
        inputs: d.
        walls: how many walls bound the search.
    """

    def __init__(self, inputs: int, walls: int) -> None:
        self._walls = walls
        self._seen: list[set[tuple[int, int]]] = [set() for _ in range(inputs + 1)]

    def add(self, cone: Cone) -> None:
        """Count the faces of one more region."""
        for seen, level in zip(reversed(self._seen), cone_faces(cone.rays, self._walls), strict=False):
            seen.update((cone.plus & ~face.zeros, cone.minus & ~face.zeros) for face in level)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The f-vector so far."""
        return tuple(map(len, self._seen))


def _facets(zeros: Sequence[int], outside: int) -> list[int]:
    """The facets of a cone that no wall of the search holds, as sets of rays."""
    everywhere = reduce(and_, zeros)
    left = reduce(or_, zeros) & ~everywhere & ~outside
    found = set()
    while left:
        bit = left & -left
        left ^= bit
        found.add(sum(1 << i for i, walls in enumerate(zeros) if walls & bit))
    return _largest(found)


def _largest(sets: set[int]) -> list[int]:
    """Those that are not within another one."""
    return [a for a in sets if not any(a & b == a and a != b for b in sets)]


def _common(zeros: Sequence[int], members: int) -> int:
    found = -1
    for i, walls in enumerate(zeros):
        if members >> i & 1:
            found &= walls
    return found
