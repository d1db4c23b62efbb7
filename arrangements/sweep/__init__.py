"""The engine `sweep`: one region, one lowest vertex; compiled, with every sign proven.

`sweep_search` is what callers use, and says why it is right; the compiled part is in `kernel`; `exact_vertices` settles
what that leaves in doubt, and `witnesses` makes points of vertices.
"""
