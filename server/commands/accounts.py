"""flask accounts add, token, close, reopen, reset-factor."""

import sys
from collections.abc import Callable

import click
from flask.cli import AppGroup

from server.core import access
from server.core.database import write
from server.core.words import Refused, Role, Scope
from server.journeys.spotter import alias, closing, factor_reset, joining
from server.people.accounts import pairing, store

cli = AppGroup("accounts", help="Accounts and their tokens.")


@cli.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", required=True)
@click.option("--company", help="The company's slug, for --role company.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
def add(email: str, role: str, name: str, company: str | None, password_stdin: bool) -> None:
    """Open an account."""
    try:
        password = sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise click.ClickException("The password is not valid UTF-8.") from None
    try:
        if not company:  # a company knows its own people
            alias.refuse_unfit(email, name)
        joining.add_account(email, name, Role(role), password, company)
    except Refused as refusal:
        raise click.ClickException(refusal.detail) from None
    click.echo(f"Added {store.fold_email(email)} as {role}.")


@cli.command("token")
@click.argument("email")
@click.option("--scope", type=click.Choice([scope.value for scope in Scope]), required=True)
@click.option("--label", default="command line", show_default=True)
def token(email: str, scope: str, label: str) -> None:
    """Issue a token. It is the last word printed and is shown only once."""
    with write() as session:
        account = store.by_email(session, email)
        if account is None:
            raise click.ClickException(f"There is no account for {email}.")
        if account.disabled_at:
            raise click.ClickException(f"The account of {account.email} is closed.")
        action = access.SCOPES[Scope(scope)]
        if not access.can(action, account):
            needed = " or ".join(sorted(access.holders(action)))
            raise click.ClickException(
                f"{account.email} has the role {account.role}. The scope {scope} needs the role {needed}."
            )
        secret = pairing.issue_token(session, account.id, Scope(scope), label)
    click.echo(f"Token for {account.email}, scope {scope}, shown only once: {secret}")


def _decided_by(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments of a decision about an account: whose it is, who decides, and why."""
    why = click.option("--why", required=True, help="The reason, kept with the decision.")
    by = click.option("--by", "by_email", metavar="EMAIL", required=True, help="The administrator or coordinator.")
    return click.argument("email")(by(why(command)))


@cli.command("close")
@_decided_by
def close(email: str, by_email: str, why: str) -> None:
    """Close EMAIL's account: sessions and tokens end immediately, what they did stays."""
    try:
        closing.close_by_email(email, by_email, why)
    except Refused as refusal:
        raise click.ClickException(refusal.detail) from None
    click.echo(f"Closed the account of {store.fold_email(email)}, by {store.fold_email(by_email)}.")


@cli.command("reopen")
@_decided_by
def reopen(email: str, by_email: str, why: str) -> None:
    """Open EMAIL's closed account again."""
    try:
        closing.reopen_by_email(email, by_email, why)
    except Refused as refusal:
        raise click.ClickException(refusal.detail) from None
    click.echo(f"Reopened the account of {store.fold_email(email)}, by {store.fold_email(by_email)}.")


@cli.command("reset-factor")
@click.argument("email")
def reset_factor(email: str) -> None:
    """Remove EMAIL's second factor, when no two people are left who could. Their sessions end and they are emailed."""
    try:
        factor_reset.reset_by_command(email)
    except Refused as refusal:
        raise click.ClickException(refusal.detail) from None
    click.echo(f"Removed the second factor of {store.fold_email(email)}. They sign in by password and set it up again.")
