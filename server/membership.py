"""Who belongs: accounts, joining, accreditation. What changes people across rooms, one transaction a function."""

from sqlalchemy.orm import Session

from server import clock, post, web, work
from server.accounts import store as accounts
from server.accounts.models import Account
from server.companies import store as companies
from server.database import read, write
from server.training import store as training
from server.words import Level, Refused, Role


def add_account(email: str, name: str, role: Role, password: str | None, company: str | None = None) -> str:
    """Open an account; its id. Raises Refused when the address has one or the company is unknown."""
    with write() as session:
        found = companies.by_slug(session, company) if company else None
        if company and found is None:
            raise Refused("invalid", f"There is no company {company}. Import the directory first.")
        return accounts.add(session, email, name, role, password, found.id if found else None).id


def invite(email: str, name: str) -> None:
    """Somebody asks to join: mail them the way in. Whether the address is known shows only in the mail."""
    with write() as session:
        account = accounts.by_email(session, email)
        if account is None:
            account = accounts.add(session, email, name, Role.SPOTTER, None)
        work.enqueue(session, "mail_joining", account.id)


@work.handler("mail_joining")
def mail_joining(account_id: str) -> None:
    """The link to choose a password, or a word that there is an account already."""
    from server.accounts.views import joining

    with read() as session:
        account = session.get_one(Account, account_id)
        known, to = account.password_hash is not None, account.email
    base = web.settings().base_url
    link = f"{base}/sign-in" if known else f"{base}/join/{joining().dumps([account_id, ''])}"
    try:
        post.send_template(
            "already_joined" if known else "joined", to, "Your place with Cyber Spotter",
            {"link": link, "base_url": base}, post.message_id(f"{account_id}.{int(clock.now().timestamp())}"),
        )  # fmt: skip
    except post.Temporary as problem:
        raise work.Later(str(problem)) from None
    except post.Permanent as problem:
        raise work.Never(str(problem)) from None


def accredit(account_id: str, by_id: str, why: str, level: Level, *, waive_exam: bool = False) -> None:
    """A coordinator, who is somebody else, accredits a spotter; without a passed exam only by an explicit waiver."""
    with write() as session:
        _spotter(session, account_id)
        training.accredit(
            session, account_id, by_id, _role(session, by_id), why, clock.now(), level=level, waive_exam=waive_exam
        )


def accredit_by_email(email: str, by_email: str, why: str, level: Level, *, waive_exam: bool) -> None:
    """The command line's accreditation, by addresses."""
    with read() as session:
        account, by = accounts.by_email(session, email), accounts.by_email(session, by_email)
        for address, found in ((email, account), (by_email, by)):
            if found is None:
                raise Refused("not-found", f"There is no account for {address}.")
        ids = account.id, by.id  # type: ignore[union-attr]
    accredit(*ids, why, level, waive_exam=waive_exam)


def suspend(account_id: str, by_id: str, why: str) -> None:
    """Stop a spotter's reports at once."""
    with write() as session:
        training.suspend(session, account_id, by_id, _role(session, by_id), why, clock.now())


def reinstate(account_id: str, by_id: str, why: str) -> None:
    """Let a suspended spotter report again."""
    with write() as session:
        training.reinstate(session, account_id, by_id, _role(session, by_id), why, clock.now())


def _role(session: Session, account_id: str) -> Role:
    return Role(session.get_one(Account, account_id).role)


def _spotter(session: Session, account_id: str) -> Account:
    account = session.get(Account, account_id)
    if account is None or account.role != Role.SPOTTER:
        raise Refused("not-found", "There is no such spotter.")
    return account
