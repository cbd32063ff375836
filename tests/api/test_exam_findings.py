"""What the answers in exams show is made beforehand once there are many, and says as of when."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import new_id, read, write
from server.journeys.spotter import erasing, exam_findings
from server.people.courses import catalogue
from server.people.exams import findings, kept_findings
from server.people.exams.models import Attempt, AttemptAnswer
from tests.conftest import People

ALIKE, ITEMS = "/training/alike", "/training/flagging-well/items"


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_findings, "FEW", 5)


def sit(people: People, who: str, wrong: int) -> None:
    """An exam on the first fifteen questions, so many of them answered wrong and by the same choice."""
    at, attempt_id = clock.now(), new_id()
    with write() as session:
        session.add(Attempt(id=attempt_id, account_id=people.ids[who], module="flagging-well", content_hash="x", drawn=[], position=15,
                            started_at=at, finished_at=at, right=0, of=15, passed=False))  # fmt: skip
        session.flush()
        session.add_all(
            AttemptAnswer(attempt_id=attempt_id, position=place, question=question.name, chosen=[1 if place < wrong else 0],
                          right=place >= wrong, at=at)
            for place, question in enumerate(catalogue.modules()["flagging-well"].for_exam.drawn_from[:15])
        )  # fmt: skip


def sit_six(people: People) -> None:
    for who in ("ana", "ben", "dan"):
        sit(people, who, 7)
        sit(people, who, 3)


def words(page: str) -> str:
    """The page as it is read, without its moment."""
    return re.sub(r" As of .*? Recalculate", "", " ".join(re.sub(r"<[^>]+>", " ", page).split()))


def test_pages_say_the_same_before_and_after_the_worker_made_them(people: People) -> None:
    sit_six(people)
    cora = people.browser("cora")
    before = {path: cora.get(path).text for path in (ALIKE, ITEMS)}
    assert "As of" not in "".join(before.values())
    exam_findings.make_findings()
    for path, page in before.items():
        after = cora.get(path).text
        assert "As of" in after and "Recalculate" in after
        page = re.sub(r"(?s).*<h1", "", page)
        assert words(re.sub(r"(?s).*<h1", "", after)) == words(page)


def test_few_exams_are_looked_at_anew_at_each_visit(people: People) -> None:
    sit(people, "ana", 3)
    exam_findings.make_findings()
    with read() as session:
        assert kept_findings.last_made(session) is None


def test_what_came_since_is_looked_at_within_the_hour_or_when_a_coordinator_asks(
    people: People, work_all: Callable[[], int]
) -> None:
    sit_six(people)
    exam_findings.make_findings()
    cora, now = people.browser("cora"), clock.now()
    with time_machine.travel(now + timedelta(minutes=5), tick=False):
        sit(people, "otto", 5)
        assert people.browser("cora").get(ITEMS).text.count(">4</td>") == 0
        answer = cora.post("/training/findings", data={"module": "flagging-well"})
        assert answer.location.endswith(ITEMS)
        assert "It is being recalculated" in cora.get(ITEMS).text
        work_all()
        page = cora.get(ITEMS).text
        assert "It is being recalculated" not in page and page.count('data-label="Answers">4</td>') == 15


def test_nothing_is_made_while_nobody_answers(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    sit_six(people)
    exam_findings.make_findings()
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        monkeypatch.setattr(kept_findings, "make", lambda *_: pytest.fail("made without need"))
        exam_findings.make_findings()


def test_nothing_of_whoever_is_erased_stays(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    sit_six(people)
    exam_findings.make_findings()
    erasing.erase(people.ids["ana"], people.ids["cora"])
    with read() as session:
        assert kept_findings.last_made(session) is None
    assert "Ana" not in words(people.browser("cora").get(ALIKE).text)
    look = findings.alike

    def while_another_is_erased(session):
        found = look(session)
        erasing.erase(people.ids["ben"], people.ids["cora"])
        return found

    monkeypatch.setattr(findings, "alike", while_another_is_erased)
    exam_findings.make_anew("exams")
    with read() as session:
        assert kept_findings.last_made(session) is None


def test_nor_of_whoever_is_being_erased_while_it_is_made(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    sit_six(people)
    forget = kept_findings.forget

    def make() -> None:
        with people.app.app_context():
            exam_findings.make_anew("exams")

    worker = threading.Thread(target=make)

    def while_it_is_made(session: Session) -> None:
        monkeypatch.setattr(kept_findings, "forget", forget)
        forget(session)
        worker.start()
        worker.join(0.5)  # it waits for the erasure

    monkeypatch.setattr(kept_findings, "forget", while_it_is_made)
    erasing.erase(people.ids["ana"], people.ids["cora"])
    worker.join(20)
    with read() as session:
        assert kept_findings.last_made(session) is None
