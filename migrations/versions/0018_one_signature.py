"""one signature of a person under each state of the agreement: the first one

Revision: 0018
Follows: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

signatures = sa.table(
    "signatures", sa.column("id", sa.String), sa.column("account_id", sa.String), sa.column("content_hash", sa.String)
)


def upgrade():
    first = sa.select(sa.func.min(signatures.c.id)).group_by(signatures.c.account_id, signatures.c.content_hash)
    op.execute(signatures.delete().where(signatures.c.id.not_in(first)))
    with op.batch_alter_table("signatures") as table:
        table.drop_index("ix_signatures_account_id")
        table.create_unique_constraint("uq_signatures_account_id_content_hash", ["account_id", "content_hash"])


def downgrade():
    with op.batch_alter_table("signatures") as table:
        table.drop_constraint("uq_signatures_account_id_content_hash", type_="unique")
        table.create_index("ix_signatures_account_id", ["account_id"])
