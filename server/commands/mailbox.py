"""flask mailbox: read returned email, and say where it belongs."""

from collections.abc import Callable

import click
from flask.cli import with_appcontext

from server.core import access, mailbox, web
from server.core.database import read
from server.core.words import Refused
from server.journeys.report import reading_mail, sorting_mail
from server.ledger.inbound import store
from server.people.accounts import store as accounts


@click.group("mailbox")
def cli() -> None:
    """Returned email."""


@cli.command("read")
@with_appcontext
def read_now() -> None:
    """Read the mailbox now (SPOTTER_MAILBOX_URL), as the worker does every minute."""
    if not web.settings().mailbox_url:
        raise click.ClickException("SPOTTER_MAILBOX_URL is not set: there is no mailbox to read.")
    try:
        new, _ = reading_mail.read_mailbox()
    except mailbox.MailboxAway as problem:
        raise click.ClickException(f"The mailbox cannot be read: {problem}") from None
    click.echo(f"{new} {'email' if new == 1 else 'emails'} filed.")


@cli.command("list")
@with_appcontext
def list_waiting() -> None:
    """List the emails to sort: id, since when, what, from whom, subject."""
    cursor, number = None, 0
    while True:
        with read() as session:
            mails, cursor = store.waiting(session, cursor)
        for mail in mails:
            click.echo(
                f"{mail.id}  {mail.received_at:%Y-%m-%d %H:%M}  {mail.kind}  {mail.sender or '-'}  {mail.subject}"[:300]
            )
        number += len(mails)
        if cursor is None:
            break
    click.echo(f"{number} {'waits' if number == 1 else 'wait'}.", err=True)


@cli.command("show")
@click.argument("mail_id")
@with_appcontext
def show(mail_id: str) -> None:
    """Print one email as text."""
    with read() as session:
        try:
            mail = store.get(session, mail_id)
        except Refused as refusal:
            raise click.ClickException(refusal.detail) from None
    for name, value in (
        ("From", mail.sender), ("Subject", mail.subject), ("Kind", mail.kind), ("State", mail.state),
        ("Proven", "yes" if mail.proven else "no"), ("Said", reading_mail.server_reply(mail) if mail.status or mail.said else ""),
        ("Files", ", ".join(name or "-" for name, *_ in mail.attachments)),
    ):  # fmt: skip
        if value:
            click.echo(f"{name + ':':<9}{value}")
    click.echo(f"\n{mail.whole}")


@cli.command("file")
@click.argument("mail_id")
@click.option("--notice", "reference", metavar="REFERENCE", required=True, help="The notice it belongs to.")
@click.option("--by", metavar="EMAIL", required=True, help="The coordinator who says so, for the audit trail.")
@with_appcontext
def file(mail_id: str, reference: str, by: str) -> None:
    """File an email under a notice, as if it had proved to belong there."""
    _do(lambda account_id: sorting_mail.file_mail(mail_id, reference, account_id), by)
    click.echo("Filed.")


@cli.command("drop")
@click.argument("mail_id")
@click.option("--by", metavar="EMAIL", required=True, help="The coordinator who says so, for the audit trail.")
@with_appcontext
def drop(mail_id: str, by: str) -> None:
    """Drop an email that belongs to nothing."""
    _do(lambda account_id: sorting_mail.drop_mail(mail_id, account_id), by)
    click.echo("Dropped.")


def _do(act: Callable[[str], object], by: str) -> None:
    """Do it for this coordinator; a refusal is one line."""
    with read() as session:
        account = accounts.by_email(session, by)
    if account is None or account.disabled_at or not access.can("cases.decide", account):
        raise click.ClickException(f"{by} is not the account of a coordinator.")
    try:
        act(account.id)
    except Refused as refusal:
        raise click.ClickException(refusal.detail) from None
