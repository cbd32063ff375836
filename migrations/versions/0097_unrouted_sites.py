"""cases without a company are found by their site by an index

Revision: 0097
Follows: 0096
"""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None


def upgrade():
    unrouted = sa.text("company_id IS NULL")
    op.create_index(
        "ix_cases_unrouted_sites",
        "cases",
        ["host", "id", "state", "company_id"],
        sqlite_where=unrouted,
        postgresql_where=unrouted,
    )


def downgrade():
    op.drop_index("ix_cases_unrouted_sites", "cases")
