"""What a company answers in the portal, to one notice or to many at once, it can take back until it counts: nobody is told before."""

import html
import io
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from server.core import clock, work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Channel, DeliveryState, Event, Refused, Role, Scope, Via
from server.journeys.report import answering, feedback, following_up, replying, returned
from server.journeys.spotter import joining
from server.ledger.cases.models import Case
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.inbound.kinds import BounceScope
from server.ledger.notices import link
from server.ledger.notices.models import GivenAnswer, Notice, PendingAnswer
from server.ledger.reports.models import Feedback, Report
from server.reads import inboxes
from tests.conftest import PASSWORD, settings_for
from tests.messages import at_work
from tests.story import decide, flag

TWO_MINUTES = timedelta(seconds=120)


@pytest.fixture
def settings(database_url, tmp_path):
    return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS="10")


@pytest.fixture(autouse=True)
def _unguarded(app):
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def later(app, work_all):
    """Let so much time pass, and the worker do what is due then."""
    with time_machine.travel(clock.now(), tick=False) as traveller:

        def pass_by(time=TWO_MINUTES):
            traveller.shift(time)
            return work_all()

        yield pass_by


@pytest.fixture
def notices(later, people, report_json):
    """Three notices to Mercado that have arrived, by their ids."""
    made = []
    for number in range(3):
        report = report_json(f"https://mercado.test/itm/26537048280{number}")
        made.append(decide(people, flag(people, report), undo_until=clock.now()))
    later(timedelta(seconds=1))
    return made


@pytest.fixture
def mia(people, notices):
    return people.browser("mia")


def answer(browser, notices, query="", **more):
    form = {"notice": notices, "answer": "removed"} | more
    return browser.post(f"/notices{query}", data=form, follow_redirects=True).text


def batch(page):
    return re.search(r'name="batch" value="(\w+)"', page)[1]


def undo(browser, page, query=""):
    return browser.post(f"/notices/undo{query}", data={"batch": batch(page)}, follow_redirects=True).text


def given():
    """What counts, by notice; of one notice in the order in which it was given."""
    with read() as session:
        rows = select(GivenAnswer.notice_id, GivenAnswer.answer).order_by(GivenAnswer.notice_id, GivenAnswer.id)
        return [tuple(row) for row in session.execute(rows)]


def pending():
    with read() as session:
        return set(session.scalars(select(PendingAnswer.notice_id)))


def reference(notice_id):
    with read() as session:
        return session.get_one(Notice, notice_id).reference


def told():
    """What each report and case is told to be."""
    with read() as session:
        return set(session.scalars(select(Report.status))), set(session.scalars(select(Case.state)))


def audited(notice_id):
    with read() as session:
        rows = select(AuditRow.action).where(AuditRow.object_id == notice_id, AuditRow.action.like("%answer%"))
        return list(session.scalars(rows.order_by(AuditRow.seq)))


def test_nobody_is_told_before_two_minutes_are_over(mia, notices, later, people):
    page = answer(mia, notices)
    assert "3 notices answered." in page and "Nobody has been told yet." in page and "Undo all 3" in page
    assert "No notices need your answer." in page, "none of them is asked for again"
    later(TWO_MINUTES - timedelta(seconds=1))
    assert given() == [] and told() == ({"notified"}, {"notified"})
    later(timedelta(seconds=1))
    assert given() == [(notice_id, "removed") for notice_id in notices]
    assert told() == ({"removed"}, {"answered"}) and pending() == set()
    assert "undo" not in mia.get("/notices").text.lower()
    assert all(audited(notice_id) == ["notice_answered"] for notice_id in notices)


def test_an_answer_is_of_the_moment_in_which_it_was_given(mia, notices, later):
    at = clock.now()
    answer(mia, notices[:1])
    later(timedelta(hours=1))  # nobody's worker ran
    with read() as session:
        assert session.scalars(select(GivenAnswer.at)).one() == at
        assert session.get_one(Notice, notices[0]).decided_at == at


def test_all_of_it_is_taken_back_at_once(mia, notices, later):
    page = undo(mia, answer(mia, notices))
    assert "Undone: 3 answers. Nobody was told." in page and "3 notices wait for your answer" in page
    later()
    assert given() == [] and told() == ({"notified"}, {"notified"}) and pending() == set()
    assert all(audited(notice_id) == ["answer_undone"] for notice_id in notices)


def test_a_colleague_may_undo_it_and_another_company_may_not(mia, notices, later, people):
    page = answer(mia, notices)
    assert "There is nothing left to undo" in undo(people.browser("otto"), page)
    assert pending() == set(notices)
    people.ids["max"] = joining.add_account("max@people.test", "Max", Role.COMPANY, PASSWORD, "mercado")
    assert "Undo all 3" in people.browser("max").get("/notices").text
    undo(people.browser("max"), page)
    assert pending() == set()


def test_what_counts_is_not_taken_back(mia, notices, later):
    page = answer(mia, notices)
    later()
    assert "There is nothing left to undo" in undo(mia, page)
    assert len(given()) == 3 and told() == ({"removed"}, {"answered"})


def test_the_tab_and_the_search_stay(mia, notices, later):
    page = answer(mia, notices[:2], "?tab=open&q=parrot")
    assert 'name="q" type="search" value="parrot"' in page
    assert 'value="parrot"' in undo(mia, page, "?tab=open&q=parrot")
    wrong = answer(mia, notices[:2], "?tab=open&q=parrot", answer="not_violating")
    assert "Say why it may stay." in wrong and 'value="parrot"' in wrong and pending() == set()


def test_a_table_is_taken_back_like_ticks(mia, notices, later):
    with read() as session:
        references = list(session.scalars(select(Notice.reference).order_by(Notice.id)))
    table = "reference,answer,reason\n" + "".join(f"{ref},not_violating,A toy.\n" for ref in references)

    def check():
        return mia.post("/notices/file", data={"table": (io.BytesIO(table.encode()), "answers.csv")}).text

    answers = html.unescape(re.search(r'name="answers" value="([^"]*)"', check())[1])

    def send():
        form = {"answers": answers}
        return mia.post("/notices/file/answers", data=form, content_type="multipart/form-data").text

    done = send()
    assert "3 answers saved" in done and "Undo all 3" in done
    assert "3 rows match what is recorded already." in check(), "sent again, it answers nothing twice"
    again = send()
    assert "0 answers" in again and "3 notices have this answer already." in again and "are told" not in again
    assert "No notices need" in mia.get("/notices").text
    undo(mia, done)
    later()
    assert given() == [] and "3 answers would be recorded" in check()


def test_the_page_of_one_of_them_says_so(mia, notices, later):
    answer(mia, notices)
    page = mia.get(f"/notices/{notices[1]}").text
    assert "answered together with others, 3 in all" in page and "Undo all 3" in page
    page = mia.get("/notices?tab=answered").text
    assert "Undo all 3" in page


def test_a_later_answer_to_one_takes_the_place_of_what_waits(mia, notices, later, people):
    page = answer(mia, notices)
    by_program(people, notices[0], answer="not_violating", reason="It is a toy.")
    assert given() == [(notices[0], "not_violating")] and pending() == set(notices[1:])
    assert audited(notices[0]) == ["answer_undone", "notice_answered"]
    assert "Undone: 2 answers." in undo(mia, page)
    later()
    assert given() == [(notices[0], "not_violating")]


@pytest.mark.parametrize("receipt", ["received", "passed_on", "duplicate"])
def test_a_receipt_takes_nothing_away(mia, notices, later, people, receipt):
    answer(mia, notices[:1])
    answering.answer_notice(notices[0], {"answer": receipt}, Via.API, people.ids["mia"])
    assert given() == [(notices[0], receipt)] and pending() == {notices[0]} and told()[0] == {"notified"}
    later()
    assert given() == [(notices[0], receipt), (notices[0], "removed")] and pending() == set()
    assert told() == ({"removed", "notified"}, {"answered", "notified"})
    with read() as session:
        assert session.get_one(Notice, notices[0]).answer == "removed"


def test_a_receipt_leaves_the_undo_as_it_was(mia, notices, later, people):
    page = answer(mia, notices[:1])
    answering.answer_notice(notices[0], {"answer": "received"}, Via.API, people.ids["mia"])
    assert "Undone: 1 answer." in undo(mia, page)
    later()
    assert given() == [(notices[0], "received")] and told() == ({"notified"}, {"notified"})


def by_program(people, notice_id, **values):
    answering.answer_notice(notice_id, {"answer": "received"} | values, Via.API, people.ids["mia"])


def test_a_receipt_for_many_takes_nothing_away(mia, notices, later):
    first = answer(mia, notices[:2])
    page = answer(mia, notices, answer="received")
    assert given() == [(notices[0], "received"), (notices[1], "received")] and pending() == set(notices)
    assert "2 notices answered. Thank you." in page and f"Notice {reference(notices[2])} answered." in page
    assert "Undone: 2 answers." in undo(mia, first)
    later()
    assert given() == [(notice_id, "received") for notice_id in notices] and told()[0] == {"notified"}


def test_a_receipt_takes_the_place_of_a_receipt(mia, notices, later, people):
    """What is said last stands: no answer of before counts after it."""
    answer(mia, notices[:2], answer="received")
    by_program(people, notices[0], answer="passed_on")
    answer(mia, notices[1:2], answer="passed_on")
    assert given() == [(notices[0], "passed_on")] and pending() == {notices[1]}
    later()
    assert given() == [(notice_id, "passed_on") for notice_id in notices[:2]]


def test_an_answer_that_was_taken_is_not_too_many_later(mia, notices, later, people):
    answer(mia, notices[:1])
    for number in range(20):
        by_program(people, notices[0], company_reference=f"T-{number}")
    later()
    assert given()[-1] == (notices[0], "removed") and len(given()) == 21 and pending() == set()
    assert told() == ({"removed", "notified"}, {"answered", "notified"})


def test_an_answer_is_dropped_for_nothing_but_a_closed_notice(mia, notices, later, monkeypatch):
    answer(mia, notices[:1])

    def refused(*_values, **_more):
        raise Refused("conflict", "Something else.")

    with monkeypatch.context() as broken:
        broken.setattr(answering, "answer_locked", refused)
        later()
    assert pending() == {notices[0]} and given() == [] and audited(notices[0]) == []
    later(timedelta(hours=6))
    assert given() == [(notices[0], "removed")] and pending() == set()


def our_turn_since(notice_id):
    with read() as session:
        return session.get_one(Notice, notice_id).our_turn_since


def test_what_the_company_writes_while_its_answer_waits_is_seen(mia, notices, later, people):
    mia.post(f"/notices/{notices[0]}/replies", data={"text": "Is the number right?"})
    mia.post(f"/notices/{notices[1]}/replies", data={"text": "Which of the two?"})
    later(timedelta(minutes=1))
    answer(mia, notices)
    later(timedelta(minutes=1))
    written = clock.now()
    for notice_id in (notices[0], notices[2]):
        mia.post(f"/notices/{notice_id}/replies", data={"text": "Please tell us if it comes back."})
    later()
    assert len(given()) == 3 and pending() == set()
    assert [our_turn_since(notice_id) for notice_id in notices] == [written, None, written]


def test_what_a_coordinator_has_replied_to_meanwhile_waits_for_nobody(mia, notices, later, people):
    answer(mia, notices[:1])
    later(timedelta(seconds=30))
    mia.post(f"/notices/{notices[0]}/replies", data={"text": "Please tell us if it comes back."})
    later(timedelta(seconds=30))
    replying.reply_to_company(notices[0], people.ids["cora"], "We will.")
    later()
    assert len(given()) == 1 and our_turn_since(notices[0]) is None


def test_what_many_are_answered_again_counts_once(mia, notices, later):
    first = answer(mia, notices)
    again = answer(mia, notices)
    assert batch(first) == batch(again), "the same again changes nothing"
    answer(mia, notices[:1], answer="access_disabled")
    later()
    assert given() == [(notices[0], "access_disabled"), (notices[1], "removed"), (notices[2], "removed")]


def test_what_is_withdrawn_meanwhile_needs_no_answer(mia, notices, later, people):
    answer(mia, notices)
    answering.withdraw_notice(notices[0], people.ids["cora"], "We were wrong.")
    later()
    assert given() == [(notices[1], "removed"), (notices[2], "removed")] and pending() == set()
    assert audited(notices[0]) == ["answer_lapsed"]


def test_nobody_is_reminded_of_what_was_just_answered(mia, notices, later):
    with read() as session:
        due = session.get_one(Notice, notices[0]).answer_by
    answer_at = due - timedelta(seconds=60)
    with time_machine.travel(answer_at, tick=False):
        answer(mia, notices)
    with time_machine.travel(due + timedelta(seconds=1), tick=False):
        following_up.remind()
        with read() as session:
            assert set(session.scalars(select(Notice.reminded_at))) == {None}


def test_programs_answer_at_once(mia, notices, later, people):
    body = [{"id": notice_id, "answer": "removed"} for notice_id in notices]
    headers = people.token("mia", Scope.COMPANY)
    result = people.app.test_client().post("/api/v1/notices/answers", json=body, headers=headers)
    assert [item["status"] for item in result.json["items"]] == [201] * 3
    assert len(given()) == 3 and pending() == set()


def test_an_answer_that_breaks_its_worker_is_asked_for_again(mia, notices, later, monkeypatch):
    answer(mia, notices[:1])

    def broken(*_values, **_more):
        raise RuntimeError("broken")

    monkeypatch.setattr(answering, "answer_locked", broken)
    for _ in range(work.MAX_ATTEMPTS + 1):
        later(timedelta(hours=6))
    assert pending() == set() and given() == [] and audited(notices[0]) == ["answer_lapsed"]
    assert "3 notices wait for your answer" in mia.get("/notices").text


def test_a_second_click_on_undo_is_told_what_is_true(mia, notices, later):
    page = answer(mia, notices)
    assert "Undone: 3 answers." in undo(mia, page)
    assert "the answers were undone already, or the time is up" in undo(mia, page)


# --- An answer on the page of its notice ------------------------------------------------------------------------------


def answer_one(browser, notice_id, **values):
    """Answer a notice on its page, which says what stood there; the page that follows."""
    path = f"/notices/{notice_id}"
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', browser.get(path).text)[1]
    return browser.post(path, data={"answer": "removed", "seen": seen} | values, follow_redirects=True).text


def undo_one(browser, page):
    form = dict(re.findall(r'type="hidden" name="(batch|notice)" value="(\w+)"', page))
    return browser.post("/notices/undo", data=form, follow_redirects=True)


def test_one_answer_counts_when_two_minutes_are_over_and_as_of_when_it_was_given(mia, notices, later):
    at, page = clock.now(), answer_one(mia, notices[0])
    assert "This notice was just answered." in page and "Nobody has been told yet." in page and "Recorded." not in page
    assert "Removed" in page[: page.index("This notice was just answered.")], "what was answered stands beside it"
    assert "Answer by" not in page and f'href="/notices/{notices[1]}" data-key="n"' in page, "the next one waits"
    later(TWO_MINUTES - timedelta(seconds=1))
    assert given() == [] and told() == ({"notified"}, {"notified"})
    later(timedelta(seconds=1))
    assert given() == [(notices[0], "removed")] and pending() == set()
    assert told() == ({"removed", "notified"}, {"answered", "notified"})
    with read() as session:
        assert session.scalars(select(GivenAnswer.at)).one() == at
    assert "Undo" not in mia.get(f"/notices/{notices[0]}").text


def test_one_answer_is_taken_back_and_its_page_asks_again(mia, notices, later):
    page = undo_one(mia, answer_one(mia, notices[0]))
    assert page.request.path == f"/notices/{notices[0]}"
    assert "Undone: 1 answer. Nobody was told." in page.text and "Answer by" in page.text
    assert "3 notices wait for your answer" in mia.get("/notices").text
    later()
    assert given() == [] and told() == ({"notified"}, {"notified"}) and pending() == set()
    assert audited(notices[0]) == ["answer_undone"]


def test_one_answer_that_counts_is_not_taken_back(mia, notices, later):
    page = answer_one(mia, notices[0])
    later()
    assert "There is nothing left to undo" in undo_one(mia, page).text
    assert given() == [(notices[0], "removed")]


def test_a_question_waits_like_any_answer(mia, notices, later):
    page = answer_one(mia, notices[0], answer="need_info", reason="Which of the two photos?")
    assert "This notice was just answered." in page
    undo_one(mia, page)
    answer_one(mia, notices[0], answer="need_info", reason="Which photo?")
    later()
    assert given() == [(notices[0], "need_info")] and told()[0] == {"in_review", "notified"}


def test_another_answer_on_the_page_takes_the_place_of_the_first_and_waits_in_its_turn(mia, notices, later):
    first = answer_one(mia, notices[0])
    later(timedelta(seconds=60))
    answer_one(mia, notices[0], answer="not_violating", reason="It is a toy.")
    assert "There is nothing left to undo" in undo_one(mia, first).text
    later(timedelta(seconds=119))
    assert given() == [] and pending() == {notices[0]}
    later(timedelta(seconds=1))
    assert given() == [(notices[0], "not_violating")]
    assert audited(notices[0]) == ["answer_undone", "notice_answered"]


def test_the_same_answer_on_the_page_again_waits_no_longer(mia, notices, later):
    answer_one(mia, notices[0])
    later(timedelta(seconds=60))
    page = answer_one(mia, notices[0])
    assert "This notice has this answer already." in page and "Undo" in page
    later(timedelta(seconds=60))
    assert given() == [(notices[0], "removed")]


def test_an_answer_behind_the_link_counts_at_once_and_ends_the_undo(mia, notices, later, people):
    page = answer_one(mia, notices[0])
    path = link.answer_url(notices[0]).removeprefix("http://spotter.test")
    client = people.app.test_client()
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', client.get(path).text)[1]
    sent = client.post(path, data={"answer": "not_violating", "reason": "It is a toy.", "seen": seen})
    assert sent.status_code == 200
    assert given() == [(notices[0], "not_violating")] and pending() == set()
    assert "There is nothing left to undo" in undo_one(mia, page).text


def test_the_inbox_names_each_notice_and_offers_what_was_answered_at_once_before_older_ones(
    mia, notices, later, people, report_json
):
    more = [
        decide(
            people, flag(people, report_json(f"https://mercado.test/itm/26537048290{number}")), undo_until=clock.now()
        )
        for number in range(4)
    ]
    later(timedelta(seconds=1))
    answer(mia, notices[:2])
    for notice_id in (notices[2], *more):
        answer_one(mia, notice_id)
    page = mia.get("/notices").text
    assert "Undo all 2" in page and page.count('data-seconds="') == 5
    assert [f"Notice {reference(notice_id)} answered." in page for notice_id in (notices[2], *more)] == [
        False, True, True, True, True,
    ]  # fmt: skip
    assert "Undo" in mia.get(f"/notices/{notices[2]}").text, "it can be undone on its own page"
    shown = [page.index(f"Notice {reference(notice_id)} answered.") for notice_id in reversed(more)]
    assert shown == sorted(shown) and shown[-1] < page.index("Undo all 2"), "the newest first"


# --- Nobody is asked again for what was just answered ----------------------------------------------------------------


@pytest.fixture
def in_portal(notices):
    """The notices lie in the portal's inbox."""
    with write() as session:
        session.execute(update(Message).values(channel=Channel.PORTAL))
        return session.scalars(select(Notice.company_id).limit(1)).one()


def waiting(company_id):
    with read() as session:
        return sum(each.number for each in inboxes.waiting(session, company_id))


def test_the_portals_mail_leaves_them_out(mia, notices, later, in_portal):
    assert waiting(in_portal) == 3
    page = answer(mia, notices[:2])
    assert waiting(in_portal) == 1
    undo(mia, page)
    assert waiting(in_portal) == 3


def about(notice_id, event=Event.CREATED):
    with read() as session:
        return deliveries.of_notice(session, notice_id, event)


@pytest.mark.parametrize("undone", [True, False])
def test_a_reminder_that_is_on_its_way_waits_whether_the_answer_is_undone(mia, notices, later, undone):
    with write() as session:
        notice = session.get_one(Notice, notices[0])
        due, notice.reminded_at = notice.answer_by, clock.now()  # the worker plans none of its own, whatever the hour
    later(at_work(due - clock.now()) - clock.now())
    with write() as session:
        work.enqueue(session, "remind_notice", notices[0])
    page = answer(mia, notices[:1])
    later(timedelta(seconds=60))
    assert about(notices[0], Event.REMINDED).state == DeliveryState.QUEUED, "it is held back"
    if undone:
        undo(mia, page)
    later(timedelta(seconds=61))
    later()
    assert (about(notices[0], Event.REMINDED).state == DeliveryState.DELIVERED) == undone


def test_a_bounce_sends_no_notice_another_way_that_was_just_answered(mia, notices, later):
    answer(mia, notices[:1])
    with write() as session:
        for notice_id in notices[:2]:
            message = deliveries.of_notice(session, notice_id)
            returned.came_back(session, message, BounceScope.MESSAGE, "550 No such person.")
    assert about(notices[0]).state == DeliveryState.DELIVERED
    assert about(notices[1]).state == DeliveryState.FAILED


# --- What the inbox says of them -------------------------------------------------------------------------------------


def test_the_inbox_says_how_many_were_not_answered(mia, notices, later, people):
    answering.withdraw_notice(notices[0], people.ids["cora"], "We were wrong.")
    form = {"notice": notices[:1], "answer": "need_info", "reason": "Which of the two ads is it?"}
    page = mia.post("/notices", data=form)
    assert page.status_code == 409 and "1 notice was not answered" in page.text and "0 notices" not in page.text
    assert "Which of the two ads is it?" in page.text, "what was written is still there"
    page = answer(mia, notices)
    assert "2 notices answered." in page and "1 notice was not answered: it was withdrawn" in page


def test_the_same_answer_again_is_said_to_stand(mia, notices, later):
    assert "already" not in answer(mia, notices)
    assert "3 notices have this answer already." in answer(mia, notices)
    later()
    assert "2 notices have this answer already." in answer(mia, notices[:2])


def test_the_table_of_the_open_tab_leaves_them_out(mia, notices, later):
    with read() as session:
        references = [session.get_one(Notice, notice_id).reference for notice_id in notices]
    answer(mia, notices[:2])
    table = mia.post("/notices.csv?tab=open").text
    assert [reference in table for reference in references] == [False, False, True]


def tabs(mia):
    """In which tabs of the inbox each notice stands, and what they count."""
    pages = {tab: mia.get(f"/notices?tab={tab}").text for tab in ("open", "asked", "answered", "withdrawn")}
    numbers = dict(zip(pages, map(int, re.findall(r'class="count">(\d+)<', pages["open"])), strict=True))
    return pages, numbers


def test_what_does_not_count_yet_stands_among_the_answered(mia, notices, later):
    answer(mia, notices[:2])
    pages, numbers = tabs(mia)
    assert numbers == {"open": 1, "asked": 0, "answered": 2, "withdrawn": 0}
    assert pages["answered"].count("Can still be undone") == 2
    assert all(notice_id in pages["answered"] and notice_id not in pages["open"] for notice_id in notices[:2])
    with time_machine.travel(clock.now() + TWO_MINUTES, tick=False):  # no worker has looked yet
        pages, numbers = tabs(mia)
        assert numbers["answered"] == 2 and pages["answered"].count("Being recorded") == 2
        assert "Being recorded" not in pages["open"] and notices[0] not in pages["open"]
        page = mia.get(f"/notices/{notices[0]}").text
        assert "Your answer is being recorded." in page and "Undo" not in page
    later()
    pages, numbers = tabs(mia)
    assert numbers == {"open": 1, "asked": 0, "answered": 2, "withdrawn": 0}
    assert "Being recorded" not in pages["answered"] and "being recorded" not in mia.get(f"/notices/{notices[0]}").text


@pytest.mark.parametrize("receipt", ["received", "duplicate", "passed_on"])
def test_what_is_only_received_stays_to_be_answered_before_it_counts_and_after(mia, notices, later, people, receipt):
    page = answer(mia, notices[:2], answer=receipt)
    assert "3 notices wait for your answer" in page
    word = {"received": "Received", "duplicate": "Duplicate", "passed_on": "Passed on"}[receipt]
    for _ in range(2):
        pages, numbers = tabs(mia)
        assert numbers == {"open": 3, "asked": 0, "answered": 0, "withdrawn": 0}
        assert all(notice_id in pages["open"] and notice_id not in pages["answered"] for notice_id in notices)
        assert pages["open"].count("You said") == pages["open"].count(word + "</span>") == 2
        assert "3 need an answer" in pages["open"], "the menu says so, too"
        later()
    assert [each for _, each in given()] == [receipt] * 2 and pending() == set()


def test_nobody_is_told_of_no_answer_while_one_waits_or_has_come(mia, notices, later, settings):
    with write() as session:
        session.execute(update(Notice).values(answer_by=clock.now() - timedelta(minutes=1)))
    following_up.notice_overdue(notices[0])
    with read() as session:
        overdue = session.scalars(select(Feedback.id).where(Feedback.code == "overdue")).one()
    answer(mia, notices[:2])
    with pytest.raises(work.Retry):
        following_up.notice_overdue(notices[1])  # asked for before the answer
    with pytest.raises(work.Retry):
        feedback.mail_feedback(overdue)
    later()
    following_up.notice_overdue(notices[1])
    feedback.mail_feedback(overdue)
    with read() as session:
        assert session.scalars(select(Feedback.id).where(Feedback.code == "overdue")).one() == overdue
        assert session.get_one(Feedback, overdue).mailed_at is None
