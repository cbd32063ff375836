"""The head of the audit trail is mailed off the machine, an alarm reaches people, and two of them accept what cannot be repaired."""

from collections.abc import Sequence

from sqlalchemy import select

from server.core import access, anchor, clock, folding, post, recurring, times, trail, web, work
from server.core.anchor import Fault, Head
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.accounts import second_person
from server.people.accounts import store as accounts
from server.people.accounts.models import Account

SETTING = "setting"  # the subject of a mail to the address of SPOTTER_AUDIT_MAIL; others are accounts


@recurring.every(7 * 24 * 3600, "mail_audit_heads")
def mail_audit_heads() -> None:
    """Once a week the head of the audit trail goes to people who can keep it where this machine's operator cannot reach."""
    if anchor.load().head is not None:
        _tell_all("mail_audit_head")


@work.handler("audit_alarm")
def audit_alarm(_subject: str) -> None:
    """Somebody has to review it before anything is sealed again. Raises Retry until its time is stored: the email gives it."""
    kept = anchor.load()
    if kept.alarm and kept.alarm_at is None:
        raise work.Retry("The alarm is not stored yet.", after=5, counts=False)
    _tell_all("mail_audit_alarm")


def _tell_all(kind: str) -> None:
    able = (accounts.able("audit.see"), Account.disabled_at.is_(None))
    with write() as session:
        for account_id in session.scalars(select(Account.id).where(*able).order_by(Account.id)):
            work.enqueue(session, kind, account_id)
        if web.settings().audit_mail:
            work.enqueue(session, kind, SETTING)


@work.handler("mail_audit_head", sends=False)  # of the machine, to those who run it: also while sending is paused
def mail_audit_head(account_id: str) -> None:
    """The head as it is now, to keep."""
    kept, to = anchor.load(), _address(account_id)
    if kept.head is None or to is None:
        return
    subject = sentence("Please keep: the head of the audit trail")
    context = {"head": kept.head, "url": web.absolute("audit.show")}
    name = f"audit.{kept.head.hash[:16]}.{account_id}"
    post.send_template("audit_head", to[0], subject, context, post.message_id(name), to[1])


@work.handler("mail_audit_alarm", sends=False)  # likewise
def mail_audit_alarm(account_id: str) -> None:
    """What was found, and what to do."""
    kept, to = anchor.load(), _address(account_id)
    if kept.alarm is None or kept.alarm_at is None or to is None:
        return
    subject = sentence("Alarm: the audit trail has been altered or is incomplete")
    context = {"found": kept.alarm.said, "at": kept.alarm_at, "url": web.absolute("audit.show")}
    name = f"audit.alarm.{int(kept.alarm_at.timestamp())}.{account_id}"
    post.send_template("audit_alarm", to[0], subject, context, post.message_id(name), to[1])


def _address(account_id: str) -> tuple[str, str | None] | None:
    """Where to, and in which language; None: they are gone."""
    if account_id == SETTING:
        return (web.settings().audit_mail, None) if web.settings().audit_mail else None
    with read() as session:
        account = session.get(Account, account_id)
        return None if account is None or account.disabled_at else (account.email, account.language)


def accept(by_email: str, second_email: str, why: str, heads: Sequence[Head] = ()) -> Fault:
    """Two people go on from a trail that does not hold, such as that of a restored backup; what was wrong.

    The first is an administrator, the second another of the desk; both are recorded, and everybody who watches over the trail
    is written to. Raises Refused: not-found, forbidden, invalid, conflict.
    """
    if folding.is_blank(why):
        raise Refused("invalid", sentence("Enter a reason. It is kept with the decision."))
    with write() as session:
        people = []
        for email, action in ((by_email, "audit.see"), (second_email, "people.see")):
            account = accounts.by_email(session, email)
            if account is None:
                raise Refused("not-found", sentence("There is no account for %(email)s.", email=email))
            if account.disabled_at or not access.can(action, account):
                detail = sentence("%(email)s may not accept the state of the audit trail.", email=email)
                raise Refused("forbidden", detail)
            if since := second_person.counts_from(account, clock.now()):
                detail = sentence(
                    "The account of %(email)s was opened, or given its role, in the last 30 days. It counts as one of two "
                    "people from %(date)s.",
                    email=email,
                    date=times.date(since),
                )
                raise Refused("forbidden", detail)
            people.append(account.id)
        if people[0] == people[1]:
            raise Refused("forbidden", sentence("The state of the audit trail is accepted by two people."))
        found, kept = trail.accept(session, people[0], people[1], why.strip(), heads)
    with anchor.alone():
        anchor.save(kept)
    with write() as session:
        work.enqueue(session, "audit_accepted", str(int(clock.now().timestamp())))
    return found


@work.handler("audit_accepted")
def audit_accepted(_at: str) -> None:
    """The new head goes out at once: the ones that people kept are worth nothing for what comes."""
    _tell_all("mail_audit_head")
