"""Column generation: the restricted master program, pricing by branch and bound, bounds on boxes, and reductions.

All of it is floating point and proposes; `convex.proofs` decides.
"""
