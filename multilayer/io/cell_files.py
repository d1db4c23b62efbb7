"""Sign vectors with witnesses as files, .csv or .npz, written as they are found; none are kept in memory."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from arrangements.cells import CellBlock
from arrangements.errors import InputError
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.pair_blocks import TupleBlock
from arrangements.writing import replacing
from multilayer.io.growing_arrays import growing_arrays
from multilayer.io.number_lines import number_lines
from multilayer.io.writing import check_writable


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
        with replacing(path, "wb") as file:
            file.write(_header([*_numbered("s", rows), *_numbered("w", columns)]))
            for block in blocks:
                file.writelines(number_lines([block.signs, block.witnesses]))
                count += len(block.words)
        return count
    with growing_arrays(path, {"signs": ((rows,), True), "witness": ((columns,), False)}) as arrays:
        for block in blocks:
            arrays["signs"].add(block.signs)
            arrays["witness"].add(block.witnesses)
            count += len(block.words)
    return count


def write_pairs(path: Path, blocks: Iterable[TupleBlock], layer: FirstLayer, neurons: int) -> int:
    """Write pairs with witnesses, and return how many.

    .csv: for each neuron j its output sign Ij and mask Dj_1..Dj_n, then s1..sn, then weights wj_1..wj_d. .npz:
    `outputs` (N, m), `masks` (N, m, n), `signs` (N, n), `witness` (N, m, d).
    """
    n, d = len(layer.arrangement.normals), layer.arrangement.dimension
    known = np.array([layer.mask(region) for region in layer.active], np.int8).reshape(-1, n)
    count = 0
    if path.suffix.lower() == ".csv":
        with replacing(path, "wb") as file:
            tuples = [name for j in range(1, neurons + 1) for name in (f"I{j}", *_numbered(f"D{j}_", n))]
            weights = [name for j in range(1, neurons + 1) for name in _numbered(f"w{j}_", d)]
            file.write(_header([*tuples, *_numbered("s", n), *weights]))
            for block in blocks:
                lines = len(block.signs)
                outputs = _outputs(block)[:, :, None]
                masked = np.concatenate([outputs, known[block.neurons >> 1]], axis=2)
                flat = [masked.reshape(lines, neurons * (1 + n)), block.signs]
                file.writelines(number_lines([*flat, block.witnesses.reshape(lines, neurons * d)]))
                count += lines
        return count
    shapes = {
        "outputs": ((neurons,), True),
        "masks": ((neurons, n), True),
        "signs": ((n,), True),
        "witness": ((neurons, d), False),
    }
    with growing_arrays(path, shapes) as arrays:
        for block in blocks:
            arrays["outputs"].add(_outputs(block))
            arrays["masks"].add(known[block.neurons >> 1])
            arrays["signs"].add(block.signs)
            arrays["witness"].add(block.witnesses)
            count += len(block.signs)
    return count


def _outputs(block: TupleBlock) -> NDArray[np.int8]:
    """The sign of each neuron's output weight."""
    return (1 - 2 * (block.neurons & 1)).astype(np.int8)


def _header(names: Sequence[str]) -> bytes:
    return (",".join(names) + "\n").encode()


def _numbered(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{k}" for k in range(1, count + 1)]
