"""The directory changed entry by entry, as on pages. What an entry may say is the companies file's own rule (`schemas`).

Whoever changes one says what they saw (`mark`): where somebody else was faster, nothing is overwritten. No address is changed
here (`address_store`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import audit, stale
from server.core.database import alone
from server.core.sentences import sentence
from server.core.slips import Slips
from server.core.words import Channel, Refused
from server.ledger.companies import exporting, importing, schemas, store
from server.ledger.companies.models import Company, Platform, Spoc

OF_COMPANY = ("name", "policy_url", "clauses")
OF_PLATFORM = (
    "name", "domains", "hosts", "listing", "per_domain", "search", "languages", "country", "monitoring",
)  # fmt: skip
OF_SPOC = ("name", "channel", "regions", "languages", "groups", "platforms", "time_zone", "digest_hour")


# --- Reading ---------------------------------------------------------------------------------------------------------


def company(session: Session, slug: str) -> Company:
    """A company with all that belongs to it. Raises Refused("not-found")."""
    row = store.whole(session, slug)
    if row is None:
        raise Refused("not-found", sentence("There is no such company."))
    return row


def platform(of: Company, slug: str) -> Platform:
    """One of its platforms. Raises Refused("not-found")."""
    for row in of.platforms:
        if row.slug == slug and not row.retired_at:
            return row
    raise Refused("not-found", sentence("There is no such platform."))


def spoc(of: Company, spoc_id: str) -> Spoc:
    """One of its SPOCs. Raises Refused("not-found")."""
    for row in of.spocs:
        if row.id == spoc_id and not row.retired_at:
            return row
    raise Refused("not-found", sentence("There is no such SPOC."))


def channels(of: Spoc) -> tuple[Channel, ...]:
    """The ways in which notices may reach a SPOC: those that need no address, or one that the directory has."""
    return tuple(each for each in Channel if all(getattr(of, needed) for needed in each.needs))


def mark(entry: Mapping[str, Any], names: Sequence[str]) -> str:
    """What tells one state of these fields from another."""
    return stale.mark({name: entry.get(name) for name in names})


# --- Writing ---------------------------------------------------------------------------------------------------------


def add(session: Session, entry: dict[str, Any], by_id: str, *, demo: bool) -> Company:
    """A company that is new, with its platforms.

    Raises Refused("invalid"): in `errors` a sentence for each place, such as `slug` or `platforms[0].domains[1]`; those that
    belong to no place stand at the empty one.
    """
    alone(session, store.DIRECTORY)
    slips = Slips()
    with slips.kept():
        if store.by_slug(session, entry["slug"]):
            raise _taken("slug", sentence("A company in the directory has this slug already."))
    for place, each in enumerate(entry["platforms"]):
        with slips.kept():
            _refuse_taken(session, each["slug"], f"platforms[{place}].slug")
    with slips.kept():
        if slips:
            _checked_within(session, entry, "companies[0].", demo)
        else:
            _take_in(session, entry, "companies[0].", demo)
    slips.tell()
    added = company(session, entry["slug"])
    slugs = [each.slug for each in added.platforms]
    audit.record(session, by_id, "company_added", "company", added.id, platforms=slugs)
    return added


def change_company(
    session: Session, slug: str, values: Mapping[str, Any], seen: str, by_id: str, *, demo: bool
) -> list[str]:
    """Change a company's own fields (`OF_COMPANY`); the names of those that are other than before.

    seen: `mark` of what the writer saw. Raises Refused: not-found, stale, and invalid as `add` does.
    """
    alone(session, store.DIRECTORY)
    row = company(session, slug)
    before = exporting.company_entry(row)
    _refuse_stale(before, OF_COMPANY, seen)
    _take_in(session, before | _only(values, OF_COMPANY), "companies[0].", demo)
    fields = _other(before, exporting.company_entry(company(session, slug)), OF_COMPANY)
    if fields:
        audit.record(session, by_id, "company_changed", "company", row.id, fields=fields)
    return fields


def add_platform(session: Session, slug: str, entry: dict[str, Any], by_id: str, *, demo: bool) -> None:
    """One more platform of a company, or one again that was taken away.

    Raises Refused: not-found, and invalid as `add` does, with the platform's own fields.
    """
    alone(session, store.DIRECTORY)
    row = company(session, slug)
    _refuse_taken(session, entry["slug"], "slug", row.id)
    before = exporting.company_entry(row)
    platforms = before.get("platforms", [])
    whole = before | {"platforms": [*platforms, entry]}
    _take_in(session, whole, f"companies[0].platforms[{len(platforms)}].", demo)
    names = sorted((*entry["domains"], *entry["hosts"]))
    audit.record(session, by_id, "platform_added", "company", row.id, platform=entry["slug"], added=names)


def change_platform(
    session: Session, slug: str, platform_slug: str, values: Mapping[str, Any], seen: str, by_id: str, *, demo: bool
) -> list[str]:
    """Change a platform (`OF_PLATFORM`), as `change_company` does. Domains and hosts that came and went stand in the audit row."""
    alone(session, store.DIRECTORY)
    row = company(session, slug)
    before = exporting.platform_entry(platform(row, platform_slug))
    _refuse_stale(before, OF_PLATFORM, seen)
    whole = exporting.company_entry(row)
    place = [each["slug"] for each in whole["platforms"]].index(platform_slug)
    whole["platforms"][place] = before | _only(values, OF_PLATFORM)
    _take_in(session, whole, f"companies[0].platforms[{place}].", demo)
    after = exporting.platform_entry(platform(company(session, slug), platform_slug))
    fields = _other(before, after, OF_PLATFORM)
    if fields:
        had, has = (set(entry.get("domains", [])) | set(entry.get("hosts", [])) for entry in (before, after))
        audit.record(
            session, by_id, "platform_changed", "company", row.id, platform=platform_slug, fields=fields,
            added=sorted(has - had), removed=sorted(had - has),
        )  # fmt: skip
    return fields


def retire_platform(session: Session, slug: str, platform_slug: str, seen: str, by_id: str, *, demo: bool) -> None:
    """Take a platform away; its domains and hosts are free for another. seen: `mark` of it. Raises Refused: not-found, stale."""
    alone(session, store.DIRECTORY)
    row = company(session, slug)
    before = exporting.platform_entry(platform(row, platform_slug))
    _refuse_stale(before, OF_PLATFORM, seen)
    whole = exporting.company_entry(row)
    whole["platforms"] = [each for each in whole["platforms"] if each["slug"] != platform_slug]
    _take_in(session, whole, "", demo)
    names = sorted((*before.get("domains", ()), *before.get("hosts", ())))
    audit.record(session, by_id, "platform_retired", "company", row.id, platform=platform_slug, removed=names)


def change_spoc(
    session: Session, slug: str, spoc_id: str, values: Mapping[str, Any], seen: str, by_id: str, *, demo: bool
) -> list[str]:
    """Change what a SPOC is called and for, and its channel (`OF_SPOC`), never an address, as `change_company` does."""
    alone(session, store.DIRECTORY)
    row = company(session, slug)
    changed = spoc(row, spoc_id)
    before = exporting.spoc_entry(changed)
    _refuse_stale(before, OF_SPOC, seen)
    said = before | _only(values, OF_SPOC)
    if schemas.contact(said) != schemas.contact(vars(changed)):
        _refuse_contact(row, changed, said)
    prefix = "companies[0].spocs[0]"
    try:  # an error in another SPOC, or in a platform, stops nobody here
        alone_here = exporting.company_entry(row) | {"clauses": [], "platforms": [], "spocs": [said]}
        checked = _checked(session, alone_here, demo)["spocs"][0]
        own = {each.slug for each in row.platforms if not each.retired_at} | set(changed.platforms)
        importing.refuse_foreign_platforms(checked, own, row.name, prefix)
    except Refused as refusal:
        raise _within(refusal, f"{prefix}.") from None
    if schemas.contact(said)[0] != schemas.contact(before)[0]:
        changed.bounced_at = None  # what came back says nothing of the other way
    for name in OF_SPOC:
        value = checked[name]
        setattr(changed, name, importing.EMPTY.get(name) if value is None else value)
    session.flush()
    fields = _other(before, exporting.spoc_entry(changed), OF_SPOC)
    if fields:
        audit.record(session, by_id, "spoc_changed", "company", row.id, spoc=spoc_id, fields=fields)
        store.new_version(session)
    return fields


def confirm(session: Session, spoc_id: str, by_id: str | None, at: datetime) -> None:
    """Somebody has made sure today that a SPOC is right. by_id: who at the desk, for whom what came back before counts no more.

    None: the SPOC itself, by a link that may be older than what came back.
    """
    row = session.get_one(Spoc, spoc_id, with_for_update=True, populate_existing=True)
    row.verified_on = at.date()
    if by_id:
        row.bounced_at = None
    audit.record(session, by_id, "spoc_confirmed", "company", row.company_id, spoc=spoc_id)
    store.new_version(session)


# --- Checking --------------------------------------------------------------------------------------------------------


def _checked(session: Session, entry: dict[str, Any], demo: bool) -> dict[str, Any]:
    content = schemas.check({"companies": [entry]}, demo=demo, with_secrets=store.with_secrets(session))
    checked: dict[str, Any] = content["companies"][0]
    return checked


def _checked_within(session: Session, entry: dict[str, Any], prefix: str, demo: bool) -> None:
    """Check the whole company but for its SPOCs. prefix: of the places that the writer has filled in."""
    try:
        _checked(session, entry | {"spocs": []}, demo)
    except Refused as refusal:
        raise _within(refusal, prefix) from None


def _take_in(session: Session, entry: dict[str, Any], prefix: str, demo: bool) -> None:
    """Check the whole company but for its SPOCs, and take it in. prefix: of the places that the writer has filled in."""
    try:
        importing.take_in_company(session, _checked(session, entry | {"spocs": []}, demo))
    except Refused as refusal:
        raise _within(refusal, prefix) from None


def _within(refusal: Refused, prefix: str) -> Refused:
    """A refusal with its places as the writer knows them: without what leads there; the empty one for all others."""
    errors: dict[str, list[str]] = {}
    for place, sentences in refusal.errors.items():
        own = place.removeprefix(prefix) if place.startswith(prefix) else ""
        errors.setdefault(own, []).extend(sentences)
    return Refused(refusal.kind, refusal.detail, errors=errors or {"": [refusal.detail]})


def _refuse_stale(entry: Mapping[str, Any], names: Sequence[str], seen: str) -> None:
    stale.refuse(mark(entry, names), seen)


def _refuse_contact(of: Company, changed: Spoc, said: Mapping[str, Any]) -> None:
    """Another address is another matter, and two SPOCs with one address could not be told apart in a companies file; nor could
    two with one name, where the channel has no address."""
    channel = Channel(said["channel"])
    if channel not in channels(changed):
        raise _taken("channel", sentence("The directory has no address for this channel yet."))
    others = (each for each in of.spocs if each is not changed and not each.retired_at)
    if schemas.contact(said) in {schemas.contact(vars(each)) for each in others}:
        if channel.address_field:
            raise _taken("channel", sentence("A SPOC of this company has this address already."))
        raise _taken("name", sentence("A SPOC of this company has this name and this channel already."))


def _refuse_taken(session: Session, slug: str, place: str, company_id: str | None = None) -> None:
    """company_id: whose platform it may be again, where it was taken away."""
    taken = select(Platform.id).where(Platform.slug == slug)
    if company_id:
        taken = taken.where((Platform.company_id != company_id) | Platform.retired_at.is_(None))
    if session.scalar(taken):
        raise _taken(place, sentence("A platform in the directory has this slug already."))


def _taken(place: str, detail: str) -> Refused:
    return Refused("invalid", detail, errors={place: [detail]})


def _only(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}


def _other(before: Mapping[str, Any], after: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """The fields that differ. An empty one is none."""
    return [name for name in names if (before.get(name) or None) != (after.get(name) or None)]
