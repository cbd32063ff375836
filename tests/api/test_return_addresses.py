"""Notices leave with an envelope sender and a Reply-To of their own; other mail does not."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from server.core import clock, post, return_address
from server.core.config import Settings, read
from server.core.return_address import Purpose, ReturnToken
from tests.conftest import People, settings_for
from tests.messages import message_of
from tests.smtp_rig import MailServer, mail_server
from tests.story import notify

Make = Callable[..., dict[str, Any]]
SPOC = "spoc@mercado.test"
OURS = "notices@spotter.test"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        running.scripted = SPOC  # the spotter's mail may leave before the notice
        yield running


@pytest.fixture
def settings(database_url: str, tmp_path: Path, server: MailServer) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_MAIL_URL=server.url, SPOTTER_RETURN_ADDRESS=OURS)


def found(text: str, settings: Settings) -> ReturnToken | None:
    return return_address.find([text], OURS, settings.secret_key)


def test_each_attempt_names_its_message(
    people: People, report_json: Make, work_all: Callable[[], int], server: MailServer, settings: Settings
) -> None:
    server.script.append("450")  # refused for now
    notice_id = notify(people, report_json())
    work_all()
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=True):
        work_all()
    message_id = message_of(notice_id).id
    (taken,) = server.to(SPOC)
    assert found(taken.sender, settings) == ReturnToken(Purpose.RETURN, message_id, 2)
    assert found(taken.message["Reply-To"], settings) == ReturnToken(Purpose.REPLY, message_id, 2)


def test_a_mail_to_somebody_else_comes_back_to_nobody_of_its_own(
    app: Flask, server: MailServer, settings: Settings
) -> None:
    with app.app_context():
        post.send("ana@spotter.test", "Your report", "Thank you.", "<p>Thank you.</p>", message_id="<a.b@spotter.test>")
    (taken,) = server.taken
    assert (taken.sender, taken.message["Reply-To"]) == (settings.mail_from, settings.contact_email)


@pytest.mark.parametrize(
    ("address", "why"),
    [("no address", "valid email"), (f"{'n' * 19}@spotter.test", "at most 18 characters before its @")],
)
def test_an_address_that_cannot_be_is_refused(tmp_path: Path, address: str, why: str) -> None:
    with pytest.raises(SystemExit, match=f"SPOTTER_RETURN_ADDRESS: .*{why}"):
        read({"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_RETURN_ADDRESS": address})
