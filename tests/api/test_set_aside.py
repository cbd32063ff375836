"""What failed for good is listed and sent again, by a button and by a command; a notice that is tried again is shown as such."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from server.core import clock, work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.outbox import Work
from server.ledger.delivery import mail
from server.reads import outgoing
from tests.conftest import People
from tests.story import notify

Make = Callable[..., dict[str, Any]]


def set_aside(kind: str, subject: str = "nobody") -> str:
    with write() as session:
        work.enqueue(session, kind, subject)
        session.flush()
        row = session.scalars(select(Work).where(Work.kind == kind, Work.subject_id == subject)).one()
        row.dead_lettered_at, row.last_error, row.attempts = clock.now(), "550 no such mailbox", 12
        return row.id


def state(work_id: str) -> tuple[bool, int]:
    with read() as session:
        row = session.get_one(Work, work_id)
        return row.dead_lettered_at is not None, row.attempts


def recorded() -> list[tuple[str, str, bool]]:
    with read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "work_retried").order_by(AuditRow.seq))
        return [(row.object_id, row.detail["work"], row.actor_id is not None) for row in rows]


def test_a_coordinator_sends_mails_again_with_one_button(people: People) -> None:
    sent, other, notice = set_aside("mail_week"), set_aside("copy_picture"), set_aside("deliver_notice")
    cora = people.browser("cora")
    page = cora.get("/cases?tab=undelivered").text
    assert "1 email failed permanently." in page and "Send again" in page
    assert "failed permanently" not in cora.get("/cases").text
    assert "1 email is sent again." in cora.post("/cases/mails/again", follow_redirects=True).text
    assert (state(sent), state(other), state(notice)) == ((False, 0), (True, 12), (True, 12))
    assert recorded() == [(sent, "mail_week", True)]
    assert "0 emails are sent again." in cora.post("/cases/mails/again", follow_redirects=True).text
    assert recorded() == [(sent, "mail_week", True)], "twice is once"
    assert people.browser("ana").post("/cases/mails/again").status_code in (403, 404)


def test_an_operator_lists_what_is_set_aside_and_has_it_tried_again(people: People) -> None:
    run = people.app.test_cli_runner()
    first, second, notice = set_aside("mail_week"), set_aside("copy_picture"), set_aside("deliver_notice")
    listed = run.invoke(args=["worker", "set-aside"])
    assert listed.exit_code == 0 and notice not in listed.stdout
    assert [line.split()[0] for line in listed.stdout.splitlines()] == [first, second]
    assert "mail_week  550 no such mailbox" in listed.stdout
    doctor = run.invoke(args=["doctor"])
    assert f"set aside: {first} mail_week since" in doctor.output and "worker retry" in doctor.output
    for wrong in (
        ["retry"],
        ["retry", first, "--all"],
        ["retry", notice],
        ["retry", first, "--by", "nobody@x.example"],
    ):
        done = run.invoke(args=["worker", *wrong])
        assert done.exit_code != 0 and state(first) == (True, 12), wrong
    assert run.invoke(args=["worker", "retry", first, "--by", "cora@people.test"]).exit_code == 0
    assert (state(first), state(second)) == ((False, 0), (True, 12))
    assert "1 is tried again." in run.invoke(args=["worker", "retry", "--all"]).output
    assert recorded() == [(first, "mail_week", True), (second, "copy_picture", False)]
    assert state(notice) == (True, 12)
    assert "Nothing else is due." in run.invoke(args=["worker", "--once"]).output, "the worker itself is as it was"


def test_a_notice_that_is_tried_again_stands_under_undelivered_with_its_next_attempt(
    people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise work.Retry("451 try again later")

    cora = people.browser("cora")
    notice_id = notify(people, report_json())
    assert "Undelivered" not in cora.get("/cases").text
    monkeypatch.setattr(mail.post, "send", busy)
    work.run_due()
    with read() as session:
        due = session.scalars(
            select(Work.due_at).where(Work.subject_id == notice_id, Work.kind == "deliver_notice")
        ).one()
        assert due > clock.now() and outgoing.count_undelivered(session) == 0, "nobody needs to do anything yet"
    page = cora.get("/cases?tab=undelivered").text
    assert "Undelivered" in page and "African grey parrot" in page
    assert page.count("Next attempt <time") == 2, "in the list and beside the notice"
    assert due.isoformat()[:16] in page
    monkeypatch.undo()
    with write() as session:
        session.execute(update(Work).where(Work.subject_id == notice_id).values(due_at=clock.now()))
    work.run_due()
    assert "Next attempt" not in cora.get("/cases").text and "Undelivered" not in cora.get("/cases").text
