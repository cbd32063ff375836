"""Names planted in every field of a report and of a decision come out on no channel: mail, portal, API, webhook, link, form."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from server.core import clock, post
from server.core.config import Settings
from server.core.database import db, read, write
from server.core.words import Scope
from server.journeys.report import answering, naming
from server.ledger.cases.models import Case
from server.ledger.notices import compose, facts, link
from server.ledger.notices.models import Notice
from server.people.accounts.models import Account
from server.reads import outgoing
from tests.conftest import People
from tests.messages import at_work
from tests.story import flag, mails

SPOTTER, COORDINATOR = "Zephyrine Quillfeather", "Cora Lindqvist"
SECRETS = ("quillfeather", "zephyrine", "lindqvist", "ana@people.test", "ana%40people.test", "7f3a9c")
Make = Callable[..., dict[str, Any]]

# Where a page, a program or a volunteer can put a name into a report.
IN_REPORT: dict[str, dict[str, Any]] = {
    "query": {"url": "?user=ana@people.test&sid=7f3a9c&u_code=Quillfeather"},
    "fragment": {"url": "#quillfeather"},
    "path": {"url": "/zephyrine-quillfeather"},
    "title": {"listing": {"title": f"Hi {SPOTTER} - ivory figure"}},
    "masked title": {"listing": {"title": "Ivory, Qui11feather asked"}},
    "title with an address": {"listing": {"title": "Ivory https://x.com/a/status/1?t=7f3a9c"}},
    "description": {"listing": {"description": f"Dear {SPOTTER}"}},
    "seller": {
        "listing": {"seller": {"name": f"chat with {SPOTTER}", "url": "https://mercado.test/u?for=Quillfeather"}}
    },
    "price": {"listing": {"price": {"amount": None, "currency": None, "text": "for Zephyrine: 20"}}},
    "location": {"listing": {"location": f"Ship to {SPOTTER}"}},
    "images": {"listing": {"images": [{"url": "https://cdn.test/1.png?u=ana%40people.test", "alt": SPOTTER}]}},
    "structured data": {"listing": {"structured_data": [{"@type": "Product", "name": SPOTTER}]}},
    "species": {"suspicion": {"species": SPOTTER}},
    "reason": {"suspicion": {"reason": f"I, {SPOTTER}, saw it."}},
    "client": {"client": {"extension_version": "1", "browser": SPOTTER, "viewport": "ana@people.test"}},
}
# Where a coordinator can put one into a decision.
LAW = {"jurisdiction": "EU", "provision": "Art. 8", "effective_from": "1997-06-01"}
IN_DECISION: dict[str, dict[str, Any]] = {
    "reason": {"reason": f"{SPOTTER} (ana@people.test) and coordinator Cora say so."},
    "clause": {"policy_reference": f"Rule 2, {COORDINATOR}"},
    "jurisdiction": {"basis": "illegal", "law": LAW | {"jurisdiction": COORDINATOR}},
    "provision": {"basis": "illegal", "law": LAW | {"provision": f"Art. 8, {COORDINATOR}"}},
    "taxa": {"taxa": [SPOTTER]},
    "ad words": {"reason": "Ask Lindqvist.", "ad_words": ["Ask", "Lindqvist"]},
}


@pytest.fixture
def desk(people: People) -> People:
    with write() as session:
        session.get_one(Account, people.ids["ana"]).name = SPOTTER
        session.get_one(Account, people.ids["cora"]).name = COORDINATOR
    return people


def planted(report_json: Make, number: int, plant: dict[str, Any]) -> dict[str, Any]:
    address = f"https://mercado.test/itm/{100000000 + number}"
    if plant.get("url", "").startswith("/"):
        address = f"https://mercado.test/u{plant['url']}/itm/{100000000 + number}"
    report = report_json(address + plant["url"] if plant.get("url", "/")[0] in "?#" else address)
    for name in ("listing", "suspicion"):
        report[name] = report[name] | plant.get(name, {})
    return report | {name: plant[name] for name in ("client",) if name in plant}


def decide(desk: People, case_id: str, **more: Any) -> int:
    """Cora notifies by the API; the HTTP status."""
    with read() as session:
        version = session.get_one(Case, case_id).version
    body = {"decision": "notify", "reason": "None with papers.", "version": version} | more
    client, headers = desk.app.test_client(), desk.token("cora", Scope.CASES)
    status: int = client.post(f"/api/v1/cases/{case_id}/decisions", headers=headers, json=body).status_code
    return status


def send_all(desk: People, report_json: Make) -> dict[str, str]:
    """Plant, decide, and when that is refused decide again without the field; the case of each plant that left."""
    left = {}
    for number, (name, plant) in enumerate(IN_REPORT.items()):
        case_id = flag(desk, planted(report_json, number, plant))
        if 201 in (decide(desk, case_id), decide(desk, case_id, leave_out=["title", "seller", "description"])):
            left[name] = case_id
    for number, (name, more) in enumerate(IN_DECISION.items(), 50):
        case_id = flag(desk, planted(report_json, number, {}))
        if 201 in (decide(desk, case_id, **more), decide(desk, case_id)):
            left[name] = case_id
    return left


def outputs(desk: People, settings: Settings) -> Iterator[tuple[str, str]]:
    """All that the company can read, by channel."""
    for mail in mails(settings, "spoc@mercado.test"):
        for part in mail.walk():
            if not part.is_multipart():
                content = part.get_payload(decode=True)
                yield f"mail {mail['Subject']}", content.decode() if isinstance(content, bytes) else str(content)
        yield "mail headers", str(mail.items())
    client = desk.app.test_client()
    page = client.get("/api/v1/notices", headers=desk.token("mia", Scope.COMPANY)).json
    mia = desk.browser("mia")
    for tab in ("open", "withdrawn"):
        yield "inbox", mia.get(f"/notices?tab={tab}").text
    with read() as session:
        notices = session.query(Notice).all()
        carried = outgoing.documents(session, notices)
        paths = {notice.id: link.answer_url(notice.id).removeprefix("http://spotter.test") for notice in notices}
    for item in carried:
        yield "form", post.render("cases/to_paste.txt", facts.context(item))
        yield "webhook", json.dumps(compose.thin(item))
        yield "portal", mia.get(f"/notices/{item['id']}").text
        yield "link", client.get(paths[item["id"]]).text
    assert len(page["items"]) == len(carried)
    yield "api", json.dumps(page, ensure_ascii=False)


def leaks(desk: People, settings: Settings) -> set[tuple[str, str]]:
    """Which secrets came out where."""
    found = {(channel, word) for channel, text in outputs(desk, settings) for word in SECRETS if word in text.lower()}
    db.session.remove()
    return found


def carry_all(desk: People, report_json: Make, work_all: Callable[[], int]) -> dict[str, str]:
    """Notices, reminders and withdrawals."""
    left = send_all(desk, report_json)
    work_all()
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        work_all()
    with time_machine.travel(at_work(timedelta(days=8)), tick=True):
        work_all()
        with read() as session:
            ids = [notice.id for notice in session.query(Notice).limit(2)]
        for notice_id in ids:
            answering.withdraw_notice(notice_id, desk.ids["dan"], "We were wrong.")
        work_all()
    return left


def test_no_name_comes_out_on_any_channel(
    desk: People, report_json: Make, settings: Settings, work_all: Callable[[], int]
) -> None:
    left = carry_all(desk, report_json, work_all)
    stays = {"path", "price"}  # in no field that can be left out: a coordinator sends it another way
    assert set(left) == (set(IN_REPORT) | set(IN_DECISION)) - stays, "what is refused can be sent without the name"
    events = {mail["Subject"].partition(" N-")[0] for mail in mails(settings, "spoc@mercado.test")}
    assert len(mails(settings, "spoc@mercado.test")) > len(left), events
    assert leaks(desk, settings) == set()


def test_they_are_found_when_nobody_looks(
    desk: People, report_json: Make, settings: Settings, work_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutation: the check finds nothing. Every channel leaks."""
    monkeypatch.setattr(naming, "_find", lambda *_: [])
    carry_all(desk, report_json, work_all)
    found = leaks(desk, settings)
    assert {channel.partition(" ")[0] for channel, _ in found} == {
        "mail",
        "form",
        "webhook",
        "portal",
        "inbox",
        "link",
        "api",
    }
    assert {word for _, word in found} >= {"quillfeather", "zephyrine", "lindqvist", "ana@people.test"}
