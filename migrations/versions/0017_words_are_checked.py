"""columns that hold one word of a list refuse any other: the CHECKs that the models always named and no migration made

A database that earlier versions wrote holds listed words alone, so nothing needs to be changed first; where a row was
edited by hand the migration stops at it.

Revision: 0017
Follows: 0016
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}

CHECKED = ("read", "excerpt", "memory")
ANSWERS = (
    "received", "removed", "access_disabled", "restricted", "account_suspended", "already_gone", "moved", "not_violating",
    "need_info", "cannot_locate", "duplicate", "passed_on", "reinstated",
)  # fmt: skip
STATUSES = (
    "received", "in_review", "needs_info", "notified", "removed", "restricted", "kept", "no_answer", "dismissed",
)  # fmt: skip
WORDS = {
    "taxa": {
        "taxon_group": ("mammal", "bird", "reptile", "amphibian", "fish", "invertebrate", "plant", "timber"),
        "origin": ("lexicon", "species_plus"),
    },
    "terms": {"kind": ("taxon", "trade", "against"), "checked": CHECKED},
    "taxon_listings": {"checked": CHECKED},
    "taxon_names": {"checked": CHECKED},
    "accounts": {"role": ("spotter", "coordinator", "company", "admin")},
    "accreditations": {
        "level": ("probation", "trusted", "lead"),
        "standing": ("none", "active", "lapsed", "suspended", "withdrawn"),
    },
    "platform_names": {"kind": ("domain", "host")},
    "tokens": {"scope": ("reports:write", "cases", "company")},
    "cases": {
        "state": ("open", "asked", "held", "notified", "answered", "closed"),
        "held_why": ("police_first", "second_opinion", "other"),
    },
    "decisions": {"decision": ("notify", "dismiss", "ask", "hold")},
    "notices": {"basis": ("illegal", "policy"), "answer": ANSWERS},
    "answers": {
        "answer": ANSWERS,
        "ground": ("illegal", "policy"),
        "via": ("link", "portal", "api", "mail", "phone", "form"),
    },
    "reports": {
        "access": ("public", "logged_in", "closed_group"),
        "category": ("live", "part", "product", "plant", "service"),
        "legality_evidence": ("none", "claimed", "document_shown", "unknown"),
        "confidence": ("certain", "likely", "unsure"),
        "status": STATUSES,
        "outcome": ANSWERS,
    },
    "feedback": {"status": STATUSES},
}


def upgrade():
    for table, columns in WORDS.items():
        with op.batch_alter_table(table, naming_convention=NAMES) as changes:
            for column, words in columns.items():
                listed = ", ".join(f"'{word}'" for word in words)
                changes.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({listed})")


def downgrade():
    for table, columns in WORDS.items():
        with op.batch_alter_table(table, naming_convention=NAMES) as changes:
            for column in columns:
                changes.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
