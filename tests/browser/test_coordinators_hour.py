"""A coordinator's hour, by the keyboard alone: sixty cases with filters, bulk, undo, a second opinion, a company's question
and a complaint. In a real browser, with a worker that runs and a real mail server. Keys are counted.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from selenium.webdriver.common.keys import Keys
from sqlalchemy import select

from server.core import clock
from server.core.config import Settings
from server.core.database import read
from server.core.words import Via
from server.journeys.report import answering, complaining, decision
from server.ledger.cases.models import Case
from server.ledger.complaints.states import GAP
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from tests.browser import day
from tests.browser.chromium import until
from tests.browser.popup_rig import needs_chromium
from tests.conftest import People, settings_for
from tests.smtp_rig import MailServer, mail_server
from tests.story import decide, flag

pytestmark = [*needs_chromium, pytest.mark.timeout(600)]

LAMPS, PARROTS = 30, 30
SPOC, SELLER = "spoc@mercado.test", "seller@people.test"
QUESTION, REPLY = "Which of the birds do you mean?", "All of them: the second picture shows their rings."
CURRENT = "[data-case][aria-current]"


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def settings(database_url: str, tmp_path: Path, mail: MailServer) -> Settings:
    base = f"http://127.0.0.1:{day.free_port()}"
    more = {"SPOTTER_UNDO_SECONDS": "600", "SPOTTER_MAIL_URL": mail.url, "SPOTTER_BASE_URL": base}
    return settings_for(tmp_path, database_url, **more)


def seed(people: People, report_json: Callable[..., dict[str, Any]]) -> tuple[str, str]:
    """Thirty lamps at Tradepost, thirty parrots at Mercado; the company asks about one, the seller complains of another.

    The ids of those two cases.
    """
    for number in range(LAMPS):
        report = report_json(f"https://tradepost.test/ad/{100 + number}")
        report["listing"] |= {"title": f"Brass lamp {number}", "description": f"Rewired, no. {number}.", "seller": None}
        flag(people, report)
    parrots = []
    for number in range(PARROTS):
        report = report_json(f"https://mercado.test/itm/26537048{number:04}")
        report["listing"] |= {"title": f"Grey parrot {number}", "description": f"Tame, ring {number}.", "seller": None}
        parrots.append(flag(people, report))
    asked, objected = parrots[:2]
    notice_id = decide(people, asked, undo_until=clock.now())
    answering.answer_notice(notice_id, {"answer": "need_info", "reason": QUESTION}, Via.PORTAL, people.ids["mia"])
    decision.decide(
        objected, people.ids["dan"], decision="notify", note="It is one.", version=1, undo_until=clock.now()
    )
    complaining.complain("https://mercado.test/itm/265370480001", "It is a toy of felt.", SELLER)
    return asked, objected


def states() -> Counter[str]:
    with read() as session:
        return Counter(session.scalars(select(Case.state)))


def test_sixty_cases(app: Flask, people: People, report_json: Callable[..., dict[str, Any]], mail: MailServer) -> None:
    asked, objected = seed(people, report_json)
    assert states()["open"] == LAMPS + PARROTS - 1, "the question brought its case back"
    with day.at_work(app) as cora:
        cora.sign_in("cora")
        a_dozen_fits_on_a_laptop(cora)
        lamps_are_dismissed(cora)
        notified = a_notice_leaves_once(cora)
        second = a_second_opinion(cora)
        a_question_is_answered(cora, mail, asked)
        a_complaint_is_answered(cora, mail)
        print(f"{cora.keys} keys")
    assert (states()["closed"], states()["open"]) == (LAMPS, PARROTS - 4), states()
    with read() as session:
        noticed = set(session.scalars(select(Notice.case_id)))
        lamps = session.scalars(
            select(Report.status).join(Case, Case.id == Report.case_id).where(Case.state == "closed")
        )
        assert set(lamps) == {"dismissed"}
    assert noticed == {asked, objected, notified, second}, "nothing else has left"


def listed(cora: day.Hands) -> int:
    return len(cora.all("[data-case]"))


def a_dozen_fits_on_a_laptop(cora: day.Hands) -> None:
    """Of 1366 by 768, less what the browser takes; with pictures and reasons, fewer."""
    cora.driver.set_window_size(1366, 768)
    seen = "return [...document.querySelectorAll('.cases li')].filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"

    def in_sight() -> int:
        cora.driver.get(f"{cora.base}/cases")
        return int(cora.driver.execute_script(seen))

    assert in_sight() >= 12
    cora.one("details.narrow summary").click()
    cora.one("[name=density]").click()
    assert 2 <= in_sight() < 6 and cora.one(".cases .thumb").is_displayed()
    cora.one("details.narrow summary").click()
    cora.one("[name=density]").click()
    assert in_sight() >= 12
    cora.driver.set_window_size(1280, 1000)


def panel(cora: day.Hands, key: str) -> None:
    cora.press(key)
    cora.one("[data-pick]")


def lamps_are_dismissed(cora: day.Hands) -> None:
    """By a filter that stays: one by three keys, three at once, taken back, and all the others."""
    cora.driver.get(f"{cora.base}/cases")
    cora.focus(".queue-head details summary, details.narrow summary")
    cora.press(Keys.ENTER)
    cora.focus("#by-platform")
    cora.press("Tradepost")
    cora.focus("details.narrow form[method=get] button")
    cora.go(Keys.ENTER)

    def stays(number: int) -> None:
        assert "platform=tradepost" in cora.driver.current_url and listed(cora) == number

    stays(LAMPS)

    def one() -> None:
        panel(cora, "d")
        cora.press("1")
        cora.send()

    assert cora.counted(one) <= 3, "for a dismissal"
    cora.says("Decided: dismiss")
    stays(LAMPS - 1)
    assert cora.one("#case-name").is_displayed(), "the next case is shown"

    def three() -> None:
        for place in range(3):
            cora.press("x")
            if place < 2:
                was = cora.one(CURRENT).get_attribute("href")
                cora.press("j")
                until(lambda was=was: cora.one(CURRENT).get_attribute("href") != was, "the next case")
        page = cora.one("html")
        cora.press("d")
        cora.follow(page)
        cora.says("Dismiss 3 cases")
        cora.press("1")
        cora.send()

    assert cora.counted(three) <= 9, "for three dismissals at once"
    cora.says("Decided: dismiss 3 cases.")
    stays(LAMPS - 4)
    cora.go("z")
    cora.says("Undone: 3 decisions.")
    stays(LAMPS - 1)
    cora.press("e")
    cora.go("d")
    cora.says(f"Dismiss {LAMPS - 1} cases")
    cora.press("1")
    cora.send()
    cora.says("Nothing matches these filters.")
    with read() as session:
        dismissed = select(Report.id).where(Report.status == "dismissed")
        assert session.scalars(dismissed).all() == [], "nobody is told while it can be undone"
    day.let_the_undo_pass()
    until(day.nothing_waits, "all of it to take effect", seconds=200)


def write_notice(cora: day.Hands) -> None:
    panel(cora, "n")
    assert not cora.one("[name=good_faith]").is_selected(), "never preset"
    cora.press("t", Keys.SPACE, "1", "f", Keys.SPACE)
    cora.send()


def current(cora: day.Hands) -> str:
    return str(cora.one(CURRENT).get_attribute("href")).partition("?")[0].rpartition("/")[2]


def a_notice_leaves_once(cora: day.Hands) -> str:
    """Eight keys at most; taken back, nothing has been sent; sent again, it leaves once. The case's id."""
    cora.driver.get(f"{cora.base}/cases?platform=mercado")
    case_id, waiting = current(cora), listed(cora)
    assert cora.counted(lambda: write_notice(cora)) <= 8, "for a notice"
    cora.says("Nothing has been sent yet.")
    assert current(cora) != case_id and listed(cora) == waiting - 1 and "platform=mercado" in cora.driver.current_url
    cora.go("z")
    cora.says("Undone: 1 decision.")
    assert current(cora) == case_id and listed(cora) == waiting and "platform=mercado" in cora.driver.current_url
    write_notice(cora)
    with read() as session:
        assert case_id not in set(session.scalars(select(Notice.case_id))), "nothing has been sent"
    day.let_the_undo_pass()
    until(lambda: any(case_id == notice for notice in noticed()), "the notice", seconds=200)
    return case_id


def noticed() -> set[str]:
    with read() as session:
        return set(session.scalars(select(Notice.case_id)))


def a_second_opinion(cora: day.Hands) -> str:
    """Asked for by Cora, who then cannot decide; Dan does. The case's id."""
    cora.driver.get(f"{cora.base}/cases?platform=mercado")
    case_id = current(cora)
    panel(cora, "h")
    cora.focus("[name=why][value=second_opinion]")
    cora.press(Keys.SPACE)
    cora.focus("[name=reason]")
    cora.press("Is this the African grey?")
    cora.send()
    cora.says("Decided: hold")
    day.let_the_undo_pass()
    until(day.nothing_waits, "it to take effect", seconds=200)
    cora.driver.get(f"{cora.base}/cases/{case_id}")
    assert not cora.all("[data-key=n]")
    cora.says("You asked for a second opinion on this case. Another coordinator decides.")
    cora.sign_in("dan")
    cora.driver.get(f"{cora.base}/cases/{case_id}?tab=held")
    assert "Is this the African grey?" in cora.text()
    write_notice(cora)
    cora.says("Decided: notify")
    day.let_the_undo_pass()
    until(lambda: case_id in noticed(), "the notice", seconds=200)
    cora.sign_in("cora")
    return case_id


def a_question_is_answered(cora: day.Hands, mail: MailServer, asked: str) -> None:
    cora.driver.get(f"{cora.base}/cases?tab=questions")
    assert current(cora) == asked and QUESTION in cora.text()
    cora.focus("#thread [name=text]")
    cora.press(REPLY)
    cora.send()
    cora.says("It is the company’s turn.")
    until(lambda: day.mail_to(mail, SPOC, REPLY), "the reply by mail", seconds=200)


def a_complaint_is_answered(cora: day.Hands, mail: MailServer) -> None:
    cora.driver.get(f"{cora.base}/complaints")
    cora.focus("main a[href*='/complaints/']:not([href$='/new'])")
    cora.go(Keys.ENTER)
    cora.says("It is a toy of felt.")
    cora.focus("nav[aria-labelledby=found] a[href*='rejected']")
    cora.go(Keys.ENTER)
    cora.focus("[name=answer]")
    assert GAP in str(cora.one("[name=answer]").get_property("value")), "the draft leaves the reason to a person"
    cora.press("a", held=Keys.CONTROL)
    cora.press("We have looked again. A zoologist looked at it.")
    cora.send()
    until(lambda: day.mail_to(mail, SELLER, "A zoologist looked at it."), "the answer by mail", seconds=200)
