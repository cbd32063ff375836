"""Spotters whose answers and reports show how well they judge."""

from server.core import clock
from server.core.database import read, write
from server.core.words import Level
from server.journeys.report import decision
from server.journeys.spotter import accrediting, growth
from server.ledger.cases.models import Case
from server.people.courses import catalogue
from server.people.skill import store
from server.people.skill.lane import Said
from server.reads import judgements
from tests.story import decide, flag


def judge(people, who, right, count, skip=0):
    """So many answers in the lane, all right or all wrong; then the rules look."""
    answer_lane(people, who, right, count, skip)
    growth.review_skill(people.ids[who])


def answer_lane(people, who, right, count, skip=0):
    """So many answers in the lane, all right or all wrong."""
    with write() as session:
        for listing in list(catalogue.known_listings().values())[skip : skip + count]:
            wrong = {"flag": Said.INNOCENT, "innocent": Said.FLAG}[listing.truth]
            store.keep_known(
                session, people.ids[who], listing, Said(listing.truth) if right else wrong, "", clock.now()
            )


def reported(people, report, who="ben"):
    """They report a listing, and Cora notifies its company."""
    decide(people, flag(people, report, who))


def asked(people, who):
    with read() as session:
        proposal = store.open_proposal(session, people.ids[who])
        return proposal and proposal.move


def outcomes(people):
    with read() as session:
        return [judgement.outcome for judgement in judgements.judged(session, people.ids["ana"])]


def dismiss(people, case_id, because="other", **more):
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(
        case_id, people.ids["cora"], decision="dismiss", note="No.", version=version, dismiss_reason=because, **more
    )


def probation(people):
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "Tests.", Level.PROBATION, waive_exam=True)
