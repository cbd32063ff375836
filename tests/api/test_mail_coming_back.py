"""What comes back by mail is filed once, changes what it proves, and nothing else; and nothing is ever answered."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from server.core import clock, return_address
from server.core.config import Settings
from server.core.database import read, write
from server.core.return_address import Purpose
from server.core.words import CaseState, Channel, DeliveryState, Refused
from server.journeys.report import answering, reading_mail, replying, sorting_mail
from server.ledger.cases.models import Case
from server.ledger.companies.models import Spoc
from server.ledger.delivery.models import Message
from server.ledger.inbound.models import InboundMail
from server.ledger.notices import reply_store
from server.ledger.notices.models import Notice
from server.reads import attention
from tests.conftest import People, settings_for
from tests.messages import message_of
from tests.returned_mails import EXIM_WARNING, OURS, QMAIL, WITH_FILES, arf, dsn, reply
from tests.story import mails, notify

Make = Callable[..., dict[str, Any]]
Work = Callable[[], int]
SPOC = "spoc@mercado.test"
TEXT = "Which of the photos shows the parrot?"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_RETURN_ADDRESS=OURS)


@pytest.fixture
def notice_id(people: People, report_json: Make, work_all: Work) -> str:
    """A notice that has left."""
    notice_id = notify(people, report_json())
    work_all()
    assert message_of(notice_id).state == DeliveryState.DELIVERED
    return notice_id


def back(notice_id: str, settings: Settings, purpose: Purpose = Purpose.RETURN, attempt: int = 1) -> str:
    """The address that the notice's message left with."""
    return return_address.make(OURS, purpose, message_of(notice_id).id, attempt, settings.secret_key)


def take(raw: bytes) -> bool:
    return reading_mail.file(raw, len(raw))


def kept() -> list[InboundMail]:
    with read() as session:
        return list(session.scalars(select(InboundMail).order_by(InboundMail.id)))


def notice_of(notice_id: str) -> Notice:
    with read() as session:
        return session.get_one(Notice, notice_id)


def case_of(notice_id: str) -> Case:
    with read() as session:
        return session.get_one(Case, session.get_one(Notice, notice_id).case_id)


def bounced() -> bool:
    with read() as session:
        return session.scalars(select(Spoc).where(Spoc.email == SPOC)).one().bounced_at is not None


def thread(notice_id: str, desk: bool = False) -> list[str | None]:
    with read() as session:
        notice = session.get_one(Notice, notice_id)
        return [entry.text for entry in reply_store.threads(session, [notice], desk)[notice_id]]


def waiting() -> int:
    with read() as session:
        return next(line.number for line in attention.lines(session) if line.what is attention.Waits.MAIL)


def test_a_bounce_marks_the_contact_and_opens_the_case(notice_id: str, settings: Settings, work_all: Work) -> None:
    assert take(dsn(to=back(notice_id, settings)))
    work_all()
    assert bounced() and message_of(notice_id).state == DeliveryState.FAILED
    assert case_of(notice_id).state == CaseState.OPEN
    assert [(mail.kind, mail.state, mail.proven) for mail in kept()] == [("bounce", "filed", True)]
    assert waiting() == 0


def test_what_bounced_leaves_the_other_way_the_company_has(notice_id: str, settings: Settings, work_all: Work) -> None:
    with write() as session:
        before = session.scalars(select(Spoc).where(Spoc.email == SPOC)).one()
        other = Spoc(company_id=before.company_id, name="Legal", channel=Channel.MAIL, email="legal@mercado.test")
        other.regions, other.languages, other.verified_on = [], ["en"], clock.now().date()
        session.add(other)
    take(dsn(to=back(notice_id, settings)))
    work_all()
    message = message_of(notice_id)
    assert (message.address, message.state) == ("legal@mercado.test", DeliveryState.DELIVERED)
    assert len(mails(settings, "legal@mercado.test")) in (0, 1)  # in files one message is one file
    assert case_of(notice_id).state == CaseState.NOTIFIED
    take(dsn(to=back(notice_id, settings), words="A second bounce of the first attempt."))
    work_all()
    assert message_of(notice_id).state == DeliveryState.DELIVERED, "it is about the way that was left"


def test_a_message_that_ran_out_of_time_says_nothing_of_the_address(
    notice_id: str, settings: Settings, work_all: Work
) -> None:
    take(dsn("failed", "4.4.7", "smtp; 450 expired", to=back(notice_id, settings)))
    work_all()
    assert not bounced() and message_of(notice_id).state == DeliveryState.FAILED
    assert case_of(notice_id).state == CaseState.OPEN


@pytest.mark.parametrize("raw", [
    lambda to: dsn("delayed", "4.4.1", "smtp; timed out", to=to), lambda to: dsn("delivered", "2.1.5", "smtp; 250", to=to),
    lambda to: reply("I am away.", to, Auto_Submitted="auto-replied"), lambda to: reply("Away", to, Subject="Automatic reply: Notice"),
])  # fmt: skip
def test_what_is_only_recorded_changes_nothing(
    raw: Callable[[str], bytes], notice_id: str, settings: Settings, work_all: Work
) -> None:
    take(raw(back(notice_id, settings)))
    work_all()
    assert not bounced() and message_of(notice_id).state == DeliveryState.DELIVERED
    assert (case_of(notice_id).state, notice_of(notice_id).our_turn_since) == (CaseState.NOTIFIED, None)
    assert thread(notice_id, desk=True) == []
    (mail,) = kept()
    assert (mail.notice_id, mail.state) == (notice_id, "filed") and waiting() == 0


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_reply_that_answers_with_the_token_is_the_companys(
    purpose: Purpose, notice_id: str, settings: Settings, people: People
) -> None:
    take(reply(TEXT, back(notice_id, settings, purpose)))
    assert thread(notice_id) == thread(notice_id, desk=True) == [TEXT]
    assert notice_of(notice_id).our_turn_since is not None and waiting() == 0
    with read() as session:
        lines = {line.what: line.number for line in attention.lines(session)}
    assert lines[attention.Waits.QUESTIONS] == 1
    page = people.browser("cora").get(f"/cases/{notice_of(notice_id).case_id}").text
    assert TEXT in page and SPOC in page and "Not proven" not in page


TICKETS = [{"Auto_Submitted": "auto-generated"}, {"Precedence": "bulk"}, {"Precedence": "list"}]


@pytest.mark.parametrize("marks", TICKETS)
def test_an_answer_from_a_ticket_system_waits_for_a_person(
    marks: dict[str, str], notice_id: str, settings: Settings, people: People
) -> None:
    take(reply(TEXT, back(notice_id, settings, Purpose.REPLY), **marks))
    assert waiting() == 1 and thread(notice_id, desk=True) == [] and notice_of(notice_id).our_turn_since is None
    sorting_mail.file_mail(kept()[0].id, notice_of(notice_id).reference, people.ids["cora"])
    assert thread(notice_id) == [TEXT] and notice_of(notice_id).our_turn_since is not None and waiting() == 0


@pytest.mark.parametrize("marks", [*TICKETS, {"From": "Mercado <no-reply@mercado.test>"}])
def test_without_proof_it_waits_too_and_is_known_by_its_notice(
    marks: dict[str, str], notice_id: str, people: People
) -> None:
    own, reference = message_of(notice_id).stable_id, notice_of(notice_id).reference
    take(reply(TEXT, In_Reply_To=own, References=own, Subject=f"Re: {reference}", **marks))
    (mail,) = kept()
    assert (waiting(), mail.notice_id) == (1, notice_id) and thread(notice_id, desk=True) == []
    sorting_mail.file_mail(mail.id, reference, people.ids["cora"])
    assert thread(notice_id) == [TEXT] and waiting() == 0


def test_where_bounces_come_no_ticket_system_writes(notice_id: str, settings: Settings) -> None:
    take(reply("Received.", back(notice_id, settings, Purpose.RETURN), Precedence="bulk"))
    assert waiting() == 0 and kept()[0].state == "filed"


def test_what_was_filed_as_automatic_can_be_filed_as_a_reply(
    notice_id: str, settings: Settings, people: People
) -> None:
    take(reply(TEXT, back(notice_id, settings, Purpose.REPLY), X_Autoreply="yes"))
    (mail,) = kept()
    assert mail.state == "filed" and waiting() == 0
    reference, client = notice_of(notice_id).reference, people.browser("cora")
    assert "File it there" in client.get(f"/mail/{mail.id}").text
    sorting_mail.file_mail(mail.id, reference, people.ids["cora"])
    assert thread(notice_id) == [TEXT] and notice_of(notice_id).our_turn_since is not None
    assert "File it there" not in client.get(f"/mail/{mail.id}").text
    with pytest.raises(Refused):
        sorting_mail.file_mail(mail.id, reference, people.ids["cora"])


@pytest.mark.parametrize("what", ["a file alone", "unreadable", "nothing"])
def test_a_reply_without_words_is_our_turn_when_a_person_files_it(
    what: str, notice_id: str, settings: Settings, people: People
) -> None:
    to, reference = back(notice_id, settings, Purpose.REPLY), notice_of(notice_id).reference
    raw = {
        "a file alone": WITH_FILES.replace(b"U2VlIHRoZSBmaWxlcy4=", b"").replace(f"To: {OURS}".encode(), f"To: {to}".encode()),
        "unreadable": reply(TEXT, to, Content_Type='text/plain; x="' + ";" * 9_000 + '"'),
        "nothing": reply("", to).partition(b"\r\n\r\n")[0] + b"\r\n\r\n",
    }[what]  # fmt: skip
    take(raw)
    assert waiting() == 1 and thread(notice_id, desk=True) == []
    sorting_mail.file_mail(kept()[0].id, reference, people.ids["cora"])
    (text,) = thread(notice_id)
    assert text and ("statement.zip" in text and "Beleg ü.png" in text) == (what == "a file alone")
    assert notice_of(notice_id).our_turn_since is not None and waiting() == 0


def test_a_file_that_names_a_volunteer_is_shown_to_no_company(
    notice_id: str, settings: Settings, people: People
) -> None:
    to = back(notice_id, settings, Purpose.REPLY)
    raw = WITH_FILES.replace(b"U2VlIHRoZSBmaWxlcy4=", b"").replace(b"statement.zip", b"ana@people.test.zip")
    take(raw.replace(f"To: {OURS}".encode(), f"To: {to}".encode()))
    sorting_mail.file_mail(kept()[0].id, notice_of(notice_id).reference, people.ids["cora"])
    assert thread(notice_id) == [] and len(thread(notice_id, desk=True)) == 1


def test_the_page_says_what_filing_a_bounce_does(notice_id: str, people: People) -> None:
    own = message_of(notice_id).stable_id
    for status in ("5.1.1", "4.4.7"):
        take(dsn("failed", status, "smtp; refused", original=own))
    client = people.browser("cora")
    of_address, of_message = (client.get(f"/mail/{mail.id}").text for mail in kept())
    assert "the address is no longer used" in of_address and "the address is no longer used" not in of_message
    assert "counts as not delivered" in of_message


@pytest.mark.parametrize("how", ["message id", "subject", "forged token"])
def test_a_reply_without_proof_changes_nothing_until_a_coordinator_says_so(
    how: str, notice_id: str, settings: Settings, people: People
) -> None:
    reference = notice_of(notice_id).reference
    own = message_of(notice_id).stable_id
    raw = {
        "message id": lambda: reply(TEXT, In_Reply_To=own, References=own, Subject="Your mail"),
        "subject": lambda: reply(TEXT, Subject=f"RE: [4711] Notice {reference.lower()}"),
        "forged token": lambda: reply(TEXT, f"notices+b{'a' * 44}@spotter.test", Subject=f"Re: {reference}"),
    }[how]()
    take(raw)
    assert thread(notice_id) == [] and thread(notice_id, desk=True) == [TEXT]
    assert notice_of(notice_id).our_turn_since is None and waiting() == 1
    (mail,) = kept()
    client = people.browser("cora")
    assert "Not proven to be from the company" in client.get(f"/cases/{notice_of(notice_id).case_id}").text
    assert TEXT in client.get(f"/mail/{mail.id}").text and reference in client.get(f"/mail/{mail.id}").text
    assert mail.subject in client.get("/mail").text
    assert sorting_mail.file_mail(mail.id, reference, people.ids["cora"]).case_id == notice_of(notice_id).case_id
    assert thread(notice_id) == [TEXT] and notice_of(notice_id).our_turn_since is not None and waiting() == 0


def test_what_is_dropped_stands_nowhere(notice_id: str, people: People) -> None:
    take(reply(TEXT, Subject=f"Re: {notice_of(notice_id).reference}"))
    sorting_mail.drop_mail(kept()[0].id, people.ids["cora"])
    assert thread(notice_id, desk=True) == [] and waiting() == 0 and kept()[0].state == "dropped"


@pytest.mark.parametrize("raw", [QMAIL, dsn(), dsn(to=f"notices+b{'q' * 44}@spotter.test")])
def test_a_bounce_without_proof_marks_nobody(raw: bytes, notice_id: str, people: People, work_all: Work) -> None:
    own = message_of(notice_id).stable_id
    take(raw.replace(b"<0190a1b2c3d47e5f8a6b7c8d9e0f1a2b@spotter.test>", own.encode()))
    work_all()
    assert not bounced() and message_of(notice_id).state == DeliveryState.DELIVERED and waiting() == 1
    (mail,) = kept()
    assert mail.notice_id == notice_id and not mail.proven
    sorting_mail.file_mail(mail.id, notice_of(notice_id).reference, people.ids["cora"])
    work_all()
    assert bounced() and message_of(notice_id).state == DeliveryState.FAILED and waiting() == 0


def test_who_may_reply_is_no_mail_server(notice_id: str, settings: Settings, work_all: Work) -> None:
    take(dsn(to=back(notice_id, settings, Purpose.REPLY)))
    work_all()
    assert not bounced() and waiting() == 1


def test_a_bounce_of_what_was_answered_since_takes_nothing_back(
    notice_id: str, settings: Settings, people: People, work_all: Work
) -> None:
    answering.record_answer(notice_id, {"answer": "removed"}, answering.Via.MAIL, people.ids["cora"])
    take(dsn(to=back(notice_id, settings)))
    work_all()
    assert bounced() and message_of(notice_id).state == DeliveryState.DELIVERED
    assert case_of(notice_id).state == CaseState.ANSWERED


def test_a_reply_that_bounces_waits_for_us_again(
    notice_id: str, settings: Settings, people: People, work_all: Work
) -> None:
    take(reply(TEXT, back(notice_id, settings)))
    replying.reply_to_company(notice_id, people.ids["cora"], "The second one.")
    work_all()
    assert notice_of(notice_id).our_turn_since is None
    with read() as session:
        brought = session.scalars(select(Message).where(Message.event == "notice.replied")).one()
    to = return_address.make(OURS, Purpose.RETURN, brought.id, 1, settings.secret_key)
    take(dsn(to=to))
    work_all()
    assert notice_of(notice_id).our_turn_since is not None and bounced()


def test_what_matches_nothing_waits(people: People, notice_id: str) -> None:
    for raw in (reply("Hello", In_Reply_To="<x@y.test>", References="", Subject="Hello"), EXIM_WARNING, arf()):
        take(raw)
    assert waiting() == 3 and all(mail.notice_id is None for mail in kept())


def test_each_mail_is_filed_once_whatever_way_it_comes(notice_id: str, settings: Settings) -> None:
    raw = reply(TEXT, back(notice_id, settings))
    assert take(raw) and not take(raw) and not take(b"Received: from x.test\r\n" + raw)
    assert len(kept()) == 1 and thread(notice_id) == [TEXT]


def test_nothing_is_sent_for_what_is_read(notice_id: str, settings: Settings, work_all: Work) -> None:
    before = len(mails(settings))
    own = mails(settings, SPOC)[0].as_bytes()
    to = back(notice_id, settings)
    for raw in (own, reply("Away.", to, Auto_Submitted="auto-replied"), reply(TEXT, to), arf(), EXIM_WARNING):
        take(raw)
        work_all()
    assert len(mails(settings)) == before
    assert kept()[0].kind == "own" and kept()[0].state == "filed"


def test_a_volunteers_name_is_shown_to_no_company(
    notice_id: str, settings: Settings, people: People, work_all: Work
) -> None:
    text = "Was it ana@people.test who told you?"
    take(reply(text, back(notice_id, settings)))
    assert thread(notice_id, desk=True) == [text] and thread(notice_id) == []
    assert text not in people.browser("mia").get(f"/notices/{notice_id}").text
    replying.reply_to_company(notice_id, people.ids["cora"], "We do not tell.")
    work_all()
    assert "ana@" not in str(mails(settings, SPOC)[-1])


def test_a_reply_to_a_withdrawn_notice_waits_for_a_person(notice_id: str, settings: Settings, people: People) -> None:
    answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    take(reply(TEXT, back(notice_id, settings)))
    assert waiting() == 1 and thread(notice_id, desk=True) == [None]


def test_more_than_twenty_in_an_hour_wait_and_nothing_is_lost(
    notice_id: str, settings: Settings, people: People
) -> None:
    for n in range(22):
        take(reply(f"Number {n}", back(notice_id, settings)))
    assert len(thread(notice_id)) == 20 and waiting() == 2
    for mail in kept()[20:]:
        sorting_mail.file_mail(mail.id, notice_of(notice_id).reference, people.ids["cora"])
    assert len(thread(notice_id)) == 22 and waiting() == 0


def test_what_a_stranger_sends_keeps_the_company_from_nothing(notice_id: str, people: People) -> None:
    for n in range(25):
        take(reply(f"Number {n}", Subject=f"Re: {notice_of(notice_id).reference}"))
    with read() as session:
        company_id = session.get_one(Notice, notice_id).company_id
    replying.reply_from_company(notice_id, people.ids["mia"], TEXT, company_id)
    assert thread(notice_id) == [TEXT]


def test_header_tricks_reach_no_page(people: People, notice_id: str) -> None:
    take(
        reply(
            "<script>alert(1)</script>",
            Subject="=?utf-8?q?=3Cscript=3Ealert=282=29=0ABcc:_x=40y=3C/script=3E?=",
            In_Reply_To="<a@b.test>",
            References="",
        )
    )
    (mail,) = kept()
    assert "\n" not in mail.subject
    for path in ("/mail", f"/mail/{mail.id}"):
        assert "<script>alert" not in people.browser("cora").get(path).text
