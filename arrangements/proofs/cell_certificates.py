"""Certificates of the first and the second layer, as JSON objects that can be checked on their own.

docs/proofs/certificates.md states the format, and why a file that the checker accepts proves its claim. The engines
know nothing of this: a certificate is made from the list that they give, and from circuits found afterwards.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from arrangements.arrangement import Arrangement, as_arrangement
from arrangements.cells import Cell
from arrangements.first_layer.layer import FirstLayer, as_first_layer
from arrangements.parallel.chunks import map_in_order
from arrangements.proofs.completeness import Numbers, product_leaves, region_proof, row_factors
from arrangements.proofs.sign_trees import sign_tree
from arrangements.second_layer.product_cone import Neuron, Pair, ProductCone
from arrangements.second_layer.tuples import Product, SecondLayerCounts

VERSION = 3
_EXACT = 2**53  # integers beyond this are text, for readers that know only floats
_COUNTED = 20_000  # regions that the checker counts again, in plain Python

Json = dict[str, Any]
Table = tuple[Numbers, Sequence[int | Fraction] | None]  # rows and offsets as they were read


def certificate(kind: str, data: Json, claim: Json, software: str, parameters: Mapping[str, Any], **body: Any) -> Json:
    """Make a certificate of a proof: add the keys that every certificate has.

    Args:
        kind: "regions", "second-layer" or "optimum".
        data: the exact input.
        claim: what is proven of it.
        software: name and version of what made it.
        parameters: how it was made.
        body: the proof.
    """
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
    provenance = {
        "software": software,
        "parameters": dict(parameters),
        "sha256": hashlib.sha256(canonical).hexdigest(),
    }
    frame = {"format": f"multilayer-arrangements/{kind}", "version": VERSION, "provenance": provenance}
    return {**frame, "input": data, "claim": claim, **body}


def regions_certificate(
    arrangement: Arrangement,
    cells: Iterable[Cell],
    software: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    table: Table | None = None,
    columns: Sequence[str] | None = None,
    seen: Callable[[int], None] = lambda leaves: None,
    executor: Executor | None = None,
) -> Json:
    """Prove that these are all regions of an arrangement; the certificate does not depend on the executor.

    Where a cell is missing, the certificate is made all the same, and the checker rejects it.

    Args:
        arrangement: the hyperplanes.
        cells: the regions with witnesses.
        software: name and version of what listed them.
        parameters: how they were listed.
        table: rows and offsets as they were read, of which the arrangement holds positive multiples.
        columns: their names, if they have any.
        seen: told how many sign prefixes have been refuted.
        executor: any of `concurrent.futures`, whose workers find the circuits; with processes, spawned ones. None to
            find them here.

    Raises:
        InputError: the first argument is not an arrangement, or the executor is not one.

    Example:
        >>> found = regions_certificate(Arrangement.from_table([[1], [2]]), [Cell((1, 1), (1,))], "an example")
        >>> found["claim"], found["first"]["tree"], found["first"]["leaves"]
        ({'regions': 1}, '++', [0, -1])
    """
    as_arrangement(arrangement)
    listed = list(cells)
    rows, offsets = (arrangement.normals, arrangement.offsets) if table is None else table
    data = {
        "rows": matrix_json(rows),
        "offsets": None if offsets is None else vector_json(offsets),
        "columns": texts_json(columns),
    }
    claim = {"regions": len(listed)}
    first = first_layer_proof(arrangement, listed, (rows, offsets), seen, executor)
    return certificate("regions", data, claim, software, parameters or {}, first=first)


def second_layer_certificate(
    layer: FirstLayer,
    width: int,
    products: Iterable[Product],
    software: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    table: Numbers | None = None,
    columns: Sequence[str] | None = None,
    seen: Callable[[int], None] = lambda tuples: None,
    executor: Executor | None = None,
) -> Json:
    """Prove that these are all pairs of a width; the certificate does not depend on the executor.

    Args:
        layer: the first layer.
        width: neurons in one sub-network.
        products: its tuples.
        software: name and version of what listed them.
        parameters: how they were listed.
        table: the rows as they were read.
        columns: their names, if they have any.
        seen: told how many tuples are proven; of two mirror images one is.
        executor: any of `concurrent.futures`, whose workers prove the tuples; with processes, spawned ones. None to
            prove them here.

    Raises:
        InputError: the first argument is not a first layer, or the executor is not one.
    """
    as_first_layer(layer)
    listed = list(products)
    rows = layer.arrangement.normals if table is None else table
    ranks = region_ranks(layer.arrangement, layer.cells)
    write = partial(tuple_json, layer=layer, ranks=ranks, factors=row_factors(layer.arrangement.normals, rows))
    tuples: list[Json] = []
    for entry in map_in_order(write, ((each.neurons, each.pairs) for each in one_of_each(listed)), executor):
        tuples.append(entry)
        seen(len(tuples))
    claim = {"regions": len(layer.cells), **SecondLayerCounts.of(listed)._asdict()}
    first = first_layer_proof(layer.arrangement, layer.cells, (rows, None), executor=executor)
    data = {"rows": matrix_json(rows), "width": width, "columns": texts_json(columns)}
    return certificate("second-layer", data, claim, software, parameters or {}, first=first, tuples=tuples)


def first_layer_proof(
    arrangement: Arrangement,
    cells: Sequence[Cell],
    table: Table,
    seen: Callable[[int], None] = lambda leaves: None,
    executor: Executor | None = None,
) -> Json:
    """Write the witnesses of regions and the proofs that none is missing: circuits, and a count if they are few."""
    rows, offsets = table
    order, tree = _tree_of(arrangement, cells)
    homogeneous = rows if offsets is None else [(*row, -b) for row, b in zip(rows, offsets, strict=True)]
    proof = region_proof(arrangement, [cell.signs for cell in cells], homogeneous, seen, executor)
    points = (cells[k].witness for k in order)
    return {
        "regions": [vector_json(point if offsets is None else _affine(point)) for point in points],
        "tree": tree,
        "circuits": [[x for i, c in circuit for x in (i, number_json(c))] for circuit in proof.table],
        "leaves": proof.leaves,
        "count": len(cells) <= _COUNTED,
    }


def region_ranks(arrangement: Arrangement, cells: Sequence[Cell]) -> dict[int, int]:
    """Find the places of regions in a certificate, where they are in the order of their tree of signs.

    Args:
        arrangement: the hyperplanes.
        cells: the regions.

    Example:
        >>> region_ranks(Arrangement.from_table([[1]]), [Cell((-1,), (-1,)), Cell((1,), (1,))])
        {1: 0, 0: 1}
    """
    return {k: rank for rank, k in enumerate(_tree_of(arrangement, cells)[0])}


def neuron_number(rank: int, output: int) -> int:
    """Number a neuron: 2 r for the region at place r of a certificate, and 2 r + 1 if its output sign is -1.

    Args:
        rank: the place of the region.
        output: 1 or -1.

    Example:
        >>> neuron_number(3, 1), neuron_number(3, -1)
        (6, 7)
    """
    return 2 * rank + (output < 0)


def _tree_of(arrangement: Arrangement, cells: Sequence[Cell]) -> tuple[list[int], str]:
    rows = [i for i, row in enumerate(arrangement.homogeneous) if any(row)]
    return sign_tree((cell.signs for cell in cells), rows)


def one_of_each(products: Iterable[Product]) -> Iterator[Product]:
    """Yield of every tuple and its mirror image (all output signs flipped) the one that comes first."""
    for product in products:
        own, mirror = ([(region, -flip * sign) for region, sign in product.neurons] for flip in (1, -1))
        if own <= sorted(mirror):
            yield product


def tuple_json(
    product: tuple[tuple[Neuron, ...], Sequence[Pair]],
    layer: FirstLayer,
    ranks: Mapping[int, int],
    factors: Sequence[Fraction],
) -> Json:
    """Write one tuple: its neurons, its cells with their witnesses, and the proof that none is missing."""
    neurons, pairs = product
    order, tree = sign_tree((pair.signs for pair in pairs), ProductCone(layer, neurons).mixed)
    leaves = product_leaves(layer, neurons, [pair.signs for pair in pairs], factors)
    return {
        "neurons": [neuron_number(ranks[region], sign) for region, sign in neurons],
        "cells": [matrix_json(pairs[k].witness) for k in order],
        "tree": tree,
        "leaves": [[x for j, i, c in leaf for x in (j, i, number_json(c))] for leaf in leaves],
    }


def texts_json(texts: Sequence[str] | None) -> list[str] | None:
    """Write names for JSON; null if there are none."""
    return None if texts is None else [str(text) for text in texts]


def number_json(value: int | Fraction) -> int | str:
    """Write an exact number for JSON: integers up to 2^53 as they are, others as text, fractions as p/q.

    Args:
        value: the number.

    Example:
        >>> number_json(3), number_json(2**60), number_json(Fraction(1, 3))
        (3, '1152921504606846976', '1/3')
    """
    if type(value) is int and abs(value) <= _EXACT:  # most are, and fractions take their time
        return value
    exact = Fraction(value)
    if exact.denominator == 1 and abs(exact) <= _EXACT:
        return int(exact)
    p, q = (f"{Decimal(part):f}" for part in exact.as_integer_ratio())  # str() stops at 4,300 digits
    return p if q == "1" else f"{p}/{q}"


def vector_json(values: Iterable[int | Fraction]) -> list[int | str]:
    """Write exact numbers for JSON."""
    return [number_json(value) for value in values]


def matrix_json(rows: Iterable[Iterable[int | Fraction]]) -> list[list[int | str]]:
    """Write an exact table for JSON."""
    return [vector_json(row) for row in rows]


def _affine(point: Sequence[int]) -> list[Fraction]:
    """Give the point w that has the homogeneous coordinates (w t, t)."""
    return [Fraction(x, point[-1]) for x in point[:-1]]
