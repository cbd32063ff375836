"""Many are invited by a list: looked through first, then all or none. Cora invites; nobody else may."""

import html
import io
import re

import pytest
import time_machine
from sqlalchemy import func, select

from server.core import work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.outbox import Work
from server.journeys.spotter import applying, invitation
from server.people.accounts.models import Account
from server.people.rounds.models import Membership
from tests.round_stories import PLAN, plan
from tests.story import mails

LIST = "name;email;language;cohort\nNoor <b>;Noor@Example.org;ar en;Spring <i>\n=1+1;x@example.org\nAna;ana@cyberspotter.test\nAnong;anong@example.org;;"


@pytest.fixture
def cora(app, people):
    app.config["WTF_CSRF_ENABLED"] = False
    return people.browser("cora")


def choose(browser, data: str | bytes):
    data = data.encode() if isinstance(data, str) else data
    return browser.post("/people/invitations", data={"people": (io.BytesIO(data), "list.csv")})


def paste(browser, text: str, **more: str):
    return browser.post("/people/invitations", data={"pasted": text} | more)


def again(page: str) -> str:
    return html.unescape(re.search(r'name="people" value="([^"]*)"', page)[1])


def send(browser, rows: str, **more: str):
    form = {"people": rows} | more
    return browser.post(
        "/people/invitations/send", data=form, content_type="multipart/form-data", follow_redirects=True
    )


def invited():
    with read() as session:
        return list(session.scalars(select(Account).where(Account.invited_by_id.is_not(None)).order_by(Account.email)))


def known_address(people, who):
    with read() as session:
        return session.get_one(Account, people.ids[who]).email


def test_a_list_is_looked_through_first_and_nobody_is_invited_by_that(cora, people):
    page = choose(cora, LIST.replace("ana@cyberspotter.test", known_address(people, "ana")))
    assert page.status_code == 200
    assert "2 people can be invited." in page.text and "2 rows need fixing." in page.text
    assert "Line 3" in page.text and "formula" in page.text
    assert "Line 4" in page.text and "already an account" in page.text
    assert "Noor &lt;b&gt;" in page.text and "<i>" not in page.text
    assert invited() == []


def test_all_fit_rows_become_accounts_and_mails_and_who_invited_is_kept(cora, people, settings, work_all):
    page = send(cora, again(choose(cora, LIST).text))
    assert "Invitations sent to" in page.text
    noor = next(account for account in invited() if account.email == "noor@example.org")
    assert (noor.name, noor.cohort, noor.languages, noor.role) == ("Noor <b>", "Spring <i>", ["ar", "en"], "spotter")
    assert noor.invited_by_id == people.ids["cora"] and noor.password_hash is None
    anong = next(account for account in invited() if account.email == "anong@example.org")
    assert (anong.cohort, anong.languages) == (None, None)
    work_all()
    assert len(mails(settings, "noor@example.org")) == len(mails(settings, "anong@example.org")) == 1
    with read() as session:
        written = select(AuditRow).where(AuditRow.action == "account_added", AuditRow.object_id == noor.id)
        assert session.scalars(written).one().actor_id == people.ids["cora"]


def test_sending_it_twice_invites_once(cora, settings, work_all):
    rows = again(choose(cora, LIST).text)
    send(cora, rows)
    number = len(invited())
    assert "Invitations sent to 0 people" in send(cora, rows).text
    assert len(invited()) == number
    work_all()
    assert len(mails(settings, "noor@example.org")) == 1


def test_when_something_breaks_half_way_nothing_is_done(cora, app, people, monkeypatch):
    addresses = []

    def breaks(session, kind, subject_id, *rest):
        addresses.append(subject_id)
        if len(addresses) == 2:
            raise RuntimeError("the disk is full")
        enqueue(session, kind, subject_id, *rest)

    enqueue = work.enqueue
    monkeypatch.setattr(applying.work, "enqueue", breaks)
    with app.app_context(), pytest.raises(RuntimeError, match="disk"):
        applying.invite_all(LIST.encode(), people.ids["cora"])
    assert len(addresses) == 2 and invited() == []
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Work).where(Work.kind == "mail_invited")) == 0


def test_a_notice_does_not_wait_behind_the_mails_of_a_long_list(app, people, monkeypatch, work_all):
    work_all()
    done = []

    def mail(account_id):
        done.append("invitation")
        if len(done) in (1, 2):
            with write() as session:
                work.enqueue(session, "deliver_notice", account_id)

    monkeypatch.setitem(work._handlers, "mail_invited", mail)
    monkeypatch.setitem(work._handlers, "deliver_notice", lambda _: done.append("notice"))
    rows = "name,email\n" + "\n".join(f"Noor,n{number}@example.org" for number in range(40))
    with app.app_context():
        assert applying.invite_all(rows.encode(), people.ids["cora"]) == (40, 0)
        work_all()
    assert done.count("invitation") == 40 and done.count("notice") == 2, "none is left behind either"
    assert done[: work.LOW_PRIORITY_BATCH + 2].count("notice") == 2, "at most a few mails stand before a notice"


def test_the_mails_of_a_list_are_the_same_as_any_other_invitation(cora, people, settings, work_all):
    send(cora, "name,email\nNoor,noor@example.org")
    work_all()
    [mail] = mails(settings, "noor@example.org")
    assert "/join/" in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "first row names the columns"),
        ("name,email\nJosé,jose@example.org".encode("cp1252"), "not in UTF-8"),
        (b"name,email\n" + b"x" * 1_000_100, "larger than 1 MB"),
        (b"\x89PNG\r\n\x1a\n\x00", "not in UTF-8"),
    ],
)
def test_what_is_no_list_is_refused_beside_the_field(cora, data, message):
    page = choose(cora, data)
    assert page.status_code == 422
    assert message in page.text
    assert cora.post("/people/invitations").status_code == 422, "no file at all"
    assert send(cora, "nonsense").status_code in (400, 422)


def test_a_list_of_full_size_fits_through_the_form(cora):
    rows = "".join(f"{'N' * 60},n{number}.{'x' * 20}@example.org\n" for number in range(9_900))
    data = "name,email\n" + rows
    assert 950_000 < len(data) <= 1_000_000
    page = choose(cora, data)
    assert re.search("9,?900 people can be invited.", page.text)
    assert "Invitations sent to 9,900 people" in send(cora, again(page.text)).text
    assert len(invited()) == 9_900


@pytest.mark.parametrize("who", ["ana", "mia", "ada"])
def test_only_coordinators_invite_by_a_list(cora, people, who):
    other = people.browser(who)
    assert other.get("/people/invitations").status_code == 403
    assert choose(other, LIST).status_code == 403
    assert send(other, LIST).status_code == 403
    assert invited() == []


# --- Pasted, with whom and for what ----------------------------------------------------------------------------------


def words(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


def test_a_pasted_list_is_looked_through_in_the_same_way(cora, people):
    page = paste(cora, "Noor <noor@example.org>\nAnong\tanong@example.org\n" + f"Ana <{known_address(people, 'ana')}>")
    assert page.status_code == 200 and "1 person can be invited." in page.text, "the first line has no tabs"
    page = paste(
        cora,
        f"Noor <noor@example.org>\nAnong <anong@example.org>\nAna <{known_address(people, 'ana')}>\n=x <y@example.org>",
    )
    assert "2 people can be invited." in page.text and "2 rows need fixing." in page.text
    assert "Line 3" in page.text and "already an account" in page.text and "formula" in page.text
    assert invited() == []
    assert "Invitations sent to 2 people" in send(cora, again(page.text)).text
    assert [account.email for account in invited()] == ["anong@example.org", "noor@example.org"]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"pasted": " "}, "Paste a list or choose a file."),
        ({"pasted": "name,email\nNoor,n@example.org", "people": True}, "not both"),
        ({"pasted": "Dear all"}, "first row names the columns"),
        ({"pasted": "Noor <n@example.org>", "group": "g" * 61}, "At most 60 characters."),
        ({"pasted": "Noor <n@example.org>", "group": "=1+1"}, "formula"),
        ({"pasted": "Noor <n@example.org>", "round": "nonsense"}, "Not a valid choice"),
        ({"pasted": "x" * 1_000_001}, "larger than 1 MB"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_what_was_typed_stays(cora, form, message):
    data = form | ({"people": (io.BytesIO(b"name,email"), "list.csv")} if form.get("people") else {})
    answer = cora.post("/people/invitations", data=data)
    assert answer.status_code == 422 and message in answer.text
    assert html.escape(form["pasted"].strip()[:40]) in answer.text
    assert invited() == []


def test_the_dry_run_and_the_mail_name_the_group_and_the_round(app, people, settings, work_all):
    with time_machine.travel("2026-11-25 09:00:00+00:00"):
        cora = people.browser("cora")
        round_id = plan(people, name="Parrots <b>", starts_on="2026-12-01")
        assert f'<option value="{round_id}" selected>' in cora.get(f"/people/invitations?round={round_id}").text
        rows = "Noor,noor@example.org\nAnong,anong@example.org,th,Autumn"
        page = paste(cora, rows, group="Spring  class", round=round_id).text
        assert (
            "Parrots &lt;b&gt;" in page
            and "Spring class" in page
            and "Autumn" in page
            and "Nothing has been sent yet" in page
        )
        assert f'name="round" value="{round_id}"' in page
        send(cora, again(page), round=round_id)
        assert {(account.name, account.cohort, account.invited_for_id) for account in invited()} == {
            ("Noor", "Spring class", round_id), ("Anong", "Autumn", round_id),
        }  # fmt: skip
        work_all()
        [mail] = mails(settings, "noor@example.org")
        assert "It is for the round “Parrots <b>”, 1 – 28 Dec 2026, with the group “Spring class”." in words(
            mail
        ).replace("\u2009", " ")
        assert "Parrots &lt;b&gt;" in mail.get_body(("html",)).get_content()
        with read() as session:
            assert session.scalars(select(Membership)).all() == [], "they sign up themselves"
        link = re.search(r"/join/\S+", mail.get_body(("plain",)).get_content())[0]
        noor = people.app.test_client()
        assert noor.post(link, data={"password": "a password of ten"}).status_code == 302
        assert "You were invited for this round." in noor.get(f"/rounds/{round_id}").text
        assert "You were invited" not in people.browser("ben").get(f"/rounds/{round_id}").text


@pytest.mark.parametrize(("change", "status"), [({"state": "cancelled"}, 409), ({"state": "draft"}, 404)])
def test_nobody_is_invited_for_a_round_that_was_closed_since_the_list_was_checked(app, people, change, status):
    with time_machine.travel("2026-11-25 09:00:00+00:00"):
        cora = people.browser("cora")
        round_id = plan(people)
        page = paste(cora, "Noor,noor@example.org", round=round_id).text
        cora.post(f"/rounds/{round_id}/edit", data=PLAN | change)
        assert send(cora, again(page), round=round_id).status_code == status
        assert send(cora, again(page), round="nonsense").status_code == 404
    assert invited() == []


def test_a_mail_names_a_round_only_while_it_is_open(app, people, settings, work_all):
    with time_machine.travel("2026-11-25 09:00:00+00:00"):
        cora = people.browser("cora")
        round_id = plan(people)
        send(cora, again(paste(cora, "Noor,noor@example.org", group="Spring", round=round_id).text), round=round_id)
        cora.post(f"/rounds/{round_id}/edit", data=PLAN | {"state": "cancelled"})
        work_all()
        [mail] = mails(settings, "noor@example.org")
        assert "You join with the group “Spring”." in words(mail) and "round" not in words(mail)


def test_two_mails_to_one_person_at_the_same_moment_have_names_of_their_own(app, people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False), write() as session:
        for _ in range(5):
            invitation.send(session, people.ids["ben"])
    with read() as session:
        named = session.scalars(select(Work.subject_id).where(Work.kind == "mail_joining"))
        assert len(set(named)) == 5
