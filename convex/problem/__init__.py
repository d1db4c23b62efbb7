"""The training problem: data, losses, classes, scaling, and the regions of its first layer.

Plain exact values and their checks; nothing here solves.
"""
