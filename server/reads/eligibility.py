"""May this person report, and what is asked of them first: the facts across courses, exams and accreditation."""

import functools
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock
from server.core.words import Standing
from server.people.accreditation import agreement, standings
from server.people.accreditation import store as accreditation
from server.people.accreditation.standings import Accreditation, AskedAgain
from server.people.courses import catalogue, needed
from server.people.exams import store as exams
from server.people.training import store as training


def asked_again(session: Session, account_id: str, last: Accreditation | None, at: datetime) -> tuple[AskedAgain, ...]:
    """What changed since the accreditation and is to be passed or signed again, the most urgent first."""
    current = basis()
    if standings.standing(last, at) is not Standing.ACTIVE or last is None or _covered(last.covers, current):
        return ()
    passed = {(exam.module, exam.content_hash) for exam in exams.passes(session, account_id)}
    passed |= {(agreement.NAME, content_hash) for content_hash in accreditation.signed_hashes(session, account_id)}
    return standings.asked_again(last.covers, current, passed, catalogue.seen_since(session, current), last.at, at)


def basis() -> dict[str, tuple[str, str]]:
    """What an accreditation may be based on: hash and title of every module it may need, and of the agreement."""
    return _basis(catalogue.folder())


def covers(session: Session, account_id: str) -> dict[str, str]:
    """What an accreditation given now is based on, name to hash: of the modules about groups those that were passed."""
    passed = {exam.module for exam in exams.passes(session, account_id)}
    chosen = {slug for slug, module in catalogue.modules().items() if module.one_of_groups and slug not in passed}
    return {name: content_hash for name, (content_hash, _) in basis().items() if name not in chosen}


@functools.cache
def _basis(_folder: Path) -> dict[str, tuple[str, str]]:
    """Made once for each content folder, as the content is read once; it is asked for with every report."""
    modules = {
        module.slug: (module.content_hash, module.title) for module in needed.modules(catalogue.modules().values())
    }
    text = accreditation.agreement()
    return modules | {agreement.NAME: (text.content_hash, text.title)}


def _covered(covers: Mapping[str, str], current: Mapping[str, tuple[str, str]]) -> bool:
    return all(covers.get(name, content_hash) == content_hash for name, (content_hash, _) in current.items())


def exam_passed(session: Session, account_id: str, at: datetime) -> bool:
    """Whether every module that is needed is passed, and still counts: since a withdrawal, if there was one."""
    return exams.all_passed(
        session, account_id, catalogue.modules().values(), at, counts_since(session, account_id, at)
    )


def counts_since(session: Session, account_id: str, at: datetime) -> datetime | None:
    """Since when a passed exam counts: since a withdrawal, and since a renewal is near; None: whenever it was."""
    withdrawn, last = accreditation.withdrawn_at(session, account_id), accreditation.current(session, account_id)
    return max(filter(None, (withdrawn, standings.exams_count_from(last, at))), default=None)


def standing(session: Session, account_id: str) -> dict[str, Any]:
    """One's own standing, for the profile."""
    at = clock.now()
    last = accreditation.current(session, account_id)
    return {
        "standing": standings.standing(last, at),
        "level": last.level if last else None,
        "until": last.expires_at if last else None,
        "why": last.why if last and last.standing != Standing.ACTIVE else "",
    }


def gate(session: Session, account_id: str) -> dict[str, Any] | None:
    """None when this person may report, else what not_accredited.html says to them."""
    at = clock.now()
    last = accreditation.current(session, account_id)
    standing = standings.standing(last, at)
    overdue = [change for change in asked_again(session, account_id, last, at) if at >= change.until]
    if standing == Standing.ACTIVE and not overdue:
        return None
    passed = exam_passed(session, account_id, at)
    read = training.lessons_read(session, account_id)
    done = {exam.module for exam in exams.passes(session, account_id)}
    modules = needed.to_study(read, done, catalogue.modules().values())
    left = sum(len({lesson.name for lesson in module.lessons} - read.get(module.slug, set())) for module in modules)
    signed = accreditation.has_signed(session, account_id)
    waiting = passed and signed and standing in (Standing.NONE, Standing.LAPSED)
    return {
        "standing": standing, "lessons_left": left or None, "waiting": waiting,
        "asked": overdue[0].title if overdue else None, "unsigned": passed and not signed,
        "until": last.expires_at if last else None,
    }  # fmt: skip
