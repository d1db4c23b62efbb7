"""Families by name: the text `name:parameters`, read by one table.

`FAMILIES` has a line for each family; the parser, its messages and the list for help texts all come from it.
"""

import difflib
import re
from collections.abc import Callable
from typing import NamedTuple

from arrangements.arguments import check_kind
from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, shown
from arrangements.families.cubes import coordinate, crosspolytope, demicube, resonance, threshold
from arrangements.families.deformations import boxed_threshold, catalan, ish, linial, semiorder, shi
from arrangements.families.generic_rows import moment, random_rows
from arrangements.families.graph_arrangements import bigraphical, g_semiorder, g_shi, graphical
from arrangements.families.graphs import read_graph
from arrangements.families.root_systems import braid, coxeter, coxeter_catalan, coxeter_shi, type_b, type_c, type_d

_LARGEST = 20


class Family(NamedTuple):
    """A named family: how its text is read, and how it is made.

    Attributes:
        make: the function.
        parameters: what follows the colon: letters of integers, "graph", or "type" (a root system).
        description: the hyperplanes, in a few words.
    """

    make: Callable[..., Arrangement]
    parameters: str
    description: str


FAMILIES = {
    "coordinate": Family(coordinate, "n", "x_i = 0, the Boolean arrangement"),
    "braid": Family(braid, "n", "x_i = x_j on n letters"),
    "typeB": Family(type_b, "n", "x_i = 0, x_i = x_j, x_i = -x_j"),
    "typeC": Family(type_c, "n", "the same hyperplanes as typeB"),
    "typeD": Family(type_d, "n", "x_i = x_j, x_i = -x_j"),
    "coxeter": Family(coxeter, "type", "reflections of a root system: A3, B3, C3, D4, .., E6, E7, E8, F4, G2"),
    "coxeter-Shi": Family(coxeter_shi, "type", "root.x = 0, 1 for the positive roots of a root system"),
    "coxeter-Catalan": Family(coxeter_catalan, "type", "root.x = -1, 0, 1 for the positive roots of a root system"),
    "resonance": Family(resonance, "n", "the non-zero 0/1 vectors"),
    "threshold": Family(threshold, "n", "(1, x) for x in {0,1}^n"),
    "crosspolytope": Family(crosspolytope, "n", "(1, e_i) and (1, -e_i)"),
    "demicube": Family(demicube, "n", "(1, x) for x in {0,1}^n of odd weight"),
    "moment": Family(moment, "n,d", "(1, t, .., t^(d-1)) for t = 1, .., n"),
    "random": Family(random_rows, "n,d,seed", "integers round(1000 N(0,1)), n rows and d columns"),
    "shi": Family(shi, "n", "x_i - x_j = 0, 1 for i < j"),
    "catalan": Family(catalan, "n", "x_i - x_j = -1, 0, 1 for i < j"),
    "linial": Family(linial, "n", "x_i - x_j = 1 for i < j"),
    "semiorder": Family(semiorder, "n", "x_i - x_j = -1, 1 for i < j"),
    "ish": Family(ish, "n", "x_i = x_j and x_1 - x_j = i for i < j"),
    "boxed-threshold": Family(boxed_threshold, "n", "x_i = 0, x_i = 1, x_i + x_j = 1"),
    "graphical": Family(graphical, "graph", "x_i = x_j for the edges of a graph"),
    "bigraphical": Family(bigraphical, "graph", "x_i - x_j = a_ij, x_j - x_i = a_ji for the edges, a generic"),
    "G-Shi": Family(g_shi, "graph", "x_i - x_j = 0, 1 for the edges i < j of a graph"),
    "G-semiorder": Family(g_semiorder, "graph", "x_i - x_j = -1, 1 for the edges of a graph"),
}


def is_family(text: str) -> bool:
    """Say whether the text has the form of a named family, known or not.

    Args:
        text: a name and parameters, such as "braid:4", or anything else.

    Example:
        >>> is_family("braid:4"), is_family("G-Shi:cycle,4"), is_family("table.csv"), is_family("-")
        (True, True, False, False)
    """
    return isinstance(text, str) and re.fullmatch(r"[A-Za-z][A-Za-z_-]*:[-\w,]*", text, re.ASCII) is not None


def family(text: str) -> Arrangement:
    """Make the arrangement that a name such as `braid:4`, `moment:6,3`, `coxeter:E6` or `graphical:cycle,5` stands for.

    Args:
        text: `name:parameters`. The names are those of `family_list`, in any case, with or without hyphens. Parameters
            are positive integers (a lone n is at most 20; the seed may be 0); a type and rank such as `E6`; or a graph:
            edges such as `0-1,1-2,0-2` (the coordinates are the vertices that occur, in increasing order), or
            `complete,n`, `cycle,n`, `path,n`, `star,n`, `bipartite,m,n`.

    Raises:
        InputError: unknown name or unusable parameters.

    Example:
        >>> list(family("shi:2"))
        [((1, -1), 0), ((1, -1), 1)]
        >>> family("TypeB:2").normals
        ((1, 0), (0, 1), (1, -1), (1, 1))
    """
    given, _, tail = check_kind(text, str, "family", "give a name and its sizes, such as 'braid:4'").partition(":")
    names = {_key(name): name for name in FAMILIES}
    name = names.get(_key(given))
    if name is None:
        close = difflib.get_close_matches(_key(given)[:100], names, 1)
        hint = f"did you mean {names[close[0]]}? " if close else ""
        raise InputError(
            f"unknown family {shown(given)} in {shown(text)}; {hint}the families are {', '.join(FAMILIES)}"
        )
    make, parameters, _ = FAMILIES[name]
    try:
        if parameters == "graph":
            return make(read_graph(tail))
        if parameters == "type":
            _check_rank(re.sub(r"\D", "", tail))
            return make(tail)
        parts = tail.split(",")
        if len(parts) != len(parameters.split(",")) or not all(re.fullmatch(r"\d{1,9}", x, re.ASCII) for x in parts):
            digits = all(re.fullmatch(r"\d+", x, re.ASCII) for x in parts)
            limit = " of at most 9 digits each" if digits else ""
            raise InputError(f"write {name}:{parameters} with non-negative integers{limit}")
        if parameters == "n":
            _check_rank(tail)
        return make(*map(int, parts))
    except InputError as error:
        raise InputError(f"{shown(text)}: {error}") from error


def family_list() -> list[tuple[str, str]]:
    """List every family as it is written, with its hyperplanes in a few words, for help texts.

    Returns:
        Pairs such as ("braid:n", "x_i = x_j on n letters").

    Example:
        >>> family_list()[1]
        ('braid:n', 'x_i = x_j on n letters')
    """
    return [(f"{name}:{line.parameters}", line.description) for name, line in FAMILIES.items()]


def _check_rank(digits: str) -> None:
    """Refuse a rank at which nobody could list the regions: braid:20 has more than 10^18."""
    if len(digits) > 9 or int(digits or 0) > _LARGEST:
        raise InputError(f"n is at most {_LARGEST} in a name; as functions the families go further")


def _key(name: str) -> str:
    return re.sub("[-_]", "", name).lower()
