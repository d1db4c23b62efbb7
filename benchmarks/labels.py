"""The bundled tables of eight rows in the plane, made again. `python benchmarks/labels.py FOLDER` writes both.

`teacher.csv` has the labels of one three-layer sub-network of width 2, ((-a + 3 b)_+ - (2 a + b)_+)_+;
`random-labels.csv` has the same rows with labels round(N(0, 1), 2), numpy's default_rng(0).
"""

import sys
from fractions import Fraction
from pathlib import Path

import numpy as np

QUARTERS = ((4, 1), (3, 5), (-1, 4), (-4, 2), (-5, -1), (-2, -4), (1, -5), (4, -3))  # all around the origin
TEACHER = ((-1, 3), (2, 1))
SEED = 0


def teacher(a: Fraction, b: Fraction) -> Fraction:
    """The answer of the teacher."""
    first, second = (max(p * a + q * b, Fraction(0)) for p, q in TEACHER)
    return max(first - second, Fraction(0))


def tables() -> dict[str, str]:
    """The text of each file."""
    rows = [(Fraction(a, 4), Fraction(b, 4)) for a, b in QUARTERS]
    drawn = np.random.default_rng(SEED).standard_normal(len(rows))
    return {
        "teacher.csv": _text([(a, b, teacher(a, b)) for a, b in rows]),
        "random-labels.csv": _text([(a, b, Fraction(y)) for (a, b), y in zip(rows, drawn, strict=True)]),
    }


def _text(lines: list[tuple[Fraction, ...]]) -> str:
    return "a,b,label\n" + "".join(",".join(f"{float(value):.2f}" for value in line) + "\n" for line in lines)


if __name__ == "__main__":
    for name, text in tables().items():
        Path(sys.argv[1], name).write_text(text, encoding="utf-8")
