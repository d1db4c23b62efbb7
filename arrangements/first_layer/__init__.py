"""One layer: regions and faces of an arrangement, its flats, lattice, matroid, zonotope and graph.

Everything here takes an `Arrangement` and an engine by name; `engines` alone knows the engines.
"""
