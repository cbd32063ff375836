"""The pages of figures: the numbers of the API, two clicks away; a company sees its own."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from server.core.words import Scope, Via
from server.journeys.report import answering
from tests.conftest import People
from tests.plans import asked
from tests.story import decide, flag

Make = Callable[..., dict[str, Any]]
AUGUST = datetime(2026, 8, 31, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def told(people: People, report_json: Make) -> People:
    """In August six notices to Mercado, removed after 10 to 60 hours, and one to Tradepost without an answer."""
    for number in range(7):
        site = "tradepost.test/ad" if number == 6 else "mercado.test/itm"
        with time_machine.travel(AUGUST, tick=False):
            notice_id = decide(people, flag(people, report_json(f"https://{site}/{265370482805 + number}")))
        if number < 6:
            with time_machine.travel(AUGUST + timedelta(hours=10 * (number + 1)), tick=False):
                answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    return people


def row(page: str, name: str) -> list[str]:
    """The cells of the last row on the page that begins with this name."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    texts = [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]
    return [cells for cells in texts if cells and cells[0] == name][-1]


def follow(browser: FlaskClient, page: str, words: str) -> str:
    """Click the link with these words."""
    links = re.findall(r'<a[^>]* href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL) + re.findall(
        r'<a href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL
    )
    (address, *_) = [href for href, text in links if re.sub(r"<[^>]+>", "", text).strip() == words]
    answer = browser.get(address.replace("&amp;", "&"))
    assert answer.status_code == 200
    return str(answer.text)


def test_how_many_to_mercado_last_quarter_how_many_removed_and_the_median_hours_in_two_clicks(told: People) -> None:
    with time_machine.travel(NOW, tick=False):
        cora = told.browser("cora")
        page = follow(cora, cora.get("/cases").text, "Figures")
        page = follow(cora, page, "Last quarter")
    assert row(page, "Mercado")[:4] == ["Mercado", "6", "6", "6"]
    assert row(page, "Mercado")[-4:] == ["35", "55", "35", "55"]
    assert row(page, "Tradepost")[:3] == ["Tradepost", "1", "0"]
    assert row(page, "Tradepost")[-1] == "–", "one notice says nothing of a median"
    assert row(page, "Total")[:2] == ["Total", "7"]


def test_a_share_of_all_notices_is_not_headed_as_one_of_those_answered(told: People) -> None:
    with time_machine.travel(NOW, tick=False):
        page = told.browser("cora").get("/figures").text
    assert "<caption>Hours: answered notices only;" in page
    assert "Removed, of the notices</th>" in page
    assert "A check by a person or by the server found it gone" in page, (
        "the server looks, too, where a platform agreed"
    )


def test_page_csv_and_api_say_the_same(told: People) -> None:
    days = {"from": "2026-08-01", "to": "2026-08-31", "by": "platform"}
    with time_machine.travel(NOW, tick=False):
        cora = told.browser("cora")
        page = cora.get("/figures", query_string=days)
        file = cora.get("/figures.csv", query_string=days)
        headers = told.token("cora", Scope.CASES)
        items = told.app.test_client().get("/api/v1/figures", query_string=days, headers=headers).json["items"]
    assert file.headers["Content-Disposition"] == 'attachment; filename="figures-2026-08-01-2026-08-31-by-platform.csv"'
    rows = list(csv.DictReader(io.StringIO(file.get_data().decode("utf-8-sig"))))
    for item, line in zip(items, rows, strict=True):
        for name, value in item.items():
            if isinstance(value, dict):
                assert [line[f"{name}_{part}"] for part in ("median", "p90")] == [
                    "" if number is None else str(number) for number in value.values()
                ]
            else:
                assert line[name] == str(value)
        counts = [str(value) for value in item.values() if isinstance(value, int)]
        assert row(page.text, {"mercado": "Mercado", "tradepost": "Tradepost"}[item["key"]])[1:14] == counts


def test_range_and_grouping_stand_in_the_address_and_lead_to_one_companys_months(told: People) -> None:
    with time_machine.travel(NOW, tick=False):
        cora = told.browser("cora")
        page = cora.get("/figures?from=2026-01-01&to=2026-12-31&by=company").text
        months = follow(cora, page, "Mercado")
    assert "Figures: Mercado" in re.sub(r"<[^>]+>", "", months)
    assert row(months, "August 2026")[1] == "6"
    assert 'value="2026-01-01"' in months and '<option value="month" selected>' in months


def test_a_company_sees_its_own_alone(told: People) -> None:
    with time_machine.travel(NOW, tick=False):
        mia, otto = told.browser("mia"), told.browser("otto")
        page = follow(mia, mia.get("/notices").text, "Figures")
        own = mia.get("/figures/own?by=company&from=2026-08-01&to=").text
        file = otto.get("/figures/own.csv?from=2026-01-01&to=").text
        assert mia.get("/figures").status_code == 403 and mia.get("/figures.csv").status_code == 403
        other = mia.get("/figures/own?company=tradepost&from=2026-08-01&to=").text
    assert "Your own notices only." in page
    assert row(own, "Mercado")[1] == "6" and "Tradepost" not in own and "Reports received" not in own
    assert row(other, "Total")[1] == "6", "the address cannot ask for another company"
    assert [row[:2] for row in csv.reader(file.splitlines()[1:])] == [["2026-08", "1"]]


@pytest.mark.parametrize("days", ["from=2026-09-02&to=2026-09-01", "from=soon", "by=colour", "to=9999-12-31"])
def test_days_that_cannot_be_read_are_said_and_something_is_shown(people: People, days: str) -> None:
    page = people.browser("cora").get(f"/figures?{days}")
    assert page.status_code == 422 and "Fix the following" in page.text and "Figures</h1>" in page.text
    assert people.browser("cora").get(f"/figures.csv?{days}").status_code == 422


def test_without_a_notice_in_the_days_the_page_says_that_there_is_none_to_download(people: People) -> None:
    assert "There is no notice to download." in people.browser("cora").get("/figures").text
    assert "There is no notice to download." not in people.browser("mia").get("/figures/own").text


def test_no_company_of_that_name_is_not_found(people: People) -> None:
    assert people.browser("cora").get("/figures?company=nobody").status_code == 404


@pytest.mark.parametrize("by", ["company", "platform", "group", "month"])
def test_a_page_asks_the_same_of_the_database_however_much_there_is(told: People, report_json: Make, by: str) -> None:
    cora = told.browser("cora")
    numbers = []
    for number in range(2):
        for other in range(3):
            decide(told, flag(told, report_json(f"https://mercado.test/itm/{365370482805 + 10 * number + other}")))
        with asked() as seen:
            assert cora.get(f"/figures?from=2026-01-01&to=&by={by}").status_code == 200
        numbers.append(len(seen.statements))
    assert numbers[0] == numbers[1] <= 35
