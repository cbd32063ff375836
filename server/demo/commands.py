"""flask demo load."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from server.core import web
from server.demo import load, people

EXTENSION = Path(__file__).parents[2] / "extension"

cli = AppGroup("demo", help="The demonstration: invented people, companies and ads.")


@cli.command("load")
def load_demo() -> None:
    """Add the demo people, companies and what has happened so far. Repeating it adds only what is missing."""
    settings = web.settings()
    if not settings.demo:
        raise click.ClickException("The demonstration is off. Set SPOTTER_DEMO=1, and never where others can reach it.")
    loaded = load.load(_progress if sys.stdout.isatty() else lambda _: None)
    click.echo(f"Added {loaded.people} people, {loaded.companies} companies and {loaded.reports} reports.")
    click.echo(welcome(settings.base_url, settings.port))


def _progress(title: str) -> None:
    click.echo(f"  telling of: {title}")


def welcome(base_url: str, port: int) -> str:
    """Where to sign in, as whom, and how to load the extension."""
    rows = [(person.email, person.password, person.is_) for person in people.PEOPLE]
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    lines = "\n".join(f"  {email:<{first}}  {password:<{second}}  {role}" for email, password, role in rows)
    return f"""
Sign in at   {base_url}/sign-in

{lines}

Look at      http://mercado.localhost:{port}   an invented marketplace; another is http://tradepost.localhost:{port}
Extension    chrome://extensions, Developer mode, Load unpacked:
             {EXTENSION}
"""
