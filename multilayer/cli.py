"""The command line. Everything heavy is imported inside the commands, so that --help answers at once."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from arrangements.errors import ArrangementError, InputError, LimitError

Report = dict[str, Any]

LIMIT = 50_000_000
_source = click.argument("source")
_engine = click.option(
    "--engine",
    type=click.Choice(["auto", "rays", "lp"]),
    default="auto",
    show_default=True,
    help="How cells are listed: by extreme rays (compiled), by linear programs, or as fits the size.",
)
_layer = click.option("--layer", type=click.Choice(["1", "2"]), default="1", show_default=True, help="H1 or H2.")
_width = click.option("--width", type=int, default=2, show_default=True, help="First-layer neurons in one sub-network.")
_limit = click.option(
    "--limit", type=click.IntRange(min=1), default=LIMIT, show_default=True, help="Most cells to list."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")


def _table(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how to read SOURCE."""
    options = [
        click.option(
            "--target",
            metavar="COLUMN",
            multiple=True,
            help="Column that is a target: its name, or its number from 1; again for more outputs.",
        ),
        click.option("--bias", is_flag=True, help="Append a column of ones."),
        click.option("--affine", is_flag=True, help="The last column holds the offsets b of x.w = b."),
        click.option("--decimals", type=click.IntRange(0, 1000), help="Round every entry to that many decimals first."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="multilayer-arrangements", prog_name="multilayer")
def cli() -> None:
    """Exact enumeration of multilayer hyperplane arrangements, and certified optima of three-layer ReLU networks.

    SOURCE is a .csv, .tsv, .txt or .npy table, - for standard input, or a named family: braid:n, typeB:n, typeD:n,
    resonance:n, threshold:n, crosspolytope:n, demicube:n, moment:n,d, random:n,d,seed, shi:n, catalan:n, linial:n,
    semiorder:n.
    """


@cli.command()
@_source
@_layer
@_width
@_engine
@_limit
@click.option(
    "--certificate", type=click.Path(path_type=Path), help="Also write a proof of the count: .json or .jsonl."
)
@_json
@_table
def count(
    source: str,
    layer: str,
    width: int,
    engine: str,
    limit: int,
    certificate: Path | None,
    as_json: bool,
    **table: Any,
) -> None:
    """Count regions (layer 1) or tuples, pairs and masks (layer 2), beside exact counts and bounds."""
    from multilayer.io import writing as files
    from multilayer.io.printing import print_report
    from multilayer.pipeline import counts as counting

    if certificate is not None:
        files.check_writable(certificate)
    read = _read(source, **table)
    if layer == "1":
        report = counting.count_first(read, engine, limit, _track)
    else:
        report = counting.count_second(read, width, engine, limit, _track)
    if certificate is not None:
        from multilayer.pipeline import certificates as proving

        proof = proving.prove_first(read, engine) if layer == "1" else proving.prove_second(read, width, engine)
        proving.write_certificate(certificate, proof)
        report["certificate"] = str(certificate)
    print_report(report, as_json)


@cli.command(name="enumerate")
@_source
@click.option("--output", type=click.Path(path_type=Path), required=True, help="File to write: .csv or .npz.")
@_layer
@_width
@_engine
@_limit
@_json
@_table
def enumerate_cells(
    source: str, output: Path, layer: str, width: int, engine: str, limit: int, as_json: bool, **table: Any
) -> None:
    """Write every sign vector with an exact integer witness.

    Layer 1: columns s1..sn and w1..wd (in affine arrangements w has one more entry, a positive denominator). Layer 2:
    for each neuron its output sign and mask, then the second-layer signs, then the weights of each neuron.
    """
    from multilayer.io import writing as files
    from multilayer.io.printing import print_report
    from multilayer.pipeline import counts as counting

    files.check_output(output)
    read = _read(source, **table)
    if layer == "1":
        total, cells = counting.list_first(read, engine, limit, _warn)
        columns = read.arrangement.dimension + read.arrangement.is_affine
        written = files.write_regions(output, iter(_track(cells, total, "regions")), len(read.x), columns)
        found = {"regions": written, "exact_count": total}
    else:
        tuples, neurons, first, pairs = counting.list_second(read, width, engine, limit)
        written = files.write_pairs(output, iter(pairs), first, neurons)
        found = {"regions": len(first.cells), "width": width, "tuples": tuples, "pairs": written}
    print_report({**counting.shape(read), "layer": int(layer), **found, "output": str(output)}, as_json)


@cli.command()
@click.option("--rows", type=int, required=True, help="n, rows of the data.")
@click.option("--rank", type=int, required=True, help="r, rank of the data.")
@click.option("--width", type=int, required=True, help="m, neurons in one sub-network.")
@click.option("--latex", is_flag=True, help="Formulas in LaTeX.")
@_json
def bounds(rows: int, rank: int, width: int, latex: bool, as_json: bool) -> None:
    """Print the bounds (13) and (14), the joint bounds and 2^n: formulas, values, growth in n."""
    from multilayer.io.printing import print_bounds

    print_bounds(rows, rank, width, as_json, latex)


@cli.command()
@_source
@click.option("--width", required=True, help='First-layer neurons in one sub-network; "unlimited" for any number.')
@click.option("--beta", required=True, help='Weight of the penalty, read exactly: "0.1" is one tenth.')
@click.option(
    "--loss",
    default="squared",
    show_default=True,
    help="squared, huber (or huber:THRESHOLD), hinge or logistic; the last two for two classes.",
)
@click.option("--tolerance", default="1e-8", show_default=True, help="Largest relative gap that is called optimal.")
@click.option("--certificate", type=click.Path(path_type=Path), help="Default: NAME.certificate.json.")
@click.option("--network", type=click.Path(path_type=Path), help="Default: NAME.network.json.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=1_000_000,
    show_default=True,
    help="Most steps of the search; the bounds reached by then are kept (status 4).",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="DRAWS",
    help="Draw that many sub-networks at random instead: an upper bound, for tables of any size.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the draws.")
@click.option("--readings", is_flag=True, help="Also give the values of the literal readings of program (12).")
@_json
@_table
def solve(
    source: str,
    certificate: Path | None,
    network: Path | None,
    as_json: bool,
    width: str,
    beta: str,
    loss: str,
    tolerance: str,
    limit: int,
    sample: int | None,
    seed: int,
    readings: bool,
    **table: Any,
) -> int:
    """Train a three-layer ReLU network to proven global optimality; writes network and certificate.

    The target is the last column unless --target names one. A target of text is a class label: with two classes the
    first in order is coded -1 and the other 1, with more there is one output a class. Both bounds are exact rational
    numbers; the status is "optimal" only if their relative gap is within the tolerance.
    """
    from multilayer.io.printing import print_report
    from multilayer.pipeline.optimum import Request, sample_source, solve_source

    read = _read(source, last_is_target=not table["target"], **table)
    stem = source.replace(":", "-") if read.name == source else read.name
    request = Request.read(width, beta, loss, tolerance, limit, readings)
    network = network or Path(f"{stem}.network.json")
    if sample is not None:
        if certificate is not None:
            raise InputError("--sample proves nothing, so there is no --certificate to write")
        print_report(sample_source(read, request, sample, seed, network, _note), as_json)
        return 0
    report = solve_source(read, request, certificate or Path(f"{stem}.certificate.json"), network, _note)
    print_report(report, as_json)
    return 4 if report["limited"] else 0


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@_json
def verify(file: Path, as_json: bool) -> int:
    """Check a certificate with the independent checker, which knows nothing of this program: status 3 if rejected.

    The checker is one file of the standard library; `python checker.py FILE` does the same anywhere.
    """
    from multilayer.io.printing import print_report
    from multilayer.pipeline.certificates import verify as verified

    report = verified(file)
    if as_json:
        print_report(report, as_json)
    elif report["verified"]:
        click.echo(f"accepted: {report['kind']}: {report['claim']}")
    else:
        click.echo(f"rejected: {report['reason']}")
    return 0 if report["verified"] else 3


@cli.command()
@_source
@click.option(
    "--limit", type=click.IntRange(min=1), default=200_000, show_default=True, help="Most regions to go through."
)
@_json
@_table
def invariants(source: str, limit: int, as_json: bool, **table: Any) -> None:
    """Print the invariants: characteristic polynomial, Whitney numbers, flats, faces, circuits, bounded regions."""
    from multilayer.io.printing import print_report
    from multilayer.pipeline import invariants as found

    print_report(found.invariants(_read(source, **table), limit), as_json)


@cli.command()
@click.argument("name", nargs=-1)
@_json
def claims(name: tuple[str, ...], as_json: bool) -> None:
    """Examine every numbered statement of the paper: what it says, the verdict, and the evidence, computed anew.

    NAME selects claims by a part of their name: "Lemma 1", "(13)", "own". About a minute for all of them. Status 1 if
    a check behind a verdict fails, or if the evidence is not what is on record.
    """
    from multilayer.claims import printing, referee

    findings = referee.examine(referee.chosen(name))
    if as_json:
        click.echo(printing.as_json(findings))
        return
    for line in printing.lines(findings):
        click.echo(line)


@cli.command()
@click.option("--rank", type=int, required=True, help="r, rank of the tables.")
@click.option("--width", type=int, required=True, help="m, neurons in one sub-network.")
@click.option("--rows", required=True, help="n, rows of the tables: 4:12, 4:40:4 (first, last, step), or 4,6,8.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the tables random:n,r,seed.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=5_000_000, show_default=True, help="Most tuples of one table."
)
@click.option("--figure", type=click.Path(path_type=Path), help="Also draw: .svg, .png or .pdf (extra plot).")
@_json
def growth(rank: int, width: int, rows: str, seed: int, limit: int, figure: Path | None, as_json: bool) -> None:
    """Count both layers of random tables over n, beside the bounds; fitted exponents beside the proven ones.

    The tables are in general position and all counts are exact. A fitted exponent is the least-squares slope of log
    count over log n: it describes these sizes and proves nothing.
    """
    from multilayer.io.printing import print_report
    from multilayer.pipeline import experiments

    report = experiments.growth(rank, width, rows, seed, limit, figure)
    if as_json:
        print_report(report, as_json)
    else:
        experiments.print_growth(report)


@cli.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--betas", default="1,0.1,0.01", show_default=True, help="Weights of the penalty, read exactly.")
@click.option("--widths", default="1,2,3,unlimited", show_default=True, help="Neurons in one sub-network.")
@click.option("--loss", default="squared", show_default=True, help="squared, huber, hinge or logistic.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=1_000_000, show_default=True, help="Most steps of each search."
)
@click.option("--figure", type=click.Path(path_type=Path), help="Also draw: .svg, .png or .pdf (extra plot).")
@_json
@_table
def depth(
    sources: tuple[str, ...],
    betas: str,
    widths: str,
    loss: str,
    limit: int,
    figure: Path | None,
    as_json: bool,
    **table: Any,
) -> int:
    """Where three layers beat two: certified optima over beta and width, and the proven saving.

    Width 1 is the two-layer network with weight decay. SOURCE, one or more, is a table with a target as for solve, or a
    bundled one by its name: xor, galileo, teacher, random-labels. Status 4 if a search met its limit; what is printed
    is proven all the same.
    """
    from multilayer.io.printing import print_report
    from multilayer.pipeline import experiments

    read = []
    for source in sources:
        with experiments.located(source) as path:
            read.append(_read(path, last_is_target=not table["target"], **table))
    report = experiments.depth(read, betas, widths, loss, limit, figure, _note)
    if as_json:
        print_report(report, as_json)
    else:
        experiments.print_depth(report)
    return 4 if report["limited"] else 0


@cli.command()
def demo() -> None:
    """Run the whole pipeline on bundled data: Galileo's ramp, and XOR."""
    from multilayer.pipeline.demo import run

    run()


def _read(source: str, **options: Any) -> Any:
    from multilayer.io.tables import read_source

    read = read_source(source, options.pop("target", None), **options)
    if read.warning:
        _warn(f"{read.name}: {read.warning} (--decimals N)")
    return read


def _warn(text: str) -> None:
    click.echo(f"multilayer: note: {text}", err=True)


def _note(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(text, err=True)


def _track(items: Iterable[Any], total: int, label: str) -> Iterable[Any]:
    """A progress bar on standard error, where that is a terminal and the work is long."""
    if not sys.stderr.isatty() or total < 2_000:
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=label, total=total, console=Console(stderr=True), transient=True)


def main() -> None:
    """Run the command line: one line on standard error and status 2 for bad input, 4 for a limit."""
    sys.set_int_max_str_digits(0)  # exact bounds may have thousands of digits
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        _fail(" ".join(error.format_message().split()), 2)
    except click.Abort:
        _fail("interrupted", 130)
    except LimitError as error:
        _fail(str(error), 4)
    except InputError as error:
        _fail(str(error), 2)
    except ArrangementError as error:
        _fail(str(error), 1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _fail(message: str, status: int) -> None:
    click.echo(f"multilayer: {message}", err=True)
    sys.exit(status)
