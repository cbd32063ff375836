"""The channel digest: what waits for a contact leaves together, once a working day, and each notice keeps its own life."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from server.core.config import Settings
from server.core.database import db, new_id, read, write
from server.core.words import Channel, DeliveryState, Event, Level, Refused, Via
from server.journeys.report import answering, following_up, gathering, replying, rerouting
from server.journeys.spotter import accrediting, freezing
from server.ledger.companies import exporting, importing
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.companies.schemas import read_file
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.notices import link, store
from server.ledger.notices.models import Notice
from server.ledger.species import taking_in
from server.ledger.species.entries import Origin
from tests import story
from tests.conftest import People
from tests.digests import FRIDAY, MONDAY, SPOC, THURSDAY, digest_contact, due, notices, worker_at
from tests.messages import attempts_at, message_of
from tests.story import decide, flag, notify

Make = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def thursday(app: Any) -> Iterator[None]:
    with time_machine.travel(THURSDAY, tick=False):
        yield


@pytest.fixture
def ids(people: People, report_json: Make) -> list[str]:
    """Three notices for a contact with a digest."""
    digest_contact()
    return notices(people, report_json, 3)


def notice(notice_id: str) -> Notice:
    with read() as session:
        return store.get(session, None, notice_id)


def mails(settings: Settings, to: str) -> list[EmailMessage]:
    """What left for one address, in the order in which it did."""
    return sorted(story.mails(settings, to), key=lambda mail: parsedate_to_datetime(mail["Date"]))


def text(settings: Settings, place: int = 0) -> str:
    return str(mails(settings, SPOC)[place].get_body(("plain",)).get_content())


def answer(notice_id: str, people: People, **values: Any) -> None:
    values = {"answer": "removed", "reason": None, "url": None} | values
    answering.answer_notice(notice_id, values, Via.PORTAL, people.ids["mia"])


# --- Together, at the hour -------------------------------------------------------------------------------------------


def test_what_came_since_yesterday_leaves_in_one_mail_at_the_contacts_hour(ids: list[str], settings: Settings) -> None:
    worker_at(THURSDAY)
    worker_at(FRIDAY - timedelta(seconds=10))
    assert mails(settings, SPOC) == []
    worker_at(FRIDAY)
    mail, = mails(settings, SPOC)  # fmt: skip
    first = notice(ids[0]).reference
    assert mail["Subject"] == f"Notice {first} and 2 more: suspected wildlife listings"
    for kind in ("plain", "html"):
        words = str(mail.get_body((kind,)).get_content())
        assert [words.find(f"{n}. Notice {notice(each).reference}") > 0 for n, each in enumerate(ids, 1)] == [True] * 3
        for each in ids:
            assert notice(each).document["listing"]["url"] in words
            assert words.count("/answers/") == 3
    assert {message_of(each).id for each in ids} == {message_of(ids[0]).id}
    assert message_of(ids[0]).state == DeliveryState.DELIVERED
    assert mail["Message-ID"] == message_of(ids[0]).stable_id
    assert attempts_at(ids[2]) == ["sent"]
    worker_at(MONDAY)
    assert len(mails(settings, SPOC)) == 1


def test_an_answer_by_link_leads_on_to_the_next_notice_of_the_same_mail_and_opens_no_other(
    ids: list[str], people: People, report_json: Make
) -> None:
    worker_at(FRIDAY)
    other, = notices(people, report_json, 1, first=3)  # fmt: skip
    worker_at(MONDAY)  # in a mail of its own
    reader = people.app.test_client()

    def answered(notice_id: str) -> str:
        return reader.post(link.answer_url(notice_id), data={"answer": "removed"}).text

    page = answered(ids[0])
    assert "Next notice (2 left)" in page and f'href="{link.answer_url(ids[1])}"' in page
    assert "Next notice (1 left)" in answered(ids[1]), "the answered one is not offered again"
    last = answered(ids[2])
    assert link.answer_url(other) not in last and f'href="/notices/{other}"' in last
    assert "Sign in for the next notice" in last
    assert "/sign-in" in reader.get(f"/notices/{other}").location


def test_each_notice_names_the_page_of_its_species_where_there_is_one(
    ids: list[str], people: People, report_json: Make, settings: Settings
) -> None:
    page = "http://spotter.test/guide/psittacus-erithacus"
    worker_at(FRIDAY)
    mail, = mails(settings, SPOC)  # fmt: skip
    assert str(mail.get_body(("plain",)).get_content()).splitlines().count(page) == 3
    assert str(mail.get_body(("html",)).get_content()).count(f'href="{page}"') == 3
    with write() as session:
        taking_in.forget(session, ["psittacus-erithacus"])
        taking_in.remember(session, Origin.LEXICON.value, "0" * 64, FRIDAY.date())
    for days in (7, 8, 10, 11):
        worker_at(FRIDAY + timedelta(days=days, seconds=60))
    assert len(mails(settings, SPOC)) > 1, "reminded"
    assert page not in text(settings, 1) and "Grey parrot" in text(settings, 1)


def test_the_attachments_hold_each_notice_whole_and_as_a_line_of_the_inboxs_table(
    ids: list[str], settings: Settings
) -> None:
    worker_at(FRIDAY)
    table, data = mails(settings, SPOC)[0].iter_attachments()
    assert [table.get_filename(), data.get_filename()] == ["notices.csv", "notices.json"]
    rows = list(csv.DictReader(io.StringIO(table.get_content().lstrip("\ufeff"))))
    documents = json.loads(data.get_content())
    assert [row["reference"] for row in rows] == [each["reference"] for each in documents]
    assert [row["listing.url"] for row in rows] == [each["listing"]["url"] for each in documents]
    assert "/answers/" not in table.get_content(), "a table is passed on, and who has the link can answer"
    assert all(each["answer_url"] for each in documents)
    assert all(each["good_faith"]["statement"] and each["answer_by"] for each in documents)


def test_the_time_to_answer_begins_when_it_leaves(ids: list[str], people: People, report_json: Make) -> None:
    assert notice(ids[0]).answer_by == FRIDAY.replace(second=0) + timedelta(days=7), "already what the portal says"
    worker_at(FRIDAY)
    kept = notice(ids[0])
    assert kept.answer_by == FRIDAY + timedelta(days=7)
    assert kept.document["answer_by"] == kept.answer_by.isoformat()
    assert kept.created_at == FRIDAY, "and figures count from there"


def test_at_a_weekend_nothing_leaves_though_the_worker_was_away_on_friday(ids: list[str], settings: Settings) -> None:
    worker_at(FRIDAY + timedelta(days=1))
    assert mails(settings, SPOC) == []
    assert set(due("deliver_notice")) == {MONDAY.replace(second=0)}
    worker_at(MONDAY)
    assert len(mails(settings, SPOC)) == 1


def test_the_contacts_own_clock_and_hour_count(people: People, report_json: Make, settings: Settings) -> None:
    digest_contact(time_zone="Africa/Cairo", digest_hour=17)
    notices(people, report_json, 1)  # at 17:00 in Cairo on Thursday, before a Friday and a Saturday that are free
    assert due("deliver_notice") == [FRIDAY.replace(day=29, hour=15, minute=0, second=0)]


def test_a_digest_has_20_notices_at_most_and_says_that_more_follow(
    people: People, report_json: Make, settings: Settings
) -> None:
    digest_contact()
    ids = notices(people, report_json, 23)
    worker_at(FRIDAY)
    first, second = mails(settings, SPOC)
    texts = [" ".join(text(settings, place).split()) for place in (0, 1)]
    listed = [each.count("Notice N-") for each in texts]
    assert sorted(listed) == [3, 20]
    told = [place for place in (0, 1) if "follow in another email" in texts[place]]  # either may leave first
    assert len(told) == 1 or (not told and db.engine.dialect.name == "postgresql")  # there both may leave at once
    for place in told:
        assert f"{listed[1 - place]} more notices follow in another email" in texts[place]
    assert {message_of(each).state for each in ids} == {DeliveryState.DELIVERED}
    assert first["Message-ID"] != second["Message-ID"]
    html = str(first.get_body(("html",)).get_content())
    assert len(html.encode()) < 102_000, "Gmail cuts a longer one off"


def test_two_contacts_and_two_companies_get_their_own(people: People, report_json: Make, settings: Settings) -> None:
    digest_contact()
    digest_contact("desk@tradepost.test")
    notices(people, report_json, 2)
    notify(people, report_json(url="https://tradepost.test/ad/4471"))
    worker_at(FRIDAY)
    assert len(mails(settings, SPOC)) == len(mails(settings, "desk@tradepost.test")) == 1
    assert "tradepost" not in text(settings)


def test_a_cell_is_no_formula(people: People, report_json: Make, settings: Settings) -> None:
    digest_contact()
    report = report_json()
    report["listing"]["title"] = '=HYPERLINK("https://evil.test";"grey parrot")'
    notify(people, report)
    worker_at(FRIDAY)
    table = next(mails(settings, SPOC)[0].iter_attachments()).get_content()
    assert """'=HYPERLINK""" in table and ",=" not in table and ',"=' not in table


def test_a_digest_speaks_the_contacts_language(people: People, report_json: Make, settings: Settings) -> None:
    digest_contact(languages=["fr"])
    notices(people, report_json, 2)
    worker_at(FRIDAY)
    words = text(settings)
    assert "Échéance" in words and "Answer" not in words


# --- A life of its own -----------------------------------------------------------------------------------------------


def test_withdrawn_or_answered_before_it_leaves_it_is_not_in_the_digest(
    ids: list[str], people: People, settings: Settings
) -> None:
    withdrawn, answered, stays = ids
    answering.withdraw_notice(withdrawn, people.ids["cora"], "It was a toy.")
    answer(answered, people)
    worker_at(THURSDAY)
    worker_at(FRIDAY)
    mail, = mails(settings, SPOC)  # fmt: skip
    assert mail["Subject"].startswith(f"Notice {notice(stays).reference}:")
    assert notice(withdrawn).reference not in text(settings) and notice(answered).reference not in text(settings)
    assert message_of(withdrawn).state == DeliveryState.QUEUED, "it never left, and nothing was taken back"
    assert message_of(answered).state == DeliveryState.DELIVERED, "the company has seen it elsewhere"
    worker_at(MONDAY)
    assert len(mails(settings, SPOC)) == 1


def test_all_of_it_withdrawn_no_mail_leaves(ids: list[str], people: People, settings: Settings) -> None:
    for each in ids:
        answering.withdraw_notice(each, people.ids["cora"], "It was a toy.")
    worker_at(FRIDAY)
    assert mails(settings, SPOC) == []


def test_a_withdrawal_and_a_reply_leave_at_once_in_the_digests_thread(
    ids: list[str], people: People, settings: Settings
) -> None:
    worker_at(FRIDAY)
    with time_machine.travel(FRIDAY + timedelta(hours=1), tick=False):
        answering.withdraw_notice(ids[0], people.ids["cora"], "It was a toy.")
        answer(ids[1], people, answer="need_info", reason="Which one?")
        replying.reply_to_company(ids[1], people.ids["cora"], "The second photo.")
    worker_at(FRIDAY + timedelta(hours=1))
    digest, *more = mails(settings, SPOC)
    assert {mail["Subject"] for mail in more} == {
        f"Notice {notice(ids[0]).reference} is withdrawn",
        f"Re: Notice {notice(ids[1]).reference}: suspected wildlife listing",
    }
    assert {mail["In-Reply-To"] for mail in more} == {digest["Message-ID"]}


def test_reminders_are_a_digest_too_once_each_and_in_the_thread(
    ids: list[str], people: People, settings: Settings
) -> None:
    worker_at(FRIDAY)
    answer(ids[1], people)
    late = FRIDAY + timedelta(days=7, minutes=11)
    for moment in (late, late + timedelta(hours=2)):
        worker_at(moment)
    assert len(mails(settings, SPOC)) == 1, "it waits for the contact's hour"
    for day in (3, 4, 5):
        worker_at(FRIDAY + timedelta(days=7 + day))
    digest, reminder = mails(settings, SPOC)
    assert reminder["In-Reply-To"] == reminder["References"] == digest["Message-ID"]
    assert reminder["Subject"] == f"Notice {notice(ids[0]).reference} and 1 more wait for your answer"
    assert notice(ids[1]).reference not in text(settings, 1)
    with read() as session:
        reminded = deliveries.of_notice(session, ids[2], Event.REMINDED)
        assert reminded and reminded.state == DeliveryState.DELIVERED


def test_what_frozen_accounts_alone_reported_waits_and_the_others_do_not(
    people: People, report_json: Make, settings: Settings
) -> None:
    digest_contact()
    more = {"waive_exam": True, "second": "dan@people.test"}
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "For the test.", Level.TRUSTED, **more)
    of_ana = decide(people, flag(people, report_json()))
    of_ben = decide(people, flag(people, report_json(url="https://mercado.test/itm/265370480001"), "ben"))
    freezing.freeze(people.ids["ana"], people.ids["cora"])
    worker_at(FRIDAY)
    mail, = mails(settings, SPOC)  # fmt: skip
    assert notice(of_ben).reference in mail["Subject"] and notice(of_ana).reference not in text(settings)
    freezing.unfreeze(people.ids["ana"], people.ids["cora"], "She is safe.")
    worker_at(MONDAY)
    assert notice(of_ana).reference in mails(settings, SPOC)[1]["Subject"]


def test_an_answer_by_a_link_of_the_digest_is_that_notices_own(ids: list[str], people: People) -> None:
    worker_at(FRIDAY)
    with time_machine.travel(FRIDAY, tick=False):
        url = link.answer_url(ids[1])
        reply = people.app.test_client().post(url, data={"answer": "removed"})
        assert reply.status_code in (200, 302, 303)
    assert [notice(each).answer for each in ids] == [None, "removed", None]


# --- The contact changes ---------------------------------------------------------------------------------------------


def test_from_digest_to_mail_and_back_nothing_is_lost_or_doubled(
    people: People, report_json: Make, settings: Settings
) -> None:
    digest_contact()
    before = notices(people, report_json, 2)
    digest_contact(channel=Channel.MAIL)
    between = notices(people, report_json, 1, first=2)
    worker_at(THURSDAY)
    assert len(mails(settings, SPOC)) == 1, "by mail it leaves at once"
    digest_contact()
    after = notices(people, report_json, 1, first=3)
    worker_at(FRIDAY)
    assert len(mails(settings, SPOC)) == 2
    for each in (*before, *after):
        assert notice(each).reference in text(settings, 1)
    assert {message_of(each).state for each in (*before, *between, *after)} == {DeliveryState.DELIVERED}


def test_a_contact_who_wants_mail_now_gets_each_notice_by_itself(ids: list[str], settings: Settings) -> None:
    digest_contact(channel=Channel.MAIL, email="new@mercado.test")
    worker_at(FRIDAY)
    assert mails(settings, SPOC) == []
    assert len(mails(settings, "new@mercado.test")) == 3


def test_a_contact_who_has_gone_gets_nothing_and_a_coordinator_sees_it(ids: list[str], settings: Settings) -> None:
    digest_contact(retired_at=THURSDAY)
    worker_at(FRIDAY)
    assert mails(settings, SPOC) == []
    assert {message_of(each).state for each in ids} == {DeliveryState.FAILED}


def test_no_message_is_left_without_a_notice(ids: list[str]) -> None:
    worker_at(FRIDAY)
    with read() as session:
        assert session.scalars(select(Message.id).where(Message.event == Event.CREATED)).all() == [
            message_of(ids[0]).id
        ]


def by_two_spotters(people: People, report_json: Make) -> tuple[str, str]:
    """A notice that only Ana reported, and one that only Ben did."""
    more = {"waive_exam": True, "second": "dan@people.test"}
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "For the test.", Level.TRUSTED, **more)
    of_ana = decide(people, flag(people, report_json()))
    return of_ana, decide(people, flag(people, report_json(url="https://mercado.test/itm/265370480001"), "ben"))


def test_a_reminder_held_after_it_was_gathered_leaves_later(
    people: People, report_json: Make, settings: Settings
) -> None:
    """Also the one that the digest's Message-ID was made of."""
    digest_contact()
    of_ana, of_ben = by_two_spotters(people, report_json)
    worker_at(FRIDAY)
    late = MONDAY + timedelta(days=7)
    with time_machine.travel(late, tick=False):
        following_up.remind_notice(of_ana)
        following_up.remind_notice(of_ben)
        freezing.freeze(people.ids["ana"], people.ids["cora"])
    worker_at(late)
    _, reminder = mails(settings, SPOC)
    assert notice(of_ben).reference in reminder["Subject"] and notice(of_ana).reference not in text(settings, 1)
    freezing.unfreeze(people.ids["ana"], people.ids["cora"], "She is safe.")
    worker_at(late + timedelta(days=1))
    assert notice(of_ana).reference in mails(settings, SPOC)[2]["Subject"]


def other_contact(email: str, **values: Any) -> str:
    """Mercado has another one with a digest; the SPOC's id."""
    own = {"channel": Channel.DIGEST, "regions": [], "languages": ["en"], "groups": [], "platforms": []} | values
    with write() as session:
        company_id = session.scalars(select(Spoc.company_id).where(Spoc.email == SPOC)).one()
        spoc = Spoc(id=new_id(), company_id=company_id, name=email, email=email, **own)
        session.add(spoc)
        companies.new_version(session)
        return spoc.id


def test_each_notice_of_a_contact_who_has_gone_goes_to_whom_the_company_has_for_it(
    ids: list[str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    legal, birds = other_contact("legal@mercado.test"), other_contact("birds@mercado.test")
    digest_contact(retired_at=THURSDAY)
    chosen = dict(zip(ids, (legal, birds, birds), strict=True))
    monkeypatch.setattr(
        rerouting, "other_spoc", lambda session, notice: companies.routed(session, chosen[notice.id])
    )  # as groups and platforms choose
    worker_at(FRIDAY)
    assert {each: notice(each).spoc_id for each in ids} == chosen
    worker_at(MONDAY)
    assert mails(settings, SPOC) == []
    of_legal, of_birds = mails(settings, "legal@mercado.test"), mails(settings, "birds@mercado.test")
    assert [notice(ids[0]).reference in mail["Subject"] for mail in of_legal] == [True]
    assert [mail["Subject"] for mail in of_birds] == [
        f"Notice {notice(ids[1]).reference} and 1 more: suspected wildlife listings"
    ]
    assert notice(ids[2]).answer_by == MONDAY + timedelta(days=7)


def test_what_was_gathered_stays_a_digest_when_its_contact_wants_mail_now(
    ids: list[str], people: People, report_json: Make, settings: Settings
) -> None:
    """A mail says one notice, and the others would count as delivered."""
    with time_machine.travel(FRIDAY, tick=False):
        gathering.gather(ids[0], Event.CREATED)
    later = notices(people, report_json, 1, first=3)
    digest_contact(channel=Channel.MAIL)
    with time_machine.travel(FRIDAY, tick=False):
        gathering.gather(*later, Event.CREATED)
    worker_at(FRIDAY)
    for each in (*ids, *later):
        assert sum(notice(each).reference in text(settings, place) for place in (0, 1)) == 1
    assert len(mails(settings, SPOC)) == 2


# --- What leaves late ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.DIGEST, Channel.PORTAL])
def test_a_notice_that_leaves_long_after_its_decision_gives_the_company_the_whole_time(
    channel: Channel, people: People, report_json: Make
) -> None:
    """After a pause, say. It is not reminded at once of a date that it never could keep."""
    digest_contact(channel=channel)
    late, = notices(people, report_json, 1)  # fmt: skip
    moment = FRIDAY + timedelta(days=13)
    worker_at(moment)
    worker_at(moment + timedelta(hours=1))
    kept = notice(late)
    assert (kept.answer_by, kept.created_at, kept.reminded_at) == (moment + timedelta(days=7), moment, None)
    assert kept.document["answer_by"] == kept.answer_by.isoformat()


def test_a_mail_that_leaves_within_a_day_keeps_the_date_of_its_decision(people: People, report_json: Make) -> None:
    digest_contact(channel=Channel.MAIL)
    soon, = notices(people, report_json, 1)  # fmt: skip
    worker_at(THURSDAY + timedelta(hours=23))
    assert message_of(soon).state == DeliveryState.DELIVERED
    assert notice(soon).answer_by == THURSDAY + timedelta(days=7)


# --- What people see -------------------------------------------------------------------------------------------------


def test_the_case_says_which_digest_its_notice_waits_for_until_it_has_left(ids: list[str], people: People) -> None:
    page = f"/cases/{notice(ids[0]).case_id}"
    waits = people.browser("cora").get(page).text
    assert "Waits for the digest" in waits
    assert "It waits for the company’s digest of Friday, 27 November, 08:00 UTC." in waits
    worker_at(FRIDAY)
    with time_machine.travel(FRIDAY, tick=False):
        left = people.browser("cora").get(page).text
    assert "digest" not in left and "Delivered" in left


def test_the_directory_says_when_a_contacts_digest_leaves(people: People) -> None:
    digest_contact(time_zone="Europe/Paris", digest_hour=7)
    assert "in one email a working day at 07:00, Paris" in people.browser("cora").get("/companies").text


def test_a_companies_file_may_say_digest_and_the_contact_stays_the_same(people: People, settings: Settings) -> None:
    def take_in(**spoc: Any) -> list[Spoc]:
        entry = {"name": "Trust and Safety", "email": SPOC, "languages": ["en"]} | spoc
        text = json.dumps({"companies": [{"slug": "mercado", "name": "Mercado", "spocs": [entry]}]})
        with write() as session:
            importing.import_directory(session, read_file(text.encode()))
        with read() as session:
            return list(session.scalars(select(Spoc).where(Spoc.email == SPOC)))

    before, = take_in(channel="mail")  # fmt: skip
    after, = take_in(channel="digest", time_zone="Asia/Kolkata", digest_hour=0)  # fmt: skip
    assert (after.id, after.channel, after.time_zone, after.digest_hour) == (before.id, "digest", "Asia/Kolkata", 0)
    silent, = take_in()  # fmt: skip
    assert (silent.channel, silent.digest_hour) == ("digest", 0), "what a file does not say stays"
    with read() as session:
        exported = exporting.exported(session)
    kept = next(each for each in exported["companies"] if each["slug"] == "mercado")["spocs"][0]
    assert (kept["channel"], kept["time_zone"], kept["digest_hour"]) == ("digest", "Asia/Kolkata", 0)
    back, = take_in(channel="mail")  # fmt: skip
    assert (back.id, back.channel) == (before.id, "mail")


@pytest.mark.parametrize(
    ("field", "value"),
    [("time_zone", "Mars/Olympus"), ("time_zone", "CET+1"), ("time_zone", ""), ("time_zone", 3), ("digest_hour", 24),
     ("digest_hour", -1), ("digest_hour", "eight"), ("digest_hour", 7.5), ("email", None)],
)  # fmt: skip
def test_a_zone_or_hour_that_there_is_not_is_refused_where_it_stands(app: Any, field: str, value: Any) -> None:
    spoc = {"name": "Trust and Safety", "email": SPOC, "channel": "digest"} | {field: value}
    text = json.dumps({"companies": [{"slug": "mercado", "name": "Mercado", "spocs": [spoc]}]})
    with pytest.raises(Refused) as refused:
        read_file(text.encode())
    assert list(refused.value.errors) == [f"companies[0].spocs[0].{field}"]
