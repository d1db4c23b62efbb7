"""Tables in, files out; the only folder that opens files.

reading         a file or standard input as cells with their places; what is data, what the target
tables          SOURCE as a `Table`: exact numbers, targets, and the arrangement of the rows, built once
bundled         the tables that come with the package
paths           which files are read and written: none is both, no two outputs are one
writing         files that appear whole or not at all
networks        NETWORK: what `solve` wrote, or layers
growing_arrays  arrays of unknown length that grow on disk
signals         signals that end a run or ask it to stop
cell_files      sign vectors with witnesses as .csv or .npz
"""
