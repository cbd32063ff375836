"""The directory as the desk sees it: who can be reached, and which cases wait because somebody cannot."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, time_zones, web, wording
from server.core.sentences import counted, sentence
from server.core.words import CaseState, Channel, Refused
from server.ledger.cases import queue_store
from server.ledger.cases.models import Case
from server.ledger.companies import reconfirm_store, routing
from server.ledger.companies import store as companies
from server.ledger.companies.routing import Reach
from server.ledger.delivery import slots
from server.ledger.notices import stop_store

PAGE = 50
MOST_HOSTS = 20
STALE = timedelta(days=90)  # a contact is asked again every quarter: people leave
FIRST = (Reach.BOUNCED, Reach.NONE, Reach.BY_HAND, Reach.REACHED)  # what needs a person, first
TABS = {
    "all": sentence("All companies"),
    Reach.BOUNCED: sentence("Email bounced"),
    Reach.NONE: sentence("No SPOC"),
    Reach.BY_HAND: sentence("By hand"),
    Reach.REACHED: sentence("Reachable"),
}


def unrouted_hosts(session: Session) -> list[dict[str, Any]]:
    """Hosts that no platform claims, with how many open cases wait there, most first: what the directory lacks."""
    count = func.count().label("cases")
    hosts = select(Case.host, count).where(Case.company_id.is_(None), Case.state == CaseState.OPEN).group_by(Case.host)
    return [dict(row._mapping) for row in session.execute(hosts.order_by(count.desc(), Case.host).limit(MOST_HOSTS))]


def last_import(session: Session) -> dict[str, Any] | None:
    """When an import last changed something, and what it did."""
    row = companies.last_import(session)
    if row is None or row.imported is None:
        return None
    did = {
        "created": counted("%(number)s company added", "%(number)s companies added", row.imported["created"]),
        "updated": counted("%(number)s company changed", "%(number)s companies changed", row.imported["updated"]),
        "retired": counted("%(number)s entry removed", "%(number)s entries removed", row.imported["retired"]),
    }
    return {"at": row.imported_at, "did": wording.listed([did[name] for name in did if row.imported[name]])}


def listed(session: Session, tab: str, q: str, cursor: str | None) -> dict[str, Any]:
    """A page of companies: first those that cannot be reached though cases wait, then by reach, then by name."""
    directory, demo = companies.directory(session), web.settings().demo
    waiting = queue_store.waiting_by_company(session)
    doubts = reconfirm_store.doubts(session, clock.now())
    held = {stop.company_id for stop in stop_store.all_current(session)}
    everyone = [
        _shown(directory, company, waiting.get(company.id, 0), demo, doubts) | {"held": company.id in held}
        for company in directory.companies
    ]
    counts = {"all": len(everyone)} | {reach: sum(company["reach"] == reach for company in everyone) for reach in FIRST}
    tab = tab if tab in TABS else "all"
    text = q.casefold().strip()
    matching = [
        company for company in everyone if (q or tab in ("all", company["reach"])) and text in company["searched"]
    ]
    matching.sort(
        key=lambda company: (
            company["reach"] in FIRST[2:] or not company["waiting"],
            FIRST.index(company["reach"]),
            company["searched"],
        )
    )
    start = _place(cursor)
    more = str(start + PAGE) if len(matching) > start + PAGE else None
    return {
        "companies": matching[start : start + PAGE],
        "found": len(matching),
        "reachable": counts[Reach.REACHED] + counts[Reach.BY_HAND],
        "total": len(everyone),
        "imported": last_import(session),
        "unrouted": [] if q or start or tab != "all" else unrouted_hosts(session),
        "tabs": [
            {"name": name, "url": web.url_with("companies.index", tab=key if key != "all" else None), "count": counts[key],
             "current": key == tab and not q}
            for key, name in TABS.items()
        ],
        "tab_means": "" if q or tab == "all" else wording.REACH[tab].sentence,
        "next_url": web.url_with("companies.index", tab=tab, q=q or None, cursor=more) if more else None,
        "first_url": web.url_with("companies.index", tab=tab, q=q or None) if start else None,
    }  # fmt: skip


def _shown(
    directory: routing.Directory,
    company: routing.RoutedCompany,
    waiting: int,
    demo: bool,
    doubts: Mapping[str, reconfirm_store.ContactDoubt],
) -> dict[str, Any]:
    platforms = directory.platforms_of(company)
    names = [name for platform in platforms for name in (*platform.domains, *platform.hosts)]
    searched = [
        company.name,
        company.slug,
        *(p.name for p in platforms),
        *names,
        *(s.email or s.name for s in company.spocs),
    ]
    today = clock.now().date()
    return {
        "slug": company.slug,
        "name": company.name,
        "policy_url": company.policy_url,
        "reach": routing.reach(company, demo=demo),
        "waiting": waiting,
        "platforms": [platform.name for platform in platforms],
        "names": names,
        "searched": "\n".join(searched).casefold(),
        "spocs": [
            {
                "name": spoc.name,
                "channel": spoc.channel,
                "digest_at": _digest_at(spoc) if spoc.channel is Channel.DIGEST else None,
                "email": spoc.email,
                "form_url": spoc.form_url if spoc.by_hand else None,
                "is_for": _is_for(spoc, platforms),
                "languages": spoc.languages,
                "verified_on": spoc.verified_on,
                "stale": spoc.verified_on is None or today - spoc.verified_on > STALE,
                "doubt": doubts.get(spoc.id),
                "bounced": spoc.bounced,
                "counts": spoc.counts(demo),
            }
            for spoc in company.spocs
        ],
    }


def _digest_at(spoc: routing.RoutedSpoc) -> str:
    """When a SPOC's digest is sent, by their clock."""
    hour = slots.HOUR if spoc.digest_hour is None else spoc.digest_hour
    clock_time = f"{hour:02}:00"
    return sentence("at %(time)s, %(place)s", time=clock_time, place=time_zones.city(spoc.time_zone or slots.ZONE))


def _is_for(spoc: routing.RoutedSpoc, platforms: tuple[routing.RoutedPlatform, ...]) -> str:
    """The platforms, regions and species a SPOC is for; empty: all."""
    names = [platform.name for platform in platforms if platform.slug in spoc.platforms]
    places = [wording.region(code) for code in spoc.regions]
    return wording.listed([*names, *places, *wording.groups(spoc.groups)])


def _place(cursor: str | None) -> int:
    if cursor is None or (cursor.isascii() and cursor.isdigit() and len(cursor) < 8):
        return int(cursor or 0)
    raise Refused("invalid", sentence("This cursor is not valid."), errors={"cursor": [sentence("Not valid.")]})
