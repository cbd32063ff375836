"""A coordinator narrows the queue, on its page and by the API, and keeps the filters while deciding."""

import re

import pytest

from server.core.words import Scope
from tests.round_stories import accredit, hand, join, plan  # noqa: F401 - the clock of every test here
from tests.story import flag


@pytest.fixture
def cases(people, report_json, work_all) -> dict[str, str]:
    """Three ads: a parrot on Mercado, an ivory bangle in Portuguese on Tradepost, reported by Ben in a round, and one nowhere."""
    accredit("ben")
    round_id = plan(people)
    join(people, "ben", round_id)

    def report(url, title, language, **more):
        listing = {"title": title, "description": None, "language": language}
        return report_json(url, listing=report_json()["listing"] | listing, **more)

    made = {
        "parrot": flag(
            people, report("https://mercado.test/itm/265370482805", "African grey parrot, hand tame", "en-GB")
        ),
        "ivory": flag(
            people, report("https://tradepost.test/ad/77", "Pulseira de marfim de elefante", "pt-BR"), who="ben"
        ),
        "nowhere": flag(people, report("https://stalls.test/offer/9", "Antique ivory tusk", None)),
    }
    work_all()
    return made | {"round": round_id}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("platform=mercado", "parrot"),
        ("company=tradepost", "ivory"),
        ("group=bird", "parrot"),
        ("language=pt", "ivory"),
        ("language=EN", "parrot"),
        ("language=fr", ""),
        ("round={round}", "ivory"),
        ("round=nobody", ""),
        ("platform=mercado&language=pt", ""),
        ("group=mammal&company=tradepost", "ivory"),
        ("group=mammal&q=tusk", "nowhere"),
    ],
)
def test_the_page_and_the_api_find_the_same_cases(people, cases, asked, expected):
    asked = asked.format(**cases)
    api = people.app.test_client().get(f"/api/v1/cases?{asked}", headers=people.token("cora", Scope.CASES))
    assert [item["id"] for item in api.json["items"]] == [cases[name] for name in expected.split()]
    tab = "&tab=unrouted" if expected == "nowhere" else ""
    page = people.browser("cora").get(f"/cases?{asked}{tab}").text
    assert set(
        re.findall(r'/cases/([0-9a-f]{32})[^"]*" ?data-case|href="/cases/([0-9a-f]{32})[^"]*"[^>]*data-case', page)
    ) == {("", cases[name]) for name in expected.split()}
    assert ("Nothing matches" in page) == (not expected)


@pytest.mark.parametrize("asked", ["group=dragons", "language=p", "language=pt-BR", "platform=", "colour=red"])
def test_what_nobody_can_mean_is_refused(people, asked):
    answer = people.app.test_client().get(f"/api/v1/cases?{asked}", headers=people.token("cora", Scope.CASES))
    assert answer.status_code == 422 and asked.partition("=")[0] in answer.json["errors"]


def test_filters_stay_in_every_address_of_the_page(people, cases):
    page = people.browser("cora").get("/cases?language=pt&company=tradepost").text
    assert f"/cases/{cases['ivory']}?language=pt&amp;company=tradepost" in page or (
        f"/cases/{cases['ivory']}?company=tradepost&amp;language=pt" in page
    )
    assert '<option value="tradepost" selected>Tradepost</option>' in page
    held = re.search(r'href="(/cases\?[^"]*tab=held[^"]*)"', page).group(1)
    assert "language=pt" in held and "company=tradepost" in held
    assert "Remove the filters" in page and "Remove the filters" not in people.browser("cora").get("/cases").text


def test_an_empty_list_asks_nobody_to_choose_from_it(people, cases):
    cora = people.browser("cora")
    assert "Choose a case from the list." not in cora.get("/cases?tab=closed").text
