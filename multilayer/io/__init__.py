"""Tables in, files out; the only folder that opens files.

parsing     the cells of a file or of standard input, each with its place
tables      SOURCE as a `Table`: exact numbers, targets, and the arrangement of the rows, built once
bundled     the tables that come with the package
writing     files that appear whole or not at all
networks    NETWORK: what `solve` wrote, or layers
cell_files  sign vectors with witnesses as .csv or .npz
"""
