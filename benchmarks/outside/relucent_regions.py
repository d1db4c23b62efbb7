"""The pip package relucent on one arrangement: rows as JSON in a file; prints seconds and regions.

The regions of the arrangement are the activation regions of one layer whose weights are the rows.
"""

import json
import sys
from collections import OrderedDict
from pathlib import Path
from time import perf_counter

import numpy as np
import relucent
from relucent.model.builders import LinearLayer, ReLULayer, ReLUNetwork


def main() -> None:
    """Time a breadth-first search over all regions, on one process, without the verification at its end."""
    rows = np.array(json.loads(Path(sys.argv[2]).read_text()), dtype=float)
    n, d = rows.shape
    layers = OrderedDict(
        weights=LinearLayer(weight=rows, bias=np.zeros(n)),
        activation=ReLULayer(),
        sum=LinearLayer(weight=np.ones((1, n)), bias=np.zeros(1)),
    )
    start = perf_counter()
    regions = relucent.Complex(ReLUNetwork(layers, input_shape=(d,)))
    regions.bfs(start=np.random.default_rng(0).standard_normal(d), nworkers=1, verify=False, verbose=0)
    print(perf_counter() - start, len(regions))


if __name__ == "__main__":
    main()
