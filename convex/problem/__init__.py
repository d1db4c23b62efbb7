"""What is solved and what is found: data, losses, classes, networks with their exact objective, scaling, export.

Plain exact values and their checks; nothing here solves.
"""
