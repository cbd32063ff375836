"""The practice lane: who may see it, and cases that wait for a second opinion."""

from server.core.database import read
from server.core.words import Level
from server.journeys.report import decision
from server.journeys.spotter import accrediting
from server.ledger.cases.models import Case
from tests.story import flag

DESCRIPTION = "Six chicks, call +351 912 345 678 or birds@lx.example, see wa.me/35191. birdroom_lx never lies."


def accredit(people, who="ben", level=Level.PROBATION, **scope):
    email = f"{who}@people.test"
    accrediting.accredit_by_email(
        email, "cora@people.test", "For the tests.", level, waive_exam=True, second="dan@people.test"
    )
    if scope:
        accrediting.change_level(people.ids[who], people.ids["dan"], "Narrower.", level, **scope)


def second_opinion(people, report, **held):
    """Ana flags a listing, Cora holds it for a second opinion; the case's id."""
    case_id = flag(people, report)
    with read() as session:
        version = session.get_one(Case, case_id).version
    held = {"hold_reason": "second_opinion"} | held
    decision.decide(case_id, people.ids["cora"], decision="hold", note="Is it one?", version=version, **held)
    return case_id


def live_report(report_json, number=265370482805):
    report = report_json(url=f"https://mercado.test/itm/{number}")
    lines = DESCRIPTION.replace(". ", ".\r\n\r\n")
    report["listing"] |= {"title": "African grey parrot, call 912 345 678", "description": lines}
    return report
