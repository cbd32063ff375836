"""Tables of cases: one for each listing, its taxa, its decisions and who works on it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import AD, ANOTHER, AS_IT_WAS, NO_END, PLAIN, WORDS, Erasure, Export, Keeping
from server.core.words import CaseState, Category, Decision, DismissReason, HoldReason
from server.ledger.cases.waits import WaitsFor


class Case(Model):
    """Our work on one listing. `state` moves by `cases.store.move` alone; `version` counts what changed."""

    __tablename__ = "cases"
    __keeping__ = Keeping(
        purpose="Our work on one listing: what it may offer, how urgent it is, and where it stands.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "reference": PLAIN,
            "listing_id": PLAIN,
            "reasons": PLAIN,
            "signals": PLAIN,
            "text": AD,
            "matches": PLAIN,
            "model_version": PLAIN,
            "company_id": PLAIN,
            "host": AS_IT_WAS,
        },
    )
    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(16))  # made of the id, which is unique
    listing_id: Mapped[str] = mapped_column(ForeignKey("listings.id"), unique=True)
    state: Mapped[str] = mapped_column(*one_of(CaseState, "state"))
    version: Mapped[int] = mapped_column(default=1)
    # The version at which what a decision is about last changed: a later report that only adds moves `version` alone.
    changed_version: Mapped[int] = mapped_column(default=1)
    priority: Mapped[int]  # 0 to 100
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # each a reasons.Reason: code, weight, params
    signals: Mapped[dict[str, float]] = mapped_column(JSON)  # what the priority is made of; see triage.Priority
    # The wording that the case is judged by, together with its reasons; others stand in the reports.
    text: Mapped[str] = mapped_column(Text)
    matches: Mapped[list[list[Any]]] = mapped_column(JSON)  # words in it that said so: [start, end, kind, language]
    model_version: Mapped[str | None] = mapped_column(String(16))  # the model it is judged by; None: the rules alone
    report_count: Mapped[int] = mapped_column(default=0)
    spotter_count: Mapped[int] = mapped_column(default=0)  # different people who reported it
    unseen_count: Mapped[int] = mapped_column(default=0)  # reports that came since a coordinator looked
    company_id: Mapped[str | None] = mapped_column(ForeignKey("companies.id"))  # None: no route
    host: Mapped[str] = mapped_column(Text)  # where the listing stands, for the list of what has no route
    held_until: Mapped[datetime | None] = mapped_column(Time)
    held_why: Mapped[str | None] = mapped_column(*one_of(HoldReason, "held_why"))
    doubted_at: Mapped[datetime | None] = mapped_column(
        Time
    )  # a spotter says that it was wrong; nobody has read it yet
    created_at: Mapped[datetime] = mapped_column(Time)
    updated_at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (
        # With the time, so that which of those that wait was opened first is read from the indexes alone.
        Index("ix_cases_queue", "state", "priority", "id", "created_at"),
        Index(
            "ix_cases_unrouted", "state", "priority", "id",
            sqlite_where=sql("company_id IS NULL"), postgresql_where=sql("company_id IS NULL"),
        ),
        Index("ix_cases_reference", "reference", "id"),
        Index(
            "ix_cases_doubted_at", "doubted_at",
            sqlite_where=sql("doubted_at IS NOT NULL"), postgresql_where=sql("doubted_at IS NOT NULL"),
        ),
        # What the directory lacks, by site: of cases without a company, so that others pay nothing. `company_id` stands in it
        # for SQLite, which would else read each row.
        Index(
            "ix_cases_unrouted_sites", "host", "id", "state", "company_id",
            sqlite_where=sql("company_id IS NULL"), postgresql_where=sql("company_id IS NULL"),
        ),
        # The same in the order of age, in which their reports lie: for what is counted of all of them.
        Index(
            "ix_cases_unrouted_ages", "id", "host", "state", "company_id",
            sqlite_where=sql("company_id IS NULL"), postgresql_where=sql("company_id IS NULL"),
        ),
        # What came since a coordinator looked; never a new case, so that intake pays nothing for it.
        Index(
            "ix_cases_unseen", "priority", "id", "created_at",
            sqlite_where=sql("unseen_count > 0 AND state <> 'open'"),
            postgresql_where=sql("unseen_count > 0 AND state <> 'open'"),
        ),
    )  # fmt: skip


class CaseTaxon(Model):
    """A taxon the listing may offer."""

    __tablename__ = "case_taxa"
    __keeping__ = Keeping(
        purpose="The taxa a listing may offer.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"case_id": PLAIN, "taxon_id": PLAIN},
    )
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    taxon_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    likelihood: Mapped[float] = mapped_column(Float)


class CaseDecision(Model):
    """What a coordinator decided, and why."""

    __tablename__ = "decisions"
    __keeping__ = Keeping(
        purpose="Keeps decisions accountable: what was decided on a case, by whom, and why.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "case_id": PLAIN,
            "reason": WORDS,
            "duplicate_of": PLAIN,
            "taxa": PLAIN,
            "snapshot": AD,
            "text_sha256": PLAIN,
            "notice_id": PLAIN,
            "account_id": ANOTHER,
            "left_out": PLAIN,
            "ad_words": AD,
        },
    )
    __table_args__ = (
        CheckConstraint("duplicate_of IS NOT NULL OR because IS NULL OR because <> 'duplicate'", name="duplicate_of"),
        CheckConstraint("(snapshot IS NULL) = (text_sha256 IS NULL)", name="snapshot"),
        CheckConstraint("length(text_sha256) = 64", name="text_sha256"),
        CheckConstraint("notice_id IS NULL OR decision = 'notify'", name="notice_id"),
    )
    id: Mapped[Id]
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    decision: Mapped[str] = mapped_column(*one_of(Decision, "decision"))
    reason: Mapped[str] = mapped_column(Text)
    because: Mapped[str | None] = mapped_column(*one_of(DismissReason, "because"))  # of a dismissal
    duplicate_of: Mapped[str | None] = mapped_column(ForeignKey("cases.id"))
    taxa: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """The scientific names the coordinator confirmed or corrected; none: an empty list. None: nothing was said of them."""
    category: Mapped[str | None] = mapped_column(*one_of(Category, "category"))  # the same
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    """What was known when it was decided, see `decisions.snapshot`. None: decided by a version that did not keep it."""
    text_sha256: Mapped[str | None] = mapped_column(String(64))  # of the text in the snapshot: the same ad, seen again
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"), index=True)  # the notice that left by it
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    left_out: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # of words.LeaveOut
    ad_words: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # look like a name, are the ad's own
    at: Mapped[datetime] = mapped_column(Time)
    version: Mapped[int]  # the case's version it was decided on


class PendingDecision(Model):
    """A decision that has not taken effect and can be undone. Whoever deletes this row, worker or undo, has decided which."""

    __tablename__ = "pending_decisions"
    __keeping__ = Keeping(
        purpose="Lets a coordinator undo a decision before anything is sent.",
        kept="Until the decision takes effect or is undone: seconds or minutes later, or when held notices or a digest are sent.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"decision_id": PLAIN, "case_id": PLAIN, "notice": AS_IT_WAS, "stop_id": PLAIN},
    )
    __table_args__ = (CheckConstraint("(waits_for IS NULL) = (waits_until IS NULL)", name="waits_until"),)
    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), unique=True)
    due_at: Mapped[datetime] = mapped_column(Time)  # then it takes effect
    came_from: Mapped[str] = mapped_column(*one_of(CaseState, "came_from"))  # the case's state before it
    held_until: Mapped[datetime | None] = mapped_column(Time)  # of a case that was held before it
    held_why: Mapped[str | None] = mapped_column(*one_of(HoldReason, "held_why"))
    seen: Mapped[int]  # how many unseen reports it counted as seen
    notice: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The notice that it sends, composed: as `delivery.queue_notice` takes it. None: it sends none."""
    stop_id: Mapped[str | None] = mapped_column(ForeignKey("notice_stops.id"), index=True)
    """What holds its notice now that its time is over; it can be undone all the while. None: nothing does."""
    waits_for: Mapped[str | None] = mapped_column(*one_of(WaitsFor, "waits_for"))  # beside a stop
    waits_until: Mapped[datetime | None] = mapped_column(Time)  # then that is seen to again
    looked_at: Mapped[datetime | None] = mapped_column(Time)  # when the server last looked, and did not read "gone"


class CaseClaim(Model):
    """Who works on a case just now. One row a case: two people never have it at once."""

    __tablename__ = "case_claims"
    __keeping__ = Keeping(
        purpose="Keeps two coordinators from working on one case at once.",
        kept="Until it is released, a decision takes effect, or it ends by itself; deleted within an hour of that.",
        whose="account_id",
        job="drop_claims",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"case_id": PLAIN, "given_by_id": ANOTHER},
    )
    __table_args__ = (Index("ix_case_claims_account", "account_id", "until"),)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    until: Mapped[datetime] = mapped_column(Time)
    given_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # another coordinator handed it over
