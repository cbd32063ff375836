"""JSON of cases, and of what is asked of their list."""

from marshmallow import Schema, fields, validate

from server.core import payloads, urls
from server.core.phrases import GROUP
from server.core.sentences import sentence
from server.core.words import (
    Answer,
    CaseState,
    LinkKind,
    NoticeState,
)


class PriorityReason(Schema):
    """One reason of a priority: what speaks for it, or against."""

    sign = fields.Str(validate=validate.OneOf(["+", "-"]))
    words = fields.Str()


class CaseListing(Schema):
    """The ad a case is about."""

    url = fields.Str()
    title = fields.Str(allow_none=True)
    platform = fields.Str(allow_none=True)
    number = fields.Str(allow_none=True)


class CaseTaxonListing(Schema):
    """One listing of a taxon in law: a source, a population, a date."""

    source = fields.Str()
    appendix = fields.Str(allow_none=True)
    population = fields.Str(allow_none=True)
    annotation = fields.Str(allow_none=True)
    effective_from = fields.Date(allow_none=True)
    confirmed = fields.Bool()  # a dated source says it; else it is from memory


class CaseTaxonOut(Schema):
    """A taxon a case may be about. `confirmed`: a coordinator said so; `id` null: in words that the lexicon lacks."""

    id = fields.Str(allow_none=True)
    scientific_name = fields.Str()
    common_name = fields.Str(allow_none=True)
    listings = fields.List(fields.Nested(CaseTaxonListing))
    confirmed = fields.Bool()


class CaseMatch(Schema):
    """A word of the ad that said so. `language` null: a sign, a scientific name, or kept before languages were."""

    text = fields.Str()
    start = fields.Int()
    end = fields.Int()
    kind = fields.Str()
    language = fields.Str(allow_none=True)


class LinkedListing(Schema):
    """The ad of another case."""

    url = fields.Str()
    title = fields.Str(allow_none=True)


class LinkOut(Schema):
    """Another case that shares a photo, a text or a seller. `outcome`: the company's newest answer there."""

    case_id = fields.Str()
    reference = fields.Str()
    listing = fields.Nested(LinkedListing)
    kind = fields.Str(validate=validate.OneOf([kind.value for kind in LinkKind]))
    distance = fields.Float(
        metadata={"description": "0: the same. Of a photo: bits of 256; of a text: 1 less the share in common."}
    )
    state = fields.Str(validate=validate.OneOf([state.value for state in CaseState]))
    outcome = fields.Str(allow_none=True, validate=validate.OneOf([answer.value for answer in Answer]))


class CaseNotice(Schema):
    """The newest notice about a case. `state`: where it stands for its company; `answer`: the company's newest."""

    id = fields.Str()
    reference = fields.Str()
    state = fields.Str(validate=validate.OneOf([state.value for state in NoticeState]))
    answer = fields.Str(allow_none=True, validate=validate.OneOf([answer.value for answer in Answer]))
    answered_at = fields.AwareDateTime(allow_none=True)
    answer_by = fields.AwareDateTime()
    created_at = fields.AwareDateTime()


class ClaimOut(Schema):
    """Who works on a case just now, and until when."""

    account_id = fields.Str()
    name = fields.Str()
    until = fields.AwareDateTime()


class PastOut(Schema):
    """What was found of the listing in earlier years, imported. `day` null: only the year is known."""

    source = fields.Str()
    year = fields.Int()
    day = fields.Date(allow_none=True)
    outcome = fields.Str(
        metadata={
            "description": "removed, restricted, kept, gone_before, no_answer, dismissed (never notified), unknown."
        }
    )


class CaseOut(Schema):
    """A case as coordinators' programs see it."""

    id = fields.Str()
    reference = fields.Str()
    version = fields.Int()
    state = fields.Str(validate=validate.OneOf([state.value for state in CaseState]))
    priority = fields.Int()
    reasons = fields.List(fields.Nested(PriorityReason))
    signals = fields.Dict(keys=fields.Str(), values=fields.Float())
    model_version = fields.Str(allow_none=True, metadata={"description": "null: rules alone"})
    lexicon_version = fields.Str()
    matches = fields.List(fields.Nested(CaseMatch))
    listing = fields.Nested(CaseListing)
    report_count = fields.Int()
    spotters = fields.Int()
    taxa = fields.List(fields.Nested(CaseTaxonOut))
    links = fields.List(
        fields.Nested(LinkOut), metadata={"description": "At most 50, photos and texts first; `?linked_to=` gives all."}
    )
    company = fields.Str(allow_none=True)
    notice = fields.Nested(CaseNotice, allow_none=True, metadata={"description": "The newest; null: none was made."})
    past = fields.List(fields.Nested(PastOut), metadata={"description": "Imported past work, the newest first."})
    created_at = fields.AwareDateTime()
    undo_until = fields.AwareDateTime(
        allow_none=True,
        metadata={
            "description": "Until when the last decision can be undone, at least; nothing of it leaves before. Null: that "
            "time is over, or the server gives none."
        },
    )
    notice_held = fields.Bool(
        metadata={
            "description": "Decided, but held: the company found too many of our notices inaccurate or insufficient, and no "
            "coordinator has looked since. The decision can be undone all the while."
        }
    )
    claim = fields.Nested(
        ClaimOut,
        allow_none=True,
        metadata={
            "description": "Who works on it just now; null: nobody. A decision by anybody else needs `take_over`."
        },
    )


class CasesOut(Schema):
    """A page of cases, most urgent first."""

    items = fields.List(fields.Nested(CaseOut))
    next = fields.Str(allow_none=True)


class CaseQuery(Schema):
    """How cases are asked for."""

    cursor = fields.Str(load_default=None, validate=validate.Length(1, 200))
    q = fields.Str(load_default="", validate=validate.Length(max=urls.MAX_LENGTH))
    state = fields.Str(load_default=None, validate=validate.OneOf([state.value for state in CaseState]))
    company = fields.Str(
        load_default="", validate=validate.Length(1, 100), metadata={"description": "A company's slug."}
    )
    platform = fields.Str(
        load_default="", validate=validate.Length(1, 100), metadata={"description": "A platform's slug."}
    )
    group = fields.Str(load_default="", validate=validate.OneOf(list(GROUP)), metadata={"description": "Of species."})
    language = fields.Str(
        load_default="",
        validate=validate.Regexp(r"[A-Za-z]{2,3}\Z", error=sentence("Use a language’s code, such as “pt”.")),
        metadata={"description": "As the page states it, without a region."},
    )
    round = fields.Str(
        load_default="",
        validate=validate.Length(1, 64),
        metadata={"description": "A round's id: cases that people of the round reported while they took part."},
    )
    linked_to = fields.Str(
        load_default="",
        validate=validate.Length(1, 64),
        metadata={"description": "A case's id or reference: those that share a photo, a text or a seller with it."},
    )
    claimed_by = fields.Str(
        load_default="",
        validate=validate.Length(1, 254),
        metadata={"description": "`me`, `nobody`, or a coordinator's account id or email address."},
    )
    age = fields.Str(
        load_default="",
        validate=validate.OneOf(["day", "week", "over_week", "over_month"]),
        metadata={"description": "Since the case was opened: at most a day or a week, more than a week or 30 days."},
    )


class NewClaim(Schema):
    """POST /api/v1/cases/{id}/claim."""

    take_over = payloads.Truth(
        allow_none=True,
        load_default=False,
        metadata={"description": "Also if somebody else has claimed it: it is theirs no longer."},
    )
    hand_over_to = fields.Str(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 254),
        metadata={
            "description": "Another coordinator's account id or email address: the case is theirs then. A closed case "
            "is handed over to nobody (409)."
        },
    )
