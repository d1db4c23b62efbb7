"""Sign vectors with witnesses as files: .csv, streamed, or .npz."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from arrangements.cells import Cell
from arrangements.errors import InputError
from arrangements.first_layer.layer import FirstLayer
from arrangements.second_layer.product_cone import Pair
from multilayer.io.writing import check_writable, replacing


def check_output(path: Path) -> Path:
    """Return the path if cells can be written there, before the work is done.

    Raises:
        InputError: unknown ending, or a place that cannot be written.
    """
    if path.suffix not in {".csv", ".npz"}:
        raise InputError(f"{path}: write to a .csv or .npz file")
    check_writable(path)
    return path


def write_regions(path: Path, cells: Iterable[Cell], rows: int, columns: int) -> int:
    """Write sign vectors with witnesses, and return how many.

    .csv: one line a region, s1..sn then w1..wd, streamed. .npz: arrays `signs` (N, n) int8 and `witness` (N, d).
    """
    if path.suffix == ".csv":
        header = [*_numbered("s", rows), *_numbered("w", columns)]
        return _write_lines(path, header, ([*cell.signs, *cell.witness] for cell in cells))
    listed = list(cells)
    signs = np.array([cell.signs for cell in listed], np.int8).reshape(len(listed), rows)
    _write_arrays(path, signs=signs, witness=_witness_array([cell.witness for cell in listed]))
    return len(listed)


def write_pairs(path: Path, pairs: Iterable[Pair], layer: FirstLayer, neurons: int) -> int:
    """Write pairs with witnesses, and return how many.

    .csv: for each neuron j its output sign Ij and mask Dj_1..Dj_n, then s1..sn, then weights wj_1..wj_d. .npz:
    `outputs` (N, m), `masks` (N, m, n), `signs` (N, n), `witness` (N, m, d).
    """
    n, d = len(layer.arrangement.normals), layer.arrangement.dimension
    masks = {region: layer.mask(region) for region in layer.active}
    if path.suffix == ".csv":
        header = [name for j in range(1, neurons + 1) for name in (f"I{j}", *_numbered(f"D{j}_", n))]
        header += [*_numbered("s", n), *(name for j in range(1, neurons + 1) for name in _numbered(f"w{j}_", d))]
        lines = (
            [value for region, sign in pair.neurons for value in (sign, *masks[region])]
            + [*pair.signs, *(value for w in pair.witness for value in w)]
            for pair in pairs
        )
        return _write_lines(path, header, lines)
    listed = list(pairs)
    size = len(listed)
    _write_arrays(
        path,
        outputs=np.array([[sign for _, sign in pair.neurons] for pair in listed], np.int8),
        masks=np.array([[masks[region] for region, _ in pair.neurons] for pair in listed], np.int8),
        signs=np.array([pair.signs for pair in listed], np.int8).reshape(size, n),
        witness=_witness_array([pair.witness for pair in listed]),
    )
    return size


def _numbered(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{k}" for k in range(1, count + 1)]


def _write_lines(path: Path, header: Sequence[str], lines: Iterator[list[int]]) -> int:
    count = 0
    with replacing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for line in lines:
            writer.writerow(line)
            count += 1
    return count


def _write_arrays(path: Path, **arrays: np.ndarray) -> None:
    with replacing(path, "wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def _witness_array(witnesses: Sequence[Sequence[Any]]) -> np.ndarray:
    """Integers where 64 bits hold them all; decimal text otherwise."""
    try:
        return np.array(witnesses, dtype=np.int64)
    except OverflowError:
        return np.array(witnesses, dtype=object).astype(str)
