"""The command `multilayer solve SOURCE --width M --beta B`."""

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from multilayer.cli import options
from multilayer.cli.messages import note, warn
from multilayer.cli.workers import executor_of
from multilayer.cli.workers import workers as workers_option


@click.command("solve", cls=options.SourceCommand)
@options.source
@options.any_width
@click.option(
    "--beta", required=True, callback=options.given, help='Weight of the penalty, read exactly: "0.1" is one tenth.'
)
@options.loss
@click.option(
    "--tolerance",
    default="1e-8",
    callback=options.given,
    show_default=True,
    help="Largest relative gap that is called optimal.",
)
@click.option("--certificate", type=options.FILE, help="Default: NAME.certificate.json.")
@click.option("--network", type=options.FILE, help="Default: NAME.network.json.")
@options.steps
@options.seconds(
    "Most time of the search; the bounds proven by then are kept (status 4). Before and after it the regions are "
    "listed and proven complete; a table too large for that is refused at once."
)
@click.option(
    "--resume",
    type=options.FILE,
    metavar="CERTIFICATE",
    help="Go on from what a stopped solve wrote, and never get worse.",
)
@click.option("--start", type=options.FILE, metavar="NETWORK", help="Begin with a network that solve wrote.")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="DRAWS",
    help="Draw that many sub-networks at random instead: an upper bound, for tables of many regions.",
)
@click.option("--seed", type=options.SEED, default=0, show_default=True, help="Of the draws.")
@click.option("--interpretations", is_flag=True, help="Also solve program (12) as it may be read literally.")
@click.option(
    "--all-pairs",
    is_flag=True,
    help="First list all pairs of the width and solve program (12) over all of them, as the paper writes it; the "
    "certified search then begins with its network, and both proven intervals must meet.",
)
@workers_option
@options.as_json
@options.weights
@options.reading
def command(
    source: str,
    certificate: Path | None,
    network: Path | None,
    as_json: bool,
    width: str,
    beta: str,
    loss: str,
    tolerance: str,
    steps: int,
    seconds: float | None,
    resume: Path | None,
    start: Path | None,
    sample: int | None,
    seed: int,
    interpretations: bool,
    all_pairs: bool,
    workers: int,
    **how: Any,
) -> int:
    """Train a three-layer ReLU network to proven global optimality; writes network and certificate.

    The target is what --target names, else the column of text, else the last column. A target of text is a class
    label: with two classes the first in order is coded -1 and the other 1, with more there is one output a class. Both
    bounds are exact rational numbers; the status is "optimal" only if their relative gap is within the tolerance.

    Without --certificate, a certificate with the default name that answers another question is replaced, and one of
    the same optimum that proves a narrower interval is kept; a note says so.

    Ctrl-C, SIGTERM, SIGHUP, --time and --steps end the search with the best network and the best proven bound so far,
    certificate included; --resume goes on from there. A second signal ends at once.
    """
    from arrangements.errors import InputError
    from arrangements.exact.directed_rounding import text_above
    from convex.problem.bracket import OPTIMAL
    from multilayer.io.paths import check_distinct
    from multilayer.pipeline.learning import optimum
    from multilayer.pipeline.learning.earlier import earlier_certificate
    from multilayer.pipeline.learning.training import check_target_names, training_of
    from multilayer.printing.reports import print_report

    table = options.table_of(source, how, with_target=True)
    check_target_names(table)
    stem = source.replace(":", "-") if table.name == source else table.name
    usual = Path(f"{stem}.certificate.json")
    usual_certificate, usual_network = certificate is None, network is None
    network = network or Path(f"{stem}.network.json")
    options.check_files([source], {"--certificate": certificate or usual, "--network": network})
    request = optimum.Request.read(width, beta, loss, tolerance, steps, interpretations)
    request = request._replace(seconds=seconds, resume=resume, start=start, all_pairs=all_pairs)
    if resume is not None and start is not None:
        raise InputError("--resume brings its network with it; leave out --start")
    if all_pairs:
        if request.width is None:
            raise InputError("--all-pairs lists the pairs of one width: give --width a number")
        if (seconds, resume, start, sample) != (None,) * 4:
            raise InputError(
                "--all-pairs solves the whole program at once; leave out --time, --resume, --start and --sample"
            )
    if sample is not None:
        if certificate is not None:
            raise InputError("--sample proves nothing, so there is no --certificate to write")
        if (seconds, resume, start) != (None, None, None):
            raise InputError("--sample draws anew, as many as it says; leave out --time, --resume and --start")
        from multilayer.pipeline.learning.sampling import sample_network

        training = training_of(table, beta, request.loss, warn)
        print_report(sample_network(training, request, sample, seed, network, note), as_json)
        return 0
    certificate = certificate or usual
    # a certificate that is resumed may be replaced: what takes its place proves at least as much
    check_distinct({} if start is None else {"--start": start}, {"--certificate": certificate, "--network": network})
    check_distinct({} if resume is None else {"--resume": resume}, {"--network": network})
    training = training_of(table, beta, request.loss, warn)
    # what has the usual name came from a command that gave no name: it may prove more
    earlier = earlier_certificate(usual) if usual_certificate else None
    there = None if earlier is None else optimum.Earlier(earlier, usual_network)
    with executor_of(workers) as executor:
        report = optimum.solve_training(training, request, certificate, network, note, there, warn, executor=executor)
    print_report(report, as_json)
    if not report["limited"]:
        if report["status"] != OPTIMAL:
            click.echo(
                f"multilayer: the search is over, and a relative gap of {text_above(report['relative_gap'], 2)} is "
                f"left, above the tolerance of {tolerance}",
                err=True,
            )
        return 0
    again = shlex.join(["multilayer", *_without_start(sys.argv[1:]), "--resume", str(certificate)])
    where, advice = f"after {report['seconds']:.0f} s", ""
    if report["steps"] >= steps:
        where, advice = f"at --steps of {steps:,}", "raise --steps and "
    click.echo(f"multilayer: stopped {where}; {advice}go on with: {again}", err=True)
    return 4


def _without_start(arguments: list[str]) -> list[str]:
    """The arguments of a command without the options that say where to begin.

    Example:
        >>> _without_start(["solve", "t.csv", "--resume", "c.json", "--start=n.json", "--time", "5"])
        ['solve', 't.csv', '--time', '5']
    """
    kept, names = [], ("--resume", "--start")
    for before, argument in zip(["", *arguments], arguments, strict=False):
        if before not in names and argument.partition("=")[0] not in names:
            kept.append(argument)
    return kept
