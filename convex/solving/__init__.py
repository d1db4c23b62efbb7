"""Certified optima: of one output, of several outputs, and over widths and beta."""
