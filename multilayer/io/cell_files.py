"""Sign vectors with witnesses as files, .csv or .npz, written as they are found; none are kept in memory."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from arrangements.cells import CellBlock
from arrangements.errors import InputError
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.product_cone import Pair
from arrangements.writing import replacing
from multilayer.io.growing_arrays import growing_arrays
from multilayer.io.writing import check_writable

_BATCH = 1024  # pairs that are held at a time


def check_output(path: Path) -> None:
    """Check that cells can be written there, before the work is done.

    Raises:
        InputError: unknown ending, or a place that cannot be written.
    """
    if path.suffix.lower() not in {".csv", ".npz"}:
        raise InputError(f"{path}: write to a .csv or .npz file, or to a folder: {path}/")
    check_writable(path)


def region_bytes(path: Path, rows: int, columns: int) -> int:
    """About how much room a region takes while they are written: text, or for .npz what is kept until the end.

    Example:
        >>> region_bytes(Path("r.csv"), 63, 6), region_bytes(Path("r.npz"), 63, 6)
        (175, 111)
    """
    return rows + 8 * columns if path.suffix.lower() == ".npz" else (5 * rows) // 2 + 3 * columns


def write_regions(path: Path, blocks: Iterable[CellBlock], rows: int, columns: int) -> int:
    """Write sign vectors with witnesses, and return how many.

    .csv: one line a region, s1..sn then w1..wd. .npz: arrays `signs` (N, n) int8 and `witness` (N, d).
    """
    count = 0
    if path.suffix.lower() == ".csv":
        with replacing(path) as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*_numbered("s", rows), *_numbered("w", columns)])
            for block in blocks:
                writer.writerows(np.concatenate([block.signs, block.witnesses], axis=1).tolist())
                count += len(block.words)
        return count
    with growing_arrays(path, {"signs": ((rows,), True), "witness": ((columns,), False)}) as arrays:
        for block in blocks:
            arrays["signs"].add(block.signs)
            arrays["witness"].add(block.witnesses)
            count += len(block.words)
    return count


def write_pairs(path: Path, pairs: Iterable[Pair], layer: FirstLayer, neurons: int) -> int:
    """Write pairs with witnesses, and return how many.

    .csv: for each neuron j its output sign Ij and mask Dj_1..Dj_n, then s1..sn, then weights wj_1..wj_d. .npz:
    `outputs` (N, m), `masks` (N, m, n), `signs` (N, n), `witness` (N, m, d).
    """
    n, d = len(layer.arrangement.normals), layer.arrangement.dimension
    masks = {region: layer.mask(region) for region in layer.active}
    count = 0
    if path.suffix.lower() == ".csv":
        with replacing(path) as file:
            writer = csv.writer(file, lineterminator="\n")
            header = [name for j in range(1, neurons + 1) for name in (f"I{j}", *_numbered(f"D{j}_", n))]
            weights = [name for j in range(1, neurons + 1) for name in _numbered(f"w{j}_", d)]
            writer.writerow([*header, *_numbered("s", n), *weights])
            for pair in pairs:
                tuples = [value for region, sign in pair.neurons for value in (sign, *masks[region])]
                writer.writerow([*tuples, *pair.signs, *(value for w in pair.witness for value in w)])
                count += 1
        return count
    shapes = {
        "outputs": ((neurons,), True),
        "masks": ((neurons, n), True),
        "signs": ((n,), True),
        "witness": ((neurons, d), False),
    }
    with growing_arrays(path, shapes) as arrays:
        for batch in _batches(pairs):
            arrays["outputs"].add(np.array([[sign for _, sign in pair.neurons] for pair in batch], np.int8))
            arrays["masks"].add(np.array([[masks[region] for region, _ in pair.neurons] for pair in batch], np.int8))
            arrays["signs"].add(np.array([pair.signs for pair in batch], np.int8))
            arrays["witness"].add(np.array([pair.witness for pair in batch], object))
            count += len(batch)
    return count


def _batches(pairs: Iterable[Pair]) -> Iterator[Sequence[Pair]]:
    found = iter(pairs)
    while batch := list(islice(found, _BATCH)):
        yield batch


def _numbered(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{k}" for k in range(1, count + 1)]
