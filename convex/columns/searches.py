"""Where searches run: small ones in plain Python, others in compiled code, whose loading takes half a second."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from arrangements.exact.integer_matrix import Floats
from convex.columns import covers, pricing_tree
from convex.columns.covers import Entry
from convex.columns.neurons import Neurons
from convex.columns.pricing import Pricing

_PLAIN = 150  # steps that are tried without compiled code ...
_PATIENT = 40_000  # ... and in all searches of a solve where it would have to be compiled first: some seconds


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
        found = self._plain(neurons, stopped, _PLAIN)
        if not found.limited or self.limit <= _PLAIN or stopped():
            return found
        from convex.columns import compiled_pricing

        if neurons.plain_steps < _PATIENT and not compiled_pricing.is_ready():  # a longer wait than for most tables
            found = self._after(found)._plain(neurons, stopped, _PATIENT - neurons.plain_steps).after(found)
            if not found.limited or self.limit <= found.steps or stopped():
                return found
        neurons.compile()
        return self._after(found)._searched(neurons, stopped).after(found)

    def _plain(self, neurons: Neurons, stopped: Callable[[], bool], most: int) -> Pricing:
        little = self._replace(limit=min(self.limit, most))
        found = pricing_tree.price_tuples(neurons, **little._asdict(), stopped=stopped)
        neurons.add_plain_steps(found.steps)
        return found

    def _after(self, found: Pricing) -> "Question":
        """What is left of the question after a search that met its limit."""
        return self._replace(limit=self.limit - found.steps, known=found.entries, before=self.v)

    def _searched(self, neurons: Neurons, stopped: Callable[[], bool]) -> Pricing:
        from convex.columns import compiled_pricing

        return compiled_pricing.price_tuples(neurons, **self._asdict(), stopped=stopped)


def needed_entries(entries: Sequence[Entry], neurons: Neurons, width: int, order: Sequence[int]) -> dict[int, int]:
    """Find entries that cover all tuples, as `convex.columns.covers.needed_entries`."""
    if not neurons.compiled:
        return covers.needed_entries(entries, neurons, width, order)
    from convex.columns import compiled_pricing

    return compiled_pricing.needed_entries(entries, neurons, width, order)
