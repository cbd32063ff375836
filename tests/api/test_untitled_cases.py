"""A case whose ad has no title is called by its words and its site on every page that lists it, not by a long address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from sqlalchemy import select

from server.core import clock
from server.core.database import read
from server.core.words import Basis, Via
from server.journeys.report import answering, claiming, disputing
from server.ledger.companies import store as companies
from server.ledger.notices.models import GivenAnswer
from server.reads import attention, current_claims, disputes, gauges
from tests.conftest import People
from tests.story import decide, flag

NAME = "grey parrot, hand tame · mercado.test"


def test_its_name_wherever_it_waits(
    people: People, report_json: Callable[..., dict[str, Any]], work_all: Callable[[], int]
) -> None:
    """Ana flags it nine days ago, Mercado says only now that it has removed it; Cora and Dan see it on their lists."""
    report = report_json() | {"listing": {"description": "Grey parrot, hand tame."}}
    with time_machine.travel(clock.now() - timedelta(days=9)):
        case_id = flag(people, report)
        notice_id = decide(people, case_id)
        work_all()
    claiming.hand_over(case_id, people.ids["cora"], "dan@people.test")
    with read() as session:
        mercado = companies.by_slug(session, "mercado")
        assert mercado
        overdue, _ = attention.overdue_notices(session, "mercado", None)
        handed_over = current_claims.handed_over(session, people.ids["dan"])
    answering.answer_notice(notice_id, {"answer": "not_violating", "reason": "A toy."}, Via.PORTAL, people.ids["mia"])
    with read() as session:
        reviewed, _ = gauges.answers(session, mercado.id, Basis.POLICY, None, every=True)
        given = session.scalars(select(GivenAnswer).where(GivenAnswer.notice_id == notice_id)).one()
    disputing.begin(case_id, people.ids["cora"], answer_id=given.id, text="A live bird.", told=given.at.date())
    with read() as session:
        disputed, _, _ = disputes.listed(session, "open", "", None)
    assert [row["title"] for row in (*overdue, *handed_over, *reviewed, *disputed)] == [NAME] * 4
