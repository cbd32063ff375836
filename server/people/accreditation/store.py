"""Reads and writes of accreditation. Every function takes the session first; times come from the caller.

Every move goes through `_decide`, the one door: it adds a row, writes the audit trail and queues the mail to the person.
While an appeal is open, nothing but the appeal is decided.
Whether somebody passed, and who could decide instead, is told by the caller (`server.journeys.spotter`).
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, Text, and_, bindparam, cast, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import audit, folding
from server.core.database import connection, new_id, one_at_a_time
from server.core.sentences import Sentence, sentence
from server.core.words import Level, Refused, Standing
from server.people.accreditation import agreement_files, deciding, mails, occasions, standings
from server.people.accreditation.agreement import Agreement
from server.people.accreditation.models import AccreditationRow, Appeal, Signature, StepDown
from server.people.accreditation.occasions import Occasion
from server.people.accreditation.standings import (
    EVERYTHING,
    Accreditation,
    AccreditationScope,
    Candidate,
    Decider,
    Vouch,
)

# --- The agreement ---------------------------------------------------------------------------------------------------


def agreement() -> Agreement:
    """The agreement of this instance, as it is signed."""
    return agreement_files.original()


def signed(session: Session, account_id: str) -> Signature | None:
    """This person's newest signature, or None."""
    mine = select(Signature).where(Signature.account_id == account_id)
    return session.scalars(mine.order_by(Signature.at.desc(), Signature.id.desc()).limit(1)).first()


def signed_hashes(session: Session, account_id: str) -> set[str]:
    """Every state of the agreement this person signed."""
    return set(session.scalars(select(Signature.content_hash).where(Signature.account_id == account_id)))


def signed_by(session: Session, account_ids: Collection[str]) -> dict[str, set[str]]:
    """The same for many people at once; who signed nothing is left out."""
    by_person: dict[str, set[str]] = {}
    rows = select(Signature.account_id, Signature.content_hash).where(Signature.account_id.in_(account_ids))
    for who, content_hash in connection(session).execute(rows):
        by_person.setdefault(who, set()).add(content_hash)
    return by_person


def has_signed(session: Session, account_id: str) -> bool:
    """Whether this person signed the agreement as it is now."""
    return agreement().content_hash in signed_hashes(session, account_id)


def sign(
    session: Session, account_id: str, content_hash: str, name: str, at: datetime, *, witness_id: str | None = None
) -> None:
    """Sign the agreement as it is now; a second time changes nothing. `witness_id`: a coordinator has it on paper.

    Raises Refused: stale or invalid.
    """
    if content_hash != agreement().content_hash:
        raise Refused("stale", sentence("The agreement has changed since you opened it. Please read it again."))
    if folding.is_blank(name):
        detail = sentence("Enter your name.")
        raise Refused("invalid", detail, errors={"name": [detail]})
    signature = Signature(
        account_id=account_id, content_hash=content_hash, name=name.strip(), witness_id=witness_id, at=at
    )
    try:
        with session.begin_nested():
            session.add(signature)
    except IntegrityError:
        return
    on_paper = {"on_paper": True} if witness_id else {}
    audit.record(session, witness_id or account_id, "agreement_signed", "account", account_id,
                 content_hash=content_hash, **on_paper)  # fmt: skip


# --- Where somebody stands -------------------------------------------------------------------------------------------


def current(session: Session, account_id: str) -> Accreditation | None:
    """What was last decided about this person, or None. `standing.may_report` reads it.

    It counts at once, also when the clock was ahead of its time then and has been set right since.
    """
    row = session.connection().execute(_LAST, {"account_id": account_id}).first()
    return _decided(row, row.covers) if row else None


_STEPPED = StepDown.accreditation_id == AccreditationRow.id
# Built once: it runs with every report.
_LAST = (
    select(AccreditationRow.__table__, StepDown.at.label("stepped_down_at"))
    .outerjoin(StepDown, _STEPPED)
    .where(AccreditationRow.account_id == bindparam("account_id"))
    .order_by(AccreditationRow.at.desc(), AccreditationRow.id.desc())
    .limit(1)
)


def level(session: Session, account_id: str, at: datetime) -> Level | None:
    """How far this person is trusted as a spotter at `at`; None when not accredited then."""
    last = current(session, account_id)
    return last.level if last and last.standing_at(at) == Standing.ACTIVE else None


def of_people(session: Session, account_ids: Any) -> dict[str, Accreditation]:
    """The same for many people at once (ids, or a select of them); people never accredited are left out."""
    newest = func.row_number().over(
        partition_by=AccreditationRow.account_id, order_by=(AccreditationRow.at.desc(), AccreditationRow.id.desc())
    )
    decided = select(AccreditationRow.id, newest.label("place")).where(AccreditationRow.account_id.in_(account_ids))
    last = decided.subquery()
    table, stepped = AccreditationRow.__table__, StepDown.__table__
    names = [column for column in table.c if column.name != "covers"]  # of many people these are a few different ones
    chosen = select(*names, cast(table.c.covers, Text).label("covers"), stepped.c.at.label("stepped_down_at"))
    chosen = chosen.join_from(table, stepped, stepped.c.accreditation_id == table.c.id, isouter=True)
    rows = connection(session).execute(chosen.join(last, and_(last.c.id == table.c.id, last.c.place == 1)))
    read = cache(json.loads)
    return {row.account_id: _decided(row, read(row.covers or "{}")) for row in rows}


def history(session: Session, account_id: str) -> list[AccreditationRow]:
    """Everything that was decided about a person, the newest first."""
    rows = select(AccreditationRow).where(AccreditationRow.account_id == account_id)
    return list(session.scalars(rows.order_by(AccreditationRow.at.desc(), AccreditationRow.id.desc())))


def vouched(session: Session, account_id: str) -> frozenset[str]:
    """Who vouches for this person: ids, and `SECOND` for a second person elsewhere; see `deciding.vouching`."""
    return deciding.vouching([
        Vouch(row.by_account_id, Standing(row.standing), Level(row.level),
              AccreditationScope(tuple(row.groups or ()), tuple(row.languages or ())), bool(row.second))
        for row in reversed(history(session, account_id))
    ])  # fmt: skip


def step_downs(session: Session, account_id: str) -> list[StepDown]:
    """When the rules moved this person to probation, newest first."""
    mine = select(StepDown).where(StepDown.account_id == account_id)
    return list(session.scalars(mine.order_by(StepDown.at.desc())))


def _decided(row: Any, covers: dict[str, str] | None) -> Accreditation:
    scope = AccreditationScope(tuple(row.groups or ()), tuple(row.languages or ()))
    level = Level.PROBATION if row.stepped_down_at else Level(row.level)
    return Accreditation(
        level, Standing(row.standing), row.at, row.expires_at, row.exam_waived, row.why, scope, covers or {}, row.id,
        row.by_account_id, row.stepped_down_at,
    )  # fmt: skip


# --- Decisions -------------------------------------------------------------------------------------------------------


def accredit(
    session: Session, candidate: Candidate, by: Decider, why: str, at: datetime, covers: Mapping[str, str], *,
    level: Level = Level.PROBATION, scope: AccreditationScope = EVERYTHING, waive_exam: bool = False,
) -> Accreditation:  # fmt: skip
    """Accredit or renew for a year. Raises Refused as `standing.may_accredit` says, and when no reason is given."""
    last, at = _before(session, candidate.id, by, at)
    waived = deciding.may_accredit(candidate, by, last, at, level, waive_exam=waive_exam)
    accreditation = Accreditation(level, Standing.ACTIVE, at, at + standings.LASTS, waived, why, scope, dict(covers))
    note = {"exam": "exam waived"} if waived else {}
    _decide(session, candidate.id, by, accreditation, "accredited", None, **note)
    return accreditation


def change_level(
    session: Session, candidate: Candidate, by: Decider, why: str, at: datetime, level: Level, scope: AccreditationScope
) -> None:
    """Another level or scope for an active person; the day of lapsing stays what it was."""
    last, at = _before(session, candidate.id, by, at)
    deciding.may_change_level(candidate, by, last, at, level)
    assert last, "may_change_level refuses where nothing was decided"
    _decide(session, candidate.id, by, replace(last, level=level, scope=scope, at=at, why=why), "level_changed")


def step_down(session: Session, account_id: str, params: dict[str, int], at: datetime) -> str:
    """The rules put somebody back on probation, at once and everywhere; the id of the decision it is about.

    Raises Refused("conflict") for whoever is not trusted. The author is nobody: the audit row says so.
    """
    one_at_a_time(session, account_id)
    last = current(session, account_id)
    deciding.may_step_down(last, at)
    assert last, "may_step_down refuses where nothing was decided"
    session.add(StepDown(accreditation_id=last.id, account_id=account_id, params=params, at=at))
    session.flush()
    audit.record(session, None, "stepped_down", "account", account_id, before=last.level.value)
    return last.id


def suspend(session: Session, candidate: Candidate, by: Decider, why: str, at: datetime) -> None:
    """Stop an active accreditation until somebody reinstates it."""
    _stop(session, candidate, by, why, at, Standing.SUSPENDED, "accreditation_suspended")


def withdraw(session: Session, candidate: Candidate, by: Decider, why: str, at: datetime) -> None:
    """End an accreditation for good; only a new one, after passing again, brings the person back."""
    _stop(session, candidate, by, why, at, Standing.WITHDRAWN, "accreditation_withdrawn")


def _stop(
    session: Session, candidate: Candidate, by: Decider, why: str, at: datetime, to: Standing, action: str
) -> None:
    last, at = _before(session, candidate.id, by, at)
    deciding.may_stop(candidate, by, last, to)
    assert last, "may_stop refuses where nothing was decided"
    _decide(session, candidate.id, by, replace(last, standing=to, at=at, why=why), action)


def reinstate(session: Session, candidate: Candidate, by: Decider, why: str, at: datetime) -> None:
    """Lift a suspension. The day of lapsing stays what it was."""
    last, at = _before(session, candidate.id, by, at)
    deciding.may_reinstate(candidate, by, last)
    assert last, "may_reinstate refuses where nothing was decided"
    _decide(session, candidate.id, by, replace(last, standing=Standing.ACTIVE, at=at, why=why),
            "accreditation_reinstated")  # fmt: skip


TICK = timedelta(microseconds=1)
LONGEST_REASON = 2000  # characters; the columns' length


def _before(
    session: Session, account_id: str, by: Decider, at: datetime, *, appeals: bool = False
) -> tuple[Accreditation | None, datetime]:
    """What was decided last about this person, who is kept from other decisions now, and the time of the next one.

    It is later than the last one, whatever the clock says: decisions count in their order. Raises Refused("stale")
    when somebody else has decided since `by` looked, and while an appeal is open (but to decide it: `appeals`).
    """
    one_at_a_time(session, account_id)
    last = current(session, account_id)
    if by.seen is not None and by.seen != (last.id if last else ""):
        raise Refused("stale", sentence("Somebody else has decided about this person since you opened this page."))
    appeal = last_appeal(session, account_id)
    deciding.no_open_appeal(not appeals and appeal is not None and appeal.decided_at is None)
    return last, max(at, last.at + TICK) if last else at


def _decide(
    session: Session, account_id: str, by: Decider, accreditation: Accreditation, action: str,
    occasion: Occasion | None = None, **note: object,
) -> None:  # fmt: skip
    """occasion: what the person is mailed; None: as the decision is."""
    why = _reason(accreditation.why, sentence("Enter a reason. It is kept with the decision."))
    second = by.second.strip() or None
    before, decision_id = current(session, account_id), new_id()
    session.add(
        AccreditationRow(
            id=decision_id, account_id=account_id, level=accreditation.level, standing=accreditation.standing, by_account_id=by.id, why=why,
            exam_waived=accreditation.exam_waived, second=second, groups=list(accreditation.scope.groups),
            languages=list(accreditation.scope.languages), covers=dict(accreditation.covers), at=accreditation.at, expires_at=accreditation.expires_at,
        )
    )  # fmt: skip
    session.flush()
    elsewhere = {"second": "named"} if second else {}
    audit.record(session, by.id, action, "account", account_id, level=accreditation.level.value, **note, **elsewhere)
    mails.queue(session, account_id, occasion or occasions.of_decision(before, accreditation), decision_id)


# --- Appeals ---------------------------------------------------------------------------------------------------------


def end_all(session: Session, account_id: str, at: datetime) -> None:
    """End every accreditation of this person that would last longer."""
    lasting = (AccreditationRow.account_id == account_id, AccreditationRow.expires_at > at)
    session.execute(update(AccreditationRow).where(*lasting).values(expires_at=at))


def _reason(why: str, missing: Sentence) -> str:
    """A reason as it is kept. Raises Refused("invalid") for one that is too long, and with `missing` for none."""
    if folding.is_blank(why):
        raise Refused("invalid", missing, errors={"why": [sentence("Enter a reason.")]})
    if len(why.strip()) > LONGEST_REASON:
        detail = sentence("Enter at most %(most)s characters.", most=LONGEST_REASON)
        raise Refused("invalid", detail, errors={"why": [detail]})
    return why.strip()


def appeal(session: Session, account_id: str, text: str, at: datetime) -> str:
    """Ask somebody else to look at the last decision; the appeal's id. Raises Refused as `standing.may_appeal` says."""
    one_at_a_time(session, account_id)
    last = current(session, account_id)
    already = last and session.scalar(select(Appeal.id).where(Appeal.accreditation_id == last.id))
    deciding.may_appeal(last, bool(already))
    assert last, "may_appeal refuses where nothing was decided"
    if folding.is_blank(text):
        detail = sentence("Enter what should be reviewed.")
        raise Refused("invalid", detail, errors={"text": [detail]})
    appeal = Appeal(account_id=account_id, accreditation_id=last.id, text=text.strip(), at=at)
    session.add(appeal)
    session.flush()
    audit.record(session, account_id, "appealed", "account", account_id)
    mails.queue(session, account_id, Occasion.APPEAL_RECEIVED, appeal.id)
    return appeal.id


def last_appeal(session: Session, account_id: str) -> Appeal | None:
    """This person's newest appeal."""
    mine = select(Appeal).where(Appeal.account_id == account_id)
    return session.scalars(mine.order_by(Appeal.at.desc(), Appeal.id.desc()).limit(1)).first()


def open_appeals(session: Session, among: Select[str]) -> list[Appeal]:
    """Appeals of these accounts that wait for somebody, the oldest first. Of a closed account nothing can be decided."""
    waiting = select(Appeal).where(Appeal.decided_at.is_(None), Appeal.account_id.in_(among))
    return list(session.scalars(waiting.order_by(Appeal.at)))


def decide_appeal(session: Session, candidate: Candidate, by: Decider, why: str, at: datetime, *, granted: bool) -> str:
    """Decide the open appeal, whose id is returned: granted, the accreditation is what it was before, also suspended.

    Raises Refused: not-found, forbidden.
    """
    last, at = _before(session, candidate.id, by, at, appeals=True)
    appeal = last_appeal(session, candidate.id)
    if appeal is None or appeal.decided_at or last is None or appeal.accreditation_id != last.id:
        raise Refused("not-found", sentence("This person has no open appeal."))
    deciding.may_decide_appeal(candidate, by, last)
    why = _reason(why, sentence("Enter a reason. The person reads it."))
    appeal.granted, appeal.why, appeal.decided_by_id, appeal.decided_at = granted, why, by.id, at
    appeal.second = by.second.strip() or None
    session.flush()
    if granted:
        ended = history(session, candidate.id)[1] if last.standing is Standing.WITHDRAWN else None
        standing = Standing(ended.standing) if ended else Standing.ACTIVE
        restored = replace(last, standing=standing, at=at, why=why)
        _decide(session, candidate.id, by, restored, "accreditation_restored", Occasion.APPEAL_GRANTED)
    else:
        mails.queue(session, candidate.id, Occasion.APPEAL_DISMISSED, appeal.id)
        elsewhere = {"second": "named"} if appeal.second else {}
        audit.record(session, by.id, "appeal_dismissed", "account", candidate.id, **elsewhere)
    return appeal.id
