"""Exact arrangements of hyperplanes and their cells; knows nothing of losses or training."""

from arrangements.arrangement import Arrangement
from arrangements.cells import Cell, Statistics
from arrangements.errors import ArrangementError, InputError, LimitError
from arrangements.families import family
from arrangements.first_layer.adjacency import Adjacency, hyperplane_rows, iter_adjacent, region_poset, tope_graph
from arrangements.first_layer.bounded import iter_bounded
from arrangements.first_layer.covectors import f_vector, iter_covectors
from arrangements.first_layer.lattice import flat_numbers, intersection_lattice, moebius_numbers, signed_whitney_numbers
from arrangements.first_layer.layer import FirstLayer
from arrangements.first_layer.matroid import iter_circuits, iter_cocircuits
from arrangements.first_layer.packed_regions import region_set
from arrangements.first_layer.region_search import RegionSearch, count_regions, iter_regions, regions
from arrangements.first_layer.zonotope import Vertex, zonotope_vertices
from arrangements.second_layer.deeper_masks import decoupled_masks, sampled_masks
from arrangements.second_layer.patches import Patches, image_patches
from arrangements.second_layer.pooling import count_pooled, iter_pooled
from arrangements.second_layer.tuples import Pair, count_second_layer, iter_pairs, iter_products
from arrangements.signsets import SignSet

__all__ = [
    "Adjacency",
    "Arrangement",
    "ArrangementError",
    "Cell",
    "FirstLayer",
    "InputError",
    "LimitError",
    "Pair",
    "Patches",
    "RegionSearch",
    "SignSet",
    "Statistics",
    "Vertex",
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
    "iter_adjacent",
    "iter_bounded",
    "iter_circuits",
    "iter_cocircuits",
    "iter_covectors",
    "iter_pairs",
    "iter_pooled",
    "iter_products",
    "iter_regions",
    "moebius_numbers",
    "region_poset",
    "region_set",
    "regions",
    "sampled_masks",
    "signed_whitney_numbers",
    "tope_graph",
    "zonotope_vertices",
]
