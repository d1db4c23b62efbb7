"""The training problems of the benchmarks: Gaussian tables with Gaussian targets or those of a random teacher.

n, d, width  rows, columns, and neurons in the first layer of a sub-network
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convex import Problem

Floats = NDArray[np.float64]

SIZES = ((5, 2, 2), (5, 2, 3), (8, 2, 2), (8, 2, 3), (10, 2, 2), (12, 2, 3), (20, 2, 2), (8, 3, 2), (10, 3, 2))
RANDOM = "random"
TEACHER = "teacher"
LABELS = (RANDOM, TEACHER)
BETAS = ("0.002", "0.05")


@dataclass(frozen=True)
class Instance:
    """One training problem, told by its size, the kind of its targets, beta and a seed.

    Attributes:
        n: rows.
        d: columns.
        width: neurons in the first layer of a sub-network.
        labels: "random" for Gaussian targets; "teacher" for those of a random network, with standard deviation 1.
        beta: weight of the penalty, as text: a decimal is meant exactly.
        seed: of numpy's default_rng, which draws the table first and then the targets.

    Example:
        >>> instance = Instance(5, 2, 2, "teacher", "0.05", 0)
        >>> instance.name, len(instance.problem().x), instance.problem().beta
        ('5x2-width2-teacher-beta0.05-seed0', 5, Fraction(1, 20))
    """

    n: int
    d: int
    width: int
    labels: str
    beta: str
    seed: int = 0

    def __post_init__(self) -> None:
        if self.labels not in LABELS:
            raise ValueError(f"labels are {self.labels!r}; choose from {', '.join(LABELS)}")

    @property
    def name(self) -> str:
        """A name that no other instance has, fit for a file."""
        return f"{self.n}x{self.d}-width{self.width}-{self.labels}-beta{self.beta}-seed{self.seed}"

    def data(self) -> tuple[Floats, Floats]:
        """The table and the targets."""
        generator = np.random.default_rng(self.seed)
        x = generator.standard_normal((self.n, self.d))
        if self.labels == RANDOM:
            return x, generator.standard_normal(self.n)
        return x, teacher_targets(x, self.width, generator)

    def problem(self) -> Problem:
        """The problem, with the floats read as the numbers that they are."""
        return Problem.read(*self.data(), self.beta)


def teacher_targets(x: Floats, width: int, generator: np.random.Generator) -> Floats:
    """Outputs of a random three-layer ReLU network on the rows, scaled to standard deviation 1.

    One or two sub-networks (a fair coin) with Gaussian weights in all layers; drawn again where the outputs do
    not differ, as when all are zero.

    Example:
        >>> x = np.array([[1.0, 2.0], [2.0, -1.0], [-1.0, 3.0]])
        >>> float(round(teacher_targets(x, 2, np.random.default_rng(0)).std(), 12))
        1.0
    """
    while True:
        count = int(generator.integers(1, 3))
        first = generator.standard_normal((count, width, x.shape[1]))
        second = generator.standard_normal((count, width))
        output = generator.standard_normal(count)
        hidden = np.maximum(np.einsum("nd,kjd->nkj", x, first), 0)
        targets = np.maximum(np.einsum("nkj,kj->nk", hidden, second), 0) @ output
        if np.ptp(targets) > 0:
            return targets / targets.std()
