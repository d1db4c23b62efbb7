"""Two layers and more: tuples (configurations of first-layer neurons), their product cones, and the cells of these.

`pairs` is what callers use, with a `FirstLayer`. Below it, `product_cone` says what one tuple is, `tuples` what all
tuples and their mirror images are, and `engines` how they are searched: `product_search` drives the compiled loop, over
the `tuple_ranges` that it is given, and leaves such ranges when its budget is spent.
`pooling`, `patches` and `deeper_masks` stand beside it: groups of rows, convolutions, and more than two layers.
"""
