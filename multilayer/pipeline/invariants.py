"""The command invariants: each invariant is found without the others, and the theorems that connect them are checked.

w_k, W_k  Whitney numbers of the first and second kind;  chi  characteristic polynomial;  f_k  faces of dimension k
"""

from math import comb
from typing import Any

from arrangements.arrangement import Arrangement
from arrangements.errors import LimitError
from arrangements.first_layer.covectors import f_vector
from arrangements.first_layer.lattice import flat_numbers, signed_whitney_numbers
from arrangements.first_layer.matroid import iter_circuits, iter_cocircuits
from arrangements.first_layer.region_counting import count_regions
from multilayer.io.tables import Table
from multilayer.pipeline.counts import shape
from multilayer.pipeline.limits import checked_regions, refuse_zero
from multilayer.pipeline.progress import Progress, unshown
from theory import bounded_number, characteristic_polynomial

Report = dict[str, Any]
_ENTRIES = 100  # of flats for one of the limit: a minute where all are used


def invariants(table: Table, limit: int, progress: Progress = unshown) -> Report:
    """Report all invariants of the rows, and whether the theorems that connect them hold.

    The number of flats is at most that of the regions, since |mu| >= 1; so the limit holds for both.

    Args:
        table: the data.
        limit: most regions, and most sets of rows to look at for circuits.
        progress: shows how far the count of the regions is.

    Raises:
        InputError: every row is zero.
        LimitError: there are more regions, or flats of more entries than a hundred times that.

    Theorems (Zaslavsky 1975; Euler): the regions number |chi(-1)|, the relatively bounded ones |chi(1)|; the
    alternating sum of the faces is (-1)^d.
    """
    arrangement = table.arrangement
    refuse_zero(table)
    regions = checked_regions(table, limit, progress=progress)
    entries = regions * len(arrangement)  # of all flats, at most: a level of them is kept
    if entries > _ENTRIES * limit:
        raise LimitError(
            f"{table.name} has {regions:,} regions and {len(arrangement):,} rows: its flats may have {entries:,} "
            f"entries, above {_ENTRIES} times the limit; raise --limit to go on",
            regions,
        )
    with progress(None, "characteristic polynomial"):
        chi = characteristic_polynomial(arrangement)
    with progress(None, "flats and their Moebius numbers"):
        first, second = signed_whitney_numbers(arrangement), flat_numbers(arrangement)
    with progress(None, "faces"):
        faces = f_vector(arrangement)
    with progress(None, "circuits and cocircuits"):
        matroid = _matroid(arrangement, limit)
    report = {
        **shape(arrangement).report(),
        "characteristic_polynomial": polynomial(chi),
        "whitney_first": list(first),
        "whitney_second": list(second),
        "flats": sum(second),
        "f_vector": list(faces),
        "regions": regions,
        "bounded": bounded_number(arrangement) if arrangement.offsets is not None else None,
        **matroid,
    }
    report["agree"] = {
        "chi by flats, and by deletion and restriction": [*first, *[0] * (len(chi) - len(first))] == list(chi),
        "regions listed, and |chi(-1)|": count_regions(arrangement) == faces[-1] == regions,
        "alternating sum of faces, (-1)^d": sum(f * (-1) ** k for k, f in enumerate(faces)) == (-1) ** (len(faces) - 1),
    }
    return report


def _matroid(arrangement: Arrangement, limit: int) -> Report:
    """Numbers of circuits and cocircuits up to sign, of a central arrangement whose sets of rows are not too many."""
    n, r = len(arrangement.normals), arrangement.rank
    if arrangement.is_affine or sum(comb(n, k) for k in range(r + 2)) > limit:
        return {"circuits": None, "cocircuits": None}
    circuits, cocircuits = sum(1 for _ in iter_circuits(arrangement)), sum(1 for _ in iter_cocircuits(arrangement))
    return {"circuits": circuits, "cocircuits": cocircuits // 2}


def polynomial(coefficients: tuple[int, ...]) -> str:
    """Write a polynomial in t, highest power first.

    Example:
        >>> polynomial((1, -6, 11, -6, 0)), polynomial((1, 0, -1)), polynomial((0, 0))
        ('t^4 - 6 t^3 + 11 t^2 - 6 t', 't^2 - 1', '0')
    """
    text = ""
    for power, c in zip(reversed(range(len(coefficients))), coefficients, strict=True):
        if c:
            sign = ("-" if c < 0 else "") if not text else (" - " if c < 0 else " + ")
            variable = {0: "", 1: "t"}.get(power, f"t^{power}")
            size = "" if abs(c) == 1 and power else str(abs(c))
            text += sign + " ".join(part for part in (size, variable) if part)
    return text or "0"
