"""Ads known again by their text and their seller, reported by named people at different addresses."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from server.core import clock
from server.core.database import read, write
from server.core.words import LinkKind
from server.journeys.report import knowing_again, knowing_sellers, linking
from server.ledger.matches import common_texts, text
from server.ledger.matches.models import SELLER_KEYS_KEPT, Link, SellerKey, TextFingerprint
from server.ledger.matches.seller_store import MOST_SELLERS
from server.ledger.reports.models import Report
from tests.conftest import People
from tests.known_ads import PARROT, TUSK, ad
from tests.story import flag

Make = Callable[..., Any]
TITLE, _, WORDS = PARROT.partition("\n")


def links(*kinds: str) -> list[tuple[str, str, str, float]]:
    with read() as session:
        rows = select(Link.first_case_id, Link.second_case_id, Link.kind, Link.distance).order_by(Link.kind)
        return [tuple(row) for row in session.execute(rows) if not kinds or row.kind in kinds]


def count(model: Any) -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_an_edited_copy_is_linked_and_another_ad_is_not(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    first = flag(people, ad(report_json(), 1, title=TITLE, description=f"{WORDS} 1,250 euros each."))
    flag(people, ad(report_json(), 2, TUSK))
    copy = flag(
        people,
        ad(report_json(), 3, title=TITLE.upper(), description=f"🦜 {WORDS.replace('Big', 'Large')} 980 EUR each."),
    )
    assert not links()  # intake only asks for it
    work_all()
    [(a, b, kind, distance)] = links()
    assert {a, b} == {first, copy} and kind == "text" and 0 < distance < 0.2


def test_looking_again_changes_nothing(people: People, report_json: Make, work_all: Callable[[], int]) -> None:
    for number in (1, 2):
        flag(people, ad(report_json(), number, PARROT, seller={"name": "bird_man77"}))
    work_all()
    before = links(), count(TextFingerprint), count(SellerKey)
    with read() as session:
        reports = session.scalars(select(Report.id)).all()
    for report in reports:
        knowing_again.know_again(report)
    assert (links(), count(TextFingerprint), count(SellerKey)) == before
    assert [kind for _, _, kind, _ in before[0]] == ["seller", "text"]


def test_each_wording_of_a_case_is_found(people: People, report_json: Make, work_all: Callable[[], int]) -> None:
    case = flag(
        people,
        ad(
            report_json(),
            1,
            title="Parrots",
            description="A pair of cockatoos from Sulawesi, both with papers, only together.",
        ),
    )
    assert flag(people, ad(report_json(), 1, title=TITLE, description=WORDS)) == case
    assert flag(people, ad(report_json(), 1, title=TITLE, description=WORDS)) == case  # the same wording is kept once
    copy = flag(people, ad(report_json(), 2, title=TITLE, description=WORDS))
    work_all()
    assert [{a, b} for a, b, *_ in links("text")] == [{case, copy}]
    assert count(TextFingerprint) == 3


@pytest.mark.parametrize("listings", [
    [{"seller": {"name": "x", "url": "https://tradepost.test/usr/birdhouse"}}, {"seller": {"name": "y", "url": "https://www.tradepost.test/usr/birdhouse?tab=2"}}],
    [{"title": "Parrot, call 0170 1234567"}, {"title": "Carving", "description": "Tel. +49 170 1234567"}],
    [{"description": "bird.man@gmail.com"}, {"description": "write to birdman (at) gmail (dot) com"}],
    [{"description": "Telegram @parrot_king"}, {"seller": {"name": "Parrot_King"}, "description": "t.me/parrot_king"}],
])  # fmt: skip
def test_one_seller_is_linked(
    people: People, report_json: Make, work_all: Callable[[], int], listings: list[Any]
) -> None:
    cases = {flag(people, ad(report_json(), number, **listing)) for number, listing in enumerate(listings)}
    work_all()
    assert [({a, b}, kind, distance) for a, b, kind, distance in links()] == [(cases, "seller", 0)]


def test_nothing_of_a_seller_can_be_read_from_the_table(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    flag(people, ad(report_json(), 1, title="Parrot, call 0170 1234567", seller={"name": "bird_man77"}))
    work_all()
    with read() as session:
        kept = "".join(str(tuple(row)) for row in session.execute(select(SellerKey.__table__)))
    assert count(SellerKey) == 2 and "bird" not in kept and "1234567" not in kept


def test_a_help_line_under_very_many_sellers_links_nobody(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    for number in range(MOST_SELLERS + 1):
        flag(
            people,
            ad(
                report_json(),
                number,
                title=f"Item {number}. Questions? +49 30 9876543",
                seller={"name": f"seller_{number}"},
            ),
        )
        if number == 3:
            work_all()
            assert len(links("seller")) == 6  # nobody can know yet
    work_all()
    assert links("seller") == []
    flag(people, ad(report_json(), 999, title="Another. Questions? +49 30 9876543", seller={"name": "seller_0"}))
    work_all()
    [(_, _, kind, _)] = links()
    assert kind == "seller"  # by their name: that key is their own


def test_keys_of_sellers_expire_and_their_links_with_them(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    for number in (1, 2):
        flag(people, ad(report_json(), number, title=TITLE, description=f"{WORDS} +49 170 1234567"))
    work_all()
    assert len(links("seller")) == 1
    with write() as session:
        session.execute(update(SellerKey).values(seen_at=clock.now() - SELLER_KEYS_KEPT + timedelta(hours=1)))
    knowing_sellers.forget_seller_keys()
    assert len(links("seller")) == 1
    with write() as session:
        session.execute(update(SellerKey).values(seen_at=clock.now() - SELLER_KEYS_KEPT - timedelta(hours=1)))
    knowing_sellers.forget_seller_keys()
    assert count(SellerKey) == 0 and links("seller") == [] and len(links("text")) == 1


def test_the_privacy_page_says_how_long_they_are_kept(people: People) -> None:
    assert f"deleted {SELLER_KEYS_KEPT.days} days after" in people.app.test_client().get("/privacy").text


def test_a_link_made_by_hand_does_not_expire(people: People, report_json: Make, work_all: Callable[[], int]) -> None:
    for number in (1, 2):
        flag(people, ad(report_json(), number, description="+49 170 1234567"))
    work_all()
    with write() as session:
        session.execute(update(Link).values(linked_by=people.ids["cora"], why="The same garden in both pictures."))
        session.execute(update(SellerKey).values(seen_at=clock.now() - SELLER_KEYS_KEPT - timedelta(hours=1)))
    knowing_sellers.forget_seller_keys()
    assert len(links("seller")) == 1


def test_a_link_that_was_undone_stays_undone_when_the_same_seller_is_reported_again(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    first, second = (flag(people, ad(report_json(), number, description="+49 170 1234567")) for number in (1, 2))
    work_all()
    linking.undo_link(first, second, LinkKind.SELLER, people.ids["cora"], "A help line that both name.")
    with write() as session:
        session.execute(update(SellerKey).values(seen_at=clock.now() - SELLER_KEYS_KEPT - timedelta(hours=1)))
    knowing_sellers.forget_seller_keys()
    for number in (1, 2):
        flag(people, ad(report_json(), number, description="+49 170 1234567"))
    work_all()
    assert count(SellerKey) == 2
    with read() as session:
        assert session.scalars(select(Link.undone_by)).all() == [people.ids["cora"]]


def test_other_common_phrases_make_all_fingerprints_anew(
    people: People, report_json: Make, work_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        flag(people, ad(report_json(), number, title=TITLE, description=WORDS))
    work_all()
    monkeypatch.setattr(common_texts, "phrases", lambda: ("another", text.common(["whistle all morning", TITLE])))
    knowing_again.renew()
    with read() as session:
        assert set(session.scalars(select(TextFingerprint.version))) == {"another"}
    assert count(TextFingerprint) == 2 and len(links("text")) == 1


def test_a_new_secret_makes_the_keys_of_sellers_anew(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    first = flag(people, ad(report_json(), 1, description="+49 170 1234567"))
    work_all()
    people.app.config["SPOTTER"] = dataclasses.replace(
        people.app.config["SPOTTER"], secret_key="another secret of 32 characters"
    )
    second = flag(people, ad(report_json(), 2, description="0170 1234567"))
    work_all()
    knowing_again.renew()
    assert [({a, b}, kind) for a, b, kind, _ in links()] == [({first, second}, "seller")]
    with read() as session:
        assert len(set(session.scalars(select(SellerKey.key_id)))) == 1 and count(SellerKey) == 2
