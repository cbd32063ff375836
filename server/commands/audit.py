"""flask verify-audit, flask audit head, flask audit accept."""

from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from server.core import anchor, seals, trail
from server.core.anchor import Head
from server.core.database import read
from server.core.words import Refused
from server.journeys.oversight import audit_trail

cli = AppGroup("audit", help="The head of the audit trail, and what to do when the trail is not intact.")


def _heads(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> list[Head]:
    heads = []
    for value in values:
        path = Path(value)
        text = value
        try:
            if path.is_file():
                text = path.read_text(errors="replace")
        except OSError:  # too long to be a file's name
            pass
        found = anchor.read_heads(text)
        if not found:
            raise click.BadParameter(
                "Give a head (number:hash:mark) or a file that holds heads, such as a saved email."
            )
        heads += found
    return heads


HEAD = click.option(
    "--head", "heads", multiple=True, callback=_heads, help="A head kept elsewhere, or a file with several."
)


@click.command("verify-audit")
@HEAD
@with_appcontext
def verify_audit(heads: list[Head]) -> None:
    """Check that the audit trail is what was sealed, from its first row to its head."""
    kept = anchor.load()
    with read() as session:
        broken = trail.verify(session, heads, kept)
        last = seals.newest(session)
        alarm = kept.alarm
    if broken:
        raise click.ClickException(broken.said)
    if alarm:
        raise click.ClickException(f"{alarm.said} (noted by the worker; two people accept it with: flask audit accept)")
    click.echo("The audit trail is intact.")
    if last is None or last.mac is None:
        click.echo("No row has been sealed with the key yet: the worker does it within a minute.")
    else:
        click.echo(f"Head: {Head(last.position, last.hash, last.mac)}")
    for head in heads:
        click.echo(f"It still contains the head of {head.rows} rows that you gave.")


@cli.command("head")
def head() -> None:
    """Print the head: keep it out of reach of this machine's operator, such as with each backup."""
    with read() as session:
        last = seals.newest(session)
    if last is None or last.mac is None:
        raise click.ClickException("No row has been sealed with the key yet.")
    click.echo(str(Head(last.position, last.hash, last.mac)))


@cli.command("accept")
@click.option("--by", "by_email", required=True, metavar="EMAIL", help="An administrator.")
@click.option("--second", "second_email", required=True, metavar="EMAIL", help="A second person of the desk.")
@click.option("--why", required=True, metavar="TEXT", help="Kept permanently: name nobody.")
@HEAD
def accept(by_email: str, second_email: str, why: str, heads: list[Head]) -> None:
    """Accept a trail that is not intact, as two people; after a restored backup, for example."""
    try:
        found = audit_trail.accept(by_email, second_email, why, heads)
    except Refused as refusal:
        raise click.ClickException(refusal.detail) from None
    click.echo(f"Accepted despite: {found.said}")
    click.echo(f"The trail continues from here. Head: {anchor.load().head}")
