"""A certified optimum as the content of a page: its rows and targets, the network, both bounds, and what proves them.

Nothing is taken from a file that the independent checker does not accept. The decimals beside the exact bounds are
rounded outwards: the upper bound up, the lower one down.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from arrangements.complexes.layered_network import LayeredNetwork
from arrangements.errors import InputError
from arrangements.exact.directed_rounding import text_above, text_below
from arrangements.exact.strict_json import matrix_in, number_in, vector_in
from convex.networks.network import Network
from convex.networks.network_file import model_of
from convex.networks.trained_model import Description, TrainedModel
from multilayer import checker
from multilayer.explorer.contents import Content, arrangement_content, exact_texts
from multilayer.explorer.network_content import layers_texts
from multilayer.io.reading.columns import Target
from multilayer.io.tables import Table


def accepted_certificate(path: Path) -> tuple[Mapping[str, Any], str]:
    """Read a certificate of an optimum after the checker has accepted it.

    Args:
        path: the file.

    Returns:
        Its content, and the claim in the words of the checker.

    Raises:
        Rejected: of the checker, with the reason and its place.
        InputError: the file cannot be read, or proves something else.
    """
    try:
        kind, claim = checker.check(str(path))
        content: Mapping[str, Any] = checker.load(str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if kind != "optimum":
        raise InputError(f"{path}: it proves {kind}; give the certificate of an optimum")
    return content, claim


def certificate_table(certificate: Mapping[str, Any], name: str, about: Description | None = None) -> Table:
    """The rows and targets that a certificate is about.

    Args:
        certificate: one that was accepted.
        name: what it is called.
        about: the names of columns and targets, where they are known.

    Example:
        >>> body = {"input": {"rows": [[2, 1], ["1/2", 1]], "targets": [[0, 1]]}}
        >>> table = certificate_table(body, "here")
        >>> table.bias, table.columns, table.targets[0].name
        (True, ('column 1',), 'target')
    """
    rows = matrix_in(certificate["input"]["rows"], f"{name}: input.rows")
    targets = [vector_in(each, f"{name}: input.targets") for each in certificate["input"]["targets"]]
    width = len(rows[0]) if rows else 0
    bias = width > 1 and all(row[-1] == 1 for row in rows)
    known, outputs = certificate["input"].get("columns"), certificate["input"].get("outputs")
    names = ["target"] if len(targets) == 1 else [f"target {k + 1}" for k in range(len(targets))]
    columns = [f"column {k + 1}" for k in range(width - bias)]
    if known is not None:
        columns, names = known[: width - bias], outputs or names
    elif about is not None and about.columns is not None and len(about.columns) + about.bias == width:
        columns = [*about.columns, *columns[len(about.columns) :]][: width - bias]
    if known is None and about is not None and len(about.targets) == len(targets):
        names = list(about.targets)
    return Table(
        name,
        rows,
        targets=tuple(Target(label, values) for label, values in zip(names, targets, strict=True)),
        columns=tuple(columns),
        bias=bias,
    )


def certificate_content(
    certificate: Mapping[str, Any], claim: str, name: str, about: Description | None = None
) -> Content:
    """The content of a certificate.

    Args:
        certificate: one that was accepted.
        claim: in the words of the checker.
        name: what it is called.
        about: the names of columns and targets, where they are known.

    Raises:
        InputError: it has more rows than a page can show.
    """
    given, table = certificate["input"], certificate_table(certificate, name, about)
    layers = _layers(certificate, table, name)
    inputs = [tuple(map(Fraction, row[: layers.inputs])) for row in table.x]
    bounds = {side: number_in(certificate["claim"][side], f"{name}: claim.{side}") for side in ("lower", "upper")}
    loss, beta = given["loss"], number_in(given["beta"], f"{name}: input.beta")
    return {
        **arrangement_content(table),
        "kind": "certificate",
        "subnetworks": [
            {
                "first": [exact_texts(row) for row in matrix_in(part["first"], name)],
                "second": exact_texts(vector_in(part["second"], name)),
                "output": exact_texts(vector_in(part["output"], name)),
            }
            for part in certificate["network"]["subnetworks"]
        ],
        "layers": layers_texts(layers.layers),
        "predictions": [exact_texts(column) for column in zip(*layers.predict(inputs), strict=True)],
        "certificate": {
            "claim": claim,
            "lower": str(bounds["lower"]),
            "upper": str(bounds["upper"]),
            "lower_decimal": text_below(bounds["lower"]),
            "upper_decimal": text_above(bounds["upper"]),
            "gap_decimal": text_above(bounds["upper"] - bounds["lower"]),
            "loss": loss["name"],
            "threshold": None if loss["threshold"] is None else str(number_in(loss["threshold"], name)),
            "weights": None if given.get("weights") is None else exact_texts(vector_in(given["weights"], name)),
            "beta": str(beta),
            "width": given["width"],
            "regions": len(certificate["first"]["regions"]),
            "signed_masks": [neurons_in(part) for part in certificate["dual"]],
            "cover": [entries_in(part) for part in certificate["dual"]],
            "software": certificate["provenance"]["software"],
            "sha256": certificate["provenance"]["sha256"],
        },
    }


def neurons_in(dual: Mapping[str, Any]) -> int:
    """The number of neurons in the proof of one output, of any version of the format."""
    return len(dual["order"] if "order" in dual else dual["neurons"])


def entries_in(dual: Mapping[str, Any]) -> int:
    """The number of entries of its covers, of any version of the format."""
    return sum(len(cover["entries"]) for cover in dual["covers"]) if "covers" in dual else len(dual["cover"])


def _layers(certificate: Mapping[str, Any], table: Table, name: str) -> LayeredNetwork:
    """The network as three layers; where the last column is all ones, its weights are biases."""
    model = model_of(certificate["network"], f"{name}: network")
    if not certificate["network"]["subnetworks"]:
        model = TrainedModel((Network(()),) * len(table.targets))
    return replace(model, bias=table.bias).layered(len(table.columns))
