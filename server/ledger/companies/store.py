"""Companies as they are kept: importing the directory, reading it for routing, and SPOCs whose mail came back."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from server.core import audit, clock
from server.core.database import Cached, new_id
from server.core.words import Channel, Refused, sentence
from server.ledger.companies import routing
from server.ledger.companies.models import Clause, Company, DirectoryVersion, NameKind, Platform, PlatformName, Spoc
from server.ledger.companies.schemas import claimed_twice, contact

# --- Reading ---------------------------------------------------------------------------------------------------------


def directory(session: Session) -> routing.Directory:
    """The whole directory for routing, without what is retired. One small query when nothing has changed."""
    return _directory.get(session)


def by_slug(session: Session, slug: str) -> Company | None:
    """The company with this slug."""
    return session.scalar(select(Company).where(Company.slug == slug))


def spoc(session: Session, spoc_id: str) -> Spoc | None:
    """A SPOC by id, retired or not: old notices name them."""
    return session.get(Spoc, spoc_id)


def _read(session: Session) -> routing.Directory:
    whole = select(Company).order_by(Company.slug).options(*_PARTS)
    companies, platforms = [], []
    for row in session.scalars(whole.execution_options(populate_existing=True)):
        spocs = tuple(_spoc(each) for each in row.spocs if not each.retired_at)
        company = routing.RoutedCompany(row.id, row.slug, row.name, row.policy_url, spocs, _clauses(row))
        companies.append(company)
        platforms += [_platform(each, company) for each in row.platforms if not each.retired_at]
    return routing.Directory(tuple(companies), tuple(platforms))


_directory = Cached(
    lambda session: session.scalar(select(DirectoryVersion.version)) or "",
    lambda session, version: _read(session) if version else routing.Directory(),
)
_PARTS = (
    selectinload(Company.platforms).selectinload(Platform.names),
    selectinload(Company.spocs),
    selectinload(Company.clauses),
)


def _clauses(row: Company) -> tuple[routing.PolicyClause, ...]:
    return tuple(routing.PolicyClause(each.reference, each.url, tuple(each.groups)) for each in row.clauses)


def _platform(row: Platform, company: routing.RoutedCompany) -> routing.RoutedPlatform:
    names = {kind: tuple(each.name for each in row.names if each.kind == kind) for kind in NameKind}
    return routing.RoutedPlatform(
        id=row.id,
        slug=row.slug,
        name=row.name,
        company=company,
        domains=names[NameKind.DOMAIN],
        hosts=names[NameKind.HOST],
        listing=tuple(row.listing),
        agreed_by=row.monitoring_agreed_by,
        removed=tuple(row.monitoring_removed or ()),
        search=row.search,
        languages=tuple(row.languages or ()),
    )


def _spoc(row: Spoc) -> routing.RoutedSpoc:
    return routing.RoutedSpoc(
        id=row.id,
        name=row.name,
        channel=Channel(row.channel),
        email=row.email,
        form_url=row.form_url,
        webhook_url=row.webhook_url,
        regions=tuple(row.regions),
        languages=tuple(row.languages),
        verified_on=row.verified_on,
        bounced=row.bounced_at is not None,
    )


# --- Writing ---------------------------------------------------------------------------------------------------------


def mark_bounced(session: Session, spoc_id: str) -> None:
    """What was sent to this SPOC came back for good: passed over until the directory says it was verified since."""
    spoc = session.get(Spoc, spoc_id)
    if spoc and not spoc.bounced_at:
        spoc.bounced_at = clock.now()
        audit.record(session, None, "spoc_bounced", "spoc", spoc_id)
        _new_version(session)


def import_directory(session: Session, data: dict[str, Any], actor_id: str | None = None) -> Counter[str]:
    """Make the directory say what a checked companies file says of the companies it names; others are left alone.

    Returns how many companies were `created`, `updated`, `unchanged`; the same file twice changes nothing.
    Raises Refused("invalid") when a platform, domain or host belongs to a company that the file does not name.
    """
    kept = {company.slug: company for company in session.scalars(select(Company).options(*_PARTS))}
    platforms = {platform.slug: platform for company in kept.values() for platform in company.platforms}
    named: dict[str, Company] = {}
    created, changed = set[str](), set[str]()  # ids of companies
    for entry in data["companies"]:
        company = named[entry["slug"]] = kept.get(entry["slug"]) or Company(id=new_id(), slug=entry["slug"])
        if entry["slug"] not in kept:
            created.add(company.id)
            session.add(company)
        if _set(company, name=entry["name"], policy_url=entry["policy_url"]):
            changed.add(company.id)
    ids = {company.id for company in named.values()}
    for entry in data["companies"]:
        company = named[entry["slug"]]
        if _import_platforms(session, company, entry["platforms"], platforms, ids):
            changed.add(company.id)
        if _import_spocs(session, company, entry["spocs"]):
            changed.add(company.id)
        if _import_clauses(session, company, entry["clauses"]):
            changed.add(company.id)
    session.flush()
    changed |= _import_names(session, data, platforms, ids)
    for company_id in sorted(changed):
        verb = "company_created" if company_id in created else "company_updated"
        audit.record(session, actor_id, verb, "company", company_id)
    if changed:
        _new_version(session)
    updated = len(changed - created)
    return Counter(created=len(created), updated=updated, unchanged=len(ids) - len(created) - updated)


def _import_platforms(
    session: Session, company: Company, entries: list[dict[str, Any]], platforms: dict[str, Platform], named: set[str]
) -> bool:
    changed = False
    for each in entries:
        platform = platforms.get(each["slug"])
        if platform is None:
            platform = platforms[each["slug"]] = Platform(id=new_id(), slug=each["slug"], company_id=company.id)
            session.add(platform)
        elif platform.company_id not in named:
            raise Refused(
                "invalid",
                sentence(
                    "The platform %(platform)s belongs to a company that this file does not name.",
                    platform=each["slug"],
                ),
            )
        agreed = each["monitoring"] or {}
        changed |= _set(
            platform,
            company_id=company.id,
            name=each["name"],
            listing=each["listing"],
            monitoring_agreed_by=agreed.get("agreed_by"),
            monitoring_agreed_on=agreed.get("date"),
            monitoring_removed=agreed.get("removed") or None,
            search=each["search"],
            languages=each["languages"] or None,
            retired_at=None,
        )
    slugs = {each["slug"] for each in entries}
    return changed | _retire(
        each for each in platforms.values() if each.company_id == company.id and each.slug not in slugs
    )


def _import_spocs(session: Session, company: Company, entries: list[dict[str, Any]]) -> bool:
    kept = {contact(vars(each)): each for each in company.spocs}
    wanted = {contact(each): each for each in entries}
    changed = False
    for address, each in wanted.items():
        spoc = kept.get(address)
        if spoc is None:
            spoc = Spoc(id=new_id(), company_id=company.id)
            session.add(spoc)
        verified: date | None = each["verified"]
        if spoc.bounced_at and verified and spoc.bounced_at.date() <= verified != spoc.verified_on:
            changed |= _set(spoc, bounced_at=None)  # somebody has made sure since
        same = ("name", "channel", "email", "form_url", "webhook_url", "webhook_secrets", "regions", "languages")
        changed |= _set(spoc, **{name: each[name] for name in same}, verified_on=verified, retired_at=None)
    return changed | _retire(spoc for address, spoc in kept.items() if address not in wanted)


def _import_clauses(session: Session, company: Company, entries: list[dict[str, Any]]) -> bool:
    """Add and update the clauses a file names; it takes none away."""
    kept = {each.reference: each for each in company.clauses}
    changed = False
    for position, each in enumerate(entries):
        clause = kept.get(each["reference"])
        if clause is None:
            clause = Clause(company_id=company.id, reference=each["reference"])
            session.add(clause)
        changed |= _set(clause, url=each["url"], groups=each["groups"], position=position)
    return changed


def _import_names(session: Session, data: dict[str, Any], platforms: dict[str, Platform], named: set[str]) -> set[str]:
    """Give each domain and host to the platform that claims it; return the ids of the companies this changed."""
    claims = [each for entry in data["companies"] for each in entry["platforms"]]
    wanted = {
        (kind, name): platforms[each["slug"]] for each in claims for kind in NameKind for name in each[f"{kind}s"]
    }
    rows = {(NameKind(row.kind), row.name): row for row in session.scalars(select(PlatformName))}
    owners = {platform.id: platform for platform in platforms.values()}
    changed = set[str]()
    for (kind, name), row in rows.items():
        owner, claimant = owners[row.platform_id], wanted.get((kind, name))
        if claimant is owner or (claimant is None and owner.company_id not in named):
            continue
        changed.add(owner.company_id)
        if claimant is None:
            session.delete(row)
        elif owner.company_id not in named:
            raise Refused("invalid", claimed_twice(kind, name, owner.slug, claimant.slug))
        else:
            changed.add(claimant.company_id)
            row.platform_id = claimant.id
    for (kind, name), claimant in wanted.items():
        if (kind, name) not in rows:
            changed.add(claimant.company_id)
            session.add(PlatformName(kind=kind, name=name, platform_id=claimant.id))
    return changed


def _set(row: Any, **values: Any) -> bool:
    """Set what differs; whether anything did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _retire(rows: Iterable[Platform | Spoc]) -> bool:
    leaving = [row for row in rows if not row.retired_at]
    for row in leaving:
        row.retired_at = clock.now()
    return bool(leaving)


def _new_version(session: Session) -> None:
    session.merge(DirectoryVersion(id=1, version=new_id()))
    _directory.forget(session)
