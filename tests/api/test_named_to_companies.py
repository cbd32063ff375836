"""What a company reads names the organisation that notifies it, never the one of the settings where that is another."""

import re
from datetime import timedelta

import pytest
import time_machine

from server.core import work
from server.core.database import read
from server.core.words import Channel, Via
from server.journeys.company import addresses, reconfirming
from server.journeys.report import answering, replying
from server.people.accounts.models import Account
from tests.awards import SPOC, awarded
from tests.conftest import settings_for
from tests.digests import next_slot
from tests.story import mails, notify

NEW = "legal@mercado.test"
FUND, DESK = "Parrot Fund Europe", "Savannah Desk"


@pytest.fixture
def settings(database_url, tmp_path):
    return settings_for(tmp_path, database_url, SPOTTER_ORGANISATION=DESK)


@pytest.fixture(autouse=True)
def fund(people):
    return awarded(people)


def words(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_each_mail_and_page_for_a_company_names_who_notifies_it(people, settings, report_json):
    notice_id = notify(people, report_json())
    work.run_due()
    stated = {"answer": "need_info", "reason": "Which one?"}
    answering.record_answer(notice_id, stated, Via.MAIL, people.ids["cora"])
    replying.reply_to_company(notice_id, people.ids["cora"], "The second photo.")
    with time_machine.travel(next_slot() + timedelta(weeks=11, hours=4), tick=False):
        to = addresses.NewAddress(Channel.MAIL, NEW)
        addresses.propose(_company_of("mia", people), None, "Legal", to, "They wrote to us.", people.ids["cora"])
        reconfirming.ask_due()
        work.run_due()
        said = [mail.get_body((kind,)).get_content() for mail in mails(settings) for kind in ("plain", "html")
                if mail["To"] in (SPOC, NEW)]  # fmt: skip
        assert len(said) >= 10
        for text in map(words, said):
            assert FUND in text and DESK not in text, text
        reader = people.app.test_client()
        paths = set(re.findall(r"http://spotter.test(/(?:answers|contacts)/[^\s?\"]+)", " ".join(said)))
        assert len(paths) >= 4
        for path in paths:
            assert _main_names(reader.get(path).text, FUND, DESK), path
    mia = people.browser("mia")
    assert f"<b>{FUND}</b>" in mia.get(f"/notices/{notice_id}").text
    assert _main_names(mia.get("/working-with-us").text, "It names the organisation that sends it, and neither", DESK)


def _company_of(who, people):
    with read() as session:
        return session.get_one(Account, people.ids[who]).company_id


def _main_names(page, this, never):
    """Whether the page says this and not that, in its heading, its text and its foot; what is printed aside."""
    text = words(re.sub(r'<p class="printed">.*?</p>', "", page, flags=re.DOTALL))
    return this in text and never not in text
