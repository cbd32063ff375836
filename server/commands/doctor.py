"""flask doctor: what is wrong with this installation."""

import click
from flask.cli import with_appcontext
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from server.commands import guard
from server.core import backlog, config, installation, set_aside, web
from server.core.database import read
from server.ledger.companies.models import Company, Spoc
from server.reads import monitor, readiness

LISTED = 10  # dead letters, and companies without a SPOC


@click.command("doctor")
@with_appcontext
@guard.without_database
def doctor() -> None:
    """Say what is wrong with this installation; exit status 1 when something is."""
    settings = web.settings()
    click.echo(f"Database: {installation.named(settings)}", err=True)
    wrong, known = list[str](), list[str]()
    if problem := installation.secret_missing(settings):
        wrong.append(f"secret: {problem}")
    if problem := installation.refusal(settings):
        wrong.append(f"database: {problem}")
    else:
        with read() as session:
            parts = readiness.checks(session)
            wrong += [f"{name}: {what}" for name, what in parts.items() if what]
            wrong += _waiting(session)
            known = _unreached(session)
            click.echo(f"Ready: {', '.join(name for name, what in parts.items() if not what) or 'nothing'}.")
    for line in [*known, *_settings(settings)]:
        click.echo(f"To know: {line}")
    for line in wrong:
        click.echo(f"Wrong: {line}")
    if wrong:
        raise click.ClickException(f"{len(wrong)} {'thing is' if len(wrong) == 1 else 'things are'} wrong.")
    click.echo("Nothing is wrong.")


def _waiting(session: Session) -> list[str]:
    """What lies where nobody may look."""
    state, counts = backlog.state(session), monitor.counts(session)
    numbers = {
        f"mail: failed permanently: {state['mails_set_aside']} (`worker set-aside` lists them, `worker retry` sends them again;"
        " a notice is decided on again)": state["mails_set_aside"],
        f"mail: tried again: {state['mails_retried']}": state["mails_retried"],
        f"notices: cases under Undelivered: {counts['cases_undelivered'][1]:.0f}": counts["cases_undelivered"][1],
    }
    listed = [
        f"set aside: {row.id} {row.kind} since {row.dead_lettered_at:%Y-%m-%d %H:%M}"
        for row in set_aside.waiting(session, LISTED)
    ]
    return [line for line, number in numbers.items() if number] + listed


def _unreached(session: Session) -> list[str]:
    """Companies without a SPOC, such as all those of the bundled directory, and ads on sites of no company: no fault of the
    installation.
    """
    active = exists().where(Spoc.company_id == Company.id, Spoc.retired_at.is_(None))
    without = list(session.scalars(select(Company.name).where(~active).order_by(Company.name)))
    names = f"{', '.join(without[:LISTED])}{' …' if len(without) > LISTED else ''}"
    unrouted = monitor.counts(session)["cases_unrouted"][1]
    known = {
        f"companies: without a SPOC: {len(without)} ({names})": without,
        f"companies: open cases without a route: {unrouted:.0f} (/figures/unrouted)": unrouted,
    }
    return [line for line, holds in known.items() if holds]


def _settings(settings: config.Settings) -> list[str]:
    """What is allowed, and not meant for real data."""
    known = {
        "SPOTTER_DEMO=1: people with printed passwords may sign in": settings.demo,
        "SPOTTER_REAL_DATA_READY is not set: every page says that this is not for real data": not settings.real_data_ready,
        "SPOTTER_MAIL_URL: emails are written to files and reach nobody": settings.mail_to_files,
        "SPOTTER_BASE_URL: links in emails lead to this machine alone": settings.local,
    }
    return [line for line, holds in known.items() if holds]
