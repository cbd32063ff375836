"""Which domains vouch for an address at a company: not domains added recently, or by the person who names the address.

Otherwise one person could add a domain and then name an address on it, and nobody would notice.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.audit import AuditRow
from server.ledger.companies import store as companies

DOMAIN_IS_NEW = timedelta(days=30)


class CompanyDomains:
    """Where a company is at home, and who added what of it when."""

    def __init__(self, session: Session, company_id: str) -> None:
        self._names, self._mail = companies.homes(session, company_id)
        rows = select(AuditRow).where(
            AuditRow.kind == "company", AuditRow.object_id == company_id,
            AuditRow.action.in_(("company_added", "platform_added", "platform_changed")),
        )  # fmt: skip
        self._added = [(row.actor_id, row.at, self._names_of(row)) for row in session.scalars(rows)]

    def known(self) -> set[str]:
        """Domains and hosts of its platforms, and domains of its contacts' addresses."""
        return self._mail.union(*self._names.values())

    def vouching(self, by_id: str | None, at: datetime) -> set[str]:
        """Those that vouch for an address which this person names at that moment."""
        new = set[str]().union(*(names for actor_id, added_at, names in self._added
                                 if actor_id == by_id or added_at > at - DOMAIN_IS_NEW))  # fmt: skip
        return self._mail | (set[str]().union(*self._names.values()) - new)

    def _names_of(self, row: AuditRow) -> set[str]:
        """The domains and hosts that came with it: of a company that was added, those its first platforms have today."""
        if row.action == "company_added":
            return set[str]().union(*(self._names.get(slug, set()) for slug in row.detail["platforms"]))
        return set(row.detail["added"])
