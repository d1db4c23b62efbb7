"""Compile the kernels before the tests begin, each once: the workers would all compile the same at the same time."""

import os
import subprocess
import sys

# the kernels of the arrangements, and the slower ones of the solver
_PROGRAMS = (
    """
from arrangements import FirstLayer, count_second_layer, family
assert count_second_layer(FirstLayer.of(family("braid:3")), 2, engine="rays").pairs > 0
""",
    """
import numpy as np
from arrangements import FirstLayer, family
from convex.columns import compiled_pricing
from convex.columns.neurons import Neurons
layer = FirstLayer.of(family("braid:3"))
neurons = Neurons(layer, np.array(layer.arrangement.normals, float))
neurons.compile()
order = list(range(len(neurons)))
compiled_pricing.price_tuples(neurons, np.ones(len(neurons.x)), 1.0, width=2, order=order, slack=0.1, limit=100)
neurons.support_bounds(np.ones(len(neurons.x)), np.zeros(len(neurons.x)))
""",
)


def compile_kernels() -> None:
    """Run a process for each of the programs; where one fails, the tests will say why."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen([sys.executable, "-c", program], **quiet) for program in _PROGRAMS]
    for process in running:
        process.wait()
