"""a company's notices are counted, and those to be reminded of are found, by an index

Revision: 0010
Follows: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_notices_counted", "notices", ["company_id", "withdrawn_at", "replaced_at", "answer"])
    which = sa.text("answer IS NULL AND reminded_at IS NULL AND withdrawn_at IS NULL AND replaced_at IS NULL")
    op.create_index("ix_notices_unreminded", "notices", ["answer_by"], sqlite_where=which, postgresql_where=which)


def downgrade():
    op.drop_index("ix_notices_unreminded", "notices")
    op.drop_index("ix_notices_counted", "notices")
