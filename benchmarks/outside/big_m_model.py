"""The non-convex training problem as a mixed-integer program whose only other non-linear parts are squares.

K    sub-networks;  S_k = sum_j ||w_kj||, what sub-network k pays;  M = ||y||^2 / (4 beta), a bound on sum_k S_k

**The model.** With k <= K, j <= width, o_k and I_kj in {-1, 1}:

    min 1/2 ||f - y||^2 + beta sum_k S_k,   f_i = sum_k o_k (u_ki)_+,   u_ki = sum_j I_kj (x_i.w_kj)_+.

Its optimum is that of (4) of Ergen and Pilanci (2021) with K sub-networks. From (4) to here take the signs of w_3k and
w_2kj, and w_kj = |w_3k w_2kj| w_1kj: f stays, and by Cauchy-Schwarz S_k = |w_3k| sum_j |w_2kj| ||w_1kj|| <=
|w_3k| ||w_2k|| ||W_1k||_F <= (w_3k^2 + ||w_2k||^2) / 2. Back, w_1kj = w_kj / sqrt(||w_kj|| S_k), w_3k = o_k sqrt(S_k),
w_2kj = I_kj sqrt(||w_kj||) attain that (their Proposition 1). With K = n it is also the optimum of the convex program:
`convex.blocks.caratheodory` says why n are enough.

With signs and activities chosen it is convex, so all that is not convex is in binaries. SCIP does far worse on
products of weights and outputs, even with the weights in the unit ball. What is added cuts off no optimal value:

- Bounds. `training_problem` says why the sum of all S_k is at most M, which gives |x_i.w_kj| <= M ||x_i||, the "big M";
  and the loss is at most that of f = 0, so that no residual exceeds ||y||.
- Homogeneous cuts. Both parts of x_i.w_kj together are at most ||x_i|| ||w_kj||, without which the relaxation hardly
  pays for its outputs; (u)_+ is at most the hidden values with I = 1, (-u)_+ those with I = -1.
- Order. Sub-networks with o_k = 1 first, S_k falling within a sign; neurons with I = 1 first, norms falling within a
  sign; the first has I = 1, for without one the output is 0. Solvers look for further symmetries on their own.
"""

from collections.abc import Sequence
from math import hypot, sqrt
from typing import Any, NamedTuple, Protocol

from outside.training_problem import Training


class Solver(Protocol):
    """What a model is written into; expressions are the solver's own."""

    def variable(self, lower: float, upper: float) -> Any:
        """A continuous variable between two bounds."""

    def binary(self, priority: int = 0) -> Any:
        """A binary; those of higher priority are better branched on first."""

    def require(self, constraint: Any) -> None:
        """Add a constraint."""

    def minimize(self, expression: Any) -> None:
        """Set the objective, which is linear."""


class Formulation(NamedTuple):
    """The variables that make the network; a binary of 1 stands for the sign +, 0 for -.

    Attributes:
        outputs: of o_k.
        signs: of I_kj; the first of each k is the number 1.
        weights: w_kj.
    """

    outputs: list[Any]
    signs: list[list[Any]]
    weights: list[list[list[Any]]]


def formulate(solver: Solver, training: Training) -> Formulation:
    """Write the model that is described at the top."""
    write = _Writer(solver, training.most)
    most = training.most
    lengths = [hypot(*row) for row in training.x]
    outputs = [solver.binary(1) for _ in range(training.subnetworks)]
    penalties = [solver.variable(0, most) for _ in outputs]
    terms: list[list[Any]] = [[] for _ in training.x]  # of f_i
    all_signs, all_weights = [], []
    for output, penalty in zip(outputs, penalties, strict=True):
        signs: list[Any] = [1, *(solver.binary(1) for _ in range(training.width - 1))]
        weights = [[solver.variable(-most, most) for _ in training.x[0]] for _ in signs]
        norms = [write.norm(w) for w in weights]
        solver.require(sum(norms) == penalty)
        write.in_order(signs, norms)
        for row, length, fit in zip(training.x, lengths, terms, strict=True):
            hidden = []
            for sign, w, norm in zip(signs, weights, norms, strict=True):
                p, q = write.parts(sum(a * b for a, b in zip(row, w, strict=True)), solver.binary(), most * length)
                solver.require(p + q <= length * norm)
                hidden.append((p, 0) if sign is signs[0] else write.signed(p, sign, most * length))
            plus, minus = (sum(column) for column in zip(*hidden, strict=True))
            p, q = write.parts(plus - minus, solver.binary(), most * length)
            solver.require(p <= plus)
            solver.require(q <= minus)
            one, other = write.signed(p, output, most * length)
            fit.append(one - other)
        all_signs.append(signs)
        all_weights.append(weights)
    write.in_order(outputs, penalties)
    solver.require(sum(penalties) <= most)
    loss = solver.variable(0, training.square / 2)
    largest = sqrt(training.square)
    residuals = [solver.variable(-largest, largest) for _ in training.x]
    for residual, fit, target in zip(residuals, terms, training.y, strict=True):
        solver.require(sum(fit) - target == residual)
    solver.require(sum(residual * residual for residual in residuals) <= 2 * loss)
    solver.minimize(loss + training.beta * sum(penalties))
    return Formulation(outputs, all_signs, all_weights)


class _Writer:
    """What is written into a model again and again; no norm exceeds `most`."""

    def __init__(self, solver: Solver, most: float) -> None:
        self.solver = solver
        self.most = most

    def norm(self, w: Sequence[Any]) -> Any:
        """A variable that is at least ||w||."""
        norm = self.solver.variable(0, self.most)
        self.solver.require(sum(value * value for value in w) <= norm * norm)
        return norm

    def parts(self, value: Any, switch: Any, bound: float) -> tuple[Any, Any]:
        """The positive and the negative part of a value in [-bound, bound]."""
        p, q = self._one_of(switch, bound)
        self.solver.require(p - q == value)
        return p, q

    def signed(self, value: Any, sign: Any, bound: float) -> tuple[Any, Any]:
        """The value where the sign is +, and where it is -, else 0; for a value in [0, bound]."""
        one, other = self._one_of(sign, bound)
        self.solver.require(one + other == value)
        return one, other

    def _one_of(self, switch: Any, bound: float) -> tuple[Any, Any]:
        one, other = self.solver.variable(0, bound), self.solver.variable(0, bound)
        self.solver.require(one <= bound * switch)
        self.solver.require(other <= bound * (1 - switch))
        return one, other

    def in_order(self, signs: Sequence[Any], sizes: Sequence[Any]) -> None:
        """The sign + first; sizes fall within a sign."""
        for k in range(len(sizes) - 1):
            self.solver.require(sizes[k] >= sizes[k + 1] - self.most * (signs[k] - signs[k + 1]))
            if not isinstance(signs[k], int):
                self.solver.require(signs[k] >= signs[k + 1])
