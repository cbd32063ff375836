"""Applications: sent, listed in an order with reasons, invited or declined kindly, and erased. Noor applies, Cora reads."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock, endpoints, post, rates, work
from server.core.audit import AuditRow
from server.core.database import db, read, write
from server.core.words import Role
from server.journeys.spotter import applying, closing
from server.journeys.spotter.joining import add_account, invite
from server.pages.recruitment import waiting_list
from server.people.accounts.models import Account
from server.people.recruitment import store as recruitment
from server.people.recruitment.models import Application
from tests.conftest import settings_for
from tests.plans import asked
from tests.small_module import sign, take_exam, teach_small
from tests.statements import statements
from tests.story import mails

NOOR = {
    "name": "Noor <b>", "email": "Noor@Example.org ", "languages": ["ar", "en"], "hours": "3", "why": "I read <Arabic>.",
    "heard": "friend", "adult": "y", "no_stake": "y", "question_private-message": "0", "question_not-sure": "1",
}  # fmt: skip


@pytest.fixture
def joining():
    """How one becomes a spotter in this test."""
    return "apply"


@pytest.fixture
def settings(database_url, tmp_path, joining):
    return settings_for(tmp_path, database_url, SPOTTER_JOINING=joining)


@pytest.fixture
def noor(app, people):
    """A stranger's browser."""
    rates._limiter.storage.reset()
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def applications():
    with read() as session:
        return list(session.scalars(select(Application)))


def everything() -> str:
    """All text in the database."""
    with read() as session:
        rows = [session.execute(table.select()).all() for table in db.metadata.sorted_tables]
    return str(rows)


def test_the_first_page_leads_to_the_application_and_nobody_signs_up_alone(noor):
    assert 'href="/apply">Become a spotter' in noor.get("/").text
    assert noor.get("/join").location == "/apply"
    assert noor.post("/join", data={"name": "Noor", "email": "noor@example.org", "adult": "y"}).status_code == 410
    page = noor.get("/apply").text
    assert "It is erased when you withdraw it" in page and "30 days after it is declined" in page
    assert "after a no" in noor.get("/privacy").text


def test_an_application_is_kept_told_of_by_mail_and_taken_back_by_its_link(noor, settings, work_all):
    assert noor.post("/apply", data=NOOR).status_code == 200
    [kept] = applications()
    assert (kept.email, kept.languages, kept.hours, kept.answers) == (
        "noor@example.org", ["ar", "en"], 3, {"private-message": 0, "not-sure": 1},
    )  # fmt: skip
    work_all()
    [mail] = mails(settings, "noor@example.org")
    link = re.search(r"http://spotter.test(/apply/withdraw/\S+)", mail.get_body(("plain",)).get_content())[1]
    assert noor.get(link).status_code == 200
    assert len(applications()) == 1, "looking at it changes nothing"
    assert "Your application is erased" in noor.post(link).text
    assert noor.post(link).status_code == 200, "twice is once"
    assert noor.get("/apply/withdraw/forged").status_code == 404
    assert applications() == []
    assert "noor@" not in everything() and "Arabic" not in everything().replace("'Arabic'", "")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": "noor"}, "Enter a valid email address."),
        ({"email": "noor@exämple.org"}, "Enter a valid email address."),
        ({"name": "No\x01or"}, "one line"),
        ({"name": "n" * 101}, "100"),
        ({"languages": []}, "at least one language"),
        ({"languages": ["xx"]}, "not a valid choice"),
        ({"hours": "99"}, "Not a valid choice"),
        ({"why": " "}, "sentence or two"),
        ({"why": "w" * 1501}, "at most 1,500 characters"),
        ({"adult": ""}, "18 or older"),
        ({"no_stake": ""}, "stake in the trade cannot"),
        ({"heard": "x"}, "Not a valid choice"),
        ({"question_not-sure": "7"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(noor, changes, message):
    answer = noor.post("/apply", data={key: value for key, value in (NOOR | changes).items() if value})
    assert answer.status_code == 422
    assert message.lower() in answer.text.lower()
    assert applications() == []


def test_the_screening_questions_run_as_the_language_that_they_are_in(noor):
    page = noor.get("/apply", headers={"Accept-Language": "ar"}).text
    assert 'dir="rtl"' in page and page.count('<div class="one" dir="auto">') == 3
    assert '<span lang="en" dir="auto">You see an old carved figure.' in page
    assert '<span lang="en" dir="auto">I would ask my coordinator first.</span>' in page, "and so do its answers"


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(noor):
    assert "Thank you" in noor.post("/apply", data=NOOR | {"website": "https://x.example"}).text
    assert applications() == []


def test_a_known_address_and_a_second_application_get_the_same_words(noor, people, settings, work_all):
    answers = {noor.post("/apply", data=NOOR | {"email": who}).text.replace(who, "X").partition("<main")[2].partition("</main")[0]
            for who in ("noor@example.org", "noor@example.org", "ben@people.test")}  # fmt: skip
    assert len(answers) == 1
    work_all()
    assert [application.email for application in applications()] == ["noor@example.org"]
    assert len(mails(settings, "noor@example.org")) == 1
    assert "already have an account" in mails(settings, "ben@people.test")[0].get_body(("plain",)).get_content()


def test_a_known_address_and_a_second_application_ask_the_same_of_the_database(noor, people):
    def sent(email):
        with statements() as seen:
            assert noor.post("/apply", data=NOOR | {"email": email}).status_code == 200
        return [
            re.sub(r"\W.*", "", statement.strip())
            for statement in seen
            if "ROLLBACK" not in statement and "RELEASE" not in statement
        ]

    with time_machine.travel(clock.now(), tick=False):  # what is cached for a second stays cached
        sent("max@example.org")
        stranger, again, known = (sent(email) for email in ("noor@example.org", "noor@example.org", "ben@people.test"))
    assert stranger == again == known and "INSERT" in stranger


def test_who_applies_again_and_again_in_bens_name_sends_him_one_mail_in_ten_minutes(noor, people, settings, work_all):
    with time_machine.travel(clock.now()) as time:
        for _ in range(5):
            assert noor.post("/apply", data=NOOR | {"email": "ben@people.test"}).status_code == 200
            work_all()
            time.shift(2)
    assert len(mails(settings, "ben@people.test")) == 1


@pytest.mark.parametrize(
    ("joining", "path", "data"),
    [("apply", "/apply", NOOR), ("open", "/join", {"name": "Noor", "email": "noor@example.org", "adult": "y"}),
     ("open", "/forgotten", {"email": "noor@example.org"}), ("open", "/complaint", {"about": "x"}),
     ("open", "/api/v1/device/authorize", {"client_id": "cyber-spotter-extension"})],
)  # fmt: skip
def test_too_many_a_minute_from_one_network_are_told_to_wait(noor, path, data):
    app = noor.application
    most = endpoints.RULES[app.url_map.bind("").match(path, "POST")[0]].a_minute
    unlimited = {noor.post(path, data=data).status_code for _ in range(most + 1)}
    assert 429 not in unlimited, "where reports have no limit nothing has"
    app.config["SPOTTER"] = replace(app.config["SPOTTER"], reports_per_minute=60)
    answers = [noor.post(path, data=data) for _ in range(most + 2)]
    assert (
        429 not in {answer.status_code for answer in answers[:most]}
        and [answer.status_code for answer in answers[most:]] == [429] * 2
    )
    assert answers[-1].headers["Retry-After"] and "Wait a moment" in answers[-1].text
    assert noor.get(path).status_code != 429
    elsewhere = noor.post(path, data=data, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status_code == answers[0].status_code


def test_the_list_is_ordered_with_reasons_and_filtered_by_language(noor, people):
    careless = {
        "email": "max@example.org",
        "name": "Max",
        "languages": ["en"],
        "hours": "1",
        "question_private-message": "2",
    }
    noor.post("/apply", data=NOOR | careless)  # the first to come
    noor.post("/apply", data=NOOR)
    cora = people.browser("cora")
    page = cora.get("/people/applications").text
    assert page.index("Noor") < page.index("Max")
    assert "&lt;Arabic&gt;" in page and "<Arabic>" not in page
    assert "To talk about: would make a false offer" in page
    assert "Reads Arabic" in page
    only = cora.get("/people/applications?language=ar").text
    assert "Noor" in only and "Max" not in only
    assert "Nobody on the waiting list reads this language" in cora.get("/people/applications?language=th").text
    assert "2 people have applied" in cora.get("/people/applications?page=99999").text
    assert 'href="/people/applications"' in cora.get("/people").text
    assert people.browser("ben").get("/people/applications").status_code == 403
    assert "Decline kindly" not in people.browser("ada").get("/people/applications").text


def test_an_invitation_makes_an_account_keeps_who_invited_and_leaves_nothing_of_the_application(
    app, noor, people, settings, work_all, tmp_path
):
    noor.post("/apply", data=NOOR)
    door = f"/people/applications/{applications()[0].id}"
    assert people.browser("ada").post(f"{door}/invite").status_code == 403
    assert people.browser("cora").post(f"{door}/invite", data={"cohort": "Spring"}).status_code == 302
    assert people.browser("dan").post(f"{door}/invite").status_code == 404  # decided already
    assert applications() == [] and "<Arabic>" not in everything()
    with read() as session:
        account = session.scalars(select(Account).where(Account.email == "noor@example.org")).one()
        assert "application_invited" in session.scalars(select(AuditRow.action)).all()
    assert (account.invited_by_id, account.cohort, account.languages) == (people.ids["cora"], "Spring", ["ar", "en"])
    work_all()
    link = re.search(r"/join/\S+", mails(settings, "noor@example.org")[-1].get_body(("plain",)).get_content())[0]
    assert noor.post(link, data={"password": "a password of ten"}).status_code == 302
    teach_small(app, tmp_path)
    people.ids["noor"] = account.id
    people_page = f"/people/{account.id}/accredit"
    take_exam(noor)
    sign(noor)
    refused = people.browser("cora").post(people_page, data={"why": "Good.", "level": "probation"})
    assert "You invited this person" in refused.text
    assert people.browser("dan").post(people_page, data={"why": "Good.", "level": "probation"}).status_code == 302


def test_an_application_from_an_address_whose_account_was_closed_since_is_not_lost(noor, people, settings, work_all):
    noor.post("/apply", data=NOOR)
    work_all()
    account_id = add_account("noor@example.org", "Noor", Role.SPOTTER, None)
    closing.close(account_id, people.ids["dan"], "Sent in error.")
    cora, door = people.browser("cora"), f"/people/applications/{applications()[0].id}"
    refused = cora.post(f"{door}/invite", follow_redirects=True).text
    assert "The account of noor@example.org is closed. Reopen it instead." in refused
    assert len(applications()) == 1, "it still waits"
    closing.reopen(account_id, people.ids["dan"], "She applied.")
    assert "A coordinator other than you accredits them." in cora.post(f"{door}/invite", follow_redirects=True).text
    assert applications() == []
    with read() as session:
        assert session.get_one(Account, account_id).invited_by_id == people.ids["cora"], "who accepts them invites them"
    work_all()
    assert mails(settings, "noor@example.org")[-1]["Subject"] == "Your application is accepted"


def test_what_is_wrong_with_a_cohort_is_said_at_its_field_and_nobody_is_invited(noor, people, monkeypatch):
    monkeypatch.setattr(waiting_list, "PAGE", 1)
    for number in range(3):
        noor.post("/apply", data=NOOR | {"name": f"Noor {number}", "email": f"n{number}@example.org"})
    last = applications()[-1]
    refused = people.browser("cora").post(f"/people/applications/{last.id}/invite", data={"cohort": "x" * 61})
    assert (
        refused.status_code == 422
        and "At most 60 characters." in refused.text
        and f'value="{"x" * 61}"' in refused.text
    )
    assert "Noor 2" in refused.text and len(applications()) == 3


@pytest.mark.parametrize("joining", ["open"])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": " "}, "Enter a name or an alias."),
        ({"name": "No\nor"}, "Enter a name on one line"),
        ({"email": "jos\u00e9@example.com"}, "Enter a valid email"),
    ],
)
def test_who_joins_or_is_invited_reads_at_the_field_what_is_wrong_and_keeps_what_they_wrote(
    noor, people, wrong, message
):
    typed = {"name": "Noor", "email": "noor@example.org", "adult": "y", "promise": "y"} | wrong
    for path, client in (("/join", noor), ("/people/invite", people.browser("cora"))):
        answer = client.post(path, data=typed)
        assert answer.status_code == 422 and message in answer.text and 'aria-invalid="true"' in answer.text
        assert f'value="{typed["email"]}"' in answer.text


def test_counting_who_waits_reads_no_application(noor):
    for number in range(3):
        noor.post("/apply", data=NOOR | {"email": f"n{number}@example.org"})
    with asked() as seen, read() as session:
        assert recruitment.count_waiting(session) == 3
    assert "count(" in seen.statements[-1] and "why" not in seen.statements[-1]


def words_of(mail):
    return mail.get_body(("plain",)).get_content().replace("\n", " ")


def test_a_decline_is_kind_with_a_note_and_is_erased_after_thirty_days(noor, people, settings, work_all):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        noor.post("/apply", data=NOOR)
        work_all()
        door = f"/people/applications/{applications()[0].id}"
        note = {"note": "We have no Arabic <b>lessons</b> yet.\nPlease try in spring."}
        assert people.browser("cora").post(f"{door}/decline", data=note).status_code == 302
        page = people.browser("dan").get("/people/applications").text
        assert "Nobody is waiting" in page and "Just declined" in page and "by <bdi>Cora</bdi>" in page
        work_all()
        assert len(mails(settings, "noor@example.org")) == 1, "nothing is mailed while it can be undone"
        hand.shift(timedelta(minutes=9, seconds=59))
        work_all()
        assert len(mails(settings, "noor@example.org")) == 1 and applications()[0].why, "nor erased"
        hand.shift(timedelta(seconds=1))
        work_all()
        [mail] = [sent for sent in mails(settings, "noor@example.org") if "not a judgement of you" in words_of(sent)]
        assert "A coordinator adds: We have no Arabic <b>lessons</b> yet. Please try in spring." in words_of(mail)
        assert "&lt;b&gt;lessons" in mail.get_body(("html",)).get_content()
        [kept] = applications()
        assert (kept.why, kept.answers, kept.note) == ("", {}, None), "what was written is gone"
        assert "Just declined" not in people.browser("cora").get("/people/applications").text
        hand.shift(timedelta(days=29))
        work_all()
        assert len(applications()) == 1
        hand.shift(timedelta(days=1))
        work_all()
        assert "noor@" not in everything() and "Arabic <b>" not in everything()


def test_a_decline_is_undone_before_anybody_was_told_and_then_no_more(noor, people, settings, work_all):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        noor.post("/apply", data=NOOR)
        work_all()
        before = applications()[0]
        door = f"/people/applications/{before.id}"
        cora, dan = people.browser("cora"), people.browser("dan")
        cora.post(f"{door}/decline", data={"note": "A slip."})
        assert dan.post(f"{door}/invite").status_code == 404, "it is decided"
        hand.shift(timedelta(minutes=9))
        assert "is on the waiting list again" in dan.post(f"{door}/undo", follow_redirects=True).text
        [after] = applications()
        assert (after.why, after.answers, after.state, after.erase_at, after.note, after.declined_by_id) == (
            before.why, before.answers, "waiting", before.erase_at, "A slip.", None,
        )  # fmt: skip
        assert "A slip.</textarea>" in cora.get("/people/applications").text, "for whoever declines after all"
        hand.shift(timedelta(minutes=5))
        work_all()
        assert len(mails(settings, "noor@example.org")) == 1, "the mail about it never leaves"
        cora.post(f"{door}/decline")
        work_all()
        assert len(mails(settings, "noor@example.org")) == 1, "a second decline has ten minutes of its own"
        hand.shift(timedelta(minutes=10))
        assert "can no longer be undone" in cora.post(f"{door}/undo", follow_redirects=True).text, (
            "also before it is mailed"
        )
        work_all()
        assert "not a judgement of you" in words_of(mails(settings, "noor@example.org")[-1])
        assert "A coordinator adds" not in words_of(mails(settings, "noor@example.org")[-1])
        assert "can no longer be undone" in cora.post("/people/applications/nobody/undo", follow_redirects=True).text
        with read() as session:
            done = session.scalars(select(AuditRow.action).where(AuditRow.object_id == before.id)).all()
        assert done == [
            "application_received",
            "application_declined",
            "application_decline_undone",
            "application_declined",
        ]


def test_who_applied_again_meanwhile_has_one_application_that_waits(noor, people):
    noor.post("/apply", data=NOOR)
    first = applications()[0].id
    people.browser("cora").post(f"/people/applications/{first}/decline")
    noor.post("/apply", data=NOOR | {"why": "I try again."})
    answer = people.browser("cora").post(f"/people/applications/{first}/undo", follow_redirects=True)
    assert "has applied again since" in answer.text
    assert sorted(application.state for application in applications()) == ["declined", "waiting"]


def test_who_applied_again_before_the_decline_is_mailed_hears_of_the_new_application_alone(
    noor, people, settings, work_all
):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        noor.post("/apply", data=NOOR)
        people.browser("cora").post(f"/people/applications/{applications()[0].id}/decline", data={"note": "Later?"})
        hand.shift(timedelta(minutes=2))
        noor.post("/apply", data=NOOR | {"why": "I try again."})
        hand.shift(timedelta(minutes=9))
        work_all()
        assert not [sent for sent in mails(settings, "noor@example.org") if "has been erased" in words_of(sent)]
        assert {application.state: (application.why, application.note) for application in applications()} == {
            "declined": ("", None), "waiting": ("I try again.", None),
        }  # fmt: skip


@pytest.mark.parametrize("again", [True, False])
def test_who_was_declined_and_then_given_a_place_hears_of_no_decline(noor, people, settings, work_all, again):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        noor.post("/apply", data=NOOR)
        people.browser("cora").post(f"/people/applications/{applications()[0].id}/decline")
        if again:
            noor.post("/apply", data=NOOR)
            [waiting] = [application for application in applications() if application.state == "waiting"]
            people.browser("dan").post(f"/people/applications/{waiting.id}/invite")
            assert applications() == []
        else:
            add_account("noor@example.org", "Noor Hassan", Role.SPOTTER, None)
        hand.shift(timedelta(minutes=11))
        work_all()
        subjects = [sent["Subject"] for sent in mails(settings, "noor@example.org")]
        assert subjects == (["Your application is accepted"] if again else [])


@pytest.mark.parametrize("declined", [False, True])
@pytest.mark.parametrize("by_list", [False, True])
def test_whose_address_is_invited_otherwise_has_no_application_left_and_is_not_declined(
    noor, people, settings, work_all, declined, by_list
):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        noor.post("/apply", data=NOOR)
        work_all()
        if declined:
            applying.decline_applicant(applications()[0].id, people.ids["dan"])
        if by_list:
            applying.invite_all(b"name,email\nNoor Hassan,noor@example.org\n", people.ids["cora"])
        else:
            invite("noor@example.org", "Noor Hassan", people.ids["cora"])
        hand.shift(timedelta(minutes=11))
        work_all()
        subjects = [sent["Subject"] for sent in mails(settings, "noor@example.org")]
        assert subjects == ["Your application to Cyber Spotter", "Your Cyber Spotter account"]
        assert applications() == [] and "<Arabic>" not in everything()


def test_a_note_that_is_too_long_is_said_at_its_field_and_nobody_is_declined(noor, people):
    noor.post("/apply", data=NOOR)
    answer = people.browser("cora").post(
        f"/people/applications/{applications()[0].id}/decline", data={"note": "x" * 1001}
    )
    assert answer.status_code == 422 and "at most 1,000 characters" in answer.text and "x" * 1001 in answer.text
    assert 'role="alert"' in answer.text, "also above the form: the list is long"
    assert applications()[0].state == "waiting"
    assert people.browser("ada").post(f"/people/applications/{applications()[0].id}/undo").status_code == 403


@pytest.mark.parametrize("end", ["withdrawn", "declined", "invited", "forgotten"])
def test_an_address_that_a_mail_server_refused_goes_with_the_application(noor, people, work_all, monkeypatch, end):
    def refuse(_template, to, *_rest):
        raise work.PermanentFailure(f"550 <{to}>: no such mailbox")

    monkeypatch.setattr(post, "send_template", refuse)
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        noor.post("/apply", data=NOOR)
        noor.post("/apply", data=NOOR | {"email": "rana@example.org"})
        work_all()
        assert "550 <noor@example.org>" in everything()
        theirs = next(application.id for application in applications() if application.email == "noor@example.org")
        if end == "withdrawn":
            with write() as session:
                recruitment.withdraw(session, theirs)
        elif end == "declined":
            applying.decline_applicant(theirs, people.ids["cora"])
            assert "550 <noor@example.org>" not in everything()
            hand.shift(recruitment.UNDO)
            work_all()  # that mail is refused, too
            assert "550 <noor@example.org>" in everything()
            hand.shift(recruitment.DECLINED_KEPT)
        elif end == "invited":
            applying.invite_applicant(theirs, people.ids["cora"])
        else:
            with write() as session:
                session.get_one(Application, theirs).erase_at = clock.now()
        applying.forget_applications()
        assert "550 <noor@example.org>" not in everything()
        assert "550 <rana@example.org>" in everything(), "another waits, and the desk sees what was set aside"


def test_an_application_that_nobody_answers_is_erased_too(noor, work_all):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        noor.post("/apply", data=NOOR)
        hand.shift(timedelta(days=180))
        work_all()
    assert applications() == []


@pytest.mark.parametrize("joining", ["open"])
def test_where_sign_up_is_open_the_application_leads_to_it(noor):
    assert noor.get("/apply").location == "/join"
    assert noor.post("/apply", data=NOOR).status_code == 410
    assert 'href="/join">Become a spotter' in noor.get("/").text


@pytest.mark.parametrize("joining", ["invited"])
def test_where_places_are_given_by_invitation_the_pages_say_so(noor, people, settings, work_all):
    for path in ("/join", "/apply"):
        assert "Places are by invitation only" in noor.get(path).text
    assert (
        noor.post("/join", data={"name": "N", "email": "n@example.org", "adult": "y", "promise": "y"}).status_code
        == 410
    )
    assert "Become a spotter" not in noor.get("/").text + noor.get("/sign-in").text + noor.get("/training").text
    people.browser("cora").post("/people/invite", data={"name": "Noor", "email": "noor@example.org"})
    work_all()
    link = re.search(r"/join/\S+", mails(settings, "noor@example.org")[-1].get_body(("plain",)).get_content())[0]
    assert noor.get(link).status_code == 200, "an invitation always works"


def test_an_unknown_value_of_joining_is_refused(database_url, tmp_path):
    with pytest.raises(SystemExit, match="JOINING"):
        settings_for(tmp_path, database_url, SPOTTER_JOINING="whoever")
