"""How spotters grow: their answers in the practice lane, and what follows from what is known of their skill.

What changes people across rooms by their skill, one transaction a function. The rules ask (to go up, to talk) or protect
(back to probation); only a coordinator decides.
"""

from datetime import timedelta

from server.core import access, clock, post, web, work
from server.core.database import db, one_at_a_time, read, write
from server.core.sentences import sentence
from server.core.words import Level, Refused
from server.journeys.spotter import gate
from server.people.accounts import frozen
from server.people.accounts.models import Account
from server.people.accreditation import deciding
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import StepDown
from server.people.accreditation.standings import Decider
from server.people.courses import catalogue
from server.people.skill import levels
from server.people.skill import store as skill
from server.people.skill.lane import Kind, Said
from server.people.skill.levels import Move
from server.reads import judgements, practice_lane

CLOSED_FOR = timedelta(hours=1)  # until a mail to a closed account looks whether it is open again


def answer_lane(account_id: str, token: str, answer: Said, why: str) -> str | None:
    """A spotter judges the listing before them; the answer's id. None: it is not the next one any more.

    Raises Refused("not-accredited"). Nothing of it is ever a report, a case or a notice.
    """
    gate.may_report(account_id)
    item = practice_lane.next_item(db.session(), account_id)  # nobody waits while it is looked for
    if item is None or item.token != token:
        return None
    try:
        with write() as session:
            if item.kind is Kind.LIVE:
                return skill.keep_opinion(session, account_id, item.key, answer, why, clock.now())
            listing = catalogue.known_listings()[item.key]
            answer_id = skill.keep_known(session, account_id, listing, answer, why, clock.now())
            work.enqueue(session, "review_skill", account_id)
            return answer_id
    except Refused as refusal:
        if refusal.kind != "conflict":  # the same answer a second time, at the same moment
            raise
        return None


# --- What follows ----------------------------------------------------------------------------------------------------


@work.handler("review_skill", low_priority=True)  # one for each outcome, and a round's come in at once
def review_skill(account_id: str) -> None:
    """Another judgement has its outcome: ask a coordinator, or protect, as the rules say. Safe to repeat.

    What is known of somebody is hundreds of rows: read while others write, and written only when something follows.
    """
    with read() as session:
        level, move, now = judgements.move(session, account_id)
        if level is None or (move is not Move.DOWN and not skill.asks(session, account_id, level, move)):
            return
    with write() as session:
        one_at_a_time(session, account_id)
        if accreditation.level(session, account_id, clock.now()) != level:
            return  # somebody decided meanwhile, by more than the rules know
        if move is Move.DOWN:
            low, high = (round(100 * share) for share in now.interval())
            params = {"judged": now.judged, "low": low, "high": high, "asks": round(100 * levels.GOOD)}
            decided = accreditation.step_down(session, account_id, params, clock.now())
            skill.propose(session, account_id, Level.PROBATION, Move.STAY, now.judged, clock.now())
            work.enqueue(session, "mail_step_down", decided)
        else:
            skill.propose(session, account_id, level, move, now.judged, clock.now())


@work.handler("mail_step_down")
def mail_step_down(accreditation_id: str) -> None:
    """Tell the spotter that a coordinator reviews everything they send for a while, unless somebody has decided since.

    Raises work.Retry while their account is closed or frozen.
    """
    with read() as session:
        down = session.get(StepDown, accreditation_id)
        last = accreditation.current(session, down.account_id) if down else None
        if down is None or last is None or last.id != accreditation_id:
            return
        if accreditation.level(session, down.account_id, clock.now()) != Level.PROBATION:
            return  # it has lapsed
        account = session.get_one(Account, down.account_id)
        frozen.hold_mail(session, account.id)
        if account.disabled_at:
            raise work.Retry("The account is closed.", after=CLOSED_FOR.total_seconds(), counts=False)
        to, name, language = account.email, account.name, account.language
    context = {"name": name, "skill_url": web.absolute("skill.mine"), "lane_url": web.absolute("skill.lane")}
    subject = sentence("A second pair of eyes for a while")
    post.send_template("step_down", to, subject, context, post.message_id(f"down.{accreditation_id}"), language)


def not_now(account_id: str, by_id: str, why: str) -> None:
    """A coordinator leaves somebody's level as it is, with a reason; the rules ask again in a month at the earliest."""
    with write() as session:
        by = session.get_one(Account, by_id)
        deciding.by_another(account_id, Decider(by.id, access.can("people.accredit", by)))
        skill.not_now(session, account_id, by_id, why, clock.now())
