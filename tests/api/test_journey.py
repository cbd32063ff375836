"""One report's life, from both ends: what the spotter sees, what the case does, and that neither tells too much."""

import dataclasses
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from server.core import reasons, seals, trail
from server.core.audit import AuditRow
from server.core.config import Settings
from server.core.database import db, read, write
from server.core.words import Channel, Level, Refused, Scope, Via
from server.journeys.report import answering, decision, following_up
from server.journeys.spotter import accrediting
from server.ledger.cases.models import Case
from server.ledger.companies.models import Spoc
from server.ledger.delivery import registry, resting
from server.ledger.delivery.channel import Retries
from tests.conftest import People
from tests.messages import at_work
from tests.sending import send
from tests.story import decide, flag, mails

Make = Callable[..., dict[str, Any]]
Work = Callable[[], int]


def seen(people: People, key: str = "ana") -> list[dict[str, Any]]:
    """What this spotter sees of their reports, oldest first."""
    items: list[dict[str, Any]] = (
        people.app.test_client().get("/api/v1/reports", headers=people.token(key)).json["items"]
    )
    return items[::-1]


def case_of(case_id: str) -> Case:
    with read() as session:
        return session.get_one(Case, case_id)


@pytest.fixture
def ben(people: People) -> str:
    """Ben is accredited too, on probation."""

    emails = ("ben@people.test", "cora@people.test")
    accrediting.accredit_by_email(*emails, "For the test.", Level.PROBATION, waive_exam=True)
    return people.ids["ben"]


def test_the_spotter_hears_at_every_step_and_reads_the_companys_reason(
    people: People, report_json: Make, work_all: Work, settings: Settings
) -> None:
    case_id = flag(people, report_json())
    assert seen(people)[0]["status"] == "received"
    notice_id = decide(people, case_id)
    assert seen(people)[0]["status"] == "notified"
    answering.answer_notice(
        notice_id, {"answer": "removed", "reason": "Live protected species are not allowed."}, Via.LINK
    )
    report = seen(people)[0]
    assert (report["status"], report["outcome"]) == ("removed", "removed")
    assert report["feedback"][-1]["speaker"] == "Mercado"
    assert report["feedback"][-1]["text"] == "Live protected species are not allowed."
    work_all()
    subjects = [mail["Subject"] for mail in mails(settings, "ana@people.test")]
    assert len(subjects) == 2 and all("parrot" not in subject for subject in subjects)
    assert case_of(case_id).state == "answered"


def test_no_words_are_put_in_a_companys_mouth(people: People, report_json: Make) -> None:
    notice_id = decide(people, flag(people, report_json()))
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    last = seen(people)[0]["feedback"][-1]
    assert (last["speaker"], last["text"]) == ("coordinator", "Mercado answered: Removed.")


def test_a_report_that_joins_a_notified_case_is_no_oracle(people: People, report_json: Make, ben: str) -> None:
    """Ben's answer is the same as for a new listing, and stays so until a coordinator has looked since."""
    case_id = flag(people, report_json())
    notice_id = decide(people, case_id)
    known = send(people.app.test_client(), people.token("ben"), report_json())
    new = send(people.app.test_client(), people.token("ben"), report_json("https://mercado.test/itm/999999999999"))
    assert {k: v for k, v in known.json.items() if k in ("status",)} == {"status": "received"}
    assert set(known.json) == set(new.json)
    answering.answer_notice(notice_id, {"answer": "removed", "reason": "Not allowed."}, Via.LINK)
    assert [report["status"] for report in seen(people, "ben")] == ["received", "received"]
    assert all(not report["feedback"] for report in seen(people, "ben"))
    decision.attach_reports(case_id, people.ids["dan"], case_of(case_id).version)
    assert [report["status"] for report in seen(people, "ben")] == ["removed", "received"]
    assert seen(people, "ben")[0]["feedback"][-1]["text"] == "Not allowed."


def test_a_listing_that_comes_back_opens_its_case_and_gets_a_second_notice(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    first = decide(people, case_id)
    answering.answer_notice(first, {"answer": "removed", "reason": "Gone."}, Via.LINK)
    assert flag(people, report_json(captured_at="2020-01-01T00:00:00Z")) == case_id
    assert case_of(case_id).state == "answered", "an older capture that comes late opens nothing"
    assert flag(people, report_json(captured_at="2099-01-01T00:00:00Z")) == case_id
    assert case_of(case_id).state == "open"
    assert "removed_before" in [reason["code"] for reason in case_of(case_id).reasons]
    second = decide(people, case_id)
    assert second != first
    assert [report["status"] for report in seen(people)] == ["removed", "notified", "notified"]


def test_a_company_may_ask_and_then_answer(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    notice_id = decide(people, case_id)
    answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which of the six?"}, Via.LINK)
    assert (seen(people)[0]["status"], case_of(case_id).state) == ("in_review", "open")
    answering.answer_notice(notice_id, {"answer": "removed", "reason": "Found it."}, Via.LINK)
    assert (seen(people)[0]["status"], case_of(case_id).state) == ("removed", "answered")


def test_a_question_goes_to_the_spotter_and_the_answer_brings_the_case_back(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    version = case_of(case_id).version
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=version)
    report = seen(people)[0]
    assert (report["status"], report["feedback"][-1]["text"]) == ("needs_info", "Is a ring visible?")
    blank = people.app.test_client().post(
        f"/api/v1/reports/{report['id']}/replies", headers=people.token("ana"), json={"text": " \n"}
    )
    assert (blank.status_code, blank.json["detail"]) == (422, "text: Write what you know."), "the question still waits"
    answer = people.app.test_client().post(
        f"/api/v1/reports/{report['id']}/replies", headers=people.token("ana"), json={"text": "No ring."}
    )
    assert (answer.status_code, answer.json["status"]) == (201, "in_review")
    assert case_of(case_id).state == "open"
    again = people.app.test_client().post(
        f"/api/v1/reports/{report['id']}/replies", headers=people.token("ana"), json={"text": "Again."}
    )
    assert again.status_code == 409


def test_a_dismissed_report_tells_why_without_a_name(
    people: People, report_json: Make, work_all: Work, settings: Settings
) -> None:
    case_id = flag(people, report_json())
    reason = "Here ivory is the colour of a fabric."
    decision.decide(case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note=reason, version=1)
    report = seen(people)[0]
    assert (report["status"], report["feedback"][-1]["text"]) == ("dismissed", reason)
    work_all()
    mail = mails(settings, "ana@people.test")[-1]
    assert "Cora" not in mail.as_string() and "cora@" not in mail.as_string()


def test_a_withdrawn_notice_closes_the_case_and_tells_the_spotter(
    people: People, report_json: Make, work_all: Work, settings: Settings
) -> None:
    case_id = flag(people, report_json())
    notice_id = decide(people, case_id)
    answering.withdraw_notice(notice_id, people.ids["dan"], "It is a toy.")
    assert (seen(people)[0]["status"], case_of(case_id).state) == ("dismissed", "closed")
    with pytest.raises(Refused) as refused:
        answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    assert refused.value.kind == "gone"
    work_all()
    assert not mails(settings, "spoc@mercado.test"), "a notice taken back before it left never leaves"


def test_a_company_that_had_the_notice_is_told_that_it_is_withdrawn(
    people: People, report_json: Make, work_all: Work, settings: Settings
) -> None:
    notice_id = decide(people, flag(people, report_json()))
    work_all()
    answering.withdraw_notice(notice_id, people.ids["dan"], "It is a toy.")
    work_all()
    first, last = mails(settings, "spoc@mercado.test")
    assert first["Subject"].endswith("suspected wildlife listing") and last["Subject"].endswith("is withdrawn")
    assert "It is a toy." not in last.as_string()


def test_a_notice_that_cannot_be_delivered_is_never_called_delivered(
    app: Flask, people: People, report_json: Make, work_all: Work
) -> None:
    with write() as session:
        hook = {"channel": "webhook", "webhook_url": "https://127.0.0.1/hook", "webhook_secrets": None}
        session.execute(update(Spoc).where(Spoc.email == "spoc@mercado.test").values(**hook))
    from server.ledger.companies import store

    store._directory._forget()
    case_id = flag(people, report_json())
    decide(people, case_id)
    work_all()
    report = seen(people)[0]
    assert report["status"] == "in_review" and "could not be delivered" in report["feedback"][-1]["text"]
    assert case_of(case_id).state == "open"
    page = people.browser("cora").get("/cases?tab=undelivered")
    assert "African grey parrot" in page.text
    with write() as session:
        session.execute(update(Spoc).where(Spoc.channel == "webhook").values(channel="mail"))
    store._directory._forget()
    assert decide(people, case_id), "another way may be tried"


def test_a_stale_decision_is_refused_and_nothing_leaves(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    decide(people, case_id)
    with pytest.raises(Refused) as refused:
        decision.decide(case_id, people.ids["dan"], decision="dismiss", dismiss_reason="other", note="No.", version=1)
    assert refused.value.kind == "stale"
    assert seen(people)[0]["status"] == "notified"


def test_a_held_case_comes_back_on_its_day(people: People, report_json: Make) -> None:
    import time_machine

    from server.core import clock

    case_id = flag(people, report_json())
    until = clock.now().replace(year=clock.now().year + 1)
    decision.decide(
        case_id,
        people.ids["cora"],
        decision="hold",
        note="Police first.",
        version=1,
        hold_reason="police_first",
        until=until,
    )
    decision.release_held()
    assert case_of(case_id).state == "held"
    with time_machine.travel(until.timestamp() + 60):
        decision.release_held()
    assert case_of(case_id).state == "open"


def test_every_move_is_in_the_audit_trail_without_personal_data(people: People, report_json: Make) -> None:
    notice_id = decide(people, flag(people, report_json()))
    answering.answer_notice(notice_id, {"answer": "removed", "reason": "Gone."}, Via.LINK)
    with read() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
    actions = [row.action for row in rows]
    for action in ("report_received", "case_notify", "notice_queued", "report_moved", "notice_answered", "case_answer"):
        assert action in actions, action
    written = " ".join(str(row.detail) for row in rows)
    for secret in ("Ana", "people.test", "parrot", "birdroom", "Gone."):
        assert secret not in written, secret


def test_the_audit_chain_holds_and_an_edit_behind_its_back_shows(people: People, report_json: Make) -> None:
    flag(people, report_json())
    seals.seal_audit()
    with read() as session:
        assert trail.verify(session) is None
        seq = session.scalars(select(AuditRow.seq).order_by(AuditRow.seq)).first()
    if db.engine.dialect.name != "sqlite":
        return
    with write() as session:  # somebody with the file in their hands, who drops the trigger first
        session.connection().exec_driver_sql("DROP TRIGGER audit_rows_no_update")
        session.connection().exec_driver_sql("UPDATE audit_rows SET action = 'nothing' WHERE seq = ?", (seq,))
    with read() as session:
        found = trail.verify(session)
        assert found and found.said == f"Audit row {seq} is not what was sealed."


def test_the_queue_is_ordered_by_priority_and_pages_follow(people: People, report_json: Make) -> None:
    client, cora = people.app.test_client(), people.token("cora", Scope.CASES)
    for number in range(53):
        suspicion = {"category": "live" if number % 2 else "product", "reason": "Look.", "confidence": "likely"}
        report = report_json(f"https://mercado.test/itm/{300000000 + number}", suspicion=suspicion)
        assert send(client, people.token("ana"), report, str(uuid.uuid4())).status_code == 201
    first = client.get("/api/v1/cases", headers=cora).json
    second = client.get(f"/api/v1/cases?cursor={first['next']}", headers=cora).json
    assert (len(first["items"]), len(second["items"]), second["next"]) == (50, 3, None)
    priorities = [case["priority"] for case in first["items"] + second["items"]]
    assert priorities == sorted(priorities, reverse=True) and len(set(priorities)) > 1
    assert all(set(reason) == {"sign", "words"} for case in first["items"] for reason in case["reasons"])
    assert all(case["reasons"] and {"likely", "harm", "fresh"} <= set(case["signals"]) for case in first["items"])
    assert client.get("/api/v1/cases?cursor=nonsense", headers=cora).status_code == 422


def test_the_outcome_finds_its_report_through_a_second_question(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    notice_id = decide(people, case_id)
    answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which one?"}, Via.LINK)
    version = case_of(case_id).version
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Which of the six?", version=version)
    answering.answer_notice(notice_id, {"answer": "removed", "reason": "All of them."}, Via.LINK)
    assert (seen(people)[0]["status"], seen(people)[0]["feedback"][-1]["text"]) == ("removed", "All of them.")


def test_a_decision_is_made_on_the_reports_that_were_seen(people: People, report_json: Make, ben: str) -> None:
    case_id = flag(people, report_json())
    looked_at = case_of(case_id).version
    send(people.app.test_client(), people.token("ben"), report_json())
    decision.decide(
        case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=looked_at
    )
    assert seen(people, "ana")[0]["status"] == "dismissed"
    assert seen(people, "ben")[0]["status"] == "received", "nobody had read it"
    case = case_of(case_id)
    assert (case.state, case.unseen_count) == ("open", 1), "as if it had come a moment later"


def test_a_report_that_changes_what_a_decision_is_about_makes_it_stale(
    people: People, report_json: Make, ben: str
) -> None:
    case_id = flag(people, report_json())
    looked_at = case_of(case_id).version
    ivory = {"category": "product", "species": "", "taxon_id": None, "legality_evidence": "none",
             "confidence": "certain", "reason": "Ivory."}  # fmt: skip
    other = report_json()
    other["listing"] = other["listing"] | {
        "title": "Genuine elephant ivory tusk, hand carved",
        "description": "Old ivory.",
    }
    send(people.app.test_client(), people.token("ben"), other | {"suspicion": ivory})
    with pytest.raises(Refused) as refused:
        decision.decide(case_id, people.ids["cora"], decision="hold", note="", version=looked_at)
    assert refused.value.kind == "stale"


def test_the_notice_does_not_tell_who_had_the_ad_open(
    people: People, report_json: Make, settings: Settings, work_all: Work
) -> None:
    url = "https://mercado.test/itm/grey-parrot/265370482805?fbclid=ANA123&utm_source=ana&colour=grey#ana"
    decide(people, flag(people, report_json(url)))
    work_all()
    mail = mails(settings, "spoc@mercado.test")[-1]
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "https://mercado.test/itm/grey-parrot/265370482805" in "".join(text.split())
    for secret in ("ANA123", "fbclid", "#ana", "colour"):
        assert secret not in text, secret


def test_dismissing_takes_back_a_notice_that_waits(people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    notice_id = decide(people, case_id)
    answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which one?"}, Via.LINK)
    decision.decide(
        case_id,
        people.ids["cora"],
        decision="dismiss",
        dismiss_reason="other",
        note="A toy.",
        version=case_of(case_id).version,
    )
    with pytest.raises(Refused) as refused:
        answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    assert refused.value.kind == "gone"


def test_however_long_the_mail_server_is_away_no_notice_drops_out_of_sight(
    app: Flask, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three notices wait on one dead server; after the last try each case is open again and each spotter knows."""
    import time_machine

    from server.core import clock, post, work

    def away(*_: object, **__: object) -> None:
        raise post.Temporary("The mail server is away.", unreachable=True)

    few = dataclasses.replace(registry.CHANNELS[Channel.MAIL], retries=Retries(pauses=(10, 20)))
    monkeypatch.setitem(registry.CHANNELS, Channel.MAIL, few)
    monkeypatch.setattr(resting, "_until", {})  # which would rest until a day to come
    monkeypatch.setattr(post, "send", away)
    cases = [flag(people, report_json(f"https://mercado.test/itm/{400000000 + n}")) for n in range(3)]
    for case_id in cases:
        decide(people, case_id)
    at = clock.now().timestamp()
    for hours in range(40):
        with time_machine.travel(at + hours * 3600):
            work.run_due()
    assert [case_of(case_id).state for case_id in cases] == ["open"] * 3
    assert {report["status"] for report in seen(people)} == {"in_review"}


def test_a_reminder_tells_the_spotter_that_no_answer_has_come(
    people: People, report_json: Make, work_all: Work, settings: Settings
) -> None:
    import time_machine

    from server.core import clock

    decide(people, flag(people, report_json()))
    work_all()
    with time_machine.travel(clock.now().timestamp() + 8 * 24 * 3600):
        following_up.remind()
        work_all()
        assert seen(people)[0]["status"] == "no_answer"
    with time_machine.travel(at_work(timedelta(days=8))):
        work_all()
    assert len(mails(settings, "spoc@mercado.test")) == 2


def test_figures_on_the_front_page_are_of_a_day_that_is_over(people: People, report_json: Make) -> None:
    flag(people, report_json())
    page = people.app.test_client().get("/").text
    assert "different ads" not in page, "a live count tells whoever reports a listing what was known of it"


@pytest.mark.parametrize(
    ("path", "data"),
    [("/complaint", {"about": "x\x00"}), ("/complaint?about=harmless", {"about": "x\x00"}),
     ("/complaint", {"about": ["harmless", "x\x00"]}), ("/complaint?x=harmless&x=%00", {"about": "x"})],
)  # fmt: skip
def test_a_nul_in_a_form_is_refused(people: People, path: str, data: dict[str, Any]) -> None:
    answer = people.browser("ana").post(path, data={"text": "y", "email": "z@people.test"} | data)
    assert answer.status_code == 422


def test_a_nul_in_a_path_leads_nowhere(people: People) -> None:
    cora, token = people.browser("cora"), people.token("cora", Scope.CASES)
    paths = {re.sub(r"<(path:)?\w+>", "a%00b", re.sub(r"<int:\w+>", "1", rule.rule)): rule.methods
             for rule in people.app.url_map.iter_rules()}  # fmt: skip
    answers = {
        path: cora.open(path, method="POST" if "POST" in (methods or ()) else "GET", headers=token).status_code
        for path, methods in paths.items() if "%00" in path
    }  # fmt: skip
    assert len(answers) > 50 and set(answers.values()) == {404}, answers


def test_a_word_against_is_marked_only_where_a_reason_speaks_of_it(people: People, report_json: Make) -> None:
    def marked(number: int, title: str, category: str) -> tuple[set[str], list[str]]:
        report = report_json(f"https://mercado.test/itm/thing/26537048280{number}")
        report["listing"] |= {"title": title, "description": ""}
        case = case_of(flag(people, report | {"suspicion": report["suspicion"] | {"category": category}}))
        against = {case.text[start:end] for start, end, kind, _ in case.matches if kind == "against"}
        return against, [reason["params"].get("word") for reason in case.reasons if reasons.read(reason).against]

    against, words = marked(1, "Pangolin scale powder, 14 bags", "part")
    assert against == set() and not any(words)
    against, words = marked(2, "Ivory satin evening dress", "product")
    assert against and against <= set(words)
