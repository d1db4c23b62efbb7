"""The work of each command, from a table to a plain value: a frozen dataclass, or what `--json` prints.

bounds        the paper's bounds as numbers; limits  what may be listed, decided before anything is
counts        the command count; listing, enumerate; certificates, their proofs
verification  the command verify; checking, the checker over an executor
invariants    the command invariants
learning      training problems of a table, the commands solve and predict, going on from a certificate
growth        the command growth; depth, depth; demo, demo

Nothing is printed here. Files are written through `multilayer.io`, pictures made by `multilayer.figures`. A command
lists the first layer once: who needs it again is handed it.
"""
