"""One certified solve in this process: `python one_solve.py QUESTION CERTIFICATE`, as `solve_process` starts it.

QUESTION is a `Question` as JSON. The certificate is written to the second file; the last line printed is JSON.
It needs no more of the project than `Problem`, `solve` and `certificate_json` of `convex`, so that it runs with
earlier code as well.
"""

import inspect
import json
import re
import sys
from fractions import Fraction
from pathlib import Path
from time import process_time

from convex import Problem, certificate_json, solve


def hexadecimal(value: Fraction) -> list[str]:
    """Numerator and denominator, in the notation that may have any length."""
    return [hex(value.numerator), hex(value.denominator)]


def main() -> None:
    """Solve, write the certificate, and print what came out."""
    sys.set_int_max_str_digits(0)  # certificates hold numbers of any length
    question = json.loads(Path(sys.argv[1]).read_text())
    problem = Problem.read(question["x"], question["y"], question["beta"])
    columns: list[int] = []

    def progress(message: str) -> None:
        columns.extend(int(number) for number in re.findall(r"(\d+) blocks", message))

    timed = {"seconds": question["seconds"]} if "seconds" in inspect.signature(solve).parameters else {}
    start = process_time()
    found = solve(problem, question["width"], tolerance=question["tolerance"], progress=progress, **timed)
    seconds = process_time() - start
    text = json.dumps(certificate_json([found], "benchmark"), separators=(",", ":"))
    Path(sys.argv[2]).write_text(text)
    report = {
        "solve": seconds,
        "status": found.status,
        "upper": hexadecimal(found.upper),
        "lower": hexadecimal(found.lower),
        "rounds": found.rounds,
        "columns": columns[-1] if columns else None,
        "vectors": len(found.proof.entries),
        "size": len(text.encode()),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
