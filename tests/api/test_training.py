"""The gate as people meet it: read, examined, accredited by another, suspended; and what never leaks."""

import re
import shutil
import threading
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from sqlalchemy import func, select

from server import clock
from server.audit import AuditRow
from server.database import db, read, write
from server.training import accreditation, exam, store, views
from server.training.models import AccreditationRow, Attempt, AttemptAnswer, Reading
from server.words import Level, Refused, Role, Standing
from tests.unit.test_training_content import SHIPPED, flag, items, match
from tests.unit.test_training_content import write as write_module

SMALL = "/training/small"


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    """A small module in the place of the shipped ones, with a word in every explanation that must not leak."""
    folder = write_module(tmp_path / "modules" / "small", bank=items(match(20), *map(flag, range(21, 24))))
    app.config["TRAINING_MODULES"] = str(folder.parent)
    return folder


def course():
    return store.modules()["small"]


def rows(table) -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(table))


def everything() -> dict[str, int]:
    return {table.name: rows(table) for table in db.metadata.sorted_tables}


def matched(page: str, wanted: str) -> list[str]:
    """The places to choose for a match, right or wrong."""
    options = {text: place for place, text in re.findall(r'<option value="(\d)">([^<]+)', page)}
    lefts = re.findall(r'<label for="pair-\d">left (\w+)', page)
    return [options[f"right {lefts[0] if wanted == 'wrong' else left}"] for left in lefts]


def take_exam(client, *, wrong: int = 0, unsure: int = 0) -> list[str]:
    """Answer a whole exam; the pages shown before each answer."""
    seen = []
    assert client.post(f"{SMALL}/exam").status_code == 302
    for number in range(1, exam.LENGTH + 1):
        page = client.get(f"{SMALL}/exam/{number}").text
        seen.append(page)
        texts = re.findall(r'<input type="radio" name="choice" value="(\d)" required> <span>([^<]+)', page)
        is_flag = any("cannot tell" in text for _, text in texts)
        if unsure and is_flag:
            wanted, unsure = "I cannot tell", unsure - 1
        elif wrong:
            wanted, wrong = "wrong", wrong - 1
        else:
            wanted = "right"
        places = [next(place for place, text in texts if text.startswith(wanted))] if texts else matched(page, wanted)
        answered = client.post(f"{SMALL}/exam/{number}", data={"choice": places})
        assert answered.status_code == 302
        assert answered.location.endswith(f"/exam/{number}#answered")
    return seen


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_a_signed_out_visitor_reads_every_part_of_the_shipped_module(app, client):
    app.config.update(TRAINING_MODULES=str(SHIPPED), WTF_CSRF_ENABLED=False)
    shipped = store.modules()["flagging-well"]
    assert client.get("/training").status_code == 200
    assert "Schreger lines" in client.get("/training/flagging-well/ivory").text
    for section in shipped.sections:
        page = client.get(f"/training/flagging-well/{section.name}")
        assert page.status_code == 200
        for address in re.findall(r'src="(/training/[^"]+)"', page.text):
            assert client.get(address).mimetype == "image/svg+xml"
    assert client.get("/training/flagging-well/exam").status_code == 302  # to sign in
    assert client.post("/training/flagging-well/exam").status_code == 403
    assert rows(Attempt) == 0


def test_next_remembers_the_part_and_minutes_fall(people):
    ben = people.browser("ben")
    assert "0 of 2 parts read" in ben.get(SMALL).text
    assert ben.post(f"{SMALL}/one").location == f"{SMALL}/two"
    assert ben.post(f"{SMALL}/one").location == f"{SMALL}/two"
    assert "1 of 2 parts read" in ben.get(SMALL).text
    assert f'href="{SMALL}/two"' in ben.get("/training").text
    assert ben.post(f"{SMALL}/two").location == f"{SMALL}/exam"
    assert "2 of 2 parts read" in ben.get(SMALL).text
    assert "0 of 2 parts read" in people.browser("ana").get(SMALL).text
    assert rows(Reading) == 2


def test_looking_changes_nothing(people):
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    before = everything()
    pages = ("", "/small", "/small/one", "/small/exam", "/small/exam/1", "/small/exam/2", "/small/pictures/line.svg")
    for path in pages:
        assert ben.get(f"/training{path}").status_code in (200, 302)
    assert everything() == before


@pytest.mark.parametrize(
    "name", ["module.md", "bank.yaml", "..%2Fsmall%2Fbank.yaml", "unlisted.svg", "%2Fetc%2Fpasswd"]
)
def test_only_the_pictures_a_module_shows_are_served(client, small, name):
    store.modules()  # read before the stray file is laid beside it
    shutil.copy(small / "line.svg", small / "unlisted.svg")
    assert client.get(f"{SMALL}/pictures/{name}").status_code == 404
    shown = client.get(f"{SMALL}/pictures/line.svg")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/training/none", "/training/small/none", "/training/none/exam/1"])
def test_what_is_not_there_is_not_found(people, path):
    assert people.browser("ben").get(path).status_code == 404


# --- The exam --------------------------------------------------------------------------------------------------------


def test_no_key_and_no_explanation_is_shown_before_its_answer_is_final(people):
    ben = people.browser("ben")
    shown = [ben.get(path).text for path in ("/training", SMALL, f"{SMALL}/one", f"{SMALL}/two", f"{SMALL}/exam")]
    ben.post(f"{SMALL}/exam")
    told = 0
    for number in range(1, exam.LENGTH + 1):
        page = ben.get(f"{SMALL}/exam/{number}").text
        assert "CANARY" not in page
        assert not [sign for sign in ("is-right", "m-trade", "checked") if sign in page]
        assert ben.get(f"{SMALL}/exam/{number + 1}").location == f"{SMALL}/exam/{number}" or number == exam.LENGTH
        ben.post(f"{SMALL}/exam/{number}", data={"choice": matched(page, "wrong") or ["0"]})
        after = ben.get(f"{SMALL}/exam/{number}").text
        assert len(re.findall(r"CANARY-\d+", after)) == 1
        told += "is-right" in after
    assert told == exam.LENGTH
    assert not [page for page in shown if "CANARY" in page]


def test_the_first_answer_counts_and_a_second_one_changes_nothing(people):
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    assert ben.post(f"{SMALL}/exam/1", data={"choice": "1"}).status_code == 302
    before = ben.get(f"{SMALL}/exam/1").text
    assert ben.post(f"{SMALL}/exam/1", data={"choice": "0"}).status_code == 302
    assert ben.get(f"{SMALL}/exam/1").text == before
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
    result = ben.get(f"{SMALL}/exam").text
    assert "12 of 15 answers right" in result
    assert "A coordinator now looks at your accreditation" in result
    assert "A coordinator now looks at your accreditation" in ben.get("/training").text
    assert ben.post(f"{SMALL}/exam").status_code == 409  # passed is passed
    with read() as session:
        assert store.awaiting(session, clock.now()) == [people.ids["ben"]]
        assert session.scalars(select(AuditRow.action).where(AuditRow.kind == "attempt")).all() == ["exam_passed"]


def test_i_cannot_tell_is_not_counted(people, monkeypatch):
    def flags(seed):
        return sum(course().question(one.name).kind == "flag" for one in exam.draw(course().questions, seed))

    seed = next(seed for seed in range(100) if flags(seed) >= 2)
    monkeypatch.setattr(views, "secrets", SimpleNamespace(randbits=lambda bits: seed))
    ben = people.browser("ben")
    take_exam(ben, unsure=2)
    assert "13 of 13 answers right, 2 “I cannot tell”" in ben.get(f"{SMALL}/exam").text


def test_failing_says_what_to_read_and_until_when_to_wait(people):
    ben = people.browser("ben")
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as clock_hand:
        ben = people.browser("ben")
        take_exam(ben, wrong=15)
        result = ben.get(f"{SMALL}/exam").text
        assert "You may try again at 10:10 UTC" in result
        assert "Read these again" in result
        assert f'href="{SMALL}/one"' in result
        assert "Try again" not in result
        assert ben.post(f"{SMALL}/exam").status_code == 409
        clock_hand.shift(timedelta(minutes=9, seconds=59))
        assert ben.post(f"{SMALL}/exam").status_code == 409
        clock_hand.shift(timedelta(seconds=1))
        assert "Try again" in ben.get(f"{SMALL}/exam").text
        take_exam(ben)
        assert "You passed" in ben.get(f"{SMALL}/exam").text
    assert rows(Attempt) == 2


def test_parallel_starts_make_one_attempt(app, people):
    gate, begun = threading.Barrier(8), []

    def start(seed):
        with app.app_context():
            gate.wait()
            with write() as session:
                begun.append(store.start_attempt(session, people.ids["ben"], course(), clock.now(), seed).id)

    threads = [threading.Thread(target=start, args=(seed,)) for seed in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(begun) == 8
    assert len(set(begun)) == 1
    assert rows(Attempt) == 1


def test_the_database_itself_refuses_a_second_open_attempt(app, people):
    with write() as session:
        first = store.start_attempt(session, people.ids["ben"], course(), clock.now(), 1)
        twin = Attempt(account_id=people.ids["ben"], module="small", content_hash="x", drawn=[], started_at=clock.now())
        assert not store._insert_once(session, twin)
    assert rows(Attempt) == 1
    assert first.finished_at is None


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
    (tmp_path / "changed/small/line.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'> </svg>")
    app.config["TRAINING_MODULES"] = str(tmp_path / "changed")
    assert ben.get(f"{SMALL}/exam/1").location == f"{SMALL}/exam"
    assert ben.post(f"{SMALL}/exam").location == f"{SMALL}/exam/1"
    with read() as session:
        assert session.scalars(select(Attempt.passed)).all() == [None, None]
        assert session.scalar(select(func.count()).where(Attempt.finished_at.is_(None))) == 1


# --- Accreditation ---------------------------------------------------------------------------------------------------


def accredit(people, who="ben", by="cora", role=Role.COORDINATOR, at=None, **more):
    with write() as session:
        return store.accredit(session, people.ids[who], people.ids[by], role, "Careful.", at or clock.now(), **more)


def decisions(session, people):
    about = select(AccreditationRow).where(AccreditationRow.account_id == people.ids["ben"])
    return session.scalars(about.order_by(AccreditationRow.id)).all()


def standing(people, who="ben", at=None):
    at = at or clock.now()
    with read() as session:
        return accreditation.standing(store.current_standing(session, people.ids[who], at), at)


def test_without_a_passed_exam_nobody_is_accredited_unless_it_is_waived_and_that_is_recorded(app, people):
    with pytest.raises(Refused, match="The exam is not passed yet"):
        accredit(people)
    assert standing(people) is Standing.NONE
    accredit(people, waive_exam=True, level=Level.TRUSTED)
    with read() as session:
        [kept] = decisions(session, people)
        about_ben = (AuditRow.action == "accredited", AuditRow.object_id == people.ids["ben"])
        audited = session.scalars(select(AuditRow).where(*about_ben)).one()
    assert (kept.level, kept.standing, kept.exam_waived) == ("trusted", "active", True)
    assert kept.by_account_id == people.ids["cora"]
    assert audited.detail == {"level": "trusted", "exam": "exam waived"}


def test_after_the_exam_another_person_a_coordinator_accredits_for_a_year(people):
    take_exam(people.browser("ben"))
    for by, role in (("ben", Role.COORDINATOR), ("ana", Role.SPOTTER)):
        with pytest.raises(Refused) as refused:
            accredit(people, by=by, role=role)
        assert refused.value.kind == "forbidden"
    assert not accredit(people).exam_waived
    assert standing(people) is Standing.ACTIVE
    assert "On probation until" in people.browser("ben").get("/training").text
    assert standing(people, at=clock.now() + timedelta(days=366)) is Standing.LAPSED
    assert standing(people, "dan") is Standing.NONE
    with read() as session:
        assert store.awaiting(session, clock.now()) == []


def test_a_suspension_stops_at_once_and_is_lifted_by_a_coordinator(people):
    accredit(people, waive_exam=True)
    with write() as session, pytest.raises(Refused, match="Nobody decides about their own"):
        store.suspend(session, people.ids["ben"], people.ids["ben"], Role.COORDINATOR, "Me.", clock.now())
    with write() as session:
        store.suspend(session, people.ids["ben"], people.ids["dan"], Role.COORDINATOR, "Careless notices.", clock.now())
    assert standing(people) is Standing.SUSPENDED
    assert "Suspended" in people.browser("ben").get("/training").text
    with pytest.raises(Refused), write() as session:
        store.reinstate(session, people.ids["ben"], people.ids["cora"], Role.COORDINATOR, "  ", clock.now())
    with write() as session:
        store.reinstate(session, people.ids["ben"], people.ids["cora"], Role.COORDINATOR, "We talked.", clock.now())
    assert standing(people) is Standing.ACTIVE
    with read() as session:
        about_ben = session.scalars(select(AuditRow.action).where(AuditRow.object_id == people.ids["ben"]))
        told = [action for action in about_ben if action.startswith("accredit")]
        kept = [row.standing for row in decisions(session, people)]
    assert told == ["accredited", "accreditation_suspended", "accreditation_reinstated"]
    assert kept == ["active", "suspended", "active"]  # rows are added, never changed


def test_from_the_first_lesson_to_the_first_report(people, client, report_json):
    """Ben learns, passes, is accredited by Cora on the people page, reports, and is stopped by Dan."""
    ben, cora, dan = people.browser("ben"), people.browser("cora"), people.browser("dan")
    token = people.token("ben")

    def report():
        key = {"Idempotency-Key": str(uuid.uuid4())}
        return client.post("/api/v1/reports", json=report_json(), headers=token | key)

    refused = report()
    assert refused.status_code == 403
    assert refused.json["type"].endswith("/not-accredited")
    assert refused.json["training_url"].endswith("/training")
    assert "finish the training" in refused.json["detail"]

    page = f"/people/{people.ids['ben']}"
    assert cora.post(f"{page}/accredit", data={"level": "probation", "why": "Kind."}).status_code == 422
    take_exam(ben)
    assert "Ben" in cora.get("/people").text
    assert ben.post(f"{page}/accredit", data={"level": "probation", "why": "Me."}).status_code == 403
    assert cora.post(f"{page}/accredit", data={"level": "probation", "why": "Careful."}).status_code == 302
    assert report().status_code == 201

    assert dan.post(f"{page}/suspend", data={"why": "Look at the last three together."}).status_code == 302
    stopped = report()
    assert stopped.status_code == 403
    assert "suspended" in stopped.json["detail"]
    assert "Look at the last three together." in ben.get("/training").text


def test_the_database_itself_refuses_accrediting_oneself(app, people):
    row = {"level": "lead", "standing": "active", "why": "x", "at": clock.now(), "expires_at": clock.now()}
    with pytest.raises(Exception, match="by_another"), write() as session:
        session.add(AccreditationRow(account_id=people.ids["cora"], by_account_id=people.ids["cora"], **row))


# --- Commands --------------------------------------------------------------------------------------------------------


def test_training_check_says_what_is_wrong_by_file_and_line(app, tmp_path):
    runner = app.test_cli_runner()
    assert "nothing to mend" in runner.invoke(args=["training", "check", str(tmp_path / "modules")]).output
    assert "flagging-well: 12 sections" in runner.invoke(args=["training", "check"]).output
    bank = tmp_path / "modules/small/bank.yaml"
    bank.write_text(bank.read_text().replace("section: two", "section: tow", 1))
    failed = runner.invoke(args=["training", "check", str(tmp_path / "modules")])
    assert failed.exit_code == 1
    assert re.search(r"small/bank.yaml:\d+: q0: the lesson has no section tow", failed.output)
    assert "1 thing to mend" in failed.output


@pytest.mark.parametrize(
    ("who", "by", "said"),
    [
        ("ben", "cora", "Accredited ben@people.test as probation, by cora@people.test; recorded: exam waived."),
        ("ben", "ben", "Error: Only a coordinator"),
        ("ben", "ana", "Error: Only a coordinator"),
        ("nobody", "cora", "Error: There is no account for nobody@people.test."),
    ],
)
def test_training_accredit_waives_the_exam_but_never_the_other_person(app, people, who, by, said):
    args = ["training", "accredit", f"{who}@people.test", "--by", f"{by}@people.test", "--why", "A guest of honour."]
    done = app.test_cli_runner().invoke(args=args)
    assert said in done.output
    assert (done.exit_code == 0) == said.startswith("Accredited")
    with read() as session:
        assert len(decisions(session, people)) == int(done.exit_code == 0)
