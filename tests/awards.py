"""An organisation with a trusted-flagger award: Ada enters it, and lets it notify Mercado by its own Article 16 mechanism."""

from datetime import date
from typing import Any

from sqlalchemy import select

from server.core.database import read
from server.journeys.report import organisations
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.notifiers import store as notifiers
from tests.conftest import People

SPOC = "spoc@mercado.test"
LAW = {"jurisdiction": "FR", "provision": "Code de l’environnement, L. 415-3", "effective_from": "2021-12-02",
       "source": "legifrance.gouv.fr"}  # fmt: skip
ILLEGAL: dict[str, Any] = {"basis": "illegal", "law": LAW}
FORM: dict[str, Any] = {
    "name": "Parrot Fund Europe", "email": "notices@parrotfund.test", "authority": "Arcom", "country": "FR",
    "area": "Illegal trade in live birds", "categories": ["live"], "groups": ["bird"], "since": "2025-03-27", "until": "",
}  # fmt: skip


def spoc(email: str = SPOC) -> Spoc:
    """The SPOC with this address."""
    with read() as session:
        return session.scalars(select(Spoc).where(Spoc.email == email)).one()


def enter(people: People, **more: Any) -> str:
    """Ada adds the organisation; its id."""
    answer = people.browser("ada").post("/organisations", data=FORM | more)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].rpartition("/")[2]


def choose(people: People, organisation_id: str, *spoc_ids: str) -> None:
    """It notifies Mercado from now on, whose own mechanisms these SPOCs are."""
    with read() as session:
        shown = [f"{each} {companies.routed(session, each).address}" for each in spoc_ids]
    form = {"organisation": organisation_id, "mechanisms": shown, "seen": seen_of_mercado()}
    answer = people.browser("ada").post("/companies/mercado/notifier", data=form)
    assert answer.status_code == 302, answer.text


def seen_of_mercado() -> str:
    """The mark of who notifies Mercado now."""
    with read() as session:
        company_id = spoc().company_id
        spocs = [each.id for each in companies.spocs_of(session, company_id)]
        return notifiers.mark_of_company(session, company_id, spocs)


def awarded(people: People) -> str:
    """The organisation that notifies Mercado through its own mechanism."""
    organisation_id = enter(people)
    choose(people, organisation_id, spoc().id)
    return organisation_id


def change_award(people: People, organisation_id: str, **more: Any) -> None:
    """Ada changes what the form of an organisation says."""
    with read() as session:
        seen = notifiers.mark(notifiers.get(session, organisation_id))
    values = FORM | {"since": date(2025, 3, 27), "until": None} | more
    organisations.change(organisation_id, values, seen, people.ids["ada"])
