"""Notices that a company has reviewed: Ana flags, Cora notifies, Mia answers for Mercado; as many as a gauge needs."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import insert, new_id, read, reference, write
from server.core.words import Answer, Via
from server.journeys.report import answering
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.notices.models import GivenAnswer, Notice, NoticeStop
from tests.conftest import People
from tests.story import decide, flag

WRONG, RIGHT = Answer.NOT_VIOLATING, Answer.REMOVED
_numbers: Iterator[int] = count(365370482805)


def listing(report: dict[str, Any]) -> dict[str, Any]:
    """The report of an ad that nobody has reported."""
    return report | {"url": f"https://mercado.test/itm/grey-parrot/{next(_numbers)}"}


def reviewed(people: People, report: dict[str, Any], answers: Sequence[Answer], **more: Any) -> list[str]:
    """A notice for each of these answers; their ids. `more`: of the decisions."""
    return [answer(people, notify(people, report, **more), given) for given in answers]


def already(people: People, report: dict[str, Any], answers: Sequence[Answer]) -> None:
    """The same, but for the first one copied in the database: nothing is done when these answers come."""
    first = reviewed(people, report, answers[:1])[0]
    with write() as session:
        notice = session.get_one(Notice, first)
        case = session.get_one(Case, notice.case_id)
        ad = session.get_one(Listing, case.listing_id)
        given = session.scalars(select(GivenAnswer).where(GivenAnswer.notice_id == first)).one()
        for said in answers[1:]:
            ad_id, case_id, notice_id, n = new_id(), new_id(), new_id(), next(_numbers)
            _copy(session, ad, id=ad_id, key=f"mercado:{n}", number=str(n))
            _copy(session, case, id=case_id, listing_id=ad_id, reference=reference("C", case_id))
            named = {"id": notice_id, "case_id": case_id, "reference": reference("N", notice_id)}
            _copy(session, notice, **named, answer=said, document=notice.document | {"id": notice_id})
            _copy(session, given, id=new_id(), notice_id=notice_id, answer=said)


def _copy(session: Session, row: Any, **changed: Any) -> None:
    columns = {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}
    insert(session, type(row), columns | changed)


def notify(people: People, report: dict[str, Any], **more: Any) -> str:
    """A notice about an ad of its own that takes effect at once; its id."""
    return decide(people, flag(people, listing(report)), undo_until=clock.now(), **more)


def answer(people: People, notice_id: str, given: Answer, reason: str = "As our rules say.") -> str:
    """Mia answers a notice; its id."""
    values: dict[str, Any] = {"answer": given, "reason": reason}
    if given is Answer.MOVED:
        values["url"] = "https://mercado.test/itm/grey-parrot/465370482805"
    answering.answer_notice(notice_id, values, Via.PORTAL, people.ids["mia"])
    return notice_id


def stops() -> list[NoticeStop]:
    """Every stop that ever was, the oldest first."""
    with read() as session:
        return list(session.scalars(select(NoticeStop).order_by(NoticeStop.at, NoticeStop.id)))
