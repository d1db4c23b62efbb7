"""The first layer: regions and faces of an arrangement, its flats, lattice, matroid, zonotope and tope graph.

Every function takes an `Arrangement` first, and options such as the engine by keyword. `engines` holds the engines; the
other modules call the methods that all engines have.
"""
