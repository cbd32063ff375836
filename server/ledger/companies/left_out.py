"""What the companies that a file names have and the file leaves out: what `--replace` takes away. Pure.

Secrets and the day of the last confirmation are not asked for: a file may leave them out and nothing is lost.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from server.ledger.companies.schemas import contact

OF_COMPANY = ("policy_url",)
OF_PLATFORM = ("listing", "per_domain", "search", "languages", "country", "monitoring")
OF_SPOC = (
    "email",
    "form_url",
    "webhook_url",
    "regions",
    "languages",
    "groups",
    "platforms",
    "time_zone",
    "digest_hour",
)


class LeftOut(NamedTuple):
    """One thing: a clause, a platform, a SPOC, a domain or host of a platform, or a field that the file does not state."""

    company: str  # slug
    what: str  # clause, platform, SPOC, domain, host, or a field's name
    name: str  # of it, or of the platform or SPOC whose field it is; empty: the company's own field


def left_out(kept: Mapping[str, Any], data: Mapping[str, Any]) -> list[LeftOut]:
    """What of `kept`, the directory as `exporting.exported` has it, a checked file leaves out of the companies it names."""
    companies = {company["slug"]: company for company in kept["companies"]}
    platforms = {each["slug"]: each for entry in data["companies"] for each in entry["platforms"]}
    claimed = {(what, name) for each in platforms.values() for what in ("domain", "host") for name in each[f"{what}s"]}
    pairs = [(companies[entry["slug"]], entry) for entry in data["companies"] if entry["slug"] in companies]
    return [each for company, entry in pairs for each in _of_company(company, entry, platforms, claimed)]


def _of_company(
    company: Mapping[str, Any],
    entry: Mapping[str, Any],
    platforms: Mapping[str, Any],
    claimed: set[tuple[str, str]],
) -> Iterator[LeftOut]:
    slug = company["slug"]
    yield from (LeftOut(slug, field, "") for field in _fields(company, entry, OF_COMPANY))
    clauses = {clause["reference"] for clause in entry["clauses"]}
    for clause in company.get("clauses", ()):
        if clause["reference"] not in clauses:
            yield LeftOut(slug, "clause", clause["reference"])
    for platform in company.get("platforms", ()):
        name = platform["slug"]
        if name not in platforms:
            yield LeftOut(slug, "platform", name)
            continue
        for what in ("domain", "host"):
            yield from (
                LeftOut(slug, what, each) for each in platform.get(f"{what}s", ()) if (what, each) not in claimed
            )
        yield from (LeftOut(slug, field, name) for field in _fields(platform, platforms[name], OF_PLATFORM))
    spocs = {contact(spoc): spoc for spoc in entry["spocs"]}
    for spoc in company.get("spocs", ()):
        address = contact(spoc)
        if address not in spocs:
            yield LeftOut(slug, "SPOC", f"{spoc['name']} ({', '.join(filter(None, dict.fromkeys(address)))})")
        else:
            yield from (LeftOut(slug, field, spoc["name"]) for field in _fields(spoc, spocs[address], OF_SPOC))


def _fields(kept: Mapping[str, Any], entry: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    return (name for name in names if kept.get(name) not in (None, "", [], ()) and entry[name] is None)
