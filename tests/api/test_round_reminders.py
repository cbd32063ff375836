"""The mails of a round: before it starts, in mid-week, before it ends."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from sqlalchemy import select

from server.core import recurring, work
from server.core.database import read, write
from server.journeys.spotter import freezing, round_mails
from server.people.rounds import choice_store
from server.people.rounds.models import RoundMail
from tests.round_stories import PLAN, accredit, hand, join, plan, search, searchable  # noqa: F401
from tests.statements import statements
from tests.story import mails as letters


@pytest.fixture
def reminded(app, settings, hand):
    """An hour passes and the worker has worked: what it has mailed so far about rounds, as (to, subject)."""

    def run(**later):
        hand.shift(timedelta(**(later or {"hours": 2})))
        recurring.heartbeat()
        work.run_due()
        folder = settings.data_dir / "mail"
        mails = [message_from_bytes(file.read_bytes()) for file in folder.glob("*.eml")] if folder.is_dir() else []
        return sorted((mail["To"].partition("@")[0], mail["Subject"]) for mail in mails if mail["Subject"] in SUBJECTS)

    return run


SUBJECTS = ("A round starts soon", "Your searches this week", "A round ends soon")
START, WEEK, END = SUBJECTS


def test_a_round_reminds_before_the_start_in_mid_week_and_before_the_end_once_each(people, searchable, reminded):
    accredit("ben")
    round_id = plan(people, starts_on="2026-11-27", weeks="2", targets="10")
    for who in ("ana", "ben"):
        join(people, who, round_id)
    assert reminded() == [("ana", START), ("ben", START)]
    assert reminded() == [("ana", START), ("ben", START)], "never a second"
    reminders = reminded(days=2)
    search(people.browser("ana"))
    assert reminders == reminded(hours=3)
    reminded(days=3)
    assert [mail for mail in reminded() if mail[1] == WEEK] == [("ben", WEEK)], "only who has not searched this week"
    assert [mail for mail in reminded(days=7) if mail[1] == WEEK] == [("ana", WEEK), ("ben", WEEK), ("ben", WEEK)]
    assert [mail for mail in reminded(days=2) if mail[1] == END] == [("ana", END), ("ben", END)]
    mails = len(reminded(days=5))
    assert mails == len(reminded(days=30)) == 7, "nothing after the end"


def test_a_reminder_to_two_is_written_down_by_as_many_statements_as_to_one(people, reminded):
    accredit("ben")
    round_id = plan(people, starts_on="2026-11-27")
    for who in ("ana", "ben"):
        join(people, who, round_id)
    with statements() as sent:
        round_mails.remind_rounds()
    assert sum(statement.startswith("INSERT") for statement in sent) == 2, "the mails, and the work of sending them"
    assert reminded() == [("ana", START), ("ben", START)]


def test_who_is_frozen_before_a_reminder_leaves_gets_it_once_unfrozen(people, reminded):
    join(people, "ana", plan(people, starts_on="2026-11-27"))
    round_mails.remind_rounds()
    freezing.freeze(people.ids["ana"], people.ids["cora"])
    assert reminded() == []
    freezing.unfreeze(people.ids["ana"], people.ids["cora"], "Safe again.")
    assert reminded() == reminded() == [("ana", START)]


def test_a_round_that_is_moved_reminds_of_its_new_days(people, reminded):
    days = {"starts_on": "2026-11-27", "weeks": "1", "targets": "5"}
    round_id = plan(people, **days)
    join(people, "ana", round_id)
    assert reminded() == [("ana", START)]
    moved = PLAN | days | {"starts_on": "2026-12-09"}
    assert people.browser("cora").post(f"/rounds/{round_id}/edit", data=moved).status_code == 302
    assert reminded() == [("ana", START)], "not before it is time"
    assert reminded(days=13) == [("ana", START), ("ana", START)]
    assert reminded() == [("ana", START), ("ana", START)]
    reminded(days=5)
    later = moved | {"weeks": "2"}
    assert people.browser("cora").post(f"/rounds/{round_id}/edit", data=later).status_code == 302
    assert [mail for mail in reminded() if mail[1] == END] == [("ana", END)], "of the end it had before"
    assert [mail for mail in reminded(days=7) if mail[1] == END] == [("ana", END), ("ana", END)]


def test_who_signs_up_late_in_a_week_is_not_asked_again_early_in_the_next(people, reminded):
    round_id = plan(people, starts_on="2026-11-26", weeks="3", targets="10")
    reminded(days=6)
    join(people, "ana", round_id)
    assert reminded() == [("ana", WEEK)], "on the last day of the first week"
    assert reminded(days=5) == [("ana", WEEK)], "on the fifth day of the second"
    assert reminded(days=1) == [("ana", WEEK)] * 2


def test_who_said_no_left_or_is_in_no_round_is_not_written_to(people, reminded):
    accredit("ben")
    round_id = plan(people, starts_on="2026-11-28")
    for who in ("ana", "ben"):
        join(people, who, round_id)
    ana = people.browser("ana")
    assert "Turn reminders off" in ana.get("/profile").text
    ana.post("/profile/reminders", data={"reminders": "no"})
    assert "Turn reminders on" in ana.get("/profile").text
    people.browser("ben").post(f"/rounds/{round_id}/leave")
    assert reminded(days=2) == []
    people.browser("ana").post("/profile/reminders", data={"reminders": "yes"})
    assert reminded() == [("ana", START)]


def test_what_changed_before_the_mail_left_counts(people, hand, reminded):
    round_id = plan(people, starts_on="2026-11-27")
    join(people, "ana", round_id)
    for _ in range(2):
        round_mails.remind_rounds()
    with read() as session:
        assert len(session.scalars(select(RoundMail.id)).all()) == 1
    people.browser("ana").post(f"/rounds/{round_id}/leave")
    assert reminded() == []


def test_who_leaves_its_topics_out_before_the_mail_left_hears_of_no_new_round(people, settings, hand):
    round_mails.announce_round(plan(people, groups=["bird"], starts_on="2026-12-09"))
    with write() as session:
        choice_store.choose(session, people.ids["ana"], avoids=["bird"])
    work.run_due()
    assert "A new round: you can sign up" not in [mail["Subject"] for mail in letters(settings, "ana@people.test")]


def test_a_reminder_names_the_round_in_its_body_alone(people, settings, reminded):
    round_id = plan(people, name="Eve\u202e <b>Bcc</b>", starts_on="2026-11-27")
    join(people, "ana", round_id)
    reminded()
    (mail,) = letters(settings, "ana@people.test")
    parts = [part for part in mail.walk() if part.get_content_maintype() == "text"]
    text, html = (part.get_payload(decode=True).decode() for part in parts)
    assert "Eve" not in mail["Subject"]
    assert "Friday, 27" in text.replace("\n", " ") and "http://spotter.test/profile" in text
    assert "&lt;b&gt;" in html and "\u202e" not in text + html
