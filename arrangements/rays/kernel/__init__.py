"""The compiled part of the ray engine: arrays in, arrays out, every sign proven.

`state` says what the arrays mean; `filtered_arithmetic` proves the signs. Read both before you change either.
"""
