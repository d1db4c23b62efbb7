"""A table with targets as training problems, one for each output."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from arrangements.errors import InputError
from arrangements.exact.numbers import Vector
from convex.networks.network import Network
from convex.networks.trained_model import TrainedModel
from convex.problem.class_coding import Coding, coded
from convex.problem.losses import Loss
from convex.problem.scaling import check_printable
from convex.problem.training_problem import Problem, read_weights
from convex.proofs.optimum_certificate import Names
from multilayer.io.tables import Table, column_names

UNLIMITED = "unlimited"


@dataclass(frozen=True)
class Training:
    """The training problems of a table.

    Attributes:
        source: the name of the table.
        problems: one for each output, on the same rows, with the same weights of rows, beta and loss.
        targets: the names of the target columns.
        coding: how classes were coded, or None for targets that are numbers.
        columns: the names of the data columns.
        bias: whether a column of ones was appended to them.
        decimals: to how many decimals the table was rounded, or None.
        weights: the name of the column of the weights of the rows, or None.
    """

    source: str
    problems: tuple[Problem, ...]
    targets: tuple[str, ...]
    coding: Coding | None
    columns: tuple[str, ...]
    bias: bool
    decimals: int | None
    weights: str | None = None

    def named(self) -> dict[str, Any]:
        """Report the targets and their coding, and the column of the weights of the rows if there is one."""
        target: Any = self.targets[0] if len(self.targets) == 1 else list(self.targets)
        coding = {} if self.coding is None else {"coding": self.coding.description}
        return {"target": target, **coding, **({} if self.weights is None else {"weights": self.weights})}

    @property
    def names(self) -> Names:
        """What the columns, the outputs and their classes are called."""
        columns = column_names(self.columns, self.bias, len(self.problems[0].x[0]))
        outputs = self.targets if len(self.targets) == len(self.problems) else self.targets * len(self.problems)
        return Names(
            columns,
            (outputs or None) if columns else None,
            self.coding.classes if self.coding else None,
        )

    def trained(self, networks: Sequence[Network], **found: Any) -> TrainedModel:
        """Describe networks that were trained on this table.

        Args:
            networks: one for each output.
            found: width, upper, lower and certificate, where they are known.
        """
        problem = self.problems[0]
        return TrainedModel(
            tuple(networks),
            columns=self.columns or None,
            bias=self.bias,
            decimals=self.decimals,
            targets=self.targets,
            classes=self.coding.classes if self.coding else (),
            weights=self.weights,
            loss=problem.loss,
            beta=problem.beta,
            **found,
        )


def training_of(table: Table, beta: object, loss: Loss, warn: Callable[[str], None] = lambda text: None) -> Training:
    """Make the training problem of each output of a table with targets.

    Text targets are classes, and so are all targets of a loss for classes unless they are -1 and 1 already.

    Args:
        table: the data.
        beta: weight of the penalty.
        loss: of every output.
        warn: told where numbers are taken for classes.

    Raises:
        InputError: no target column, offsets, or values that make no problem.
    """
    if not table.targets or table.offsets is not None:
        raise InputError(f"{table.name}: solve needs a table with a target column and without offsets")
    columns: list[tuple[Fraction, ...]] = []
    coding = None
    for name, values in table.targets:
        numbers = tuple(value for value in values if isinstance(value, Fraction))
        margin = loss.name in ("hinge", "logistic") and not set(numbers) <= {-1, 1}
        if numbers and not margin:
            columns.append(numbers)
        elif len(table.targets) > 1:
            raise InputError(f"target {name!r} holds classes; several targets must all be numbers")
        else:
            try:
                coding = coded(values)
            except InputError as error:
                raise InputError(f"{table.name}: {error}") from error
            if numbers:
                k = len(coding.classes)
                warn(f"the {loss.name} loss is for classes: the {k} different numbers of {name!r} are {k} classes")
            columns.extend(coding.columns)
    first = Problem.read(table.x, columns[0], beta, loss, weights=weights_of(table))
    for column in columns:
        check_printable(column, loss, first.weights)
    problems = (first, *(first.with_targets(column) for column in columns[1:]))
    targets = tuple(target.name for target in table.targets)
    named = None if table.weights is None else table.weights.name
    return Training(table.name, problems, targets, coding, table.columns, table.bias, table.decimals, named)


def weights_of(table: Table) -> Vector | None:
    """Read the weights of the rows of a table; None if it has none, or if all are 1.

    Args:
        table: the data.

    Raises:
        InputError: one is not above 0; with the table, its column and the row.
    """
    if table.weights is None:
        return None
    try:
        return read_weights(table.weights.values, len(table.x))
    except InputError as error:
        raise InputError(f"{table.name}, column {table.weights.name!r}: {error}") from error


def check_target_names(table: Table) -> None:
    """Refuse a target that has the name of another column: a network finds its columns by their names.

    Args:
        table: of which a network will be written.

    Raises:
        InputError: with the name and what to do.
    """
    names = [target.name for target in table.targets]
    for name in names:
        if name in table.columns or names.count(name) > 1:
            raise InputError(
                f"{table.name}: the target {name!a} shares its name with another column, so predict could not tell "
                "them apart; rename one, or leave one out by --drop and its number"
            )


def fraction_text(value: Fraction) -> str:
    """Write a fraction as p/q, integers too.

    Example:
        >>> fraction_text(Fraction(2))
        '2/1'
    """
    return f"{value.numerator}/{value.denominator}"
