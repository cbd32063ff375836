"""reports are found by their reference

Revision: 0066
Follows: 0065
"""

from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_reports_reference", "reports", ["reference"])


def downgrade():
    op.drop_index("ix_reports_reference", "reports")
