"""Companies as they are kept: reading the directory for routing, and SPOCs whose mail came back. `importing` fills it."""

from sqlalchemy import ScalarResult, select
from sqlalchemy.orm import Session, selectinload

from server.core import audit, clock
from server.core.cached import Cached
from server.core.database import new_id
from server.core.words import Channel
from server.ledger.companies import routing
from server.ledger.companies.models import Company, DirectoryVersion, NameKind, Platform, Spoc

DIRECTORY = "directory"  # what nobody changes at the same time as another (`database.alone`)

# --- Reading ---------------------------------------------------------------------------------------------------------


def directory(session: Session) -> routing.Directory:
    """The whole directory for routing, without what is retired. One small query when nothing has changed."""
    return _directory.get(session)


def by_slug(session: Session, slug: str) -> Company | None:
    """The company with this slug."""
    return session.scalar(select(Company).where(Company.slug == slug))


def homes(session: Session, company_id: str) -> tuple[dict[str, set[str]], set[str]]:
    """By a platform's slug its domains and hosts; and the domains of its company's contacts' addresses."""
    known = directory(session)
    company = next((company for company in known.companies if company.id == company_id), None)
    if company is None:
        return {}, set()
    names = {platform.slug: {*platform.domains, *platform.hosts} for platform in known.platforms_of(company)}
    return names, {spoc.email.rpartition("@")[2].lower() for spoc in company.spocs if spoc.email}


def spoc(session: Session, spoc_id: str) -> Spoc | None:
    """A SPOC by id, retired or not: old notices name them."""
    return session.get(Spoc, spoc_id)


def routed(session: Session, spoc_id: str) -> routing.RoutedSpoc | None:
    """A SPOC as notices are routed to it; None for one that is retired."""
    row = session.get(Spoc, spoc_id)
    return _spoc(row) if row and not row.retired_at else None


def spocs_of(session: Session, company_id: str) -> list[routing.RoutedSpoc]:
    """A company's SPOCs as notices are routed to them, in the order of their page."""
    rows = select(Spoc).where(Spoc.company_id == company_id, Spoc.retired_at.is_(None)).order_by(Spoc.id)
    return [_spoc(row) for row in session.scalars(rows)]


def retired_platforms(session: Session) -> list[str]:
    """The ids of platforms that were taken away."""
    return list(session.scalars(select(Platform.id).where(Platform.retired_at.is_not(None))))


def mailbox(session: Session, spoc_id: str | None) -> str | None:
    """The address that a SPOC is mailed at today; None for one that is retired, or gets its notices another way."""
    spoc = routed(session, spoc_id) if spoc_id else None
    return spoc.address or None if spoc and spoc.channel.address_field == "email" else None


def whole(session: Session, slug: str) -> Company | None:
    """One company with its platforms, their names, its clauses and SPOCs, as the database has them now."""
    company = select(Company).where(Company.slug == slug).options(*_PARTS)
    return session.scalars(company.execution_options(populate_existing=True)).one_or_none()


def rows(session: Session) -> ScalarResult[Company]:
    """Every company with its platforms, their names and its SPOCs, retired or not, as the database has them now."""
    whole = select(Company).order_by(Company.slug).options(*_PARTS)
    return session.scalars(whole.execution_options(populate_existing=True))


def _read(session: Session) -> routing.Directory:
    companies, platforms = [], []
    for row in rows(session):
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
        per_domain=row.per_domain,
        agreed_by=row.monitoring_agreed_by,
        removed=tuple(row.monitoring_removed or ()),
        search=row.search,
        languages=tuple(row.languages or ()),
        country=row.country,
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
        groups=tuple(row.groups),
        platforms=tuple(row.platforms),
        time_zone=row.time_zone,
        digest_hour=row.digest_hour,
        verified_on=row.verified_on,
        bounced=row.bounced_at is not None,
    )


# --- Writing ---------------------------------------------------------------------------------------------------------


def mark_bounced(session: Session, spoc_id: str, address: str) -> None:
    """What was sent to this address came back for good: passed over until the directory says it was verified since.

    Nothing is said of a SPOC that has another address or another channel by now.
    """
    spoc = session.get(
        Spoc, spoc_id, with_for_update=True, populate_existing=True
    )  # as whatever is in force now left it
    if spoc and not spoc.bounced_at and _spoc(spoc).address.lower() == address.lower() != "":
        spoc.bounced_at = clock.now()
        audit.record(session, None, "spoc_bounced", "spoc", spoc_id)
        new_version(session)


def new_version(session: Session, imported: dict[str, int] | None = None) -> None:
    """Every process reads the directory again. imported: what an import has changed, in numbers, for coordinators."""
    row = session.merge(DirectoryVersion(id=1, version=new_id()))
    if imported is not None:
        row.imported, row.imported_at = imported, clock.now()
    _directory.forget(session)


def with_secrets(session: Session) -> set[str]:
    """The addresses of webhooks whose secrets are known."""
    rows = select(Spoc.webhook_url, Spoc.webhook_secrets).where(Spoc.webhook_url.is_not(None))
    return {url for url, secrets in session.execute(rows) if url and secrets}


def last_import(session: Session) -> DirectoryVersion | None:
    """What the last import that changed something did, and when."""
    return session.scalar(select(DirectoryVersion).where(DirectoryVersion.imported_at.is_not(None)))
