"""The command `multilayer claims`."""

import click

from multilayer.cli import options


@click.command("claims")
@click.argument("name", nargs=-1)
@options.as_json
def command(name: tuple[str, ...], as_json: bool) -> None:
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
