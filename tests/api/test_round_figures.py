"""What a round achieved: what counts for it, from when to when, by what it is divided, and its files."""

import csv
import io
import re
from datetime import date, timedelta

import pytest

from server.core import clock
from server.core.database import read, write
from server.core.words import Answer, Role, Via
from server.journeys.report import answering, decision
from server.journeys.spotter import joining
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from server.pages.rounds import report_page
from server.people.rounds import store
from server.reads import round_cells, round_figures, round_reports
from tests.round_stories import PLAN, accredit, hand, join, plan, search, searchable, searched  # noqa: F401
from tests.sending import send
from tests.statements import statements


def number(page, week, label):
    row = re.search(rf'<tr>\s*<th scope="row">Week {week}</th>.*?</tr>', page, re.S)[0]
    cell = re.search(rf'data-label="{label}">([^<]*)<', row)
    return cell and cell[1]


@pytest.fixture
def report(people, report_json):
    """Somebody reports a listing, on their own."""
    browser = people.app.test_client()

    def report_of(who, n, **more):
        answer = send(
            browser, people.token(who), report_json(f"https://mercado.test/itm/parrot/{265370482000 + n}", **more)
        )
        assert answer.status_code == 201, answer.text
        with read() as session:
            return session.get_one(Report, answer.json["id"]).case_id

    return report_of


def notify(people, case_id):
    with read() as session:
        version = session.get_one(Case, case_id).version
    what = {"decision": "notify", "note": "Live chicks without papers.", "version": version}
    return decision.decide(case_id, people.ids["cora"], **what)


def test_duplicates_on_probation_count_and_a_spotter_sees_them_the_day_after(people, report, hand):
    accredit("ben")
    round_id = plan(people)
    for who in ("ana", "ben"):
        join(people, who, round_id)
    report("ana", 1)
    report("ben", 1)
    page = people.browser("ben").get(f"/rounds/{round_id}").text
    assert number(page, 1, "Reports") == "0", "not before the day is over"
    assert number(people.browser("cora").get(f"/rounds/{round_id}").text, 1, "Reports") == "2"
    assert re.search(r"<dt>Reports</dt><dd[^>]*>1<", page), "one's own at once"
    hand.shift(timedelta(days=1))
    page = people.browser("ben").get(f"/rounds/{round_id}").text
    assert number(page, 1, "Reports") == "2"
    assert number(page, 1, "Notices") is None, "what became of them is not told while few report"
    for name in ("Ana", "ana@people.test", people.ids["ana"], "Cora"):
        assert name not in page


def test_the_report_counts_notices_and_takedowns_where_they_began(people, report, hand, work_all):
    accredit("ben")
    round_id = plan(people)
    for who in ("ana", "ben"):
        join(people, who, round_id)
    cases = [report("ana", n) for n in range(3)]
    hand.shift(timedelta(days=8))
    report("ben", 0)  # known already
    later = report("ben", 7)
    notices = [notify(people, case_id) for case_id in (*cases[:2], later)]
    work_all()
    answering.answer_notice(
        notices[0], {"answer": Answer.REMOVED, "reason": "Not allowed."}, Via.PORTAL, people.ids["mia"]
    )
    answering.answer_notice(
        notices[2], {"answer": Answer.NOT_VIOLATING, "reason": "Papers."}, Via.PORTAL, people.ids["mia"]
    )
    page = people.browser("cora").get(f"/rounds/{round_id}/report").text
    got = {(week, label): number(page, week, label) for week in (1, 2) for label in ("Reports", "Notices", "Takedowns")}
    assert got == {(1, "Reports"): "3", (1, "Notices"): "2", (1, "Takedowns"): "1",
                   (2, "Reports"): "2", (2, "Notices"): "1", (2, "Takedowns"): "0"}  # fmt: skip


def test_who_was_never_in_the_round_or_had_left_does_not_count(people, report, hand):
    accredit("ben")
    round_id = plan(people)
    join(people, "ana", round_id)
    report("ben", 1)
    report("ana", 2)
    hand.shift(timedelta(hours=1))
    people.browser("ana").post(f"/rounds/{round_id}/leave")
    hand.shift(timedelta(hours=1))
    report("ana", 3)
    assert number(people.browser("cora").get(f"/rounds/{round_id}/report").text, 1, "Reports") == "1"


def test_who_left_one_round_for_another_on_the_same_days_counts_in_one_at_a_time(people, report, hand):
    first, second = plan(people), plan(people, name="Ivory")

    def leave(round_id):
        assert people.browser("ana").post(f"/rounds/{round_id}/leave").status_code == 302
        hand.shift(timedelta(hours=1))

    join(people, "ana", first)
    of_round = {first: {report("ana", 1)}, second: set()}
    hand.shift(timedelta(hours=1))
    leave(first)
    join(people, "ana", second)
    of_round[second] |= {report("ana", 2)}
    hand.shift(timedelta(hours=1))
    leave(second)
    join(people, "ana", first)
    of_round[first] |= {report("ana", 3)}
    with read() as session:
        for round_id, its in of_round.items():
            round_ = store.get(session, round_id)
            assert set(session.scalars(round_reports.case_ids(session, round_id))) == its
            assert round_figures.came(session, round_).whole.reports == len(its)
            assert round_figures.by_person(session, round_, [people.ids["ana"]])[people.ids["ana"]].reports == len(its)
            assert round_figures.took_part(session, round_) == {people.ids["ana"]}


def test_who_left_after_it_began_took_part_so_that_no_more_reported_than_took_part(people, report, hand):
    noor = joining.add_account("noor@people.test", "Noor", Role.SPOTTER, None)
    accredit("ben", "noor")
    round_id = plan(people, starts_on="2026-11-26")
    for who in ("ana", "ben"):
        join(people, who, round_id)
    with write() as session:  # before it begins
        store.join(session, round_id, noor, None)
        store.leave(session, round_id, noor)
    hand.shift(timedelta(days=1))
    report("ana", 1)
    report("ben", 2)
    hand.shift(timedelta(hours=1))
    people.browser("ben").post(f"/rounds/{round_id}/leave")
    page = " ".join(people.browser("cora").get(f"/rounds/{round_id}/report").text.split())
    assert (
        "2 spotters signed up. 2 teams. 2 spotters took part: they reported or searched. 2 spotters reported." in page
    )
    hand.shift(timedelta(days=60))
    assert "2 spotters had signed up." in people.browser("ana").get("/rounds").text, (
        "the list says what the report says"
    )
    assert "2 spotters took part" in people.browser("ana").get(f"/rounds/{round_id}").text


def test_of_weeks_to_come_the_files_say_nothing_but_the_target(people, hand):
    round_id = plan(people)
    hand.shift(timedelta(days=8))
    rows = csv.reader(io.StringIO(people.browser("cora").get(f"/rounds/{round_id}/report.csv").text))
    by_week = {row[1]: row[3:] for row in rows if row[0] == "week"}
    assert by_week["Week 2"] == ["60", "0", "0", "0", "0", "0", "0.0"]
    assert by_week["Week 3"] == ["60", *[""] * 6] and by_week["Week 4"] == ["80", *[""] * 6]


def test_of_a_round_to_come_there_are_no_figures_yet(people):
    round_id = plan(people, starts_on="2026-12-01")
    cora = people.browser("cora")
    join(people, "ana", round_id)
    page = cora.get(f"/rounds/{round_id}/report").text
    assert page.count("<dd>–</dd>") == 5 and "<dd>0</dd>" not in page and "The round has not begun" in page
    assert "1 spotter signed up." in page and "took part" not in page.partition("<footer")[0]
    rows = csv.reader(io.StringIO(cora.get(f"/rounds/{round_id}/report.csv").text))
    told = {row[1]: row[3:] for row in rows}
    assert told["Parrots before Christmas"] == ["240", *[""] * 6]
    assert told["Herons"] == told["Otters"] == [""] * 7


def test_who_signed_up_and_never_came_took_no_part(people, report, hand):
    accredit("ben")
    round_id = plan(people)
    for who in ("ana", "ben"):
        join(people, who, round_id)
    report("ana", 1)
    page = people.browser("cora").get(f"/rounds/{round_id}/report").text
    assert "2 spotters signed up." in page and "1 spotter took part:" in page
    hand.shift(timedelta(days=60))
    assert "1 spotter took part" in people.browser("ben").get(f"/rounds/{round_id}").text


def test_the_days_of_a_round_are_those_of_its_time_zone(people, report, hand):
    """It is 17:00 in Singapore on the first day; at 16:00 UTC on the last day there it is over."""
    round_id = plan(people, zone="Asia/Singapore", weeks="1", targets="10")
    page = people.browser("cora").get(f"/rounds/{round_id}").text
    assert "(time in Singapore)" in page and "Running" in page
    join(people, "ana", round_id)
    search(people.browser("ana"), "grey parrot")
    hand.move_to("2026-11-25 15:59:00+00:00")
    assert number(people.browser("ana").get(f"/rounds/{round_id}").text, 1, "Searches") == "0", "the day is not over"
    hand.move_to("2026-11-25 16:00:00+00:00")
    assert number(people.browser("ana").get(f"/rounds/{round_id}").text, 1, "Searches") == "1"
    search(people.browser("ana"), "grey parrot")
    assert [kept.day for kept in searched(people.ids["ana"])] == [date(2026, 11, 25), date(2026, 11, 26)]
    hand.move_to("2026-12-01 15:59:00+00:00")
    report("ana", 1)
    hand.move_to("2026-12-01 16:00:00+00:00")
    report("ana", 2)
    page = people.browser("cora").get(f"/rounds/{round_id}/report").text
    assert number(page, 1, "Reports") == "1"
    assert join(people, "ana", round_id).status_code == 409
    search(people.browser("ana"), "grey parrot")
    last = searched(people.ids["ana"])[-1]
    assert (last.round_id, last.day) == (None, date(2026, 12, 1)), "outside the round days are UTC days again"


def test_one_may_end_one_round_and_begin_another_at_the_same_moment_elsewhere(people):
    first = plan(people, weeks="1", targets="10", zone="Asia/Singapore")
    join(people, "ana", first)
    overlapping = plan(people, name="Ivory", starts_on="2026-12-01", zone="America/Los_Angeles")
    assert join(people, "ana", overlapping).status_code == 409
    after = plan(people, name="Orchids", starts_on="2026-12-02", zone="Asia/Singapore")
    assert join(people, "ana", after).status_code == 302
    moved = people.browser("cora").post(
        f"/rounds/{first}/edit", data=PLAN | {"weeks": "1", "targets": "10", "zone": "Pacific/Niue"}
    )
    assert moved.status_code == 409, "its last day ends later there"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", "US/Pacific"])
def test_a_round_is_in_a_time_zone_that_is_known(people, zone):
    answer = people.browser("cora").post("/rounds/new", data=PLAN | {"zone": zone})
    assert answer.status_code == 422 and "Not a valid choice" in answer.text


def test_a_new_round_is_offered_the_time_zone_of_the_last_one(people):
    cora = people.browser("cora")
    assert '<option value="UTC" selected>' in cora.get("/rounds/new").text
    plan(people, zone="Asia/Singapore")
    assert '<option value="Asia/Singapore" selected>' in cora.get("/rounds/new").text


def divided(page, heading):
    """The rows under a heading of the report: name -> numbers."""
    table = page.partition(f"<h2>{heading}</h2>")[2].partition("</table>")[0]
    rows = re.findall(r'<th scope="row"><bdi>([^<]*)</bdi></th>(.*?)</tr>', table)
    return {name: re.findall(r'data-label="[^"]*">([^<]*)<', cells) for name, cells in rows}


def test_figures_by_team_species_group_language_and_platform_add_up_to_the_whole(people, report, hand, work_all):
    accredit("ben")
    round_id = plan(people)
    with read() as session:
        teams = {team.name: team.id for team in store.teams(session, round_id)}
    join(people, "ana", round_id, teams["Herons"])
    join(people, "ben", round_id)
    first = report("ana", 1, listing={"title": "African grey parrot chicks", "language": "en-GB"})
    report("ben", 1)
    report("ana", 2, listing={"title": "A box"}, suspicion={"category": "product", "reason": "A box."})
    notify(people, first)
    search(people.browser("ana"), "grey parrot", "30", minutes="30")
    search(people.browser("ana"), "feather baby", "12", minutes="30")
    hand.shift(timedelta(hours=1))
    people.browser("ana").post(f"/rounds/{round_id}/leave")
    cora = people.browser("cora")
    page = cora.get(f"/rounds/{round_id}/report").text
    assert divided(page, "By team") == {
        "Herons": ["2", "1", "0", "2", "42", "1.0"], "No team": ["1", "0", "0", "0", "0", "0.0"],
        "Otters": ["0", "0", "0", "0", "0", "0.0"],
    }, "who has left still counts, for the team they were in"  # fmt: skip
    groups = divided(page, "By species group")
    assert groups["Birds"] == ["2", "1", "0"] and groups["Group not known"] == ["1", "0", "0"]
    languages = divided(page, "By language")
    assert languages["English"][:3] == ["2", "1", "0"] and languages["Language not stated"][:3] == ["1", "0", "0"]
    assert languages["English"][3:] == ["1", "30", "0.5"] and languages["Spotters’ own words"][3:] == ["1", "12", "0.5"]
    assert divided(page, "By platform")["Mercado"] == ["3", "1", "0", "2", "42", "1.0"]
    rows = list(csv.reader(io.StringIO(cora.get(f"/rounds/{round_id}/report.csv").text)))
    whole = next(row[4:7] for row in rows if row[0] == "round")
    for about in ("week", "team", "species group", "language", "platform"):
        numbers = [[int(cell or 0) for cell in row[4:7]] for row in rows if row[0] == about]
        assert [str(sum(column)) for column in zip(*numbers, strict=True)] == whole, about
    assert ["species group", "Birds", "", "", "2", "1", "0", "", "", ""] in rows
    assert cora.get(f"/rounds/{round_id}/report.pdf").data.startswith(b"%PDF-")


def test_a_report_asks_the_database_as_often_for_many_as_for_few(people, report):
    round_id = plan(people)
    join(people, "ana", round_id)

    def asked():
        with statements() as texts:
            people.browser("cora").get(f"/rounds/{round_id}/report")
        return len(texts)

    report("ana", 1)
    asked()  # the first look reads the lexicon
    few = asked()
    for n in range(2, 8):
        report("ana", n)
        search(people.browser("ana"), f"word {n}")
    assert asked() == few


def test_a_notice_from_before_is_not_the_rounds(people, report, hand):
    case_id = report("ana", 1)
    notify(people, case_id)
    hand.shift(timedelta(days=1))
    round_id = plan(people, starts_on="2026-11-26")
    join(people, "ana", round_id)
    accredit("ben")
    join(people, "ben", round_id)
    report("ben", 1)
    page = people.browser("cora").get(f"/rounds/{round_id}/report").text
    assert (number(page, 1, "Reports"), number(page, 1, "Notices")) == ("1", "0")


def test_searches_count_for_the_round_their_spotter_is_in(people, searchable, hand):
    search(people.browser("ana"), "before")
    round_id = plan(people)
    join(people, "ana", round_id)
    ana = people.browser("ana")
    hand.shift(timedelta(minutes=20))
    search(ana, "grey parrot", "30", minutes="30")
    search(ana, "feather baby", "12", minutes="45")
    page = people.browser("cora").get(f"/rounds/{round_id}/report").text
    assert (number(page, 1, "Searches"), number(page, 1, "Hours")) == ("2", "1.2")
    assert "<bdi>feather baby</bdi>" in page
    assert "<bdi>before</bdi>" not in page
    assert "<bdi>grey parrot</bdi>" not in page, "the lexicon has it"


def test_the_csv_is_safe_for_spreadsheets_and_the_pdf_holds_any_script(people, searchable):
    round_id = plan(people, name="=HYPERLINK(evil) ٤ أسابيع 🐘")
    join(people, "ana", round_id)
    ana = people.browser("ana")
    for term in ("=1+1", "+49", "-x", "@SUM(A1)", "ببغاء", "象牙", "🦜🥚"):
        search(ana, term, "5")
    cora = people.browser("cora")
    answer = cora.get(f"/rounds/{round_id}/report.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {10}
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell]
    assert ["new term", "'=1+1"] in [row[:2] for row in rows]
    assert [row[1] for row in rows if row[0] == "round"] == ["'=HYPERLINK(evil) ٤ أسابيع 🐘"]
    pdf = cora.get(f"/rounds/{round_id}/report.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")


def test_the_report_is_the_desks(people):
    round_id = plan(people)
    for path in ("report", "report.pdf", "report.csv", "edit"):
        assert people.browser("ana").get(f"/rounds/{round_id}/{path}").status_code == 403
    assert people.browser("ada").get(f"/rounds/{round_id}/report").status_code == 200
    assert people.browser("cora").get("/rounds/nonsense/report").status_code == 404
    assert clock.now().date() == date(2026, 11, 25)


# --- Cells -----------------------------------------------------------------------------------------------------------


def cells_of(people, round_id, query=""):
    page = people.browser("cora").get(f"/rounds/{round_id}/cells{query}").text
    return page, [
        tuple(re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd] ?[^>]*>(.*?)</t[hd]>", row, re.S))
        for row in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.S)
    ]


def test_a_cell_has_its_searches_why_they_stopped_and_the_reports_that_came_of_them(people, searchable, report, hand):
    accredit("ben")
    round_id = plan(people)
    for who in ("ana", "ben"):
        join(people, who, round_id)
    report("ana", 1)
    hand.shift(timedelta(minutes=5))
    search(people.browser("ana"), why="enough_seen")  # Ana flagged first and records now
    search(people.browser("ben"), seen="5", why="all_seen")
    hand.shift(timedelta(minutes=5))
    search(people.browser("ana"), "=cmd", "4", platform="tradepost")
    report("ana", 2)  # on Mercado, after her last search there
    hand.shift(timedelta(days=8))
    report("ana", 3)  # nothing was searched on that day
    search(people.browser("ana"), why="sign_in")
    page, cells = cells_of(people, round_id, "?week=1")
    assert cells == [
        ("grey parrot", "Mercado", "2", "30", "2", "All results seen (1), Enough seen (1)"),
        ("=cmd own words", "Tradepost", "1", "4", "0", "Not said"),
    ]
    assert "Ana" not in page and people.ids["ana"] not in page
    assert [cell[4:] for cell in cells_of(people, round_id)[1]] == [("1", "Sign-in needed")], "the week that runs"
    file = people.browser("cora").get(f"/rounds/{round_id}/cells.csv")
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))[1:]
    assert [row[:8] for row in rows] == [
        ["1", "2026-11-25", "Mercado", "grey parrot", "en", "2", "30", "2"],
        ["1", "2026-11-25", "Tradepost", "'=cmd", "", "1", "4", "0"],
        ["2", "2026-12-02", "Mercado", "grey parrot", "en", "1", "25", "1"],
    ]
    assert rows[0][8:] == ["1", "1", "0", "0", "0", "0"]
    assert people.browser("ana").get(f"/rounds/{round_id}/cells").status_code == 403


def test_cells_are_shown_a_page_at_a_time_and_asked_for_as_often_for_many_as_for_few(people, searchable, monkeypatch):
    round_id = plan(people)
    join(people, "ana", round_id)
    search(people.browser("ana"), "word 0")
    cells_of(people, round_id)

    def asked(query=""):
        with statements() as texts:
            _, cells = cells_of(people, round_id, query)
        return [cell[0] for cell in cells], len(texts)

    _, few = asked()
    for n in range(1, 5):
        search(people.browser("ana"), f"word {n}")
    monkeypatch.setattr(report_page, "CELLS", 3)
    monkeypatch.setattr(round_cells, "MANY", 2)
    assert asked() == ([f"word {n} own words" for n in range(3)], few)
    assert asked("?page=2")[0] == ["word 3 own words", "word 4 own words"]
    with read() as session:
        assert [cell.term for _, cell in round_cells.every(session, store.get(session, round_id))] == [
            f"word {n}" for n in range(5)
        ]


def test_a_round_without_searches_has_no_cells(people):
    page, cells = cells_of(people, plan(people, starts_on="2026-12-20"), "?week=99")
    assert not cells and "Nobody has recorded a search in this week." in page
