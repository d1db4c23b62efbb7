"""Exact counts and bounds: how many regions an arrangement has, and the paper's (13) and (14).

Counts need the rows alone and list nothing (`theory.zaslavsky`); bounds need the sizes alone
(`theory.paper_bounds`); how they grow is in `theory.asymptotics`. The name `theory.paper_bounds` is that of the module:
the function that collects all bounds is `theory.paper_bounds.bounds`.

Example:
    >>> count_regions([(1, 0), (0, 1), (1, 1)]), cover(3, 2)
    (6, 6)
"""

from theory.deeper_layers import layer_exponent, layer_formula, layer_joint
from theory.integer_parts import floor_exact
from theory.joint_arrangement import joint_of_data, joint_rows, joint_unordered
from theory.paper_bounds import (
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
from theory.width_two_formulas import Plane, plane_masks, plane_opposite_masks, plane_pairs, width_two_masks
from theory.zaslavsky import characteristic_polynomial, count_bounded, count_regions, whitney_numbers

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
