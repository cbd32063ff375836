"""What a decision, and what came of it, teaches about an ad."""

from typing import Any

import pytest

from server.core.words import Answer, CheckState, Decision, DismissReason
from server.ledger.learning import labels, persons
from server.ledger.learning.labels import label

NOTIFY, DISMISS = Decision.NOTIFY, Decision.DISMISS


@pytest.mark.parametrize(
    ("what", "decision", "more", "expected"),
    [
        ("nothing came yet", NOTIFY, {}, (True, 0.7)),
        ("removed", NOTIFY, {"answer": Answer.REMOVED}, (True, 1.0)),
        ("the account is suspended", NOTIFY, {"answer": Answer.ACCOUNT_SUSPENDED}, (True, 1.0)),
        ("restricted", NOTIFY, {"answer": Answer.RESTRICTED}, (True, 1.0)),
        ("found gone, without an answer", NOTIFY, {"check": CheckState.GONE}, (True, 1.0)),
        ("gone before anybody acted", NOTIFY, {"answer": Answer.ALREADY_GONE}, (True, 0.7)),
        ("gone before, and found gone", NOTIFY, {"answer": Answer.ALREADY_GONE, "check": CheckState.GONE}, (True, 0.7)),
        ("a question", NOTIFY, {"answer": Answer.NEED_INFO}, (True, 0.7)),
        ("found still there", NOTIFY, {"check": CheckState.PRESENT}, (True, 0.7)),
        ("kept", NOTIFY, {"answer": Answer.NOT_VIOLATING}, (False, 0.5)),
        ("kept, then found gone", NOTIFY, {"answer": Answer.NOT_VIOLATING, "check": CheckState.GONE}, (False, 0.5)),
        ("put back", NOTIFY, {"answer": Answer.REINSTATED}, (False, 0.5)),
        ("withdrawn", NOTIFY, {"withdrawn": True, "answer": Answer.REMOVED}, (False, 1.0)),
        ("to the wrong company", NOTIFY, {"withdrawn": True, "recalled": True, "answer": Answer.NOT_VIOLATING}, None),
        ("a question to the spotter", Decision.ASK, {}, None),
        ("held", Decision.HOLD, {}, None),
        *(
            (f"dismissed: {because}", DISMISS, {"because": because}, (False, 0.7) if about else None)
            for because, about in [
                (DismissReason.INNOCENT_WORD, True),
                (DismissReason.NOT_PROTECTED, True),
                (DismissReason.LOOK_ALIKE, True),
                (DismissReason.NOT_OFFERED, True),
                (DismissReason.TOO_LITTLE, False),
                (DismissReason.SCAM, False),
                (DismissReason.DUPLICATE, False),
                (DismissReason.OTHER, False),
                (None, False),
            ]
        ),
    ],
)
def test_what_came_of_a_decision_is_its_label(
    what: str, decision: Decision, more: dict[str, Any], expected: tuple[bool, float] | None
) -> None:
    assert label(decision, **more) == expected, what


def test_every_reason_of_a_dismissal_either_is_about_the_ad_or_is_not() -> None:
    assert set(DismissReason) > labels.ABOUT_THE_AD


@pytest.mark.parametrize(
    ("text", "names", "gone"),
    [
        ("Ivory bangle. Mail karen.b@people.test now", (), ["karen", "people"]),
        ("Ivory bangle. Call +45 20 30 40 50 or 0207 946 0000", (), ["20", "946", "0207"]),
        ("Ivory bangle, see https://shop.test/karen?x=1", (), ["shop", "karen"]),
        ("Ivory bangle @karen_b on the other app", (), ["karen"]),
        ("象牙karen@people.test联系 Ivory bangle", (), ["karen", "people"]),
        ("Karen Blixen sells an ivory bangle. Ask karen blixen", ("Karen Blixen",), ["karen", "blixen"]),
        ("Ivory bangle from karen_b", ("karen_b",), ["karen"]),
    ],
)
def test_what_says_who_somebody_is_is_gone_and_the_goods_stay(
    text: str, names: tuple[str, ...], gone: list[str]
) -> None:
    left = persons.without(text, names).lower()
    assert not [word for word in gone if word in left], left
    assert "ivory bangle" in left


def test_a_price_a_year_and_a_weight_stay() -> None:
    text = "Carved ivory, c. 1890, 12,500 USD, 340 g, 14k gold"
    assert persons.without(text, [None, ""]) == text


@pytest.mark.parametrize("piece", ["a", "@", "a@", "1 ", "1.", "+1(", "www."])
def test_a_hostile_text_takes_no_longer_for_being_hostile(piece: str) -> None:
    assert len(persons.without(piece * 100_000)) < 400_000  # a quadratic pattern would take the timeout of the tests
