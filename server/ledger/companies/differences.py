"""What differs between two states of a company's entry, as `exporting.company_entry` has them, in codes for a page. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

OF_COMPANY = ("name", "policy_url", "clauses")
OF_PLATFORM = ("name", "listing", "per_domain", "search", "languages", "country", "monitoring")
OF_SPOC = (
    "name", "channel", "regions", "languages", "groups", "platforms", "time_zone", "digest_hour", "verified",
)  # fmt: skip


class EntryDifference(NamedTuple):
    """One thing that is other than before: what was done (an action of the audit trail), of what, and which fields of it."""

    done: str
    of: str | None  # a platform's or SPOC's name; None: the company itself
    fields: tuple[str, ...] = ()
    added: tuple[str, ...] = ()  # domains and hosts
    removed: tuple[str, ...] = ()


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[EntryDifference]:
    """What has come, changed and gone. before: None for a company that is new."""
    found = [] if before is None else list(_changed("company_changed", None, before, after, OF_COMPANY))
    return [*found, *_platforms(before or {}, after), *_spocs(before or {}, after)]


def _platforms(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[EntryDifference]:
    had = {each["slug"]: each for each in before.get("platforms", ())}
    has = {each["slug"]: each for each in after.get("platforms", ())}
    for slug, platform in has.items():
        if slug in had:
            yield from _changed("platform_changed", platform["name"], had[slug], platform, OF_PLATFORM)
        else:
            yield EntryDifference("platform_added", platform["name"], added=_names(platform))
    yield from (
        EntryDifference("platform_retired", had[slug]["name"], removed=_names(had[slug])) for slug in had.keys() - has
    )


def _spocs(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[EntryDifference]:
    had, has = before.get("spocs", ()), after.get("spocs", ())
    for old, new in zip(had, has, strict=False):  # by age, and none is taken away
        yield from _changed("spoc_changed", new["name"], old, new, OF_SPOC)
    yield from (EntryDifference("spoc_added", each["name"]) for each in has[len(had) :])


def _changed(
    done: str, of: str | None, before: Mapping[str, Any], after: Mapping[str, Any], names: tuple[str, ...]
) -> Iterator[EntryDifference]:
    fields = tuple(name for name in names if before.get(name) != after.get(name))
    had, has = _names(before), _names(after)
    added, removed = (tuple(sorted(set(one) - set(other))) for one, other in ((has, had), (had, has)))
    if fields or added or removed:
        yield EntryDifference(done, of, fields, added, removed)


def _names(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted((*entry.get("domains", ()), *entry.get("hosts", ()))))
