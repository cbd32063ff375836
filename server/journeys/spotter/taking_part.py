"""Taking part in rounds: whoever may report does at once; a trainee signs up, and is let in once accredited."""

from datetime import datetime

from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import one_at_a_time, read, write
from server.core.words import Standing
from server.journeys.spotter import gate
from server.people.accreditation import standings
from server.people.accreditation import store as accreditation
from server.people.rounds import mails
from server.people.rounds import store as rounds

TRAINEES = (Standing.NONE, Standing.LAPSED)  # who is to be accredited next; nobody who was stopped


def sign_up(account_id: str, round_id: str, team_id: str | None) -> bool:
    """Sign up for a round, or change the team; whether they take part now, and do not wait to be accredited.

    Raises Refused: not-accredited (who was stopped, or has to pass again what changed), not-found, conflict.
    """
    with write() as session:
        one_at_a_time(session, account_id)  # nobody accredits or stops them meanwhile
        refusal = gate.refusal(account_id, session)
        waits = standings.standing(accreditation.current(session, account_id), clock.now()) in TRAINEES
        if refusal and not waits:
            raise refusal
        rounds.join(session, round_id, account_id, team_id, waits=waits)
        return not waits


def let_in_meanwhile(round_id: str) -> None:
    """A round opens, perhaps again: who signed up and was accredited while it was not open takes part, and is told."""
    with read() as session:
        waiting = rounds.waiting(session, round_id)
    for account_id in waiting:
        with write() as session:
            one_at_a_time(session, account_id)
            let_in(session, account_id, clock.now())


def let_in(session: Session, account_id: str, at: datetime) -> None:
    """Somebody was accredited, or is again: they take part in the rounds they wait for, and are told.

    What was given back after its end lets in nobody: the renewal does.
    """
    if accreditation.level(session, account_id, at) is None:
        return
    for round_id in rounds.let_in(session, account_id, at):
        mail = mails.of_admission(session, round_id, account_id)
        mails.queue(session, mail, mail.account_ids)
