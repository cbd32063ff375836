"""Step 11 for companies that use the portal: a mail when notices wait there, and with their reminders."""

from sqlalchemy.orm import Session

from server.core import clock, languages, post, recurring, web, work
from server.core.database import alone, read, write
from server.core.sentences import counted
from server.core.words import Channel
from server.ledger.companies import store as companies
from server.ledger.delivery import alerting, slots
from server.ledger.delivery import store as deliveries
from server.people.accounts.models import Account
from server.reads import inboxes, notifying


@recurring.every(300, "alert_inboxes")
def alert_inboxes() -> None:
    """Ask for the mails that are due, once for each company, whoever asks."""
    with read() as session:
        waiting = [each.company_id for each in inboxes.waiting(session)]
    for company_id in waiting:
        with write() as session:
            alone(session, f"inbox {company_id}")
            last = deliveries.last_alert(session, company_id)
            at_work = _at_work(session, company_id)
            due = [
                each
                for each in inboxes.waiting(session, company_id)
                if alerting.is_due(each.arrived, each.reminded, last, clock.now(), at_work=at_work)
            ]
            if due and (ids := _recipients(session, company_id)):
                deliveries.mark_alerted(session, company_id)
                for recipient_id in ids:
                    work.enqueue(session, "mail_inbox_alert", recipient_id)


def _at_work(session: Session, company_id: str) -> bool:
    """Whether it is a working hour of one of those who use the portal; of any contact, where none is said to."""
    spocs = companies.spocs_of(session, company_id)
    readers = [spoc for spoc in spocs if spoc.channel is Channel.PORTAL] or spocs
    hours = [(spoc.time_zone, spoc.digest_hour) for spoc in readers] or [(None, None)]
    return any(slots.is_open(clock.now(), *each) for each in hours)


def _recipients(session: Session, company_id: str) -> list[str]:
    """Ids of accounts, and of the portal's SPOCs that state an address which is no account's."""
    accounts = inboxes.readers(session, company_id)
    taken = {account.email for account in accounts}
    directory = companies.directory(session)
    spocs = next((company.spocs for company in directory.companies if company.id == company_id), ())
    others = {
        spoc.email.lower(): spoc.id
        for spoc in spocs
        if spoc.channel is Channel.PORTAL and spoc.email and spoc.mailable(web.settings().demo)
    }
    return [account.id for account in accounts] + [spoc_id for email, spoc_id in others.items() if email not in taken]


@work.handler("mail_inbox_alert", low_priority=True)
def mail_inbox_alert(recipient_id: str) -> None:
    """Tell one person how many notices wait. Names nobody and says nothing of an ad."""
    with read() as session:
        account = session.get(Account, recipient_id)
        spoc = companies.spoc(session, recipient_id) if account is None else None
        company_id = account.company_id if account else spoc.company_id if spoc else None
        if company_id is None or (account and account.disabled_at) or (spoc and spoc.retired_at):
            return
        to = account.email if account else spoc.email if spoc else None
        at, found = deliveries.last_alert(session, company_id), inboxes.waiting(session, company_id)
        notifier = notifying.of_company(session, company_id)
        language = account.language if account else languages.of_company(spoc.languages if spoc else ())
    if not to or at is None or not found:
        return
    waiting = found[0]
    post.send_template(
        "inbox",
        to,
        counted("%(number)s notice waits for your answer", "%(number)s notices wait for your answer", waiting.number),
        {
            "number": waiting.number,
            "notifier": notifier,
            "late": waiting.late,
            "answer_by": waiting.answer_by,
            "inbox_url": f"{web.settings().base_url}/notices",
        },
        post.message_id(f"{recipient_id}.inbox.{at:%Y%m%d%H%M%S}"),
        language,
    )
