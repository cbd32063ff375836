"""disputes: answers of companies that we contest, with their deadline and what became of them

Revision: 0080
Follows: 0079
"""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

OPEN, STANDING = sa.text("state = 'open'"), sa.text("state <> 'closed'")
CHECKS = {
    "shortfall": "shortfall IN ('kept', 'restricted', 'still_there')",
    "terms": "terms IN ('dsa', 'own')",
    "state": "state IN ('open', 'sent', 'upheld', 'rejected', 'no_answer', 'settlement', 'closed')",
    "sent_via": "sent_via IN ('link', 'portal', 'api', 'mail', 'phone', 'form')",
    "outcome": "outcome IN ('upheld', 'rejected', 'no_answer')",
    "ending": "ending IN ('done', 'found_for', 'found_against', 'not_pursued', 'too_late')",
    "due_at": "(terms = 'dsa') = (due_at IS NOT NULL)",
    "open": "state <> 'open' OR sent_on IS NULL",
    "sent": "state IN ('open', 'closed') OR sent_on IS NOT NULL",
    "sent_how": "(sent_on IS NULL) = (sent_via IS NULL)",
    "sent_by": "(sent_on IS NULL) = (sent_by_id IS NULL)",
    "heard_on": "(outcome IS NULL) = (heard_on IS NULL)",
    "heard": "outcome IS NULL OR (sent_on IS NOT NULL AND state NOT IN ('open', 'sent'))",
    "outcome_state": "state NOT IN ('upheld', 'rejected', 'no_answer') OR (outcome IS NOT NULL AND outcome = state)",
    "body_on": "(body IS NULL) = (body_on IS NULL)",
    "settlement": "state <> 'settlement' OR body IS NOT NULL",
    "body": "body IS NULL OR (state IN ('settlement', 'closed') AND outcome IS NOT NULL AND outcome <> 'upheld')",
    "closed": "(state = 'closed') = (ending IS NOT NULL)",
    "closed_at": "(ending IS NULL) = (closed_at IS NULL)",
    "closed_by": "(ending IS NULL) = (closed_by_id IS NULL)",
    "found": "ending IS NULL OR ending NOT IN ('found_for', 'found_against') OR body IS NOT NULL",
    "order": "told_on <= sent_on AND sent_on <= heard_on AND heard_on <= body_on",
}
KEYS = {
    "notice_id": "notices",
    "answer_id": "answers",
    "begun_by_id": "accounts",
    "sent_by_id": "accounts",
    "closed_by_id": "accounts",
}


def upgrade():
    time = sa.DateTime(timezone=True)
    op.create_table(
        "disputes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("notice_id", sa.String(32), nullable=False),
        sa.Column("answer_id", sa.String(32), nullable=False),
        sa.Column("shortfall", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("terms", sa.String(32), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("due_at", time, nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("begun_at", time, nullable=False),
        sa.Column("begun_by_id", sa.String(32), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_via", sa.String(32), nullable=True),
        sa.Column("sent_by_id", sa.String(32), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("body_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.String(32), nullable=True),
        sa.Column("closed_at", time, nullable=True),
        sa.Column("closed_by_id", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("reference", name=op.f("uq_disputes_reference")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_disputes_{column}_{table}"))
            for column, table in KEYS.items()
        ),
        *(sa.CheckConstraint(check, name=op.f(f"ck_disputes_{name}")) for name, check in CHECKS.items()),
    )
    op.create_index("ix_disputes_notice_id", "disputes", ["notice_id"])
    op.create_index(
        "uq_disputes_standing", "disputes", ["notice_id"], unique=True, sqlite_where=STANDING, postgresql_where=STANDING
    )
    op.create_index("ix_disputes_open", "disputes", ["due_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_disputes_state", "disputes", ["state", "id"])


def downgrade():
    op.drop_table("disputes")
