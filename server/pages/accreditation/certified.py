"""What a spotter's certificate says."""

from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from server.core import clock, languages
from server.core.sentences import sentence
from server.core.words import Refused, Standing
from server.people.accreditation import standings
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue
from server.people.exams import store as exams


def certificate(session: Session, account_id: str) -> dict[str, Any]:
    """What a spotter's certificate says. Raises Refused("not-accredited") when there is none to give."""
    at = clock.now()
    last = accreditation.current(session, account_id)
    if last is None or standings.standing(last, at) is not Standing.ACTIVE:
        raise Refused(
            "not-accredited",
            sentence("You get a certificate once you are accredited."),
            training_url=url_for("training.index"),
        )
    passed = {exam.module: exam.at for exam in exams.passes(session, account_id) if exam.of_module}
    modules = [
        (languages.translated(module.titled), passed[module.slug])
        for module in catalogue.modules().values()
        if module.slug in passed
    ]
    return {"last": last, "since": _since(session, account_id, last.at), "modules": modules, "at": at}


def _since(session: Session, account_id: str, at: datetime) -> datetime:
    """Since when somebody has been accredited without a break: no suspension, no withdrawal, no lapse; as far as rows tell."""
    since = at
    for row in accreditation.history(session, account_id):
        if row.standing != Standing.ACTIVE or row.expires_at < since:
            break
        since = row.at
    return since
