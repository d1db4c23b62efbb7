"""Arrays in an .npz file whose lengths are known only at the end: each grows in a file without a name, none in memory.

An .npz file is a zip file of arrays, one after the other, each with its shape in front. So the arrays, which grow side
by side, are kept apart until the last line is there, and then copied into the zip file. Files without a name are gone
when the process is, whatever ended it.
"""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib.format import write_array_header_1_0
from numpy.typing import NDArray

from arrangements.writing import replacing

_CHUNK = 4096  # lines that are held at a time
_LEVEL = 2  # of deflate: regions in a fifth of the time of level 6, and in files of 1.4 times the size


class GrowingArray:
    """An array of integers that grows line by line: int8, or int64 as long as 64 bits hold all and decimal text after.

    Args:
        file: where its lines are kept.
        shape: of one line.
        small: whether one byte holds every entry.
    """

    def __init__(self, file: IO[bytes], shape: tuple[int, ...], small: bool) -> None:
        self._file = file
        self._shape = shape
        self._kind = np.dtype(np.int8 if small else np.int64)
        self._numbers = 0  # lines that are kept as numbers; those after are text
        self._texts = 0
        self._longest = 1

    def __len__(self) -> int:
        return self._numbers + self._texts

    def add(self, lines: NDArray[Any]) -> None:
        """Append lines; those of objects hold integers of any length."""
        if not self._texts:
            try:
                self._file.write(np.ascontiguousarray(lines, self._kind).tobytes())
            except OverflowError:
                self._longest = self._longest_number()
            else:
                self._numbers += len(lines)
                return
        self._texts += len(lines)
        for line in lines.reshape(len(lines), -1).tolist():
            texts = [str(value) for value in line]
            self._longest = max(self._longest, *map(len, texts))
            self._file.write((",".join(texts) + "\n").encode())

    def write(self, member: IO[bytes]) -> None:
        """Write the array as a .npy file has it."""
        kind = np.dtype(f"<U{self._longest}") if self._texts else self._kind
        shape = (len(self), *self._shape)
        write_array_header_1_0(member, {"descr": kind.str, "fortran_order": False, "shape": shape})
        for numbers in self._read_numbers():
            member.write(numbers.astype(kind).tobytes())
        for line in self._file if self._texts else ():
            member.write(np.array(line.decode().rstrip("\n").split(","), kind).tobytes())

    def _read_numbers(self) -> Iterator[NDArray[Any]]:
        """Read what is kept as numbers, from the beginning."""
        self._file.seek(0)
        size = int(np.prod(self._shape, dtype=np.int64))
        for first in range(0, self._numbers, _CHUNK):
            count = min(_CHUNK, self._numbers - first) * size
            yield np.frombuffer(self._file.read(count * self._kind.itemsize), self._kind)

    def _longest_number(self) -> int:
        """How many characters the numbers so far take at most; leaves the file at its end."""
        ends = ((int(x.min()), int(x.max())) for x in self._read_numbers() if x.size)
        longest = max((len(str(end)) for both in ends for end in both), default=1)
        self._file.seek(0, 2)
        return longest


@contextmanager
def growing_arrays(path: Path, shapes: dict[str, tuple[tuple[int, ...], bool]]) -> Iterator[dict[str, GrowingArray]]:
    """Write an .npz file of what the arrays have become when the block ends; if it fails, nothing is written.

    Args:
        path: the file.
        shapes: for each array its name, the shape of a line, and whether one byte holds every entry.

    Raises:
        InputError: the place cannot be written.
    """
    with replacing(path, "wb") as target, ExitStack() as files:
        arrays = {
            name: GrowingArray(files.enter_context(tempfile.TemporaryFile(dir=path.parent)), shape, small)
            for name, (shape, small) in shapes.items()
        }
        yield arrays
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as file:
            for name, array in arrays.items():
                with file.open(f"{name}.npy", "w", force_zip64=True) as member:
                    array.write(member)
