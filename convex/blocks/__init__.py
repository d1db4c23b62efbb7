"""Blocks of the convex program, on each of which a sub-network is linear: matrices, solvers, and the map to weights.

A block knows its problem and the first layer; nothing here knows how blocks are found or what is proven of them.
"""
