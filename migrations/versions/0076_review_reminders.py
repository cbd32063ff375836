"""who chose to be reminded of the review by mail

Revision: 0076
Follows: 0075
"""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

RHYTHMS = "'daily', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'"


def upgrade():
    op.create_table(
        "review_reminders",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("rhythm", sa.String(32), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("mailed_on", sa.Date(), nullable=True),
        sa.Column("unheeded", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"rhythm IN ({RHYTHMS})", name=op.f("ck_review_reminders_rhythm")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_review_reminders_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_review_reminders")),
    )


def downgrade():
    op.drop_table("review_reminders")
