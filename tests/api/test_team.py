"""A company's team: invited, joined, promoted, removed; never two companies mixed, and no account given away."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Refused, Role, Scope, TeamRole
from server.journeys.company import team
from server.journeys.spotter import closing, freezing, joining
from server.ledger.reports.models import Report
from server.people.accounts import store as accounts
from server.people.accounts import team_store
from server.people.accounts.models import Account
from server.people.teams import invitation_link, rules
from server.people.teams.models import TeamInvitation
from tests.conftest import PASSWORD, People
from tests.racing import race
from tests.story import mails

MAX = "max@mercado.test"


@pytest.fixture(autouse=True)
def _unguarded(app):
    app.config["WTF_CSRF_ENABLED"] = False


def company_of(people: People, key: str) -> str:
    with read() as session:
        return session.get_one(Account, people.ids[key]).company_id


def invite(browser, email=MAX, role="member", **more):
    return browser.post("/team/invitations", data={"email": email, "team_role": role} | more)


def link(settings, to=MAX) -> str:
    found = re.findall(
        r"http://spotter\.test(/team/join/\S+)", mails(settings, to)[-1].get_body(("plain",)).get_content()
    )
    return found[0]


def text(mail) -> str:
    return " ".join(mail.get_body(("plain",)).get_content().split())


def join(app, path, name="Max", password=PASSWORD):
    return app.test_client().post(path, data={"name": name, "password": password})


def signed_in(app, email, password=PASSWORD):
    client = app.test_client()
    client.post("/sign-in", data={"email": email, "password": password})
    return client


@pytest.fixture
def max_(app, people, settings, work_all):
    """Max has joined Mia's team as a member; his id."""
    assert invite(people.browser("mia")).status_code == 302
    work_all()
    assert join(app, link(settings)).status_code == 302
    work_all()
    with read() as session:
        return session.scalars(select(Account.id).where(Account.email == MAX)).one()


def test_a_manager_invites_a_colleague_who_answers_notices(app, people, settings, work_all, max_):
    client = signed_in(app, MAX)
    assert client.get("/notices").status_code == 200
    page = client.get("/team").text
    assert "Mia" in page and "Max joined" in re.sub("<[^>]+>", "", page)
    assert "Invite a colleague" not in page
    for path in ("/team/invitations", f"/team/{people.ids['mia']}/remove", f"/team/{max_}/role"):
        assert client.post(path, data={"email": "x@mercado.test", "team_role": "manager"}).status_code == 403, path
    told = mails(settings, "mia@people.test")
    assert len(told) == 1 and "Max has joined the team of Mercado." in text(told[0])
    with read() as session:
        actions = session.scalars(select(AuditRow.action).where(AuditRow.action.startswith("team_"))).all()
        row = session.scalars(select(AuditRow).where(AuditRow.action == "team_invited")).one()
    assert actions == ["team_invited"] and MAX not in str(row.detail)


def test_the_first_account_of_a_company_manages_and_later_ones_do_not(app, people):
    joining.add_account("zoe@mercado.test", "Zoe", Role.COMPANY, PASSWORD, "mercado")
    with read() as session:
        roles = dict(session.execute(select(Account.name, Account.team_role)).all())
    assert roles["Mia"] == roles["Otto"] == "manager" and roles["Zoe"] == "member" and roles["Ana"] is None


def test_an_address_of_another_domain_is_asked_about_once_more(app, people, work_all, settings):
    mia = people.browser("mia")
    page = invite(mia, "max@gmail.test")
    assert page.status_code == 422 and "of another domain" in page.text and 'name="sure"' in page.text
    assert 'name="sure"' not in mia.get("/team").text
    assert invite(mia, "max@gmail.test", sure="y").status_code == 302
    assert invite(mia, "max@mail.mercado.test").status_code == 302, "a subdomain is the company's own"
    assert invite(mia, "max@mercado.test.evil.example").status_code == 422


@pytest.mark.parametrize("who", ["ana", "cora", "ada", "otto", "nobody"])
def test_whether_an_address_has_an_account_is_not_told(app, people, settings, work_all, who):
    mia, email = people.browser("mia"), f"{who}@people.test"
    answer = invite(mia, email, sure="y")
    assert answer.status_code == 302
    work_all()
    page = mia.get("/team").text.replace(email, "X")
    row = re.search(r"<tr>\s*<th scope=\"row\" class=\"any\">X.*?</tr>", page, re.S)[0]
    assert "Mia" in row and "Works until" in row and "known" not in row
    mail = next(text(mail) for mail in mails(settings, email) if "team" in mail["Subject"])
    assert ("already has an account here" in mail) is (who != "nobody")
    assert ("/team/join/" in mail) is (who == "nobody")
    if who != "nobody":
        with read() as session:
            account = session.scalars(select(Account).where(Account.email == email)).one()
            assert account.team_role in (None, "manager") and account.company_id != company_of(people, "mia")


def test_an_account_made_meanwhile_is_not_taken_over(app, people, settings, work_all):
    assert invite(people.browser("mia")).status_code == 302
    work_all()
    path = link(settings)
    joining.add_account(MAX, "Max", Role.SPOTTER, PASSWORD)
    answer = join(app, path, password="another password")
    assert answer.status_code == 409 and "another address" in answer.text
    with read() as session:
        account = session.scalars(select(Account).where(Account.email == MAX)).one()
    assert account.role == Role.SPOTTER and account.company_id is None
    assert signed_in(app, MAX).get("/reports").status_code == 200, "its password is what it was"


def test_who_is_frozen_gets_no_mail(app, people, settings, work_all):
    freezing.freeze(people.ids["ben"], people.ids["ben"])
    assert invite(people.browser("mia"), "ben@people.test", sure="y").status_code == 302
    work_all()
    assert mails(settings, "ben@people.test") == []


def test_only_the_newest_link_works_until_it_expires_or_is_withdrawn(app, people, settings, work_all, monkeypatch):
    mia = people.browser("mia")
    invite(mia)
    work_all()
    first = link(settings)
    assert app.test_client().get(first).status_code == 200
    assert "invited already" in invite(mia, MAX.upper()).text
    with read() as session:
        invitation_id = session.scalars(select(TeamInvitation.id)).one()
    again = f"/team/invitations/{invitation_id}/again"
    assert mia.post(again).status_code == 429, "at most every ten minutes"
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + rules.SENT_AGAIN)
    assert mia.post(again).status_code == 302
    work_all()
    second = link(settings)
    assert second != first
    assert app.test_client().get(first).status_code == 410
    monkeypatch.setattr(clock, "now", lambda: real() + rules.SENT_AGAIN + rules.LASTS + timedelta(seconds=1))
    expired = app.test_client().get(second)
    assert expired.status_code == 410 and "expired" in expired.text
    assert "Expired" in people.browser("mia").get("/team").text
    monkeypatch.setattr(clock, "now", real)
    assert mia.post(f"/team/invitations/{invitation_id}/withdraw").status_code == 302
    assert app.test_client().get(second).status_code == 410
    assert join(app, second).status_code == 410
    assert app.test_client().get(second[:-2] + "xx").status_code == 410
    assert invite(mia).status_code == 302, "and invited anew"


def test_a_link_is_used_once(app, people, settings, work_all):
    invite(people.browser("mia"))
    work_all()
    path = link(settings)
    short = join(app, path, password="short")
    assert short.status_code == 422 and "at least 10" in short.text
    assert join(app, path, name="  ").status_code == 422
    assert join(app, path).status_code == 302
    assert join(app, path, name="Mallory", password="mallory's own").status_code == 410


def test_the_last_manager_cannot_leave_or_be_demoted(app, people, max_, settings, work_all):
    mia = people.browser("mia")
    left = mia.post("/team/leave")
    assert left.status_code == 409 and "Make somebody else a manager first" in left.text
    assert mia.post(f"/team/{people.ids['mia']}/role", data={"team_role": "member"}).status_code == 409
    assert "Leave and close my account" not in mia.get("/team").text
    assert mia.post(f"/team/{max_}/role", data={"team_role": "nonsense"}).status_code == 422
    assert mia.post(f"/team/{max_}/role", data={"team_role": "manager"}).status_code == 302
    work_all()
    assert "You are now a manager" in text(mails(settings, MAX)[-1])
    assert mia.post("/team/leave").status_code == 302
    assert mia.get("/team").status_code == 302, "signed out"
    assert signed_in(app, "mia@people.test").get("/team").status_code == 302, "closed"
    work_all()
    assert "Mia has left the team" in text(mails(settings, MAX)[-1])


def test_two_managers_who_demote_each_other_at_once_leave_one(app, people, max_):
    company_id, mia = company_of(people, "mia"), people.ids["mia"]
    team.change_role(company_id, max_, TeamRole.MANAGER, mia)
    results = race(
        app,
        [
            lambda: team.change_role(company_id, max_, TeamRole.MEMBER, mia),
            lambda: team.change_role(company_id, mia, TeamRole.MEMBER, max_),
        ],
    )
    assert sorted(results) == ["forbidden", "won"]
    with write() as session:
        assert len(team_store.managers(session, company_id)) == 1


def test_who_is_removed_has_no_access_any_more_and_can_come_back(app, people, max_, settings, work_all):
    client, mia = signed_in(app, MAX), people.browser("mia")
    people.ids["max"] = max_
    token = people.token("max", Scope.COMPANY)
    page = mia.get("/team").text
    assert "1 token stops working" in page
    assert mia.post(f"/team/{max_}/remove").status_code == 302
    assert client.get("/notices").status_code == 302
    assert app.test_client().get("/api/v1/notices", headers=token).status_code == 401
    work_all()
    assert "You are no longer in the team of Mercado." in text(mails(settings, MAX)[-1])
    assert mia.post(f"/team/{max_}/remove").status_code == 404
    assert invite(mia, role="manager").status_code == 302
    work_all()
    assert join(app, link(settings), password="another password").status_code == 302
    with read() as session:
        account = session.get_one(Account, max_)
        assert account.disabled_at is None and account.team_role == "manager"
    assert signed_in(app, MAX).get("/team").status_code == 302, "not by the old password"
    assert signed_in(app, MAX, "another password").get("/team").status_code == 200


def test_who_was_closed_by_the_programme_does_not_come_back_by_a_colleague(app, people, max_):
    closing.close(max_, people.ids["cora"], "Asked for passwords.")
    page = invite(people.browser("mia"))
    assert page.status_code == 422 and "closed by the organisation" in page.text


def test_one_company_never_sees_or_changes_anothers_team(app, people, max_, settings, work_all):
    invite(people.browser("mia"), "zoe@mercado.test")
    with read() as session:
        waiting = session.scalars(select(TeamInvitation.id).where(TeamInvitation.email == "zoe@mercado.test")).one()
    otto = people.browser("otto")
    page = otto.get("/team").text
    assert "Otto" in page and not any(name in page for name in ("Mia", "Max", "mercado", "zoe"))
    for path, data in (
        (f"/team/{max_}/role", {"team_role": "manager"}),
        (f"/team/{max_}/remove", {}),
        (f"/team/invitations/{waiting}/again", {}),
        (f"/team/invitations/{waiting}/withdraw", {}),
    ):
        assert otto.post(path, data=data).status_code == 404, path
    with read() as session:
        account = session.get_one(Account, max_)
        assert account.team_role == "member" and account.disabled_at is None
        assert session.get_one(TeamInvitation, waiting).ended_at is None
    with pytest.raises(Refused) as refused:
        team.invite(company_of(people, "mia"), "evil@mercado.test", TeamRole.MANAGER, people.ids["otto"])
    assert refused.value.kind == "forbidden"


def test_the_desk_sees_a_team_and_invites_for_it_unnamed(app, people, max_, settings, work_all):
    cora = people.browser("cora")
    page = cora.get("/companies/mercado/team").text
    assert "Mia" in page and MAX in page and "Otto" not in page
    assert "/companies/mercado/team" in cora.get("/companies").text
    assert cora.get("/companies/nowhere/team").status_code == 404
    assert people.browser("mia").get("/companies/mercado/team").status_code == 403
    invited = cora.post("/companies/mercado/team", data={"email": "zoe@mercado.test", "team_role": "manager"})
    assert invited.status_code == 302
    work_all()
    mail = text(mails(settings, "zoe@mercado.test")[-1])
    assert "You are invited to the team of Mercado" in mail and "Cora" not in mail
    assert "Cora" not in people.browser("mia").get("/team").text


def test_a_team_whose_manager_was_closed_is_told_whom_to_write_to(app, people, max_):
    closing.close(people.ids["mia"], people.ids["cora"], "Has left.")
    assert "Your team has no manager" in signed_in(app, MAX).get("/team").text
    assert "This team has no manager" in people.browser("cora").get("/companies/mercado/team").text


def test_mails_are_in_their_readers_language(app, people, settings, work_all, max_):
    mia = people.browser("mia")
    with write() as session:
        accounts.choose_language(session, people.ids["mia"], "fr")
        accounts.choose_language(session, max_, "en")
    invite(mia, "zoe@mercado.test")
    mia.post(f"/team/{max_}/role", data={"team_role": "manager"})
    work_all()
    assert "vous invite dans l’équipe de Mercado" in text(mails(settings, "zoe@mercado.test")[-1])
    assert "You are now a manager" in text(mails(settings, MAX)[-1])


def test_a_team_sends_no_flood_of_invitations(app, people):
    company_id, mia = company_of(people, "mia"), people.ids["mia"]
    for number in range(rules.MOST_A_DAY):
        team.invite(company_id, f"p{number}@mercado.test", TeamRole.MEMBER, mia)
    page = invite(people.browser("mia"))
    assert page.status_code == 429
    team.invite(company_of(people, "otto"), "x@tradepost.test", TeamRole.MEMBER, people.ids["otto"])


def test_old_invitations_are_deleted(app, people, monkeypatch):
    invite(people.browser("mia"))
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + rules.LASTS + rules.KEPT + timedelta(seconds=1))
    team.forget_invitations()
    with read() as session:
        assert session.scalars(select(TeamInvitation)).all() == []


@pytest.mark.parametrize("end", ["removed", "left", "demoted", "closed"])
def test_the_invitations_of_who_no_longer_manages_open_no_door(app, people, settings, work_all, max_, end):
    company_id, mia = company_of(people, "mia"), people.ids["mia"]
    team.change_role(company_id, max_, TeamRole.MANAGER, mia)
    maxs = signed_in(app, MAX)
    invite(people.browser("mia"), "zoe@mercado.test")
    invite(maxs, "friend@mercado.test", role="manager")
    work_all()
    path, zoes = link(settings, "friend@mercado.test"), link(settings, "zoe@mercado.test")
    assert app.test_client().get(path).status_code == 200
    if end == "removed":
        team.remove(company_id, max_, mia)
    elif end == "left":
        team.leave(max_)
    elif end == "demoted":
        team.change_role(company_id, max_, TeamRole.MEMBER, mia)
    else:
        closing.close(max_, people.ids["cora"], "Has left.")
    assert app.test_client().get(path).status_code == 410
    assert join(app, path, name="Friend").status_code == 410
    assert "friend@mercado.test" not in people.browser("mia").get("/team").text
    assert app.test_client().get(zoes).status_code == 200, "a colleague's stays"
    with read() as session:
        assert accounts.by_email(session, "friend@mercado.test") is None
        row = session.scalars(select(AuditRow).where(AuditRow.action == "team_invitation_withdrawn")).one()
    assert "friend" not in str(row.detail)
    assert invite(people.browser("mia"), "friend@mercado.test").status_code == 302, "who is left may invite them anew"


def test_closing_a_coordinator_ends_what_they_invited_for_a_company(app, people, settings, work_all):
    people.browser("cora").post("/companies/mercado/team", data={"email": MAX, "team_role": "manager"})
    work_all()
    path = link(settings)
    closing.close(people.ids["cora"], people.ids["ada"], "Has left.")
    assert app.test_client().get(path).status_code == 410


def test_the_desk_helps_a_team_without_a_manager(app, people, max_, settings, work_all, monkeypatch):
    cora, company_id = people.browser("cora"), company_of(people, "mia")
    team.invite(company_id, "zoe@mercado.test", TeamRole.MEMBER, people.ids["cora"])
    work_all()
    closing.close(people.ids["mia"], people.ids["ada"], "Has left.")
    with read() as session:
        waiting = session.scalars(select(TeamInvitation.id).where(TeamInvitation.email == "zoe@mercado.test")).one()
    page = cora.get("/companies/mercado/team").text
    again, role = f"/companies/mercado/team/invitations/{waiting}/again", f"/companies/mercado/team/{max_}/role"
    withdraw = f"/companies/mercado/team/invitations/{waiting}/withdraw"
    assert all(f'action="{path}"' in page for path in (again, withdraw, role)) and "Make a manager" in page
    for path in (again, withdraw, role):
        assert cora.post(path.replace("mercado", "tradepost"), data={"team_role": "manager"}).status_code == 404, path
        assert people.browser("otto").post(path, data={"team_role": "manager"}).status_code == 403, path
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + rules.SENT_AGAIN)
    before = link(settings, "zoe@mercado.test")
    assert cora.post(again).location == "/companies/mercado/team"
    work_all()
    assert link(settings, "zoe@mercado.test") != before
    assert cora.post(withdraw).location == "/companies/mercado/team"
    assert app.test_client().get(link(settings, "zoe@mercado.test")).status_code == 410
    assert cora.post(role, data={"team_role": "manager"}).location == "/companies/mercado/team"
    work_all()
    assert "You are now a manager" in text(mails(settings, MAX)[-1])
    his = signed_in(app, MAX).get("/team").text
    assert "Invite a colleague" in his and "Cora" not in his
    page = cora.get("/companies/mercado/team").text
    assert "the only manager" in page and role not in page
    assert cora.post(role, data={"team_role": "member"}).status_code == 409, "a team keeps its last one"


def test_whom_the_desk_invites_for_a_team_without_a_manager_manages_it(app, people, settings, work_all):
    cora = people.browser("cora")
    assert 'type="radio"' in page_of(cora)
    closing.close(people.ids["mia"], people.ids["ada"], "Has left.")
    page = page_of(cora)
    assert "will manage the team" in page and 'type="radio"' not in page
    answer = cora.post("/companies/mercado/team", data={"email": MAX, "team_role": "member"})
    assert answer.status_code == 302
    work_all()
    assert "Manager: answers notices" in text(mails(settings, MAX)[-1])
    assert join(app, link(settings)).status_code == 302
    assert "Invite a colleague" in signed_in(app, MAX).get("/team").text


def page_of(browser) -> str:
    return browser.get("/companies/mercado/team").text


def test_who_joins_a_team_that_has_lost_its_manager_manages_it(app, people, settings, work_all):
    people.browser("cora").post("/companies/mercado/team", data={"email": MAX, "team_role": "member"})
    work_all()
    assert "Member: answers notices" in text(mails(settings, MAX)[-1])
    assert "Member: answers notices" in app.test_client().get(link(settings)).text
    closing.close(people.ids["mia"], people.ids["ada"], "Has left.")
    assert "Manager: answers notices" in app.test_client().get(link(settings)).text
    assert join(app, link(settings)).status_code == 302
    assert "Invite a colleague" in signed_in(app, MAX).get("/team").text


def test_a_colleagues_address_typed_at_join_can_still_be_invited(app, people, settings, work_all):
    joining.ask(MAX, "Sir Mallory", "fr")
    work_all()
    assert invite(people.browser("mia")).status_code == 302
    work_all()
    mail = text(mails(settings, MAX)[-1])
    assert "Mia invites you to the team of Mercado" in mail, "in the inviter's language, not the stranger's"
    path, old = link(settings), re.search(r"/join/[\w.-]+", text(mails(settings, MAX)[0]))[0]
    assert app.test_client().get(path).status_code == 200
    with read() as session:
        assert accounts.by_email(session, MAX).role == Role.SPOTTER, "until they accept"
    assert join(app, path).status_code == 302
    with read() as session:
        account = accounts.by_email(session, MAX)
        row = session.scalars(select(AuditRow).where(AuditRow.action == "account_role_given")).one()
    assert (account.name, account.role, account.team_role) == ("Max", Role.COMPANY, "member")
    assert account.company_id == company_of(people, "mia")
    assert row.object_id == account.id and row.detail["role"] == Role.COMPANY
    client = signed_in(app, MAX)
    assert client.get("/notices").status_code == 200 and client.get("/reports").status_code == 403
    assert app.test_client().get(old).status_code == 410, "the link that a stranger had sent is over"


@pytest.mark.parametrize("how", ["password", "invited", "reported", "closed", "staff"])
def test_an_account_that_is_somebodys_stays_theirs(app, people, settings, work_all, report_json, how):
    if how == "invited":
        joining.invite(MAX, "Max", people.ids["cora"])
    elif how == "staff":
        joining.add_staff(MAX, "Max", Role.COORDINATOR, people.ids["ada"])
    else:
        joining.add_account(MAX, "Max", Role.SPOTTER, PASSWORD if how == "password" else None)
    with read() as session:
        before = accounts.by_email(session, MAX)
    people.ids["max"] = before.id
    if how == "closed":
        closing.close(before.id, people.ids["cora"], "Was rude.")
    elif how == "reported":
        headers = people.token("ana", Scope.REPORTS) | {"Idempotency-Key": str(uuid.uuid4())}
        assert app.test_client().post("/api/v1/reports", headers=headers, json=report_json()).status_code == 201
        with write() as session:
            session.execute(update(Report).values(account_id=before.id))
    work_all()
    team.invite(company_of(people, "mia"), MAX, TeamRole.MEMBER, people.ids["mia"])
    work_all()
    assert not any("/team/join/" in text(mail) for mail in mails(settings, MAX))
    with read() as session:
        invitation = session.scalars(select(TeamInvitation)).one()
    assert join(app, f"/team/join/{invitation_link.make(invitation.id, 1)}").status_code == 409
    with read() as session:
        after = accounts.by_email(session, MAX)
    assert (after.role, after.company_id, after.password_hash) == (before.role, None, before.password_hash)


def test_who_joins_hears_at_once_what_is_wrong_with_the_name_and_the_password(app, people, settings, work_all):
    invite(people.browser("mia"))
    work_all()
    path = link(settings)
    assert "At least 10 characters." in app.test_client().get(path).text, "before anything is wrong"
    page = join(app, path, name=" ", password="short")
    assert page.status_code == 422 and 'id="name-error"' in page.text and 'id="password-error"' in page.text
