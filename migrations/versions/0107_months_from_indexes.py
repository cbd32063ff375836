"""cases without a company are read in the order of their age, and minutes of searching by month, from indexes

Revision: 0107
Follows: 0106
"""

import sqlalchemy as sa
from alembic import op

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None


def upgrade():
    unrouted = sa.text("company_id IS NULL")
    op.create_index(
        "ix_cases_unrouted_ages",
        "cases",
        ["id", "host", "state", "company_id"],
        sqlite_where=unrouted,
        postgresql_where=unrouted,
    )
    op.create_index("ix_searches_minutes", "searches", ["at", "minutes"])


def downgrade():
    op.drop_index("ix_searches_minutes", "searches")
    op.drop_index("ix_cases_unrouted_ages", "cases")
