"""May this person report, and what is asked of them first: the facts across courses, exams and accreditation."""

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from server.core import clock
from server.core.words import Standing
from server.people.accreditation import agreement, asking, history, standings
from server.people.accreditation import store as accreditation
from server.people.accreditation.asking import AskedAgain
from server.people.accreditation.standings import Accreditation, Left
from server.people.courses import catalogue, needed
from server.people.courses.changes import Change
from server.people.courses.module import Module
from server.people.exams import exam
from server.people.exams import store as exams
from server.people.exams.exam import ExamPlan, Passed
from server.people.exams.models import Attempt
from server.people.training import store as training


def asked_again(session: Session, account_id: str, last: Accreditation | None, at: datetime) -> tuple[AskedAgain, ...]:
    """What changed since the accreditation and is to be passed or signed again, the most urgent first."""
    return asked_of_people(session, {account_id: last}, at).get(account_id, ()) if last else ()


def asked_of_people(
    session: Session, known: Mapping[str, Accreditation], at: datetime
) -> dict[str, tuple[AskedAgain, ...]]:
    """The same for many people at once, by account; people who are asked nothing are left out. Five queries at most."""
    behind = _behind(known, at)
    if not behind:
        return {}
    current, taught = basis(), _taught()
    seen = _seen(session, current, taught)
    proofs = _given(session, behind, _answering(behind, current, taught, seen, at))
    since = history.active_since(session, behind)
    asked = {
        who: _asked(behind[who], since.get(who, behind[who].at), current, taught, *given, seen, at)
        for who, given in proofs
    }
    return {who: changes for who, changes in asked.items() if changes}


def count_asked(session: Session, known: Mapping[str, Accreditation], at: datetime) -> int:
    """Of how many of these people anything is asked: without what, and until when, which takes several times as long."""
    behind = _behind(known, at)
    if not behind:
        return 0
    current, taught = basis(), _taught()
    seen = _seen(session, current, taught)

    def is_asked(covers: Mapping[str, str], passes: list[Passed], signed: set[str]) -> bool:
        if any(asking.changed(covers, current, _passed(passes, signed))):
            return True
        return any(
            asking.is_about(covers, change)
            for module in taught
            for change in exam.unproven(module, passes, seen, at)
        )  # fmt: skip

    proofs = _given(session, behind, _answering(behind, current, taught, seen, at))
    return sum(is_asked(behind[who].covers, *given) for who, given in proofs)


def _behind(known: Mapping[str, Accreditation], at: datetime) -> dict[str, Accreditation]:
    """Those whose accreditation does not cover all there is now."""
    current, taught = basis(), _taught()
    return {
        who: last
        for who, last in known.items()
        if standings.standing(last, at) is Standing.ACTIVE and not _covered(last.covers, current, taught)
    }


def _answering(
    behind: Mapping[str, Accreditation], current: Mapping[str, tuple[str, str]], taught: list[Module],
    seen: Mapping[tuple[str, str], datetime], at: datetime,
) -> ColumnElement[bool]:  # fmt: skip
    """Which exams can answer what is asked of these people: of a state that some of them do not have, or begun since the
    first material change. Of many people that is a small part of all their exams.
    """
    states = {
        current[name][0]
        for last in behind.values()
        for name, content_hash in last.covers.items()
        if name in current and current[name][0] != content_hash
    }
    since = min((seen.get(change.state, at) for module in taught for change in module.material), default=at)
    return or_(Attempt.content_hash.in_(states), Attempt.started_at >= since)


def _given(
    session: Session, people: Collection[str], exams_of: ColumnElement[bool]
) -> Iterator[tuple[str, tuple[list[Passed], set[str]]]]:
    """What each of these people passed of such exams, and which states of the agreement they signed."""
    passes = exams.passes_of(session, Attempt.account_id.in_(people), exams_of)
    signed = accreditation.signed_by(session, people)
    for who in people:
        yield who, (passes.get(who, []), signed.get(who, set()))


def _seen(
    session: Session, current: Mapping[str, tuple[str, str]], taught: list[Module]
) -> dict[tuple[str, str], datetime]:
    return catalogue.seen_since(session, current) | catalogue.changes_seen(session, taught)


def _passed(passes: list[Passed], signed: set[str]) -> set[tuple[str, str]]:
    """What was passed or signed, by name and hash."""
    passed = {(each.module, each.content_hash) for each in passes if each.of_module}
    return passed | {(agreement.NAME, content_hash) for content_hash in signed}


def _asked(
    last: Accreditation, since: datetime, current: Mapping[str, tuple[str, str]], taught: list[Module],
    passes: list[Passed], signed: set[str], seen: Mapping[tuple[str, str], datetime], at: datetime,
) -> tuple[AskedAgain, ...]:  # fmt: skip
    whole = asking.asked_again(last.covers, current, _passed(passes, signed), seen, since, at)
    again = {each.name for each in whole}
    changes = [
        change for module in taught if module.slug not in again for change in exam.unproven(module, passes, seen, at)
    ]
    parts = asking.asked_about(last.covers, changes, current, seen, since, at)
    return tuple(sorted((*whole, *parts), key=lambda change: change.until))


def _taught() -> list[Module]:
    """The modules that accreditation may need."""
    return needed.modules(catalogue.modules().values())


def basis() -> dict[str, tuple[str, str]]:
    """What an accreditation may be based on: hash and title of every module it may need, and of the agreement."""
    return _basis(catalogue.folder())


def states() -> dict[str, str]:
    """Every state of content that grace periods run from, name to hash: those, and each material change."""
    changes = dict(change.state for module in _taught() for change in module.material)
    return {name: content_hash for name, (content_hash, _) in basis().items()} | changes


def covers(session: Session, account_id: str, at: datetime, *, waived: bool = False) -> dict[str, str]:
    """What an accreditation given now is based on, name to hash: of the modules about groups those that were passed.

    Of their material changes those that an exam asked about; where the exams are waived, all.
    """
    passes, taught = exams.passes(session, account_id), _taught()
    passed = {each.module for each in passes if each.of_module}
    chosen = {module.slug for module in taught if module.one_of_groups and module.slug not in passed}
    seen = catalogue.changes_seen(session, taught)
    open_ = {change for module in taught for change in exam.unproven(module, passes, seen, at)}
    changes = dict(
        change.state
        for module in taught
        for change in module.material
        if module.slug not in chosen and (waived or change not in open_)
    )
    return {name: content_hash for name, (content_hash, _) in basis().items() if name not in chosen} | changes


@functools.cache
def _basis(_folder: Path) -> dict[str, tuple[str, str]]:
    """Made once for each content folder, as the content is read once; it is asked for with every report."""
    modules = {module.slug: (module.content_hash, module.titled) for module in _taught()}
    text = accreditation.agreement()
    return modules | {agreement.NAME: (text.content_hash, text.title)}


def _covered(covers: Mapping[str, str], current: Mapping[str, tuple[str, str]], taught: Iterable[Module]) -> bool:
    return all(covers.get(name, content_hash) == content_hash for name, (content_hash, _) in current.items()) and all(
        change.state[0] in covers for module in taught if module.slug in covers for change in module.material
    )


def exam_plan(session: Session, account_id: str, module: Module, at: datetime) -> ExamPlan:
    """What an exam of this module that is begun now would be."""
    if not (module.required or module.one_of_groups):
        return exam.WHOLE
    last, since = accreditation.current(session, account_id), counts_since(session, account_id, at)
    passes = exams.passes(session, account_id, module.slug)
    seen = catalogue.changes_seen(session, [module])
    passed = bool(exam.counting(passes, [replace(module, changes=())], seen, at, since))
    same = any(each.of_module and each.content_hash == module.content_hash for each in passes)
    asked = next((each for each in asked_again(session, account_id, last, at) if each.name == module.slug), None)
    if standings.renewal_open(last, at) and not passed:
        assert last, "only an accreditation can be renewed"
        changed = [
            change for change in module.material if seen.get(change.state, at) >= last.expires_at - standings.LASTS
        ]
        changed += exam.unproven(module, passes, seen, at)
        return exam.plan(
            changed=_lessons(module, changed), wrong=exams.wrong_lessons(session, account_id, module), passed=False,
            passed_before=same, renewing=True,
        )  # fmt: skip
    if standings.standing(last, at) is Standing.ACTIVE:
        return exam.plan(changed=asked.lessons if asked else (), passed=True)
    return exam.plan(changed=_lessons(module, exam.unproven(module, passes, seen, at)), passed=passed)


def _lessons(module: Module, changes: Iterable[Change]) -> list[str]:
    """The lessons that these changes are about, in their order."""
    parts = {part for change in changes for part in change.parts}
    return [lesson.name for lesson in module.lessons if lesson.name in parts]


def exam_passed(session: Session, account_id: str, at: datetime) -> bool:
    """Whether every module that is needed is passed, and still counts: since a withdrawal, if there was one."""
    return exams.all_passed(
        session, account_id, catalogue.modules().values(), at, counts_since(session, account_id, at)
    )


def left(session: Session, account_id: str, current: Standing, at: datetime) -> Left | None:
    """What is left before this person, who stands so, is accredited; None: that is decided otherwise, or they are."""
    if current not in standings.ACCREDITABLE:
        return None
    appeal = accreditation.last_appeal(session, account_id)
    if appeal and not appeal.decided_at:
        return Left.APPEAL
    if not exam_passed(session, account_id, at):
        return Left.TRAINING
    return Left.COORDINATOR if accreditation.has_signed(session, account_id) else Left.SIGNATURE


def counts_since(session: Session, account_id: str, at: datetime) -> datetime | None:
    """Since when a passed exam counts: since a withdrawal, and since a renewal is near; None: whenever it was."""
    withdrawn, last = history.withdrawn_at(session, account_id), accreditation.current(session, account_id)
    return max(filter(None, (withdrawn, standings.exams_count_from(last, at))), default=None)


def of_module_since(module: Module, since: datetime | None, passes: Iterable[Passed] = ()) -> datetime | None:
    """Since when a passed exam of this module counts, where those that are needed count `since`; None: whenever it was.

    That of an optional module counts whenever it was; that of a group, too, once another group's is among the `passes` since.
    """
    if since is None or module.required:
        return since
    groups = {each.slug for each in _taught() if each.one_of_groups} - {module.slug}
    again = any(each.module in groups and each.of_module and each.at > since for each in passes)
    return since if module.one_of_groups and not again else None


def as_read(session: Session, account_id: str) -> Accreditation | None:
    """What was last decided about a person, as they read it: see `history.as_stopped`."""
    last = accreditation.current(session, account_id)
    return history.as_stopped(session, {account_id: last})[account_id] if last else None


def own_standing(session: Session, account_id: str) -> dict[str, Any]:
    """One's own standing, for the profile."""
    at = clock.now()
    last = as_read(session, account_id)
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
    own_standing = standings.standing(last, at)
    overdue = [change for change in asked_again(session, account_id, last, at) if at >= change.until]
    if own_standing == Standing.ACTIVE and not overdue:
        return None
    read = training.lessons_read(session, account_id)
    done = {each.module for each in exams.passes(session, account_id) if each.of_module}
    modules = needed.to_study(read, done, catalogue.modules().values())
    lessons = sum(len({lesson.name for lesson in module.lessons} - read.get(module.slug, set())) for module in modules)
    return {
        "standing": own_standing, "lessons_left": lessons or None,
        "minutes_left": sum(module.minutes_left(read.get(module.slug, set())) for module in modules),
        "left": left(session, account_id, own_standing, at),
        "asked": overdue[0].title if overdue else None,
        "short_test": overdue[0].name if overdue and overdue[0].lessons else None,
        "until": last.expires_at if last else None,
    }  # fmt: skip
