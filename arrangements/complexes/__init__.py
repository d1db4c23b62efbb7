"""The complex of a given network seen from its inputs: activation regions, faces, bent hyperplanes and zero sets.

`activation_regions` is where to start: the regions alone, one after the other. Below it, `integer_layers` holds the
network in integers, `start_cones` says where a search starts, and `region_splitting` cuts cones by one layer after the
other. `faces` proves which faces there are, `polyhedral_complex` lists them, and `level_sets` collects those on which a
neuron or an output is 0.
"""
