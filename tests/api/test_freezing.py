"""Somebody threatens Quillana, a volunteer. Her account is frozen with one click: nothing of hers leaves, nobody sees her."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from server.core import clock, endpoints, work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import CaseState, Channel, DeliveryState, Event, Level, Refused, Role, Scope, Via
from server.journeys.report import answering, decision, delivery, naming, replying
from server.journeys.spotter import accrediting, closing, erasing, freezing, joining
from server.ledger.cases.models import Case
from server.ledger.delivery.models import Message
from server.ledger.reports import store as reports
from server.ledger.reports.models import Evidence, Report
from server.people.accounts.models import Account, FrozenName
from tests import photos
from tests.conftest import PASSWORD, People
from tests.digests import SPOC, digest_contact, due, next_slot, worker_at
from tests.messages import set_message
from tests.sending import send
from tests.story import attached, flag, mails

NAME, EMAIL = "Quillana Threatened", "quillana@people.test"
REASON = f"{NAME} saw him at the market."


@pytest.fixture(autouse=True)
def _unguarded(app):
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def quill(app, people: People, report_json):
    """Quillana is accredited and has reported a parrot; the case's id."""
    people.ids["quillana"] = joining.add_account(EMAIL, NAME, Role.SPOTTER, PASSWORD)
    accrediting.accredit_by_email(EMAIL, "cora@people.test", "Careful.", Level.PROBATION, waive_exam=True)
    return report(people, report_json, "quillana")


def report(people, report_json, key):
    stated = report_json()
    stated["suspicion"] = stated["suspicion"] | {"reason": REASON}
    answer = send(people.app.test_client(), people.token(key), stated)
    assert answer.status_code == 201, answer.text
    with read() as session:
        return session.scalars(select(Report.case_id).where(Report.id == answer.json["id"])).one()


def freeze(people):
    freezing.freeze(people.ids["quillana"], people.ids["cora"])


def notify(people, case_id, **more):
    with read() as session:
        version = session.get_one(Case, case_id).version
    return decision.decide(
        case_id, people.ids["dan"], decision="notify", note="Chicks without papers.", version=version, **more
    )


def walk(people, case_id):
    """Every page and every API answer that staff can GET, with what they show."""
    browsers = {key: people.browser(key) for key in ("cora", "ada", "ana")}
    values = {"account_id": people.ids["quillana"], "case_id": case_id}
    adapter = people.app.url_map.bind("spotter.test")
    for rule in people.app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.arguments - set(values) or rule.endpoint == "static":
            continue
        path = adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})
        if endpoints.RULES[rule.endpoint].scope is None:
            for key, browser in browsers.items():
                yield f"{key} {path}", browser.get(path, buffered=True)
    client = people.app.test_client()
    for path in ("/api/v1/cases", f"/api/v1/cases/{case_id}"):
        yield path, client.get(path, headers=people.token("cora", Scope.CASES))


def tells(answer):
    return b"Quillana" in answer.data or EMAIL.encode() in answer.data


def test_her_name_is_on_no_page_no_export_and_in_no_api_answer_while_she_is_frozen(people, report_json, quill):
    shown = {where for where, answer in walk(people, quill) if tells(answer)}
    assert any("/people" in where for where in shown) and any("/cases/" in where for where in shown), (
        "the walk sees her"
    )
    freeze(people)
    pages = dict(walk(people, quill))
    assert len(pages) > 60
    assert {where for where, answer in pages.items() if answer.status_code >= 500} <= {
        f"{key} /readyz" for key in ("cora", "ada", "ana")
    }, "no worker runs here"
    for where, answer in pages.items():
        assert not tells(answer), where
    assert pages[f"cora /people/{people.ids['quillana']}/record.json"].status_code == 409
    freezing.unfreeze(people.ids["quillana"], people.ids["dan"], "She has moved and is safe.")
    assert NAME in people.browser("cora").get("/people").text


def test_with_one_click_on_her_profile_she_is_out_everywhere_and_gets_no_mail(people, quill, work_all, settings):
    browser, token = people.browser("quillana"), people.token("quillana")
    assert "Freeze my account now" in browser.get("/profile").text
    answer = browser.post("/profile/freeze")
    assert answer.status_code == 200 and "Your account is frozen" in answer.text
    assert browser.get("/reports").status_code == 302
    client = people.app.test_client()
    assert client.get("/api/v1/reports", headers=token).status_code == 401
    assert client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD}).status_code == 422
    for path in ("/forgotten", "/sign-in/link"):
        client.post(path, data={"email": EMAIL})
    joining.ask(EMAIL, "Somebody")
    work_all()
    assert mails(settings, EMAIL) == [] and not [mail for mail in mails(settings) if "frozen.invalid" in mail["To"]]
    with read() as session:
        assert session.scalars(select(AuditRow.action).where(AuditRow.object_id == people.ids["quillana"])).all()[
            -1
        ] == ("account_frozen")


def test_what_she_alone_reported_is_not_notified_and_the_page_says_why(people, report_json, quill):
    freeze(people)
    assert "only frozen accounts reported what this notice says" in people.browser("cora").get(f"/cases/{quill}").text
    with pytest.raises(Refused, match="frozen accounts reported"):
        notify(people, quill)
    report(people, report_json, "ana")
    assert "frozen accounts reported" not in people.browser("cora").get(f"/cases/{quill}").text
    assert notify(people, quill)


def test_a_notice_that_waits_to_leave_is_held_until_she_is_unfrozen(people, quill, work_all, settings):
    notice_id = notify(people, quill)
    freeze(people)
    with pytest.raises(work.Retry, match="frozen"):
        delivery.deliver_notice(notice_id)
    work_all()
    assert mails(settings, "spoc@mercado.test") == []
    page = people.browser("cora").get(f"/cases/{quill}").text
    assert "only frozen accounts reported what this notice says" in page, "whoever looks reads why it waits"
    with read() as session:
        assert session.scalars(select(Message.state)).all() == ["queued"]
    freezing.unfreeze(people.ids["quillana"], people.ids["cora"], "She is safe.")
    delivery.deliver_notice(notice_id)
    assert len(mails(settings, "spoc@mercado.test")) == 1


def test_a_notice_about_her_report_and_anothers_still_may_not_name_her(people, report_json, quill):
    report(people, report_json, "ana")
    freeze(people)
    with read() as session:
        reporters = reports.reporters(session, quill)
        with pytest.raises(Refused) as refused:
            naming.refuse_names(session, {"reason": f"As {NAME} said."}, reporters)
    assert refused.value.kind == "names-a-person"


def test_a_coordinator_unfreezes_with_a_reason_and_nobody_else_does(people, quill):
    cora, page = people.browser("cora"), f"/people/{people.ids['quillana']}"
    assert cora.post(f"{page}/freeze").status_code == 302
    with pytest.raises(Refused, match="frozen already"):
        freeze(people)
    assert people.browser("ada").post(f"{page}/unfreeze", data={"why": "x"}).status_code == 403
    with pytest.raises(Refused, match="frozen"):
        closing.reopen(people.ids["quillana"], people.ids["ada"], "x")
    assert NAME not in cora.get(f"/people?q={EMAIL}").text
    assert page in cora.get(f"/people?q={EMAIL}").text, "who knows her address finds her"
    assert cora.post(f"{page}/unfreeze", data={"why": " "}).status_code == 422
    assert cora.post(f"{page}/unfreeze", data={"why": "She is safe."}).status_code == 302
    assert NAME in cora.get(page).text and "She is safe." in cora.get(page).text
    again = people.app.test_client().post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert again.status_code == 302
    assert cora.post(f"{page}/unfreeze", data={"why": "x"}).status_code == 422


def test_only_a_spotters_own_account_or_a_coordinator_freezes(people, quill):
    for by in ("ana", "ada", "mia"):
        with pytest.raises(Refused):
            freezing.freeze(people.ids["quillana"], people.ids[by])
    with pytest.raises(Refused):
        freezing.freeze(people.ids["dan"], people.ids["cora"])


def test_a_frozen_account_can_be_erased_and_nothing_of_her_name_is_left(people, quill):
    freeze(people)
    erasing.erase(people.ids["quillana"], people.ids["cora"])
    with read() as session:
        assert session.scalars(select(FrozenName)).all() == []
        assert session.get_one(Account, people.ids["quillana"]).name == "Erased"
        assert "Quillana" not in session.scalars(select(Report.reason)).one()


@pytest.mark.parametrize("waits", ["decided", "queued", "gathered"])
def test_what_was_held_when_she_is_erased_never_leaves_and_comes_back_to_the_desk(people, quill, settings, waits):
    if waits == "gathered":
        digest_contact()
    undo_until = clock.now() + timedelta(seconds=30) if waits == "decided" else None
    notify(people, quill, undo_until=undo_until)
    freeze(people)
    worker_at(next_slot())
    erasing.erase(people.ids["quillana"], people.ids["cora"])
    for days in range(1, 5):  # over a weekend, on which no digest leaves
        worker_at(next_slot() + timedelta(days=days))
    assert mails(settings, SPOC) == []
    assert "was erased while their account was frozen" in people.browser("cora").get(f"/cases/{quill}").text
    with pytest.raises(Refused, match="frozen accounts reported"):
        notify(people, quill)


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.FORM])
def test_so_does_a_reply(people, quill, settings, channel):
    notice_id = notify(people, quill)
    worker_at(clock.now())
    set_message(notice_id, channel=channel)
    answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which bird?"}, Via.LINK)
    replying.reply_to_company(notice_id, people.ids["cora"], "The grey one.")
    freeze(people)
    worker_at(clock.now() + timedelta(hours=1))
    erasing.erase(people.ids["quillana"], people.ids["cora"])
    worker_at(clock.now() + timedelta(hours=2))
    worker_at(clock.now() + timedelta(hours=3))
    assert len(mails(settings, SPOC)) == 1 and due("deliver_reply") == []
    with read() as session:
        state = select(Message.state).where(Message.event == Event.REPLIED)
        assert session.scalars(state).all() == [DeliveryState.FAILED]
        assert session.get_one(Case, quill).state == CaseState.OPEN


@pytest.mark.parametrize("gathered", [False, True])
def test_a_reminder_that_was_held_when_she_is_erased_ends(people, quill, settings, gathered):
    if gathered:
        digest_contact()
    notify(people, quill)
    worker_at(next_slot())
    left = len(mails(settings, SPOC))
    freeze(people)
    for days in range(1, 25):
        worker_at(next_slot() + timedelta(days=days))
    assert due("remind_early") + due("remind_notice"), "they wait"
    erasing.erase(people.ids["quillana"], people.ids["cora"])
    for days in range(25, 29):
        worker_at(next_slot() + timedelta(days=days))
    assert len(mails(settings, SPOC)) == left == 1 and due("remind_early") + due("remind_notice") == []


def test_nobody_else_takes_her_address_meanwhile(people, quill):
    freeze(people)
    with pytest.raises(Refused, match="already an account"):
        joining.add_account(EMAIL, "Other", Role.SPOTTER, PASSWORD)


HERS = {"title": "Quill grey parrot", "seller": {"name": "Quillmarket"}, "price": {"amount": "111", "currency": "EUR"}}
ANAS = {
    "title": "African grey parrot, 8 weeks",
    "seller": {"name": "Anas Vogelwelt"},
    "price": {"amount": "222", "currency": "EUR"},
}


@pytest.fixture
def seen_by_two(app, people: People, report_json, quill, work_all):
    """Quillana reports another ad first, with a screenshot that is marked clean; Ana reports it, too. The case's id."""
    address = "https://www.mercado.test/itm/520000000777"
    hers = report_json(url=address, listing=HERS)
    case_id = flag(people, hers, "quillana", screenshot=photos.encoded(photos.photo(3)))
    assert flag(people, report_json(url=address, listing=ANAS)) == case_id
    work_all()
    with write() as session:
        session.execute(update(Evidence).values(clean_at=clock.now(), clean_by=people.ids["cora"]))
    return case_id


def outside(people, notice_id):
    """Everything that Mercado's people and programs read of a notice, by where."""
    mia, client = people.browser("mia"), people.app.test_client()
    token = people.token("mia", Scope.COMPANY)
    answer_url = client.get(f"/api/v1/notices/{notice_id}", headers=token).json["answer_url"]
    path = answer_url[answer_url.index("/answers/") :]
    return {
        "api": client.get(f"/api/v1/notices/{notice_id}", headers=token),
        "list": client.get("/api/v1/notices", headers=token), "answers": client.get(path),
        "inbox": mia.get("/notices"), "table": mia.post("/notices.csv"),
    }, client.get(f"{path}/screenshot?look=1")  # fmt: skip


def test_of_an_ad_that_another_reported_too_nothing_of_hers_leaves(people, seen_by_two, work_all, settings):
    freeze(people)
    notice_id = notify(people, seen_by_two)
    work_all()
    [mail] = mails(settings, "spoc@mercado.test")
    attached_ = json.loads(next(part for part in mail.iter_attachments() if part.get_filename()).get_content())
    assert attached_["listing"]["title"] == ANAS["title"] and attached_["listing"]["seller"] == "Anas Vogelwelt"
    assert attached_["listing"]["price"]["amount"] == "222" and attached_["listing"]["screenshot_url"] is None
    assert "Quill" not in mail.as_string()
    pages, picture = outside(people, notice_id)
    assert picture.status_code == 404
    for where, page in pages.items():
        assert page.status_code == 200 and "Quill" not in page.text, where


def test_a_notice_that_has_left_shows_nothing_of_hers_while_she_is_frozen(people, seen_by_two, work_all):
    notice_id = notify(people, seen_by_two)
    work_all()
    pages, picture = outside(people, notice_id)
    assert picture.status_code == 200
    assert [where for where, page in pages.items() if "Quill" in page.text] == [*pages], "it was composed of her words"
    freeze(people)
    pages, picture = outside(people, notice_id)
    assert picture.status_code == 404
    assert pages["api"].json["listing"]["screenshot_url"] is None
    for where, page in pages.items():
        assert page.status_code == 200 and "Quill" not in page.text, where
    erasing.erase(people.ids["quillana"], people.ids["cora"])
    pages, picture = outside(people, notice_id)
    assert picture.status_code == 404 and not [where for where, page in pages.items() if "Quill" in page.text]
    with pytest.raises(Refused, match="frozen accounts reported"):
        replying.reply_to_company(notice_id, people.ids["cora"], "Chicks need a certificate.")


def test_a_notice_composed_of_her_words_waits_though_another_reported_the_ad(people, seen_by_two, work_all, settings):
    notice_id = notify(people, seen_by_two)
    freeze(people)
    with pytest.raises(work.Retry, match="frozen"):
        delivery.deliver_notice(notice_id)
    work_all()
    assert mails(settings, "spoc@mercado.test") == []
    page = people.browser("cora").get(f"/cases/{seen_by_two}").text
    assert "only frozen accounts reported what this notice says" in page, "whoever looks reads why it waits"


def test_a_withdrawal_leaves_while_she_is_frozen_without_what_she_said(people, seen_by_two, work_all, settings):
    notice_id = notify(people, seen_by_two)
    work_all()
    freeze(people)
    answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    work_all()
    _, mail = mails(settings, SPOC)
    assert mail["Subject"].endswith("is withdrawn") and attached(mail)["listing"]["title"] is None
    assert "Quill" not in mail.get_body(("plain",)).get_content() + mail.get_body(("html",)).get_content()


@pytest.mark.parametrize("words", ["Frozen eels and frozen meat.", "The shop is closed, and its page erased."])
def test_what_stands_for_her_name_is_no_name_to_look_for(people, quill, words):
    freeze(people)
    with read() as session:
        naming.refuse_names(session, {"reason": words}, [people.ids["quillana"]])


def test_a_search_finds_a_notice_by_what_is_shown_of_it_alone(people, seen_by_two):
    notice_id = notify(people, seen_by_two)
    mia, token = people.browser("mia"), people.token("mia", Scope.COMPANY)
    client = people.app.test_client()

    def found(q):
        return [
            notice_id in mia.get(f"/notices?q={q}").text, notice_id in mia.post(f"/notices.csv?q={q}").text,
            bool(client.get(f"/api/v1/notices?q={q}", headers=token).json["items"]),
        ]  # fmt: skip

    word = HERS["title"].split()[0]
    assert found(word) == [True, True, True]
    freeze(people)
    assert found(word) == [False, False, False]
    assert found("520000000777") == [True, True, True], "its address is shown"
