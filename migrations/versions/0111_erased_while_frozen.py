"""whoever is erased while their account is frozen: what they reported stays held

Revision: 0111
Follows: 0110
"""

import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None

NAME, WITHHELD = "ix_accounts_withheld", sa.text("withheld_at IS NOT NULL")


def upgrade():
    op.add_column("accounts", sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(NAME, "accounts", ["id"], sqlite_where=WITHHELD, postgresql_where=WITHHELD)


def downgrade():
    op.drop_index(NAME, "accounts")
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("withheld_at")
