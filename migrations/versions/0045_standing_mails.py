"""mails about each step of an accreditation, written down before they leave

Revision: 0045
Follows: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

OCCASIONS = (
    "accredited", "renewed", "level", "suspended", "reinstated", "withdrawn", "appeal_received", "appeal_granted",
    "appeal_dismissed", "exam_reopened", "changed", "lapse_60", "lapse_30", "lapse_7", "lapsed",
)  # fmt: skip


def upgrade():
    listed = ", ".join(f"'{occasion}'" for occasion in OCCASIONS)
    op.create_table(
        "standing_mails",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("occasion", sa.String(32), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"occasion IN ({listed})", name=op.f("ck_standing_mails_occasion")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_standing_mails_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_mails")),
        sa.UniqueConstraint(
            "account_id", "occasion", "about", name=op.f("uq_standing_mails_account_id_occasion_about")
        ),
    )


def downgrade():
    op.drop_table("standing_mails")
