"""The symmetries of an arrangement: its group, orbits of hyperplanes and of regions, and smallest images of sets.

A symmetry permutes the hyperplanes, turns some over, and extends to a linear map. `symmetry_group` finds all of them;
finding them needs the extra `symmetry`, the other modules do not.
"""
