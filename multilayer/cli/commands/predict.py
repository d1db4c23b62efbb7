"""`multilayer predict NETWORK SOURCE`."""

import csv
import sys
from pathlib import Path

import click

from multilayer.cli import options
from multilayer.cli.messages import warn


@click.command("predict", cls=options.SourceCommand)
@click.argument("network", type=options.FILE)
@options.source
@options.target
@options.weights
@options.drop
@options.header
@click.option("--exact", is_flag=True, help="Print fractions p/q instead of the nearest floats.")
@click.option("--output", type=options.FILE, metavar="FILE.csv", help="Write the outputs to a file.")
@options.as_json
def command(
    network: Path,
    source: str,
    target: tuple[str, ...],
    weights: str | None,
    drop: tuple[str, ...],
    header: bool | None,
    exact: bool,
    output: Path | None,
    as_json: bool,
) -> int:
    """Compute the outputs of a network on every row of SOURCE, and the classes where it has classes.

    NETWORK is what "multilayer solve" wrote, layers {"layers": [{"weights": [[..]..], "biases": [..]} ..]} with ReLU
    after all but the last, or .onnx (Gemm, MatMul, Add, Sub, Relu), whose columns have no names. Columns are matched by
    their names; a bias is added as it was in training. If SOURCE has the targets too, they are left out, and the loss
    (for classes the accuracy as well) is reported.
    """
    from multilayer.io.networks import read_network
    from multilayer.pipeline.learning import prediction
    from multilayer.printing.reports import print_report

    if output is not None:
        prediction.check_prediction_output(output)
        options.check_files([source], {"--output": output}, {"NETWORK": network})
    found = prediction.predict_table(read_network(network), source, target, drop=drop, header=header, weights=weights)
    for text in found.notes:
        warn(text)
    report = prediction.prediction_report(found, exact, output)
    if output is not None:
        prediction.write_prediction(output, found, exact)
    if as_json or output is not None:
        known = {name: value for name, value in report.items() if value is not None}
        print_report(report if as_json else {**known, "outputs": ", ".join(found.names)}, as_json)
        return 0
    csv.writer(sys.stdout, lineterminator="\n").writerows(found.lines(exact))
    if report["loss_value"] is not None:
        warn(f"the {report['loss']} loss on this table is {report['loss_value']:.12g}")
    if report["accuracy"] is not None:
        warn(f"the accuracy on this table is {report['accuracy']:.12g}")
    return 0
