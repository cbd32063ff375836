"""whom each spotter turns to

Revision: 0047
Follows: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "contacts",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("contact_id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("account_id <> contact_id", name=op.f("ck_contacts_another")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_contacts_account_id_accounts")),
        sa.ForeignKeyConstraint(["contact_id"], ["accounts.id"], name=op.f("fk_contacts_contact_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_contacts")),
    )
    op.create_index("ix_contacts_contact_id", "contacts", ["contact_id"])


def downgrade():
    op.drop_table("contacts")
