"""A coordinator works down the queue: the next case comes after each decision, and tab, search and page stay."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from server.core.database import read
from server.ledger.cases import queue_store
from server.ledger.cases.models import Case
from tests.story import flag

FORM = {"decision": "dismiss", "because": "not_offered", "reason": "A museum’s page."}


def flagged(people, report_json, number=3):
    """So many cases of the same urgency, in the order of the queue: the newest first."""
    return [flag(people, report_json(f"https://mercado.test/itm/{265370482805 + n}")) for n in range(number)][::-1]


def version(case_id):
    with read() as session:
        return session.get_one(Case, case_id).version


def sent(browser, case_id, query="", **more):
    """The address that a decision leads to."""
    answer = browser.post(f"/cases/{case_id}/decisions{query}", data=FORM | {"version": version(case_id)} | more)
    assert answer.status_code == 302, answer.text
    return answer.location


def addresses(page, attribute="href"):
    return [html.unescape(found) for found in re.findall(rf' {attribute}="(/cases[^"]*)"', page)]


def test_the_next_case_comes_after_a_decision_and_the_queue_after_the_last(people, report_json):
    first, second, third = flagged(people, report_json)
    cora = people.browser("cora")
    assert sent(cora, first) == f"/cases/{second}"
    assert sent(cora, third) == "/cases"
    assert sent(cora, second) == "/cases"


@pytest.mark.parametrize("query", ["?tab=held", "?q=parrot", "?tab=held&q=grey%20parrot"])
def test_tab_and_search_stay_in_the_address(people, report_json, query):
    cases = flagged(people, report_json)
    cora = people.browser("cora")
    if "held" in query:
        for case_id in cases:
            sent(cora, case_id, decision="hold", why="other")
    location = urlsplit(sent(cora, cases[0], query))
    assert location.path == f"/cases/{cases[1]}" and parse_qs(location.query) == parse_qs(query[1:])
    page = cora.get(f"{location.path}?{location.query}").text
    for link in addresses(page, "hx-get") + addresses(page, "action"):
        if link != "/cases":
            assert parse_qs(urlsplit(link).query).items() >= parse_qs(query[1:]).items(), link
    back = urlsplit(html.unescape(re.search(r'class="back" href="([^"]+)"', page).group(1)))
    assert back.path == "/cases" and parse_qs(back.query) == parse_qs(query[1:])


def test_the_page_of_a_long_queue_stays_too(people, report_json, monkeypatch):
    monkeypatch.setattr(queue_store.queue, "__defaults__", (2,))
    cases = flagged(people, report_json, 5)
    cora = people.browser("cora")
    later = next(link for link in addresses(cora.get("/cases").text) if "cursor" in link)
    cursor = parse_qs(urlsplit(later).query)["cursor"][0]
    assert f"/cases/{cases[2]}?cursor={cursor}" in addresses(cora.get(later).text)
    location = sent(cora, cases[2], f"?cursor={cursor}")
    assert location == f"/cases/{cases[3]}?cursor={cursor}"
    on = sent(cora, cases[3], f"?cursor={cursor}")
    assert urlsplit(on).path == f"/cases/{cases[4]}"
    assert re.search(r'aria-current="true" data-case', cora.get(on).text), "the list beside shows the case"


def test_a_refused_decision_keeps_the_place(people, report_json):
    case_id = flagged(people, report_json)[0]
    answer = people.browser("cora").post(
        f"/cases/{case_id}/decisions?q=parrot", data=FORM | {"version": 1, "reason": ""}
    )
    assert answer.status_code == 422
    assert f"/cases/{case_id}/decisions?q=parrot" in addresses(answer.text, "action")


@pytest.mark.parametrize("query", ["", "?q=parrot"])
def test_beside_a_queue_that_is_on_the_page_the_case_comes_alone_and_says_the_same(people, report_json, query):
    case_id = flagged(people, report_json)[1]
    cora, address = people.browser("cora"), f"/cases/{case_id}{query}"
    alone = cora.get(address, headers={"HX-Request": "true", "HX-Target": "pane"})
    whole = cora.get(address).text
    title, pane = re.search(r"<title>([^<]+)</title>", whole).group(1), shown(whole)
    assert (title, pane) == (re.search(r"<title>([^<]+)</title>", alone.text).group(1), shown(alone.text))
    assert "Queue, 2 of 3" in pane and 'class="queue' not in alone.text and "<nav" not in alone.text
    assert alone.headers["Cache-Control"] == "no-store", "else the browser might show the case alone for its page"
    restored = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert 'class="queue' in cora.get(address, headers=restored).text, "htmx asks for what Back leads to as a whole"


def shown(page):
    """The case beside the queue, but for what is new with each request."""
    pane = re.search(r'<div id="pane".*</article>.*?<p class="bar-where.*?</p>', page, re.DOTALL).group()
    return " ".join(re.sub(r'value="[^"]{80,}"', "", pane).split())
