"""the queue's counts, its oldest case and references are read from indexes

Revision: 0095
Follows: 0094
"""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

UNSEEN = sa.text("unseen_count > 0 AND state <> 'open'")
UNROUTED = sa.text("company_id IS NULL")


def upgrade():
    _again(["created_at"])
    op.create_index(
        "ix_cases_unrouted", "cases", ["state", "priority", "id"], sqlite_where=UNROUTED, postgresql_where=UNROUTED
    )
    op.create_index("ix_cases_reference", "cases", ["reference", "id"])


def downgrade():
    op.drop_index("ix_cases_reference", "cases")
    op.drop_index("ix_cases_unrouted", "cases")
    _again([])


def _again(more):
    op.drop_index("ix_cases_queue", "cases")
    op.create_index("ix_cases_queue", "cases", ["state", "priority", "id", *more])
    op.drop_index("ix_cases_unseen", "cases")
    op.create_index("ix_cases_unseen", "cases", ["priority", "id", *more], sqlite_where=UNSEEN, postgresql_where=UNSEEN)
