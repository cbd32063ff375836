"""reports are found by their reference

Revision: 0064
Follows: 0063
"""

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_reports_reference", "reports", ["reference"])


def downgrade():
    op.drop_index("ix_reports_reference", "reports")
