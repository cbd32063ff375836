"""A companies file imported on a page: what it would do is shown first, and then exactly that is done, in one transaction.

All of it counts at once but for contacts' addresses: each begins the way of every new address (`addresses`). Decision record 53.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from server.core import stale
from server.core.database import alone, write
from server.core.sentences import sentence
from server.core.slips import Slips
from server.core.words import Refused
from server.journeys.company import addresses, directory_import
from server.ledger.companies import address_store, exporting, importing
from server.ledger.companies import store as companies
from server.ledger.companies.address_states import MOST_A_DAY
from server.ledger.companies.differences import EntryDifference, differences
from server.ledger.companies.new_contacts import NewContact, NotAtOnce, PassedOver
from server.people.accounts import store as accounts


class OfCompany(NamedTuple):
    """What a file does with one company."""

    slug: str
    name: str
    is_new: bool
    differences: Sequence[EntryDifference]


class Upload(NamedTuple):
    """What a file does, or has done."""

    companies: Sequence[OfCompany]  # those that it adds or changes
    left: int  # how many it names that stay as they are
    proposed: Sequence[NewContact]  # addresses that wait for a second person from now on
    waiting: Sequence[NewContact]  # addresses that wait already
    passed_over: Sequence[PassedOver]
    mark: str  # what tells this from what the same file would do to another directory
    rerouted: int | None = None  # listings that have another route now; None: nothing is done yet


class _NotYet(Exception):
    """It is only shown: nothing is kept."""


def import_file(data: dict[str, Any], why: str, by_id: str, seen: str = "") -> Upload:
    """Import a checked companies file, if it does what its reader has seen; else it is only said what it would do.

    why: how the new addresses were learned of. seen: the mark of what was shown.

    Raises Refused: forbidden, too-many, and conflict or invalid with a sentence for each place that is wrong.
    """
    try:
        with write() as session:
            if accounts.at_work(session, by_id, "companies.import") is None:
                raise Refused("forbidden", sentence("You do not have access to this page."))
            alone(session, companies.DIRECTORY)  # before anything of it is read: an edit may be under way
            directory = companies.directory(session)
            upload = _take_in(session, data, why, by_id)
            if upload.mark != seen:
                raise _NotYet
            rerouted = 0
            if directory_import.routes_otherwise(directory, companies.directory(session)):
                rerouted = directory_import.know_again(session, directory)
            return upload._replace(rerouted=rerouted)
    except _NotYet:
        return upload


def _take_in(session: Session, data: dict[str, Any], why: str, by_id: str) -> Upload:
    waits = NotAtOnce()
    before = _entries(session)
    importing.import_directory(session, data, by_id, waits=waits)
    after, slugs = _entries(session), [entry["slug"] for entry in data["companies"]]
    waiting = [
        each
        for each in waits.contacts
        if address_store.is_proposed(session, each.company_id, each.spoc_id, each.address)
    ]
    proposed = [each for each in waits.contacts if each not in waiting]
    added = {each.place for each in proposed if each.spoc_id is None}  # `addresses` looks at their names
    renamed = [each for each in _renamed(data, before) if each[0] not in added]
    _propose(session, proposed, why, by_id, renamed)
    changed = [
        OfCompany(slug, after[slug]["name"], slug not in before, differences(before.get(slug), after[slug]))
        for slug in slugs
        if before.get(slug) != after[slug]
    ]
    states = [(before.get(each.slug), after[each.slug]) for each in changed]
    contacts = [[each._replace(company_id="", secret="") for each in some] for some in (proposed, waiting)]
    mark = stale.mark([states, contacts, waits.passed_over, why])
    return Upload(changed, len(slugs) - len(changed), proposed, waiting, waits.passed_over, mark)


def _entries(session: Session) -> dict[str, dict[str, Any]]:
    return {entry["slug"]: entry for entry in exporting.exported(session)["companies"]}


def _propose(
    session: Session, proposed: Sequence[NewContact], why: str, by_id: str, renamed: Iterable[tuple[str, str]]
) -> None:
    """Each address begins its way, or none does. renamed: what other SPOCs are called from now on, each with its place."""
    slips = Slips()
    if proposed and (not why.strip() or len(why.strip()) > addresses.LONGEST):
        raise Refused("invalid", addresses.SAY_HOW, errors={"why": [addresses.SAY_HOW]})
    for place, number in Counter(each.place.rpartition(".")[0] for each in proposed).items():
        if number > MOST_A_DAY:
            detail = sentence(
                "At most %(n)s new addresses of a company can be proposed a day. Leave some out.", n=MOST_A_DAY
            )
            raise Refused("invalid", detail, errors={f"{place}.spocs": [detail]})
    for each in proposed:
        to = addresses.NewAddress(each.channel, each.address, each.secret)
        with slips.kept(f"{each.place}."):
            addresses.propose_in(session, each.company_id, each.spoc_id, each.name, to, why, by_id, is_for=each.is_for)
    for place, name in renamed:  # it names nobody in the programme, as on the page of a SPOC
        with slips.kept(f"{place}."):
            addresses.refuse_name(session, name)
    slips.tell()


def _renamed(data: dict[str, Any], before: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for number, entry in enumerate(data["companies"]):
        had = {spoc["name"] for spoc in before.get(entry["slug"], {}).get("spocs", ())}
        for n, spoc in enumerate(entry["spocs"]):
            if spoc["name"] not in had:
                yield f"companies[{number}].spocs[{n}]", spoc["name"]
