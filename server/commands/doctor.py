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

LISTED = 10  # of what is set aside


@click.command("doctor")
@with_appcontext
@guard.without_database
def doctor() -> None:
    """Say what is wrong with this installation; exit status 1 when something is."""
    settings = web.settings()
    click.echo(f"Database: {installation.named(settings)}", err=True)
    wrong, known = list[str](), list[str]()
    if not settings.secret_key:
        wrong.append(f"secret: there is no secret_key in {settings.data_dir} (SPOTTER_DATA_DIR, SPOTTER_SECRET_KEY)")
    if problem := installation.refusal(settings):
        wrong.append(f"database: {problem}")
    else:
        with read() as session:
            parts = readiness.checks(session)
            wrong += [f"{name}: {what}" for name, what in parts.items() if what]
            wrong += _waiting(session)
            known = _unrouted(session)
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
    active = exists().where(Spoc.company_id == Company.id, Spoc.retired_at.is_(None))
    without = list(session.scalars(select(Company.name).where(~active).order_by(Company.name)))
    names = f"{', '.join(without[:10])}{' …' if len(without) > 10 else ''}"
    return (
        [line for line, number in numbers.items() if number]
        + listed
        + ([f"companies: without a SPOC: {len(without)} ({names})"] if without else [])
    )


def _unrouted(session: Session) -> list[str]:
    """Ads on sites that no company of the directory runs: a state of the field, and no fault of the installation."""
    number = monitor.counts(session)["cases_unrouted"][1]
    return [f"companies: open cases without a route: {number:.0f} (/figures/unrouted)"] if number else []


def _settings(settings: config.Settings) -> list[str]:
    """What is allowed, and not meant for real data."""
    known = {
        "SPOTTER_DEMO=1: people with printed passwords may sign in": settings.demo,
        "SPOTTER_REAL_DATA_READY is not set: every page says that this is not for real data": not settings.real_data_ready,
        "SPOTTER_MAIL_URL: emails are written to files and reach nobody": settings.mail_url.startswith("file:"),
        "SPOTTER_BASE_URL: links in emails lead to this machine alone": settings.local,
    }
    return [line for line, holds in known.items() if holds]
