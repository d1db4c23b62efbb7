"""Where searches run: small ones in plain Python, others in compiled code, whose loading takes half a second."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from arrangements.exact.integer_matrix import Floats
from convex.columns import covers, pricing_tree
from convex.columns.covers import Entry
from convex.columns.neurons import Neurons
from convex.columns.pricing import Pricing

_PLAIN = 150  # steps that are tried without compiled code


class Question(NamedTuple):
    """What is asked of one search: the arguments of `price_tuples` under their names."""

    v: Floats
    beta: float
    width: int
    order: Sequence[int]
    slack: float
    limit: int
    known: Sequence[Entry]
    before: Floats

    def answer(self, neurons: Neurons, stopped: Callable[[], bool]) -> Pricing:
        """Search here and now; what a short search in plain Python cannot settle is left to compiled code."""
        if neurons.compiled:
            return self._searched(neurons, stopped)
        short = pricing_tree.price_tuples(
            neurons, **self._replace(limit=min(self.limit, _PLAIN))._asdict(), stopped=stopped
        )
        if not short.limited or self.limit <= _PLAIN or stopped():
            return short
        neurons.compile()
        left = self._replace(limit=self.limit - short.steps, known=short.entries, before=self.v)
        found = left._searched(neurons, stopped)
        return replace(found, steps=found.steps + short.steps)

    def _searched(self, neurons: Neurons, stopped: Callable[[], bool]) -> Pricing:
        from convex.columns import compiled_pricing

        return compiled_pricing.price_tuples(neurons, **self._asdict(), stopped=stopped)


def needed_entries(entries: Sequence[Entry], neurons: Neurons, width: int, order: Sequence[int]) -> dict[int, int]:
    """Find entries that cover all tuples, as `convex.columns.covers.needed_entries`."""
    if not neurons.compiled:
        return covers.needed_entries(entries, neurons, width, order)
    from convex.columns import compiled_pricing

    return compiled_pricing.needed_entries(entries, neurons, width, order)
