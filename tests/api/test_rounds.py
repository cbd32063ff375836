"""Rounds and the worklist, as spotters and the desk meet them."""

import csv
import io
import re
from datetime import date, timedelta
from email import message_from_bytes

import pytest
from sqlalchemy import select

from server.core import clock, work
from server.core.database import read, write
from server.core.words import Answer, Refused, Role, Via
from server.journeys.report import answering, decision
from server.journeys.spotter import accrediting, joining, round_mails
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from server.people.rounds import store
from server.people.rounds.models import Membership, Round, RoundMail
from tests.round_stories import PLAN, accredit, hand, join, plan, search, searchable, searched  # noqa: F401
from tests.sending import send
from tests.statements import statements
from tests.story import mails as letters

# --- The worklist ----------------------------------------------------------------------------------------------------


def test_who_is_suspended_has_no_list_and_writes_nothing_in_it(people, searchable):
    ana = people.browser("ana")
    search(ana)
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    kept = searched(people.ids["ana"])[0]
    for more in ({}, {"which": kept.id}, {"which": kept.id, "take_back": "1"}):
        refused = search(ana, seen="7", **more)
        assert refused.status_code == 403 and refused.text.count('name="seen"') == 0
    assert [search.seen for search in searched(people.ids["ana"])] == [25]


@pytest.mark.parametrize("term", ["Uromastyx", "uromastyx"])
def test_a_term_the_lexicon_spells_twice_is_kept_as_it_was_offered(people, searchable, term):
    search(people.browser("ana"), term)
    assert [search.term for search in searched(people.ids["ana"])] == [term]


def test_ana_opens_a_search_and_writes_down_what_she_saw_in_two_clicks(people, searchable):
    ana = people.browser("ana")
    page = ana.get("/work").text
    links = re.findall(r'href="(https://mercado\.test/find\?q=[^"]+)" target="_blank" rel="([^"]+)"', page)
    assert len(links) >= 20
    assert all("noreferrer" in rel for _, rel in links)
    assert "0 mins" in page and "of about 3 hrs" in page
    platform, term = re.search(
        r'name="platform" value="(\w+)"><input type="hidden" name="term" value="([^"]+)"', page
    ).groups()
    answer = search(ana, term, "25", platform)
    assert answer.status_code == 302
    page = ana.get(answer.location).text
    assert "25 ads seen, about 6 mins" in page
    assert "1 search. 25 ads seen." in page
    assert [(search.term, search.seen, search.minutes, search.stated) for search in searched(people.ids["ana"])] == [
        (term, 25, 6, False)
    ]


def test_a_search_pressed_twice_is_one_and_can_be_corrected_or_taken_back(people, searchable, hand):
    ana, ids = people.browser("ana"), people.ids
    search(ana)
    hand.shift(timedelta(minutes=9))
    search(ana)
    search(ana, "parrot", "3")
    assert [(search.term, search.seen, search.minutes) for search in searched(ids["ana"])] == [
        ("grey parrot", 25, 6),
        ("parrot", 3, 9),
    ]
    which = searched(ids["ana"])[0].id
    hand.shift(timedelta(days=1))
    search(ana, seen="31", minutes="12", which=which)
    assert (searched(ids["ana"])[0].seen, searched(ids["ana"])[0].minutes, searched(ids["ana"])[0].stated) == (
        31,
        12,
        True,
    )
    search(ana, seen="31", which=which, take_back="1")
    assert [search.term for search in searched(ids["ana"])] == ["parrot"]


def test_a_search_of_somebody_else_is_not_found(people, searchable):
    accredit("ben")
    search(people.browser("ana"))
    which = searched(people.ids["ana"])[0].id
    for more in ({}, {"take_back": "1"}):
        assert search(people.browser("ben"), seen="1", which=which, **more).status_code == 404
    assert searched(people.ids["ana"])[0].seen == 25


@pytest.mark.parametrize(
    ("given", "message"),
    [({"seen": ""}, "How many ads"), ({"seen": "-1"}, "between 0 and"), ({"seen": "10001"}, "between 0 and"), ({"seen": "many"}, "integer"),
     ({"minutes": "0"}, "between 1 and"), ({"term": ""}, "Enter the words"), ({"term": "x" * 201}, "200"), ({"term": "a\u2028b\x1b"}, "control"),
     ({"platform": "nowhere"}, "Choose a platform"), ({"platform": ""}, "Choose a platform")],
)  # fmt: skip
def test_what_cannot_be_a_search_is_refused_in_words(people, searchable, given, message):
    answer = search(people.browser("ana"), **({"term": "grey parrot"} | given))
    assert answer.status_code == 422
    assert message in answer.text
    assert searched(people.ids["ana"]) == []


def test_own_words_are_welcome_and_shown_as_text(people, searchable):
    ana = people.browser("ana")
    assert search(ana, '<script>"x"</script> =cmd', "4").status_code == 302
    page = ana.get("/work").text
    assert "Other searches" in page
    assert "&lt;script&gt;" in page and "<script>&#34;" not in page
    assert searched(people.ids["ana"])[0].language is None


def test_a_word_of_the_lexicon_is_known_however_it_is_written(people, searchable):
    ana = people.browser("ana")
    search(ana, "GREY   Parrot")
    search(ana, "grey parrot", "26")
    assert [(search.term, search.language, search.seen) for search in searched(people.ids["ana"])] == [
        ("grey parrot", "en", 26)
    ]


def test_a_list_is_in_the_languages_its_spotter_reads(people, searchable):
    ana = people.browser("ana")
    there = re.findall(r'tradepost\.test/\?q=[^"]+"[^>]*><bdi([^>]*)>', ana.get("/work").text)
    assert not [lang for lang in there if lang], "Tradepost's ads are in French: scientific names and emoji only"
    assert ana.post("/work/languages", data={"languages": ["fr"]}).status_code == 302
    page = ana.get("/work").text
    assert "tradepost.test" in page
    assert 'lang="fr"' in page
    assert ana.post("/work/languages", data={"languages": ["klingon"]}).status_code == 422


def test_until_somebody_chooses_the_list_is_in_the_languages_of_their_application(people, searchable):
    with write() as session:
        session.get_one(Account, people.ids["ana"]).languages = ["fr"]
    ana = people.browser("ana")
    above_footer = ana.get("/work").text.partition("<footer")[0]  # the footer offers the languages of the pages
    assert 'lang="fr"' in above_footer
    ana.post("/work/languages", data={"languages": ["en"]})
    above_footer = ana.get("/work").text.partition("<footer")[0]
    assert 'lang="fr"' not in above_footer


def test_the_list_stays_the_same_within_the_week(people, searchable, hand):
    ana = people.browser("ana")
    wednesday = re.findall(r'class="search" id="(s-\w+)"', ana.get("/work").text)
    search(ana, "something else entirely")
    hand.shift(timedelta(days=3))
    saturday = re.findall(r'class="search" id="(s-\w+)"', people.browser("ana").get("/work").text)
    assert [key for key in saturday if key in wednesday] == wednesday
    hand.shift(timedelta(days=3))
    assert re.findall(r'class="search" id="(s-\w+)"', people.browser("ana").get("/work").text) != wednesday


def test_a_term_that_a_lesson_speaks_of_links_to_it(people, searchable, app):
    from server.people.courses import lesson_links

    with app.test_request_context():
        assert lesson_links.about("ivory")["url"].startswith("http://spotter.test/training/")
        assert lesson_links.about("a word no lesson has") is None
    ana = people.browser("ana")
    search(ana, "ivory")  # what is on the list itself depends on who Ana is
    assert "Lesson: " in ana.get("/work").text


def test_who_is_not_accredited_is_shown_the_way_and_no_list(people, searchable):
    page = people.browser("ben").get("/work").text
    assert "finish the training" in page
    assert "mercado.test/find" not in page


def test_a_platform_without_a_known_search_says_what_to_do(people, app):
    round_id = plan(people, platforms=["tradepost"])
    join(people, "ana", round_id)
    page = people.browser("ana").get("/work").text
    assert "We do not have a search address for this platform" in page
    assert "tradepost.test" in page


def test_without_anything_to_search_the_page_says_so(people, app):
    assert "nothing on your list" in people.browser("ana").get("/work").text


# --- Planning --------------------------------------------------------------------------------------------------------


def test_cora_plans_a_round_and_changes_it(people):
    round_id = plan(people)
    cora = people.browser("cora")
    page = cora.get(f"/rounds/{round_id}").text
    for text in ("Parrots before Christmas", "25 Nov\u2009–\u200922 Dec 2026", "Herons", "Otters", "Birds", "to come"):
        assert text in page
    form = cora.get(f"/rounds/{round_id}/edit").text
    assert 'value="40, 60, 60, 80"' in form
    changed = PLAN | {"weeks": "2", "targets": "10", "teams": "Otters\nLynxes", "groups": []}
    assert cora.post(f"/rounds/{round_id}/edit", data=changed).status_code == 302
    with read() as session:
        round_ = store.get(session, round_id)
        assert (round_.ends_on, round_.targets, round_.groups) == (date(2026, 12, 8), [10, 10], [])
        assert [team.name for team in store.teams(session, round_id)] == ["Lynxes", "Otters"]


@pytest.mark.parametrize(
    ("given", "message"),
    [({"name": " "}, "Enter a name for the round"), ({"starts_on": "soon"}, "valid date"), ({"starts_on": "0001-01-01"}, "between 2020"),
     ({"weeks": "0"}, "between 1 and 12"), ({"weeks": "13"}, "between 1 and 12"), ({"targets": "40, 60"}, "4: one for each week"),
     ({"targets": "lots"}, "Enter numbers"), ({"targets": "٤٠"}, "Enter numbers"), ({"teams": "A\na"}, "same name"), ({"teams": "x" * 61}, "60 characters"),
     ({"groups": ["dragon"]}, "dragon"), ({"platforms": ["nowhere"]}, "nowhere"), ({"state": "secret"}, "valid choice")],
)  # fmt: skip
def test_what_cannot_be_a_round_is_refused_in_words(people, given, message):
    answer = people.browser("cora").post("/rounds/new", data=PLAN | given)
    assert answer.status_code == 422
    assert message in answer.text
    with read() as session:
        assert session.scalar(select(Round.id)) is None


def test_a_draft_is_the_desks_alone(people):
    round_id = plan(people, state="draft")
    ana = people.browser("ana")
    assert ana.get(f"/rounds/{round_id}").status_code == 404
    assert join(people, "ana", round_id).status_code == 404
    assert "Parrots" not in ana.get("/rounds").text
    assert "Parrots" in people.browser("ada").get("/rounds").text


# --- Taking part -----------------------------------------------------------------------------------------------------


def test_ana_signs_up_changes_her_team_and_leaves(people):
    round_id = plan(people)
    ana, cora = people.browser("ana"), people.browser("cora")
    with read() as session:
        teams = {team.name: team.id for team in store.teams(session, round_id)}
    assert join(people, "ana", round_id, teams["Otters"]).status_code == 302
    assert "In the team" in ana.get(f"/rounds/{round_id}").text
    cora.post(f"/rounds/{round_id}/teams/{teams['Otters']}/lead", data={"lead": people.ids["ana"]})
    assert "You lead this team" in ana.get(f"/rounds/{round_id}").text
    join(people, "ana", round_id, teams["Herons"])
    page = ana.get(f"/rounds/{round_id}").text
    assert "You lead this team" not in page, "who changes the team leads the old one no more"
    ana.post(f"/rounds/{round_id}/leave")
    assert "Sign up" in ana.get(f"/rounds/{round_id}").text
    assert "Nobody has signed up yet" in cora.get(f"/rounds/{round_id}").text
    join(people, "ana", round_id)
    with read() as session:
        assert session.scalars(select(Membership)).one().left_at is None


def test_one_round_at_a_time(people):
    join(people, "ana", plan(people))
    second = plan(people, name="Ivory", starts_on="2026-12-20")
    refused = join(people, "ana", second)
    assert refused.status_code == 409
    assert "You are taking part in Parrots before Christmas" in refused.text
    third = plan(people, name="Orchids", starts_on="2026-12-23")
    assert join(people, "ana", third).status_code == 302
    moved = people.browser("cora").post(f"/rounds/{third}/edit", data=PLAN | {"starts_on": "2026-12-22"})
    assert moved.status_code == 409
    assert "Somebody taking part is in another round" in moved.text


@pytest.mark.parametrize(("state", "days"), [("cancelled", 0), ("open", 28)])
def test_nobody_joins_what_is_cancelled_or_over(people, hand, state, days):
    round_id = plan(people, state=state)
    hand.shift(timedelta(days=days))
    assert join(people, "ana", round_id).status_code == 409


def test_a_team_of_another_round_is_not_found(people):
    first, second = plan(people), plan(people, name="Ivory", starts_on="2027-02-01")
    with read() as session:
        foreign = store.teams(session, second)[0].id
    assert join(people, "ana", first, foreign).status_code == 422
    with pytest.raises(Refused, match="no such team"), write() as session:
        store.join(session, first, people.ids["ana"], foreign)
    with pytest.raises(Refused, match="no such team"), write() as session:
        store.choose_lead(session, first, foreign, None, people.ids["cora"])


def test_a_lead_takes_part_and_only_their_team_and_the_desk_know_the_name(people):
    accredit("ben")
    round_id = plan(people)
    with read() as session:
        teams = {team.name: team.id for team in store.teams(session, round_id)}
    cora = people.browser("cora")
    lead = f"/rounds/{round_id}/teams/{teams['Otters']}/lead"
    cora.post(lead, data={"lead": people.ids["ben"]})
    assert "Only people taking part" in cora.get(f"/rounds/{round_id}").text
    join(people, "ben", round_id)
    join(people, "ana", round_id, teams["Herons"])
    cora.post(lead, data={"lead": people.ids["ben"]})
    assert "Led by <bdi>Ben" in cora.get(f"/rounds/{round_id}").text
    ana = people.browser("ana")
    assert "Ben" not in ana.get(f"/rounds/{round_id}").text
    join(people, "ana", round_id, teams["Otters"])
    assert "Led by <bdi>Ben" in ana.get(f"/rounds/{round_id}").text


# --- Figures ---------------------------------------------------------------------------------------------------------


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
    assert [row[3:] for row in rows if row[0] == "round"] == [["240", *[""] * 6]]


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


# --- Reminders -------------------------------------------------------------------------------------------------------


@pytest.fixture
def reminded(app, settings, hand):
    """An hour passes and the worker has worked: what it has mailed so far about rounds, as (to, subject)."""

    def run(**later):
        hand.shift(timedelta(**(later or {"hours": 2})))
        work.heartbeat()
        work.run_due()
        folder = settings.data_dir / "mail"
        mails = [message_from_bytes(file.read_bytes()) for file in folder.glob("*.eml")] if folder.is_dir() else []
        return sorted((mail["To"].partition("@")[0], mail["Subject"]) for mail in mails if mail["Subject"] in SUBJECTS)

    return run


SUBJECTS = ("A round starts soon", "Your searches this week", "A round ends soon")
START, WEEK, END = SUBJECTS


def test_a_round_reminds_before_the_start_in_mid_week_and_before_the_end_once_each(people, searchable, reminded):
    accredit("ben")
    round_id = plan(people, starts_on="2026-11-27", weeks="2", targets="10")
    for who in ("ana", "ben"):
        join(people, who, round_id)
    assert reminded() == [("ana", START), ("ben", START)]
    assert reminded() == [("ana", START), ("ben", START)], "never a second"
    reminders = reminded(days=2)
    search(people.browser("ana"))
    assert reminders == reminded(hours=3)
    reminded(days=3)
    assert [mail for mail in reminded() if mail[1] == WEEK] == [("ben", WEEK)], "only who has not searched this week"
    assert [mail for mail in reminded(days=7) if mail[1] == WEEK] == [("ana", WEEK), ("ben", WEEK), ("ben", WEEK)]
    assert [mail for mail in reminded(days=2) if mail[1] == END] == [("ana", END), ("ben", END)]
    mails = len(reminded(days=5))
    assert mails == len(reminded(days=30)) == 7, "nothing after the end"


def test_who_signs_up_late_in_a_week_is_not_asked_again_early_in_the_next(people, reminded):
    round_id = plan(people, starts_on="2026-11-26", weeks="3", targets="10")
    reminded(days=6)
    join(people, "ana", round_id)
    assert reminded() == [("ana", WEEK)], "on the last day of the first week"
    assert reminded(days=5) == [("ana", WEEK)], "on the fifth day of the second"
    assert reminded(days=1) == [("ana", WEEK)] * 2


def test_who_said_no_left_or_is_in_no_round_is_not_written_to(people, reminded):
    accredit("ben")
    round_id = plan(people, starts_on="2026-11-28")
    for who in ("ana", "ben"):
        join(people, who, round_id)
    ana = people.browser("ana")
    assert "Turn reminders off" in ana.get("/profile").text
    ana.post("/profile/reminders", data={"reminders": "no"})
    assert "Turn reminders on" in ana.get("/profile").text
    people.browser("ben").post(f"/rounds/{round_id}/leave")
    assert reminded(days=2) == []
    people.browser("ana").post("/profile/reminders", data={"reminders": "yes"})
    assert reminded() == [("ana", START)]


def test_what_changed_before_the_mail_left_counts(people, hand, reminded):
    round_id = plan(people, starts_on="2026-11-27")
    join(people, "ana", round_id)
    for _ in range(2):
        round_mails.remind_rounds()
    with read() as session:
        assert len(session.scalars(select(RoundMail.id)).all()) == 1
    people.browser("ana").post(f"/rounds/{round_id}/leave")
    assert reminded() == []


def test_a_reminder_names_the_round_in_its_body_alone(people, settings, reminded):
    round_id = plan(people, name="Eve\u202e <b>Bcc</b>", starts_on="2026-11-27")
    join(people, "ana", round_id)
    reminded()
    (mail,) = letters(settings, "ana@people.test")
    parts = [part for part in mail.walk() if part.get_content_maintype() == "text"]
    text, html = (part.get_payload(decode=True).decode() for part in parts)
    assert "Eve" not in mail["Subject"]
    assert "Friday, 27" in text.replace("\n", " ") and "http://spotter.test/profile" in text
    assert "&lt;b&gt;" in html and "\u202e" not in text + html
