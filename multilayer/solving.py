"""The solve command: read, solve, write, report."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any

from arrangements.errors import InputError
from arrangements.reading import exact_number
from convex.certificate import certificate_json, network_json
from convex.problem import Problem
from convex.solve import Solution, reading_values, solve
from multilayer.files import check_writable, write_json
from multilayer.proving import SOFTWARE, write_certificate
from multilayer.sources import Source


def problem_of(source: Source, beta: object) -> Problem:
    """The training problem of a table with a target column.

    Raises:
        InputError: no target column, offsets, or values that make no problem.
    """
    if source.y is None or source.offsets is not None:
        raise InputError(f"{source.name}: solve needs a table with a target column and without offsets")
    return Problem.read(source.x, source.y, beta)


def solve_source(
    source: Source,
    width: int,
    beta: str,
    tolerance: str,
    certificate: Path,
    network: Path,
    limit: int,
    readings: bool,
    note: Callable[[str], None],
) -> dict[str, Any]:
    """Solve, write network and certificate, and report with the keys of the command line."""
    start = perf_counter()
    problem = problem_of(source, beta)
    allowed = exact_number(tolerance, "tolerance")
    if allowed < 0:
        raise InputError(f"tolerance is {tolerance}; it must not be negative")
    for path in (certificate, network):
        check_writable(path)
    solution = solve(problem, width, allowed, limit, note)
    parameters = {"source": source.name, "width": width, "beta": beta, "tolerance": tolerance}
    write_certificate(certificate, certificate_json(solution, SOFTWARE, parameters))
    write_json(network, network_json(solution.network))
    report = solution_report(solution)
    if readings:
        report["readings"] = reading_values(problem, width)
    return {
        **report,
        "target": source.target,
        "certificate": str(certificate),
        "network": str(network),
        "seconds": round(perf_counter() - start, 3),
    }


def solution_report(solution: Solution) -> dict[str, Any]:
    """The facts of a solution as plain values."""
    return {
        "status": solution.status,
        "width": solution.width,
        "width_needed": solution.network.width,
        "upper": float(solution.upper),
        "lower": float(solution.lower),
        "upper_exact": fraction_text(solution.upper),
        "lower_exact": fraction_text(solution.lower),
        "gap": float(solution.gap),
        "relative_gap": float(solution.relative_gap),
        "regions": len(solution.layer.cells),
        "pairs_total": solution.pairs_total,
        "pairs_used": solution.pairs_used,
        "subnetworks": len(solution.network.subnetworks),
    }


def fraction_text(value: Fraction) -> str:
    """Always p/q, also for integers.

    Example:
        >>> fraction_text(Fraction(2))
        '2/1'
    """
    return f"{value.numerator}/{value.denominator}"
