"""Taking a companies file in: it adds and updates what the file names, and takes nothing away.

With `replace` it makes the companies that the file names what the file says: what `left_out` lists is retired or emptied.
A webhook's secrets and a SPOC's last confirmation stay either way, until the file has others; secrets that the company has made
itself stay while the webhook's address does.
"""

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import alone, new_id
from server.core.sentences import sentence
from server.core.words import Channel, Refused
from server.ledger.companies import address_store, exporting, new_contacts, secret_store, store
from server.ledger.companies.left_out import OF_COMPANY, OF_PLATFORM, OF_SPOC, left_out
from server.ledger.companies.models import Clause, Company, NameKind, Platform, PlatformName, Spoc
from server.ledger.companies.new_contacts import NewContact, NotAtOnce, PassedOver, Split
from server.ledger.companies.schemas import claimed_twice, contact

# What a field is where a file does not say anything of it.
EMPTY: dict[str, Any] = {
    "listing": [], "per_domain": False, "regions": [], "languages": [], "groups": [], "platforms": [],
}  # fmt: skip


def import_directory(
    session: Session, data: dict[str, Any], actor_id: str | None = None, *, replace: bool = False,
    waits: NotAtOnce | None = None,
) -> Counter[str]:  # fmt: skip
    """Take in a checked companies file. The same file twice changes nothing.

    waits: gets the addresses of contacts that the file brings, which are then not taken in. None: they count at once.

    Returns how many companies were `created`, `updated`, `unchanged`, and how many things `retired`.
    Raises Refused("invalid") when a platform, domain or host belongs to a company that the file does not name, and when a
    SPOC names a platform that its company does not have.
    """
    alone(session, store.DIRECTORY)
    taking = _Taking(session, data, replace, actor_id, waits)
    counts = taking.whole()
    for company_id in sorted(taking.changed):
        verb = "company_created" if company_id in taking.created else "company_updated"
        audit.record(session, actor_id, verb, "company", company_id)
    if taking.changed:
        audit.record(session, actor_id, "directory_imported", "directory", "directory", **counts)
        store.new_version(session, imported=dict(counts))
    return counts


def take_in_company(session: Session, entry: dict[str, Any]) -> None:
    """Make one company, its platforms and clauses what a checked entry says. Its SPOCs stay as they are.

    Raises Refused("invalid"), as `import_directory` does. The audit rows are the caller's.
    """
    taking = _Taking(session, {"companies": [entry]}, True, None)
    taking.whole(spocs=False)
    if taking.changed:
        store.new_version(session)


def refuse_foreign_platforms(entry: dict[str, Any], own: set[str], company: str, place: str) -> None:
    """A SPOC for a platform that its company does not have would never be chosen. Raises Refused("invalid")."""
    if foreign := sorted(set(entry["platforms"] or ()) - own):
        detail = sentence(
            "%(spoc)s is for the platform %(platform)s, which %(company)s does not run.",
            spoc=entry["name"], platform=foreign[0], company=company,
        )  # fmt: skip
        raise Refused("invalid", detail, errors={f"{place}.platforms": [detail]})


class _Taking:
    """One file being taken in."""

    def __init__(
        self, session: Session, data: dict[str, Any], replace: bool, by_id: str | None, waits: NotAtOnce | None = None
    ) -> None:
        self.session, self.entries, self.replace, self.by_id = session, data["companies"], replace, by_id
        self.waits = waits
        self.retired = len(left_out(exporting.exported(session), data)) if replace else 0
        self.companies = {company.slug: company for company in store.rows(session)}
        self.platforms = {each.slug: each for company in self.companies.values() for each in company.platforms}
        self.created, self.changed = set[str](), set[str]()  # ids of companies

    def whole(self, spocs: bool = True) -> Counter[str]:
        """Every entry of the file, in an order in which platforms may move from one company to another."""
        for entry in self.entries:
            self._company(entry)
        self.named = {self.companies[entry["slug"]].id for entry in self.entries}
        for entry in self.entries:
            self._platforms(self.companies[entry["slug"]], entry["platforms"])
        for place, entry in enumerate(self.entries):
            if spocs:
                self._spocs(self.companies[entry["slug"]], entry["spocs"], f"companies[{place}].spocs")
            self._clauses(self.companies[entry["slug"]], entry["clauses"])
        self.session.flush()
        self._names()
        updated = len(self.changed - self.created)
        unchanged = len(self.named) - len(self.created) - updated
        return Counter(created=len(self.created), updated=updated, unchanged=unchanged, retired=self.retired)

    def _set(self, row: Any, owner: Company, **values: Any) -> None:
        """Set what differs; `owner` has changed if anything does."""
        different = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in different.items():
            setattr(row, name, value)
        if different:
            self.changed.add(owner.id)

    def _said(self, entry: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
        """What the entry says of these fields; to replace, also that it says nothing."""
        said = {name: entry[name] for name in names if entry[name] is not None}
        return {name: EMPTY.get(name) for name in names} | said if self.replace else said

    def _company(self, entry: dict[str, Any]) -> None:
        company = self.companies.get(entry["slug"])
        if company is None:
            company = self.companies[entry["slug"]] = Company(id=new_id(), slug=entry["slug"])
            self.created.add(company.id)
            self.session.add(company)
        self._set(company, company, name=entry["name"], **self._said(entry, OF_COMPANY))

    def _platforms(self, company: Company, entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            platform = self.platforms.get(entry["slug"])
            if platform is None:
                platform = Platform(
                    id=new_id(), slug=entry["slug"], company_id=company.id, listing=[], per_domain=False
                )
                self.platforms[entry["slug"]] = platform
                self.session.add(platform)
            elif platform.company_id not in self.named:
                detail = sentence(
                    "The platform %(platform)s belongs to a company that this file does not name.",
                    platform=entry["slug"],
                )
                raise Refused("invalid", detail, errors={self._place(platform, "slug"): [detail]})
            said = self._said(entry, OF_PLATFORM)
            if "monitoring" in said:
                agreed = said.pop("monitoring") or {}
                said["monitoring_agreed_by"], said["monitoring_agreed_on"] = agreed.get("agreed_by"), agreed.get("date")
                said["monitoring_removed"] = agreed.get("removed") or None
            if "languages" in said:
                said["languages"] = said["languages"] or None
            self._set(platform, company, company_id=company.id, name=entry["name"], retired_at=None, **said)
        if self.replace:
            slugs = {entry["slug"] for entry in entries}
            for platform in self.platforms.values():
                if platform.company_id == company.id and platform.slug not in slugs and not platform.retired_at:
                    self._set(platform, company, retired_at=clock.now())

    def _spocs(self, company: Company, entries: list[dict[str, Any]], within: str) -> None:
        spocs = (
            sorted(company.spocs, key=lambda spoc: spoc.retired_at is None) if company.id not in self.created else []
        )
        kept = {contact(vars(spoc)): spoc for spoc in spocs}  # of two with the same address the one that is not retired
        own = {each.slug for each in self.platforms.values() if each.company_id == company.id}
        live = [spoc for spoc in spocs if not spoc.retired_at]
        for number, stated in enumerate(entries):
            entry, place = stated, f"{within}[{number}]"
            spoc = kept.get(contact(entry)) if self.waits is None else new_contacts.known(entry, entries, live)
            had = set(spoc.platforms) if spoc else set()  # an export names them also after they moved
            refuse_foreign_platforms(entry, own | had, company.name, place)
            if self.waits is not None:
                parts = new_contacts.split(entry, spoc)
                self._wait(company, spoc, entry, parts, place)
                if parts.at_once is None:
                    continue
                entry = parts.at_once
            said = self._said(entry, OF_SPOC)
            before = address_store.addresses(spoc)
            if spoc is None:
                spoc = Spoc(id=new_id(), company_id=company.id, channel=entry["channel"] or Channel.MAIL)
                spoc.regions, spoc.languages, spoc.groups, spoc.platforms = [], [], [], []
                spoc.verified_on = clock.now().date()
                self.session.add(spoc)
            if entry["channel"] or self.replace:
                said["channel"] = entry["channel"] or Channel.MAIL
            if entry["webhook_secrets"] and secret_store.takes(self.session, spoc, said.get("webhook_url")):
                said["webhook_secrets"] = entry["webhook_secrets"]
            verified = entry["verified"]
            if spoc.bounced_at and verified and spoc.bounced_at.date() <= verified != spoc.verified_on:
                said["bounced_at"] = None  # somebody has made sure since
            if verified:
                said["verified_on"] = verified
            self._set(spoc, company, name=entry["name"], retired_at=None, **said)
            secret_store.note(self.session, spoc)
            address_store.note_import(self.session, spoc, before, self.by_id, clock.now())
        if self.replace:
            named = {contact(entry) for entry in entries}
            for address, spoc in kept.items():
                if address not in named and not spoc.retired_at:
                    before = address_store.addresses(spoc)
                    self._set(spoc, company, retired_at=clock.now())
                    address_store.note_import(self.session, spoc, before, self.by_id, clock.now())

    def _wait(self, company: Company, spoc: Spoc | None, entry: dict[str, Any], parts: Split, place: str) -> None:
        """Note which addresses of an entry are not taken in."""
        waits = self.waits or NotAtOnce()
        waits.passed_over += (PassedOver(company.name, entry["name"], field) for field in parts.passed_over)
        if parts.to:
            channel, address = parts.to
            old = address_store.today(spoc)[1] if spoc else None
            secret = (entry["webhook_secrets"] or [""])[0] if channel is Channel.WEBHOOK else ""
            is_for = None if spoc else new_contacts.is_for(entry)
            waits.contacts.append(NewContact(
                place, company.id, company.name, company.slug, spoc.id if spoc else None, entry["name"], channel, address,
                old, secret, is_for,
            ))  # fmt: skip

    def _clauses(self, company: Company, entries: list[dict[str, Any]]) -> None:
        clauses = {clause.reference: clause for clause in company.clauses} if company.id not in self.created else {}
        kept, named = list(clauses), [entry["reference"] for entry in entries]
        free = max((clause.position for clause in clauses.values()), default=-1) + 1
        for position, entry in enumerate(entries, free):
            clause = clauses.get(entry["reference"])
            if clause is None:
                clause = Clause(company_id=company.id, reference=entry["reference"], position=position)
                clauses[entry["reference"]] = clause
                self.session.add(clause)
            self._set(clause, company, url=entry["url"], groups=entry["groups"])
        if self.replace and named != kept:
            for reference, clause in clauses.items():
                if reference in named:
                    self._set(clause, company, position=named.index(reference))
                else:
                    self.session.delete(clause)
                    self.changed.add(company.id)

    def _place(self, platform: Platform, field: str) -> str:
        """Where the content names a platform's field, as `schemas.check` names places."""
        pairs = [(n, m, each) for n, entry in enumerate(self.entries) for m, each in enumerate(entry["platforms"])]
        n, m = next((n, m) for n, m, each in pairs if each["slug"] == platform.slug)
        return f"companies[{n}].platforms[{m}].{field}"

    def _names(self) -> None:
        """Give each domain and host to the platform that claims it."""
        claims = [each for entry in self.entries for each in entry["platforms"]]
        wanted = {
            (kind, name): self.platforms[each["slug"]]
            for each in claims
            for kind in NameKind
            for name in each[f"{kind}s"]
        }
        rows = {(NameKind(row.kind), row.name): row for row in self.session.scalars(select(PlatformName))}
        owners = {platform.id: platform for platform in self.platforms.values()}
        for (kind, name), row in rows.items():
            owner, claimant = owners[row.platform_id], wanted.get((kind, name))
            if claimant is owner:
                continue
            if claimant is None:
                if self.replace and owner.company_id in self.named:
                    self.changed.add(owner.company_id)
                    self.session.delete(row)
            elif owner.company_id not in self.named:
                detail = claimed_twice(kind, name, owner.slug, claimant.slug)
                raise Refused("invalid", detail, errors={self._place(claimant, f"{kind}s"): [detail]})
            else:
                self.changed |= {owner.company_id, claimant.company_id}
                row.platform_id = claimant.id
        for (kind, name), claimant in wanted.items():
            if (kind, name) not in rows:
                self.changed.add(claimant.company_id)
                self.session.add(PlatformName(kind=kind, name=name, platform_id=claimant.id))
