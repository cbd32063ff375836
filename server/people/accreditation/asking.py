"""What changed since an accreditation, and what is asked about it until when. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.people.courses.changes import Change

# To pass again what was changed, and to the end of that day (UTC), which is what people are told.
GRACE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Something that changed since the accreditation and must be passed or signed again until a day.

    lessons: those that a short test is about; none: all of it is gone through again. state: of its content.
    """

    name: str
    title: str
    until: datetime
    lessons: tuple[str, ...] = ()
    state: str = ""


def asked_again(
    covers: Mapping[str, str], current: Mapping[str, tuple[str, str]], passed: Collection[tuple[str, str]],
    seen: Mapping[tuple[str, str], datetime], since: datetime, at: datetime,
) -> tuple[AskedAgain, ...]:  # fmt: skip
    """What an accredited person has to pass or sign again, the most urgent first.

    Only what the accreditation was given on: what is required since is asked at the next renewal (decision 0023).
    `current`: hash and title by name, of every module that may be needed and of the agreement. `passed`: what was passed or
    signed since, by name and hash. `seen`: since when each state has been there. The grace runs from the later of that and
    the accreditation's own day. An accreditation that covers nothing was given before this was kept: nothing is asked.
    """
    changes = [
        AskedAgain(name, title, _end(max(seen.get((name, content_hash), at), since)), state=content_hash)
        for name, content_hash, title in changed(covers, current, passed)
    ]
    return tuple(sorted(changes, key=lambda change: change.until))


def changed(
    covers: Mapping[str, str], current: Mapping[str, tuple[str, str]], passed: Collection[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """Name, hash and title of what is asked again as a whole, in no order."""
    for name, (content_hash, title) in current.items() if covers else ():
        if covers.get(name, content_hash) != content_hash and (name, content_hash) not in passed:
            yield name, content_hash, title


def is_about(covers: Mapping[str, str], change: Change) -> bool:
    """Whether a short test on this material change is asked of whoever did not prove that they know it."""
    return change.slug in covers and change.state[0] not in covers


def asked_about(
    covers: Mapping[str, str], changes: Iterable[Change], current: Mapping[str, tuple[str, str]],
    seen: Mapping[tuple[str, str], datetime], since: datetime, at: datetime,
) -> tuple[AskedAgain, ...]:  # fmt: skip
    """The short tests that an accredited person has to pass, the most urgent first: one a module, on all that changed.

    changes: the material ones that no exam they passed asked about, the oldest first. The grace runs from the first of them
    that the accreditation does not cover. current: as `asked_again` has it.
    """
    by_module: dict[str, list[Change]] = {}
    for change in changes:
        if is_about(covers, change):
            by_module.setdefault(change.slug, []).append(change)
    asked = [
        AskedAgain(
            slug, current[slug][1], _end(max(min(seen.get(change.state, at) for change in these), since)),
            tuple(dict.fromkeys(part for change in these for part in change.parts)), these[-1].state[1],
        )
        for slug, these in by_module.items()
    ]  # fmt: skip
    return tuple(sorted(asked, key=lambda change: change.until))


def _end(since: datetime) -> datetime:
    """The end of the last day of grace."""
    return (since + GRACE).replace(hour=23, minute=59, second=59, microsecond=999_999)
