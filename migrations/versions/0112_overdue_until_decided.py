"""a notice is followed up until its company has decided, and not while it waits for our reply

Revision: 0112
Follows: 0111
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0112"
down_revision = "0111"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_notices_overdue": (["answer_by", "company_id", "id"], ""),
    "ix_notices_unplanned": (["answer_by"], "asked_early_at IS NULL AND "),
    "ix_notices_unreminded": (["answer_by"], "reminded_at IS NULL AND "),
}
STANDS = "withdrawn_at IS NULL AND replaced_at IS NULL"


def upgrade():
    # What had a receipt, or our reply, was followed up no more. Nobody is reminded now of what was due before.
    notices = sa.table("notices", *(sa.column(name) for name in ("answer", "decided_at")),
        *(sa.column(name, sa.DateTime(timezone=True)) for name in ("answer_by", "reminded_at")))  # fmt: skip
    now, seen = datetime.now(UTC), notices.c
    left = (seen.answer.is_not(None), seen.decided_at.is_(None), seen.reminded_at.is_(None), seen.answer_by <= now)
    op.get_bind().execute(notices.update().where(*left).values(reminded_at=now))
    _make(f"decided_at IS NULL AND our_turn_since IS NULL AND {STANDS}")


def downgrade():
    _make(f"answer IS NULL AND {STANDS}")


def _make(awaited):
    for name, (columns, more) in INDEXES.items():
        where = sa.text(more + awaited)
        op.drop_index(name, "notices")
        op.create_index(name, "notices", columns, sqlite_where=where, postgresql_where=where)
