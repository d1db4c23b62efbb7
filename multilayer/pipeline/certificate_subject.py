"""What a certificate is about, and whether that is a given table: rows, offsets, targets and weights, all exact.

A loss is a sum over rows, so an optimum with weights is that of every table in which each different row, with its
targets, has the same weight in all: in any order, and repeated or not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from arrangements.errors import shown
from arrangements.exact.numbers import exact_number
from convex.problem.losses import Loss, read_loss
from multilayer.io.tables import Table
from multilayer.pipeline.learning.training import UNLIMITED, training_of
from multilayer.pipeline.limits import silent

Input = Mapping[str, Any]


def subject(content: Mapping[str, Any]) -> dict[str, Any]:
    """Describe the input of a certificate: what its claim is about.

    Args:
        content: a certificate that the checker accepts.

    Returns:
        Rows and columns; of an optimum outputs, loss, beta and width, and whether its rows have weights; of pairs
        their width; the hash of the input.
    """
    data = content["input"]
    found: dict[str, Any] = {"rows": len(data["rows"]), "columns": len(data["rows"][0])}
    if "targets" in data:
        found["outputs"] = len(data["targets"])
        found |= {"loss": loss_text(data["loss"]), "beta": str(data["beta"])}
    if data.get("weights") is not None:
        found["weighted"] = True
    if data.get("classes") is not None:
        found["classes"] = ", ".join(data["classes"])
    if "width" in data:
        found["width"] = UNLIMITED if data["width"] is None else data["width"]
    if data.get("offsets") is not None:
        found["affine"] = True
    return {**found, "sha256": content["provenance"]["sha256"]}


def difference(data: Input, table: Table, warn: Callable[[str], None] = silent) -> str | None:
    """Find the first difference between the input of a certificate and a table; None if it is about this table.

    With weights of rows the order of the rows does not matter, and a row of weight 2 may stand twice.

    Args:
        data: the input.
        table: with its targets, if the certificate is one of an optimum.
        warn: told how targets are read.

    Raises:
        InputError: a certificate of an optimum, and the table has no target.
    """
    found = _difference_in_order(data, table, warn)
    if found is None:
        return _other_names(data, table)
    if data.get("weights") is None or table.offsets is not None:
        return found
    problems = training_of(table, exact_number(data["beta"], "beta"), _loss(data["loss"])).problems
    own = [problem.y for problem in problems]
    same = _row_weights(data["rows"], data["targets"], data["weights"])
    same_rows = same == _row_weights(table.x, own, problems[0].weights or [1] * len(table.x))
    return _other_names(data, table) if same_rows else found


def _other_names(data: Input, table: Table) -> str | None:
    """Find the first column, target or class that has another name in a table with the same numbers."""
    found = name_difference(data.get("columns"), table.all_columns, "column", table.name)
    if found is not None or "targets" not in data:
        return found
    names = training_of(table, exact_number(data["beta"], "beta"), _loss(data["loss"])).names
    found = name_difference(data.get("outputs"), names.outputs, "target", table.name)
    return found or name_difference(data.get("classes"), names.classes, "class", table.name)


def name_difference(names: Sequence[str] | None, own: Sequence[str] | None, what: str, place: str) -> str | None:
    """Find the first name that differs; None if none does, or one side has no names.

    Args:
        names: of the certificate, or None.
        own: of the table, or None.
        what: column, target or class.
        place: what the table is called.

    Example:
        >>> name_difference(["a", "b"], ["a", "c"], "column", "t.csv")
        "column 2 is called 'b', and 'c' in t.csv"
    """
    for k, (known, mine) in enumerate(zip(names or (), own or (), strict=False), start=1):
        if known != mine:
            return f"{what} {k} is called {shown(known)}, and {shown(mine)} in {place}"
    return None


def _row_weights(
    rows: Sequence[Sequence[Any]], targets: Sequence[Sequence[Any]], weights: Sequence[Any]
) -> dict[tuple[Any, ...], Fraction]:
    """The weight of each different row with its targets."""
    found: dict[tuple[Any, ...], Fraction] = {}
    for row, own, w in zip(rows, zip(*targets, strict=True), weights, strict=True):
        key = (tuple(Fraction(a) for a in row), tuple(Fraction(a) for a in own))
        found[key] = found.get(key, Fraction(0)) + Fraction(w)
    return found


def _difference_in_order(data: Input, table: Table, warn: Callable[[str], None]) -> str | None:
    offsets = data.get("offsets")
    found = first_difference(data["rows"], table.x, table.name)
    if found is not None:
        return found
    if (offsets is None) != (table.offsets is None):
        has, lacks = ("has", "none") if offsets is not None else ("has none", "some (--affine)")
        return f"it {has} offsets, and {table.name} has {lacks}"
    if offsets is not None and table.offsets is not None:
        found = _vectors(offsets, table.offsets, "offset", table.name)
    if found is not None or "targets" not in data:
        return found
    problems = training_of(table, exact_number(data["beta"], "beta"), _loss(data["loss"]), warn).problems
    own, weights = [problem.y for problem in problems], problems[0].weights
    found = target_difference(data["targets"], own, table.name)
    return weight_difference(data.get("weights"), weights, table.name) if found is None else found


def first_difference(rows: Sequence[Sequence[Any]], own: Sequence[Sequence[Any]], name: str) -> str | None:
    """Find the first row that differs between those of a certificate and those of a table; None if none does.

    Args:
        rows: of the certificate.
        own: of the table.
        name: of the table.

    Example:
        >>> from fractions import Fraction
        >>> first_difference([[1, "1/2"]], [(1, Fraction(1, 3))], "t.csv")
        'row 1, column 2 is 1/2, and 1/3 in t.csv'
    """
    if len(rows) != len(own) or len(rows[0]) != len(own[0]):
        shape = f"{len(own)} x {len(own[0])}" if own else "no rows"
        ones = own and len(rows[0]) == len(own[0]) + 1 and all(exact_number(row[-1], "entry") == 1 for row in rows)
        advice = "; was it solved with --bias?" if ones else ""
        return f"its table is {len(rows)} x {len(rows[0])}, and {name} has {shape}{advice}"
    for i, (row, mine) in enumerate(zip(rows, own, strict=True), start=1):
        for j, (a, b) in enumerate(zip(row, mine, strict=True), start=1):
            if exact_number(a, "entry") != b:
                return f"row {i}, column {j} is {_plain(a)}, and {b} in {name}"
    return None


def target_difference(targets: Sequence[Sequence[Any]], own: Sequence[Sequence[Any]], name: str) -> str | None:
    """Find the first target that differs; None if none does.

    Args:
        targets: of the certificate, one list for each output.
        own: of the table.
        name: of the table.

    Example:
        >>> target_difference([[1, -1]], [[1, 1]], "t.csv")
        'the target of row 2 is -1, and 1 in t.csv'
    """
    if len(targets) != len(own):
        return f"it is about {len(targets)} outputs, and {name} has {len(own)}"
    for target, mine in zip(targets, own, strict=True):
        if (found := _vectors(target, mine, "target", name)) is not None:
            return found
    return None


def weight_difference(weights: Sequence[Any] | None, own: Sequence[Any] | None, name: str) -> str | None:
    """Find the first weight of a row that differs; None if none does. Without weights all of them are 1.

    Args:
        weights: of the certificate, or None.
        own: of the table, or None.
        name: of the table.

    Example:
        >>> weight_difference([2, 1], None, "t.csv")
        'the weight of row 1 is 2, and 1 in t.csv (--weights names a column)'
        >>> weight_difference(None, [1, 1], "t.csv") is None
        True
    """
    rows = len(weights or own or ())
    found = _vectors(weights or [1] * rows, own or [1] * rows, "weight", name)
    return f"{found} (--weights names a column)" if found is not None and own is None else found


def loss_text(value: Mapping[str, Any]) -> str:
    """Write the loss of a certificate as `--loss` reads it.

    Example:
        >>> loss_text({"name": "huber", "threshold": "1/2"}), loss_text({"name": "hinge", "threshold": None})
        ('huber:1/2', 'hinge')
    """
    return ":".join(str(part) for part in (value["name"], value["threshold"]) if part is not None)


def _plain(number: object) -> str:
    """A number of a certificate without quotation marks, shortened if it is long."""
    return shown(number).strip("'")


def _loss(value: Mapping[str, Any]) -> Loss:
    return read_loss(loss_text(value))


def _vectors(known: Iterable[Any], own: Iterable[Any], what: str, name: str) -> str | None:
    for i, (a, b) in enumerate(zip(known, own, strict=True), start=1):
        if exact_number(a, what) != b:
            return f"the {what} of row {i} is {_plain(a)}, and {b} in {name}"
    return None
