"""All regions of an arrangement as one packed set of sign vectors."""

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.exact.packed_bits import Words, packed, unpacked
from arrangements.first_layer.engines import choose_engine
from arrangements.first_layer.region_search import RegionSearch
from arrangements.rays.ray_search import RaySearch
from arrangements.signsets import SignSet


def region_set(arrangement: Arrangement, engine: str = "auto") -> SignSet:
    """All regions as a set, in about n bits each; witnesses are left out.

    Args:
        arrangement: the hyperplanes.
        engine: "rays", "lp" or "auto".

    Raises:
        InputError: unknown engine, or no rows.

    Example:
        >>> from arrangements.families import family
        >>> len(region_set(family("braid:4")) - region_set(family("braid:4")))
        0
    """
    essential = arrangement.essential
    if choose_engine(engine, arrangement) == "lp" or not essential.rows:
        return SignSet.of(cell.signs for cell in RegionSearch(arrangement, "lp").cells())
    index, orientation = np.array(essential.members).T
    parts: list[Words] = []
    for words in RaySearch(essential.rows, 1).words():
        signs = unpacked(words, len(essential.rows))[:, index] * orientation
        parts.append(packed(signs > 0))
        if not arrangement.is_affine:
            parts.append(packed(signs < 0))
    return SignSet(np.concatenate(parts), (orientation == 0).tolist())
