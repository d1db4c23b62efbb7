"""What goes on, said while it goes on: a bar on a terminal, elsewhere a line now and then.

A command runs within `REPORTER.reporting`. Whoever counts something opens a meter and tells it how far it is; the meter
opened last is shown. A thread of its own looks at it, so that counting costs nothing and long calls are no silence.
The first word comes after two seconds of work, the next ten seconds later, then at intervals that double.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic, process_time
from typing import Any

import click

_FIRST = 2.0  # seconds
_GAP = 10.0
_LONGEST_GAP = 600.0
_LOOK = 0.2


class Meter:
    """How far something is.

    Args:
        total: how many there are, or None if nobody knows.
        label: what is counted.

    Example:
        >>> meter = Meter(50, "regions")
        >>> meter(20)
        >>> meter.text(30.0)
        '20 of 50 regions (40 %), about 45 s left'
    """

    def __init__(self, total: int | None, label: str) -> None:
        self.total = total
        self.label = label
        self.done = 0
        self.start = monotonic()

    def __call__(self, done: int) -> None:
        """Say how many are done."""
        self.done = done

    def text(self, seconds: float) -> str:
        """Say how far it is after that many seconds, and how long it may take."""
        if self.total is None:
            return (
                f"{self.label}, {self.done:,} so far" if self.done else f"{self.label}, for {_duration(seconds)} so far"
            )
        share = min(1.0, self.done / max(1, self.total))
        left = f", about {_duration(seconds * (1 - share) / share)} left" if 0 < share < 1 else ""
        return f"{self.done:,} of {self.total:,} {self.label} ({100 * share:.0f} %){left}"


def _duration(seconds: float) -> str:
    """Write a time for people.

    Example:
        >>> _duration(40.2), _duration(600), _duration(90000)
        ('40 s', '10 min', '25 h')
    """
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"


class Reporter:
    """Shows the meter opened last, or the last note, or that the command is still at work."""

    def __init__(self) -> None:
        self._meters: list[Meter] = []
        self._note = ""
        self._bar: Any = None
        self._lock = threading.Lock()

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Report while the block runs."""
        ended = threading.Event()
        self._meters, self._note = [], ""
        thread = threading.Thread(target=self._watch, args=(ended,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            self._hide()

    @contextmanager
    def meter(self, total: int | None, label: str) -> Iterator[Callable[[int], None]]:
        """Show how far the block is; it is given what to tell.

        Args:
            total: how many there are, or None if nobody knows.
            label: what is counted.
        """
        meter = Meter(total, label)
        self._meters.append(meter)
        try:
            yield meter
        finally:
            self._meters.remove(meter)
            self._hide()

    def note(self, text: str) -> None:
        """Take a note of what goes on; on a terminal it is shown at once, elsewhere when it is time for a word."""
        self._note = text
        with suppress(OSError, AttributeError):
            if sys.stderr.isatty():
                click.echo(text, err=True)

    def _watch(self, ended: threading.Event) -> None:
        began, work, gap = monotonic(), process_time(), _GAP
        due: float | None = None  # the first word waits for work, not for a user who types a table
        while not ended.wait(_LOOK):
            now = monotonic()
            try:
                if self._shown_as_bar(now):
                    continue
                if (process_time() - work < _FIRST) if due is None else now < due:
                    continue
                due = now + (gap if due is not None else _GAP)
                gap = min(_LONGEST_GAP, 2 * gap)
                click.echo(f"multilayer: {self._text(now, now - began)}", err=True)
            except (OSError, ValueError):  # nobody listens
                return

    def _text(self, now: float, seconds: float) -> str:
        meters = self._meters[-1:]
        if meters:
            return meters[0].text(now - meters[0].start)
        return f"{self._note or 'at work'}, for {_duration(seconds)} so far"

    def _shown_as_bar(self, now: float) -> bool:
        """Show the open meter as a bar, if there is a terminal and it is time."""
        meters = self._meters[-1:]
        if not meters or not sys.stderr.isatty():
            return False
        meter = meters[0]
        if now - meter.start < _FIRST:
            return True
        with self._lock:
            if meter not in self._meters:
                return True
            if self._bar is None:
                from rich.console import Console
                from rich.progress import Progress

                bar = Progress(console=Console(stderr=True), transient=True, redirect_stdout=False)
                bar.start()
                self._bar = bar, bar.add_task(meter.label, total=meter.total), meter
            bar, task, shown = self._bar
            if shown is meter:
                bar.update(task, completed=meter.done, description=meter.label)
        return True

    def _hide(self) -> None:
        with self._lock, suppress(OSError, ValueError):
            bar, self._bar = self._bar, None
            if bar is not None:
                bar[0].stop()


#: That of the command line: one process, one command, one standard error.
REPORTER = Reporter()
