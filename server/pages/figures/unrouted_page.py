"""What the pages of sites without a company show: by month, by site and of one site, each as a chart and as a table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, wording
from server.core.words import Refused
from server.journeys.company import inviting
from server.ledger.invitations import store
from server.ledger.invitations.models import InvitationStep
from server.ledger.species import store as species
from server.pages.figures import invitations, plot
from server.pages.figures.invitations import SiteInvitationForm
from server.reads import round_counting, unrouted
from server.reads.unrouted import MonthReported, MonthSearched, UnroutedSite

CSV = ("site", "month", "ads", "reports", "searches_elsewhere", "minutes_elsewhere")
NOTHING = MonthReported()


def listed(session: Session, page: int, *, uninvited: bool = False) -> dict[str, Any]:
    """What figures/unrouted.html shows."""
    today = clock.now().date()
    everything = chosen = unrouted.sites(session, today)
    if uninvited:
        invited = set(session.scalars(store.invited_hosts()))
        chosen = [site for site in everything if site.host not in invited]
    start = (page - 1) * unrouted.PAGE
    sites, more = chosen[start : start + unrouted.PAGE], len(chosen) > start + unrouted.PAGE
    unrouted.name_species(session, today, sites)
    steps = store.newest(session, [site.host for site in sites])
    months, effort, have_company = {}, {}, []
    if page == 1:  # later pages show the sites alone
        months, effort = unrouted.together(everything), unrouted.effort(session, today)
        have_company = invitations.have_company(session)
    return composed(
        today, page, sites, months, effort, _taxa(session, sites), more=more, steps=steps, uninvited=uninvited, have_company=have_company,
    )  # fmt: skip


def composed(
    today: date,
    page: int,
    sites: Sequence[UnroutedSite],
    months: Mapping[str, MonthReported],
    effort: Mapping[str, MonthSearched],
    taxa: Mapping[str, Mapping[str, Any]],
    *,
    more: bool,
    steps: Mapping[str, InvitationStep],
    uninvited: bool = False,
    have_company: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """The same of what was read."""
    keys = unrouted.months(today)
    return {
        "counted_at": clock.now(),
        "months": _months(keys, months, effort),
        "sites": [
            _site(site, keys, taxa) | {"invitation": invitations.briefly(steps.get(site.host))} for site in sites
        ],
        "uninvited": uninvited,
        "have_company": have_company,
        "page": page,
        "more": more,
    }


def shown(session: Session, host: str, filled: SiteInvitationForm | None = None) -> dict[str, Any]:
    """What figures/unrouted_site.html shows. Raises Refused("not-found") for a host on which nothing waits for a company, and for
    which nobody was invited. filled: the form that was refused."""
    if not unrouted.exists(session, host) and not store.newest(session, [host]):
        raise Refused("not-found", inviting.NO_SITE)
    invitation = invitations.shown(session, host, filled)
    today = clock.now().date()
    sites = unrouted.sites(session, today, host)
    unrouted.name_species(session, today, sites)
    site, effort = sites[0] if sites else None, unrouted.effort(session, today)
    return composed_site(today, host, site, effort, _taxa(session, sites)) | invitation


def composed_site(
    today: date,
    host: str,
    site: UnroutedSite | None,
    effort: Mapping[str, MonthSearched],
    taxa: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """The same of what was read; `site` None: nothing was reported there in these months."""
    keys = unrouted.months(today)
    return {
        "host": host,
        "site": _site(site, keys, taxa) if site else None,
        "months": _months(keys, site.months, effort) if site else None,
    }


def rows(session: Session) -> Iterator[list[Any]]:
    """Each month of each site under `CSV`."""
    today = clock.now().date()
    effort = unrouted.effort(session, today)
    for site in sorted(unrouted.sites(session, today), key=lambda site: site.host):
        for month, counts in sorted(site.months.items()):
            elsewhere = effort.get(month, MonthSearched())
            yield [site.host, month, counts.ads, counts.reports, elsewhere.searches, elsewhere.minutes]


def _taxa(session: Session, sites: Sequence[UnroutedSite]) -> dict[str, dict[str, Any]]:
    return species.taxa_for(session, {taxon_id for site in sites for taxon_id in site.taxa})


def _site(site: UnroutedSite, keys: Sequence[str], taxa: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    ads = [site.months.get(key, NOTHING).ads for key in keys]
    return {
        "host": site.host,
        "ads": site.ads,
        "reports": site.reports,
        "open": site.open,
        "dismissed": site.dismissed,
        "last_at": site.last_at,
        "line": plot.points(ads, plot.of_counts(max(ads))),
        "taxa": [taxa[taxon_id] for taxon_id in site.taxa if taxon_id in taxa],
    }


def _months(
    keys: Sequence[str], months: Mapping[str, MonthReported], effort: Mapping[str, MonthSearched]
) -> dict[str, Any]:
    """A row a month, and two charts: what was reported there, and what was searched elsewhere."""
    reported = [months.get(key, NOTHING) for key in keys]
    searched = [effort.get(key, MonthSearched()) for key in keys]
    return {
        "rows": [
            {
                "name": wording.month(f"{key}-01"),
                "ads": of_month.ads,
                "reports": of_month.reports,
                "sites": of_month.sites,
                "searches": of_effort.searches,
                "hours": round_counting.hours(of_effort.minutes),
            }
            for key, of_month, of_effort in zip(keys, reported, searched, strict=True)
        ],
        "reported": _line(keys, [each.ads for each in reported]),
        "searched": _line(keys, [each.searches for each in searched]),
    }


def _line(keys: Sequence[str], values: Sequence[int]) -> dict[str, Any]:
    scale = plot.of_counts(max(values))
    points = plot.points(values, scale)
    return {
        "scale": [{"at": round(100 - 100 * number / scale.whole, 2), "name": wording.number(number)} for number in scale.lines],
        "points": points,
        "names": [
            {"at": at, "name": wording.short_month(f"{key}-01")}
            for key, (at, _) in list(zip(keys, points, strict=True))[1::2]
        ],
    }  # fmt: skip
