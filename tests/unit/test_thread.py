"""What stands in a notice's thread, and where a notice stands."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from server.core.words import Answer, NoticeState, Sender
from server.ledger.notices.thread import DETAILS, EntryKind, ThreadEntry, company_reference, replied_last, state, thread

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def later(hours: int) -> datetime:
    return AT + timedelta(hours=hours)


def answer(word: str, hours: int, **more: Any) -> SimpleNamespace:
    empty = dict.fromkeys(("reason", *DETAILS))
    return SimpleNamespace(**empty | {"answer": word, "via": "link", "at": later(hours), "actions": []} | more)


def reply(sender: str, text: str, hours: int) -> SimpleNamespace:
    return SimpleNamespace(
        sender=sender, text=text, message_id=None, mail_id=None, proven=True, withheld=False, at=later(hours)
    )


def test_it_holds_questions_replies_answers_and_the_withdrawal_in_order() -> None:
    answers = [answer("need_info", 1, reason="Which picture?"), answer("removed", 5), answer("reinstated", 8)]
    replies = [reply("coordinator", "The second one.", 2), reply("company", "Thank you.", 3)]
    entries = thread(answers, replies, later(9))
    assert [(entry.at, entry.sender, entry.kind, entry.text, entry.answer) for entry in entries] == [
        (later(1), Sender.COMPANY, EntryKind.QUESTION, "Which picture?", Answer.NEED_INFO),
        (later(2), Sender.COORDINATOR, EntryKind.REPLY, "The second one.", None),
        (later(3), Sender.COMPANY, EntryKind.REPLY, "Thank you.", None),
        (later(5), Sender.COMPANY, EntryKind.ANSWER, None, Answer.REMOVED),
        (later(8), Sender.COMPANY, EntryKind.ANSWER, None, Answer.REINSTATED),
        (later(9), Sender.COORDINATOR, EntryKind.WITHDRAWAL, None, None),
    ]
    assert thread([], [], None) == []


@pytest.mark.parametrize(
    ("word", "kind"),
    [(Answer.NEED_INFO, EntryKind.QUESTION), (Answer.CANNOT_LOCATE, EntryKind.QUESTION), (Answer.MOVED, EntryKind.QUESTION),
     *((each, EntryKind.ANSWER) for each in Answer if each not in ("need_info", "cannot_locate", "moved"))],
)  # fmt: skip
def test_an_answer_that_asks_something_of_us_is_a_question(word: Answer, kind: EntryKind) -> None:
    assert thread([answer(word, 0)], [], None)[0].kind is kind


def test_what_else_an_answer_states_stands_with_it_and_nothing_empty() -> None:
    stated = {"ground": "policy", "automated": False, "actions": ["hidden"], "company_reference": "M-7"}
    (entry,) = thread([answer("restricted", 0, **stated)], [], None)
    assert entry.details == stated and entry.proven and not entry.withheld
    assert thread([answer("restricted", 0)], [], None) == [
        ThreadEntry(AT, Sender.COMPANY, EntryKind.ANSWER, None, Answer.RESTRICTED, "link")
    ]


@pytest.mark.parametrize(
    ("word", "withdrawn", "replaced", "expected"),
    [
        (None, False, False, NoticeState.OPEN),
        (Answer.RECEIVED, False, False, NoticeState.OPEN),
        (Answer.PASSED_ON, False, False, NoticeState.OPEN),
        (Answer.NEED_INFO, False, False, NoticeState.ASKED),
        (Answer.CANNOT_LOCATE, False, False, NoticeState.ASKED),
        (Answer.MOVED, False, False, NoticeState.ASKED),
        (Answer.REMOVED, False, False, NoticeState.ANSWERED),
        (Answer.DUPLICATE, False, False, NoticeState.OPEN),
        (Answer.NEED_INFO, False, True, NoticeState.ANSWERED),
        (None, False, True, NoticeState.ANSWERED),
        (None, True, False, NoticeState.WITHDRAWN),
        (Answer.REMOVED, True, True, NoticeState.WITHDRAWN),
    ],
)
def test_where_a_notice_stands(word: Answer | None, withdrawn: bool, replaced: bool, expected: NoticeState) -> None:
    assert state(word, withdrawn=withdrawn, replaced=replaced) is expected


def test_a_reply_of_ours_is_the_last_word_until_the_company_says_more() -> None:
    question, ours = answer("need_info", 0), reply("coordinator", "The second.", 1)
    assert not replied_last([])
    assert not replied_last(thread([question], [], None))
    assert replied_last(thread([question], [ours], None))
    assert not replied_last(thread([question], [ours, reply("company", "Which?", 2)], None))
    assert not replied_last(thread([question, answer("removed", 2)], [ours], None))


def test_the_companys_own_number_is_the_one_it_stated_last() -> None:
    numbers = [
        answer("received", 0, company_reference="A"),
        answer("passed_on", 1, company_reference="B"),
        answer("need_info", 2, company_reference="C"),
        answer("removed", 3),
    ]
    assert company_reference(thread(numbers, [], None)) == "C"
    assert company_reference(thread(numbers[3:], [], None)) is None


@pytest.mark.parametrize(("mail_id", "via"), [("mail7", "mail"), (None, None)])
def test_a_reply_that_came_by_mail_says_so(mail_id: str | None, via: str | None) -> None:
    mailed = SimpleNamespace(**vars(reply("company", "Thank you.", 1)) | {"mail_id": mail_id, "proven": False})
    (entry,) = thread([], [mailed], None)
    assert (entry.via, entry.mail_id, entry.proven) == (via, mail_id, False)
