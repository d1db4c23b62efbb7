"""Regions as a dataset: what is listed, from which roots, and how the cells become columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
import pyarrow as pa

from arrangements.arrangement import Arrangement
from arrangements.cells import Cell, CellBlock, signs_text
from arrangements.exact.packed_bits import Words, packed, word_count
from arrangements.first_layer.region_search import RegionSearch
from arrangements.parallel.slices import dealt
from arrangements.proofs.cell_certificates import matrix_json, vector_json
from arrangements.row_numbers import are_signs
from multilayer.store.columns import integer_arrays, integers_of, word_arrays, word_names, words_of
from multilayer.store.listing import Fixed

_SIGNS = {"0": 0, "+": 1, "-": -1}
_FIRST = Fixed(nodes=1_000, pieces=32)


@dataclass(frozen=True)
class RegionListing:
    """All regions of an arrangement, as the search of an engine finds them.

    Args:
        arrangement: the hyperplanes.
        engine: the name of the engine; not "auto", since its frontiers are its own.
    """

    arrangement: Arrangement
    engine: str
    kind = "regions"

    @property
    def input(self) -> dict[str, Any]:
        """The exact input, for JSON."""
        offsets = self.arrangement.offsets
        rows = matrix_json(self.arrangement.normals)
        return {"rows": rows, "offsets": None if offsets is None else vector_json(offsets)}

    @property
    def parameters(self) -> dict[str, Any]:
        """What names the run beside its input."""
        return {"engine": self.engine}

    @property
    def keys(self) -> list[str]:
        """The columns that make a cell."""
        return word_names("s", word_count(len(self.arrangement)))

    @property
    def integers(self) -> list[str]:
        """The columns of the witness."""
        return [f"w{j + 1}" for j in range(self.arrangement.dimension + self.arrangement.is_affine)]

    @property
    def repeating(self) -> list[str]:
        """The columns that repeat few values."""
        return []

    @property
    def schema(self) -> pa.Schema:
        """The columns of the dataset."""
        signs = [pa.field(name, pa.uint64()) for name in self.keys]
        return pa.schema([*signs, *(pa.field(name, pa.int64()) for name in self.integers), ("witness", pa.string())])

    @property
    def groups(self) -> list[list[str]]:
        """The groups of roots that the search begins with: one, of one root."""
        rows = len(self.arrangement.essential.rows)
        return [["+" + "0" * (rows - 1)] if rows else [""]]

    @property
    def lopsided(self) -> bool:
        """A sweep visits the sets with the first row, then those without it, and so on: those without are far more."""
        return self.engine == "sweep"

    def first(self, group: Sequence[str]) -> Fixed | None:
        """Say what the first task does: the same in every run, so that its part can be made again as it was."""
        return _FIRST if list(group) == self.groups[0] else None

    def explored(self, group: list[str], budget: int) -> Iterator[pa.RecordBatch | list[str]]:
        """Yield the cells below some roots, a batch at a time, and last of all the roots that the budget left open."""
        frontier = [tuple(_SIGNS[sign] for sign in root) for root in group]
        whole = group == self.groups[0]
        search = RegionSearch(self.arrangement, engine=self.engine, frontier=None if whole else frontier)
        for block in search.blocks(budget):
            columns = [*word_arrays(block.words), *integer_arrays(block.witnesses)]
            yield pa.RecordBatch.from_arrays(columns, schema=self.schema)
        yield [signs_text(node) for node in search.frontier]

    def are_roots(self, roots: list[Any]) -> bool:
        """Whether these have the form of roots: a sign, or 0, for each hyperplane."""
        rows = len(self.groups[0][0])
        return all(isinstance(root, str) and len(root) == rows and not root.strip("+-0") for root in roots)

    def divided(self, roots: list[str], pieces: int) -> list[list[str]]:
        """Deal roots out to at most that many groups; those below which most is expected, the largest, come first."""
        return dealt(roots, pieces, self._size)

    def _size(self, root: str) -> int:
        """How large a root is, about: the hyperplanes that are open, or for `sweep` the sets that they complete."""
        open_rows = root.count("0")
        chosen = root.count("+") - 1  # the first row has + in every root
        return comb(open_rows, max(0, self.arrangement.rank - 1 - chosen)) if self.engine == "sweep" else open_rows

    def cells(self, block: CellBlock) -> Iterator[Cell]:
        """Yield the cells of a block."""
        for signs, point in zip(block.signs.tolist(), block.witnesses.tolist(), strict=True):
            yield Cell(tuple(signs), tuple(point))

    def key(self, cell: object) -> dict[str, int] | None:
        """Say which values the keys of a region have, given it or its signs; None if it is no sign vector of them."""
        signs = cell.signs if isinstance(cell, Cell) else cell
        if not isinstance(signs, tuple) or not are_signs(signs) or len(signs) != len(self.arrangement):
            return None
        if tuple(k for k, sign in enumerate(signs) if not sign) != self._zeros:
            return None
        words = packed(np.array([signs], np.int8) > 0)[0].tolist()
        return dict(zip(self.keys, words, strict=True))

    def from_keys(self, keys: Words) -> Iterator[tuple[int, ...]]:
        """Yield the sign vectors that these keys stand for."""
        rows = len(self.arrangement)
        for signs in CellBlock(keys, keys, rows, self._zeros).signs.tolist():
            yield tuple(signs)

    @property
    def _zeros(self) -> tuple[int, ...]:
        return tuple(k for k, (_, sign) in enumerate(self.arrangement.essential.members) if not sign)

    def block(self, batch: pa.RecordBatch) -> CellBlock:
        """Read cells back from columns."""
        points = integers_of(batch, self.integers, "witness")
        return CellBlock(words_of(batch, self.keys), points, len(self.arrangement), self._zeros)
