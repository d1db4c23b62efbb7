"""Exact arrangements of hyperplanes and their cells; knows nothing of losses or training.

`Arrangement` holds the hyperplanes, and its methods make other arrangements. Algorithms are functions that take an
arrangement (or a `FirstLayer`) first and options by keyword. What can be listed comes in one pattern: `iter_...` yields
one after the other and keeps none, `list_...` returns a list, `count_...` keeps none. Pairs and tuples are counted
together by `count_second_layer`, those of groups of rows by `count_pooled`; the vertices of a zonotope are the regions.

Example:
    >>> braid = family("braid:4")
    >>> braid, count_regions(braid), f_vector(braid)
    (<Arrangement of 6 hyperplanes in R^4, rank 3>, 24, (0, 1, 14, 36, 24))
"""

from arrangements.arrangement import Arrangement
from arrangements.cells import Cell, Statistics
from arrangements.errors import ArrangementError, InputError, LimitError
from arrangements.families import family
from arrangements.first_layer.adjacency import (
    Adjacency,
    count_adjacencies,
    hyperplane_rows,
    iter_adjacencies,
    list_adjacencies,
    region_poset,
    tope_graph,
)
from arrangements.first_layer.bounded import count_bounded_regions, iter_bounded_regions, list_bounded_regions
from arrangements.first_layer.covectors import count_covectors, f_vector, iter_covectors, list_covectors
from arrangements.first_layer.flats import Flat, count_flats, iter_flats, list_flats
from arrangements.first_layer.lattice import flat_numbers, intersection_lattice, moebius_numbers, signed_whitney_numbers
from arrangements.first_layer.layer import FirstLayer
from arrangements.first_layer.matroid import (
    count_circuits,
    count_cocircuits,
    iter_circuits,
    iter_cocircuits,
    list_circuits,
    list_cocircuits,
)
from arrangements.first_layer.packed_regions import region_set
from arrangements.first_layer.region_search import RegionSearch, count_regions, iter_regions, list_regions
from arrangements.first_layer.zonotope import Vertex, iter_zonotope_vertices, list_zonotope_vertices
from arrangements.second_layer.deeper_masks import decoupled_masks, sampled_masks
from arrangements.second_layer.pairs import count_second_layer, iter_pairs, iter_products, list_pairs, list_products
from arrangements.second_layer.patches import Patches, image_patches
from arrangements.second_layer.pooling import count_pooled, iter_pooled, list_pooled
from arrangements.second_layer.product_cone import Pair
from arrangements.second_layer.tuples import Product, SecondLayerCounts
from arrangements.signsets import SignSet

__all__ = [
    "Adjacency",
    "Arrangement",
    "ArrangementError",
    "Cell",
    "FirstLayer",
    "Flat",
    "InputError",
    "LimitError",
    "Pair",
    "Patches",
    "Product",
    "RegionSearch",
    "SecondLayerCounts",
    "SignSet",
    "Statistics",
    "Vertex",
    "count_adjacencies",
    "count_bounded_regions",
    "count_circuits",
    "count_cocircuits",
    "count_covectors",
    "count_flats",
    "count_pooled",
    "count_regions",
    "count_second_layer",
    "decoupled_masks",
    "f_vector",
    "family",
    "flat_numbers",
    "hyperplane_rows",
    "image_patches",
    "intersection_lattice",
    "iter_adjacencies",
    "iter_bounded_regions",
    "iter_circuits",
    "iter_cocircuits",
    "iter_covectors",
    "iter_flats",
    "iter_pairs",
    "iter_pooled",
    "iter_products",
    "iter_regions",
    "iter_zonotope_vertices",
    "list_adjacencies",
    "list_bounded_regions",
    "list_circuits",
    "list_cocircuits",
    "list_covectors",
    "list_flats",
    "list_pairs",
    "list_pooled",
    "list_products",
    "list_regions",
    "list_zonotope_vertices",
    "moebius_numbers",
    "region_poset",
    "region_set",
    "sampled_masks",
    "signed_whitney_numbers",
    "tope_graph",
]
