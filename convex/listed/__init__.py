"""Program (12) over all listed blocks, as the paper writes it, and its literal interpretations.

The second way to every optimum: exponential lists, no pricing. Nothing in `convex.solving` imports from here.
"""
