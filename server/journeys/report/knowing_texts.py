"""Step 6, the text: kept as a fingerprint, searched for, and compared word for word before anything is said."""

from server.core.database import read, write
from server.core.words import LinkKind
from server.ledger.matches import common_texts, text, text_store
from server.ledger.matches.store import Near
from server.ledger.reports import store as reports


def same_text(report_id: str, case_id: str) -> list[Near]:
    """Keep the fingerprint of the report's wording; the other cases that say the same."""
    version, common = common_texts.phrases()
    with read() as session:
        wording = reports.wordings(session, [report_id])[report_id]
    own = text.read(wording, common)
    sketch = text.sketch(own.shingles)
    with write() as session:
        if sketch is None:
            text_store.forget(session, case_id, report_id)
            return []
        text_store.keep(session, case_id, report_id, wording, version, sketch)
    with read() as session:
        candidates = text_store.near(session, sketch, case_id)
        others = reports.wordings(session, [candidate.report_id for candidate in candidates])
    near = []
    for candidate in candidates:
        distance = text.distance(own, text.read(others[candidate.report_id], common))
        if distance is not None:
            near.append(Near(candidate.case_id, LinkKind.TEXT, distance))
    return near
