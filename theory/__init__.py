"""Exact counts and bounds: how many regions an arrangement has, and the paper's (13) and (14).

Counts without listing: `zaslavsky` (Whitney numbers and what follows from them, for the rows at hand), by
`deletion_restriction` over the primes of `mersenne_field`. Bounds from the sizes alone: `cover_bound`, `paper_bounds`
((13) and (14), with values from `powers_of_e`), `joint_bound`, `deeper_layers`, all of them in `bounds`; from the rows:
`joint_hyperplanes`, `width_two_formulas`. As formulas: `formulas`, and how fast they grow: `asymptotics`, beside
`growth_measurements`. SymPy is imported by the functions that return its expressions.

Example:
    >>> region_number([(1, 0), (0, 1), (1, 1)]), cover(3, 2)
    (6, 6)
"""

from theory.asymptotics import growth_exponent, growth_exponents
from theory.bounds import Bounds, all_bounds
from theory.cover_bound import cover, general_position, two_to_n
from theory.deeper_layers import layer_dimension, layer_exponent, layer_formula, layer_joint, sign_choices
from theory.formulas import formula, symbolic_bounds, symbols
from theory.growth_measurements import (
    Growth,
    exact_order,
    fitted_exponent,
    fitted_exponents,
    last_half,
    measure_growth,
    proven_exponents,
)
from theory.joint_bound import joint, joint_planes, joint_unordered
from theory.joint_hyperplanes import joint_arrangement, joint_of_data
from theory.paper_bounds import (
    eq13_assumption,
    eq13_closed,
    eq14_assumption,
    eq14_closed,
    eq14_product,
    eq14_second_closed,
)
from theory.powers_of_e import PowerOfE, floor_exact
from theory.width_two_formulas import (
    Plane,
    opposite_zero_sets,
    plane_masks,
    plane_opposite_masks,
    plane_pairs,
    positive_sets,
    width_two_bound,
    width_two_masks,
)
from theory.zaslavsky import bounded_number, characteristic_polynomial, region_number, whitney_numbers

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
    "sign_choices",
    "symbolic_bounds",
    "symbols",
    "two_to_n",
    "whitney_numbers",
    "width_two_bound",
    "width_two_masks",
]
