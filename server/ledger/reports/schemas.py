"""JSON of reports, as the contract fixes it. Text over a limit is refused, never cut."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from server.core import folding, payloads, urls
from server.core.sentences import sentence
from server.core.words import Access, Category, Confidence, Legality, Status
from server.ledger.reports import submission
from server.ledger.reports.retraction import RetractReason


def _text(limit: int, **options: object) -> fields.Str:
    return fields.Str(validate=validate.Length(max=limit), allow_none=True, **options)  # type: ignore[arg-type]


def _word(words: type[StrEnum]) -> fields.Str:
    return fields.Str(validate=validate.OneOf([word.value for word in words]), allow_none=True)


def _not_blank(text: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        if folding.is_blank(value):
            raise ValidationError(text)

    return check


def _plausible(value: datetime) -> None:
    """A moment a device's clock may have said. Others overflow a database's dates."""
    if not 1990 <= value.year <= 2100:
        raise ValidationError(sentence("This is not a plausible time."))


class _WebAddress(fields.Str):
    """An address as a page states it. One that is not of the web, such as `javascript:`, is dropped, the report is not."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        text = super()._deserialize(value, attr, data, **more)
        return text if text.lower().startswith(("http://", "https://")) else None

    def _validate(self, value: Any) -> None:
        if value is not None:  # marshmallow asks this of none that was sent, not of one that was dropped
            super()._validate(value)


class Price(Schema):
    """A price as published: the amount in plain decimals, the currency, and the words as written."""

    amount = fields.Str(
        validate=validate.Regexp(
            r"[0-9]{1,15}(\.[0-9]{1,6})?\Z",
            error=sentence("Plain decimals such as 1250 or 24.99; null when there are none."),
        ),
        allow_none=True,
    )
    currency = _text(16)
    text = _text(200)


class Seller(Schema):
    """Who offers it, as the page names them."""

    name = _text(500)
    url = _WebAddress(validate=validate.Length(max=4096), allow_none=True)


MOST_SHOWN = 12  # photos cut out of one report's evidence
ADDRESS, ALT = 4096, 2000  # characters of a picture's address and of the words that stand for it


FARTHEST = 100_000  # pixels: no accepted picture is longer


def _pixels(least: int) -> payloads.Whole:
    return payloads.Whole(required=True, validate=validate.Range(least, FARTHEST))


class ShownAt(Schema):
    """Where a photo of the goods stands in an evidence file, in that file's own pixels. The server cuts it out."""

    file = fields.Str(required=True, validate=validate.OneOf(["screenshot", "full_page"]))
    x, y = _pixels(0), _pixels(0)
    width, height = _pixels(1), _pixels(1)


class PagePicture(Schema):
    """A picture the page shows: its address, not its bytes."""

    url = fields.Str(allow_none=True, validate=validate.Length(1, ADDRESS))
    alt = _text(ALT)
    shown = fields.Nested(ShownAt, allow_none=True)


class _PagePictures(fields.List[Any]):
    """Many come with every report. Those that are in order are seen to be so; only others are read to name the fault."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        if isinstance(value, list) and all(map(_in_order, value)):
            return value
        pictures = super()._deserialize(value, attr, data, **more)
        if sum(bool(picture and picture.get("shown")) for picture in pictures or ()) > MOST_SHOWN:
            raise ValidationError(sentence("State for at most 12 pictures where they are shown."))
        return pictures


def _in_order(picture: Any) -> bool:
    if not isinstance(picture, dict) or not picture.keys() <= {"url", "alt"}:
        return False
    url, alt = picture.get("url"), picture.get("alt")
    return (url is None or (isinstance(url, str) and 1 <= len(url) <= ADDRESS)) and (
        alt is None or (isinstance(alt, str) and len(alt) <= ALT)
    )


class ListingData(Schema):
    """What the page said of the listing."""

    title = _text(1000)
    number = _text(100)  # as the page states it; what the listing is known by comes from its address alone
    description = _text(20000)
    price = fields.Nested(Price, allow_none=True)
    seller = fields.Nested(Seller, allow_none=True)
    location = _text(500)
    language = _text(35)
    posted_at = _text(100)
    images = _PagePictures(fields.Nested(PagePicture), validate=validate.Length(max=100), allow_none=True)
    structured_data = fields.List(fields.Raw(allow_none=True), validate=validate.Length(max=100), allow_none=True)


class Suspicion(Schema):
    """What the spotter suspects, and why."""

    category = fields.Str(required=True, validate=validate.OneOf([word.value for word in Category]))
    species = _text(500)
    taxon_id = _text(64)
    legality_evidence = _word(Legality)
    confidence = _word(Confidence)
    reason = fields.Str(
        required=True, validate=[validate.Length(1, 2000), _not_blank(sentence("Say why you suspect it."))]
    )


class EvidenceEntry(Schema):
    """One file that comes along, and its SHA-256."""

    name = fields.Str(required=True, validate=validate.OneOf(sorted(submission.PARTS)))
    sha256 = fields.Str(
        required=True, validate=validate.Regexp(r"[0-9a-fA-F]{64}\Z", error=sentence("64 hexadecimal digits."))
    )


class Client(Schema):
    """The software that sent it."""

    extension_version = _text(50)
    browser = _text(300)
    viewport = _text(50)


class NewReport(Schema):
    """POST /api/v1/reports."""

    url = fields.Str(required=True, validate=[validate.Length(1, 4096), payloads.address])
    captured_at = payloads.TimeWithZone(required=True, validate=_plausible)
    access = _word(Access)
    listing = fields.Nested(ListingData, allow_none=True)
    suspicion = fields.Nested(Suspicion, required=True)
    evidence = fields.List(
        fields.Nested(EvidenceEntry), validate=validate.Length(max=len(submission.PARTS)), allow_none=True
    )
    client = fields.Nested(Client, allow_none=True)


class Receipt(Schema):
    """The answer to a report that is on disk."""

    id = fields.Str()
    reference = fields.Str()
    status = fields.Str(validate=validate.OneOf([status.value for status in Status]))
    received_at = fields.AwareDateTime()


class LessonLink(Schema):
    """The part of the training that speaks of it."""

    id = fields.Str()
    title = fields.Str()
    url = fields.Str()


class FeedbackEntry(Schema):
    """One thing said about a report."""

    at = fields.AwareDateTime()
    status = fields.Str(validate=validate.OneOf([status.value for status in Status]))
    speaker = fields.Str()
    text = fields.Str()
    lesson = fields.Nested(LessonLink, allow_none=True)


class OwnReport(Schema):
    """A report as its own spotter sees it: nothing of the case, nothing of others."""

    id = fields.Str()
    reference = fields.Str()
    url = fields.Str()
    title = fields.Str(allow_none=True)
    status = fields.Str(validate=validate.OneOf([status.value for status in Status]))
    detail = fields.Str(allow_none=True)  # a StatusDetail
    outcome = fields.Str(allow_none=True)
    feedback = fields.List(fields.Nested(FeedbackEntry))
    checked_at = fields.AwareDateTime(allow_none=True)  # when people had seen that it is gone
    received_at = fields.AwareDateTime()
    updated_at = fields.AwareDateTime()


class OwnReports(Schema):
    """A page of them."""

    items = fields.List(fields.Nested(OwnReport))
    next = fields.Str(allow_none=True)


class ListQuery(Schema):
    """How lists are asked for."""

    cursor = fields.Str(load_default=None, validate=validate.Regexp(r"[0-9a-f]{32}\Z", error=sentence("Not valid.")))
    q = fields.Str(load_default="", validate=validate.Length(max=urls.MAX_LENGTH))


class Retraction(Schema):
    """Why a spotter withdraws a report. `text`: in their own words, which `other` needs."""

    why = fields.Str(required=True, validate=validate.OneOf([reason.value for reason in RetractReason]))
    text = fields.Str(load_default="", validate=validate.Length(max=2000), allow_none=True)


class Addition(Schema):
    """What a spotter adds to a report of their own."""

    text = fields.Str(required=True, validate=[validate.Length(1, 2000), _not_blank(sentence("Write what you know."))])


class Reply(Schema):
    """A spotter's answer to a coordinator's question."""

    text = fields.Str(required=True, validate=[validate.Length(1, 2000), _not_blank(sentence("Write what you know."))])
