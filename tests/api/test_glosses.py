"""Foreign words of a notice are explained wherever the company reads them: inbox, notice, link and mail, in its language."""

import html
from collections.abc import Callable
from typing import Any

from sqlalchemy import update

from server.core import languages
from server.core.config import Settings
from server.core.database import read, write
from server.ledger.companies.models import Spoc
from server.ledger.notices import link
from server.ledger.notices.models import Notice
from server.reads import glosses
from tests.conftest import People
from tests.story import mails, notify

Make = Callable[..., dict[str, Any]]
IVORY = {"title": "象牙手镯 62克", "description": "老料，包邮。", "language": "zh"}
SUSPICION = {"category": "product", "reason": "Ivory, I think.", "legality_evidence": "none"}
WORD = '<bdi dir="auto" lang="zh">象牙手镯</bdi>'
MEANT = f"“{WORD}” means <b>ivory</b>, <b>bracelet</b>"


def ivory(people: People, report_json: Make, **more: Any) -> str:
    return notify(people, report_json(listing=IVORY | more, suspicion=SUSPICION))


def test_the_inbox_the_notice_and_the_link_say_what_it_means(people: People, report_json: Make) -> None:
    notice_id = ivory(people, report_json)
    mia = people.browser("mia")
    for page in (
        mia.get("/notices"),
        mia.get(f"/notices/{notice_id}"),
        people.app.test_client().get(link.answer_url(notice_id)),
    ):
        assert page.text.count(MEANT) == 1


def test_in_the_readers_language(people: People, report_json: Make) -> None:
    ivory(people, report_json)
    page = people.browser("mia").get("/notices", headers={"Accept-Language": "fr"}).text
    assert f"«\u00a0{WORD}\u00a0» signifie <b>ivoire</b>, <b>bracelet</b>" in html.unescape(page)


def test_the_mail_says_it_too(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    ivory(people, report_json)
    work_all()
    mail = mails(settings, "spoc@mercado.test")[-1]
    text = mail.get_body(("plain",)).get_content()
    assert (
        "“象牙手镯” means ivory, bracelet" in text
        and "“象牙手镯” means ivory" in mail.get_body(("html",)).get_content()
    )
    assert "象牙" not in str(mail["Subject"])


def test_the_mail_names_species_and_populations_in_its_readers_language(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    with write() as session:
        session.execute(update(Spoc).values(languages=["fr"]))
    notify(people, report_json(listing={"title": "Indian star tortoise, young"}))
    work_all()
    text = " ".join(mails(settings, "spoc@mercado.test")[-1].get_body(("plain",)).get_content().split())
    assert "Tortue étoilée de l'Inde, Geochelone elegans CITES, annexe I, toutes les populations, depuis le" in text


def test_an_english_ad_is_not_explained_to_an_english_reader(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    mia = people.browser("mia")
    assert "gloss" not in mia.get("/notices").text + mia.get(f"/notices/{notice_id}").text


def test_a_title_that_was_left_out_is_explained_nowhere(people: People, report_json: Make) -> None:
    """Only what the notice says is explained: its document, never the case."""
    notice_id = ivory(people, report_json)
    with read() as session, languages.speaking("en"):
        document = session.get_one(Notice, notice_id).document
        assert glosses.lines(session, document) == ["“象牙手镯” means ivory, bracelet"]
        assert glosses.lines(session, document | {"listing": document["listing"] | {"title": None}}) == []
