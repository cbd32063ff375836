"""Every room, opened: its pages, endpoints and commands. The one list to read when a room is added."""

import functools

import click
from flask import Flask
from flask_migrate import Migrate
from sqlalchemy.exc import DBAPIError

from server import openapi, site, web
from server.accounts import api as accounts_api
from server.accounts import commands as accounts_commands
from server.accounts import people
from server.accounts import views as accounts_views
from server.accreditation import views as accreditation_views
from server.cases import api as cases_api
from server.cases import views as cases_views
from server.companies import commands as companies_commands
from server.companies import views as companies_views
from server.database import db
from server.demo import commands as demo_commands
from server.exams import views as exams_views
from server.listings import api as listings_api
from server.monitoring import api as monitoring_api
from server.notices import api as notices_api
from server.notices import views as notices_views
from server.overview import figures
from server.recruitment import views as recruitment_views
from server.reports import api as reports_api
from server.reports import views as reports_views
from server.rounds import planning as rounds_planning
from server.rounds import views as rounds_views
from server.skill import views as skill_views
from server.species import commands as species_commands
from server.species import views as species_views
from server.training import commands as training_commands
from server.training import views as training_views
from server.worker import verify_audit, worker

PAGES = (
    site.pages,
    accounts_views.pages,
    people.pages,
    recruitment_views.pages,
    training_views.pages,
    exams_views.pages,
    accreditation_views.pages,
    skill_views.pages,
    reports_views.pages,
    rounds_views.pages,
    rounds_planning.pages,
    species_views.pages,
    cases_views.pages,
    companies_views.pages,
    notices_views.pages,
)
# Without cookies there is nothing to forge.
WITHOUT_COOKIES = (
    accounts_api.api,
    reports_api.api,
    listings_api.api,
    cases_api.api,
    monitoring_api.api,
    notices_api.api,
    site.api,
    notices_views.answers,
)
COMMANDS = (
    accounts_commands.cli,
    training_commands.cli,
    companies_commands.cli,
    species_commands.cli,
    demo_commands.cli,
    worker,
    verify_audit,
)


def open_all(app: Flask) -> None:
    """Register what every room shows and does."""
    Migrate(app, db, directory="migrations", render_as_batch=True)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    for blueprint in WITHOUT_COOKIES:
        app.register_blueprint(blueprint)
        web.csrf.exempt(blueprint)
    for command in COMMANDS:
        app.cli.add_command(_in_one_line(command))
    openapi.init_app(app)
    app.context_processor(_counts)


def _in_one_line(command: click.Command) -> click.Command:
    """Let every command say in one line that the database is away or not migrated, instead of a traceback."""
    for inner in getattr(command, "commands", {}).values():
        _in_one_line(inner)
    said = command.callback
    if said is None:
        return command

    @functools.wraps(said)
    def guarded(*arguments: object, **options: object) -> object:
        try:
            return said(*arguments, **options)
        except DBAPIError as problem:
            first = str(problem.orig).strip().splitlines()[0]
            raise click.ClickException(
                f"The database: {first}. Is it migrated? flask --app server db upgrade"
            ) from None

    command.callback = guarded
    return command


def _counts() -> dict[str, dict[str, int]]:
    """The numbers in the navigation; none while the database is away, so that the page saying so still comes."""
    try:
        return {"counts": figures.waiting(db.session(), web.page_account())}
    except DBAPIError:
        return {"counts": {}}
