"""Column generation: solve the restricted master, price, add the blocks of violated sub-networks, and repeat.

Everything here is floating point and proposes; `convex.proofs.cover_proof` and the network's exact objective decide.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from arrangements.exact.integer_matrix import Floats
from convex.blocks.block import Block, cell_block
from convex.blocks.caratheodory import reduce_blocks, reduce_neurons
from convex.blocks.linear_maps import ProgramSolution
from convex.blocks.network_weights import from_blocks
from convex.columns.ascent_pricing import climb
from convex.columns.covers import CoveredDual, Entry
from convex.columns.neurons import Neurons
from convex.columns.pricing import Pricing, Violation, violation_of
from convex.columns.restricted_master import solve_master
from convex.columns.searches import Question
from convex.columns.spread_pricing import SpreadPricing
from convex.columns.stopping import never
from convex.networks.network import Network
from convex.problem.training_problem import Problem
from convex.settings import MASTER_CHOICES

_OUTPUTS = (1, -1)  # the signs of the output weight
_KEPT = 400  # blocks from which on idle ones are dropped
_COSTLY = 300  # steps of pricing from which on a local ascent is tried before the next one, and an executor is used
_STARTS, _MOST_STARTS = 192, 1536  # local ascents at once
_STEPS = 5_000  # of the last pricing that make it worth as many ascents again
_WORTH = 1e-4  # relative excess over beta that makes it worth a round
_WANTED = 20  # violations that it adds at once, for each sign of the output weight
_IDLE = 1e-8  # size of a block, relative to the largest, up to which it is idle


@dataclass(frozen=True)
class Candidate:
    """A network, its objective on the scaled problem, and the blocks and weights behind its sub-networks."""

    objective: Fraction
    network: Network
    blocks: tuple[Block, ...]
    weights: tuple[Floats, ...]


class ColumnGeneration:
    """The state of column generation for one problem and width: the blocks generated so far, and their solution.

    Args:
        problem: the scaled problem.
        neurons: all neurons.
        width: neurons in a tuple; all of them for unlimited width.
        slack: relative excess over beta that counts as none.
        limit: steps of search, of all rounds together.
        stopped: asked step by step whether to stop.
        spread: searches on an executor; None to search here.
    """

    def __init__(
        self,
        problem: Problem,
        neurons: Neurons,
        width: int,
        slack: float,
        limit: int,
        stopped: Callable[[], bool] = never,
        spread: SpreadPricing | None = None,
    ) -> None:
        self.stopped, self._spread = stopped, spread
        self.problem, self.neurons, self.width, self.slack, self.limit = problem, neurons, width, slack, limit
        self.blocks: list[Block] = []
        self.generated: list[Block] = []  # by pricing, in use or not
        self.steps = self.rounds = self._stalls = 0
        self._costly = False  # whether the last pricing took many steps
        self._starts = _STARTS
        self._kept: dict[int, list[Entry]] = {1: [], -1: []}
        self._last = np.zeros(len(problem.y))
        self._least = slack
        self._random = np.random.default_rng(0)
        self.point: ProgramSolution = solve_master(problem, [])

    def run(self, progress: Callable[[str], None]) -> CoveredDual | None:
        """Generate until no sub-network violates the dual constraint; None where it was stopped before."""
        while not self.stopped():
            if self._climb():
                progress(f"round {self.rounds}: {len(self.blocks)} blocks, {self.steps} steps")
                continue
            order = self._order()
            before = self.steps
            found, covers = [], []
            for output, pricing in zip(_OUTPUTS, self._priced(order), strict=True):
                self.steps = min(self.steps + pricing.steps, self.limit)
                if pricing.limited:
                    return None
                found += [(output, violation) for violation in pricing.violations]
                covers.append((output, pricing.entries))
                self._kept[output] = [entry for entry in pricing.entries if entry.number in pricing.used]
            self._last = self.point.dual
            self._costly = self.steps - before > _COSTLY
            self._starts = min(_STARTS * (1 + (self.steps - before) // _STEPS), _MOST_STARTS)
            if not found:
                return CoveredDual(self.point.dual, order, tuple(covers))
            self.rounds += 1
            self._join(found)
            progress(f"round {self.rounds}: {len(self.blocks)} blocks, {self.steps} steps")
        return None

    def _priced(self, order: tuple[int, ...]) -> Iterator[Pricing]:
        """Price for both output signs; the steps count as if one search came after the other, wherever they run."""
        questions = [
            Question(
                output * self.point.dual,
                float(self.problem.beta),
                self.width,
                order,
                self.slack,
                self.limit - self.steps,
                self._kept[output],
                output * self._last,
            )
            for output in _OUTPUTS
        ]
        if self._spread is None:
            for question in questions:
                yield question._replace(limit=self.limit - self.steps).answer(self.neurons, self.stopped)
        else:
            for pricing in self._spread.answers(questions, self.stopped, at_once=self._costly):
                yield replace(pricing, limited=pricing.limited or self.steps + pricing.steps > self.limit)

    def _climb(self) -> bool:
        """Where pricing is costly, add violated sub-networks that a local ascent finds; False if it finds none."""
        if not self._costly:
            return False
        beta, known = float(self.problem.beta), {_key(block) for block in self.blocks}
        found: list[tuple[int, Violation]] = []
        worth = 1 + max(self.slack, _WORTH)
        for output in _OUTPUTS:
            v, wanted = output * self.point.dual, len(found) + _WANTED
            for members, weights in climb(self.neurons, v, worth * beta, self.width, self._starts, self._random):
                violation = violation_of(self.neurons, v, beta, members, weights, self.width)
                key = _key(self._block(output, violation))
                if violation.excess > worth and key not in known:
                    known.add(key)
                    found.append((output, violation))
                if len(found) == wanted or self.stopped():
                    break
        if found:
            self.rounds += 1
            self._join(found)
        return bool(found)

    def polish(self) -> None:
        """Solve the restricted master again, with other settings and without blocks of negligible weight."""
        self._stalls += 1
        self.slack = self._least
        self._drop_idle()
        self._solve()

    def add(self, blocks: Sequence[Block]) -> None:
        """Add blocks, and solve the restricted master."""
        known = {_key(block) for block in self.blocks}
        self.blocks += [block for block in blocks if _key(block) not in known]
        self._solve()

    def candidate(self) -> Candidate:
        """Make a network of the generated blocks by Caratheodory reduction, and solve for its weights again."""
        x, blocks, weights = self.problem.floats[0], self.blocks, self.point.weights
        best = Candidate(Network(()).objective(self.problem), Network(()), (), ())
        kept = reduce_blocks(blocks, weights, x)
        whole = [blocks[k] for k in kept]
        parts = [part for k in kept for part in reduce_neurons(self.neurons.layer, blocks[k], weights[k], x)]
        changed = len(parts) != len(whole) or any(new is not old for new, old in zip(parts, whole, strict=True))
        reduced = list({_key(part): part for part in parts}.values())
        if len(reduced) > len(x):  # some fell apart
            reduced = [reduced[k] for k in reduce_blocks(reduced, self._solved(reduced).weights, x)]
        for behind in (whole, reduced) if changed else (whole,):
            solved = self._solved(behind).weights
            network = from_blocks(behind, solved)
            found = Candidate(network.objective(self.problem), network, tuple(behind), tuple(solved))
            narrower = found.network.width < best.network.width
            if found.objective < best.objective or (narrower and found.objective <= best.objective * (1 + self.tie)):
                best = found
        return best

    @property
    def tie(self) -> Fraction:
        """The relative difference of objectives up to which the network of smaller width is preferred."""
        return Fraction(self.slack) / 4

    def _order(self) -> tuple[int, ...]:
        """Order all neurons: those in use first, then the others at random."""
        places = {signed: k for k, signed in enumerate(self.neurons.signed)}
        sizes = [np.linalg.norm(w, axis=1) for w in self.point.weights]
        busy: dict[int, float] = {}
        for block, size in zip(self.blocks, sizes, strict=True):
            for signed, length in zip(block.pair.neurons, size.tolist(), strict=True):
                busy[places[signed]] = max(busy.get(places[signed], 0.0), length)
        first = sorted((k for k, length in busy.items() if length > 1e-7), key=lambda k: (-busy[k], k))
        used = set(first)
        rest = [int(k) for k in self._random.permutation(len(self.neurons)) if k not in used]
        return (*first, *rest)

    def _join(self, found: list[tuple[int, Violation]]) -> None:
        known = {_key(block) for block in self.blocks}
        fresh = []
        for output, violation in sorted(found, key=lambda pair: -pair[1].excess):
            block = self._block(output, violation)
            if _key(block) not in known:
                known.add(_key(block))
                fresh.append(block)
        if not fresh:  # they are violated by no more than the solver's own error
            grown = 2 * self.slack
            self.polish()
            self.slack = grown
            return
        if len(self.blocks) > _KEPT:
            self._drop_idle()
        self.blocks += fresh
        self.generated += fresh
        self._solve()

    def _block(self, output: int, violation: Violation) -> Block:
        signed = tuple(self.neurons.signed[k] for k in violation.members)
        signs = tuple(1 if u >= 0 else -1 for u in violation.u.tolist())
        return cell_block(self.neurons.layer, signed, signs, output)

    def _drop_idle(self) -> None:
        sizes = [float(np.abs(w).max()) for w in self.point.weights]
        self.blocks = [b for b, size in zip(self.blocks, sizes, strict=True) if size > _IDLE * max(sizes)]

    def _solve(self) -> None:
        self.point = self._solved(self.blocks)

    def _solved(self, blocks: Sequence[Block]) -> ProgramSolution:
        return solve_master(self.problem, blocks, settings=MASTER_CHOICES[self._stalls % len(MASTER_CHOICES)])


def _key(block: Block) -> tuple[object, ...]:
    return block.pair.neurons, block.pair.signs, block.output
