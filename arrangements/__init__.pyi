from .arrangement import Arrangement
from .cells import Cell, Statistics
from .complexes.activation_regions import (
    ActivationRegion,
    count_activation_regions,
    iter_activation_regions,
    list_activation_regions,
)
from .complexes.layered_network import Layer, LayeredNetwork
from .complexes.level_sets import LevelSet, bent_hyperplane, zero_set
from .complexes.polyhedral_complex import ComplexFace, NetworkComplex, complex_f_vector, network_complex, region_graph
from .errors import ArrangementError, InputError, LimitError
from .families import family
from .first_layer.adjacency import (
    Adjacency,
    count_adjacencies,
    hyperplane_rows,
    iter_adjacencies,
    list_adjacencies,
    region_poset,
    tope_graph,
)
from .first_layer.bounded import count_bounded_regions, iter_bounded_regions, list_bounded_regions
from .first_layer.covectors import count_covectors, f_vector, iter_covectors, list_covectors
from .first_layer.facet_statistics import RegionStatistics, region_statistics
from .first_layer.flats import Flat, count_flats, iter_flats, list_flats
from .first_layer.lattice import flat_numbers, intersection_lattice, moebius_numbers, signed_whitney_numbers
from .first_layer.layer import FirstLayer
from .first_layer.matroid import (
    count_circuits,
    count_cocircuits,
    iter_circuits,
    iter_cocircuits,
    list_circuits,
    list_cocircuits,
)
from .first_layer.packed_regions import region_set
from .first_layer.region_counting import count_regions
from .first_layer.region_search import RegionSearch, iter_regions, list_regions
from .first_layer.zonotope import Vertex, iter_zonotope_vertices, list_zonotope_vertices
from .second_layer.deeper_masks import decoupled_masks, sampled_masks
from .second_layer.pairs import count_second_layer, iter_pairs, iter_products, list_pairs, list_products
from .second_layer.patches import Patches, image_patches
from .second_layer.pooling import count_pooled, iter_pooled, list_pooled
from .second_layer.product_cone import Pair
from .second_layer.tuples import Product, SecondLayerCounts
from .signsets import SignSet
from .symmetry.groups import SymmetryGroup, symmetry_group
from .symmetry.linear_symmetries import Symmetry
from .symmetry.region_orbits import Orbit, count_orbits, iter_orbits, list_orbits

__all__ = [
    "ActivationRegion",
    "Adjacency",
    "Arrangement",
    "ArrangementError",
    "Cell",
    "ComplexFace",
    "FirstLayer",
    "Flat",
    "InputError",
    "Layer",
    "LayeredNetwork",
    "LevelSet",
    "LimitError",
    "NetworkComplex",
    "Orbit",
    "Pair",
    "Patches",
    "Product",
    "RegionSearch",
    "RegionStatistics",
    "SecondLayerCounts",
    "SignSet",
    "Statistics",
    "Symmetry",
    "SymmetryGroup",
    "Vertex",
    "bent_hyperplane",
    "complex_f_vector",
    "count_activation_regions",
    "count_adjacencies",
    "count_bounded_regions",
    "count_circuits",
    "count_cocircuits",
    "count_covectors",
    "count_flats",
    "count_orbits",
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
    "iter_activation_regions",
    "iter_adjacencies",
    "iter_bounded_regions",
    "iter_circuits",
    "iter_cocircuits",
    "iter_covectors",
    "iter_flats",
    "iter_orbits",
    "iter_pairs",
    "iter_pooled",
    "iter_products",
    "iter_regions",
    "iter_zonotope_vertices",
    "list_activation_regions",
    "list_adjacencies",
    "list_bounded_regions",
    "list_circuits",
    "list_cocircuits",
    "list_covectors",
    "list_flats",
    "list_orbits",
    "list_pairs",
    "list_pooled",
    "list_products",
    "list_regions",
    "list_zonotope_vertices",
    "moebius_numbers",
    "network_complex",
    "region_graph",
    "region_poset",
    "region_set",
    "region_statistics",
    "sampled_masks",
    "signed_whitney_numbers",
    "symmetry_group",
    "tope_graph",
    "zero_set",
]
