"""A lead looks at what their spotters report on probation. Nothing waits for it: the report is in the queue since it came.

What a lead says stands on the case and among its reasons, by number. It decides nothing, orders nothing and is no report.
"""

from sqlalchemy.orm import Session

from server.core import clock, reasons
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.cases import store as cases
from server.ledger.cases import triage
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from server.people.leads import rules, store
from server.people.leads.rules import Voice
from server.reads import leads, team_reports


def confirm(report_id: str, lead_id: str, said: str, because: str = "") -> None:
    """A lead says that they would report it, too, or why they doubt it; once for a report.

    Raises Refused: not-found (no report that a spotter of theirs sent on probation), invalid, conflict (decided, withdrawn,
    looked at already, or the lead reported the same listing).
    """
    statement = rules.statement(said, because)
    with write() as session:
        case = _locked(session, report_id, lead_id)
        store.confirm(session, report_id, lead_id, *statement, clock.now())
        tell(session, case)


def take_back(report_id: str, lead_id: str) -> None:
    """A lead takes back what they said, while nothing is decided. Raises Refused: not-found, conflict."""
    with write() as session:
        case = _locked(session, report_id, lead_id)
        store.take_back(session, report_id, lead_id)
        tell(session, case)


def _locked(session: Session, report_id: str, lead_id: str) -> Case:
    """The report's case, kept from every decision until this transaction ends, if the lead may still look at the report."""
    report = session.get(Report, report_id)
    if (
        report is None
        or not leads.is_lead(session, lead_id)
        or not team_reports.is_of_team(session, report_id, lead_id)
    ):
        raise Refused("not-found", sentence("There is no such report."))
    case = cases.get(session, report.case_id, lock=True)
    session.refresh(report)
    if not team_reports.is_undecided(session, report_id, lead_id):
        raise Refused("conflict", sentence("This report is no longer waiting for you."))
    return case


def tell(session: Session, case: Case) -> None:
    """Give the case what leads say of those of its reports that count and are not decided."""
    voices = store.voices(session, team_reports.undecided_of(session, case.id))
    kept = [reasons.read(reason) for reason in case.reasons]
    said = triage.said_by_leads(kept, voices.get(Voice.CONFIRM, 0), voices.get(Voice.DOUBT, 0))
    if said != tuple(kept):
        cases.give_reasons(case, said)
