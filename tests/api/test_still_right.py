"""Every SPOC is asked once a quarter whether it is still the right contact, told by Cora and whoever reads Mercado's address."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from server.core import work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Refused
from server.journeys.company import reconfirming
from server.ledger.companies import reconfirm_store, store
from server.ledger.companies.models import Spoc
from server.ledger.companies.reconfirm_models import Reconfirmation
from tests.story import mails

ADDRESS = "spoc@mercado.test"
CONFIRMED = date(2026, 10, 1)
MONDAY = datetime(2027, 1, 11, 10, tzinfo=UTC)
NEXT_QUARTER = datetime(2027, 4, 12, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def now(people):
    """A Monday in the next quarter after both companies' contacts were confirmed."""
    with write() as session:
        session.execute(update(Spoc).values(verified_on=CONFIRMED))
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def ask(settings):
    reconfirming.ask_due()
    work.run_due()
    return mails(settings, ADDRESS)


def link_in(mail):
    return re.search(r"/contacts/still-right/\S+", mail.get_body(("plain",)).get_content())[0]


def spoc():
    with read() as session:
        return session.scalars(select(Spoc).where(Spoc.email == ADDRESS)).one()


def press(reader, link, **form):
    """A button of the page, with what its form carries."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', reader.get(link).text)[1]
    return reader.post(link, data={"csrf_token": token} | form)


def rows():
    with read() as session:
        return list(session.scalars(select(Reconfirmation).where(Reconfirmation.spoc_id == spoc().id)))


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


def test_a_contact_is_asked_once_and_says_by_a_button_that_it_is_still_right(people, settings, now):
    (mail,) = ask(settings)
    assert "Is this still the right contact" in mail["Subject"]
    assert "platforms of Mercado" in " ".join(mail.get_body(("plain",)).get_content().split())
    assert not any(name in mail.as_string() for name in ("Cora", "Dan", "Ada")), "the desk stays unnamed"
    for _ in range(3):
        assert len(ask(settings)) == 1, "not again in the same hour, nor by another worker"
    reader, link = people.app.test_client(), link_in(mail)
    for _ in range(20):
        assert reader.get(link).status_code == reader.head(link).status_code == 200
    assert rows()[0].answer is None and spoc().verified_on == CONFIRMED, "a scanner has answered nothing"
    assert "Yes, still right" in reader.get(link).text and "Cora" not in reader.get(link).text
    assert press(reader, link, right="1").status_code == 302
    assert spoc().verified_on == MONDAY.date() and "You answered" in reader.get(link).text
    now.move_to(MONDAY + 9 * DAY)
    assert len(ask(settings)) == 1, "an answer ends it for this quarter"
    now.move_to(NEXT_QUARTER)
    assert len(ask(settings)) == 2, "the next quarter has its own question"
    with read() as session:
        actions = list(
            session.scalars(select(AuditRow.action).where(AuditRow.action.startswith("spoc_")).order_by(AuditRow.seq))
        )
    assert [each for each in actions if each in ("spoc_asked", "spoc_confirmed")].count("spoc_confirmed") == 1


def test_only_on_a_working_day_of_theirs_by_day(people, settings, now):
    with write() as session:
        session.get_one(Spoc, spoc().id).time_zone = "Africa/Cairo"
        store.new_version(session)
    for at in (
        datetime(2027, 1, 8, 10, tzinfo=UTC),
        datetime(2027, 1, 9, 10, tzinfo=UTC),
        datetime(2027, 1, 10, 22, tzinfo=UTC),
    ):
        now.move_to(at)
        assert ask(settings) == [], "Friday and Saturday are the weekend there, and nobody reads at night"
    now.move_to(datetime(2027, 1, 10, 10, tzinfo=UTC))
    assert len(ask(settings)) == 1, "on Sunday they work"


def test_after_two_questions_without_an_answer_the_desk_sees_it_and_nothing_stops(people, settings, now):
    ask(settings)
    now.move_to(MONDAY + 6 * DAY)
    assert len(ask(settings)) == 1
    now.move_to(MONDAY + 7 * DAY)
    assert len(ask(settings)) == 2 and "a week ago" in mails(settings, ADDRESS)[1].get_body(("plain",)).get_content()
    cora = people.browser("cora")
    assert "did not answer" not in cora.get("/attention").text, "they have a week for this one, too"
    now.move_to(MONDAY + 14 * DAY)
    assert len(ask(settings)) == 2
    cora = people.browser("cora")
    page = words(cora.get("/attention"))
    assert "were asked twice" in page and "Mercado" in page[page.index("were asked twice") :]
    for path in ("/companies", "/companies/mercado/contacts"):
        assert "Not re-confirmed since 1 Oct" in words(cora.get(path)), path
    with read() as session:
        assert store.routed(session, spoc().id).counts(False), "notices go on"
    assert cora.post(f"/companies/mercado/contacts/{spoc().id}/confirm").status_code == 302
    assert "were asked twice" not in "".join(
        part for part in words(cora.get("/attention")).split("SPOCs") if "Mercado" in part
    )


def test_somebody_else_is_a_note_for_the_desk_until_somebody_has_seen_to_it(people, settings, now):
    cora, reader = people.browser("cora"), people.app.test_client()
    link = link_in(ask(settings)[0])
    assert reader.post(link, data={"right": "0", "note": "x" * 2001}).status_code == 422
    assert reader.post(link, data={"right": "perhaps"}).status_code == 422 and rows()[0].answer is None
    assert reader.post(link, data={"right": "0", "note": "Ask <b>Noor</b> at safety@mercado.test"}).status_code == 302
    assert spoc().verified_on == CONFIRMED and spoc().email == ADDRESS, "nothing changes by itself"
    assert "somebody else is the right contact" in words(cora.get("/attention"))
    page = cora.get("/companies/mercado/contacts").text
    assert "Ask &lt;b&gt;Noor&lt;/b&gt; at safety@mercado.test" in page
    assert "Says that somebody else is the right contact." in cora.get("/companies").text
    assert len(ask(settings)) == 1, "who has answered is not asked again"
    now.move_to(NEXT_QUARTER)
    cora = people.browser("cora")
    assert len(ask(settings)) == 1, "nor in the next quarter, while nobody has seen to it"
    assert "somebody else is the right contact" in words(cora.get("/attention"))
    cora.post(f"/companies/mercado/contacts/{spoc().id}/confirm")
    assert "somebody else is the right contact" not in words(cora.get("/attention"))


def test_who_says_the_same_again_after_the_desk_has_seen_to_it_is_heard_again(people, settings, now):
    cora, reader = people.browser("cora"), people.app.test_client()
    link = link_in(ask(settings)[0])
    for _ in range(2):
        assert press(reader, link, right="0", note="Ask Noor.").status_code == 302
        assert "somebody else is the right contact" in words(cora.get("/attention"))
        cora.post(f"/companies/mercado/contacts/{spoc().id}/confirm")
        assert "somebody else is the right contact" not in words(cora.get("/attention"))


def test_what_is_said_behind_an_older_link_is_seen_beside_a_newer_question(people, settings, now):
    older = link_in(ask(settings)[0])
    now.move_to(NEXT_QUARTER)
    assert len(ask(settings)) == 2, "nobody answered: the next quarter has its own question"
    press(people.app.test_client(), older, right="0", note="Ask Noor.")
    cora = people.browser("cora")
    assert "somebody else is the right contact" in words(cora.get("/attention"))
    now.move_to(datetime(2027, 4, 20, 10, tzinfo=UTC))
    ask(settings)
    assert "Ask Noor." in people.browser("cora").get("/companies/mercado/contacts").text


@pytest.mark.parametrize("channel", ["webhook", "api", "portal", "form"])
def test_a_contact_is_asked_by_mail_whichever_way_its_notices_go(people, settings, now, channel):
    with write() as session:
        session.get_one(Spoc, spoc().id).channel = channel
    (mail,) = ask(settings)
    said = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "has this address as a contact for notices" in said and "writes to" not in said
    assert press(people.app.test_client(), link_in(mail), right="1").status_code == 302
    assert spoc().verified_on == MONDAY.date()


def test_who_cannot_be_reached_or_was_never_confirmed_is_not_asked(people, settings, now):
    with write() as session:
        store.mark_bounced(session, spoc().id, ADDRESS)
    assert ask(settings) == []
    with write() as session:
        row = session.get_one(Spoc, spoc().id)
        row.bounced_at, row.verified_on = None, None
    assert ask(settings) == []
    with write() as session:
        session.get_one(Spoc, spoc().id).verified_on = date(2026, 10, 14)
    assert ask(settings) == [], "confirmed 89 days ago"


def test_a_link_of_an_address_that_is_no_more_answers_nothing(people, settings, now):
    link = link_in(ask(settings)[0])
    with write() as session:
        session.get_one(Spoc, spoc().id).email = "new@mercado.test"
    reader = people.app.test_client()
    assert "no longer in use" in words(reader.get(link)) and "Yes, still right" not in reader.get(link).text
    with pytest.raises(Refused, match="no longer in use"):
        reconfirming.answer(link.rpartition("/")[2], right=True)
    people.app.config["WTF_CSRF_ENABLED"] = False
    late = reader.post(link, data={"right": "0", "note": "Ask Lin Marek."})
    assert "no longer in use" in words(late) and "Ask Lin Marek." in late.text, "what was typed stays"
    with read() as session:
        assert session.scalars(select(Spoc.verified_on).where(Spoc.email == "new@mercado.test")).one() == CONFIRMED
    assert people.app.test_client().get("/contacts/still-right/forged").status_code == 404


def test_a_crash_between_two_contacts_asks_nobody_twice(people, settings, now, monkeypatch):
    asked, real = [], work.enqueue

    def dies(session, kind, subject, due_at=None):
        asked.append(subject)
        if len(asked) == 2:
            raise RuntimeError("killed")
        real(session, kind, subject, due_at)

    monkeypatch.setattr(work, "enqueue", dies)
    with pytest.raises(RuntimeError, match="killed"):
        reconfirming.ask_due()
    monkeypatch.setattr(work, "enqueue", real)
    reconfirming.ask_due()
    work.run_due()
    assert len(mails(settings, ADDRESS)) == len(mails(settings, "desk@tradepost.test")) == 1


def test_the_database_holds_one_question_a_quarter(people, settings, now):
    ask(settings)
    with pytest.raises(IntegrityError), write() as session:
        session.execute(text("INSERT INTO reconfirmations (id, spoc_id, quarter, email, asks, first_asked_at, asked_at) SELECT 'again', spoc_id, quarter, email, asks, first_asked_at, asked_at FROM reconfirmations WHERE email = 'spoc@mercado.test'"))  # fmt: skip


def test_what_was_asked_is_forgotten_after_two_years(people, settings, now):
    ask(settings)
    assert rows()
    with write() as session:
        reconfirm_store.forget(session, MONDAY + timedelta(days=731))
    assert rows() == []
