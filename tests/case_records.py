"""A case, its check and its audit rows, as the tables have them."""

from sqlalchemy import select

from server.core.audit import AuditRow
from server.core.database import read
from server.ledger.cases.models import Case
from server.ledger.monitoring.models import Check

OTHER = "https://mercado.test/itm/999999999999"


def audited(*kinds):
    with read() as session:
        rows = select(AuditRow.action, AuditRow.actor_id).where(AuditRow.kind.in_(kinds)).order_by(AuditRow.seq)
        return [tuple(row) for row in session.execute(rows)]


def case_of(case_id):
    with read() as session:
        return session.get_one(Case, case_id)


def check_of(case_id):
    with read() as session:
        listing = session.get_one(Case, case_id).listing_id
        return session.scalars(select(Check).where(Check.listing_id == listing).order_by(Check.id.desc())).first()
