"""A week of mails to Ana: time moves on, the real worker works, a real mail server takes what it sends."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from server.core import recurring, work
from server.core.database import read
from server.core.words import Via
from server.journeys.report import answering, decision, feedback
from server.ledger.reports.models import Report
from tests.conftest import settings_for
from tests.smtp_rig import mail_server
from tests.story import decide, flag

WEDNESDAY = "2026-11-25T09:00:00+00:00"
ANA = "ana@people.test"
REASON = "Captive bred. The seller showed “papers” for\r\nBcc: x@example.org"


@pytest.fixture(autouse=True)
def hand():
    """A Wednesday; the test moves time on."""
    with time_machine.travel(WEDNESDAY, tick=False) as hand:
        yield hand


@pytest.fixture
def server():
    with mail_server() as running:
        yield running


@pytest.fixture
def settings(database_url, tmp_path, server):
    return settings_for(tmp_path, database_url, SPOTTER_MAIL_URL=server.url)


@pytest.fixture
def inbox(app, server, hand):
    """Some time passes, the worker has worked: the subjects of what Ana got since she looked last."""
    seen = 0

    def look(**later):
        nonlocal seen
        hand.shift(timedelta(**(later or {"minutes": 2})))
        for _ in range(2):  # what recurs, and what it asked for
            recurring.heartbeat()
            work.run_due()
        new, seen = server.to(ANA)[seen:], len(server.to(ANA))
        return [taken.message["Subject"] for taken in new]

    return look


def choose(people, mails):
    answer = people.browser("ana").post("/profile/mails", data={"mails": mails})
    assert answer.status_code == 302


def body(server, kind="plain"):
    return server.to(ANA)[-1].message.get_body((kind,)).get_content()


def story(people, report_json):
    """A question, its answer, a notice, the company's answer, more of it, and that it came back."""
    case_id = flag(people, report_json())
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
    yield
    with read() as session:
        report_id = session.scalars(select(Report.id)).one()
    feedback.reply(people.ids["ana"], report_id, "No ring.")
    notice_id = decide(people, case_id)
    yield
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    yield
    answering.answer_notice(notice_id, {"answer": "account_suspended", "reason": "Many like it."}, Via.LINK)
    yield
    answering.answer_notice(notice_id, {"answer": "reinstated", "reason": REASON}, Via.LINK)
    yield
