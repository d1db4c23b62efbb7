from .asymptotics import growth_exponent, growth_exponents
from .bounds import Bounds, all_bounds
from .counting.zaslavsky import bounded_number, characteristic_polynomial, region_number, whitney_numbers
from .cover_bound import cover, general_position, two_to_n
from .deeper_layers import layer_dimension, layer_exponent, layer_formula, layer_joint, sign_choices
from .formulas import formula, symbolic_bounds, symbols
from .growth_measurements import (
    Growth,
    exact_order,
    fitted_exponent,
    fitted_exponents,
    last_half,
    measure_growth,
    proven_exponents,
)
from .joint_bound import joint, joint_planes, joint_unordered
from .joint_hyperplanes import joint_arrangement, joint_of_data
from .paper_bounds import (
    eq13_assumption,
    eq13_closed,
    eq14_assumption,
    eq14_closed,
    eq14_product,
    eq14_second_closed,
)
from .powers_of_e import PowerOfE, floor_exact
from .shared_weights import shared_bound, shared_exponent, shared_polynomials, warren
from .width_theorem import row_directions, sufficient_width
from .width_two_formulas import (
    Plane,
    opposite_zero_sets,
    plane_masks,
    plane_opposite_masks,
    plane_pairs,
    positive_sets,
    width_two_bound,
    width_two_masks,
)

__all__ = [
    "Bounds",
    "Growth",
    "Plane",
    "PowerOfE",
    "all_bounds",
    "bounded_number",
    "characteristic_polynomial",
    "cover",
    "eq13_assumption",
    "eq13_closed",
    "eq14_assumption",
    "eq14_closed",
    "eq14_product",
    "eq14_second_closed",
    "exact_order",
    "fitted_exponent",
    "fitted_exponents",
    "floor_exact",
    "formula",
    "general_position",
    "growth_exponent",
    "growth_exponents",
    "joint",
    "joint_arrangement",
    "joint_of_data",
    "joint_planes",
    "joint_unordered",
    "last_half",
    "layer_dimension",
    "layer_exponent",
    "layer_formula",
    "layer_joint",
    "measure_growth",
    "opposite_zero_sets",
    "plane_masks",
    "plane_opposite_masks",
    "plane_pairs",
    "positive_sets",
    "proven_exponents",
    "region_number",
    "row_directions",
    "shared_bound",
    "shared_exponent",
    "shared_polynomials",
    "sign_choices",
    "sufficient_width",
    "symbolic_bounds",
    "symbols",
    "two_to_n",
    "warren",
    "whitney_numbers",
    "width_two_bound",
    "width_two_masks",
]
