"""Rational lower bounds by weak duality, and certificates of optima.

Whatever floats proposed ends here: integers decide, and what is written stands on its own.
"""
