"""Past work: a sheet is checked, imported, known again, and undone; nobody is told, nothing is doubled, no figure counts it."""

import html
import io
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from server.core import clock, work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import FiguresBy, Refused, Scope
from server.journeys.oversight import past_rows, past_work
from server.journeys.report import decision
from server.ledger.cases import queue_store
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.notices.models import Notice
from server.ledger.past import columns, rows, sheet, store
from server.ledger.past.states import PastOutcome
from server.ledger.species import store as species
from server.reads import figures, identity
from tests import past_sheets
from tests.complaint_stories import complained
from tests.past_sheets import imported, kept, many, row, upload
from tests.round_stories import hand  # noqa: F401 - the clock of every test here
from tests.story import flag, mails
from tests.workbooks import with_part, workbook

THREE = [
    ("https://mercado.test/itm/265370482805", "closed", "2021-11-24:removed", 0),
    ("https://stalls.test/offer/9", "closed", "2021-12-03:unknown", 0),
    ("https://tradepost.test/ad/77", "closed", "2021-11-25:no_answer", 0),
]


@pytest.fixture
def cora(people):
    return people.browser("cora")


def test_nothing_is_kept_before_somebody_has_seen_what_was_read(people, cora, work_all):
    path = upload(cora)
    assert "Being checked" in cora.get(path).text and 'hx-trigger="every 2s"' in cora.get(path).text
    work_all()
    page = cora.get(path).text
    assert "<b>3 rows can be imported.</b>" in page and "Nothing is imported yet." in page and "hx-trigger" not in page
    assert "Not read and not kept: <bdi>Bénévole</bdi>" in page
    assert kept() == [] and row(path).state == "checked"


def test_each_listing_becomes_a_closed_case_with_the_outcome_it_had(people, cora, work_all, settings):
    work_all()
    before = len(mails(settings))
    path = imported(cora, work_all)
    assert kept() == THREE
    page = cora.get(path).text
    assert "3 rows were imported." in page and "3 new closed cases." in page
    client, headers = people.app.test_client(), people.token("cora", Scope.CASES)
    [case] = client.get("/api/v1/cases?q=265370482805", headers=headers).json["items"]
    assert case["state"] == "closed" and case["report_count"] == case["spotters"] == 0 and case["notice"] is None
    assert case["past"] == [{"source": "Survey of 2021", "year": 2021, "day": "2021-11-24", "outcome": "removed"}]
    assert case["company"] == "mercado" and [taxon["scientific_name"] for taxon in case["taxa"]] == [
        "Psittacus erithacus"
    ]
    shown = cora.get(f"/cases/{case['id']}")
    assert shown.status_code == 200 and "In earlier years" in shown.text and "Survey of 2021" in shown.text
    assert len(mails(settings)) == before
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 0
        assert (
            figures.became(
                session, figures.Asked(clock.now().date().replace(year=2020), clock.now().date()), FiguresBy.MONTH
            )
            == []
        )
        assert b"Z" not in (store.get(session, path.rpartition("/")[2], file=True).data or b""), "the file is gone"


def test_the_same_file_and_the_same_row_add_nothing(people, cora, work_all):
    imported(cora, work_all)
    again = upload(
        cora, past_sheets.SHEET + "24-11-2021;https://www.mercado.test/itm/grey/265370482805?x=1;removed;;\n"
    )
    work_all()
    page = cora.get(again).text
    assert "4 rows repeat earlier ones." in page and "Import " not in page.partition("<h2")[0].partition("<main")[
        2
    ].replace("Import past", "")
    cora.post(f"{again}/start")
    work_all()
    assert kept() == THREE
    twice = imported(cora, work_all, "url,date\na.test/ad/1,2020\na.test/ad/1,2020\na.test/ad/1,2021\n")
    assert row(twice).counts["there"] == 1 and len(kept()) == 5


def test_rows_that_are_wrong_are_listed_and_left_out(people, cora, work_all):
    text = "url,date,outcome,platform,group\nnot an address,2021,,,\nb.test/ad/1,2031-01-01,,,\nc.test/ad/1,2021,maybe,,\nd.test/ad/1,2021,removed,Mercury,\ne.test/ad/1,2021,removed,mercado,rocks\nf.test/ad/1,2021,removed,Mercado,birds\n"
    path = imported(cora, work_all, text)
    page = cora.get(path).text
    for number, words in (
        (2, "This is not a web address."), (3, "This day is in the future."), (4, "This outcome is not known."),
        (5, "This platform is not in the directory."), (6, "This species group is not known."),
    ):  # fmt: skip
        assert f"Row {number}</th>" in page and words in page
    assert [each[0] for each in kept()] == ["https://f.test/ad/1"] and "5 rows were left out." in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_outcomes_that_a_refusal_names_are_read(cora, work_all, language):
    path = imported(cora, work_all, "url,date,outcome\na.test/ad/1,2021,maybe\nb.test/ad/1,2021,sold\n")
    page = html.unescape(cora.get(path, headers={"Accept-Language": language}).text)
    named = re.findall(r"“([^”]+)”|«\s([^»]+)\s»", re.search("(?:This outcome|Cette issue).*?</td>", page)[0])
    outcomes = {columns.outcome(english or french) for english, french in named}
    assert outcomes == set(PastOutcome)


def test_rows_that_are_wrong_stand_on_pages_and_what_is_beyond_them_is_counted(people, cora, work_all):
    path = upload(cora, "url,date\n" + "".join(f"not an address {n},2021\n" for n in range(620)))
    work_all()
    page, seen = cora.get(path).text, 0
    while True:
        seen += page.count('<th scope="row">')
        found = re.search(r'href="([^"]*cursor=\d+)"', page)
        if not found:
            break
        assert "more row" not in page
        page = cora.get(html.unescape(found[1])).text
    assert seen == store.MOST_PROBLEMS and "And 120 more rows." in page
    assert cora.get(f"{path}?cursor=-1").status_code == 422


@pytest.mark.parametrize("killed", [False, True])
def test_no_turn_reads_again_what_one_before_has_read_but_after_a_restart(people, cora, monkeypatch, killed):
    lines = past_sheets.many(5 * past_rows.BATCH).splitlines()
    path = upload(cora, "\n".join([*lines, *lines[1:11]]))  # ten rows say again what the first ones said
    read_rows, read_row = [], rows.read
    monkeypatch.setattr(past_rows, "SLICE", timedelta(0))
    monkeypatch.setattr(rows, "read", lambda number, *more: read_rows.append(number) or read_row(number, *more))
    while row(path).state == "checking":
        if killed:
            past_rows._stated.clear()
        try:
            past_rows.carry_on(path.rpartition("/")[2])
        except work.Retry:
            continue
    assert row(path).counts["good"] == 5 * past_rows.BATCH and row(path).counts["there"] == 10
    again = len(read_rows) - len(set(read_rows))
    assert again == 0 if not killed else again > 5 * past_rows.BATCH
    assert not past_rows._stated, "nothing of it stays in memory"


def test_the_lexicon_is_made_once_for_all_batches(people, cora, work_all, monkeypatch):
    lines = past_sheets.many(3 * past_rows.BATCH).splitlines()
    named = [f"{lines[0]},species", *(f"{line},Psittacus erithacus" for line in lines[1:])]
    path = upload(cora, "\n".join(named))
    work_all()
    made, make = [], species._lexicon.make
    monkeypatch.setattr(species._lexicon, "make", lambda *given: made.append(1) or make(*given))
    monkeypatch.setattr(species._lexicon, "kept", {})
    cora.post(f"{path}/start")
    made.clear()
    monkeypatch.setattr(species._lexicon, "kept", {})
    work_all()
    assert row(path).counts["added"] == 3 * past_rows.BATCH
    assert len(made) == 1


def test_a_file_that_is_not_read_to_its_end_is_not_imported(people, cora, work_all):
    path = upload(
        cora,
        "date,url,title\n2021,https://mercado.test/itm/265370482805,a\n"
        '2021,https://mercado.test/itm/265370482806,"b\n2021,https://mercado.test/itm/265370482807,c\n',
    )
    work_all()
    page = cora.get(path).text
    assert "the rows after it were not read" in page and "Row 3" in page and f'action="{path}/start"' not in page
    assert "the rows after it were not read" in cora.post(f"{path}/start", follow_redirects=True).text
    work_all()
    assert kept() == [] and row(path).state == "checked"


def test_days_that_may_be_read_either_way_are_refused_until_somebody_says_how(people, cora, work_all):
    path = upload(cora, "url,date\na.test/ad/1,03/04/2021\nb.test/ad/1,05/06/2021\n")
    work_all()
    assert "can be read day first or month first" in cora.get(path).text
    cora.post(f"{path}/start")
    work_all()
    assert kept() == [], "there is nothing to import"
    assert cora.post(f"{path}/columns", data={"url": "0", "date": "1", "date_order": "month_first"}).status_code == 302
    work_all()
    cora.post(f"{path}/start")
    work_all()
    assert [each[2] for each in kept()] == ["2021-03-04:unknown", "2021-05-06:unknown"]


def test_a_sheet_whose_columns_say_nothing_waits_for_a_person(people, cora, work_all):
    path = upload(cora, "A,B\n2021,a.test/ad/1\n")
    work_all()
    assert row(path).state == "mapping" and "What its columns hold" in cora.get(path).text
    answer = cora.post(f"{path}/columns", data={"url": "", "date": "0"})
    assert answer.status_code == 422 and "Choose the column of the addresses." in answer.text
    cora.post(f"{path}/columns", data={"url": "1", "date": "0"})
    work_all()
    assert row(path).counts["good"] == 1


def test_a_workbook_is_imported_as_a_csv_would_be(people, cora, work_all):
    rows = [
        ["Date du signalement", "Lien de l'annonce", "Résultat", "Espèce", "Bénévole"],
        [date(2021, 11, 24), "https://mercado.test/itm/265370482805", "Retirée", "Psittacus erithacus", "Zéphyrine"],
        [date(2021, 11, 25), "tradepost.test/ad/77", "Sans réponse", None, "Zéphyrine"],
        [datetime(2021, 12, 3), "https://stalls.test/offer/9", None, None, None],
        [date(2021, 12, 4), "https://stalls.test/offer/10", "#N/A", None, None],
    ]
    path = imported(cora, work_all, workbook(rows))
    page = cora.get(path).text
    assert kept() == THREE and "Row 5</th>" in page and "The cell holds an error." in page


LARGE = [["Date", "Lien de l'annonce"], *([date(2021, 3, 1), f"https://mercado.test/itm/{n}"] for n in range(9_000))]


def test_a_large_workbook_is_read_by_the_worker_and_its_page_says_how_far(cora, monkeypatch):
    path, told = upload(cora, workbook(LARGE)), []
    monkeypatch.setattr(past_rows, "SLICE", timedelta(0))
    assert row(path).header == [] and "The file is being read." in cora.get(path).text
    go_on = store.go_on
    monkeypatch.setattr(store, "go_on", lambda now, *more: go_on(now, *more) or told.append(now.done))
    with pytest.raises(work.Retry):
        past_rows.carry_on(path.rpartition("/")[2])
    assert told == [2_000, 4_000, 6_000, 8_000]
    assert (row(path).header, row(path).state, row(path).done) == (LARGE[0], "checking", 0)


@pytest.mark.parametrize("dies_at", [2_000, 6_000])
def test_a_worker_that_dies_while_it_reads_a_workbook_loses_nothing(cora, work_all, monkeypatch, dies_at):
    path, go_on = upload(cora, workbook(LARGE)), store.go_on

    def dying(now, *more):
        go_on(now, *more)
        if now.done == dies_at + 2_000:
            raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(store, "go_on", dying)
        with pytest.raises(SystemExit):
            past_rows.carry_on(path.rpartition("/")[2])
    assert (row(path).header, row(path).done) == ([], dies_at)
    work_all()
    assert row(path).state == "checked" and row(path).counts["good"] == 9_000


def test_a_large_workbook_whose_columns_say_nothing_waits_for_a_person(cora, work_all):
    path = upload(cora, workbook([["A", "B"], *LARGE[1:]]))
    work_all()
    assert row(path).state == "mapping" and "What its columns hold" in cora.get(path).text
    cora.post(f"{path}/columns", data={"url": "1", "date": "0"})
    work_all()
    assert row(path).counts["good"] == 9_000


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: b"url,date\n" + b"\n" * 4_100_000, "The sheet has more than"),
        (lambda: b"\n" * 200_000 + b" " * 900_000 + b"\n" * 4 + (b" " * 900_000 + b"\n") * 4, "This file is empty."),
        (lambda: with_part(workbook(LARGE), "xl/worksheets/sheet1.xml", b"<a" * 300_000), "This file cannot be read."),
    ],
)
def test_a_large_file_that_cannot_be_read_is_dropped_and_its_page_says_why(cora, work_all, data, told):
    path = upload(cora, data())
    work_all()
    page = cora.get(path).text
    assert row(path).state == "undone" and "Dropped" in page and told in page


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04workbook", b"\n\n"])
def test_what_is_no_sheet_is_refused_at_its_field(people, cora, data):
    answer = cora.post("/past-work", data={"name": "x", "file": (io.BytesIO(data), "x.csv")})
    assert answer.status_code == 422 and 'href="#file"' in answer.text
    assert cora.post("/past-work", data={"name": "", "file": (io.BytesIO(b"url,date"), "x.csv")}).status_code == 422


def test_a_text_in_place_of_the_file_is_no_file(cora):
    answer = cora.post("/past-work", data={"name": "Survey", "file": "a text"})
    assert answer.status_code == 422 and "Choose a file." in answer.text


def test_a_new_report_of_the_listing_finds_its_past(people, cora, report_json, work_all):
    imported(cora, work_all)
    case_id = flag(people, report_json("https://mercado.test/itm/parrot/265370482805"))
    work_all()
    with read() as session:
        case = session.get_one(Case, case_id)
        assert case.state == "open" and case.spotter_count == 1 and case.priority > 0
        assert "removed_before" in {reason["code"] for reason in case.reasons}
    page = cora.get(f"/cases/{case_id}").text
    assert "In earlier years" in page and "Survey of 2021" in page


def test_past_work_is_no_new_ad_before_somebody_reports_it(people, cora, report_json, work_all):
    address = "https://mercado.test/itm/265370482805"

    def ads(day):
        with read() as session:
            landing = figures.landing(session, clock.now() + timedelta(seconds=1))
            return landing["cases"], figures.came(session, day, day), figures.came(session, None, None)

    with time_machine.travel(clock.now(), tick=False) as traveller:
        flag(people, report_json("https://mercado.test/itm/111111111111"))
        imported(cora, work_all)
        assert ads(clock.now().date()) == (1, (1, 1), (1, 1))
        traveller.shift(timedelta(days=40))
        flag(people, report_json("https://mercado.test/itm/111111111111"))  # not new any more
        case_id = flag(people, report_json(address))
        assert ads(clock.now().date()) == (2, (2, 1), (3, 2))
        assert ads(clock.now().date() - timedelta(days=40))[1] == (1, 1)
        shown = people.app.test_client().get(f"/api/v1/cases/{case_id}", headers=people.token("cora", Scope.CASES)).json
        assert datetime.fromisoformat(shown["created_at"]) == clock.now(), "waits since it was reported"


def test_what_nobody_has_reported_here_is_notified_to_nobody(people, cora, work_all):
    imported(cora, work_all)
    with read() as session:
        case_id = session.scalars(select(Case.id).join(Listing).where(Listing.url == THREE[0][0])).one()
    with pytest.raises(Refused, match="Nobody has reported this ad since it was imported"):
        decision.decide(
            case_id, people.ids["cora"], decision="notify", note="Ivory.", version=1, taxa=["Psittacus erithacus"]
        )


def test_the_first_report_here_says_when_an_ad_was_first_seen_and_what_its_title_is(
    people, cora, report_json, work_all
):
    sheet = "date,url,title\n2021,https://mercado.test/itm/265370482805,Said in 2021\n"
    imported(cora, work_all, sheet + "2021,https://mercado.test/itm/265370482806,Said in 2021\n")
    untitled = report_json("https://mercado.test/itm/265370482806")
    untitled["listing"].pop("title")
    titled = report_json("https://mercado.test/itm/265370482805")
    for statement, title in ((titled, titled["listing"]["title"]), (untitled, None)):
        case_id = flag(people, statement)
        with read() as session:
            listing = session.get_one(Listing, session.get_one(Case, case_id).listing_id)
            assert (listing.title, listing.first_seen_at.date()) == (title, clock.now().date())


def test_the_oldest_case_that_waits_is_the_one_that_was_reported_first(people, cora, report_json, work_all):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        imported(cora, work_all)
        traveller.shift(timedelta(days=40))
        first = flag(people, report_json("https://mercado.test/itm/111111111111"))
        traveller.shift(timedelta(days=2))
        flag(people, report_json("https://mercado.test/itm/265370482805"))
        with read() as session:
            assert queue_store.oldest_waiting(session).id == first
            assert queue_store.oldest(session) == clock.now() - timedelta(days=2)


def test_what_is_only_known_from_earlier_years_is_not_known_to_spotters(people, cora, report_json, work_all):
    imported(cora, work_all)
    asked = "/api/v1/listings/known?url=https://mercado.test/itm/265370482805"
    client, ana = people.app.test_client(), people.token("ana")
    assert client.get(asked, headers=ana).json == {"known": False}, "it may have come back: flag it"
    flag(people, report_json("https://mercado.test/itm/265370482805"), who="ana")
    assert client.get(asked, headers=ana).json == {"known": True}


def test_an_import_is_undone_as_a_whole(people, cora, work_all):
    path = imported(cora, work_all)
    cora.post(f"{path}/undo")
    work_all()
    assert kept() == [] and row(path).state == "undone"
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 0
    imported(cora, work_all)
    assert kept() == THREE, "and may be imported again"


def test_undo_leaves_what_somebody_has_reported_since_and_what_another_import_says(people, cora, report_json, work_all):
    flag(people, report_json("https://stalls.test/offer/9"))
    path = imported(cora, work_all)
    other = imported(cora, work_all, "url,date\ntradepost.test/ad/77,2019\n", "Survey of 2019")
    flag(people, report_json("https://mercado.test/itm/265370482805"))
    cora.post(f"{path}/undo")
    work_all()
    assert kept() == [("https://tradepost.test/ad/77", "closed", "2019:unknown", 0)]
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 3
    cora.post(f"{other}/undo")
    work_all()
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 2


def test_what_two_imports_state_stays_until_both_are_undone(people, cora, work_all):
    first = imported(cora, work_all)
    again = past_sheets.SHEET + "24/11/2021;mercado.test/itm/265370482805;Retirée;;\n2019;stalls.test/offer/8;;;\n"
    second = imported(cora, work_all, again, "Survey of 2022")
    assert (row(second).counts["added"], row(second).counts["there"]) == (1, 4)
    with read() as session:
        [case_id] = session.scalars(select(Case.id).join(Listing).where(Listing.url == THREE[0][0]))
        assert [each["source"] for each in store.of_cases(session, [case_id])[case_id]] == ["Survey of 2021"]
    cora.post(f"{first}/undo")
    work_all()
    assert kept() == sorted([*THREE, ("https://stalls.test/offer/8", "closed", "2019:unknown", 0)])
    cora.post(f"{second}/undo")
    work_all()
    assert kept() == []


def test_undo_takes_back_what_a_reported_case_had_from_the_sheet_alone(people, cora, report_json, work_all):
    sheet = "date,url,outcome,species\n2021-03-01,https://mercado.test/itm/265370482805,removed,{}\n"
    wrong = imported(cora, work_all, sheet.format("Loxodonta africana"))
    imported(cora, work_all, sheet.format("Psittacus timneh").replace("removed", "kept"), "Survey of 2022")
    case_id = flag(people, report_json())
    cora.post(f"{wrong}/undo")
    work_all()
    with read() as session:
        case = session.get_one(Case, case_id)
        codes = {reason["code"] for reason in case.reasons}
        assert "kept_before" in codes and "removed_before" not in codes, "what the other sheet says is still known"
        assert case.signals["before"] == 0.5
        names = [taxon["scientific_name"] for taxon in identity.taxa(session, [case_id])[case_id]]
        assert "Loxodonta africana" not in names and "Psittacus erithacus" in names


def test_undo_leaves_the_judgement_of_a_case_that_was_reported_before_the_import(people, cora, report_json, work_all):
    case_id = flag(people, report_json())
    sheet = "date,url,outcome\n2021-03-01,https://mercado.test/itm/265370482805,kept\n"
    wrong = imported(cora, work_all, sheet)
    imported(cora, work_all, sheet, "Survey of 2022")
    with write() as session:
        session.get_one(Case, case_id).priority = 99  # it never falls by another voice
    with read() as session:
        before = session.get_one(Case, case_id).reasons
    cora.post(f"{wrong}/undo")
    work_all()
    with read() as session:
        case = session.get_one(Case, case_id)
        assert (case.priority, case.reasons) == (99, before)


def test_undo_leaves_the_case_that_somebody_has_complained_about(people, cora, work_all):
    path = imported(cora, work_all)
    complaint = complained("https://mercado.test/itm/265370482805")
    cora.post(f"{path}/undo")
    work_all()
    assert row(path).state == "undone" and kept() == []
    with read() as session:
        assert list(session.scalars(select(Case.id))) == [complaint.case_id]
    assert people.browser("dan").get(f"/complaints/{complaint.id}").status_code == 200


def test_it_can_no_longer_be_undone_once_something_was_decided(people, cora, report_json, work_all):
    path = imported(cora, work_all)
    case_id = flag(people, report_json("https://mercado.test/itm/265370482805"))
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(case_id, people.ids["cora"], decision="hold", note="Wait.", version=version, hold_reason="other")
    assert "has been decided since" in cora.post(f"{path}/undo", follow_redirects=True).text
    work_all()
    assert len(kept()) == 3 and row(path).state == "imported"


def test_many_rows_are_taken_in_slices_between_which_other_work_has_its_turn(people, cora, monkeypatch, work_all):
    monkeypatch.setattr(past_rows, "BATCH", 10)
    monkeypatch.setattr(past_rows, "SLICE", timedelta(0))
    path = upload(cora, many(35) + "\n2021-03-01,https://mercado.test/itm/100000000000,removed")
    seen = []
    for _ in range(10):
        work._run_batch()
        seen.append(row(path).done)
    assert seen[:4] == [10, 20, 30, 36] and row(path).state == "checked"
    assert row(path).counts == {"wrong": 0, "good": 35, "known": 0, "there": 1}, "also what an earlier slice has read"
    cora.post(f"{path}/start")
    work._run_batch()
    assert "10 of 36 rows" in cora.get(path).text
    work_all()
    assert len(kept()) == 35


def test_who_changes_the_columns_overtakes_the_worker(people, cora, work_all):
    path = upload(cora)
    cora.post(f"{path}/columns", data={"url": "1", "date": "0"})
    cora.post(f"{path}/columns", data={"url": "1", "date": "0", "outcome": "2"})
    work_all()
    assert row(path).counts["good"] == 3 and row(path).done == 3


@pytest.mark.parametrize(
    ("size", "why"), [(sheet.AT_ONCE_TEXT, "Line 1 is longer"), (20 * 2**20 + 1, "larger than 20 MB")]
)
def test_a_file_that_is_too_large_or_no_table_is_refused_unread(size, why):
    with pytest.raises(Refused, match=why):
        past_work.upload("Survey", b"x" * size, "")


def test_a_file_that_nobody_imports_is_forgotten(people, cora, work_all):
    path = upload(cora)
    work_all()
    with write() as session:
        assert store.forget_files(session, clock.now() - timedelta(days=1)) == 0
        assert store.forget_files(session, clock.now() + timedelta(days=1)) == 1
    with read() as session:
        assert store.get(session, path.rpartition("/")[2], file=True).data is None
    assert row(path).state == "undone"


def test_what_was_done_is_on_record(people, cora, work_all):
    path = imported(cora, work_all)
    cora.post(f"{path}/undo")
    work_all()
    with read() as session:
        actions = session.scalars(
            select(AuditRow.action).where(AuditRow.kind == "past_import").order_by(AuditRow.seq)
        ).all()
    assert actions == [
        f"past_work_{done}" for done in ("uploaded", "checking", "importing", "imported", "undoing", "undone")
    ]


def test_only_coordinators_import(people):
    for who in ("ana", "mia", "ada"):
        assert people.browser(who).get("/past-work").status_code == 403


HEADER = "date,url,title\n"


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (HEADER, "<b>There is nothing in it to import.</b></p>"),
        (f"{HEADER}3 April 2021,https://stalls.test/1,\n", "This cannot be read as a day or a year since 1990. Write 2021-04-03, or 2021."),
        (f"{HEADER}2021,https://stalls.test/1,{'x' * 1001}\n", "A title has at most 1,000 characters, a species 200."),
        (f"{HEADER}2021,https://stalls.test/1,a\n2021,https://stalls.test/1,b\n", "1 row repeats an earlier one."),
    ],
)  # fmt: skip
def test_what_is_left_out_of_a_sheet_is_said_with_what_would_be_right(cora, work_all, sheet, told):
    path = upload(cora, sheet)
    work_all()
    page = html.unescape(cora.get(path).text)
    assert told in page and "0 rows" not in page


def test_a_file_that_was_dropped_is_not_called_an_import_that_was_undone(cora, work_all):
    dropped, undone = upload(cora, HEADER, "Dropped by Cora"), imported(cora, work_all)
    for path in (dropped, undone):
        cora.post(f"{path}/undo")
        work_all()
    assert "Nothing of it was imported, and its file is deleted." in cora.get(dropped).text
    assert "What it brought has been taken out again" in cora.get(undone).text
    states = re.findall(r'<td data-label="State">([^<]+)</td>', cora.get("/past-work").text)
    assert sorted(states) == ["Dropped", "Undone"]


def test_the_list_of_imports_leaves_no_cell_empty(cora, work_all):
    upload(cora, "a,b\n1,2\n", "Columns unknown")
    upload(cora, HEADER + "2021,https://stalls.test/1,\n" * 1200, "Many rows")
    work_all()
    page = cora.get("/past-work").text
    assert 'data-label="Rows">1,200</td>' in page and 'data-label="Rows">not counted yet</td>' in page
