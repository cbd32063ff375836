"""how often somebody is mailed about their reports, and the weekly mail

Revision: 0008
Follows: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}


def upgrade():
    op.create_table(
        "week_mails",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mailed_at IS NULL OR queued_at IS NOT NULL", name=op.f("ck_week_mails_queued_first")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_week_mails_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_mails")),
    )
    op.create_index("ix_week_mails_account_id", "week_mails", ["account_id"])
    is_open = sa.text("queued_at IS NULL")
    op.create_index(
        "uq_week_mails_open",
        "week_mails",
        ["account_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    # Not in batch mode: that rebuilds a table on SQLite, and forgets its CHECKs.
    op.execute(
        "ALTER TABLE accounts ADD COLUMN mails VARCHAR(32) DEFAULT 'step' NOT NULL "
        "CONSTRAINT ck_accounts_mails CHECK (mails IN ('step', 'outcome', 'week'))"
    )
    op.execute(
        "ALTER TABLE feedback ADD COLUMN week_mail_id VARCHAR(32) "
        "CONSTRAINT fk_feedback_week_mail_id_week_mails REFERENCES week_mails (id)"
    )
    in_one = sa.text("week_mail_id IS NOT NULL")
    op.create_index(
        "ix_feedback_week_mail_id",
        "feedback",
        ["week_mail_id"],
        sqlite_where=in_one,
        postgresql_where=in_one,
    )


def downgrade():
    op.drop_index("ix_feedback_week_mail_id", "feedback")
    with op.batch_alter_table(
        "feedback", naming_convention=NAMES
    ) as feedback:  # a later migration has rebuilt it: its key is the table's own
        feedback.drop_column("week_mail_id")
    with op.batch_alter_table("accounts", naming_convention=NAMES) as accounts:
        accounts.drop_constraint(op.f("ck_accounts_mails"), type_="check")
        accounts.drop_column("mails")
    op.drop_table("week_mails")
