"""Pricing by an executor: the searches of both output signs at the same time, in other threads, processes or machines.

The two searches of a round share nothing but the dual vector, so side by side they find what they find one after the
other. The driver improves the proven bound meanwhile. Neurons go along in packed form, and are unpacked once a process.

A search that runs elsewhere cannot ask the driver whether to stop. It has limits of its own, in steps and in seconds;
and on the driver's machine it looks now and then whether the file that stands for the round is still there.
"""

import pickle
import platform
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from convex.columns.neurons import Neurons
from convex.columns.pricing import Pricing
from convex.columns.searches import Question
from convex.columns.stopping import Stop

_SHORT = 300  # steps that are taken here before a question is worth sending
_SEARCHES = 2  # at once: one for each sign of the output weight
_PAUSE = 0.02  # seconds between two looks of the driver at its searches
_LOOK = 0.1  # seconds between two looks of a search at the file of its round
_GRACE = 0.5  # seconds in which searches end that were told to stop
_STOPPED = Pricing((), (), frozenset(), 0, True)


class SpreadPricing:
    """The searches of one problem on an executor.

    Args:
        neurons: all neurons.
        executor: where the searches run.
        stop: when the whole solve is to end.
        note: told that the searches go on here, where the executor is broken.
    """

    def __init__(self, neurons: Neurons, executor: Executor, stop: Stop, note: Callable[[str], None]) -> None:
        self._neurons, self._executor, self._stop, self._note = neurons, executor, stop, note
        self._packed = pickle.dumps((neurons.layer, neurons.x))
        self._broken = False
        nothing = np.zeros(len(neurons.x))
        easy = Question(nothing, 1.0, 1, range(len(neurons)), 0.0, _SHORT, (), nothing)
        with suppress(BrokenExecutor):  # the first question notices it
            for _ in range(_SEARCHES):  # workers start, and load what they need, during the first rounds
                executor.submit(_answer, self._packed, easy, _GRACE, ("", ""))

    def answers(
        self, questions: Sequence[Question], stopped: Callable[[], bool], *, at_once: bool = True
    ) -> list[Pricing]:
        """Search for all questions side by side; what was not done when a stop was asked for counts as limited.

        Args:
            questions: any number.
            stopped: asked many times a second whether to stop.
            at_once: False to search here first, and to send only what takes more than a few steps.

        Raises:
            Exception: what a search raised.
        """
        tried = [None if at_once else self._short(question, stopped) for question in questions]
        left = [question for question, pricing in zip(questions, tried, strict=True) if pricing is None]
        others = iter(self._elsewhere(left, stopped) if left else [])
        return [next(others) if pricing is None else pricing for pricing in tried]

    def _short(self, question: Question, stopped: Callable[[], bool]) -> Pricing | None:
        """Search here; None where that takes more than a few steps."""
        pricing = question._replace(limit=min(question.limit, _SHORT)).answer(self._neurons, stopped)
        return None if pricing.limited and question.limit > _SHORT else pricing

    def _elsewhere(self, questions: Sequence[Question], stopped: Callable[[], bool]) -> list[Pricing]:
        if not self._broken:
            try:
                return self._spread(questions, stopped)
            except BrokenExecutor as error:  # a worker was killed, say; nothing that this solve holds is lost
                self._broken = True
                self._note(f"the executor is broken ({error}); pricing goes on in this process")
        return [question.answer(self._neurons, stopped) for question in questions]

    def _spread(self, questions: Sequence[Question], stopped: Callable[[], bool]) -> list[Pricing]:
        seconds = None if self._stop.ends is None else self._stop.ends - perf_counter()
        futures: list[Future[Pricing]] = []
        with _file_of_round() as place:
            try:
                for question in questions:
                    futures.append(self._executor.submit(_answer, self._packed, question, seconds, place))
                while not stopped() and wait(futures, timeout=_PAUSE).not_done:
                    pass
            finally:
                for future in futures:
                    future.cancel()
        wait(futures, timeout=_GRACE)
        return [_result(future) for future in futures]


def _result(future: "Future[Pricing]") -> Pricing:
    """What a search found; one that was called off, or interrupted together with the driver, was stopped."""
    if future.cancelled() or not future.done() or isinstance(future.exception(), KeyboardInterrupt):
        return _STOPPED
    return future.result()


@contextmanager
def _file_of_round() -> Iterator[tuple[str, str]]:
    """Make a file that stands for the round while it goes on; yield the name of this machine and of the file."""
    with TemporaryDirectory(prefix="multilayer-") as folder:
        file = Path(folder, "round")
        file.touch()
        yield platform.node(), str(file)


def _answer(packed: bytes, question: Question, seconds: float | None, place: tuple[str, str]) -> Pricing:
    """Answer a question in whatever process this is."""
    machine, file = place
    path = Path(file) if machine == platform.node() else None
    ends = None if seconds is None else perf_counter() + seconds
    return question.answer(_unpacked(packed), Stop(ends, _Gone(path)))


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Neurons:
    return Neurons(*pickle.loads(packed))


class _Gone:
    """Tells whether a file is gone, by a look now and then; never without a file."""

    def __init__(self, path: Path | None) -> None:
        self._path, self._due = path, 0.0

    def __call__(self) -> bool:
        if self._path is None or perf_counter() < self._due:
            return False
        self._due = perf_counter() + _LOOK
        return not self._path.exists()
