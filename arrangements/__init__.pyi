from .arrangement import Arrangement
from .cells import Cell, Statistics
from .errors import ArrangementError, InputError, LimitError
from .families import family
from .first_layer.adjacency import Adjacency, hyperplane_rows, iter_adjacent, region_poset, tope_graph
from .first_layer.bounded import iter_bounded
from .first_layer.covectors import f_vector, iter_covectors
from .first_layer.lattice import intersection_lattice, moebius_numbers, whitney_first, whitney_second
from .first_layer.layer import FirstLayer
from .first_layer.matroid import iter_circuits, iter_cocircuits
from .first_layer.packed_regions import region_set
from .first_layer.region_search import RegionSearch, count_regions, iter_regions, regions
from .first_layer.zonotope import Vertex, zonotope_vertices
from .second_layer.deeper_masks import decoupled_masks, sampled_masks
from .second_layer.patches import Patches, image_patches
from .second_layer.pooling import count_pooled, iter_pooled
from .second_layer.tuples import Pair, count_second_layer, iter_pairs, iter_products
from .signsets import SignSet

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
    "tope_graph",
    "whitney_first",
    "whitney_second",
    "zonotope_vertices",
]
