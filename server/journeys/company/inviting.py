"""Before a company is in the directory: somebody from its site is invited to join. Nothing is sent: people record what they did."""

from datetime import date

from server.core import recurring
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.invitations import store
from server.ledger.invitations.states import InvitationState, InvitationWay
from server.reads import unrouted

NO_SITE = sentence("No ad without a company has been reported on this site.")


def record_step(
    host: str,
    by_id: str,
    state: InvitationState,
    *,
    organisation: str,
    way: InvitationWay | None,
    address: str | None,
    day: date,
) -> None:
    """Write down what was done or heard. Raises Refused: not-found for a site that nobody reported, conflict."""
    with write() as session:
        if not unrouted.exists(session, host) and not store.history(session, host):
            raise Refused("not-found", NO_SITE)
        store.record(
            session, host, state, organisation=organisation, way=way, address=address, day=day, by_id=by_id
        )  # fmt: skip


@recurring.every(86_400, "forget_addresses")
def forget_addresses() -> None:
    """Addresses of people who were invited go after a year."""
    with write() as session:
        store.forget_addresses(session)
