"""Disputes of companies' answers: Mercado keeps an ad; Cora contests that by its own complaint system, then before a body."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from server.core import clock, work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Answer, Refused, Scope, Seen, Via
from server.journeys.report import answering, disputing, verification
from server.journeys.spotter import freezing
from server.ledger.cases.models import Case
from server.ledger.companies import importing
from server.ledger.companies.schemas import read_file
from server.ledger.disputes.models import Dispute
from server.ledger.notices.models import GivenAnswer, Notice
from server.ledger.reports.models import Report
from server.reads import attention, disputes, figures
from server.reads.attention import Waits
from tests.conftest import People, companies_file
from tests.racing import one_won, race
from tests.story import decide, flag, notify

WHY = "Appendix I: the chicks have no rings, and no certificate number is named."
Make = Callable[..., dict[str, Any]]


def answered(people: People, report: dict[str, Any], answer: Answer = Answer.NOT_VIOLATING, **more: Any) -> Notice:
    """Mercado answers Cora's notice."""
    notice_id = notify(people, report)
    work.run_due()
    values = {"answer": answer, "reason": "Within our rules."} | more
    answering.answer_notice(notice_id, values, Via.PORTAL, people.ids["mia"])
    with read() as session:
        return session.get_one(Notice, notice_id)


def begin(people: People, notice: Notice, text: str = WHY, **more: Any) -> str:
    with read() as session:
        given = select(GivenAnswer).where(GivenAnswer.notice_id == notice.id).order_by(GivenAnswer.id.desc())
        answer = session.scalars(given.limit(1)).one()
    values = {"answer_id": answer.id, "text": text, "told": answer.at.date()} | more
    return disputing.begin(notice.case_id, people.ids["cora"], **values)


def kept(dispute_id: str) -> Dispute:
    with read() as session:
        return session.get_one(Dispute, dispute_id)


def audited(dispute_id: str) -> list[str]:
    with read() as session:
        rows = select(AuditRow.action).where(AuditRow.object_id == dispute_id).order_by(AuditRow.seq)
        return list(session.scalars(rows))


def today() -> date:
    return clock.now().date()


def sent(people: People, dispute_id: str, **more: Any) -> None:
    values = {"text": WHY, "via": "form", "day": today(), "receipt": "MX-77"} | more
    disputing.send(dispute_id, people.ids["cora"], **values)


def line(what: Waits = Waits.DISPUTES) -> attention.WaitingLine:
    with read() as session:
        return next(each for each in attention.lines(session) if each.what is what)


# --- Its whole life --------------------------------------------------------------------------------------------------


def test_a_kept_ad_is_disputed_sent_rejected_and_taken_to_a_body(people: People, report_json: Make) -> None:
    notice = answered(people, report_json(), redress_url="https://mercado.test/appeal/77")
    cora = people.browser("cora")
    page = cora.get(f"/cases/{notice.case_id}").text
    assert "Dispute this answer" in page and f"/cases/{notice.case_id}/dispute" in page
    page = cora.get(f"/cases/{notice.case_id}/dispute").text
    answer = re.search(r'name="answer" value="(\w+)"', page)
    assert answer and "https://mercado.test/appeal/77" in page and "No deadline is known" in page
    form = {"answer": answer[1], "text": WHY, "told": today().isoformat()}
    shown = cora.post(f"/cases/{notice.case_id}/dispute", data=form)
    assert shown.status_code == 302
    dispute_id = shown.location.rpartition("/")[2]
    page = cora.get(shown.location).text
    reference = kept(dispute_id).reference
    assert (
        WHY in page and "Text to paste" in page and f"Our reference: {reference}" in page and notice.reference in page
    )
    assert "Nothing is sent from here" in page and "https://mercado.test/appeal/77" in page

    assert "Send by" in page
    at = f"/disputes/{dispute_id}"
    day = today().isoformat()
    steps = [
        ("sent", {"text": WHY, "via": "form", "day": day, "receipt": "MX-77"}, "Sent"),
        ("outcome", {"outcome": "rejected", "day": day}, "Rejected"),
        ("body", {"body": "Appeals Centre", "day": day}, "Before a dispute settlement body"),
        ("close", {"ending": "found_for"}, "decided in our favour"),
    ]
    for step, form, said in steps:
        reply = cora.post(f"{at}/{step}", data=form)
        assert reply.status_code == 302, (step, reply.text)
        page = cora.get(at).text
        assert said in page and "Send by" not in page, "what was sent has no deadline left"
        assert reference in cora.get(f"/cases/{notice.case_id}").text, "in the case's thread"
    assert audited(dispute_id) == [
        "dispute_begun", "dispute_sent", "dispute_heard", "dispute_taken_to_body", "dispute_closed"
    ]  # fmt: skip
    page = cora.get(at).text
    assert "MX-77" in page and "Appeals Centre" in page and "Through their own form" in page


@pytest.mark.parametrize("ending", ["found_for", "found_against"])
def test_what_a_body_has_decided_about_is_not_disputed_again(people: People, report_json: Make, ending: str) -> None:
    notice = answered(people, report_json())
    dispute_id = begin(people, notice)
    sent(people, dispute_id)
    cora = people.ids["cora"]
    disputing.hear(dispute_id, cora, outcome="rejected", day=today())
    disputing.take_to_body(dispute_id, cora, body="Appeals Centre", day=today())
    disputing.close(dispute_id, cora, ending)
    page = people.browser("cora").get(f"/cases/{notice.case_id}/dispute")
    assert page.status_code == 409 and "A dispute settlement body has decided about this answer." in page.text
    assert "Dispute this answer" not in people.browser("cora").get(f"/cases/{notice.case_id}").text
    again = {"answer": Answer.NOT_VIOLATING, "reason": "As we said."}
    answering.answer_notice(notice.id, again, Via.PORTAL, people.ids["mia"])
    with pytest.raises(Refused) as refused:
        begin(people, notice, "Again.")
    assert refused.value.detail == disputing.SETTLED, "the same said again is no other answer"
    answering.answer_notice(notice.id, again | {"answer": Answer.RESTRICTED}, Via.PORTAL, people.ids["mia"])
    assert kept(begin(people, notice, "Restricted in one country alone.")).state == "open"


def test_no_company_and_no_spotter_reads_of_it(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    reference = kept(begin(people, notice)).reference
    mia = people.browser("mia")
    assert WHY not in mia.get(f"/notices/{notice.id}").text
    thread = mia.get(f"/api/v1/notices/{notice.id}", headers=people.token("mia", Scope.COMPANY)).json["thread"]
    assert [entry["kind"] for entry in thread] == ["answer"]
    for who in ("ana", "mia"):
        assert people.browser(who).get("/disputes").status_code in (403, 404)
    with read() as session:
        report = session.scalars(select(Report).where(Report.case_id == notice.case_id)).one()
    page = people.browser("ana").get(f"/reports/{report.id}").text
    assert reference not in page and WHY not in page


def test_figures_and_feedback_follow_the_answer_alone(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    dispute_id = begin(people, notice)

    def counted() -> dict[str, Any]:
        with read() as session:
            (item,) = figures.became(session, figures.Asked(), None)
            return {name: item[name] for name in ("kept", "removed_stated")}

    assert counted() == {"kept": 1, "removed_stated": 0}
    sent(people, dispute_id)
    disputing.hear(dispute_id, people.ids["cora"], outcome="upheld", day=today())
    assert counted() == {"kept": 1, "removed_stated": 0}, "saying that we are right removes no ad"
    assert "Record what it did as its new answer" in people.browser("cora").get(f"/disputes/{dispute_id}").text
    answering.record_answer(notice.id, {"answer": "removed"}, Via.MAIL, people.ids["cora"])
    assert counted() == {"kept": 0, "removed_stated": 1}
    with read() as session:
        assert session.scalars(select(Report.status).where(Report.case_id == notice.case_id)).one() == "removed"
    page = people.browser("cora").get(f"/disputes/{dispute_id}").text
    assert "The company has answered again since" in page and "keeps the ad online" not in page


def test_who_wrote_while_another_answer_came_keeps_the_text(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    cora = people.browser("cora")
    form = {"answer": "0" * 32, "text": WHY, "told": today().isoformat()}
    page = cora.post(f"/cases/{notice.case_id}/dispute", data=form)
    assert page.status_code == 409 and "answered again since you opened" in page.text and WHY in page.text
    answer = re.search(r'name="answer"[^>]* value="(\w+)"', page.text)[1]
    assert cora.post(f"/cases/{notice.case_id}/dispute", data=form | {"answer": answer}).status_code == 302


def test_what_was_typed_stays_when_there_is_nothing_to_dispute_any_more(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    form = {"answer": "0" * 32, "text": WHY, "told": today().isoformat()}
    answering.answer_notice(notice.id, {"answer": Answer.REMOVED}, Via.PORTAL, people.ids["mia"])
    page = people.browser("cora").post(f"/cases/{notice.case_id}/dispute", data=form)
    assert page.status_code == 409 and "There is nothing to dispute" in page.text and WHY in page.text


def test_what_was_typed_stays_when_a_colleague_was_faster(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    dispute_id = begin(people, notice)
    sent(people, dispute_id)
    dan, text = people.browser("dan"), "What I pasted into their form."
    form = {"text": text, "via": "form", "day": today().isoformat(), "receipt": "MX-78"}
    page = dan.post(f"/disputes/{dispute_id}/sent", data=form)
    assert (
        page.status_code == 409 and "Somebody else has just dealt with this dispute" in page.text and text in page.text
    )
    disputing.hear(dispute_id, people.ids["cora"], outcome="rejected", day=today())
    disputing.take_to_body(dispute_id, people.ids["cora"], body="Appeals Centre", day=today())
    disputing.close(dispute_id, people.ids["cora"], "found_against")
    form = {"answer": "0" * 32, "text": text, "told": today().isoformat()}
    page = dan.post(f"/cases/{notice.case_id}/dispute", data=form)
    assert page.status_code == 409 and "A dispute settlement body has decided" in page.text and text in page.text


def test_a_colleague_is_led_to_the_dispute_that_stands(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    dispute_id = begin(people, notice)
    page = people.browser("dan").get(f"/cases/{notice.case_id}/dispute")
    assert page.status_code == 302 and page.location.endswith(f"/disputes/{dispute_id}")


def test_what_was_sent_this_morning_in_singapore_is_recorded_there(people: People, report_json: Make) -> None:
    dispute_id = begin(people, answered(people, report_json()))
    with time_machine.travel((clock.now() + timedelta(days=1)).replace(hour=23, minute=30), tick=False):
        tomorrow = today() + timedelta(days=1)
        sent(people, dispute_id, day=tomorrow)
        with pytest.raises(Refused) as refused:
            disputing.hear(dispute_id, people.ids["cora"], outcome="upheld", day=tomorrow + timedelta(days=1))
    assert kept(dispute_id).sent_on == tomorrow and set(refused.value.errors) == {"day"}


# --- What can be disputed, and until when ----------------------------------------------------------------------------


def test_what_was_removed_and_not_answered_cannot_be_disputed(people: People, report_json: Make) -> None:
    notice = answered(people, report_json(), Answer.REMOVED)
    cora = people.browser("cora")
    assert "Dispute this answer" not in cora.get(f"/cases/{notice.case_id}").text
    assert cora.get(f"/cases/{notice.case_id}/dispute").status_code == 409
    with pytest.raises(Refused, match="nothing to dispute"):
        begin(people, notice)
    open_case = flag(people, report_json("https://mercado.test/itm/grey-parrot/265370482806"))
    page = cora.get(f"/cases/{open_case}/dispute")
    assert page.status_code == 409 and "There is nothing to dispute" in page.text
    assert "This is not possible here" in page.text and "Go back, reload" not in page.text


def test_what_is_said_to_be_removed_and_is_still_there_can(people: People, report_json: Make) -> None:
    notice = answered(people, report_json(), Answer.REMOVED)
    verification.look_as_coordinator(notice.case_id, people.ids["cora"], Seen.PRESENT)
    assert "a check has found it since" in people.browser("cora").get(f"/cases/{notice.case_id}").text
    assert kept(begin(people, notice)).shortfall == "still_there"


def test_a_withdrawn_notice_is_not_disputed(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    dispute_id = begin(people, notice)
    answering.withdraw_notice(notice.id, people.ids["cora"], "It is a toy.")
    page = people.browser("cora").get(f"/disputes/{dispute_id}").text
    assert "there is nothing left to dispute" in page and "Text to paste" not in page
    disputing.close(dispute_id, people.ids["cora"], "not_pursued")
    with pytest.raises(Refused, match="nothing to dispute"):
        begin(people, notice)


LAW = {"jurisdiction": "FR", "provision": "Code de l’environnement, L. 415-3", "effective_from": "2021-12-02",
       "source": "legifrance.gouv.fr"}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "terms"),
    [
        ({}, "own"),
        ({"basis": "illegal", "law": LAW}, "dsa"),
        ({"basis": "illegal", "law": LAW | {"jurisdiction": "GB", "provision": "COTES 2018, reg. 4"}}, "own"),
    ],
)
def test_six_months_run_where_a_law_of_the_union_carries_the_notice(
    people: People, report_json: Make, more: dict[str, Any], terms: str
) -> None:
    notice_id = decide(people, flag(people, report_json()), **more)
    work.run_due()
    answering.answer_notice(notice_id, {"answer": "restricted", "reason": "Hidden."}, Via.PORTAL, people.ids["mia"])
    with read() as session:
        notice = session.get_one(Notice, notice_id)
    dispute = kept(begin(people, notice))
    page = people.browser("cora").get(f"/disputes/{dispute.id}").text
    assert dispute.terms == terms and dispute.shortfall == "restricted"
    assert (dispute.due_at is not None) == (terms == "dsa") == ("complaint under Article 20" in page)


def test_six_months_run_where_the_ad_is_on_a_site_of_a_member_state(people: People, report_json: Make) -> None:
    with write() as session:
        text = companies_file().replace(b"domains: [mercado.test]", b"domains: [mercado.test, mercado-anuncios.es]")
        importing.import_directory(session, read_file(text))
    notice = answered(people, report_json("https://mercado-anuncios.es/itm/grey-parrot/265370482805"))
    dispute = kept(begin(people, notice))
    assert dispute.terms == "dsa" and dispute.due_at is not None
    page = people.browser("cora").get(f"/disputes/{dispute.id}").text
    assert "Article 20" in page and "complaint under Article 20" not in page, "a policy notice is none of Article 16"


def test_the_period_runs_from_the_day_on_which_they_told_us(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    with pytest.raises(Refused) as refused:
        begin(people, notice, told=today() + timedelta(days=1))
    assert set(refused.value.errors) == {"told"}
    with pytest.raises(Refused):
        begin(people, notice, told=notice.created_at.date() - timedelta(days=1))
    assert kept(begin(people, notice)).told_on == today()


# --- What is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Ask dan@people.test.", "Write to ana@people.test."])
def test_it_names_nobody_neither_when_it_begins_nor_when_it_was_sent(
    people: People, report_json: Make, text: str
) -> None:
    notice = answered(people, report_json())
    with pytest.raises(Refused) as refused:
        begin(people, notice, text)
    assert refused.value.kind == "names-a-person" and set(refused.value.errors) == {"text"}
    dispute_id = begin(people, notice)
    with pytest.raises(Refused) as refused:
        sent(people, dispute_id, text=text)
    assert refused.value.kind == "names-a-person" and kept(dispute_id).state == "open"


def test_nothing_leaves_while_everybody_who_reported_it_is_frozen(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    dispute_id = begin(people, notice)
    freezing.freeze(people.ids["ana"], people.ids["cora"])
    page = people.browser("cora").get(f"/disputes/{dispute_id}").text
    assert "frozen account" in page and "Text to paste" not in page
    disputing.close(dispute_id, people.ids["cora"], "not_pursued")
    with pytest.raises(Refused, match="frozen"):
        begin(people, notice)


def test_an_answer_that_came_meanwhile_is_read_first(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    with read() as session:
        first = session.scalars(select(GivenAnswer.id).where(GivenAnswer.notice_id == notice.id)).one()
    answering.answer_notice(notice.id, {"answer": "restricted", "reason": "Hidden."}, Via.PORTAL, people.ids["mia"])
    with pytest.raises(Refused) as refused:
        begin(people, notice, answer_id=first)
    assert refused.value.kind == "stale"


def test_a_page_keeps_what_was_typed_and_says_what_is_missing(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    dispute_id = begin(people, notice)
    cora = people.browser("cora")
    shown = cora.post(f"/disputes/{dispute_id}/sent", data={"text": "Another wording.", "receipt": "MX-77"})
    assert shown.status_code == 422 and "Another wording." in shown.text and "MX-77" in shown.text
    assert "Say how it was sent." in shown.text and "Give the date." in shown.text
    for step, form in (
        ("outcome", {"outcome": "upheld"}), ("body", {"body": "Appeals Centre"}), ("close", {"ending": "found_for"})
    ):  # fmt: skip
        assert cora.post(f"/disputes/{dispute_id}/{step}", data=form).status_code in (409, 422), step
    assert kept(dispute_id).state == "open"
    assert cora.get("/disputes/0123").status_code == 404


@pytest.mark.parametrize("who", ["ada", "ana", "mia"])
def test_coordinators_alone_conduct_disputes(people: People, report_json: Make, who: str) -> None:
    notice = answered(people, report_json())
    dispute_id = begin(people, notice)
    browser = people.browser(who)
    for path in (
        f"/cases/{notice.case_id}/dispute", *(f"/disputes/{dispute_id}/{step}" for step in ("sent", "outcome", "body", "close"))
    ):  # fmt: skip
        assert browser.post(path, data={"ending": "not_pursued", "text": WHY}).status_code in (403, 404)
    assert kept(dispute_id).state == "open"


# --- Twice and at once -----------------------------------------------------------------------------------------------


def test_a_doubled_click_is_one(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    dispute_id = begin(people, notice)
    assert begin(people, notice) == dispute_id
    with pytest.raises(Refused, match="disputed already"):
        begin(people, notice, "Other words.")
    cora = people.ids["cora"]
    for _ in range(2):
        sent(people, dispute_id)
    for _ in range(2):
        disputing.hear(dispute_id, cora, outcome="no_answer", day=today())
    for _ in range(2):
        disputing.take_to_body(dispute_id, cora, body="Appeals Centre", day=today())
    for _ in range(2):
        disputing.close(dispute_id, cora, "found_against")
    assert len(audited(dispute_id)) == 5
    with pytest.raises(Refused, match="just dealt with"):
        sent(people, dispute_id, receipt="another")


def test_two_at_once_begin_one_dispute_and_send_it_once(app: Flask, people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    jobs = [lambda number=number: begin(people, notice, f"{WHY} {number}") for number in range(6)]
    one_won(race(app, jobs), "conflict")
    with read() as session:
        dispute = session.scalars(select(Dispute)).one()
    sending = [lambda number=number: sent(people, dispute.id, receipt=f"MX-{number}") for number in range(6)]
    one_won(race(app, sending), "conflict")
    assert audited(dispute.id) == ["dispute_begun", "dispute_sent"]


@pytest.mark.parametrize(
    "values",
    [
        {"state": "sent"},
        {"state": "upheld"},
        {"state": "settlement"},
        {"state": "closed"},
        {"outcome": "rejected", "heard_on": date(2026, 11, 28)},
        {"body": "Appeals Centre"},
        {"receipt": "MX-77", "sent_on": date(2026, 11, 28)},
        {"due_at": None, "terms": "dsa"},
        {"state": "waiting"},
    ],
)
def test_the_database_refuses_a_state_without_what_goes_with_it(
    people: People, report_json: Make, values: dict[str, Any]
) -> None:
    dispute_id = begin(people, answered(people, report_json()))
    with pytest.raises(IntegrityError), write() as session:
        session.execute(update(Dispute).where(Dispute.id == dispute_id).values(**values))


# --- What runs out ---------------------------------------------------------------------------------------------------


def test_what_runs_out_within_30_days_waits_for_attention(people: People, report_json: Make) -> None:
    dispute_id = begin(people, answered(people, report_json()))
    assert line().number == 0, "no deadline is known"
    due = (clock.now() + timedelta(days=40)).replace(microsecond=0)
    with write() as session:
        session.execute(update(Dispute).where(Dispute.id == dispute_id).values(terms="dsa", due_at=due))
    assert line().number == 0
    with time_machine.travel(due - timedelta(days=29)):
        assert (line().number, line().at) == (1, due)
    with time_machine.travel(due + timedelta(days=1)):
        assert line().number == 1, "what is too late is closed by a person"
        cora = people.browser("cora")
        assert "Overdue" in cora.get("/disputes").text
        assert "1 dispute must be sent" in cora.get("/attention").text
        disputing.close(dispute_id, people.ids["cora"], "too_late")
        assert line().number == 0


def test_what_the_company_has_removed_since_waits_for_nobody_and_is_not_sent(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    dispute_id, due = begin(people, notice), clock.now() + timedelta(days=10)
    with write() as session:
        session.execute(update(Dispute).where(Dispute.id == dispute_id).values(terms="dsa", due_at=due))
    assert line().number == 1
    answering.answer_notice(notice.id, {"answer": "removed"}, Via.PORTAL, people.ids["mia"])
    page = people.browser("cora").get(f"/disputes/{dispute_id}").text
    assert line().number == 0 and "Do not send it" in page and "Text to paste" not in page


def test_the_list_has_what_runs_out_next_first_and_finds_by_number(people: People, report_json: Make) -> None:
    found = []
    for number in range(3):
        notice = answered(people, report_json(f"https://mercado.test/itm/grey-parrot/26537048281{number}"))
        found.append((begin(people, notice), notice))
    (later, _), (unknown, about), (sooner, _) = found
    with write() as session:
        for dispute_id, days in ((later, 90), (sooner, 10)):
            due = clock.now() + timedelta(days=days)
            session.execute(update(Dispute).where(Dispute.id == dispute_id).values(terms="dsa", due_at=due))
    with read() as session:
        rows, counts, after = disputes.listed(session, "open", "", None)
        assert [each["row"].id for each in rows] == [sooner, later, unknown] and after is None
        assert counts["open"] == 3 and counts["closed"] == 0
        case = session.get_one(Case, about.case_id).reference
        for q in (about.reference, case.lower(), kept(unknown).reference):
            assert [each["row"].id for each in disputes.listed(session, "open", q, None)[0]] == [unknown]


def test_a_long_list_is_told_page_by_page(people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.ledger.disputes.store.PAGE", 1)
    made = []
    for number in range(3):
        notice = answered(people, report_json(f"https://mercado.test/itm/grey-parrot/26537048281{number}"))
        made.append(begin(people, notice))
    with write() as session:
        session.execute(
            update(Dispute).where(Dispute.id == made[2]).values(terms="dsa", due_at=clock.now() + timedelta(days=5))
        )
    for tab, expected in (("open", [made[2], made[0], made[1]]), ("closed", [made[2], made[1], made[0]])):
        seen: list[str] = []
        cursor = None
        with read() as session:
            while True:
                rows, _, cursor = disputes.listed(session, tab, "", cursor)
                seen += [each["row"].id for each in rows]
                if cursor is None:
                    break
        assert seen == expected
        for dispute_id in made if tab == "open" else ():
            disputing.close(dispute_id, people.ids["cora"], "not_pursued")


def test_a_name_and_a_wrong_day_are_told_at_once(people: People, report_json: Make) -> None:
    notice = answered(people, report_json())
    wrong, late = f"{WHY} Cora saw it.", clock.now().date() + timedelta(days=400)
    with pytest.raises(Refused) as refused:
        begin(people, notice, wrong, told=late)
    assert set(refused.value.errors) == {"text", "told"}
    dispute_id = begin(people, notice)
    with pytest.raises(Refused) as refused:
        disputing.send(dispute_id, people.ids["cora"], text=wrong, via="form", day=late, receipt="")
    assert set(refused.value.errors) == {"text", "day"}
