"""Cora records whom she invited for a site without a company, and what came of it. Nothing is sent."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from server.core.audit import AuditRow
from server.core.config import Settings
from server.core.database import read
from server.core.outbox import Work
from server.journeys.company import inviting
from server.ledger.invitations import states
from server.ledger.invitations.models import InvitationStep
from server.ledger.invitations.states import InvitationState
from tests.conftest import People
from tests.story import flag, mails

Make = Callable[..., dict[str, Any]]
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
PAGE = "/figures/unrouted/birds.test"
INVITED = {"state": "invited", "way": "mail", "organisation": "Birds Ltd", "address": "legal@birds.test", "day": "2026-11-20"}  # fmt: skip


@pytest.fixture(autouse=True)
def hand() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as hand:
        yield hand


@pytest.fixture
def desk(people: People, report_json: Make) -> People:
    """An ad on birds.test and one on shells.test: no company runs either."""
    for host in ("birds", "shells"):
        flag(people, report_json(f"https://{host}.test/ad/1"))
    return people


def record(people: People, who: str = "cora", **values: str) -> Any:
    return people.browser(who).post(f"{PAGE}/invitations", data=INVITED | values, follow_redirects=True)


def steps() -> list[tuple[str, str | None]]:
    with read() as session:
        return [
            (step.state, step.address) for step in session.scalars(select(InvitationStep).order_by(InvitationStep.id))
        ]


def test_an_invitation_and_what_came_of_it_stand_on_the_page_and_in_the_list(desk: People, settings: Settings) -> None:
    cora = desk.browser("cora")
    assert "Nobody has been invited yet." in cora.get(PAGE).text
    with read() as session:
        before = len(session.scalars(select(Work.id)).all())
    assert "Recorded. Nothing has been sent." in record(desk).text
    page = cora.get(PAGE).text
    assert "Birds Ltd" in page and "by an email we wrote" in page and "legal@birds.test" in page and "Cora" in page
    assert "Invited, no answer yet" in cora.get("/figures/unrouted").text
    record(desk, "ada", state="talking", way="", day="2026-11-25")
    page = cora.get(PAGE).text
    assert "In talks" in page and "Invited, no answer yet" in page, "nothing that was recorded goes"
    assert [state for state, _ in steps()] == ["invited", "talking"]
    with read() as session:
        actions = session.scalars(select(AuditRow.action).where(AuditRow.kind == "site").order_by(AuditRow.seq)).all()
        assert actions == ["site_invited", "site_talking"]
        assert len(session.scalars(select(Work.id)).all()) == before
    assert mails(settings, "legal@birds.test") == []


def test_those_not_yet_invited_can_be_shown_alone(desk: People) -> None:
    record(desk)
    page = desk.browser("cora").get("/figures/unrouted?invited=no").text
    assert "shells.test" in page and "birds.test" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"way": ""}, "Choose how they were invited."), ({"organisation": " "}, "Enter the organisation."),
     ({"day": "2026-11-28"}, "This day is in the future."), ({"address": "birds"}, "Enter an email address."),
     ({"state": "joined"}, "Not a valid choice"), ({"state": "nonsense"}, "Not a valid choice")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(desk: People, wrong: dict[str, str], said: str) -> None:
    answer = record(desk, **wrong)
    assert answer.status_code == 422 and said in answer.text
    assert steps() == []


def test_a_site_that_nobody_reported_takes_none(desk: People) -> None:
    cora = desk.browser("cora")
    assert cora.post("/figures/unrouted/unknown.test/invitations", data=INVITED).status_code == 404
    assert cora.post("/figures/unrouted/mercado.test/invitations", data=INVITED).status_code == 404


@pytest.mark.parametrize("who", ["ana", "mia"])
def test_it_is_the_desks(desk: People, who: str) -> None:
    assert desk.browser(who).post(f"{PAGE}/invitations", data=INVITED).status_code in (403, 404)
    assert steps() == []


def test_when_a_company_that_runs_the_site_appears_joined_is_proposed_and_then_said(desk: People) -> None:
    record(desk)
    form = {"name": "Birds", "slug": "birds", "platform_0_name": "Birds", "platform_0_domains": "birds.test"}
    assert desk.browser("ada").post("/companies/new", data=form).status_code == 302
    cora = desk.browser("cora")
    assert "Has it joined?" in cora.get("/figures/unrouted").text
    assert "If it has joined, record that." in cora.get(PAGE).text
    assert [state for state, _ in steps()] == ["invited"], "a person says so"
    record(desk, state="joined", way="")
    page = cora.get(PAGE).text
    assert "Joined" in page and "If it has joined" not in page and "Record</button>" not in page
    assert "Has it joined?" not in cora.get("/figures/unrouted").text


def test_an_address_goes_after_a_year(desk: People, hand: Any) -> None:
    record(desk)
    hand.move_to(datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(days=365))
    inviting.forget_addresses()
    assert steps() == [("invited", "legal@birds.test")]
    hand.shift(timedelta(days=1))
    inviting.forget_addresses()
    assert steps() == [("invited", None)]


def test_what_follows_what() -> None:
    ends = [state for state in InvitationState if not states.FOLLOWS[state]]
    assert ends == [InvitationState.JOINED]
    assert states.FOLLOWS[None] == (InvitationState.INVITED,)
    assert all(InvitationState.JOINED in states.FOLLOWS[state] for state in InvitationState if state not in ends)
