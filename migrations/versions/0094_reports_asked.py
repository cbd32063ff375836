"""reports whose spotters have a question to answer are found by an index

Revision: 0094
Follows: 0093
"""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade():
    asked = sa.text("status = 'needs_info'")
    op.create_index("ix_reports_asked", "reports", ["account_id"], sqlite_where=asked, postgresql_where=asked)


def downgrade():
    op.drop_index("ix_reports_asked", "reports")
