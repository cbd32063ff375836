"""How often a spotter is mailed: Ana chooses, the real worker works, a real mail server takes what it sends."""

import re

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from server.core.database import read, write
from server.core.words import MailFrequency
from server.journeys.report import decision
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from tests.mail_stories import body, choose, hand, inbox, server, settings, story  # noqa: F401 - their time and post
from tests.story import flag


def test_a_spotter_chooses_in_the_profile_how_often_we_write(people, inbox, server, report_json):
    page = people.browser("ana").get("/profile").text
    assert 'id="mails"' in page and re.search(r'value="step" checked', page)
    choose(people, "week")
    assert re.search(r'value="week" checked', people.browser("ana").get("/profile").text)
    with read() as session:
        assert session.get_one(Account, people.ids["ana"]).mails == MailFrequency.WEEK
        assert session.get_one(Account, people.ids["ben"]).mails == MailFrequency.STEP
    assert people.browser("ana").get("/profile/record.json").json["account"]["mails"] == "week"


@pytest.mark.parametrize("choice", [{}, {"mails": ""}, {"mails": "monthly"}, {"mails": "week\0"}])
def test_what_is_no_choice_changes_nothing(people, choice):
    answer = people.browser("ana").post("/profile/mails", data=choice)
    assert answer.status_code == 422 and "Fix the following" in answer.text
    with read() as session:
        assert session.get_one(Account, people.ids["ana"]).mails == MailFrequency.STEP


def test_only_a_spotter_is_asked(people):
    for who in ("cora", "mia", "ada"):
        assert "Mails about your reports" not in people.browser(who).get("/profile").text


def test_the_database_knows_the_choices(people):
    with pytest.raises(IntegrityError), write() as session:
        session.execute(update(Account).values(mails="hourly"))


def test_every_mail_about_a_report_links_to_the_choice(people, inbox, server, report_json):
    case_id = flag(people, report_json())
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
    assert inbox() and all("http://spotter.test/profile#mails" in body(server, kind) for kind in ("plain", "html"))
    decision.decide(case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=2)
    assert inbox() and all("http://spotter.test/profile#mails" in body(server, kind) for kind in ("plain", "html"))


@pytest.mark.parametrize(
    ("mails", "leaves"),
    [
        # Of what the company says later of a removal, the mail comes tomorrow.
        ("step", ["Needs your answer", "Company notified", "Removed", None, "Back online"]),
        ("outcome", ["Needs your answer", None, "Removed", None, "Back online"]),
        ("week", ["Needs your answer", None, None, None, None]),
        ("never", ["Needs your answer", None, None, None, None]),
    ],
)
def test_what_is_said_leaves_as_often_as_was_chosen(people, inbox, report_json, mails, leaves):
    choose(people, mails)
    for expected, _ in zip(leaves, story(people, report_json), strict=True):
        subjects = inbox()
        told = [
            subject.partition(":")[0].replace(" to be ", " ") for subject in subjects
        ]  # it may not have arrived yet
        assert told == ([expected] if expected else [])


def test_a_choice_holds_for_what_is_said_from_then_on(people, inbox, report_json):
    choose(people, "outcome")
    steps = story(people, report_json)
    for _ in range(2):
        next(steps)
        inbox()
    choose(people, "week")
    assert inbox(days=7) == [], "what was not to be mailed is not told a month later"
    choose(people, "step")
    next(steps)
    assert len(inbox()) == 1


@pytest.mark.parametrize(("mails", "promised"), [("step", True), ("week", True), ("never", False)])
def test_a_reports_page_promises_a_mail_only_to_who_wants_some(people, report_json, mails, promised):
    choose(people, mails)
    flag(people, report_json())
    with read() as session:
        report_id = session.scalars(select(Report.id)).one()
    page = people.browser("ana").get(f"/reports/{report_id}").text
    assert "Nothing yet." in page and ("We will email you" in page) == promised
