"""who invited an address that was erased since

Revision: 0024
Follows: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "invited_addresses",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_invited_addresses_by_id_accounts")),
        sa.PrimaryKeyConstraint("hash", "by_id", name=op.f("pk_invited_addresses")),
    )


def downgrade():
    op.drop_table("invited_addresses")
