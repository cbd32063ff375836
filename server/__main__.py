"""python -m server: web and worker in one process."""

import os
import sys
import threading

from flask_migrate import Migrate
from sqlalchemy import inspect
from waitress import create_server

from server import config, create_app

UPGRADE = "flask --app server db upgrade"


def main() -> None:
    """Serve until told to stop. Refuses a database that was not migrated, with the command that migrates it."""
    settings = config.read()
    app = create_app(settings)
    with app.app_context():
        refuse_unmigrated(app.extensions["migrate"].migrate)
        from server import worker

        worker.prepare()
        # The body is read before the app sees it; our own limit (25 MB) answers in our own words.
        server = create_server(
            app, host=settings.host, port=settings.port, threads=8, max_request_body_size=256 * 1024 * 1024,
            clear_untrusted_proxy_headers=True, ident=None,
        )  # fmt: skip
        threading.Thread(target=server.run, daemon=True, name="web").start()
        print(f"Cyber Spotter is at {settings.base_url}", flush=True)
        worker.run_until_told()
        server.close()
    os._exit(0)  # requests still open are unanswered, so unacknowledged


def refuse_unmigrated(migrate: Migrate) -> None:
    """Exit with the command that helps when the tables are not those of this version."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from server.database import db

    head = ScriptDirectory.from_config(migrate.get_config()).get_current_head()
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision() if inspect(connection) else None
    if found != head:
        sys.exit(f"The database is at {found or 'no'} revision, this version needs {head}. Run: {UPGRADE}")


if __name__ == "__main__":
    main()
