"""What the tests share: the engines, and small tables rich in zero, repeated, parallel and opposite rows."""

import numpy as np
import pytest
from hypothesis import strategies as st

from arrangements import Arrangement
from arrangements.first_layer.engines import ENGINES

EVERY_ENGINE = pytest.mark.parametrize("engine", [name for name in ENGINES if name != "auto"])
ENTRIES = st.sampled_from((0, 0, 0, 1, -1, 2, -3))
MULTIPLES = st.sampled_from((-2, -1, 1, 3))


@st.composite
def tables(draw, rows=7, columns=4, fewest_columns=1):
    """Between one row and that many, as lists of integers."""
    width = draw(st.integers(fewest_columns, columns))
    row = st.lists(ENTRIES, min_size=width, max_size=width)
    table = draw(st.lists(row, min_size=draw(st.integers(1, rows)), max_size=rows))
    for _ in range(draw(st.integers(0, rows - len(table)))):
        multiple = draw(MULTIPLES)
        table.append([multiple * x for x in draw(st.sampled_from(table))])
    return draw(st.permutations(table))


@st.composite
def sources(draw, rows=7, columns=4):
    """A table with None, or with one offset for each row: the arguments of `Arrangement.from_table`."""
    if draw(st.booleans()):
        return draw(tables(rows, columns)), None
    joint = draw(tables(rows, columns + 1, fewest_columns=2))
    return [row[:-1] for row in joint], [row[-1] for row in joint]


def arrangements(rows=7, columns=4):
    """Central and affine arrangements."""
    return sources(rows, columns).map(lambda source: Arrangement.from_table(*source))


def nearly_singular(rows, rank, seed):
    """A matrix of rank one less, written with 15 digits: rounding errors alone make up the last direction."""
    random = np.random.default_rng(seed)
    product = random.standard_normal((rows, rank - 1)) @ random.standard_normal((rank - 1, rank))
    return [[f"{x:.15g}" for x in row] for row in product]
