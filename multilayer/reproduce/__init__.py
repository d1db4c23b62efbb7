"""The paper's experiments done anew: `multilayer reproduce NAME`, one module an experiment.

An experiment is a function `run(Request)` that returns a `Result`: a table, a figure, the settings, what the paper
leaves open, and what was found. `outputs` writes the files; `EXPERIMENTS` lists the experiments. A new one is a line
there, a module here, and a subcommand in `multilayer.cli.commands.reproduce`.
"""
