"""From a problem to a certified optimum: one output, several outputs, and over widths and beta."""
