"""Cyber Spotter. `create_app` wires settings, database, rooms and errors; nothing else."""

import os

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from server.core import installation
from server.core.config import Settings

# Before anything loads numpy. Its matrices here are small: threads of its own would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def create_app(settings: Settings | None = None) -> Flask:
    """The application. Settings come from the environment unless given."""
    from flask_migrate import Migrate

    from server.api import register as api
    from server.commands import guard
    from server.commands import register as commands
    from server.core import database, mail_connection, problems, reader, web
    from server.demo import commands as demo
    from server.pages import register as pages
    from server.people.accounts import pairing, signing_in

    settings = settings or installation.settings()
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.from_mapping(
        SPOTTER=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=settings.max_body,
        MAX_FORM_MEMORY_SIZE=settings.max_json + 64 * 1024,
        SESSION_COOKIE_NAME="__Host-session" if settings.secure else "session",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=24 * 3600,  # a long form over a slow line
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    database.init_app(app)
    mail_connection.init_app(app)
    web.init_app(app, signing_in.account_by_session, pairing.holder)
    problems.init_app(app)
    reader.init_app(app)
    Migrate(app, database.db, directory=str(installation.MIGRATIONS), render_as_batch=True)
    pages.init_app(app)
    api.init_app(app)
    commands.init_app(app)
    app.cli.add_command(guard.guarded(demo.cli))
    if settings.demo:
        from server.demo import marketplace, people

        app.config["DEMO_PEOPLE"] = people.PEOPLE

        app.wsgi_app = marketplace.dispatch(app.wsgi_app, settings)  # type: ignore[method-assign, assignment]
    return app
