"""Exact counts by orbits of flats and by deletion and restriction: seconds, orders of groups, whether both agree."""

import argparse
from time import perf_counter

from harness import print_table

from arrangements import family
from arrangements.symmetry.permutations import StabilizerChain
from theory.counting.deletion_restriction import whitney_modulo
from theory.counting.flat_orbits import whitney_by_orbits
from theory.counting.mersenne_field import faithful_exponent, residues
from theory.counting.with_symmetries import row_symmetries

INSTANCES = ("resonance:5", "resonance:6", "threshold:6", "resonance:7")


def main() -> None:
    """Time both ways on every instance, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", nargs="+", default=INSTANCES)
    parser.add_argument("--alone", action="store_true", help="Only by orbits of flats.")
    options = parser.parse_args()
    lines = []
    for name in options.instances:
        rows = family(name).essential.rows
        e = faithful_exponent(rows, len(rows[0]))
        table = residues(rows, e)
        start = perf_counter()
        generators = row_symmetries(rows)
        order = StabilizerChain(generators, len(rows)).order
        found = perf_counter()
        numbers = whitney_by_orbits(table, e, generators)
        done = perf_counter()
        plain = agree = "-"
        if not options.alone:
            other = whitney_modulo(table, e)
            plain, agree = f"{perf_counter() - done:.2f}", "yes" if other == numbers else "NO"
        lines.append(
            [name, f"{sum(numbers):,}", f"{order:,}", f"{found - start:.2f}", f"{done - found:.2f}", plain, agree]
        )
        print(*lines[-1], flush=True)
    headings = [
        "instance",
        "regions",
        "symmetries up to sign",
        "group s",
        "orbits s",
        "deletion-restriction s",
        "agree",
    ]
    print_table(headings, lines)


if __name__ == "__main__":
    main()
