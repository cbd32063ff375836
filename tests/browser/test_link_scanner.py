"""A mail scanner with a real browser opens the link of a notice and follows every link it finds for ten seconds: nothing changes."""

import re
import time
from typing import Any

import pytest
from flask import Flask
from selenium.webdriver.common.by import By
from sqlalchemy import func, select

from server.core.audit import AuditRow
from server.core.database import db, read
from server.core.words import Via
from server.journeys.report import answering
from server.ledger.notices import link
from server.ledger.notices.models import GivenAnswer, Notice, NoticeReply
from tests.browser.chromium import without_extension
from tests.browser.popup_rig import needs_chromium
from tests.browser.sites import ours
from tests.conftest import People
from tests.story import notify

pytestmark = needs_chromium

FOR = 10  # seconds


def standing() -> list[Any]:
    """All that an answer, or anything else that somebody did, would change."""
    db.session.remove()
    with read() as session:
        counts = [
            session.scalar(select(func.count()).select_from(table)) for table in (GivenAnswer, NoticeReply, AuditRow)
        ]
        return [counts, *session.execute(select(Notice.answer, Notice.answered_at, Notice.our_turn_since))]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("mutation", [False, True], ids=["", "opening the link answers"])
def test_a_browser_that_follows_every_link_of_a_notice_answers_nothing(
    app: Flask, people: People, report_json: Any, monkeypatch: pytest.MonkeyPatch, mutation: bool
) -> None:
    path = re.sub(r"^https?://[^/]+", "", link.answer_url(notify(people, report_json())))
    show = app.view_functions["answers.show"]

    def answering_page(token: str) -> Any:
        answering.answer_notice(link.read(token), {"answer": "received"}, Via.LINK)
        return show(token=token)

    if mutation:
        monkeypatch.setitem(app.view_functions, "answers.show", answering_page)
    before = standing()
    with without_extension() as driver, ours(app) as base:
        waiting, seen = [base + path], set[str]()
        until = time.monotonic() + FOR
        while waiting and time.monotonic() < until:
            seen.add(address := waiting.pop(0))
            driver.get(address)
            found = [each.get_attribute("href") or "" for each in driver.find_elements(By.TAG_NAME, "a")]
            found = [each.partition("#")[0] for each in found]
            waiting += [each for each in found if each.startswith(base) and each not in seen and each not in waiting]
        print(f"\n{len(seen)} pages opened")
        assert base + path in seen and len(seen) > 1
    assert (standing() == before) != mutation
