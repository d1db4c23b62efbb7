"""Two layers and more: tuples of first-layer regions, their product cones, cells and masks.

All of it starts from a `FirstLayer`; `product_search` drives the compiled loop over tuples, `product_kernel`.
"""
