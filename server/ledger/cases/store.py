"""Reads and writes of cases. State moves through one door: `move`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.conditions import among
from server.core.database import changed, connection, insert, new_id, reference
from server.core.reasons import Reason, ReasonCode
from server.core.sentences import sentence
from server.core.words import CaseState, Decision, HoldReason, Refused
from server.ledger.cases import claim_store, states
from server.ledger.cases.models import Case, CaseDecision, CaseTaxon
from server.ledger.cases.triage import Priority


def open_case(
    session: Session,
    listing_id: str,
    company_id: str | None,
    host: str,
    judged: Priority,
    marked: tuple[str, list[list[Any]]],
    model_version: str | None = None,
) -> str:
    """Open the case of a new listing with its first report. Returns the case's id.

    The listing is new in this transaction, whose row keeps other writers away until it commits.
    """
    at, identifier, (text, matches) = clock.now(), new_id(), marked
    row = {
        "id": identifier, "reference": reference("C", identifier), "listing_id": listing_id, "state": CaseState.OPEN,
        "version": 1, "changed_version": 1, "priority": judged.score, "reasons": _kept(judged), "signals": judged.signals, "text": text,
        "matches": matches, "report_count": 1, "spotter_count": 1, "unseen_count": 1, "company_id": company_id, "host": host,
        "model_version": model_version,
        "created_at": at, "updated_at": at,
    }  # fmt: skip
    insert(session, Case, row)
    return identifier


def judge_again(case: Case, judged: Priority, marked: tuple[str, list[list[Any]]]) -> None:
    """Judge the case by another wording of its ad: priority, signals, reasons, text and marks change together."""
    case.priority, case.signals, case.reasons = judged.score, judged.signals, _kept(judged)
    case.text, case.matches = marked


def corroborate(case: Case, judged: Priority) -> None:
    """Keep the wording the case is judged by, with the voices it has now. Its priority never falls by that."""
    case.priority, case.signals, case.reasons = max(case.priority, judged.score), judged.signals, _kept(judged)


def weigh_again(case: Case, judged: Priority) -> None:
    """Judge the case by what else is known of its goods now, which may be less than before."""
    case.priority, case.signals, case.reasons = judged.score, judged.signals, _kept(judged)


def judged_by(case: Case, model_version: str | None) -> None:
    """By which model its priority is judged; None: by the rules alone."""
    case.model_version = model_version


def count_spotters(case: Case, spotters: int) -> None:
    """How many different people report it, without those whose reports are set aside."""
    case.spotter_count = spotters


def count_report(case: Case, at: datetime, new_spotter: bool) -> None:
    """One more report has come. It has a version of its own: a decision on an earlier one leaves it to be looked at.

    A case of earlier years begins with its first report: it was made when its sheet was imported.
    """
    if not case.report_count:
        case.created_at = at
    case.version += 1
    case.report_count += 1
    case.spotter_count += new_spotter
    case.unseen_count += 1
    case.updated_at = at


def mark_unseen(case: Case, reports: int) -> None:
    """So many reports count as unseen again: what they were seen for is taken back."""
    case.unseen_count += reports


def count_answer(case: Case) -> None:
    """A spotter has answered, which no coordinator has seen yet."""
    case.unseen_count += 1


def uncount_reports(case: Case, reports: int = 1) -> None:
    """Reports that nobody has looked at are withdrawn or set aside: so many fewer to look at."""
    case.unseen_count = max(case.unseen_count - reports, 0)


def doubt(case: Case, at: datetime | None) -> None:
    """A spotter who reported it says that it was wrong; None: a coordinator has dealt with that."""
    case.doubted_at = (case.doubted_at or at) if at else None


def touch(case: Case) -> None:
    """Move the version on without a change of state: a decision on what was there before is stale."""
    case.version += 1
    note_change(case)


def note_change(case: Case) -> None:
    """What a decision is about has changed with this version: one on an earlier version is stale."""
    case.changed_version = case.version


def is_stale(case: Case, version: int) -> bool:
    """Whether what a decision is about has changed since this version. Reports that only add do not count."""
    return not case.changed_version <= version <= case.version


def mark_seen(case: Case, unseen: int = 0) -> None:
    """A coordinator has seen all that there is, but for what came since they opened the case."""
    case.unseen_count = unseen


def hold(case: Case, until: datetime | None, why: str | None) -> None:
    """Note until when, and why, a held case waits."""
    case.held_until, case.held_why = until, why


def assign(case: Case, company_id: str | None) -> None:
    """Set the company that the case's notice goes to; None: no route is known."""
    case.company_id = company_id


def put_first(case: Case, reason: Reason) -> None:
    """Put a reason first. It replaces an earlier reason with the same code."""
    case.reasons = [reason.kept(), *(other for other in case.reasons if other["code"] != reason.code)]


def give_reasons(case: Case, reasons: Sequence[Reason]) -> None:
    """Other reasons for the same priority. Nothing a decision is about has changed: the version stands."""
    case.reasons = [reason.kept() for reason in reasons]


def drop_reason(case: Case, code: ReasonCode) -> None:
    """What a reason said is over."""
    case.reasons = [kept for kept in case.reasons if kept["code"] != code]


def _kept(judged: Priority) -> list[dict[str, Any]]:
    return [reason.kept() for reason in judged.reasons]


# Built once: they run with every report on a known listing.
_OF_LISTING = select(Case).where(Case.listing_id == bindparam("listing_id")).with_for_update()
_TAXA = select(CaseTaxon.taxon_id, CaseTaxon.likelihood).where(CaseTaxon.case_id == bindparam("case_id"))


def of_listing(session: Session, listing_id: str) -> Case:
    """The listing's case, locked for this transaction."""
    return session.scalars(_OF_LISTING, {"listing_id": listing_id}).one()


def get(session: Session, case_id: str, lock: bool = False) -> Case:
    """A case. Raises Refused("not-found")."""
    chosen = select(Case).where(Case.id == case_id)
    case = session.scalars(chosen.with_for_update() if lock else chosen).first()
    if case is None:
        raise Refused("not-found", sentence("There is no such case."))
    return case


def id_of(session: Session, name: str) -> str | None:
    """The id of the case with this id or reference, such as `C-7K3M9-Q2XWT`; None when there is none."""
    return session.scalar(select(Case.id).where(or_(Case.id == name, Case.reference == name.upper())))


def give_route(session: Session, listing_id: str, company_id: str) -> None:
    """Assign the listing's case to this company. A case whose notice was sent keeps the company that got it."""
    left = Case.state.in_((CaseState.NOTIFIED, CaseState.ANSWERED))
    session.execute(update(Case).where(Case.listing_id == listing_id, ~left).values(company_id=company_id))


def move(
    session: Session, case: Case, event: str, actor_id: str | None, *, came_from: str | None = None, **detail: Any
) -> None:
    """The one door of a case's state: the move, the new version and the audit row, in one transaction.

    came_from: where the case came from by the decision that is taken back.
    Raises Refused("conflict") when the event leads nowhere from here, "stale" when another move was faster.
    """
    before, version = case.state, case.version
    case_state = states.after(before, event, came_from)
    moved = update(Case).where(Case.id == case.id, Case.version == version, Case.state == before)
    values = {"state": case_state, "version": version + 1, "changed_version": version + 1, "updated_at": clock.now()}
    if case_state != CaseState.HELD:
        values |= {"held_until": None}
        if (
            event != "release" or case.held_why != HoldReason.SECOND_OPINION
        ):  # which stays asked for, though the day has come
            values |= {"held_why": None}
    if not changed(session, moved.values(values).execution_options(synchronize_session="evaluate")):
        raise Refused("stale", sentence("This case has changed since you opened it. Check it again."))
    session.refresh(case)
    if case_state == CaseState.CLOSED and event not in set(Decision):
        claim_store.end(session, case.id)  # a dismissal can be undone: its claim ends when it takes effect
    audit.record(session, actor_id, f"case_{event}", "case", case.id, before=before, after=case_state.value, **detail)


def set_taxa(session: Session, case_id: str, taxa: dict[str, float], new: bool = False) -> None:
    """Add taxa the case may be about, keeping the higher likelihood. `new`: the case had none.

    Another taxon changes what a decision is about.
    """
    known = {} if new else {taxon: value for taxon, value in connection(session).execute(_TAXA, {"case_id": case_id})}  # noqa: C416
    added = taxa.keys() - known.keys()
    insert(
        session, CaseTaxon, *({"case_id": case_id, "taxon_id": t, "likelihood": taxa[t]} for t in taxa if t in added)
    )
    if added and not new:
        note_change(session.get_one(Case, case_id))
    for taxon_id, likelihood in taxa.items():
        if likelihood > known.get(taxon_id, likelihood):
            row = (CaseTaxon.case_id == case_id, CaseTaxon.taxon_id == taxon_id)
            session.execute(update(CaseTaxon).where(*row).values(likelihood=likelihood))


def drop_taxa(session: Session, case: Case, taxa: Collection[str]) -> None:
    """A case is not about these taxa after all, which changes what a decision is about."""
    theirs = delete(CaseTaxon).where(CaseTaxon.case_id == case.id, CaseTaxon.taxon_id.in_(taxa))
    if taxa and changed(session, theirs):
        touch(case)


def taxa(session: Session, case_ids: list[str]) -> dict[str, list[str]]:
    """The taxa of each case, likeliest first."""
    by_case: dict[str, list[str]] = {identifier: [] for identifier in case_ids}
    rows = select(CaseTaxon.case_id, CaseTaxon.taxon_id).where(among(CaseTaxon.case_id, case_ids))
    for case_id, taxon_id in session.execute(rows.order_by(CaseTaxon.likelihood.desc(), CaseTaxon.taxon_id)):
        by_case[case_id].append(taxon_id)
    return by_case


def likeliest_taxon(session: Session, case_ids: list[str]) -> dict[str, str]:
    """The likeliest taxon of each case, the first of `taxa`; a case without any is left out."""
    rows = select(CaseTaxon.case_id, CaseTaxon.taxon_id).where(among(CaseTaxon.case_id, case_ids))
    # The last of a case stays in the dictionary.
    return dict(connection(session).execute(rows.order_by(CaseTaxon.likelihood, CaseTaxon.taxon_id.desc())).all())


def decisions(session: Session, case_id: str) -> list[CaseDecision]:
    """The decisions on a case, oldest first."""
    chosen = select(CaseDecision).where(CaseDecision.case_id == case_id)
    return list(session.scalars(chosen.order_by(CaseDecision.id)))


def last_decided(session: Session) -> datetime | None:
    """When a coordinator last made a decision."""
    return session.scalar(select(CaseDecision.at).order_by(CaseDecision.id.desc()).limit(1))


def due_held(session: Session, at: datetime) -> list[str]:
    """Held cases whose date has come."""
    return list(session.scalars(select(Case.id).where(Case.state == CaseState.HELD, Case.held_until <= at).limit(100)))
