"""reports are found by their reference

Revision: 0062
Follows: 0061
"""

from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_reports_reference", "reports", ["reference"])


def downgrade():
    op.drop_index("ix_reports_reference", "reports")
