"""The uses of the library: command line, reports, figures, estimators, claims, checker, bundled data.

cli        one file a command: reads the options, calls `pipeline`, hands the result to `printing`
io         tables in, files out; the only folder that opens files
pipeline   from a table to a result, a plain value; prints nothing
printing   results on the terminal; computes nothing
figures    results as pictures
reproduce  the paper's experiments anew
claims     the statements of the paper, examined; estimators, scikit-learn's interface; checker, which stands alone

A command goes one way: table (`io.tables`), result (`pipeline`), files (`io`), report (`printing`).
"""

__version__ = "0.2.0"
