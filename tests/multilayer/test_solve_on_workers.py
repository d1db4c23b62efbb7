"""The command solve on an executor: the report and the certificate of the command without."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from support.problems import FOUR_ROWS, gaussian

from convex.columns import spread_pricing
from multilayer import checker
from multilayer.pipeline.learning import optimum
from multilayer.pipeline.learning.training import Training


def report_of(problem, tmp_path, executor, steps=10_000):
    training = Training("rows", (problem,), ("y",), None, ("a", "b"), False, None)
    request = optimum.Request.read("2", str(problem.beta), "squared", "1e-8", steps, False)
    certificate, network = tmp_path / "certificate.json", tmp_path / "network.json"
    report = optimum.solve_training(training, request, certificate, network, str, executor=executor)
    assert checker.check(str(certificate))[0] == "optimum"
    return {name: value for name, value in report.items() if name != "seconds"}


@pytest.mark.parametrize(
    ("problem", "steps"), [(FOUR_ROWS, 10_000), (gaussian(8, 2, 0, "0.002"), 40)], ids=["optimal", "limited"]
)
def test_workers_change_nothing_of_the_report(problem, steps, tmp_path, monkeypatch):
    asked = []
    real = spread_pricing._answer
    monkeypatch.setattr(spread_pricing, "_SHORT", 0)
    monkeypatch.setattr(spread_pricing, "_answer", lambda *given: (asked.append(given[1].limit), real(*given))[1])
    with ThreadPoolExecutor(2) as pool:
        spread = report_of(problem, tmp_path, pool, steps)
    assert max(asked) == steps
    assert spread == report_of(problem, tmp_path, None, steps)
    assert spread["limited"] == (steps == 40)
