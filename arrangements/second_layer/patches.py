"""The patches of images, whose arrangement is the first layer of a convolution: a filter with shared weights.

N     images, each of H x W pixels with C channels (C = 1 where a pixel is one number)
h, w  size of the filter; K, the patches of one image
x_i   patch i as a row of length d = h w C: pixels row by row, channels innermost
g     group: the rows that are the patches of one image

One filter meets every patch of every image, so it cuts its weight space by all N K patches; the rank of this
arrangement is the r_c of Ergen and Pilanci (ICML 2021), the rank of the stacked patch matrix, and at most d.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import index

from arrangements.arguments import is_whole, read_list
from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, shown
from arrangements.exact.numbers import Matrix, Vector, exact_matrix, exact_vector, integer_row

Image = tuple[Matrix, ...]  # rows of pixels of channels
Size = int | Sequence[int]

_LARGEST = 10**6  # pixels on a side


@dataclass(frozen=True)
class Patches:
    """A table of patches.

    Attributes:
        rows: the patches of the first image, then those of the second, and so on.
        groups: for each image the indices of its rows.

    Example:
        >>> image_patches([[[1, 2, 3]]], size=(1, 2)).arrangement.normals
        ((1, 2), (2, 3))
    """

    rows: Matrix
    groups: tuple[tuple[int, ...], ...]

    @property
    def arrangement(self) -> Arrangement:
        """The arrangement of one filter; all rows are scaled by one number, so that sums over a group stay true.

        `Arrangement.from_table` scales each row by itself: the same regions, but other sums.

        Example:
            >>> Patches(((Fraction(1, 2),), (Fraction(3),)), ((0, 1),)).arrangement.normals
            ((1,), (6,))
        """
        entries, d = integer_row([x for row in self.rows for x in row]), len(self.rows[0])
        return Arrangement(tuple(entries[k : k + d] for k in range(0, len(entries), d)), None, d)


def image_patches(images: Iterable[object], size: Size, *, stride: Size = 1, padding: Size = 0) -> Patches:
    """Cut all images into all their patches, exactly.

    Args:
        images: shape (N, H, W) or (N, H, W, C), numbers in any form that `exact_number` reads.
        size: of the filter, one integer or (height, width).
        stride: from one patch to the next, one integer or (down, across); pixels that no patch reaches are left out.
        padding: zeros on every side, one integer or (above and below, left and right).

    Raises:
        InputError: no images, images that are not rectangular or not of one shape, an entry that is no finite number, a
            patch larger than the padded image, size or stride below 1, padding below 0.

    Example:
        >>> found = image_patches([[[1, 2, 3], [4, 5, 6]]], size=2)
        >>> [[int(x) for x in row] for row in found.rows], found.groups
        ([[1, 2, 4, 5], [2, 3, 5, 6]], ((0, 1),))
    """
    (h, w), (down, across) = _pair(size, "patch size", 1), _pair(stride, "stride", 1)
    read = [_padded(image, *_pair(padding, "padding", 0)) for image in _read(images)]
    height, width = len(read[0]), len(read[0][0])
    if h > height or w > width:
        raise InputError(f"the patch size {h} x {w} exceeds the image of {height} x {width} pixels; make it smaller")
    corners = [(i, j) for i in range(0, height - h + 1, down) for j in range(0, width - w + 1, across)]
    rows = tuple(
        tuple(x for line in image[i : i + h] for pixel in line[j : j + w] for x in pixel)
        for image in read
        for i, j in corners
    )
    count = len(corners)
    return Patches(rows, tuple(tuple(range(k * count, (k + 1) * count)) for k in range(len(read))))


def _pair(value: Size, name: str, least: int) -> tuple[int, int]:
    values = read_list(value, name, "two integers") if isinstance(value, Iterable) else [value, value]
    if len(values) != 2 or not all(is_whole(x) and least <= x <= _LARGEST for x in values):
        raise InputError(f"{name} is {shown(value)}; it must be an integer from {least} to {_LARGEST}, or two of them")
    return index(values[0]), index(values[1])


def _read(images: Iterable[object]) -> list[Image]:
    read = [_image(image, f"image {k}") for k, image in enumerate(_items(images, "images"), start=1)]
    if not read:
        raise InputError("there are no images: patches need at least one")
    for k, image in enumerate(read, start=1):
        if _shape(image) != _shape(read[0]):
            raise InputError(f"image {k} has the shape {_shape(image)} where image 1 has {_shape(read[0])}")
    return read


def _image(image: object, place: str) -> Image:
    """The pixels of one image, each as a vector of its channels."""
    lines = [_items(line, f"{place}, row {i}") for i, line in enumerate(_items(image, place), start=1)]
    if not lines or not lines[0]:
        raise InputError(f"{place} is empty: it needs at least one row and one column of pixels")
    if not isinstance(lines[0][0], Iterable) or isinstance(lines[0][0], str):
        return tuple(tuple((x,) for x in line) for line in exact_matrix(lines, f"{place}, row"))
    for i, line in enumerate(lines, start=1):
        if len(line) != len(lines[0]):
            raise InputError(f"{place}, row {i} has {len(line)} pixels where row 1 has {len(lines[0])}")
    depth = len(_items(lines[0][0], place))
    return tuple(
        tuple(_pixel(pixel, depth, f"{place}, row {i}, column {j}") for j, pixel in enumerate(line, start=1))
        for i, line in enumerate(lines, start=1)
    )


def _pixel(pixel: object, depth: int, place: str) -> Vector:
    channels = exact_vector(_items(pixel, place), f"{place}, channel")
    if len(channels) != depth or not channels:
        raise InputError(f"{place} has {len(channels)} channels where the first pixel has {depth}; give at least one")
    return channels


def _items(values: object, place: str) -> list[object]:
    if isinstance(values, str | bytes | type | Mapping) or not isinstance(values, Iterable):
        raise InputError(f"{place}: {shown(values)} is not a list; images have the shape (N, H, W) or (N, H, W, C)")
    try:
        return list(values)
    except TypeError as error:  # a NumPy array without axes says that it is iterable
        raise InputError(f"{place}: {shown(values)} is a single number, not a list") from error


def _shape(image: Image) -> tuple[int, int, int]:
    return len(image), len(image[0]), len(image[0][0])


def _padded(image: Image, above: int, left: int) -> Image:
    _, width, depth = _shape(image)
    zero = ((Fraction(0),) * depth,)
    edge = ((zero * (width + 2 * left)),) * above
    return (*edge, *(zero * left + line + zero * left for line in image), *edge)
