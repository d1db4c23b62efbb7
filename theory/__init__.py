"""Exact counts and bounds: how many regions an arrangement has, and the paper's (13) and (14).

Counts need the rows alone and list nothing (`theory.zaslavsky`); bounds need the sizes alone
(`theory.paper_bounds`); how they grow is in `theory.asymptotics`. The name `theory.paper_bounds` is that of the module:
the function that collects all bounds is `theory.paper_bounds.bounds`.

Example:
    >>> from theory import count_regions, cover
    >>> count_regions([(1, 0), (0, 1), (1, 1)]), cover(3, 2)
    (6, 6)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
