"""Three-layer networks with exact weights: their objective, residual and deeper forms, network files, and export.

A network knows the problem that it is measured on; nothing here knows how one is found.
"""
