"""A notice composed for a test."""

from datetime import UTC, date, datetime
from typing import Any

from server.ledger.notices import compose

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


PARROT = {
    "scientific_name": "Psittacus erithacus",
    "common_name": "Grey parrot",
    "listings": [
        {"source": "CITES", "appendix": "I", "population": None, "effective_from": date(2017, 1, 2), "annotation": "x"}
    ],
}


def composed(**more: Any) -> compose.Document:
    """A complete notice on the platform's policy; keyword arguments replace parts of it."""
    parts: dict[str, Any] = {
        "notice_id": "0" * 32,
        "reference": "N-7K3M9-Q2XWT",
        "company": {"slug": "mercado", "name": "Mercado"},
        "platform": {"slug": "mercado", "name": "Mercado"},
        "listing": {
            "url": "https://mercado.test/itm/265370482805",
            "title": "African grey parrot, hand tame, 6 available",
            "seller": "birdroom_lx",
            "price": {"amount": "1250.00", "currency": "EUR", "text": "€ 1,250 each"},
            "first_seen": AT,
        },
        "category": "live",
        "taxa": [PARROT],
        "reasons": ["Six chicks at once; papers “can be arranged”, none shown."],
        "legality_evidence": "none",
        "basis": "policy",
        "policy_reference": "clause 4.2",
        "organisation": "Example Wildlife Alliance",
        "contact_email": "notices@alliance.test",
        "at": AT,
    }
    return compose.compose(**(parts | more))
