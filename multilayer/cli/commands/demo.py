"""The command `multilayer demo`."""

import click


@click.command("demo")
def command() -> None:
    """Run the whole pipeline on bundled data: Galileo's ramp, and XOR."""
    from time import perf_counter

    from multilayer.pipeline.demo import EXAMPLES, run_example
    from multilayer.printing.demo import print_end, print_example, print_title

    start = perf_counter()
    for example in EXAMPLES:
        print_title(example)
        print_example(run_example(example))
    print_end(perf_counter() - start)
