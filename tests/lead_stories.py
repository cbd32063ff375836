"""Ana is a lead, and Ben, on probation, is one of the spotters she leads."""

from typing import Any

from sqlalchemy import select

from server.core import clock
from server.core.database import read
from server.core.words import Level
from server.journeys.spotter import accrediting, naming_contacts
from server.ledger.reports.models import Report
from server.people.accreditation import store as accreditation
from tests.conftest import People
from tests.story import flag


def lead(people: People, *spotters: str, who: str = "ana") -> None:
    """Ana, or somebody else who is trusted, becomes a lead and the contact of these spotters: they are, or now come, on probation."""
    accrediting.change_level(people.ids[who], people.ids["dan"], "Knows much, and explains it.", Level.LEAD)
    for key in spotters or ("ben",):
        with read() as session:
            level = accreditation.level(session, people.ids[key], clock.now())
        if level is None:
            accrediting.accredit_by_email(
                f"{key}@people.test", "cora@people.test", "For the tests.", Level.PROBATION, waive_exam=True
            )
        naming_contacts.name_contact(people.ids[key], people.ids[who], people.ids["cora"])


def reported(people: People, report: dict[str, Any], who: str = "ben", **files: bytes) -> tuple[str, str]:
    """Ben, or somebody else, flags a listing; the report's and the case's id."""
    case_id = flag(people, report, who, **files)
    with read() as session:
        mine = select(Report.id).where(Report.case_id == case_id, Report.account_id == people.ids[who])
        return session.scalars(mine.order_by(Report.id.desc())).first() or "", case_id
