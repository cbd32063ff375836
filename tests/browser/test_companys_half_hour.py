"""A company's half hour: forty notices answered by keys and by a table, a question and its reply, an event to its webhook.

In a real browser, with a worker that runs, a real mail server and a receiver that verifies with the reference library. Mia
answers for the company; afterwards Ana, who reported, and Cora, who coordinates, look at what became of it in that browser.
"""

import re
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from selenium.webdriver.common.keys import Keys
from sqlalchemy import func, select

from server.core import clock
from server.core.config import Settings
from server.core.database import read
from server.core.words import Scope
from server.journeys.report import replying
from server.ledger.notices.models import GivenAnswer, Notice
from server.ledger.reports.models import Report
from tests.browser import day
from tests.browser.chromium import until
from tests.browser.popup_rig import needs_chromium
from tests.conftest import People, settings_for
from tests.receiving import Receiver, name_webhook, receiver
from tests.smtp_rig import MailServer, mail_server
from tests.story import decide, flag
from tests.workbooks import filled

pytestmark = [*needs_chromium, pytest.mark.timeout(600)]

NOTICES, TICKED, KEPT = 40, 5, 4
SPOC = "spoc@mercado.test"
QUESTION, REPLY = "Which of the birds do you mean?", "All of them: the second picture shows their rings."
BY_WEBHOOK = 7  # the number of the ad that is in Portuguese, for which the company named a webhook


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with receiver(monkeypatch) as running:
        yield running


@pytest.fixture
def settings(database_url: str, tmp_path: Path, mail: MailServer) -> Settings:
    base = f"http://127.0.0.1:{day.free_port()}"
    return settings_for(
        tmp_path, database_url, SPOTTER_UNDO_SECONDS="10", SPOTTER_MAIL_URL=mail.url, SPOTTER_BASE_URL=base
    )


def answers() -> Counter[str]:
    """What counts: how many notices have which answer."""
    with read() as session:
        return Counter(session.scalars(select(Notice.answer).where(Notice.answer.is_not(None))))


def waiting() -> list[str]:
    with read() as session:
        return list(
            session.scalars(
                select(Notice.reference).where(Notice.answer.is_(None)).order_by(Notice.answer_by, Notice.id)
            )
        )


def test_forty_notices_by_keys_and_by_a_table(
    app: Flask,
    people: People,
    report_json: Callable[..., dict[str, Any]],
    mail: MailServer,
    hook: Receiver,
    tmp_path: Path,
) -> None:
    name_webhook(hook.address, limits="languages: [pt]")
    notices = []
    for number in range(NOTICES):
        report = report_json(f"https://mercado.test/itm/26537048{number:04}")
        report["listing"] |= {"title": f"Grey parrot {number}", "description": f"Tame, ring {number}.", "seller": None}
        report["listing"]["language"] = "pt" if number == BY_WEBHOOK else "en"
        notices.append(decide(people, flag(people, report), undo_until=clock.now()))
    with day.at_work(app) as mia:
        asked = a_question_behind_the_link(mia, people, mail)
        its_system_is_told(hook, notices[BY_WEBHOOK])
        mia.sign_in("mia")
        five_by_keys(mia)
        the_rest_by_a_table(mia, tmp_path)
        assert answers() == {"need_info": 1}, "nothing counts while it can be undone"
        with read() as session:
            assert set(session.scalars(select(Report.status))) == {"notified", "in_review"}, "and nobody is told"
        day.let_the_undo_pass()
        until(lambda: answers().total() == NOTICES, "each answer to count", seconds=200)
        its_reply_is_read_and_the_notice_answered(mia, asked)
        until(lambda: answers()["removed"] == NOTICES - KEPT, "the last answer")
        mia.driver.get(f"{mia.base}/figures/own")
        mia.says(f"Of {NOTICES} notices")
        ana_and_cora_see_it(mia)
    everything_is_counted(people)


def a_question_behind_the_link(mia: day.Hands, people: People, mail: MailServer) -> str:
    """A notice's mail, its link, a question; the coordinator's reply comes in the same thread. The notice's id."""
    notice = until(lambda: day.mail_to(mail, SPOC, "/answers/"), "a notice by mail", seconds=200)[0]
    address = re.search(r"http\S+/answers/\S+", day.plain(notice))
    assert address
    mia.driver.get(address[0])
    mia.focus("[name=answer][value=need_info]")
    mia.press(Keys.SPACE)
    mia.focus("[name=reason]")
    mia.press(QUESTION)
    mia.send()
    with read() as session:
        asked = session.scalars(select(Notice).where(Notice.answer == "need_info")).one()
    assert asked.reference in str(notice["Subject"])
    replying.reply_to_company(asked.id, people.ids["cora"], REPLY)
    reply = until(lambda: day.mail_to(mail, SPOC, REPLY), "the reply by mail", seconds=200)[0]
    assert reply["In-Reply-To"] == notice["Message-ID"]
    return asked.id


def its_system_is_told(hook: Receiver, notice_id: str) -> None:
    """Of the one notice that goes by webhook: signed, and believed by the reference library."""
    until(lambda: hook.taken, "the event", seconds=200)
    assert (hook.types(), hook.refused) == (["notice.created"], [])
    assert hook.taken[0][1]["data"]["id"] == notice_id


def five_by_keys(mia: day.Hands) -> None:
    """Ticked and answered, taken back, and answered again; the search stays."""
    mia.driver.get(f"{mia.base}/notices?tab=open&q=parrot")
    mia.says(f"{NOTICES - 1} notices wait for your answer")

    def answer() -> None:
        mia.press("j", "x", *"jjjj")
        mia.press("x", held=Keys.SHIFT)
        mia.press("1")
        mia.send()
        mia.says(f"{TICKED} notices answered. Nobody has been told yet.")

    assert mia.counted(answer) == 9, "for five notices"
    assert f"{NOTICES - 1 - TICKED} notices wait" in mia.text() and "q=parrot" in mia.driver.current_url
    mia.go("z")
    mia.says(f"Undone: {TICKED} answers. Nobody was told.")
    assert f"{NOTICES - 1} notices wait" in mia.text() and "q=parrot" in mia.driver.current_url
    answer()


def the_rest_by_a_table(mia: day.Hands, folder: Path) -> None:
    """Downloaded, filled in, sent, taken back by one key, and sent again."""
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in mia.driver.get_cookies())
    request = urllib.request.Request(f"{mia.base}/notices/file/notices.xlsx", headers={"Cookie": cookie})
    with urllib.request.urlopen(request) as sheet:
        data = sheet.read()
    left = waiting()[TICKED:]
    filled_in = {reference: {"Your answer": "Removed"} for reference in left}
    for reference in left[:KEPT]:
        filled_in[reference] = {"Your answer": "No violation found", "Reason": "A toy of felt."}
    table = folder / "answers.xlsx"
    table.write_bytes(filled(data, filled_in))

    def send() -> None:
        mia.driver.get(f"{mia.base}/notices/file")
        mia.one("[name=table]").send_keys(str(table))
        mia.focus("main form .btn-primary")
        mia.go(Keys.ENTER)
        mia.says(f"{len(left)} answers would be recorded")
        mia.focus("main form .btn-primary")
        mia.go(Keys.ENTER)
        mia.says(f"{len(left)} answers saved")

    send()
    mia.go("z")
    mia.says(f"Undone: {len(left)} answers. Nobody was told.")
    send()
    mia.driver.get(f"{mia.base}/notices")
    mia.says("No notices need your answer.")
    assert f"Undo all {len(left)}" in mia.text() and f"Undo all {TICKED}" in mia.text(), "each by itself"


def its_reply_is_read_and_the_notice_answered(mia: day.Hands, asked: str) -> None:
    mia.driver.get(f"{mia.base}/notices?tab=asked")
    mia.says("We have replied")
    mia.go("j", Keys.ENTER)
    assert mia.driver.current_url.endswith(asked) and REPLY in mia.text() and QUESTION in mia.text()
    mia.press("1")
    mia.send()
    mia.says("This notice was just answered. Nobody has been told yet.")
    mia.go("z")
    mia.says("Undone: 1 answer. Nobody was told.")
    assert mia.driver.current_url.endswith(asked)
    mia.press("1")
    mia.send()
    mia.says("This notice was just answered. Nobody has been told yet.")
    day.let_the_undo_pass()


def ana_and_cora_see_it(hands: day.Hands) -> None:
    """Each signs in: Ana reads what became of her reports and the company's reason, Cora that all cases are answered."""
    hands.sign_in("ana")
    hands.driver.get(f"{hands.base}/reports")
    hands.says(f"{NOTICES} reports: {NOTICES - KEPT} removed, {KEPT} not removed")
    hands.says("A toy of felt.")
    hands.sign_in("cora")
    hands.driver.get(f"{hands.base}/cases?tab=answered")
    assert str(NOTICES) in hands.one(".tabs [aria-current]").text
    hands.driver.get(f"{hands.base}/figures")
    hands.says("Mercado")


def everything_is_counted(people: People) -> None:
    with read() as session:
        assert Counter(session.scalars(select(Report.status))) == {"removed": NOTICES - KEPT, "kept": KEPT}
        assert session.scalar(select(func.count()).select_from(GivenAnswer)) == NOTICES + 1, (
            "each once, and the question"
        )
    client = people.app.test_client()
    figures = client.get("/api/v1/figures?by=company", headers=people.token("mia", Scope.COMPANY)).json["items"][0]
    assert (figures["notices"], figures["answered"], figures["removed_stated"], figures["kept"]) == (
        NOTICES, NOTICES, NOTICES - KEPT, KEPT,
    )  # fmt: skip
