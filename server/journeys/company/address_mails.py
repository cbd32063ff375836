"""The mails about a SPOC's new address: that address gets a link to confirm, the company's contacts a link to stop it."""

from server.core import clock, languages, post, web, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.ledger.companies import address_link, address_states, address_store
from server.ledger.companies import store as companies
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.address_states import OPEN, ChangeEnd, ChangeState
from server.ledger.companies.models import Company
from server.reads import notifying


@work.handler("mail_address_proof")
def mail_proof(change_id: str) -> None:
    """The link by which the new address confirms, unless the change was stopped since."""
    with read() as session:
        change = address_store.get(session, change_id)
        if change.state != ChangeState.PENDING:
            return
        company = session.get_one(Company, change.company_id)
        spoc = companies.spoc(session, change.spoc_id) if change.spoc_id else None
        to, language = change.new_address or "", languages.of_company(spoc.languages if spoc else ())
        context = {
            "company": company.name, "expires_at": change.expires_at,
            "notifier": notifying.of_company(session, change.company_id),
            "link": web.absolute("contact_links.show", token=address_link.make(change.id, "new")),
        }  # fmt: skip
    subject = sentence("Confirm this address for notices")
    try:
        post.send_template("address_proof", to, subject, context, post.message_id(f"{change_id}.address"), language)
    except post.Permanent as refusal:
        proof_not_mailed(change_id, str(refusal))


@work.on_dead_letter("mail_address_proof")
def proof_not_mailed(change_id: str, _reason: str) -> None:
    """The new address will never have its link: the change ends."""
    with write() as session:
        change = session.get(AddressChange, change_id)
        if change and change.state == ChangeState.PENDING:
            address_store.end(session, change, ChangeEnd.UNREACHABLE, None, clock.now())


@work.handler("mail_address_warning")
def mail_warning(subject_id: str) -> None:
    """What is to change, to an address that loses notices by it; that it left, or is refused, is recorded.

    Only then the change's day begins. Of a change that was stopped before nobody hears.
    """
    change_id, _, n = subject_id.partition(".")
    with read() as session:
        change, warning = address_store.get(session, change_id), address_store.warning(session, change_id, int(n))
        if warning is None or warning.settled_at or change.state not in OPEN:
            return
        to = warning.email
        company = session.get_one(Company, change.company_id)
        spoc = companies.spoc(session, change.spoc_id) if change.spoc_id else None
        language = languages.of_company(spoc.languages if spoc else ())
        context = _warned(change, company.name) | {"notifier": notifying.of_company(session, change.company_id)}
    subject = sentence("A change of the address for notices was requested")
    try:
        post.send_template("address_warning", to, subject, context, post.message_id(f"{subject_id}.address"), language)
    except post.Permanent as refusal:
        warning_not_mailed(subject_id, str(refusal))
    else:
        _settle(subject_id, refused=False)


@work.on_dead_letter("mail_address_warning")
def warning_not_mailed(subject_id: str, _reason: str) -> None:
    """It counts as told, and the page says that nobody was: a dead address is often why it changes."""
    _settle(subject_id, refused=True)


def _settle(subject_id: str, refused: bool) -> None:
    change_id, _, n = subject_id.partition(".")
    with write() as session:
        warning = address_store.warning(session, change_id, int(n))
        if warning and not warning.settled_at:
            address_store.settle_warning(session, warning, clock.now(), refused)


def _warned(change: AddressChange, company: str) -> dict[str, object]:
    return shown_outside(change) | {
        "company": company, "name": change.name, "known": change.spoc_id is not None,
        "link": web.absolute("contact_links.show", token=address_link.make(change.id, "old")),
    }  # fmt: skip


def shown_outside(change: AddressChange) -> dict[str, str | None]:
    """The two addresses as people outside read them, and the channel of the new one."""
    old = change.old_address and address_states.shown_outside(change.old_channel or "", change.old_address)
    new = change.new_address and address_states.shown_outside(change.channel, change.new_address)
    return {"old": old, "new": new, "channel": change.channel}
