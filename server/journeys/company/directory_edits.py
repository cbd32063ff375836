"""The directory changed on pages, entry by entry: one transaction each, with the listings that it now gives another route.

No address changes here: a SPOC's has its own way (`addresses`), which a company that is added begins with.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.orm import Session

from server.core import clock, web
from server.core.database import alone, write
from server.core.sentences import sentence
from server.core.slips import Errors, Slips
from server.core.words import Refused
from server.journeys.company import addresses, directory_import
from server.ledger.companies import entries, reconfirm_store
from server.ledger.companies import store as companies
from server.people.accounts import store as accounts

Values = Mapping[str, Any]
Changed = TypeVar("Changed")


class FirstSpoc(NamedTuple):
    """Who is to be written to at a company that is added, by the way of every new address."""

    name: str
    to: addresses.NewAddress
    why: str


def add_company(
    entry: dict[str, Any], spoc: FirstSpoc | None, by_id: str, known: Errors | None = None
) -> addresses.Proposed | None:
    """Add a company with its platforms; its first SPOC is proposed as `addresses.propose` does, or nothing is added.

    known: what the form itself found wrong; the rest is told with it. Raises Refused: forbidden, and what `entries.add` and
    `addresses.propose` raise, with the places `spoc_address` and so on.
    """

    def add(session: Session) -> addresses.Proposed | None:
        slips = Slips(known)
        with slips.kept():
            company = entries.add(session, entry, by_id, demo=web.settings().demo)
        if slips and spoc:  # nothing is added: what is wrong with the SPOC is told as well
            with slips.kept("spoc_"):
                addresses.checked(session, "", spoc.name, spoc.to, addresses.secret_of(spoc.to), spoc.why)
        slips.tell()
        if spoc is None:
            return None
        with slips.kept("spoc_"):
            proposed = addresses.propose_in(session, company.id, None, *spoc, by_id)
        slips.tell()
        return proposed

    return _change(by_id, add, routes=True)


def change_company(slug: str, values: Values, seen: str, by_id: str) -> list[str]:
    """Change a company's own fields; those that are other than before. Raises Refused: forbidden, not-found, stale, invalid."""
    return _change(
        by_id,
        lambda session: entries.change_company(session, slug, values, seen, by_id, demo=web.settings().demo),
        routes=False,
    )


def add_platform(slug: str, entry: dict[str, Any], by_id: str) -> None:
    """One more platform of a company. Raises Refused: forbidden, not-found, invalid."""
    _change(
        by_id, lambda session: entries.add_platform(session, slug, entry, by_id, demo=web.settings().demo), routes=True
    )


def change_platform(slug: str, platform: str, values: Values, seen: str, by_id: str) -> list[str]:
    """Change a platform; the fields that are other than before. Raises Refused: forbidden, not-found, stale, invalid."""
    return _change(
        by_id,
        lambda session: entries.change_platform(session, slug, platform, values, seen, by_id, demo=web.settings().demo),
        routes=True,
    )


def retire_platform(slug: str, platform: str, seen: str, by_id: str) -> None:
    """Take a platform away: its cases and notices stay, and wait for a route. Raises Refused: forbidden, not-found, stale."""
    _change(
        by_id,
        lambda session: entries.retire_platform(session, slug, platform, seen, by_id, demo=web.settings().demo),
        routes=True,
    )


def change_spoc(slug: str, spoc_id: str, values: Values, seen: str, by_id: str) -> list[str]:
    """Change what a SPOC is called and for; the fields that are other than before.

    Raises Refused: forbidden, not-found, stale, invalid.
    """

    def change(session: Session) -> list[str]:
        addresses.refuse_name(session, values["name"])
        return entries.change_spoc(session, slug, spoc_id, values, seen, by_id, demo=web.settings().demo)

    return _change(by_id, change, routes=False)


def confirm(slug: str, spoc_id: str, by_id: str) -> None:
    """Somebody at the desk has made sure that a SPOC is right. Raises Refused: forbidden, not-found."""

    def mark(session: Session) -> None:
        entries.confirm(session, entries.spoc(entries.company(session, slug), spoc_id).id, by_id, clock.now())
        reconfirm_store.settle(session, spoc_id, clock.now())

    _change(by_id, mark, routes=False)


def _change(by_id: str, change: Callable[[Session], Changed], *, routes: bool) -> Changed:
    """What one person at the desk changes, in one transaction. routes: listings may have another route by it."""
    with write() as session:
        if accounts.at_work(session, by_id, "companies.edit") is None:
            raise Refused("forbidden", sentence("You do not have access to this page."))
        alone(session, companies.DIRECTORY)  # before anything of it is read, as an import does
        before = companies.directory(session)
        changed = change(session)
        if routes and directory_import.routes_otherwise(before, companies.directory(session)):
            directory_import.know_again(session, before)
        return changed
