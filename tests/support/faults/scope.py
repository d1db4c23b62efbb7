"""Faults under the claims on polynomial and exponential time, sparsity and losses."""

from dataclasses import replace

from support.faults.first_claims import always, many_parts, plus, with_fields

from convex.networks.network import Network

SCOPE = "multilayer.claims.training.scope"


def one_block_less(original):
    return lambda *arguments: list(original(*arguments))[1:]


def few_blocks(original):
    return lambda *arguments: list(original(*arguments))[:3]


def halves(original):
    """Shares that add up to 1 where their squares should."""
    return lambda part: (replace(part, output=part.output / 2),) * 2


def other_loss(original):
    return lambda problem, width: original(replace(problem, beta=problem.beta * 2), width)


def more_pairs(original):
    return lambda layer, width: original(layer, width)._replace(pairs=len(layer.arrangement.normals[0]))


FAULTS = [
    ("polynomial time", f"{SCOPE}.region_number", plus(2), "2^n regions at r = n"),
    ("polynomial time", f"{SCOPE}.count_regions", plus(2), "listed"),
    ("polynomial time", f"{SCOPE}.growth_exponent", plus(1), "exponents at a fixed rank"),
    ("polynomial time", f"{SCOPE}.count_second_layer", more_pairs, "columns change no count"),
    ("polynomial time", f"{SCOPE}.joint", always(1), "columns change no count"),
    ("full rank", f"{SCOPE}.iter_blocks", one_block_less, "two blocks for each mask"),
    ("full rank", f"{SCOPE}.count_second_layer", more_pairs, "a pair for every tuple"),
    ("sparsity", f"{SCOPE}.solved", many_parts, "at most n"),
    ("sparsity", f"{SCOPE}.solved", lambda right: lambda p: replace(right(p), network=Network(())), "at most n"),
    ("sparsity", f"{SCOPE}.iter_blocks", few_blocks, "at most n"),
    ("sparsity", f"{SCOPE}._split", halves, "cost the same"),
    ("sparsity", f"{SCOPE}.solved", with_fields(upper=1.0001), "certified"),
    ("convex losses", f"{SCOPE}.solve_full_program", with_fields(lower=2, upper=2), "intervals meet"),
    ("convex losses", f"{SCOPE}.solve_full_program", other_loss, "intervals meet"),
    ("convex losses", f"{SCOPE}.solved", with_fields(upper=1 + 1e-10), "costs that much"),
]
