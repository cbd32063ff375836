"""A spotter searches their own reports: by words, reference, platform, state and month, in the address, a page at a time."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select, text

from server.core.database import db, read
from server.journeys.report import retracting
from server.ledger.reports import store
from server.ledger.reports.models import Report
from server.reads import my_reports
from server.reads.my_search import Sought
from tests.story import flag


@pytest.fixture
def three(people, report_json):
    """A parrot in October, ivory on the other platform and a shell on no platform in November; by title."""
    said = {}
    for day, url, title, reason in (
        ("2026-10-31T23:30:00+00:00", "https://mercado.test/itm/grey-parrot/265370482805", "Grey parrot chicks", "No papers."),
        ("2026-11-02T09:00:00+00:00", "https://tradepost.test/listing/4711", "Old carving", "It looks like ivory."),
        ("2026-11-03T09:00:00+00:00", "https://nobody-runs.example/ad/77", "100% shell_comb", "Hawksbill."),
    ):  # fmt: skip
        with time_machine.travel(day, tick=True):
            report = report_json(url)
            report |= {"captured_at": day, "listing": report["listing"] | {"title": title}}
            report["suspicion"] |= {"reason": reason}
            case_id = flag(people, report)
        with read() as session:
            said[title] = session.scalars(select(Report).where(Report.case_id == case_id)).one()
    return said


def titles(people, query, who="ana"):
    page = people.browser(who).get(f"/reports?{query}").text
    return re.findall(r'<span class="clamp" dir="auto">([^<]*)<', page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=parrot", ["Grey parrot chicks"]),
        ("q=PARROT+grey", ["Grey parrot chicks"]),
        ("q=parrot+ivory", []),
        ("q=ivory", ["Old carving"]),  # their own words
        ("q=tradepost.test", ["Old carving"]),  # the address
        ("q=265370482805", ["Grey parrot chicks"]),
        ("q=100%25", ["100% shell_comb"]),  # signs of the pattern stand for themselves
        ("q=shell_", ["100% shell_comb"]),
        ("q=%25", ["100% shell_comb"]),
        ("platform=mercado", ["Grey parrot chicks"]),
        ("platform=tradepost", ["Old carving"]),
        ("platform=none-such", []),
        ("month=2026-10", ["Grey parrot chicks"]),
        ("month=2026-11", ["100% shell_comb", "Old carving"]),
        ("month=2026-12", []),
        ("month=2026-13", ["100% shell_comb", "Old carving", "Grey parrot chicks"]),  # no month at all
        ("month=0000-01", ["100% shell_comb", "Old carving", "Grey parrot chicks"]),  # nor a year that has reports
        ("month=9999-12", ["100% shell_comb", "Old carving", "Grey parrot chicks"]),
        ("month=2099-12", []),
        ("month=1900-01", []),
        ("month=2026-11&q=carving&platform=tradepost", ["Old carving"]),
        ("tab=removed&q=carving", []),
    ],
)
def test_what_is_found(people, three, query, found):
    assert titles(people, query) == found


def test_by_reference_however_it_is_typed_and_nobody_elses(people, three):
    reference = three["Old carving"].reference
    for typed in (reference, reference.lower(), f"+{reference}+", reference[2:7]):
        assert titles(people, f"q={typed}") == ["Old carving"]
    assert titles(people, f"q={reference}", "ben") == []
    answer = people.app.test_client().get(f"/api/v1/reports?q={reference.lower()}", headers=people.token("ana"))
    assert [item["reference"] for item in answer.json["items"]] == [reference]


def test_the_search_stands_in_the_address_of_tabs_and_pages(people, three, monkeypatch):
    monkeypatch.setattr(store, "PAGE", 1)
    page = people.browser("ana").get("/reports?month=2026-11").text
    assert "tab=removed&amp;month=2026-11" in page
    following = re.search(r'href="(/reports\?[^"]*cursor=[^"]*)"', page)[1].replace("&amp;", "&")
    assert "month=2026-11" in following and titles(people, following.partition("?")[2]) == ["Old carving"]
    assert '<option value="2026-11" selected>' in page


def test_the_tabs_count_what_is_found_and_the_lead_counts_all(people, three):
    retracting.retract(people.ids["ana"], three["Old carving"].id, "mistake")
    with people.app.test_request_context("/reports"), read() as session:
        mine = my_reports.mine(session, people.ids["ana"], "all", Sought("carving"), None)
    assert {str(tab["name"]): tab["count"] for tab in mine["tabs"]} == {
        "All reports": 1, "In progress": 0, "Removed": 0, "Not removed by the company": 0, "Closed by us": 0,
        "Withdrawn by you": 1,
    }  # fmt: skip
    assert mine["totals"]["all"] == 3


def test_nothing_found_says_so_and_leads_back(people, three):
    page = people.browser("ana").get("/reports?q=narwhal").text
    assert "None of your reports matches this search." in page and 'value="narwhal"' in page
    nothing = people.browser("ben").get("/reports").text
    assert "No reports yet." in nothing and 'role="search"' not in nothing


def test_a_question_that_waits_stands_first_only_where_it_is_looked_for(people, three):
    from server.journeys.report import decision

    decision.decide(three["Old carving"].case_id, people.ids["cora"], decision="ask", note="Which side?", version=1)
    assert "Which side?" in people.browser("ana").get("/reports?q=carving").text
    assert "Which side?" not in people.browser("ana").get("/reports?q=parrot").text


def test_months_from_the_first_report_until_now(people, three):
    with time_machine.travel(datetime(2027, 1, 5, tzinfo=UTC), tick=True):
        page = people.browser("ana").get("/reports").text
    assert re.findall(r'<option value="(\d{4}-\d\d)"', page) == ["2027-01", "2026-12", "2026-11", "2026-10"]


# --- Plans -----------------------------------------------------------------------------------------------------------


def plan(statement):
    dialect = db.engine.dialect
    sql = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    with read() as session:
        if dialect.name == "postgresql":
            session.execute(text("SET LOCAL enable_seqscan = off"))  # a small table is read as a whole otherwise
            return "\n".join(session.scalars(text(f"EXPLAIN {sql}".replace(":", r"\:"))))
        return "\n".join(row[-1] for row in session.execute(text(f"EXPLAIN QUERY PLAN {sql}".replace(":", r"\:"))))


def test_a_reference_is_found_by_its_index(people, three):
    """Both for the spotter and, among all reports, for a coordinator who types it."""
    found = plan(select(Report.case_id).where(Report.reference == "R-7K3M9-Q2XWT"))
    assert "ix_reports_reference" in found and "SCAN" not in found


def test_own_reports_are_never_looked_for_among_all(people, three):
    with read() as session:
        sought = Sought("ivory", "mercado", "2026-11").where(session)
    mine = select(Report).where(Report.account_id == people.ids["ana"], *sought).order_by(Report.id.desc()).limit(51)
    found = plan(mine)
    assert "ix_reports_own" in found or "ix_reports_of_case" in found, found
    assert "SCAN reports" not in found and "Seq Scan on reports" not in found


def test_a_report_without_a_title_is_called_by_what_it_offers_and_where(people, report_json):
    for number, species in enumerate(("", "star tortoise")):
        report = report_json(f"https://mercado.test/itm/26537048280{number}")
        report["listing"]["title"] = None
        report["suspicion"] |= {"category": "live", "species": species}
        case_id = flag(people, report)
    assert titles(people, "") == ["star tortoise on mercado.test", "Live animal on mercado.test"]
    with read() as session:
        report_id = session.scalars(select(Report.id).where(Report.case_id == case_id)).one()
    assert "star tortoise on mercado.test</h1>" in people.browser("ana").get(f"/reports/{report_id}").text
