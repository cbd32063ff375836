"""From a decision to the company's inbox: one complete notice, delivered, and seen by nobody else."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.core import clock, database
from server.core.config import Settings
from server.core.database import read, write
from server.core.outbox import Work
from server.core.words import Channel, DeliveryState, Event, Refused, Scope
from server.journeys.report import answering, decision, delivery, following_up
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.companies.models import Company, Spoc
from server.ledger.delivery import attempt_store
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import Failure, ForGood
from server.ledger.delivery.models import AttemptOutcome
from server.ledger.notices import inbox_store, store
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Evidence
from server.reads import outgoing
from tests.conftest import People
from tests.messages import at_work, message_of, set_message
from tests.sending import png
from tests.story import attached, decide, flag, mails, notify

Make = Callable[..., dict[str, Any]]
SPOC = "spoc@mercado.test"


def test_a_decision_sends_one_complete_notice_to_the_spoc(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings, client: FlaskClient
) -> None:
    notice_id = notify(people, report_json())
    work_all()
    work_all()
    (mail,) = mails(settings, SPOC)
    by_mail = attached(mail)
    by_api = client.get(f"/api/v1/notices/{notice_id}", headers=people.token("mia", Scope.COMPANY)).json
    assert {name: by_api[name] for name in by_mail} == by_mail, "mail and API carry the same"
    assert mail["Subject"] == f"Notice {by_mail['reference']}: suspected wildlife listing"
    assert by_mail["listing"]["title"] == "African grey parrot, hand tame, 6 available"
    assert by_mail["listing"]["price"]["text"] == "€ 1,250 each"
    assert by_mail["suspicion"]["reasons"] == ["Six chicks at once, none with papers."]
    assert by_mail["company"] == "mercado"
    assert by_mail["basis"] == "policy"
    assert by_mail["answer_url"].startswith("http://spotter.test/answers/")


def test_neither_spotter_nor_coordinator_stands_anywhere_in_it(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    suspicion = {"category": "live", "reason": "I, Ana of Lisbon, saw it at my neighbour's."}
    notify(people, report_json(suspicion=suspicion))
    work_all()
    (mail,) = mails(settings, SPOC)
    texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    everything = "".join([str(mail.items()), *texts, json.dumps(attached(mail))])
    assert not [word for word in ("Ana", "Lisbon", "Cora", "people.test") if word in everything]


def test_a_notice_on_law_names_it_or_is_not_sent(people: People, report_json: Make) -> None:
    law = {
        "jurisdiction": "EU",
        "provision": "Regulation (EC) No 338/97, Article 8(1)",
        "effective_from": "1997-06-01",
        "source": "Annex A",
    }
    case_id = flag(people, report_json())
    with pytest.raises(Refused, match="Name the law") as refused:
        decide(people, case_id, basis="illegal")
    assert refused.value.kind == "incomplete"
    with read() as session:
        assert session.scalars(select(Notice)).all() == []
        assert session.scalars(select(Work).where(Work.kind == "deliver_notice")).all() == []
        assert session.get_one(Case, case_id).state == "open"
    notice_id = decide(people, case_id, basis="illegal", law=law)
    with read() as session:
        document = session.get_one(Notice, notice_id).document
    assert document["law"] == law
    assert document["policy_reference"] is None


def test_the_inbox_shows_a_company_its_own_notices_only(client: FlaskClient, people: People, report_json: Make) -> None:
    mine = notify(people, report_json())
    theirs = notify(people, report_json(url="https://tradepost.test/ad/4471"))
    for who, own, foreign in (("mia", mine, theirs), ("otto", theirs, mine)):
        token, browser = people.token(who, Scope.COMPANY), people.browser(who)
        assert [item["id"] for item in client.get("/api/v1/notices", headers=token).json["items"]] == [own]
        page = browser.get("/notices").text
        assert own in page
        assert foreign not in page
        assert browser.get(f"/notices/{own}").status_code == 200
        answer = {"answer": "removed"}
        assert client.get(f"/api/v1/notices/{foreign}", headers=token).status_code == 404
        assert client.post(f"/api/v1/notices/{foreign}/answers", headers=token, json=answer).status_code == 404
        assert browser.get(f"/notices/{foreign}").status_code == 404
        assert browser.post(f"/notices/{foreign}", data=answer).status_code == 404
    with read() as session:
        assert session.scalars(select(Notice.answer)).all() == [None, None]


def test_the_list_comes_due_first_a_page_at_a_time_and_is_searched(
    client: FlaskClient, people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = []
    for n, name in enumerate(("Ray", "Owl", "Ibis", "Hawk", "Newt")):
        report = report_json(url=f"https://mercado.test/itm/26537048280{n}", listing={"title": f"{name} for sale"})
        ids.append(notify(people, report))
    token = people.token("mia", Scope.COMPANY)
    monkeypatch.setattr(inbox_store, "PAGE", 2)
    listed: list[str] = []
    query: dict[str, str] = {}
    while True:
        page = client.get("/api/v1/notices", query_string=query, headers=token).json
        assert len(page["items"]) <= 2
        listed += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        query = {"cursor": page["next"]}
    assert listed == ids
    for q in ("sale hawk", "265370482803", "HAWK for"):
        items = client.get("/api/v1/notices", query_string={"q": q}, headers=token).json["items"]
        assert [item["id"] for item in items] == [ids[3]]
    assert client.get("/api/v1/notices?q=%25_", headers=token).json["items"] == []
    for bad in ("cursor=%2B%2B", "cursor=AAAA", "cursor=", "q=%00", "page=2"):
        assert client.get(f"/api/v1/notices?{bad}", headers=token).status_code == 422, bad


def test_one_notice_stands_for_a_listing_at_a_time(client: FlaskClient, people: People, report_json: Make) -> None:
    first = notify(people, report_json())
    with read() as session:
        notice = session.get_one(Notice, first)
    second = notice.document | {"id": database.new_id(), "reference": "N-00000-00000"}
    with pytest.raises(Refused, match="still waiting"), database.write() as session:
        delivery.queue_notice(
            session, case_id=notice.case_id, company_id=notice.company_id, spoc_id=None, channel="mail",
            address=SPOC, document=second,
        )  # fmt: skip
    token = people.token("mia", Scope.COMPANY)

    def answer(notice_id: str, **given: str) -> int:
        return client.post(f"/api/v1/notices/{notice_id}/answers", headers=token, json=given).status_code

    assert answer(first, answer="need_info", reason="Which of the pictures?") == 201
    again = decide(people, notice.case_id, reason="The second picture shows the ring number.")
    assert answer(first, answer="removed") == 410, "the later one stands"
    assert answer(again, answer="removed") == 201


def test_a_notice_never_changes(client: FlaskClient, people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    with read() as session:
        before = json.dumps(session.get_one(Notice, notice_id).document)
    flag(people, report_json(listing={"title": "Another title now"}))
    token = people.token("mia", Scope.COMPANY)
    client.post(f"/api/v1/notices/{notice_id}/answers", headers=token, json={"answer": "removed"})
    with read() as session:
        assert json.dumps(session.get_one(Notice, notice_id).document) == before


def test_a_picture_leaves_only_once_a_coordinator_has_marked_it_clean(
    client: FlaskClient, people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    picture = png()
    case_id = flag(people, report_json(), screenshot=picture)
    work_all()
    with read() as session:
        evidence_id = session.scalars(select(Evidence.id)).one()
    notice_id = decide(people, case_id)
    token = people.token("mia", Scope.COMPANY)
    before = client.get(f"/api/v1/notices/{notice_id}", headers=token).json
    page = before["answer_url"].removeprefix("http://spotter.test")
    assert before["listing"]["screenshot_url"] is None
    assert client.get(f"{page}/screenshot").status_code == 404
    assert client.get(f"{page}/screenshot?look=1").status_code == 404
    assert "/screenshot" not in client.get(page).text

    decision.mark_clean(evidence_id, people.ids["cora"])
    work_all()
    after = client.get(f"/api/v1/notices/{notice_id}", headers=token).json
    assert attached(mails(settings, SPOC)[0])["listing"] == after["listing"]
    shown = client.get(after["listing"]["screenshot_url"].removeprefix("http://spotter.test"))
    blurred = client.get(f"{page}/screenshot")
    assert (shown.status_code, shown.mimetype) == (200, "image/webp")
    assert blurred.data != shown.data, "blurred until asked for"
    assert picture not in (shown.data, blurred.data), "never the original"
    assert "/screenshot" in client.get(page).text


def test_portal_and_api_wait_in_the_inbox_and_a_form_waits_for_a_person(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in range(3)]
    for notice_id, channel in zip(ids, ("portal", "api", "form"), strict=True):
        set_message(notice_id, channel=channel, address="")
    form = "https://mercado.test/report"
    with write() as session:
        session.execute(update(Spoc).where(Spoc.email == "spoc@mercado.test").values(channel="form", form_url=form))
        companies.new_version(session)
    set_message(ids[2], address=form)
    work_all()
    with read() as session:
        waiting = [store.latest(session, each).id for each in session.scalars(outgoing.undelivered())]
    assert [message_of(notice_id).state for notice_id in ids] == [
        DeliveryState.DELIVERED,
        DeliveryState.DELIVERED,
        DeliveryState.QUEUED,
    ]
    assert waiting == [ids[2]]


def test_a_withdrawn_notice_does_not_leave_any_more(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    notice_id = notify(people, report_json())
    answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    work_all()
    assert mails(settings, SPOC) == []


def test_a_notice_without_an_answer_is_asked_about_once_more_and_not_again(
    client: FlaskClient, people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    waiting, answered = (notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in (1, 2))
    token = people.token("mia", Scope.COMPANY)
    work_all()
    client.post(
        f"/api/v1/notices/{answered}/answers", headers=token, json={"answer": "not_violating", "reason": "A toy."}
    )
    assert len(mails(settings, SPOC)) == 2
    for days in (6.9, 8, 9, 12):  # done work is swept away after two weeks; too late for the one before the date
        with time_machine.travel(at_work(timedelta(days=days)) if days > 7 else clock.now() + timedelta(days=days)):
            work_all()
        reminders = [mail for mail in mails(settings, SPOC) if "waits for your answer" in mail["Subject"]]
        assert [attached(mail)["id"] for mail in reminders] == [waiting] * (days >= 7)
    with read() as session:
        assert session.get_one(Notice, waiting).reminded_at
        assert session.get_one(Notice, answered).reminded_at is None
        asked = select(Work.subject_id).where(Work.kind == "remind_notice")
        assert session.scalars(asked).all() == [waiting]


def test_no_notice_names_a_policy_that_nobody_has_read(people: People, report_json: Make) -> None:
    """Where none is on file the coordinator names the rule; "its policy" would be a claim without a source."""
    with write() as session:
        session.execute(update(Company).where(Company.slug == "mercado").values(policy_url=None))
    companies._directory._forget()
    case_id, client = flag(people, report_json()), people.app.test_client()
    cora, where = people.token("cora", Scope.CASES), f"/api/v1/cases/{case_id}/decisions"
    decision = {"decision": "notify", "reason": "Six chicks at once, none with papers.", "version": 1}
    refused = client.post(where, headers=cora, json=decision)
    assert refused.status_code == 409 and refused.json["type"].endswith("/incomplete")
    assert "No policy of Mercado is on file" in refused.json["errors"]["policy_reference"][0]
    browser = people.browser("cora")
    assert "No policy of Mercado is on file" in browser.get(f"/cases/{case_id}?panel=notify").text
    form = {"decision": "notify", "version": "1", "reason": "Six chicks.", "basis": "policy", "good_faith": "y"}
    form["none_of_these"] = "y"
    page = browser.post(f"/cases/{case_id}/decisions", data=form)
    assert page.status_code == 409 and 'href="#policy_reference"' in page.text
    free = client.post(where, headers=cora, json=decision | {"policy_reference": "Rule 4.2, live wild animals"})
    assert free.status_code == 422 and "is not on the list of clauses" in free.json["errors"]["policy_reference"][0]


# --- Messages --------------------------------------------------------------------------------------------------------


def test_a_message_may_carry_many_notices_and_when_it_fails_each_case_is_undelivered(
    people: People, report_json: Make
) -> None:
    ids = [notify(people, report_json(url=f"https://mercado.test/itm/26537048280{n}")) for n in range(2)]
    for notice_id in ids:
        set_message(notice_id, event="notice.withdrawn")
    with write() as session:
        message = deliveries.queue(session, Event.CREATED, Channel.MAIL, SPOC, ids)
        assert deliveries.notice_ids(session, message.id) == ids
        claim = attempt_store.claim(session, message)
        assert claim and claim.n == 1
        attempt_store.record(
            session,
            message.id,
            claim.n,
            AttemptOutcome.PERMANENT_FAILURE,
            ForGood(Failure.ADDRESS_REFUSED, "550 no such mailbox"),
        )
    assert {message_of(notice_id).id for notice_id in ids} == {message.id}
    with read() as session:
        assert outgoing.count_undelivered(session) == 2


@pytest.mark.parametrize("event", ["reminded", "withdrawn"])
def test_what_was_sent_is_not_sent_again_when_its_worker_died_before_saying_so(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings, event: str
) -> None:
    notice_id = notify(people, report_json())
    work_all()
    if event == "withdrawn":
        answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    handler = following_up.remind_notice if event == "reminded" else following_up.take_back_notice
    with time_machine.travel(at_work(timedelta(days=7))):
        for _ in range(2):
            handler(notice_id)
    assert len(mails(settings, SPOC)) == 2, "the notice, and what followed it once"
    with read() as session:
        message = deliveries.of_notice(session, notice_id, Event(f"notice.{event}"))
        assert message and message.state == DeliveryState.DELIVERED
        assert [attempt.outcome for attempt in deliveries.attempts(session, message.id)] == ["sent"]
