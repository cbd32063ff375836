"""What rounds promise in small: who is in two, who leads, what counts, what is written down, who is written to."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import db, read, write
from server.core.words import Level, Refused, Seen, Via
from server.journeys.report import answering, verification
from server.journeys.spotter import accrediting, round_mails
from server.ledger.companies.models import Platform
from server.pages.rounds import round_page, work_page
from server.people.rounds import choice_store, searches, store
from server.people.rounds.models import Round, RoundMail, Team
from server.reads import round_figures
from tests.round_stories import PLAN, accredit, hand, join, plan, searchable, searched  # noqa: F401
from tests.story import decide, flag


def taking_part(people, who, round_id, team=None):
    with write() as session:
        store.join(session, round_id, people.ids[who], team)


def leaving(people, who, round_id):
    with write() as session:
        store.leave(session, round_id, people.ids[who])


def change(people, round_id, **more):
    return people.browser("cora").post(f"/rounds/{round_id}/edit", data=PLAN | more)


def teams(round_id):
    with read() as session:
        return {team.name: team.id for team in store.teams(session, round_id)}


def lead_of(team_id):
    with read() as session:
        return session.get_one(Team, team_id).lead_id


def led_by(people, round_id, team, who):
    with write() as session:
        store.choose_lead(session, round_id, team, who and people.ids[who], people.ids["cora"])


def wrote(people, who="ana", term="grey parrot", seen=10, minutes=None, platform="mercado"):
    with write() as session:
        place = session.scalars(select(Platform.id).where(Platform.slug == platform)).one()
        searches.write_down(
            session, people.ids[who], place, term, "en" if term == "grey parrot" else None, seen, minutes
        )


def came(round_id, **more):
    with read() as session:
        return round_figures.came(session, store.get(session, round_id), **more)


def shown(people, who, round_id):
    with people.app.test_request_context(), read() as session:
        from server.people.accounts.models import Account

        return round_page.show(session, session.get_one(Account, people.ids[who]), round_id)


# --- One round at a time ---------------------------------------------------------------------------------------------


def test_who_left_a_round_or_whose_round_is_cancelled_is_free_for_another(people):
    first, second = plan(people), plan(people, name="Ivory")
    taking_part(people, "ana", first)
    with pytest.raises(Refused, match="one round at a time"):
        taking_part(people, "ana", second)
    leaving(people, "ana", first)
    taking_part(people, "ana", second)
    leaving(people, "ana", second)
    taking_part(people, "ana", first)
    assert change(people, first, state="cancelled").status_code == 302
    with read() as session:
        assert store.mine(session, people.ids["ana"], clock.now() + timedelta(days=1)) is None
    taking_part(people, "ana", second)


@pytest.mark.parametrize("free", ["left the first", "left the second", "the second is cancelled"])
def test_a_round_may_move_onto_days_of_another_when_nobody_is_in_both(people, free):
    first, second = plan(people), plan(people, name="Ivory", starts_on="2027-01-06")
    taking_part(people, "ana", first)
    taking_part(people, "ana", second)
    assert change(people, first, starts_on="2027-01-06").status_code == 409
    if free == "the second is cancelled":
        change(people, second, name="Ivory", starts_on="2027-01-06", state="cancelled")
    else:
        leaving(people, "ana", first if free == "left the first" else second)
    assert change(people, first, starts_on="2027-01-06").status_code == 302


# --- Leads -----------------------------------------------------------------------------------------------------------


def test_a_lead_is_in_their_team_and_leads_one_alone(people):
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    herons, otters = teams(round_id)["Herons"], teams(round_id)["Otters"]
    led_by(people, round_id, otters, "ana")
    with read() as session:
        assert store.membership(session, round_id, people.ids["ana"]).team_id == otters
    led_by(people, round_id, herons, "ana")
    assert (lead_of(herons), lead_of(otters)) == (people.ids["ana"], None)


def test_a_lead_stays_lead_when_they_sign_up_for_the_same_team_again_and_no_longer_when_they_leave(people):
    round_id = plan(people)
    otters = teams(round_id)["Otters"]
    taking_part(people, "ana", round_id, otters)
    led_by(people, round_id, otters, "ana")
    taking_part(people, "ana", round_id, otters)
    assert lead_of(otters) == people.ids["ana"]
    leaving(people, "ana", round_id)
    assert lead_of(otters) is None


def test_a_coordinator_may_let_nobody_lead(people):
    round_id = plan(people)
    otters = teams(round_id)["Otters"]
    taking_part(people, "ana", round_id, otters)
    led_by(people, round_id, otters, "ana")
    door = f"/rounds/{round_id}/teams/{otters}/lead"
    assert people.browser("cora").post(door, data={"lead": ""}).status_code == 302
    assert lead_of(otters) is None


def test_who_takes_part_is_named_to_the_desk_alone(people):
    accredit("ben")
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    taking_part(people, "ben", round_id)
    led_by(people, round_id, teams(round_id)["Otters"], "ben")
    assert [person["name"] for person in shown(people, "cora", round_id)["takes_part"]] == ["Ana", "Ben"]
    page = shown(people, "ana", round_id)
    assert page["takes_part"] == []
    assert people.ids["ben"] not in str(page["teams"]) and "Ben" not in str(page["teams"])


def test_what_is_done_about_rounds_is_in_the_audit_trail(people):
    round_id = plan(people)
    change(people, round_id)
    taking_part(people, "ana", round_id)
    led_by(people, round_id, teams(round_id)["Otters"], "ana")
    leaving(people, "ana", round_id)
    with read() as session:
        rows = session.execute(select(AuditRow.action, AuditRow.actor_id).where(AuditRow.kind.in_(("round", "team"))))
        done = rows.all()
    cora, ana = people.ids["cora"], people.ids["ana"]
    assert done == [("round_made", cora), ("round_changed", cora), ("round_joined", ana), ("team_lead_chosen", cora),
                    ("round_left", ana)]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"teams": "\n".join(f"Team {n}" for n in range(21))}, "at most 20 teams"),
        ({"targets": "9999999"}, "Enter numbers"),
    ],
)
def test_a_round_has_bounds(people, given, message):
    answer = people.browser("cora").post("/rounds/new", data=PLAN | given)
    assert answer.status_code == 422
    assert message in answer.text


def test_rounds_come_a_page_at_a_time_each_once(people, monkeypatch):
    monkeypatch.setattr(round_page, "PAGE", 2)
    with write() as session:
        for n in range(5):
            session.add(Round(
                name=f"R{n}", about="", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 7), targets=[1], groups=[],
                platforms=[], languages=[], state="open", made_at=clock.now()))  # fmt: skip
    ana, page, names = people.browser("ana"), "/rounds", []
    while page:
        text = ana.get(page).text
        names += [f"R{n}" for n in range(5) if f">R{n}<" in text]
        page = text.partition('href="/rounds?before=')[2][:32]
        page = page and f"/rounds?before={page}"
    assert sorted(names) == ["R0", "R1", "R2", "R3", "R4"]


# --- Searches --------------------------------------------------------------------------------------------------------


def test_a_search_is_corrected_for_a_week_and_then_stands(people, hand):
    wrote(people)
    which = searched(people.ids["ana"])[0].id
    hand.shift(timedelta(days=7))
    with write() as session:
        searches.correct(session, people.ids["ana"], which, 11, None)
    hand.shift(timedelta(days=1))
    for act in (searches.take_back, lambda *who: searches.correct(*who, 12, None)):
        with pytest.raises(Refused, match="no such search"), write() as session:
            act(session, people.ids["ana"], which)
    assert [search.seen for search in searched(people.ids["ana"])] == [11]


def test_minutes_count_as_said_only_when_they_were_said(people):
    wrote(people)
    [reckoned] = searched(people.ids["ana"])
    with write() as session:
        searches.correct(session, people.ids["ana"], reckoned.id, 30, reckoned.minutes)
    assert [(search.seen, search.stated) for search in searched(people.ids["ana"])] == [(30, False)]


def test_how_long_a_search_took_is_reckoned_from_ones_own_searches(people, hand):
    accredit("ben")
    wrote(people, "ana", "one", minutes=3)
    hand.shift(timedelta(minutes=11))
    wrote(people, "ben", "one")
    hand.shift(timedelta(minutes=2))
    wrote(people, "ana", "two")
    assert [search.minutes for search in searched(people.ids["ben"])] == [6], "nothing of Ana's"
    assert [search.minutes for search in searched(people.ids["ana"])] == [3, 13], "since her own"


def test_an_estimate_is_ones_own_and_does_not_move_within_the_week(people, hand):
    accredit("ben")
    for n in range(5):
        wrote(people, "ana", f"word {n}", minutes=4)
        wrote(people, "ben", f"word {n}", minutes=18)
    with read() as session:
        today, ids = store.today(), people.ids
        assert searches.estimate(session, ids["ana"], today) == 6.0, "of days before alone"
        assert searches.estimate(session, ids["ana"], today + timedelta(days=1)) == 4.0
        assert searches.estimate(session, ids["ben"], today + timedelta(days=1)) == 18.0
        assert not searches.last_days(session, today), "nor does the list"
        assert searches.last_days(session, today + timedelta(days=180)), "half a year"
        assert not searches.last_days(session, today + timedelta(days=181))


# --- The worklist ----------------------------------------------------------------------------------------------------


def listed(people, who="ana"):
    """The languages and groups of what stands on somebody's list, and their page."""
    with people.app.test_request_context(), read() as session:
        page = work_page.page(session, people.ids[who])
        groups = {term.text: term.groups for term in work_page.every_term(session)}
    terms = page["terms"]
    return {term.language for term in terms}, [groups[term.text] for term in terms], page


def test_a_list_holds_to_the_rounds_groups_and_languages(people, searchable):
    with write() as session:
        choice_store.choose(session, people.ids["ana"], languages=["en", "fr"])
    taking_part(people, "ana", plan(people, groups=["bird"], languages=["en"]))
    languages, groups, _ = listed(people)
    assert groups and all("bird" in of_term for of_term in groups)
    assert "en" in languages and "fr" not in languages


def test_a_list_holds_to_the_languages_somebody_is_accredited_for(people, searchable):
    with write() as session:
        choice_store.choose(session, people.ids["ana"], languages=["en", "fr"])
    assert {"en", "fr"} <= listed(people)[0]
    accrediting.change_level(people.ids["ana"], people.ids["dan"], "French alone.", Level.TRUSTED, languages=("fr",))
    assert "en" not in listed(people)[0]


def test_what_was_searched_before_the_round_is_not_this_weeks(people, searchable, hand):
    wrote(people, "ana", "before", 7)
    taking_part(people, "ana", plan(people))
    hand.shift(timedelta(minutes=40))
    wrote(people, "ana", "within", 9)
    page = listed(people)[2]
    assert (page["searched"], page["seen"]) == (1, 9)


# --- What a round came to --------------------------------------------------------------------------------------------


def test_a_notice_that_was_withdrawn_is_none_of_the_rounds(people, report_json):
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    case = flag(people, report_json())
    notice = decide(people, case)
    verification.look_as_coordinator(case, people.ids["cora"], Seen.GONE)
    assert (came(round_id).whole.notices, came(round_id).whole.takedowns) == (1, 1)
    answering.withdraw_notice(notice, people.ids["cora"], "It is a toy.")
    assert (came(round_id).whole.notices, came(round_id).whole.takedowns) == (0, 0)


def test_a_takedown_is_what_was_seen_last_and_spotters_hear_of_days_that_are_over(people, report_json, hand):
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    hand.shift(timedelta(hours=1))
    case = flag(people, report_json())
    notice = decide(people, case)
    answering.answer_notice(notice, {"answer": "removed"}, Via.LINK)
    today, tomorrow = store.today(), store.today() + timedelta(days=1)
    assert (came(round_id, before=today).whole.reports, came(round_id).whole.takedowns) == (0, 1)
    hand.shift(timedelta(days=1))
    verification.look_as_coordinator(case, people.ids["cora"], Seen.PRESENT)
    assert came(round_id).whole.takedowns == 0, "it is still there"
    assert came(round_id, before=tomorrow).whole.takedowns == 1, "as was known when the day was over"
    hand.shift(timedelta(days=1))
    verification.look_as_coordinator(case, people.ids["dan"], Seen.GONE)
    assert came(round_id).whole.takedowns == 1


@pytest.mark.parametrize(
    ("answer", "seen", "takedowns"),
    [("already_gone", None, 0), ("already_gone", Seen.GONE, 0), ("not_violating", Seen.GONE, 0), (None, Seen.GONE, 1),
     ("restricted", None, 0), ("restricted", Seen.GONE, 1), ("received", Seen.PRESENT, 0)],
)  # fmt: skip
def test_a_takedown_is_no_listing_that_was_gone_before_or_stays(people, report_json, answer, seen, takedowns):
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    case = flag(people, report_json())
    notice = decide(people, case)
    if answer:
        answering.answer_notice(notice, {"answer": answer, "reason": "Looked at."}, Via.LINK)
    if seen:
        verification.look_as_coordinator(case, people.ids["cora"], seen)
    assert (came(round_id).whole.notices, came(round_id).whole.takedowns) == (1, takedowns)


def test_that_it_was_there_before_the_answer_takes_no_takedown_back(people, report_json, hand):
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    case = flag(people, report_json())
    notice = decide(people, case)
    verification.look_as_coordinator(case, people.ids["cora"], Seen.PRESENT)
    hand.shift(timedelta(hours=1))
    answering.answer_notice(notice, {"answer": "removed"}, Via.LINK)
    assert came(round_id).whole.takedowns == 1


def test_a_notice_and_a_takedown_of_today_are_told_to_spotters_tomorrow(people, report_json, hand):
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    hand.shift(timedelta(hours=1))
    case = flag(people, report_json())
    hand.shift(timedelta(days=1))
    notice = decide(people, case)
    assert came(round_id, before=store.today()).whole.notices == 0
    hand.shift(timedelta(days=1))
    answering.answer_notice(notice, {"answer": "removed"}, Via.LINK)
    whole = came(round_id, before=store.today()).whole
    assert (whole.notices, whole.takedowns) == (1, 0)


def test_searches_of_today_and_of_others_are_not_in_what_is_told_to_one(people, hand):
    accredit("ben")
    round_id = plan(people)
    for who in ("ana", "ben"):
        taking_part(people, who, round_id)
        wrote(people, who, "own words", 10, 5)
    assert came(round_id, account_id=people.ids["ana"]).whole.searches == 1
    assert came(round_id, before=store.today()).whole.searches == 0
    hand.shift(timedelta(days=1))
    assert came(round_id, before=store.today()).whole.searches == 2


def test_a_search_outside_the_days_a_round_was_moved_to_is_none_of_its(people, hand):
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    wrote(people, "ana", "own words", 10, 5)
    hand.shift(timedelta(days=1))
    wrote(people, "ana", "other words", 7, 5)
    assert change(people, round_id, starts_on="2026-11-26").status_code == 302
    moved = came(round_id)
    assert (moved.whole.searches, moved.weeks[0].figures.seen, [term.seen for term in moved.terms]) == (1, 7, [7])
    with read() as session:
        [counted] = round_figures.by_person(session, store.get(session, round_id), [people.ids["ana"]]).values()
    assert (counted.searches, counted.seen, counted.minutes) == (1, 7, 5)


def test_a_new_term_is_one_that_nobody_searched_before_the_round(people, hand):
    wrote(people, "ana", "old words")
    hand.shift(timedelta(days=1))
    round_id = plan(people, starts_on="2026-11-26")
    taking_part(people, "ana", round_id)
    for term in ("old words", "new words"):
        hand.shift(timedelta(minutes=5))
        wrote(people, "ana", term)
    assert [term.text for term in came(round_id).terms] == ["new words"]


def test_what_became_of_reports_is_told_once_five_people_report(people, report_json, monkeypatch, hand):
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    hand.shift(timedelta(hours=1))
    flag(people, report_json())
    hand.shift(timedelta(days=1))
    assert (shown(people, "ana", round_id)["outcomes"], shown(people, "cora", round_id)["outcomes"]) == (False, True)
    monkeypatch.setattr(round_figures, "ENOUGH", 1)
    assert shown(people, "ana", round_id)["outcomes"]


def test_a_file_of_the_report_is_kept_by_no_cache(people):
    round_id, cora = plan(people), people.browser("cora")
    for kind in ("csv", "pdf"):
        assert cora.get(f"/rounds/{round_id}/report.{kind}").headers["Cache-Control"] == "no-store"


# --- Reminders -------------------------------------------------------------------------------------------------------


@pytest.fixture
def queued(people, hand):
    """Ana takes part; on the fourth day of the first week a reminder about it is written down. Its id, and the round's."""
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    hand.shift(timedelta(days=3))
    round_mails.remind_rounds()
    with read() as session:
        return session.scalars(select(RoundMail.id)).one(), round_id


def leaves(mail_id):
    """Whether the mail leaves when its turn comes."""
    round_mails.mail_round(mail_id)
    with read() as session:
        mail = session.get(RoundMail, mail_id)  # None: it was taken back, to be due again once it is true
        return mail is not None and mail.mailed_at is not None


@pytest.mark.parametrize("then", ["nothing", "cancelled", "refused", "searched", "a week later"])
def test_a_reminder_leaves_only_while_it_is_true_and_wanted(people, queued, hand, then):
    mail, round_id = queued
    if then == "cancelled":
        change(people, round_id, state="cancelled")
    elif then == "refused":
        people.browser("ana").post("/profile/reminders", data={"reminders": "no"})
    elif then == "searched":
        wrote(people)
    elif then == "a week later":
        hand.shift(timedelta(days=7))
    db.session.rollback()
    assert leaves(mail) is (then == "nothing")


def test_nobody_is_reminded_of_a_round_that_is_cancelled(people, hand):
    round_id = plan(people)
    taking_part(people, "ana", round_id)
    change(people, round_id, state="cancelled")
    hand.shift(timedelta(days=3))
    round_mails.remind_rounds()
    with read() as session:
        assert session.scalars(select(RoundMail.id)).all() == []
