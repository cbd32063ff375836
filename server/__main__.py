"""python -m server: web and worker in one process."""

import gc
import json
import os
import sys
import threading

from flask_migrate import Migrate
from sqlalchemy import inspect
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from server import config, create_app


class Refusal(ErrorTask):
    """What the server in front refuses before the app sees it, such as a body of 30 MB: in the API's own form."""

    def execute(self) -> None:
        """Answer and close."""
        error = self.request.error
        body = json.dumps(
            {
                "type": "about:blank",
                "title": error.reason,
                "status": error.code,
                "detail": f"{error.reason}. {error.body}.",
            }
        ).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [("Content-Type", "application/problem+json"), ("Access-Control-Allow-Origin", "*")]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


UPGRADE = "flask --app server db upgrade"


def main() -> None:
    """Serve until told to stop. Refuses a database that was not migrated, with the command that migrates it."""
    settings = config.read()
    app = create_app(settings)
    with app.app_context():
        refuse_unmigrated(app.extensions["migrate"].migrate)
        from server import worker

        worker.prepare()
        HTTPChannel.error_task_class = Refusal
        server = create_server(
            app, host=settings.host, port=settings.port, threads=4, max_request_body_size=settings.max_body,
            clear_untrusted_proxy_headers=False, ident=None,
        )  # fmt: skip
        gc.collect()
        gc.freeze()  # the lexicon and the code stay: they need not be looked through again and again
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
