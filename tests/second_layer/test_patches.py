"""Patches: what NumPy's sliding windows give, exact numbers, the rank r_c, and errors that name the place."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from support.brute_force import brute_regions

from arrangements import Arrangement, FirstLayer, InputError
from arrangements.second_layer.patches import Patches, image_patches

PAIRS = st.tuples(st.integers(1, 3), st.integers(1, 3))


def windows(images, size, stride, padding):
    """The same by NumPy: images of shape (N, H, W, C)."""
    (up, left), n = padding, len(images)
    padded = np.pad(images, ((0, 0), (up, up), (left, left), (0, 0)))
    found = sliding_window_view(padded, size, axis=(1, 2))[:, :: stride[0], :: stride[1]]
    return np.moveaxis(found, 3, -1).reshape(n, -1, size[0] * size[1] * images.shape[3])


@given(st.data(), PAIRS, PAIRS, st.tuples(st.integers(0, 2), st.integers(0, 2)), st.integers(1, 3), st.integers(1, 3))
def test_same_as_sliding_windows(data, size, stride, padding, count, channels):
    height, width = (data.draw(st.integers(size[k], size[k] + 3)) for k in (0, 1))
    images = np.arange(count * height * width * channels).reshape(count, height, width, channels)
    expected = windows(images, size, stride, padding)
    found = image_patches(images, size, stride=stride, padding=padding)
    assert np.array_equal(np.array(found.rows, dtype=object), expected.reshape(-1, expected.shape[2]))
    assert np.array_equal(np.array(found.groups), np.arange(count * expected.shape[1]).reshape(count, -1))
    if channels == 1:
        assert image_patches(images[..., 0], size, stride=stride, padding=padding) == found


def test_integers_stand_for_pairs():
    images = np.arange(32).reshape(2, 4, 4)
    assert image_patches(images, 2, stride=2, padding=1) == image_patches(images, (2, 2), stride=(2, 2), padding=(1, 1))


def test_numbers_are_exact():
    found = image_patches([[["0.1", 0.1], ["1/3", 2]]], 2)
    assert found.rows == ((Fraction(1, 10), Fraction(*(0.1).as_integer_ratio()), Fraction(1, 3), Fraction(2)),)


def test_one_common_scale():
    found = image_patches([[["1/2", 3]], [[0, "-1/3"]]], 1)
    assert found.arrangement.normals == ((3,), (18,), (0,), (-2,))
    assert Patches(((Fraction(0),),), ((0,),)).arrangement.normals == ((0,),)


@settings(max_examples=40)
@given(st.lists(st.lists(st.lists(st.integers(-2, 2), min_size=3, max_size=3), min_size=2, max_size=2), max_size=1))
def test_regions_of_the_filter(images):
    """One filter cuts by all patches; the common scale changes no region; the rank r_c is at most the patch size."""
    found = image_patches([*images, [[1, 0, 1], [0, 2, 0]]], (1, 2))
    alike = Arrangement.from_table(found.rows)
    expected = brute_regions(found.arrangement.normals)
    assert {cell.signs for cell in FirstLayer.of(found.arrangement).cells} == expected
    assert {cell.signs for cell in FirstLayer.of(alike).cells} == expected
    assert found.arrangement.rank == alike.rank == np.linalg.matrix_rank(np.array(found.rows, dtype=float)) <= 2


@pytest.mark.parametrize(
    ("images", "arguments", "message"),
    [
        ([], {"size": 1}, "no images"),
        ([[]], {"size": 1}, "image 1 is empty"),
        ([[[]]], {"size": 1}, "image 1 is empty"),
        ([[[1, 2], [3]]], {"size": 1}, "image 1, row 2 has 1 columns where image 1, row 1 has 2"),
        ([[[[1], [2]], [[3]]]], {"size": 1}, "image 1, row 2 has 1 pixels where row 1 has 2"),
        (
            [[[[1], [2]], [[3], [4, 5]]]],
            {"size": 1},
            "row 2, column 2 has 2 channels where the first pixel has 1",
        ),
        ([[[[], []]]], {"size": 1}, "image 1, row 1, column 1 has 0 channels"),
        ([[[[1], [2]], [[3], 4]]], {"size": 1}, "image 1, row 2, column 2: 4 is not a list"),
        ([[[1]], [[1, 2]]], {"size": 1}, r"image 2 has the shape \(1, 2, 1\) where image 1 has \(1, 1, 1\)"),
        ([[[1, "x"]]], {"size": 1}, "image 1, row 1, column 2: 'x' is not a finite number"),
        ([[[[1], [float("nan")]]]], {"size": 1}, "image 1, row 1, column 2, channel 1: nan is not a finite number"),
        ([3], {"size": 1}, "image 1: 3 is not a list"),
        ([["12"]], {"size": 1}, "image 1, row 1: '12' is not a list"),
        (np.float64(1), {"size": 1}, "is not a list"),
        (np.array(1), {"size": 1}, "single number"),
        ([[[1, 2]]], {"size": (2, 1)}, "patch size 2 x 1 exceeds the image of 1 x 2 pixels"),
        ([[[1, 2]]], {"size": 0}, "patch size is 0"),
        ([[[1, 2]]], {"size": (1, 1, 1)}, r"patch size is \(1, 1, 1\)"),
        ([[[1, 2]]], {"size": "1"}, "patch size is '1'"),
        ([[[1, 2]]], {"size": 1, "stride": 0}, "stride is 0"),
        ([[[1, 2]]], {"size": 1, "stride": 1.5}, "stride is 1.5"),
        ([[[1, 2]]], {"size": 1, "padding": -1}, "padding is -1"),
    ],
)
def test_errors(images, arguments, message):
    with pytest.raises(InputError, match=message):
        image_patches(images, **arguments)


def test_padding_can_make_room():
    assert len(image_patches([[[1, 2]]], (2, 1), padding=(1, 0)).rows) == 4
