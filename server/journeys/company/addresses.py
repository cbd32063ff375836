"""Another address for a SPOC (mail, form or webhook): one person at the desk proposes it, it proves itself, another approves, and
it waits a day. The mails of it are in `address_mails`, the test of a webhook in `webhook_proofs`.

A companies file imported on the command line (`directory_import`) needs none of this: it takes effect immediately, and is in the
same history. One imported on a page goes this way (`directory_upload`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from server.core import clock, everyday, recurring, urls, web, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.slips import Errors, Slips
from server.core.words import Channel, Refused, TeamRole
from server.ledger.companies import (
    address_link,
    address_states,
    address_store,
    reconfirm_store,
    routing,
    secret_store,
    web_addresses,
)
from server.ledger.companies import store as companies
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.address_states import OPEN, ChangeEnd, ChangeState
from server.ledger.companies.models import Company, Spoc
from server.ledger.notices import email_addresses, mentions, names
from server.people.accounts import called, second_person, team_store
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.teams import rules
from server.reads.vouching import CompanyDomains

LONGEST = 2000  # characters of a reason
SAY_HOW = sentence("Say how you learned of it, in at most 2,000 characters.")
NEW_ACCOUNT = sentence(
    "Your account was opened, or given its role, in the last 30 days. Ask somebody else to propose this."
)
PROPOSER_GONE = sentence(
    "The person who proposed this no longer has the right to. Reject it; someone else can propose it again."
)


class FormStatement(StrEnum):
    """What the second person states of a form."""

    ON_KNOWN_DOMAIN = "known"  # it is the company's reporting form, on a domain that is known as the company's
    MADE_SURE = "made_sure"  # it is, as they made sure in another way


class NewAddress(NamedTuple):
    """Where notices are to go. secret: signs what a webhook is sent; empty: we make one."""

    channel: Channel
    address: str
    secret: str = ""


class Proposed(NamedTuple):
    """A change that has begun. secret: the one that we made, shown this once; None: we made none."""

    change_id: str
    secret: str | None


def propose(
    company_id: str, spoc_id: str | None, name: str, to: NewAddress, why: str, by_id: str, slips: Errors | None = None
) -> Proposed:
    """Propose another address for a SPOC, or with spoc_id None a SPOC that is to be added.

    A mail address is sent a link to confirm it; everybody who may lose notices is told what is to change. A webhook is tested
    when somebody asks for a test (`webhook_proofs`). slips: what the form itself found wrong, told with what is wrong besides.

    Raises Refused: forbidden, not-found, invalid, too-many, and conflict for an address that is there already or waits, and for a
    proposer whose account is new.
    """
    with write() as session:
        return propose_in(session, company_id, spoc_id, name, to, why, by_id, slips)


def propose_in(
    session: Session, company_id: str, spoc_id: str | None, name: str, to: NewAddress, why: str, by_id: str,
    slips: Errors | None = None, is_for: Mapping[str, Any] | None = None,
) -> Proposed:  # fmt: skip
    """As `propose`, within the caller's transaction. is_for: of a SPOC that is to be added, the fields that it begins with."""
    name, why = name.strip(), why.strip()
    if _is_new(able(session, by_id), clock.now()):
        raise Refused("conflict", NEW_ACCOUNT, errors={"address": [NEW_ACCOUNT]})
    spoc = _spoc(session, company_id, spoc_id) if spoc_id else None
    secret = secret_of(to)
    address = checked(session, company_id, None if spoc else name, to, secret, why, slips)
    change = address_store.propose(
        session, company_id, spoc, name, (to.channel, address), why, by_id, _to_warn(session, company_id, address),
        clock.now(), secret, is_for,
    )  # fmt: skip
    if to.channel is Channel.MAIL:
        work.enqueue(session, "mail_address_proof", change.id)
    for n in range(len(change.warnings)):
        work.enqueue(session, "mail_address_warning", f"{change.id}.{n}")
    return Proposed(change.id, None if to.secret.strip() else secret)


def secret_of(to: NewAddress) -> str | None:
    """The secret of a webhook: the company's own, or one that we make. None for another channel."""
    return (to.secret.strip() or secret_store.random()) if to.channel is Channel.WEBHOOK else None


def checked(
    session: Session, company_id: str, name: str | None, to: NewAddress, secret: str | None, why: str,
    known: Errors | None = None,
) -> str:  # fmt: skip
    """The address as it is kept. company_id: "" for a company that is not there yet; name: None for a SPOC that has one.

    Raises Refused with what is wrong with every field, and with what the form found (known).
    """
    slips = Slips(known)
    if name is not None:
        with slips.kept():
            accounts.refuse_unfit_name(name.strip())
            refuse_name(session, name.strip())
    with slips.kept():
        address = _checked_address(session, company_id, to, secret)
    with slips.kept():
        if not why.strip() or len(why.strip()) > LONGEST:
            raise _invalid("why", SAY_HOW)
    slips.tell()
    return address


def _spoc(session: Session, company_id: str, spoc_id: str) -> Spoc:
    spoc = companies.spoc(session, spoc_id)
    if spoc is None or spoc.company_id != company_id or spoc.retired_at:
        raise Refused("not-found", sentence("There is no such SPOC."))
    return spoc


def _checked_address(session: Session, company_id: str, to: NewAddress, secret: str | None) -> str:
    """The address as it is kept."""
    demo = web.settings().demo
    if to.channel is not Channel.MAIL:
        address = web_addresses.checked(to.channel, to.address, secret, demo=demo)
    else:
        address = accounts.fold_email(to.address)
        accounts.refuse_unfit_address(address, "address")
        if routing.is_placeholder(address) and not demo:
            raise _invalid("address", sentence("This is a placeholder address. Nobody reads it."))
        account = accounts.by_email(session, address)
        if account and account.company_id != company_id:
            told = sentence("Somebody in the programme has this address. A SPOC works at the company.")
            raise _invalid("address", told)
    if address_store.has_address(session, company_id, to.channel, address):
        detail = sentence("A SPOC of this company has this address already.")
        raise Refused("conflict", detail, errors={"address": [detail]})
    return address


def refuse_name(session: Session, name: str) -> None:
    """Raises Refused("invalid") where what the company would read names somebody at the desk, or a spotter's address (design 5.5)."""
    desk = [names.Identity(each.name, each.email) for each in called.not_to_be_named(session, ())]
    people, settings = names.People.of(desk, names.everyday(everyday.words())), web.settings()
    people.emails.update(called.addresses_of_spotters(session, email_addresses.addresses([name])))
    if mentions.find({"name": name}, people, excepted=(settings.organisation, settings.contact_email)):
        raise _invalid("name", sentence("This is the name of somebody in the programme. The company would read it."))


def _invalid(field: str, detail: str) -> Refused:
    return Refused("invalid", detail, errors={field: [detail]})


def _to_warn(session: Session, company_id: str, new_address: str) -> Sequence[str]:
    """Who at the company is told: its SPOCs, for a new address changes who else is chosen; and where mail does not reach one
    of them, the team's managers.
    """
    rows = [each for each in session.get_one(Company, company_id).spocs if not each.retired_at]
    demo = web.settings().demo
    mailable = [each for each in rows if each.email and (demo or not routing.is_placeholder(each.email))]
    told = {each.email for each in mailable if each.email}
    if any(each not in mailable or each.bounced_at for each in rows):
        told |= {each.email for each in team_store.team(session, company_id) if each.team_role == TeamRole.MANAGER}
    return sorted({each.lower() for each in told} - {new_address})


def approve(company_id: str, change_id: str, by_id: str, statement: FormStatement | None = None) -> AddressChange:
    """The second person approves what the new address has confirmed; the change, with the time it comes into force.

    statement: of a form, what they state. Raises Refused: forbidden, not-found, and conflict for who proposed it, where one of the
    two accounts is new, when who proposed it no longer may, for a form that they have not opened, and for a change that is not
    at this step.
    """
    at = clock.now()
    with write() as session:
        change = address_store.of_company(session, company_id, change_id)
        people = _at_work(session, change.proposed_by_id, by_id)
        by, proposer = people.get(by_id), people.get(change.proposed_by_id or "")
        if by is None:
            raise _forbidden()
        if by is proposer:
            raise Refused(
                "conflict", sentence("You proposed this change. Another coordinator or administrator approves it.")
            )
        if proposer is None:
            raise Refused("conflict", PROPOSER_GONE)
        if _is_new(proposer, at) or _is_new(by, at):
            raise Refused(
                "conflict",
                sentence(
                    "One of your two accounts was opened, or given its role, in the last 30 days. Two others propose and approve it."
                ),
            )
        known = _known_form(session, change, statement) if change.channel == Channel.FORM else {}
        address_store.approve(session, change, by_id, at, **known)
        return change


def _known_form(session: Session, change: AddressChange, statement: FormStatement | None) -> dict[str, bool]:
    """What the audit row keeps of a form that was opened: whether its domain was known as the company's."""
    if statement is None:
        raise Refused("conflict", sentence("Open the form first, and state what it is."))
    domains = CompanyDomains(session, change.company_id).vouching(change.proposed_by_id, change.proposed_at)
    known = not is_outside(change, domains)
    if not known and statement is FormStatement.ON_KNOWN_DOMAIN:
        raise Refused(
            "conflict", sentence("The form is no longer on a known domain of the company. Check its address.")
        )
    return {"known_domain": known}


def is_outside(change: AddressChange, hosts: set[str]) -> bool:
    """Whether the new address is of another domain than these."""
    return rules.is_outside(address_states.domain(change.new_address or ""), hosts, urls.registrable)


def refuse(company_id: str, change_id: str, by_id: str) -> AddressChange:
    """The address stays: who proposed the change takes it back, anybody else at the desk refuses it.

    Raises Refused: forbidden, not-found, and conflict for a change that is in force, or ended.
    """
    with write() as session:
        able(session, by_id)
        change = address_store.of_company(session, company_id, change_id)
        why = ChangeEnd.PROPOSER if change.proposed_by_id == by_id else ChangeEnd.COLLEAGUE
        address_store.end(session, change, why, by_id, clock.now())
        return change


def answer(token: str, agrees: bool) -> None:
    """Whoever reads one of the two addresses answers: the new one confirms, or either stops the change. Safe to repeat.

    Raises Refused: not-found, and conflict where it is too late.
    """
    opened = address_link.read(token)
    with write() as session:
        change = address_store.get(session, opened.change_id)
        if agrees and opened.side == "new":
            if change.state == ChangeState.PENDING:
                address_store.prove(session, change, clock.now())
            elif change.state not in (*OPEN, ChangeState.IN_FORCE):
                raise Refused("conflict", sentence("This change has ended without effect."))
        elif not agrees and change.state != ChangeState.REFUSED:
            why = ChangeEnd.NEW_ADDRESS if opened.side == "new" else ChangeEnd.OLD_ADDRESS
            address_store.end(session, change, why, None, clock.now())


@recurring.every(60, "move_address_changes")
def move_on() -> None:
    """What is due comes into force, what nobody went on with lapses, and what ended long ago is forgotten."""
    with read() as session:
        open_ids = address_store.open_ids(session)
    for change_id in open_ids:
        with write() as session:
            _move_on(session, change_id, clock.now())
    with write() as session:
        address_store.forget(session, clock.now())


def _move_on(session: Session, change_id: str, at: datetime) -> None:
    """Move one change on. What a person does with it at the same moment goes first."""
    change = address_store.get(session, change_id)
    two = [change.proposed_by_id, change.approved_by_id]
    people = _at_work(session, *two) if change.approved_by_id else {}
    change = address_store.to_move(session, change_id)
    if change.state == ChangeState.APPROVED and change.earliest_at and change.earliest_at <= at:
        if len(people) == len(two):
            address_store.put_in_force(session, change, at)
            if change.state == ChangeState.IN_FORCE and change.spoc_id:
                reconfirm_store.settle(session, change.spoc_id, at)
        else:
            address_store.end(session, change, ChangeEnd.RIGHTS, None, at)
    elif change.state in OPEN and change.expires_at and change.expires_at <= at:
        address_store.end(session, change, ChangeEnd.EXPIRED, None, at)


def _forbidden() -> Refused:
    return Refused("forbidden", sentence("You do not have access to this page."))


def able(session: Session, by_id: str) -> Account:
    """Who is at work and may change addresses. Raises Refused("forbidden")."""
    if by := _at_work(session, by_id).get(by_id):
        return by
    raise _forbidden()


def _is_new(account: Account, at: datetime) -> bool:
    return second_person.is_new(account.invited_by_id, account.created_at, at)


def _at_work(session: Session, *ids: str | None) -> dict[str, Account]:
    """Those of these people who may change addresses today; their accounts stay open until this transaction ends.

    Locked in one order: two may approve each other's changes at the same moment.
    """
    found = (accounts.at_work(session, each, "companies.change_address") for each in sorted(filter(None, ids)))
    return {account.id: account for account in found if account}
