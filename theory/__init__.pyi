from .deeper_layers import layer_exponent, layer_formula, layer_joint
from .integer_parts import floor_exact
from .joint_arrangement import joint_of_data, joint_rows, joint_unordered
from .paper_bounds import (
    Bounds,
    cover,
    eq13_assumption,
    eq13_closed,
    eq14_assumption,
    eq14_closed,
    eq14_product,
    eq14_second_closed,
    joint,
    two_to_n,
)
from .width_two_formulas import Plane, plane_masks, plane_opposite_masks, plane_pairs, width_two_masks
from .zaslavsky import characteristic_polynomial, count_bounded, count_regions, whitney_numbers

__all__ = [
    "Bounds",
    "Plane",
    "characteristic_polynomial",
    "count_bounded",
    "count_regions",
    "cover",
    "eq13_assumption",
    "eq13_closed",
    "eq14_assumption",
    "eq14_closed",
    "eq14_product",
    "eq14_second_closed",
    "floor_exact",
    "joint",
    "joint_of_data",
    "joint_rows",
    "joint_unordered",
    "layer_exponent",
    "layer_formula",
    "layer_joint",
    "plane_masks",
    "plane_opposite_masks",
    "plane_pairs",
    "two_to_n",
    "whitney_numbers",
    "width_two_masks",
]
