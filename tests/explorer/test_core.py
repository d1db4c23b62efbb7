"""Counts."""

from support.browser import Modules, big


def test_one(modules: Modules) -> None:
    assert modules.run('(m, d) => m["core/counting"].regionCount(d)', big([[1, 0], [0, 1]])) == 4
