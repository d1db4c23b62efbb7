"""The two ways in which the checker settles tuples, for entries (rows that may be +, rows that may be -, neurons)."""

from support.certificates.formats import Replay

from multilayer import checker


def searched(entries, neurons, m, budget, regions=()):
    """As for earlier formats: what covers a box is found among the entries."""
    pairs = checker.OpposedPairs(neurons, regions, budget) if m == 2 else None
    checker.settle_tuples(neurons, m, checker.SearchedCover(pairs, budget), entries, "here", budget)


def replayed(entries, tree, neurons, m, budget, regions=()):
    """As for version 3: the tree says which entries follow."""
    pairs = checker.OpposedPairs(neurons, regions, budget) if m == 2 else None
    cover = checker.ReplayedCover(entries, tree, pairs, "tree", budget)
    checker.settle_tuples(neurons, m, cover, (), "here", budget)
    checker.need(cover.used == len(tree), "tree", "not all of it is of use")


def tree_for(entries, neurons, m, regions=()):
    """A tree by which the entries cover all tuples; ValueError if they do not."""
    return Replay([tuple(map(places_in, entry)) for entry in entries], neurons, m, regions).tree


def places_in(bits):
    return {i for i in range(bits.bit_length()) if bits >> i & 1}
