"""The set of all regions of an arrangement, held as packed sign vectors."""

import numpy as np

from arrangements.arrangement import Arrangement
from arrangements.first_layer.region_search import RegionSearch
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
    search = RegionSearch(arrangement, engine=engine)
    zeros = [sign == 0 for _, sign in search.arrangement.essential.members]
    return SignSet(np.concatenate(list(search.words())), zeros)
