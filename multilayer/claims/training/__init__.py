"""Claims on training: duality, program (12), regularisers, fixed points, widths (sections 1, 2 and 4 of the paper)."""
