"""Serialised notices as lines of a table, for a company's spreadsheet: the contract's names, in no language. Pure."""

from server.core.words import Basis
from server.ledger.notices.compose import Document

HEADS = (
    "reference", "answer_by", "platform", "url", "title", "seller", "price", "category", "scientific_name", "common_name",
    "listings", "reasons", "legality_evidence", "basis", "ground", "answer_url",
)  # fmt: skip
BETWEEN = "; "  # several in one cell


def cells(notice: Document) -> list[str]:
    """One notice. Its ground is the provision of the law, or the clause or address of the company's policy."""
    listing, suspicion, price = notice["listing"], notice["suspicion"], notice["listing"]["price"] or {}
    taxa = suspicion["taxa"]
    named = " ".join(filter(None, (price.get("amount"), price.get("currency"))))
    law = notice["law"] if notice["basis"] == Basis.ILLEGAL else None
    ground = (
        f"{law['provision']} ({law['jurisdiction']})" if law else notice["policy_reference"] or notice["policy_url"]
    )
    listed = [" ".join(filter(None, (row["source"], row["appendix"]))) for taxon in taxa for row in taxon["listings"]]
    return [
        notice["reference"],
        notice["answer_by"],
        notice["platform_name"],
        listing["url"],
        listing["title"] or "",
        listing["seller"] or "",
        price.get("text") or named,
        suspicion["category"],
        BETWEEN.join(taxon["scientific_name"] for taxon in taxa),
        BETWEEN.join(taxon["common_name"] for taxon in taxa if taxon["common_name"]),
        BETWEEN.join(dict.fromkeys(listed)),
        BETWEEN.join(suspicion["reasons"]),
        suspicion["legality_evidence"],
        notice["basis"],
        ground or "",
        notice["answer_url"],
    ]
