"""lrs on one arrangement: the vertices of its zonotope, which are its regions; prints seconds and their number.

`lrs_regions.py FILE`: r-dimensional rows x_i as JSON, of rank r. The zonotope is the sum of the segments [-x_i, x_i].
It is given to lrs by its facets: +-h w <= sum |h x_i| for every h that is orthogonal to r - 1 independent rows. They
are found here, one set of rows after the other, and their time does not count: only the process lrs does.
"""

import json
import subprocess
import sys
from itertools import combinations
from math import gcd
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

Row = tuple[int, ...]


def main() -> None:
    """Write the facets, run lrs, and count the vertices that it lists."""
    rows = json.loads(Path(sys.argv[1]).read_text())
    facets = zonotope_facets(rows)
    lines = [f"{bound} {' '.join(str(-s * x) for x in h)}" for h, bound in facets for s in (1, -1)]
    text = "\n".join(["zonotope", "H-representation", "begin", f"{len(lines)} {len(rows[0]) + 1} rational", *lines])
    with TemporaryDirectory() as folder:
        file = Path(folder, "zonotope.ine")
        file.write_text(f"{text}\nend\n")
        start = perf_counter()
        done = subprocess.run(["lrs", str(file)], capture_output=True, text=True, check=True)
        seconds = perf_counter() - start
    vertices = sum(line.startswith(" 1 ") for line in done.stdout.splitlines())
    print(seconds, vertices)


def zonotope_facets(rows: list[Row]) -> list[tuple[Row, int]]:
    """One of each two opposite facets: its normal h, primitive, and the maximum of h w, sum |h x_i|.

    Example:
        >>> sorted(zonotope_facets([(1, 0), (0, 1), (1, 1)]))
        [((0, 1), 2), ((1, -1), 2), ((1, 0), 2)]
    """
    found = set()
    for chosen in combinations(rows, len(rows[0]) - 1):
        normal = cross_product(chosen, len(rows[0]))
        if any(normal):
            divisor = gcd(*normal) * (1 if next(x for x in normal if x) > 0 else -1)
            found.add(tuple(x // divisor for x in normal))
    return [(h, sum(abs(sum(a * b for a, b in zip(h, x, strict=True))) for x in rows)) for h in found]


def cross_product(rows: tuple[Row, ...], columns: int) -> Row:
    """A vector that is orthogonal to r - 1 rows, by their minors; zero if they are dependent.

    Example:
        >>> cross_product(((1, 0, 0), (0, 2, 0)), 3)
        (0, 0, 2)
    """
    return tuple((-1) ** j * determinant([[*row[:j], *row[j + 1 :]] for row in rows]) for j in range(columns))


def determinant(table: list[list[int]]) -> int:
    """By Bareiss's elimination, in which every division is exact.

    Example:
        >>> determinant([[0, 1, 2], [1, 0, 3], [4, -3, 8]])
        -2
    """
    rows, sign, last = [row[:] for row in table], 1, 1
    for k in range(len(rows) - 1):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return 0
        if pivot != k:
            rows[k], rows[pivot], sign = rows[pivot], rows[k], -sign
        for i in range(k + 1, len(rows)):
            for j in range(k + 1, len(rows)):
                rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) // last
        last = rows[k][k]
    return sign * rows[-1][-1] if rows else 1


if __name__ == "__main__":
    main()
