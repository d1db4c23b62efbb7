"""Table 1 of Ergen and Pilanci (2021) as printed, and what its numbers could stand for.

All have (m1, K, beta, batch) = (7, 10, 0.1, n/8 rounded down). Numbers are kept as the decimals that are printed.
"""

from fractions import Fraction
from typing import NamedTuple

from convex.problem.training_problem import Problem

WIDTH, SUBNETWORKS, BETA = 7, 10, "0.1"


class Printed(NamedTuple):
    """One row of Table 1.

    Attributes:
        rows: n.
        columns: d.
        sgd: training objective of stochastic gradients.
        convex: training objective of the convex program.
        sgd_error: test error of stochastic gradients.
        convex_error: test error of the convex program.
    """

    rows: int
    columns: int
    sgd: str
    convex: str
    sgd_error: str
    convex_error: str


TABLE = {
    "acute-inflammation": Printed(120, 6, "0.0029", "0.0013", "0.0224", "0.0217"),
    "acute-nephritis": Printed(120, 6, "0.0039", "0.0021", "0.0198", "0.0192"),
    "balloons": Printed(16, 4, "0.7901", "0.6695", "0.2693", "0.1496"),
    "breast-tissue": Printed(106, 9, "0.5219", "0.3979", "1.4082", "1.0377"),
    "fertility": Printed(100, 9, "0.125", "0.1224", "0.3551", "0.5050"),
    "pittsburg-bridges-SPAN": Printed(92, 7, "0.1723", "0.1668", "1.4373", "1.3112"),
}


def rounding(text: str) -> tuple[Fraction, Fraction]:
    """Give the least and the largest number that a printed decimal can stand for.

    Example:
        >>> rounding("0.0013") == (Fraction("0.00125"), Fraction("0.00135"))
        True
    """
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    return Fraction(text) - half, Fraction(text) + half


class Convention(NamedTuple):
    """What could be called the objective, as a multiple of (4) with another beta.

    With L for the sum of all (f_i - y_i)^2 and S for the penalty, (4) is 1/2 L + beta S.

    Attributes:
        name: in these letters.
        factor: on (4).
        weight: on beta.
        by_rows: whether the factor is divided by n.
        weight_by_rows: whether beta is multiplied by n.
    """

    name: str
    factor: Fraction
    weight: Fraction
    by_rows: bool
    weight_by_rows: bool

    def scaled(self, problem: Problem) -> tuple[Problem, Fraction]:
        """Give the problem (4) that has the same optima, and the factor on its objective.

        Args:
            problem: with the beta of the convention.

        Example:
            >>> problem, factor = CONVENTIONS[3].scaled(Problem.read([[1], [-1]], [1, 1], "0.5"))
            >>> problem.beta, factor  # 1/n L + beta S = 2/n (1/2 L + (n beta / 2) S)
            (Fraction(1, 2), Fraction(1, 1))
        """
        n = len(problem.x)
        weight = self.weight * n if self.weight_by_rows else self.weight
        return problem.with_beta(problem.beta * weight), self.factor / n if self.by_rows else self.factor


_ONE, _TWO, _HALF = Fraction(1), Fraction(2), Fraction(1, 2)
CONVENTIONS = (
    Convention("1/2 L + beta S", _ONE, _ONE, False, False),
    Convention("L + beta S", _TWO, _HALF, False, False),
    Convention("L/(2n) + beta S", _ONE, _ONE, True, True),
    Convention("L/n + beta S", _TWO, _HALF, True, True),
    Convention("(1/2 L + beta S)/n", _ONE, _ONE, True, False),
)
