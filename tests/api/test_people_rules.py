"""Recruitment and the desk in small: how long things are kept, who is written to, what is written down, who is counted."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Level, Refused
from server.journeys.spotter import accrediting, applying, encouraging, joining
from server.pages.people import desk_lists, desk_page
from server.pages.recruitment import waiting_list
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.recruitment import store as recruitment
from server.people.recruitment.models import Application
from server.reads import onboarding
from tests.conftest import settings_for
from tests.small_module import learn, teach_small
from tests.story import mails


@pytest.fixture
def settings(database_url, tmp_path):
    return settings_for(tmp_path, database_url, SPOTTER_JOINING="apply")


def applies(email="noor@example.org", name="Noor", languages=("ar",)):
    given = {"languages": list(languages), "hours": 3, "why": "I read Arabic.", "heard": "friend", "answers": {}}
    applying.apply(email, name, **given)
    with read() as session:
        return session.scalar(select(Application.id).where(Application.email == email))


def kept():
    with read() as session:
        return session.scalars(select(Application.email).order_by(Application.email)).all()


def account(email):
    with read() as session:
        return session.scalars(select(Account).where(Account.email == email)).one()


def audited(kind):
    with read() as session:
        rows = select(AuditRow.action, AuditRow.actor_id).where(AuditRow.kind == kind).order_by(AuditRow.seq)
        return [tuple(row) for row in session.execute(rows)]


def on_the_list(people, language="", page=1):
    with people.app.test_request_context(), read() as session:
        return waiting_list.waiting(session, language, page)


def counts(people):
    with people.app.test_request_context(), read() as session:
        return desk_lists.counts(session)


def desk(people, cohort="", page=1):
    with people.app.test_request_context(), read() as session:
        return desk_page.desk(session, cohort, page)


# --- Applications ----------------------------------------------------------------------------------------------------


def test_an_application_waits_half_a_year_and_no_longer(people, work_all):
    with time_machine.travel("2026-12-25 10:00:00+00:00", tick=False) as hand:
        applies()
        hand.shift(timedelta(days=179))
        work_all()
        assert kept() == ["noor@example.org"]
        hand.shift(timedelta(days=1))
        work_all()
        assert kept() == []


def test_what_became_of_an_application_is_in_the_audit_trail_without_a_name(people, app):
    cora = people.ids["cora"]
    applying.decline_applicant(applies(), cora)
    application = applies("lek@example.org", "Lek")
    applying.withdraw_application(applying._links().dumps(application))
    applying.invite_applicant(applies("max@example.org", "Max"), cora)
    assert audited("application") == [
        ("application_received", None), ("application_declined", cora), ("application_received", None),
        ("application_withdrawn", None), ("application_received", None), ("application_invited", cora),
    ]  # fmt: skip


def test_who_was_declined_is_neither_invited_nor_declined_again(people):
    application = applies()
    applying.decline_applicant(application, people.ids["cora"])
    for decide in (applying.invite_applicant, applying.decline_applicant):
        with pytest.raises(Refused) as refused:
            decide(application, people.ids["dan"])
        assert refused.value.kind == "not-found"
    with read() as session:
        assert session.scalars(select(Account).where(Account.email == "noor@example.org")).all() == []


def test_a_mail_about_an_application_leaves_only_while_it_is_true(people, settings, work_all):
    applying.decline_applicant(applies(), people.ids["cora"])
    gone = applies("lek@example.org", "Lek")
    applying.withdraw_application(applying._links().dumps(gone))
    with time_machine.travel(clock.now() + recruitment.UNDO, tick=False):
        work_all()
    [mail] = mails(settings, "noor@example.org")
    assert "not a judgement of you" in " ".join(mail.get_body(("plain",)).get_content().split())
    assert mails(settings, "lek@example.org") == []


def test_who_joined_meanwhile_or_is_asked_again_stays_invited_by_whom_they_were(people):
    joining.invite("noor@example.org", "Noor", people.ids["dan"])
    joining.invite("noor@example.org", "Noor", people.ids["cora"])
    assert account("noor@example.org").invited_by_id == people.ids["dan"]
    joining.invite("lek@example.org", "Lek", people.ids["dan"])
    applies("lek@example.org", "Lek")
    with write() as session:
        lek = session.scalars(select(Application.id).where(Application.email == "lek@example.org")).one()
    applying.invite_applicant(lek, people.ids["cora"], "Spring")
    assert (account("lek@example.org").invited_by_id, account("lek@example.org").cohort) == (people.ids["dan"], None)
    assert kept() == []


def test_only_spotters_who_are_accredited_today_count_as_readers_of_a_language(people):
    applies()
    with write() as session:
        for who in ("ana", "ben", "cora"):
            session.get_one(Account, people.ids[who]).languages = ["ar"]

    def page_text():
        [shown] = on_the_list(people)["applications"]
        return next(reason.text for reason in shown["reasons"] if reason.text.startswith("Reads"))

    assert page_text() == "Reads Arabic: so far 1 accredited spotter does"
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    assert page_text() == "Reads Arabic: no accredited spotter does"


def test_the_waiting_list_comes_a_page_at_a_time_each_once(people, monkeypatch):
    monkeypatch.setattr(waiting_list, "PAGE", 2)
    for number in range(5):
        applies(f"n{number}@example.org", f"N{number}")
    pages = [
        [application["name"] for application in on_the_list(people, page=page)["applications"]] for page in (1, 2, 3)
    ]
    assert pages == [["N0", "N1"], ["N2", "N3"], ["N4"]]
    assert on_the_list(people, page=2)["next_url"] and not on_the_list(people, page=3)["next_url"]
    assert [application["name"] for application in on_the_list(people, page=9)["applications"]] == ["N4"]


def test_an_application_link_is_no_other_link(people, client):
    from server.people.accounts import invitation_link

    application = applies()
    assert client.get(f"/apply/withdraw/{invitation_link.make(application, '')}").status_code == 404


# --- The desk --------------------------------------------------------------------------------------------------------


def long_ago(people, who, **values):
    with write() as session:
        account = session.get_one(Account, people.ids[who])
        account.created_at = clock.now() - timedelta(days=20)
        for name, value in values.items():
            setattr(account, name, value)


def test_a_kind_word_is_asked_for_once_in_two_weeks_and_is_written_down(people):
    long_ago(people, "ben")
    encouraging.encourage(people.ids["ben"], people.ids["cora"])
    assert ("spotter_encouraged", people.ids["cora"]) in audited("account")
    with time_machine.travel(clock.now() + timedelta(days=13)):
        assert desk(people)["stalled"][0]["may_remind"] is False
        with pytest.raises(Refused, match="got an email in the last 14 days"):
            encouraging.encourage(people.ids["ben"], people.ids["dan"])
    with time_machine.travel(clock.now() + timedelta(days=14, minutes=1)):
        assert desk(people)["stalled"][0]["may_remind"] is True


def test_a_closed_account_is_neither_counted_nor_written_to(people):
    long_ago(people, "ben")
    assert [person["name"] for person in desk(people)["stalled"]] == ["Ben"]
    long_ago(people, "ben", disabled_at=clock.now())
    assert desk(people)["stalled"] == [] and desk(people)["counts"][0] == 1
    with pytest.raises(Refused, match="no such spotter"):
        encouraging.encourage(people.ids["ben"], people.ids["cora"])


def test_who_stands_still_longest_is_first_and_a_cohort_shows_its_own_alone(people):
    long_ago(people, "ben", cohort="Spring")
    other = joining.add_account("lek@people.test", "Lek", "spotter", "a password of ten")
    people.ids["lek"] = other
    long_ago(people, "lek")
    with write() as session:
        session.get_one(Account, people.ids["ben"]).created_at = clock.now() - timedelta(days=40)
        accreditation.sign(
            session, people.ids["ben"], accreditation.agreement().content_hash, "Ben", clock.now() - timedelta(days=10)
        )
    assert [person["name"] for person in desk(people)["stalled"]] == ["Lek", "Ben"]
    assert [person["name"] for person in desk(people, "Spring")["stalled"]] == ["Ben"]


def test_an_accreditation_that_is_suspended_does_not_end_soon(people):
    with time_machine.travel(clock.now() + timedelta(days=310)):
        assert counts(people)["ending"] == 1
        accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
        assert counts(people)["ending"] == 0
    with time_machine.travel(clock.now() + timedelta(days=300)):
        assert counts(people)["ending"] == 0, "more than two months are left"


def test_the_desk_counts_who_waits_for_a_coordinator(app, people, tmp_path):
    teach_small(app, tmp_path)
    assert counts(people)["to_accredit"] == 0
    learn(people)
    assert counts(people)["to_accredit"] == 1
    with read() as session:
        [progress] = [
            spotter.progress for spotter in onboarding.spotters(session, clock.now()) if spotter.id == people.ids["ben"]
        ]
    assert progress.passed_at and progress.signed_at
    accrediting.accredit(people.ids["ben"], people.ids["cora"], "Careful.", Level.PROBATION)
    assert counts(people)["to_accredit"] == 0
    with time_machine.travel(clock.now() + timedelta(days=1)):
        accrediting.suspend(people.ids["ben"], people.ids["dan"], "While we talk.")
        accrediting.appeal(people.ids["ben"], "I was tired.")
        assert counts(people)["appeals"] == 1
