"""Claims on numbers of cells: (13), (14), deeper networks, the size of (12), exact counts (sections 2.1 and 2.2)."""
