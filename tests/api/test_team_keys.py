"""Mia makes and retires keys of Mercado, and the desk retires one: her fellow managers are told, and nobody else."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from server.core.config import Settings
from server.core.database import read, write
from server.core.words import Role
from server.journeys.spotter import joining
from server.ledger.companies.signing_secret import fingerprint
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.teams.models import TeamChange
from tests.conftest import PASSWORD, People
from tests.receiving import FIRST, name_webhook
from tests.story import mails

ZOE, MAX, OTTO, MIA, CORA = (f"{name}@people.test" for name in ("zoe", "max", "otto", "mia", "cora"))


@pytest.fixture
def team(app: Any, people: People) -> People:
    """Zoe manages Mercado's team with Mia and reads French; Max is a member of it."""
    app.config["WTF_CSRF_ENABLED"] = False
    for name in ("zoe", "max"):
        people.ids[name] = joining.add_account(f"{name}@people.test", name.title(), Role.COMPANY, PASSWORD, "mercado")
    with write() as session:
        session.get_one(Account, people.ids["zoe"]).team_role = "manager"
    return people


def text(mail: Any, kind: str = "plain") -> str:
    content = mail.get_body((kind,)).get_content()
    return " ".join(re.sub(r"<[^>]+>", "", content).split())


def told(settings: Settings, to: str) -> list[Any]:
    return [mail for mail in mails(settings, to) if "team" in mail["Subject"] or "équipe" in mail["Subject"]]


def answer_secret(mia: Any) -> str:
    page = mia.post("/team/webhooks/answers/secrets").text
    return fingerprint(re.search(r">(whsec_[\w+/=]+)<", page)[1])  # type: ignore[index]


def spoc_id() -> str:
    return name_webhook("https://hooks.mercado.test/")


def test_the_other_managers_hear_of_every_secret_and_token_that_one_of_them_makes_or_retires(
    team: People, settings: Settings, work_all: Callable[[], int]
) -> None:
    mia, hook = team.browser("mia"), spoc_id()
    secret = answer_secret(mia)
    mia.post(f"/team/webhooks/answers/secrets/{secret}/retire")
    mia.post(f"/team/webhooks/{hook}/secrets")
    mia.post(f"/team/webhooks/{hook}/secrets/{fingerprint(FIRST)}/retire")
    mia.post("/team/tokens", data={"label": "Ticketing"})
    page = mia.get("/team/tokens").text
    mia.post(re.search(r'"(/team/tokens/\w+/revoke)"', page)[1])  # type: ignore[index]
    work_all()
    sent = [text(mail) for mail in told(settings, ZOE)]
    assert [re.split(r"[.:] ", mail)[0] for mail in sent] == [
        f"Mia has made the secret {secret}",
        f"Mia has retired the secret {secret}",
        *(mail.split(".")[0] for mail in sent[2:3]),
        f"Mia has retired the secret {fingerprint(FIRST)}",
        "Mia has made an API token for the program “Ticketing”",
        "Mia has revoked the API token of the program “Ticketing”",
    ]
    assert "Mia has made the secret" in sent[2] and "We sign with it what we send to the webhook of Mercado." in sent[2]
    assert all("Mercado" in mail and "UTC" in mail and "If it was not Mia" in mail for mail in sent)
    pages = [re.search(r"http://spotter\.test(/\S+)", mail)[1] for mail in sent]  # type: ignore[index]
    assert pages == ["/team/webhooks"] * 4 + ["/team/tokens"] * 2
    assert [told(settings, to) for to in (MIA, MAX, OTTO, CORA)] == [[], [], [], []]
    shown = re.sub("<[^>]+>", "", team.browser("max").get("/team").text)
    assert f"Mia retired the secret {secret} for answers." in shown and "Mia revoked the token Ticketing." in shown


def test_the_desk_is_named_by_its_organisation_and_each_manager_reads_their_language(
    team: People, settings: Settings, work_all: Callable[[], int]
) -> None:
    mia, cora = team.browser("mia"), team.browser("cora")
    secret = answer_secret(mia)
    with write() as session:
        accounts.choose_language(session, team.ids["zoe"], "fr")
    work_all()
    cora.post(f"/companies/mercado/team/secrets/{secret}/retire")
    work_all()
    to_mia, to_zoe = told(settings, MIA)[-1], told(settings, ZOE)[-1]
    assert f"{settings.organisation} has retired the secret {secret}." in text(to_mia)
    assert "A program that still signs with it needs a new one." in text(to_mia)
    for mail in (to_mia, to_zoe):
        assert secret in text(mail, "html") and "Cora" not in mail.as_string()
    assert f"a retiré le secret {secret}" in text(to_zoe)
    assert "Cora" not in mia.get("/team").text


def test_what_a_program_is_called_writes_no_line_of_ours(
    team: People, settings: Settings, work_all: Callable[[], int]
) -> None:
    team.browser("mia").post("/team/tokens", data={"label": "<b>x</b>\u202e\nTicketing"})
    work_all()
    [mail] = told(settings, ZOE)
    assert "\u202e" not in text(mail) and "<b>x</b>" not in mail.get_body(("html",)).get_content()


def test_what_was_not_done_is_not_told(team: People) -> None:
    assert team.browser("max").post("/team/webhooks/answers/secrets").status_code == 403
    assert team.browser("mia").post("/team/webhooks/answers/secrets/00000000/retire").status_code == 404
    with read() as session:
        assert session.scalars(select(TeamChange)).all() == []
