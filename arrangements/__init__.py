"""Exact arrangements of hyperplanes and their cells; knows nothing of losses or training.

`Arrangement` holds the hyperplanes, and its methods make other arrangements. Algorithms are functions that take an
arrangement (or a `FirstLayer`) first and options by keyword. What can be listed comes in one pattern: `iter_...` yields
one after the other and keeps none, `list_...` returns a list, `count_...` keeps none. Pairs and tuples are counted
together by `count_second_layer`, those of groups of rows by `count_pooled`; the vertices of a zonotope are the regions.

Example:
    >>> from arrangements import count_regions, f_vector, family
    >>> braid = family("braid:4")
    >>> braid, count_regions(braid), f_vector(braid)
    (<Arrangement of 6 hyperplanes in R^4, rank 3>, 24, (0, 1, 14, 36, 24))
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
