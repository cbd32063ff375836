"""By what a seller is known again: the same key whatever the spelling, and none from what is a site's own."""

import pytest

from server.ledger.matches import sellers
from server.ledger.matches.sellers import Site

MERCADO = Site("mercado", ("mercado.test", "mercado.example"))


def found(wording: str = "", name: str | None = None, address: str | None = None, site: Site = MERCADO) -> list[str]:
    return [f"{key.kind} {key.value}" for key in sellers.keys(site, name, address, wording)]


@pytest.mark.parametrize("spellings", [
    ["Call 0170 1234567", "Tel. +49 170 1234567", "0049-170-1234567", "☎ (0170) 123 45 67", "whatsapp wa.me/491701234567",
     "phone: ＋４９ １７０ １２３４５６７", "0️⃣1️⃣7️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣ call", "هاتف ٠١٧٠١٢٣٤٥٦٧"],
    ["电话13812345678", "13812345678", "+86 138 1234 5678", "手机：138-1234-5678"],
    ["+65 9123 4567", "call 91234567", "Call: 9123-4567", "0065 9123 4567"],
    ["+41 79 123 45 67", "079 123 45 67"],
    ["(212) 555-1234", "+1 212 555 1234", "text me 212.555.1234"],
    ["bird.man@gmail.com", "BirdMan+parrots@googlemail.com", "bird.man (at) gmail (dot) com", "bird.man[at]gmail.com"],
    ["Telegram: @parrot_king", "t.me/parrot_king", "IG: Parrot_King", "write to @parrot_king!", "微信：parrot_king", "https://www.instagram.com/parrot_king/"],
    ["加微信 vx:niao2024abc", "wx: niao2024abc", "wechat id: niao2024abc"],
])  # fmt: skip
def test_one_contact_is_one_key_however_it_is_written(spellings: list[str]) -> None:
    keys = {spelling: found(spelling) for spelling in spellings}
    assert all(len(each) == 1 for each in keys.values()), keys
    assert len({each[0] for each in keys.values()}) == 1, keys


@pytest.mark.parametrize(
    ("wording", "keys"),
    [
        # The last nine figures of a number, so that two networks' numbers stay two
        ("+49 170 1234567, +49 160 1234567", ["phone 701234567", "phone 601234567"]),
        # With a word of the telephone before it: eight figures at least, three of them different
        ("call 123-4567", []),
        ("call 9123-4567", ["phone 91234567"]),
        ("call 12121212", []),
        ("call 12312312", ["phone 12312312"]),
        ("+123456789012345", ["phone 789012345"]),
        ("+1234567890123456", []),
        # Without one: a national number of nine to twelve figures behind its 0
        ("030 12345", []),
        ("030 123456", ["phone 30123456"]),
        ("0700 123456", ["phone 700123456"]),
        ("030 123456789", ["phone 123456789"]),
        ("030 1234567890", []),
        # What is no number hides none behind it
        ("000000000, +49 170 1234567", ["phone 701234567"]),
        ("0800 123 4567, +49 170 1234567", ["phone 701234567"]),
        ("+49 800 1234567, 8 800 123 45 67", []),
        ("no-reply@shop.test, bird@parrots.test", ["mail bird@parrots.test"]),
        # Of signs that repeat no handle is made
        ("@aabba", []),
        ("@aabbc", ["handle aabbc"]),
        ("@abcd", []),
    ],
)
def test_what_is_a_contact_and_what_is_not(wording: str, keys: list[str]) -> None:
    assert found(wording) == keys


def test_a_contact_in_the_name_counts_and_one_behind_the_longest_text_does_not() -> None:
    assert found(name="Anna 0170 1234567") == ["phone 701234567"]
    assert found("x" * (21_000 - 13) + " @parrot_king") == ["handle parrot_king"]
    assert found("x" * (21_000 - 12) + " @parrot_king") == ["handle parrot_kin"]


@pytest.mark.parametrize(
    ("site", "address", "account"),
    [
        (Site("www.shop.test"), "https://shop.test/usr/bird", "www.shop.test /usr/bird"),
        (Site("jp", ("jp.shop.test",)), "https://jp.shop.test/usr/bird", "jp /usr/bird"),
        (Site("jp", ("jp.shop.test",)), "https://www.shop.test/usr/bird", "shop.test /usr/bird"),
        (MERCADO, "http://192.0.2.7/usr/bird", "192.0.2.7 /usr/bird"),
        (MERCADO, "https://mercado.test/?user=bird", "mercado ?user=bird"),
        (MERCADO, "https://mercado.test/usr/bird#/tab?x=1", "mercado /usr/bird"),
    ],
)
def test_whose_site_an_account_is_on(site: Site, address: str, account: str) -> None:
    assert found(address=address, site=site) == [f"account {account}"]


def test_an_account_is_known_by_its_address_on_all_the_domains_of_its_platform() -> None:
    one = found(address="https://www.mercado.test/usr/birdhouse?_trksid=p20&tab=feedback")
    assert one == ["account mercado /usr/birdhouse"] == found(address="https://mercado.example/usr/birdhouse/")
    assert found(address="https://tradepost.test/usr/birdhouse") == ["account tradepost.test /usr/birdhouse"]
    assert found(address="https://shop.test/member.php?uid=7&utm_source=x", site=Site("shop.test")) == [
        "account shop.test /member.php?uid=7"
    ]


def test_a_user_name_is_known_on_its_own_site_alone() -> None:
    assert found(name="bird_man77") == ["account mercado bird_man77"] == found(name="Bird_Man77 ")
    assert found(name="bird_man77", site=Site("shop.test")) == ["account shop.test bird_man77"]


@pytest.mark.parametrize("name", ["Maria", "John Smith", "Maria S.", "Birds & more", "zoo", "商店"])
def test_a_name_that_many_have_is_none(name: str) -> None:
    assert found(name=name) == []


@pytest.mark.parametrize("wording", [
    "Price 1,250.00 EUR, 265370482805, 2026-11-27 10:00, 30 x 40 x 50 cm, 20 000 000 IDR",
    "ISBN 9783161484100, item 123456789012, lot 0012-3456-789, 1990-2020, 000000000, 12.12.2020 - 13.12.2020",
    "Free call 0800 123 4567 or 1-800-555-1212, 400-820-8820",
    "support@mercado.test, help@mail.mercado.example, no-reply@shop.test, noreply@parrots.test",
    "find us on @instagram, @facebook; instagram.com/explore, t.me/joinchat, facebook.com/marketplace",
    "Line: 40 cm long. Signal yellow. Size: 10-12. 2 @ 30 each. user@localhost",
    "https://www.mercado.test/itm/265370482805?hash=item3dc9f1",
])  # fmt: skip
def test_what_is_no_sellers_contact_is_no_key(wording: str) -> None:
    assert found(wording) == []


def test_a_front_page_or_a_broken_address_is_no_account() -> None:
    for address in ("https://www.mercado.test/", "https://www.mercado.test", "javascript:alert(1)", "https://", ""):
        assert found(address=address) == []


def test_sellers_of_one_key_are_told_apart_by_name_or_account() -> None:
    assert sellers.known_as(MERCADO, " Maria ", None) == sellers.known_as(
        MERCADO, "maria", "https://mercado.test/usr/m1"
    )
    assert sellers.known_as(MERCADO, None, "https://mercado.test/usr/m1") == "mercado /usr/m1"
    assert sellers.known_as(MERCADO, "  ", "https://mercado.test/usr/m1") == "mercado /usr/m1"
    assert sellers.known_as(MERCADO, None, None) is None


@pytest.mark.parametrize(
    "wording",
    ["@" * 9000, "1 " * 9000, "a@" * 9000, "0" * 20000, "+".join("12345678" * 900), "(at)" * 5000, "\ud800" * 500],
)
def test_hostile_texts_are_read_in_time_and_give_few_keys(wording: str) -> None:
    assert len(found(wording)) <= sellers.MOST


def test_many_contacts_are_cut_to_a_number() -> None:
    assert len(found(" ".join(f"+49 170 {n:07}" for n in range(1_000_001, 1_000_200)))) == sellers.MOST == 20
