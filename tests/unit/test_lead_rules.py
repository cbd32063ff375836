"""What may be asked of a lead, what a lead may say, and what becomes of it among a case's reasons."""

import pytest

from server.core.reasons import Reason, ReasonCode
from server.core.words import DismissReason, Refused
from server.ledger.cases import triage
from server.people.leads import rules
from server.people.leads.rules import Voice


@pytest.mark.parametrize(
    ("waiting", "lately", "may"),
    [(0, 0, True), (2, 9, True), (3, 3, False), (3, 0, False), (0, 10, False), (2, 10, False)],
)
def test_three_questions_wait_at_most_and_ten_are_asked_in_a_day(waiting: int, lately: int, may: bool) -> None:
    if may:
        rules.may_ask(waiting, lately)
        return
    with pytest.raises(Refused) as refused:
        rules.may_ask(waiting, lately)
    assert refused.value.kind == "too-many"


@pytest.mark.parametrize(
    ("said", "because", "kept"),
    [
        ("confirm", "", (Voice.CONFIRM, None)),
        ("confirm", "scam", (Voice.CONFIRM, None)),
        ("doubt", "scam", (Voice.DOUBT, DismissReason.SCAM)),
        ("doubt", "other", (Voice.DOUBT, DismissReason.OTHER)),
        ("doubt", "", None),
        ("doubt", "duplicate", None),
        ("doubt", "because", None),
        ("dismiss", "scam", None),
        ("", "", None),
    ],
)
def test_a_lead_says_that_they_would_report_it_or_why_they_doubt_it(
    said: str, because: str, kept: tuple[Voice, DismissReason | None] | None
) -> None:
    if kept:
        assert rules.statement(said, because) == kept
        return
    with pytest.raises(Refused) as refused:
        rules.statement(said, because)
    assert refused.value.kind == "invalid" and set(refused.value.errors) <= {"said", "because"}


@pytest.mark.parametrize(
    ("words", "kept"),
    [(" Is it? ", "Is it?"), ("x" * 2000, "x" * 2000), ("x" * 2001, None), ("", None), ("\u200b \n", None)],
)
def test_a_text_is_trimmed_and_bounded(words: str, kept: str | None) -> None:
    if kept:
        assert rules.text(words, "text") == kept
        return
    with pytest.raises(Refused) as refused:
        rules.text(words, "text")
    assert refused.value.kind == "invalid" and list(refused.value.errors) == ["text"]


FOR = Reason(ReasonCode.NO_PAPERS, 0.0)
AGAINST = Reason(ReasonCode.UNSURE, -0.4)
CONFIRM, DOUBT = ReasonCode.LEADS_CONFIRM, ReasonCode.LEADS_DOUBT


@pytest.mark.parametrize(
    ("confirm", "doubt", "codes"),
    [
        (0, 0, [FOR.code, AGAINST.code]),
        (2, 0, [CONFIRM, FOR.code, AGAINST.code]),
        (0, 1, [FOR.code, DOUBT, AGAINST.code]),
        (1, 1, [CONFIRM, FOR.code, DOUBT, AGAINST.code]),
    ],
)
def test_what_leads_say_stands_among_the_reasons_by_number_and_weighs_nothing(
    confirm: int, doubt: int, codes: list[ReasonCode]
) -> None:
    said = triage.said_by_leads([FOR, AGAINST], confirm, doubt)
    assert [reason.code for reason in said] == codes
    numbers = {
        reason.code: (reason.weight, reason.params["number"]) for reason in said if reason.code in triage.OF_LEADS
    }
    assert numbers == {code: (0.0, n) for code, n in ((CONFIRM, confirm), (DOUBT, doubt)) if n}
    assert triage.said_by_leads(said, 0, 0) == (FOR, AGAINST), "and is replaced whole"


def test_no_other_judgement_of_a_case_loses_what_leads_say_but_its_return() -> None:
    judged = triage.prioritise(triage.Signals(category="live", words_score=0.4))
    reasons = triage.said_by_leads(judged.reasons, 1, 2)
    kept = [
        triage.corroborated(judged.signals, reasons, 2, trusted=False),
        triage.by_a_ring(judged.signals, reasons, 1, trusted=False, ring=True),
        triage.learned(judged.signals, reasons, 0.5, ()),
        triage.reworded(judged, judged.signals, reasons, returned=False),
    ]
    for judgement in kept:
        assert {CONFIRM, DOUBT} <= {reason.code for reason in judgement.reasons}
    back = triage.reworded(judged, judged.signals, reasons, returned=True)
    assert not {CONFIRM, DOUBT} & {reason.code for reason in back.reasons}
