"""The command `multilayer complex NETWORK`."""

from pathlib import Path

import click

from multilayer.cli import options
from multilayer.cli.messages import progress


@click.command("complex")
@click.argument("network", type=options.FILE)
@click.option(
    "--box",
    metavar="LO:HI",
    callback=lambda ctx, param, value: value if value is None else options.given(ctx, param, value),
    help="See the part inside an open box: one interval for all inputs, or one for each: LO:HI,LO:HI.",
)
@click.option("--regions-only", is_flag=True, help="Count no faces of lower dimension.")
@click.option(
    "--zero-set",
    metavar="K or K-J",
    help="Describe where output K is 0, or where outputs K and J are equal; counted from 1.",
)
@click.option(
    "--output", type=options.FILE, metavar="FILE.csv", help="Write the regions: signs, a point inside, bounded."
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=options.CELLS,
    show_default=True,
    help="Most regions; what is found by then is printed (status 4).",
)
@options.seconds("Stop after this many seconds; what is found by then is printed (status 4).")
@options.as_json
def command(
    network: Path,
    box: str | None,
    regions_only: bool,
    zero_set: str | None,
    output: Path | None,
    limit: int,
    seconds: float | None,
    as_json: bool,
) -> int:
    """Count the activation regions of a network in input space, their faces, and its affine pieces.

    NETWORK is what "multilayer solve" wrote, layers {"layers": [{"weights": [[..]..], "biases": [..]} ..]} with ReLU
    after all but the last, or .onnx (Gemm, MatMul, Add, Sub, Relu). Weights are exact, floats as the binary fractions
    that they hold; so are all counts. Neurons that are dead, repeated or without bias are counted as they are.
    """
    from multilayer.io.networks import read_network
    from multilayer.pipeline import complex as pipeline
    from multilayer.printing.reports import print_report

    options.check_files([], {"--output": output}, {"NETWORK": network})
    read = read_network(network)
    wanted = pipeline.Wanted(
        box=pipeline.read_sides(box, read.layers.inputs),
        faces=not regions_only,
        outputs=pipeline.read_outputs(zero_set),
        limit=limit,
        seconds=seconds,
    )
    report = pipeline.complex_report(
        read.layers, wanted, name=str(network), output=output, columns=read.about.columns, progress=progress
    )
    known = {name: value for name, value in report.items() if as_json or value is not None}
    print_report(known, as_json)
    options.say_missing(report)
    return 0 if report["complete"] else 4
