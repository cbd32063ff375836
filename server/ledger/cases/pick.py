"""A ready reason that a coordinator may pick, and what of a case decides which are offered. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.core.reasons import Reason, ReasonCode
from server.core.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class AdSigns:
    """What is known of a case when a reason is picked.

    category: what is offered, a word of `Category`, or "" where nobody has said. protected: one of its taxa, as the coordinator
    ticked or the case shows, is listed in force. reasons: those of its priority. routed: a notice could leave.
    """

    category: str
    protected: bool
    routed: bool
    reasons: Sequence[Reason] = ()

    def first(self, code: ReasonCode) -> Mapping[str, Any] | None:
        """The parameters of the first reason with this code; None: there is none."""
        return next((reason.params for reason in self.reasons if reason.code == code), None)

    def claims(self) -> dict[str, str]:
        """What the ad claims of the law, each with its word (`species.context.Claim`)."""
        found = [reason.params for reason in self.reasons if reason.code == ReasonCode.CLAIM]
        return {params["claim"]: params["word"] for params in found}


def shared(ads: Sequence[AdSigns]) -> AdSigns:
    """What is true of each of these ads, at least one. What is offered where a sign lacks (`notice_picks`) is not for it."""
    first, *others = ads
    return AdSigns(
        category=first.category if all(ad.category == first.category for ad in others) else "",
        protected=all(ad.protected for ad in ads),
        reasons=[reason for reason in first.reasons if all(_shows(ad, reason) for ad in others)],
        routed=any(ad.routed for ad in ads),
    )


def _shows(ad: AdSigns, reason: Reason) -> bool:
    """Whether an ad has this reason, whatever it weighs there."""
    return any((each.code, each.params) == (reason.code, reason.params) for each in ad.reasons)


@dataclass(frozen=True, slots=True)
class Pick:
    """One ready reason: `label` is shown to pick it by, `text` goes into the reason's field, `fields` into others.

    fields: values by the names that the API and the page give the fields (`because`, `why`).
    """

    code: str
    label: Sentence
    text: Sentence
    fields: Mapping[str, str] = field(default_factory=dict)
