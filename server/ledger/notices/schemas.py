"""JSON of notices and answers, as the contract fixes it. Text over a limit is refused, never cut."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates, validates_schema

from server.core import folding, payloads, urls
from server.core.sentences import sentence
from server.core.words import Answer, Basis, Category, Legality, NoticeState, Sender, Via, WithdrawnWhy
from server.ledger.notices import answers, thread
from server.ledger.notices.tlp import Tlp

SHORT = validate.Length(max=200)
MOST_ANSWERS = 500  # at once, of a program


def _words(kind: Any) -> validate.OneOf:
    return validate.OneOf([word.value for word in kind])


def _printable(text: str) -> None:
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\r\t" for sign in text):
        raise ValidationError(sentence("The text contains a control character."))


def _stated(text: str | None) -> str | None:
    """A text without the spaces around it; one that nobody can see states nothing."""
    return None if text is None or folding.is_blank(text) else text.strip()


_BREAK = re.compile(r"\s*[\n\r\t\u2028\u2029]\s*")


def _on_one_line(text: str | None) -> str | None:
    """A number as it can be looked for: no line break in it."""
    return _stated(text and _BREAK.sub(" ", text))


class AnswerSchema(Schema):
    """POST /api/v1/notices/{id}/answers, and the fields of the answer page."""

    answer = fields.Str(required=True, validate=_words(Answer))
    reason = fields.Str(load_default=None, allow_none=True, validate=[validate.Length(max=5000), _printable])
    url = fields.Str(load_default=None, allow_none=True, validate=payloads.address)
    actions = fields.List(
        fields.Str(validate=[SHORT, _printable]),
        load_default=list,
        allow_none=True,
        validate=validate.Length(max=20),
    )
    ground = fields.Str(load_default=None, allow_none=True, validate=_words(Basis))
    company_reference = fields.Str(load_default=None, allow_none=True, validate=[SHORT, _printable])
    automated = payloads.Truth(load_default=None, allow_none=True)
    redress_url = fields.Str(load_default=None, allow_none=True, validate=payloads.address)
    # The platform's own `puid`, of at most 500 signs, or the `uuid` of the EU Transparency Database.
    statement_id = fields.Str(load_default=None, allow_none=True, validate=[validate.Length(max=500), _printable])

    @validates_schema
    def _whole(self, data: dict[str, Any], **_: Any) -> None:
        errors = answers.problems(Answer(data["answer"]), data["reason"], data["url"])
        if errors:
            raise ValidationError(errors)

    @post_load
    def _tidy(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        texts = {name: _on_one_line(data[name]) for name in ("company_reference", "statement_id")}
        return (
            data
            | texts
            | {"reason": _stated(data["reason"])}
            | {"actions": [action for each in data["actions"] or () if (action := _stated(each))]}
        )


class OneOfManyAnswers(AnswerSchema):
    """POST /api/v1/notices/answers: one of at most 500, each taken or refused by itself."""

    id = fields.Str(required=True, validate=validate.Length(1, 64))  # of the notice


class CheckedAnswer(OneOfManyAnswers):
    """An answer of a table that was checked."""

    seen = fields.Str(load_default="")  # `standing.mark` of what the notice was answered then


class AnswerEvent(Schema):
    """POST /api/v1/hooks/{id}: a message as standardwebhooks.com has it, with at most 500 answers."""

    type = fields.Str(required=True, validate=validate.OneOf(["notice.answered", "webhook.test"]))
    timestamp = payloads.TimeWithZone(
        load_default=None, allow_none=True
    )  # of the event; the signed one is the header's
    data = fields.List(fields.Nested(OneOfManyAnswers), required=True, validate=validate.Length(max=MOST_ANSWERS))


class SignedEvent(AnswerEvent):
    """The same before its answers are looked at, each by itself; a test holds none, whatever its data."""

    data = fields.Raw(load_default=list)  # type: ignore[assignment]

    @post_load
    def _answers(self, event: dict[str, Any], **_: Any) -> dict[str, Any]:
        if event["type"] == "webhook.test":
            return event | {"data": []}
        if not isinstance(event["data"], list):
            raise ValidationError(sentence("Send an array of objects."), "data")
        if len(event["data"]) > MOST_ANSWERS:
            raise ValidationError(sentence("Send at most %(number)s at once.", number=MOST_ANSWERS), "data")
        return event


class NewReply(Schema):
    """POST /api/v1/notices/{id}/replies."""

    text = fields.Str(required=True, validate=[validate.Length(1, 5000), _printable])

    @validates("text")
    def _not_blank(self, text: str, **_: Any) -> None:
        if folding.is_blank(text):
            raise ValidationError(sentence("Write your reply."))

    @post_load
    def _tidy(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"text": data["text"].strip()}


class EntryOut(Schema):
    """One thing that was said in a notice's thread: by which side, never by whom."""

    at = fields.AwareDateTime()
    sender = fields.Str(data_key="from", validate=_words(Sender))
    kind = fields.Str(validate=_words(thread.EntryKind))
    text = fields.Str(allow_none=True)
    answer = fields.Str(allow_none=True, validate=_words(Answer))


class AnswerOut(Schema):
    """An answer as it was kept."""

    id = fields.Str()
    notice_id = fields.Str()
    answer = fields.Str(validate=_words(Answer))
    reason = fields.Str(allow_none=True)
    url = fields.Str(allow_none=True)
    actions = fields.List(fields.Str())
    ground = fields.Str(allow_none=True, validate=_words(Basis))
    company_reference = fields.Str(allow_none=True)
    automated = fields.Bool(allow_none=True)
    redress_url = fields.Str(allow_none=True)
    statement_id = fields.Str(allow_none=True)
    via = fields.Str(validate=_words(Via))
    at = fields.AwareDateTime()


class AnswerResult(Schema):
    """What became of one answer of many: kept, or the problem that it would be alone."""

    id = fields.Str(allow_none=True)  # of the notice
    status = fields.Int()  # of HTTP; 201: kept
    answer = fields.Str(validate=_words(Answer))
    type = fields.Str(metadata={"format": "uri"})
    title = fields.Str()
    detail = fields.Str()
    errors = fields.Dict(keys=fields.Str(), values=fields.List(fields.Str()))
    retry_after = fields.Int()


class AnswerResults(Schema):
    """What became of each, in the order of the array."""

    items = fields.List(fields.Nested(AnswerResult))


def _at() -> fields.Str:
    """A time or day that the document holds as ISO text."""
    return fields.Str(allow_none=True, metadata={"format": "date-time"})


def _day() -> fields.Str:
    return fields.Str(allow_none=True, metadata={"format": "date"})


class PriceOut(Schema):
    """A price as the page published it."""

    amount = fields.Str(allow_none=True)
    currency = fields.Str(allow_none=True)
    text = fields.Str(allow_none=True)


class ListingOut(Schema):
    """The ad. `screenshot_url` is null until a person has marked that picture clean."""

    url = fields.Str()
    title = fields.Str(allow_none=True)
    seller = fields.Str(allow_none=True)
    price = fields.Nested(PriceOut, allow_none=True)
    first_seen = _at()
    screenshot_url = fields.Str(allow_none=True)


class NoticeTaxonListing(Schema):
    """Where a taxon is listed, and since when."""

    source = fields.Str(allow_none=True)
    appendix = fields.Str(allow_none=True)
    population = fields.Str(allow_none=True)
    effective_from = _day()


class NoticeTaxon(Schema):
    """A taxon the listing may offer."""

    scientific_name = fields.Str(allow_none=True)
    common_name = fields.Str(allow_none=True)
    listings = fields.List(fields.Nested(NoticeTaxonListing))


class SuspicionOut(Schema):
    """What is suspected, and why."""

    category = fields.Str(validate=_words(Category))
    taxa = fields.List(fields.Nested(NoticeTaxon))
    reasons = fields.List(fields.Str())
    legality_evidence = fields.Str(validate=_words(Legality))


class LawOut(Schema):
    """The provision a notice rests on."""

    jurisdiction = fields.Str()
    provision = fields.Str()
    effective_from = _day()
    source = fields.Str(allow_none=True)


class TrustedFlaggerOut(Schema):
    """The award that a notice claims priority by: DSA Art. 22. The statement is in the company's language."""

    statement = fields.Str()
    authority = fields.Str()
    country = fields.Str()
    area = fields.Str()
    since = _day()


class NotifierOut(Schema):
    """The organisation that notifies; never a person. `trusted_flagger`: only in a notice that claims priority."""

    organisation = fields.Str()
    email = fields.Str()
    trusted_flagger = fields.Nested(TrustedFlaggerOut)


class GoodFaithOut(Schema):
    """DSA Art. 16(2)(d)."""

    statement = fields.Str()
    signed_for = fields.Str()
    at = _at()


class NoticeOut(Schema):
    """A notice as it is sent, with the answer that counts. `pictures`: the addresses of at most four pictures that
    came later than the screenshot and that a person has marked clean, the last one marked first."""

    id = fields.Str()
    reference = fields.Str()
    company = fields.Str()
    company_name = fields.Str()
    platform = fields.Str()
    platform_name = fields.Str()
    listing = fields.Nested(ListingOut)
    pictures = fields.List(fields.Str(metadata={"format": "uri"}))
    suspicion = fields.Nested(SuspicionOut)
    basis = fields.Str(validate=_words(Basis))
    law = fields.Nested(LawOut, allow_none=True)
    policy_reference = fields.Str(allow_none=True)
    policy_url = fields.Str(allow_none=True)
    notifier = fields.Nested(NotifierOut)
    good_faith = fields.Nested(GoodFaithOut)
    guide_url = fields.Str(allow_none=True)
    answer_url = fields.Str()
    answer_by = _at()
    tlp = fields.Str(validate=_words(Tlp))
    sha256 = fields.Str()  # of what it says: proves that it is ours, see /check-notice
    answer = fields.Str(allow_none=True, validate=_words(Answer))
    answered_at = fields.AwareDateTime(allow_none=True)
    created_at = fields.AwareDateTime()
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    withdrawn_why = fields.Str(allow_none=True, validate=_words(WithdrawnWhy))
    replaced_at = fields.AwareDateTime(allow_none=True)
    state = fields.Str(validate=_words(NoticeState))


class NoticeWithThread(NoticeOut):
    """One notice, with everything that was said about it."""

    thread = fields.List(fields.Nested(EntryOut))
    newer_id = fields.Str(allow_none=True)  # of a replaced one: the notice to answer in its place


class NoticesOut(Schema):
    """A page of a company's notices, due first."""

    items = fields.List(fields.Nested(NoticeOut))
    next = fields.Str(allow_none=True)


class Since(fields.Field):  # type: ignore[type-arg]
    """A day (its beginning, UTC) or a time with its zone."""

    default_error_messages = {"invalid": sentence("Enter a day (2026-11-24) or a time with its zone.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> datetime:
        try:
            at = datetime.fromisoformat(payloads.readable(str(value)).replace(" ", "+"))  # a `+` that was sent as it is
            if len(str(value)) == len("2026-11-24"):
                at = at.replace(tzinfo=UTC)
            if at.tzinfo is None or not 1900 < at.year < 2200:
                raise ValueError(value)
        except ValueError:
            raise self.make_error("invalid") from None
        return at


class NoticeQuery(Schema):
    """How notices are asked for. `since`: sent then or later. `company_reference`: as the company stated it in an answer."""

    state = fields.Enum(NoticeState, by_value=True, load_default=None)
    since = Since(load_default=None, metadata={"type": "string", "format": "date-time"})
    company_reference = fields.Str(load_default=None, validate=[validate.Length(1, 200), _printable])
    cursor = fields.Str(load_default=None, validate=validate.Length(1, 200))
    q = fields.Str(load_default="", validate=[validate.Length(max=urls.MAX_LENGTH), _printable])

    @validates("company_reference")
    def _not_blank(self, text: str | None, **_: Any) -> None:
        if text is not None and folding.is_blank(text):
            raise ValidationError(sentence("Not valid."))

    @post_load
    def _tidy(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"company_reference": _on_one_line(data["company_reference"])}
