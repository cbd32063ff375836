"""A company's managers rotate the secrets of its webhooks, test them, and have sent again what was delivered.

They also make the secrets that their programs sign answers with (`journeys/report/answering_by_webhook.py`).

Whatever is sent is sent by the worker. Neither a test nor a replay says anything of a notice's delivery or of the channel:
what a company's server answers to them closes nothing, and opens nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from server.core import audit, clock, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.company import managing
from server.ledger.companies import answer_hook_store, secret_store
from server.ledger.companies.models import Company, Spoc
from server.ledger.companies.signing_secret import fingerprint
from server.ledger.delivery import resting, run_store, webhook
from server.ledger.delivery.channel import DestinationDown, Failure, ForGood, NotNow, PlainMessage
from server.ledger.delivery.models import RunKind, WebhookRun
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.teams.models import TeamEvent
from server.reads import webhooks

BETWEEN = timedelta(minutes=1)  # two tests of one webhook, or two replays
LONGEST = timedelta(days=31)  # that a replay reaches from its beginning to its end
MOST = 200  # messages of a replay


def make_secret(company_id: str, spoc_id: str, by_id: str) -> str:
    """A new secret, shown this once; both sign until one is retired. Raises Refused: forbidden, not-found, conflict."""
    with write() as session:
        secret = secret_store.make(session, _webhook(session, company_id, spoc_id, by_id), by_id)
        managing.note_key(session, company_id, TeamEvent.WEBHOOK_SECRET_MADE, fingerprint(secret), by_id)
        return secret


def retire_secret(company_id: str, spoc_id: str, name: str, by_id: str) -> None:
    """The secret with this fingerprint signs no more. Raises Refused: forbidden, not-found, conflict."""
    with write() as session:
        secret_store.retire(session, _webhook(session, company_id, spoc_id, by_id), name, by_id)
        managing.note_key(session, company_id, TeamEvent.WEBHOOK_SECRET_RETIRED, name, by_id)


def make_answer_secret(company_id: str, by_id: str) -> str:
    """A new secret to sign answers with, shown this once; two count until one is retired. Raises Refused: forbidden, conflict."""
    with write() as session:
        managing.refuse_stranger(session.get_one(Account, by_id), company_id)
        secret = answer_hook_store.make(session, company_id, by_id)
        managing.note_key(session, company_id, TeamEvent.ANSWER_SECRET_MADE, fingerprint(secret), by_id)
        return secret


def retire_answer_secret(company_id: str, name: str, by_id: str) -> None:
    """What the secret with this fingerprint signs is refused from now on. Raises Refused: forbidden, not-found.

    The desk may do it, too: a secret outlives its maker's account, and whoever had that account may know it.
    """
    with write() as session:
        if accounts.at_work(session, by_id, "people.close") is None:
            managing.refuse_stranger(session.get_one(Account, by_id), company_id)
        answer_hook_store.retire(session, company_id, name, by_id)
        managing.note_key(session, company_id, TeamEvent.ANSWER_SECRET_RETIRED, name, by_id)


def ask_test(company_id: str, spoc_id: str, by_id: str) -> None:
    """Ask for a test event. Raises Refused: forbidden, not-found, conflict without a secret, too-many."""
    with write() as session:
        spoc = _webhook(session, company_id, spoc_id, by_id)
        _refuse_unsigned(spoc)
        _refuse_hurry(run_store.last(session, spoc.id).get(RunKind.TEST))
        run_store.begin(session, spoc.id, RunKind.TEST)
        audit.record(session, by_id, "webhook_tested", "spoc", spoc.id)


def ask_replay(company_id: str, spoc_id: str, by_id: str, since: datetime, until: datetime) -> int:
    """Ask for what was made in this span and delivered to be sent again; how many messages that is.

    Raises Refused: forbidden, not-found, conflict (closed, no secret, one under way), too-many, invalid (the span).
    """
    with write() as session:
        spoc = _webhook(session, company_id, spoc_id, by_id)
        _refuse_unsigned(spoc)
        if spoc.bounced_at:
            raise Refused(
                "conflict", sentence("Your server closed this webhook. It is not called until it is open again.")
            )
        last = run_store.last(session, spoc.id).get(RunKind.REPLAY)
        if last and not last.finished_at:
            raise Refused("conflict", sentence("Messages are still being sent again. Wait until that has finished."))
        _refuse_hurry(last)
        until = min(until, clock.now())
        count = _count(session, spoc.id, since, until)
        run_store.begin(session, spoc.id, RunKind.REPLAY, since, until)
        audit.record(session, by_id, "webhook_replayed", "spoc", spoc.id, messages=count)
        return count


def _webhook(session: Session, company_id: str, spoc_id: str, by_id: str) -> Spoc:
    managing.refuse_stranger(session.get_one(Account, by_id), company_id)
    return secret_store.webhook(session, company_id, spoc_id)


def _refuse_unsigned(spoc: Spoc) -> None:
    if not spoc.webhook_secrets:
        raise Refused("conflict", sentence("This webhook has no secret, and nothing is sent unsigned. Make one first."))


def _refuse_hurry(last: WebhookRun | None) -> None:
    if last and clock.now() - last.asked_at < BETWEEN:
        free = (last.asked_at + BETWEEN - clock.now()).total_seconds()
        raise Refused("too-many", sentence("Once a minute at most. Try again in a moment."), retry_after=int(free) + 1)


def _count(session: Session, spoc_id: str, since: datetime, until: datetime) -> int:
    """How many messages that span has. Raises Refused("invalid") when it is none, too long, empty or holds too many."""
    count = 0
    if since >= until:
        problem = sentence("The end must be after the beginning.")
    elif until - since > LONGEST:
        problem = sentence("Choose %(days)s days at most.", days=LONGEST.days)
    elif not (count := webhooks.count_delivered(session, spoc_id, since, until)):
        problem = sentence("Nothing that was created then has been delivered by this webhook.")
    elif count > MOST:
        problem = sentence(
            "%(count)s messages are too many at once. Choose a span with at most %(most)s.", count=count, most=MOST
        )
    else:
        return count
    raise Refused("invalid", problem, errors={"until": [problem]})


# --- The test --------------------------------------------------------------------------------------------------------


@work.handler("test_webhook", sends=True)
def test_webhook(run_id: str) -> None:
    """Send one test event, once; its end is kept for the page. Safe to repeat: the event keeps its id."""
    with read() as session:
        run = run_store.open_run(session, run_id)
        if run is None:
            return
        spoc = session.get_one(Spoc, run.spoc_id)
        slug = session.get_one(Company, spoc.company_id).slug
        message = test_message(run_id, spoc.webhook_url or "", spoc.webhook_secrets or (), slug, run.asked_at)
    problem = try_out(message)
    _end(run_id, *((problem.code, problem.params) if problem else ()))


def try_out(message: PlainMessage) -> NotNow | ForGood | None:
    """Send it, once; why it was not accepted, or None. Raises work.Retry while its destination rests."""
    destination = webhook.DEFINITION.destination(message.address)
    if resting.rests(destination):
        raise resting.again()
    try:
        webhook.send(message)
    except (NotNow, ForGood) as problem:
        if isinstance(problem, DestinationDown):
            resting.rest(destination)
        return problem
    return None


def test_message(id_: str, address: str, secrets: Sequence[str], slug: str, asked_at: datetime) -> PlainMessage:
    """An event without a single field of a notice: nobody takes it for one. id_: of the event, the same at every attempt."""
    return PlainMessage(
        stable_id=f"<test.{id_}@test>",
        address=address,
        event=webhook.TEST,
        subject="",
        text="",
        html="",
        data={"test": True, "company": slug, "asked_at": asked_at.isoformat()},
        secrets=tuple(secrets),
    )


@work.on_dead_letter("test_webhook")
def test_not_sent(run_id: str, reason: str) -> None:
    """A fault of ours: said on the page. Safe to repeat."""
    _end(run_id, Failure.UNEXPECTED, {"error": reason.partition(":")[0]})


def _end(run_id: str, failure: Failure | None = None, params: dict[str, object] | None = None) -> None:
    with write() as session:
        if run := run_store.open_run(session, run_id):
            run_store.end(run, failure, params)
