"""The best lower bound proven so far, improved while a search goes on, so that a stop at any time leaves a good one.

Column generation proves nothing before its last round. So a refined relaxation (`convex.columns.partition_relaxation`)
gets a share of the time: the search asks at each of its steps whether to stop, and the answer may take a small step of
the refinement first. What that finds is proven exactly now and then, and at the end.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from time import perf_counter

from arrangements.exact.directed_rounding import text_above, text_below
from arrangements.exact.integer_matrix import Floats
from convex.blocks.conic_solver import SolverError
from convex.columns.box_bounds import Box
from convex.columns.covers import CoveredDual
from convex.columns.neurons import Neurons
from convex.columns.partition_relaxation import Relaxed, refine
from convex.columns.stopping import Stop
from convex.problem.scaling import Scaling
from convex.problem.training_problem import Problem
from convex.proofs.cover_proof import CoverProof, prove_lower_bound
from convex.proofs.weak_duality import dual_value

_PATIENCE = 1.0  # seconds of a search that are its own
_SLICE = 0.3  # seconds of refinement at once
_SHARE, _SHARE_TIMED = 0.25, 0.5  # of the time after that; where the time is limited, the bound is what is missing
_FIRST, _EVERY = 2.0, 10.0  # seconds to the first report, and between reports
_LEAST = 12  # programs of the refinement after a limit of steps
_END = object()  # of the refinement
_GRACE = 1.0  # seconds after a stop to find a bound, or to prove it, where there is none


class AnytimeBound:
    """The proven bound, the refinement that improves it, and the time that was spent on it.

    Args:
        scaling: the problem that is worked on, and the way back.
        problem: the problem itself.
        neurons: all neurons.
        stop: when to end.
        target: gives the dual vector of the restricted master.
        report: told now and then, after the bound was proven.
        proof: a bound that is known.
        boxes: a partition to begin with.
        bits: of the numbers in a proof (`convex.proofs.cover_proof`).
    """

    def __init__(
        self,
        scaling: Scaling,
        problem: Problem,
        neurons: Neurons,
        stop: Stop,
        target: Callable[[], Floats],
        report: Callable[[], None],
        proof: CoverProof,
        boxes: Sequence[tuple[int, Box]],
        bits: int,
    ) -> None:
        self.scaling, self.problem, self.neurons, self.stop, self._bits = scaling, problem, neurons, stop, bits
        self.proof, self._report = proof, report
        self._steps = refine(scaling.problem, neurons, target, boxes)
        self._found: tuple[Fraction, CoveredDual] | None = None
        self._began = perf_counter()
        self._due = self._began + _FIRST
        self._spent = self._proving = 0.0
        self._programs, self._ended, self._busy = 0, False, False

    def poll(self) -> bool:
        """Tell whether to stop; take a step of the refinement and report, where it is time for that."""
        if self._busy or self.stop():
            return self.stop()
        now = perf_counter()
        elapsed = now - self._began
        while not self._ended and self._spent < self._share * (elapsed - _PATIENCE) and perf_counter() < now + _SLICE:
            self._step()
        if perf_counter() >= self._due:
            self._busy = True  # the report may ask, too
            if self._proving < elapsed / 10:
                self._prove()
            self._report()
            self._busy, self._due = False, perf_counter() + _EVERY
        return self.stop()

    def offer(self, covered: CoveredDual, width: int) -> None:
        """Prove a bound from a cover that pricing found, and keep the better one."""
        self._keep(prove_lower_bound(self.scaling, self.problem, self.neurons, covered, width, self._bits))

    def finish(self) -> None:
        """Give the refinement what it is owed after a search that was stopped, and prove what it found."""
        end = perf_counter() + _GRACE
        while not self._ended and ((not self.stop() and self._owed) or (not self._programs and perf_counter() < end)):
            self._step()
        if not self.stop.asked() or self._proving < _GRACE or self.proof.value <= 0:
            self._prove()

    @property
    def _share(self) -> float:
        return _SHARE if self.stop.ends is None else _SHARE_TIMED

    @property
    def _owed(self) -> bool:
        return self._programs < _LEAST or self._spent < self._share * (perf_counter() - self._began)

    def _step(self) -> None:
        start = perf_counter()
        try:
            found = None if self._ended else next(self._steps, _END)
        except SolverError:
            found = _END
        self._ended = self._ended or found is _END
        if isinstance(found, Relaxed):
            self._programs += 1
            value = self._estimate(found)
            if value > max(self.proof.value, self._found[0] if self._found else 0):
                self._found = value, found.covered
        self._spent += perf_counter() - start

    def _estimate(self, found: Relaxed) -> Fraction:
        """The bound that the exact proof will come to, up to rounding."""
        scaled, shrunken = self.scaling.problem, (found.covered.v / max(found.excess, 1.0)).tolist()
        v = scaled.total_loss.clip([Fraction(a) for a in shrunken])
        return self.scaling.value(dual_value(scaled, v))

    def _prove(self) -> None:
        if self._found is None:
            return
        start = perf_counter()
        covered, self._found = self._found[1], None
        self._keep(prove_lower_bound(self.scaling, self.problem, self.neurons, covered, len(self.neurons), self._bits))
        self._proving = perf_counter() - start

    def _keep(self, proof: CoverProof) -> None:
        if proof.value > self.proof.value:
            self.proof = proof


def interval_text(lower: Fraction, upper: Fraction) -> str:
    """Write a proven interval and its relative gap for people, rounded outwards.

    Example:
        >>> interval_text(Fraction(1, 3), Fraction(1, 2))
        'interval [0.333333, 0.5], relative gap 0.34'
    """
    gap = text_above((upper - lower) / (upper or 1), 2)
    return f"interval [{text_below(lower, 6)}, {text_above(upper, 6)}], relative gap {gap}"
