"""Which ready reasons are offered for a decision, by what is decided and what the case shows. Pure."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from server.core.reasons import ReasonCode as R
from server.core.sentences import sentence
from server.core.words import Decision, HoldReason
from server.ledger.cases import notice_picks, spotter_picks
from server.ledger.cases.pick import AdSigns, Pick

MOST = 6  # the keys from 7 to 9 are left for a coordinator's own texts
KEYS = 9


def choose(decision: Decision, ad: AdSigns) -> tuple[Pick, ...]:
    """The ready reasons for this decision on this ad, at most `MOST`, the likeliest first."""
    return tuple(islice(OFFERED[decision](ad), MOST))


def _holds(ad: AdSigns) -> Iterator[Pick]:
    if not ad.routed:
        yield Pick(
            "no_route",
            sentence("No route yet"),
            sentence("On hold until the company is in the directory."),
            {"why": HoldReason.OTHER.value},
        )
    if ad.first(R.RING_SUSPECTED) is not None:
        yield Pick(
            "ring",
            sentence("Alarm open"),
            sentence("On hold until the alarm about this seller is settled."),
            {"why": HoldReason.OTHER.value},
        )
    for code, label, text in (
        ("which_species", sentence("Which species?"), sentence("I am not sure which species it is.")),
        ("which_material", sentence("Genuine?"), sentence("I am not sure whether it is genuine.")),
    ):
        yield Pick(code, label, text, {"why": HoldReason.SECOND_OPINION.value})
    yield Pick(
        "police_first",
        sentence("Police first"),
        sentence("The authorities look at it before the company is told."),
        {"why": HoldReason.POLICE_FIRST.value},
    )
    yield Pick(
        "more_evidence",
        sentence("More evidence"),
        sentence("It waits for more evidence."),
        {"why": HoldReason.OTHER.value},
    )


OFFERED: dict[Decision, Callable[[AdSigns], Iterable[Pick]]] = {
    Decision.NOTIFY: notice_picks.of,
    Decision.ASK: spotter_picks.questions,
    Decision.HOLD: _holds,
    Decision.DISMISS: spotter_picks.dismissals,
}
