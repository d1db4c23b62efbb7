"""Seeded changes: which certificates each fits, and what the checker must say of the result."""

import json
import random

import pytest
from support.certificates.files import SMALL, fresh, rejected

EVERY = tuple(SMALL)


def put(text, i, c):
    """Text with another character at place i."""
    return text[:i] + c + text[i + 1 :]


def until(harmful, certificate, draw):
    """Draw changes to a copy until one does harm; take that over."""
    for _ in range(200):
        copy = json.loads(json.dumps(certificate))
        draw(copy)
        if harmful(copy):
            certificate.clear()
            certificate.update(copy)
            return
    raise AssertionError("no draw does harm")


class Changes:
    """A list of changes; each takes a certificate and a generator of random numbers, and works in place."""

    def __init__(self):
        self.cases = []

    def __call__(self, bases, place, seeds=2):
        """Register one.

        Args:
            bases: the certificates that it fits.
            place: how the reason must begin: text, several, or a function of the certificate.
            seeds: how many times it is drawn.
        """

        def register(function):
            self.cases.extend((function, base, place, seed) for base in bases for seed in range(seeds))
            return function

        return register

    def every(self):
        """Mark a test that takes each case."""
        names = [f"{function.__name__}-{base}-{seed}" for function, base, _, seed in self.cases]
        return pytest.mark.parametrize("case", self.cases, ids=names)


def changed(case):
    """The changed certificate, surely another one."""
    function, base, _, seed = case
    certificate, rng = fresh(base), random.Random(f"{function.__name__} {base} {seed}")
    rng.seed_number = seed
    function(certificate, rng)
    assert json.dumps(certificate) != json.dumps(fresh(base))
    return certificate


def rejected_in_place(case, folder):
    """Assert that the changed certificate is rejected, for what was changed."""
    certificate, place = changed(case), case[2]
    reason = rejected(certificate, folder)
    assert reason.startswith(place(certificate) if callable(place) else place), reason
