"""The time zones that a round can be planned in, by their IANA names, and how each is called: the tz database and Babel."""

import functools
import zoneinfo

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from server.core import times
from server.core.sentences import Localized

UTC = "UTC"


@functools.cache
def names() -> frozenset[str]:
    """The names one can choose from: UTC, and the zone of each place, under its present name."""
    here, old = zoneinfo.available_timezones(), get_global("zone_aliases")
    places = {name for name, land in get_global("zone_territories").items() if len(land) == 2 and land != "ZZ"}
    return frozenset({UTC, *places & here - set(old)})


def city(name: str) -> Localized:
    """A zone by its city: `Singapore`, `Buenos Aires`; `UTC`."""
    return Localized(lambda language, _: _city(name, times.locale(language)))


@functools.cache
def choices(language: str) -> tuple[tuple[str, str], ...]:
    """Each zone's name with its country and city in a language, as `Argentina – Buenos Aires`, in their order; UTC first."""
    locale = times.locale(language)
    lands = Locale.parse(locale).territories
    listed = []
    for name in names() - {UTC}:
        land, within = lands.get(get_global("zone_territories")[name], ""), _city(name, locale)
        listed.append((name, f"{land} – {within}" if land and land != within else within))
    return (UTC, UTC), *sorted(listed, key=lambda choice: (choice[1].casefold(), choice[0]))


def _city(name: str, locale: str) -> str:
    return UTC if name == UTC else get_timezone_location(name, locale=locale, return_city=True)
