"""The command `multilayer claims`."""

import click

from multilayer.cli import options

_FEW = 8


@click.command("claims")
@click.argument("name", nargs=-1)
@options.as_json
def command(name: tuple[str, ...], as_json: bool) -> None:
    """Examine every numbered statement of the paper: what it says, the verdict, and the evidence, computed anew.

    NAME selects claims by a part of their name: "Lemma 1", "(13)", "own". About a minute for all of them, in a process
    for each core. Status 1 if a check behind a verdict fails, or if the evidence is not what is on record.
    """
    import os

    from multilayer.claims import printing, referee

    claims = referee.chosen(name)
    # a process takes a second to begin, which a few claims do not
    findings = referee.examine(claims, workers=(os.cpu_count() or 1) if len(claims) > _FEW else 1)
    if as_json:
        click.echo(printing.as_json(findings))
        return
    for line in printing.lines(findings):
        click.echo(line)
