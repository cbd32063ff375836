"""A company's team as its page shows it: who is in it, who is invited, and what happened."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import access, clock, web
from server.core.audit import AuditRow
from server.core.words import TeamRole
from server.ledger.companies import answer_hook_store
from server.people.accounts import pairing, team_store
from server.people.accounts.models import Account
from server.people.teams import store as teams
from server.people.teams.models import TeamEvent


def shown(session: Session, company_id: str, reader_id: str) -> dict[str, Any]:
    """What team/index.html needs. Whoever is at the desk is called by the organisation's name alone."""
    people = team_store.team(session, company_id)
    waiting, history, now = teams.waiting(session, company_id), teams.history(session, company_id), clock.now()
    ids = {row.invited_by_id for row in waiting} | {id_ for row in history for id_ in (row.by_id, row.account_id)}
    names = _names(session, ids)
    managers = [person.id for person in people if person.team_role == TeamRole.MANAGER]
    tokens = pairing.numbers_of_tokens(session, [person.id for person in people])
    return {
        "people": [
            {
                "id": person.id, "name": person.name, "email": person.email, "team_role": person.team_role,
                "since": person.created_at, "own": person.id == reader_id, "tokens": tokens.get(person.id, 0),
                "last_manager": managers == [person.id],
            }
            for person in people
        ],
        "invitations": [
            {
                "id": row.id, "email": row.email, "team_role": row.team_role, "by": names[row.invited_by_id],
                "sent_at": row.sent_at, "expires_at": row.expires_at, "expired": row.expires_at <= now,
            }
            for row in waiting
        ],
        "history": [
            {
                "at": row.at, "event": TeamEvent(row.event), "name": names[row.account_id], "by": names[row.by_id],
                "what": row.what,
            }
            for row in history
        ],
        "has_manager": bool(managers),
        "only_manager": managers == [reader_id],
    }  # fmt: skip


def answer_secrets(session: Session, company_id: str) -> list[dict[str, Any]]:
    """The secrets that the company's programs sign answers with, for the desk: since when, and who made each."""
    made = select(AuditRow).where(
        AuditRow.kind == "company", AuditRow.object_id == company_id, AuditRow.action == "answer_secret_made"
    )
    makers = {row.detail["fingerprint"]: row.actor_id for row in session.scalars(made.order_by(AuditRow.seq))}
    secrets = answer_hook_store.listed(session, company_id)
    return [
        {
            "fingerprint": row.fingerprint,
            "since": row.since,
            "is_readable": row.is_readable,
            "by": session.get(Account, makers.get(row.fingerprint) or ""),
        }
        for row in secrets
    ]


def _names(session: Session, ids: set[str]) -> dict[str, str]:
    rows = session.scalars(select(Account).where(Account.id.in_(ids)))
    own = web.settings().organisation
    return {row.id: row.name if access.can("team.see", row) else own for row in rows}
