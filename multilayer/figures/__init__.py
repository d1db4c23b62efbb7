"""Figures of growth and of the gain of depth, made with matplotlib (extra `plot`)."""
