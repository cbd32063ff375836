"""Sites that no company in the directory runs: Cora reads what was reported there by month, beside what was searched elsewhere."""

import csv
import html
import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from server.core import clock
from server.core.database import new_id, read, write
from server.core.words import CaseState, Level
from server.journeys.report import decision
from server.journeys.spotter import accrediting
from server.ledger.cases.models import Case
from server.ledger.companies.models import Platform
from server.ledger.listings.models import Listing
from server.ledger.reports.models import Report
from server.pages.figures import unrouted_page
from server.people.rounds import searches
from server.reads import unrouted
from server.reads.unrouted import MonthReported, MonthSearched
from tests.conftest import People
from tests.plans import asked, only_on_sqlite, plan
from tests.story import flag

Make = Callable[..., dict[str, Any]]
AUGUST = datetime(2026, 8, 12, 9, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def hand() -> Iterator[Any]:
    """A Friday in November; the test goes back for what came before."""
    with time_machine.travel(NOW, tick=False) as hand:
        yield hand


@pytest.fixture
def told(people: People, report_json: Make, hand: Any) -> People:
    """On birds.test two ads, one of them in two months and by two people; on shells.test one; on Mercado one, which has a company."""
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "Tests.", Level.PROBATION, waive_exam=True)
    hand.move_to(AUGUST)
    with write() as session:
        platform_id = session.scalars(select(Platform.id).where(Platform.slug == "mercado")).one()
        searches.write_down(session, people.ids["ana"], platform_id, "grey parrot", "en", 25, 30)
    flag(people, report_json("https://birds.test/ad/1"))
    hand.move_to(NOVEMBER)
    flag(people, report_json("https://birds.test/ad/1"), "ben")
    flag(people, report_json("https://birds.test/ad/2"))
    flag(people, report_json("https://shells.test/ad/1"))
    flag(people, report_json())
    hand.move_to(NOW)
    return people


def rows(page: str) -> dict[str, list[str]]:
    """The cells of each row of the tables on a page, by the first; of two that begin alike the last."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    texts = [
        [
            html.unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in found
    ]
    return {cells[0]: cells[1:] for cells in texts if cells}


def test_a_site_has_its_ads_reports_species_and_last_day_and_a_company_s_is_none_of_them(told: People) -> None:
    cora = told.browser("cora")
    page = cora.get("/figures/unrouted").text
    assert list(rows(page))[-2:] == ["birds.test", "shells.test"], "most ads first"
    birds = rows(page)["birds.test"]
    assert birds[:4] == ["2", "3", "2", "0"]
    assert "Psittacus erithacus" in birds[4] and birds[5] == "20 November 2026"
    assert "mercado.test" not in page


def test_an_ad_counts_in_each_month_of_a_report_and_once_in_the_whole(told: People) -> None:
    with read() as session:
        sites = unrouted.sites(session, TODAY)
        assert sites[0].months == {"2026-08": MonthReported(1, 1), "2026-11": MonthReported(2, 2)}
        assert (sites[0].ads, sites[0].reports) == (2, 3)
        assert (sites[0].open, sites[0].dismissed) == (2, 0)
        assert unrouted.together(sites) == {
            "2026-08": MonthReported(1, 1, 1),
            "2026-11": MonthReported(3, 3, 2),
        }


def test_beside_it_stands_what_was_searched_and_that_the_site_was_not(told: People) -> None:
    with read() as session:
        assert unrouted.effort(session, TODAY) == {"2026-08": MonthSearched(1, 30)}
    cora = told.browser("cora")
    assert rows(cora.get("/figures/unrouted").text)["August 2026"] == ["1", "1", "1", "1", "0.5"]
    page = cora.get("/figures/unrouted/birds.test").text
    assert rows(page)["August 2026"] == ["1", "1", "1", "0.5"]
    assert rows(page)["December 2025"] == ["0", "0", "0", "0.0"]
    assert "Not searched:" in page and "few reports do not mean few ads" in page


def test_what_was_withdrawn_or_set_aside_counts_in_nothing_and_a_dismissed_ad_is_told_apart(told: People) -> None:
    with write() as session:
        shells = session.scalars(select(Case).where(Case.host == "shells.test")).one()
        session.execute(update(Report).where(Report.case_id == shells.id).values(set_aside_at=clock.now()))
        birds = session.scalars(select(Case).where(Case.host == "birds.test").order_by(Case.id.desc())).first()
        assert birds is not None
    decision.decide(
        birds.id,
        told.ids["cora"],
        decision="dismiss",
        note="A toy.",
        dismiss_reason="look_alike",
        version=birds.version,
    )
    page = rows(told.browser("cora").get("/figures/unrouted").text)
    assert "shells.test" not in page
    assert page["birds.test"][:4] == ["2", "3", "1", "1"]
    with read() as session:
        assert session.get_one(Case, birds.id).state == CaseState.CLOSED


def test_what_is_older_than_twelve_months_is_left_out_and_its_site_still_has_a_page(told: People, hand: Any) -> None:
    hand.move_to(datetime(2027, 8, 31, tzinfo=UTC))
    assert rows(told.browser("cora").get("/figures/unrouted").text)["birds.test"][:2] == ["2", "2"]
    hand.move_to(datetime(2027, 12, 1, tzinfo=UTC))
    cora = told.browser("cora")
    assert "No such ad was reported in these months." in cora.get("/figures/unrouted").text
    page = cora.get("/figures/unrouted/birds.test")
    assert page.status_code == 200 and "No ad was reported here in the last 12 months." in page.text


def test_the_csv_has_each_month_of_each_site(told: People) -> None:
    file = told.browser("cora").get("/figures/unrouted.csv")
    assert file.headers["Content-Disposition"] == 'attachment; filename="unrouted-2026-11-27.csv"'
    assert list(csv.reader(io.StringIO(file.get_data().decode("utf-8-sig")))) == [
        ["site", "month", "ads", "reports", "searches_elsewhere", "minutes_elsewhere"],
        ["birds.test", "2026-08", "1", "1", "1", "30"],
        ["birds.test", "2026-11", "2", "2", "0", "0"],
        ["shells.test", "2026-11", "1", "1", "0", "0"],
    ]


def test_the_csv_has_the_months_of_a_site_in_their_order(told: People, report_json: Make, hand: Any) -> None:
    hand.move_to(datetime(2026, 9, 12, 9, tzinfo=UTC))
    flag(told, report_json("https://birds.test/ad/3"))
    hand.move_to(NOW)
    with read() as session:
        months = [row[1] for row in unrouted_page.rows(session) if row[0] == "birds.test"]
    assert months == ["2026-08", "2026-09", "2026-11"]


def test_a_site_that_has_a_company_leaves_the_list(told: People) -> None:
    ada = told.browser("ada")
    form = {"name": "Birds", "slug": "birds", "platform_0_name": "Birds", "platform_0_domains": "birds.test"}
    assert ada.post("/companies/new", data=form).status_code == 302
    assert "birds.test" not in ada.get("/figures/unrouted").text
    assert ada.get("/figures/unrouted/birds.test").status_code == 404


def test_it_is_found_where_unrouted_sites_are_listed_and_is_the_desk_s(told: People) -> None:
    page = told.browser("cora").get("/companies").text
    assert 'href="/figures/unrouted"' in page and 'href="/figures/unrouted/birds.test"' in page
    for who in ("ana", "mia"):
        browser = told.browser(who)
        for path in ("/figures/unrouted", "/figures/unrouted.csv", "/figures/unrouted/birds.test"):
            assert browser.get(path).status_code == 403


def test_nothing_yet_and_no_such_site(people: People) -> None:
    cora = people.browser("cora")
    assert "No such ad was reported in these months." in cora.get("/figures/unrouted").text
    for host in ("nowhere.test", "%3Cscript%3E", "a" * 3000):
        assert cora.get(f"/figures/unrouted/{host}").status_code == 404


def _many(number: int) -> None:
    """One ad on each of many more sites: as the first on birds.test."""
    with write() as session:
        case = session.scalars(select(Case).where(Case.host == "shells.test")).one()
        report = session.scalars(select(Report).where(Report.case_id == case.id)).one()
        listing = session.get_one(Listing, case.listing_id)
        for place in range(number):
            made = [
                {column.key: getattr(row, column.key) for column in type(row).__table__.columns}
                for row in (listing, case, report)
            ]
            ids = [new_id() for _ in made]
            made[0] |= {"id": ids[0], "key": f"many {place}"}
            made[1] |= {"id": ids[1], "listing_id": ids[0], "host": f"many-{place:04d}.test"}
            made[2] |= {"id": ids[2], "case_id": ids[1]}
            for table, values in zip((Listing, Case, Report), made, strict=True):
                session.add(table(**values))
                session.flush()


def test_many_sites_are_paged_and_cost_as_many_statements_as_few(told: People) -> None:
    cora = told.browser("cora")
    cora.get("/figures/unrouted")  # the lexicon is read once
    with asked() as few:
        cora.get("/figures/unrouted")
    _many(120)
    with asked() as many:
        first = cora.get("/figures/unrouted").text
    assert len(many.statements) == len(few.statements)
    assert len([name for name in rows(first) if name.endswith(".test")]) == unrouted.PAGE
    assert '/figures/unrouted?page=2"' in first
    with asked() as later:
        last = cora.get("/figures/unrouted?page=3").text
    assert len(later.statements) < len(few.statements), (
        "the months stand on the first page, and are counted for it alone"
    )
    assert list(rows(last))[-1] == "shells.test" and "page=4" not in last and "By month" not in last


def test_sites_are_found_by_their_index(told: People) -> None:
    only_on_sqlite()
    with read() as session, asked() as seen:
        unrouted.name_species(session, TODAY, unrouted.sites(session, TODAY))
        unrouted.sites(session, TODAY, "birds.test")
        unrouted.exists(session, "birds.test")
        counting = [statement for statement in seen.statements if "cases.company_id IS NULL" in statement]
    assert len(counting) == 4
    for statement in counting:
        steps = plan(statement)
        # All of them in the order of their age, in which their reports lie; those of a site by its host.
        index = "ix_cases_unrouted_sites" if re.search(r"cases.host (=|IN)", statement) else "ix_cases_unrouted_ages"
        assert any(f"COVERING INDEX {index}" in step for step in steps), "\n".join([*steps, statement])
        reads = [step for step in steps if step.startswith(("SCAN reports", "SEARCH reports"))]
        assert all("ix_reports_standing (case_id=?" in step for step in reads), "\n".join([*steps, statement])
