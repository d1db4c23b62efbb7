"""Exact counts of regions without listing them, and bounds: the paper's (13) and (14), and sharper ones.

Counts without listing: `zaslavsky` (Whitney numbers and what follows from them, for the rows at hand), by
`deletion_restriction` over the primes of `mersenne_field`. Bounds from the sizes alone: `cover_bound`, `paper_bounds`
((13) and (14), with values from `powers_of_e`), `joint_bound`, `deeper_layers`, all of them in `bounds`; from the rows:
`joint_hyperplanes`, `width_two_formulas`. Which widths matter: `width_theorem`. As formulas: `formulas`, and how fast
they grow: `asymptotics`, beside `growth_measurements`. SymPy is imported by the functions that return its expressions.

Example:
    >>> from theory import cover, region_number
    >>> region_number([(1, 0), (0, 1), (1, 1)]), cover(3, 2)
    (6, 6)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
