"""People of the demonstration go through the training: read the lessons, answer their questions, pass the exams, sign."""

from collections.abc import Sequence
from datetime import timedelta

from server.core import clock
from server.core.database import read, write
from server.journeys.spotter import accrediting, learning
from server.people.accounts import store as accounts
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue
from server.people.courses.bank import Question
from server.people.courses.module import Module
from server.people.exams import store as exams
from server.people.exams.models import Attempt
from server.people.training import store as training


def train(email: str, group: str) -> None:
    """This person passes what accreditation needs, with the module on species called `group`."""
    with read() as session:
        account = accounts.by_email(session, email)
        assert account, "people are added before they are trained"
        account_id, name = account.id, account.name
        agreement = accreditation.agreement().content_hash
    for module in catalogue.modules().values():
        if module.required or module.slug == group:
            _read(account_id, module)
            _pass(account_id, module)
    accrediting.sign_agreement(account_id, agreement, name)


def _read(account_id: str, module: Module) -> None:
    at = clock.now()
    opened_at = at - timedelta(hours=1)
    with write() as session:
        for lesson in module.lessons:
            question = module.question_in(lesson.name)
            if question:
                order = list(range(len(question.choices)))
                training.keep_practice(
                    session, account_id, module.slug, question.name, order, _right(question, order), True, at
                )
            training.note_reading(session, account_id, module.slug, lesson, question, opened_at, at)


def _pass(account_id: str, module: Module) -> None:
    attempt_id, _ = learning.start_exam(account_id, module, seed=1)
    with write() as session:
        attempt = session.get_one(Attempt, attempt_id)
        for position in range(len(attempt.drawn)):
            question, order = exams.shown(module, attempt, position)
            exams.answer_question(session, attempt, module, position, _right(question, order), clock.now())


def _right(question: Question, order: Sequence[int]) -> list[int]:
    """The right choices by their places as shown; for a match one for each left side, in their order."""
    if question.lefts:
        return [order.index(place) for place in range(len(question.lefts))]
    return [at for at, place in enumerate(order) if question.choices[place].right]
