"""The set of all regions of an arrangement, held as packed sign vectors."""

import numpy as np

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.exact.packed_bits import Words, packed, unpacked
from arrangements.first_layer.engines import choose_engine
from arrangements.signsets import SignSet


def region_set(arrangement: Arrangement, *, engine: str = "auto") -> SignSet:
    """List all regions as a set that takes about n bits for each; witnesses are left out.

    Args:
        arrangement: the hyperplanes.
        engine: as for `iter_regions`.

    Raises:
        InputError: the argument is not an arrangement, or the engine is unknown.

    Example:
        >>> from arrangements.families import family
        >>> len(region_set(family("braid:4"))), (1, 1, 1, 1, 1, 1) in region_set(family("braid:4"))
        (24, True)
    """
    essential = as_arrangement(arrangement).essential
    chosen = choose_engine(engine, arrangement)
    if not essential.rows:
        return SignSet.of([(0,) * len(arrangement)])
    index, orientation = np.array(essential.members, np.intp).reshape(-1, 2).T
    parts: list[Words] = []
    for words in chosen.words(essential.rows):
        signs = unpacked(words, len(essential.rows))[:, index] * orientation.astype(np.int8)
        parts.append(packed(signs > 0))
        if not arrangement.is_affine:
            parts.append(packed(signs < 0))
    return SignSet(np.concatenate(parts), (orientation == 0).tolist())
