"""Who may be invited to a team and who may stop managing it. Pure."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from server.core.sentences import sentence
from server.core.words import Refused

LASTS = timedelta(days=7)  # an invitation
SENT_AGAIN = timedelta(minutes=10)  # no sooner
KEPT = timedelta(days=90)  # after it expired
MOST_A_DAY = 50  # invitations of one team: nobody sends the programme's mail to a list of strangers


def refuse_without_manager(account_id: str, managers: Collection[str], leaving: bool) -> None:
    """Somebody stops managing a team, or leaves it. Raises Refused("conflict") for its last manager.

    managers: the ids of all whose account is open.
    """
    if set(managers) != {account_id}:
        return
    if leaving:
        detail = sentence("You are the team’s only manager. Make somebody else a manager first, then leave.")
    else:
        detail = sentence("A team needs a manager, and there is no other. Make somebody else a manager first.")
    raise Refused("conflict", detail)


def refuse_again(sent_at: datetime, now: datetime) -> None:
    """An invitation is mailed again. Raises Refused("too-many") when that was done just now."""
    if now - sent_at < SENT_AGAIN:
        raise Refused(
            "too-many", sentence("This invitation was sent less than ten minutes ago. It may still be on its way.")
        )


def refuse_more(made_today: int) -> None:
    """One more invitation. Raises Refused("too-many") when a team has made so many within a day."""
    if made_today >= MOST_A_DAY:
        raise Refused(
            "too-many",
            sentence("Your team has sent %(most)s invitations today. You can send more tomorrow.", most=MOST_A_DAY),
        )


def is_outside(email: str, hosts: Collection[str], registrable: Callable[[str], str | None]) -> bool:
    """Whether an address is of another domain than the company's. `hosts`: where its platforms and its contacts are.

    Compared is what somebody registered: mail.ebay.co.uk belongs to ebay.co.uk, ebay.co.uk.example to nobody here.
    """
    domain = registrable(email.rpartition("@")[2])
    return domain is None or domain not in {registrable(host.partition("/")[0]) for host in hosts}
