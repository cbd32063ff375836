"""a notice is followed up until its company has decided, and not while it waits for our reply

Revision: 0112
Follows: 0111
"""

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
    _make(f"decided_at IS NULL AND our_turn_since IS NULL AND {STANDS}")


def downgrade():
    _make(f"answer IS NULL AND {STANDS}")


def _make(awaited):
    for name, (columns, more) in INDEXES.items():
        where = sa.text(more + awaited)
        op.drop_index(name, "notices")
        op.create_index(name, "notices", columns, sqlite_where=where, postgresql_where=where)
