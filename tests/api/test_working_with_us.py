"""How platforms work with us: a public page that says what the program does."""

import re
from html import unescape

from server.ledger.delivery import webhook
from server.ledger.delivery.registry import CHANNELS
from server.ledger.notices import link

PAGE = "/working-with-us"


def plain(text: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", "", text).split()))


def test_anyone_reads_it_and_finds_it_from_every_page(client, people):
    assert client.get(PAGE).status_code == 200
    for page in (client.get("/"), client.get("/guide"), people.browser("mia").get("/notices")):
        assert f'href="{PAGE}"' in page.text


def test_it_names_every_channel_and_no_other(client):
    arrive = client.get(PAGE).text.partition('id="arrive"')[2].partition("<h2")[0]
    assert arrive.count("<li>") == len(CHANNELS)


def test_its_numbers_and_addresses_are_those_the_program_keeps(client):
    words = plain(client.get(PAGE).text)
    for said in (
        "up to 20 notices", "10 attempts over three days", "change your decision there for 72 hours", "up to 500 answers",
        "an answer within 7 days", "works for 7 days", "of at least 20 notices that you reviewed within 30 days", "answers within 14 days",
    ):  # fmt: skip
        assert said in words, said
    retries = webhook.DEFINITION.retries
    assert 3 <= sum(retries.pauses) / 86400 < 3.5
    assert link.answer_url("0" * 32).startswith("http://spotter.test/answers/")
    assert "begins with http://spotter.test/answers/." in words


def test_it_promises_no_portal_to_a_company_whose_email_comes_back(client):
    assert "Another contact of yours gets the notices, if you have one for the same matter" in plain(
        client.get(PAGE).text
    )


def test_its_addresses_lead_somewhere(client):
    page = client.get(PAGE).text
    for address in set(re.findall(r'href="(/[^"#]*)"', page.partition("<main")[2].partition("</main")[0])):
        assert client.get(address).status_code == 200, address
    assert "/api/v1/notices?q=N-…" in plain(page)
