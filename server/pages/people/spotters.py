"""Spotters as coordinators see them: training, accreditation, and what came of their reports."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, web
from server.core.words import Level
from server.ledger.reports.models import Report
from server.pages.people import learning_record, other_accounts, reset_confirmers
from server.people.accounts import factors
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import deciding, standings
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import AccreditationRow, StepDown
from server.people.recruitment import store as recruitment
from server.reads import alike, eligibility, onboarding

PAGE = 50
FEW = 10  # appeals and proposals above the list; all of them are on the desk


def listed(session: Session, q: str, cursor: str | None) -> dict[str, Any]:
    """A page of spotters with their standing; first the ones who passed and wait for a coordinator."""
    at = clock.now()
    page = accounts.listed(session, q, cursor, PAGE + 1)
    waiting = onboarding.awaiting(session, at)
    first = (
        {} if q or cursor else {a.id: a for a in session.scalars(select(Account).where(Account.id.in_(waiting[:PAGE])))}
    )
    after = page[PAGE - 1].id if len(page) > PAGE else None
    ids = [account.id for account in page[:PAGE]]
    known = accreditation.of_people(session, [*ids, *first])
    counts = dict(
        session.execute(
            select(Report.account_id, func.count())
            .where(Report.account_id.in_([*ids, *first]))
            .group_by(Report.account_id)
        ).all()
    )

    def shown(account: Account) -> dict[str, Any]:
        last = known.get(account.id)
        return {
            "id": account.id,
            "name": account.name,
            "email": account.email,
            "standing": standings.standing(last, at),
            "seen": last.id if last else "",
            "level": last.level if last else None,
            "until": last.expires_at if last else None,
            "waiting": account.id in waiting,
            "reports": counts.get(account.id, 0),
            "closed_at": account.disabled_at,
        }

    return {
        "waiting": [shown(first[account_id]) for account_id in waiting if account_id in first],
        "people": [shown(account) for account in page[:PAGE]],
        "next_url": web.url_with("people.index", q=q or None, cursor=after) if after else None,
        "q": q,
        "appeals": [] if q or cursor else _appeals(session),
        "to_accredit": len(waiting),
        "applications": recruitment.count_waiting(session),
    }


def _appeals(session: Session) -> list[dict[str, Any]]:
    """The first appeals that wait, the oldest first, with the person's name; the desk has all."""
    waiting = accreditation.open_appeals(session, accounts.open_spotters())[:FEW]
    names = {
        a.id: a.name for a in session.scalars(select(Account).where(Account.id.in_([w.account_id for w in waiting])))
    }
    return [{"id": appeal.account_id, "name": names[appeal.account_id], "at": appeal.at} for appeal in waiting]


def spotter(session: Session, account_id: str) -> dict[str, Any]:
    """One spotter, as people/show.html shows them."""
    account = accounts.spotter(session, account_id)
    at = clock.now()
    last = accreditation.current(session, account_id)
    rows = accreditation.history(session, account_id)
    appeal = accreditation.last_appeal(session, account_id)
    deciders = {row.by_account_id for row in rows} | {account.invited_by_id, appeal and appeal.decided_by_id}
    names = {a.id: a.name for a in session.scalars(select(Account).where(Account.id.in_(filter(None, deciders))))}
    outcomes = select(Report.status, func.count()).where(Report.account_id == account_id).group_by(Report.status)
    signature = accreditation.signed(session, account_id)
    return {
        "id": account.id,
        "name": account.name,
        "email": account.email,
        "alike": alike.alike(session, [(account.name, account.email)])[account.email],
        "joined": account.created_at,
        "invited_by": names.get(account.invited_by_id or ""),
        "standing": standings.standing(last, at),
        "seen": last.id if last else "",
        "level": last.level if last else None,
        "scope": last.scope if last else None,
        "until": last.expires_at if last else None,
        "renewable": bool(last and at >= last.expires_at - standings.RENEWABLE),
        "asked": eligibility.asked_again(session, account_id, last, at),
        "signature": signature,
        "signed": accreditation.has_signed(session, account_id),
        "exam_passed": eligibility.exam_passed(session, account_id, at),
        "training": learning_record.of(session, account_id, at),
        "history": _history(rows, accreditation.step_downs(session, account_id), names),
        "appeal": appeal and {
            "text": appeal.text, "at": appeal.at, "open": appeal.decided_at is None, "granted": appeal.granted,
            "why": appeal.why, "by": names.get(appeal.decided_by_id or ""), "decided_at": appeal.decided_at,
            "second": appeal.second,
        },
        "outcomes": dict(session.execute(outcomes).all()),
        "closed_at": account.disabled_at,
        "changes": other_accounts.changes(session, account_id),
        "factor_since": factor.since if (factor := factors.of(session, account_id)) else None,
        "reset_waits": factors.reset_waits(session, account_id, clock.now()),
        "confirmers": reset_confirmers.if_asked(session, account_id),
    }  # fmt: skip


def _history(rows: list[AccreditationRow], downs: list[StepDown], names: dict[str, str]) -> list[dict[str, Any]]:
    """What coordinators decided about a spotter, and when the rules moved them to probation, newest first."""
    decided = [
        {"at": row.at, "standing": row.standing, "level": row.level, "by": names.get(row.by_account_id, "?"),
         "why": row.why, "exam_waived": row.exam_waived, "second": row.second,
         "groups": row.groups or (), "languages": row.languages or (), "by_rules": False}
        for row in rows
    ]  # fmt: skip
    stepped = [
        {
            "at": down.at,
            "level": Level.PROBATION,
            "why": deciding.why_stepped_down(down.params, down.why),
            "by_rules": True,
        }
        for down in downs
    ]
    return sorted(decided + stepped, key=lambda entry: entry["at"], reverse=True)
