"""Rings and innocent surges, side by side."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from server.ledger.alarms.surge import Reporter, Sign, surge

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
REASONS = (
    "A whole leopard skin with head and claws",
    "Seller says papers can be arranged later",
    "Six chicks in one basket, far too young",
    "The netsuke shows the cross lines of tusk",
    "Asks to be paid on another app, ships abroad",
    "Dried seahorses by the kilo, in bags",
    "Bangles in three sizes, grain seen in photo five",
    "Tortoises without marks, price for a dozen",
    "Carving called bone, yet schreger lines show",
    "Same cage as in the ad of last week",
    "Talks of CITES but shows a shop receipt",
    "Shark jaw of a great white, says the title",
)


def reporters(count: int, **more: object) -> list[Reporter]:
    """So many on probation, who joined on different days, report here and elsewhere, and give reasons of their own."""
    plain = Reporter(True, NOON, 1, 4, ())
    return [
        replace(plain, joined=NOON - timedelta(days=9 * place), reasons=(REASONS[place % 12],), **more)  # type: ignore[arg-type]
        for place in range(count)
    ]


RING = [replace(each, elsewhere=0, joined=NOON) for each in reporters(10)]
TRUSTED = [replace(each, new=False) for each in reporters(5)]
HONEST, SUSPICIOUS = [0.05], [0.8]


@pytest.mark.parametrize(
    ("what", "who", "words", "usual"),
    [
        ("a ring on an honest shop, each in their own words", RING, HONEST, 1.2),
        ("a ring whose accounts are older", [replace(each, elsewhere=0) for each in reporters(10)], HONEST, 1.2),
        ("a ring on a shop that sells bone", RING, SUSPICIOUS, 1.2),
        ("a ring that reports other sellers, too", [
            replace(each, reasons=("This is illegal ivory, remove it!",), joined=NOON) for each in reporters(10)
        ], HONEST, 1.2),
        ("a ring with one account that was trusted", [*RING, TRUSTED[0]], HONEST, 1.2),
        ("five accounts that report twice each", [replace(each, here=2) for each in RING[:5]], HONEST, 1.0),
    ],
)  # fmt: skip
def test_a_ring_raises_an_alarm(what: str, who: list[Reporter], words: list[float], usual: float) -> None:
    found = surge(who, words, usual)
    assert found and len(found.signs) >= 3 and found.accounts == len(who), what


@pytest.mark.parametrize(
    ("what", "who", "words", "usual"),
    [
        ("a class that begins its round with one search", [replace(e, in_round=True) for e in RING], SUSPICIOUS, 1.2),
        ("a class in a round, with the teacher's words", [
            replace(each, in_round=True, reasons=("Looks like ivory, as in the lesson",)) for each in RING
        ], SUSPICIOUS, 1.2),
        ("a news story: new and old accounts on one ad", [*reporters(8, elsewhere=0), *TRUSTED], SUSPICIOUS, 1.2),
        ("a news story: new accounts alone, over some months", reporters(12, elsewhere=0), SUSPICIOUS, 1.2),
        ("a sweep of a lead's team", [*reporters(6, here=3), *TRUSTED[:3]], SUSPICIOUS, 1.2),
        ("a busy seller, where many usually report", reporters(10, elsewhere=2), SUSPICIOUS, 3.0),
        ("one spotter who reports all that a seller offers", [replace(RING[0], here=40)], HONEST, 1.0),
        ("four friends", [replace(each, here=4) for each in RING[:4]], HONEST, 1.0),
        ("seven reports", RING[:7], HONEST, 1.0),
        ("nobody", [], [], 1.0),
    ],
)  # fmt: skip
def test_an_innocent_surge_raises_none(what: str, who: list[Reporter], words: list[float], usual: float) -> None:
    assert surge(who, words, usual) is None, what


@pytest.mark.parametrize(
    ("sign", "changed", "words", "usual"),
    [
        (Sign.ONLY_HERE, {"elsewhere": 40}, HONEST, 1.0),
        (Sign.JOINED_TOGETHER, None, HONEST, 1.0),
        (Sign.LITTLE_SAID, {}, SUSPICIOUS, 1.0),
        (Sign.MANY_AT_ONCE, {}, HONEST, 9.0),
        (Sign.SAME_WORDS, {}, HONEST, 1.0),
    ],
)
def test_each_sign_is_shown_when_it_is_there_alone(
    sign: Sign, changed: dict[str, object] | None, words: list[float], usual: float
) -> None:
    alike = [replace(each, reasons=("Remove this illegal ivory now",)) for each in RING]
    every = surge(alike, HONEST, 1.0)
    assert every and set(every.signs) == set(Sign)
    if changed is None:
        without = [replace(each, joined=NOON - timedelta(days=9 * place)) for place, each in enumerate(alike)]
    elif sign is Sign.SAME_WORDS:
        without = RING
    else:
        without = [replace(each, **changed) for each in alike]  # type: ignore[arg-type]
    found = surge(without, words, usual)
    assert found and set(found.signs) == set(Sign) - {sign}


SAME = "Remove this illegal ivory now"


def alike(count: int, **more: object) -> list[Reporter]:
    """A ring with every sign."""
    return [replace(RING[0], reasons=(SAME,), **more) for _ in range(count)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "who", "raised"),
    [
        ("eight reports are enough", alike(8), True),
        ("seven are not", alike(7), False),
        ("five new accounts are enough", alike(5, here=2), True),
        ("four are not", alike(4, here=2), False),
        ("eight of ten who report are new", [*alike(8), *TRUSTED[:2]], True),
        ("eight of eleven", [*alike(8), *TRUSTED[:3]], False),
        ("half take part in a round, which explains nothing", [
            replace(each, in_round=place < 4, joined=NOON - timedelta(days=9 * place)) for place, each in enumerate(alike(8))
        ], True),
        ("most take part in a round, and a sign is missing", [
            replace(each, in_round=place < 5, joined=NOON - timedelta(days=9 * place)) for place, each in enumerate(alike(8))
        ], False),
        ("most take part in a round, and every sign is there", [
            replace(each, in_round=place < 5) for place, each in enumerate(alike(8))
        ], True),
    ],
)  # fmt: skip
def test_how_many_make_a_surge(what: str, who: list[Reporter], raised: bool) -> None:
    assert (surge(who, HONEST, 1.0) is not None) is raised, what


@pytest.mark.parametrize(
    ("sign", "differs"),
    [
        (Sign.ONLY_HERE, {"elsewhere": 40}),
        (Sign.JOINED_TOGETHER, None),
        (Sign.SAME_WORDS, {"reasons": ("Six chicks in one basket",)}),
    ],
)
@pytest.mark.parametrize(("without", "shown"), [(3, True), (4, False)])
def test_seven_of_ten_new_accounts_must_show_a_sign(
    sign: Sign, differs: dict[str, object] | None, without: int, shown: bool
) -> None:
    def other(place: int) -> dict[str, object]:
        if sign is Sign.SAME_WORDS:
            return {"reasons": (REASONS[place],)}
        return differs or {"joined": NOON - timedelta(days=9 * (place + 1))}

    who = [replace(each, **other(place)) if place < without else each for place, each in enumerate(alike(10))]  # type: ignore[arg-type]
    found = surge(who, HONEST, 1.0)
    assert found and (sign in found.signs) is shown


TOGETHER = [NOON - timedelta(hours=48), NOON - timedelta(hours=48, minutes=1)]


@pytest.mark.parametrize(
    ("sign", "who", "words", "usual", "shown"),
    [
        # One report in five may be of another seller
        (Sign.ONLY_HERE, alike(8, here=4, elsewhere=1), HONEST, 1.0, True),
        (Sign.ONLY_HERE, alike(8, here=4, elsewhere=2), HONEST, 1.0, False),
        # Four times as many new accounts as usual
        (Sign.MANY_AT_ONCE, alike(8), HONEST, 2.0, True),
        (Sign.MANY_AT_ONCE, alike(8), HONEST, 2.1, False),
        # The words of half the ads stay below 0.3
        (Sign.LITTLE_SAID, alike(8), [0.1, 0.29, 0.9], 1.0, True),
        (Sign.LITTLE_SAID, alike(8), [0.1, 0.3, 0.9], 1.0, False),
        (Sign.LITTLE_SAID, alike(8), [], 1.0, False),
        # Opened within two days
        (Sign.JOINED_TOGETHER, [*alike(4), *alike(4, joined=TOGETHER[0])], HONEST, 1.0, True),
        (Sign.JOINED_TOGETHER, [*alike(4), *alike(4, joined=TOGETHER[1])], HONEST, 1.0, False),
    ],
)
def test_where_each_sign_begins(sign: Sign, who: list[Reporter], words: list[float], usual: float, shown: bool) -> None:
    found = surge(who, words, usual)
    assert found and (sign in found.signs) is shown


def worded(*reasons: str) -> list[Reporter]:
    """As many in each other's words as there are reasons, and with every other sign."""
    return [replace(RING[0], here=2, reasons=(reason,)) for reason in reasons]


@pytest.mark.parametrize(
    ("what", "who", "shown"),
    [
        ("three words of five in common", worded(*[f"tusk ivory cheap {word}" for word in ("a", "b", "c", "d", "e", "f")]), True),
        ("two of four", worded(*[f"tusk ivory {word}" for word in ("a", "b", "c", "d", "e", "f")]), False),
        ("no word at all", worded(*["…"] * 6), False),
        ("the third reason of each", [
            replace(RING[0], reasons=(f"a{place}", f"b{place}", SAME)) for place in range(8)
        ], True),
        ("a fourth is not read", [
            replace(RING[0], reasons=(f"a{place}", f"b{place}", f"c{place}", SAME)) for place in range(8)
        ], False),
        # Of many, forty are compared and stand for all: 28 of 40 are 35 of 50
        ("28 of the first forty", [*alike(28), *worded(*[f"word{place}" for place in range(22)])], True),
        ("27 of the first forty", [*alike(27), *worded(*[f"word{place}" for place in range(23)])], False),
    ],
)  # fmt: skip
def test_how_alike_reasons_must_be(what: str, who: list[Reporter], shown: bool) -> None:
    found = surge(who, HONEST, 1.0)
    assert found and (Sign.SAME_WORDS in found.signs) is shown, what
