"""The engine `rays`: a compiled double description method that splits cones into cells, with every sign proven.

`ray_search` is what callers use; `coordinates` chooses where the kernel works and proves when it need not round; the
compiled part is in `kernel`, and `exact_fallback` settles what that leaves in doubt.
"""
