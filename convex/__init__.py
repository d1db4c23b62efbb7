"""Certified global optima of three-layer ReLU networks: read a `Problem`, `solve` it, keep the proof.

Exact solves give a `Solution` with two rational bounds (`solve`, `solve_outputs`, `depth_table`), and
`certificate_json` writes it down for a checker. `solve_full_program` and `interpretation_value` list every block of
program (12) of Ergen and Pilanci (2021); `solve_sampled`, `local_search` and `train_by_gradients` give upper bounds
only. Solvers are loaded when something is solved.

The folders import each other one way: `problem`, `settings`, then `networks`, `blocks`, `columns`, `proofs`, and on top
of these `solving`, `listed` and `heuristics`.

Example:
    >>> from convex import Problem, solve
    >>> problem = Problem.read([[1, 2], [2, -1], [-1, 3], [-2, -1]], [1, -1, "0.5", 2], "0.05")
    >>> solution = solve(problem, 2)
    >>> solution.status, f"{float(solution.upper):.8f}"
    ('optimal', '0.09887306')
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
