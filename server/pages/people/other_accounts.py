"""Accounts that are no spotter's: people of companies, coordinators and administrators."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import access, clock, web
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.companies.models import Company
from server.pages.people import reset_confirmers
from server.people.accounts import factors
from server.people.accounts import store as accounts
from server.people.accounts.models import Account


def listed(session: Session) -> list[dict[str, Any]]:
    """Everybody whom the reader may see here, with the company they answer for."""
    people = accounts.others(session, staff=web.can("people.manage_staff"))
    companies = _companies(session, people)
    return [_shown(account, companies) for account in people]


def account(session: Session, account_id: str) -> dict[str, Any] | None:
    """One account as people/account.html shows it; None for a spotter. Raises Refused("not-found") for who may not see it."""
    account = session.get(Account, account_id)
    if account is None or account.erased_at:
        raise Refused("not-found", sentence("There is no such account."))
    if access.can("reports.follow", account):
        return None
    staff = access.can("cases.see", account)
    if not web.can("people.manage_staff" if staff else "people.close"):
        raise Refused("not-found", sentence("There is no such account."))
    return _shown(account, _companies(session, [account])) | {
        "joined": account.created_at,
        "changes": changes(session, account.id),
        "factor_since": factor.since if (factor := factors.of(session, account.id)) else None,
        "reset_waits": factors.reset_waits(session, account.id, clock.now()),
        "confirmers": reset_confirmers.if_asked(session, account.id),
    }


def changes(session: Session, account_id: str) -> list[dict[str, Any]]:
    """When an account was closed and opened again, by whom and why, newest first."""
    rows = accounts.changes_of(session, account_id)
    names = {a.id: a.name for a in session.scalars(select(Account).where(Account.id.in_({row.by_id for row in rows})))}
    return [{"action": row.action, "at": row.at, "by": names[row.by_id], "why": row.why} for row in rows]


def _companies(session: Session, people: list[Account]) -> dict[str | None, tuple[str, str]]:
    ids = {account.company_id for account in people}
    return {
        company.id: (company.slug, company.name)
        for company in session.scalars(select(Company).where(Company.id.in_(ids)))
    }


def _shown(account: Account, companies: dict[str | None, tuple[str, str]]) -> dict[str, Any]:
    return {
        "id": account.id, "name": account.name, "email": account.email, "role": account.role,
        "company": companies.get(account.company_id), "closed_at": account.disabled_at,
    }  # fmt: skip
