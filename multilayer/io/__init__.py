"""Tables in, files out; the only folder that opens files.

table_files     the cells of a file or of standard input, by what the name ends with: a `RawTable`
delimited_text  tables as text, and what is refused in them
header_rule     whether line 1 is a header, and which column only labels the rows
binary_tables   .npy, .npz and .parquet
raw_table       cells with their places, before anything is decided
columns         what is data, what the target, what is left out
tables          SOURCE as a `Table`: exact numbers, targets, and the arrangement of the rows, built once
bundled         the tables that come with the package
paths           which files are read and written: none is both, no two outputs are one
writing         files that appear whole or not at all
networks        NETWORK: what `solve` wrote, or layers
cell_files      sign vectors with witnesses as .csv or .npz
"""
