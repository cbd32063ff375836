"""One person alone never makes a trusted spotter: every path by which somebody comes to be one, walked by Cora alone.

| Path | Stopped by |
|---|---|
| invite, then accredit | who invited does not accredit |
| invite, erase, let the address join again | the inviter of an address is kept by a keyed hash |
| invite from a CSV file, or from the waiting list | as an invitation |
| /join, `accounts add`: nobody invited them | a level above probation takes two |
| the exam waived, or taken in their name | the same |
| probation first, then another level | the same: both decisions were one person's |
| withdrawn and accredited again | the same |
| naming Dan on the page | there Dan raises the level himself; a name is no act |
| two coordinators whom an administrator has just opened | an account counts as a second person after 30 days |
| a colleague who lowers, narrows or suspends | whose last word restricts vouches for nobody |
| naming oneself as the person elsewhere, under another address | nobody with an account here is elsewhere |
| the command line | `--second` names another coordinator, who is told by mail |
"""

import io
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from server.core import clock, work
from server.core.database import read, write
from server.core.words import Level, Refused, Role
from server.journeys.oversight import audit_trail
from server.journeys.spotter import accrediting, applying, erasing, joining
from server.people.accounts.models import Account, InvitedAddress
from server.people.accreditation import store as accreditation
from server.people.recruitment import store as recruitment
from tests.conftest import PASSWORD, People
from tests.story import mails

PUPPET = "puppet@people.test"
GIVEN = {"why": "A careful person.", "level": "trusted", "waive_exam": "y"}


@pytest.fixture(autouse=True)
def _unguarded(app):
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def travel():
    """The clock stands still, and is moved by hand."""
    with time_machine.travel("2026-11-28 10:00:00+00:00", tick=False) as traveller:
        yield traveller


def puppet() -> str:
    """The puppet's id, with the agreement signed in their name."""
    with write() as session:
        account_id = session.scalars(select(Account.id).where(Account.email == PUPPET)).one()
        accreditation.sign(session, account_id, accreditation.agreement().content_hash, "Puppet", clock.now())
    return account_id


def by_invitation(cora, people):
    assert cora.post("/people/invite", data={"name": "Puppet", "email": PUPPET}).status_code == 302


def by_join(cora, people):
    joining.ask(PUPPET, "Puppet")
    work.run_due()


def by_invitation_and_again(cora, people):
    by_invitation(cora, people)
    erasing.erase(puppet(), people.ids["cora"])
    by_join(cora, people)


def by_invitation_and_erasing_oneself(cora, people):
    by_invitation(cora, people)
    account_id = puppet()
    with write() as session:
        hashed = session.get_one(Account, people.ids["ana"]).password_hash
        session.execute(update(Account).where(Account.id == account_id).values(password_hash=hashed))
    erasing.erase_oneself(account_id, PASSWORD, "192.0.2.7")
    by_join(cora, people)


def by_file(cora, people):
    applying.invite_all(f"name,email\nPuppet,{PUPPET}\n".encode(), people.ids["cora"])


def from_the_waiting_list(cora, people):
    with write() as session:
        application_id = recruitment.add(
            session, PUPPET, "Puppet", languages=["en"], hours=3, why="", heard="friend", answers={}, at=clock.now()
        )
    applying.invite_applicant(application_id, people.ids["cora"])


def by_command(cora, people):
    joining.add_account(PUPPET, "Puppet", Role.SPOTTER, PASSWORD)


WAYS = [by_invitation, by_join, by_invitation_and_again, by_invitation_and_erasing_oneself, by_file, from_the_waiting_list,
        by_command]  # fmt: skip
INVITED = [by_invitation, by_invitation_and_again, by_invitation_and_erasing_oneself, by_file, from_the_waiting_list]


def level(account_id: str) -> Level | None:
    with read() as session:
        return accreditation.level(session, account_id, clock.now())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("more", [{}, {"second": "dan@people.test"}, {"second": "Eve Tan, WWF, eve@wwf.test"}])
def test_cora_alone_makes_no_puppet_trusted_on_the_page(people: People, way, more):
    cora = people.browser("cora")
    way(cora, people)
    account_id = puppet()
    page = f"/people/{account_id}"
    assert cora.post(f"{page}/accredit", data=GIVEN | more).status_code == 422
    assert level(account_id) is None
    first = cora.post(f"{page}/accredit", data=GIVEN | more | {"level": "probation"}).status_code
    assert first == (422 if way in INVITED else 302), "who invited somebody does not accredit them at all"
    for above in ("trusted", "lead"):
        assert cora.post(f"{page}/level", data=GIVEN | more | {"level": above}).status_code == 422
    assert level(account_id) in (None, Level.PROBATION)


@pytest.mark.parametrize("way", WAYS)
def test_cora_alone_makes_no_puppet_trusted_at_the_command_line(app, people: People, way):
    way(people.browser("cora"), people)
    account_id = puppet()
    command = ["training", "accredit", PUPPET, "--by", "cora@people.test", "--why", "Known.", "--level", "trusted"]
    for more in (
        [],
        ["--second", "cora@people.test"],
        ["--second", "ana@people.test"],
        ["--second", "eve@wwf.test"],
    ):
        refused = app.test_cli_runner().invoke(args=[*command, *more])
        assert refused.exit_code != 0 and len(refused.output.strip().splitlines()) == 2, more
        assert ("--second EMAIL" in refused.output) == ("takes two people" in refused.output)
    assert level(account_id) is None


def test_a_withdrawn_person_is_made_trusted_again_by_two(people):
    cora, ana = people.browser("cora"), people.ids["ana"]
    accrediting.withdraw(ana, people.ids["cora"], "Shared an address.")
    assert cora.post(f"/people/{ana}/accredit", data=GIVEN).status_code == 422
    assert cora.post(f"/people/{ana}/accredit", data=GIVEN | {"level": "probation"}).status_code == 302
    assert cora.post(f"/people/{ana}/level", data=GIVEN).status_code == 422
    assert people.browser("dan").post(f"/people/{ana}/level", data=GIVEN).status_code == 302
    assert level(ana) is Level.TRUSTED


def test_two_coordinators_make_somebody_trusted_on_the_page(people):
    by_join(None, people)
    account_id = puppet()
    probation = GIVEN | {"level": "probation"}
    assert people.browser("cora").post(f"/people/{account_id}/accredit", data=probation).status_code == 302
    assert people.browser("dan").post(f"/people/{account_id}/level", data=GIVEN).status_code == 302
    assert level(account_id) is Level.TRUSTED


def test_the_command_line_names_another_coordinator_who_is_told(app, people, work_all, settings):
    by_join(None, people)
    account_id = puppet()
    command = ["training", "accredit", PUPPET, "--by", "cora@people.test", "--why", "Known.", "--level", "trusted"]
    given = app.test_cli_runner().invoke(args=[*command, "--second", "Dan@people.test"])
    assert given.exit_code == 0, given.output
    work_all()
    [mail] = mails(settings, "dan@people.test")
    text = mail.get_body(("plain",)).get_content()
    assert "Cora" in text and "Trusted" in text and account_id in text and "Puppet" not in text
    with read() as session:
        assert accreditation.history(session, account_id)[0].second == "dan@people.test"


def test_the_only_coordinator_names_somebody_elsewhere_who_is_told(people, work_all, settings):
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids["dan"]).values(disabled_at=clock.now()))
    by_join(None, people)
    account_id, cora = puppet(), people.browser("cora")
    for second in ("", "Eve Tan, WWF", "cora@people.test"):
        assert cora.post(f"/people/{account_id}/accredit", data=GIVEN | {"second": second}).status_code == 422
    named = GIVEN | {"second": "Eve Tan, WWF, eve@wwf.test"}
    assert cora.post(f"/people/{account_id}/accredit", data=named).status_code == 302
    work_all()
    [mail] = mails(settings, "eve@wwf.test")
    assert "Puppet" not in mail.get_body(("plain",)).get_content()
    assert level(account_id) is Level.TRUSTED


def test_of_an_erased_invitee_a_keyed_hash_is_kept_and_nothing_else(people):
    by_invitation(people.browser("cora"), people)
    erasing.erase(puppet(), people.ids["dan"])
    with read() as session:
        [kept] = session.scalars(select(InvitedAddress))
        assert kept.by_id == people.ids["cora"] and len(kept.hash) == 64 and "puppet" not in kept.hash


@pytest.fixture
def puppets(people: People, travel):
    """Ada has opened accounts for two coordinators; a spotter has joined by themself."""
    for key in ("left", "right"):
        joining.add_staff(f"{key}@people.test", f"{key.title()} Hand", Role.COORDINATOR, people.ids["ada"])
        with read() as session:
            people.ids[key] = session.scalars(select(Account.id).where(Account.email == f"{key}@people.test")).one()
    by_join(None, people)
    return puppet()


def test_an_administrator_makes_nobody_trusted_by_opening_two_coordinators(people: People, travel, puppets):
    accrediting.accredit(puppets, people.ids["left"], "Known.", Level.PROBATION, waive_exam=True)
    for by, says in (("left", "from 28 December 2026; until then, ask Cora, Dan"), ("right", "from 28 December 2026"),
                     ("cora", "takes two people.* raise the level: Dan")):  # fmt: skip
        with pytest.raises(Refused, match=says) as refused:
            accrediting.change_level(puppets, people.ids[by], "Known.", Level.TRUSTED)
        assert refused.value.kind == "forbidden"
    assert level(puppets) is Level.PROBATION
    travel.shift(timedelta(days=30, minutes=1))
    accrediting.change_level(puppets, people.ids["right"], "Known.", Level.TRUSTED)
    assert level(puppets) is Level.TRUSTED


def test_who_waits_for_a_colleagues_account_is_told_for_whom_and_until_when(people: People, travel, puppets):
    closed(people, "dan")
    accrediting.accredit(puppets, people.ids["cora"], "Known.", Level.PROBATION, waive_exam=True)
    with pytest.raises(Refused, match="Left Hand can raise the level from 28 December 2026"):
        accrediting.change_level(puppets, people.ids["cora"], "Known.", Level.TRUSTED)


def test_whom_an_administrator_invited_is_not_accredited_by_an_account_that_they_opened(
    people: People, travel, puppets
):
    with write() as session:
        session.get_one(Account, puppets).invited_by_id = people.ids["ada"]
    with pytest.raises(Refused, match="Whoever opened your account in the last 30 days invited this person"):
        accrediting.accredit(puppets, people.ids["left"], "Known.", Level.PROBATION, waive_exam=True)


@pytest.mark.parametrize("restriction", ["lowered", "narrowed", "suspended"])
def test_a_restriction_vouches_for_nobody(people: People, travel, restriction):
    """Cora lets somebody in; all that Dan ever did was to restrict them. Then Cora raises their level."""
    by_join(None, people)
    account_id, cora, dan = puppet(), people.ids["cora"], people.ids["dan"]
    accrediting.accredit(account_id, cora, "Known.", Level.PROBATION, waive_exam=True)
    if restriction == "lowered":
        accrediting.change_level(account_id, dan, "Fine.", Level.TRUSTED)
        accrediting.change_level(account_id, dan, "Not to be trusted.", Level.PROBATION)
    elif restriction == "narrowed":
        accrediting.change_level(account_id, dan, "Birds alone.", Level.PROBATION, groups=["bird"])
    else:
        accrediting.suspend(account_id, dan, "Shared an address.")
        accrediting.reinstate(account_id, cora, "Explained.")
    with pytest.raises(Refused, match="takes two people"):
        accrediting.change_level(account_id, cora, "Known.", Level.TRUSTED)
    accrediting.change_level(account_id, dan, "I looked again.", Level.TRUSTED)
    assert level(account_id) is Level.TRUSTED


@pytest.mark.parametrize(
    "second", ["cora+2@people.test", "CORA@people.test", PUPPET, "puppet+x@people.test", "dan@people.test",
               "cora.home+x@googlemail.com", "eve@wwf.example", "eve@nobody.invalid"],
)  # fmt: skip
def test_the_person_elsewhere_is_nobody_with_an_account_here(people: People, second):
    closed(people, "dan")
    joining.add_account("corahome@gmail.com", "Cora At Home", Role.SPOTTER, PASSWORD)
    by_join(None, people)
    with pytest.raises(Refused) as refused:
        accrediting.accredit(
            puppet(), people.ids["cora"], "Known.", Level.TRUSTED, waive_exam=True, second=f"Eve Tan, WWF, {second}"
        )
    assert refused.value.kind == "invalid" and set(refused.value.errors) == {"second"}
    assert level(puppet()) is None


def test_an_account_just_opened_does_not_accept_the_state_of_the_audit_trail(people: People, puppets):
    with pytest.raises(Refused, match="It counts as one of two people from"):
        audit_trail.accept("ada@people.test", "left@people.test", "Restored.")


def closed(people: People, who: str) -> None:
    with write() as session:
        session.get_one(Account, people.ids[who]).disabled_at = clock.now()


def test_the_api_accredits_nobody(app):
    assert not [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api") and "accredit" in rule.rule]


def test_an_inviter_in_the_file_stands_for_every_row(people):
    data = {"people": (io.BytesIO(f"name,email\nPuppet,{PUPPET}\n".encode()), "people.csv")}
    cora = people.browser("cora")
    assert cora.post("/people/invitations", data=data).status_code == 200
    assert cora.post("/people/invitations/send", data={"people": f"name,email\nPuppet,{PUPPET}\n"}).status_code == 302
    with pytest.raises(Refused, match="You invited this person"):
        accrediting.accredit(puppet(), people.ids["cora"], "Known.", Level.PROBATION, waive_exam=True)
