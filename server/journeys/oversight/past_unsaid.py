"""An import of past work is undone: reported cases lose what they had from its rows alone."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import Session

from server.core import reasons
from server.ledger.cases import decisions, triage
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.past import store
from server.ledger.past.models import PastCase
from server.ledger.reports import statements
from server.ledger.reports import store as reports
from server.ledger.species import names
from server.ledger.species import store as species


def take_back(session: Session, unsaid: Iterable[PastCase]) -> None:
    """Take back what rows that have just been dropped said of cases that somebody has reported: outcome and species."""
    by_case: dict[str, set[str]] = defaultdict(set)
    for row in unsaid:
        by_case[row.case_id].update(filter(None, [row.species]))
    taxa = names.known(session, set().union(*by_case.values()))
    for case_id, named in sorted(by_case.items()):
        case = cases.get(session, case_id, lock=True)
        if not case.report_count:
            continue
        kept = [reasons.read(reason) for reason in case.reasons]
        judged_by_it = any(reason.code in triage.OF_BEFORE for reason in kept)
        if judged_by_it and not decisions.any_verdict_on(session, case_id):
            outcome = store.last_outcome(session, case_id)
            cases.weigh_again(case, triage.found_before(case.signals, kept, outcome))
        named -= store.species_of(session, case_id)
        ids = {taxon["id"] for name in named if (taxon := taxa.get(name))}
        cases.drop_taxa(session, case, ids - _said(session, case))


def _said(session: Session, case: Case) -> set[str]:
    """The taxa that the reports of a case speak of, by their words or by name."""
    said: set[str] = set()
    for report in reports.of_case(session, case.id):
        listing = report.listing or {}
        said |= species.assess(
            session, statements.wording(listing), report.category, taxon_id=report.taxon_id,
            stated=listing.get("language"),
        ).taxa.keys()  # fmt: skip
    return said
