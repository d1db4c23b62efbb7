"""The non-convex training problem, given to the global solver SCIP. `python benchmarks/scip.py --n 4 --d 2 --width 1`.

SCIP is an outside tool (pip install pyscipopt); whoever calls this asks `scip_is_found` first.

K    sub-networks;  S_k = sum_j ||w_kj||, what sub-network k pays;  M = ||y||^2 / (4 beta), a bound on sum_k S_k

**The model.** With k <= K, j <= width, o_k and I_kj in {-1, 1}:

    min 1/2 ||f - y||^2 + beta sum_k S_k,   f_i = sum_k o_k (u_ki)_+,   u_ki = sum_j I_kj (x_i.w_kj)_+.

Its optimum is that of (4) of Ergen and Pilanci (2021) with K sub-networks. From (4) to here take the signs of w_3k and
w_2kj, and w_kj = |w_3k w_2kj| w_1kj: f stays, and by Cauchy-Schwarz S_k = |w_3k| sum_j |w_2kj| ||w_1kj|| <=
|w_3k| ||w_2k|| ||W_1k||_F <= (w_3k^2 + ||w_2k||^2) / 2. Back, w_1kj = w_kj / sqrt(||w_kj|| S_k), w_3k = o_k sqrt(S_k),
w_2kj = I_kj sqrt(||w_kj||) attain that (their Proposition 1). With K = n + 1, the default, it is also the optimum of
the convex program; `convex.blocks.caratheodory` says why n are enough.

With signs and activities chosen it is convex, so all that is not convex is in binaries. SCIP does far worse on
products of weights and outputs, even with the weights in the unit ball. What is added cuts off no optimal value:

- Bounds. At an optimum t = 1 minimises 1/2 ||t f - y||^2 + t beta sum S_k, so beta sum S_k = f.(y - f) <= ||y||^2 / 4,
  which gives |x_i.w_kj| <= M ||x_i||, the "big M"; and the loss is at most that of f = 0.
- Homogeneous cuts. Both parts of x_i.w_kj together are at most ||x_i|| ||w_kj||, without which the relaxation hardly
  pays for its outputs; (u)_+ is at most the hidden values with I = 1, (-u)_+ those with I = -1.
- Order. Sub-networks with o_k = 1 first, S_k falling within a sign; neurons with I = 1 first, norms falling within a
  sign; the first has I = 1, for without one the output is 0. SCIP looks for further symmetries on its own.
"""

import argparse
from collections.abc import Sequence
from importlib.util import find_spec
from math import inf
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from harness import print_table
from instances import BETAS, LABELS, Instance

from arrangements.errors import InputError
from convex import Problem, solve
from convex.problem.losses import SQUARED

_MISSING = "SCIP is not installed; `pip install pyscipopt` brings it"


class ScipResult(NamedTuple):
    """What SCIP says at the end or at the limit; it holds up to SCIP's tolerance, 1e-6 on every constraint.

    Attributes:
        upper: primal bound.
        lower: dual bound.
        gap: their difference over the smaller, as SCIP defines it; inf where it knows too little.
        seconds: wall-clock time, writing the model included.
        status: "optimal", "timelimit" or another of SCIP's words.
        value: objective of the network with SCIP's weights, evaluated anew: an upper bound without a tolerance. At the
            limit it can be far below `upper`, where SCIP's variables for norms need not be tight.
    """

    upper: float
    lower: float
    gap: float
    seconds: float
    status: str
    value: float


class Formulation(NamedTuple):
    """The model, and the variables that make the network; 1 stands for the sign +, 0 for -."""

    model: Any
    outputs: list[Any]  # o_k
    signs: list[list[Any]]  # I_kj
    weights: list[list[list[Any]]]  # w_kj


def scip_is_found() -> bool:
    """Whether SCIP can be run."""
    return find_spec("pyscipopt") is not None


def solve_by_scip(problem: Problem, width: int, seconds: float, subnetworks: int | None = None) -> ScipResult:
    """Give the non-convex problem to SCIP, on one thread.

    Args:
        problem: data, targets and beta; squared loss.
        width: neurons in the first layer of one sub-network.
        seconds: time limit.
        subnetworks: how many; n + 1 unless told. With fewer than n the optimum can be higher.

    Raises:
        InputError: another loss, or a width or number below 1.
        ImportError: SCIP is not installed.
    """
    start = perf_counter()
    formulation = formulate(problem, width, len(problem.x) + 1 if subnetworks is None else subnetworks)
    model = formulation.model
    model.hideOutput()
    model.setParam("limits/time", seconds)
    model.setParam("lp/threads", 1)
    model.optimize()
    used = perf_counter() - start
    bounds = (model.getPrimalbound(), model.getDualbound(), model.getGap())
    upper, lower, gap = (number if abs(number) < model.infinity() else np.sign(number) * inf for number in bounds)
    value = _value(problem, formulation) if model.getNSols() else inf
    return ScipResult(upper, lower, gap, used, model.getStatus(), value)


def formulate(problem: Problem, width: int, subnetworks: int) -> Formulation:
    """Write the model that is described at the top."""
    if problem.loss is not SQUARED:
        raise InputError("SCIP is given the squared loss only")
    if width < 1 or subnetworks < 1:
        raise InputError(f"width is {width} and there are {subnetworks} sub-networks; both must be at least 1")
    x, y = problem.floats
    rows, lengths = x.tolist(), np.linalg.norm(x, axis=1).tolist()
    write = _Writer(float(y @ y) / (4 * float(problem.beta)))
    model, most = write.model, write.most
    outputs = [write.binary(1) for _ in range(subnetworks)]
    penalties = [model.addVar(lb=0, ub=most) for _ in outputs]
    terms: list[list[Any]] = [[] for _ in rows]  # of f_i
    all_signs, all_weights = [], []
    for output, penalty in zip(outputs, penalties, strict=True):
        signs = [model.addVar(lb=1, ub=1), *(write.binary(1) for _ in range(width - 1))]
        weights = [[model.addVar(lb=-most, ub=most) for _ in rows[0]] for _ in signs]
        norms = [write.norm(w) for w in weights]
        model.addCons(sum(norms) == penalty)
        write.in_order(signs, norms)
        for row, length, fit in zip(rows, lengths, terms, strict=True):
            hidden = []
            for sign, w, norm in zip(signs, weights, norms, strict=True):
                p, q = write.parts(sum(a * b for a, b in zip(row, w, strict=True)), write.binary(), most * length)
                model.addCons(p + q <= length * norm)
                hidden.append(write.signed(p, sign, most * length))
            plus, minus = (sum(column) for column in zip(*hidden, strict=True))
            p, q = write.parts(plus - minus, write.binary(), most * length)
            model.addCons(p <= plus)
            model.addCons(q <= minus)
            one, other = write.signed(p, output, most * length)
            fit.append(one - other)
        all_signs.append(signs)
        all_weights.append(weights)
    write.in_order(outputs, penalties)
    model.addCons(sum(penalties) <= most)
    loss = model.addVar(lb=0, ub=float(y @ y) / 2)
    residuals = [model.addVar(lb=None, ub=None) for _ in rows]
    for residual, fit, target in zip(residuals, terms, y.tolist(), strict=True):
        model.addCons(sum(fit) - target == residual)
    model.addCons(sum(residual * residual for residual in residuals) <= 2 * loss)
    model.setObjective(loss + float(problem.beta) * sum(penalties))
    return Formulation(model, outputs, all_signs, all_weights)


class _Writer:
    """A model of SCIP and what is written into it again and again; no norm exceeds `most`."""

    def __init__(self, most: float) -> None:
        try:
            from pyscipopt import Model
        except ImportError as error:
            raise ImportError(_MISSING) from error
        self.model = Model()
        self.most = most

    def binary(self, priority: int = 0) -> Any:
        """A binary; those of higher priority are branched on first: for signs it pays."""
        variable = self.model.addVar(vtype="B")
        self.model.chgVarBranchPriority(variable, priority)
        return variable

    def norm(self, w: Sequence[Any]) -> Any:
        """A variable that is at least ||w||."""
        norm = self.model.addVar(lb=0, ub=self.most)
        self.model.addCons(sum(value * value for value in w) <= norm * norm)
        return norm

    def parts(self, value: Any, switch: Any, bound: float) -> tuple[Any, Any]:
        """The positive and the negative part of a value in [-bound, bound]."""
        p, q = self._one_of(switch, bound)
        self.model.addCons(p - q == value)
        return p, q

    def signed(self, value: Any, sign: Any, bound: float) -> tuple[Any, Any]:
        """(value, 0) for the sign +, (0, value) for -; the value is in [0, bound]."""
        one, other = self._one_of(sign, bound)
        self.model.addCons(one + other == value)
        return one, other

    def _one_of(self, switch: Any, bound: float) -> tuple[Any, Any]:
        one, other = self.model.addVar(lb=0, ub=bound), self.model.addVar(lb=0, ub=bound)
        self.model.addCons(one <= bound * switch)
        self.model.addCons(other <= bound * (1 - switch))
        return one, other

    def in_order(self, signs: Sequence[Any], sizes: Sequence[Any]) -> None:
        """The sign + first; sizes fall within a sign."""
        for k in range(len(sizes) - 1):
            self.model.addCons(signs[k] >= signs[k + 1])
            self.model.addCons(sizes[k] >= sizes[k + 1] - self.most * (signs[k] - signs[k + 1]))


def _value(problem: Problem, formulation: Formulation) -> float:
    """The objective from SCIP's weights and signs alone."""
    value = np.vectorize(formulation.model.getVal, otypes=[float])
    x, y = problem.floats
    outputs, signs = (np.sign(value(part) - 0.5) for part in (formulation.outputs, formulation.signs))
    weights = value(formulation.weights)
    hidden = np.maximum(np.einsum("nd,kjd->nkj", x, weights), 0)
    fit = np.maximum(np.einsum("nkj,kj->nk", hidden, signs), 0) @ outputs
    return float(np.sum((fit - y) ** 2) / 2 + float(problem.beta) * np.linalg.norm(weights, axis=2).sum())


def main() -> None:
    """Solve one random instance by the convex program and by SCIP, and print both."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name, value in (("--n", 4), ("--d", 2), ("--width", 1), ("--seed", 0)):
        options.add_argument(name, type=int, default=value)
    options.add_argument("--labels", choices=LABELS, default=LABELS[0])
    options.add_argument("--beta", default=BETAS[-1])
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--subnetworks", type=int, help="n + 1 unless given")
    chosen = options.parse_args()
    if not scip_is_found():
        options.exit(2, f"{_MISSING}\n")
    instance = Instance(chosen.n, chosen.d, chosen.width, chosen.labels, chosen.beta, chosen.seed)
    problem = instance.problem()
    start = perf_counter()
    ours = solve(problem, chosen.width)
    seconds = perf_counter() - start
    theirs = solve_by_scip(problem, chosen.width, chosen.seconds, chosen.subnetworks)
    upper = f"{float(ours.upper):.9f}"
    certified = [upper, upper, f"{float(ours.lower):.9f}", f"{float(ours.relative_gap):.1e}", f"{seconds:.2f}"]
    bounds = [f"{number:.9f}" for number in (theirs.value, theirs.upper, theirs.lower)]
    print(instance.name)
    print_table(
        ["way", "network", "upper", "lower", "gap", "s", "status"],
        [
            ["convex program", *certified, ours.status],
            ["SCIP", *bounds, f"{theirs.gap:.1e}", f"{theirs.seconds:.2f}", theirs.status],
        ],
    )


if __name__ == "__main__":
    main()
