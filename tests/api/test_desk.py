"""The coordinator's desk: cohorts, stalled spotters, an encouraging mail at most every two weeks. Cora looks, Ana and Ben progress."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from server.core import languages
from server.core.database import db, read, write
from server.core.words import Role
from server.journeys.spotter import encouraging, joining
from server.pages.people import desk_page
from server.people.accounts.models import Account
from server.people.accreditation.steps import NextStep
from server.reads import onboarding
from tests.statements import statements
from tests.story import flag, mails
from tests.trainees import ready, sign, trainee

NOW = datetime.now(UTC)


@pytest.fixture
def cora(app, people):
    app.config["WTF_CSRF_ENABLED"] = False
    return people.browser("cora")


def change(account_id, **values):
    with write() as session:
        session.execute(update(Account).where(Account.id == account_id).values(**values))


def joined_long_ago(*, email="noor@example.org", name="Noor", **values):
    return trainee(email, name, NOW - timedelta(days=20), **values)


def desk(app, cohort="", page=1):
    with app.test_request_context():
        return desk_page.desk(db.session(), cohort, page)


def test_cohorts_are_counted_by_name_or_by_month_with_each_step(app, people, report_json):
    flag(people, report_json())
    joined_long_ago(cohort="Spring <i>")
    joined_long_ago(email="lek@example.org", name="Lek", cohort="Spring <i>")
    shown = desk(app)
    assert (shown["counts"][0] == 2 and shown["counts"][3:] == [1, 1, 1]) or shown["counts"][4:] == [1, 1]
    [spring] = [cohort for cohort in shown["cohorts"] if cohort["name"] == "Spring <i>"]
    assert spring["counts"] == [0] * 6, "who never chose a password has not joined"
    assert desk(app, "Spring <i>")["counts"] == spring["counts"]
    assert desk(app, "Nobody’s")["counts"] == [0] * 6


def test_the_page_shows_who_has_stalled_and_escapes_what_they_are_called(cora, app, people):
    joined_long_ago(name="Noor <b>", cohort="Spring <i>")
    page = cora.get("/people/desk").text
    assert "Noor &lt;b&gt;" in page and "<i>" not in page
    assert "Not signed up yet" in page
    assert cora.get("/people/desk?cohort=%00&page=99999999999").status_code in (200, 422)
    assert cora.get("/people/desk?page=999").status_code == 200


def test_a_kind_mail_leaves_once_and_not_again_for_two_weeks(cora, app, people, settings, work_all):
    noor = joined_long_ago()
    work_all()
    before = len(mails(settings, "noor@example.org"))
    assert cora.post(f"/people/{noor}/encourage").status_code == 302
    assert cora.post(f"/people/{noor}/encourage").status_code == 409, "a second click"
    work_all()
    sent = mails(settings, "noor@example.org")[before:]
    assert len(sent) == 1
    text = " ".join(sent[0].get_body(("plain",)).get_content().split())
    assert "/join/" in text and "nothing is held against you" in text
    assert "Choose a password" in sent[0].get_body(("html",)).get_content()
    assert desk(app)["stalled"][0]["may_remind"] is False
    with time_machine.travel(datetime.now(UTC) + timedelta(days=14, minutes=1)), app.app_context():
        assert encouraging.encourage(noor, people.ids["cora"]) == "Noor"


@pytest.mark.parametrize("next_step", list(NextStep))
def test_each_next_step_has_its_own_words_in_the_mail(app, people, next_step):
    from server.core import post

    with app.app_context():
        context = {"next_step": next_step.value, "link": "http://spotter.test/x"}
        for kind in ("txt", "html"):
            assert "http://spotter.test/x" in post.render(f"mail/encouragement.{kind}", context)


def test_who_went_on_before_the_mail_left_gets_none(app, people, settings, work_all):
    noor = joined_long_ago()
    work_all()
    before = len(mails(settings, "noor@example.org"))
    with app.app_context():
        encouraging.encourage(noor, people.ids["cora"])
    sign(noor, datetime.now(UTC))
    change(noor, password_hash="x")
    work_all()
    assert len(mails(settings, "noor@example.org")) == before


def test_nobody_is_written_to_who_does_not_stand_still_or_is_no_spotter(cora, people):
    joining.add_account("new@example.org", "New", Role.SPOTTER, None)
    with read() as session:
        new = session.query(Account).filter_by(email="new@example.org").one().id
    assert cora.post(f"/people/{new}/encourage").status_code == 409
    assert cora.post(f"/people/{people.ids['mia']}/encourage").status_code == 404
    assert cora.post("/people/nobody/encourage").status_code == 404


def test_the_desk_asks_the_database_as_often_for_thirty_people_as_for_two(app, people):
    def asked():
        with app.test_request_context(), statements() as texts:
            desk_page.desk(db.session(), "", 1)
        return len(texts)

    few = asked()
    for number in range(30):
        joined_long_ago(email=f"n{number}@example.org", name=f"N{number}")
    assert asked() == few
    shown = desk(app)
    assert (len(shown["stalled"]), shown["stalled_count"]) == (20, 30)
    assert len(desk(app, page=2)["stalled"]) == 10


def test_who_waits_for_a_coordinator_is_found_in_as_many_questions_for_thirty_people_as_for_none(app, people):
    def asked():
        with statements() as texts, read() as session:
            return onboarding.awaiting(session, datetime.now(UTC)), len(texts)

    nobody, few = asked()
    waiting = [ready(f"n{number}@example.org", f"N{number}", NOW - timedelta(days=40 - number)) for number in range(30)]
    assert nobody == [] and asked() == (waiting, few), "the longest waiting first"
    change(waiting[0], disabled_at=NOW)
    assert asked() == (waiting[1:], few), "who closed or froze the account waits for nothing"


def test_after_a_kind_mail_the_chosen_cohort_and_page_are_still_chosen(cora, people):
    noor = joined_long_ago(cohort="Spring & <i>")
    page = cora.get("/people/desk?cohort=Spring+%26+%3Ci%3E").text
    assert '<input type="hidden" name="cohort" value="Spring &amp; &lt;i&gt;">' in page
    there = cora.post(f"/people/{noor}/encourage", data={"cohort": "Spring & <i>", "page": "2"}).location
    assert there == "/people/desk?cohort=Spring+%26+%3Ci%3E&page=2"
    assert "<h2><bdi>Spring &amp; &lt;i&gt;</bdi></h2>" in cora.get(there).text


def test_who_signed_an_earlier_agreement_has_it_before_them(app, people):
    noor = joined_long_ago(password_hash="x")
    sign(noor, datetime.now(UTC), "0" * 64)
    assert [spotter["next_step"] for spotter in desk(app)["stalled"]] == [NextStep.SIGN]
    sign(noor, datetime.now(UTC))
    assert desk(app)["stalled"] == [], "a step taken just now"


def test_one_walker_is_read_as_among_all(app, people):
    at = datetime.now(UTC)
    with read() as session:
        for spotter in onboarding.spotters(session, at):
            assert onboarding.spotters(session, at, spotter.id) == [spotter]


def test_who_joined_without_a_cohort_is_counted_by_a_month_that_no_language_changes(app, cora):
    change(joined_long_ago(), created_at=datetime(2025, 11, 3, tzinfo=UTC))
    [november] = [cohort for cohort in desk(app)["cohorts"] if cohort["url"] == "/people/desk?cohort=2025-11"]
    assert november["name"] == "November 2025"
    with app.test_request_context(), languages.force_locale("fr"):
        assert languages.translated(november["name"]) == "novembre 2025"
    assert "<h2><bdi>November 2025</bdi></h2>" in cora.get("/people/desk?cohort=2025-11").text
