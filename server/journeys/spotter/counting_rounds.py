"""What rounds with many reports came to: counted in advance by the worker, and again when a coordinator asks."""

from server.core import clock, recurring, work
from server.core.database import read, write
from server.people.accounts import store as accounts
from server.people.rounds import counts, store
from server.reads import round_counts

KIND = "count_round"


@recurring.every(600, "count_rounds")
def count_rounds() -> None:
    """Count each round that is due and has many reports, or had."""
    with read() as session:
        due = [
            round_.id
            for round_ in counts.due(session, clock.now())
            if round_counts.are_many(session, round_) or counts.kept(session, round_.id)
        ]
    for round_id in due:
        count_round(round_id)


def ask_anew(round_id: str) -> None:
    """Ask the worker to count a round again. Raises Refused: not_found."""
    with write() as session:
        store.get(session, round_id)
        if not work.is_pending(session, KIND, [round_id]):
            work.enqueue(session, KIND, round_id)


@work.handler(KIND, low_priority=True)
def count_round(round_id: str) -> None:
    """Count a round, and keep that; not when it was changed or somebody was erased meanwhile."""
    at = clock.now()
    with read() as session:
        round_ = store.get(session, round_id)
        mark = store.mark(session, round_)
        made = round_counts.make(session, round_) if round_counts.are_many(session, round_) else None
    with write() as session:
        if made is None:
            counts.forget(session, round_id)
        elif store.mark(session, store.get(session, round_id)) == mark and not accounts.any_erased_since(session, at):
            counts.keep(session, round_id, made, at)
