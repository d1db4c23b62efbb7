"""What a dataset lists: the protocol of regions and of pairs, and the run that a dataset says it belongs to."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

from arrangements.arrangement import Arrangement
from arrangements.exact.packed_bits import Words
from multilayer import __version__
from multilayer.store.part_files import Json, Part


class Fixed(NamedTuple):
    """A task that is the same in every run: how many nodes it splits, and into how many groups it divides the rest."""

    nodes: int
    pieces: int


class Listing(Protocol):
    """The protocol of what is listed. A root, from which a search goes on, is plain data: what JSON can hold.

    Attributes:
        kind: what a cell is.
        arrangement: the hyperplanes; of pairs those of the first layer.
        input: the exact input, for JSON.
        parameters: what names the run beside its input.
        keys: the columns that make a cell.
        integers: the columns of its witness; one more, `witness`, holds long ones as text.
        repeating: the columns that repeat few values.
        schema: all columns.
        groups: the groups of roots that the search begins with.
        lopsided: whether a search may leave few roots with nearly all below one of them.
    """

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def arrangement(self) -> Arrangement: ...  # noqa: D102
    @property
    def input(self) -> Json: ...  # noqa: D102
    @property
    def parameters(self) -> Json: ...  # noqa: D102
    @property
    def keys(self) -> list[str]: ...  # noqa: D102
    @property
    def integers(self) -> list[str]: ...  # noqa: D102
    @property
    def repeating(self) -> list[str]: ...  # noqa: D102
    @property
    def schema(self) -> pa.Schema: ...  # noqa: D102
    @property
    def groups(self) -> list[list[Any]]: ...  # noqa: D102
    @property
    def lopsided(self) -> bool: ...  # noqa: D102

    def first(self, group: Sequence[Any]) -> Fixed | None:
        """Say what the task of this group does, if that is fixed beforehand."""

    def explored(self, group: list[Any], budget: int) -> Iterator[pa.RecordBatch | list[Any]]:
        """Yield the cells below some roots, a batch at a time, and last of all the roots that the budget left open."""

    def are_roots(self, roots: list[Any]) -> bool:
        """Whether these have the form of roots."""

    def divided(self, roots: list[Any], pieces: int) -> list[list[Any]]:
        """Divide roots into at most that many groups."""

    def block(self, batch: pa.RecordBatch) -> Any:
        """Read cells back from columns, as arrays."""

    def cells(self, block: Any) -> Iterator[Any]:
        """Yield the cells of a block."""

    def key(self, cell: object) -> dict[str, int] | None:
        """Say which values the keys of a cell have; None if it is none of this arrangement."""

    def from_keys(self, keys: Words) -> Iterator[Any]:
        """Yield what makes the cells that these keys stand for."""


def unfit(listing: Listing, part: Part) -> str | None:
    """Say why a part is none of this listing, by its columns and the form of its roots; None if it may be one.

    Args:
        listing: what is listed.
        part: what a file says of itself.
    """
    if not part.schema.equals(listing.schema):
        return "its columns are not those of its run"
    if not all(listing.are_roots(group) for group in [part.roots, *part.open]):
        return "what it says of its roots is odd"
    return None


def input_hash(data: Json) -> str:
    """Hash the exact input of a listing.

    Example:
        >>> input_hash({"rows": [[1]], "offsets": None})[:8] == input_hash({"offsets": None, "rows": [[1]]})[:8]
        True
    """
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def run_of(listing: Listing) -> Json:
    """Say what is listed, and how: what every part of a dataset carries.

    The input itself stands in the folder once; a part has its hash.

    Example:
        >>> from multilayer.store.region_listing import RegionListing
        >>> sorted(run_of(RegionListing(Arrangement.from_table([[1]]), "rays")))
        ['engine', 'kind', 'sha256', 'software']
    """
    return {
        "kind": listing.kind,
        **listing.parameters,
        "sha256": input_hash(listing.input),
        "software": f"multilayer-arrangements {__version__}",
    }
