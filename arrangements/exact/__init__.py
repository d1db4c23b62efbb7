"""Exact numbers and linear algebra: reading, integer rows, ranks, kernels, roots, enclosures, circuits, bit sets.

The modules here are the only ones that talk to python-flint; nothing here knows what an arrangement is.
"""
