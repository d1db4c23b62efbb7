"""What regions and rows are called in pictures: the same in all of them.

A region's number is its place in the sorted set of all sign vectors, as in `tope_graph` and `region_set`; rows are
counted from 0. A row that is turned against the first row of its hyperplane carries a small minus.
"""

from collections.abc import Mapping, Sequence
from itertools import islice

from arrangements.arguments import read_choice, read_list, read_whole
from arrangements.arrangement import Arrangement
from arrangements.cells import Signs
from arrangements.errors import InputError, shown
from arrangements.exact.linear_algebra import primitive
from arrangements.first_layer.adjacency import hyperplane_rows
from arrangements.first_layer.region_search import iter_regions
from arrangements.pictures.page.palette import signs_text
from arrangements.signsets import SignSet

LABELS = ("auto", "signs", "numbers", "none")
LIMIT = 1000  # regions, in all pictures
_MOST = 10**6
_FEW_ROWS = 4  # whose signs are read at a glance
_LONGEST = 16  # letters
_TURNED = "\N{SUPERSCRIPT MINUS}"


def read_limit(limit: object) -> int:
    """Read how many regions, or flats, are drawn at most.

    Args:
        limit: what the caller gave.

    Raises:
        InputError: it is not an integer from 1 to 1000000.

    Example:
        >>> read_limit(10)
        10
    """
    return read_whole(limit, "limit", 1, _MOST)


def region_numbers(arrangement: Arrangement, limit: int) -> dict[Signs, int]:
    """Number the regions.

    Args:
        arrangement: the hyperplanes.
        limit: the largest number of regions that is drawn.

    Raises:
        InputError: there are more.

    Example:
        >>> region_numbers(Arrangement.from_table([[1], [2]]), 10)
        {(-1, -1): 0, (1, 1): 1}
    """
    most = read_limit(limit)
    found = [cell.signs for cell in islice(iter_regions(arrangement), most + 1)]
    if len(found) > most:
        raise InputError(
            f"the arrangement has more than {most} regions, too many for a picture; draw fewer rows, or give limit="
        )
    return {signs: number for number, signs in enumerate(SignSet.of(found))}


def region_texts(numbers: Mapping[Signs, int], labels: str) -> dict[Signs, str]:
    """Choose the label of each region.

    Args:
        numbers: from `region_numbers`.
        labels: "signs", "numbers", "none", or "auto": signs for at most 4 rows, else numbers.

    Raises:
        InputError: the choice is unknown.

    Example:
        >>> region_texts({(-1,): 0, (1,): 1}, "numbers")
        {(-1,): '0', (1,): '1'}
    """
    kind = read_choice(labels, LABELS, "labels")
    if kind == "none":
        return {}
    if kind == "auto":
        kind = "signs" if all(len(signs) <= _FEW_ROWS for signs in numbers) else "numbers"
    return {signs: signs_text(signs) if kind == "signs" else str(number) for signs, number in numbers.items()}


def read_names(names: object, n: int) -> list[str]:
    """Read the names of rows; None stands for their numbers.

    Args:
        names: what the caller gave.
        n: how many rows there are.

    Raises:
        InputError: it is not a list of one text for each row.

    Example:
        >>> read_names(None, 2)
        ['0', '1']
    """
    if names is None:
        return [str(i) for i in range(n)]
    listed = read_list(names, "row_names", "texts, one for each row")
    if len(listed) != n:
        raise InputError(f"row_names has {len(listed)} entries for {n} rows; give one for each row")
    for name in listed:
        if not isinstance(name, str):
            raise InputError(f"row_names has {shown(name)}, which is no text; give a text for each row")
    return [_plain(name) for name in listed]


def hyperplane_names(arrangement: Arrangement, names: Sequence[str]) -> list[str]:
    """Name each of `Arrangement.hyperplanes` by the rows that are it.

    Args:
        arrangement: the hyperplanes.
        names: of the rows.

    Example:
        >>> hyperplane_names(Arrangement.from_table([[1, 0], [0, 1], [-2, 0]]), ["a", "b", "c"])
        ['a, c⁻', 'b']
    """
    rows = arrangement.homogeneous
    found = []
    for members in hyperplane_rows(arrangement):
        first = primitive(rows[members[0]])
        parts = [names[i] + _TURNED * (primitive(rows[i]) != first) for i in members]
        text = ", ".join(parts)
        found.append(text if len(text) <= _LONGEST else f"{parts[0]}, … ({len(parts)})")
    return found


def _plain(name: str) -> str:
    """Text that is drawn as it stands: on one line, and without the dollar signs that matplotlib takes for formulas."""
    text = " ".join(name.split())
    return (text if len(text) <= 12 else f"{text[:11]}…").replace("$", r"\$")
