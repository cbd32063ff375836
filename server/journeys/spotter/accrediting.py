"""Accreditation: signed, given, changed, suspended, withdrawn, appealed. Always decided by somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from server.core import access, clock, post, times, web, wording, work
from server.core.database import one_at_a_time, read, write
from server.core.sentences import sentence
from server.core.words import Level, Refused, Standing
from server.journeys.spotter import gate, naming_contacts, taking_part
from server.ledger.companies import routing
from server.people.accounts import inviters, second_person
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import deciding, history
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import AccreditationRow, Appeal
from server.people.accreditation.standings import EVERYTHING, Accreditation, AccreditationScope, Candidate, Decider
from server.people.skill import store as skill
from server.reads import eligibility

LONGEST_SECOND = 200  # characters; the column's length


def sign_agreement(account_id: str, content_hash: str, name: str) -> None:
    """A volunteer signs the agreement as they read it."""
    with write() as session:
        accreditation.sign(session, account_id, content_hash, name, clock.now())


def accredit(
    account_id: str, by_id: str, why: str, level: Level, *, waive_exam: bool = False, second: str = "",
    second_id: str = "", groups: Sequence[str] = (), languages: Sequence[str] = (), seen: str | None = None,
) -> None:  # fmt: skip
    """A coordinator, who is somebody else, accredits a spotter; without a passed exam only by an explicit waiver.

    second: of the only coordinator, whom they asked elsewhere: name, organisation and address. second_id: another coordinator,
    whom no page lets one name: there they raise the level themselves.
    """
    scope = AccreditationScope(tuple(groups), tuple(languages))
    with write() as session:
        _accredit(
            session,
            account_id,
            by_id,
            why,
            level,
            waive_exam=waive_exam,
            scope=scope,
            second=second,
            seen=seen,
            second_id=second_id,
        )


@dataclass(frozen=True, slots=True)
class ToAccredit:
    """One of several people who passed: why they are accredited, and what was decided last when the page was opened."""

    account_id: str
    why: str
    seen: str | None = None


def accredit_each(asked: Sequence[ToAccredit], by_id: str, second: str = "") -> dict[str, Refused | None]:
    """Accredit or renew people who passed, each by itself and with a reason: one who is refused stops nobody else.

    On the level and scope that they hold, else on probation: none is raised by this. second: as in `accredit`, and named
    only with those whom `by_id` invited: of the others they reviewed nothing. Returns what each was refused for, by account;
    None: they are accredited.
    """
    refused: dict[str, Refused | None] = {}
    for each in asked:
        who = each.account_id
        try:
            with write() as session:
                invited = by_id in inviters.of(session, accounts.spotter(session, who))
                named = second if invited else ""
                _accredit(session, who, by_id, each.why, None, waive_exam=False, second=named, seen=each.seen)
            refused[who] = None
        except Refused as refusal:
            refused[who] = refusal
    return refused


def accredit_by_email(email: str, by_email: str, why: str, level: Level, *, waive_exam: bool, second: str = "") -> None:
    """The command line's accreditation, by addresses. The coordinator answers for an agreement signed on paper.

    second: another coordinator's address, or for the only coordinator that of a person elsewhere; they are told by mail.
    """
    with write() as session:
        account, by = accounts.by_email(session, email), accounts.by_email(session, by_email)
        if account is None or by is None:
            raise Refused(
                "not-found", sentence("There is no account for %(email)s.", email=by_email if account else email)
            )
        deciding.by_another(account.id, Decider(by.id, access.can("people.accredit", by)))
        if not accreditation.has_signed(session, account.id):
            text = accreditation.agreement().content_hash
            accreditation.sign(session, account.id, text, account.name, clock.now(), witness_id=by.id)
        _accredit(
            session, account.id, by.id, why, level, waive_exam=waive_exam, second=second,
            second_id=_coordinator(session, second, by.id),
        )  # fmt: skip


def _accredit(
    session: Session, account_id: str, by_id: str, why: str, level: Level | None, *, waive_exam: bool,
    scope: AccreditationScope = EVERYTHING, second: str = "", seen: str | None = None, second_id: str = "",
) -> None:  # fmt: skip
    """level None: the one they hold, with its scope, else probation."""
    candidate, at = _candidate(session, account_id)
    last = accreditation.current(session, account_id)
    if level is None:
        held = last if last and last.standing is Standing.ACTIVE else None
        level, scope = (held.level, held.scope) if held else (Level.PROBATION, EVERYTHING)
    covers = eligibility.covers(session, account_id, at, waived=waive_exam and not candidate.exam_passed)
    gate.note_states(session, covers, at)
    accreditation.accredit(
        session, candidate, by := decider(session, by_id, second, seen, second_id), why, at, covers,
        level=level, scope=scope, waive_exam=waive_exam,
    )  # fmt: skip
    if last is None or last.level is not level:
        skill.settle(session, account_id, by_id, at)
    naming_contacts.name_by_default(session, account_id, by_id)
    taking_part.let_in(session, account_id, at)
    _tell_second(session, account_id, by)


def change_level(
    account_id: str, by_id: str, why: str, level: Level, *, second: str = "", groups: Sequence[str] = (),
    languages: Sequence[str] = (), seen: str | None = None,
) -> None:  # fmt: skip
    """Give an accredited spotter another level or scope."""
    scope = AccreditationScope(tuple(groups), tuple(languages))
    with write() as session:
        (candidate, at), by = _candidate(session, account_id), decider(session, by_id, second, seen)
        accreditation.change_level(session, candidate, by, why, at, level, scope)
        _tell_second(session, account_id, by)
        skill.settle(session, account_id, by_id, at)


def suspend(account_id: str, by_id: str, why: str, seen: str | None = None) -> None:
    """Stop a spotter's reports at once."""
    with write() as session:
        (candidate, at), by = _candidate(session, account_id), decider(session, by_id, seen=seen)
        accreditation.suspend(session, candidate, by, why, at)
        skill.settle(session, account_id, by_id, at)


def withdraw(account_id: str, by_id: str, why: str, seen: str | None = None) -> None:
    """End a spotter's accreditation for good."""
    with write() as session:
        (candidate, at), by = _candidate(session, account_id), decider(session, by_id, seen=seen)
        accreditation.withdraw(session, candidate, by, why, at)
        skill.settle(session, account_id, by_id, at)


def reinstate(account_id: str, by_id: str, why: str, second: str = "", seen: str | None = None) -> None:
    """Let a suspended spotter report again."""
    with write() as session:
        (candidate, at), by = _candidate(session, account_id), decider(session, by_id, second, seen)
        accreditation.reinstate(session, candidate, by, why, at)
        taking_part.let_in(session, account_id, at)
        _tell_second(session, account_id, by)


def appeal(account_id: str, text: str) -> None:
    """A spotter asks somebody else to look at a suspension or a withdrawal."""
    with write() as session:
        accreditation.appeal(session, account_id, text, clock.now())


def decide_appeal(
    account_id: str, by_id: str, why: str, *, granted: bool, second: str = "", seen: str | None = None
) -> None:
    """Somebody at the desk who neither invited nor decided reviews the decision.

    second: where nobody with an account is that, the person elsewhere who looked at it too: name, organisation and address.
    """
    with write() as session:
        candidate, at = _candidate(session, account_id)
        last = accreditation.current(session, account_id)
        by = appeal_decider(session, by_id, candidate, last, second, seen) if last else decider(session, by_id)
        appeal_id = accreditation.decide_appeal(session, candidate, by, why, at, granted=granted)
        if accreditation.level(session, account_id, at):
            taking_part.let_in(session, account_id, at)
        if by.second:
            work.enqueue(session, "mail_second", appeal_id)


def who_else_decides_appeal(session: Session, account_id: str, reader_id: str) -> list[str]:
    """Who beside the reader may decide a person's appeal, by name. None: whoever decides names somebody elsewhere."""
    last = accreditation.current(session, account_id)
    concerned = deciding.not_to_decide(_known(session, account_id, clock.now()), last) if last else [account_id]
    return [each.name for each in second_person.others(session, "people.decide_appeal", concerned, reader_id)]


def _candidate(session: Session, account_id: str) -> tuple[Candidate, datetime]:
    """Whom it is about, and since when: nobody else decides about this person until this transaction ends."""
    one_at_a_time(session, account_id)
    at = clock.now()
    return _known(session, account_id, at), at


def _known(session: Session, account_id: str, at: datetime) -> Candidate:
    """What is known of the person. Raises Refused: not-found, conflict (their account is closed)."""
    account = accounts.spotter(session, account_id)
    if account.disabled_at:
        raise Refused("conflict", sentence("This account is closed. Reopen it first."))
    signed, passed = accreditation.has_signed(session, account_id), eligibility.exam_passed(session, account_id, at)
    invited_by, vouched = inviters.of(session, account), accreditation.vouched(session, account_id)
    behind = invited_by.union(*(second_person.selves(session, inviter, at) for inviter in invited_by))
    unsure = second_person.new_among(session, invited_by | vouched, at) | (behind - invited_by - vouched)
    suspended_by = history.suspended_by(session, account_id)
    return Candidate(account_id, behind, signed, passed, vouched, unsure, suspended_by)


def decider(
    session: Session, account_id: str, second: str = "", seen: str | None = None, second_id: str = ""
) -> Decider:
    """Who decides, and what of the person they had before them (None: not said).

    Raises Refused("invalid") when the only coordinator names somebody elsewhere who cannot be told by mail.
    """
    by, at = session.get_one(Account, account_id), clock.now()
    may_accredit = access.can("people.accredit", by) and not by.disabled_at
    others = [each for each in accounts.people_at_work(session, "people.accredit") if each.id != account_id]
    counts = second_id if second_id and not second_person.new_among(session, [second_id], at) else ""
    second = session.get_one(Account, second_id).email if second_id else "" if others else _elsewhere(session, second)
    return Decider(
        account_id, may_accredit, not others, second, seen, counts, second_person.counts_from(by, at),
        second_person.selves(session, account_id, at) - {account_id},
        tuple((each.name, second_person.counts_from(each, at)) for each in others),
    )  # fmt: skip


def appeal_decider(
    session: Session, account_id: str, candidate: Candidate, appealed: Accreditation, second: str = "",
    seen: str | None = None,
) -> Decider:  # fmt: skip
    """Who decides an appeal: `alone` when nobody with an account neither invited the person nor decided before.

    Raises Refused("invalid") as `decider` does.
    """
    by, at = session.get_one(Account, account_id), clock.now()
    concerned = deciding.not_to_decide(candidate, appealed)
    selves = {
        each.id: second_person.may_be(session, each.id, at)
        for each in accounts.people_at_work(session, "people.decide_appeal")
    }
    alone = all(not each.isdisjoint(concerned) for each in selves.values())
    second = _elsewhere(session, second) if alone else ""
    may = access.can("people.decide_appeal", by) and not by.disabled_at
    openers = selves.get(account_id, frozenset()) - {account_id}
    return Decider(account_id, may, alone, second, seen, openers=openers)


def _elsewhere(session: Session, second: str) -> str:
    """The person elsewhere as named, "" for nobody.

    Raises Refused("invalid") for a text that is too long, for one who cannot be told by mail, and for everybody with an account here, open or closed:
    the person decided about, and whoever decides under another of their addresses.
    """
    second = second.strip()
    if len(second) > LONGEST_SECOND:
        detail = sentence("Enter at most %(most)s characters.", most=LONGEST_SECOND)
        raise Refused("invalid", detail, errors={"second": [detail]})
    address = deciding.address_in(second)
    if not second:
        return ""
    if not address or (routing.is_placeholder(address) and not web.settings().demo):
        detail = sentence("Name the second person with their organisation and email. They are told by email.")
        raise Refused("invalid", detail, errors={"second": [detail]})
    if second_person.has_account(session, address):
        detail = sentence(
            "The second person is somebody elsewhere: %(email)s belongs to an account here, open or closed.",
            email=address,
        )
        raise Refused("invalid", detail, errors={"second": [detail]})
    return second


def _coordinator(session: Session, email: str, by_id: str) -> str:
    """The id of another coordinator, named by address; "" where none is named or nobody else could be."""
    if not email.strip():
        return ""
    account = accounts.by_email(session, email)
    if account and account.id != by_id and access.can("people.accredit", account) and not account.disabled_at:
        return account.id
    if decider(session, by_id).alone and (account is None or account.id != by_id):
        return ""
    raise Refused("invalid", sentence("%(email)s is not the account of another coordinator.", email=email))


def _tell_second(session: Session, account_id: str, by: Decider) -> None:
    """Mail whoever was named as the second person, so that nobody is named without knowing."""
    last = accreditation.current(session, account_id)
    if by.second and last:
        work.enqueue(session, "mail_second", last.id)


@work.handler("mail_second")
def mail_second(about: str) -> None:
    """Tell the second person that they were named with a decision or an appeal; of the spotter nothing but the page."""
    with read() as session:
        row, appeal = session.get(AccreditationRow, about), session.get(Appeal, about)
        if row:
            second, account_id, by_id, at = row.second, row.account_id, row.by_account_id, row.at
        elif appeal and appeal.decided_by_id and appeal.decided_at:
            second, account_id, by_id, at = appeal.second, appeal.account_id, appeal.decided_by_id, appeal.decided_at
        else:
            return
        if not second:
            return
        context = {
            "by": session.get_one(Account, by_id).name, "level": wording.LEVEL[Level(row.level)] if row else "",
            "at": times.date(at), "page": web.absolute("people.show", account_id=account_id),
        }  # fmt: skip
    to, subject = deciding.address_in(second), sentence("You were named as the second person")
    post.send_template("second", to, subject, context, post.message_id(f"second.{about}"), None)
