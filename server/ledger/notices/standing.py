"""What a notice's company says to it so far, so that nobody replaces an answer that they have not seen."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy.orm import Session

from server.core import outcome, stale, wording
from server.core.sentences import sentence
from server.core.words import Answer, Refused
from server.ledger.notices import answer_store, pending_store

STATED = ("answer", *answer_store.KEPT)


def on(session: Session, notice_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """What each of these notices is answered, as AnswerSchema reads it: by what can still be undone, else by what counts.

    Those with no more than a receipt are left out: nothing is replaced there.
    """
    given = answer_store.standing_answers(session, notice_ids)
    said = {notice_id: {name: getattr(row, name) for name in STATED} for notice_id, row in given.items()}
    pending = {notice_id: _whole(row.stated) for notice_id, row in pending_store.on(session, notice_ids).items()}
    said |= {notice_id: stated for notice_id, stated in pending.items() if not _is_receipt(stated)}
    return {notice_id: stated for notice_id, stated in said.items() if not _is_receipt(stated)}


def replaced(said: Mapping[str, Any] | None, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What such an answer would take the place of: `said`, unless it says the same or is a receipt, which stands beside it."""
    return None if said is None or _is_receipt(values) or said == _whole(values) else said


def mark(said: Mapping[str, Any] | None) -> str:
    """What tells one state of a notice's answer from another; "" where it has none."""
    return stale.mark(said) if said else ""


def marks(session: Session, notice_ids: Collection[str]) -> dict[str, str]:
    """The mark of what each of these notices is answered, for a page that shows it and is to send it back."""
    said = on(session, notice_ids)
    return {notice_id: mark(said.get(notice_id)) for notice_id in notice_ids}


def refuse_unseen(session: Session, notice_id: str, values: Mapping[str, Any], seen: str | None) -> None:
    """Raises Refused("stale") where an answer would replace another than the one of which `seen` is the mark.

    seen: None for a program, which has been shown nothing.
    """
    if seen is None:
        return
    said = replaced(on(session, [notice_id]).get(notice_id), values)
    if said and mark(said) != seen:
        word = wording.ANSWER[Answer(said["answer"])].word
        raise Refused("stale", sentence(
            "This notice was answered meanwhile: “%(answer)s”. Look again, and send your answer once more if it is to "
            "replace that one.",
            answer=word,
        ))  # fmt: skip


def _whole(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.get(name) for name in STATED} | {"actions": list(values.get("actions") or [])}


def _is_receipt(values: Mapping[str, Any]) -> bool:
    return Answer(values["answer"]) in outcome.WAITS
