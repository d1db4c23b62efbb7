"""What a certificate proves, as plain values for a page: its subject, both bounds, counts, the network and its fit.

Nothing is taken from a file that the independent checker does not accept.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from arrangements.arrangement import Arrangement
from arrangements.errors import InputError
from arrangements.exact.strict_json import matrix_in, number_in, vector_in
from convex.networks.network import Network
from convex.networks.network_file import model_of
from convex.networks.trained_model import TrainedModel
from multilayer import checker
from multilayer.explorer.certificate_content import certificate_table, entries_in
from multilayer.explorer.names_beside import names_beside
from multilayer.io.file_kinds import CURVES
from multilayer.io.tables import Table
from multilayer.pipeline.bounds import Report, affine_bounds, first_layer_bounds, second_layer_bounds
from multilayer.pipeline.certificate_subject import subject
from multilayer.pipeline.explorer import page_name


@dataclass(frozen=True)
class Fit:
    """The network on the rows that it was trained on.

    Attributes:
        targets: for each output, the target of each row.
        outputs: for each output, what the network answers, exactly.
        weights: of the rows in the loss; empty where all are 1.
        classes: what the outputs decide at each row; empty without classes.
    """

    targets: tuple[tuple[Fraction, ...], ...]
    outputs: tuple[tuple[Fraction, ...], ...]
    weights: tuple[Fraction, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Optimum:
    """A certified optimum.

    Attributes:
        lower: the proven lower bound.
        upper: what the network costs.
        model: the network with the names of its columns and targets.
        fit: the network on its rows.
        vectors: how many vectors prove the lower bound, for each output.
    """

    lower: Fraction
    upper: Fraction
    model: TrainedModel
    fit: Fit
    vectors: tuple[int, ...]

    @property
    def relative_gap(self) -> Fraction:
        """The distance of the bounds over the upper one; 0 where both are 0."""
        return (self.upper - self.lower) / abs(self.upper) if self.upper else Fraction(self.lower != 0)


@dataclass(frozen=True)
class CertificateReport:
    """All that a page shows.

    Attributes:
        name: of the file.
        content: the certificate.
        kind: regions, second-layer or optimum.
        claim: in the words of the checker.
        subject: rows, columns and the rest of what the claim is about.
        table: rows, targets and names.
        counts: regions, and tuples, pairs and masks where they were counted.
        bounds: on these counts.
        file_hash: SHA-256 of the file.
        software: what wrote the file, in its own words.
        optimum: of a certificate of an optimum.
    """

    name: str
    content: Mapping[str, Any]
    kind: str
    claim: str
    subject: Mapping[str, Any]
    table: Table
    counts: Mapping[str, int]
    bounds: Report
    file_hash: str
    software: str
    optimum: Optimum | None


def certificate_report(path: Path) -> CertificateReport:
    """Read a certificate after the checker has accepted it.

    Args:
        path: of a certificate of regions, of a second layer, or of an optimum.

    Raises:
        Rejected: of the checker, with the reason and its place.
        InputError: the file cannot be read, or is no certificate of these kinds.
    """
    if path.is_dir() or path.name == CURVES:
        raise InputError(f"{path}: it is no certificate; give one of the certificates in the folder of a path")
    try:
        kind, claim = checker.check(str(path))
        content: Mapping[str, Any] = checker.load(str(path))
        file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    model = names_beside(path, content) if kind == "optimum" else None
    table = _table(content, page_name(path), model)
    counts = {"regions": len(content["first"]["regions"])}
    counts |= {name: content["claim"][name] for name in ("tuples", "pairs", "masks") if name in content["claim"]}
    return CertificateReport(
        path.name,
        content,
        kind,
        claim,
        subject(content),
        table,
        counts,
        _bounds(table.arrangement, content["input"].get("width") if kind != "regions" else None),
        file_hash,
        str(content["provenance"]["software"]),
        _optimum(content, table, model, path.name) if kind == "optimum" else None,
    )


def _table(content: Mapping[str, Any], name: str, model: TrainedModel | None) -> Table:
    if "targets" in content["input"]:
        return certificate_table(content, name, model)
    rows = matrix_in(content["input"]["rows"], f"{name}: input.rows")
    offsets = content["input"].get("offsets")
    columns = tuple(f"column {k + 1}" for k in range(len(rows[0])))
    return Table(name, rows, None if offsets is None else vector_in(offsets, f"{name}: input.offsets"), columns=columns)


def _bounds(arrangement: Arrangement, width: int | None) -> Report:
    rows, rank = len(arrangement), arrangement.rank
    if not rank:
        return {}
    first = affine_bounds(rows, rank) if arrangement.is_affine else first_layer_bounds(rows, rank)
    return first if width is None else {**first, **second_layer_bounds(rows, rank, width)}


def _optimum(content: Mapping[str, Any], table: Table, known: TrainedModel | None, name: str) -> Optimum:
    lower, upper = (number_in(content["claim"][side], f"{name}: claim.{side}") for side in ("lower", "upper"))
    model = known or model_of(content["network"], f"{name}: network")
    if not content["network"]["subnetworks"]:
        model = replace(model, networks=(Network(()),) * len(table.targets))
    answers = tuple(tuple(network.predict(table.x)) for network in model.networks)
    decided = tuple(model.decide(row) for row in zip(*answers, strict=True)) if model.classes else ()
    targets = tuple(vector_in(each, f"{name}: input.targets") for each in content["input"]["targets"])
    weights = vector_in(content["input"].get("weights") or [], f"{name}: input.weights")
    vectors = tuple(entries_in(part) for part in content["dual"])
    return Optimum(lower, upper, model, Fit(targets, answers, weights, decided), vectors)
