"""The table of open notices that a company downloads, fills in and sends back: its words in every language, and its rows."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, languages, payloads, wording
from server.core.languages import translated
from server.core.sentences import Sentence, sentence
from server.core.spreadsheets import Table
from server.core.words import Answer, NoticeState, Refused
from server.journeys.report import answering
from server.ledger.notices import answer_file, answer_store, inbox_store, pending_store, standing, store
from server.ledger.notices.answer_file import folded
from server.ledger.notices.inbox_store import ALL, Narrowed
from server.ledger.notices.models import GivenAnswer, Notice, PendingAnswer
from server.ledger.notices.schemas import OneOfManyAnswers
from server.pages.notices.forms import GROUND
from server.reads import withheld

SHOWN: dict[str, tuple[Sentence, int]] = {  # what we write, and how wide
    "reference": (sentence("Our number"), 16),
    "title": (sentence("Title"), 40),
    "address": (sentence("Address of the listing"), 50),
    "offered": (sentence("Offered"), 22),
    "species": (sentence("Species"), 26),
    "answer_by": (sentence("Answer by"), 14),
}
FILLED: dict[str, tuple[Sentence, int]] = {  # what the company fills in
    "answer": (sentence("Your answer"), 20),
    "reason": (sentence("Reason"), 40),
    "url": (sentence("New address"), 30),
    "company_reference": (sentence("Your number"), 18),
    "ground": (sentence("Ground of your decision"), 18),
    "actions": (sentence("What you did"), 30),
    "automated": (sentence("Was it decided automatically?"), 16),
    "redress_url": (sentence("Where to appeal"), 30),
    "statement_id": (sentence("Statement of reasons"), 20),
}
COLUMNS = SHOWN | FILLED
WORDS: dict[str, dict[Any, str]] = {
    "answer": {answer.value: phrase.word for answer, phrase in wording.ANSWER.items()},
    "ground": {ground.value: word for ground, word in GROUND.items()},
    "automated": {True: sentence("Yes"), False: sentence("No")},
}
FORMER: dict[str, dict[str, Any]] = {  # words of tables that were downloaded before we changed them
    "answer": dict.fromkeys(("Not violating", "Conforme", "لا مخالفة"), Answer.NOT_VIOLATING.value),
}
FORMER_UNTIL = date(2027, 12, 31)  # the last day on which they are read
GUIDE = (
    sentence("Choose an answer in each row that you want to answer, and leave the others empty."),
    sentence(
        "“No violation found” and “Need more info” need a reason; “Moved” needs the new address. All else is optional."
    ),
    sentence("Rows may be removed and columns moved. We read only our number and the columns you fill in."),
    sentence("Send the file back under Notices. You see what would happen before anything is recorded."),
)


@lru_cache
def headings() -> dict[str, str]:
    """Which column a heading means: by its name, or its words in any language."""
    names = {name: name for name in ("reference", *FILLED)}
    for _ in _each_language():
        names |= {folded(translated(COLUMNS[name][0])): name for name in ("reference", *FILLED)}
    return names


@lru_cache
def words(former: bool) -> dict[str, dict[str, Any]]:
    """What a word in a column means: the word of the API, or ours in any language. former: those we had before, too."""
    meant: dict[str, dict[str, Any]] = {name: {folded(str(value)): value for value in WORDS[name]} for name in WORDS}
    for _ in _each_language():
        for name, known in WORDS.items():
            meant[name] |= {folded(translated(word)): value for value, word in known.items()}
    if former:
        for name, known in FORMER.items():
            meant[name] = {folded(word): value for word, value in known.items()} | meant[name]
    return meant


def _each_language() -> Iterator[str]:
    for language in languages.offered(False):
        with languages.speaking(language):
            yield language


def waiting(session: Session, company_id: str, narrowed: Narrowed = ALL) -> list[Notice]:
    """The notices that wait for an answer, due first, then those the company asked about; as many as one file takes."""
    rows: list[Notice] = []
    for state in (NoticeState.OPEN, NoticeState.ASKED):
        rows += inbox_store.inbox(
            session, company_id, state=state, size=answer_file.MOST_ANSWERS, pending_answered=True, narrowed=narrowed
        )[0]
    return rows[: answer_file.MOST_ANSWERS]


def rows(session: Session, notices: list[Notice]) -> Iterator[list[Any]]:
    """The head, then a row for each notice; what the company fills in is empty."""
    yield [translated(label) for label, _ in COLUMNS.values()]
    documents = withheld.documents(session, notices)
    for notice in notices:
        document = documents[notice.id]
        suspicion, listing = document["suspicion"], document["listing"]
        species = ", ".join(taxon["common_name"] or taxon["scientific_name"] for taxon in suspicion["taxa"])
        offered = translated(wording.CATEGORY[suspicion["category"]])
        yield [notice.reference, listing["title"] or "", listing["url"], offered, species, notice.answer_by.date(),
               *[""] * len(FILLED)]  # fmt: skip


def choices() -> dict[int, list[str]]:
    """What may be picked in which column."""
    places = list(COLUMNS)
    return {places.index(name): [translated(word) for word in known.values()] for name, known in WORDS.items()}


def checked(session: Session, company_id: str, table: Table) -> dict[str, Any]:
    """What sending a filled-in table would do. Raises Refused("invalid") for one that is no such table.

    ready: rows that would be recorded, each with what the API takes, the mark of what the notice is answered now, and the
    answer that it would replace. same: rows that say what counts already.
    """
    filled = answer_file.read(table.lines, headings(), words(clock.now().date() <= FORMER_UNTIL))
    notices = store.by_references(session, company_id, {row.reference for row in filled.rows})
    notice_ids = {notice.id for notice in notices.values()}
    newest, pending = answer_store.newest_answers(session, notice_ids), pending_store.on(session, notice_ids)
    for notice_id in answering.to_say_anew(session, newest):
        del newest[notice_id]  # there the same again says something new
    said = standing.on(session, notice_ids)
    documents = withheld.documents(session, list(notices.values()))
    ready, same, wrong = [], [], []
    for row in filled.rows:
        notice = notices.get(row.reference)
        item = {"id": notice.id, **row.values} if notice else {}
        values, problem = ({}, _in_column(row.column, row.problem)) if row.problem else _read(notice, item)
        shown = {
            "line": row.line,
            "reference": row.reference,
            "title": _title(documents[notice.id] if notice else None),
            "problem": problem,
        }
        shown |= {"answer": row.values.get("answer"), "reason": row.values.get("reason"), "item": item}
        if problem or notice is None:
            wrong.append(shown)
            continue
        stands = said.get(notice.id)
        if _says_so(notice.id, values, newest, pending):
            same.append(shown)
        else:
            replaced = standing.replaced(stands, values)
            seen = {"item": item | {"seen": standing.mark(stands)}, "replaces": replaced and replaced["answer"]}
            ready.append(shown | seen)
    return {"ready": ready, "same": same, "wrong": wrong, "empty": filled.empty, "guessed": table.guessed}


def _says_so(
    notice_id: str, values: dict[str, Any], newest: Mapping[str, GivenAnswer], pending: Mapping[str, PendingAnswer]
) -> bool:
    """Whether that is this notice's answer already: the one that can still be undone, else the newest."""
    if notice_id in pending:
        return pending[notice_id].stated == {name: value for name, value in values.items() if name != "id"}
    return notice_id in newest and answer_store.is_same(newest[notice_id], values)


def _title(document: Mapping[str, Any] | None) -> str:
    return (document["listing"]["title"] or document["listing"]["url"]) if document else ""


def _read(notice: Notice | None, item: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """What a line answers, and what is wrong with it."""
    if notice is None:
        return {}, sentence("You have no notice with this number.")
    try:
        store.refuse_closed(notice, item.get("answer"))
        return payloads.load(OneOfManyAnswers, item), ""
    except Refused as refusal:
        name, said = next(iter(refusal.errors.items()), ("", [refusal.detail]))
        return {}, _in_column(name.partition(".")[0], said[0])


def _in_column(name: str, problem: str) -> str:
    """What is wrong, with the name of its column and, where only certain words are possible, those words."""
    if name not in COLUMNS:
        return problem
    if name in WORDS:
        values = wording.series(list(WORDS[name].values()))
        problem = sentence("%(problem)s Values: %(values)s.", problem=problem, values=values)
    return sentence("%(field)s: %(problem)s", field=COLUMNS[name][0], problem=problem)
