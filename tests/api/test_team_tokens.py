"""A company's API tokens on its own page: made by managers, shown once, seen and revoked by each of them."""

import html
import re
import shlex

import pytest
from sqlalchemy import select

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Refused, Role, Scope
from server.journeys.company import tokens
from server.journeys.spotter import joining
from server.people.accounts.models import Account, Token
from tests.conftest import PASSWORD


@pytest.fixture(autouse=True)
def _unguarded(app):
    app.config["WTF_CSRF_ENABLED"] = False


def make(browser, label="Ticketing"):
    return browser.post("/team/tokens", data={"label": label})


def secret(page):
    return re.search(r">(cs_[\w-]+)<", page.text)[1]


def works(app, token):
    answer = app.test_client().get("/api/v1/notices", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code == 200


def test_a_manager_makes_a_token_that_is_shown_once_and_revokes_it(app, people):
    mia = people.browser("mia")
    assert "No token yet" in mia.get("/team/tokens").text
    page = make(mia)
    token = secret(page)
    assert page.headers["Cache-Control"] == "no-store" and works(app, token)
    again = mia.get("/team/tokens").text
    assert "Authorization: Bearer" in again and 'href="/api/v1/openapi.json"' in again, "what a program does with it"
    assert token not in again and "Ticketing" in again and "Mia" in again
    cases = app.test_client().get("/api/v1/cases", headers={"Authorization": f"Bearer {token}"})
    assert cases.status_code == 403, "its scope is the company's notices alone"
    with read() as session:
        row = session.scalars(select(Token).where(Token.label == "Ticketing")).one()
        assert row.scope == Scope.COMPANY and row.hash != token
        assert row.last_used_at.date() == clock.now().date()
    assert mia.post(f"/team/tokens/{row.id}/revoke").status_code == 302
    assert not works(app, token)
    assert mia.post(f"/team/tokens/{row.id}/revoke").status_code == 404
    with read() as session:
        done = select(AuditRow.action).where(AuditRow.object_id == row.id).order_by(AuditRow.seq)
        assert session.scalars(done).all() == ["token_issued", "token_revoked"]


def test_the_command_beside_a_new_token_lists_the_notices_as_it_is_printed(app, people):
    page = make(people.browser("mia"))
    command = shlex.split(html.unescape(re.search(r">(curl [^<]+)<", page.text)[1]))
    name, _, value = command[2].partition(": ")
    assert command[:2] == ["curl", "-H"] and command[3:] == ["http://spotter.test/api/v1/notices"]
    copied = [shlex.split(html.unescape(text)) for text in re.findall(r'data-copy="([^"]*)"', page.text)]
    assert command in copied, "the button beside it copies all of it"
    assert app.test_client().get(command[3], headers={name: value}).json["items"] == []


def test_a_colleague_who_manages_revokes_what_another_made_and_a_member_makes_none(app, people):
    token = secret(make(people.browser("mia")))
    people.ids["zoe"] = joining.add_account("zoe@people.test", "Zoe", Role.COMPANY, PASSWORD, "mercado")
    zoe = people.browser("zoe")
    assert zoe.get("/team/tokens").status_code == make(zoe).status_code == 403
    with pytest.raises(Refused):
        tokens.make(people.ids["mia"], people.ids["zoe"], "x")
    with write() as session:
        session.get_one(Account, people.ids["zoe"]).team_role = "manager"
        token_id = session.scalars(select(Token.id)).one()
    assert "Ticketing" in zoe.get("/team/tokens").text
    assert zoe.post(f"/team/tokens/{token_id}/revoke").status_code == 302
    assert not works(app, token)


def test_one_company_neither_sees_nor_revokes_anothers_tokens(app, people):
    token = secret(make(people.browser("mia")))
    with read() as session:
        token_id = session.scalars(select(Token.id)).one()
    otto = people.browser("otto")
    assert "Ticketing" not in otto.get("/team/tokens").text
    assert otto.post(f"/team/tokens/{token_id}/revoke").status_code == 404
    assert works(app, token)
    with read() as session:
        mercado = session.get_one(Account, people.ids["mia"]).company_id
    with pytest.raises(Refused) as refused:
        tokens.revoke(mercado, token_id, people.ids["otto"])
    assert refused.value.kind == "forbidden"


def test_nameless_too_long_and_too_many_tokens_are_refused(people):
    mia = people.browser("mia")
    assert make(mia, "  ").status_code == make(mia, "x" * 61).status_code == 422
    for number in range(tokens.MOST):
        assert make(mia, f"Program {number}").status_code == 200
    page = make(mia)
    assert page.status_code == 422 and "at most 20 tokens" in page.text
