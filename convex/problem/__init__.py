"""The training problem and its networks: data, losses, classes, exact objectives, scaling, export.

Plain exact values and their checks; nothing here solves.
"""
