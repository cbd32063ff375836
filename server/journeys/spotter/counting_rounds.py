"""What rounds with many reports came to: counted in advance by the worker, and again when a coordinator asks."""

from server.core import clock, recurring, work
from server.core.database import read, write
from server.people.accounts import store as accounts
from server.people.rounds import kept_counts, store
from server.reads import round_figures

KIND = "count_round"


@recurring.every(600, "count_rounds")
def count_rounds() -> None:
    """Count each round that is due and has many reports, or had."""
    with read() as session:
        due = [
            round_.id
            for round_ in kept_counts.due(session, clock.now())
            if round_figures.are_many(session, round_) or kept_counts.kept(session, round_.id)
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
        made = round_figures.to_keep(session, round_) if round_figures.are_many(session, round_) else None
    with write() as session:
        is_changed = store.mark(session, store.get(session, round_id, lock=True)) != mark
        if made is None:
            kept_counts.forget(session, round_id)
        elif not is_changed and not accounts.any_erased_since(session, at):
            kept_counts.keep(session, round_id, made, at)
