"""A company's SPOCs as their page shows them: who is written to, which changes wait and for whom, and what changed before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, web, wording
from server.core.audit import AuditRow
from server.core.words import Channel
from server.journeys.company.addresses import is_outside
from server.ledger.companies import address_store, reconfirm_store, routing
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.address_states import OPEN, WAYS, ChangeSource, ChangeState, earliest, way
from server.ledger.companies.models import Company, Spoc
from server.ledger.delivery.channel import Failure
from server.people.accounts import second_person
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.reads import case_history
from server.reads.vouching import CompanyDomains


def shown(session: Session, company: Company, reader_id: str) -> dict[str, Any]:
    """What companies/contacts.html needs."""
    changes = address_store.history(session, company.id)
    ids = {id_ for each in changes for id_ in (each.proposed_by_id, each.approved_by_id, each.ended_by_id) if id_}
    names = {row.id: row.name for row in session.scalars(select(Account).where(Account.id.in_(ids)))}
    at, demo = clock.now(), web.settings().demo
    domains = CompanyDomains(session, company.id)
    desk = [
        account
        for account in accounts.people_at_work(session, "companies.change_address")
        if not second_person.is_new(account.invited_by_id, account.created_at, at)
    ]
    able = {account.id for account in desk}
    rows = [
        _change(each, names)
        | {
            "may_approve": each.proposed_by_id in able and reader_id in able - {each.proposed_by_id},
            "stands": each.proposed_by_id in able,
            "own": each.proposed_by_id == reader_id,
            "others": [account.name for account in desk if account.id not in (each.proposed_by_id, reader_id)],
            "outside": is_outside(each, domains.known()),
            "new_domain": is_outside(each, domains.vouching(each.proposed_by_id, each.proposed_at)),
        }
        for each in changes
    ]
    confirmed_by, doubts = _confirmed_by(session, company), reconfirm_store.doubts(session, at, company.id)
    changing = {each.spoc_id for each in changes if each.state in OPEN}
    return {
        "contacts": [
            {
                "id": spoc.id, "name": spoc.name, "channel": spoc.channel, "email": spoc.email, "url": _url(spoc),
                "proposed": way(spoc.channel) if way(spoc.channel) in WAYS else Channel.MAIL,
                "verified_on": spoc.verified_on,
                "doubt": doubts.get(spoc.id),
                "verified_by": confirmed_by.get(spoc.id) if spoc.verified_on else None, "bounced": spoc.bounced_at is not None, "changing": spoc.id in changing,
                "placeholder": bool(spoc.email) and not demo and routing.is_placeholder(spoc.email or ""),
            }
            for spoc in company.spocs
            if not spoc.retired_at
        ],
        "may_propose": reader_id in able,
        "waiting": [row for row in rows if row["state"] in OPEN],
        "history": [row for row in rows if row["state"] not in OPEN],
    }  # fmt: skip


def _url(spoc: Spoc) -> str | None:
    """Where its form or webhook is, while it is reached by it."""
    channel = Channel(spoc.channel)
    return address_store.addresses(spoc).get(channel) if channel in (Channel.FORM, Channel.WEBHOOK) else None


def _confirmed_by(session: Session, company: Company) -> dict[str, str]:
    """Who at the desk marked each SPOC as confirmed, where that is what its date says."""
    theirs = AuditRow.kind == "company", AuditRow.object_id == company.id, AuditRow.action == "spoc_confirmed"
    rows = select(AuditRow, Account.name).outerjoin(Account, Account.id == AuditRow.actor_id).where(*theirs)
    newest = {row.detail["spoc"]: (row.at.date(), name) for row, name in session.execute(rows.order_by(AuditRow.seq))}
    days = {spoc.id: spoc.verified_on for spoc in company.spocs}
    return {spoc_id: name for spoc_id, (day, name) in newest.items() if name and day == days.get(spoc_id)}


def _change(change: AddressChange, names: dict[str, str]) -> dict[str, Any]:
    """A change with its steps. by, approved_by, ended_by: names, or None."""
    return {
        "id": change.id, "name": change.name, "imported": change.source == ChangeSource.IMPORT,
        "state": ChangeState(change.state), "old": change.old_address, "new": change.new_address, "why": change.why,
        "channel": Channel(change.channel), "old_mailed": way(change.old_channel or Channel.MAIL) is Channel.MAIL,
        "tested_at": change.tested_at, "test_failure": _failure(change),
        "by": names.get(change.proposed_by_id or ""), "at": change.proposed_at, "proven_at": change.proven_at,
        "approved_by": names.get(change.approved_by_id or ""), "approved_at": change.approved_at,
        "earliest_at": change.earliest_at, "counts_from": _counts_from(change), "expires_at": change.expires_at, "in_force_at": change.in_force_at,
        "ended": change.ended, "ended_by": names.get(change.ended_by_id or ""), "ended_at": change.ended_at,
        "is_for": _is_for(change.is_for or {}),
        "warnings": [{"email": each.email, "at": each.settled_at, "refused": each.refused} for each in change.warnings],
    }  # fmt: skip


def _counts_from(change: AddressChange) -> datetime | None:
    """From when an open change counts if every step that it waits for is taken now."""
    if change.state not in OPEN:
        return None
    at = clock.now()
    return earliest(change.approved_at or at, [each.settled_at or at for each in change.warnings])


def _is_for(said: Mapping[str, Any]) -> str:
    """What a file says that a new SPOC is for, in words; empty: everything."""
    places = [wording.region(code) for code in said.get("regions", ())]
    return wording.listed([*said.get("platforms", ()), *places, *wording.groups(said.get("groups", ()))])


def _failure(change: AddressChange) -> str | None:
    """Why the last test of a new webhook was not accepted, in words."""
    if change.test_failure is None:
        return None
    return case_history.failure_words(Failure(change.test_failure["code"]), change.test_failure)
