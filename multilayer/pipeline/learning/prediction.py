"""The command predict: exact outputs of a network on a table, classes, and the loss where the table has targets."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.numbers import Matrix, Vector
from arrangements.writing import replacing
from convex.networks.trained_model import Description
from convex.problem.total_loss import TotalLoss
from multilayer.io.networks import NetworkRead
from multilayer.io.reading.columns import column_number
from multilayer.io.reading.raw_table import RawTable
from multilayer.io.tables import Table, read_source
from multilayer.io.writing import check_writable
from multilayer.pipeline.learning.column_matching import column_order, targets_among, weights_among
from multilayer.pipeline.learning.training import fraction_text, weights_of

Report = dict[str, Any]


@dataclass(frozen=True)
class Prediction:
    """What a network says of every row of a table.

    Attributes:
        names: of the outputs; the outputs of classes are scores.
        outputs: exact, one row for each row of the table.
        target: what the classes are called, or None without classes.
        classes: the class of each row, or nothing.
        loss_name: of the loss that the network was trained for, or None.
        loss: its sum over rows, each times its weight, and outputs, where the table holds the targets; or None.
        accuracy: the share of rows with the right class, or None.
        notes: what the user should know about how the table was read.
        weights: the column by which the losses of the rows are multiplied, or None.
    """

    names: tuple[str, ...]
    outputs: Matrix
    target: str | None = None
    classes: tuple[str, ...] = ()
    loss_name: str | None = None
    loss: Fraction | None = None
    accuracy: Fraction | None = None
    notes: tuple[str, ...] = ()
    weights: str | None = None

    def lines(self, exact: bool) -> Iterator[list[str]]:
        """Write a header, and the outputs and the class of each row.

        Args:
            exact: as fractions p/q, or else as the nearest floats.
        """
        target = [] if self.target is None else [self.target]
        yield [*self.names, *target]
        for i, row in enumerate(self.outputs):
            yield [*map(str, numbers(row, exact, i)), *self.classes[i : i + 1]]


def predict_table(
    network: NetworkRead,
    source: str,
    targets: Sequence[str] = (),
    *,
    drop: Sequence[str] = (),
    header: bool | None = None,
    weights: str | None = None,
) -> Prediction:
    """Predict every row of a table, and compare with its targets where it has them.

    Args:
        network: the layers and their description.
        source: a table or a family.
        targets: columns that are targets, where the network does not name them.
        drop: columns to leave out.
        header: whether line 1 of a text is a header; None for the rule of `multilayer.io.reading.header_rule`.
        weights: the column of the weights of the rows, which count in the loss; without it the one that the network
            names, where the table has it beside all of the network's columns.

    Raises:
        InputError: columns that do not fit, targets that the network cannot have, or weights that are not above 0.
    """
    layers, about = network

    def weighing(raw: RawTable, left: Sequence[int]) -> str | None:
        names = [raw.names[j] for j in left]
        return weights_among(names, about) if weights is None else weights

    def choose(raw: RawTable, left: Sequence[int]) -> Sequence[str | int]:
        if targets:
            return targets
        names = [raw.names[j] for j in left]
        found = [left[names.index(name)] for name in targets_among(names, about)]
        weigh = weighing(raw, left)
        dropped = set(range(len(raw.names))) - set(left)
        out = [*found, *raw.row_labels, *([] if weigh is None else [column_number(raw.names, weigh, dropped)])]
        data = [raw.names[j] for j in left if j not in out]
        column_order(data, about, layers.inputs, source)  # before any cell is read
        return found

    table = read_source(source, choose, drop=drop, header=header, decimals=about.decimals, weights=weighing)
    own, named = weights_of(table), None if table.weights is None else table.weights.name
    if table.offsets is not None:
        raise InputError(f"{source} has offsets; a network takes rows without them")
    for column in table.targets:
        if column.name in (about.columns or ()) and column.name not in targets:
            raise InputError(f"{source}: column {column.name!r} holds text, where the network takes numbers")
    order = column_order(table.columns, about, layers.inputs, source)
    outputs = layers.predict([tuple(Fraction(row[j]) for j in order) for row in table.x])
    missing = about.weights is not None and named is None and bool(table.targets)
    lost = (f"{source}: without the column {about.weights!r} of training, every row counts once in the loss",) * missing
    notes = (*table.notes, *lost)
    loss_name = about.loss.name if about.loss else None
    if not about.classes:
        names = about.targets or tuple(f"output {k}" for k in range(1, layers.outputs + 1))
        loss = _loss(about, outputs, _target_numbers(table, layers.outputs), own) if table.targets else None
        return Prediction(names, outputs, loss_name=loss_name, loss=loss, notes=notes, weights=named)
    two = len(about.classes) == 2
    names = ("score",) if two else tuple(f"score {label}" for label in about.classes)
    target, classes = (*about.targets, "class")[0], tuple(map(about.decide, outputs))
    if not table.targets:
        return Prediction(names, outputs, target, classes, loss_name, notes=notes, weights=named)
    labels = _target_labels(table, about)
    codes = [[Fraction(1 if label == c else -1) for c in about.classes[two:]] for label in labels]
    right = sum(found == label for found, label in zip(classes, labels, strict=True))
    loss, accuracy = _loss(about, outputs, codes, own), Fraction(right, len(labels))
    return Prediction(names, outputs, target, classes, loss_name, loss, accuracy, notes, named)


def prediction_report(found: Prediction, exact: bool, output: Path | None) -> Report:
    """Report a prediction with the keys of the command line; without the outputs if they were written to a file.

    Args:
        found: the prediction.
        exact: outputs as fractions p/q, or else as the nearest floats.
        output: the file they were written to, if any.
    """
    within = output is None
    return {
        "rows": len(found.outputs),
        "outputs": list(found.names),
        "exact": exact,
        "predictions": [numbers(row, exact, i) for i, row in enumerate(found.outputs)] if within else None,
        "target": found.target,
        "classes": list(found.classes) if within and found.target is not None else None,
        "loss": found.loss_name,
        "weights": found.weights,
        "loss_value": None if found.loss is None else _float_or_none(found.loss),
        "loss_exact": None if found.loss is None else fraction_text(found.loss),
        "accuracy": None if found.accuracy is None else float(found.accuracy),
        "output": None if output is None else str(output),
    }


def check_prediction_output(path: Path) -> None:
    """Check that outputs can be written to a file, before the work is done.

    Raises:
        InputError: another ending than .csv, or a place that cannot be written.
    """
    if path.suffix.lower() != ".csv":
        raise InputError(f"{path}: outputs are written to a .csv file")
    check_writable(path)


def write_prediction(path: Path, found: Prediction, exact: bool) -> None:
    """Write outputs and classes as a .csv file, a line a row.

    Args:
        path: the file.
        found: the prediction.
        exact: outputs as fractions p/q, or else as the nearest floats.

    Raises:
        InputError: the place cannot be written, or an output is too large for a float.
    """
    with replacing(path) as file:
        csv.writer(file, lineterminator="\n").writerows(found.lines(exact))


def numbers(row: Sequence[Fraction], exact: bool, i: int) -> list[str] | list[float]:
    """Write the outputs of row i, counted from 0, as p/q or as the nearest floats.

    Raises:
        InputError: one is too large for a float.

    Example:
        >>> numbers([Fraction(1, 4), Fraction(2)], True, 0), numbers([Fraction(1, 4)], False, 0)
        (['1/4', '2/1'], [0.25])
    """
    if exact:
        return [fraction_text(value) for value in row]
    return [_float(value, f"row {i + 1}: an output") for value in row]


def _float_or_none(value: Fraction) -> float | None:
    try:
        return float(value)
    except OverflowError:
        return None


def _float(value: Fraction, what: str) -> float:
    found = _float_or_none(value)
    if found is None:
        raise InputError(f"{what} is too large for a float; ask for --exact")
    return found


def _loss(
    about: Description, outputs: Matrix, wanted: Sequence[Sequence[Fraction]], weights: Vector | None
) -> Fraction | None:
    """The loss summed over rows and outputs, exact or rounded upwards; None where the network has none."""
    if about.loss is None:
        return None
    total = Fraction(0)
    for f, y in zip(zip(*outputs, strict=True), zip(*wanted, strict=True), strict=True):
        about.loss.check(y)
        total += TotalLoss(about.loss, y, weights).value(f)
    return total


def _target_numbers(table: Table, outputs: int) -> list[tuple[Fraction, ...]]:
    """The targets row by row."""
    if len(table.targets) != outputs:
        raise InputError(f"{table.name}: {len(table.targets)} targets where the network has {outputs} outputs")
    for name, values in table.targets:
        if any(isinstance(value, str) for value in values):
            raise InputError(f"{table.name}: the target {name!a} holds text where the network gives numbers")
    columns = [[value for value in target.values if isinstance(value, Fraction)] for target in table.targets]
    return list(zip(*columns, strict=True))


def _target_labels(table: Table, about: Description) -> list[str]:
    """The class of each row, as the network writes it."""
    if len(table.targets) != 1:
        raise InputError(f"{table.name}: {len(table.targets)} targets where the network has one, of classes")
    name, values = table.targets[0]
    labels = [str(value) for value in values]
    for i, label in enumerate(labels, start=1):
        if label not in about.classes:
            known = ", ".join(map(ascii, about.classes))
            raise InputError(f"{table.name}: row {i}: {name!a} is {label!a}, none of the network's classes: {known}")
    return labels
