"""An administrator's day without a shell: what waits and failed, dead letters, the pause, settings in force."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.core import anchor, backlog, clock, config, heartbeats, pausing, post, recurring, settings_shown, work
from server.core.audit import AuditRow
from server.core.config import Settings
from server.core.database import db, made_at, read, write
from server.core.failures import WorkFailure
from server.core.outbox import Work
from server.core.pausing import PauseReason
from server.core.words import Channel
from server.ledger.delivery import resting
from server.ledger.delivery.channel import Failure
from server.pages.operations import operations_page, wordings
from server.pages.operations.settings_meaning import MEANING
from server.reads import monitor, waiting_messages
from tests.conftest import People
from tests.messages import message_of, set_message
from tests.statements import statements
from tests.story import mails, notify

Make = Callable[..., dict[str, Any]]
HOSTILE = "550 <script>alert(1)</script> " + "no_such_mailbox@" * 60


@pytest.fixture(autouse=True)
def own_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps of the clock and destinations at rest are this test's alone."""
    monkeypatch.setattr(clock, "_seen", dict(clock._seen))
    monkeypatch.setattr(resting, "_until", {})


def enqueue(kind: str, subject: str = "nobody", **values: Any) -> str:
    with write() as session:
        work.enqueue(session, kind, subject)
        session.flush()
        row = session.scalars(select(Work).where(Work.kind == kind).order_by(Work.id.desc())).first()
        assert row
        for name, value in values.items():
            setattr(row, name, value)
        return row.id


def dead_letter(kind: str = "mail_week", subject: str = "nobody", **values: Any) -> str:
    known = {"dead_lettered_at": clock.now(), "attempts": 12, "failure": WorkFailure.REFUSED, "last_error": HOSTILE}
    return enqueue(kind, subject, **known | values)


def recorded(*actions: str) -> list[tuple[str, str | None, dict[str, Any]]]:
    with read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action.in_(actions)).order_by(AuditRow.seq))
        return [(row.action, row.actor_id, row.detail) for row in rows]


def kept(work_id: str) -> Work | None:
    with read() as session:
        return session.get(Work, work_id)


# --- The page --------------------------------------------------------------------------------------------------------


def test_what_waits_stands_by_kind_the_longest_due_first(people: People) -> None:
    now = clock.now()
    enqueue("copy_picture", due_at=now - timedelta(hours=3))
    for _ in range(3):
        enqueue("mail_feedback", due_at=now - timedelta(days=2))
    enqueue("remind_notice", due_at=now + timedelta(hours=1))
    page = people.browser("ada").get("/operations").text
    table = page[page.index("Longest overdue first") :]
    places = [table.index(words) for words in ("Email: news of a report", "Copy of a picture", "Reminder to a company")]
    assert places == sorted(places)
    row = re.sub(r"<[^>]+>", "|", table[places[0] : places[1]])
    assert "|3|" in row and "2d" in row
    with read() as session:
        waiting = {row.name: (row.due, row.later) for row in backlog.by_kind(session)}
    assert waiting == {"mail_feedback": (3, 0), "copy_picture": (1, 0), "remind_notice": (0, 1)}


def test_an_idle_system_says_that_nothing_waits_and_that_no_worker_runs(people: People) -> None:
    page = people.browser("ada").get("/operations").text
    for words in (
        "Nothing to do.",
        "Nothing failed permanently.",
        "No worker is running",
    ):
        assert words in page
    recurring.heartbeat()
    assert "No worker is running" not in people.browser("ada").get("/operations").text


def test_emails_that_reach_nobody_are_never_said_to_be_sent(people: People, settings: Settings) -> None:
    page = people.browser("ada").get("/operations").text
    sending, ready = page[page.index('id="sending"') : page.index('id="ready"')], page[page.index("<dt>Mail server") :]
    assert "Emails are written to files and reach nobody." in sending and "being sent." not in sending
    assert "Pause sending" in sending
    chip = re.sub(r"<[^>]+>", "", ready[: ready.index("</dd>")])
    assert "Emails are written to files and reach nobody" in chip and "Ready" not in chip
    people.app.config["SPOTTER"] = replace(settings, mail_url="smtp://127.0.0.1:2525")
    page = people.browser("ada").get("/operations").text
    assert "Notices and emails are being sent." in page and "reach nobody" not in page


def test_a_worker_that_was_killed_is_told_from_one_that_works(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeats, "own_name", lambda: "worker first 1")
    recurring.heartbeat()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=5))
    monkeypatch.setattr(heartbeats, "own_name", lambda: "worker second 2")
    recurring.heartbeat()
    with read() as session:
        seen = [(name, heartbeats.is_alive(at)) for name, at in heartbeats.workers(session)]
    assert seen == [("second 2", True), ("first 1", False)]
    assert "stopped responding" in people.browser("ada").get("/operations").text
    heartbeats.stops_working()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=2))
    monkeypatch.setattr(heartbeats, "own_name", lambda: "worker third 3")
    recurring.heartbeat()
    with read() as session:
        assert [name for name, _ in heartbeats.workers(session)] == ["third 3"], "told to stop, and killed long ago"


def test_what_failed_says_for_whom_and_why_and_keeps_what_was_said_behind_details(
    people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise post.Temporary(
            "Cannot send through the mail server: ConnectionRefusedError: <b>away</b>", unreachable=True
        )

    notify(people, report_json())
    monkeypatch.setattr(post, "send", away)
    work.run_due()
    page = people.browser("ada").get("/operations").text
    assert "Mercado" in page and "by email" in page and "Our mail server does not answer, or accepts nothing." in page
    assert "&lt;b&gt;away&lt;/b&gt;" in page[page.index("<summary>Details") :] and "<b>away</b>" not in page
    with read() as session:
        assert [(row.name, row.due + row.later) for row in backlog.by_failure(session)] == [("mail_away", 2)]


def waiting() -> list[tuple[Any, ...]]:
    with read() as session:
        rows, more = waiting_messages.by_company(session)
    assert not more
    return [(row.channel, row.company, row.number, row.next_at is not None, row.by_hand) for row in rows]


def test_what_waits_to_be_sent_stands_by_company_and_channel_until_it_has_left(
    people: People, report_json: Make
) -> None:
    ada = people.browser("ada")
    assert "No message to a company is waiting." in ada.get("/operations").text
    for n in range(2):
        notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}"))
    by_hand = notify(people, report_json(url="https://tradepost.test/ad/4471"))
    set_message(by_hand, channel=Channel.FORM, address="https://tradepost.test/form")
    assert sorted(waiting()) == [("form", "Tradepost", 1, True, True), ("mail", "Mercado", 2, True, False)]
    ada.post("/operations/pause", data={"note": "Restored."})
    page = ada.get("/operations").text
    table = page[page.index('<h2 id="messages">') : page.index('<h2 id="held">')]
    for words in ("Mercado", "by email", "when sending is resumed", "Tradepost", "through their own form", ">by hand<"):
        assert words in table, words
    with read() as session:
        labelled = monitor.labelled(session)
        counts, since = labelled["messages_waiting"][2], labelled["messages_waiting_since"][2]
    assert counts == dict.fromkeys(Channel, 0) | {"mail": 2, "form": 1} and set(since) == {"mail", "form"}
    assert abs(since["mail"] - made_at(message_of(by_hand).id).timestamp()) < 60
    ada.post("/operations/resume")
    work.run_due()
    assert waiting() == []


def test_what_waits_to_be_sent_is_counted_up_to_an_end_and_found_by_an_index(
    people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}"))
    monkeypatch.setattr(waiting_messages, "COUNTED", 2)
    with statements() as asked, read() as session:
        (row,), more = waiting_messages.by_company(session)
        assert (row.number, more) == (2, True) and waiting_messages.by_channel(session)["mail"].number == 2
    assert "More wait than are shown here." in people.browser("ada").get("/operations").text
    with db.engine.connect() as connection:
        sqlite = db.engine.dialect.name == "sqlite"
        if not sqlite:
            connection.exec_driver_sql("SET enable_seqscan = off")
        for statement in asked:
            values = {name: 2 if "param" in name else "queued" for name in re.findall(r"%\((\w+)\)s", statement)}
            parameters: Any = (2,) * statement.count("?") if sqlite else values
            explain = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
            plan = " ".join(str(row) for row in connection.exec_driver_sql(f"{explain} {statement}", parameters))
            assert "ix_messages_waiting" in plan, (statement, plan)


def test_every_failure_has_words(app: Flask) -> None:
    assert set(wordings.FAILURES) == set(WorkFailure)
    assert {failure.value for failure in Failure} - {failure.value for failure in WorkFailure} == {Failure.AS_WRITTEN}


@pytest.mark.parametrize("who", ["ana", "cora", "mia"])
def test_administrators_alone_may_look_and_act(people: People, who: str) -> None:
    letter, browser = dead_letter(), people.browser(who)
    for path in ("", "/settings", "/dead-letters", f"/dead-letters/{letter}"):
        assert browser.get(f"/operations{path}").status_code in (403, 404)
    for path in ("/pause", "/resume", f"/dead-letters/{letter}/retry", f"/dead-letters/{letter}/drop"):
        assert browser.post(f"/operations{path}", data={"why": "x"}).status_code in (403, 404)
    with read() as session:
        assert not pausing.is_paused(session)
    assert kept(letter) is not None and recorded("work_dropped", "work_retried", "sending_paused") == []


def test_forms_are_guarded_against_forgery(people: People) -> None:
    letter, browser = dead_letter(), people.browser("ada")
    people.app.config["WTF_CSRF_ENABLED"] = True
    for path in ("/pause", "/resume", f"/dead-letters/{letter}/retry", f"/dead-letters/{letter}/drop"):
        assert browser.post(f"/operations{path}", data={"why": "x"}).status_code in (400, 403, 422), path
    assert kept(letter) is not None and recorded("work_dropped", "work_retried", "sending_paused") == []


def test_the_page_asks_the_same_however_much_waits(people: People) -> None:
    browser = people.browser("ada")
    browser.get("/operations")
    with statements() as few:
        browser.get("/operations")
    for n in range(60):
        enqueue("mail_week", f"{n}", failure=WorkFailure.UNREACHABLE, last_error="away", attempts=1)
        dead_letter(subject=f"dead {n}")
    with statements() as many:
        assert browser.get("/operations").status_code == 200
    assert len(many) == len(few) < 45, many


def test_every_question_about_work_is_answered_by_an_index(people: People) -> None:
    with statements() as asked, read() as session:
        backlog.state(session)
        operations_page.held(session)
        waiting_messages.by_company(session)
        operations_page.dead_letters(session, None)
    about_work = [statement for statement in asked if " work" in statement.lower()]
    assert len(about_work) >= 6
    with db.engine.connect() as connection:
        sqlite = db.engine.dialect.name == "sqlite"
        if not sqlite:  # it reads a small table as a whole, whatever indexes it has
            connection.exec_driver_sql("SET enable_seqscan = off")
        for statement in about_work:
            values = {
                name: (10 if "most" in name or "param" in name else None)
                for name in re.findall(r"%\((\w+)\)s", statement)
            }
            parameters: Any = (None,) * statement.count("?") if sqlite else values
            prefix = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
            plan = [str(row) for row in connection.exec_driver_sql(f"{prefix} {statement}", parameters)]
            whole = [
                step for step in plan if re.search(r"SCAN work(?! USING INDEX ix_work_dead)|Seq Scan on work", step)
            ]
            assert not whole, (statement, plan)


# --- Dead letters ----------------------------------------------------------------------------------------------------


def test_a_dead_letter_is_looked_at_and_tried_again_once(people: People) -> None:
    letter, ada = dead_letter(), people.browser("ada")
    assert "Email: week in figures" in ada.get("/operations/dead-letters").text
    page = ada.get(f"/operations/dead-letters/{letter}").text
    assert "The mail server did not accept this email." in page and "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page[page.index("<summary>Details") :]
    again = f"/operations/dead-letters/{letter}/retry"
    assert "The worker tries it again." in ada.post(again, follow_redirects=True).text
    assert "no longer a dead letter" in ada.post(again, follow_redirects=True).text
    row = kept(letter)
    assert row and row.dead_lettered_at is None and (row.attempts, row.breaks) == (0, 0)
    assert [(action, actor) for action, actor, _ in recorded("work_retried")] == [("work_retried", people.ids["ada"])]
    assert ada.get(f"/operations/dead-letters/{letter}").status_code == 404


def test_a_dead_letter_is_dropped_with_a_reason_which_is_recorded(people: People) -> None:
    letter, ada = dead_letter(), people.browser("ada")
    drop = f"/operations/dead-letters/{letter}/drop"
    for why in ("", "  ", "x" * 501):
        assert ada.post(drop, data={"why": why}).status_code == 422 and kept(letter) is not None
    assert "Dropped." in ada.post(drop, data={"why": "Told by phone."}, follow_redirects=True).text
    assert kept(letter) is None
    ((_, actor, detail),) = recorded("work_dropped")
    assert (actor, detail) == (people.ids["ada"], {"work": "mail_week", "failure": "refused", "why": "Told by phone."})
    assert "no longer a dead letter" in ada.post(drop, data={"why": "Again."}, follow_redirects=True).text
    waiting = enqueue("mail_week", "another")
    ada.post(f"/operations/dead-letters/{waiting}/drop", data={"why": "It waits."})
    assert kept(waiting) is not None, "what is no dead letter stays"


def test_what_people_have_got_back_is_decided_on_again_and_not_tried(people: People, report_json: Make) -> None:
    """A notice's case is open again, a reply's question waits for us again: a second try would contradict that."""
    notice_id = notify(people, report_json())
    for kind in ("deliver_notice", "deliver_reply", "take_effect", "deliver_digest"):
        letter = dead_letter(kind, notice_id, failure=WorkFailure.ADDRESS_REFUSED)
        ada = people.browser("ada")
        page = ada.get(f"/operations/dead-letters/{letter}").text
        assert "Try again</button>" not in page and "the case is open again" in page
        ada.post(f"/operations/dead-letters/{letter}/retry")
        row = kept(letter)
        assert row and row.dead_lettered_at, kind
    assert "Mercado" in people.browser("ada").get("/operations/dead-letters").text


def test_a_withdrawal_that_failed_for_good_really_leaves_when_it_is_tried_again(
    people: People, report_json: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise post.Permanent("554 no")

    notice_id = notify(people, report_json())
    work.run_due()
    with write() as session:
        work.enqueue(session, "take_back_notice", notice_id)
    with monkeypatch.context() as patch:
        patch.setattr(post, "send", refused)
        work.run_due()
    with read() as session:
        letter = session.scalars(select(Work).where(Work.kind == "take_back_notice")).one()
    assert letter.dead_lettered_at and letter.failure == WorkFailure.REFUSED
    before = len(mails(settings, "spoc@mercado.test"))
    people.browser("ada").post(f"/operations/dead-letters/{letter.id}/retry")
    work.run_due()
    assert len(mails(settings, "spoc@mercado.test")) == before + 1
    row = kept(letter.id)
    assert row and row.done_at


def test_what_breaks_its_worker_five_times_in_a_row_is_a_dead_letter(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process dies: nothing after it runs."""

    begun: list[str] = []

    def breaks(subject: str) -> None:
        begun.append(subject)
        if subject == "poison":
            raise Killed

    monkeypatch.setitem(work._handlers, "explode", breaks)
    poison, innocent = enqueue("explode", "poison"), enqueue("explode", "innocent")
    now = clock.now()
    for n in range(8):
        monkeypatch.setattr(clock, "now", lambda n=n: now + timedelta(minutes=10 * n))
        try:
            work.run_due()
        except Killed:
            continue
    row, other = kept(poison), kept(innocent)
    assert begun.count("poison") == work.MAX_BREAKS == 5
    assert row and row.dead_lettered_at and row.failure == WorkFailure.WORKER_STOPPED
    assert other and other.done_at and other.dead_lettered_at is None, "what was only claimed with it is no poison"


def test_attempts_that_end_in_order_are_no_breaks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_: str) -> None:
        raise work.Retry("later", after=0)

    monkeypatch.setitem(work._handlers, "busy", busy)
    piece, now = enqueue("busy"), clock.now()
    for n in range(8):
        monkeypatch.setattr(clock, "now", lambda n=n: now + timedelta(minutes=10 * n))
        work._run_batch()
    row = kept(piece)
    assert row and row.dead_lettered_at is None and (row.attempts, row.breaks) == (8, 0)


# --- The pause -------------------------------------------------------------------------------------------------------


def test_while_sending_is_paused_nothing_leaves_and_everything_is_kept(
    people: People, report_json: Make, settings: Settings
) -> None:
    ada = people.browser("ada")
    page = ada.post("/operations/pause", data={"note": "The mail server moves."}, follow_redirects=True).text
    assert "Sending has been paused since" in page and "The mail server moves." in page and "By Ada." in page
    notice_id = notify(people, report_json())
    enqueue("mail_feedback", "somebody")
    work.run_due()
    assert mails(settings) == []
    with read() as session:
        rows = session.scalars(select(Work).where(Work.kind.in_(work.SENDING))).all()
        assert len(rows) >= 2 and all(row.attempts == 0 and row.done_at is None for row in rows)
        others = session.scalars(select(Work.kind).where(Work.done_at.is_(None), Work.kind.not_in(work.SENDING))).all()
        assert others == [], "what sends nothing is done meanwhile"
    for who in ("cora", "ada"):
        assert "Sending is paused" in people.browser(who).get("/cases").text
    for who, path in (("ana", "/reports"), ("mia", "/notices")):
        assert "Sending is paused" not in people.browser(who).get(path).text
    assert "paused already" in ada.post("/operations/pause", follow_redirects=True).text
    assert "Sending is resumed." in ada.post("/operations/resume", follow_redirects=True).text
    assert "not paused" in ada.post("/operations/resume", follow_redirects=True).text
    work.run_due()
    assert len(mails(settings, "spoc@mercado.test")) == 1 and message_of(notice_id).delivered_at
    told = [(action, actor) for action, actor, _ in recorded("sending_paused", "sending_resumed")]
    assert told == [("sending_paused", people.ids["ada"]), ("sending_resumed", people.ids["ada"])]


def test_whoever_sends_waits_while_sending_is_paused(app: Flask) -> None:
    """Every kind that mails or delivers is held; only mails about the machine, to those who run it, are not."""
    not_held = {kind for kind in work._handlers if kind not in work.SENDING}
    for kind in sorted(not_held):
        names = set(work._handlers[kind].__code__.co_names)
        if names & {"send", "send_template", "leave", "_send"}:
            assert kind in ("mail_audit_alarm", "mail_audit_head"), f"{kind} sends while sending is paused"
    assert {"deliver_notice", "deliver_reply", "remind_notice", "take_back_notice", "mail_week"} <= work.SENDING


def test_by_command_it_is_paused_before_the_worker_of_a_restored_database_starts(people: People) -> None:
    run = people.app.test_cli_runner()
    assert run.invoke(args=["worker", "pause", "--why", "Restored.", "--by", "cora@people.test"]).exit_code == 1
    assert run.invoke(args=["worker", "pause", "--why", "Restored.", "--by", "nobody@people.test"]).exit_code == 1
    assert run.invoke(args=["worker", "pause", "--why", "Restored.", "--by", "ada@people.test"]).exit_code == 0
    enqueue("mail_week")
    assert "Sending is paused" in run.invoke(args=["worker", "--once"]).output
    assert run.invoke(args=["worker", "resume", "--by", "ada@people.test"]).exit_code == 0
    assert run.invoke(args=["worker", "resume", "--by", "ada@people.test"]).exit_code == 1


def test_a_restored_database_pauses_sending_by_itself(people: People) -> None:
    """The data folder knows of more sealed rows than the database has: the backup is older than what has left."""
    recurring.heartbeat()
    known = anchor.load()
    assert known.head
    known.head = known.head._replace(rows=known.head.rows + 5)
    anchor.save(known)
    with write() as session:
        for name in ("seal_audit", "begun seal_audit"):
            session.merge(heartbeats.Heartbeat(name=name, at=clock.now() - timedelta(hours=1)))
    enqueue("mail_week")
    recurring.heartbeat()
    with read() as session:
        pause = pausing.current(session)
    assert pause and pause.why == PauseReason.RESTORED and pause.by_id is None
    assert "as after a restore" in people.browser("ada").get("/operations").text


# --- Settings and backups --------------------------------------------------------------------------------------------

SECRETS = ("hunter2", "t0ken-of-monitors", "a secret for tests only", "AKIA-key", "aws-secret", "p:w", "another-one")


def test_settings_in_force_tell_no_secret(people: People, settings: Settings) -> None:
    people.app.config["SPOTTER"] = replace(
        settings,
        mail_url="smtp://mailer:hunter2@mail.example.org:587?starttls=1",
        metrics_token="t0ken-of-monitors",
        vault_key_id="AKIA-key",
        vault_secret="aws-secret",
    )
    page = people.browser("ada").get("/operations/settings").text
    assert not [secret for secret in SECRETS if secret in page]
    for words in ("MAIL_<wbr>URL", "smtp://mailer:…@mail.example.org:587?starttls=1", "SECRET_<wbr>KEY"):
        assert words in page
    assert "The mail server. With" in page, "each says what it is for"
    assert "Tables of this version" in page and "SQLAlchemy" in page


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql+psycopg://spotter:hunter2@db/spotter", "postgresql+psycopg://spotter:…@db/spotter"),
        ("postgresql://db/spotter?user=a&password=hunter2&sslmode=require", "postgresql://db/spotter?user=…&password=…&sslmode=require"),
        ("postgresql://spotter:p:w@db/spotter", "postgresql://spotter:…@db/spotter"),
        ("postgresql://spotter:p%40w@db/x", "postgresql://spotter:…@db/x"),
        ("smtps://:hunter2@mail", "smtps://:…@mail"),
        ("smtp://mailer:hun@ter2@mail:25", "smtp://mailer:…@mail:25"),
        ("smtp://hunter2@mail", "…"),
        ("s3://bucket/prefix?endpoint=https://u:hunter2@s3&region=eu-1", "s3://bucket/prefix?endpoint=https://u:…@s3&region=eu-1"),
        ("sqlite:////srv/spotter/spotter.sqlite3", "sqlite:////srv/spotter/spotter.sqlite3"),
        ("file:", "file:"),
        ("postgresql+psycopg://user:pa/ss@host/db", "…"),
        ("postgresql+psycopg://user:pa/s?s@host/db", "…"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_what_may_be_secret(address: str, shown: str) -> None:
    assert settings_shown.without_secrets(address) == shown


def test_every_setting_is_shown_and_the_secret_ones_are_not(settings: Settings) -> None:
    rows = dict(settings_shown.shown(settings))
    assert {name for name, value in rows.items() if isinstance(value, bool)} == {
        "SPOTTER_SECRET_KEY", "SPOTTER_AUDIT_KEY", "SPOTTER_METRICS_TOKEN", "SPOTTER_MAILBOX_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
    }  # fmt: skip
    assert len(rows) == len(config.fields(Settings)) - 3
    assert rows.keys() == MEANING.keys()


def test_a_worker_that_was_to_work_once_is_not_shown_as_stopped(people: People) -> None:
    assert people.app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 0
    page = people.browser("ada").get("/operations").text
    assert "No worker is running" in page and "stopped responding" not in page


def test_the_age_of_a_backup_is_known_once_its_script_has_said_so(people: People) -> None:
    assert "No backup has been recorded" in people.browser("ada").get("/operations").text
    assert people.app.test_cli_runner().invoke(args=["worker", "backup-made"]).exit_code == 0
    assert "No backup has been recorded" not in people.browser("ada").get("/operations").text
