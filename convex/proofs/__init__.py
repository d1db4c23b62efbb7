"""Rational lower bounds by weak duality, and certificates of optima."""
