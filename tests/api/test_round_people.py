"""Who is in a round: trainees who wait to be accredited, and leads who see their own team. Ben is no spotter yet, Noor leads."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from server.core import post
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Level, Role, RoundState
from server.journeys.spotter import accrediting, closing, freezing, joining, round_mails
from server.pages.rounds import round_page, team_page
from server.people.accounts import store as accounts
from server.people.rounds import searches, store
from server.people.rounds.models import Membership, Search
from server.reads import round_counting, round_figures
from tests.round_stories import PLAN, accredit, hand, join, plan, search, searchable, searched  # noqa: F401
from tests.statements import statements
from tests.story import mails


def member(round_id, account_id):
    with read() as session:
        return session.get(Membership, (round_id, account_id))


def teams(round_id):
    with read() as session:
        return {team.name: team.id for team in store.teams(session, round_id)}


def subjects(settings, who):
    return [mail["Subject"] for mail in mails(settings, f"{who}@people.test")]


# --- Trainees --------------------------------------------------------------------------------------------------------


def test_a_trainee_signs_up_waits_and_is_let_in_once_accredited(people, settings, work_all, searchable):
    round_id = plan(people)
    ben, cora = people.browser("ben"), people.browser("cora")
    page = ben.get(f"/rounds/{round_id}").text
    assert "finish the training" in page and "You can sign up now." in page
    assert join(people, "ben", round_id, teams(round_id)["Otters"]).status_code == 302
    page = ben.get(f"/rounds/{round_id}").text
    assert "You are signed up" in page and "You are taking part" not in page and "as soon as you are accredited" in page
    assert "0 spotters have signed up" in page and "1 trainee waits to be accredited." in page
    assert "waits to be accredited" in cora.get(f"/rounds/{round_id}").text
    assert search(ben).status_code == 403, "not accredited"
    work_all()
    assert "You are in: a round you signed up for" not in subjects(settings, "ben")
    accredit("ben")
    work_all()
    assert subjects(settings, "ben").count("You are in: a round you signed up for") == 1
    assert "You are taking part" in ben.get(f"/rounds/{round_id}").text
    search(ben)
    assert [kept.round_id for kept in searched(people.ids["ben"])] == [round_id]
    assert "1 spotter has signed up" in cora.get(f"/rounds/{round_id}").text
    with read() as session:
        done = session.scalars(select(AuditRow.action).where(AuditRow.kind == "round")).all()
    assert done == ["round_made", "round_joined", "round_let_in"]


def test_who_lapsed_waits_for_the_renewal_and_who_was_stopped_does_not_sign_up(people, hand):
    accredit("ben")
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    round_id = plan(people)
    refused = join(people, "ana", round_id)
    assert refused.status_code == 403 and member(round_id, people.ids["ana"]) is None
    assert 'action="/rounds/' not in people.browser("ana").get(f"/rounds/{round_id}").text
    accrediting.withdraw(people.ids["ana"], people.ids["dan"], "It went on.")
    assert join(people, "ana", round_id).status_code == 403
    hand.shift(timedelta(days=366))
    next_year = plan(people, starts_on="2027-12-01")
    assert join(people, "ben", next_year).status_code == 302
    assert member(next_year, people.ids["ben"]).admitted_at is None
    accredit("ben")
    assert member(next_year, people.ids["ben"]).admitted_at is not None


@pytest.mark.parametrize("between", ["draft", "cancelled"])
def test_who_was_accredited_while_a_round_was_not_open_is_let_in_when_it_opens_again(
    people, settings, work_all, between
):
    round_id = plan(people)
    join(people, "ben", round_id)
    join(people, "ana", round_id)
    trainee = joining.add_account("max@people.test", "Max", Role.SPOTTER, None)
    with write() as session:
        store.join(session, round_id, trainee, None, waits=True)
    cora = people.browser("cora")
    cora.post(f"/rounds/{round_id}/edit", data=PLAN | {"state": between})
    accredit("ben")
    work_all()
    assert "You are in: a round you signed up for" not in subjects(settings, "ben")
    cora.post(f"/rounds/{round_id}/edit", data=PLAN)
    work_all()
    assert member(round_id, people.ids["ben"]).admitted_at is not None
    assert member(round_id, trainee).admitted_at is None, "Max still waits to be accredited"
    assert subjects(settings, "ben").count("You are in: a round you signed up for") == 1
    assert "You are in: a round you signed up for" not in subjects(settings, "ana")
    assert "You are taking part" in people.browser("ben").get(f"/rounds/{round_id}").text


def test_a_member_who_lapses_and_changes_team_still_takes_part_and_who_waits_is_counted_apart(people, hand):
    round_id = plan(people, starts_on="2027-11-20")
    herons, otters = (teams(round_id)[name] for name in ("Herons", "Otters"))
    accredit("ben")
    hand.shift(timedelta(days=364))
    trainee = joining.add_account("max@people.test", "Max", Role.SPOTTER, None)
    with write() as session:
        store.join(session, round_id, trainee, herons, waits=True)
    join(people, "ben", round_id, herons)
    since = member(round_id, people.ids["ben"]).admitted_at
    hand.shift(timedelta(days=2))
    assert join(people, "ben", round_id, otters).status_code == 302
    assert (member(round_id, people.ids["ben"]).team_id, member(round_id, people.ids["ben"]).admitted_at) == (
        otters, since,
    )  # fmt: skip
    rows = " ".join(people.browser("ben").get(f"/rounds/{round_id}").text.split())
    assert re.search(r"<bdi>Herons</bdi></b> <span class=.soft.>0 spotters</span>", rows), "Max waits"
    with read() as session:
        assert store.among(session, people.ids["ben"], [round_id]) == {round_id}
        assert store.among(session, trainee, [round_id]) == set()


def test_who_was_told_that_a_round_is_cancelled_is_told_each_time_that_it_takes_place_after_all(
    people, settings, work_all
):
    round_id = plan(people)
    accredit("ben")
    join(people, "ana", round_id)
    join(people, "ben", round_id)
    work_all()
    cora, told = people.browser("cora"), ["A round is cancelled", "A round takes place after all"]
    for times in (1, 2):
        for state in ("cancelled", "open"):
            cora.post(f"/rounds/{round_id}/edit", data=PLAN | {"state": state})
            work_all()
        for who in ("ana", "ben"):
            assert [subject for subject in subjects(settings, who) if subject in told] == told * times, who
    people.browser("ana").post(f"/rounds/{round_id}/leave")
    cora.post(f"/rounds/{round_id}/edit", data=PLAN | {"state": "cancelled"})
    cora.post(f"/rounds/{round_id}/edit", data=PLAN)
    work_all()
    assert subjects(settings, "ben").count(told[1]) == 2, (
        "of a round that was never said to be cancelled nobody is told"
    )
    assert subjects(settings, "ana").count(told[0]) == 2, "nor is anybody who left it"


@pytest.mark.parametrize("again", [True, False], ids=["as it is", "mutation"])
def test_who_is_mailed_of_a_cancellation_while_the_round_is_reopened_is_told_of_that_too(
    people, settings, work_all, monkeypatch, again
):
    """Another worker announces the reopening before the mail is noted as sent, and so passes over whoever it goes to."""
    round_id = plan(people)
    join(people, "ana", round_id)
    work_all()
    people.browser("cora").post(f"/rounds/{round_id}/edit", data=PLAN | {"state": "cancelled"})
    send = post.send_template

    def reopened_meanwhile(*arguments, **named):
        monkeypatch.setattr(post, "send_template", send)
        with write() as session:
            store.get(session, round_id).state = RoundState.OPEN
        round_mails.announce_round(round_id)
        send(*arguments, **named)

    monkeypatch.setattr(post, "send_template", reopened_meanwhile)
    if not again:
        monkeypatch.setattr(round_mails.mails, "still_true", lambda *_: True)
    work_all()
    told = ["A round is cancelled"] + ["A round takes place after all"] * again
    assert [subject for subject in subjects(settings, "ana") if subject != "A new round: you can sign up"] == told


@pytest.mark.parametrize("then", ["over", "cancelled", "left"])
def test_nobody_is_let_into_a_round_that_is_over_cancelled_or_left(people, settings, work_all, hand, then):
    round_id = plan(people)
    join(people, "ben", round_id)
    if then == "over":
        hand.shift(timedelta(days=28))
    elif then == "cancelled":
        people.browser("cora").post(f"/rounds/{round_id}/edit", data=PLAN | {"state": "cancelled"})
    else:
        people.browser("ben").post(f"/rounds/{round_id}/leave")
    accredit("ben")
    work_all()
    assert member(round_id, people.ids["ben"]).admitted_at is None
    told = subjects(settings, "ben")
    assert "You are in: a round you signed up for" not in told
    assert ("A round is cancelled" in told) is (then == "cancelled"), "who waits hears that it does not take place"


def test_a_mail_that_one_is_let_in_leaves_once_and_only_while_it_is_true(people, settings, work_all):
    round_id = plan(people)
    join(people, "ben", round_id)
    accredit("ben")
    people.browser("ben").post(f"/rounds/{round_id}/leave")
    work_all()
    assert "You are in: a round you signed up for" not in subjects(settings, "ben"), "they have left meanwhile"
    join(people, "ben", round_id)
    assert member(round_id, people.ids["ben"]).admitted_at is not None
    work_all()
    assert "You are in: a round you signed up for" not in subjects(settings, "ben"), "nor afterwards: they know"


def test_a_granted_appeal_and_a_lifted_suspension_let_in_whoever_waits(people):
    round_id = plan(people)
    ana = people.ids["ana"]
    with write() as session:
        store.join(session, round_id, ana, None, waits=True)
    accrediting.suspend(ana, people.ids["dan"], "While we talk.")
    accrediting.reinstate(ana, people.ids["dan"], "We talked.")
    assert member(round_id, ana).admitted_at is not None
    with write() as session:
        store.leave(session, round_id, ana)
        store.join(session, round_id, ana, None, waits=True)
    accrediting.suspend(ana, people.ids["dan"], "Again.")
    accrediting.appeal(ana, "Please look again.")
    accrediting.decide_appeal(ana, people.ids["cora"], "They are right.", granted=True)
    assert member(round_id, ana).admitted_at is not None


@pytest.mark.parametrize("appeals", [False, True])
def test_what_is_given_back_after_its_end_lets_nobody_into_a_round_before_the_renewal(people, hand, appeals):
    ana = people.ids["ana"]
    accrediting.suspend(ana, people.ids["dan"], "While we talk.")
    if appeals:
        accrediting.appeal(ana, "Please look again.")
    hand.shift(timedelta(days=400))
    round_id = plan(people, starts_on="2028-01-03")
    with write() as session:
        store.join(session, round_id, ana, None, waits=True)
    if appeals:
        accrediting.decide_appeal(ana, people.ids["cora"], "They are right.", granted=True)
    else:
        accrediting.reinstate(ana, people.ids["dan"], "We talked.")
    assert member(round_id, ana).admitted_at is None
    accrediting.accredit_by_email("ana@people.test", "cora@people.test", "Again.", Level.PROBATION, waive_exam=True)
    assert member(round_id, ana).admitted_at is not None


def test_a_trainee_counts_for_one_round_at_a_time_leads_no_team_and_sees_no_leads_name(people):
    round_id = plan(people)
    otters = teams(round_id)["Otters"]
    join(people, "ana", round_id, otters)
    join(people, "ben", round_id, otters)
    lead = f"/rounds/{round_id}/teams/{otters}/lead"
    people.browser("cora").post(lead, data={"lead": people.ids["ben"]})
    with read() as session:
        assert store.teams(session, round_id)[1].lead_id is None
    people.browser("cora").post(lead, data={"lead": people.ids["ana"]})
    assert "Led by" not in people.browser("ben").get(f"/rounds/{round_id}").text, "anybody may sign up and look"
    second = plan(people, name="Ivory")
    assert join(people, "ben", second).status_code == 409
    accredit("ben")
    assert "Led by <bdi>Ana" in people.browser("ben").get(f"/rounds/{round_id}").text


# --- Leads -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def team(people, searchable):
    """Ana leads the Otters, with Ben and Noor; Max leads the Herons. The round, and ids by name."""
    for name in ("Noor", "Max"):
        people.ids[name.lower()] = joining.add_account(f"{name.lower()}@people.test", name, Role.SPOTTER, None)
    accredit("ben", "noor", "max")
    round_id = plan(people)
    for who, name in (("ana", "Otters"), ("ben", "Otters"), ("noor", "Otters"), ("max", "Herons")):
        with write() as session:
            store.join(session, round_id, people.ids[who], teams(round_id)[name])
    with write() as session:
        for who, name in (("ana", "Otters"), ("max", "Herons")):
            store.choose_lead(session, round_id, teams(round_id)[name], people.ids[who], people.ids["cora"])
    return round_id


def test_a_lead_sees_members_and_searches_of_their_own_team_and_no_report(people, team, report_json):
    search(people.browser("ben"), "feather baby", "12", minutes="9")
    page = people.browser("ana").get(f"/rounds/{team}").text
    assert f'href="/rounds/{team}/team"' in page
    page = people.browser("ana").get(f"/rounds/{team}/team").text
    main = page.partition("<main")[2].partition("</main>")[0]
    for text in ("Ben", "Noor", "feather baby", "own words", "Mercado", "12"):
        assert text in main
    for text in ("Max", "@people.test", people.ids["ben"], "Reports"):
        assert text not in main, "another team, an address, an id, a report"


def test_a_lead_sees_no_search_outside_the_days_that_the_round_was_moved_to(people, team, hand):
    search(people.browser("ben"), "feather baby", "12", minutes="9")
    hand.shift(timedelta(days=1))
    search(people.browser("ben"), "feather chick", "7", minutes="5")
    moved = people.browser("cora").post(f"/rounds/{team}/edit", data=PLAN | {"starts_on": "2026-11-26"})
    assert moved.status_code == 302
    page = people.browser("ana").get(f"/rounds/{team}/team").text
    assert "feather chick" in page and "feather baby" not in page
    assert '"Ads seen">7<' in page and '"Ads seen">19<' not in page


def test_only_who_leads_a_team_now_sees_it(people, team, hand):
    def leads_shown():
        """Whether the round says that Ana leads, and whether it leads her to the page."""
        page = people.browser("ana").get(f"/rounds/{team}").text
        return "You lead this team." in page, f'href="/rounds/{team}/team"' in page

    assert people.browser("ben").get(f"/rounds/{team}/team").status_code == 404
    assert people.browser("ana").get("/rounds/nonsense/team").status_code == 404
    assert people.browser("ana").get(f"/rounds/{team}/teams/{teams(team)['Herons']}").status_code == 403, "the desk's"
    assert people.browser("cora").get(f"/rounds/{team}/team").status_code == 403
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    assert people.browser("ana").get(f"/rounds/{team}/team").status_code == 404
    assert leads_shown() == (True, False)
    accrediting.reinstate(people.ids["ana"], people.ids["dan"], "We talked.")
    hand.shift(timedelta(days=28 + 13))
    assert people.browser("ana").get(f"/rounds/{team}/team").status_code == 200 and leads_shown() == (True, True)
    hand.shift(timedelta(days=2))
    assert people.browser("ana").get(f"/rounds/{team}/team").status_code == 404, "two weeks after the round"
    assert leads_shown() == (True, False)
    people.browser("ana").post(f"/rounds/{team}/leave")


def test_who_leaves_or_is_frozen_is_no_longer_named_to_the_lead(people, team):
    search(people.browser("ben"), "feather baby", "12")
    people.browser("ben").post(f"/rounds/{team}/leave")
    freezing.freeze(people.ids["noor"], people.ids["cora"])
    main = people.browser("ana").get(f"/rounds/{team}/team").text.partition("<main")[2]
    assert "Ben" not in main and "feather baby" not in main and "Noor" not in main
    with read() as session:
        round_ = store.get(session, team)
        herons = round_figures.came(session, round_, by=[round_counting.By.TEAM]).by[round_counting.By.TEAM]
    assert [(part.name, part.figures.searches) for part in herons if part.figures.searches] == [("Otters", 1)]


def _frozen(people):
    freezing.freeze(people.ids["ana"], people.ids["cora"])


def _closed(people):
    closing.close(people.ids["ana"], people.ids["cora"], "Has left.")


def _suspended(people):
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")


@pytest.mark.parametrize("happens", [_frozen, _closed, _suspended])
def test_a_lead_who_cannot_lead_is_named_to_nobody_in_the_team_and_the_desk_is_asked_for_another(people, team, happens):
    happens(people)
    page = people.browser("ben").get(f"/rounds/{team}").text
    assert "Led by" not in page and "Frozen" not in page and "Ana" not in page
    assert "No lead at present." in page
    cora, otters = people.browser("cora"), teams(team)["Otters"]
    page = html.unescape(re.sub(r"<[^>]+>", "", cora.get(f"/rounds/{team}").text))
    assert "who cannot lead at present: choose another lead." in page
    offered = cora.get(f"/rounds/{team}/teams/{otters}").text.partition('name="lead"')[2].partition("</select>")[0]
    assert people.ids["ana"] not in offered and "Ben" in offered
    cora.post(f"/rounds/{team}/teams/{otters}/lead", data={"lead": people.ids["ben"], "seen": people.ids["ana"]})
    assert "You lead this team." in people.browser("ben").get(f"/rounds/{team}").text
    cora.post(f"/rounds/{team}/teams/{otters}/lead", data={"lead": people.ids["ana"], "seen": people.ids["ben"]})
    with read() as session:
        assert store.led_by(session, team, people.ids["ben"]), "who cannot lead is not chosen"


def test_who_is_frozen_is_not_shown_to_the_lead_under_any_name(people, team):
    freezing.freeze(people.ids["noor"], people.ids["cora"])
    main = people.browser("ana").get(f"/rounds/{team}/team").text.partition("<main")[2]
    assert "Ben" in main and "Noor" not in main and "Frozen" not in main
    assert "Frozen" in people.browser("cora").get(f"/rounds/{team}/teams/{teams(team)['Otters']}").text


def test_the_desk_chooses_a_lead_among_those_who_take_part_in_the_team_or_in_none(people, team):
    cora = people.browser("cora")
    page = cora.get(f"/rounds/{team}/teams/{teams(team)['Otters']}").text
    offered = page.partition('name="lead"')[2].partition("</select>")[0]
    assert all(f">{name}</option>" in offered for name in ("Ana", "Ben", "Noor", "Nobody yet")) and "Max" not in offered
    assert people.browser("ada").get(f"/rounds/{team}/teams/{teams(team)['Otters']}").status_code == 200
    assert "Set lead" not in people.browser("ada").get(f"/rounds/{team}/teams/{teams(team)['Otters']}").text
    assert cora.get(f"/rounds/{team}/teams/nonsense").status_code == 404


def test_teams_and_rounds_of_hundreds_come_a_page_at_a_time_in_as_many_questions(people, team, monkeypatch):
    monkeypatch.setattr(round_page, "PEOPLE", 4)
    monkeypatch.setattr(team_page, "PAGE", 4)
    ana, cora, otters = people.browser("ana"), people.browser("cora"), teams(team)["Otters"]
    paths = ((ana, f"/rounds/{team}/team"), (cora, f"/rounds/{team}"), (cora, f"/rounds/{team}/teams/{otters}"))

    def asked(browser, path):
        with statements() as texts:
            assert browser.get(path).status_code == 200
        return len(texts)

    search(people.browser("ben"), "feather baby", "12")
    few = [asked(*path) for path in paths]
    with write() as session:
        place = session.scalars(select(Search.platform_id)).one()
        for n in range(30):
            account = accounts.add_spotter(session, f"n{n}@people.test", f"Walker {n:02}")
            store.join(session, team, account.id, otters)
            searches.write_down(session, account.id, place, f"word {n:02}", None, 5, 5)
    assert [asked(*path) for path in paths] == few
    for browser, path in paths:
        pages = list(through(browser, path))
        shown = "".join(page.partition('<h2 id="searches">')[0] for page in pages)
        assert [shown.count(f"<bdi>Walker {n:02}</bdi>") for n in range(30)] == [1] * 30 and len(pages) >= 8, path
    newest = ana.get(f"/rounds/{team}/team").text.partition('<h2 id="searches">')[2]
    assert re.findall(r"word (\d\d)", newest) == ["29", "28", "27", "26"]
    older = ana.get(next_of(newest)).text.partition('<h2 id="searches">')[2]
    assert re.findall(r"word (\d\d)", older) == ["25", "24", "23", "22"]


def through(browser, path):
    """The pages of a list, from one to the next."""
    while path:
        page = browser.get(path).text.partition("<main")[2]
        yield page
        path = next_of(page.partition('<h2 id="searches">')[0])


def next_of(page):
    link = re.search(r'<a class="btn btn-quiet" href="([^"]+)" rel="next">', page)
    return link and html.unescape(link[1])
