"""This project on one arrangement, as the outside tools are run: prints seconds and the number of regions.

`listed_regions.py WAY FILE`: the rows as JSON in a file; WAY is `sweep` or `rays` (all regions, as packed signs),
`witnesses` (with exact points, by the engine that is chosen by itself) or `count` (the number alone).
"""

import json
import sys
from pathlib import Path
from time import perf_counter

from arrangements import Arrangement, RegionSearch
from theory import region_number


def main() -> None:
    """Time the way that the argument names."""
    rows = json.loads(Path(sys.argv[2]).read_text())
    start = perf_counter()
    found = regions(sys.argv[1], Arrangement.from_table(rows))
    print(perf_counter() - start, found)


def regions(way: str, arrangement: Arrangement) -> int:
    """The number of regions that are found.

    Example:
        >>> [regions(way, Arrangement.from_table([[1, 0], [0, 1]])) for way in ("sweep", "rays", "witnesses", "count")]
        [4, 4, 4, 4]
    """
    if way == "count":
        return region_number(arrangement)
    if way == "witnesses":
        return sum(len(block.witnesses) for block in RegionSearch(arrangement).blocks())
    return sum(map(len, RegionSearch(arrangement, engine=way).words()))


if __name__ == "__main__":
    main()
