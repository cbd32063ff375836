"""A coordinator's page has stood open while the case went on: what is sent from it is about the notice that it showed."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock, work
from server.core.database import read
from server.core.words import Channel, Event, Via
from server.journeys.report import answering, replying
from server.ledger.delivery import store as deliveries
from server.ledger.notices.models import GivenAnswer, Notice, NoticeReply
from tests.case_records import case_of
from tests.messages import set_message
from tests.story import decide, flag


def hidden(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that goes there."""
    form = re.search(rf'<form[^>]* action="{action}(?:\?[^"]*)?".*?</form>', page, re.DOTALL)
    assert form, action
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


@pytest.fixture
def replaced(people, report_json):
    """Cora's open pages about a notice, and what came since: an answer, the ad again, and a second notice."""
    case = flag(people, report_json())
    first, cora = decide(people, case), people.browser("cora")
    pages = [cora.get(f"/cases/{case}").text, cora.get(f"/cases/{case}?panel=answer").text]
    answering.answer_notice(first, {"answer": "not_violating", "reason": "A toy."}, Via.API)
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        flag(people, report_json(captured_at=clock.now().isoformat()))
        return case, cora, pages, first, decide(people, case)


def test_withdrawing_from_an_old_page_leaves_the_newer_notice_alone(replaced):
    case, cora, (page, _), _, second = replaced
    meant = hidden(page, f"/cases/{case}/withdraw")
    shown = cora.post(
        f"/cases/{case}/withdraw", data=meant | {"cause": "mistaken", "reason": "It is a toy."}, follow_redirects=True
    ).text
    assert "A newer notice about the same listing replaces this one." in shown
    with read() as session:
        assert session.get_one(Notice, second).withdrawn_at is None
    assert case_of(case).state == "notified"


def test_an_answer_or_a_reply_from_an_old_page_is_of_no_newer_notice(replaced):
    case, cora, (page, panel), _, _ = replaced
    for path, form, fields in (
        ("answers", panel, {"answer": "removed", "via": "phone"}),
        ("replies", page, {"text": "It is not a toy."}),
    ):
        meant = hidden(form, f"/cases/{case}/{path}")
        told = cora.post(f"/cases/{case}/{path}", data=meant | fields)
        assert told.status_code == 422 and "A newer notice about the same listing replaces this one." in told.text
    with read() as session:
        assert session.scalars(select(GivenAnswer.answer)).all() == ["not_violating"]
        assert session.scalars(select(NoticeReply.id)).all() == []


def test_a_notice_is_meant_on_the_page_of_its_own_case_alone(people, report_json, replaced):
    case, cora, _, _, second = replaced
    other = flag(people, report_json("https://mercado.test/itm/999999999999"))
    for meant in (second, "", "x"):
        assert (
            cora.post(
                f"/cases/{other}/withdraw", data={"notice": meant, "cause": "mistaken", "reason": "A toy."}
            ).status_code
            == 404
        )
    assert case_of(case).state == "notified"


@pytest.fixture
def by_hand(people, report_json):
    """A case whose company has a form, and the message that Cora and Dan both have open."""
    case = flag(people, report_json())
    notice = decide(people, case)
    set_message(notice, channel=Channel.FORM, address="https://mercado.test/report")
    return case, notice, hidden(people.browser("cora").get(f"/cases/{case}").text, f"/cases/{case}/form-sent")


def send_form(people: Any, case: str, who: str, meant: dict[str, str]) -> int:
    return int(people.browser(who).post(f"/cases/{case}/form-sent", data=meant).status_code)


def test_two_who_carried_the_same_message_over_have_not_carried_the_next_one(people, by_hand):
    case, notice, meant = by_hand
    replying.reply_to_company(notice, people.ids["cora"], "The seller has two more.")
    assert [send_form(people, case, who, meant) for who in ("cora", "dan")] == [302, 409]
    with read() as session:
        assert [message.event for message in deliveries.by_hand(session, notice)] == [Event.REPLIED]
    later = hidden(people.browser("dan").get(f"/cases/{case}").text, f"/cases/{case}/form-sent")
    assert later != meant and send_form(people, case, "dan", later) == 302


def test_when_a_form_was_sent_and_its_receipt_number_are_shown_and_nothing_is_counted_from_them(people, by_hand):
    case, notice, meant = by_hand
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        told = clock.now() - timedelta(days=1)
        said = {"sent_at": f"{told:%Y-%m-%dT%H:%M}", "receipt": " MX-7\n<b> "}
        assert send_form(people, case, "cora", meant | said) == 302
        page = people.browser("cora").get(f"/cases/{case}").text
        with read() as session:
            kept = session.get_one(Notice, notice)
            assert deliveries.arrived(session, [notice]) == {notice: clock.now()}
            assert kept.answer_by == clock.now() + timedelta(days=7)
        assert html.unescape(re.search(r"receipt <bdi[^>]*>(.*?)</bdi>", page)[1]) == "MX-7 <b>"
        assert f'datetime="{told.replace(second=0, microsecond=0).isoformat()}"' in page


@pytest.mark.parametrize(
    ("field", "typed", "wrong"),
    [
        ("sent_at", "2099-01-01T10:00", "This time is in the future."),
        ("sent_at", "2019-01-01T10:00", "This was not there to be sent before"),
        ("sent_at", "last Monday", "Not a valid datetime value."),
        ("receipt", "x" * 201, "Write at most 200 characters."),
    ],
)
def test_what_is_wrong_with_a_sent_form_is_said_at_its_field_and_stays_as_typed(people, by_hand, field, typed, wrong):
    case, notice, meant = by_hand
    told = people.browser("cora").post(f"/cases/{case}/form-sent", data=meant | {"receipt": "MX-7"} | {field: typed})
    assert told.status_code == 422 and f'value="{typed}"' in told.text
    shown = re.search(rf'id="(sent-\w+-{field})-error">.*?</svg> (.*?)</p>', told.text)
    assert shown[2].startswith(wrong) and f'name="{field}"' in told.text and f'href="#{shown[1]}"' in told.text
    with read() as session:
        assert [message.receipt for message in deliveries.by_hand(session, notice)] == [None], "it still waits"


def test_a_form_is_first_said_to_be_sent_now(people, by_hand):
    case, *_ = by_hand
    with time_machine.travel(clock.now(), tick=False):
        page = people.browser("cora").get(f"/cases/{case}").text
        assert re.search(rf'<input[^>]*name="sent_at"[^>]*value="{clock.now():%Y-%m-%dT%H:%M}"', page)


def test_a_reply_that_is_carried_over_does_not_date_its_notice_anew(people, by_hand):
    case, notice, meant = by_hand
    send_form(people, case, "cora", meant)
    with read() as session:
        sent = session.get_one(Notice, notice)
    with time_machine.travel(clock.now() + timedelta(days=3), tick=True):
        replying.reply_to_company(notice, people.ids["cora"], "The seller has two more.")
        later = hidden(people.browser("cora").get(f"/cases/{case}").text, f"/cases/{case}/form-sent")
        assert send_form(people, case, "cora", later) == 302
    with read() as session:
        after = session.get_one(Notice, notice)
    assert (after.created_at, after.answer_by) == (sent.created_at, sent.answer_by)


def test_a_form_that_was_sent_before_its_notice_was_withdrawn_has_arrived(people, by_hand):
    case, notice, meant = by_hand
    answering.withdraw_notice(notice, people.ids["dan"], "A toy.")
    said = people.browser("cora").post(f"/cases/{case}/form-sent", data=meant, follow_redirects=True)
    assert said.status_code == 200 and "withdrawn in the meantime" in said.text and "has until" not in said.text
    with read() as session:
        message = deliveries.of_notice(session, notice)
        assert message is not None and message.state == "delivered"
        withdrawal = work.enqueued_within(session, "take_back_notice", notice, timedelta(minutes=1))
    assert withdrawal, "who has it is told"
    assert send_form(people, case, "dan", meant) == 409


def test_a_form_that_was_sent_before_a_newer_notice_has_arrived(people, by_hand):
    case, notice, meant = by_hand
    answering.answer_notice(notice, {"answer": "need_info", "reason": "Which?"}, Via.LINK)
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        newer = decide(people, case)
        said = people.browser("cora").post(f"/cases/{case}/form-sent", data=meant, follow_redirects=True)
    assert said.status_code == 200 and "Noted. A newer notice about the same listing replaces this one." in said.text
    with read() as session:
        assert deliveries.arrived(session, [notice, newer]).keys() == {notice}
