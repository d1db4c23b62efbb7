"""Proofs that a list of cells is complete, made from the list after the fact; the engines know nothing of them."""
