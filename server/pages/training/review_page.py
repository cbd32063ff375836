"""What the review's pages show beside a question: how far one is, and what comes back when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from server.people.courses import catalogue
from server.people.courses.bank import Question
from server.people.courses.module import Module
from server.people.training import store
from server.reads import review
from server.reads.review import Review


@dataclass(frozen=True, slots=True)
class ComesBack:
    """A question that was just answered, and the day on which it comes back."""

    module: Module
    question: Question
    on: date


def done(said: str | None) -> int:
    """How many questions of this sitting are answered, as the address says: a count for the page, nothing depends on it."""
    return min(int(said), review.SITTING) if said and said.isdecimal() and len(said) < 4 else 0


def total(done: int, left: int) -> int:
    """How many questions this sitting has, with those that are answered."""
    return min(max(done + left, done), review.SITTING)


def end(session: Session, account_id: str, due: Review, done: int) -> dict[str, Any]:
    """The end of a sitting, or a page without a question: what was answered in it, by when it comes back, and what is next."""
    cards, back = store.cards(session, account_id), []
    for answer in store.last_answers(session, account_id, done) if done else ():
        module, card = catalogue.modules().get(answer.module), cards.get((answer.module, answer.question))
        module = module.read_in(catalogue.languages()) if module else None
        question = module.question(answer.question) if module else None
        if module and question and card:
            back.append(ComesBack(module, question, card.due_on))
    return {
        "view": None, "back": sorted(back, key=lambda each: each.on), "left": len(due.due), "next_day": due.next_day,
        "has_read": due.has_read, "exam": due.exam, "sitting": review.SITTING,
    }  # fmt: skip
