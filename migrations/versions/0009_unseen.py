"""what came to a case since a coordinator looked, and what is not delivered, are found by an index

Revision: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    which = sa.text("unseen_count > 0 AND state <> 'open'")
    op.create_index("ix_cases_unseen", "cases", ["priority", "id"], sqlite_where=which, postgresql_where=which)
    which = sa.text("state <> 'delivered'")
    op.create_index("ix_deliveries_waiting", "deliveries", ["notice_id"], sqlite_where=which, postgresql_where=which)


def downgrade():
    op.drop_index("ix_deliveries_waiting", "deliveries")
    op.drop_index("ix_cases_unseen", "cases")
