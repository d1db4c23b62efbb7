"""Pricing in compiled code: a cone program for each box, the tree of boxes, and the tree of tuples.

`convex.columns.pricing_tree` is the same search without compiled code.
"""
