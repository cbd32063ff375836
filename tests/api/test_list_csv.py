"""The queue and a company's inbox as CSV: what the page lists, in the API's words, whole, safe to open, naming nobody."""

import csv
import html
import io
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from server.core import cells, clock
from server.core.audit import AuditRow
from server.core.database import read
from server.core.words import Scope
from server.journeys.company import directory_import
from server.ledger.cases.schemas import CaseOut
from server.ledger.companies import schemas, store
from server.ledger.notices.schemas import NoticeOut
from server.reads import list_rows
from tests.conftest import companies_file
from tests.round_stories import accredit, hand  # noqa: F401 - the clock of every test here
from tests.statements import statements
from tests.story import decide, flag, notify


@pytest.fixture
def cases(people, report_json, work_all) -> dict[str, str]:
    """A parrot whose title would be a formula, notified; ivory on Tradepost in Portuguese; a tusk nowhere."""
    accredit("ben")

    def report(url, title, language):
        return report_json(url, listing=report_json()["listing"] | {"title": title, "language": language})

    made = {
        "parrot": flag(people, report("https://mercado.test/itm/265370482805", '=cmd|"grey parrot"', "en-GB")),
        "ivory": flag(people, report("https://tradepost.test/ad/77", "Pulseira de marfim", "pt-BR"), who="ben"),
        "nowhere": flag(people, report("https://stalls.test/offer/9", "Antique ivory tusk", None)),
    }
    made["notice"] = decide(people, made["parrot"])
    work_all()
    return made


def table(answer) -> list[dict[str, str]]:
    """The rows of a CSV that a spreadsheet would open."""
    assert answer.status_code == 200 and answer.content_type == "text/csv; charset=utf-8", answer.text
    assert "attachment" in answer.headers["Content-Disposition"] and answer.text.startswith(cells.BOM)
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix(cells.BOM), newline="")))


QUEUES = [
    "",
    "q=ivory",
    "tab=notified",
    "tab=unrouted",
    "company=tradepost",
    "language=pt",
    "group=bird&tab=notified",
    "tab=held",
]


@pytest.mark.parametrize("place", QUEUES)
def test_the_csv_holds_the_cases_that_the_page_lists_in_its_order(people, cases, place):
    cora = people.browser("cora")
    page = cora.get(f"/cases?{place}").text
    listed = re.findall(r'href="/cases/([0-9a-f]{32})[^"]*"[^>]*data-case', page)
    assert [row["id"] for row in table(cora.post(f"/cases.csv?{place}"))] == listed
    button = re.search(r'action="(/cases\.csv[^"]*)"', page)
    if listed:
        assert button, "the page offers it"
        assert [row["id"] for row in table(cora.post(button[1].replace("&amp;", "&")))] == listed


def test_a_page_further_on_gives_the_whole_list(people, cases):
    cora = people.browser("cora")
    assert len(table(cora.post("/cases.csv?cursor=nonsense"))) == len(table(cora.post("/cases.csv"))) == 2


def test_its_columns_are_the_fields_of_the_api(people, cases):
    headers = people.token("cora", Scope.CASES)
    api = {item["id"]: item for item in people.app.test_client().get("/api/v1/cases", headers=headers).json["items"]}
    [row] = table(people.browser("cora").post("/cases.csv?tab=notified"))
    case = api[cases["parrot"]]
    assert tuple(row) == list_rows.CASES
    assert {name.partition(".")[0] for name in list_rows.CASES} <= set(CaseOut().fields)
    assert row["reference"] == case["reference"] and row["state"] == "notified" and row["spotters"] == "1"
    assert row["listing.url"] == case["listing"]["url"] and row["company"] == "mercado"
    assert row["taxa"].split("; ") == [taxon["scientific_name"] for taxon in case["taxa"]]
    assert row["notice.reference"] == case["notice"]["reference"] and row["notice.state"] == "open"
    assert case["notice"]["id"] == cases["notice"] and api[cases["ivory"]]["notice"] is None
    mia = table(people.browser("mia").post("/notices.csv"))
    assert tuple(mia[0]) == list_rows.NOTICES and mia[0]["reference"] == row["notice.reference"]
    assert {name.partition(".")[0] for name in list_rows.NOTICES} <= set(NoticeOut().fields)
    assert "answer_url" not in list_rows.NOTICES, "whoever has it can answer"


def test_a_title_is_no_formula_and_nobody_is_named(people, cases):
    cora, mia = people.browser("cora"), people.browser("mia")
    texts = [cora.post("/cases.csv?q=mercado.test").text, mia.post("/notices.csv?tab=open").text]
    for text in texts:
        assert "'=cmd|" in text and not re.search(r"(^|,)=", text)
        for key in ("ana", "ben", "cora"):
            assert people.ids[key] not in text and f"{key}@people.test" not in text
            assert not re.search(rf"\b{key}\b", text, re.IGNORECASE)


@pytest.mark.parametrize("place", ["", "tab=answered", "q=parrot", "q=ivory", "tab=withdrawn"])
def test_a_company_gets_what_its_inbox_lists_and_no_other_companys(people, cases, place):
    listed = re.findall(r'href="/notices/([0-9a-f]{32})"', people.browser("mia").get(f"/notices?{place}").text)
    assert [row["id"] for row in table(people.browser("mia").post(f"/notices.csv?{place}"))] == listed
    assert table(people.browser("otto").post(f"/notices.csv?{place}")) == []


def test_pages_of_rows_are_read_one_after_another(people, cases, monkeypatch):
    whole = people.browser("cora").post("/cases.csv?q=test").text
    monkeypatch.setattr(list_rows, "PAGE", 1)
    assert people.browser("cora").post("/cases.csv?q=test").text == whole and whole.count("\r\n") == 4
    assert len(table(people.browser("mia").post("/notices.csv"))) == 1


def test_that_it_was_taken_is_recorded_without_what_was_sought(people, cases):
    people.browser("cora").post("/cases.csv?q=Quillfeather&company=mercado")
    people.browser("mia").post("/notices.csv?q=Quillfeather")
    with read() as session:
        rows = {row.action: row for row in session.scalars(select(AuditRow).where(AuditRow.action.like("%exported")))}
    assert rows["cases_exported"].actor_id == people.ids["cora"]
    assert rows["cases_exported"].detail == {"by": ["company", "q"], "cases": 0}
    assert rows["notices_exported"].actor_id == people.ids["mia"] and rows["notices_exported"].detail == {"by": ["q"]}


def test_a_get_takes_nothing(people, cases):
    assert people.browser("cora").get("/cases.csv").status_code == 405
    assert people.browser("mia").get("/notices.csv").status_code == 405


@pytest.fixture
def several(people, report_json) -> dict[str, str]:
    """A company with two platforms has a notice about birds on one, sent today, and about no group on the other, sent before."""
    file = (
        companies_file()
        .decode()
        .replace("    spocs:\n", "      - {slug: bazaar, name: Bazaar, domains: [bazaar.test]}\n    spocs:\n", 1)
    )
    with read() as session:
        secrets = store.with_secrets(session)
    directory_import.import_companies(schemas.read_file(file.encode(), demo=False, with_secrets=secrets))
    suspicion = report_json()["suspicion"]
    with time_machine.travel(clock.now() - timedelta(days=5)):
        plain = notify(
            people,
            report_json(
                "https://bazaar.test/ad/7", listing={"title": "A tusk"}, suspicion=suspicion | {"category": "part"}
            ),
            taxa=["Loxodonta africana"],
        )
    return {"bird": notify(people, report_json(), taxa=["Psittacus erithacus"]), "tusk": plain}


def _places() -> list[tuple[str, str]]:
    today = clock.now().date()
    return [
        ("platform=mercado", "bird"), ("platform=bazaar", "tusk"), ("platform=tradepost", "bird tusk"),
        ("group=bird", "bird"), ("group=mammal", "tusk"), ("group=plant", ""), ("group=x&due=x&since=x", "bird tusk"),
        (f"since={today}", "bird"), (f"since={today - timedelta(days=5)}", "bird tusk"),
        ("due=overdue", ""), ("due=today", ""), ("due=week", "bird tusk"), ("due=week&group=bird&q=parrot", "bird"),
        ("tab=answered&group=bird", ""),
    ]  # fmt: skip


def test_a_company_narrows_its_inbox_and_all_it_downloads_from_there(people, several):
    mia = people.browser("mia")
    names = {id_: name for name, id_ in several.items()}
    for place, wanted in _places():
        page = mia.get(f"/notices?{place}").text
        listed = [names[id_] for id_ in re.findall(r'<a class="inbox-name" href="/notices/([0-9a-f]{32})"', page)]
        assert sorted(listed) == wanted.split(), place
        assert sorted(names[row["id"]] for row in table(mia.post(f"/notices.csv?{place}"))) == wanted.split(), place
        if "tab=" not in place and "q=" not in place:
            content = mia.get(f"/notices/file/notices.csv?{place}").text
            assert len(content.splitlines()) == 1 + len(wanted.split()), place


def test_what_an_inbox_is_narrowed_by_stays_on_its_tabs_downloads_and_answers(people, several):
    mia = people.browser("mia")
    place = f"group=bird&due=week&since={clock.now().date()}"
    page = html.unescape(mia.get(f"/notices?platform=mercado&{place}").text)
    kept = f"platform=mercado&{place}"
    for address in (f"/notices?tab=answered&{kept}", f"/notices/file?{kept}", f"/notices.csv?tab=open&{kept}"):
        assert f'"{address}"' in page, address
    assert "Remove the filters" in page and '<option value="bazaar">' in page
    people.app.config["WTF_CSRF_ENABLED"] = False
    form = {"notice": several["bird"], "answer": "received"}
    assert mia.post(f"/notices?{kept}", data=form).location == f"/notices?{kept}"
    assert "Nothing matches these filters." in mia.get("/notices?group=plant").text
    assert 'id="by-platform"' not in people.browser("otto").get("/notices?group=bird").text, "it has one platform"


def test_a_narrowed_inbox_is_read_in_as_many_statements_as_a_whole_one(people, several):
    mia, numbers = people.browser("mia"), []
    for place in ("", "", "?platform=mercado&group=bird&due=week&since=2020-01-01"):
        with statements() as sent:
            mia.get(f"/notices{place}")
        numbers.append(len(sent))
    assert numbers[1] == numbers[2]


def test_coordinators_take_every_notice_with_what_became_of_it(people, cases, monkeypatch):
    cora = people.browser("cora")
    answered = people.browser("mia").post(
        f"/notices/{cases['notice']}", data={"answer": "removed", "ground": "policy", "actions": "removed"}
    )
    assert answered.status_code == 302, answered.text
    later = decide(people, cases["ivory"])
    page = cora.get("/figures?from=&to=").text
    address = html.unescape(re.search(r'action="(/cases/notices\.csv[^"]*)"', page)[1])
    monkeypatch.setattr(list_rows, "PAGE", 1)
    answer = cora.post(address)
    first, second = table(answer)
    assert tuple(first) == list_rows.SENT and [first["id"], second["id"]] == [cases["notice"], later]
    assert (first["case.id"], first["company"], first["answer"]) == (cases["parrot"], "mercado", "removed")
    assert first["given.ground"] == "policy" and first["removed_at"] and first["listing.title"].startswith("'=cmd")
    assert second["state"] == "open" and second["case.reference"] and second["answer"] == second["given.ground"] == ""
    for key in ("ana", "ben", "cora"):
        assert people.ids[key] not in answer.text and not re.search(rf"\b{key}\b", answer.text, re.IGNORECASE)
    assert [row["id"] for row in table(cora.post("/cases/notices.csv?from=&to=&company=tradepost"))] == [later]
    assert table(cora.post("/cases/notices.csv?from=2020-01-01&to=2020-01-02")) == []
    assert cora.post("/cases/notices.csv?from=soon").status_code == 422
    assert (
        people.browser("mia").post("/cases/notices.csv").status_code
        == people.browser("ana").post("/cases/notices.csv").status_code
        == 403
    )
    with read() as session:
        rows = list(
            session.scalars(select(AuditRow).where(AuditRow.action == "notices_exported").order_by(AuditRow.seq))
        )
    assert [(row.kind, row.detail) for row in rows] == [
        ("notices", {"by": []}), ("company", {"by": ["company"]}), ("notices", {"by": ["from", "to"]}),
    ]  # fmt: skip
