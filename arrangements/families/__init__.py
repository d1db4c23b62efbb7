"""Named families of arrangements, as functions and as text.

Each family is a function (`braid(4)`, `coxeter("E6")`, `graphical(graph)`) and a name (`family("braid:4")`); the table
of names is `FAMILIES`, listed for readers by `family_list`. Integers go straight into the arrangement. The modules
stand above `arrangements.arrangement` and use nothing that enumerates.

Example:
    >>> family("braid:3") == braid(3)
    True
"""

from arrangements.families.cubes import coordinate, crosspolytope, demicube, resonance, threshold
from arrangements.families.deformations import boxed_threshold, catalan, ish, linial, semiorder, shi
from arrangements.families.generic_rows import moment, random_rows
from arrangements.families.graph_arrangements import bigraphical, g_semiorder, g_shi, graphical
from arrangements.families.named import FAMILIES, family_list, is_family
from arrangements.families.named import family as family  # public as `arrangements.family`
from arrangements.families.root_systems import braid, coxeter, coxeter_catalan, coxeter_shi, type_b, type_c, type_d

__all__ = [
    "FAMILIES",
    "bigraphical",
    "boxed_threshold",
    "braid",
    "catalan",
    "coordinate",
    "coxeter",
    "coxeter_catalan",
    "coxeter_shi",
    "crosspolytope",
    "demicube",
    "family_list",
    "g_semiorder",
    "g_shi",
    "graphical",
    "is_family",
    "ish",
    "linial",
    "moment",
    "random_rows",
    "resonance",
    "semiorder",
    "shi",
    "threshold",
    "type_b",
    "type_c",
    "type_d",
]
