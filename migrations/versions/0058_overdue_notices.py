"""notices that have no answer in time are found by an index

Revision: 0058
Follows: 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

UNANSWERED = sa.text("answer IS NULL AND withdrawn_at IS NULL AND replaced_at IS NULL")


def upgrade():
    op.create_index(
        "ix_notices_overdue",
        "notices",
        ["answer_by", "company_id", "id"],
        sqlite_where=UNANSWERED,
        postgresql_where=UNANSWERED,
    )


def downgrade():
    op.drop_index("ix_notices_overdue", "notices")
