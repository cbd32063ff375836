"""Zephyrine is named in every text that anybody could write; once she is erased, no file on the disk names her."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import JSON, Column, event, select
from sqlalchemy.orm import Session

from server.core import clock, personal, post, urls
from server.core.config import Settings
from server.core.database import db, insert, new_id, read, write
from server.core.striking import Striking, kept_open, moved
from server.core.words import Level, Via
from server.journeys.report import answering, complaining
from server.journeys.spotter import accrediting, erasing, joining, striking_out
from server.ledger.cases.models import Case, CaseDecision
from server.ledger.listings.models import Listing
from server.ledger.reports.models import Report
from server.ledger.species.models import AddedTerm
from server.people.accounts.models import Account
from tests.conftest import PASSWORD
from tests.erasures import ADDRESS, WORDS, columns_holding, zephyrine  # noqa: F401
from tests.story import decide, flag, mails

CANARY = (
    "zephyrine, ZEPHYRINE_Vexwold and Quillfeather (Zephyrine%40people.test); Ms Vexwold phoned. Vexwold, Zephyrine; "
    "ＶＥＸＷＯＬＤ, Ｖｅｘｗｏｌｄ, V e x w o l d, vexwold's"
)
ADDRESS_OF_AD = "https://mercado.test/itm/Zephyrine-Vexwold/265371190?by=Zephyrine%40people.test&to=quillfeather&of=%56exwold#Vexwold"
PIECES = tuple(
    word.lower()
    for word in (
        *WORDS,
        "zephyrine",
        "vexwold",
        "zephyrine%40people.test",
        "ｖｅｘｗｏｌｄ",
        "v e x w o l d",
        "%56exwold",
    )
)


def plant() -> set[str]:
    """Name her in every column out of which erasure strikes names, whoever's row it is; the columns."""
    planted = set()
    with write() as session:
        for table, keeping in personal.tables().items():
            for name, field in keeping.fields.items():
                column = table.c[name]
                if not field.struck or column.unique:
                    continue
                if session.execute(table.update().values({name: _planted(session, column)})).rowcount:
                    planted.add(f"{table.name}.{name}")
        listings = db.metadata.tables["listings"]
        session.execute(listings.update().values(key="url:https://mercado.test/zephyrine/" + listings.c.id))
    return planted


def _planted(session: Session, column: Column[Any]) -> Any:
    """A value of its kind that names her."""
    if isinstance(column.type, JSON):
        value = session.scalar(select(column).limit(1))
        return [*value, CANARY] if isinstance(value, list) else (value or {}) | {CANARY: [{"deep": CANARY}]}
    text = ADDRESS_OF_AD if "url" in column.name or column.name == "about" else CANARY
    return text[: getattr(column.type, "length", None)]


def files_naming_her(settings: Settings) -> set[str]:
    """The files of the data folder in whose bytes she stands, and the mails whose texts name her."""
    found = set()
    for path in Path(settings.data_dir).rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            if path.suffix == ".eml":
                message = message_from_bytes(path.read_bytes(), policy=policy.default)
                content += b"".join(
                    part.get_content().lower().encode()
                    for part in message.walk()
                    if part.get_content_maintype() == "text"
                )
            if any(piece.encode() in content for piece in PIECES):
                found.add(path.suffix)
    return found


def write_mails(app: Flask) -> None:
    with app.app_context():
        for number, to in enumerate((ADDRESS, "ana@people.test")):
            post.send(to, "About a report", f"For {CANARY}", f"<p>{CANARY}</p>", message_id=f"<canary{number}@x.test>")


def erased(app: Flask, person: Any, people: Any, work_all: Callable[[], Any]) -> None:
    """What others write in the course of a case, her names in all of it, and her erasure."""
    work_all()  # the notice goes out
    answering.answer_notice(
        person.notice, {"answer": "removed", "reason": "Not allowed here."}, Via.PORTAL, people.ids["mia"]
    )
    complaining.complain(ADDRESS_OF_AD, "It is a toy.", "seller@market.test")
    with write() as session:
        insert(
            session,
            AddedTerm,
            {"id": new_id(), "text": "xq", "key": "xq", "language": "en", "taxa": [], "source": "a", "at": clock.now()},
        )
    planted = plant()
    assert planted and len(columns_holding(PIECES)) >= 40
    write_mails(app)
    erasing.erase(person.id, people.ids["cora"])
    db.session.close()


def test_no_table_no_mail_and_no_byte_on_the_disk_names_somebody_who_is_erased(
    app, zephyrine, people, work_all, settings, request
) -> None:
    erased(app, zephyrine, people, work_all)
    assert columns_holding(PIECES) == set()
    if not request.config.getoption("--postgresql"):
        assert files_naming_her(settings) == set()
    assert mails(settings, ADDRESS) == []
    assert "[erased]" in mails(settings, "ana@people.test")[-1].get_body(("plain",)).get_content()
    answer = people.browser("cora").get(f"/cases/{zephyrine.case}")
    page = answer.text.lower()
    assert answer.status_code == 200
    assert "zephyrine" not in page and "[erased]" in page


def _old_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA secure_delete=OFF"))
    db.engine.dispose()


MUTATIONS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "the log is left": lambda patch: patch.setattr(erasing, "empty_log", lambda: False),
    "free pages are left": _old_pages,
    "others' texts are left": lambda patch: patch.setattr(striking_out.StrikingOut, "near", lambda _, text: text),
    "mails are left": lambda patch: patch.setattr(erasing.mail_folder, "take_out", lambda *_: None),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_the_search_finds_her_when_a_step_is_missing(
    app, zephyrine, people, work_all, settings, monkeypatch, request, mutation
) -> None:
    if request.config.getoption("--postgresql"):
        pytest.skip("SQLite only: the test reads its file")
    MUTATIONS[mutation](monkeypatch)
    erased(app, zephyrine, people, work_all)
    assert columns_holding(PIECES) or files_naming_her(settings)


@pytest.mark.parametrize(
    ("text", "near", "anywhere"),
    [
        ("Ms Zwackhaus phoned", "Ms [erased] phoned", "Ms Zwackhaus phoned"),
        ("Rosa will send a photo", "Rosa will send a photo", "Rosa will send a photo"),
        (
            "Ms. Rosa will send it. Hello Rosa!",
            "Ms. [erased] will send it. Hello [erased]!",
            "Ms. Rosa will send it. Hello Rosa!",
        ),
        ("by Zwackhaus, Rosa", "by [erased]", "by [erased]"),
        ("ＺＷＡＣＫＨＡＵＳ, Z w a c k h a u s", "[erased], [erased]", "ＺＷＡＣＫＨＡＵＳ, Z w a c k h a u s"),
        ("http://x.test/u?n=%5Awackhaus&k=1", "http://x.test/u?n=[erased]&k=1", "http://x.test/u?n=%5Awackhaus&k=1"),
        (
            "pink (rosa) ivory at 5 % off & more",
            "pink (rosa) ivory at 5 % off & more",
            "pink (rosa) ivory at 5 % off & more",
        ),
        ("Zw4ckhaus, rosazwackhaus", "[erased], [erased]", "Zw4ckhaus, [erased]"),
    ],
)
def test_a_part_of_a_name_is_struck_where_it_names_the_person(text: str, near: str, anywhere: str) -> None:
    striking = striking_out.StrikingOut({"Rosa Zwackhaus"}, "z@x.test", {"rosa"})
    assert (striking.near(text), striking.anywhere(text)) == (near, anywhere)


@pytest.mark.parametrize(
    ("text", "near", "anywhere"),
    [
        ("ZÉPHYRINE vexwold's", "[erased]'s", "[erased]'s"),
        ("of zephyrine42 and Zephyrines", "of [erased]42 and Zephyrines", "of zephyrine42 and Zephyrines"),
        ("/shop/zephyrine%20vexwold?by=Z%40x.test", "/shop/[erased]?by=[erased]", "/shop/[erased]?by=[erased]"),
        ("Rosa saw pink ivory", "Rosa saw pink ivory", "Rosa saw pink ivory"),
        ("Write to z@x.test.", "Write to [erased].", "Write to [erased]."),
        ("az@x.test is another", "az@x.test is another", "az@x.test is another"),
        ("王小明看到了", "[erased]看到了", "王小明看到了"),
    ],
)
def test_a_name_is_struck_however_it_is_written_where_it_means_the_person(text: str, near: str, anywhere: str) -> None:
    striking = Striking({"Zephyrine", "Zephyrine Vexwold", "Rosa", "王小明"}, "z@x.test", {"rosa"})
    assert (striking.near(text), striking.anywhere(text)) == (near, anywhere)
    assert all(needle == needle.lower() for needle in striking.needles())


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("https://www.ricardo.ch/de/a/1", "https://www.ricardo.ch/de/a/1"),
        ("HTTPS://Ricardo.ch:8443/ricardo-alves?by=Ricardo&n=1#alves", "HTTPS://Ricardo.ch:8443/[erased]?by=[erased]&n=1#[erased]"),
        ("https://ricardo.ch?%52icardo%0A", "https://ricardo.ch/[erased]"),
        ("https://alves.test/" + "a-alves/" * 500, "https://alves.test/[erased]"),
        ("See https://www.ricardo.ch/de/a/1", "See https://www.[erased].ch/de/a/1"),
        ("https://ricardo@ricardo.ch/", "https://[erased]@[erased].ch/"),
    ],
)  # fmt: skip
def test_an_address_stays_an_address_of_its_site(address: str, left: str) -> None:
    striking = striking_out.StrikingOut({"Ricardo Alves"}, "r@x.test")
    assert kept_open(striking.near)(address) == left


def test_the_site_of_an_ad_that_is_called_like_the_person_is_still_known(people, report_json) -> None:
    people.ids["ricardo"] = joining.add_account("ricardo@people.test", "Ricardo Alves", "spotter", PASSWORD)
    accrediting.accredit_by_email(
        "ricardo@people.test", "cora@people.test", "Careful.", Level.TRUSTED, waive_exam=True, second="dan@people.test"
    )
    ids = [
        flag(people, report_json(url), "ricardo")
        for url in (
            "https://www.ricardo.ch/alves/1?b=2",
            "https://mercado.test/itm/ricardo/265370482805",
            "https://www.ricardo.ch/ricardo/1?b=2",
        )
    ]
    with write() as session:
        numbered = session.get_one(Listing, session.get_one(Case, ids[1]).listing_id)
        numbered.key, numbered.number = "ricardo:ricardo.ch:alves-7", "alves-7"
    erasing.erase(people.ids["ricardo"], people.ids["cora"])
    with read() as session:
        case, other, alike = (session.get_one(Case, case_id) for case_id in ids)
        listing = session.get_one(Listing, case.listing_id)
        assert case.host == urls.read(listing.url).host == "www.ricardo.ch"
        assert listing.url == session.scalars(select(Report.url).where(Report.case_id == case.id)).one()
        assert listing.key == "url:https://www.ricardo.ch/[erased]/1?b=2"
        assert session.get_one(Listing, other.listing_id).key == "ricardo:ricardo.ch:[erased]-7"
        same = session.get_one(Listing, alike.listing_id)
        assert same.url == listing.url and same.key == f"{listing.key} {same.id}", "its key alone tells it apart"
    assert people.browser("cora").get(f"/cases/{case.id}").status_code == 200


def test_the_marked_words_of_an_ad_are_marked_where_they_stand_now(people, report_json) -> None:
    joining.add_account("ricardo@people.test", "Ricardo Alves", "spotter", PASSWORD)
    report = report_json()
    report["listing"] |= {
        "title": "",
        "description": "Ricardo Alves sells a grey parrot, says Ricardo Alves. Ivory too.",
    }
    case_id = flag(people, report)
    decide(people, case_id)
    before = marked(case_id)
    assert {"grey parrot", "Ivory"} <= set(before)
    with read() as session:
        ricardo = session.scalars(select(Account.id).where(Account.name == "Ricardo Alves")).one()
    erasing.erase(ricardo, people.ids["cora"])
    assert marked(case_id) == before


def marked(case_id: str) -> list[str]:
    """The words that are marked in a case, and the same in the snapshot of its decision."""
    with read() as session:
        case = session.get_one(Case, case_id)
        kept = session.scalars(select(CaseDecision.snapshot).where(CaseDecision.case_id == case_id)).one()
        words, then = (
            [text[start:end] for start, end, *_ in places]
            for text, places in ((case.text, case.matches), (kept["text"], kept["matches"]))
        )
    assert words == then
    return words


@pytest.mark.parametrize(
    ("text", "left", "words"),
    [
        ("Ana sells ivory to Ana", "[erased] sells ivory to [erased]", ["ivory"]),
        ("ivory ring of Ana, ivory", "ivory ring of [erased], ivory", ["ivory", "ivory"]),
        ("Ana ivory, Ana Ivory", "[erased], [erased]", []),
        ("[erased] had ivory of Ana", "[erased] had ivory of [erased]", ["ivory"]),
        ("?%41na=%62 ivory. Ana has ivory", "?[erased]=b ivory. [erased] has ivory", ["ivory"]),
        ("ivory", "ivory", ["ivory"]),
    ],
)
def test_places_follow_their_words(text: str, left: str, words: list[str]) -> None:
    places = [[found.start(), found.end(), "product", "en"] for found in re.finditer("ivory", text)]
    kept = moved(places, text, left)
    assert [left[start:end] for start, end, *_ in kept] == words and all(
        rest == ["product", "en"] for _, _, *rest in kept
    )
