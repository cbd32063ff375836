"""Step 8, reposts: an ad with the photo or the text of one that was removed has a higher priority, and says why."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import reasons, work
from server.core.database import read, write
from server.core.words import CaseState, LinkKind
from server.ledger.cases import store as cases
from server.ledger.cases import triage
from server.ledger.cases.models import Case
from server.ledger.matches import store as matches
from server.reads import links

WAITS = (CaseState.OPEN, CaseState.ASKED, CaseState.HELD)  # for a decision: of others the order says nothing


def judge(session: Session, *case_ids: str) -> None:
    """Judge these cases by what their ads are reposts of, as it is known now. In the caller's transaction."""
    for case_id in sorted(case_ids):
        case = cases.get(session, case_id, lock=True)
        if case.state not in WAITS:
            continue
        repost = triage.strongest(_reposts(session, case_id))
        kept = [reasons.read(reason) for reason in case.reasons]
        judged = triage.reposted(case.signals, kept, repost)
        if judged is not None:
            cases.weigh_again(case, judged)


def _reposts(session: Session, case_id: str) -> list[triage.Repost]:
    """The cases whose goods this one shows again."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for _, other, link in matches.of_cases(session, [case_id], links.MOST_SHOWN):
        kinds[other].add(link.kind)
    goods = {other: shared for other, shared in kinds.items() if shared - {LinkKind.SELLER}}
    known = links.facts(session, list(goods))
    named: dict[str, str] = dict(session.execute(select(Case.id, Case.reference).where(Case.id.in_(goods))).all())
    found = []
    for other, shared in goods.items():
        removed_at = links.removed_at(known.get(other))
        found.append(
            triage.Repost(
                case=named[other],
                shared=_named(shared),
                removed_on=removed_at.date() if removed_at else None,
                same_seller=LinkKind.SELLER in shared,
            )
        )
    return found


def _named(shared: set[str]) -> str:
    """Of what two cases share, the goods' part as `triage.Repost` has it."""
    if {LinkKind.PHOTO, LinkKind.TEXT} <= shared:
        return "both"
    return "photo" if LinkKind.PHOTO in shared else "text"


def outcome_changed(session: Session, case_id: str) -> None:
    """Enqueue, in the caller's transaction, a new triage of the cases whose ads repeat this case's."""
    if matches.count(session, case_id):
        work.enqueue(session, "judge_reposts", case_id)


@work.handler("judge_reposts", low_priority=True)
def judge_reposts(case_id: str) -> None:
    """Triage the cases linked to this case again, one at a time."""
    with read() as session:
        others: list[str] = list(session.scalars(matches.linked_to(case_id)))
    for other in others:
        with write() as session:
            judge(session, other)
