"""Upper bounds without a guarantee: blocks drawn at random, local search, stochastic gradients.

Nothing that is proven imports from here.
"""
