"""Exact numbers and linear algebra: what is read, rows in integers, ranks, kernels, roots, enclosures, circuits, bits.

The modules here are the only ones that talk to python-flint; nothing here knows what an arrangement is.
"""
