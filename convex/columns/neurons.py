"""All neurons that a sub-network can have: the signed masks of the first layer, each with the cone of its weights.

k           a neuron: region with mask D_k, sign I_k of its output weight; its weights w_k lie in the region's cone
c+, c-      one number a row: what a unit of (x_i.w_k)_+ is worth at row i where I_k = +, and what it costs where -
h_k(c)      max { sum_i I_k c_i D_ki x_i.w : w in the cone of k, ||w|| <= 1 }, c = c+ or c- by I_k: a support function
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from arrangements.exact.integer_matrix import Floats
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.product_cone import Neuron
from convex.columns import cone_distance_plain

_PLANE = 2  # dimensions up to which opposed pairs are covered region by region
_PLAIN = 20_000  # support functions to compute before compiled code is worth its loading


@dataclass
class _Work:
    """How many support functions were computed, whether searches are compiled, and the steps of those that were not."""

    supports: int = 0
    compiled: bool = False
    plain_steps: int = 0


@dataclass(frozen=True)
class Neurons:
    """The signed masks of a first layer as floating-point arrays.

    Attributes:
        layer: the first layer.
        x: the data, n x d floats.
    """

    layer: FirstLayer
    x: Floats

    @cached_property
    def signed(self) -> tuple[Neuron, ...]:
        """The pair (region, output sign) of each neuron."""
        return tuple((region, sign) for region in self.layer.active for sign in (1, -1))

    def __len__(self) -> int:
        return len(self.signed)

    @cached_property
    def active(self) -> NDArray[np.bool_]:
        """The masks D, neurons x rows; zero rows are never active."""
        signs = [self.layer.cells[region].signs for region, _ in self.signed]
        return np.array(signs, np.int8).reshape(-1, len(self.x)) > 0

    @cached_property
    def region_signs(self) -> NDArray[np.int8]:
        """The sign vectors of the regions by which opposed pairs are covered, regions x rows; none where boxes do it.

        In the plane there are few regions, and most differ from those beside them in one sign. In more dimensions
        there are more regions for each pair than boxes.
        """
        cells = self.layer.cells if self.x.shape[1] <= _PLANE else ()
        return np.array([cell.signs for cell in cells], np.int8).reshape(-1, len(self.x))

    @cached_property
    def region_boxes(self) -> tuple[tuple[int, int], ...]:
        """The rows at which each of these regions is +, and -, as bits."""
        return tuple(
            (sum(1 << i for i, s in enumerate(signs) if s > 0), sum(1 << i for i, s in enumerate(signs) if s < 0))
            for signs in self.region_signs.tolist()
        )

    @cached_property
    def outputs(self) -> NDArray[np.int8]:
        """The output sign I of each neuron."""
        return np.array([sign for _, sign in self.signed], np.int8)

    @cached_property
    def bits(self) -> tuple[int, ...]:
        """The mask D of each neuron as the bits of one integer."""
        return tuple(int("".join("01"[a] for a in reversed(mask)) or "0", 2) for mask in self.active.tolist())

    @cached_property
    def wall_rows(self) -> tuple[tuple[int, ...], ...]:
        """For each neuron one row for each wall of its cone."""
        return tuple(tuple(self.layer.classes[c][0] for c in self.layer.walls[region]) for region, _ in self.signed)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The places in `walls` where the walls of each neuron begin, and where the last end."""
        return np.cumsum([0, *map(len, self.wall_rows)])

    @cached_property
    def walls(self) -> Floats:
        """The inward unit normals of all walls, one line each."""
        lengths = np.linalg.norm(self.x, axis=1)
        lines = [
            self.layer.cells[region].signs[i] * self.x[i] / lengths[i]
            for (region, _), rows in zip(self.signed, self.wall_rows, strict=True)
            for i in rows
        ]
        return np.array(lines).reshape(-1, self.x.shape[1])

    def support_bounds(
        self, plus: Floats, minus: Floats, members: Sequence[int] | None = None
    ) -> tuple[Floats, Floats]:
        """Compute the support-function bound h_k of neurons, and its multipliers, one a wall in units of `walls`.

        Args:
            plus: c+, n numbers.
            minus: c-, n numbers.
            members: the neurons; None for all.
        """
        distances = cone_distance_plain.all_shortest
        if self._work.supports >= _PLAIN:
            from convex.columns import cone_distance

            distances = cone_distance.all_shortest
        self._work.supports += len(self)
        if members is None:
            return distances(plus, minus, self.x, self.active, self.outputs, self.walls, self.starts)
        chosen = np.asarray(members)
        counts = self.starts[chosen + 1] - self.starts[chosen]
        starts = np.concatenate([[0], np.cumsum(counts)])
        walls = self.walls[np.repeat(self.starts[chosen] - starts[:-1], counts) + np.arange(starts[-1])]
        return distances(plus, minus, self.x, self.active[chosen], self.outputs[chosen], walls, starts)

    @property
    def compiled(self) -> bool:
        """Whether searches are worth compiled code."""
        return self._work.compiled

    def compile(self) -> None:
        """Search, and compute support functions, by compiled code from now on."""
        self._work.supports, self._work.compiled = _PLAIN, True

    @property
    def plain_steps(self) -> int:
        """The steps of all searches so far that were not compiled."""
        return self._work.plain_steps

    def add_plain_steps(self, steps: int) -> None:
        """Count the steps of a search that was not compiled."""
        self._work.plain_steps += steps

    @cached_property
    def _work(self) -> "_Work":
        """What was done with these neurons so far."""
        return _Work()

    def signed_sums(self, weights: Floats, members: Sequence[int]) -> tuple[Floats, Floats]:
        """Sum the plus and the minus neurons of a sub-network at each row: p and q, with u = p - q."""
        p, q = np.zeros(len(self.x)), np.zeros(len(self.x))
        for k, w in zip(members, weights, strict=True):
            (p if self.outputs[k] > 0 else q)[:] += np.maximum(self.x @ w, 0)
        return p, q

    def possible_signs(self, members: Sequence[int]) -> tuple[int, int]:
        """Find the rows at which u can be positive, and negative, as bits: where some plus (minus) neuron is active."""
        signs: list[int] = [0, 0]
        for k in members:
            signs[self.signed[k][1] < 0] |= self.bits[k]
        return signs[0], signs[1]
