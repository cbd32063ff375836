"""whom we invited to join, for a site without a company, and what came of it

Revision: 0104
Follows: 0103
"""

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "invitation_steps",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("way", sa.String(32), nullable=True),
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.Column("address", sa.String(254), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_steps")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_invitation_steps_account_id_accounts")),
        sa.CheckConstraint(
            "state IN ('invited', 'talking', 'declined', 'joined')", name=op.f("ck_invitation_steps_state")
        ),
        sa.CheckConstraint("way IN ('mail', 'letter', 'meeting', 'call')", name=op.f("ck_invitation_steps_way")),
        sa.CheckConstraint("(state = 'invited') = (way IS NOT NULL)", name=op.f("ck_invitation_steps_invited")),
    )
    op.create_index("ix_invitation_steps_host", "invitation_steps", ["host", "id"])


def downgrade():
    op.drop_table("invitation_steps")
