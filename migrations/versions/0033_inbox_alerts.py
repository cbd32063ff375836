"""when a company's people were last told that notices wait in the portal

Revision: 0033
Follows: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "inbox_alerts",
        sa.Column("company_id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_inbox_alerts_company_id_companies")),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_inbox_alerts")),
    )


def downgrade():
    op.drop_table("inbox_alerts")
