"""A round's figures are counted of many reports together: they equal what is counted report by report."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from server.core.database import read
from server.core.words import Answer, Via
from server.journeys.report import answering, decision
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.reports.models import Report
from server.ledger.species.models import Taxon
from server.people.rounds import store
from server.people.rounds.models import Round
from server.reads import practice_lane, round_figures
from server.reads.round_counting import By
from tests.round_stories import accredit, hand, join, plan, search, searchable  # noqa: F401
from tests.sending import send

ADS = {  # title and language as their page states it, by number
    1: ("African grey parrot chicks", "en-GB"),
    2: ("Collier en ivoire, éléphant", "fr"),
    3: ("A box", None),
    4: ("Grey parrot", "EN"),
    5: ("Tortoise, live", None),
}
SENT = (  # who reports which ad in which week
    (("ana", 1), ("ben", 1), ("ana", 2), ("ana", 3)),
    (("ben", 2), ("ben", 4), ("ana", 1)),
    (("ana", 5), ("ben", 3)),
)


@pytest.fixture
def lived(people, report_json, hand, searchable, work_all):
    """Two spotters, one of them in a team, report five ads in three weeks; three are notified, two answered. The round's id."""
    accredit("ben")
    round_id = plan(people)
    with read() as session:
        teams = {team.name: team.id for team in store.teams(session, round_id)}
    join(people, "ana", round_id, teams["Herons"])
    join(people, "ben", round_id)
    browser, of_ad = people.app.test_client(), dict[int, str]()
    for week, sent in enumerate(SENT):
        for who, ad in sent:
            title, language = ADS[ad]
            stated = {"title": title} | ({"language": language} if language else {})
            site = "mercado" if ad % 2 else "tradepost"
            answer = send(
                browser,
                people.token(who),
                report_json(f"https://{site}.test/itm/x/{265370482000 + ad}", listing=stated),
            )
            assert answer.status_code == 201, answer.text
            with read() as session:
                of_ad[ad] = session.get_one(Report, answer.json["id"]).case_id
        for term, who in (("grey parrot", "ana"), (f"word {week}", "ben")):
            assert search(people.browser(who), term, "10", minutes="30").status_code == 302
        hand.shift(timedelta(days=7))
    notices = {}
    for ad in (1, 2, 3):
        with read() as session:
            version = session.get_one(Case, of_ad[ad]).version
        what = {"decision": "notify", "note": "Live chicks without papers.", "version": version}
        notices[ad] = decision.decide(of_ad[ad], people.ids["cora"], **what)
    work_all()
    for ad, answer in ((1, Answer.REMOVED), (3, Answer.NOT_VIOLATING)):
        given = {"answer": answer, "reason": "Looked at."}
        answering.answer_notice(notices[ad], given, Via.PORTAL, people.ids["mia"])
    return round_id, of_ad


def test_divided_figures_are_those_counted_report_by_report(people, lived):
    round_id, of_ad = lived
    ad_of = {case_id: ad for ad, case_id in of_ad.items()}
    team = {people.ids["ana"]: "Herons", people.ids["ben"]: "No team"}
    plain = {kind: (Counter(), Counter(), Counter()) for kind in (*By, "week")}
    with read() as session:
        round_ = session.get_one(Round, round_id)
        came, seen = round_figures.came(session, round_, by=tuple(By)), set()
        for report in session.scalars(select(Report).order_by(Report.received_at, Report.id)):
            case, ad = session.get_one(Case, report.case_id), ad_of[report.case_id]
            likeliest = (cases.taxa(session, [case.id])[case.id] or [""])[0]
            taxon = session.get(Taxon, likeliest)
            keys = {
                By.TEAM: team[report.account_id],
                By.GROUP: taxon and taxon.taxon_group,
                By.LANGUAGE: (ADS[ad][1] or "")[:2].lower(),
                By.PLATFORM: session.get_one(Listing, case.listing_id).platform_id,
                "week": (report.received_at.date() - round_.starts_on).days // 7,
            }
            first = case.id not in seen
            seen.add(case.id)
            for kind, key in keys.items():
                for counter, counts in zip(
                    plain[kind], (True, first and ad in (1, 2, 3), first and ad == 1), strict=True
                ):
                    counter[key] += counts
    for kind in By:
        of_kind = sorted((part.figures.reports, part.figures.notices, part.figures.takedowns) for part in came.by[kind])
        expected = sorted((number, plain[kind][1][key], plain[kind][2][key]) for key, number in plain[kind][0].items())
        assert [each for each in of_kind if any(each)] == expected, kind
    for number, week in enumerate(came.weeks[:3]):
        figures = week.figures
        assert (figures.reports, figures.notices, figures.takedowns) == tuple(of[number] for of in plain["week"])
        assert (figures.searches, figures.seen, figures.minutes) == (2, 20, 60), "one each a week"
    assert (came.whole.reports, came.whole.notices, came.whole.takedowns) == (9, 3, 1)
    searched = {part.name: part.figures.searches for part in came.by[By.TEAM]}
    assert searched == {"Herons": 3, "No team": 3, "Otters": 0} and came.whole.searches == 6


def test_the_group_of_a_case_is_that_of_its_likeliest_taxon(lived):
    ids = list(lived[1].values())
    with read() as session:
        taxa = cases.taxa(session, ids)
        assert cases.likeliest_taxon(session, ids) == {case_id: found[0] for case_id, found in taxa.items() if found}
        assert len(practice_lane.groups_of(session, ids)) >= 3


def test_who_took_part_is_whoever_has_figures(people, lived):
    everybody = list(people.ids.values())
    with read() as session:
        round_ = session.get_one(Round, lived[0])
        figures = round_figures.by_person(session, round_, everybody)
        assert round_figures.took_part(session, round_) == set(figures) == {people.ids["ana"], people.ids["ben"]}
        assert round_figures.by_person(session, round_, [people.ids["ben"]]) == {
            people.ids["ben"]: figures[people.ids["ben"]]
        }
        assert [figures[people.ids[who]].reports for who in ("ana", "ben")] == [5, 4]
