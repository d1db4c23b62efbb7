"""Pairs as a dataset: tuples by their masks and output signs, with a second-layer sign vector, and weights.

m  width; n  rows; a tuple: m signed masks in the order of the first layer's regions, + before -
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arrangements.arrangement import Arrangement
from arrangements.cells import Signs, signs_text
from arrangements.exact.integer_matrix import Integers
from arrangements.exact.linear_algebra import Row
from arrangements.exact.packed_bits import Words, packed, unpacked, word_count
from arrangements.exact.parallel_classes import directions_of
from arrangements.proofs.cell_certificates import matrix_json
from arrangements.row_numbers import are_signs
from arrangements.second_layer.mask_counting import prepared_search, shared_out
from arrangements.second_layer.pair_blocks import mirror_images
from arrangements.second_layer.product_search import PairBlock, ProductSearch
from arrangements.second_layer.tuple_ranges import TupleRange, divided, whole_range
from multilayer.store.columns import integer_arrays, integers_of, word_arrays, word_names, words_of
from multilayer.store.listing import Fixed

_SIGNS = {"0": 0, "+": 1, "-": -1}
_FIRST_GROUPS = 32


class MaskedPair(NamedTuple):
    """A pair, in which regions are given by their masks.

    Attributes:
        outputs: for each neuron of the tuple the sign of its output weight.
        masks: for each neuron its first-layer mask.
        signs: s, with 0 at structural zeros and zero rows.
        witness: integer first-layer weights, one vector a neuron, at which u has these signs.
    """

    outputs: tuple[int, ...]
    masks: tuple[Signs, ...]
    signs: Signs
    witness: tuple[Row, ...]


class PairColumns(NamedTuple):
    """Some pairs: outputs K x m, masks K x m x n, signs K x n, witnesses K x m x d; as in `MaskedPair`."""

    outputs: NDArray[np.int8]
    masks: NDArray[np.int8]
    signs: NDArray[np.int8]
    witnesses: Integers


@dataclass(frozen=True)
class PairListing:
    """All pairs (tuple, s) of a width, as the compiled search finds them.

    Args:
        arrangement: central; row i is x_i.
        width: neurons in one sub-network.
    """

    arrangement: Arrangement
    width: int
    kind = "pairs"
    lopsided = False

    @property
    def search(self) -> ProductSearch:
        """The search of all pairs, prepared once in a process."""
        return prepared_search(self.arrangement, self.width)

    @property
    def neurons(self) -> int:
        """How many neurons a tuple has: the width, or fewer if there are fewer signed masks."""
        return self.search.width

    @property
    def input(self) -> dict[str, Any]:
        """The exact input, for JSON."""
        return {"rows": matrix_json(self.arrangement.normals), "width": self.width}

    @property
    def parameters(self) -> dict[str, Any]:
        """What names the run beside its input."""
        return {"width": self.width}

    @cached_property
    def _masks(self) -> list[list[str]]:
        words = word_count(len(self.arrangement))
        return [word_names(f"D{j + 1}_", words) for j in range(self.neurons)]

    @cached_property
    def _outputs(self) -> list[str]:
        return [f"I{j + 1}" for j in range(self.neurons)]

    @cached_property
    def _signs(self) -> list[str]:
        return word_names("s", word_count(len(self.arrangement)))

    @property
    def keys(self) -> list[str]:
        """The columns that make a pair."""
        return [*self.repeating, *self._signs]

    @property
    def repeating(self) -> list[str]:
        """The columns of the tuple, which repeat few values."""
        return [*self._outputs, *chain.from_iterable(self._masks)]

    @property
    def integers(self) -> list[str]:
        """The columns of the weights."""
        return [f"w{j + 1}_{i + 1}" for j in range(self.neurons) for i in range(self.arrangement.dimension)]

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns of the dataset."""
        outputs = [pa.field(name, pa.int8()) for name in self._outputs]
        words = [pa.field(name, pa.uint64()) for name in (*chain.from_iterable(self._masks), *self._signs)]
        weights = [pa.field(name, pa.int64()) for name in self.integers]
        return pa.schema([*outputs, *words, *weights, pa.field("witness", pa.string())])

    @property
    def groups(self) -> list[list[Any]]:
        """The groups of roots that the search begins with: ranges of about equally many tuples."""
        size = 2 * len(self.search.layer.active)
        ranges = divided(whole_range(self.neurons, size), _FIRST_GROUPS, size)
        return [[_plain(tuples)] for tuples in ranges]

    def first(self, group: Sequence[Any]) -> Fixed | None:
        """No task is fixed beforehand: the groups are."""
        return None

    def explored(self, group: list[Any], budget: int) -> Iterator[pa.RecordBatch | list[Any]]:
        """Yield the pairs of some ranges, a batch at a time, and last of all the ranges that the budget left open."""
        search = self.search.resumed([_range(root) for root in group])
        for block in search.blocks(budget):
            yield self._batch(block)
        yield [_plain(tuples) for tuples in search.frontier]

    def are_roots(self, roots: list[Any]) -> bool:
        """Whether these have the form of ranges: two tuples, and nodes with a sign, or 0, for each direction."""
        return all(isinstance(root, list) and len(root) == 3 and self._is_range(*root) for root in roots)

    def _is_range(self, start: object, stop: object, nodes: object) -> bool:
        tuples = all(
            isinstance(one, list) and len(one) == self.neurons and all(type(number) is int for number in one)
            for one in (start, stop)
        )
        return (
            tuples
            and isinstance(nodes, list)
            and all(isinstance(node, str) and len(node) == self._directions and not node.strip("+-0") for node in nodes)
        )

    @cached_property
    def _directions(self) -> int:
        return 1 + max(directions_of(self.arrangement.normals)[1])

    def divided(self, roots: list[Any], pieces: int) -> list[list[Any]]:
        """Share ranges out to at most that many groups."""
        groups = shared_out([_range(root) for root in roots], pieces, 2 * len(self.search.layer.active))
        return [[_plain(tuples) for tuples in group] for group in groups]

    def _batch(self, block: PairBlock) -> pa.RecordBatch:
        """Make columns of pairs, each followed by its mirror image if that is another tuple."""
        d, pivots = self.arrangement.dimension, list(self.search.layer.pivots)
        weights = np.zeros((*block.witnesses.shape[:2], d), block.witnesses.dtype)
        weights[:, :, pivots] = block.witnesses
        _, images = mirror_images(block._replace(witnesses=weights))
        numbers = np.concatenate([block.neurons, images.neurons])
        positive = packed(np.concatenate([block.signs, images.signs]) > 0)
        weights = np.concatenate([weights, images.witnesses])
        outputs = [pa.array((1 - 2 * (column & 1)).astype(np.int8)) for column in numbers.T]
        masks = [array for column in numbers.T for array in word_arrays(self._mask_words[column >> 1])]
        lines = weights.reshape(len(weights), -1)
        return pa.RecordBatch.from_arrays(
            [*outputs, *masks, *word_arrays(positive), *integer_arrays(lines)], schema=self.schema
        )

    @property
    def _mask_words(self) -> Words:
        """The masks of the active regions, packed."""
        layer = self.search.layer
        return packed(np.array([layer.mask(region) for region in layer.active], np.int8) > 0)

    def block(self, batch: pa.RecordBatch) -> PairColumns:
        """Read pairs back from columns."""
        n, m = len(self.arrangement), self.neurons
        outputs = np.stack([batch.column(name).to_numpy() for name in self._outputs], axis=1)
        masks = np.stack([unpacked(words_of(batch, names), n) > 0 for names in self._masks], axis=1)
        signs = unpacked(words_of(batch, self._signs), n)
        signs[~(masks.any(axis=1) & self._nonzero)] = 0
        weights = integers_of(batch, self.integers, "witness").reshape(len(batch), m, -1)
        return PairColumns(outputs, masks.astype(np.int8), signs, weights)

    @cached_property
    def _nonzero(self) -> NDArray[np.bool_]:
        return np.array([any(row) for row in self.arrangement.normals], bool)

    def cells(self, block: PairColumns) -> Iterator[MaskedPair]:
        """Yield the pairs of a block."""
        for outputs, masks, signs, weights in zip(*(column.tolist() for column in block), strict=True):
            yield MaskedPair(tuple(outputs), tuple(map(tuple, masks)), tuple(signs), tuple(map(tuple, weights)))

    def key(self, cell: object) -> dict[str, int] | None:
        """Say which values the keys of a pair have; None if it is none. Its neurons may come in any order."""
        if not isinstance(cell, MaskedPair) or not are_signs(cell.signs) or len(cell.signs) != len(self.arrangement):
            return None
        layer = self.search.layer
        numbers = {layer.mask(region): 2 * k for k, region in enumerate(layer.active)}
        if len({len(cell.outputs), len(cell.masks), self.neurons}) != 1 or not numbers.keys() >= {*cell.masks}:
            return None
        decided = np.array(cell.masks, bool).any(axis=0) & self._nonzero
        if ((np.array(cell.signs) != 0) != decided).any():
            return None  # 0 at structural zeros and zero rows, and nowhere else
        neurons = sorted(
            (numbers[mask] + (sign < 0), mask, sign) for mask, sign in zip(cell.masks, cell.outputs, strict=True)
        )
        masks = packed(np.array([mask for _, mask, _ in neurons], np.int8) > 0).ravel().tolist()
        signs = packed(np.array([cell.signs], np.int8) > 0)[0].tolist()
        return dict(zip(self.keys, [*(sign for _, _, sign in neurons), *masks, *signs], strict=True))

    def from_keys(self, keys: Words) -> Iterator[MaskedPair]:
        """Yield the pairs that these keys stand for, without weights."""
        m, n = self.neurons, len(self.arrangement)
        words = word_count(n)
        outputs = keys[:, :m].view(np.int64)
        masks = unpacked(keys[:, m : m + m * words].reshape(-1, words), n).reshape(len(keys), m, n) > 0
        signs = unpacked(keys[:, m + m * words :], n)
        signs[~(masks.any(axis=1) & self._nonzero)] = 0
        lines = zip(outputs.tolist(), masks.astype(int).tolist(), signs.tolist(), strict=True)
        for output, mask, sign in lines:
            yield MaskedPair(tuple(output), tuple(map(tuple, mask)), tuple(sign), ())


def _plain(tuples: TupleRange) -> list[Any]:
    return [list(tuples.start), list(tuples.stop), [signs_text(node) for node in tuples.nodes]]


def _range(root: list[Any]) -> TupleRange:
    start, stop, nodes = root
    return TupleRange(tuple(start), tuple(stop), tuple(tuple(_SIGNS[sign] for sign in node) for node in nodes))
