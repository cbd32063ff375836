"""The words of the house: every enumeration that more than one room uses, and the refusal.

Standard library only. `extension/lib/words.js` repeats what the extension needs; a test keeps the two equal.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the programme. One account has one role."""

    SPOTTER = "spotter"
    COORDINATOR = "coordinator"
    COMPANY = "company"
    ADMIN = "admin"


class TeamRole(StrEnum):
    """What somebody does in a company's team. Only people of companies have one."""

    MANAGER = "manager"  # manages the team and its API tokens; answers notices, too
    MEMBER = "member"  # answers notices


class MailFrequency(StrEnum):
    """How often a spotter is mailed about their reports. A question comes at once, whatever was chosen."""

    STEP = "step"
    OUTCOME = "outcome"
    WEEK = "week"
    NEVER = "never"  # but for a question


class Scope(StrEnum):
    """What a bearer token may do. Contract: HTTP API."""

    REPORTS = "reports:write"
    CASES = "cases"
    COMPANY = "company"


# The languages, by ISO 639, that people may say they read and that a search may be in.
SPOKEN = (
    "ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "ms", "nl", "pl", "pt", "ru", "sw", "te", "th", "tr", "vi", "zh",
)  # fmt: skip


class Access(StrEnum):
    """Where the listing stood when it was captured."""

    PUBLIC = "public"
    LOGGED_IN = "logged_in"
    CLOSED_GROUP = "closed_group"


class Category(StrEnum):
    """What is offered."""

    LIVE = "live"
    PART = "part"
    PRODUCT = "product"
    PLANT = "plant"
    SERVICE = "service"


class Legality(StrEnum):
    """What the ad itself says or shows of papers."""

    NONE = "none"
    CLAIMED = "claimed"
    DOCUMENT_SHOWN = "document_shown"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How sure the spotter is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


class Status(StrEnum):
    """What the spotter sees of a report. Moves only after a coordinator has looked since it came."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    NEEDS_INFO = "needs_info"
    NOTIFIED = "notified"
    REMOVED = "removed"
    RESTRICTED = "restricted"
    KEPT = "kept"
    NO_ANSWER = "no_answer"
    DISMISSED = "dismissed"
    RETRACTED = "retracted"  # its spotter withdrew it before anything was decided on it


class FeedbackCode(StrEnum):
    """What a spotter was told about a report, or answered. Worded in `ledger/reports/feedback_words.py`."""

    NOTICE_QUEUED = "notice_queued"
    HELD = "held"
    DISMISSED = "dismissed"  # in the coordinator's words
    NOTICE_WITHDRAWN = "notice_withdrawn"  # in the coordinator's words
    QUESTION = "question"  # in the coordinator's words
    QUESTION_CLOSED = "question_closed"
    REPLY = "reply"  # in the spotter's words
    ADDED = "added"  # in the spotter's words, to what they had reported
    RETRACTED = "retracted"  # by the spotter: this report is withdrawn
    DOUBTED = "doubted"  # by the spotter, too late to withdraw it: this report was wrong
    DOUBT_READ = "doubt_read"  # a coordinator has read that
    NOT_DELIVERED = "not_delivered"
    OVERDUE = "overdue"
    ANSWERED = "answered"  # in the company's words, where it gave a reason
    STILL_THERE = "still_there"  # though the company said that it is gone: its case came back
    THERE_AGAIN = "there_again"  # after a check had found it gone
    CHECKED_PRESENT = "checked_present"
    CHECKED_GONE = "checked_gone"
    AS_WRITTEN = "as_written"  # kept as it was written, from before there were codes


class StatusDetail(StrEnum):
    """What a report's status leaves open, where the status alone would say what is not so."""

    TO_BE_NOTIFIED = "to_be_notified"  # decided, and the notice has not arrived yet
    ALREADY_GONE = "already_gone"
    ACCESS_DISABLED = "access_disabled"
    ACCOUNT_SUSPENDED = "account_suspended"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"  # a notice had left, and was taken back
    CLOSED = "closed"  # dismissed with its notice standing: the company had answered it


class Unreadable(StrEnum):
    """Why no copy of a picture could be made."""

    TOO_SLOW = "too_slow"
    DAMAGED = "damaged"


class CaseState(StrEnum):
    """Where our work on one listing stands."""

    OPEN = "open"
    ASKED = "asked"
    HELD = "held"
    NOTIFIED = "notified"
    ANSWERED = "answered"
    CLOSED = "closed"


class Decision(StrEnum):
    """What a coordinator may decide on a case."""

    NOTIFY = "notify"
    DISMISS = "dismiss"
    ASK = "ask"
    HOLD = "hold"


class HoldReason(StrEnum):
    """Why a case waits."""

    POLICE_FIRST = "police_first"
    SECOND_OPINION = "second_opinion"
    OTHER = "other"


class DismissReason(StrEnum):
    """What a case was that is not sent on; each leads to the lesson that speaks of it."""

    INNOCENT_WORD = "innocent_word"
    NOT_PROTECTED = "not_protected"
    LOOK_ALIKE = "look_alike"
    NOT_OFFERED = "not_offered"
    TOO_LITTLE = "too_little"
    SCAM = "scam"
    DUPLICATE = "duplicate"  # of another case
    OTHER = "other"


class LinkKind(StrEnum):
    """What two cases share."""

    PHOTO = "photo"
    TEXT = "text"
    SELLER = "seller"


class SellerKeyKind(StrEnum):
    """By what a seller is recognised."""

    ACCOUNT = "account"
    HANDLE = "handle"
    PHONE = "phone"
    MAIL = "mail"


class LeaveOut(StrEnum):
    """What of an ad a coordinator may keep out of its notice."""

    TITLE = "title"
    SELLER = "seller"
    DESCRIPTION = "description"


class Basis(StrEnum):
    """On what a notice rests: law (DSA Art. 16) or the platform's own policy."""

    ILLEGAL = "illegal"
    POLICY = "policy"


class Answer(StrEnum):
    """What a company may answer. One vocabulary for link, portal, API and webhook."""

    RECEIVED = "received"
    REMOVED = "removed"
    ACCESS_DISABLED = "access_disabled"
    RESTRICTED = "restricted"
    ACCOUNT_SUSPENDED = "account_suspended"
    ALREADY_GONE = "already_gone"
    MOVED = "moved"
    NOT_VIOLATING = "not_violating"
    NEED_INFO = "need_info"
    CANNOT_LOCATE = "cannot_locate"
    DUPLICATE = "duplicate"
    PASSED_ON = "passed_on"
    REINSTATED = "reinstated"


class Via(StrEnum):
    """How an answer came."""

    LINK = "link"
    PORTAL = "portal"
    API = "api"
    MAIL = "mail"
    PHONE = "phone"
    FORM = "form"
    WEBHOOK = "webhook"


class Channel(StrEnum):
    """How a SPOC is reached, and which of the SPOC's fields that needs, its address first.

    Everything else about a channel is in its file in `server/ledger/delivery/`. `form` means that a person fills in the
    company's own notice form.
    """

    needs: tuple[str, ...]

    MAIL = "mail", "email"
    DIGEST = "digest", "email"
    WEBHOOK = "webhook", "webhook_url", "webhook_secrets"
    PORTAL = "portal"
    API = "api"
    FORM = "form", "form_url"

    def __new__(cls, word: str, *needs: str) -> "Channel":
        """`needs`: names of fields in the companies file."""
        channel = str.__new__(cls, word)
        channel._value_ = word
        channel.needs = needs
        return channel

    @property
    def address_field(self) -> str | None:
        """The SPOC's field that holds the address; None where nothing is sent anywhere."""
        return self.needs[0] if self.needs else None


class Event(StrEnum):
    """What a message to a company is about. Contract: Webhooks."""

    CREATED = "notice.created"
    DUE_SOON = "notice.due_soon"  # a reminder before the answer is due; programs get it as `notice.reminded`
    REMINDED = "notice.reminded"  # a reminder after that
    REPLIED = "notice.replied"  # a coordinator has replied to the company
    WITHDRAWN = "notice.withdrawn"

    @property
    def to_programs(self) -> "Event":
        """Its type in a webhook."""
        return Event.REMINDED if self is Event.DUE_SOON else self


REMINDERS = (Event.DUE_SOON, Event.REMINDED)  # each once in the time that a company has to answer


class NoticeState(StrEnum):
    """Where a notice stands for its company. Contract: notices."""

    OPEN = "open"  # it waits for an answer that decides
    ASKED = "asked"  # the company has asked something, until its next answer
    ANSWERED = "answered"  # decided; or replaced by a later notice, which asks for the answer
    WITHDRAWN = "withdrawn"


class WithdrawnWhy(StrEnum):
    """Why a notice was withdrawn."""

    MISTAKEN = "mistaken"  # we were wrong about the ad, which stays
    WRONG_COMPANY = "wrong_company"  # it is recalled: another company is to have it, or none that we know


class Sender(StrEnum):
    """Who says something in the thread of a notice; never which person. Contract: notices."""

    COMPANY = "company"
    COORDINATOR = "coordinator"


class DeliveryState(StrEnum):
    """Where the delivery of one message stands."""

    QUEUED = "queued"
    DELIVERED = "delivered"
    FAILED = "failed"


class CheckWhy(StrEnum):
    """Why a listing is looked at again."""

    ANSWERED = "answered"  # the company says that it is gone
    UNANSWERED = "unanswered"  # the company has not answered in time
    ASKED = "asked"  # a coordinator wants to know
    RELISTED = "relisted"  # it was found gone, and may have come back


class AlarmState(StrEnum):
    """The state of an alarm: a coordinator sets the coordinated reports aside, or clears the alarm."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    CLEARED = "cleared"


class CheckState(StrEnum):
    """Where a check stands. `dropped`: the question is not asked any more."""

    OPEN = "open"
    GONE = "gone"
    PRESENT = "present"
    DROPPED = "dropped"


class Seen(StrEnum):
    """What somebody saw who looked at a listing again."""

    PRESENT = "present"
    GONE = "gone"
    CANNOT_TELL = "cannot_tell"


class Level(StrEnum):
    """How far a spotter is trusted."""

    PROBATION = "probation"
    TRUSTED = "trusted"
    LEAD = "lead"


TRUSTED = frozenset({Level.TRUSTED, Level.LEAD})


class Standing(StrEnum):
    """Whether an accreditation counts today."""

    NONE = "none"
    ACTIVE = "active"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class RoundState(StrEnum):
    """What a coordinator has decided about a round; where it stands in time its dates say."""

    DRAFT = "draft"  # only the desk sees it
    OPEN = "open"  # spotters see it and sign up
    CANCELLED = "cancelled"


class WhyStopped(StrEnum):
    """Why a spotter stopped looking through the results of a search: a survey says how far it went."""

    ALL_SEEN = "all_seen"
    ENOUGH_SEEN = "enough_seen"  # there were more
    NOTHING_FOUND = "nothing_found"  # the platform found no ad
    SIGN_IN = "sign_in"  # it shows results only to who is signed in
    BLOCKED = "blocked"  # the site refused, or asked for proof of being human
    INTERRUPTED = "interrupted"


class FiguresBy(StrEnum):
    """What the figures are counted by. Contract: Figures."""

    COMPANY = "company"
    PLATFORM = "platform"
    GROUP = "group"  # of species; a notice about several groups counts in each
    MONTH = "month"  # in which the notice was sent, UTC


class Refused(Exception):
    """A refusal in words the person can act on.

    `kind` is a slug (the end of the problem's `type`), `detail` one sentence, `errors` sentences by field.
    Anything in `extra` is shown to the caller beside them, such as `training_url` or `retry_after`.
    """

    def __init__(self, kind: str, detail: str, *, errors: dict[str, list[str]] | None = None, **extra: object) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.errors = errors or {}
        self.extra = extra
