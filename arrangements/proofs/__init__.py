"""Proofs that a list of cells is complete; they are made from the list alone, after an engine has given it."""
