"""A row of the company's inbox: both numbers, the address, the picture that may be seen, why first, the law folded."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from server.core import wording
from server.core.database import read
from server.core.words import Via
from server.journeys.report import answering, decision
from server.ledger.notices import link
from server.ledger.reports.models import Evidence
from tests.conftest import People
from tests.sending import png
from tests.story import decide, flag, notify

Make = Callable[..., dict[str, Any]]


def test_a_row_shows_both_numbers_the_address_and_why_before_the_law(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    row = people.browser("mia").get("/notices").text.partition('<table class="inbox')[2].partition("</table>")[0]
    for shown in (
        '<bdi class="mono">265370482805</bdi>',
        '<span class="visually-hidden">Our number</span> <bdi class="mono text-nowrap">N-',
        "<bdi>https://mercado.test/itm/grey-parrot/265370482805</bdi>",
    ):
        assert shown in row
    assert (
        row.index("Six chicks at once, none with papers.") < row.index("Suspected: Live animal") < row.index("<details")
    )
    law = row.partition('<details class="law">')[2].partition("</details>")[0]
    assert "CITES Appendix I" in law and "CITES" not in row.partition("<details")[0], "folded, and nothing of it before"
    assert "Your number" not in row
    answering.answer_notice(notice_id, {"answer": "received", "company_reference": "MRC-77"}, Via.PORTAL)
    assert (
        '<span class="meta">Your number</span> <bdi class="mono">MRC-77</bdi>'
        in people.browser("mia").get("/notices").text
    )


def test_its_picture_is_blurred_and_only_one_that_is_marked_clean(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    case_id = flag(people, report_json(), screenshot=png())
    work_all()
    notice_id = decide(people, case_id)
    thumb = f'<img class="thumb" src="{link.answer_url(notice_id)}/screenshot"'
    mia = people.browser("mia")
    assert "<img" not in mia.get("/notices").text.partition('<table class="inbox')[2]
    with read() as session:
        evidence_id = session.scalars(select(Evidence.id).where(Evidence.name == "screenshot")).one()
    decision.mark_clean(evidence_id, people.ids["cora"])
    assert thumb in mia.get("/notices").text and "look=1" not in mia.get("/notices").text


def test_the_notices_page_says_why_first_and_folds_where_it_is_listed(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    page = people.browser("mia").get(f"/notices/{notice_id}").text
    assert (
        page.index("Why we suspect it") < page.index("What is suspected") < page.index("CITES and other legal listings")
    )
    assert "CITES Appendix I" not in page.partition('<details class="law">')[0]


@pytest.mark.parametrize("path", ["/notices", "/notices/{}", "/profile"])
def test_a_company_turns_single_keys_off_and_on_again(people: People, report_json: Make, path: str) -> None:
    notice_id = notify(people, report_json())
    mia, path = people.browser("mia"), path.format(notice_id)
    assert "Turn single-key shortcuts off" in mia.get(path).text
    assert mia.post("/keys", data={"keys": "off", "next": path}).location == path
    page = mia.get(path).text
    assert "Turn single-key shortcuts on" in page and "data-keys=" not in page


def test_behind_the_link_there_are_no_single_keys(people: People, report_json: Make) -> None:
    """Whoever opens it has not learnt them: nothing on it works by one letter."""
    notice_id = notify(people, report_json())
    page = people.app.test_client().get(link.answer_url(notice_id)).text
    assert "Send answer" in page and "data-keys" not in page and "<kbd" not in page


def test_a_search_stays_as_the_company_looks_under_another_tab(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    mia = people.browser("mia")
    page = mia.get("/notices?tab=answered&q=parrot").text
    assert "Nothing under “Answered notices” matches this search." in page
    assert 'href="/notices?tab=open&amp;q=parrot"' in page
    assert f'href="/notices/{notice_id}"' in mia.get("/notices?tab=open&q=parrot").text


def test_who_answers_reads_what_each_answer_means(people: People, report_json: Make, client: FlaskClient) -> None:
    notice_id = notify(people, report_json())
    by_link = client.get(link.answer_url(notice_id).removeprefix("http://spotter.test")).text
    in_portal = people.browser("mia").get(f"/notices/{notice_id}").text
    for phrase in wording.ANSWER.values():
        assert phrase.sentence in by_link and phrase.sentence in in_portal
    assert "show or blur the picture" not in in_portal, "there is none"
