"""an index for the history of a company

Revision: 0085
Follows: 0084
"""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

OF_COMPANY = sa.text("kind = 'company'")


def upgrade():
    op.create_index(
        "ix_audit_rows_company",
        "audit_rows",
        ["object_id", "seq"],
        sqlite_where=OF_COMPANY,
        postgresql_where=OF_COMPANY,
    )


def downgrade():
    op.drop_index("ix_audit_rows_company", "audit_rows")
