"""Exact arrangements of hyperplanes and their cells; knows nothing of losses or training."""

from arrangements.adjacency import Adjacency, hyperplane_rows, iter_adjacent, tope_graph
from arrangements.arrangement import Arrangement
from arrangements.cells import Cell, Statistics
from arrangements.errors import ArrangementError, InputError, LimitError
from arrangements.faces import f_vector, iter_covectors
from arrangements.families import family
from arrangements.first_layer import FirstLayer
from arrangements.regions import RegionSearch, count_regions, iter_regions, regions
from arrangements.second_layer import Pair, count_second_layer, iter_pairs, iter_products
from arrangements.signsets import SignSet, region_set

__all__ = [
    "Adjacency",
    "Arrangement",
    "ArrangementError",
    "Cell",
    "FirstLayer",
    "InputError",
    "LimitError",
    "Pair",
    "RegionSearch",
    "SignSet",
    "Statistics",
    "count_regions",
    "count_second_layer",
    "f_vector",
    "family",
    "hyperplane_rows",
    "iter_adjacent",
    "iter_covectors",
    "iter_pairs",
    "iter_products",
    "iter_regions",
    "region_set",
    "regions",
    "tope_graph",
]
