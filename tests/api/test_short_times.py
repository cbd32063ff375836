"""Short times on the pages: each in an element that knows the moment, in UTC for those without a script; mails say UTC too."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from server.core.database import read, write
from server.core.words import Seen, Via
from server.journeys.report import answering, decision, verification
from server.ledger.reports.models import Evidence, Report
from tests.sending import png
from tests.story import decide, flag, mails

SHORT = re.compile(r'<time datetime="([^"]+)" data-short>([^<]+)</time>')
# What would be a short time that no element knows: `today 09:00`, outside of <time>.
BARE = re.compile(r"\b(?:today|yesterday) \d\d:\d\d")


@pytest.fixture(autouse=True)
def hand():
    """A Wednesday morning; the test moves time on."""
    with time_machine.travel("2026-11-25T09:00:00+00:00", tick=False) as hand:
        yield hand


def shown(page):
    """The short times of a page; and that there is none besides."""
    assert not BARE.search(SHORT.sub("", page.text))
    return SHORT.findall(page.text)


def test_what_a_spotter_sees_of_a_report_has_its_times(people, report_json, hand, work_all):
    notice_id = decide(people, flag(people, report_json()))
    hand.shift(timedelta(hours=16))
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    with read() as session:
        report = session.scalars(select(Report)).one()
    case_id, at = report.case_id, "2026-11-25T09:00:00+00:00"
    assert shown(people.browser("ana").get("/reports"))[:2] == [(at, "yesterday 09:00 UTC")] * 2
    verification.look_as_coordinator(case_id, people.ids["dan"], Seen.GONE)
    page = people.browser("ana").get(f"/reports/{report.id}")
    now = ("2026-11-26T01:00:00+00:00", "today 01:00 UTC")
    assert shown(page) == [*[(at, "yesterday 09:00 UTC")] * 3, now, now, now]
    assert "Checked <time" in page.text and "</time>: it is gone." in page.text
    hand.shift(timedelta(days=40))
    assert {words for _, words in shown(people.browser("ana").get("/reports"))} == {"25 Nov 2026", "26 Nov 2026"}


def test_the_desk_sees_them_too(people, report_json, hand, work_all):
    case_id = flag(people, report_json(), screenshot=png())
    work_all()
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
    with write() as session:
        evidence_id = session.scalars(select(Evidence.id)).one()
        session.execute(update(Evidence).values(copy_sha256="0" * 64))
    decision.mark_clean(evidence_id, people.ids["cora"])
    page = people.browser("cora").get(f"/cases/{case_id}")
    assert len(shown(page)) >= 4
    for text in ("A coordinator asked <time", "Marked clean <time"):
        assert text in page.text
    assert "today 09:00 UTC</time>. <bdi>It may be sent with a notice.</bdi>" in page.text


def test_the_page_says_what_time_it_is_for_the_site(people):
    assert (
        '<html lang="en" dir="ltr" data-now="2026-11-25T09:00:00+00:00"' in people.browser("ana").get("/reports").text
    )


def test_a_mail_has_no_short_time(people, report_json, settings, work_all):
    answering.answer_notice(decide(people, flag(people, report_json())), {"answer": "removed"}, Via.LINK)
    work_all()
    for mail in mails(settings):
        for kind in ("plain", "html"):
            body = mail.get_body((kind,)).get_content()
            assert not BARE.search(body) and "data-short" not in body
            assert all(" UTC" in body[time.end() : time.end() + 4] for time in re.finditer(r", \d\d:\d\d", body))
