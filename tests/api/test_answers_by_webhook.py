"""Mercado's program answers by a signed webhook, without a token: what is believed, what is recorded, and only once."""

import html
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from standardwebhooks import Webhook

from server.core import clock, rates
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Via
from server.journeys.report import answering, answering_by_webhook, answering_in_portal
from server.ledger.cases.models import Case
from server.ledger.companies.answer_hook_models import AnswerMessage, AnswerSecret
from server.ledger.companies.models import Company
from server.ledger.companies.signing_secret import fingerprint
from server.ledger.notices.models import GivenAnswer, Notice
from server.ledger.notices.schemas import AnswerSchema
from server.people.accounts.models import Account
from tests.conftest import People
from tests.racing import race
from tests.story import notify

Make = Callable[..., dict[str, Any]]
FOREIGN = "whsec_" + "c29tZWJvZHkgZWxzZSdzIHNlY3JldCBvZiAzMiBieXRlcy4="


class Program:
    """Mercado's: it signs with the reference library, and counts its messages."""

    def __init__(self, people: People) -> None:
        self.app, self.mia, self.number = people.app, people.browser("mia"), 0
        self.secret = self.make()
        with read() as session:
            self.company = session.scalars(select(Company.id).where(Company.slug == "mercado")).one()
        self.path = f"/api/v1/hooks/{self.company}"

    def make(self) -> str:
        self.page = self.mia.post("/team/webhooks/answers/secrets").text
        return str(re.search(r">(whsec_[\w+/=]+)<", self.page)[1])  # type: ignore[index]

    def event(self, *answers: Any) -> bytes:
        return json.dumps({"type": "notice.answered", "data": list(answers)}).encode()

    def signed(self, body: bytes, webhook_id: str = "", secret: str = "") -> dict[str, str]:
        self.number += 1
        webhook_id, now = webhook_id or f"msg_{self.number}", clock.now()
        return {
            "webhook-id": webhook_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(secret or self.secret).sign(webhook_id, now, body.decode()),
        }

    def post(self, body: bytes, headers: dict[str, str] | None = None, path: str = "", **more: str) -> Any:
        headers = self.signed(body, **more) if headers is None else headers
        kind = "application/json"
        return self.app.test_client().post(path or self.path, data=body, headers=headers, content_type=kind)


@pytest.fixture
def program(people: People) -> Program:
    return Program(people)


@pytest.fixture
def notice_ids(people: People, report_json: Make) -> list[str]:
    addresses = [f"https://mercado.test/itm/grey-parrot/26537048280{n}" for n in range(2)]
    return [notify(people, report_json(url)) for url in addresses]


def given() -> list[tuple[str, str, str]]:
    with read() as session:
        rows = session.scalars(select(GivenAnswer).order_by(GivenAnswer.id))
        return [(row.notice_id, row.answer, row.via) for row in rows]


def test_each_answer_of_a_message_is_taken_or_refused_by_itself(
    people: People, program: Program, notice_ids: list[str], report_json: Make
) -> None:
    first, second = notice_ids
    other = notify(people, report_json(url="https://tradepost.test/ad/4471"))  # another company's
    whole = {
        "id": first, "answer": "removed", "actions": ["removed the ad"], "ground": "policy", "company_reference": "T-1",
        "automated": True, "redress_url": "https://mercado.test/appeal", "statement_id": "puid-1", "reason": "Rule 2.",
    }  # fmt: skip
    reply = program.post(
        program.event(whole, {"id": second, "answer": "not_violating"}, {"id": other, "answer": "removed"}, None)
    )
    assert reply.status_code == 200, reply.text
    assert [item["status"] for item in reply.json["items"]] == [201, 422, 404, 422]
    assert reply.json["items"][0] == {"id": first, "status": 201, "answer": "removed"}
    assert "reason" in reply.json["items"][1]["errors"]
    assert given() == [(first, "removed", "webhook")]
    with read() as session:
        row = session.scalars(select(GivenAnswer)).one()
        assert {name: getattr(row, name) for name in whole if name != "id"} == {
            n: v for n, v in whole.items() if n != "id"
        }
        audited = session.scalars(select(AuditRow).where(AuditRow.action == "notice_answered")).one()
        assert (audited.actor_id, audited.detail["via"]) == (None, "webhook")
        case_id = session.get_one(Notice, first).case_id
    assert "By webhook" in people.browser("cora").get(f"/cases/{case_id}").text


def test_a_message_sent_again_gets_its_results_and_changes_nothing(program: Program, notice_ids: list[str]) -> None:
    body = program.event({"id": notice_ids[0], "answer": "removed"}, {"id": "unknown", "answer": "removed"})
    first = program.post(body, webhook_id="msg_a")
    program.post(program.event({"id": notice_ids[0], "answer": "reinstated"}))
    with time_machine.travel(clock.now() + timedelta(hours=9), tick=False):
        again = program.post(body, webhook_id="msg_a")
        assert (again.status_code, again.json) == (200, first.json) == (200, again.json)
        other = program.post(program.event({"id": notice_ids[1], "answer": "removed"}), webhook_id="msg_a")
    assert other.status_code == 422 and list(other.json["errors"]) == ["webhook-id"]
    assert [answer for _, answer, _ in given()] == ["removed", "reinstated"]


def test_what_could_not_be_recorded_is_tried_when_the_message_comes_again(
    program: Program, notice_ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = program.event(*({"id": notice_id, "answer": "removed"} for notice_id in notice_ids))
    whole = answering.answer_each

    def busy(items: Any, *arguments: Any) -> Any:
        busy_now = items[0]["id"] == notice_ids[1]
        return [{"id": notice_ids[1], "status": 503, "retry_after": 7}] if busy_now else whole(items, *arguments)

    monkeypatch.setattr(answering, "answer_each", busy)
    reply = program.post(body, webhook_id="msg_a")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "7")
    assert [item["status"] for item in reply.json["items"]] == [201, 503]
    monkeypatch.undo()
    again = program.post(body, webhook_id="msg_a")
    assert again.status_code == 200 and [item["status"] for item in again.json["items"]] == [201, 201]
    assert [notice_id for notice_id, *_ in given()] == notice_ids


@contextmanager
def busy(*answers: str) -> Iterator[None]:
    """Meanwhile these answers cannot be recorded."""
    whole = answering.answer_each

    def each(items: Any, *more: Any) -> Any:
        said = items[0]
        return [{"id": said["id"], "status": 503}] if said["answer"] in answers else whole(items, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answering, "answer_each", each)
        yield


def statuses(reply: Any) -> list[int]:
    return [item["status"] for item in reply.json["items"]]


def standing(notice_id: str) -> tuple[str | None, str]:
    with read() as session:
        notice = session.get_one(Notice, notice_id)
        return notice.answer, session.get_one(Case, notice.case_id).state


QUESTION = {"answer": "need_info", "reason": "Which of the six photos?"}


@pytest.mark.parametrize(
    ("late", "newer", "status", "stands"),
    [
        ({"answer": "removed"}, {"answer": "reinstated"}, 409, ("reinstated", "answered")),
        ({"answer": "received"}, QUESTION, 409, ("need_info", "open")),
        ({"answer": "removed"}, {"answer": "received"}, 201, ("removed", "answered")),
        ({"answer": "removed"}, {"answer": "removed"}, 201, ("removed", "answered")),
    ],
)
def test_a_late_answer_takes_no_newer_ones_place(
    program: Program, notice_ids: list[str], late: Any, newer: Any, status: int, stands: tuple[str, str]
) -> None:
    named = {"id": notice_ids[0]}
    body = program.event(named | late)
    with busy(late["answer"]):
        assert program.post(body, webhook_id="msg_a").status_code == 503
    assert program.post(program.event(named | newer)).status_code == 200
    for _ in range(2):
        again = program.post(body, webhook_id="msg_a")
        assert (again.status_code, statuses(again)) == (200, [status])
    assert standing(notice_ids[0]) == stands


def test_an_answer_that_waits_to_count_is_newer_too(people: People, program: Program, notice_ids: list[str]) -> None:
    body = program.event({"id": notice_ids[0], "answer": "removed"})
    with busy("removed"):
        program.post(body, webhook_id="msg_a")
    values = {"answer": "not_violating", "reason": "Captive bred, with papers."}
    batch = answering_in_portal.begin(program.company, people.ids["mia"])._replace(
        due_at=clock.now() + timedelta(hours=1)
    )
    assert (
        answering_in_portal.answer(batch, notice_ids[0], AnswerSchema().load(values))
        is answering_in_portal.Became.WAITS
    )
    assert statuses(program.post(body, webhook_id="msg_a")) == [409] and given() == []


@pytest.mark.parametrize("way", ["webhook", "portal", "bulk", "api"])
def test_an_older_answer_takes_no_place_of_one_that_was_repeated_word_for_word(
    people: People, program: Program, notice_ids: list[str], way: str
) -> None:
    named = {"id": notice_ids[0]}
    program.post(program.event(named | {"answer": "removed"}))
    late = program.event(named | {"answer": "reinstated"})
    with busy("reinstated"):
        program.post(late, webhook_id="msg_late")
    if way == "webhook":
        assert statuses(program.post(program.event(named | {"answer": "removed"}))) == [201]
    else:
        via = Via.API if way == "api" else Via.PORTAL
        values = AnswerSchema().load({"answer": "removed"})
        if way == "bulk":
            batch = answering_in_portal.begin(program.company, people.ids["mia"])
            assert answering_in_portal.answer(batch, notice_ids[0], values) is answering_in_portal.Became.SAME
        else:
            assert not answering.answer_notice(notice_ids[0], values, via, people.ids["mia"], program.company)
    assert [statuses(program.post(late, webhook_id="msg_late")) for _ in range(2)] == [[409], [409]]
    assert standing(notice_ids[0]) == ("removed", "answered") and len(given()) == 1


def test_an_older_answer_takes_no_place_of_one_that_waits_and_was_repeated(
    people: People, program: Program, notice_ids: list[str]
) -> None:
    values = AnswerSchema().load({"answer": "not_violating", "reason": "Captive bred, with papers."})
    batch = answering_in_portal.begin(program.company, people.ids["mia"])._replace(
        due_at=clock.now() + timedelta(hours=1)
    )
    late = program.event({"id": notice_ids[0], "answer": "removed"})
    became = [answering_in_portal.answer(batch, notice_ids[0], values)]
    with busy("removed"):
        program.post(late, webhook_id="msg_late")
    became.append(answering_in_portal.answer(batch, notice_ids[0], values))
    assert became == [answering_in_portal.Became.WAITS, answering_in_portal.Became.SAME]
    assert statuses(program.post(late, webhook_id="msg_late")) == [409] and given() == []


def test_of_two_answers_that_both_come_again_the_one_that_first_came_later_stands(
    program: Program, notice_ids: list[str]
) -> None:
    older, newer = (program.event({"id": notice_ids[0], "answer": answer}) for answer in ("removed", "reinstated"))
    with busy("removed", "reinstated"):
        program.post(older, webhook_id="msg_older")
        program.post(newer, webhook_id="msg_newer")
    assert statuses(program.post(older, webhook_id="msg_older")) == [201]
    assert statuses(program.post(newer, webhook_id="msg_newer")) == [201]
    assert standing(notice_ids[0]) == ("reinstated", "answered")


def test_what_a_message_repeats_is_not_newer_than_what_it_says_after_it(
    people: People, program: Program, notice_ids: list[str]
) -> None:
    answering.answer_notice(
        notice_ids[0], AnswerSchema().load({"answer": "removed"}), Via.PORTAL, people.ids["mia"], program.company
    )
    body = program.event(*({"id": notice_ids[0], "answer": answer} for answer in ("removed", "reinstated")))
    with busy("reinstated"):
        assert statuses(program.post(body, webhook_id="msg_a")) == [201, 503]
    assert statuses(program.post(body, webhook_id="msg_a")) == [201, 201]
    assert standing(notice_ids[0]) == ("reinstated", "answered")


def test_answers_of_one_message_keep_their_order_when_it_comes_again(program: Program, notice_ids: list[str]) -> None:
    one, other = ({"id": notice_id} for notice_id in notice_ids)
    last = {"answer": "not_violating", "reason": "Captive bred, with papers."}
    body = program.event(*(one | {"answer": answer} for answer in ("received", "removed")), one | last, other | last)
    with busy("removed"):
        assert statuses(program.post(body, webhook_id="msg_a")) == [201, 503, 503, 201]
    assert statuses(program.post(body, webhook_id="msg_a")) == [201, 201, 201, 201]
    assert [answer for notice_id, answer, _ in given() if notice_id == one["id"]] == [
        "received", "removed", "not_violating",
    ]  # fmt: skip


def test_a_request_that_broke_off_between_two_answers_is_taken_up_there(
    program: Program, notice_ids: list[str]
) -> None:
    said = [{"id": notice_ids[0], "answer": answer} for answer in ("removed", "reinstated", "removed")]
    with busy("reinstated"):
        program.post(program.event(*said), webhook_id="msg_a")
    with write() as session:
        session.execute(update(AnswerMessage).values(results=None))
    assert statuses(program.post(program.event(*said), webhook_id="msg_a")) == [201, 201, 201]
    assert [answer for _, answer, _ in given()] == ["removed", "reinstated", "removed"]


def test_a_late_answer_and_a_newer_one_at_once_leave_the_newer(
    app: Flask, program: Program, notice_ids: list[str]
) -> None:
    for notice_id in notice_ids:
        late, newer = (program.event({"id": notice_id, "answer": answer}) for answer in ("removed", "reinstated"))
        with busy("removed"):
            program.post(late, webhook_id=f"late {notice_id}")
        sent = [(late, program.signed(late, f"late {notice_id}")), (newer, program.signed(newer))]
        jobs = [lambda body=body, signed=signed: answering_by_webhook.receive(program.company, signed, body)
                for body, signed in sent]  # fmt: skip
        assert race(app, jobs) == ["won", "won"]
        assert standing(notice_id) == ("reinstated", "answered")


def test_a_request_that_broke_off_leaves_nothing_to_double(program: Program, notice_ids: list[str]) -> None:
    body = program.event({"id": notice_ids[0], "answer": "removed"})
    program.post(body, webhook_id="msg_a")
    with write() as session:  # it recorded the answer, and broke off before it kept the results
        session.execute(update(AnswerMessage).values(results=None, busy_until=clock.now() + timedelta(minutes=1)))
    program.post(program.event({"id": notice_ids[0], "answer": "reinstated"}))
    busy = program.post(body, webhook_id="msg_a")
    assert busy.status_code == 409 and busy.headers["Retry-After"]
    with time_machine.travel(clock.now() + timedelta(minutes=3), tick=False):
        assert program.post(body, webhook_id="msg_a").json["items"][0]["status"] == 201
    assert [answer for _, answer, _ in given()] == ["removed", "reinstated"]


def test_many_copies_at_once_record_one_answer(app: Flask, program: Program, notice_ids: list[str]) -> None:
    body = program.event({"id": notice_ids[0], "answer": "removed"})
    headers = program.signed(body)
    results = race(app, [lambda: answering_by_webhook.receive(program.company, headers, body)] * 12)
    assert set(results) <= {"won", "in-flight"} and "won" in results
    assert len(given()) == 1


def flipped(headers: dict[str, str], name: str) -> dict[str, str]:
    value = headers[name]
    place = 5 if name == "webhook-signature" else -1
    changed = "1" if value[place] != "1" else "2"
    return headers | {name: value[:place] + changed + value[place:][1:]}


def test_what_no_active_secret_has_signed_is_refused_and_says_no_more(program: Program, notice_ids: list[str]) -> None:
    body = program.event({"id": notice_ids[0], "answer": "removed"})
    good = program.signed(body)
    late = {"webhook-timestamp": str(int(clock.now().timestamp()) - 301)}
    forged = [
        *(flipped(good, name) for name in good),
        *({n: v for n, v in good.items() if n != name} for name in good),
        {},
        program.signed(body, secret=FOREIGN),
        good | late,
        good | {"webhook-signature": good["webhook-signature"].replace("v1,", "v2,")},
        *(good | {"webhook-signature": text} for text in ("v1", "v1,é", "v1,=", "v1,", ",", " ")),
        *(
            good | {"webhook-timestamp": text}
            for text in ("nan", "1e400", "-1", "9" * 40, "٣", good["webhook-timestamp"] + ".5")
        ),
    ]
    answers = [program.post(body, headers) for headers in forged]
    answers.append(program.post(body + b" ", good))
    answers.append(program.post(b"\xff" + body, good))
    answers += [program.post(body, good, f"/api/v1/hooks/{name}") for name in ("nobody", "mercado")]
    assert {answer.status_code for answer in answers} == {401} and len({answer.text for answer in answers}) == 1
    for minutes in (-6, 6):
        with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False):
            assert program.post(body, good).status_code == 401
    assert not given()
    several = good["webhook-signature"] + " " + program.signed(body, secret=FOREIGN)["webhook-signature"]
    assert program.post(body, good | {"webhook-signature": several}).status_code == 200


def test_both_secrets_count_while_one_is_rotated(program: Program, notice_ids: list[str]) -> None:
    old, new = program.secret, program.make()
    assert program.mia.post("/team/webhooks/answers/secrets").status_code == 409, "two at most"
    page = program.mia.get("/team/webhooks").text
    assert old not in page and new not in page and fingerprint(old) in page and fingerprint(new) in page
    test = b'{"type": "webhook.test", "data": {"hello": 1}}'
    assert [program.post(test, secret=secret).status_code for secret in (old, new)] == [200, 200]
    retire = "/team/webhooks/answers/secrets/{}/retire"
    assert program.mia.post(retire.format(fingerprint(old))).status_code == 302
    assert program.mia.post(retire.format(fingerprint(old))).status_code == 404
    assert [program.post(test, secret=secret).status_code for secret in (old, new)] == [401, 200]
    assert program.mia.post(retire.format(fingerprint(new))).status_code == 302
    assert program.post(test, secret=new).status_code == 401, "without a secret nothing is accepted"
    with read() as session:
        rows = session.scalars(
            select(AuditRow).where(AuditRow.action.like("answer_secret_%")).order_by(AuditRow.seq)
        ).all()
        assert [row.action.removeprefix("answer_secret_") for row in rows] == ["made", "made", "retired", "retired"]
        assert new not in str([row.detail for row in rows]) and {row.object_id for row in rows} == {program.company}


def test_secrets_that_cannot_be_read_any_more_are_shown_as_such_and_leave_room_for_new_ones(
    people: People, program: Program
) -> None:
    program.make()
    program.app.config["SPOTTER"] = replace(program.app.config["SPOTTER"], secret_key="c3" * 32)
    page, dead = program.mia.get("/team/webhooks").text, "It cannot be read any more: retire it and make a new one."
    assert page.count(dead) == 2 and "We accept what any of these has signed." not in page
    assert "Make a new secret" in page
    seen = people.browser("cora").get("/companies/mercado/team").text
    assert seen.count("It cannot be read any more: nothing it signs is accepted.") == 2
    test = b'{"type": "webhook.test"}'
    assert program.post(test).status_code == 401
    assert [program.post(test, secret=program.make()).status_code for _ in range(2)] == [200, 200]
    assert program.mia.post("/team/webhooks/answers/secrets").status_code == 409, "two at most"
    assert program.mia.post(f"/team/webhooks/answers/secrets/{fingerprint(program.secret)}/retire").status_code == 302


def test_the_desk_retires_a_secret_that_outlives_its_makers_account(people: People, program: Program) -> None:
    retire = f"/companies/mercado/team/secrets/{fingerprint(program.secret)}/retire"
    assert people.browser("ana").post(retire).status_code == program.mia.post(retire).status_code == 403
    with write() as session:
        session.get_one(Account, people.ids["mia"]).disabled_at = clock.now()
    test = b'{"type": "webhook.test"}'
    assert program.post(test).status_code == 200
    cora = people.browser("cora")
    page = cora.get("/companies/mercado/team").text
    assert retire in page and people.ids["mia"] in page and program.secret not in page
    assert [cora.post(retire).status_code for _ in range(2)] == [302, 404]
    assert program.post(test).status_code == 401
    with read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "answer_secret_retired")).one()
        assert (row.actor_id, row.object_id) == (people.ids["cora"], program.company)


def test_a_secret_is_kept_encrypted_and_managers_alone_make_it(people: People, program: Program) -> None:
    with read() as session:
        sealed = session.scalars(select(AnswerSecret.sealed)).one()
    assert program.secret.removeprefix("whsec_") not in sealed
    for who in ("cora", "ana"):
        assert people.browser(who).post("/team/webhooks/answers/secrets").status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 422),
        (b'{"type": "notice.created", "data": []}', 422),
        (b'{"type": "notice.answered"}', 200),
        (b'{"type": "notice.answered", "data": {}}', 422),
        (b'{"type": "notice.answered", "data": [], "more": 1}', 422),
        (b'{"type": "notice.answered", "timestamp": "2026-11-24T10:00:00Z", "data": []}', 200),
        (b'{"type": "notice.answered", "data": ' + json.dumps([None] * 501).encode() + b"}", 422),
        (b'{"type": "notice.answered", "data": [{"id": "\\u0000", "answer": "removed"}]}', 200),
        (b'{"type": "' + b"x" * 1_100_000 + b'"}', 413),
    ],
)
def test_a_signed_message_that_is_none_is_refused_in_words(program: Program, body: bytes, status: int) -> None:
    assert program.post(body).status_code == status
    assert not given()


def test_a_body_of_unsaid_length_is_read_to_its_limit_alone(program: Program) -> None:
    class Endless:
        taken = 0

        def read(self, size: int = -1) -> bytes:
            self.taken += max(size, 0)
            assert self.taken < 5_000_000
            return b"x" * size

    sent = {"wsgi.input": Endless(), "wsgi.input_terminated": True, "CONTENT_LENGTH": None}
    kind = "application/json"
    reply = program.app.test_client().post(program.path, content_type=kind, environ_overrides=sent)
    assert reply.status_code == 413 and "1 MB" in reply.text


@pytest.fixture
def limited(app: Flask) -> Iterator[None]:
    app.config["SPOTTER"] = replace(app.config["SPOTTER"], reports_per_minute=60)
    rates._limiter.storage.reset()
    yield
    rates._limiter.storage.reset()


def test_a_network_that_guesses_is_told_to_wait(limited: None, program: Program) -> None:
    answers = [program.post(b"{}", {}).status_code for _ in range(121)]
    assert answers == [401] * 120 + [429]


def test_the_command_on_the_page_sends_what_is_believed(program: Program, tmp_path: Path) -> None:
    command = html.unescape(re.search(r'data-copy="(SECRET[^"]+)"', program.page)[1])  # type: ignore[index]
    curl = tmp_path / "curl"
    curl.write_text('#!/bin/sh\nfor part in "$@"; do printf "%s\\n" "$part"; done\n')
    curl.chmod(0o755)
    run = ["/bin/sh", "-c", f'PATH="{tmp_path}:$PATH"\n{command}']
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    headers = dict(part.split(": ", 1) for part in said if ": " in part and not part.startswith("{"))
    headers.pop("content-type")
    assert said[-1] == "http://spotter.test" + program.path
    assert program.post(said[1].encode(), headers).json == {"items": []}
    assert "Last message" in program.mia.get("/team/webhooks").text
