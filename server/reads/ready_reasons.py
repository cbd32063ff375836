"""The ready reasons of a case's decision panel, each worded for who will read it: a company, the spotters, the desk.

After those that the case offers come the coordinator's own snippets.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import languages, reasons
from server.core.sentences import Sentence
from server.core.words import Decision
from server.ledger.cases import reason_picks
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.cases.pick import AdSigns, shared
from server.ledger.reports import store as reports
from server.people.accounts import store as accounts
from server.people.desk import snippet_store

OWN = "own-"  # before the id of a snippet, which no code of ours begins with


class ReadyReason(NamedTuple):
    """A reason to pick. `label` is for the coordinator; `text`, in `language`, is put into the reason's field.

    foreign: who will read it reads another language, as far as is known; only of a snippet.
    """

    code: str
    label: Sentence | str
    text: str
    language: str
    fields: Mapping[str, str]
    key: str  # "1" to "9", or "" after these
    foreign: bool = False


def offered(
    session: Session,
    decision: Decision,
    case_id: str,
    account_id: str,
    *,
    category: str,
    protected: bool,
    spoc_languages: list[str] | None,
) -> list[ReadyReason]:
    """What may be picked, the likeliest first, then the snippets of the account that decides.

    category, protected: as the coordinator has said so far, else as the case shows. spoc_languages: of the SPOC that a notice
    would go to; None: it would go to nobody.
    """
    kept = [reasons.read(kept) for kept in cases.get(session, case_id).reasons]
    ad = AdSigns(category=category, protected=protected, reasons=kept, routed=spoc_languages is not None)
    return _offered(session, decision, ad, [case_id], account_id, spoc_languages or [])


def offered_for_all(
    session: Session, decision: Decision, case_ids: Sequence[str], account_id: str
) -> list[ReadyReason]:
    """What may be picked for a dismissal, or a hold, of all these cases, at least one: what is true of each of them."""
    ads = [
        AdSigns(
            category="",  # nobody is asked for it here, and it only orders the reasons
            protected=False,
            reasons=[reasons.read(kept) for kept in kept_reasons],
            routed=company_id is not None,
        )
        for kept_reasons, company_id in session.execute(
            select(Case.reasons, Case.company_id).where(Case.id.in_(case_ids))
        )
    ]
    return _offered(session, decision, shared(ads), case_ids, account_id, [])


def _offered(
    session: Session,
    decision: Decision,
    ad: AdSigns,
    case_ids: Sequence[str],
    account_id: str,
    spoc_languages: list[str],
) -> list[ReadyReason]:
    picks = reason_picks.choose(decision, ad)
    language = _language(session, decision, case_ids, spoc_languages)
    with languages.speaking(language):
        texts = [languages.translated(pick.text) for pick in picks]
    ready = [
        ReadyReason(pick.code, pick.label, text, language, pick.fields, str(number))
        for number, (pick, text) in enumerate(zip(picks, texts, strict=True), 1)
    ]
    readers = spoc_languages if decision == Decision.NOTIFY and spoc_languages else [language]
    return ready + _own(session, decision, account_id, readers)


def _own(session: Session, decision: Decision, account_id: str, readers: Collection[str]) -> list[ReadyReason]:
    """Somebody's snippets: the first that `readers`, languages, can read have keys; what they cannot comes last."""
    read = {_primary(language) for language in readers}
    rows = snippet_store.snippets(session, account_id, decision)
    rows.sort(key=lambda row: _primary(row.language) not in read)  # else as they were, by title
    keys = [str(key) for key in range(reason_picks.MOST + 1, reason_picks.KEYS + 1)]
    fits = [_primary(row.language) in read for row in rows]
    return [
        ReadyReason(OWN + row.id, row.title, row.text, row.language, {}, key if fit else "", not fit)
        for row, fit, key in zip(rows, fits, keys + [""] * len(rows), strict=False)
    ]


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _language(session: Session, decision: Decision, case_ids: Sequence[str], spoc_languages: list[str]) -> str:
    """The company's, where a company reads it; that of all its spotters, where they have chosen one; else the coordinator's."""
    if decision == Decision.NOTIFY:
        return languages.of_company(spoc_languages)
    chosen = None
    if decision in (Decision.ASK, Decision.DISMISS):
        chosen = accounts.one_language(session, reports.reporters(session, *case_ids))
    return chosen if chosen in languages.offered() else languages.current()
