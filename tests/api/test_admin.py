"""The administrator's desk: everybody found, invited, sent a link, closed and opened, without a shell."""

import re

import pytest

from server.core.words import Role
from server.journeys.spotter import closing, joining
from tests.authenticator import set_up
from tests.conftest import PASSWORD, People
from tests.story import mails


@pytest.fixture
def ada(people: People):
    return people.browser("ada")


def names(page):
    return re.findall(r'<th scope="row"><a href="/people/\w+"><bdi>([^<]+)</bdi>', page.text)


def test_everybody_is_found_by_name_address_role_and_what_they_lack(people: People, ada):
    assert set(names(ada.get("/admin"))) == {"Ana", "Ben", "Cora", "Dan", "Mia", "Otto", "Ada"}
    assert names(ada.get("/admin?q=ORA")) == ["Cora"] and names(ada.get("/admin?q=mia@people")) == ["Mia"]
    assert names(ada.get("/admin?q=100%25")) == [], "a sign of patterns stands for itself"
    assert set(names(ada.get("/admin?role=company"))) == {"Mia", "Otto"}
    assert len(names(ada.get("/admin?role=nobody&only=nothing"))) == 7, "what is no filter filters nothing"
    set_up(people.browser("dan"))
    assert set(names(ada.get("/admin?role=coordinator&only=no_factor"))) == {"Cora"}
    joining.add_staff("eve@people.test", "Eve", Role.COORDINATOR, people.ids["ada"])
    assert names(ada.get("/admin?only=no_password")) == ["Eve"]
    closing.close(people.ids["otto"], people.ids["ada"], "Has left.")
    assert names(ada.get("/admin?only=closed")) == ["Otto"]
    assert "Otto" not in names(ada.get("/admin?role=company&only=no_factor"))


def test_who_joined_by_themself_is_not_called_invited(people: People, ada, work_all):
    joining.ask("zoe@people.test", "Zoe")
    work_all()
    closing.close(people.ids["otto"], people.ids["ada"], "Has left.")
    page = ada.get("/admin").text
    assert "no password yet" in page and "invited" not in page.lower()
    assert "who can sign in" not in page, "Otto, closed, stands on it, too"
    assert names(ada.get("/admin?only=no_password")) == ["Zoe"]


def test_the_list_is_paged_and_keeps_its_filters(people: People, ada):
    for number in range(55):
        joining.add_account(f"s{number}@people.test", f"Spotter {number}", Role.SPOTTER, None)
    first = ada.get("/admin?role=spotter&q=spotter")
    assert len(names(first)) == 50
    path = re.search(r'href="(/admin\?[^"]+)" rel="next"', first.text)[1].replace("&amp;", "&")
    rest = names(ada.get(path))
    assert len(rest) == 5 and not set(rest) & set(names(first))


def test_ada_invites_a_coordinator_and_is_told_of_an_address_that_has_an_account(
    people: People, ada, work_all, settings
):
    form = {"name": "Eve", "email": "eve@people.test", "role": "coordinator"}
    assert ada.post("/admin/invite", data=form).location == "/admin"
    work_all()
    invitation = mails(settings, "eve@people.test")[0].get_body(("plain",)).get_content()
    assert "invites you to be a coordinator" in invitation and "training" not in invitation
    assert "already an account" in ada.post("/admin/invite", data=form).text
    joining.ask("zoe@people.test", "Sir Mallory")
    work_all()
    assert ada.post("/admin/invite", data=form | {"name": "Zoe", "email": "zoe@people.test"}).location == "/admin"
    assert names(ada.get("/admin?role=coordinator&only=no_password")) == ["Zoe", "Eve"], "a stranger typed her address"
    assert ada.post("/admin/invite", data=form | {"role": "company", "email": "x@people.test"}).status_code == 422


def test_who_is_invited_reads_the_language_that_whoever_invited_them_chose(people: People, ada, work_all, settings):
    ada.post("/language", data={"language": "fr", "next": "/admin"})
    ada.post("/admin/invite", data={"name": "Eve", "email": "eve@people.test", "role": "admin"})
    work_all()
    invitation = mails(settings, "eve@people.test")[0].get_body(("plain",)).get_content()
    assert "Bienvenue" in invitation and "administration" in " ".join(invitation.split())


def test_a_link_lets_its_owner_choose_a_password_and_nobody_else_sends_one(people: People, ada, work_all, settings):
    cora = people.ids["cora"]
    assert "Send a link to choose a password" in ada.get(f"/people/{cora}").text
    assert ada.post(f"/admin/accounts/{cora}/link").location == f"/people/{cora}"
    work_all()
    text = mails(settings, "cora@people.test")[-1].get_body(("plain",)).get_content()
    chosen = people.app.test_client().post(re.search(r"/join/[\w.-]+", text)[0], data={"password": PASSWORD + " new"})
    assert chosen.location == "/attention"
    assert people.browser("dan").post(f"/admin/accounts/{cora}/link").status_code == 403
    assert ada.post(f"/admin/accounts/{'0' * 32}/link").status_code == 404
    closing.close(cora, people.ids["ada"], "Has left.")
    ada.post(f"/admin/accounts/{cora}/link")
    assert "This account is closed." in ada.get(f"/people/{cora}").text


def test_no_page_says_that_an_email_is_sent_while_sending_is_paused(people: People, ada):
    """At every desk that has one sent: the words of the table stand while it waits, and no others."""
    nora = {"email": "nora@people.test", "name": "Nora Lind", "role": "coordinator"}
    cora = people.browser("cora")
    asked = [
        (ada, f"/admin/accounts/{people.ids['cora']}/link", {}, "The email to Cora waits"),
        (ada, "/admin/invite", nora, "The email to nora@people.test waits"),
        (ada, "/people/others", nora | {"email": "ines@people.test", "name": "Ines"}, "The email to ines@people.test waits"),
        (cora, "/people/invite", {"email": "noor@people.test", "name": "Noor"}, "The email to noor@people.test waits"),
        (ada, "/companies/mercado/team", {"email": "lea@mercado.test", "team_role": "member"}, "lea@mercado.test waits"),
        (cora, "/people/invitations/send", {"people": "name,email\nLin Marek,a@people.test\nPetra Holm,b@people.test\n"}, "The emails wait"),
    ]  # fmt: skip
    ada.post("/operations/pause", data={"note": "Mail server moves."})
    for browser, path, data, words in asked:
        page = browser.post(path, data=data, follow_redirects=True).text
        flash = " ".join(re.findall(r'role="status">([^<]*)', page)).removeprefix(
            "Sending is paused. Everything is kept."
        )
        assert words in flash and "sending is paused." in flash and "sent" not in flash, (path, flash)
    ada.post("/operations/resume")
    page = ada.post(asked[0][1], follow_redirects=True).text
    assert "Email sent to Cora." in page and "sending is paused" not in page


@pytest.mark.parametrize("key", ["ana", "cora", "mia"])
def test_the_desk_is_the_administrators_alone(people: People, key: str):
    browser = people.browser(key)
    assert browser.get("/admin").status_code == 403
    assert 'href="/admin"' not in browser.get("/profile").text
