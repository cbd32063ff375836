"""What follows a notice stands under it in the company's mail program: In-Reply-To and References name the notice's own mail."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine

from server.core import clock
from server.core.config import Settings
from server.journeys.report import answering
from tests.conftest import People, settings_for
from tests.messages import at_work, message_of
from tests.smtp_rig import MailServer, mail_server
from tests.story import mails, notify

Make = Callable[..., dict[str, Any]]
SPOC = "spoc@mercado.test"


def follow(people: People, notice_id: str, work_all: Callable[[], int]) -> None:
    """The notice leaves, is asked about after a week, and is withdrawn."""
    work_all()
    for moment in (clock.now() + timedelta(days=7, minutes=1), at_work(timedelta(days=8))):
        with time_machine.travel(moment, tick=True):
            work_all()
    with time_machine.travel(at_work(timedelta(days=8)) + timedelta(minutes=1), tick=True):
        answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
        work_all()


def assert_threaded(notice_id: str, sent: list[EmailMessage]) -> None:
    own = message_of(notice_id).stable_id
    notice, *followed = sent
    assert notice["Message-ID"] == own
    assert (notice["In-Reply-To"], notice["References"]) == (None, None)
    assert len({mail["Message-ID"] for mail in sent}) == len(sent)
    assert [(mail["In-Reply-To"], mail["References"]) for mail in followed] == [(own, own)] * len(followed)


def test_in_files_a_reminder_and_a_withdrawal_follow_their_notice(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    notice_id, other = (notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in range(2))
    follow(people, notice_id, work_all)
    about = [mail for mail in mails(settings, SPOC) if other not in str(mail["References"])]
    own = message_of(notice_id).stable_id
    thread = [mail for mail in about if own in (mail["Message-ID"], mail["In-Reply-To"])]
    thread.sort(key=lambda mail: str(mail["Date"].datetime))
    assert ["is withdrawn" in mail["Subject"] for mail in thread] == [False, False, True]
    assert_threaded(notice_id, thread)


class TestOverSmtp:
    """The same on the wire, to a real mail server."""

    @pytest.fixture
    def server(self) -> Iterator[MailServer]:
        with mail_server() as running:
            yield running

    @pytest.fixture
    def settings(self, database_url: str, tmp_path: Path, server: MailServer) -> Settings:
        return settings_for(tmp_path, database_url, SPOTTER_MAIL_URL=server.url)

    def test_a_reminder_and_a_withdrawal_follow_their_notice(
        self, people: People, report_json: Make, work_all: Callable[[], int], server: MailServer
    ) -> None:
        notice_id = notify(people, report_json())
        follow(people, notice_id, work_all)
        taken = server.to(SPOC)
        assert len(taken) == 3
        assert_threaded(notice_id, [each.message for each in taken])
        assert all(each.header_names.count("References") == 1 for each in taken[1:])
