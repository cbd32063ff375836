"""how many different people reported a case is counted; whether one of them did is found by an index

Revision: 0019
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("cases", sa.Column("spotter_count", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_reports_of_case", "reports", ["case_id", "account_id"])
    op.drop_index("ix_reports_case_id", "reports")
    op.execute(
        "UPDATE cases SET spotter_count = "
        "(SELECT count(DISTINCT account_id) FROM reports WHERE reports.case_id = cases.id)"
    )


def downgrade():
    op.create_index("ix_reports_case_id", "reports", ["case_id"])
    op.drop_index("ix_reports_of_case", "reports")
    op.drop_column("cases", "spotter_count")
