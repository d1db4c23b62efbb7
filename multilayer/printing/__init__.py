"""Results on the terminal; nothing is computed here, and nothing read or written.

reports  any report, as one JSON object or as lines; plain tables
growth   the command growth; depth, depth; demo, demo
"""
