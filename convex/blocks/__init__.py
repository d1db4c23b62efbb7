"""Blocks of the convex program, on which a sub-network is linear: matrices, conic solver, way back to networks."""
