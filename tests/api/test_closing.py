"""Somebody leaves: their account is closed, of whatever role, and what they did stays. And what ends every token."""

import re
import uuid

import pytest
from sqlalchemy import select

from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Refused, Role, Scope
from server.journeys.report import decision
from server.journeys.spotter import closing, erasing, joining
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from server.people.accounts import invitation_link, pairing, store
from server.people.accounts.models import Account
from tests.conftest import PASSWORD, People
from tests.story import decide, flag, mails


@pytest.fixture(autouse=True)
def _unguarded(app):
    app.config["WTF_CSRF_ENABLED"] = False


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["accounts", *arguments])


def sign_in(app, key):
    return app.test_client().post("/sign-in", data={"email": f"{key}@people.test", "password": PASSWORD})


def works(app, headers):
    """Whether a token is still somebody's: 403 would mean that its holder alone may not."""
    return app.test_client().get("/api/v1/reports", headers=headers).status_code != 401


@pytest.mark.parametrize(
    ("key", "scope", "path"),
    [("ana", Scope.REPORTS, "/reports"), ("cora", Scope.CASES, "/cases"), ("mia", Scope.COMPANY, "/notices"),
     ("ada", None, "/cases")],
)  # fmt: skip
def test_an_administrator_closes_an_account_of_any_role_and_its_access_ends(app, people: People, key, scope, path):
    joining.add_account("eve@people.test", "Eve", Role.ADMIN, PASSWORD)
    browser, token = people.browser(key), people.token(key, scope) if scope else None
    assert browser.get(path).status_code == 200
    closed = run(app, "close", f"{key}@people.test", "--by", "eve@people.test", "--why", "Has left.")
    assert closed.exit_code == 0, closed.output
    assert browser.get(path).status_code == 302
    assert token is None or not works(app, token)
    assert sign_in(app, key).status_code == 422
    with read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "account_closed")).all()
        assert [(row.object_id, row.detail) for row in rows] == [(people.ids[key], {"role": PEOPLE_ROLE[key]})]
    refused = run(app, "token", f"{key}@people.test", "--scope", "reports:write")
    assert refused.exit_code != 0 and "is closed" in refused.output


PEOPLE_ROLE = {"ana": "spotter", "cora": "coordinator", "mia": "company", "ada": "admin"}


def test_the_last_administrator_cannot_be_closed_not_even_by_herself(app, people):
    refused = run(app, "close", "ada@people.test", "--by", "ada@people.test", "--why", "I leave.")
    assert refused.exit_code != 0 and "the last administrator" in refused.output
    assert len(refused.output.strip().splitlines()) == 2
    joining.add_account("eve@people.test", "Eve", Role.ADMIN, PASSWORD)
    assert run(app, "close", "ada@people.test", "--by", "ada@people.test", "--why", "I leave.").exit_code == 0
    assert run(app, "close", "eve@people.test", "--by", "eve@people.test", "--why", "I, too.").exit_code != 0


@pytest.mark.parametrize(
    ("email", "by", "why", "told"),
    [
        ("dan@people.test", "cora@people.test", "x", "Only an administrator"),
        ("ben@people.test", "mia@people.test", "x", "Only coordinators and administrators"),
        ("nobody@people.test", "ada@people.test", "x", "no account for nobody@people.test"),
        ("ben@people.test", "nobody@people.test", "x", "no account for nobody@people.test"),
        ("ben@people.test", "cora@people.test", " ", "Enter a reason"),
    ],
)
def test_who_may_not_close_is_told_in_one_line(app, people, email, by, why, told):
    refused = run(app, "close", email, "--by", by, "--why", why)
    assert refused.exit_code != 0 and told in refused.output
    assert len(refused.output.strip().splitlines()) == 2
    assert sign_in(app, "ben").status_code == 302


def test_a_closed_person_closes_nobody(app, people):
    closing.close(people.ids["cora"], people.ids["ada"], "Has left.")
    assert run(app, "close", "ben@people.test", "--by", "cora@people.test", "--why", "x").exit_code != 0


def test_a_coordinator_closes_a_spotter_on_their_page_and_what_they_did_stays(people, report_json):
    case_id, cora = flag(people, report_json()), people.browser("cora")
    page = cora.get(f"/people/{people.ids['ana']}").text
    assert "Close the account" in page
    refused = cora.post(f"/people/{people.ids['ana']}/close", data={"why": ""})
    assert refused.status_code == 422 and "Enter a reason." in refused.text
    assert cora.post(f"/people/{people.ids['ana']}/close", data={"why": "Moved away."}).status_code == 302
    page = cora.get(f"/people/{people.ids['ana']}").text
    assert "has been closed since" in page and "Moved away." in page and "Reopen the account" in page
    assert cora.get(f"/cases/{case_id}").status_code == 200
    again = cora.post(f"/people/{people.ids['ana']}/close", data={"why": "Moved away."})
    assert again.status_code == 422 and "closed already" in again.text
    with read() as session:
        assert session.scalars(select(Report.account_id)).all() == [people.ids["ana"]]


def test_a_closed_account_can_be_opened_again_and_old_devices_stay_out(app, people):
    token, cora = people.token("ana"), people.browser("cora")
    closing.close(people.ids["ana"], people.ids["cora"], "By mistake.")
    assert cora.post(f"/people/{people.ids['ana']}/reopen", data={"why": "That was a mistake."}).status_code == 302
    assert sign_in(app, "ana").status_code == 302
    assert not works(app, token)
    opened = run(app, "reopen", "ana@people.test", "--by", "cora@people.test", "--why", "x")
    assert opened.exit_code != 0 and "is open" in opened.output


def test_a_question_to_somebody_who_left_does_not_hold_the_case_up(people, report_json):
    case_id = flag(people, report_json())
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Which market is this?", version=1)
    closing.close(people.ids["ana"], people.ids["cora"], "Has left.")
    with read() as session:
        assert session.get_one(Case, case_id).state == "open"


def test_who_is_closed_gets_no_more_mails(people, report_json, work_all, settings):
    client = people.app.test_client()
    client.post("/forgotten", data={"email": "ana@people.test"})
    case_id = flag(people, report_json())
    work_all()
    before = len(mails(settings, "ana@people.test"))
    client.post("/forgotten", data={"email": "ben@people.test"})
    closing.close(people.ids["ben"], people.ids["cora"], "Has left.")
    closing.close(people.ids["ana"], people.ids["cora"], "Has left.")
    decide(people, case_id)
    client.post("/forgotten", data={"email": "ana@people.test"})
    client.post("/join", data={"email": "ana@people.test", "name": "Ana"})
    work_all()
    assert len(mails(settings, "ana@people.test")) == before and mails(settings, "ben@people.test") == []


def test_the_administrator_sees_staff_and_coordinators_see_the_people_of_companies(people):
    ada, cora = people.browser("ada"), people.browser("cora")
    listed = ada.get("/people/others").text
    assert all(f"{key}@people.test" in listed for key in ("cora", "dan", "mia", "otto", "ada"))
    listed = cora.get("/people/others").text
    assert "mia@people.test" in listed and "dan@people.test" not in listed
    assert ada.get(f"/people/{people.ids['dan']}").status_code == 200
    assert ada.get(f"/people/{people.ids['mia']}").status_code == 200
    assert cora.get(f"/people/{people.ids['mia']}").status_code == 200
    assert cora.get(f"/people/{people.ids['dan']}").status_code == 404
    assert cora.post(f"/people/{people.ids['dan']}/close", data={"why": "x"}).status_code in (404, 422)
    assert ada.post(f"/people/{people.ids['dan']}/close", data={"why": "Has left."}).status_code == 302
    assert "Has left." in ada.get(f"/people/{people.ids['dan']}").text


def test_the_administrator_adds_a_coordinator_who_chooses_a_password_by_mail(people, work_all, settings):
    ada, person = people.browser("ada"), {"name": "Fay", "email": "fay@people.test", "role": "coordinator"}
    assert ada.post("/people/others", data=person).status_code == 302
    work_all()
    text = mails(settings, "fay@people.test")[-1].get_body(("plain",)).get_content()
    fay = people.app.test_client()
    link = re.search(r"/join/[^\s\"<]+", text)[0]
    assert fay.post(link, data={"password": "nine quiet newts"}).status_code == 302
    assert fay.get("/cases").status_code == 200
    again = ada.post("/people/others", data=person)
    assert again.status_code == 422 and "already an account" in again.text
    assert ada.post("/people/others", data=person | {"email": "x@people.test", "role": "spotter"}).status_code == 422
    assert people.browser("cora").post("/people/others", data=person).status_code == 403
    with pytest.raises(Refused):
        joining.add_staff("y@people.test", "Y", Role.ADMIN, people.ids["cora"])


# --- What ends tokens, of every scope --------------------------------------------------------------------------------

HOLDERS = [("ana", Scope.REPORTS), ("cora", Scope.CASES), ("mia", Scope.COMPANY)]


def sign_out_everywhere(people, key):
    assert people.browser(key).post("/profile/sessions/end").status_code == 302


def new_password(people, key):
    with read() as session:
        mark = store.mark(session.get_one(Account, people.ids[key]))
    link = f"/join/{invitation_link.make(people.ids[key], mark)}"
    assert people.app.test_client().post(link, data={"password": "nine quiet newts"}).status_code == 302


def close(people, key):
    closing.close(people.ids[key], people.ids["ada"], "Has left.")


@pytest.mark.parametrize("end", [sign_out_everywhere, new_password, close])
@pytest.mark.parametrize(("key", "scope"), HOLDERS)
def test_tokens_of_every_scope_end_with(people, key, scope, end):
    token, other = people.token(key, scope), people.token("ben")
    assert works(people.app, token)
    end(people, key)
    assert not works(people.app, token)
    assert works(people.app, other)


@pytest.mark.parametrize("end", [sign_out_everywhere, new_password, close])
def test_a_pairing_that_was_approved_and_not_fetched_yet_ends_too(people, end):
    with write() as session:
        device_code, grant = pairing.authorize_device(session, "Firefox")
        pairing.answer_device(session, people.ids["ana"], grant.user_code, True)
    end(people, "ana")
    assert pairing.redeem_device(device_code) == {"error": "invalid_grant"}


def test_an_erased_persons_tokens_end(people):
    token = people.token("ana")
    erasing.erase(people.ids["ana"], people.ids["cora"])
    assert not works(people.app, token)


def test_a_report_on_its_way_is_refused_with_401_and_can_be_sent_after_pairing_again(people, report_json):
    token = people.token("ana")
    sign_out_everywhere(people, "ana")
    key = {"Idempotency-Key": str(uuid.uuid4())}
    client = people.app.test_client()
    assert client.post("/api/v1/reports", json=report_json(), headers=token | key).status_code == 401
    assert client.post("/api/v1/reports", json=report_json(), headers=people.token("ana") | key).status_code == 201
