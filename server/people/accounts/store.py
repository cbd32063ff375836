"""Reads and writes of accounts. How they sign in is in `signing_in.py`, what their devices hold in `pairing.py`."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.orm import Session

from server.core import access, audit, clock, folding, web
from server.core.conditions import holds
from server.core.database import alone, changed, insert, new_id
from server.core.sentences import sentence
from server.core.words import MailFrequency, Refused, Role, TeamRole
from server.people.accounts import team_store
from server.people.accounts.invitees import Invitee
from server.people.accounts.models import Account, AccountAction, AccountChange, FrozenName, JoinRequest

EMAIL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
ERASING_TAKES = timedelta(minutes=1)  # at most, from the time that it is dated to its end
SPOTTERS = Account.role == Role.SPOTTER  # whose rows the lists of people show


def fold_email(email: str) -> str:
    """One spelling of an address: trimmed, lower case."""
    return email.strip().lower()


def digest(secret: str) -> str:
    """How a secret is kept: it is random and long, so one pass of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


# --- Accounts --------------------------------------------------------------------------------------------------------


def add(
    session: Session, email: str, name: str, role: Role, password_hash: str | None, company_id: str | None = None,
    by_id: str | None = None, team_role: TeamRole | None = None,
) -> Account:  # fmt: skip
    """A new account. Raises Refused("conflict") when the address has one, "invalid" when the role and company differ.

    by_id: who opens it for somebody else; None: themself, or the command line. team_role: of a company's person; None:
    manager of a team that has none, else member.
    """
    refuse_unfit(email, name)
    if (role == Role.COMPANY) != (company_id is not None):
        raise Refused("invalid", sentence("Only company accounts belong to a company, and each needs one."))
    if company_id is not None and team_role is None:
        team_role = TeamRole.MEMBER if team_store.managers(session, company_id) else TeamRole.MANAGER
    account = Account(
        id=new_id(),
        email=fold_email(email),
        name=name.strip(),
        role=role,
        company_id=company_id,
        team_role=team_role,
        password_hash=password_hash,
        created_at=clock.now(),
    )
    if by_email(session, email):
        detail = sentence("There is already an account for %(email)s.", email=account.email)
        raise Refused("conflict", detail, errors={"email": [detail]})
    session.add(account)
    session.flush()
    audit.record(session, by_id, "account_added", "account", account.id, role=role)
    return account


def add_spotter(
    session: Session,
    email: str,
    name: str,
    *,
    invited_by_id: str | None = None,
    cohort: str = "",
    languages: Collection[str] | None = None,
    language: str | None = None,
) -> Account:
    """A new spotter's account, without a password yet. Raises as `add` does.

    languages: those of ads that they read. language: in which they are written to; None: not known.
    """
    account = add(session, email, name, Role.SPOTTER, None)
    account.invited_by_id, account.cohort = invited_by_id, cohort.strip() or None
    account.language = language
    if languages is not None:
        account.languages = list(languages)
    return account


def give_role(
    session: Session, account: Account, name: str, role: Role, by_id: str | None, company_id: str | None = None,
    team_role: TeamRole | None = None,
) -> None:  # fmt: skip
    """An account that nobody has claimed becomes that of whoever was invited at its address, in the role they were invited to."""
    account.name, account.role = name.strip(), role
    account.company_id, account.team_role = company_id, team_role
    account.language = None  # it was that of whoever typed the address
    account.created_at = clock.now()  # theirs from now on: one that lay there for a month is no second person at once
    audit.record(session, by_id, "account_role_given", "account", account.id, role=role)


def add_join_request(session: Session, email: str, name: str, language: str | None, at: datetime) -> str:
    """Keep a request to join for the worker; its id."""
    request = JoinRequest(id=new_id(), email=fold_email(email), name=name.strip(), language=language, at=at)
    session.add(request)
    return request.id


def take_join_request(session: Session, request_id: str) -> JoinRequest | None:
    """A request to join, which is deleted; None when that was done before."""
    request = session.get(JoinRequest, request_id, with_for_update=True)
    if request:
        session.delete(request)
    return request


def note_reminder(session: Session, account_id: str, at: datetime, not_since: datetime) -> bool:
    """Note that a spotter is written to; False when that was done after `not_since` already."""
    due = or_(Account.reminded_at.is_(None), Account.reminded_at <= not_since)
    return changed(session, update(Account).where(Account.id == account_id, due).values(reminded_at=at)) > 0


def keyed(email: str, use: str) -> str:
    """An address by a hash that only we can make, another one for each use."""
    key = web.settings().secret_key.encode()
    return hmac.new(key, f"{use}:{fold_email(email)}".encode(), hashlib.sha256).hexdigest()


def asked_id(session: Session, email: str) -> str:
    """The id of whoever a stranger names by address; of an address without an open account one that is nobody's.

    Always the same for the same address: what is done with it does not tell whether there is an account.
    """
    account = by_email(session, email)
    return account.id if account and not account.disabled_at else keyed(email, "nobody")[:32]


def any_erased_since(session: Session, at: datetime) -> bool:
    """Whether somebody was erased at `at` or later, or so shortly before that their record may have been read until then.

    Waits for whoever is being erased, and keeps others from it until this transaction ends: `erase_alone`.
    """
    erase_alone(session)
    return session.scalar(select(Account.id).where(Account.erased_at >= at - ERASING_TAKES).limit(1)) is not None


def erase_alone(session: Session) -> None:
    """To be called before what was computed of everybody is deleted: nobody keeps any of it until this transaction ends."""
    alone(session, "erasing")


def mark_erased(account: Account, at: datetime, *, frozen: bool) -> None:
    """The account is closed for good: its record is erased. frozen: what they reported stays held."""
    account.withheld_at = at if frozen else None
    account.disabled_at, account.erased_at = account.disabled_at or at, at


def close(session: Session, account: Account, by_id: str, why: str, at: datetime) -> None:
    """Nobody uses this account any more; what was done with it stays. Raises Refused("invalid") without a reason."""
    account.disabled_at = at
    note_action(session, account, AccountAction.CLOSED, by_id, why, at)


def reopen(session: Session, account: Account, by_id: str, why: str, at: datetime) -> None:
    """The account can be used again, by its password; sessions and devices that ended stay ended. Raises as `close` does."""
    account.disabled_at = None
    note_action(session, account, AccountAction.REOPENED, by_id, why, at)


def note_action(session: Session, account: Account, action: AccountAction, by_id: str, why: str, at: datetime) -> None:
    """Record what was done to an account, with a reason but for freezing: who is in danger writes none."""
    if folding.is_blank(why) and action is not AccountAction.FROZEN:
        detail = sentence("Enter a reason. It is kept with the decision.")
        raise Refused("invalid", detail, errors={"why": [sentence("Enter a reason.")]})
    session.add(AccountChange(account_id=account.id, action=action, by_id=by_id, why=why.strip(), at=at))
    audit.record(session, by_id, f"account_{action.value}", "account", account.id, role=account.role)


def changes_of(session: Session, account_id: str) -> list[AccountChange]:
    """When an account was closed and opened again, newest first."""
    theirs = select(AccountChange).where(AccountChange.account_id == account_id)
    return list(session.scalars(theirs.order_by(AccountChange.at.desc(), AccountChange.id.desc())))


def open_administrators(session: Session) -> set[str]:
    """Who can manage staff today, locked: two who close each other's account at once do so one after the other."""
    able_ = select(Account.id).where(able("people.manage_staff"), Account.disabled_at.is_(None))
    return set(session.scalars(able_.order_by(Account.id).with_for_update()))


def spotter(session: Session, account_id: str, *, lock: bool = False) -> Account:
    """A spotter whose record is not erased. Raises Refused("not-found") for everybody else."""
    account = session.get(Account, account_id, with_for_update=lock)
    if account is None or account.role != Role.SPOTTER or account.erased_at:
        raise Refused("not-found", sentence("There is no such spotter."))
    return account


def able(action: str) -> ColumnElement[bool]:
    """The accounts whose role lets them take an action of the access table."""
    return Account.role.in_(access.holders(action))


def at_work(session: Session, account_id: str, action: str) -> Account | None:
    """The open account of whoever may take this action, which cannot be closed before this transaction ends; else None."""
    theirs = select(Account).where(Account.id == account_id, able(action), Account.disabled_at.is_(None))
    return session.scalars(theirs.with_for_update(key_share=True)).first()


def open_spotters() -> Select[str]:
    """The ids of spotters whose account is open."""
    return select(Account.id).where(SPOTTERS, Account.disabled_at.is_(None), Account.erased_at.is_(None))


def people_at_work(session: Session, action: str) -> list[Account]:
    """Everybody who may take this action today, by name."""
    able_ = select(Account).where(able(action), Account.disabled_at.is_(None), Account.erased_at.is_(None))
    return list(session.scalars(able_.order_by(Account.name, Account.id)))


def add_invited(
    session: Session, invitees: Collection[Invitee], by_id: str, round_id: str | None = None
) -> list[str]:  # fmt: skip
    """Open accounts for many at once, checked before and without an account yet; their ids.

    Who invited them, and for which round, is kept.
    """
    if not invitees:
        return []
    at = clock.now()
    rows = [
        {
            "id": new_id(), "email": fold_email(invitee.email), "name": invitee.name.strip(), "role": Role.SPOTTER,
            "company_id": None, "team_role": None, "invited_by_id": by_id, "cohort": invitee.cohort or None, "invited_for_id": round_id,
            "languages": list(invitee.languages) or None, "created_at": at,
        }
        for invitee in invitees
    ]  # fmt: skip
    insert(session, Account, *rows)
    for row in rows:
        audit.record(session, by_id, "account_added", "account", str(row["id"]), role=Role.SPOTTER)
    return [str(row["id"]) for row in rows]


def known(session: Session, emails: Collection[str]) -> set[str]:
    """Which of these addresses, in lower case, have an account."""
    known_ = select(Account.email).where(Account.email.in_(emails))
    return set(session.scalars(known_.union(select(FrozenName.email).where(FrozenName.email.in_(emails)))))


def refuse_unfit(email: str, name: str) -> None:
    """Raises Refused("invalid") for what is no address, or no name of one line."""
    refuse_unfit_address(email)
    refuse_unfit_name(name)


def refuse_unfit_address(email: str, field: str = "email") -> None:
    """Raises Refused("invalid") for what is no address, at this field."""
    if len(email) > 254 or not EMAIL.fullmatch(fold_email(email)):
        detail = sentence("“%(email)s” is not a valid email address.", email=email)
        raise Refused("invalid", detail, errors={field: [sentence("Enter a valid email address.")]})


def refuse_unfit_name(name: str) -> None:
    """Raises Refused("invalid") for what is no name of one line."""
    if folding.is_blank(name) or len(name) > 200 or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        detail = sentence("Enter a name on one line, at most 200 characters.")
        raise Refused("invalid", detail, errors={"name": [detail]})


def by_email(session: Session, email: str, *, lock: bool = False) -> Account | None:
    """The account of an address, in whatever case it is written; also one whose address is sealed."""
    address = fold_email(email)
    chosen = select(Account).where(or_(Account.email == address, _sealed(address)))
    return session.scalars(chosen.with_for_update() if lock else chosen).first()


def _sealed(address: str) -> ColumnElement[bool]:
    return Account.id.in_(select(FrozenName.account_id).where(FrozenName.email == address))


def mark(account: Account) -> str:
    """What a link to choose a password carries of the one that is there: with a new password it is another."""
    return digest(account.password_hash)[:16] if account.password_hash else ""


def choose_mails(session: Session, account_id: str, mails: MailFrequency) -> None:
    """How often somebody is mailed about their reports from now on."""
    session.get_one(Account, account_id, with_for_update=True).mails = mails


def choose_language(session: Session, account_id: str, language: str | None) -> None:
    """In which language somebody gets pages and mails from now on; None: as their browser says, mails in English."""
    session.get_one(Account, account_id, with_for_update=True).language = language


def one_language(session: Session, account_ids: Collection[str]) -> str | None:
    """The language that all of these accounts have chosen; None: they read different ones, or somebody has chosen none."""
    chosen = set(session.scalars(select(Account.language).where(Account.id.in_(account_ids))))
    return chosen.pop() if len(chosen) == 1 else None


# --- Lists -----------------------------------------------------------------------------------------------------------


def listed(session: Session, q: str, cursor: str | None, limit: int) -> list[Account]:
    """Spotters by name or address, newest first, a page at a time; those whose account is closed, too."""
    chosen = select(Account).where(SPOTTERS, Account.erased_at.is_(None))
    if q:
        chosen = chosen.where(or_(holds(Account.name, q), holds(Account.email, q), _sealed(fold_email(q))))
    if cursor:
        chosen = chosen.where(Account.id < cursor)
    return list(session.scalars(chosen.order_by(Account.id.desc()).limit(limit)))


def others(session: Session, staff: bool) -> list[Account]:
    """The people of companies, and with `staff` coordinators and administrators, too: by role, then by name."""
    chosen = select(Account).where(~SPOTTERS, Account.erased_at.is_(None))
    if not staff:
        chosen = chosen.where(~able("cases.see"))
    return list(session.scalars(chosen.order_by(Account.role, Account.name, Account.id)))
