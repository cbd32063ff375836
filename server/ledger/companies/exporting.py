"""The directory as a companies file that importing reads back unchanged. A webhook's secrets never leave."""

from typing import Any

import yaml
from sqlalchemy.orm import Session

from server.ledger.companies import store
from server.ledger.companies.models import Company, NameKind, Platform, Spoc

HEAD = """\
# The directory of companies. `flask --app server companies import` reads it back; a webhook's secrets are not in it.
# It names people's work addresses: keep it to yourselves.
"""


def exported(session: Session) -> dict[str, Any]:
    """The directory as a companies file has it, without what is retired and without empty fields."""
    return {"companies": [company_entry(row) for row in store.rows(session)]}


def as_yaml(content: dict[str, Any]) -> str:
    """The text of a companies file."""
    return HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


def company_entry(row: Company) -> dict[str, Any]:
    """A company as a companies file has it."""
    return _filled(
        slug=row.slug,
        name=row.name,
        policy_url=row.policy_url,
        clauses=[_filled(reference=each.reference, url=each.url, groups=each.groups) for each in row.clauses],
        platforms=[platform_entry(each) for each in row.platforms if not each.retired_at],
        spocs=[spoc_entry(each) for each in row.spocs if not each.retired_at],
    )


def platform_entry(row: Platform) -> dict[str, Any]:
    """A platform as a companies file has it."""
    names = {kind: [each.name for each in row.names if each.kind == kind] for kind in NameKind}
    monitoring = row.monitoring_agreed_by and _filled(
        agreed_by=row.monitoring_agreed_by,
        date=row.monitoring_agreed_on and row.monitoring_agreed_on.isoformat(),
        removed=row.monitoring_removed,
    )
    return _filled(
        slug=row.slug,
        name=row.name,
        domains=names[NameKind.DOMAIN],
        hosts=names[NameKind.HOST],
        listing=row.listing,
        per_domain=row.per_domain,
        search=row.search,
        languages=row.languages,
        country=row.country,
        monitoring=monitoring,
    )


def spoc_entry(row: Spoc) -> dict[str, Any]:
    """A SPOC as a companies file has it."""
    hour = {} if row.digest_hour is None else {"digest_hour": row.digest_hour}  # which may be 0
    return (
        _filled(
            name=row.name,
            channel=str(row.channel),
            email=row.email,
            form_url=row.form_url,
            webhook_url=row.webhook_url,
            regions=row.regions,
            languages=row.languages,
            groups=row.groups,
            platforms=row.platforms,
            time_zone=row.time_zone,
            verified=row.verified_on and row.verified_on.isoformat(),
        )
        | hour
    )


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
