"""What a spotter is told is a code, and every code has its true sentence."""

import inspect
import string

import pytest

from server.core.sentences import Sentence
from server.core.words import Answer, FeedbackCode
from server.ledger.reports.feedback_words import IN_OWN_WORDS, SENTENCES, Entry, words

SAID = [
    (FeedbackCode.NOTICE_QUEUED, {}, "A coordinator decided to notify the company. We will tell you what it answers."),
    (FeedbackCode.HELD, {}, "A coordinator has looked and needs more time to decide."),
    (FeedbackCode.QUESTION_CLOSED, {}, "This question is closed."),
    (
        FeedbackCode.NOT_DELIVERED,
        {},
        "The notice could not be delivered. A coordinator looks for another way; nothing is lost.",
    ),
    (
        FeedbackCode.OVERDUE,
        {"company": "Mercado 100%", "answer_by": "2026-12-03"},
        "Mercado 100% did not tell us its decision by 3 December 2026.",
    ),
    (FeedbackCode.ANSWERED, {"company": "Mercado", "answer": "need_info"}, "Mercado answered: Need more info."),
    (
        FeedbackCode.STILL_THERE,
        {"day": "2026-11-09"},
        "Checked again on 9 November 2026: it is still there. A coordinator will look at it again.",
    ),
    (FeedbackCode.THERE_AGAIN, {"day": "2026-11-09"}, "Checked again on 9 November 2026: it is back online."),
    (FeedbackCode.CHECKED_PRESENT, {"day": "2026-11-09"}, "Checked again on 9 November 2026: it is still there."),
    (FeedbackCode.RETRACTED, {"why": "wrong_ad"}, "I withdraw this report. It is about the wrong ad."),
    (FeedbackCode.DOUBTED, {"why": "mistake"}, "This report was wrong. It was a mistake: this is not suspicious."),
    (FeedbackCode.DOUBT_READ, {}, "A coordinator has read that you think this report was wrong."),
    (FeedbackCode.CHECKED_GONE, {"day": "2026-11-09"}, "Checked again on 9 November 2026: it is gone."),
]


@pytest.mark.parametrize(("code", "params", "sentence"), SAID, ids=[code for code, *_ in SAID])
def test_a_code_with_its_parameters_is_a_sentence(code: FeedbackCode, params: dict[str, str], sentence: str) -> None:
    text = words(Entry(code, params))
    assert text == sentence
    assert isinstance(text, Sentence), "it is translated where it is shown"


def test_every_code_is_worded_or_in_a_persons_own_words() -> None:
    assert {code for code, *_ in SAID} == set(SENTENCES)
    assert set(SENTENCES) | set(IN_OWN_WORDS) == set(FeedbackCode)
    assert not set(SENTENCES) & set(IN_OWN_WORDS)


@pytest.mark.parametrize("code", SENTENCES, ids=str)
def test_every_sentence_says_each_of_its_parameters(code: FeedbackCode) -> None:
    params = next(params for of, params, _ in SAID if of == code)
    assert set(inspect.signature(SENTENCES[code]).parameters) == set(params)
    text = SENTENCES[code](**params)
    assert text[0] in string.ascii_uppercase and text.endswith(".")
    assert len(text.params) == len(params) and all(f"%({name})s" in text.message for name in text.params)


@pytest.mark.parametrize("answer", Answer, ids=str)
def test_every_answer_can_be_told(answer: Answer) -> None:
    text = words(Entry(FeedbackCode.ANSWERED, {"company": "Mercado", "answer": answer.value}))
    assert text.startswith("Mercado answered: ") and text.endswith(".")


@pytest.mark.parametrize("code", [*IN_OWN_WORDS, FeedbackCode.ANSWERED], ids=str)
def test_a_persons_own_words_stay_as_they_wrote_them(code: FeedbackCode) -> None:
    assert words(Entry(code, text="50% of it is bone %(company)s.")) == "50% of it is bone %(company)s."


def test_own_words_stand_behind_what_was_picked_and_alone_where_nothing_fitted() -> None:
    assert words(Entry(FeedbackCode.RETRACTED, {"why": "mistake"}, "50% of it is bone.")) == (
        "I withdraw this report. It was a mistake: this is not suspicious. 50% of it is bone."
    )
    assert words(Entry(FeedbackCode.DOUBTED, {"why": "other"}, "It is a toy.")) == "It is a toy."


@pytest.mark.parametrize(
    "entry",
    [
        Entry(FeedbackCode.QUESTION),
        Entry(FeedbackCode.OVERDUE, {"company": "Mercado"}),
        Entry(FeedbackCode.HELD, {"day": "2026-11-09"}),
        Entry(FeedbackCode.ANSWERED, {"company": "Mercado", "answer": "gladly"}),
    ],
    ids=lambda entry: entry.code,
)
def test_what_cannot_be_worded_is_refused_before_it_is_kept(entry: Entry) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        words(entry)
