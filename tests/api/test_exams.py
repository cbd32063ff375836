"""The exam as people meet it: one attempt, the server's clock, and no key before its time."""

import re
import shutil
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import read, write
from server.journeys.spotter import freezing
from server.pages.exams import views
from server.people.courses import catalogue
from server.people.exams import exam, findings, store
from server.people.exams.models import Attempt, AttemptAnswer
from server.reads import onboarding
from tests.modules import of_exam
from tests.modules import write as write_module
from tests.small_module import SMALL, places, sign, small_module, take_exam, teach_small


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    return teach_small(app, tmp_path)


def rows(table) -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(table))


def at_once(app, job, times=8):
    """The same job in as many threads, all starting together; their results."""
    gate, results = threading.Barrier(times), []

    def run(number):
        with app.app_context():
            gate.wait()
            results.append(job(number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return results


# --- The exam --------------------------------------------------------------------------------------------------------


def test_what_follows_when_one_does_not_pass_is_said_before_the_first_question(people):
    page = people.browser("ben").get(f"{SMALL}/exam").text
    said = "you can try again after 10 minutes. After 5 attempts in a month, ask a coordinator to reopen the exam."
    assert f"If you do not pass, {said}" in page


def test_no_key_and_no_explanation_is_shown_before_its_answer_is_final(people):
    ben = people.browser("ben")
    shown = [ben.get(path).text for path in ("/training", SMALL, f"{SMALL}/one", f"{SMALL}/two", f"{SMALL}/exam")]
    ben.post(f"{SMALL}/exam")
    marked_right = 0
    for number in range(1, exam.LENGTH + 1):
        page = ben.get(f"{SMALL}/exam/{number}").text
        assert "CANARY" not in page
        assert not [sign for sign in ("is-right", "m-trade", "checked") if sign in page]
        assert ben.get(f"{SMALL}/exam/{number + 1}").location == f"{SMALL}/exam/{number}" or number == exam.LENGTH
        ben.post(f"{SMALL}/exam/{number}", data={"choice": places(page, "wrong")})
        after = ben.get(f"{SMALL}/exam/{number}").text
        assert len(re.findall(r"CANARY-\d+", after)) == 1
        marked_right += "is-right" in after
    assert marked_right == exam.LENGTH
    assert not [page for page in shown if "CANARY" in page]


def test_the_first_answer_counts_and_a_second_one_changes_nothing(people):
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    page = ben.get(f"{SMALL}/exam/1").text
    assert ben.post(f"{SMALL}/exam/1", data={"choice": places(page, "wrong")}).status_code == 302
    before = ben.get(f"{SMALL}/exam/1").text.partition("<body")[2]  # without the page's own clock
    assert ben.post(f"{SMALL}/exam/1", data={"choice": places(page)}).status_code == 302
    assert ben.get(f"{SMALL}/exam/1").text.partition("<body")[2] == before
    assert rows(AttemptAnswer) == 1


@pytest.mark.parametrize("data", [{}, {"choice": "9"}, {"choice": "x"}, {"choice": ["0", "1"]}, {"choice": "-1"}])
def test_an_answer_that_is_none_is_asked_for_again(people, data):
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    page = ben.post(f"{SMALL}/exam/1", data=data)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert "CANARY" not in page.text
    assert rows(AttemptAnswer) == 0


def test_a_later_question_cannot_be_answered_before_its_turn(people):
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    ben.post(f"{SMALL}/exam/7", data={"choice": "0"})
    ben.post(f"{SMALL}/exam/0", data={"choice": "0"})
    ben.post(f"{SMALL}/exam/99", data={"choice": "0"})
    assert rows(AttemptAnswer) == 0


def test_passing_tells_that_a_coordinator_now_looks(people):
    ben = people.browser("ben")
    take_exam(ben, wrong=3)
    assert "One thing is left: the volunteer agreement" in ben.get(f"{SMALL}/exam").text
    assert sign(ben).status_code == 302
    result = ben.get(f"{SMALL}/exam").text
    assert "12 of 15 answers correct" in result
    assert "A coordinator will now look at your accreditation" in result
    assert "A coordinator will now look at your accreditation" in ben.get("/training").text
    assert ben.post(f"{SMALL}/exam").status_code == 409  # passed is passed
    with read() as session:
        assert onboarding.awaiting(session, clock.now()) == [people.ids["ben"]]
        assert session.scalars(select(AuditRow.action).where(AuditRow.kind == "attempt")).all() == ["exam_passed"]


def test_i_cannot_tell_is_not_counted(people, monkeypatch):
    def flags(seed):
        return sum(
            small_module().question(item.name).kind == "flag" for item in exam.draw(small_module().questions, seed)
        )

    seed = next(seed for seed in range(100) if flags(seed) >= 2)
    monkeypatch.setattr(views, "secrets", SimpleNamespace(randbits=lambda bits: seed))
    ben = people.browser("ben")
    take_exam(ben, unsure=2)
    assert "13 of 13 answers correct, 2 “I cannot tell”" in ben.get(f"{SMALL}/exam").text


def test_failing_says_what_to_read_and_until_when_to_wait(people):
    ben = people.browser("ben")
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as clock_hand:
        ben = people.browser("ben")
        take_exam(ben, wrong=15)
        result = ben.get(f"{SMALL}/exam").text
        assert "10:10 UTC</time>.</b></p>" in result  # of 24 questions two exams share more than three
        assert "Read these again" in result
        assert f'href="{SMALL}/one"' in result
        assert "<span>Try again" not in result
        assert ben.post(f"{SMALL}/exam").status_code == 409
        clock_hand.shift(timedelta(minutes=9, seconds=59))
        assert ben.post(f"{SMALL}/exam").status_code == 409
        clock_hand.shift(timedelta(seconds=1))
        assert "Try again" in ben.get(f"{SMALL}/exam").text
        take_exam(ben)
        assert "You passed" in ben.get(f"{SMALL}/exam").text
    assert rows(Attempt) == 2


def test_parallel_starts_make_one_attempt(app, people):
    def start(seed):
        with write() as session:
            return store.start_attempt(session, people.ids["ben"], small_module(), clock.now(), seed).id

    begun = at_once(app, start)
    assert len(begun) == 8
    assert len(set(begun)) == 1
    assert rows(Attempt) == 1


def test_the_database_itself_refuses_a_second_open_attempt(app, people):
    with write() as session:
        store.start_attempt(session, people.ids["ben"], small_module(), clock.now(), 1)
    twin = Attempt(account_id=people.ids["ben"], module="small", content_hash="x", drawn=[], started_at=clock.now())
    with pytest.raises(IntegrityError), write() as session:
        session.add(twin)
    assert rows(Attempt) == 1


def test_one_persons_exam_is_not_another_ones(people):
    ben, ana = people.browser("ben"), people.browser("ana")
    ben.post(f"{SMALL}/exam")
    assert ana.get(f"{SMALL}/exam/1").location == f"{SMALL}/exam"
    ana.post(f"{SMALL}/exam/1", data={"choice": "0"})
    assert rows(AttemptAnswer) == 0


def test_a_module_that_changes_during_an_exam_lays_it_aside_without_a_cool_down(app, people, tmp_path):
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    ben.post(f"{SMALL}/exam/1", data={"choice": "0"})
    shutil.copytree(tmp_path / "modules", tmp_path / "changed")
    text = tmp_path / "changed/small/module.md"
    text.write_text(text.read_text().replace("Read this.", "Read something else."))
    app.config["TRAINING_MODULES"] = str(tmp_path / "changed")
    assert ben.get(f"{SMALL}/exam/1").location == f"{SMALL}/exam"
    assert ben.post(f"{SMALL}/exam").location == f"{SMALL}/exam/1"
    with read() as session:
        assert session.scalars(select(Attempt.passed)).all() == [None, None]
        assert session.scalar(select(func.count()).where(Attempt.finished_at.is_(None))) == 1


def test_a_mended_sentence_neither_lays_an_exam_aside_nor_asks_again(app, people, tmp_path):
    ben = people.browser("ben")
    small = tmp_path / "modules/small"
    (tmp_path / "mended").mkdir()
    shutil.copytree(small, tmp_path / "mended/small")
    text = (small / "module.md").read_text()
    named = text.replace("\nlanguage:", f"\nexam: {small_module().content_hash}\nlanguage:")
    (tmp_path / "mended/small/module.md").write_text(named.replace("Read this.", "Read this, please."))
    ben.post(f"{SMALL}/exam")
    ben.post(f"{SMALL}/exam/1", data={"choice": places(ben.get(f"{SMALL}/exam/1").text)})
    app.config["TRAINING_MODULES"] = str(tmp_path / "mended")
    assert "Read this, please." in ben.get(f"{SMALL}/one").text
    assert ben.get(f"{SMALL}/exam/2").status_code == 200
    assert ben.post(f"{SMALL}/exam").location == f"{SMALL}/exam/2"


def test_an_exam_that_asks_what_is_no_longer_there_is_laid_aside_and_not_broken(app, people, tmp_path):
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    was = small_module()
    with read() as session:
        drawn = session.scalars(select(Attempt.drawn)).one()[0]["name"]
    shutil.copytree(tmp_path / "modules", tmp_path / "shorter")
    small = tmp_path / "shorter/small"
    front = (small / "module.md").read_text().replace("\nlanguage:", f"\nexam: {was.content_hash}\nlanguage:")
    (small / "module.md").write_text(front)
    (small / "bank.yaml").write_text((small / "bank.yaml").read_text().replace(f"name: {drawn}\n", "name: another\n"))
    app.config["TRAINING_MODULES"] = str(tmp_path / "shorter")
    assert ben.get(f"{SMALL}/exam/1").location == f"{SMALL}/exam"
    assert ben.post(f"{SMALL}/exam").location == f"{SMALL}/exam/1"
    assert ben.get(f"{SMALL}/exam/1").status_code == 200


# --- The server's clock, and many at once ----------------------------------------------------------------------------


@pytest.mark.parametrize(("more_time", "minutes"), [(False, 45), (True, 90)])
def test_a_late_answer_is_refused_by_the_servers_clock_and_what_came_before_counts(people, more_time, minutes):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        ben = people.browser("ben")
        ben.post(f"{SMALL}/exam", data={"more_time": "1"} if more_time else {})
        page = ben.get(f"{SMALL}/exam/1").text
        assert f"{minutes} minutes left" in page
        hand.shift(timedelta(minutes=minutes) - timedelta(seconds=1))
        assert ben.post(f"{SMALL}/exam/1", data={"choice": places(page)}).status_code == 302
        page = ben.get(f"{SMALL}/exam/2").text
        hand.shift(timedelta(seconds=1))
        # A browser whose clock is behind, or a form kept back: the server's clock decides, whatever is sent along.
        late = ben.post(
            f"{SMALL}/exam/2", data={"choice": places(page), "at": "2026-11-25T10:00:00Z"},
            headers={"Date": "Wed, 25 Nov 2026 10:00:00 GMT"},
        )  # fmt: skip
        assert late.status_code == 410
        assert "Too late" in late.text and "CANARY" not in late.text
        assert ben.get(f"{SMALL}/exam/2").location == f"{SMALL}/exam"
        assert ben.post(f"{SMALL}/exam/2", data={"choice": "0"}).status_code == 410
    assert rows(AttemptAnswer) == 1
    with read() as session:
        [attempt] = session.scalars(select(Attempt))
    assert (attempt.right, attempt.of, attempt.passed) == (1, 15, False)
    assert attempt.finished_at == attempt.ends_at


def test_an_exam_left_open_by_who_was_frozen_ends_by_itself(people, work_all):
    people.browser("ben").post(f"{SMALL}/exam")
    freezing.freeze(people.ids["ben"], people.ids["cora"])
    freezing.unfreeze(people.ids["ben"], people.ids["dan"], "He is safe.")
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        work_all()
        assert "Time is up" not in people.browser("ben").get(f"{SMALL}/exam").text
    with read() as session:
        assert store.last_attempt(session, people.ids["ben"], "small").finished_at


def test_an_exam_that_was_left_open_ends_by_itself(people, work_all):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        ben = people.browser("ben")
        ben.post(f"{SMALL}/exam")
        work_all()
        hand.shift(timedelta(minutes=46))
        assert "Time is up" in ben.get(f"{SMALL}/exam").text
        work_all()
        assert "15 questions had no answer yet" in ben.get(f"{SMALL}/exam").text
    with read() as session:
        assert session.scalars(select(AuditRow.action).where(AuditRow.kind == "attempt")).all() == ["exam_failed"]


@pytest.mark.parametrize("gone", [False, True])
def test_an_exam_that_was_left_open_and_whose_module_changed_is_not_failed(app, people, tmp_path, work_all, gone):
    people.browser("ben").post(f"{SMALL}/exam")
    shutil.copytree(tmp_path / "modules", tmp_path / "changed")
    text = tmp_path / "changed/small/module.md"
    text.write_text(text.read_text().replace("Read this.", "Read something else."))
    if gone:
        text.parent.rename(text.parent.with_name("another"))
    app.config["TRAINING_MODULES"] = str(tmp_path / "changed")
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        work_all()
    with read() as session:
        [attempt] = session.scalars(select(Attempt))
        assert attempt.finished_at and attempt.passed is None


def test_after_five_failed_attempts_a_coordinator_opens_the_exam_again_with_a_reason(people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        ben, cora, door = people.browser("ben"), people.browser("cora"), f"/people/{people.ids['ben']}/exams/small"
        assert cora.post(door, data={"why": "Why not."}).status_code == 422  # nothing keeps them yet
        for _ in range(exam.MOST_FAILED):
            take_exam(ben, wrong=15)
            hand.shift(exam.COOL_DOWN)
        assert ben.post(f"{SMALL}/exam").status_code == 409
        assert f"You have made {exam.MOST_FAILED} attempts in a month" in ben.get(f"{SMALL}/exam").text
        assert ben.post(door, data={"why": "Please."}).status_code == 403
        assert people.browser("ada").post(door, data={"why": "Please."}).status_code == 403
        cora = people.browser("cora")
        assert cora.post(door, data={"why": " "}).status_code == 422
        assert cora.post(door, data={"why": "They practised with me."}).status_code == 302
        take_exam(ben)
    with read() as session:
        assert "exam_opened" in session.scalars(select(AuditRow.action)).all()


def test_parallel_starts_over_http_make_one_attempt_and_show_one_question(app, people):
    browsers = [people.browser("ben") for _ in range(8)]
    begun = at_once(app, lambda number: browsers[number].post(f"{SMALL}/exam").location)
    assert begun == [f"{SMALL}/exam/1"] * 8
    assert rows(Attempt) == 1
    assert len({re.search("<h1.*", browser.get(f"{SMALL}/exam/1").text)[0] for browser in browsers}) == 1


def test_of_answers_given_at_once_one_counts_and_the_exam_ends_once(app, people):
    browsers = [people.browser("ben") for _ in range(4)]
    browsers[0].post(f"{SMALL}/exam")
    for number in range(1, exam.LENGTH):
        here = f"{SMALL}/exam/{number}"
        browsers[0].post(here, data={"choice": places(browsers[0].get(here).text)})
    last = f"{SMALL}/exam/{exam.LENGTH}"
    page = browsers[0].get(last).text
    given = [places(page, wanted) for wanted in ("right", "wrong", "right", "wrong")]
    statuses = at_once(app, lambda at: browsers[at].post(last, data={"choice": given[at]}).status_code, 4)
    assert statuses == [302] * 4
    assert rows(AttemptAnswer) == exam.LENGTH
    with read() as session:
        assert session.scalars(select(AuditRow.action).where(AuditRow.kind == "attempt")).all() == ["exam_passed"]
        assert session.scalars(select(Attempt.right)).one() in (14, 15)


# --- An exam of its own ----------------------------------------------------------------------------------------------


@pytest.fixture
def own_exam(app, tmp_path):
    """The small module in English and French, with an exam bank in English alone."""
    folder = write_module(tmp_path / "own" / "small", {"title": "Small"}, exam=of_exam())
    (folder / "fr").mkdir()
    text = (folder / "module.md").read_text().replace("language: en", "language: fr").replace("required: true\n", "")
    (folder / "fr/module.md").write_text(text.replace("title: Small", "title: Petit"))
    (folder / "fr/bank.yaml").write_text("cannot_tell: Je ne sais pas\n" + (folder / "bank.yaml").read_text())
    app.config["TRAINING_MODULES"] = str(folder.parent)
    return folder


def test_an_exam_in_another_language_says_so_before_it_starts_and_asks_in_it(people, own_exam):
    ana = people.browser("ana")
    page = ana.get(f"{SMALL}/exam?language=fr").text
    assert "The exam is in" in page and "questions of its own" in page
    assert "The exam is in" not in ana.get(f"{SMALL}/exam?language=en").text
    ana.get(f"{SMALL}/exam?language=fr")
    for asked in take_exam(ana):
        assert re.search(r'<h1 id="question" lang="en" dir="auto">Question 1\d\d\?', asked)
    assert "You passed" in ana.get(f"{SMALL}/exam").text


@pytest.fixture
def french_exam(own_exam):
    """The same with its exam in French, too."""
    words = (own_exam / "exam.yaml").read_text().replace("text: Question", "text: Demande")
    (own_exam / "fr/exam.yaml").write_text(f"cannot_tell: Je ne sais pas\n{words}")
    return own_exam


def numbers(pages: list[str]) -> set[str]:
    """Which questions of the exam bank these pages ask, in either language."""
    return {re.search(r'id="question" lang="\w\w" dir="auto">(?:Question|Demande) (\d+)\?', page)[1] for page in pages}


def test_two_exams_in_two_languages_share_at_most_three_questions(people, french_exam, monkeypatch):
    """A question is the same item whatever its language: one seed would draw the same exam twice."""
    monkeypatch.setattr(views, "secrets", SimpleNamespace(randbits=lambda bits: 7))
    ben, at = people.browser("ben"), clock.now()
    first = take_exam(ben, wrong=8)
    assert all('lang="en" dir="auto">Question' in page for page in first)
    with time_machine.travel(at + timedelta(minutes=11)):
        ben.get(f"{SMALL}/exam?language=fr")
        second = take_exam(ben)
    assert all('lang="fr" dir="auto">Demande' in page for page in second)
    assert len(numbers(first)) == len(numbers(second)) == 15 and len(numbers(first) & numbers(second)) <= 3
    with read() as session:
        answers = session.scalars(select(AttemptAnswer.question)).all()
    assert len(answers) == 30 and not [name for name in answers if not re.fullmatch(r"q1\d\d", name)]


def test_an_exam_begun_in_one_language_goes_on_in_another_with_the_same_questions_and_order(people, french_exam):
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    english = ben.get(f"{SMALL}/exam/1").text
    french = ben.get(f"{SMALL}/exam/1?language=fr").text
    assert numbers([english]) == numbers([french]) and places(english) == places(french)
    ben.post(f"{SMALL}/exam/1", data={"choice": places(french)})
    ben.get(f"{SMALL}/exam?language=en")
    for number in range(2, exam.LENGTH + 1):
        ben.post(f"{SMALL}/exam/{number}", data={"choice": places(ben.get(f"{SMALL}/exam/{number}").text)})
    assert "15 of 15 answers correct" in ben.get(f"{SMALL}/exam").text


UNREVIEWED = "a translation not yet reviewed by a native speaker"


def test_a_translation_says_that_no_native_speaker_reviewed_it_until_one_has(people, french_exam):
    """On the pages of its lessons, of its practice and of its exam; never beside the original."""
    ben, ana = people.browser("ben"), people.browser("ana")
    ben.post(f"{SMALL}/exam")
    pages = [
        (ben, SMALL),
        (ben, f"{SMALL}/one"),
        (ben, f"{SMALL}/exam"),
        (ben, f"{SMALL}/exam/1"),
        (ana, f"{SMALL}/practice"),
    ]
    for person, path in pages:
        assert UNREVIEWED in person.get(f"{path}?language=fr").text, path
        assert UNREVIEWED not in person.get(f"{path}?language=en").text, path
    front = french_exam / "fr/module.md"
    front.write_text(front.read_text().replace("language: fr", "language: fr\nreviewed: 2026-12-01"))
    catalogue._modules.cache_clear()
    assert not [path for person, path in pages if UNREVIEWED in person.get(f"{path}?language=fr").text]


def test_an_exam_asked_in_the_originals_language_is_not_called_a_translation(people, own_exam):
    page = people.browser("ana").get(f"{SMALL}/exam?language=fr").text
    assert "its questions are not translated yet" in page and UNREVIEWED not in page


def test_what_was_begun_before_there_was_an_exam_bank_is_asked_to_its_end(people, app, tmp_path):
    folder = write_module(tmp_path / "later" / "small", {"exam": "2026-11-25"})
    app.config["TRAINING_MODULES"] = str(folder.parent)
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    ben.post(f"{SMALL}/exam/1", data={"choice": places(ben.get(f"{SMALL}/exam/1").text)})
    write_module(tmp_path / "since" / "small", {"exam": "2026-11-25"}, exam=of_exam())
    app.config["TRAINING_MODULES"] = str(tmp_path / "since")
    for number in range(2, exam.LENGTH + 1):
        page = ben.get(f"{SMALL}/exam/{number}").text
        assert re.search(r"Question \d{1,2}\?", page)
        ben.post(f"{SMALL}/exam/{number}", data={"choice": places(page)})
    assert "You passed" in ben.get(f"{SMALL}/exam").text


def test_a_second_exam_shares_at_most_three_questions_with_the_first_and_says_so(people, own_exam):
    ben, at = people.browser("ben"), clock.now()
    first = {re.search(r"Question (\d+)\?", page)[1] for page in take_exam(ben, wrong=8)}
    assert "At most 3 of its 15 questions will be ones that you had last time." in ben.get(f"{SMALL}/exam").text
    with time_machine.travel(at + timedelta(minutes=11)):
        second = {re.search(r"Question (\d+)\?", page)[1] for page in take_exam(ben)}
    assert len(first) == len(second) == 15 and len(first & second) <= 3


def test_difficulties_are_those_of_questions_with_enough_answers(people, own_exam):
    ana = people.browser("ana")
    take_exam(ana)
    with write() as session:
        attempt = session.scalars(select(Attempt)).one()
        for number in range(20):
            other = Attempt(account_id=attempt.account_id, module="small", content_hash="x", drawn=[], finished_at=clock.now(),
                            started_at=clock.now())  # fmt: skip
            session.add(other)
            session.flush()
            session.add(AttemptAnswer(attempt_id=other.id, position=0, question="q104", chosen=[0], right=number < 5,
                                      at=clock.now()))  # fmt: skip
        for _ in range(5):  # "I cannot tell" says nothing of it
            other = Attempt(account_id=attempt.account_id, module="small", content_hash="x", drawn=[], finished_at=clock.now(),
                            started_at=clock.now())  # fmt: skip
            session.add(other)
            session.flush()
            session.add(AttemptAnswer(attempt_id=other.id, position=0, question="q105", chosen=[0], right=None,
                                      at=clock.now()))  # fmt: skip
    with read() as session:
        [(name, share)] = findings.difficulties(session, "small").items()
    assert name == "q104" and 0.6 < share < 0.72
