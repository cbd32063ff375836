"""a spotter withdraws a report, or says that it was wrong after something was decided on it

Revision: 0065
Follows: 0064
"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
STATUSES = (
    "received", "in_review", "needs_info", "notified", "removed", "restricted", "kept", "no_answer", "dismissed",
)  # fmt: skip
CODES = (
    "notice_queued", "held", "dismissed", "notice_withdrawn", "question", "question_closed", "reply", "not_delivered",
    "overdue", "answered", "still_there", "checked_present", "checked_gone", "as_written",
)  # fmt: skip
DOUBTED = sa.text("doubted_at IS NOT NULL")


def _words(table, **columns):
    with op.batch_alter_table(table, naming_convention=NAMES) as changes:
        for column, words in columns.items():
            changes.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
            listed = ", ".join(f"'{word}'" for word in words)
            changes.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({listed})")


def upgrade():
    _words("reports", status=(*STATUSES, "retracted"))
    _words("feedback", status=(*STATUSES, "retracted"), code=(*CODES, "retracted", "doubted", "doubt_read"))
    op.add_column("cases", sa.Column("doubted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_cases_doubted_at", "cases", ["doubted_at"], sqlite_where=DOUBTED, postgresql_where=DOUBTED)


def downgrade():
    """A report that was withdrawn is one that was not sent on; what its spotter said of it has no place in the older tables."""
    op.drop_index("ix_cases_doubted_at", "cases")
    op.drop_column("cases", "doubted_at")
    op.execute("DELETE FROM feedback WHERE code IN ('retracted', 'doubted', 'doubt_read')")
    op.execute("UPDATE feedback SET status = 'dismissed' WHERE status = 'retracted'")
    op.execute("UPDATE reports SET status = 'dismissed' WHERE status = 'retracted'")
    _words("feedback", status=STATUSES, code=CODES)
    _words("reports", status=STATUSES)
