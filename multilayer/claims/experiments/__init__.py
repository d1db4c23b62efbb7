"""Claims on the paper's experiments: its figures and its table (sections 1.1 and 3)."""
