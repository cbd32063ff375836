"""A notice without an answer is reminded of once before its answer is due, and once after: in the contact's working hours."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from server.core import recurring, work
from server.core.config import Settings
from server.core.database import read, write
from server.core.outbox import Work
from server.core.words import Basis, CaseState, Channel, CheckState, DeliveryState, Event, Via
from server.journeys.report import answering, by_hand, following_up, inbox_alert, replying
from server.ledger.cases.models import Case
from server.ledger.companies.models import Spoc
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message, MessageNotice
from server.ledger.notices.models import Notice, NoticeReply, NoticeStop
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from server.reads import attention
from tests import story
from tests.conftest import People, settings_for
from tests.digests import SPOC, digest_contact, notices
from tests.messages import message_of
from tests.smtp_rig import MailServer, mail_server

Make = Callable[..., dict[str, Any]]
SENT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # a Tuesday; an answer is asked for by the Tuesday after, 15:00
BEFORE = datetime(2026, 11, 30, 8, 0, 5, tzinfo=UTC)  # the Monday: a full working day is left
AFTER = datetime(2026, 12, 2, 8, 0, 5, tzinfo=UTC)  # the Wednesday
END = SENT + timedelta(days=13)
HOURS = (0, 6, 8, 14, 15, 20)


@pytest.fixture(autouse=True)
def tuesday(app: Any) -> Iterator[None]:
    with time_machine.travel(SENT, tick=False):
        yield


def worker_at(moment: datetime) -> None:
    """The worker does what there is to do about notices by then."""
    with time_machine.travel(moment, tick=False):
        following_up.remind()
        work.run_due()
        inbox_alert.alert_inboxes()
        work.run_due()


def walk(until: datetime = END, since: datetime = SENT) -> None:
    """The worker works at some hours of every day, a little past each."""
    days = range((until - since).days + 2)
    moments = [since.replace(hour=at, minute=0, second=5) + timedelta(days=day) for day in days for at in HOURS]
    for moment in moments:
        if since <= moment <= until:
            worker_at(moment)


def when(settings: Settings, to: str = SPOC) -> list[tuple[str, datetime]]:
    """What left for one address after the notices, and when to the hour."""
    sent = sorted((parsedate_to_datetime(mail["Date"]), mail["Subject"]) for mail in story.mails(settings, to))
    hour = {"minute": 0, "second": 0, "microsecond": 0}
    return [(subject, at.replace(**hour)) for at, subject in sent if "suspected" not in subject]


def text(settings: Settings, place: int) -> str:
    mails = sorted(story.mails(settings, SPOC), key=lambda mail: parsedate_to_datetime(mail["Date"]))
    return " ".join(str(mails[place].get_body(("plain",)).get_content()).split())


def hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0)


def events(notice_id: str) -> list[str]:
    with read() as session:
        rows = select(Message.event).join(MessageNotice, MessageNotice.message_id == Message.id)
        rows = rows.where(MessageNotice.notice_id == notice_id, Message.state == DeliveryState.DELIVERED)
        return list(session.scalars(rows.order_by(Message.id)))


# --- By mail ---------------------------------------------------------------------------------------------------------


def test_one_before_the_date_and_one_after_each_true_and_no_third(
    people: People, report_json: Make, settings: Settings
) -> None:
    (notice_id,) = notices(people, report_json, 1)
    walk()
    waits = f"Notice {reference(notice_id)} waits for your answer"
    assert when(settings) == [(waits, hour(BEFORE)), (waits, hour(AFTER))]
    early, late = text(settings, 1), text(settings, 2)
    assert "We ask for it by Tuesday, 1 December" in early and "we send one more reminder" in early
    assert "We asked for it by Tuesday, 1 December" in late and "We send no further reminder of this date." in late
    assert events(notice_id) == [Event.CREATED, Event.DUE_SOON, Event.REMINDED]
    with time_machine.travel(END, tick=False):
        page = people.browser("cora").get(f"/cases/{case_id(notice_id)}").text
    assert "before its answer was due" in page and "after its answer was due" in page


def reference(notice_id: str) -> str:
    with read() as session:
        return session.get_one(Notice, notice_id).reference


def case_id(notice_id: str) -> str:
    with read() as session:
        return session.get_one(Notice, notice_id).case_id


def test_the_case_says_when_the_next_one_is_due_and_nothing_of_one_that_has_not_left(
    people: People, report_json: Make
) -> None:
    (notice_id,) = notices(people, report_json, 1)
    walk(BEFORE - timedelta(hours=2))
    with time_machine.travel(BEFORE - timedelta(hours=2), tick=False):
        page = people.browser("cora").get(f"/cases/{case_id(notice_id)}").text
    assert "The next reminder is due" in page and "Reminded of notice" not in page


@pytest.mark.parametrize(
    ("zone", "at", "before", "after"),
    [
        ("Asia/Tokyo", 9, datetime(2026, 11, 30, 0, tzinfo=UTC), datetime(2026, 12, 2, 0, tzinfo=UTC)),
        ("America/New_York", 9, datetime(2026, 11, 30, 14, tzinfo=UTC), datetime(2026, 12, 2, 14, tzinfo=UTC)),
        ("Africa/Cairo", 8, datetime(2026, 11, 30, 6, tzinfo=UTC), datetime(2026, 12, 2, 6, tzinfo=UTC)),
    ],
)
def test_at_the_contacts_hour_of_their_working_day(
    people: People, report_json: Make, settings: Settings, zone: str, at: int, before: datetime, after: datetime
) -> None:
    digest_contact(channel=Channel.MAIL, time_zone=zone, digest_hour=at)
    notices(people, report_json, 1)
    walk()
    assert [moment for _, moment in when(settings)] == [before, after]


def test_what_is_late_waits_for_working_hours_or_is_left_out(
    people: People, report_json: Make, settings: Settings
) -> None:
    """The worker was away: by Monday night a full working day is no longer left."""
    notices(people, report_json, 1)
    walk(SENT + timedelta(days=2))
    for moment in (BEFORE + timedelta(hours=10), BEFORE + timedelta(hours=23), BEFORE + timedelta(hours=25)):
        worker_at(moment)
    assert when(settings) == []
    for moment in (AFTER + timedelta(hours=9), AFTER + timedelta(hours=20)):
        worker_at(moment)
    assert when(settings) == []
    worker_at(AFTER + timedelta(days=1))
    assert [moment for _, moment in when(settings)] == [hour(AFTER + timedelta(days=1))]


def test_one_that_arrived_late_is_not_reminded_of_at_once(
    people: People, report_json: Make, settings: Settings
) -> None:
    (notice_id,) = notices(people, report_json, 1)
    worker_at(SENT)
    with write() as session:  # its mail server took it on Friday
        session.execute(update(Message).values(delivered_at=BEFORE - timedelta(days=3)))
    walk(since=BEFORE - timedelta(days=2))
    assert events(notice_id) == [Event.CREATED, Event.REMINDED]


# --- No reason -------------------------------------------------------------------------------------------------------


def _answered(people: People, notice_id: str) -> None:
    answering.answer_notice(notice_id, {"answer": "not_violating", "reason": "A toy."}, Via.LINK)


def _withdrawn(people: People, notice_id: str) -> None:
    answering.withdraw_notice(notice_id, people.ids["cora"], "A toy.")


def _gone(people: People, notice_id: str) -> None:
    with write() as session:
        session.execute(update(Notice).values(found=CheckState.GONE))


def _closed(people: People, notice_id: str) -> None:
    with write() as session:
        session.execute(update(Case).values(state=CaseState.CLOSED))


def _stopped(people: People, notice_id: str) -> None:
    with write() as session:
        notice = session.get_one(Notice, notice_id)
        session.add(NoticeStop(company_id=notice.company_id, basis=Basis(notice.basis), at=SENT, reviewed=20, wrong=5))


def _asked(people: People, notice_id: str) -> None:
    with write() as session:
        session.execute(update(Notice).values(our_turn_since=SENT))


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.DIGEST])
@pytest.mark.parametrize("planned", [False, True], ids=["before it is planned", "once it is planned"])
@pytest.mark.parametrize("done", [_answered, _withdrawn, _gone, _closed, _stopped, _asked])
def test_none_where_nothing_is_asked_of_the_company(
    people: People, report_json: Make, settings: Settings, done: Callable[..., None], planned: bool, channel: Channel
) -> None:
    digest_contact(channel=channel)
    (notice_id,) = notices(people, report_json, 1)
    start = SENT + timedelta(days=4 if planned else 1)
    walk(start)
    assert events(notice_id) == [Event.CREATED]
    with time_machine.travel(start, tick=False):
        done(people, notice_id)
    walk(since=start)
    assert not [subject for subject, _ in when(settings) if "waits for your answer" in subject]


@pytest.mark.parametrize("said", ["received", "passed_on", "duplicate", "need_info"])
def test_what_decides_nothing_ends_no_follow_up(
    people: People, report_json: Make, settings: Settings, said: str
) -> None:
    (notice_id,) = notices(people, report_json, 1)
    worker_at(SENT)
    answering.answer_notice(notice_id, {"answer": said, "reason": "Which of the six?"}, Via.LINK)
    if said == "need_info":
        replying.reply_to_company(notice_id, people.ids["cora"], "All six.")
    for moment in (SENT, SENT + timedelta(days=4), BEFORE, SENT + timedelta(days=7, hours=1), AFTER):
        worker_at(moment)
    assert [moment for _, moment in when(settings)] == [hour(BEFORE), hour(AFTER)]
    assert "still waits for your decision" in text(settings, -1), "it has written"
    with read() as session:
        assert session.scalars(select(Report.status)).all() == ["no_answer"]
    worker_at(AFTER + timedelta(days=2))
    told = [mail.get_body(("plain",)).get_content() for mail in story.mails(settings, "ana@people.test")]
    assert any("Mercado did not tell us its decision by " in each for each in told), (
        "a receipt is not told, nor does it silence this"
    )


def test_our_reply_begins_a_new_time_to_answer_with_reminders_of_its_own(
    people: People, report_json: Make, settings: Settings
) -> None:
    (notice_id,) = notices(people, report_json, 1)
    walk(AFTER)
    a_week = timedelta(days=7)
    with time_machine.travel(AFTER + timedelta(hours=6), tick=False):
        answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which of the six?"}, Via.LINK)
        replying.reply_to_company(notice_id, people.ids["cora"], "All six.")
    walk(AFTER + 2 * a_week, since=AFTER + timedelta(hours=6))
    again = [BEFORE + a_week + timedelta(days=1), AFTER + a_week + timedelta(days=1)]
    assert [moment for _, moment in when(settings)] == [hour(each) for each in (BEFORE, AFTER, *again)]
    sent = [mail["Message-ID"] for mail in story.mails(settings, SPOC)]
    assert len(set(sent)) == len(sent) == 6
    with read() as session:
        assert session.scalars(select(Report.status)).all() == ["no_answer"]


def test_a_question_that_is_taken_back_gives_no_more_time_than_it_took(
    people: People, report_json: Make, settings: Settings
) -> None:
    """However often: only our reply begins the time anew."""
    (notice_id,) = notices(people, report_json, 1)
    worker_at(SENT)

    def asks_and_asks_no_more(day: int) -> None:
        for hours, said in ((0, "need_info"), (3, "received")):
            moment = SENT + timedelta(days=day, hours=hours)
            worker_at(moment)
            with time_machine.travel(moment, tick=False):
                answering.answer_notice(notice_id, {"answer": said, "reason": "Which of the six?"}, Via.LINK)

    def status_at(**after: int) -> str:
        worker_at(SENT + timedelta(**after))
        with read() as session:
            return session.scalars(select(Report.status)).one()

    for day in (2, 4, 6):
        asks_and_asks_no_more(day)
    assert [status_at(days=7, hours=hours) for hours in (8, 10)] == ["in_review", "no_answer"]
    worker_at(AFTER + timedelta(days=1))
    sent = when(settings)
    asks_and_asks_no_more(day=10)
    assert status_at(days=10, hours=3) == "no_answer"
    worker_at(END)
    assert when(settings) == sent, "it has been reminded"


def test_a_question_after_a_decision_is_followed_up_like_any(
    people: People, report_json: Make, settings: Settings
) -> None:
    (notice_id,) = notices(people, report_json, 1)
    worker_at(SENT)
    for said in ("not_violating", "need_info"):
        answering.answer_notice(notice_id, {"answer": said, "reason": "Which of the six?"}, Via.LINK)
    replying.reply_to_company(notice_id, people.ids["cora"], "All six.")
    walk()
    assert [moment for _, moment in when(settings) if moment > SENT] == [hour(BEFORE), hour(AFTER)]
    with read() as session:
        assert session.scalars(select(Report.status)).all() == ["no_answer"]


def test_the_time_after_our_reply_begins_when_it_has_left(people: People, report_json: Make) -> None:
    """By a form that nobody fills in for eight days: as by mail that does not get out."""
    (notice_id,) = notices(people, report_json, 1)
    worker_at(SENT)
    answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which of the six?"}, Via.LINK)
    reply_id = replying.reply_to_company(notice_id, people.ids["cora"], "All six.")
    with write() as session:
        message_id = session.get_one(NoticeReply, reply_id).message_id
        form = {"channel": Channel.FORM, "address": "https://mercado.test/report"}
        session.execute(update(Message).where(Message.id == message_id).values(form))
        session.execute(update(Spoc).values(channel=Channel.FORM, form_url=form["address"]))
    carried, a_week = SENT + timedelta(days=9), timedelta(days=7)
    for moment, status, overdue in [
        (carried, "in_review", 0), (carried + a_week - timedelta(hours=1), "in_review", 0),
        (carried + a_week + timedelta(hours=1), "no_answer", 1),
    ]:  # fmt: skip
        worker_at(moment)
        following_up.notice_overdue(notice_id)
        with time_machine.travel(moment, tick=False), read() as session:
            assert session.scalars(select(Report.status)).all() == [status], moment
            late = next(line for line in attention.lines(session) if line.what is attention.Waits.OVERDUE)
            assert late.number == overdue, moment
        if moment == carried:
            with time_machine.travel(moment, tick=False):
                by_hand.form_sent(case_id(notice_id), message_id or "", people.ids["cora"])


def test_by_mail_it_begins_with_the_attempt_that_got_through(people: People, report_json: Make) -> None:
    (notice_id,) = notices(people, report_json, 1)
    worker_at(SENT)
    answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which of the six?"}, Via.LINK)
    replying.reply_to_company(notice_id, people.ids["cora"], "All six.")
    worker_at(SENT + timedelta(days=2))
    with read() as session:
        assert session.get_one(Notice, notice_id).answer_by == SENT + timedelta(days=9)


def test_what_waited_for_us_leaves_when_a_coordinator_has_looked(
    people: People, report_json: Make, settings: Settings
) -> None:
    (notice_id,) = notices(people, report_json, 1)
    walk(BEFORE - timedelta(hours=2))
    _stopped(people, notice_id)
    walk(AFTER + timedelta(days=2), since=BEFORE - timedelta(hours=2))
    assert when(settings) == []
    with write() as session:
        stop = session.scalars(select(NoticeStop)).one()
        stop.ended_at, stop.ended_by_id, stop.why = SENT, people.ids["cora"], "Looked."
    walk(since=AFTER + timedelta(days=2))
    assert [moment for _, moment in when(settings)] == [hour(AFTER + timedelta(days=5))], "the one after, alone"


# --- Other channels --------------------------------------------------------------------------------------------------


def test_in_a_digest_they_share_a_mail_and_say_which_it_is(
    people: People, report_json: Make, settings: Settings
) -> None:
    digest_contact()
    first, second = notices(people, report_json, 2)
    walk()
    assert [subject.partition(" and ")[2] for subject, _ in when(settings)] == ["1 more wait for your answer"] * 2
    moments = [moment for _, moment in when(settings)]
    assert moments == [hour(BEFORE) + timedelta(days=1), hour(AFTER) + timedelta(days=1)], (
        "the digest left on Wednesday"
    )
    assert "We ask for each answer by the date" in text(settings, 1)
    assert "We asked for each answer by the date" in text(settings, 2)
    assert "We send no further reminder of these dates." in text(settings, 2), "our reply may begin another"
    assert events(first) == events(second) == [Event.CREATED, Event.DUE_SOON, Event.REMINDED]


def test_in_the_portal_people_are_told_by_mail_in_working_hours(
    people: People, report_json: Make, settings: Settings
) -> None:
    with write() as session:
        session.execute(update(Spoc).values(channel=Channel.PORTAL, email=None))
        mia = session.get_one(Account, people.ids["mia"]).email
    notices(people, report_json, 1)
    walk()
    told = sorted(parsedate_to_datetime(mail["Date"]) for mail in story.mails(settings, mia))
    assert [hour(moment) for moment in told[1:]] == [hour(BEFORE), hour(AFTER)]


@pytest.mark.parametrize("channel", [Channel.API, Channel.FORM])
def test_where_nothing_is_sent_and_nobody_is_mailed_there_is_none(
    people: People, report_json: Make, channel: Channel
) -> None:
    with write() as session:
        session.execute(update(Spoc).values(channel=channel, form_url="https://mercado.test/report"))
    (notice_id,) = notices(people, report_json, 1)
    with write() as session:
        session.execute(update(Message).values(state=DeliveryState.DELIVERED, delivered_at=SENT))
    walk()
    assert events(notice_id) == [Event.CREATED]


# --- Once ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", [Event.DUE_SOON, Event.REMINDED])
def test_the_database_refuses_a_second_one(people: People, report_json: Make, event: Event) -> None:
    (notice_id,) = notices(people, report_json, 1)
    worker_at(SENT)
    with write() as session:
        deliveries.queue(session, event, Channel.MAIL, SPOC, [notice_id])
    with pytest.raises(IntegrityError), write() as session:
        deliveries.queue(session, event, Channel.MAIL, SPOC, [notice_id])


def test_work_that_is_done_twice_sends_one(people: People, report_json: Make, settings: Settings) -> None:
    (notice_id,) = notices(people, report_json, 1)
    worker_at(SENT)
    with time_machine.travel(BEFORE, tick=False):
        for _ in range(2):
            following_up.remind_early(notice_id)
    assert len(when(settings)) == 1
    with read() as session:
        assert message_of(notice_id).state == DeliveryState.DELIVERED
        assert session.scalars(select(Work.id).where(Work.kind == "remind_early", Work.done_at.is_(None))).all() == []


class TestOverSmtp:
    """The same on the wire, to a real mail server."""

    @pytest.fixture
    def server(self) -> Iterator[MailServer]:
        with mail_server() as running:
            yield running

    @pytest.fixture
    def settings(self, database_url: str, tmp_path: Path, server: MailServer) -> Settings:
        return settings_for(tmp_path, database_url, SPOTTER_MAIL_URL=server.url)

    def test_both_stand_under_their_notice(self, people: People, report_json: Make, server: MailServer) -> None:
        (notice_id,) = notices(people, report_json, 1)
        for moment in (SENT, SENT + timedelta(days=2), BEFORE, BEFORE + timedelta(days=1, hours=8), AFTER):
            with time_machine.travel(moment, tick=True):
                recurring.heartbeat()
                work.run_due()
        own = message_of(notice_id).stable_id
        taken = [each.message for each in server.to(SPOC)]
        assert [mail["In-Reply-To"] for mail in taken] == [None, own, own]
        assert len({mail["Message-ID"] for mail in taken}) == 3
